//! Knobs that move nothing: along which every row of a grid is the same.

use std::collections::BTreeMap;

use super::plan::Sweep;

/// Looks for knobs that move nothing, row by row.
#[derive(Debug)]
pub struct Inert {
    rows: BTreeMap<(usize, u32), [u8; 32]>,
}

impl Inert {
    /// Nothing seen yet.
    #[must_use]
    pub fn new() -> Self {
        Self { rows: BTreeMap::new() }
    }

    /// Sees the outcomes of a point, as text.
    pub fn see(&mut self, cell: usize, replication: u32, outcomes: &str) {
        self.rows.insert((cell, replication), *blake3::hash(outcomes.as_bytes()).as_bytes());
    }

    /// Names of the knobs along which nothing differs: cells that differ in that knob alone have equal outcomes on equal
    /// luck. A knob that no two cells differ in alone, as in a design drawn from ranges, cannot be judged.
    #[must_use]
    pub fn idle<'a>(&self, sweep: &'a Sweep) -> Vec<&'a str> {
        let is_idle = |position: usize| {
            let mut lines: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
            for (number, cell) in sweep.cells.iter().enumerate() {
                let others = cell.iter().enumerate().filter(|(other, _)| *other != position);
                lines.entry(others.map(|(_, value)| value.as_str()).collect()).or_default().push(number);
            }
            let mut compared = false;
            for cells in lines.values().filter(|cells| cells.len() > 1) {
                for replication in 0..sweep.replications() {
                    let first = self.rows.get(&(cells[0], replication));
                    if cells.iter().any(|&cell| self.rows.get(&(cell, replication)) != first) {
                        return false;
                    }
                    compared = true;
                }
            }
            compared
        };
        (0..sweep.axes.len())
            .filter(|&axis| is_idle(axis))
            .map(|axis| sweep.axes[axis].name.as_str())
            .collect()
    }
}

impl Default for Inert {
    fn default() -> Self {
        Self::new()
    }
}
