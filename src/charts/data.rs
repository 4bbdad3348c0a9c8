//! What every chart needs to know of a run: whose rows are whose, how many replications, which seed.

use std::collections::BTreeMap;

use crate::output::tables::Outcome;
use crate::output::{OfReplication, OutputError, Row, left_out};
use crate::text::{counted, quoted};

use super::rules::Rules;
use super::source::Source;
use super::style::{self, Kind, Rgb};

/// Confidence level of every band and interval.
pub(super) const LEVEL: f64 = 0.95;

/// Replications below which a band over them is wider than the plot, so that each is drawn by itself instead.
pub(super) const FEWEST_FOR_BANDS: usize = 4;

/// Replications from which resampling them says how well a crossing is known.
pub(super) const FEWEST_TO_RESAMPLE: usize = 8;

/// What the last line of a chart says.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// Scenarios in the order of the table.
    pub(super) scenarios: Vec<String>,
    /// Distinct replications.
    pub(super) replications: Vec<i64>,
    /// From the manifest, if there is one.
    pub(super) seed: Option<u64>,
    /// Cells that held a number which is not finite.
    pub(super) not_finite: usize,
    /// What the scenarios say, from the manifest, if there is one.
    pub(super) rules: Rules,
    /// Scenarios in the order of outcomes.csv, in which those have rows too that are in no other table.
    order: Vec<String>,
    /// Names of files, by the names of scenarios.
    files: BTreeMap<String, String>,
}

/// Whose row is whose: for each row the positions of its scenario and replication in [`Facts`].
pub(super) type Owners = Vec<(usize, usize)>;

impl Facts {
    /// Facts of the rows of a table, whose numbers that are not finite are counted.
    pub(super) fn of<R: OfReplication>(source: &Source, rows: &[R]) -> Result<(Self, Owners), OutputError> {
        let (seed, rules) = (source.seed(), Rules::of(source.manifest.as_ref()));
        let mut facts = Self { seed, rules, order: order(source)?, ..Self::default() };
        facts.not_finite = rows.iter().map(Row::not_finite).sum();
        facts.replications = rows.iter().map(R::replication).collect();
        facts.replications.sort_unstable();
        facts.replications.dedup();
        let mut owners = Owners::with_capacity(rows.len());
        for row in rows {
            let name = row.scenario();
            let last = facts.scenarios.len().checked_sub(1).filter(|&last| facts.scenarios[last] == name);
            let place = last.or_else(|| facts.scenarios.iter().position(|known| known == name));
            let place = place.unwrap_or_else(|| {
                facts.scenarios.push(name.to_owned());
                facts.scenarios.len() - 1
            });
            owners.push((place, facts.replications.binary_search(&row.replication()).unwrap_or_default()));
        }
        let named = facts.scenarios.iter().chain(&facts.order);
        facts.files = named.map(|name| (name.clone(), source.file(name).to_owned())).collect();
        Ok((facts, owners))
    }

    /// The colour of each scenario, the same in all charts of the run.
    ///
    /// - `sells`: whether anybody sells anything there, as far as the table tells; asked where the manifest does not
    pub(super) fn colours(&self, sells: impl Fn(&str) -> bool) -> BTreeMap<String, Rgb> {
        let others = self.scenarios.iter().filter(|name| !self.order.contains(name));
        style::colours(self.order.iter().chain(others).map(|name| {
            let seen = || if sells(name) { Kind::Paid } else { Kind::Organic };
            let file = self.files.get(name).map_or(name.as_str(), String::as_str);
            style::Scenario { name, file, kind: self.rules.kind(name).unwrap_or_else(seen) }
        }))
    }

    /// Numbers without those that are not finite, which are counted.
    pub(super) fn finite(&mut self, mut values: Vec<Option<f64>>) -> Vec<Option<f64>> {
        self.not_finite += left_out(&mut values);
        values
    }

    /// The last line: scenarios, replications, seed, what the band is, and what was left out.
    pub(super) fn footer(&self, band: &str) -> String {
        let mut parts = vec![match self.scenarios.as_slice() {
            [] => "No scenario".to_owned(),
            [one] => format!("Scenario {}", quoted(one)),
            few if few.len() <= 4 => {
                format!("Scenarios {}", few.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", "))
            }
            many => counted(many.len(), "scenario"),
        }];
        parts.push(counted(self.replications.len(), "replication"));
        parts.push(self.seed.map_or_else(|| "seed not recorded".to_owned(), |seed| format!("seed {seed}")));
        parts.push(match self.replications.len() {
            0 => "no data".to_owned(),
            1 => "no band: one market alone cannot tell its own uncertainty".to_owned(),
            _ => band.to_owned(),
        });
        if self.not_finite > 0 {
            parts.push(format!("{} that are not finite left out", counted(self.not_finite, "number")));
        }
        format!("{}.", parts.join(" · "))
    }
}

fn order(source: &Source) -> Result<Vec<String>, OutputError> {
    if !source.has("outcomes.csv") {
        return Ok(Vec::new());
    }
    let mut names: Vec<String> = Vec::new();
    for Outcome { scenario, .. } in source.rows()? {
        if names.last() != Some(&scenario) && !names.contains(&scenario) {
            names.push(scenario);
        }
    }
    Ok(names)
}
