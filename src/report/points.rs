//! What comes of claims where the assumed constants are moved, the price of a relationship among them: the points of the
//! library's assumptions.csv at which the labour market still hits the facts that it is fitted to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::library::LEVEL;
use crate::experiments::outcomes::Metric;
use crate::experiments::threshold::flip::metric_of;
use crate::output::tables::{AssumedPoint, Flip, Side};
use crate::output::{Measured, OutputError, read_table};
use crate::stats::{self, Estimate};
use crate::text;

/// The scenario in which nobody sells, by whose outcomes a point is held against the facts.
const ORGANIC: &str = "organic";

/// Outcomes by scenario and point, as rows of [`Metric::all`].
#[derive(Debug)]
pub(super) struct Points {
    rows: BTreeMap<String, BTreeMap<usize, Vec<Option<f64>>>>,
    /// Points near enough to the fitted facts; all where nobody ran a market without sellers at them.
    kept: BTreeSet<usize>,
    /// Number of points.
    all: usize,
}

/// All scenarios at one point.
pub(super) struct At<'a> {
    points: &'a Points,
    number: usize,
}

impl At<'_> {
    /// An outcome of a scenario; `None` if it has none there.
    pub(super) fn number(&self, scenario: &str, metric: Metric) -> Option<f64> {
        metric.read(self.points.rows.get(scenario)?.get(&self.number)?)
    }

    /// What a claim is about, by its name.
    fn claimed(&self, scenario: &str, metric: &str) -> Option<f64> {
        metric_of(metric, self.points.rows.get(scenario)?.get(&self.number)?)
    }
}

impl Points {
    /// Reads the points of a folder; `None` where the constants were not moved.
    pub(super) fn read(dir: &Path) -> Result<Option<Self>, OutputError> {
        let path = dir.join("assumptions.csv");
        if !path.is_file() {
            return Ok(None);
        }
        let table = Measured::<AssumedPoint>::of(read_table(&path)?)?;
        // Without all of them a metric would be read of a market that it is not of.
        if !Metric::all().all(|metric| table.has(metric)) {
            return Ok(None);
        }
        let mut rows: BTreeMap<String, BTreeMap<usize, Vec<Option<f64>>>> = BTreeMap::new();
        let (mut all, mut kept) = (BTreeSet::new(), BTreeSet::new());
        let outcomes = table.outcomes()?;
        for (row, outcomes) in table.rows.into_iter().zip(outcomes).filter(|(row, _)| row.status == "ok") {
            all.insert(row.point);
            if row.hits_the_facts() {
                kept.insert(row.point);
            }
            rows.entry(row.scenario).or_default().insert(row.point, outcomes);
        }
        Ok(Some(Self { rows, kept, all: all.len() }))
    }

    /// Share of the points that hit the facts at which a claim is true, of those at which it is true or false, with
    /// Wilson's interval; `None` if there is no such point.
    pub(super) fn share(&self, is_true: impl Fn(&At<'_>) -> Option<bool>) -> Option<Estimate> {
        let told: Vec<bool> =
            self.kept.iter().filter_map(|&number| is_true(&At { points: self, number })).collect();
        stats::wilson(told.iter().filter(|told| **told).count(), told.len(), LEVEL)
    }

    /// "Of 40 draws of the assumed constants 31 hit the facts that the labour market is fitted to".
    pub(super) fn words(&self) -> String {
        let head = format!("Of {} of the assumed constants", text::counted(self.all, "draw"));
        if self.rows.contains_key(ORGANIC) {
            let verb = if self.kept.len() == 1 { "hits" } else { "hit" };
            format!(
                "{head} {} {verb} the facts that the labour market is fitted to",
                text::count(self.kept.len())
            )
        } else {
            format!("{head} none was held against the facts")
        }
    }
}

/// For each claim of flip.csv the share of the points at which it is true; nothing where the scenarios of a claim are not
/// there.
pub(super) fn claims(points: &Points, flips: &[Flip]) -> BTreeMap<String, Estimate> {
    let share = |flip: &Flip| {
        let share = points.share(|at| {
            let mut value = at.claimed(&flip.scenario, &flip.metric)?;
            if let Some(against) = &flip.against {
                value -= at.claimed(against, &flip.metric)?;
            }
            Some(if flip.holds == Side::Below { value < flip.threshold } else { value >= flip.threshold })
        });
        Some((flip.claim.clone(), share?))
    };
    flips.iter().filter_map(share).collect()
}
