//! What comes of claims where the assumed constants are moved, the price of a relationship among them: the points of the
//! library's assumptions.csv at which the labour market still hits the facts that it is fitted to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::library::LEVEL;
use crate::experiments::outcomes;
use crate::experiments::threshold::flip::metric_of;
use crate::output::{OutputError, RawTable, read_table};
use crate::stats::{self, Estimate};
use crate::text;

/// The scenario in which nobody sells, by whose outcomes a point is held against the facts.
const ORGANIC: &str = "organic";

/// Outcomes by scenario and point, as rows of [`outcomes::columns`].
#[derive(Debug)]
pub(super) struct Points {
    rows: BTreeMap<String, BTreeMap<i64, Vec<Option<f64>>>>,
    /// Points near enough to the fitted facts; all where nobody ran a market without sellers at them.
    kept: BTreeSet<i64>,
    /// Number of points.
    all: usize,
}

/// All scenarios at one point.
pub(super) struct At<'a> {
    points: &'a Points,
    number: i64,
}

impl At<'_> {
    /// An outcome of a scenario; none if it has none there.
    pub(super) fn number(&self, scenario: &str, metric: &str) -> Option<f64> {
        metric_of(metric, self.points.rows.get(scenario)?.get(&self.number)?)
    }
}

impl Points {
    /// Reads the points of a folder; none where the constants were not moved.
    pub(super) fn read(dir: &Path) -> Result<Option<Self>, OutputError> {
        let path = dir.join("assumptions.csv");
        if !path.is_file() {
            return Ok(None);
        }
        Self::of(&read_table(&path)?)
    }

    fn of(table: &RawTable) -> Result<Option<Self>, OutputError> {
        let (scenario, point, status) =
            (table.column("scenario")?, table.column("point")?, table.column("status")?);
        // An older program held no point against the facts.
        let hits = table.column("hits").ok();
        let names = outcomes::columns().into_iter().map(|(name, ..)| table.column(name));
        // Without all of them a metric would be read of a market that it is not of.
        let Ok(columns) = names.collect::<Result<Vec<usize>, _>>() else { return Ok(None) };
        let mut rows: BTreeMap<String, BTreeMap<i64, Vec<Option<f64>>>> = BTreeMap::new();
        let (mut all, mut kept) = (BTreeSet::new(), BTreeSet::new());
        for row in (0..table.len()).filter(|&row| table.text(row, status) == "ok") {
            let number = table.integer(row, point)?.unwrap_or_default();
            all.insert(number);
            if hits.is_none_or(|hits| table.text(row, hits) == "yes") {
                kept.insert(number);
            }
            let values = columns.iter().map(|&column| table.number(row, column));
            let values = values.collect::<Result<_, _>>()?;
            rows.entry(table.text(row, scenario).to_owned()).or_default().insert(number, values);
        }
        Ok(Some(Self { rows, kept, all: all.len() }))
    }

    /// Share of the points that hit the facts at which a claim is true, of those at which it is true or false, with
    /// Wilson's interval; none if there is no such point.
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

/// For each claim of flip.csv the share of the points at which it is true; none where the scenarios of a claim are not
/// there.
pub(super) fn claims(points: &Points, flips: &RawTable) -> Result<BTreeMap<String, Estimate>, OutputError> {
    let column = |name: &str| flips.column(name);
    let texts =
        [column("claim")?, column("scenario")?, column("against")?, column("metric")?, column("holds")?];
    let threshold = column("threshold")?;
    let mut found = BTreeMap::new();
    for row in 0..flips.len() {
        let [claim, scenario, against, metric, holds] = texts.map(|column| flips.text(row, column));
        let Some(threshold) = flips.number(row, threshold)? else { continue };
        let share = points.share(|at| {
            let mut value = at.number(scenario, metric)?;
            if !against.is_empty() {
                value -= at.number(against, metric)?;
            }
            Some(if holds == "below" { value < threshold } else { value >= threshold })
        });
        found.extend(share.map(|share| (claim.to_owned(), share)));
    }
    Ok(found)
}
