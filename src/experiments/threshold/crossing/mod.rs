//! Crossings: where a curve that is known with noise at some points goes through zero, and how well that is known.
//!
//! A curve is the mean over replications of a number that each replication has at every point tried. Between points it
//! is a local straight line. A crossing is reported where the curve is surely on one side of zero somewhere and surely
//! on the other side somewhere else: in all but a few of the samples that are drawn again from the replications.
//! Wiggles in between that noise explains are one crossing. Its interval comes from drawing the replications again
//! ([`find`]). Which points are tried is decided in rounds ([`search()`]).

pub mod search;
mod smooth;
mod stretches;

pub use search::{Tried, search};

use crate::maths;
use crate::stats::{Moments, quantile_of_sorted, t_quantile};
use crate::streams::{Draws, Purpose};
use rand_distr::{Distribution, Uniform};
use smooth::Mesh;
use stretches::{Stretch, stretches};

/// Coverage of the intervals.
pub const LEVEL: f64 = 0.95;
/// Times that the replications are drawn again.
const RESAMPLES: u32 = 2_000;
/// Week of the addresses of those draws, under [`Purpose::Design`]; no other part of a design has this number.
const RESAMPLING: u32 = 100;
/// Below this many resamples with the crossing, the 2.5 % tail is a guess.
const FEWEST: usize = 20;
/// Below this many replications there are too few to draw again from: no interval.
pub const FEWEST_REPLICATIONS: usize = 8;

/// What every replication had at every point tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Where the points lie on the way through the range, ascending, in [0, 1], no two alike.
    places: Vec<f64>,
    /// Values by replication, then by point.
    values: Vec<Vec<f64>>,
    /// The widest gap between neighbours: how far a local line looks to either side.
    reach: f64,
}

/// A curve through zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Where, in [0, 1].
    pub place: f64,
    /// Whether the curve rises there.
    pub rises: bool,
    /// Ends of the interval; `None` below [`FEWEST_REPLICATIONS`], or where too few resamples have the crossing.
    pub interval: Option<(f64, f64)>,
    /// Share of resamples that do not have it.
    pub missing: f64,
}

/// The part of a range around its surest place in which a curve is shown to lie on one side of zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Its lower end, in [0, 1].
    pub from: f64,
    /// Its upper end.
    pub to: f64,
    /// Whether the curve lies above zero there, or on it.
    pub above: bool,
}

/// What a curve does over its range.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Crossings from left to right, rising and falling in turn.
    pub crossings: Vec<Crossing>,
    /// On which side of zero the whole curve surely lies; `None` where noise hides it, or if it crosses.
    pub above: Option<bool>,
    /// Where its side is shown all the same, if it neither crosses nor surely lies on one side; `None` if nowhere.
    pub part: Option<Part>,
    /// Replications behind it.
    pub replications: usize,
    /// Share of resamples whose curve stays on one side of zero all the way.
    pub whole: f64,
}

impl Curve {
    /// A curve from points in any order, each with its place and the values of the replications; a replication that
    /// misses a value somewhere is left out.
    ///
    /// None without points or without a whole replication.
    #[must_use]
    pub fn new(mut points: Vec<(f64, &[Option<f64>])>) -> Option<Self> {
        points.sort_by(|one, other| one.0.total_cmp(&other.0));
        let replications = points.iter().map(|(_, values)| values.len()).min()?;
        let whole = |r: usize| points.iter().map(|(_, values)| values[r]).collect::<Option<Vec<f64>>>();
        let values: Vec<Vec<f64>> = (0..replications).filter_map(whole).collect();
        let places: Vec<f64> = points.iter().map(|(place, _)| *place).collect();
        let reach = places.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f64::max);
        (!values.is_empty()).then_some(Self { places, values, reach })
    }

    /// Replications of the curve.
    #[must_use]
    pub fn replications(&self) -> usize {
        self.values.len()
    }

    /// The mean over replications of the local line at a place.
    #[must_use]
    pub fn at(&self, place: f64) -> f64 {
        let weights = smooth::weights(&self.places, self.reach, place);
        let one = |values: &Vec<f64>| smooth::weighted(&weights, values);
        self.values.iter().map(one).sum::<f64>() / self.values.len() as f64
    }
}

/// The smoothed curves of all replications, and what is sure of their mean.
struct Smoothed {
    mesh: Mesh,
    replications: usize,
    stretches: Vec<Stretch>,
    /// Crossings between neighbouring stretches, in steps of the mesh.
    steps: Vec<f64>,
    /// Means of the resamples.
    drawn: Vec<Vec<f64>>,
    /// Share of resamples whose mean stays on zero or above all the way, and of those that stay below.
    whole: [f64; 2],
    /// Step by step the share of resamples on zero or above, and the share on the other side up to which a side is sure.
    above: Vec<f64>,
    tail: f64,
}

impl Smoothed {
    fn of(curve: &Curve, seed: u64) -> Self {
        let mesh = Mesh::new(&curve.places, curve.reach);
        let replications: Vec<Vec<f64>> = curve.values.iter().map(|values| mesh.smooth(values)).collect();
        let n = replications.len();
        let mean = mean_of(&replications, 0..n, mesh.len());
        let mut above = vec![0_u32; mesh.len()];
        let mut whole = [0_u32; 2];
        // A line through means is the mean of lines: there are fewer points than steps, so means are taken first.
        let points = curve.places.len();
        let mean_of_resample =
            |resample: Vec<usize>| mesh.smooth(&mean_of(&curve.values, resample.into_iter(), points));
        let drawn: Vec<Vec<f64>> = resamples(n, seed).map(mean_of_resample).collect();
        for mean in &drawn {
            above.iter_mut().zip(mean).for_each(|(count, &value)| *count += u32::from(value >= 0.0));
            whole[0] += u32::from(mean.iter().all(|&value| value >= 0.0));
            whole[1] += u32::from(mean.iter().all(|&value| value < 0.0));
        }
        let share = |count: u32| f64::from(count) / f64::from(RESAMPLES);
        // The surest of as many steps as local lines fit into the range side by side is chosen, so each is judged at a
        // level so much stricter (Bonferroni): a curve of noise alone has a sure step once in twenty times.
        let looks = if curve.reach > 0.0 { (1.0 / curve.reach).round() + 1.0 } else { 1.0 };
        let above: Vec<f64> = above.into_iter().map(share).collect();
        let tail = tail(n, looks).unwrap_or(0.0);
        let stretches = stretches(&mean, &errors(&replications), &above, tail);
        let between = |pair: &[Stretch]| {
            let window = pair[0].surest..=pair[1].surest;
            locate(&mean, window, pair[1].above).unwrap_or((pair[0].end + pair[1].start) as f64 / 2.0)
        };
        let steps = stretches.windows(2).map(between).collect();
        Self { mesh, replications: n, stretches, steps, drawn, whole: whole.map(share), above, tail }
    }

    /// The steps around the surest one of a curve without crossings at which its side is sure.
    fn part(&self) -> Option<Part> {
        let [only] = self.stretches.as_slice() else { return None };
        if !only.is_sure || self.replications < 2 {
            return None;
        }
        let is_sure = |step: usize| {
            let above = self.above[step];
            (if only.above { 1.0 - above } else { above }) <= self.tail
        };
        let from = (0..=only.surest).rev().take_while(|&step| is_sure(step)).last()?;
        let to = (only.surest..self.above.len()).take_while(|&step| is_sure(step)).last()?;
        let place = |step: usize| self.mesh.place(step as f64);
        (from < to).then(|| Part { from: place(from), to: place(to), above: only.above })
    }
}

/// Standard errors of the mean, step by step; 0 for one replication.
fn errors(replications: &[Vec<f64>]) -> Vec<f64> {
    let steps = replications.first().map_or(0, Vec::len);
    let of_step = |step: usize| {
        let values: Vec<f64> = replications.iter().map(|values| values[step]).collect();
        Moments::of(&values).standard_error().unwrap_or(0.0)
    };
    (0..steps).map(of_step).collect()
}

/// Where the curve crosses zero, without intervals: what a round of the search goes by.
#[must_use]
pub fn rough(curve: &Curve, seed: u64) -> Vec<f64> {
    let smoothed = Smoothed::of(curve, seed);
    smoothed.steps.iter().map(|&step| smoothed.mesh.place(step)).collect()
}

/// Where the curve crosses zero, with an interval for each crossing.
///
/// Replications are drawn with replacement, all points of one together, and each time the crossing is sought again
/// between its neighbours. The interval is the expanded percentile interval: percentiles so far out that for a mean the
/// interval would be as wide as Student's t makes it. Source: Hesterberg (2015), *The American Statistician* 69(4),
/// section 3.4.
///
/// - `seed`: decides the resamples; the same for all curves of an experiment
///
/// Limits: few replications give crossings without intervals, and of one noise cannot be told from signal.
#[must_use]
pub fn find(curve: &Curve, seed: u64) -> Found {
    let smoothed = Smoothed::of(curve, seed);
    let n = smoothed.replications;
    let [above, below] = smoothed.whole.map(|share| n > 1 && share >= LEVEL);
    let steps = &smoothed.steps;
    let last = smoothed.mesh.len() - 1;
    // Each crossing is sought between its neighbours; these are steps of the mesh, so they are whole and small.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the last step"
    )]
    let window = |k: usize| {
        let from = if k == 0 { 0 } else { steps[k - 1] as usize };
        let to = steps.get(k + 1).map_or(last, |&step| (step.ceil() as usize).min(last));
        from..=to
    };
    let mut drawn: Vec<Vec<f64>> = vec![Vec::new(); steps.len()];
    for mean in &smoothed.drawn {
        for (k, found) in drawn.iter_mut().enumerate() {
            found.extend(locate(mean, window(k), smoothed.stretches[k + 1].above));
        }
    }
    let crossing = |(k, mut found): (usize, Vec<f64>)| {
        found.sort_by(f64::total_cmp);
        let tail = tail(n, 1.0);
        let end = |p: f64| quantile_of_sorted(&found, p).map(|step| smoothed.mesh.place(step));
        let interval = tail.and_then(|tail| end(tail).zip(end(1.0 - tail)));
        Crossing {
            place: smoothed.mesh.place(steps[k]),
            rises: smoothed.stretches[k + 1].above,
            interval: interval.filter(|_| n >= FEWEST_REPLICATIONS && found.len() >= FEWEST),
            missing: f64::from(RESAMPLES - crate::ids::row(found.len())) / f64::from(RESAMPLES),
        }
    };
    Found {
        crossings: drawn.into_iter().enumerate().map(crossing).collect(),
        above: (above || below).then_some(above),
        part: smoothed.part().filter(|_| !above && !below),
        replications: n,
        whole: smoothed.whole.iter().sum(),
    }
}

/// The tail of an expanded percentile interval: Φ(−√(n/(n − 1)) t), of one that is right for so many looks together;
/// none below two replications.
fn tail(n: usize, looks: f64) -> Option<f64> {
    let less = n.checked_sub(1).filter(|&less| less > 0)? as f64;
    let t = t_quantile(1.0 - (1.0 - LEVEL) / (2.0 * looks), less)?;
    Some(maths::normal_below(-(n as f64 / less).sqrt() * t))
}

/// Samples of n replications with replacement, each as a list of their numbers.
fn resamples(n: usize, seed: u64) -> impl Iterator<Item = Vec<usize>> {
    let draws = Draws::new(seed, u32::MAX);
    let one = Uniform::new(0, n.max(1)).expect("at least one");
    (0..RESAMPLES).map(move |resample| {
        let draw = draws.at(Purpose::Design, RESAMPLING, resample, 0);
        one.sample_iter(draw.generator()).take(n).collect()
    })
}

/// The mean of some of the curves, step by step.
fn mean_of(curves: &[Vec<f64>], some: impl ExactSizeIterator<Item = usize>, steps: usize) -> Vec<f64> {
    let n = some.len() as f64;
    let mut sum = vec![0.0; steps];
    for number in some {
        for (total, value) in sum.iter_mut().zip(&curves[number]) {
            *total += value;
        }
    }
    sum.iter().map(|total| total / n).collect()
}

/// The step in a window at which a curve crosses zero in one direction; `None` if it does not.
///
/// Of several such crossings, the one with the most area on its right side: for a rising curve the place where its
/// integral from the window's start is least. If that is at an end of the window, the curve is better described as not
/// crossing there at all.
fn locate(mean: &[f64], window: std::ops::RangeInclusive<usize>, rises: bool) -> Option<f64> {
    let start = *window.start();
    let sign = if rises { 1.0 } else { -1.0 };
    let (mut area, mut least, mut place) = (0.0_f64, 0.0_f64, None);
    for (step, pair) in mean[window].windows(2).enumerate() {
        let (a, b) = (sign * pair[0], sign * pair[1]);
        if a < 0.0 && b >= 0.0 {
            let part = a / (a - b);
            let here = area + 0.5 * part * a;
            if here < least {
                (least, place) = (here, Some((start + step) as f64 + part));
            }
        }
        area += 0.5 * (a + b);
    }
    place.filter(|_| least <= area)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of eight replications t with seven degrees of freedom is 2.3646 for one look and 2.8412 for two: Φ(−√(8/7)·2.3646) and
    /// Φ(−√(8/7)·2.8412), from tables.
    #[test]
    fn tails_are_wider_than_those_of_percentiles_and_shrink_with_looks() {
        let near = |found: Option<f64>, expected: f64| (found.unwrap() - expected).abs() < 2e-5;
        assert!(near(tail(8, 1.0), 0.005_737), "{:?}", tail(8, 1.0));
        assert!(near(tail(8, 2.0), 0.001_194), "{:?}", tail(8, 2.0));
        assert_eq!([tail(0, 1.0), tail(1, 1.0)], [None, None]);
    }
}
