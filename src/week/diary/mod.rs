//! The diary: what happens to single lives and why, told while a week goes on to whoever reads along.
//!
//! It only listens: phases tell it what they decide anyway, and what needs no telling is read off the desk when a phase
//! is over. It draws no luck and writes nothing that a phase reads, so that a life is the same whether anybody reads
//! along or not. Without a reader there is no diary, and telling is a look at an empty place.

mod events;

use crate::ids::{DecisionMakerId, IntroducerId, WorkerId};

pub use events::{
    Answer, Begins, Books, Decision, End, Event, Interview, Offer, Portrait, Review, Screened, Stops,
    Thought, Verdict,
};

/// Whose lives are written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Watch {
    /// Everybody's, with everything.
    #[default]
    Everybody,
    /// Everybody's, but of cold applications only those that were met.
    Highlights,
    /// Those of these rows.
    Lives {
        /// Rows of workers.
        workers: Vec<u32>,
        /// Rows of introducers.
        introducers: Vec<u32>,
        /// Rows of decision-makers.
        decision_makers: Vec<u32>,
    },
}

/// Who takes part in something; `NONE` where nobody of the kind does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who {
    /// The worker.
    pub worker: WorkerId,
    /// The introducer, who may be a seller.
    pub introducer: IntroducerId,
    /// The decision-maker.
    pub decision_maker: DecisionMakerId,
}

impl Who {
    /// Nobody.
    pub const NOBODY: Self = Self {
        worker: WorkerId::NONE,
        introducer: IntroducerId::NONE,
        decision_maker: DecisionMakerId::NONE,
    };

    /// A worker alone.
    #[must_use]
    pub fn worker(row: usize) -> Self {
        Self { worker: WorkerId::new(row), ..Self::NOBODY }
    }

    /// An introducer alone.
    #[must_use]
    pub fn introducer(row: usize) -> Self {
        Self { introducer: IntroducerId::new(row), ..Self::NOBODY }
    }

    /// A decision-maker alone.
    #[must_use]
    pub fn decision_maker(row: usize) -> Self {
        Self { decision_maker: DecisionMakerId::new(row), ..Self::NOBODY }
    }

    /// The same with an introducer.
    #[must_use]
    pub fn through(self, introducer: IntroducerId) -> Self {
        Self { introducer, ..self }
    }

    /// The same with a decision-maker.
    #[must_use]
    pub fn at(self, decision_maker: DecisionMakerId) -> Self {
        Self { decision_maker, ..self }
    }
}

/// One line of a diary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Number of the week, as the world counts.
    pub week: u32,
    /// Who takes part.
    pub who: Who,
    /// What happens.
    pub what: Event,
}

/// The diary of those who are watched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diary {
    /// Whose lives are written down.
    pub watch: Watch,
    /// In the order in which things happened.
    pub entries: Vec<Entry>,
}

impl Diary {
    /// An empty diary.
    #[must_use]
    pub const fn new(watch: Watch) -> Self {
        Self { watch, entries: Vec::new() }
    }

    /// Whether anybody of these is watched.
    #[must_use]
    pub fn sees(&self, who: Who) -> bool {
        match &self.watch {
            Watch::Everybody | Watch::Highlights => true,
            Watch::Lives { workers, introducers, decision_makers } => {
                workers.contains(&who.worker.0)
                    || introducers.contains(&who.introducer.0)
                    || decision_makers.contains(&who.decision_maker.0)
            }
        }
    }

    pub(super) fn add(&mut self, week: u32, who: Who, what: Event) {
        if self.sees(who) {
            self.entries.push(Entry { week, who, what });
        }
    }
}
