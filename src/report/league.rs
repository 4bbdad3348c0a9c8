//! The league of markets: all scenarios of the library in which somebody may sell, from the largest.

use super::answers::Sheet;
use super::library::{Arm, LEVEL, Library};
use super::phrasing;
use crate::experiments::contrast::{Contrast, Verdict};
use crate::experiments::outcomes::{Metric, metric};
use crate::experiments::verdict::{Judged, judged_span};
use crate::stats::Estimate;
use crate::text;

/// What is told of every market.
pub(super) const MARKET: [&str; 8] = [
    "What becomes of it",
    "Placements per 10,000 workers and year",
    "Size",
    "Sellers per 10,000 workers",
    "An hour worked or open brings",
    "Searches represented",
    "Clients gain, of a year’s salary",
    "Goodwill of sellers’ ties, 0 to 1",
];

/// What becomes of a market in a few words, as they are printed.
fn words(judged: &Judged) -> String {
    judged.words().replace('\'', "’")
}

/// The cells of [`MARKET`].
pub(super) fn market(judged: &Judged, of: impl Fn(Metric) -> Option<Estimate>) -> [String; 8] {
    let text = |metric: Metric, format: &dyn Fn(&Estimate) -> String| {
        of(metric).map_or_else(|| "–".to_owned(), |estimate| format(&estimate))
    };
    // An hour is told where somebody works.
    let works = judged.placements.value > 0.0;
    let hour = || text(metric!("profit_hour_held_judged"), &text::dollars_between);
    let of_some = |metric: Metric, format: &dyn Fn(&Estimate) -> String| {
        // Where nobody is placed, clients and sellers are those of years before.
        if works { text(metric, format) } else { "–".to_owned() }
    };
    [
        words(judged),
        text::number(&judged.placements),
        judged.size.name().to_owned(),
        text(metric!("sellers_per_10000"), &text::number),
        if works { hour() } else { "–".to_owned() },
        text(metric!("represented_share"), &text::share),
        of_some(metric!("clients_gain"), &text::signed_percent),
        of_some(metric!("goodwill_judged"), &text::number),
    ]
}

/// Behind the names of markets of another labour market.
const ELSEWHERE: &str = " (another labour market)";

/// What a market is called, by the first cell of its row.
pub(super) fn called(cell: &str) -> &str {
    cell.strip_suffix(ELSEWHERE).unwrap_or(cell)
}

/// A row for each market, those of another labour market last, and what is found of those that live while their clients lose.
pub(super) fn league(library: &Library) -> Option<(String, Sheet)> {
    let markets = |is_apart: bool| -> Vec<(&str, Judged)> {
        let mut rows: Vec<(&str, Judged)> = library
            .arms
            .iter()
            .filter(|arm| !is_experiment(arm) && is_of_another(library, arm) == is_apart)
            .filter_map(|arm| Some((arm.name.as_str(), library.judged(&arm.name)?)))
            .collect();
        rows.sort_by(|a, b| b.1.placements.value.total_cmp(&a.1.placements.value));
        rows
    };
    let (rows, apart) = (markets(false), markets(true));
    if rows.is_empty() && apart.is_empty() {
        return None;
    }
    let against = against_nothing(library);
    let row = |(name, judged): &(&str, Judged)| {
        let mut cells = vec![library.short(name)];
        if apart.iter().any(|(other, _)| other == name) {
            cells[0] += ELSEWHERE;
        }
        cells.extend(market(judged, |metric| library.estimate(name, metric)));
        if let Some(elsewhere) = library.arm(name).and_then(|arm| arm.elsewhere.as_ref()) {
            cells[1] += &format!(" (judged {})", elsewhere.words);
        }
        let hirers = against.iter().find(|(market, ..)| market == name);
        cells.push(hirers.map_or_else(
            || "–".to_owned(),
            |(_, contrast, is_doubtful)| {
                let star = phrasing::star(contrast, *is_doubtful);
                contrast.estimate.map_or_else(String::new, |it| text::dollars_between(&it) + star)
            },
        ));
        cells
    };
    let star = if against
        .iter()
        .any(|(_, contrast, is_doubtful)| !phrasing::star(contrast, *is_doubtful).is_empty())
    {
        format!("; {}", phrasing::star_of(against.len()))
    } else {
        String::new()
    };
    let weeks = library.arms.iter().filter_map(|arm| Some(arm.scenario.as_ref()?.run.weeks));
    let sheet = Sheet {
        caption: format!(
            "All markets in which somebody may sell, from the largest; {}, the gain of clients and of those who hire over all; \
             95\u{a0}% intervals{star}{}",
            judged_span(weeks.min().unwrap_or(u32::MAX) as usize),
            judged_elsewhere(library, rows.iter().chain(&apart).map(|(name, _)| *name))
        ),
        head: std::iter::once("Market").chain(MARKET).chain([HIRERS]).map(str::to_owned).collect(),
        rows: rows.iter().chain(&apart).map(row).collect(),
    };
    let hire = at_hirers_cost(library, &against);
    let short = |name: &str| library.short(name);
    let own = if rows.is_empty() { String::new() } else { sentence(&rows, short) + &hire + " " };
    let is_beside = |(name, _): &&(&str, Judged)| {
        library.arm(name).is_some_and(|arm| library.nothing_beside(arm).is_some())
    };
    let (beside, alone): (Vec<_>, Vec<_>) = apart.iter().partition(is_beside);
    let told = set_apart(&beside, true, short) + &set_apart(&alone, false, short);
    Some(((own + &told).trim_end().to_owned(), sheet))
}

/// On what the cells rest of markets that were judged in another part of the study; empty without one.
fn judged_elsewhere<'a>(library: &Library, names: impl Iterator<Item = &'a str>) -> String {
    let levels = names.filter_map(|name| Some(library.arm(name)?.elsewhere.as_ref()?.judged.level));
    let Some(widest) = levels.max_by(f64::total_cmp) else { return String::new() };
    let level = if widest > LEVEL { format!(", of up to {}", text::percent(widest)) } else { String::new() };
    format!(
        ". Of a market that was judged in another part of the study, what becomes of it and its placements are told by the \
         replications and the intervals there{level}; the rest of its row is of the {} here",
        text::counted(library.replications(), "replication")
    )
}

/// Whether an arm opened on another labour market than the first in which nothing is sold, or without that than the first.
fn is_of_another(library: &Library, arm: &Arm) -> bool {
    let nothing = library.arms.iter().find(|arm| arm.sells_nothing());
    nothing.or_else(|| library.arms.first()).is_some_and(|base| arm.is_elsewhere(base))
}

/// What becomes of the markets of another labour market.
///
/// - `is_beside`: whether each stands beside one in which nothing is sold
fn set_apart(apart: &[&(&str, Judged)], is_beside: bool, short: impl Fn(&str) -> String) -> String {
    if apart.is_empty() {
        return String::new();
    }
    let told = |(name, judged): &&(&str, Judged)| format!("“{}” ({})", short(name), words(judged));
    let beside = if is_beside {
        "held against nothing sold there"
    } else {
        "in which no market without sellers was run"
    };
    format!(
        "{} {} apart, in another labour market, {beside}. ",
        text::joined(&apart.iter().map(told).collect::<Vec<_>>()),
        if apart.len() == 1 { "stands" } else { "stand" }
    )
}

/// The markets that live in which those who hire are shown to lose: of all judged together, and of each by itself alone.
fn at_hirers_cost(library: &Library, against: &[(&str, Contrast, bool)]) -> String {
    let lives = |name: &str| library.judged(name).is_some_and(|judged| judged.verdict.is_alive());
    let losing = |by_itself: bool| -> Vec<String> {
        let found = against.iter().filter(|(name, contrast, is_doubtful)| {
            *is_doubtful == by_itself && contrast.verdict == Some(Verdict::Lower) && lives(name)
        });
        found.map(|(name, ..)| format!("“{}”", library.short(name))).collect()
    };
    let (together, alone) = (losing(false), losing(true));
    let mut text = String::new();
    if !together.is_empty() {
        text += &format!(
            " Those who hire, all of them and fees of their firms counted, are worse off than where nothing is sold in {} that {}: \
             {}. (What becomes of a market asks only what those gain who hire through sellers, as they feel it.)",
            text::spelt(together.len()),
            if together.len() == 1 { "lives" } else { "live" },
            text::joined(&together)
        );
    }
    if !alone.is_empty() {
        text += &format!(
            " By itself alone, and not if all are judged together, those who hire are shown to lose in {}.",
            text::joined(&alone)
        );
    }
    text
}

/// Heading of what those who hire gain.
const HIRERS: &str = "Those who hire, against nothing sold, a worker and year";
/// The market in which nothing is sold.
pub(super) const ORGANIC: &str = "organic";
/// What those who hire have, dollars a worker and year.
const OF_HIRERS: Metric = metric!("welfare_decision_makers");

/// What those who hire have less of nothing sold, in each market; and whether a call of its own luck alone is doubtful.
fn against_nothing(library: &Library) -> Vec<(&str, Contrast, bool)> {
    let is_one = |arm: &&Arm| !is_experiment(arm) && arm.judged().is_some();
    let arms = library.arms.iter().filter(is_one);
    let contrast = |arm: &'_ Arm| library.against_nothing(&arm.name, OF_HIRERS);
    let found: Vec<(&str, Contrast)> =
        arms.filter_map(|arm| Some((arm.name.as_str(), contrast(arm)?))).collect();
    let doubtful = phrasing::doubtful(found.iter().map(|(_, contrast)| Some(contrast)));
    found
        .into_iter()
        .zip(doubtful)
        .map(|((name, contrast), is_doubtful)| (name, contrast, is_doubtful))
        .collect()
}

/// Markets in which those who hire are shown to have less than where nothing is sold, all judged together, and how much.
fn costs_hirers(library: &Library) -> Vec<(&str, Estimate)> {
    let all = against_nothing(library).into_iter();
    all.filter(|(_, contrast, is_doubtful)| contrast.verdict == Some(Verdict::Lower) && !is_doubtful)
        .filter_map(|(name, contrast, _)| Some((name, contrast.estimate?)))
        .collect()
}

/// What becomes of a market, in a clause, and that those who hire lose by it where that is shown.
pub(super) fn told(library: &Library, name: &str, judged: &Judged) -> String {
    phrasing::market(judged) + &loss(library, name)
}

/// That those who hire lose by a market, after a clause on it; nothing where that is not shown.
pub(super) fn loss(library: &Library, name: &str) -> String {
    let losing = costs_hirers(library);
    losing.iter().find(|(market, _)| *market == name).map_or_else(String::new, |(_, loss)| {
        format!(
            "; those who hire are worse off than where nothing is sold, by {} a worker and year",
            text::dollars_between(&loss.scaled(-1.0))
        )
    })
}

/// Whether a scenario bombards ties, and is no market to speak of.
pub(super) fn is_experiment(arm: &Arm) -> bool {
    arm.scenario.as_ref().is_some_and(|scenario| scenario.bombardment.requests_per_week > 0.0)
}

/// Who thrives while clients lose.
fn sentence(rows: &[(&str, Judged)], short: impl Fn(&str) -> String) -> String {
    let alive: Vec<&(&str, Judged)> = rows.iter().filter(|(_, judged)| judged.verdict.is_alive()).collect();
    let losing: Vec<String> = alive
        .iter()
        .filter(|(_, judged)| judged.is_at_clients_cost())
        .map(|(name, _)| format!("“{}”", short(name)))
        .collect();
    let head = match (rows.len(), alive.len()) {
        (1, 1) => "The one market is shown to live".to_owned(),
        (1, 0) => return "The one market is not shown to live.".to_owned(),
        (all, 0) => return format!("Of {} none is shown to live.", text::counted(all, "market")),
        (all, alive) => {
            let verb = if alive == 1 { "is" } else { "are" };
            format!("Of {} {} {verb} shown to live", text::counted(all, "market"), text::spelt(alive))
        }
    };
    match losing.len() {
        0 => format!("{head}, none of them at its clients’ cost as far as can be told."),
        1 => format!("{head}. One lives while its clients lose: {}.", losing[0]),
        n => format!(
            "{head}. {} live while their clients lose: {}.",
            text::capital(&text::spelt(n)),
            text::joined(&losing)
        ),
    }
}
