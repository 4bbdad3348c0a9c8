//! The scenario library of a study: outcomes by scenario and replication, and what can be estimated from them.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::league::ORGANIC;
use super::sweep::Elsewhere;
use crate::experiments::contrast::{Contrast, Luck, Verdict};
use crate::experiments::outcomes::{Metric, metric};
use crate::experiments::paired;
use crate::experiments::summary::{ScenarioSummary, summarise};
use crate::experiments::verdict::{self, Judged};
use crate::output::tables::{Finished as _, Outcome, Summary};
use crate::output::{Manifest, Measured, OutputError, left_out, read_table, resolved};
use crate::scenario::Scenario;
use crate::stats::{self, Estimate, Sides};

/// Coverage of every interval.
pub(super) const LEVEL: f64 = 0.95;

/// One scenario over its replications.
#[derive(Debug)]
pub(super) struct Arm {
    /// As in the tables.
    pub(super) name: String,
    /// Values of each finished replication, by its number, in the order of `outcomes::columns`.
    rows: BTreeMap<i64, Vec<Option<f64>>>,
    /// Hash of the opening, by replication.
    opening: BTreeMap<i64, String>,
    summary: ScenarioSummary,
    /// What it was run with, if the manifest has it and it can be read.
    pub(super) scenario: Option<Scenario>,
    pub(super) failed: usize,
    /// Where the same market was judged by more replications, and that judgement.
    pub(super) elsewhere: Option<Elsewhere>,
}

/// A range over the assumed constants.
#[derive(Clone, Copy, Debug)]
pub(super) struct Assumed {
    pub(super) low: f64,
    pub(super) high: f64,
}

/// All scenarios of a library.
#[derive(Debug)]
pub(super) struct Library {
    pub(super) arms: Vec<Arm>,
    pub(super) manifest: Option<Value>,
    assumed: BTreeMap<(String, String), Assumed>,
    /// Cells that held a number which is not finite.
    pub(super) not_finite: usize,
}

impl Library {
    pub(super) fn read(dir: &Path) -> Result<Self, OutputError> {
        Self::of(dir, Manifest::read(dir)?)
    }

    /// As [`Self::read`], with what the manifest says or will say.
    pub(super) fn of(dir: &Path, manifest: Option<Value>) -> Result<Self, OutputError> {
        // Nothing is said of markets that cannot be judged; what else an older table lacks has no estimate.
        let table = Measured::with(metric!(verdict::MEASURE), read_table(&dir.join("outcomes.csv"))?)?;
        let mut not_finite = 0;
        let arms = arms(table, manifest.as_ref(), &mut not_finite)?;
        Ok(Self { arms, manifest, assumed: assumed(dir)?, not_finite })
    }

    /// A scenario by its name.
    pub(super) fn arm(&self, name: &str) -> Option<&Arm> {
        self.arms.iter().find(|arm| arm.name == name)
    }

    /// What charts call a scenario.
    pub(super) fn short(&self, scenario: &str) -> String {
        let short = |arm: &Arm| Some(arm.scenario.as_ref()?.short_name(&arm.name));
        let own = self.arm(scenario).and_then(short);
        // As in charts: two that would be called alike have the names of their files.
        let is_alone = own.is_some() && self.arms.iter().filter(|arm| short(arm) == own).count() == 1;
        own.filter(|_| is_alone).unwrap_or_else(|| scenario.to_owned())
    }

    /// An outcome of a scenario with its interval over replications; `None` if no replication has it.
    pub(super) fn estimate(&self, scenario: &str, metric: Metric) -> Option<Estimate> {
        self.arm(scenario)?.summary.of(metric.name).copied()
    }

    /// The same as the cell of a sheet.
    pub(super) fn shown(&self, scenario: &str, metric: Metric, format: fn(&Estimate) -> String) -> String {
        self.estimate(scenario, metric).map_or_else(|| "–".to_owned(), |estimate| format(&estimate))
    }

    /// What the pairs of replications say of one outcome less another, each of a scenario: scenario, outcome.
    ///
    /// Pooled gains are compared by pseudo-values; `None` where one of the two is in no replication, and where the two did
    /// not open on the same labour market: what differs might come from that.
    pub(super) fn contrast(&self, one: (&str, Metric), other: (&str, Metric)) -> Option<Contrast> {
        let (a, b) = (self.arm(one.0)?, self.arm(other.0)?);
        if a.is_elsewhere(b) {
            return None;
        }
        let (one, other) = (a.numbers(one.1)?, b.numbers(other.1)?);
        let pairs: Vec<(f64, f64)> =
            one.iter().filter_map(|(number, x)| Some((*x, *other.get(number)?))).collect();
        (!pairs.is_empty()).then(|| Contrast::of(&pairs, Luck::SameOpening))
    }

    /// An outcome of a market less that of the market which opens as it does and in which nothing is sold; `None` where
    /// there is none.
    pub(super) fn against_nothing(&self, market: &str, metric: Metric) -> Option<Contrast> {
        let nothing = self.nothing_beside(self.arm(market)?)?;
        self.contrast((market, metric), (&nothing.name, metric))
    }

    /// The market that opens as an arm does and in which nothing is sold.
    pub(super) fn nothing_beside(&self, arm: &Arm) -> Option<&Arm> {
        self.arms.iter().find(|other| other.sells_nothing() && !arm.is_elsewhere(other))
    }

    /// Whether more or fewer jobs are found in all than where nothing is sold, and how many more: who is placed may have
    /// taken another's.
    pub(super) fn all_jobs(&self, market: &str) -> Option<(Verdict, Estimate)> {
        let contrast = self.against_nothing(market, metric!("hires"))?;
        Some((contrast.verdict?, contrast.estimate?))
    }

    /// What workers pay sellers, and what workers have before that less what they have where nothing is sold: dollars a worker
    /// and year.
    pub(super) fn fees_and_the_rest(&self, market: &str) -> Option<(Estimate, Contrast)> {
        let arm = self.arm(market)?;
        let nothing = self.nothing_beside(arm)?.numbers(metric!("welfare_workers"))?;
        let run = arm.scenario.as_ref()?;
        let worker_years = f64::from(run.workers.count) * f64::from(run.run.weeks) / 52.0;
        let [all, of_employers] = metric!["fees_dollars", "employer_fees_dollars"];
        let paid = |row: &[Option<f64>]| Some((all.read(row)? - of_employers.read(row)?) / worker_years);
        let own = |(number, row): (&i64, &Vec<Option<f64>>)| {
            let fees = paid(row)?;
            let before = metric!("welfare_workers").read(row)? + fees;
            Some((fees, (before, *nothing.get(number)?)))
        };
        let (fees, pairs): (Vec<f64>, Vec<(f64, f64)>) = arm.rows.iter().filter_map(own).unzip();
        let fees = stats::mean_interval(&fees, LEVEL)?;
        Some((fees, Contrast::of(&pairs, Luck::SameOpening)))
    }

    /// A ratio of two sums of outcomes over all replications, with an interval clustered by replication.
    pub(super) fn ratio(&self, scenario: &str, of: &[Metric], per: &[Metric]) -> Option<Estimate> {
        let arm = self.arm(scenario)?;
        let sum = |row: &[Option<f64>], metrics: &[Metric]| -> Option<f64> {
            metrics.iter().map(|metric| metric.read(row)).sum()
        };
        let clusters: Vec<(f64, f64)> =
            arm.rows.values().filter_map(|row| Some((sum(row, of)?, sum(row, per)?))).collect();
        stats::ratio_of_sums(&clusters, LEVEL)
    }

    /// The range of an outcome over the assumed constants; `None` where they were not varied.
    pub(super) fn assumed(&self, scenario: &str, metric: Metric) -> Option<Assumed> {
        self.assumed.get(&(scenario.to_owned(), metric.name.to_owned())).copied()
    }

    /// Whether the market of a scenario lasts; `None` if no replication says, or nobody may sell.
    pub(super) fn judged(&self, scenario: &str) -> Option<Judged> {
        self.arm(scenario)?.judged()
    }

    /// Names of scenarios that fit, of those that were run.
    pub(super) fn names<'a>(
        &'a self,
        fits: impl Fn(&Scenario) -> bool + 'a,
    ) -> impl Iterator<Item = &'a str> {
        let fitting = self.arms.iter().filter(move |arm| arm.scenario.as_ref().is_some_and(&fits));
        fitting.map(|arm| arm.name.as_str())
    }

    /// Most replications of any scenario.
    pub(super) fn replications(&self) -> usize {
        self.arms.iter().map(|arm| arm.rows.len()).max().unwrap_or(0)
    }
}

impl Arm {
    /// Whether the market lasts; none if no replication says, or nobody may sell.
    pub(super) fn judged(&self) -> Option<Judged> {
        self.elsewhere.as_ref().map(|it| it.judged).or(self.summary.judged)
    }

    /// Whether nobody sells anything there; by its name where nothing is known but that.
    pub(super) fn sells_nothing(&self) -> bool {
        self.scenario.as_ref().map_or_else(|| self.name == ORGANIC, paired::sells_nothing)
    }

    /// Replications that finished.
    pub(super) fn finished(&self) -> usize {
        self.rows.len()
    }

    /// Whether it opened on another labour market than another arm in any replication that both have.
    pub(super) fn is_elsewhere(&self, other: &Self) -> bool {
        let differ = |(number, hash): (&i64, &String)| {
            !hash.is_empty() && other.opening.get(number).is_some_and(|known| known != hash)
        };
        self.opening.iter().any(differ)
    }

    /// A number for each replication that has the outcome.
    fn numbers(&self, metric: Metric) -> Option<BTreeMap<i64, f64>> {
        if crate::experiments::gain::POOLED.contains(&metric.name) {
            return self.pseudo_values(metric.place);
        }
        Some(self.rows.iter().filter_map(|(number, row)| Some((*number, metric.read(row)?))).collect())
    }

    /// The parts of the replications in a pooled gain, whose mean it is.
    fn pseudo_values(&self, at: usize) -> Option<BTreeMap<i64, f64>> {
        let sides: Vec<Sides> = self
            .rows
            .values()
            .map(|row| {
                let arms = crate::experiments::gain::Arms::behind(row, at);
                (arms.treated, arms.held_out)
            })
            .collect();
        let parts = stats::pseudo_values(&sides)?;
        Some(self.rows.keys().copied().zip(parts).collect())
    }
}

fn arms(
    table: Measured<Outcome>,
    manifest: Option<&Value>,
    not_finite: &mut usize,
) -> Result<Vec<Arm>, OutputError> {
    let mut arms: Vec<Arm> = Vec::new();
    let scenarios = resolved(manifest);
    let outcomes = table.outcomes()?;
    for (row, mut values) in table.rows.into_iter().zip(outcomes) {
        let place = arms.iter().position(|arm| arm.name == row.scenario).unwrap_or_else(|| {
            arms.push(Arm {
                name: row.scenario.clone(),
                rows: BTreeMap::new(),
                opening: BTreeMap::new(),
                summary: summarise(&row.scenario, &[], 0),
                scenario: scenarios.get(&row.scenario).map(|one| one.scenario.clone()),
                failed: 0,
                elsewhere: None,
            });
            arms.len() - 1
        });
        let arm = &mut arms[place];
        let Ok(hash) = row.finished() else {
            arm.failed += 1;
            continue;
        };
        *not_finite += left_out(&mut values);
        arm.opening.insert(row.replication, hash.to_owned());
        arm.rows.insert(row.replication, values);
    }
    for arm in &mut arms {
        arm.summary = summarise(&arm.name, &arm.rows.values().cloned().collect::<Vec<_>>(), arm.failed);
    }
    Ok(arms)
}

fn assumed(dir: &Path) -> Result<BTreeMap<(String, String), Assumed>, OutputError> {
    let path = dir.join("summary.csv");
    let lines: Vec<Summary> = if path.is_file() { read_table(&path)?.rows()? } else { Vec::new() };
    let range = |line: Summary| {
        let (low, high) = line.assumed_low.0.flatten().zip(line.assumed_high.0.flatten())?;
        Some(((line.scenario, line.metric), Assumed { low, high }))
    };
    Ok(lines.into_iter().filter_map(range).collect())
}
