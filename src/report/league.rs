//! The league of markets: all scenarios of the library in which somebody may sell, from the largest.

use super::answers::Sheet;
use super::library::{Arm, Library};
use crate::experiments::verdict::Judged;
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

/// The cells of [`MARKET`].
pub(super) fn market(judged: &Judged, of: impl Fn(&str) -> Option<Estimate>) -> [String; 8] {
    let text = |metric: &str, format: &dyn Fn(&Estimate) -> String| {
        of(metric).map_or_else(|| "–".to_owned(), |estimate| format(&estimate))
    };
    // An hour is told where somebody works.
    let works = judged.placements.value > 0.0;
    let hour = || text("profit_hour_held_judged", &text::dollars_between);
    let of_some = |metric: &str, format: &dyn Fn(&Estimate) -> String| {
        // Where nobody is placed, clients and sellers are those of years before.
        if works { text(metric, format) } else { "–".to_owned() }
    };
    [
        judged.words(),
        text::number(&judged.placements),
        judged.size.name().to_owned(),
        text("sellers_per_10000", &text::number),
        if works { hour() } else { "–".to_owned() },
        text("represented_share", &text::share),
        of_some("clients_gain", &text::signed_percent),
        of_some("goodwill_judged", &text::number),
    ]
}

/// A row for each market, and what is found of those that live while their clients lose.
pub(super) fn league(library: &Library) -> Option<(String, Sheet)> {
    let mut rows: Vec<(&str, Judged)> = library
        .arms
        .iter()
        .filter(|arm| !is_experiment(arm))
        .filter_map(|arm| Some((arm.name.as_str(), library.judged(&arm.name)?)))
        .collect();
    rows.sort_by(|a, b| b.1.placements.value.total_cmp(&a.1.placements.value));
    if rows.is_empty() {
        return None;
    }
    let row = |(name, judged): &(&str, Judged)| {
        let market = market(judged, |metric| library.estimate(name, metric));
        std::iter::once(library.short(name)).chain(market).collect()
    };
    let sheet = Sheet {
        caption: "All markets in which somebody may sell, from the largest; the judged weeks, clients’ gain over all; 95\u{a0}% intervals".to_owned(),
        head: std::iter::once("Market").chain(MARKET).map(str::to_owned).collect(),
        rows: rows.iter().map(row).collect(),
    };
    Some((sentence(&rows, |name| library.short(name)), sheet))
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
