//! What market life found, in a sentence.

use crate::stats::{Estimate, mean_interval, wilson};

use super::super::data::LEVEL;
use super::super::words::{counted, grouped, quoted, rounded, share, with_interval};
use super::series::{Market, Weeks};

/// How the sellers of one scenario fared.
struct Fate<'a> {
    name: &'a str,
    /// Week from which nobody sold, of each replication; `None` where somebody still did at the end.
    ends: Vec<Option<f64>>,
    /// Sellers at the opening, if the same in all replications.
    opened: Option<f64>,
    last_week: usize,
}

impl Fate<'_> {
    fn alive(&self) -> usize {
        self.ends.iter().filter(|end| end.is_none()).count()
    }

    fn alive_share(&self, level: f64) -> Option<Estimate> {
        wilson(self.alive(), self.ends.len(), level)
    }

    /// Mean week of the end, where every market ended.
    fn end(&self, level: f64) -> Option<Estimate> {
        let ends: Option<Vec<f64>> = self.ends.iter().copied().collect();
        let mut estimate = mean_interval(&ends?, level)?;
        estimate.interval =
            estimate.interval.map(|(low, high)| (low.max(0.0), high.min(self.last_week as f64)));
        Some(estimate)
    }

    fn sellers(&self) -> String {
        match self.opened {
            Some(n) if n > 1.5 => format!("All {} sellers were", rounded(n)),
            Some(_) => "The only seller was".to_owned(),
            None => "All sellers were".to_owned(),
        }
    }
}

/// The title, from the fate of every market where anybody sold.
///
/// With several scenarios it names the shortest- and the longest-lived, and calls them different only if intervals at
/// a level raised for the number of pairs do not meet.
pub(super) fn title(markets: &[Market]) -> String {
    if markets.iter().all(|market| market.replications.is_empty()) {
        return "No week was recorded, so nothing can be said of this market".to_owned();
    }
    let mut fates: Vec<Fate> = markets.iter().filter(|market| market.sells).map(fate).collect();
    fates.sort_by(|a, b| {
        let share = |fate: &Fate| fate.alive() as f64 / fate.ends.len().max(1) as f64;
        let end = |fate: &Fate| fate.end(LEVEL).map_or(f64::INFINITY, |end| end.value);
        share(a).total_cmp(&share(b)).then(end(a).total_cmp(&end(b)))
    });
    match fates.as_slice() {
        [] => "No paid market in these scenarios: nobody sold an introduction".to_owned(),
        [only] => alone(only),
        [first, .., last] => extremes(first, last, fates.len()),
    }
}

fn alone(fate: &Fate) -> String {
    if let Some(end) = fate.end(LEVEL) {
        return format!("{} gone by week {}{}", fate.sellers(), with_interval(&end, rounded), caveat(fate));
    }
    let Some(alive) = fate.alive_share(LEVEL) else { return String::new() };
    match fate.ends.len() {
        1 => format!("Sellers were still there in week {}{}", grouped(fate.last_week), caveat(fate)),
        _ => format!(
            "In {} of markets somebody still sold introductions in week {}",
            share(&alive),
            grouped(fate.last_week)
        ),
    }
}

fn extremes(first: &Fate, last: &Fate, scenarios: usize) -> String {
    let level = 1.0 - (1.0 - LEVEL) / (scenarios * (scenarios - 1) / 2) as f64;
    let apart = |a: Option<Estimate>, b: Option<Estimate>| {
        let ends = a.and_then(|a| a.high()).zip(b.and_then(|b| b.low()));
        ends.is_some_and(|(high, low)| high < low)
    };
    let (a, b) = (quoted(first.name), quoted(last.name));
    let differ =
        apart(first.alive_share(level), last.alive_share(level)) || apart(first.end(level), last.end(level));
    let differ = differ && first.ends.len() > 1;
    let these = if scenarios == 2 { "the two".to_owned() } else { format!("the {scenarios} scenarios") };
    let doubt = if first.ends.len() < 2 {
        "; one market each cannot tell scenarios apart".to_owned()
    } else {
        format!("; no difference between {these} can be told")
    };
    let share_of = |fate: &Fate| fate.alive_share(LEVEL).map_or_else(String::new, |alive| share(&alive));
    let week = |end: &Estimate| with_interval(end, rounded);
    match (first.end(LEVEL), last.end(LEVEL)) {
        (Some(early), Some(late)) if differ => {
            format!(
                "{} gone by week {} in {a}, by week {} in {b}",
                first.sellers(),
                week(&early),
                week(&late)
            )
        }
        (Some(early), Some(late)) => {
            format!(
                "{} gone by week {} in {a}, by {} in {b}{doubt}",
                first.sellers(),
                week(&early),
                week(&late)
            )
        }
        (Some(early), None) => {
            let rest = if last.ends.len() < 2 {
                format!("in {b} some still sold in week {}", grouped(last.last_week))
            } else {
                format!("in {b} {} of markets were alive in week {}", share_of(last), grouped(last.last_week))
            };
            let doubt = if differ { "" } else { &doubt };
            format!("{} gone by week {} in {a}; {rest}{doubt}", first.sellers(), week(&early))
        }
        _ if differ => format!(
            "{} of paid markets were alive in week {} in {b}, only {} in {a}",
            share_of(last),
            grouped(last.last_week),
            share_of(first)
        ),
        _ if first.ends.len() < 2 => {
            format!("Sellers were still there in week {}{doubt}", grouped(first.last_week))
        }
        _ => format!(
            "Paid markets were still alive in week {} in {} of cases in {a} and {} in {b}{doubt}",
            grouped(first.last_week),
            share_of(first),
            share_of(last)
        ),
    }
}

fn caveat(fate: &Fate) -> String {
    match fate.ends.len() {
        1 => " in the one market that was run".to_owned(),
        n => format!(", in every one of {}", counted(n, "market")),
    }
}

fn fate(market: &Market) -> Fate<'_> {
    let opened = |weeks: &Weeks| weeks.sellers.iter().flatten().copied().next();
    let mut openings: Vec<f64> = market.replications.iter().filter_map(opened).collect();
    openings.dedup();
    let end = |weeks: &Weeks| {
        let last = weeks.sellers.iter().rposition(|sellers| sellers.is_some_and(|n| n > 0.0));
        let known = weeks.sellers.iter().rposition(Option::is_some).unwrap_or_default();
        match last {
            Some(last) if last >= known => None,
            last => Some(last.map_or(0.0, |last| last as f64 + 1.0)),
        }
    };
    Fate {
        name: &market.name,
        ends: market.replications.iter().map(end).collect(),
        opened: openings.first().copied().filter(|_| openings.len() == 1),
        last_week: market.last_week,
    }
}
