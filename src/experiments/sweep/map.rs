//! The map of a sweep: each cell over its replications.

use super::row::{Row, Values};
use crate::experiments::summary::{ScenarioSummary, summarise};
use crate::experiments::viability::FailedFirst;

/// Conditions of viability, yes or no in each replication, as shares of replications; by name of the outcome.
pub const CONDITIONS: [&str; 4] = ["viable", "viable_sellers", "viable_decision_makers", "empty"];

/// Outcomes whose means stand in the map, over all weeks unless the name ends in `_last52`.
pub const MEANS: [&str; 32] = [
    "active_share_last52",
    "sellers_profit_dollars_last52",
    "decision_makers_gain_paid_last52",
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
    /// Every outcome with its interval, the clients' verdict, and how many replications finished and failed.
    pub outcomes: ScenarioSummary,
    /// Replications by the side whose condition failed first, in the order of [`FailedFirst::ALL`].
    pub first: [usize; 5],
}

impl Summary {
    /// Summarises the rows of one cell.
    #[must_use]
    pub fn of(cell: usize, rows: &[Row]) -> Self {
        let finished: Vec<&Values> = rows.iter().filter_map(|row| row.result.as_ref().ok()).collect();
        let outcomes: Vec<_> = finished.iter().map(|values| values.outcomes.clone()).collect();
        let count = |side| finished.iter().filter(|values| values.failed_first == Some(side)).count();
        Self {
            cell,
            outcomes: summarise(&cell.to_string(), &outcomes, rows.len() - finished.len()),
            first: FailedFirst::ALL.map(count),
        }
    }

    /// The side that failed first in most replications; none where nobody opened, `Err` where two share the first place.
    #[must_use]
    pub fn fails_first(&self) -> Option<Result<FailedFirst, ()>> {
        let most = *self.first.iter().max()?;
        if most == 0 {
            return None;
        }
        let sides: Vec<FailedFirst> = FailedFirst::ALL
            .into_iter()
            .zip(self.first)
            .filter(|(_, n)| *n == most)
            .map(|(side, _)| side)
            .collect();
        Some(if sides.len() == 1 { Ok(sides[0]) } else { Err(()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::outcomes;

    #[test]
    fn every_column_of_the_map_is_an_outcome() {
        let known = outcomes::columns();
        for name in CONDITIONS.iter().chain(&MEANS) {
            assert!(known.iter().any(|(column, _, _)| column == name), "{name} is no outcome");
        }
    }

    fn row(replication: u32, first: Option<FailedFirst>) -> Row {
        let outcomes = vec![None; outcomes::columns().len()];
        let values = Values { failed_first: first, opening_hash: String::new(), outcomes };
        Row { cell: 3, replication, result: Ok(values) }
    }

    #[test]
    fn the_side_that_fails_first_is_the_one_named_most_often() {
        use FailedFirst::{Both, Sellers};
        let rows = |sides: &[Option<FailedFirst>]| -> Vec<Row> {
            (0..).zip(sides).map(|(number, side)| row(number, *side)).collect()
        };
        let first = |sides: &[Option<FailedFirst>]| Summary::of(3, &rows(sides)).fails_first();
        assert_eq!(first(&[Some(Sellers), Some(Both), Some(Sellers)]), Some(Ok(Sellers)));
        assert_eq!(first(&[Some(Sellers), Some(Both)]), Some(Err(())));
        assert_eq!(first(&[None, None]), None);
        assert_eq!(first(&[]), None);
    }

    #[test]
    fn a_replication_that_failed_is_counted_and_left_out_of_the_means() {
        let failed = Row { result: Err("a law was broken".to_owned()), ..row(1, None) };
        let summary = Summary::of(3, &[row(0, Some(FailedFirst::Nobody)), failed]);
        assert_eq!(summary.outcomes.finished, (1, 1));
        assert_eq!(summary.first, [1, 0, 0, 0, 0]);
    }
}
