//! What market life found, in a sentence.

use crate::stats::{Estimate, mean_interval, paired_difference, wilson};
use crate::text::{capital, counted, fixed, joined, listed, quoted, rounded, share, span, with_interval};

use super::super::assumed::wider;
use super::super::data::{FEWEST_FOR_BANDS, LEVEL};
use super::super::{how_many, page};
use super::{GOODWILL, Market, SELLERS};

/// How the sellers of one scenario fared.
struct Fate<'a> {
    name: &'a str,
    /// Week from which nobody sold, of each replication; `None` where somebody still did at the end.
    ends: Vec<Option<f64>>,
    /// Sellers at the end, of each replication.
    left: Vec<f64>,
    /// Sellers at the opening, if the same in all replications.
    opened: Option<f64>,
    last_week: usize,
    /// Weeks of the end over the assumed constants.
    assumed: Option<(f64, f64)>,
}

impl Fate<'_> {
    fn alive(&self) -> usize {
        self.ends.iter().filter(|end| end.is_none()).count()
    }

    fn markets(&self) -> usize {
        self.ends.len()
    }

    /// Weeks of the end, where every market ended.
    fn ended(&self) -> Option<Vec<f64>> {
        self.ends.iter().copied().collect()
    }

    /// Mean week of the end, where every market ended.
    fn end(&self) -> Option<Estimate> {
        Some(wider(mean_interval(&self.ended()?, LEVEL)?, self.assumed).within(0.0, self.last_week as f64))
    }

    /// The last week in which any market still had sellers, plus one.
    fn latest(&self) -> f64 {
        self.ends.iter().copied().flatten().fold(0.0, f64::max)
    }

    fn mean_left(&self) -> Option<Estimate> {
        Some(mean_interval(&self.left, LEVEL)?.within(0.0, f64::INFINITY))
    }

    /// Sellers at the end, as "7.1 [6.2–8.0]".
    fn number_left(&self) -> String {
        let digits = usize::from(self.markets() > 1);
        let number = |left| with_interval(&exact(left), |x| fixed(x, digits));
        self.mean_left().map_or_else(String::new, number)
    }

    /// Sellers at the end, as "7.1 [6.2–8.0] of 10 sellers"; "27 [25–29] sellers" where there are more than opened.
    fn remaining(&self) -> String {
        let grew = self.opened.is_some_and(|opened| left(self) > opened);
        let of = self.opened.filter(|_| !grew);
        let of = of.map_or_else(String::new, |opened| format!(" of\u{a0}{}", rounded(opened)));
        format!("{}{of} sellers", self.number_left())
    }

    fn sellers(&self) -> String {
        match self.opened {
            Some(n) if n > 1.5 => format!("all {} sellers were", rounded(n)),
            Some(_) => "the only seller was".to_owned(),
            None => "all sellers were".to_owned(),
        }
    }
}

/// What became of the scenarios: those whose sellers were gone in every market, in none, and in some.
struct Groups<'a> {
    gone: Vec<&'a Fate<'a>>,
    alive: Vec<&'a Fate<'a>>,
    mixed: Vec<&'a Fate<'a>>,
    /// Scenarios with sellers.
    all: usize,
    /// "after 5 years".
    after: String,
}

/// The title, from the fate of every market where anybody sold: which ended, which lived, each with its own interval.
///
/// A few replications say how many markets went which way; more give the mean week of the end and how many sellers
/// were left.
pub(super) fn title(markets: &[Market]) -> String {
    if markets.iter().all(|market| market.weeks.is_empty()) {
        return "No week was recorded, so nothing can be said of this market".to_owned();
    }
    let known = |market: &&Market| market.sells && !market.weeks.is_empty();
    let fates: Vec<Fate> = markets.iter().filter(known).map(fate).collect();
    match fates.as_slice() {
        [] => unsold(markets),
        [only] => alone(only),
        several => {
            let groups = grouped(several);
            let few = several.iter().all(|fate| fate.markets() < FEWEST_FOR_BANDS);
            let say = |names: usize| if few { counts(&groups, names) } else { means(&groups, names) };
            (1..=MOST_NAMED).rev().map(say).find(|title| page::title_fits(title)).unwrap_or_else(|| say(0))
        }
    }
}

/// The same in a few words.
pub(super) fn headline(markets: &[Market]) -> String {
    if markets.iter().all(|market| market.weeks.is_empty()) {
        return "No week of this market was recorded".to_owned();
    }
    let known = |market: &&Market| market.sells && !market.weeks.is_empty();
    let fates: Vec<Fate> = markets.iter().filter(known).map(fate).collect();
    match fates.as_slice() {
        [] => "Nobody sells an introduction".to_owned(),
        [only] => match (only.alive(), only.markets()) {
            (0, _) => only.end().map_or_else(
                || "All sellers are gone".to_owned(),
                |end| match (end.value / 52.0).ceil() {
                    years if years < 1.5 => "The last seller is gone within a year".to_owned(),
                    years => format!("The last seller is gone within {years} years"),
                },
            ),
            (alive, all) if alive == all => format!("Sellers are still there {}", after(only.last_week)),
            _ => "Some of these markets lose all sellers, others keep some".to_owned(),
        },
        several => {
            let groups = grouped(several);
            match (groups.gone.as_slice(), groups.mixed.len(), groups.alive.len()) {
                ([], 0, _) => {
                    let all = how_many(groups.all, groups.all, "market");
                    format!("In {all} some still sell {}", groups.after)
                }
                (_, 0, 0) => {
                    format!("In {} all sellers are gone", how_many(groups.all, groups.all, "market"))
                }
                ([], some, _) => {
                    format!("In {} some replications lose all sellers", how_many(some, groups.all, "market"))
                }
                ([one], ..) => format!("In {} all sellers are gone every time", quoted(one.name)),
                (gone, ..) => {
                    let many = how_many(gone.len(), groups.all, "market");
                    format!("Sellers are gone for certain from {many}")
                }
            }
        }
    }
}

/// Scenarios of one fate that a title names; of more it names the extremes.
const MOST_NAMED: usize = 3;

fn unsold(markets: &[Market]) -> String {
    let [market] = markets else {
        return "No paid market in these scenarios: nobody sold an introduction".to_owned();
    };
    let last = |weeks: &[Option<f64>]| weeks.iter().rev().flatten().copied().next();
    let ends: Vec<f64> = market.weeks.column(GOODWILL).filter_map(last).collect();
    let end = mean_interval(&ends, LEVEL).map(|end| end.within(0.0, 1.0)).map(|end| {
        let doubt = if end.interval.is_none() { ", in the one market that was run: no interval" } else { "" };
        format!(": goodwill was {} of full {}{doubt}", share(&end), after(market.weeks.last_week))
    });
    format!("Nobody sold an introduction{}", end.unwrap_or_default())
}

fn alone(fate: &Fate) -> String {
    let every = match fate.markets() {
        1 => " in the one market that was run: no interval".to_owned(),
        n => format!(", in every one of {}", counted(n, "market")),
    };
    if let Some(end) = fate.end() {
        return format!("{} gone by {}{every}", capital(&fate.sellers()), week(end));
    }
    let after = after(fate.last_week);
    let markets = share_alive(fate);
    match (fate.markets(), fate.alive()) {
        (1, _) => format!("{} {} were still there{every}", capital(&after), fate.remaining()),
        (n, alive) if n == alive => format!(
            "{} {} were still there; in all {n} markets [{}] somebody sold",
            capital(&after),
            fate.remaining(),
            markets
        ),
        (n, alive) => format!(
            "In {alive} of {n} markets [{markets}] somebody still sold introductions {after}: {} on average",
            fate.remaining()
        ),
    }
}

/// Clauses with means over replications.
fn means(groups: &Groups, named: usize) -> String {
    let mut clauses = Vec::new();
    let each = |fate: &Fate| fate.end().map_or_else(String::new, week);
    match groups.gone.as_slice() {
        [] => {}
        [_, .., last] if groups.gone.len() > named => clauses.push(format!(
            "sellers were gone in {} paid scenarios, in the last by {}",
            of_all(groups.gone.len(), groups.all),
            each(last)
        )),
        few => {
            let by = |fate: &&Fate| format!("by {} in {}", each(fate), quoted(fate.name));
            clauses.push(format!("sellers were gone {}", joined(&few.iter().map(by).collect::<Vec<_>>())));
        }
    }
    let mut rest: Vec<&Fate> = groups.alive.iter().chain(&groups.mixed).copied().collect();
    rest.sort_by(|a, b| left(b).total_cmp(&left(a)));
    match rest.as_slice() {
        [] => {}
        [most, .., least] if rest.len() > named => clauses.push(format!(
            "{} {} to {} were left in {} {}",
            groups.after,
            least.number_left(),
            most.remaining(),
            if groups.gone.is_empty() { "all" } else { "the other" },
            rest.len()
        )),
        [most, others @ ..] => {
            let none = |fate: &Fate| match fate.markets() - fate.alive() {
                0 => String::new(),
                n => format!(" (none in {n} of {} markets)", fate.markets()),
            };
            let mut parts =
                vec![format!("{} were left in {}{}", most.remaining(), quoted(most.name), none(most))];
            let other =
                |fate: &&Fate| format!("{} in {}{}", fate.number_left(), quoted(fate.name), none(fate));
            parts.extend(others.iter().map(other));
            clauses.push(format!("{} {}", groups.after, joined(&parts)));
        }
    }
    clauses.extend(no_difference(groups));
    capital(&clauses.join("; "))
}

/// Clauses with numbers of markets, for a few replications.
fn counts(groups: &Groups, named: usize) -> String {
    let mut clauses = Vec::new();
    if !groups.gone.is_empty() {
        let n = groups.gone.len();
        let who = if n > named {
            let latest = groups.gone.iter().map(|fate| fate.latest()).fold(0.0, f64::max);
            format!("in {} paid scenarios by week\u{a0}{}", of_all(n, groups.all), rounded(latest))
        } else {
            let by =
                |fate: &&Fate| format!("by week\u{a0}{} in {}", rounded(fate.latest()), quoted(fate.name));
            joined(&groups.gone.iter().map(by).collect::<Vec<_>>())
        };
        clauses.push(format!("sellers were gone {who}"));
    }
    if !groups.alive.is_empty() {
        let n = groups.alive.len();
        let who = if n > named {
            format!("in {} paid scenarios", of_all(n, groups.all))
        } else {
            format!("in {}", listed(groups.alive.iter().map(|fate| fate.name)))
        };
        clauses.push(format!("{} some still sold {who}", groups.after));
    }
    let unanimous = groups.gone.first().or(groups.alive.first()).filter(|fate| fate.markets() > 1);
    if let (Some(fate), Some(last)) = (unanimous, clauses.last_mut()) {
        let n = fate.markets();
        let interval = wilson(n, n, LEVEL).and_then(|share| share.low());
        let low = interval.map_or_else(String::new, |low| rounded(100.0 * low));
        last.push_str(&format!(" ({n} of {n} markets each; of all such markets {low}–100\u{a0}%)"));
    } else if let Some(last) = clauses.last_mut().filter(|_| groups.mixed.is_empty()) {
        last.push_str(" (one market each: no interval)");
    }
    clauses.extend(mixed(groups, named));
    clauses.extend(no_difference(groups));
    capital(&clauses.join("; "))
}

/// "3 of 6", or "all 6".
fn of_all(n: usize, all: usize) -> String {
    if n == all { format!("all {n}") } else { format!("{n} of {all}") }
}

/// Scenarios in which some markets ended and others lived.
fn mixed(groups: &Groups, named: usize) -> Option<String> {
    let n = groups.mixed.len();
    if n == 0 {
        return None;
    }
    if n > named {
        return Some(format!("in {n} scenarios some markets ended and others lived"));
    }
    let one = |fate: &&Fate| {
        format!(
            "{} of {} markets [{}] in {}",
            fate.alive(),
            fate.markets(),
            share_alive(fate),
            quoted(fate.name)
        )
    };
    let parts: Vec<String> = groups.mixed.iter().map(one).collect();
    Some(format!("{} some still sold in {}", groups.after, joined(&parts)))
}

/// Where there are but two scenarios of one fate, whether they can be told apart, on the same luck.
fn no_difference(groups: &Groups) -> Option<String> {
    let gap = match (groups.all, groups.gone.as_slice(), groups.alive.as_slice()) {
        (2, [a, b], []) => paired_difference(&a.ended()?, &b.ended()?, LEVEL)?,
        (2, [], [a, b]) => paired_difference(&a.left, &b.left, LEVEL)?,
        _ => return None,
    };
    (gap.n > 1 && !gap.excludes(0.0)).then(|| "no difference between the two can be told".to_owned())
}

/// "76–100 %" of markets in which somebody still sold.
fn share_alive(fate: &Fate) -> String {
    let alive = wilson(fate.alive(), fate.markets(), LEVEL);
    let ends = alive.and_then(|alive| alive.interval);
    ends.map_or_else(String::new, |(low, high)| {
        let end = |value| share(&Estimate { n: 1, value, interval: None });
        format!("{}–{}", end(low).trim_end_matches(['\u{a0}', '%']), end(high))
    })
}

/// "week 88 [80–96]"; without brackets where every market ended in the same week.
fn week(end: Estimate) -> String {
    format!("week\u{a0}{}", with_interval(&exact(end), rounded))
}

/// Without the interval where it has no width.
fn exact(estimate: Estimate) -> Estimate {
    let interval = estimate.interval.filter(|(low, high)| high - low > 1e-9);
    Estimate { interval, ..estimate }
}

fn left(fate: &Fate) -> f64 {
    fate.mean_left().map_or(0.0, |left| left.value)
}

fn after(week: usize) -> String {
    format!("after {}", span(week))
}

fn grouped<'a>(fates: &'a [Fate<'a>]) -> Groups<'a> {
    let pick = |of: fn(&Fate) -> bool| fates.iter().filter(|fate| of(fate)).collect::<Vec<_>>();
    let mut groups = Groups {
        gone: pick(|fate| fate.alive() == 0),
        alive: pick(|fate| fate.alive() == fate.markets()),
        mixed: pick(|fate| fate.alive() > 0 && fate.alive() < fate.markets()),
        all: fates.len(),
        after: "at the end".to_owned(),
    };
    let last_week = fates[0].last_week;
    if fates.iter().all(|fate| fate.last_week == last_week) {
        groups.after = after(last_week);
    }
    let end = |fate: &Fate| fate.end().map_or(f64::INFINITY, |end| end.value);
    groups.gone.sort_by(|a, b| end(a).total_cmp(&end(b)));
    groups.alive.sort_by(|a, b| left(b).total_cmp(&left(a)));
    groups
}

fn fate(market: &Market) -> Fate<'_> {
    let weeks = &market.weeks;
    let opened = |sellers: &[Option<f64>]| sellers.iter().flatten().copied().next();
    let mut openings: Vec<f64> = weeks.column(SELLERS).filter_map(opened).collect();
    openings.dedup();
    let end = |sellers: &[Option<f64>]| {
        let last = sellers.iter().rposition(|sellers| sellers.is_some_and(|n| n > 0.0));
        let known = sellers.iter().rposition(Option::is_some).unwrap_or_default();
        match last {
            Some(last) if last >= known => None,
            last => Some(last.map_or(0.0, |last| last as f64 + 1.0)),
        }
    };
    let left = |sellers: &[Option<f64>]| sellers.iter().rev().flatten().copied().next().unwrap_or_default();
    Fate {
        name: &weeks.name,
        ends: weeks.column(SELLERS).map(end).collect(),
        left: weeks.column(SELLERS).map(left).collect(),
        opened: openings.first().copied().filter(|_| openings.len() == 1),
        last_week: weeks.last_week,
        assumed: market.assumed_end,
    }
}
