//! How far a figure moves over the assumed constants, from assumptions.csv where a run has one.
//!
//! A figure is computed at each point of the hypercube from that point's outcomes, and the middle 95 % of the points are
//! its interval. Each point is one market, so that its luck is in the interval too.

use crate::experiments::assumptions::FEWEST;
use crate::experiments::outcomes::Metric;
use crate::output::OutputError;
use crate::output::tables::AssumedPoint;
use crate::stats::{Estimate, quantile};

use super::source::Source;

/// Columns of assumptions.csv by scenario.
pub(super) struct Assumed {
    /// The scenario of each point, and its columns in the order asked for.
    points: Vec<(String, Vec<Option<f64>>)>,
}

/// The columns of one point.
pub(super) type Point = [Option<f64>];

impl Assumed {
    /// Reads columns; `None` where the run did not move its assumptions, at too few points to read a percentile, or an
    /// older program wrote another table. Points at which the labour market misses its facts are left out.
    pub(super) fn read(source: &Source, metrics: &[Metric]) -> Result<Option<Self>, OutputError> {
        if !source.has("assumptions.csv") {
            return Ok(None);
        }
        let table = source.measured::<AssumedPoint>()?;
        if metrics.iter().any(|&metric| !table.has(metric)) {
            return Ok(None);
        }
        let columns = metrics.iter().map(|&metric| table.numbers(metric));
        let columns: Vec<Vec<Option<f64>>> = columns.collect::<Result<_, _>>()?;
        let finished = table.rows.into_iter().enumerate();
        let finished = finished.filter(|(_, row)| row.status == "ok" && row.hits_the_facts());
        let point = |(at, row): (usize, AssumedPoint)| {
            let values = columns.iter().map(|column| column[at].filter(|x| x.is_finite()));
            (row.scenario, values.collect())
        };
        let found = Self { points: finished.map(point).collect() };
        Ok((found.points() >= FEWEST).then_some(found))
    }

    /// The middle 95 % of a figure in a scenario; none from fewer points than percentiles need.
    pub(super) fn spread(
        &self,
        scenario: &str,
        figure: impl Fn(&Point) -> Option<f64>,
    ) -> Option<(f64, f64)> {
        let own = self.points.iter().filter(|(name, _)| name == scenario);
        let values: Vec<f64> = own.filter_map(|(_, point)| figure(point)).filter(|x| x.is_finite()).collect();
        if values.len() < FEWEST {
            return None;
        }
        Some((quantile(&values, 0.025)?, quantile(&values, 0.975)?))
    }

    /// Points of the hypercube.
    pub(super) fn points(&self) -> usize {
        let first = self.points.first().map(|(name, _)| name);
        self.points.iter().filter(|(name, _)| Some(name) == first).count()
    }

    /// What the last line of a chart says of it.
    pub(super) fn footer(&self) -> String {
        format!(
            " Pale bands, and brackets in the title: the middle 95\u{a0}% of {} points over the assumed constants \
             (goodwill, its worth, word, livelihood, gratitude, courtesy), one market each, where that is wider.",
            self.points()
        )
    }
}

/// Quotient of two columns of a point, where the second is above 0.
pub(super) fn quotient(of: Option<f64>, per: Option<f64>) -> Option<f64> {
    of.zip(per).filter(|&(_, per)| per > 0.0).map(|(of, per)| of / per)
}

/// An estimate with the wider interval: over replications, and over assumptions where there is one.
pub(super) fn wider(estimate: Estimate, assumed: Option<(f64, f64)>) -> Estimate {
    let Some((low, high)) = assumed else { return estimate };
    let (least, most) = estimate.interval.unwrap_or((estimate.value, estimate.value));
    Estimate { interval: Some((least.min(low), most.max(high))), ..estimate }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_divided_by_nothing() {
        assert_eq!(quotient(Some(3.0), Some(2.0)), Some(1.5));
        let none = [(Some(3.0), Some(0.0)), (Some(3.0), None), (None, Some(2.0))];
        assert_eq!(none.map(|(of, per)| quotient(of, per)), [None; 3]);
    }
}
