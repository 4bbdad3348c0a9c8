//! Designs: which points of the unit cube an experiment tries, before anybody says what a coordinate means.
//!
//! Pure functions: the same arguments give the same points on every machine and any number of threads. What is random
//! in them is drawn at addresses of [`Purpose::Design`], under a replication number that no market uses, so a design
//! and the markets that it tries never share a draw. The week of an address says which part of which design it is.

mod directions;
mod latin;
mod one_at_a_time;
mod sobol;

pub use latin::latin;
pub use one_at_a_time::{Block, Trajectory, blocks, trajectories};
pub use sobol::{MOST_SOBOL_DIMENSIONS, sobol, sobol_unscrambled};

use crate::streams::{Draw, Draws, Purpose, Sequence};

/// Every combination of levels, as positions: `levels` says how many each factor has, the first factor varies slowest.
///
/// Shape: as many rows as the product of the levels, each as long as `levels`.
/// Limits: no factors give one empty row; a factor without levels gives none.
#[must_use]
pub fn grid(levels: &[usize]) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new()];
    for &n in levels {
        let longer = |row: &Vec<usize>| {
            let row = row.clone();
            (0..n).map(move |level| row.iter().copied().chain([level]).collect::<Vec<_>>())
        };
        rows = rows.iter().flat_map(longer).collect();
    }
    rows
}

/// A sequence of numbers for drawing results again, as the bootstrap does; one for each pair of numbers.
pub(crate) fn resampling(seed: u64, one: usize, other: usize) -> Sequence {
    Luck::new(seed).at(Part::Resampling, one, crate::ids::row(other)).generator()
}

/// Independent uniform numbers in [0, 1), one for each pair of numbers.
pub(crate) fn independent(seed: u64, one: usize, other: usize) -> f64 {
    Luck::new(seed).at(Part::Independent, one, crate::ids::row(other)).uniform()
}

/// Parts of designs: the week of their addresses. A number is never used again for anything else; 2 belongs to the
/// rounds of a fit.
#[derive(Clone, Copy)]
enum Part {
    LatinOrder = 0,
    LatinPlace = 1,
    SobolFlip = 3,
    SobolPlace = 4,
    TrajectoryStart = 5,
    TrajectoryOrder = 6,
    TrajectorySign = 7,
    Resampling = 8,
    Independent = 9,
}

/// The luck of designs under a seed.
#[derive(Clone, Copy)]
struct Luck(Draws);

impl Luck {
    fn new(seed: u64) -> Self {
        Self(Draws::new(seed, u32::MAX))
    }

    fn at(self, part: Part, one: usize, other: u32) -> Draw {
        self.0.at(Purpose::Design, part as u32, crate::ids::row(one), other)
    }
}

/// The largest number below 1.
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

#[cfg(test)]
mod tests;
