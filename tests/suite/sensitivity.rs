//! Sensitivity: indices against functions whose indices are known, luck told from effect, and the command itself.

mod command;

use std::f64::consts::PI;

use introsim::experiments::designs::{Block, blocks, trajectories};
use introsim::stats::{BasePoint, Elementary, VarianceShares, elementary_effects, variance_shares};
use introsim::streams::{Draws, Purpose, Sequence};

/// Resamples where only the value matters.
const FEW: usize = 20;

fn random(seed: u64) -> Sequence {
    Draws::new(seed, 0).at(Purpose::Design, 99, 0, 0).generator()
}

/// A standard normal number that belongs to a point and a replication.
fn luck(seed: u64, point: usize, replication: usize) -> f64 {
    Draws::new(seed, replication as u32).at(Purpose::Design, 98, point as u32, 0).normal()
}

/// Ishigami's function with a = 7 and b = 0.1, on the unit cube stretched to [−π, π]³.
#[allow(clippy::disallowed_methods, reason = "a test's own sine, to the last bit or not")]
fn ishigami(u: &[f64]) -> f64 {
    let x: Vec<f64> = u.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
    x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
}

/// Its variance, and shares of variance: (first, total) of each input (Saltelli and others 2010).
const VARIANCE: f64 = 13.844_587_94;
const EXACT: [(f64, f64); 3] =
    [(0.313_905_19, 0.557_588_86), (0.442_411_14, 0.442_411_14), (0.0, 0.243_683_66)];

/// Standard error of each estimate times √n, for independent points: computed from two million of them.
const SPREAD: [(f64, f64); 3] = [(1.00, 1.42), (0.88, 0.67), (0.92, 0.44)];

/// The indices of an input, from a function of the point and a luck of given size in every replication.
fn shares(
    points: &[Block],
    knob: usize,
    f: &dyn Fn(&[f64]) -> f64,
    (replications, size, seed): (usize, f64, u64),
    resamples: usize,
) -> Option<VarianceShares> {
    let runs = |number: usize, point: &[f64]| {
        let value = f(point);
        (0..replications)
            .map(|r| if size > 0.0 { value + size * luck(seed, number, r) } else { value })
            .collect::<Vec<_>>()
    };
    let base = |(number, block): (usize, &Block)| BasePoint {
        a: runs(3 * number, &block.a),
        b: runs(3 * number + 1, &block.b),
        mixed: runs(3 * number + 2, &block.mixed[knob]),
    };
    let points: Vec<BasePoint> = points.iter().enumerate().map(base).collect();
    variance_shares(&points, resamples, 0.95, &mut random(seed))
}

#[test]
fn the_indices_of_ishigamis_function_are_the_exact_ones() {
    const N: usize = 65_536;
    let points = blocks(N, 3, 1);
    for (knob, (exact, spread)) in EXACT.into_iter().zip(SPREAD).enumerate() {
        let found = shares(&points, knob, &ishigami, (1, 0.0, 1), FEW).unwrap();
        let ((first, total), (spread_first, spread_total)) = (exact, spread);
        // Standard errors at this n: at most 1.42/256 = 0.0055; a scrambled sequence is more exact than that.
        let se = |spread: f64| spread / (N as f64).sqrt();
        let close = |value: f64, exact: f64, spread: f64| (value - exact).abs() < 4.0 * se(spread);
        assert!(close(found.first.estimate.value, first, spread_first), "S1 of {knob}: {found:?}");
        assert!(close(found.total.estimate.value, total, spread_total), "ST of {knob}: {found:?}");
        // With one replication there is no luck to take out.
        assert!((found.first.plain - found.first.estimate.value).abs() < 1e-12);
        assert!((found.total.plain - found.total.estimate.value).abs() < 1e-12);
    }
}

#[test]
fn luck_is_taken_out_of_the_indices_and_stays_in_the_plain_ones() {
    // Luck of variance s² in each of R = 2 replications adds s²/R to half the mean square of a difference as to the
    // variance of a mean, and nothing to the covariance behind S₁: the plain indices are (S_T V + s²/R)/(V + s²/R) and
    // S₁ V/(V + s²/R). With s² = V these are (S_T + 1/2)/(3/2) and S₁/(3/2).
    // Twenty analyses of 1,024 base points each; the standard error of their mean is told by how they differ.
    let close = |values: &[f64], exact: f64| {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let se = (variance / n).sqrt();
        assert!(se < 0.025, "{se} is too large to tell 0.0 from 0.1");
        (mean - exact).abs() < 4.0 * se
    };
    for (knob, (first, total)) in EXACT.into_iter().enumerate() {
        let found: Vec<VarianceShares> = (0..20)
            .map(|seed| {
                let luck = (2, VARIANCE.sqrt(), seed);
                shares(&blocks(1024, 3, seed), knob, &ishigami, luck, FEW).unwrap()
            })
            .collect();
        let all = |of: fn(&VarianceShares) -> f64| found.iter().map(of).collect::<Vec<f64>>();
        assert!(close(&all(|f| f.first.estimate.value), first), "S1 of {knob}: {found:?}");
        assert!(close(&all(|f| f.total.estimate.value), total), "ST of {knob}: {found:?}");
        assert!(close(&all(|f| f.first.plain), first / 1.5), "plain S1 of {knob}: {found:?}");
        assert!(close(&all(|f| f.total.plain), (total + 0.5) / 1.5), "plain ST of {knob}: {found:?}");
    }
}

#[test]
fn intervals_of_indices_cover_the_truth_as_often_as_they_say() {
    // 200 samples of 256 independent base points: 95 %, less 4 standard errors of 1.5 % each.
    let (mut covered_first, mut covered_total) = (0, 0);
    for seed in 0..200 {
        let draw = |point: usize, dim: usize| {
            Draws::new(seed, 7).at(Purpose::Design, 97, dim as u32, point as u32).uniform()
        };
        let block = |point: usize| {
            let a: Vec<f64> = (0..3).map(|dim| draw(point, dim)).collect();
            let b: Vec<f64> = (3..6).map(|dim| draw(point, dim)).collect();
            let mixed = vec![vec![b[0], a[1], a[2]]];
            Block { a, b, mixed }
        };
        let points: Vec<Block> = (0..256).map(block).collect();
        let found = shares(&points, 0, &ishigami, (1, 0.0, seed), 200).unwrap();
        let covers =
            |interval: Option<(f64, f64)>, x: f64| interval.is_some_and(|(low, high)| low <= x && x <= high);
        covered_first += u32::from(covers(found.first.estimate.interval, EXACT[0].0));
        covered_total += u32::from(covers(found.total.estimate.interval, EXACT[0].1));
    }
    assert!(covered_first >= 178 && covered_total >= 178, "{covered_first}, {covered_total} of 200");
}

#[test]
fn an_input_without_effect_has_indices_of_exactly_zero() {
    let points = blocks(64, 3, 5);
    let without_third = |u: &[f64]| ishigami(&[u[0], u[1], 0.3]);
    let found = shares(&points, 2, &without_third, (1, 0.0, 1), 200).unwrap();
    for index in [found.first, found.total] {
        assert_eq!((index.estimate.value.to_bits(), index.plain.to_bits()), (0, 0));
        assert_eq!(index.estimate.interval, Some((0.0, 0.0)));
    }
}

#[test]
fn an_output_that_does_not_vary_has_no_indices() {
    let points = blocks(64, 2, 5);
    assert_eq!(shares(&points, 0, &|_| 0.1, (1, 0.0, 1), 200), None);
    assert_eq!(shares(&points, 0, &|_| 0.1, (3, 0.0, 1), 200), None);
    assert_eq!(shares(&points[..1], 0, &|u| u[0], (1, 0.0, 1), 200), None);
    assert_eq!(variance_shares(&[], 10, 0.95, &mut random(1)), None);
}

/// Effects of each input on Morris's trajectories, with luck of a given size at every point.
fn effects(
    f: &dyn Fn(&[f64]) -> f64,
    (n, dims): (usize, usize),
    (replications, size, seed): (usize, f64, u64),
) -> Vec<Vec<Vec<f64>>> {
    let mut found = vec![Vec::new(); dims];
    for (number, path) in trajectories(n, dims, 4, seed).iter().enumerate() {
        for (step, &knob) in path.moved.iter().enumerate() {
            let (before, after) = (&path.points[step], &path.points[step + 1]);
            let way = after[knob] - before[knob];
            let point = number * (dims + 1) + step;
            let run = |r: usize| {
                let noise =
                    if size > 0.0 { size * (luck(seed, point + 1, r) - luck(seed, point, r)) } else { 0.0 };
                (f(after) - f(before) + noise) / way
            };
            found[knob].push((0..replications).map(run).collect());
        }
    }
    found
}

fn elementary(effects: &[Vec<f64>], seed: u64) -> Elementary {
    elementary_effects(effects, 400, 0.95, &mut random(seed)).unwrap()
}

#[test]
fn the_effects_of_a_linear_function_are_its_slopes_without_spread() {
    let slopes = [3.0, -2.0, 0.5, 0.0];
    let linear = |u: &[f64]| 1.0 + slopes.iter().zip(u).map(|(slope, u)| slope * u).sum::<f64>();
    for replications in [1, 3] {
        for (knob, effects) in effects(&linear, (12, 4), (replications, 0.0, 1)).iter().enumerate() {
            let found = elementary(effects, 1);
            let slope: f64 = slopes[knob];
            for (index, exact) in [(found.mu_star, slope.abs()), (found.mu, slope), (found.sigma, 0.0)] {
                // Differences of numbers near 5 divided by 2/3: a few roundings of 1e-15 each, their root for σ.
                let tolerance = if exact == 0.0 { 1e-7 } else { 1e-13 };
                assert!((index.estimate.value - exact).abs() < tolerance, "{knob}: {found:?}");
                assert!((index.plain - exact).abs() < tolerance, "{knob}: {found:?}");
            }
            if knob == 3 {
                assert_eq!(found.mu_star.estimate.interval, Some((0.0, 0.0)));
            }
        }
    }
}

#[test]
fn the_effects_of_a_product_have_the_mean_and_the_spread_of_the_other_factor() {
    // The effect of the first factor is where the second stands: 0, 1/3, 2/3 or 1, equally often. Mean 1/2, variance
    // 5/36; with 2,000 trajectories the standard error of the mean is 0.0083, that of the spread
    // √(kurtosis − 1) · σ/(2 √n) = √0.64 · 0.3727/89 = 0.0033.
    for effects in &effects(&|u| u[0] * u[1], (2000, 2), (1, 0.0, 4)) {
        let found = elementary(effects, 4);
        assert!((found.mu_star.estimate.value - 0.5).abs() < 4.0 * 0.0083, "{found:?}");
        assert!((found.sigma.estimate.value - (5.0_f64 / 36.0).sqrt()).abs() < 4.0 * 0.0033, "{found:?}");
    }
}

#[test]
fn luck_alone_is_seldom_taken_for_an_effect() {
    // An output that is luck and nothing else, 500 analyses of 20 trajectories and 2 replications. The effects have
    // standard deviation √2/(2/3) = 2.1213, their means over two replications 1.5; so the plain μ* is
    // 1.5 √(2/π) = 1.1968 though there is no effect at all. One end of a 95 % interval is passed 2.5 % of the time,
    // here with a standard error of 0.7 %.
    let (mut taken, mut plain, mut value) = (0, 0.0, 0.0);
    for seed in 0..500 {
        let found = elementary(&effects(&|_| 0.0, (20, 1), (2, 1.0, seed))[0], seed);
        taken += u32::from(found.mu_star.estimate.interval.unwrap().0 > 0.0);
        plain += found.mu_star.plain / 500.0;
        value += found.mu_star.estimate.value / 500.0;
    }
    assert!(f64::from(taken) / 500.0 < 0.025 + 4.0 * 0.007, "{taken} of 500");
    // Standard deviation of one plain μ*: 1.5 √(1 − 2/π)/√20 = 0.202, of the mean of 500: 0.009.
    assert!((plain - 1.1968).abs() < 4.0 * 0.009, "{plain}");
    assert!(value.abs() < plain / 5.0, "{value} of {plain} is left");
}

#[test]
fn a_clear_effect_is_found_in_its_size_whatever_the_luck() {
    // A slope of 3 under the same luck. The plain μ* is the mean of |N(3, 1.5²)|: 3 (1 − 2Φ(−2)) + 1.5 √(2/π) e⁻²
    // = 2.8635 + 0.1620 = 3.0255; the other is 3. The standard error of a mean of 200 is 1.5/√(20 · 200) = 0.024.
    let (mut plain, mut value, mut found_it) = (0.0, 0.0, 0);
    for seed in 0..200 {
        let found = elementary(&effects(&|u| 3.0 * u[0], (20, 1), (2, 1.0, seed))[0], seed);
        plain += found.mu_star.plain / 200.0;
        value += found.mu_star.estimate.value / 200.0;
        found_it += u32::from(found.mu_star.estimate.interval.unwrap().0 > 0.0);
    }
    assert!((plain - 3.0255).abs() < 4.0 * 0.024, "{plain}");
    assert!((value - 3.0).abs() < 4.0 * 0.024, "{value}");
    assert!(found_it >= 195, "{found_it} of 200");
}

#[test]
fn one_trajectory_has_effects_without_intervals_and_none_has_nothing() {
    let one = elementary(&[vec![2.0, 4.0]], 1);
    assert_eq!((one.mu_star.estimate.n, one.mu_star.estimate.interval), (1, None));
    assert!((one.mu_star.estimate.value - 3.0).abs() < 1e-15 && (one.mu.estimate.value - 3.0).abs() < 1e-15);
    assert!(elementary_effects(&[], 10, 0.95, &mut random(1)).is_none());
    assert!(elementary_effects(&[vec![]], 10, 0.95, &mut random(1)).is_none());
}
