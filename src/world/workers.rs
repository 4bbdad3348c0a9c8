//! Workers: who they are, where they stand, and since when.

use rayon::prelude::*;

use super::bits::{Bits, members};
use super::market::Search;
use crate::ids::{DecisionMakerId, IntroducerId, WorkerId};
use crate::maths;
use crate::scenario::Scenario;
use crate::streams::{Draws, Gate, Purpose};

/// The table of workers, a column a property. A row outlives its person: one who leaves the labour force is replaced
/// in place by an entrant of the next generation, who keeps the friends.
#[derive(Clone, Debug, Default)]
pub struct Workers {
    /// How many persons have held this row before.
    pub generation: Vec<u32>,
    /// True ability θ, sd of the workforce. Hidden from everybody in the market.
    pub true_ability: Vec<f64>,
    /// Networking ν: how fast contacts are met, relative to the median worker.
    pub networking: Vec<f64>,
    /// Ability as the worker feels it: true ability plus overconfidence, sd.
    pub felt_ability: Vec<f64>,
    /// Usual salary S, dollars a year.
    pub usual_salary: Vec<f64>,
    /// What the résumé says to every reader: ability plus noise, sd.
    pub resume_signal: Vec<f64>,
    /// Savings a worker returns to on taking a job, cents.
    pub own_savings_cents: Vec<i64>,
    /// Savings now, cents.
    pub savings_cents: Vec<i64>,
    /// Paid to sellers so far, less what came back, cents; of the present person.
    pub paid_cents: Vec<i64>,
    /// Present salary, or the last one of those out of work, dollars a year.
    pub salary: Vec<f64>,
    /// Level of the present or last job: ln(salary/reference)/slope, sd.
    pub job_level: Vec<f64>,
    /// The decision-maker who hired for the present job; none for an outside job.
    pub employer: Vec<DecisionMakerId>,
    /// Chance that the present job ends in a week; of jobs that are not frail, over that of a frail one.
    pub separation: Vec<Gate>,
    /// The present job ends with a higher chance than that of a frail job ([`frail_job`]).
    pub frail: Bits,
    /// Week in which the present spell out of work began.
    pub out_since: Vec<u32>,
    /// Week in which the present or last search began.
    pub search_since: Vec<u32>,
    /// Number of searches begun by this row, over all generations.
    pub searches: Vec<u32>,
    /// Contacts at the start of the search.
    pub search_contacts: Vec<u8>,
    /// The seller applied to or represented by; none without.
    pub seller: Vec<IntroducerId>,
    /// Out of work.
    pub unemployed: Bits,
    /// Employed and looking for another job.
    pub looking: Bits,
    /// Out of work when the state of this week was recorded, right after jobs have ended.
    pub recorded_unemployed: Bits,
    /// The search began while employed.
    pub searched_from_job: Bits,
    /// Became somebody's client in this search.
    pub bought: Bits,
    /// Accepted by a seller and turned away by lot in this search.
    pub held_out: Bits,
    /// Coached: meets contacts faster, and his résumé is read more clearly, for good.
    pub coached: Bits,
    /// Turned away by the coaches' lot in this search.
    pub coach_held_out: Bits,
    /// Spells of this row are written to the spells table.
    pub sampled: Bits,
}

/// Workers from which on they are drawn over threads, and how many at a time.
const MANY: usize = 1 << 16;

/// What is drawn of a person for life.
struct Person {
    true_ability: f64,
    networking: f64,
    felt_ability: f64,
    usual_salary: f64,
    level: f64,
    savings_cents: i64,
    resume_signal: f64,
}

impl Person {
    /// θ ~ N(0, 1); ν = exp(sd · (ρ θ + √(1 − ρ²) ε)); S = reference · exp(slope · (θ − offset) + sd ε); the résumé's
    /// noise is one draw for life, the same for all who read it.
    fn draw(scenario: &Scenario, draws: &Draws, id: u32, generation: u32) -> Self {
        let s = &scenario.workers;
        let born = draws.at(Purpose::Ability, generation, id, 0);
        let outlook = draws.at(Purpose::Outlook, generation, id, 0);
        let paper = draws.at(Purpose::Paper, generation, id, 0);
        let ability = born.normal();
        let rho = s.networking_ability_correlation;
        let sociable = rho * ability + (1.0 - rho * rho).max(0.0).sqrt() * born.second_normal();
        let log_salary =
            s.salary_slope * (ability - s.salary_ability_offset) + s.salary_log_sd * outlook.second_normal();
        let savings = s.savings_median * maths::exp(s.savings_log_sd * paper.normal());
        // A résumé without precision says the same of everybody.
        let precise = s.resume_precision > 0.0;
        let noise = paper.second_normal() / s.resume_precision.max(f64::MIN_POSITIVE).sqrt();
        Self {
            true_ability: ability,
            networking: maths::exp(s.networking_log_sd * sociable),
            felt_ability: ability + s.overconfidence_mean + s.overconfidence_sd * outlook.normal(),
            usual_salary: s.salary_reference * maths::exp(log_salary),
            level: log_salary / s.salary_slope,
            savings_cents: super::ledger::cents(savings),
            resume_signal: if precise { ability + noise } else { 0.0 },
        }
    }
}

impl Workers {
    /// Workers of a scenario at the start: drawn, employed at their usual salary in outside jobs or out of work.
    #[must_use]
    pub(super) fn build(scenario: &Scenario, draws: &Draws, first_week: u32) -> Self {
        let n = scenario.workers.count as usize;
        let mut workers = Self {
            generation: vec![0; n],
            true_ability: vec![0.0; n],
            networking: vec![0.0; n],
            felt_ability: vec![0.0; n],
            usual_salary: vec![0.0; n],
            resume_signal: vec![0.0; n],
            own_savings_cents: vec![0; n],
            savings_cents: vec![0; n],
            paid_cents: vec![0; n],
            salary: vec![0.0; n],
            job_level: vec![0.0; n],
            employer: vec![DecisionMakerId::NONE; n],
            separation: vec![Gate::new(0.0); n],
            frail: Bits::new(n),
            out_since: vec![first_week; n],
            search_since: vec![first_week; n],
            searches: vec![0; n],
            search_contacts: vec![0; n],
            seller: vec![IntroducerId::NONE; n],
            unemployed: Bits::new(n),
            looking: Bits::new(n),
            recorded_unemployed: Bits::new(n),
            searched_from_job: Bits::new(n),
            bought: Bits::new(n),
            held_out: Bits::new(n),
            coached: Bits::new(n),
            coach_held_out: Bits::new(n),
            sampled: Bits::new(n),
        };
        workers.draw_everybody(scenario, draws);
        for worker in 0..n {
            workers.set_separation(scenario, worker, scenario.jobs.separation);
        }
        let out = (draws.head(Purpose::InitialState, 0), Gate::new(scenario.workers.initial_unemployed));
        let sampled = (draws.head(Purpose::Sample, 0), Gate::new(scenario.run.spells_sample));
        for word in 0..workers.unemployed.n_words() {
            let id = crate::ids::row(word);
            let valid = workers.unemployed.valid(word);
            for lane in members(out.0.gates(id, out.1) & valid) {
                workers.unemployed.set(word * 64 + lane, true);
                workers.searches[word * 64 + lane] = 1;
            }
            for lane in members(sampled.0.gates(id, sampled.1) & valid) {
                workers.sampled.set(word * 64 + lane, true);
            }
        }
        workers
    }

    /// Draws the first person of every row, over threads where there are many; rows do not know each other.
    fn draw_everybody(&mut self, scenario: &Scenario, draws: &Draws) {
        let n = self.len();
        if n < MANY {
            for worker in 0..n {
                self.draw_person(scenario, draws, worker);
            }
            return;
        }
        let mut people = Vec::with_capacity(MANY);
        for first in (0..n).step_by(MANY) {
            let rows = first..(first + MANY).min(n);
            rows.into_par_iter()
                .map(|worker| Person::draw(scenario, draws, crate::ids::row(worker), 0))
                .collect_into_vec(&mut people);
            for (position, person) in people.iter().enumerate() {
                self.seat(first + position, person);
            }
        }
    }

    /// Draws the person of the row's present generation.
    pub(super) fn draw_person(&mut self, scenario: &Scenario, draws: &Draws, worker: usize) {
        let person = Person::draw(scenario, draws, crate::ids::row(worker), self.generation[worker]);
        self.seat(worker, &person);
    }

    fn seat(&mut self, worker: usize, person: &Person) {
        self.true_ability[worker] = person.true_ability;
        self.networking[worker] = person.networking;
        self.felt_ability[worker] = person.felt_ability;
        self.usual_salary[worker] = person.usual_salary;
        self.salary[worker] = person.usual_salary;
        self.job_level[worker] = person.level;
        self.own_savings_cents[worker] = person.savings_cents;
        self.savings_cents[worker] = person.savings_cents;
        self.resume_signal[worker] = person.resume_signal;
    }

    /// Sets the chance that a worker's job ends in a week.
    pub fn set_separation(&mut self, scenario: &Scenario, worker: usize, chance: f64) {
        let frail = frail_job(scenario);
        self.frail.set(worker, chance > frail);
        self.separation[worker] = Gate::new(if chance > frail { chance } else { chance / frail });
    }

    /// Number of workers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.generation.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.generation.is_empty()
    }

    /// Whether the worker searches, out of work or from a job.
    #[must_use]
    pub fn is_seeking(&self, worker: usize) -> bool {
        self.unemployed.has(worker) || self.looking.has(worker)
    }

    /// Third of the workforce in which the worker stands, for the tally alone.
    #[must_use]
    pub fn third(&self, worker: usize) -> usize {
        third(self.true_ability[worker])
    }

    /// Weeks out of work by `week`; 0 for the employed.
    #[must_use]
    pub fn weeks_out(&self, worker: usize, week: u32) -> u32 {
        if self.unemployed.has(worker) { week - self.out_since[worker] } else { 0 }
    }

    /// The present or last search of a worker.
    #[must_use]
    pub fn search_of(&self, worker: usize) -> Search {
        Search { worker: WorkerId::new(worker), number: self.searches[worker] }
    }

    /// Whether the person still searches, in the same search.
    #[must_use]
    pub fn is_current(&self, search: Search) -> bool {
        let worker = search.worker.at();
        self.is_seeking(worker) && self.searches[worker] == search.number
    }

    /// Ends the link between a worker and the seller he applied to or was represented by.
    pub fn forget_seller(&mut self, search: Search) {
        let worker = search.worker.at();
        if self.searches[worker] == search.number {
            self.seller[worker] = IntroducerId::NONE;
        }
    }

    /// Opens a search: a new number, nothing bought, nothing held against it.
    pub fn begin_search(&mut self, worker: usize, week: u32, from_job: bool, contacts: u8) {
        self.searches[worker] += 1;
        self.search_since[worker] = week;
        self.search_contacts[worker] = contacts;
        self.searched_from_job.set(worker, from_job);
        self.bought.set(worker, false);
        self.held_out.set(worker, false);
        self.coach_held_out.set(worker, false);
    }

    /// Coaches the present person: networking times `1 + networking_gain`, and a résumé with the same noise scaled
    /// down to the higher precision.
    pub fn coach(&mut self, scenario: &Scenario, draws: &Draws, worker: usize) {
        let s = &scenario.coaching;
        self.coached.set(worker, true);
        self.networking[worker] *= 1.0 + s.networking_gain;
        let precision = scenario.workers.resume_precision + s.resume_precision_gain;
        if precision > 0.0 {
            let paper = draws.at(Purpose::Paper, self.generation[worker], crate::ids::row(worker), 0);
            self.resume_signal[worker] = self.true_ability[worker] + paper.second_normal() / precision.sqrt();
        }
    }

    /// Replaces the person of a row by an entrant: new draws, out of work since this week.
    pub fn replace(&mut self, scenario: &Scenario, draws: &Draws, worker: usize, week: u32) {
        self.generation[worker] += 1;
        self.draw_person(scenario, draws, worker);
        self.employer[worker] = DecisionMakerId::NONE;
        self.paid_cents[worker] = 0;
        self.coached.set(worker, false);
        self.looking.set(worker, false);
        self.unemployed.set(worker, true);
        self.out_since[worker] = week;
        self.begin_search(worker, week, false, 0);
    }
}

/// Third of the workforce in true ability, which is standard normal among all workers: 0 for the least able.
#[must_use]
pub fn third(ability: f64) -> usize {
    /// Upper end of the lowest third of a standard normal.
    const THIRD: f64 = 0.430_727_3;
    if ability < -THIRD { 0 } else { 1 + usize::from(ability > THIRD) }
}

/// Chance a week that a frail job ends: that of one whose holder stands two sd below its bar. Most chances are lower, and
/// are drawn by a gate for 64 workers at this one.
#[must_use]
pub fn frail_job(scenario: &Scenario) -> f64 {
    (scenario.jobs.separation * maths::exp(2.0 * scenario.jobs.separation_match_slope.abs())).min(1.0)
}
