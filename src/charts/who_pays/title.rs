//! Who paid, in a sentence: what sets payers of each scenario most apart from all who seek.

use crate::stats::Estimate;
use crate::text::{capital, joined, listed, quoted, rounded, share};

use super::super::{how_many, page};
use super::histogram::{Groups, ORGANIC, PAYERS, VARIABLES};

/// What can be said of the payers of one scenario.
enum Verdict {
    /// This variable sets them most apart: upwards or not, and by what rank.
    Apart { variable: usize, up: bool, rank: Estimate },
    /// No variable sets them much apart: the lowest and the highest rank that any interval holds.
    Alike(f64, f64),
    /// The intervals are too wide to say either.
    Unknown,
}

/// Ranks nearer to the middle than this are no difference worth a title.
pub(super) const NOTABLE: f64 = 0.05;
/// Intervals of ranks no farther from the middle than this are "little unlike", also where a small difference is shown.
const ALIKE: f64 = 0.1;
/// Scenarios of one verdict that a title names.
const MOST_NAMED: usize = 3;

/// The title; `all` are the scenarios of the run, `paying` those with enough payers.
pub(super) fn title(all: &[Groups], paying: &[&Groups], free: Option<&Groups>) -> String {
    if paying.is_empty() {
        return match all.iter().map(|groups| groups.total(PAYERS)).sum::<f64>() {
            0.0 => nobody(free),
            1.0 => "Only one person paid for an introduction: too few to say who they are".to_owned(),
            n => format!("Only {n} people paid for an introduction: too few to say who they are"),
        };
    }
    let verdicts: Vec<(&str, Verdict)> =
        paying.iter().map(|groups| (groups.name.as_str(), verdict(groups, PAYERS))).collect();
    let alone = paying.iter().all(|groups| groups.replications < 2);
    let doubt = if alone { " (one market: no interval)" } else { "" };
    let say = |(named, ranks): (usize, bool)| {
        format!("{}{doubt}", sentence(&verdicts, all.len() > 1, (named, ranks)))
    };
    let shorter = (1..=MOST_NAMED).rev().flat_map(|named| [(named, true), (named, false)]);
    shorter.map(say).find(|title| page::title_fits(title)).unwrap_or_else(|| say((0, false)))
}

/// The same in a few words; `None` where nobody pays.
pub(super) fn headline(paying: &[&Groups]) -> Option<String> {
    let verdicts: Vec<Verdict> = paying.iter().map(|groups| verdict(groups, PAYERS)).collect();
    let all = verdicts.len();
    let mut ways: Vec<(usize, bool, usize)> = Vec::new();
    for one in &verdicts {
        if let Verdict::Apart { variable, up, .. } = one {
            match ways.iter_mut().find(|way| (way.0, way.1) == (*variable, *up)) {
                Some(way) => way.2 += 1,
                None => ways.push((*variable, *up, 1)),
            }
        }
    }
    let count = |of: fn(&Verdict) -> bool| verdicts.iter().filter(|one| of(one)).count();
    let words = |&(variable, up, _): &(usize, bool, usize)| {
        VARIABLES[variable].long[usize::from(!up)].trim_end_matches(" than").to_owned()
    };
    Some(match ways.iter().max_by_key(|way| way.2) {
        _ if all == 0 => return None,
        Some(way) if way.2 == all => format!("Those who pay are {}", words(way)),
        Some(way) if 2 * way.2 > all => {
            format!("In {} those who pay are {}", how_many(way.2, all, "market"), words(way))
        }
        Some(_) => "Who pays differs from market to market".to_owned(),
        None if count(|one| matches!(one, Verdict::Alike(..))) == all => {
            "Those who pay differ little from all who seek".to_owned()
        }
        None => "Those who pay cannot be told from all who seek".to_owned(),
    })
}

fn nobody(free: Option<&Groups>) -> String {
    let said = free.map(|groups| verdict(groups, ORGANIC));
    match said {
        Some(Verdict::Apart { variable, up, rank }) => format!(
            "Nobody paid for an introduction; those introduced free of charge were {}",
            compared(variable, up, &rank)
        ),
        _ => "Nobody paid for an introduction in these scenarios".to_owned(),
    }
}

fn verdict(groups: &Groups, group: usize) -> Verdict {
    let ranks: Vec<Option<Estimate>> = (0..VARIABLES.len()).map(|v| groups.rank(v, group)).collect();
    let distance = |rank: &Estimate| (rank.value - 0.5).abs();
    let notable =
        |rank: &Estimate| distance(rank) >= NOTABLE && (rank.interval.is_none() || rank.excludes(0.5));
    let known = ranks.iter().enumerate().filter_map(|(variable, rank)| Some((variable, (*rank)?)));
    let most =
        known.filter(|(_, rank)| notable(rank)).max_by(|a, b| distance(&a.1).total_cmp(&distance(&b.1)));
    if let Some((variable, rank)) = most {
        return Verdict::Apart { variable, up: rank.value > 0.5, rank };
    }
    let ends = ranks.iter().flatten().map(|rank| rank.interval.unwrap_or((rank.value, rank.value)));
    let (low, high) = ends.fold((0.5_f64, 0.5_f64), |(a, b), (low, high)| (a.min(low), b.max(high)));
    let near = low >= 0.5 - ALIKE && high <= 0.5 + ALIKE && ranks.iter().all(Option::is_some);
    if near { Verdict::Alike(low, high) } else { Verdict::Unknown }
}

/// The share of others whom a group surpasses, or by whom it is surpassed.
pub(super) fn surpassed(rank: &Estimate, up: bool) -> String {
    let flipped = Estimate {
        n: rank.n,
        value: 1.0 - rank.value,
        interval: rank.interval.map(|(low, high)| (1.0 - high, 1.0 - low)),
    };
    share(if up { rank } else { &flipped })
}

fn compared(variable: usize, up: bool, rank: &Estimate) -> String {
    let said = &VARIABLES[variable];
    format!("{} {} of {}", said.long[usize::from(!up)], surpassed(rank, up), said.among)
}

fn sentence(verdicts: &[(&str, Verdict)], several: bool, (named, with_ranks): (usize, bool)) -> String {
    let mut apart: Vec<(&str, usize, bool, Estimate)> = Vec::new();
    let (mut alike, mut unknown, mut near) = (Vec::new(), Vec::new(), (0.5_f64, 0.5_f64));
    for (name, verdict) in verdicts {
        match verdict {
            Verdict::Apart { variable, up, rank } => apart.push((name, *variable, *up, *rank)),
            Verdict::Alike(low, high) => {
                alike.push(*name);
                near = (near.0.min(*low), near.1.max(*high));
            }
            Verdict::Unknown => unknown.push(*name),
        }
    }
    apart.sort_by(|a, b| (b.3.value - 0.5).abs().total_cmp(&(a.3.value - 0.5).abs()));
    let mut clauses = Vec::new();
    while let Some(&(_, variable, up, _)) = apart.first() {
        let (group, rest): (Vec<_>, Vec<_>) =
            apart.into_iter().partition(|one| (one.1, one.2) == (variable, up));
        apart = rest;
        let said = &VARIABLES[variable];
        let (words, n) = (said.long[usize::from(!up)].trim_end_matches(" than"), group.len());
        clauses.push(if named == 0 && !clauses.is_empty() {
            // Where nothing longer fits, only what sets payers most apart has a number.
            format!("{words} in {n}")
        } else if n > 1 && n > named {
            let most = surpassed(&group[0].3, up);
            format!("{words} in {n} scenarios (than up to {most} of {})", said.among)
        } else {
            let mut parts =
                vec![format!("{}{}", compared(variable, up, &group[0].3), place(group[0].0, several))];
            let other = |one: &(&str, usize, bool, Estimate)| {
                format!("{}{}", surpassed(&one.3, up), place(one.0, several))
            };
            parts.extend(group[1..].iter().map(other));
            joined(&parts)
        });
    }
    if !alike.is_empty() {
        let ranks = format!(" (mean ranks {}–{}\u{a0}%)", rounded(100.0 * near.0), rounded(100.0 * near.1));
        let ranks = if with_ranks { ranks } else { String::new() };
        clauses.push(format!("little unlike all seekers{}{ranks}", places(&alike, several, named)));
    }
    let mut said = Vec::new();
    if !clauses.is_empty() {
        said.push(format!("those who paid were {}", clauses.join(", ")));
    }
    if !unknown.is_empty() {
        let long = "no difference between those who paid and all seekers can be told";
        let what = if said.is_empty() { long } else { "no difference can be told" };
        said.push(format!("{what}{}", places(&unknown, several, named)));
    }
    capital(&said.join("; "))
}

fn place(name: &str, several: bool) -> String {
    if several { format!(" in {}", quoted(name)) } else { String::new() }
}

fn places(names: &[&str], several: bool, named: usize) -> String {
    match names {
        _ if !several => String::new(),
        few if few.len() <= named.max(1) => format!(" in {}", listed(few.iter().copied())),
        many => format!(" in {} scenarios", many.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_places_are_named_and_many_counted() {
        let names = ["one", "two", "three"];
        let told = |several, named| places(&names[..2], several, named);
        assert_eq!(
            [told(false, 2), told(true, 2), told(true, 1)],
            ["", " in “one” and “two”", " in 2 scenarios"]
        );
        assert_eq!(
            [places(&names[..1], true, 0), places(&names, true, 3)],
            [" in “one”", " in “one”, “two” and “three”"]
        );
    }
}
