//! How fast relationships heal: the half-life of lost goodwill from which on a market no longer lasts.

use super::super::sweep::{Grid, Setting};
use super::edge::Edge;
use crate::maths;
use crate::scenario::key;
use crate::text;

/// Weeks in which half of what a tie lacks in goodwill comes back.
pub(super) fn half_life(recovery: f64) -> f64 {
    -std::f64::consts::LN_2 / maths::ln(1.0 - recovery)
}

/// "34 weeks", or "6.7 years" where they are many.
pub(super) fn weeks(half_life: f64) -> String {
    if half_life < 104.0 {
        format!("{} weeks", text::rounded(half_life.round()))
    } else {
        format!("{} years", text::fixed(half_life / 52.0, 1))
    }
}

/// Up to which half-life of lost goodwill the markets last that fit.
pub(super) fn edge(grid: &Grid, fits: impl Fn(&Setting) -> bool) -> Edge {
    Edge::of(grid.of(fits).filter_map(|setting| {
        let recovery = setting.recovery.filter(|recovery| *recovery > 0.0 && *recovery < 1.0)?;
        Some((half_life(recovery), setting))
    }))
}

/// The shortest and the longest half-life of the sweep.
pub(super) fn range(grid: &Grid) -> Option<(f64, f64)> {
    let lives: Vec<f64> = grid.values(|setting| setting.recovery).into_iter().map(half_life).collect();
    Some((lives.iter().copied().reduce(f64::min)?, lives.iter().copied().reduce(f64::max)?))
}

/// The longest half-life that is believed, by the range of the key.
pub(super) fn longest_believed() -> Option<f64> {
    let range = key("goodwill.recovery")?.plausible?;
    (range.low > 0.0).then(|| half_life(range.low))
}

/// The shortest.
pub(super) fn shortest_believed() -> Option<f64> {
    let range = key("goodwill.recovery")?.plausible?;
    (range.high < 1.0).then(|| half_life(range.high))
}

/// Where markets last along it, in words after "the market lasts".
pub(super) fn words(edge: &Edge, range: (f64, f64)) -> String {
    let between = format!("from {} to {}", weeks(range.0), weeks(range.1));
    let all = |lives: &[f64]| text::joined(&lives.iter().map(|&life| weeks(life)).collect::<Vec<_>>());
    match edge {
        Edge::Everywhere => format!("at every half-life of lost goodwill {between}"),
        Edge::Nowhere => format!("at no half-life of lost goodwill {between}"),
        Edge::UpTo(lasts, dies) => format!(
            "where half of lost goodwill is back within {}, not where it takes {}",
            weeks(*lasts),
            weeks(*dies)
        ),
        Edge::From(lasts, dies) => format!(
            "where half of lost goodwill takes {} or more to come back, not where it takes {}",
            weeks(*lasts),
            weeks(*dies)
        ),
        Edge::Mixed(lasts, _) if !lasts.is_empty() => {
            format!("at half-lives of lost goodwill of {}, not at all {between} that can be told", all(lasts))
        }
        Edge::Mixed(..) | Edge::Nothing => {
            format!("at no half-life of lost goodwill {between} for which it can be told")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_what_is_missing_is_back_after_the_half_life() {
        // (1 − 0.02)^34.31 = 1/2; (1 − 1/2)^1 = 1/2.
        assert!((half_life(0.02) - 34.309_618).abs() < 1e-5);
        assert!((half_life(0.5) - 1.0).abs() < 1e-12);
    }
}
