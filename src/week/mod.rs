//! The week: the schedule of the market on one page.
//!
//! [`SCHEDULE`] is the list of phases, and the list *is* the program: [`run_week`] walks it. Phases never call each other;
//! they meet in the world, in the pipeline and in the tally, and decide by what stands apart from all of them: how one
//! looks (`looks`, `stages`), what a seeker wants (`search`), what a request is worth (`prospect`, `worth`,
//! `appraisal`), what is owed (`contract`). In every phase all decide on the state at its start: luck and order of ids
//! decide nothing that they should not.
//!
//! Institutions are phases like others, and take place where there are such institutions.
//!
//! | phase | who acts | reads | writes | streams | keeps |
//! |---|---|---|---|---|---|
//! | jobs and people | workers | jobs | states, entrants, the recorded state | Separation, Look, StopLooking, Leave | one state per worker |
//! | vacancies | decision-makers, introducers | vacancies | vacancies, who has heard | Open, Lapse, Hear | at most one each |
//! | leads | workers | recorded state, friends | jobs | Lead, PassLead | one lead per taker |
//! | cold applications | seekers | vacancies | requests | Applications | once per decision-maker |
//! | networking | seekers, introducers | contacts, ties | contacts, requests | Network, IntroducersLook | no own client for nothing |
//! | referral forms | seekers, employees | friends, jobs, vacancies | requests, forms | AskFriend, FriendsLook, ConsiderForm, Form, Insider | where one works |
//! | buying | seekers | prices, ratings | applicants | Consider | one seller at a time |
//! | coaching | seekers out of work | price, what coaching does | who wants to be coached | ConsiderCoach | nobody twice |
//! | screening | sellers | applicants | clients, cohort | IntroducersLook, Queue, Holdout | hours held |
//! | pitching | sellers | ties, vacancies | requests, shams | Target, FoundOut | hours held |
//! | searching for employers | decision-makers, sellers | vacancies, jobs, résumés | engagements, requests | Engage, Find, Queue, IntroducersLook | hours held, one engagement a vacancy |
//! | reviewing | decision-makers | requests, trust | whom to meet | Read | attention, requests read |
//! | meeting | decision-makers | quality, through the interview | trust, whom she has met | Interview | once an episode |
//! | word of mouth | decision-makers | meetings with clients, ties | trust of those who hear | Word | no echo |
//! | offers | decision-makers, workers | meetings, reservations | jobs, vacancies, who was placed | Reopen | hires ≤ vacancies |
//! | paying sellers | – | signings, meetings, shams, placements | ledger, savings | – | paid = received |
//! | paying employers' fees | – | placements | ledger | – | paid = received |
//! | paying coaches | coaches, by lot | who wants to be coached | ledger, savings, the coached | CoachLot | paid = received |
//! | paying for forms | – | forms, hires | ledger, savings | – | paid = received |
//! | learning | – | outcomes | ratings, beliefs | – | each case once |
//! | learning from searches | – | placements, lists | ratings | – | each asking once |
//! | learning about forms | – | meetings on forms | trust in forms, running shares | Exposed | each case once |
//! | learning about coaching | – | the coached and the held out | what coaching is known to do | – | each cohort once |
//! | bombardment | – | ties of those who sold | traffic, trust | Bombard, Stranger | blocked ties are spared |
//! | renewal | sellers with hours left | traffic | goodwill, trust, blocks | Forgive, Rebuild | 0 ≤ g ≤ 1 |
//! | standing | – | goodwill here and in the organic fork | social capital, outside wages | – | nothing lost where nobody sells |
//! | closing books | – | fees, hours, costs | accounts, what is known of selling | – | every dollar and hour once |
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
mod offers;
mod paying;
mod pitching;
mod present;
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
#[derive(Clone, Copy, Debug)]
pub struct Phase {
    /// What it is called, in reports of what went wrong and in the schedule.
    pub name: &'static str,
    /// Whether there is anybody for it.
    pub takes_place: for<'a, 'b> fn(&'a Step<'b>) -> bool,
    run: for<'a, 'b> fn(&'a mut Step<'b>),
}

impl Phase {
    /// Lives through it, where it takes place.
    pub fn run(&self, step: &mut Step<'_>) {
        if (self.takes_place)(step) {
            (self.run)(step);
        }
    }
}

/// Of phases that need no institution.
fn always(_: &Step<'_>) -> bool {
    true
}

/// The week, in order.
pub const SCHEDULE: &[Phase] = &[
    Phase { name: "jobs and people", takes_place: always, run: jobs::run },
    Phase { name: "vacancies", takes_place: always, run: vacancies::run },
    Phase { name: "leads", takes_place: always, run: leads::run },
    Phase { name: "cold applications", takes_place: always, run: applications::run },
    Phase { name: "networking", takes_place: always, run: networking::run },
    Phase { name: "referral forms", takes_place: present::forms, run: forms::run },
    Phase { name: "buying", takes_place: present::market, run: buying::run },
    Phase { name: "coaching", takes_place: present::coaches, run: coaching::run },
    Phase { name: "screening", takes_place: present::seekers_pay, run: screening::run },
    Phase { name: "pitching", takes_place: present::seekers_pay, run: pitching::run },
    Phase { name: "searching for employers", takes_place: present::employers_pay, run: mandates::run },
    Phase { name: "reviewing", takes_place: always, run: reviewing::run },
    Phase { name: "meeting", takes_place: always, run: meeting::run },
    Phase { name: "word of mouth", takes_place: present::word, run: word::run },
    Phase { name: "offers", takes_place: always, run: offers::run },
    Phase { name: "paying sellers", takes_place: present::market, run: paying::run },
    Phase { name: "paying employers' fees", takes_place: present::employers_pay, run: mandates::pay },
    Phase { name: "paying coaches", takes_place: present::coaches, run: coaching::pay },
    Phase { name: "paying for forms", takes_place: present::forms, run: forms::pay },
    Phase { name: "learning", takes_place: always, run: learning::run },
    Phase { name: "learning from searches", takes_place: present::employers_pay, run: mandates::learn },
    Phase { name: "learning about forms", takes_place: present::forms, run: forms::learn },
    Phase { name: "learning about coaching", takes_place: present::coaches, run: coaching::learn },
    Phase { name: "bombardment", takes_place: present::bombardment, run: bombardment::run },
    Phase { name: "renewal", takes_place: always, run: renewal::run },
    Phase { name: "standing", takes_place: present::market, run: standing::run },
    Phase { name: "closing books", takes_place: present::market, run: books::run },
    Phase { name: "entry and exit", takes_place: present::free_entry, run: entry::run },
];

/// Lives one week.
///
/// # Errors
/// A [`Breach`] if a number is not finite at the end of the week or, in builds with debug assertions, if any law is
/// broken after any phase: a bug or a broken promise, which fails the replication and never repairs itself.
pub fn run_week(step: &mut Step<'_>) -> Result<(), Breach> {
    begin_week(step);
    for phase in SCHEDULE {
        if !(phase.takes_place)(step) {
            continue;
        }
        if let Some(trace) = &mut step.tally.trace {
            trace.push(phase.name);
        }
        (phase.run)(step);
        if cfg!(debug_assertions) {
            laws::check(step.scenario, step.world, step.pipeline)
                .map_err(|what| what.at(step.world.week, phase.name))?;
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
        state.blocked_organic += step.world.blocked_in_fork(row);
    }
}
