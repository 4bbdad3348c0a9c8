//! Rules: what a week needs of a scenario, computed once.

use crate::beliefs::Interview;
use crate::maths::{self, PoissonTable};
use crate::scenario::{Contacts, Scenario};
use crate::streams::{Gate, Rare, Skips};

/// Workers from which phases are spread over threads within a week; smaller markets are spread over replications.
const LARGE_MARKET: u32 = 50_000;

/// Gates, tables and constants derived from a scenario.
#[derive(Clone, Debug)]
pub struct Rules {
    /// An employed worker starts to look.
    pub look: Rare,
    /// He stops looking.
    pub stop_looking: Gate,
    /// An employed worker leaves the labour force.
    pub leave_employed: Rare,
    /// A frail job ends.
    pub frail_job: Rare,
    /// One long out of work leaves it.
    pub leave_unemployed: Rare,
    /// A decision-maker without a vacancy gets one.
    pub vacancy: Rare,
    /// A vacancy lapses.
    pub lapse: Rare,
    /// A worker hears of an outside job.
    pub lead: Rare,
    /// A seeker asks a contact.
    pub ask: Skips,
    /// Chance that a seeker asks none of so many contacts.
    pub asks_nobody: Vec<f64>,
    /// A seeker considers to buy.
    pub consider: Gate,
    /// Cold applications of the unemployed and of the employed, per week.
    pub applications: [PoissonTable; 2],
    /// What an interview reveals.
    pub interview: Interview,
    /// Variance of an introducer's view of a bar, sd².
    pub doubt: f64,
    /// An introducer hears of a vacancy behind one of his ties.
    pub hear: Gate,
    /// Precision with which one person's showing speaks of the source he came from.
    pub source_look: f64,
    /// Somebody hears how a client did who passed, and who failed.
    pub word: [Skips; 2],
    /// Sd by which the level sought has fallen after k weeks out of work, and the factor on the reservation salary, k up
    /// to the cap; and after them what holds for one who looks from a job, who seeks a step up and gives up nothing.
    pub fade: Vec<(f64, f64)>,
    /// Weeks out of work beyond which nothing fades any more.
    pub weeks_cap: usize,
    /// Whether a week is spread over threads.
    pub parallel: bool,
}

impl Rules {
    /// Rules of a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let interview = Interview::new(scenario.jobs.match_sd, scenario.decision_makers.interview_precision);
        let source_variance =
            scenario.beliefs.within_source_variance + interview.match_variance + interview.noise_variance;
        let weeks_cap = whole(scenario.workers.weeks_cap);
        let weeks = (0..=weeks_cap).map(f64::from);
        let fade = scenario.search.level_fade;
        let slope = scenario.workers.salary_slope;
        Self {
            look: Rare::new(scenario.jobs.look_rate),
            stop_looking: Gate::new(1.0 / scenario.jobs.look_weeks),
            leave_employed: Rare::new(scenario.workers.leave_employed),
            frail_job: Rare::new(crate::world::workers::frail_job(scenario)),
            leave_unemployed: Rare::new(scenario.workers.leave_unemployed),
            vacancy: Rare::new(scenario.decision_makers.vacancy_rate),
            lapse: Rare::new(1.0 / scenario.decision_makers.vacancy_life),
            lead: Rare::new(scenario.friends.lead_rate),
            ask: Skips::new(scenario.contacts.ask_rate, scenario.contacts.most as usize),
            asks_nobody: asks_nobody(&scenario.contacts),
            consider: Gate::new(scenario.buyers.consider_rate),
            applications: [
                PoissonTable::new(scenario.search.applications_unemployed),
                PoissonTable::new(scenario.search.applications_employed),
            ],
            interview,
            doubt: scenario.introducers.bar_noise * scenario.introducers.bar_noise,
            hear: Gate::new(scenario.introducers.hears_of_vacancy),
            source_look: 1.0 / source_variance,
            word: word(scenario),
            fade: weeks
                .map(|k| (fade * k, maths::exp(-slope * fade * k)))
                .chain([(-scenario.search.level_reach, 1.0)])
                .collect(),
            weeks_cap: weeks_cap as usize,
            parallel: scenario.workers.count >= LARGE_MARKET,
        }
    }
}

/// Chance that none of so many contacts is asked, from none to as many as there may be.
fn asks_nobody(contacts: &Contacts) -> Vec<f64> {
    let none = |&left: &f64| Some(left * (1.0 - contacts.ask_rate));
    std::iter::successors(Some(1.0), none).take(contacts.most as usize + 1).collect()
}

/// Who hears of a meeting, among the others tied to an introducer: of one that went well, and of one that did not.
fn word(scenario: &Scenario) -> [Skips; 2] {
    let others = scenario.introducers.ties.saturating_sub(1);
    let chance = scenario.word.listeners / f64::from(others.max(1));
    let bad = chance * scenario.word.bad_news;
    [chance, bad].map(|chance| Skips::new(chance, others as usize))
}

/// A number of weeks as a count.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the reader allows 0 to 1,040 weeks"
)]
fn whole(weeks: f64) -> u32 {
    weeks as u32
}
