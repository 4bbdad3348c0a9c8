//! What became of each market, in a line: the last that a run says.

use crate::experiments::contrast;
use crate::experiments::paired::Comparison;
use crate::experiments::summary::ScenarioSummary;
use crate::experiments::verdict::{Verdict, provisional};
use crate::text::{counted, dollars, dollars_between, number, rounded};

/// A line for each market in which somebody may sell: "contingency lasts: 220 [192–249] placements a year and 27 sellers
/// per 10,000 workers, $78 an hour worked or open"; and a warning where the shortest run is too short for more than a
/// guess.
///
/// - `comparisons`: of markets with the one that they are held against; those in which those who hire are shown to lose
///   against one in which nobody sells, all judged together, say so
pub(super) fn lines(summaries: &[ScenarioSummary], comparisons: &[Comparison], weeks: u32) -> Vec<String> {
    let losses = losses(summaries, comparisons);
    let line = |summary: &ScenarioSummary| {
        let loss = losses.iter().find(|(name, _)| *name == summary.scenario);
        Some(line(summary)? + loss.map_or("", |(_, words)| words.as_str()))
    };
    let mut lines: Vec<String> = summaries.iter().filter_map(line).collect();
    if !lines.is_empty() {
        lines.extend(provisional(weeks));
    }
    lines
}

/// Where those who hire lose, and how much, in words.
fn losses<'a>(summaries: &[ScenarioSummary], comparisons: &'a [Comparison]) -> Vec<(&'a str, String)> {
    let is_nothing = |name: &str| summaries.iter().any(|one| one.scenario == name && one.judged.is_none());
    let of = |one: &'a Comparison| Some((one, &one.of("welfare_decision_makers")?.contrast));
    let found: Vec<_> = comparisons.iter().filter(|one| is_nothing(&one.baseline)).filter_map(of).collect();
    let doubtful = contrast::doubtful(found.iter().map(|(_, contrast)| Some(*contrast)));
    let called = found.into_iter().zip(doubtful).filter(|((_, contrast), is_doubtful)| {
        contrast.verdict == Some(contrast::Verdict::Lower) && !is_doubtful
    });
    called
        .filter_map(|((one, contrast), _)| {
            let loss = dollars_between(&contrast.estimate?.scaled(-1.0));
            let words = format!("; those who hire lose {loss} a worker and year against {}", one.baseline);
            Some((one.scenario.as_str(), words))
        })
        .collect()
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
