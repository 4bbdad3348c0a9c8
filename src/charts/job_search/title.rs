//! A job search, in a sentence.

use crate::stats::{Duration, Estimate, KaplanMeier, mean_interval};
use crate::text::{share, span};

use super::super::data::LEVEL;
use super::super::page::title_fits;
use super::{ABILITY, CHANNEL, Group, Searches, curve};

/// Half a year, at which groups are compared where searches were watched so long.
const WEEK: f64 = 26.0;

/// The week of search at which groups are compared.
pub(super) fn week(all: &[Searches]) -> f64 {
    let watched = all.iter().flatten().flatten().flatten().map(|search| search.time).fold(0.0, f64::max);
    WEEK.min(watched)
}

/// The same in words.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "weeks of a search; casts saturate"
)]
pub(super) fn weeks(week: f64) -> String {
    span(week.round() as usize)
}

/// Who had a job after half a year: by networking, by ability, and of those who bought; all scenarios together.
///
/// - `few`: whether there are too few replications for a band over them
pub(super) fn title(all: &[Searches], few: bool) -> String {
    let pooled = |by: usize, group: usize| -> Vec<Duration> {
        all.iter().flat_map(|searches| searches[by][group].iter().copied()).collect()
    };
    let week = week(all);
    let groups = |by: usize| [0, 1, 2].map(|group| pooled(by, group));
    let (channel, ability) = (groups(0), groups(1));
    let clause = |of: &[Vec<Duration>; 3], names: &[Group; 3], (one, other): (usize, usize)| {
        compared((&of[one], names[one].words), (&of[other], names[other].words), week, few)
    };
    let mut clauses: Vec<String> = clause(&ability, &ABILITY, (2, 0)).into_iter().collect();
    clauses.extend(clause(&channel, &CHANNEL, (1, 2)));
    if let Some(curve) = curve(&channel[0], few) {
        clauses.push(format!("{} of {}", share(&with_job(&curve, week)), CHANNEL[0].words));
    }
    if clauses.is_empty() {
        return "Too few searches were recorded to say how long they last".to_owned();
    }
    let weeks = weeks(week);
    let say = |clauses: &[String]| {
        format!("After {weeks} of search a job had been found by {}", clauses.join("; by "))
    };
    while clauses.len() > 1 && !title_fits(&say(&clauses)) {
        clauses.pop();
    }
    say(&clauses)
}

/// The same in a few words: who finds a job sooner.
pub(super) fn headline(all: &[Searches], few: bool) -> String {
    let pooled = |by: usize, group: usize| -> Vec<Duration> {
        all.iter().flat_map(|searches| searches[by][group].iter().copied()).collect()
    };
    let week = week(all);
    let apart = |by: usize, (one, other): (usize, usize)| {
        let (one, other) = (pooled(by, one), pooled(by, other));
        let (a, b) = (with_job(&curve(&one, few)?, week), with_job(&curve(&other, few)?, week));
        Some((is_apart(&a, &b, difference(&one, &other, week)), a.value > b.value))
    };
    let way = |found: Option<(bool, bool)>| match found {
        Some((true, true)) => Some(true),
        Some((true, false)) => Some(false),
        _ => None,
    };
    let (able, network) = (apart(1, (2, 0)), apart(0, (1, 2)));
    if able.is_none() && network.is_none() {
        return "Too few searches to say how long they last".to_owned();
    }
    match (way(able), way(network)) {
        (Some(true), Some(true)) => "The able find jobs sooner, and so do those who network",
        (Some(true), _) => "The able find jobs sooner than the least able",
        (_, Some(true)) => "Those who network more find jobs sooner",
        (Some(false), _) => "The least able find jobs sooner than the able",
        (_, Some(false)) => "Those who network less find jobs sooner",
        _ => "Who finds jobs sooner cannot be told",
    }
    .to_owned()
}

/// Whether two shares can be told apart.
fn is_apart(a: &Estimate, b: &Estimate, gap: Option<Estimate>) -> bool {
    match gap.filter(|gap| gap.interval.is_some()) {
        Some(gap) => gap.excludes(0.0),
        None => a.low() > b.high() || b.low() > a.high(),
    }
}

/// Two groups with their shares, and whether they can be told apart.
fn compared(
    (one, one_words): (&[Duration], &str),
    (other, other_words): (&[Duration], &str),
    week: f64,
    few: bool,
) -> Option<String> {
    let (a, b) = (with_job(&curve(one, few)?, week), with_job(&curve(other, few)?, week));
    let apart = is_apart(&a, &b, difference(one, other, week));
    let doubt = if apart { "" } else { " (no detectable difference)" };
    Some(format!("{} of {one_words} and {} of {other_words}{doubt}", share(&a), share(&b)))
}

fn with_job(curve: &KaplanMeier, week: f64) -> Estimate {
    let (survival, low, high) = curve.at(week);
    Estimate { n: curve.n(), value: 1.0 - survival, interval: Some((1.0 - high, 1.0 - low)) }
}

/// Difference of the shares, replication by replication.
fn difference(one: &[Duration], other: &[Duration], week: f64) -> Option<Estimate> {
    let clusters = one.iter().chain(other).map(|search| search.cluster + 1).max()?;
    let by_cluster = |searches: &[Duration]| {
        let mut parts = vec![Vec::new(); clusters];
        searches.iter().for_each(|search| parts[search.cluster].push(*search));
        parts
    };
    let share = |searches: &Vec<Duration>| Some(1.0 - KaplanMeier::independent(searches, LEVEL)?.at(week).0);
    let pairs = by_cluster(one).into_iter().zip(by_cluster(other));
    let gaps: Vec<f64> = pairs.filter_map(|(a, b)| Some(share(&a)? - share(&b)?)).collect();
    mean_interval(&gaps, LEVEL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_whose_intervals_touch_are_not_told_apart() {
        let share = |low: f64, high: f64| Estimate {
            n: 9,
            value: f64::midpoint(low, high),
            interval: Some((low, high)),
        };
        let apart = |a, b| is_apart(&a, &b, None);
        assert!(!apart(share(0.5, 0.6), share(0.4, 0.5)) && !apart(share(0.4, 0.5), share(0.5, 0.6)));
        assert!(apart(share(0.5, 0.6), share(0.3, 0.4)) && apart(share(0.3, 0.4), share(0.5, 0.6)));
        // A paired difference tells more than two intervals.
        let gap = |low: f64, high: f64| Some(Estimate { n: 9, value: 0.1, interval: Some((low, high)) });
        assert!(is_apart(&share(0.4, 0.6), &share(0.3, 0.5), gap(0.05, 0.15)));
        assert!(!is_apart(&share(0.5, 0.6), &share(0.3, 0.4), gap(-0.05, 0.25)));
    }
}
