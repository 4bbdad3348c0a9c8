//! From the rows of densities.csv to densities and means with intervals.

use crate::output::tables::Density;
use crate::stats::{Estimate, ratio_of_sums};

use crate::output::Row as _;

use super::super::data::{FEWEST_FOR_BANDS, Facts, LEVEL, Owners};
/// What is told of people: its name in the table, a heading, a unit, and the words that compare two groups by it.
pub(super) struct Variable {
    pub(super) column: &'static str,
    pub(super) heading: &'static str,
    pub(super) unit: &'static str,
    /// What is said under the axis.
    pub(super) axis: &'static str,
    /// Counted in whole numbers, so that a bin from 3 to 4 holds nothing but 3.
    whole: bool,
    /// Bins that may be drawn as one where few people are in each.
    widest: usize,
    /// Short, for a plot: when higher, and when lower.
    pub(super) short: [&'static str; 2],
    /// For a sentence, after "those who paid were".
    pub(super) long: [&'static str; 2],
    /// Whom they are compared with.
    pub(super) among: &'static str,
}

pub(super) const POOL: usize = 0;
pub(super) const PAYERS: usize = 1;
pub(super) const ORGANIC: usize = 2;
pub(super) const PLACED: usize = 3;

/// The groups by their names in the table.
const GROUPS: [&str; 4] = ["pool", "payers", "organic", "placed"];

pub(super) const VARIABLES: [Variable; 3] = [
    Variable {
        column: "ability",
        heading: "Ability",
        unit: "in sd of all workers",
        axis: "0: the average worker",
        whole: false,
        widest: 2,
        short: ["more able than", "less able than"],
        long: ["more able than", "less able than"],
        among: "all seekers",
    },
    Variable {
        column: "contacts",
        heading: "Contacts",
        unit: "introducers known",
        axis: "",
        whole: true,
        widest: 1,
        short: ["better connected than", "less connected than"],
        long: ["better connected than", "less connected than"],
        among: "all seekers",
    },
    Variable {
        column: "weeks_out",
        heading: "Time out of work",
        unit: "weeks so far",
        axis: "",
        whole: true,
        widest: 2,
        short: ["out for longer than", "out for less time than"],
        long: ["longer out of work than", "less long out of work than"],
        among: "the jobless",
    },
];

/// One bin of one group: its ends and its count in each replication.
#[derive(Clone, Debug)]
struct Bin {
    low: f64,
    high: f64,
    counts: Vec<f64>,
}

impl Bin {
    fn total(&self) -> f64 {
        self.counts.iter().sum()
    }

    /// Middle of the values that it holds.
    fn centre(&self, variable: usize) -> f64 {
        if VARIABLES[variable].whole {
            f64::midpoint(self.low.ceil(), self.high.ceil() - 1.0)
        } else {
            f64::midpoint(self.low, self.high)
        }
    }
}

/// The histograms of one scenario, by variable and group.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    pub(super) name: String,
    pub(super) replications: usize,
    bins: [[Vec<Bin>; 4]; 3],
}

/// Sorts the rows of densities.csv; groups and variables that are not charted are passed over.
pub(super) fn groups(rows: &[Density], facts: &Facts, owners: &Owners) -> Vec<Groups> {
    let replications = facts.replications.len();
    let new = |name: &String| Groups { name: name.clone(), replications, bins: Default::default() };
    let mut all: Vec<Groups> = facts.scenarios.iter().map(new).collect();
    for (row, &(scenario, replication)) in rows.iter().zip(owners) {
        let group = GROUPS.iter().position(|&group| group == row.group);
        let variable = VARIABLES.iter().position(|v| v.column == row.variable);
        let (Some(group), Some(variable)) = (group, variable) else { continue };
        let Density { bin_low: low, bin_high: high, count, .. } = *row;
        if row.not_finite() > 0 || high <= low || count < 0.0 {
            continue;
        }
        let bins = &mut all[scenario].bins[variable][group];
        let place = bins.binary_search_by(|bin| bin.low.total_cmp(&low)).unwrap_or_else(|place| {
            bins.insert(place, Bin { low, high, counts: vec![0.0; replications] });
            place
        });
        bins[place].counts[replication] += count;
    }
    all
}

/// All scenarios together, by replication: their luck is shared.
pub(super) fn together(all: &[Groups]) -> Option<Groups> {
    let mut sum = all.first()?.clone();
    for groups in &all[1..] {
        for (variable, of_variable) in groups.bins.iter().enumerate() {
            for (group, bins) in of_variable.iter().enumerate() {
                let here = &mut sum.bins[variable][group];
                for bin in bins {
                    match here.binary_search_by(|known| known.low.total_cmp(&bin.low)) {
                        Ok(place) => {
                            let pairs = here[place].counts.iter_mut().zip(&bin.counts);
                            pairs.for_each(|(sum, count)| *sum += count);
                        }
                        Err(place) => here.insert(place, bin.clone()),
                    }
                }
            }
        }
    }
    Some(sum)
}

impl Groups {
    /// People of a group, in all replications, by their ability.
    pub(super) fn total(&self, group: usize) -> f64 {
        self.bins[0][group].iter().map(Bin::total).sum()
    }

    /// Mean of a group, pooled over replications and taken at the middle of each bin.
    pub(super) fn mean(&self, variable: usize, group: usize) -> Option<Estimate> {
        let sums = |replication: usize| {
            self.bins[variable][group].iter().fold((0.0, 0.0), |(sum, n), bin| {
                let count = bin.counts[replication];
                (sum + count * bin.centre(variable), n + count)
            })
        };
        let clusters: Vec<(f64, f64)> = (0..self.replications).map(sums).collect();
        let least = if VARIABLES[variable].whole { 0.0 } else { f64::NEG_INFINITY };
        Some(ratio_of_sums(&clusters, LEVEL)?.within(least, f64::INFINITY))
    }

    /// Mean rank of a group among all who seek, from 0 to 1: the share of the pool below its member, those in the same
    /// bin counted half; 0.5 where the group is like the pool.
    pub(super) fn rank(&self, variable: usize, group: usize) -> Option<Estimate> {
        let (members, pool) = (&self.bins[variable][group], &self.bins[variable][POOL]);
        let cluster = |replication: usize| {
            let everybody: f64 = pool.iter().map(|bin| bin.counts[replication]).sum();
            let (mut below, mut next, mut sum, mut n) = (0.0, 0, 0.0, 0.0);
            for bin in members {
                while pool.get(next).is_some_and(|other| other.low < bin.low) {
                    below += pool[next].counts[replication];
                    next += 1;
                }
                let same = pool.get(next).filter(|other| other.low <= bin.low);
                let same = same.map_or(0.0, |other| other.counts[replication]);
                sum += bin.counts[replication] * (below + same / 2.0) / everybody;
                n += bin.counts[replication];
            }
            (everybody > 0.0).then_some((sum, n))
        };
        let clusters: Vec<(f64, f64)> = (0..self.replications).filter_map(cluster).collect();
        Some(ratio_of_sums(&clusters, LEVEL)?.within(0.0, 1.0))
    }

    /// Density at the middle of each bin, pooled over replications; bins are put together until they hold enough
    /// people on average. Empty where even wide ones do not; the outermost bins, which take all beyond, are left out.
    pub(super) fn densities(&self, variable: usize, group: usize) -> Vec<(f64, Estimate)> {
        let bins = &self.bins[variable][group];
        let people: f64 = bins.iter().map(Bin::total).sum();
        let pool = &self.bins[variable][POOL];
        let seekers: f64 = pool.iter().map(Bin::total).sum();
        let peopled = pool.iter().filter(|bin| bin.total() > 0.005 * seekers).count().max(1) as f64;
        let enough = |width: &usize| people * *width as f64 / peopled >= FEWEST_A_BIN;
        let Some(width) =
            [1, 2].into_iter().filter(|&width| width <= VARIABLES[variable].widest).find(enough)
        else {
            return Vec::new();
        };
        let totals: Vec<f64> = (0..self.replications)
            .map(|replication| bins.iter().map(|bin| bin.counts[replication]).sum())
            .collect();
        let density = |part: &[Bin]| {
            let (first, last) = (part.first()?, part.last()?);
            let count = |replication: usize| part.iter().map(|bin| bin.counts[replication]).sum::<f64>();
            let clusters: Vec<(f64, f64)> =
                totals.iter().enumerate().map(|(replication, &total)| (count(replication), total)).collect();
            let mut share = ratio_of_sums(&clusters, LEVEL)?;
            let span = last.high - first.low;
            share.value /= span;
            share.interval = share
                .interval
                .filter(|_| self.replications >= FEWEST_FOR_BANDS)
                .map(|(low, high)| (low.max(0.0) / span, high / span));
            Some((f64::midpoint(first.centre(variable), last.centre(variable)), share))
        };
        let closed = bins.len().saturating_sub(1);
        bins[..closed].chunks(width).filter_map(density).collect()
    }

    /// Values between which nearly all of each group of people lie, short of the last bin, which takes all beyond.
    pub(super) fn range(&self, variable: usize) -> Option<(f64, f64)> {
        let quantile = |bins: &[Bin], share: f64| {
            let people: f64 = bins.iter().map(Bin::total).sum();
            let mut passed = 0.0;
            let reached = |bin: &&Bin| {
                passed += bin.total();
                passed >= share * people
            };
            let open = bins.last().map(|bin| bin.low);
            let found = (people >= FEWEST_A_BIN).then(|| bins.iter().find(reached)).flatten();
            found.zip(open).map(|(bin, open)| (bin.centre(variable), bin.high.min(open)))
        };
        let of_all = |share: f64| self.bins[variable].iter().filter_map(move |bins| quantile(bins, share));
        let low = of_all(0.01).map(|ends| ends.0).fold(f64::INFINITY, f64::min);
        let high = of_all(if VARIABLES[variable].whole { 0.975 } else { 0.99 })
            .map(|ends| ends.1)
            .fold(f64::NEG_INFINITY, f64::max);
        (low < high).then_some((low, high))
    }
}

/// People that a bin should hold on average for its share to be drawn.
const FEWEST_A_BIN: f64 = 20.0;
