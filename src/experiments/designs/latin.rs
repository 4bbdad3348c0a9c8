//! Latin hypercube: as many strata in each dimension as there are points, and one point in each.

use super::{BELOW_ONE, Luck, Part};
use crate::ids::row;

/// Points of a Latin hypercube in [0, 1): in each dimension one point per stratum of width 1/`points`, strata in
/// drawn order, at a drawn place within the stratum.
///
/// Shape: `points` rows of `dims` coordinates.
/// Source: McKay, Beckman and Conover (1979), "A comparison of three methods for selecting values of input variables",
/// Technometrics 21, 239–245.
#[must_use]
pub fn latin(points: usize, dims: usize, seed: u64) -> Vec<Vec<f64>> {
    let luck = Luck::new(seed);
    let mut rows = vec![Vec::with_capacity(dims); points];
    let n = f64::from(row(points));
    for dim in 0..dims {
        let mut order: Vec<usize> = (0..points).collect();
        // Equal ranks, should they ever come, keep the order of the points.
        order.sort_by_key(|&point| luck.at(Part::LatinOrder, dim, row(point)).rank());
        for (stratum, point) in order.into_iter().enumerate() {
            let place = luck.at(Part::LatinPlace, dim, row(point)).uniform();
            rows[point].push(((f64::from(row(stratum)) + place) / n).min(BELOW_ONE));
        }
    }
    rows
}
