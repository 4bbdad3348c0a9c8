//! The ties that were bombarded: how long they lasted under how many requests a week.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::library::{LEVEL, Library};
use crate::experiments::goodwill::Rules;
use crate::output::{OutputError, read_table, tables};
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
    /// Requests a week, unmet and evenly spread, that never block a tie, by the rules of goodwill; `None` where scenarios
    /// differ in these or the manifest does not spell them out.
    pub(super) for_ever: Option<f64>,
    /// The week in which a tie is blocked by one such request a week, by the same rules: `None` where they differ or are not
    /// spelt out, `Some(None)` where it never is.
    pub(super) weekly: Option<Option<u32>>,
}

/// A tie of a replication: replication, introducer, decision-maker.
type Tie = (i64, u32, u32);

/// The first life of a tie after the opening.
#[derive(Clone, Copy, Debug)]
struct Life {
    tie: Tie,
    weeks: f64,
    per_week: f64,
    blocked: bool,
}

impl Bombarded {
    /// Reads ties.csv of a library; `None` if no scenario bombards, or there is no such table.
    pub(super) fn read(dir: &Path, library: &Library) -> Result<Option<Self>, OutputError> {
        let path = dir.join("ties.csv");
        let stream = |name: &str| {
            let scenario = library.arm(name)?.scenario.as_ref()?;
            let stream = &scenario.bombardment;
            (stream.requests_per_week > 0.0).then_some((stream.requests_per_week, stream.met))
        };
        let bombarded: Vec<(&str, f64, bool)> = library
            .arms
            .iter()
            .filter_map(|arm| stream(&arm.name).map(|(per_week, met)| (arm.name.as_str(), per_week, met)))
            .collect();
        if bombarded.is_empty() || !path.is_file() {
            return Ok(None);
        }
        let mut lives = lives(&path, &bombarded.iter().map(|(name, ..)| *name).collect())?;
        // The same tie is bombarded in all scenarios; where most is sent, it can be told from the others.
        let most = bombarded.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(name, ..)| *name);
        let targets = targets(most.and_then(|name| lives.get(name)).map_or(&[], Vec::as_slice));
        let rules = shared_rules(library, &bombarded.iter().map(|(name, ..)| (*name).to_owned()).collect());
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
        Ok((!streams.is_empty()).then_some(Self {
            streams,
            for_ever: rules.and_then(Rules::for_ever),
            weekly: rules.map(Rules::blocked_at_one_a_week),
        }))
    }

    /// Streams of people whom she does not meet.
    pub(super) fn unmet(&self) -> impl Iterator<Item = &Stream> {
        self.streams.iter().filter(|stream| !stream.met)
    }
}

/// The tie of each seller that got most requests a week.
fn targets(lives: &[Life]) -> BTreeSet<Tie> {
    let mut most: BTreeMap<(i64, u32), &Life> = BTreeMap::new();
    for life in lives {
        let best = most.entry((life.tie.0, life.tie.1)).or_insert(life);
        if life.per_week > best.per_week {
            *best = life;
        }
    }
    most.into_values().map(|life| life.tie).collect()
}

fn lives(path: &Path, scenarios: &BTreeSet<&str>) -> Result<BTreeMap<String, Vec<Life>>, OutputError> {
    let mut lives: BTreeMap<String, Vec<Life>> = BTreeMap::new();
    let ties: Vec<tables::Tie> = read_table(path)?.rows()?;
    let is_first = |tie: &tables::Tie| tie.start_week == 0 && tie.seller;
    for tie in ties.into_iter().filter(|tie| is_first(tie) && scenarios.contains(tie.scenario.as_str())) {
        let Some(per_week) = tie.requests_per_week.filter(|rate| rate.is_finite()) else { continue };
        if tie.weeks >= 0.0 {
            let blocked = tie.ended == tables::TieEnd::Blocked;
            let whose = (tie.replication, tie.introducer, tie.decision_maker);
            let life = Life { tie: whose, weeks: tie.weeks, per_week, blocked };
            lives.entry(tie.scenario).or_default().push(life);
        }
    }
    Ok(lives)
}

/// The rules of goodwill, where all scenarios that bombard agree on them.
fn shared_rules(library: &Library, bombarded: &BTreeSet<String>) -> Option<Rules> {
    let arms = library.arms.iter().filter(|arm| bombarded.contains(&arm.name));
    let mut all = arms.map(|arm| arm.scenario.as_ref().map(Rules::of));
    let first = all.next()??;
    all.all(|rules| rules == Some(first)).then_some(first)
}
