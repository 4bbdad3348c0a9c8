//! From the rows of densities.csv to densities and means with intervals.

use crate::output::{OutputError, RawTable};
use crate::stats::{Estimate, mean_interval, ratio_of_sums};

use super::super::data::{Facts, LEVEL, Owners};
use super::super::style::{GREY, ORGANIC, PAYERS, PLACED, Rgb};

/// A group of people: its name in the table and its colour.
pub(super) struct Group {
    pub(super) column: &'static str,
    pub(super) colour: Rgb,
}

/// What is told of people: its name in the table, a heading and a unit.
pub(super) struct Variable {
    pub(super) column: &'static str,
    pub(super) heading: &'static str,
    pub(super) unit: &'static str,
    pub(super) per: &'static str,
}

pub(super) const GROUPS: [Group; 4] = [
    Group { column: "pool", colour: GREY },
    Group { column: "payers", colour: PAYERS },
    Group { column: "organic", colour: ORGANIC },
    Group { column: "placed", colour: PLACED },
];

pub(super) const VARIABLES: [Variable; 3] = [
    Variable { column: "ability", heading: "Ability", unit: "sd of the workforce", per: "% per sd" },
    Variable { column: "contacts", heading: "Contacts", unit: "introducers known", per: "% per contact" },
    Variable { column: "weeks_out", heading: "Weeks out of work", unit: "weeks so far", per: "% per week" },
];

/// One bin of one group: its ends and its count in each replication.
#[derive(Clone, Debug)]
struct Bin {
    low: f64,
    high: f64,
    counts: Vec<f64>,
}

/// The histograms of one scenario, by variable and group.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    pub(super) name: String,
    pub(super) replications: usize,
    bins: [[Vec<Bin>; 4]; 3],
}

/// Sorts the rows of densities.csv; groups and variables that are not charted are passed over.
pub(super) fn groups(
    table: &RawTable,
    facts: &mut Facts,
    owners: &Owners,
) -> Result<Vec<Groups>, OutputError> {
    let lows = facts.numbers(table, "bin_low")?;
    let highs = facts.numbers(table, "bin_high")?;
    let counts = facts.numbers(table, "count")?;
    let (group_column, variable_column) = (table.column("group")?, table.column("variable")?);
    let replications = facts.replications.len();
    let new = |name: &String| Groups { name: name.clone(), replications, bins: Default::default() };
    let mut all: Vec<Groups> = facts.scenarios.iter().map(new).collect();
    for (row, &(scenario, replication)) in owners.iter().enumerate() {
        let group = GROUPS.iter().position(|group| group.column == table.text(row, group_column));
        let variable = VARIABLES.iter().position(|v| v.column == table.text(row, variable_column));
        let (Some(group), Some(variable)) = (group, variable) else { continue };
        let (Some(low), Some(high), Some(count)) = (lows[row], highs[row], counts[row]) else { continue };
        if high <= low || count < 0.0 {
            continue;
        }
        let bins = &mut all[scenario].bins[variable][group];
        let place = bins.binary_search_by(|bin| bin.low.total_cmp(&low)).unwrap_or_else(|place| {
            bins.insert(place, Bin { low, high, counts: vec![0.0; replications] });
            place
        });
        bins[place].counts[replication] += count;
    }
    Ok(all)
}

impl Groups {
    /// People of a group, in all replications, by their ability.
    pub(super) fn total(&self, group: usize) -> f64 {
        self.bins[0][group].iter().flat_map(|bin| &bin.counts).sum()
    }

    /// Mean ability of a group in one replication; `None` where it has no members.
    pub(super) fn mean_in(&self, group: usize, replication: usize) -> Option<f64> {
        let (sum, n) = sums(&self.bins[0][group], replication);
        (n > 0.0).then(|| sum / n)
    }

    /// Mean of a group, pooled over replications and taken at the middle of each bin.
    pub(super) fn mean(&self, variable: usize, group: usize) -> Option<Estimate> {
        let bins = &self.bins[variable][group];
        let clusters: Vec<(f64, f64)> =
            (0..self.replications).map(|replication| sums(bins, replication)).collect();
        ratio_of_sums(&clusters, LEVEL)
    }

    /// Density at the middle of each bin, mean over the replications in which the group has members.
    pub(super) fn densities(&self, variable: usize, group: usize) -> Vec<(f64, Estimate)> {
        let bins = &self.bins[variable][group];
        let totals: Vec<f64> = (0..self.replications).map(|replication| sums(bins, replication).1).collect();
        let density = |bin: &Bin| {
            let peopled = bin.counts.iter().zip(&totals).filter(|&(_, &total)| total > 0.0);
            let shares: Vec<f64> =
                peopled.map(|(count, total)| count / total / (bin.high - bin.low)).collect();
            let mut estimate = mean_interval(&shares, LEVEL)?;
            estimate.interval = estimate.interval.map(|(low, high)| (low.max(0.0), high));
            Some((f64::midpoint(bin.low, bin.high), estimate))
        };
        bins.iter().filter_map(density).collect()
    }

    /// Values between which all but half a percent at either end of the people of this scenario lie.
    pub(super) fn range(&self, variable: usize) -> Option<(f64, f64)> {
        let mut weights: Vec<(f64, f64, f64)> = Vec::new();
        for bins in &self.bins[variable] {
            let total: f64 = bins.iter().flat_map(|bin| &bin.counts).sum();
            if total > 0.0 {
                let share = |bin: &Bin| bin.counts.iter().sum::<f64>() / total;
                weights.extend(bins.iter().map(|bin| (bin.low, bin.high, share(bin))));
            }
        }
        let all: f64 = weights.iter().map(|weight| weight.2).sum();
        let tail = |mut weights: Vec<(f64, f64, f64)>, up: bool| {
            weights.sort_by(|a, b| if up { b.1.total_cmp(&a.1) } else { a.0.total_cmp(&b.0) });
            let mut passed = 0.0;
            weights.into_iter().find(|weight| {
                passed += weight.2;
                passed > 0.005 * all
            })
        };
        Some((tail(weights.clone(), false)?.0, tail(weights, true)?.1))
    }
}

/// Sum of the values and number of people, each person at the middle of the bin.
fn sums(bins: &[Bin], replication: usize) -> (f64, f64) {
    bins.iter().fold((0.0, 0.0), |(sum, n), bin| {
        let count = bin.counts[replication];
        (sum + count * f64::midpoint(bin.low, bin.high), n + count)
    })
}
