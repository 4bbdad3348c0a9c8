//! Decision-makers: people who hire, each with a bar, a salary to offer, and now and then a vacancy.

use super::bits::Bits;
use super::met::Met;
use crate::beliefs::{Belief, Interview};
use crate::ids;
use crate::maths;
use crate::scenario::Scenario;
use crate::streams::{Draws, Purpose};

/// The table of decision-makers.
#[derive(Clone, Debug, Default)]
pub struct DecisionMakers {
    /// Quality from which she hires, sd.
    pub bar: Vec<f64>,
    /// Salary she offers, dollars a year.
    pub salary: Vec<f64>,
    /// Level of the job: ln(salary/reference)/slope, sd.
    pub level: Vec<f64>,
    /// Dollars that one sd of quality is worth to her.
    pub value_per_sd: Vec<f64>,
    /// Has a vacancy.
    pub open: Bits,
    /// Opens again when vacancies next open, because the person hired left for another job.
    pub reopening: Bits,
    /// Number of times a vacancy of hers has opened or closed: one number for each vacancy and each time between.
    pub episode: Vec<u32>,
    /// Week in which her present vacancy opened; before the first week for those of the start.
    pub open_since: Vec<u32>,
    /// Workers she has met in this episode.
    met: Met,
    /// One bit for the last six binary digits of each of them: where it is not set, she has not met the worker.
    met_bits: Vec<u64>,
    /// Below this margin of ability over her bar a meeting with a stranger who applies is not worth its cost, sd. A
    /// floor: what is above it need not be worth it.
    pub least_margin: Vec<f64>,
    /// From this much above a finite floor a meeting with him is worth its cost, sd.
    pub margin_step: f64,
}

impl DecisionMakers {
    /// Decision-makers of a scenario: bar ~ N(mean, sd²), salary = reference · exp(slope · bar + sd ε).
    #[must_use]
    pub(super) fn build(scenario: &Scenario, draws: &Draws) -> Self {
        let s = &scenario.decision_makers;
        let n = s.count as usize;
        let mut table = Self {
            open: Bits::new(n),
            reopening: Bits::new(n),
            episode: vec![0; n],
            met: Met::new(n),
            ..Self::default()
        };
        let (floor, step) = least_margins(scenario);
        table.margin_step = step;
        for row in 0..n {
            let id = ids::row(row);
            let draw = draws.at(Purpose::DecisionMaker, 0, id, 0);
            let bar = s.bar_mean + s.bar_sd * draw.normal();
            let log_salary = scenario.workers.salary_slope * bar + s.salary_log_sd * draw.second_normal();
            table.bar.push(bar);
            table.salary.push(scenario.workers.salary_reference * maths::exp(log_salary));
            table.level.push(log_salary / scenario.workers.salary_slope);
            table.value_per_sd.push(s.value_per_sd * maths::exp(log_salary));
            table.least_margin.push(floor(table.value_per_sd[row]));
            table.open_since.push(super::START);
            table.met_bits.push(0);
            if draws.at(Purpose::InitialVacancy, 0, id, 0).yes(s.initial_vacancies) {
                table.set_open(row, true, super::START);
            }
        }
        table
    }

    /// Number of decision-makers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bar.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bar.is_empty()
    }

    /// Opens or closes her vacancy: a new episode, in which she has met nobody.
    pub fn set_open(&mut self, row: usize, open: bool, week: u32) {
        self.open.set(row, open);
        if open {
            self.open_since[row] = week;
        }
        self.episode[row] += 1;
        self.met.clear(row);
        self.met_bits[row] = 0;
    }

    /// She meets a worker.
    pub fn meet(&mut self, row: usize, worker: u32) {
        self.met.push(row, worker);
        self.met_bits[row] |= 1 << (worker & 63);
    }

    /// Whether she has met this worker in the present episode.
    #[must_use]
    #[inline]
    pub fn has_met(&self, row: usize, worker: usize) -> bool {
        self.may_have_met(row, worker) && self.met.links(row).any(|link| link.contains(&ids::row(worker)))
    }

    /// Whom she has met in the present episode, in order.
    #[must_use]
    pub fn met(&self, row: usize) -> Vec<u32> {
        let links: Vec<_> = self.met.links(row).collect();
        links.into_iter().rev().flatten().copied().collect()
    }

    /// Whether she may have met this worker in the present episode: if not, she has not.
    #[must_use]
    #[inline]
    pub fn may_have_met(&self, row: usize, worker: usize) -> bool {
        self.met_bits[row] >> (worker & 63) & 1 == 1
    }
}

/// Floors of the margin at which the interview of a cold applicant is worth a meeting, by the value of one sd, and how
/// far above a floor the margin lies at most.
///
/// Worth v σ ψ(m/σ) = cost: ψ is read from a table in steps of 1/64 sd and rounded down. −∞, and nothing is known, where
/// the margin is beyond the table or interviews tell nothing.
fn least_margins(scenario: &Scenario) -> (impl Fn(f64) -> f64, f64) {
    const STEPS: f64 = 64.0;
    const LOWEST: f64 = -8.0;
    let s = &scenario.decision_makers;
    let interview = Interview::new(scenario.jobs.match_sd, s.interview_precision);
    let prior = Belief { mean: 0.0, variance: scenario.beliefs.applicants_variance };
    let spread = interview.spread(prior.after_look(0.0, scenario.workers.resume_precision).variance);
    let psi: Vec<f64> =
        (0..=1024_u32).map(|step| maths::positive_part(LOWEST + f64::from(step) / STEPS)).collect();
    let cost = s.meeting_cost;
    let floor = move |value_per_sd: f64| {
        let steps = psi.partition_point(|&x| x * value_per_sd * spread <= cost);
        if steps == 0 || steps == psi.len() || spread <= 0.0 {
            return f64::NEG_INFINITY;
        }
        spread * (LOWEST + f64::from(ids::row(steps - 1)) / STEPS)
    };
    (floor, spread / STEPS)
}
