//! How often a claim is true where the assumed constants are moved, the price of a relationship among them.

use std::collections::BTreeMap;
use std::path::Path;

use crate::experiments::flip::metric_of;
use crate::experiments::outcomes;
use crate::output::{OutputError, RawTable, read_table};
use crate::stats::{self, Estimate};

const LEVEL: f64 = 0.95;

/// For each claim of flip.csv the share of the points of the library's assumptions.csv at which it is true, with Wilson's
/// interval; none where the points or the scenarios of a claim are not there.
pub(super) fn claims(dir: &Path, flips: &RawTable) -> Result<BTreeMap<String, Estimate>, OutputError> {
    let path = dir.join("assumptions.csv");
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let table = read_table(&path)?;
    let points = Points::of(&table)?;
    let column = |name: &str| flips.column(name);
    let texts =
        [column("claim")?, column("scenario")?, column("against")?, column("metric")?, column("holds")?];
    let threshold = column("threshold")?;
    let mut found = BTreeMap::new();
    for row in 0..flips.len() {
        let [claim, scenario, against, metric, holds] = texts.map(|column| flips.text(row, column));
        let Some(threshold) = flips.number(row, threshold)? else { continue };
        let numbers = |name: &str| points.numbers(name, metric);
        let mut values = numbers(scenario);
        if !against.is_empty() {
            let others = numbers(against);
            values = values
                .into_iter()
                .filter_map(|(point, value)| Some((point, value - others.get(&point)?)))
                .collect();
        }
        let is_true = |value: &f64| if holds == "below" { *value < threshold } else { *value >= threshold };
        let share =
            stats::wilson(values.values().filter(|value| is_true(value)).count(), values.len(), LEVEL);
        found.extend(share.map(|share| (claim.to_owned(), share)));
    }
    Ok(found)
}

/// Outcomes by scenario and point, as rows of [`outcomes::columns`].
struct Points(BTreeMap<String, BTreeMap<i64, Vec<Option<f64>>>>);

impl Points {
    fn of(table: &RawTable) -> Result<Self, OutputError> {
        let (scenario, point, status) =
            (table.column("scenario")?, table.column("point")?, table.column("status")?);
        let names = outcomes::columns().into_iter().map(|(name, ..)| table.column(name));
        // Without all of them a metric would be read of a market that it is not of.
        let Ok(columns) = names.collect::<Result<Vec<usize>, _>>() else { return Ok(Self(BTreeMap::new())) };
        let mut found: BTreeMap<String, BTreeMap<i64, Vec<Option<f64>>>> = BTreeMap::new();
        for row in (0..table.len()).filter(|&row| table.text(row, status) == "ok") {
            let values = columns.iter().map(|&column| table.number(row, column));
            let values = values.collect::<Result<_, _>>()?;
            let number = table.integer(row, point)?.unwrap_or_default();
            found.entry(table.text(row, scenario).to_owned()).or_default().insert(number, values);
        }
        Ok(Self(found))
    }

    /// A metric at each point that has it.
    fn numbers(&self, name: &str, metric: &str) -> BTreeMap<i64, f64> {
        let rows = self.0.get(name).into_iter().flatten();
        rows.filter_map(|(&point, row)| Some((point, metric_of(metric, row)?))).collect()
    }
}
