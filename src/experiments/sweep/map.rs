//! The map of a sweep: each cell over its replications.

use super::row::{Row, Values};
use crate::experiments::rest::Change;
use crate::experiments::summary::{ScenarioSummary, summarise_at};

/// How large the market is: outcomes whose means stand first in the map, each over the judged weeks.
pub const SIZE: [&str; 9] = [
    "placements_per_10000",
    "placements_share",
    "full_time_per_10000",
    "sellers_per_10000",
    "began_per_10000",
    "stopped_per_10000",
    "profit_hour_held_judged",
    "profit_hour_without_judged",
    "clients_gain",
];

/// Outcomes whose means stand after them, over all weeks unless the name ends in `_judged`.
pub const MEANS: [&str; 32] = [
    "active_share_judged",
    "sellers_profit_dollars_judged",
    "decision_makers_gain_paid_judged",
    "profit_hour_without",
    "profit_hour_with",
    "fee_per_placement",
    "social_capital_per_placement",
    "hours_per_placement",
    "fees_dollars",
    "refunds_dollars",
    "social_capital_dollars",
    "requests_paid",
    "hires_paid",
    "introductions_promised",
    "introductions_made",
    "shams",
    "shams_found_out",
    "applicants",
    "new_clients",
    "accepted_share",
    "clients_ability",
    "acceptance_paid",
    "pass_paid",
    "goodwill",
    "trust_organic",
    "tie_half_life",
    "bombarded_half_life",
    "market_end_week",
    "unemployment_share",
    "welfare_workers",
    "welfare_decision_makers",
    "welfare_sellers",
];

/// One cell over its replications.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Number of the cell.
    pub cell: usize,
    /// Every outcome with its interval, the verdict, and how many replications finished and failed.
    pub outcomes: ScenarioSummary,
    /// By how much placements changed at the end; `None` where nobody may sell or runs are too short.
    pub change: Option<Change>,
}

/// Coverage of the intervals of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    /// Of its outcomes, and so of its verdict.
    pub outcomes: f64,
    /// Of its change.
    pub change: f64,
}

impl Summary {
    /// Summarises the rows of one cell.
    #[must_use]
    pub fn of(cell: usize, rows: &[Row], levels: Levels) -> Self {
        let finished: Vec<&Values> = rows.iter().filter_map(|row| row.result.as_ref().ok()).collect();
        let outcomes: Vec<_> = finished.iter().map(|values| values.outcomes.clone()).collect();
        Self {
            cell,
            change: Change::of_rows(&outcomes, levels.change),
            outcomes: summarise_at(
                &cell.to_string(),
                &outcomes,
                rows.len() - finished.len(),
                levels.outcomes,
            ),
        }
    }
}

impl Summary {
    /// Whether it is shown that the market moves at the end.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.change.is_some_and(|change| change.moves())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::outcomes::{self, Metric};

    #[test]
    fn every_column_of_the_map_is_an_outcome() {
        for name in SIZE.iter().chain(&MEANS) {
            assert!(Metric::of(name).is_some(), "{name} is no outcome");
        }
    }

    /// A row with so many placements per 10,000 workers and year and nothing else.
    fn row(replication: u32, placements: f64) -> Row {
        let size = |(name, ..): &(&str, &str, &str)| (*name == SIZE[0]).then_some(placements);
        let outcomes = outcomes::columns().iter().map(size).collect();
        Row { cell: 3, replication, result: Ok(Values { opening_hash: String::new(), outcomes }) }
    }

    #[test]
    fn a_replication_that_failed_is_counted_and_left_out_of_means_and_verdict() {
        let failed = Row { result: Err("a law was broken".to_owned()), ..row(2, 0.0) };
        let summary =
            Summary::of(3, &[row(0, 50.0), row(1, 52.0), failed], Levels { outcomes: 0.95, change: 0.95 });
        assert_eq!(summary.outcomes.finished, (2, 1));
        // 51 ± 12.7062 · 1, t with one degree of freedom.
        let placements = summary.outcomes.of(SIZE[0]).unwrap();
        assert!((placements.value - 51.0).abs() < 1e-9);
        assert!((placements.high().unwrap() - 63.706_2).abs() < 1e-4);
        assert_eq!(summary.outcomes.judged.unwrap().words(), "lasts");
    }
}
