//! Workers: who they are, where they stand, and since when.

use super::bits::Bits;
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
    /// Chance that the present job ends in a week.
    pub separation: Vec<Gate>,
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
    /// Out of work when the state of this week was recorded, right after phase 1.
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
            separation: vec![Gate::new(scenario.jobs.separation); n],
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
        for worker in 0..n {
            workers.draw_person(scenario, draws, worker);
            let id = crate::ids::row(worker);
            let out = draws.at(Purpose::InitialState, 0, id, 0).yes(scenario.workers.initial_unemployed);
            workers.unemployed.set(worker, out);
            workers.searches[worker] = u32::from(out);
            let sampled = draws.at(Purpose::Sample, 0, id, 0).yes(scenario.run.spells_sample);
            workers.sampled.set(worker, sampled);
        }
        workers
    }

    /// Draws the person of the row's present generation.
    ///
    /// θ ~ N(0, 1); ν = exp(sd · (ρ θ + √(1 − ρ²) ε)); S = reference · exp(slope · (θ − offset) + sd ε); the résumé's
    /// noise is one draw for life, the same for all who read it.
    pub(super) fn draw_person(&mut self, scenario: &Scenario, draws: &Draws, worker: usize) {
        let s = &scenario.workers;
        let id = crate::ids::row(worker);
        let generation = self.generation[worker];
        let born = draws.at(Purpose::Ability, generation, id, 0);
        let outlook = draws.at(Purpose::Outlook, generation, id, 0);
        let paper = draws.at(Purpose::Paper, generation, id, 0);
        let ability = born.normal();
        let rho = s.networking_ability_correlation;
        let sociable = rho * ability + (1.0 - rho * rho).max(0.0).sqrt() * born.second_normal();
        self.true_ability[worker] = ability;
        self.networking[worker] = maths::exp(s.networking_log_sd * sociable);
        self.felt_ability[worker] = ability + s.overconfidence_mean + s.overconfidence_sd * outlook.normal();
        let log_salary =
            s.salary_slope * (ability - s.salary_ability_offset) + s.salary_log_sd * outlook.second_normal();
        self.usual_salary[worker] = s.salary_reference * maths::exp(log_salary);
        self.salary[worker] = self.usual_salary[worker];
        self.job_level[worker] = log_salary / s.salary_slope;
        let savings = s.savings_median * maths::exp(s.savings_log_sd * paper.normal());
        self.own_savings_cents[worker] = super::ledger::cents(savings);
        self.savings_cents[worker] = self.own_savings_cents[worker];
        // A résumé without precision says the same of everybody.
        let precise = s.resume_precision > 0.0;
        let noise = paper.second_normal() / s.resume_precision.max(f64::MIN_POSITIVE).sqrt();
        self.resume_signal[worker] = if precise { ability + noise } else { 0.0 };
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
