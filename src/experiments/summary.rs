//! Summaries: each outcome of a scenario with its interval over replications.

use super::assumptions::{self, Over, Point};
use super::gain::{self, Arms};
use super::newcomers::Newcomers;
use super::outcomes::{self, Metric, metric};
use super::verdict::{self, Judged, Signs};
use crate::stats::{Estimate, mean_interval};

/// One outcome of one scenario over all its replications.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The outcome, named as in the table of outcomes.
    pub metric: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Its value and interval; `None` if no replication has it.
    pub estimate: Option<Estimate>,
    /// How the interval was made.
    pub method: &'static str,
    /// The interval over assumptions, where they were varied.
    pub assumed: Option<Over>,
}

/// All outcomes of one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioSummary {
    /// Name of the scenario.
    pub scenario: String,
    /// Lines in the order of the table of outcomes.
    pub lines: Vec<Line>,
    /// Whether the market lasts; `None` where nobody may sell.
    pub judged: Option<Judged>,
    /// Replications that finished, and that failed.
    pub finished: (usize, usize),
}

impl ScenarioSummary {
    /// The estimate of an outcome; `None` if it does not exist in any replication.
    #[must_use]
    pub fn of(&self, metric: &str) -> Option<&Estimate> {
        self.lines.iter().find(|line| line.metric == metric)?.estimate.as_ref()
    }

    /// The interval of an outcome over assumptions; `None` where they were not varied.
    #[must_use]
    pub fn assumed(&self, metric: &str) -> Option<&Over> {
        self.lines.iter().find(|line| line.metric == metric)?.assumed.as_ref()
    }
}

/// Adds the intervals over assumptions, from the points of all scenarios.
pub fn add_assumptions(summaries: &mut [ScenarioSummary], points: &[Point]) {
    for (arm, summary) in summaries.iter_mut().enumerate() {
        for line in &mut summary.lines {
            line.assumed = assumptions::over(points, arm, line.metric);
        }
    }
}

/// An interval without the values that its unit cannot have: shares lie between 0 and 1, counts above 0.
fn within_reach(estimate: Estimate, unit: &str) -> Estimate {
    match unit {
        "share" => estimate.within(0.0, 1.0),
        "hires" | "placements" | "requests" | "people" | "weeks" | "hours" | "meetings" | "introductions"
        | "vacancies" => estimate.within(0.0, f64::INFINITY),
        _ => estimate,
    }
}

/// What the verdict needs to know of a replication, from its row of outcomes; `None` where nobody may sell.
fn signs(row: &[Option<f64>]) -> Option<Signs> {
    let sum = |metric: Metric| metric.read(row).unwrap_or(0.0);
    Some(Signs {
        placements: metric!(verdict::MEASURE).read(row)?,
        share: metric!("placements_share").read(row),
        newcomers: Newcomers {
            n: sum(metric!("entrants")),
            net: sum(metric!("entrants_net_dollars")),
            weeks: sum(metric!("entrants_weeks")),
            everybody_net: sum(metric!("everybody_net_dollars")),
            everybody_weeks: sum(metric!("everybody_weeks")),
        },
        decision_makers: metric!("decision_makers_gain_paid_judged").read(row),
        clients: Arms::behind(row, metric!("clients_gain").place),
    })
}

/// Gains are pooled over the members of all cohorts and clustered; all other outcomes get a t interval of the mean.
#[must_use]
pub fn summarise(scenario: &str, rows: &[Vec<Option<f64>>], failed: usize) -> ScenarioSummary {
    summarise_at(scenario, rows, failed, verdict::LEVEL)
}

/// As [`summarise()`], with intervals of another coverage.
#[must_use]
pub fn summarise_at(scenario: &str, rows: &[Vec<Option<f64>>], failed: usize, level: f64) -> ScenarioSummary {
    let columns = outcomes::columns();
    let line = |(position, (metric, unit, _)): (usize, &(&'static str, &'static str, &'static str))| {
        let values: Vec<f64> = rows.iter().filter_map(|values| values[position]).collect();
        let (estimate, method) = if gain::POOLED.contains(metric) {
            let arms = |row: &Vec<Option<f64>>| Arms::behind(row, position);
            (gain::pooled(&rows.iter().map(arms).collect::<Vec<_>>(), level), "clustered")
        } else {
            (mean_interval(&values, level), "t")
        };
        Line { metric, unit, estimate: estimate.map(|e| within_reach(e, unit)), method, assumed: None }
    };
    let lines: Vec<Line> = columns.iter().enumerate().map(line).collect();
    ScenarioSummary {
        scenario: scenario.to_owned(),
        judged: Judged::of(&rows.iter().filter_map(|row| signs(row)).collect::<Vec<_>>(), level),
        lines,
        finished: (rows.len(), failed),
    }
}
