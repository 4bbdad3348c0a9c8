//! The map of a study: every setting of screening and payout in every replication, with payment known and hidden.
//!
//! All settings of one replication share their luck, so statements about many settings are made replication by
//! replication: each gives one number, and the interval is over those.

use std::collections::BTreeMap;
use std::path::Path;

use super::library::LEVEL;
use crate::experiments::contrast::{Contrast, Luck};
use crate::experiments::verdict::{self, Judged, Verdict};
use crate::output::{OutputError, RawTable, read_table};
use crate::stats::{self, Estimate};

/// One replication of one setting.
#[derive(Clone, Copy, Debug)]
struct Market {
    placements: Option<f64>,
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

    /// Whether the market lasts; none if no replication says, or nobody may sell.
    fn judged(&self) -> Option<Judged> {
        let known: Vec<f64> = self.markets.values().filter_map(|market| market.placements).collect();
        Judged::of(&known)
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

/// In how many settings the market lasts, in how many that cannot be told, and of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Count {
    pub(super) lasts: usize,
    pub(super) open: usize,
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

    /// In how many of the settings that fit the market lasts, each judged by its own interval.
    pub(super) fn count(&self, fits: impl Fn(&Setting) -> bool) -> Count {
        let mut count = Count::default();
        for judged in self.settings.iter().filter(|setting| fits(setting)).filter_map(Setting::judged) {
            count.of += 1;
            count.lasts += usize::from(judged.verdict == Verdict::Lasts);
            count.open += usize::from(judged.verdict == Verdict::CannotBeTold);
        }
        count
    }

    /// Mean placements per 10,000 workers and year over the settings that fit, by replication.
    fn sizes(&self, fits: &dyn Fn(&Setting) -> bool) -> BTreeMap<i64, f64> {
        let mut sums: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        for setting in self.settings.iter().filter(|setting| fits(setting)) {
            for (number, market) in &setting.markets {
                let Some(placements) = market.placements else { continue };
                let sum = sums.entry(*number).or_default();
                *sum = (sum.0 + placements, sum.1 + 1.0);
            }
        }
        sums.into_iter().map(|(number, (placements, all))| (number, placements / all)).collect()
    }

    /// That mean with its interval over replications.
    pub(super) fn size(&self, fits: impl Fn(&Setting) -> bool) -> Option<Estimate> {
        let sizes: Vec<f64> = self.sizes(&fits).into_values().collect();
        let estimate = stats::mean_interval(&sizes, LEVEL)?;
        Some(Estimate { interval: estimate.interval.map(|(low, high)| (low.max(0.0), high)), ..estimate })
    }

    /// By how much it differs between two groups of settings, replication by replication.
    pub(super) fn contrast(
        &self,
        one: impl Fn(&Setting) -> bool,
        other: impl Fn(&Setting) -> bool,
    ) -> Option<Contrast> {
        let (one, other) = (self.sizes(&one), self.sizes(&other));
        let pairs: Vec<(f64, f64)> =
            one.iter().filter_map(|(number, x)| Some((*x, *other.get(number)?))).collect();
        (!pairs.is_empty()).then(|| Contrast::of(&pairs, Luck::SameOpening))
    }

    /// Mean fee and hours of a placement over the settings that fit and in which the market lasts, clustered by
    /// replication.
    pub(super) fn where_it_lasts(&self, fits: impl Fn(&Setting) -> bool) -> [Option<Estimate>; 2] {
        let lasts = |setting: &&Setting| {
            fits(setting) && setting.judged().is_some_and(|judged| judged.verdict == Verdict::Lasts)
        };
        let mean = |value: fn(&Market) -> Option<f64>| {
            let mut clusters: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
            for (number, market) in self.settings.iter().filter(lasts).flat_map(|setting| &setting.markets) {
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
    table.column(verdict::MEASURE)?;
    let placements = read(verdict::MEASURE)?;
    Ok(Some(Market { placements, fee: read("fee_per_placement")?, hours: read("hours_per_placement")? }))
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
