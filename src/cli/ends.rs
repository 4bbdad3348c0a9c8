//! What became of each market, in a line: the last that a run says.

use crate::experiments::summary::ScenarioSummary;
use crate::experiments::verdict::{Verdict, provisional};
use crate::text::{counted, dollars, number, rounded};

/// A line for each market in which somebody may sell: "contingency lasts: 220 [192–249] placements a year and 27 sellers
/// per 10,000 workers, $78 an hour worked or open"; and a warning where the shortest run is too short for more than a
/// guess.
pub(super) fn lines(summaries: &[ScenarioSummary], weeks: u32) -> Vec<String> {
    let mut lines: Vec<String> = summaries.iter().filter_map(line).collect();
    if !lines.is_empty() {
        lines.extend(provisional(weeks));
    }
    lines
}

fn line(summary: &ScenarioSummary) -> Option<String> {
    let judged = summary.judged.as_ref()?;
    let name = &summary.scenario;
    let what = match judged.verdict {
        Verdict::CannotBeTold => format!("{name}: whether it lasts cannot be told"),
        verdict => format!("{name} {}", verdict.name()),
    };
    let cost = if judged.is_at_clients_cost() { ", at its clients' cost" } else { "" };
    let mut parts = vec![format!("{} placements a year", number(&judged.placements))];
    if judged.placements.value > 0.0 {
        parts.extend(
            summary.of("sellers_per_10000").map(|sellers| format!("{} sellers", rounded(sellers.value))),
        );
    }
    let mut line = format!("{what}{cost}: {} per 10,000 workers", parts.join(" and "));
    if judged.placements.value > 0.0 {
        let hour = summary.of("profit_hour_held_judged");
        line += &hour
            .map_or_else(String::new, |hour| format!(", {} an hour worked or open", dollars(hour.value)));
    }
    if judged.is_split() {
        line += &format!("; it lives in {} of {}", judged.lives, counted(judged.placements.n, "replication"));
    }
    Some(line)
}
