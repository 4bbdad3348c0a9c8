//! What a step of the week works with.

use super::pipeline::Pipeline;
use super::record::Record;
use super::rules::Rules;
use super::tally::Tally;
use crate::scenario::Scenario;
use crate::world::World;

/// What a phase works with.
#[derive(Debug)]
pub struct Step<'a> {
    /// The scenario; before the opening, that of the labour market alone counts.
    pub scenario: &'a Scenario,
    /// What was computed from it once.
    pub rules: &'a Rules,
    /// All that exists.
    pub world: &'a mut World,
    /// What is on its way this week.
    pub pipeline: &'a mut Pipeline,
    /// What is counted this week.
    pub tally: &'a mut Tally,
    /// What is kept of single lives.
    pub record: &'a mut Record,
}
