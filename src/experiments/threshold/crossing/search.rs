//! The search for crossings: a coarse grid for every curve first, then a fixed number of rounds of points inside the
//! gaps in which something crosses zero, and a last one with a point at each crossing.
//!
//! What is tried in a round depends on the finished rounds alone, never on threads or on the order in which points were
//! finished.

use super::{Curve, rough};

/// Rounds after the coarse grid that look into gaps; one more looks at the crossings themselves.
pub const ROUNDS: usize = 2;
/// Points that such a round adds inside the gap of a crossing.
pub const ADDED: usize = 3;
/// Crossings of one number that are looked at more closely; further ones are found on the grid alone.
const MOST: usize = 4;

/// What the replications had at one point: numbers that may cross zero, by criterion, then by replication; `None` where a
/// replication has no such number.
pub type Values = Vec<Vec<Option<f64>>>;

/// Tries points, each given by its family and place, and gives their values in the same order; or says why it cannot.
pub type Try<'a, E> = dyn FnMut(&[(usize, f64)]) -> Result<Vec<Values>, E> + 'a;

/// A point that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// Where on the way through the range, in [0, 1].
    pub place: f64,
    /// The round that it was tried in; 0 is the coarse grid.
    pub round: usize,
    /// What came out.
    pub values: Values,
}

/// The curve of one criterion; `None` without a replication that has it everywhere.
#[must_use]
pub fn curve(tried: &[Tried], criterion: usize) -> Option<Curve> {
    let has = |t: &&Tried| criterion < t.values.len();
    Curve::new(tried.iter().filter(has).map(|t| (t.place, t.values[criterion].as_slice())).collect())
}

/// Tries points on some families of curves, and more where they cross zero.
///
/// - `families`: how many; the points of one do not depend on the others
/// - `grid`: the coarse grid of each, ascending
/// - `seed`: of the resamples that tell where something crosses zero
/// - `snap`: the nearest place that can be tried, where only some can; none for one that cannot
/// - `try_points`: called once a round, not at all in a round without points
///
/// Shape: for each family what was tried, in the order in which it was.
///
/// # Errors
/// Those of `try_points`.
pub fn search<E>(
    families: usize,
    grid: &[f64],
    seed: u64,
    snap: &dyn Fn(usize, f64) -> Option<f64>,
    try_points: &mut Try<'_, E>,
) -> Result<Vec<Vec<Tried>>, E> {
    let mut tried: Vec<Vec<Tried>> = vec![Vec::new(); families];
    for round in 0..=ROUNDS + 1 {
        let place = |family: usize| {
            let places = match round {
                0 => grid.to_vec(),
                1..=ROUNDS => next(&tried[family], seed, gap, |at| snap(family, at)),
                _ => next(&tried[family], seed, |at, _| vec![at], |at| snap(family, at)),
            };
            places.into_iter().map(move |place| (family, place))
        };
        let points: Vec<(usize, f64)> = (0..families).flat_map(place).collect();
        if points.is_empty() {
            continue;
        }
        for (&(family, place), values) in points.iter().zip(try_points(&points)?) {
            tried[family].push(Tried { place, round, values });
        }
    }
    Ok(tried)
}

/// Places equally spaced inside the gap of a crossing.
fn gap(_: f64, (from, to): (f64, f64)) -> Vec<f64> {
    (1..=ADDED).map(|part| from + (to - from) * part as f64 / (ADDED + 1) as f64).collect()
}

/// Places to try next, ascending.
///
/// - `wanted`: of a crossing and the ends of the gap that it lies in
fn next(
    tried: &[Tried],
    seed: u64,
    wanted: impl Fn(f64, (f64, f64)) -> Vec<f64>,
    snap: impl Fn(f64) -> Option<f64>,
) -> Vec<f64> {
    let mut places: Vec<f64> = tried.iter().map(|t| t.place).collect();
    places.sort_by(f64::total_cmp);
    let criteria = tried.iter().map(|t| t.values.len()).max().unwrap_or(0);
    let crossings = (0..criteria).filter_map(|criterion| curve(tried, criterion));
    let crossings = crossings.flat_map(|curve| rough(&curve, seed).into_iter().take(MOST));
    let mut added: Vec<f64> = Vec::new();
    for crossing in crossings {
        let right = places.partition_point(|&place| place <= crossing).clamp(1, places.len() - 1);
        for place in wanted(crossing, (places[right - 1], places[right])) {
            let is_new = |place: &f64| !places.iter().chain(&added).any(|known| is_same(*known, *place));
            added.extend(snap(place).filter(is_new));
        }
    }
    added.sort_by(f64::total_cmp);
    added
}

/// Places closer than a billionth of the range are the same.
fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}
