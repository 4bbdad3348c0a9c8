//! Break-even, in a sentence.

use super::breakeven::{Answer, CRITERIA, Level};
use super::turning::{Crossing, Finding, Measure, Turning};
use crate::charts::map::fraction;
use crate::charts::page::title_fits;
use crate::text::{capital, counted, small_letter};

/// From the first criterion that was asked about.
pub(super) fn title(answer: &Answer) -> String {
    let asked = (0..CRITERIA.len()).find(|&c| answer.levels.iter().any(|level| level.turnings[c].is_some()));
    let Some(criterion) = asked else { return "Nothing was found out about break-evens".to_owned() };
    let what = CRITERIA[criterion].1;
    let known: Vec<(&Level, &Turning)> =
        answer.levels.iter().filter_map(|level| Some((level, level.turnings[criterion].as_ref()?))).collect();
    let words = |turning: &Turning| turning.words(answer.measure, answer.range);
    let levels = if known.len() == 1 { String::new() } else { format!(", at all {} levels", known.len()) };
    if let Some(finding) = alike(&known) {
        let whole = known[0].1.words_of(answer.measure, answer.range, of(&answer.knob));
        let is_told = !matches!(finding, Finding::Unknown | Finding::NoData) || known[0].1.part.is_some();
        let subject = if is_told { what.to_owned() } else { format!("Whether {}", small_letter(what)) };
        return finish(answer, format!("{subject} {whole}{levels}"));
    }
    let parts: Vec<String> =
        known.iter().map(|(level, turning)| format!("{} with {}", words(turning), level.name)).collect();
    let long = finish(answer, format!("{what}{}: {}", of_colon(&answer.knob), parts.join("; ")));
    if title_fits(&long) { long } else { finish(answer, format!("{what} {}", extremes(answer, &known))) }
}

/// The same in a few words: from where a seller's hour pays at the first level.
pub(super) fn headline(answer: &Answer) -> String {
    let asked = (0..CRITERIA.len()).find(|&c| answer.levels.iter().any(|level| level.turnings[c].is_some()));
    let known = asked.and_then(|criterion| {
        let of = |level: &'_ Level| Some((level.name.clone(), level.turnings[criterion].clone()?));
        answer.levels.iter().find_map(of)
    });
    let Some((level, turning)) = known else { return "Nothing was found out about break-evens".to_owned() };
    let who = match level.as_str() {
        "no screen" => "Unscreened, ".to_owned(),
        _ if answer.levels.len() < 2 => String::new(),
        name => format!("With {name}, "),
    };
    let first = turning.crossings.iter().find(|crossing| crossing.begins);
    let text = match (turning.finding, first) {
        (Finding::Everywhere, _) => format!("{who}a seller’s hour pays at every value tried"),
        (Finding::Nowhere, _) => format!("{who}a seller’s hour pays at no value tried"),
        (Finding::Crossings, Some(first)) => {
            format!("{who}a seller’s hour pays from about {}", amount(answer, first.value))
        }
        (Finding::Unknown, _) if turning.part.is_some_and(|(holds, ..)| holds) => {
            let (_, from, to) = turning.part.unwrap_or_default();
            format!(
                "{who}a seller’s hour is shown to pay from {} to {}",
                amount(answer, from),
                amount(answer, to)
            )
        }
        (Finding::Crossings, None) => {
            let last = turning.crossings.first().map_or(0.0, |crossing| crossing.value);
            format!("{who}a seller’s hour pays up to about {}", amount(answer, last))
        }
        _ => format!("{who}it cannot be told when a seller’s hour pays"),
    };
    capital(&text)
}

/// A value as a title says it.
fn amount(answer: &Answer, value: f64) -> String {
    match answer.knob.as_str() {
        "contract.share_of_salary" => format!("{} of the salary", fraction(value)),
        _ => format!("{}{}", answer.measure.text(value), of(&answer.knob)),
    }
}

/// What was found at all levels, if it is the same: of one level anything, of several no crossings.
fn alike(known: &[(&Level, &Turning)]) -> Option<Finding> {
    let (_, first) = known.first()?;
    let same = known.iter().all(|(_, turning)| turning.finding == first.finding);
    let has_parts = known.iter().any(|(_, turning)| turning.part.is_some());
    let is_one = !has_parts && first.finding != Finding::Crossings;
    (same && (known.len() == 1 || is_one)).then_some(first.finding)
}

/// The lowest and the highest value from which it holds, and how many levels have none.
fn extremes(answer: &Answer, known: &[(&Level, &Turning)]) -> String {
    let first = |turning: &Turning| turning.crossings.iter().find(|crossing| crossing.begins).copied();
    let mut begins: Vec<(&Level, Crossing)> =
        known.iter().filter_map(|(level, turning)| Some((*level, first(turning)?))).collect();
    begins.sort_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let amount = |crossing: &Crossing| answer.measure.with_interval(crossing.value, crossing.interval);
    let text = match begins.as_slice() {
        [] => "from no value on".to_owned(),
        [(level, one)] => format!("from {}{} on with {}", amount(one), of(&answer.knob), level.name),
        [(level, low), .., (last, high)] => format!(
            "from {}{} on with {}, and from {} on with {}",
            amount(low),
            of(&answer.knob),
            level.name,
            amount(high),
            last.name
        ),
    };
    let count = |finding| known.iter().filter(|(_, turning)| turning.finding == finding).count();
    let tell = |(n, where_): (usize, &str)| (n > 0).then(|| format!("; {where_} at {}", counted(n, "level")));
    let rest = [
        (count(Finding::Nowhere), "nowhere"),
        (count(Finding::Everywhere), "everywhere"),
        (count(Finding::Unknown) + count(Finding::NoData), "nobody can tell"),
    ];
    format!("{text}{}", rest.into_iter().filter_map(tell).collect::<String>())
}

/// What an amount is a part of.
fn of(knob: &str) -> &'static str {
    match knob {
        "contract.share_of_salary" => " of salary",
        "contract.success_fee" => " a placement",
        _ => "",
    }
}

fn of_colon(knob: &str) -> String {
    match knob {
        "contract.share_of_salary" => ", by share of salary".to_owned(),
        "contract.success_fee" => ", by success fee".to_owned(),
        _ => String::new(),
    }
}

/// Knobs that no word of the sentence names are named in front.
fn finish(answer: &Answer, sentence: String) -> String {
    if !of(&answer.knob).is_empty() {
        return sentence;
    }
    format!("By {}: {}", knob_words(&answer.knob), small_letter(&sentence))
}

/// The last words of a key: "hours of screening" reads better, but needs a key that everybody knows.
pub(super) fn knob_words(knob: &str) -> String {
    match knob {
        "screening.hours" => "hours of screening".to_owned(),
        "contract.share_of_salary" => "share of salary".to_owned(),
        _ => knob.rsplit('.').next().unwrap_or(knob).replace('_', " "),
    }
}

/// The knob as the title of an axis.
pub(super) fn axis(answer: &Answer) -> String {
    let unit = match answer.measure {
        Measure::Plain(unit) if !unit.is_empty() => format!(", {unit}"),
        _ => String::new(),
    };
    let scale = if answer.is_log { " (log scale)" } else { "" };
    capital(&format!("{}{unit}{scale}", knob_words(&answer.knob)))
}
