//! Introducers: what each expects of asking.

use crate::scenario::Scenario;

/// The table of introducers; a seller is an introducer with a low row number.
#[derive(Clone, Debug, Default)]
pub struct Introducers {
    /// Running share of his organic requests that were met.
    pub acceptance: Vec<f64>,
    /// Organic requests he made this week, and how many of them were met.
    pub asked_for: Vec<(u32, u32)>,
}

impl Introducers {
    /// Introducers of a scenario.
    #[must_use]
    pub(super) fn build(scenario: &Scenario) -> Self {
        let n = scenario.introducers.count as usize;
        Self { acceptance: vec![scenario.introducers.opening_acceptance; n], asked_for: vec![(0, 0); n] }
    }

    /// Number of introducers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.acceptance.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.acceptance.is_empty()
    }
}
