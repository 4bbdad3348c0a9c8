//! Known and hidden, in a sentence.

use crate::stats::{Estimate, difference_of_ratios, mean_interval};
use crate::text::{number, quoted, share};

use super::super::data::LEVEL;
use super::super::how_many;
use super::super::page::title_fits;
use super::{Pair, TRUST_FREE};

/// What hiding changes: acceptance, trust in those who do not pay, placements; hidden less known.
struct Change<'a> {
    name: &'a str,
    acceptance: Option<[Estimate; 2]>,
    more: Option<Estimate>,
    trust: Option<Estimate>,
    placed: Option<Estimate>,
}

/// Of one pair what hiding changed, each with its interval; of several how many pairs went which way.
pub(super) fn title(pairs: &[Pair]) -> String {
    let changes: Vec<Change> = pairs.iter().map(change).collect();
    match changes.as_slice() {
        [one] => alone(one),
        several => together(several),
    }
}

/// The same in a few words: what hiding does to how often paid requests are met.
pub(super) fn headline(pairs: &[Pair]) -> String {
    let ways: Vec<i8> =
        pairs.iter().map(change).filter_map(|change| change.more).map(|more| way(&more)).collect();
    let count = |wanted: i8| ways.iter().filter(|way| **way == wanted).count();
    let place = |n: usize| {
        if n == ways.len() { String::new() } else { format!(" in {}", how_many(n, ways.len(), "pair")) }
    };
    match (count(1), count(-1)) {
        _ if ways.is_empty() => "Too few paid requests to say what hiding them does".to_owned(),
        (0, 0) => "What hiding the payment does cannot be told".to_owned(),
        (more, 0) => format!("With payment hidden, more paid requests are met{}", place(more)),
        (0, fewer) => format!("With payment hidden, fewer paid requests are met{}", place(fewer)),
        _ => "Hiding the payment helps in some markets and hurts in others".to_owned(),
    }
}

fn change<'a>(pair: &Pair<'a>) -> Change<'a> {
    let [known, hidden] = pair.sides;
    let counts = |side: usize| pair.sides[side].pairs(pair.bought + 1, pair.bought);
    let sides: Vec<_> = counts(1).into_iter().zip(counts(0)).collect();
    let share = |side: usize| pair.sides[side].share(pair.bought + 1, pair.bought);
    let gaps = |one: Vec<Option<f64>>, other: Vec<Option<f64>>| {
        let gaps = one.iter().zip(&other).filter_map(|(a, b)| Some(a.as_ref()? - b.as_ref()?));
        mean_interval(&gaps.collect::<Vec<_>>(), LEVEL)
    };
    let means = |column: usize| gaps(hidden.means(column), known.means(column));
    Change {
        name: &known.name,
        acceptance: share(0).zip(share(1)).map(|(known, hidden)| [known, hidden]),
        more: difference_of_ratios(&sides, LEVEL),
        trust: means(TRUST_FREE),
        placed: means(pair.bought + 2).map(|weekly| weekly.scaled(52.0)),
    }
}

/// Up, down or neither that can be told; without an interval the sign.
fn way(change: &Estimate) -> i8 {
    if change.interval.is_some() && !change.excludes(0.0) {
        0
    } else if change.value > 0.0 {
        1
    } else {
        -i8::from(change.value < 0.0)
    }
}

fn alone(change: &Change) -> String {
    let mut clauses = Vec::new();
    if let (Some([known, hidden]), Some(more)) = (&change.acceptance, &change.more) {
        let ends = format!("from {} of paid requests to {}", share(known), share(hidden));
        clauses.push(match way(more) {
            0 => format!("no detectable difference in how many were met, {ends}"),
            1 => format!("more were met, {ends}"),
            _ => format!("fewer were met, {ends}"),
        });
    }
    if let Some(trust) = &change.trust {
        let by = number(&upright(trust));
        clauses.push(match way(trust) {
            0 => "no detectable change of trust in those introduced free".to_owned(),
            1 => format!("trust in those introduced free was higher by {by}\u{a0}sd"),
            _ => format!("trust in those introduced free was lower by {by}\u{a0}sd"),
        });
    }
    if let Some(placed) = &change.placed {
        let by = number(&upright(placed));
        clauses.push(match way(placed) {
            0 => "no detectable change in placements".to_owned(),
            1 => format!("{by} more were placed a year"),
            _ => format!("{by} fewer were placed a year"),
        });
    }
    let doubt = if change.more.is_some_and(|more| more.interval.is_none()) {
        " (one market each: no interval)"
    } else {
        ""
    };
    let say = |clauses: &[String]| format!("With payment hidden {}{doubt}", clauses.join("; "));
    while clauses.len() > 1 && !title_fits(&say(&clauses)) {
        clauses.pop();
    }
    if clauses.is_empty() {
        return format!("Too few paid requests in {} to say what hiding them does", quoted(change.name));
    }
    say(&clauses)
}

/// A change without its sign, which the words around it say.
fn upright(estimate: &Estimate) -> Estimate {
    if estimate.value < 0.0 { estimate.scaled(-1.0) } else { *estimate }
}

fn together(changes: &[Change]) -> String {
    let pairs = changes.len();
    let say = |of: fn(&Change) -> Option<Estimate>, up: &str, down: &str| {
        let count = |wanted: i8| changes.iter().filter_map(of).filter(|change| way(change) == wanted).count();
        let ways = [(count(1), up), (count(-1), down), (count(0), "no detectable difference")];
        let parts: Vec<String> =
            ways.iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{words} in {n}")).collect();
        if parts.is_empty() { "too little to tell".to_owned() } else { parts.join(", ") }
    };
    let met = say(|change| change.more, "more often", "less often");
    let trust = say(|change| change.trust, "higher", "lower");
    let placed = say(|change| change.placed, "more", "fewer");
    let size = |change: &Change| change.more.map_or(0.0, |more| more.value.abs());
    let most = changes.iter().max_by(|a, b| size(a).total_cmp(&size(b)));
    let example = most.and_then(|change| {
        let [known, hidden] = change.acceptance.as_ref()?;
        Some(format!(" (at most from {} to {}, {})", share(known), share(hidden), quoted(change.name)))
    });
    let doubt = changes.iter().all(|change| change.more.is_none_or(|more| more.interval.is_none()));
    let doubt = if doubt { " (one market each: no interval)" } else { "" };
    let say = |example: &str| {
        format!(
            "With payment hidden, in {pairs} pairs of markets, how often paid requests were met: {met}{example}; trust \
             in those introduced free: {trust}; placements: {placed}{doubt}"
        )
    };
    let whole = say(&example.unwrap_or_default());
    if title_fits(&whole) { whole } else { say("") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_interval_the_sign_tells_and_nothing_is_neither() {
        let of = |value: f64, interval| way(&Estimate { n: 1, value, interval });
        assert_eq!([of(0.0, None), of(0.1, None), of(-0.1, None)], [0, 1, -1]);
        assert_eq!([of(0.1, Some((-0.1, 0.3))), of(0.1, Some((0.05, 0.3)))], [0, 1]);
    }
}
