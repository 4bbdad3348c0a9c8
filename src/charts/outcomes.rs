//! Columns of outcomes.csv by scenario and replication, and pooled ratios of them.

use crate::experiments::outcomes::Metric;
use crate::output::tables::{Finished as _, Outcome};
use crate::output::{Measured, OutputError};
use crate::stats::{Estimate, ratio_of_sums};

use super::data::{Facts, LEVEL, Owners};
use super::source::Source;

/// The table with whose rows are whose; replications that failed have rows of empty cells.
pub(super) struct Outcomes {
    pub(super) facts: Facts,
    table: Measured<Outcome>,
    owners: Owners,
}

/// The values of one column: of each scenario, by replication.
pub(super) type Values = Vec<Vec<Option<f64>>>;

impl Outcomes {
    pub(super) fn read(source: &Source) -> Result<Self, OutputError> {
        let table = source.measured::<Outcome>()?;
        let (facts, owners) = Facts::of(source, &table.rows)?;
        Ok(Self { facts, table, owners })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.table.rows.is_empty()
    }

    /// An outcome; nothing but `None` where the table, written by an older program, does not have it.
    pub(super) fn of(&mut self, metric: Metric) -> Result<Values, OutputError> {
        let cells = self.facts.finite(self.table.numbers(metric)?);
        let mut values = vec![vec![None; self.facts.replications.len()]; self.facts.scenarios.len()];
        for (&(scenario, replication), cell) in self.owners.iter().zip(cells) {
            values[scenario][replication] = cell;
        }
        Ok(values)
    }

    /// On which labour market each scenario opens.
    pub(super) fn openings(&self) -> Openings {
        let mut hashes = vec![vec![None; self.facts.replications.len()]; self.facts.scenarios.len()];
        for (&(scenario, replication), row) in self.owners.iter().zip(&self.table.rows) {
            let hash = row.finished().ok().filter(|hash| !hash.is_empty());
            hashes[scenario][replication] = hash.map(str::to_owned);
        }
        Openings(hashes)
    }

    /// Several outcomes.
    pub(super) fn of_each<const N: usize>(
        &mut self,
        metrics: [Metric; N],
    ) -> Result<Vec<Values>, OutputError> {
        metrics.into_iter().map(|metric| self.of(metric)).collect()
    }
}

/// Hashes of openings, of each scenario by replication; none where an older program did not write it.
pub(super) struct Openings(Vec<Vec<Option<String>>>);

impl Openings {
    /// Whether two scenarios open on the same labour market in every replication that both have, as far as is known.
    pub(super) fn are_alike(&self, one: usize, other: usize) -> bool {
        let both = self.0[one].iter().zip(&self.0[other]).filter_map(|(a, b)| a.as_ref().zip(b.as_ref()));
        both.fold(true, |alike, (a, b)| alike && a == b)
    }
}

/// Sum of all values that there are.
pub(super) fn total(values: &[Option<f64>]) -> f64 {
    values.iter().flatten().sum()
}

/// Pooled ratio of two columns of one scenario, over the replications that have both.
pub(super) fn ratio(of: &[Option<f64>], per: &[Option<f64>]) -> Option<Estimate> {
    let pairs: Vec<(f64, f64)> = of.iter().zip(per).filter_map(|(a, b)| a.zip(*b)).collect();
    ratio_of_sums(&pairs, LEVEL)
}

/// Values of two columns added; `None` where both are, and an absent one counts nothing.
pub(super) fn plus(a: &[Option<f64>], b: &[Option<f64>]) -> Vec<Option<f64>> {
    a.iter().zip(b).map(|(a, b)| a.zip(*b).map(|(a, b)| a + b).or(*a).or(*b)).collect()
}
