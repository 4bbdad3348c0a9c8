//! From the rows of ties.csv to survival by requests a week.

use std::collections::BTreeMap;

use crate::output::tables::{Tie, TieEnd};
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
pub(super) fn groups(ties: &[Tie], facts: &Facts, owners: &Owners) -> (Vec<Group>, bool) {
    let streams: Vec<(usize, f64)> = (facts.scenarios.iter().enumerate())
        .filter_map(|(place, name)| Some((place, facts.rules.bombarded(name)?)))
        .collect();
    if streams.len() > 1 {
        let found = streamed(ties, facts, owners, streams);
        if !found.is_empty() {
            return (found, true);
        }
    }
    (by_rate(ties, facts, owners), false)
}

/// The first life after the opening of one tie of each seller, the one that had most requests where most were sent; a
/// group for each scenario of the experiment.
fn streamed(ties: &[Tie], facts: &Facts, owners: &Owners, mut streams: Vec<(usize, f64)>) -> Vec<Group> {
    streams.sort_by(|a, b| a.1.total_cmp(&b.1));
    let most = streams.last().map(|stream| stream.0);
    let firsts = || ties.iter().zip(owners).filter(|(tie, _)| tie.start_week == 0 && tie.seller);
    let mut targets: BTreeMap<(usize, u32), (u32, f64)> = BTreeMap::new();
    for (tie, &(_, replication)) in firsts().filter(|(_, owner)| Some(owner.0) == most) {
        let rate = rate(tie).unwrap_or(0.0);
        let best = targets.entry((replication, tie.introducer)).or_insert((tie.decision_maker, rate));
        if rate > best.1 {
            *best = (tie.decision_maker, rate);
        }
    }
    let mut lives: Vec<Vec<Duration>> = vec![Vec::new(); streams.len()];
    for (tie, &(scenario, replication)) in firsts() {
        let Some(place) = streams.iter().position(|stream| stream.0 == scenario) else { continue };
        let target = targets.get(&(replication, tie.introducer));
        if target.is_some_and(|target| target.0 == tie.decision_maker) {
            lives[place].extend(weeks(tie).map(|time| life(tie, time, replication)));
        }
    }
    let few = facts.replications.len() < FEWEST_FOR_BANDS;
    let survival = if few { KaplanMeier::independent } else { KaplanMeier::clustered };
    let last = streams.len().saturating_sub(1).max(1) as f64;
    let group = |(place, (lives, &(scenario, rate))): (usize, (&Vec<Duration>, &(usize, f64)))| {
        let met = facts.rules.scenario(&facts.scenarios[scenario]).is_some_and(|it| it.bombardment.met);
        let label = format!("{rate} a week{}", if met { ", met" } else { "" });
        let words = format!("{rate} requests a week{}", if met { ", all met" } else { "" });
        let part = Some(place as f64 / last);
        Some(Group { label, words, curve: survival(lives, LEVEL)?, mean_rate: rate, part })
    };
    lives.iter().zip(&streams).enumerate().filter_map(group).collect()
}

/// How long a tie was watched, if that is known.
fn weeks(tie: &Tie) -> Option<f64> {
    Some(tie.weeks).filter(|weeks| weeks.is_finite() && *weeks >= 0.0)
}

fn rate(tie: &Tie) -> Option<f64> {
    tie.requests_per_week.filter(|rate| rate.is_finite())
}

/// Replications share their luck across scenarios, so they are the clusters.
fn life(tie: &Tie, time: f64, replication: usize) -> Duration {
    Duration { time, ended: tie.ended == TieEnd::Blocked, cluster: replication }
}

fn by_rate(ties: &[Tie], facts: &Facts, owners: &Owners) -> Vec<Group> {
    let mut lives: Vec<Vec<Duration>> = vec![Vec::new(); GROUPS];
    let mut exposure = [(0.0, 0.0); GROUPS];
    for (tie, &(_, replication)) in ties.iter().zip(owners) {
        let (Some(time), Some(rate)) = (weeks(tie), rate(tie)) else { continue };
        let place = ENDS.iter().position(|&end| rate <= end).unwrap_or(ENDS.len());
        lives[place].push(life(tie, time, replication));
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
    found
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_by_rate_are_named_by_what_people_count() {
        let named = |place: usize| name(place).1;
        assert_eq!(named(0), "no request");
        assert_eq!(named(1), "at most one request in 10 weeks");
        assert_eq!(named(3), "one request in 2 to 4 weeks");
        assert_eq!(named(GROUPS - 1), "more than 2 requests a week");
    }
}
