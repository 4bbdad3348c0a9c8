//! The map of a study: every setting of screening and payout in every replication, with payment known and hidden.
//!
//! All settings of one replication share their luck, so statements about many settings are made replication by
//! replication: each gives one number, and the interval is over those.

use std::collections::BTreeMap;
use std::path::Path;

use super::library::LEVEL;
use crate::experiments::contrast::{Contrast, Kind, Luck};
use crate::output::{OutputError, RawTable, read_table};
use crate::stats::{self, Estimate};

/// One replication of one setting.
#[derive(Clone, Copy, Debug)]
struct Market {
    viable: Option<bool>,
    fee: Option<f64>,
    hours: Option<f64>,
}

/// One setting of the knobs.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    /// Hours of screening; none where the level is a name that tells no hours.
    pub(super) hours: Option<f64>,
    /// The level of screening as the table has it.
    pub(super) level: String,
    /// Share of the first salary, or dollars: whatever the payout is counted in.
    pub(super) payout: f64,
    /// Whether decision-makers know of the payment; true where no knob says.
    pub(super) known: bool,
    markets: BTreeMap<i64, Market>,
}

impl Setting {
    /// Whether applicants are taken sight unseen.
    pub(super) fn is_unscreened(&self) -> bool {
        self.hours.map_or_else(|| ["none", "no", "sight unseen"].contains(&self.level.as_str()), |h| h <= 0.0)
    }

    /// Share of the replications in which the market is viable.
    fn viable(&self) -> Option<Estimate> {
        let known: Vec<bool> = self.markets.values().filter_map(|market| market.viable).collect();
        stats::wilson(known.iter().filter(|viable| **viable).count(), known.len(), LEVEL)
    }
}

/// All settings of a sweep.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) settings: Vec<Setting>,
    pub(super) replications: usize,
    /// Whether the payout is a share of salary; else dollars.
    pub(super) payout_is_share: bool,
    pub(super) failed: usize,
}

/// How many settings have half of their markets or more viable: surely, as estimated, possibly; and of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Count {
    pub(super) surely: usize,
    pub(super) here: usize,
    pub(super) maybe: usize,
    pub(super) of: usize,
}

impl Grid {
    /// Reads cells.csv; none if it has no knobs for screening and payout.
    pub(super) fn read(dir: &Path) -> Result<Option<Self>, OutputError> {
        let table = read_table(&dir.join("cells.csv"))?;
        let (first, replication) = (table.column("cell")?, table.column("replication")?);
        let knobs: Vec<(usize, &str)> =
            (first + 1..replication.max(first + 1)).map(|c| (c, table.columns()[c].as_str())).collect();
        let find = |fits: fn(&str) -> bool| knobs.iter().find(|(_, name)| fits(name)).map(|(c, _)| *c);
        let screening = find(|name| name.contains("screening"));
        let payout = find(|name| name == "payout" || name.starts_with("contract."));
        let known = find(|name| name == "payment known" || name == "disclosure.payment_known");
        let (Some(screening), Some(payout)) = (screening, payout) else { return Ok(None) };
        let mut grid = Self {
            settings: Vec::new(),
            replications: 0,
            payout_is_share: is_share(dir, &table, payout)?,
            failed: 0,
        };
        let mut places: BTreeMap<i64, usize> = BTreeMap::new();
        for row in 0..table.len() {
            let cell = table.whole(row, first)?;
            let place = match places.get(&cell) {
                Some(&place) => place,
                None => {
                    places.insert(cell, grid.settings.len());
                    grid.settings.push(setting(&table, row, [screening, payout], known)?);
                    grid.settings.len() - 1
                }
            };
            match market(&table, row)? {
                Some(market) => {
                    grid.settings[place].markets.insert(table.whole(row, replication)?, market);
                }
                None => grid.failed += 1,
            }
        }
        grid.replications = grid.settings.iter().map(|setting| setting.markets.len()).max().unwrap_or(0);
        Ok(Some(grid))
    }

    /// Settings on the viable side among those that fit, each judged by its own interval.
    pub(super) fn count(&self, fits: impl Fn(&Setting) -> bool) -> Count {
        let mut count = Count::default();
        for share in self.settings.iter().filter(|setting| fits(setting)).filter_map(Setting::viable) {
            let (low, high) = share.interval.unwrap_or((0.0, 1.0));
            count.of += 1;
            count.surely += usize::from(low > 0.5);
            count.here += usize::from(share.value >= 0.5);
            count.maybe += usize::from(high >= 0.5);
        }
        count
    }

    /// Share of the settings that fit at which the market is viable, by replication.
    fn shares(&self, fits: &dyn Fn(&Setting) -> bool) -> BTreeMap<i64, f64> {
        let mut counts: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        for setting in self.settings.iter().filter(|setting| fits(setting)) {
            for (number, market) in &setting.markets {
                let Some(viable) = market.viable else { continue };
                let count = counts.entry(*number).or_default();
                count.0 += f64::from(u8::from(viable));
                count.1 += 1.0;
            }
        }
        counts.into_iter().map(|(number, (viable, all))| (number, viable / all)).collect()
    }

    /// Share of the settings that fit at which the market is viable, with its interval over replications; constant
    /// shares have none, since twenty equal ones are no certainty.
    pub(super) fn share(&self, fits: impl Fn(&Setting) -> bool) -> Option<Estimate> {
        let shares: Vec<f64> = self.shares(&fits).into_values().collect();
        let estimate = stats::mean_interval(&shares, LEVEL)?;
        let cut = |(low, high): (f64, f64)| (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0));
        let wide = estimate.interval.filter(|(low, high)| high - low > 1e-12);
        Some(Estimate { interval: wide.map(cut), ..estimate })
    }

    /// By how much that share differs between two groups of settings, replication by replication.
    pub(super) fn contrast(
        &self,
        one: impl Fn(&Setting) -> bool,
        other: impl Fn(&Setting) -> bool,
    ) -> Option<Contrast> {
        let (one, other) = (self.shares(&one), self.shares(&other));
        let pairs: Vec<(f64, f64)> =
            one.iter().filter_map(|(number, x)| Some((*x, *other.get(number)?))).collect();
        (!pairs.is_empty()).then(|| Contrast::of(&pairs, Kind::Number, Luck::SameOpening))
    }

    /// Mean fee and hours of a placement over the viable markets among settings that fit, clustered by replication.
    pub(super) fn of_the_viable(&self, fits: impl Fn(&Setting) -> bool) -> [Option<Estimate>; 2] {
        let mean = |value: fn(&Market) -> Option<f64>| {
            let mut clusters: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
            let markets = self.settings.iter().filter(|s| fits(s)).flat_map(|s| &s.markets);
            for (number, market) in markets.filter(|(_, market)| market.viable == Some(true)) {
                let Some(value) = value(market) else { continue };
                let cluster = clusters.entry(*number).or_default();
                *cluster = (cluster.0 + value, cluster.1 + 1.0);
            }
            stats::ratio_of_sums(&clusters.into_values().collect::<Vec<_>>(), LEVEL)
        };
        [mean(|market| market.fee), mean(|market| market.hours)]
    }

    /// Payouts, from the lowest.
    pub(super) fn payouts(&self) -> Vec<f64> {
        let mut payouts: Vec<f64> = self.settings.iter().map(|setting| setting.payout).collect();
        payouts.sort_by(f64::total_cmp);
        payouts.dedup();
        payouts
    }

    /// Hours of screening, from the fewest.
    pub(super) fn hours(&self) -> Vec<f64> {
        let mut hours: Vec<f64> = self.settings.iter().filter_map(|setting| setting.hours).collect();
        hours.sort_by(f64::total_cmp);
        hours.dedup();
        hours
    }

    /// Whether the sweep has both markets in which payment is known and in which it is hidden.
    pub(super) fn has_hidden(&self) -> bool {
        self.settings.iter().any(|setting| !setting.known)
            && self.settings.iter().any(|setting| setting.known)
    }
}

fn setting(
    table: &RawTable,
    row: usize,
    [screening, payout]: [usize; 2],
    known: Option<usize>,
) -> Result<Setting, OutputError> {
    let level = table.text(row, screening).to_owned();
    Ok(Setting {
        hours: hours(&level),
        level,
        payout: table.finite(row, payout)?,
        known: known.is_none_or(|column| table.text(row, column) != "false"),
        markets: BTreeMap::new(),
    })
}

/// Hours of screening: of all stages, or a plain number of hours.
fn hours(text: &str) -> Option<f64> {
    text.parse().ok().or_else(|| super::say::stage_hours(text))
}

fn market(table: &RawTable, row: usize) -> Result<Option<Market>, OutputError> {
    if table.text(row, table.column("status")?) != "ok" {
        return Ok(None);
    }
    let read = |name: &str| -> Result<Option<f64>, OutputError> {
        let Ok(column) = table.column(name) else { return Ok(None) };
        Ok(table.number(row, column)?.filter(|value| value.is_finite()))
    };
    let viable = read("viable")?.map(|value| value > 0.5);
    Ok(Some(Market { viable, fee: read("fee_per_placement")?, hours: read("hours_per_placement")? }))
}

/// Whether the payout is a share: by the dictionary of the folder, else by its size.
fn is_share(dir: &Path, table: &RawTable, payout: usize) -> Result<bool, OutputError> {
    let path = dir.join("columns.csv");
    if path.is_file() {
        let dictionary = read_table(&path)?;
        let [of, column, unit] =
            [dictionary.column("table")?, dictionary.column("column")?, dictionary.column("unit")?];
        for row in 0..dictionary.len() {
            if dictionary.text(row, of) == "cells" && dictionary.text(row, column) == table.columns()[payout]
            {
                return Ok(dictionary.text(row, unit) == "share");
            }
        }
    }
    let name = table.columns()[payout].clone();
    Ok(table.numbers(&name)?.into_iter().flatten().all(|value| value <= 1.0))
}
