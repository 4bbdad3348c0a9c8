//! The page of a run by itself: what became of each market, and by how much each differs from the one that it is held
//! against.

use std::path::Path;

use serde_json::Value;

use super::answers::Sheet;
use super::library::{LEVEL, Library};
use crate::charts::Picture;
use crate::experiments::paired::HEADLINES;
use crate::output::tables::Difference;
use crate::output::{OutputError, read_table};
use crate::stats::{self, Estimate};
use crate::text;

/// Everything that the page tells.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub(super) library: Library,
    pub(super) differences: Vec<Against>,
    /// Names of charts and the charts.
    pub(super) pictures: Vec<(&'static str, &'a Picture)>,
    /// What the run warned of.
    pub(super) warnings: Vec<String>,
}

/// How one scenario differs from the one that it is held against.
#[derive(Debug)]
pub(super) struct Against {
    pub(super) scenario: String,
    pub(super) baseline: String,
    pub(super) rows: Vec<Row>,
}

/// The difference of one outcome.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) words: &'static str,
    pub(super) difference: Estimate,
    scale: f64,
    pub(super) verdict: String,
    p_value: Option<f64>,
    /// Whether it is called higher or lower, also if all are judged together.
    pub(super) is_starred: bool,
}

impl<'a> Run<'a> {
    /// Reads the tables of a folder.
    ///
    /// - `account`: what its manifest says, or will say
    pub(super) fn read(
        dir: &Path,
        account: &Value,
        pictures: Vec<(&'static str, &'a Picture)>,
    ) -> Result<Self, OutputError> {
        let warnings = account["warnings"].as_array().into_iter().flatten();
        let warnings = warnings.filter_map(Value::as_str).map(str::to_owned).collect();
        let table = dir.join("differences.csv");
        let differences = if table.is_file() { differences(read_table(&table)?.rows()?) } else { Vec::new() };
        Ok(Self { library: Library::of(dir, Some(account.clone()))?, differences, pictures, warnings })
    }

    /// How many differences were judged.
    pub(super) fn judged(&self) -> usize {
        self.rows().filter(|row| row.p_value.is_some()).count()
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.differences.iter().flat_map(|against| &against.rows)
    }
}

fn differences(table: Vec<Difference>) -> Vec<Against> {
    let mut all: Vec<Against> = Vec::new();
    for row in table {
        if all.last().is_none_or(|against| against.scenario != row.scenario) {
            all.push(Against { scenario: row.scenario, baseline: row.baseline, rows: Vec::new() });
        }
        let headline = HEADLINES.iter().find(|(known, ..)| *known == row.metric);
        let (Some((_, words, scale)), Some(value)) = (headline, row.mean_difference) else { continue };
        if let Some(against) = all.last_mut() {
            against.rows.push(Row {
                words,
                difference: Estimate { n: row.n, value, interval: row.low.zip(row.high) },
                scale: *scale,
                verdict: row.verdict.unwrap_or_else(|| "too few to tell".to_owned()),
                p_value: row.p_value,
                is_starred: false,
            });
        }
    }
    star(&mut all);
    all.retain(|against| !against.rows.is_empty());
    all
}

/// Marks what is called of all differences together, by Holm's correction.
fn star(all: &mut [Against]) {
    let mut rows: Vec<&mut Row> =
        all.iter_mut().flat_map(|against| &mut against.rows).filter(|row| row.p_value.is_some()).collect();
    let chances: Vec<f64> = rows.iter().filter_map(|row| row.p_value).collect();
    for (row, adjusted) in rows.iter_mut().zip(stats::holm(&chances)) {
        let is_called = row.verdict == "higher" || row.verdict == "lower";
        row.is_starred = is_called && adjusted < 1.0 - LEVEL;
    }
}

impl Against {
    /// The differences as a table.
    pub(super) fn sheet(&self, short: impl Fn(&str) -> String) -> Sheet {
        let row = |row: &Row| {
            let star = if row.is_starred { " *" } else { "" };
            vec![text::capital(row.words), row.amount(), format!("{}{star}", row.verdict)]
        };
        Sheet {
            caption: format!("“{}” less “{}”", short(&self.scenario), short(&self.baseline)),
            head: ["Outcome", "Difference [95 %]", "What can be told"].map(str::to_owned).to_vec(),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

impl Row {
    /// The difference with its interval, to two digits of what is uncertain.
    fn amount(&self) -> String {
        let half = self.difference.interval.map_or(0.0, |(low, high)| (high - low) / 2.0);
        let finest = if half > 0.0 { half } else { self.difference.value.abs() / 10.0 };
        let digits = text::decimals(finest * self.scale);
        let number = text::with_interval(&self.difference.scaled(self.scale), |x| text::fixed(x, digits));
        let is_zero = number.split(' ').next().is_some_and(|value| value.chars().all(|c| "0.".contains(c)));
        if is_zero || number.starts_with('−') { number } else { format!("+{number}") }
    }
}
