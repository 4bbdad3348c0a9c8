//! Requests: what comes before a decision-maker.

use crate::ids::TieId;
use crate::week::tally::Channel;

/// What lies on a decision-maker's desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// To whom.
    pub decision_maker: u32,
    /// About whom.
    pub worker: u32,
    /// By which way.
    pub channel: Channel,
    /// Through which tie; none if cold.
    pub tie: TieId,
}

/// A cold application, with what she will read first.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Application {
    /// To whom.
    pub decision_maker: u32,
    /// By whom.
    pub worker: u32,
    /// What the résumé says, sd.
    pub resume: f64,
}

impl Application {
    /// The same as a request.
    #[must_use]
    pub const fn request(self) -> Request {
        let Self { decision_maker, worker, .. } = self;
        Request { decision_maker, worker, channel: Channel::Cold, tie: TieId::NONE }
    }
}
