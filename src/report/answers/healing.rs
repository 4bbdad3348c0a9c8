//! How fast relationships heal: the half-life of lost goodwill from which on a market no longer lasts.

use super::super::sweep::{Grid, Setting};
use super::edge::{Edge, Stretch};
pub(super) use crate::experiments::healing::{believed, half_life, weeks};
use crate::text;

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
        Edge::Stretch(Stretch { from, to, open }) => {
            let range = match (from, to) {
                (None, Some(to)) => format!("where half of lost goodwill is back within {}", weeks(*to)),
                (Some(from), None) => {
                    format!("where half of lost goodwill takes {} or more to come back", weeks(*from))
                }
                (from, to) => {
                    let ends = [from.unwrap_or(range.0), to.unwrap_or(range.1)].map(weeks);
                    format!(
                        "where half of lost goodwill is back within {}, not sooner than {}",
                        ends[1], ends[0]
                    )
                }
            };
            if open.is_empty() { range } else { format!("{range} (of {} it cannot be told)", all(open)) }
        }
        Edge::Mixed(lasts, _) if !lasts.is_empty() => {
            format!("at half-lives of lost goodwill of {}, not at all {between} that can be told", all(lasts))
        }
        Edge::Mixed(..) | Edge::Nothing => {
            format!("at no half-life of lost goodwill {between} for which it can be told")
        }
    }
}
