//! From the rows of ties.csv to survival by requests a week.

use std::collections::BTreeMap;

use crate::output::{OutputError, RawTable};
use crate::stats::{Duration, KaplanMeier, Median};

use super::super::data::{FEWEST_FOR_BANDS, Facts, LEVEL, Owners};

/// Ties with about as many requests a week.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Short, for the end of a line.
    pub(super) label: String,
    /// For a sentence, after "ties with".
    pub(super) words: String,
    pub(super) curve: KaplanMeier,
    /// Requests over weeks, of all lives of the group together.
    pub(super) mean_rate: f64,
    /// How far it lies from the fewest requests to the most, as a part of 1; decides the colour. None without requests.
    pub(super) part: Option<f64>,
}

impl Group {
    /// The week by which half are blocked, with its ends; where all were blocked, the upper is not beyond the last of them.
    pub(super) fn median(&self) -> Median {
        let median = self.curve.median();
        let last = self.curve.steps.last().filter(|step| step.survival <= 0.0).map(|step| step.time);
        Median { high: median.high.or(last), ..median }
    }
}

/// Upper ends of the groups, included; the first is ties without a request, a last one has no end.
const ENDS: [f64; 6] = [0.0, 0.1, 0.25, 0.5, 1.0, 2.0];

/// Number of groups.
const GROUPS: usize = ENDS.len() + 1;

/// Groups that have ties, from the fewest requests to the most: the streams of an experiment where there are several, else
/// ties by their requests a week.
///
/// Ties that are blocked early had few requests, so that groups by requests over a life tell less than streams.
pub(super) fn groups(
    table: &RawTable,
    facts: &mut Facts,
    owners: &Owners,
) -> Result<(Vec<Group>, bool), OutputError> {
    let streams: Vec<(usize, f64)> = (facts.scenarios.iter().enumerate())
        .filter_map(|(place, name)| Some((place, facts.rules.bombarded(name)?)))
        .collect();
    if streams.len() > 1 {
        let found = streamed(table, facts, owners, streams)?;
        if !found.is_empty() {
            return Ok((found, true));
        }
    }
    Ok((by_rate(table, facts, owners)?, false))
}

/// The first life after the opening of one tie of each seller, the one that had most requests where most were sent; a
/// group for each scenario of the experiment.
fn streamed(
    table: &RawTable,
    facts: &mut Facts,
    owners: &Owners,
    mut streams: Vec<(usize, f64)>,
) -> Result<Vec<Group>, OutputError> {
    let (weeks, rates) = (facts.numbers(table, "weeks")?, facts.numbers(table, "requests_per_week")?);
    let names = ["introducer", "decision_maker", "seller", "start_week"].map(|name| table.column(name));
    let [Ok(introducer), Ok(decision_maker), Ok(seller), Ok(start)] = names else { return Ok(Vec::new()) };
    streams.sort_by(|a, b| a.1.total_cmp(&b.1));
    let most = streams.last().map(|stream| stream.0);
    let is_first = |row: usize| table.text(row, start) == "0" && table.text(row, seller) == "1";
    let whose = |row: usize| (owners[row].1, table.text(row, introducer).to_owned());
    let tie = |row: usize| (whose(row), table.text(row, decision_maker).to_owned());
    let mut targets: BTreeMap<(usize, String), (String, f64)> = BTreeMap::new();
    for row in (0..table.len()).filter(|&row| Some(owners[row].0) == most && is_first(row)) {
        let (rate, (whose, to)) = (rates[row].unwrap_or(0.0), tie(row));
        let best = targets.entry(whose).or_insert_with(|| (to.clone(), rate));
        if rate > best.1 {
            *best = (to, rate);
        }
    }
    let mut lives: Vec<Vec<Duration>> = vec![Vec::new(); streams.len()];
    for (row, &(scenario, replication)) in owners.iter().enumerate() {
        let Some(place) = streams.iter().position(|stream| stream.0 == scenario) else { continue };
        let (whose, to) = tie(row);
        let is_target = is_first(row) && targets.get(&whose).is_some_and(|target| target.0 == to);
        if let Some(time) = weeks[row].filter(|&weeks| is_target && weeks >= 0.0) {
            let ended = table.text(row, table.column("ended")?) == "blocked";
            lives[place].push(Duration { time, ended, cluster: replication });
        }
    }
    let few = facts.replications.len() < FEWEST_FOR_BANDS;
    let survival = if few { KaplanMeier::independent } else { KaplanMeier::clustered };
    let last = streams.len().saturating_sub(1).max(1) as f64;
    let group = |(place, (lives, &(scenario, rate))): (usize, (&Vec<Duration>, &(usize, f64)))| {
        let met = facts.rules.is(&facts.scenarios[scenario], "bombardment", "met") == Some(true);
        let label = format!("{rate} a week{}", if met { ", met" } else { "" });
        let words = format!("{rate} requests a week{}", if met { ", all met" } else { "" });
        let part = Some(place as f64 / last);
        Some(Group { label, words, curve: survival(lives, LEVEL)?, mean_rate: rate, part })
    };
    Ok(lives.iter().zip(&streams).enumerate().filter_map(group).collect())
}

fn by_rate(table: &RawTable, facts: &mut Facts, owners: &Owners) -> Result<Vec<Group>, OutputError> {
    let weeks = facts.numbers(table, "weeks")?;
    let rates = facts.numbers(table, "requests_per_week")?;
    let ended = table.column("ended")?;
    let mut lives: Vec<Vec<Duration>> = vec![Vec::new(); GROUPS];
    let mut exposure = [(0.0, 0.0); GROUPS];
    for (row, &(_, replication)) in owners.iter().enumerate() {
        let blocked = match table.text(row, ended) {
            "blocked" => true,
            "open" => false,
            _ => return Err(table.wrong(row, ended, "blocked or open")),
        };
        let (Some(time), Some(rate)) = (weeks[row].filter(|&weeks| weeks >= 0.0), rates[row]) else {
            continue;
        };
        let place = ENDS.iter().position(|&end| rate <= end).unwrap_or(ENDS.len());
        // Replications share their luck across scenarios, so they are the clusters.
        lives[place].push(Duration { time, ended: blocked, cluster: replication });
        exposure[place].0 += rate * time;
        exposure[place].1 += time;
    }
    let few = facts.replications.len() < FEWEST_FOR_BANDS;
    let survival = if few { KaplanMeier::independent } else { KaplanMeier::clustered };
    let mut found = Vec::new();
    for (place, (lives, (requests, time))) in lives.iter().zip(exposure).enumerate() {
        let Some(curve) = survival(lives, LEVEL) else { continue };
        let mean_rate = if time > 0.0 { requests / time } else { 0.0 };
        let (label, words) = name(place);
        let part = place.checked_sub(1).map(|above| above as f64 / (GROUPS - 2) as f64);
        found.push(Group { label, words, curve, mean_rate, part });
    }
    Ok(found)
}

/// A group's name at the end of a line, and in a sentence after "ties with".
fn name(place: usize) -> (String, String) {
    let Some(before) = place.checked_sub(1) else { return ("none".to_owned(), "no request".to_owned()) };
    let (low, high) = (ENDS[before], ENDS.get(place).copied());
    match high {
        None => (format!("over {low} a week"), format!("more than {low} requests a week")),
        Some(high) if before == 0 => {
            let weeks = 1.0 / high;
            (format!("1 in {weeks}+ weeks"), format!("at most one request in {weeks} weeks"))
        }
        Some(high) if high <= 1.0 => {
            let weeks = format!("{} to {}", 1.0 / high, 1.0 / low);
            (format!("1 in {} weeks", weeks.replace(" to ", "–")), format!("one request in {weeks} weeks"))
        }
        Some(high) => (format!("{low}–{high} a week"), format!("{low} to {high} requests a week")),
    }
}
