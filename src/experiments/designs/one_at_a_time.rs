//! Designs that move one coordinate at a time, so that its effect can be told from those of the others.

use super::{Luck, Part, sobol};
use crate::ids::row;

/// A path through the unit cube on which each coordinate moves once.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// One point more than there are coordinates; each differs from the one before in one coordinate.
    pub points: Vec<Vec<f64>>,
    /// Which coordinate moves from each point to the next.
    pub moved: Vec<usize>,
}

/// Morris's trajectories on a grid of `levels` levels from 0 to 1.
///
/// Each coordinate starts at a drawn level and moves, in drawn order, up or down by
/// levels/(2 (levels − 1)), which for an even number of levels makes every level equally likely.
///
/// - `levels`: even, 4 as in the sources unless there is a reason; raised to the next even number, at least 2
///
/// Shape: `n` trajectories of `dims` + 1 points.
/// Source: Morris (1991), "Factorial sampling plans for preliminary computational experiments", Technometrics 33,
/// 161–174.
#[must_use]
pub fn trajectories(n: usize, dims: usize, levels: u32, seed: u64) -> Vec<Trajectory> {
    let luck = Luck::new(seed);
    let levels = levels.max(2).next_multiple_of(2);
    (0..n).map(|number| trajectory(luck, row(number), dims, levels)).collect()
}

fn trajectory(luck: Luck, number: u32, dims: usize, levels: u32) -> Trajectory {
    let level = |at: u32| f64::from(at) / f64::from(levels - 1);
    let half = levels / 2;
    // The lower end of each coordinate's move; the upper end is half of the levels above it.
    let lower: Vec<u32> = (0..dims)
        .map(|dim| crate::streams::below(luck.at(Part::TrajectoryStart, dim, number).rank(), half))
        .collect();
    let rises: Vec<bool> = (0..dims).map(|dim| luck.at(Part::TrajectorySign, dim, number).yes(0.5)).collect();
    let mut moved: Vec<usize> = (0..dims).collect();
    moved.sort_by_key(|&dim| luck.at(Part::TrajectoryOrder, dim, number).rank());
    let end = |dim: usize, is_upper: bool| level(lower[dim] + if is_upper { half } else { 0 });
    let mut points = vec![(0..dims).map(|dim| end(dim, !rises[dim])).collect::<Vec<f64>>()];
    for &dim in &moved {
        let mut next = points[points.len() - 1].clone();
        next[dim] = end(dim, rises[dim]);
        points.push(next);
    }
    Trajectory { points, moved }
}

/// Points around one base point, from which first-order and total indices are estimated.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The base point.
    pub a: Vec<f64>,
    /// Another, independent of it.
    pub b: Vec<f64>,
    /// For each coordinate, the base point with that coordinate taken from the other.
    pub mixed: Vec<Vec<f64>>,
}

/// The radial design of Saltelli and others: base points from a scrambled Sobol' sequence of twice as many dimensions.
///
/// Shape: `n` blocks of `dims` + 2 points; `n` is best a power of two.
/// Source: Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), "Variance based sensitivity analysis of
/// model output", Computer Physics Communications 181, 259–270.
#[must_use]
pub fn blocks(n: usize, dims: usize, seed: u64) -> Vec<Block> {
    let block = |both: Vec<f64>| {
        let (a, b) = (both[..dims].to_vec(), both[dims..].to_vec());
        let mixed = |dim: usize| {
            let mut point = a.clone();
            point[dim] = b[dim];
            point
        };
        Block { mixed: (0..dims).map(mixed).collect(), a, b }
    };
    sobol(n, 2 * dims, seed).into_iter().map(block).collect()
}
