//! Sobol' sequence: points that fill the unit cube more evenly than chance, scrambled so that chance can be measured.

use super::directions::JOE_KUO;
use super::{BELOW_ONE, Luck, Part, latin};
use crate::ids::row;

/// The most dimensions of a Sobol' sequence; see [`sobol`] for what happens beyond.
pub const MOST_SOBOL_DIMENSIONS: usize = JOE_KUO.len() + 1;

/// Binary digits of a coordinate that the sequence decides; digits below them are drawn.
const DIGITS: usize = 32;

/// The first `points` points of a scrambled Sobol' sequence in [0, 1).
///
/// Owen's nested uniform scrambling: each binary digit is turned by a coin that depends on the dimension and on the
/// digits above it, so every point is uniform in the cube by itself, while all together stay as even as the plain
/// sequence. A power of two points is best; other numbers are allowed and less even.
///
/// - `seed`: decides the coins; the points of another number of points, or of fewer dimensions, begin alike
///
/// Shape: `points` rows of `dims` coordinates. Dimensions beyond [`MOST_SOBOL_DIMENSIONS`] are those of a Latin
/// hypercube, which is even in each of them alone.
/// Source: Sobol' (1967); Joe and Kuo (2008) for the direction numbers; Owen (1995), "Randomly permuted (t,m,s)-nets
/// and (t,s)-sequences", for the scrambling.
#[must_use]
pub fn sobol(points: usize, dims: usize, seed: u64) -> Vec<Vec<f64>> {
    let luck = Luck::new(seed);
    let mut rows = vec![Vec::with_capacity(dims); points];
    for dim in 0..dims.min(MOST_SOBOL_DIMENSIONS) {
        for (point, digits) in sequence(dim, points).enumerate() {
            let scrambled = scramble(luck, dim, digits);
            let place = luck.at(Part::SobolPlace, dim, digits).uniform();
            rows[point].push(((f64::from(scrambled) + place) / CELLS).min(BELOW_ONE));
        }
    }
    if dims > MOST_SOBOL_DIMENSIONS {
        for (own, more) in rows.iter_mut().zip(latin(points, dims, seed)) {
            own.extend(&more[MOST_SOBOL_DIMENSIONS..]);
        }
    }
    rows
}

/// The first `points` points of the plain Sobol' sequence, from the origin on, in the order of the Gray code.
///
/// Shape: `points` rows of `dims` coordinates, `dims` cut to [`MOST_SOBOL_DIMENSIONS`].
/// Source: Antonov and Saleev (1979) for the order; Joe and Kuo (2008) for the direction numbers.
#[must_use]
pub fn sobol_unscrambled(points: usize, dims: usize) -> Vec<Vec<f64>> {
    let mut rows = vec![Vec::with_capacity(dims); points];
    for dim in 0..dims.min(MOST_SOBOL_DIMENSIONS) {
        for (row, digits) in rows.iter_mut().zip(sequence(dim, points)) {
            row.push(f64::from(digits) / CELLS);
        }
    }
    rows
}

/// 2³²: the cells that [`DIGITS`] binary digits tell apart.
const CELLS: f64 = 4_294_967_296.0;

/// One dimension of the sequence, as binary fractions of 32 digits.
fn sequence(dim: usize, points: usize) -> impl Iterator<Item = u32> {
    let directions = directions(dim);
    let mut digits = 0;
    (0..row(points)).map(move |point| {
        if point > 0 {
            // The Gray codes of a number and the next differ in one digit: where the lowest 1 of the next stands.
            digits ^= directions[point.trailing_zeros() as usize];
        }
        digits
    })
}

/// Direction numbers of a dimension, as binary fractions.
fn directions(dim: usize) -> [u32; DIGITS] {
    let mut v = [0_u32; DIGITS];
    if dim == 0 {
        for (k, v) in v.iter_mut().enumerate() {
            *v = 1 << (DIGITS - 1 - k);
        }
        return v;
    }
    let (polynomial, start) = JOE_KUO[dim - 1];
    let degree = start.len();
    for k in 0..DIGITS {
        if k < degree {
            v[k] = start[k] << (DIGITS - 1 - k);
            continue;
        }
        v[k] = v[k - degree] ^ (v[k - degree] >> degree);
        for i in 1..degree {
            if polynomial >> (degree - i) & 1 == 1 {
                v[k] ^= v[k - i];
            }
        }
    }
    v
}

/// Turns each digit by the coin of the digits above it; their tree is numbered as a heap, the root 1.
fn scramble(luck: Luck, dim: usize, digits: u32) -> u32 {
    let turned = |level: u32| {
        let above = if level == 0 { 0 } else { digits >> (32 - level) };
        let coin = luck.at(Part::SobolFlip, dim, 1 << level | above).rank() >> 63;
        u32::from(coin == 1) << (31 - level)
    };
    (0..32).fold(digits, |scrambled, level| scrambled ^ turned(level))
}
