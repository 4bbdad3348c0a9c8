//! The ties that were bombarded: how long they lasted under how many requests a week.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::library::{LEVEL, Library};
use crate::output::{OutputError, read_table};
use crate::stats::{Duration, KaplanMeier};

/// The ties of one scenario of bombardment.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    /// Requests that the experiment sends a week.
    pub(super) per_week: f64,
    /// Whether the decision-maker meets the people sent.
    pub(super) met: bool,
    pub(super) curve: KaplanMeier,
    pub(super) replications: usize,
}

/// All streams, from the fewest requests to the most, unmet before met.
#[derive(Clone, Debug)]
pub(super) struct Bombarded {
    pub(super) streams: Vec<Stream>,
    /// Requests a week, unmet and evenly spread, that never block a tie, by the rules of goodwill; none where scenarios
    /// differ in these or the manifest does not spell them out.
    pub(super) for_ever: Option<f64>,
    /// The rules of goodwill at each point of the assumed constants; none where these were not varied.
    pub(super) draws: Vec<Rules>,
}

/// What becomes of goodwill under requests that are never met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    start: f64,
    per_request: f64,
    recovery: f64,
    block_below: f64,
}

impl Rules {
    /// Requests a week, evenly spread, that never block a tie: the fixed point of goodwill,
    /// r ≤ recovery (1 − block_below)/(per_request (1 − recovery)).
    pub(super) fn for_ever(self) -> Option<f64> {
        let rate = self.recovery * (1.0 - self.block_below) / (self.per_request * (1.0 - self.recovery));
        (rate.is_finite() && rate > 0.0).then_some(rate)
    }

    /// The week in which a tie is blocked of which nothing is asked but one request a week; none within 100 years.
    pub(super) fn blocked_at_one_a_week(self) -> Option<u32> {
        let mut goodwill = self.start;
        (1..=5_200).find(|_| {
            let asked = (goodwill - self.per_request).max(0.0);
            goodwill = asked + self.recovery * (1.0 - asked);
            goodwill < self.block_below
        })
    }
}

/// A tie of a replication: replication, introducer, decision-maker.
type Tie = (i64, i64, i64);

/// The first life of a tie after the opening.
#[derive(Clone, Copy, Debug)]
struct Life {
    tie: Tie,
    weeks: f64,
    per_week: f64,
    blocked: bool,
}

impl Bombarded {
    /// Reads ties.csv of a library; none if no scenario bombards, or there is no such table.
    pub(super) fn read(dir: &Path, library: &Library) -> Result<Option<Self>, OutputError> {
        let path = dir.join("ties.csv");
        let rules = |name: &str| {
            let scenario = library.arm(name)?.scenario.as_ref()?;
            let stream = &scenario.bombardment;
            (stream.requests_per_week > 0.0).then_some((stream.requests_per_week, stream.met))
        };
        let bombarded: Vec<(&str, f64, bool)> = library
            .arms
            .iter()
            .filter_map(|arm| rules(&arm.name).map(|(per_week, met)| (arm.name.as_str(), per_week, met)))
            .collect();
        if bombarded.is_empty() || !path.is_file() {
            return Ok(None);
        }
        let mut lives = lives(&path, &bombarded.iter().map(|(name, ..)| *name).collect())?;
        // The same tie is bombarded in all scenarios; where most is sent, it can be told from the others.
        let most = bombarded.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(name, ..)| *name);
        let targets = targets(most.and_then(|name| lives.get(name)).map_or(&[], Vec::as_slice));
        let mut streams = Vec::new();
        for (name, per_week, met) in bombarded {
            let own: Vec<Life> = lives
                .remove(name)
                .unwrap_or_default()
                .into_iter()
                .filter(|life| targets.contains(&life.tie))
                .collect();
            let replications: BTreeSet<i64> = own.iter().map(|life| life.tie.0).collect();
            let durations: Vec<Duration> = own
                .iter()
                .map(|life| Duration {
                    time: life.weeks,
                    ended: life.blocked,
                    cluster: usize::try_from(life.tie.0).unwrap_or_default(),
                })
                .collect();
            // With few clusters their spread says little; lives of different sellers hardly move together.
            let of = if replications.len() < 4 { KaplanMeier::independent } else { KaplanMeier::clustered };
            if let Some(curve) = of(&durations, LEVEL) {
                let replications = replications.len();
                streams.push(Stream { per_week, met, curve, replications });
            }
        }
        streams.sort_by(|a, b| a.met.cmp(&b.met).then(a.per_week.total_cmp(&b.per_week)));
        Ok((!streams.is_empty()).then_some(Self { streams, for_ever: for_ever(library), draws: draws(dir)? }))
    }

    /// Streams of people whom she does not meet.
    pub(super) fn unmet(&self) -> impl Iterator<Item = &Stream> {
        self.streams.iter().filter(|stream| !stream.met)
    }
}

/// The tie of each seller that got most requests a week.
fn targets(lives: &[Life]) -> BTreeSet<Tie> {
    let mut most: BTreeMap<(i64, i64), &Life> = BTreeMap::new();
    for life in lives {
        let best = most.entry((life.tie.0, life.tie.1)).or_insert(life);
        if life.per_week > best.per_week {
            *best = life;
        }
    }
    most.into_values().map(|life| life.tie).collect()
}

fn lives(path: &Path, scenarios: &BTreeSet<&str>) -> Result<BTreeMap<String, Vec<Life>>, OutputError> {
    let table = read_table(path)?;
    let column = |name: &str| table.column(name);
    let (scenario, seller, ended) = (column("scenario")?, column("seller")?, column("ended")?);
    let start = column("start_week")?;
    let tie = [column("replication")?, column("introducer")?, column("decision_maker")?];
    let (weeks, per_week) = (column("weeks")?, column("requests_per_week")?);
    let mut lives: BTreeMap<String, Vec<Life>> = BTreeMap::new();
    for row in 0..table.len() {
        let name = table.text(row, scenario);
        let is_first = table.text(row, start) == "0" && table.text(row, seller) == "1";
        if !is_first || !scenarios.contains(name) {
            continue;
        }
        let (Some(weeks), Some(per_week)) = (table.number(row, weeks)?, table.number(row, per_week)?) else {
            continue;
        };
        let [replication, introducer, decision_maker] = tie;
        let tie = (
            table.whole(row, replication)?,
            table.whole(row, introducer)?,
            table.whole(row, decision_maker)?,
        );
        if weeks >= 0.0 && per_week.is_finite() {
            let blocked = table.text(row, ended) == "blocked";
            lives.entry(name.to_owned()).or_default().push(Life { tie, weeks, per_week, blocked });
        }
    }
    Ok(lives)
}

/// The rate that is borne for ever, where all scenarios agree on it.
fn for_ever(library: &Library) -> Option<f64> {
    let mut rates = library.arms.iter().filter_map(|arm| {
        let goodwill = &arm.scenario.as_ref()?.goodwill;
        let rules = Rules {
            start: goodwill.start,
            per_request: goodwill.per_request,
            recovery: goodwill.recovery,
            block_below: goodwill.block_below,
        };
        Some(rules.for_ever())
    });
    let first = rates.next()??;
    rates.all(|rate| rate.is_some_and(|rate| (rate - first).abs() <= 1e-9 * first)).then_some(first)
}

/// The rules at each point of assumptions.csv, which all its scenarios share; none without one.
fn draws(dir: &Path) -> Result<Vec<Rules>, OutputError> {
    let path = dir.join("assumptions.csv");
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let table = read_table(&path)?;
    let (scenario, point) = (table.column("scenario")?, table.column("point")?);
    let hits = table.column("hits").ok();
    let keys = ["goodwill.start", "goodwill.per_request", "goodwill.recovery", "goodwill.block_below"];
    let mut columns = [0; 4];
    for (column, key) in columns.iter_mut().zip(keys) {
        *column = table.column(key)?;
    }
    let mut seen = BTreeSet::new();
    let mut draws = Vec::new();
    for row in 0..table.len() {
        if table.text(row, scenario) != table.text(0, scenario)
            || hits.is_some_and(|hits| table.text(row, hits) == "no")
            || !seen.insert(table.text(row, point).to_owned())
        {
            continue;
        }
        let [start, per_request, recovery, block_below] = columns;
        draws.push(Rules {
            start: table.finite(row, start)?,
            per_request: table.finite(row, per_request)?,
            recovery: table.finite(row, recovery)?,
            block_below: table.finite(row, block_below)?,
        });
    }
    Ok(draws)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goodwill_runs_out_as_the_model_says() {
        // Section 10 of the model: from 0.8 under one unmet request a week a tie is blocked in week 23, and 0.434 a week
        // last for ever.
        let rules = Rules { start: 0.8, per_request: 0.04, recovery: 0.02, block_below: 0.15 };
        assert_eq!(rules.blocked_at_one_a_week(), Some(23));
        assert!((rules.for_ever().unwrap() - 0.433_673).abs() < 1e-6);
        assert_eq!(Rules { per_request: 0.01, ..rules }.blocked_at_one_a_week(), None);
        assert_eq!(Rules { per_request: 0.0, ..rules }.for_ever(), None);
    }
}
