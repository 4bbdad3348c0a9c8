//! Decision-makers: people who hire, each with a bar, a salary to offer, and now and then a vacancy.

use super::bits::Bits;
use crate::ids;
use crate::maths;
use crate::scenario::Scenario;
use crate::streams::{Draws, Purpose};

/// Workers that a decision-maker may meet in an episode before her list grows: more than she meets in twenty weeks.
const MET_AT_FIRST: usize = 64;

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
    /// The level again where she has a vacancy, infinite where she has none: one look tells both.
    pub open_level: Vec<f64>,
    /// Has a vacancy.
    pub open: Bits,
    /// Opens again in the next phase 2, because the person hired left for another job.
    pub reopening: Bits,
    /// Number of times a vacancy of hers has opened or closed: one number for each vacancy and each time between.
    pub episode: Vec<u32>,
    /// Week in which her present vacancy opened; before the first week for those of the start.
    pub open_since: Vec<u32>,
    /// Workers she has met in this episode.
    pub met: Vec<Vec<u32>>,
}

impl DecisionMakers {
    /// Decision-makers of a scenario: bar ~ N(mean, sd²), salary = reference · exp(slope · bar + sd ε).
    #[must_use]
    pub(super) fn build(scenario: &Scenario, draws: &Draws) -> Self {
        let s = &scenario.decision_makers;
        let n = s.count as usize;
        let mut table =
            Self { open: Bits::new(n), reopening: Bits::new(n), episode: vec![0; n], ..Self::default() };
        for row in 0..n {
            let id = ids::row(row);
            let draw = draws.at(Purpose::DecisionMaker, 0, id, 0);
            let bar = s.bar_mean + s.bar_sd * draw.normal();
            let log_salary = scenario.workers.salary_slope * bar + s.salary_log_sd * draw.second_normal();
            table.bar.push(bar);
            table.salary.push(scenario.workers.salary_reference * maths::exp(log_salary));
            table.level.push(log_salary / scenario.workers.salary_slope);
            table.open_level.push(f64::INFINITY);
            table.value_per_sd.push(s.value_per_sd * maths::exp(log_salary));
            table.open_since.push(super::START);
            table.met.push(Vec::with_capacity(MET_AT_FIRST));
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
        self.open_level[row] = if open { self.level[row] } else { f64::INFINITY };
        if open {
            self.open_since[row] = week;
        }
        self.episode[row] += 1;
        self.met[row].clear();
    }

    /// Whether she has met this worker in the present episode.
    #[must_use]
    pub fn has_met(&self, row: usize, worker: usize) -> bool {
        self.met[row].contains(&ids::row(worker))
    }
}
