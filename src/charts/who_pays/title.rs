//! Who paid, in a sentence: what sets payers of each scenario most apart from all who seek.

use crate::stats::Estimate;

use super::super::page;
use super::super::words::{capital, joined, listed, quoted, share};
use super::histogram::{Groups, ORGANIC, PAYERS, VARIABLES};

/// What can be said of the payers of one scenario.
enum Verdict {
    /// This variable sets them most apart: upwards or not, and by what rank.
    Apart { variable: usize, up: bool, rank: Estimate },
    /// No variable sets them much apart.
    Alike,
    /// The intervals are too wide to say either.
    Unknown,
}

/// Ranks nearer to the middle than this are no difference worth a title.
const NOTABLE: f64 = 0.05;
/// Intervals of ranks no farther from the middle than this are "much like".
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
    let long = sentence(&verdicts, all.len() > 1, MOST_NAMED);
    let title = if page::title_fits(&long) { long } else { sentence(&verdicts, all.len() > 1, 1) };
    let alone = paying.iter().all(|groups| groups.replications < 2);
    if alone { format!("{title} (one market: no interval)") } else { title }
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
    let near = |rank: &Option<Estimate>| {
        rank.is_some_and(|rank| {
            let (low, high) = rank.interval.unwrap_or((rank.value, rank.value));
            low >= 0.5 - ALIKE && high <= 0.5 + ALIKE
        })
    };
    if ranks.iter().all(near) { Verdict::Alike } else { Verdict::Unknown }
}

/// The share of others whom a group surpasses, or by whom it is surpassed.
pub(super) fn surpassed(rank: &Estimate, up: bool) -> String {
    let flip = |(low, high): (f64, f64)| (1.0 - high, 1.0 - low);
    let flipped = Estimate { n: rank.n, value: 1.0 - rank.value, interval: rank.interval.map(flip) };
    share(if up { rank } else { &flipped })
}

fn compared(variable: usize, up: bool, rank: &Estimate) -> String {
    let said = &VARIABLES[variable];
    format!("{} {} of {}", said.long[usize::from(!up)], surpassed(rank, up), said.among)
}

fn sentence(verdicts: &[(&str, Verdict)], several: bool, named: usize) -> String {
    let mut apart: Vec<(&str, usize, bool, Estimate)> = Vec::new();
    let (mut alike, mut unknown) = (Vec::new(), Vec::new());
    for (name, verdict) in verdicts {
        match verdict {
            Verdict::Apart { variable, up, rank } => apart.push((name, *variable, *up, *rank)),
            Verdict::Alike => alike.push(*name),
            Verdict::Unknown => unknown.push(*name),
        }
    }
    apart.sort_by(|a, b| (b.3.value - 0.5).abs().total_cmp(&(a.3.value - 0.5).abs()));
    let mut clauses = Vec::new();
    while let Some(&(_, variable, up, _)) = apart.first() {
        let (group, rest): (Vec<_>, Vec<_>) =
            apart.into_iter().partition(|one| (one.1, one.2) == (variable, up));
        apart = rest;
        let mut parts =
            vec![format!("{}{}", compared(variable, up, &group[0].3), place(group[0].0, several))];
        if group.len() > named {
            parts[0].push_str(&format!(" and likewise in {} more", group.len() - 1));
        } else {
            let other = |one: &(&str, usize, bool, Estimate)| {
                format!("{}{}", surpassed(&one.3, up), place(one.0, several))
            };
            parts.extend(group[1..].iter().map(other));
        }
        clauses.push(joined(&parts));
    }
    if !alike.is_empty() {
        clauses.push(format!("much like all seekers{}", places(&alike, several, named)));
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
        few if few.len() <= named => format!(" in {}", listed(few.iter().copied())),
        many => format!(" in {} scenarios", many.len()),
    }
}
