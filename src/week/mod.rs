//! The week: the story of the market on one page.
//!
//! [`SCHEDULE`] is the list of phases, and the list *is* the program: [`run_week`] walks it. Phases never call each other;
//! they meet in the world, in the pipeline and in the tally. In every phase all decide on the state at its start: luck and
//! order of ids decide nothing that they should not.
//!
//! | phase | who acts | reads | writes | streams | keeps |
//! |---|---|---|---|---|---|
//! | jobs and people | workers | jobs | states, entrants, the recorded state | Separation, Look, StopLooking, Leave | one state per worker |
//! | vacancies | decision-makers, introducers | vacancies | vacancies, who has heard | Open, Lapse, Hear | at most one each |
//! | leads | workers | recorded state, friends | jobs | Lead, PassLead | one lead per taker |
//! | cold applications | seekers | vacancies | requests | Applications | once per decision-maker |
//! | networking | seekers, introducers, employees | contacts, ties, friends | contacts, requests | Network, IntroducersLook, AskFriend, FriendsLook, ConsiderForm, Form, Insider | no own client for nothing |
//! | buying | seekers | prices, ratings | applicants, who wants to be coached | Consider, ConsiderCoach | one seller at a time |
//! | screening | sellers | applicants | clients, cohort | IntroducersLook, Queue, Holdout | hours held |
//! | pitching | sellers; decision-makers who engage them | ties, vacancies | requests, shams, engagements | Target, FoundOut, Engage, Find | hours held |
//! | reviewing | decision-makers | requests, trust | whom to meet | Read | attention, requests read |
//! | meeting and offers | decision-makers, workers | interviews | trust, jobs | Interview, Exposed, Word, Reopen | hires ≤ vacancies |
//! | paying | – | events | ledger, savings, the coached | CoachLot | paid = received |
//! | learning | – | outcomes | ratings, beliefs | – | each case once |
//! | renewal | sellers with hours left | traffic | goodwill, trust, blocks, outside wages | Forgive, Rebuild, Bombard, Stranger | 0 ≤ g ≤ 1 |
//! | entry and exit | introducers | what selling brought | who sells | Reconsider, Try | nobody stops and begins in one week |

pub mod contract;
pub mod diary;
pub mod pipeline;
pub mod record;
pub mod rules;
pub mod tally;

mod applications;
mod appraisal;
mod blocks;
pub(crate) mod bombardment;
mod books;
mod buying;
mod coaching;
mod entry;
mod forms;
mod hiring;
mod jobs;
mod laws;
mod leads;
mod learning;
mod looks;
pub mod mail;
pub mod mandates;
mod meeting;
mod networking;
mod paying;
mod pitching;
mod prospect;
pub mod renewal;
pub mod request;
mod reviewing;
mod screening;
pub mod search;
mod stages;
mod standing;
mod step;
mod telling;
mod vacancies;
mod word;
mod worth;

use crate::world::World;
use crate::world::requirements::{self, Breach};
use pipeline::Pipeline;
pub use step::Step;

/// A phase: it changes what it may change, and cannot fail.
pub type Phase = for<'a, 'b> fn(&'a mut Step<'b>);

/// The week, in order.
pub const SCHEDULE: [(&str, Phase); 14] = [
    ("jobs and people", jobs::run),
    ("vacancies", vacancies::run),
    ("leads", leads::run),
    ("cold applications", applications::run),
    ("networking", networking::run),
    ("buying", buying::run),
    ("screening", screening::run),
    ("pitching", pitching::run),
    ("reviewing", reviewing::run),
    ("meeting and offers", meeting::run),
    ("paying", paying::run),
    ("learning", learning::run),
    ("renewal", renewal::run),
    ("entry and exit", entry::run),
];

/// Lives one week.
///
/// # Errors
/// A [`Breach`] if a number is not finite at the end of the week or, in builds with debug assertions, if any law is
/// broken after any phase: a bug or a broken promise, which fails the replication and never repairs itself.
pub fn run_week(step: &mut Step<'_>) -> Result<(), Breach> {
    begin_week(step);
    for (name, phase) in SCHEDULE {
        if let Some(trace) = &mut step.tally.trace {
            trace.push(name);
        }
        phase(step);
        if cfg!(debug_assertions) {
            laws::check(step.scenario, step.world, step.pipeline)
                .map_err(|what| what.at(step.world.week, name))?;
        }
    }
    summarise_ties(step);
    finite(step.world, step.pipeline).map_err(|what| what.at(step.world.week, "the end of the week"))
}

/// The calendar moves on; tally and desk are those of a new week.
pub fn begin_week(step: &mut Step<'_>) {
    step.world.begin_week();
    step.tally.start(step.world.week);
    step.pipeline.clear();
    step.pipeline.make_room(step.world.workers.len(), step.world.decision_makers.len());
}

/// Checks what this week may have changed.
fn finite(world: &World, pipeline: &Pipeline) -> Result<(), requirements::Broken> {
    let moved = pipeline.meetings.iter().filter(|m| m.request.tie.is_some()).map(|m| m.request.tie.at());
    requirements::check_trust(world, moved)?;
    requirements::check_accounts(world)
}

/// Records the state of a world at the opening, as if it were the end of a week.
pub fn opening_state(step: &mut Step<'_>) {
    step.tally.start(step.world.week);
    jobs::record_state(step);
    step.tally.vacancies = step.world.decision_makers.open.count();
    books::record_state(step);
    summarise_ties(step);
}

/// State of the ties of those who have ever sold, or of everybody's where nobody may.
fn summarise_ties(step: &mut Step<'_>) {
    let (ties, state) = (&step.world.ties, &mut step.tally.ties);
    if step.world.market.as_ref().is_none_or(|market| market.sellers.is_empty()) {
        state.n = crate::ids::row(ties.len());
        (state.goodwill, state.trust) = ties.summed();
        state.blocked = ties.n_blocked();
        return;
    }
    for row in step.world.ever_sold() {
        let own = ties.together(crate::ids::IntroducerId::new(row));
        state.n += crate::ids::row(ties.per_introducer);
        state.goodwill += own.goodwill.all;
        state.trust += own.trust;
        state.paid_trust += own.paid_trust;
        state.blocked += own.goodwill.blocked;
        state.blocked_organic += standing::blocked_in_fork(step.world, row);
    }
}
