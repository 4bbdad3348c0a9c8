//! Values from outside: tables, textbooks, closed forms; and coverage of the intervals.

use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use rand_distr::{Distribution, Exp, Normal};

use super::*;

fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "found {found}, expected {expected} ± {tolerance}");
}

#[test]
fn welford_keeps_its_digits_far_from_zero() {
    // Chan, Golub and LeVeque's example: variance 30 at an offset of 1e9.
    let moments = Moments::of(&[1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0]);
    close(moments.mean().unwrap(), 1e9 + 10.0, 1e-6);
    close(moments.variance().unwrap(), 30.0, 1e-9);
}

#[test]
fn merged_parts_equal_the_whole() {
    let values: Vec<f64> = (0..100).map(|i| f64::from(i * i % 37)).collect();
    for cut in [0, 1, 50, 99, 100] {
        let mut left = Moments::of(&values[..cut]);
        left.merge(&Moments::of(&values[cut..]));
        let whole = Moments::of(&values);
        assert_eq!(left.n(), whole.n());
        close(left.mean().unwrap(), whole.mean().unwrap(), 1e-12);
        close(left.variance().unwrap(), whole.variance().unwrap(), 1e-10);
    }
}

#[test]
fn no_value_has_no_mean_and_one_value_no_variance() {
    assert_eq!(Moments::new().mean(), None);
    let one = Moments::of(&[3.0]);
    assert_eq!((one.mean(), one.variance(), one.standard_error()), (Some(3.0), None, None));
    assert_eq!(Moments::of(&[2.0; 5]).variance(), Some(0.0));
}

#[test]
fn quantiles_agree_with_r_type_7() {
    // R: quantile(c(1, 2, 3, 4, 10), c(.1, .25, .5, .9)) = 1.4, 2, 3, 7.6
    let values = [10.0, 1.0, 4.0, 2.0, 3.0];
    for (p, expected) in [(0.0, 1.0), (0.1, 1.4), (0.25, 2.0), (0.5, 3.0), (0.9, 7.6), (1.0, 10.0)] {
        close(quantile(&values, p).unwrap(), expected, 1e-12);
    }
    assert_eq!(median(&[]), None);
    assert_eq!(median(&[7.0]), Some(7.0));
    assert_eq!(median(&[1.0, f64::NAN]), None);
    assert_eq!(quantile(&values, 1.1), None);
}

#[test]
fn t_quantiles_agree_with_the_printed_table() {
    for (df, expected) in [
        (1.0, 12.706),
        (2.0, 4.303),
        (4.0, 2.776),
        (9.0, 2.262),
        (19.0, 2.093),
        (30.0, 2.042),
        (120.0, 1.980),
    ] {
        close(t_quantile(0.975, df).unwrap(), expected, 5e-4);
    }
    close(t_quantile(0.975, 1e6).unwrap(), 1.959_964, 1e-6);
    close(t_quantile(0.975, 99_999.0).unwrap(), 1.959_988, 1e-5);
    assert_eq!(t_quantile(0.975, 0.0), None);
    assert_eq!(t_quantile(1.0, 5.0), None);
}

#[test]
fn a_mean_has_the_interval_of_the_textbook() {
    // Mean 3, sd √2.5, n = 5: 3 ± 2.776445 · 0.7071068.
    let found = mean_interval(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95).unwrap();
    close(found.value, 3.0, 1e-12);
    close(found.low().unwrap(), 3.0 - 1.963_243, 1e-6);
    close(found.high().unwrap(), 3.0 + 1.963_243, 1e-6);
    assert!(found.excludes(0.0) && !found.excludes(2.0));
}

#[test]
fn a_mean_of_nothing_one_or_constants_says_what_it_can() {
    assert_eq!(mean_interval(&[], 0.95), None);
    assert_eq!(mean_interval(&[f64::INFINITY, 1.0], 0.95), None);
    assert_eq!(mean_interval(&[4.0], 0.95), Some(Estimate { n: 1, value: 4.0, interval: None }));
    assert_eq!(mean_interval(&[4.0; 3], 0.95).unwrap().interval, Some((4.0, 4.0)));
}

#[test]
fn wilson_agrees_with_newcombe() {
    // Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    for (k, n, low, high) in
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
    {
        let found = wilson(k, n, 0.95).unwrap();
        close(found.low().unwrap(), low, 6e-5);
        close(found.high().unwrap(), high, 6e-5);
    }
    assert_eq!(wilson(0, 0, 0.95), None);
    assert_eq!(wilson(2, 1, 0.95), None);
    assert_eq!(wilson(20, 20, 0.95).unwrap().high(), Some(1.0));
}

#[test]
fn paired_differences_agree_with_students_sleep_data() {
    // Student (1908): drug 2 minus drug 1, mean 1.58, 95 % interval 0.7001–2.4599.
    let one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    let two = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    let found = paired_difference(&two, &one, 0.95).unwrap();
    close(found.value, 1.58, 1e-12);
    close(found.low().unwrap(), 0.700_114_2, 1e-6);
    close(found.high().unwrap(), 2.459_885_8, 1e-6);
    assert_eq!(paired_difference(&two, &one[1..], 0.95), None);
}

#[test]
fn equal_clusters_of_one_give_the_interval_of_a_mean() {
    let values = [1.0, 2.0, 3.0, 4.0, 5.0];
    let clusters: Vec<(f64, f64)> = values.iter().map(|&v| (v, 1.0)).collect();
    let (pooled, mean) = (ratio_of_sums(&clusters, 0.95).unwrap(), mean_interval(&values, 0.95).unwrap());
    close(pooled.low().unwrap(), mean.low().unwrap(), 1e-12);
    close(pooled.high().unwrap(), mean.high().unwrap(), 1e-12);
}

#[test]
fn a_ratio_of_sums_agrees_with_the_hand_calculation() {
    // R = 9/6; residuals −0.5, 0, 0.5; se = √(3/2 · 0.5)/6 = 0.1443376; t(2) = 4.302653.
    let found = ratio_of_sums(&[(1.0, 1.0), (3.0, 2.0), (5.0, 3.0)], 0.95).unwrap();
    close(found.value, 1.5, 1e-12);
    close(found.high().unwrap() - 1.5, 4.302_653 * 0.144_337_6, 1e-6);
    assert_eq!(ratio_of_sums(&[], 0.95), None);
    assert_eq!(ratio_of_sums(&[(0.0, 0.0)], 0.95), None);
    assert_eq!(ratio_of_sums(&[(2.0, 4.0), (0.0, 0.0)], 0.95).unwrap().interval, None);
}

#[test]
fn a_bootstrap_of_the_mean_meets_the_normal_interval() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(3);
    let normal = Normal::new(10.0, 2.0).unwrap();
    let values: Vec<f64> = (0..400).map(|_| normal.sample(&mut random)).collect();
    let mean = |sample: &[f64]| Moments::of(sample).mean();
    let found = bootstrap_interval(&values, mean, 4000, 0.95, &mut random).unwrap();
    let exact = mean_interval(&values, 0.95).unwrap();
    // An end is a tail quantile of 4,000 draws with sd 0.1: its own error is about 0.0045.
    close(found.low().unwrap(), exact.low().unwrap(), 0.015);
    close(found.high().unwrap(), exact.high().unwrap(), 0.015);
    assert_eq!(bootstrap_interval(&[], mean, 100, 0.95, &mut random), None);
    assert_eq!(bootstrap_interval(&[1.0], mean, 100, 0.95, &mut random).unwrap().interval, None);
    assert_eq!(
        bootstrap_interval(&[1.0; 9], mean, 100, 0.95, &mut random).unwrap().interval,
        Some((1.0, 1.0))
    );
}

/// 3.3 standard errors of a share of 0.95 over 4,000 samples.
const COVERAGE_TOLERANCE: f64 = 3.3 * 0.003_446;

#[test]
fn nineteen_of_twenty_t_intervals_hold_the_mean() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(11);
    let normal = Normal::new(-1.0, 5.0).unwrap();
    let mut held = 0;
    for _ in 0..4000 {
        let values: Vec<f64> = (0..6).map(|_| normal.sample(&mut random)).collect();
        held += usize::from(!mean_interval(&values, 0.95).unwrap().excludes(-1.0));
    }
    close(held as f64 / 4000.0, 0.95, COVERAGE_TOLERANCE);
}

#[test]
fn clustered_intervals_hold_the_mean_where_members_move_together() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(12);
    let normal = Normal::new(0.0, 1.0).unwrap();
    let mut held = 0;
    for _ in 0..4000 {
        let clusters: Vec<(f64, f64)> = (0..20)
            .map(|_| {
                let common = normal.sample(&mut random);
                ((0..8).map(|_| 2.0 + common + normal.sample(&mut random)).sum::<f64>(), 8.0)
            })
            .collect();
        held += usize::from(!ratio_of_sums(&clusters, 0.95).unwrap().excludes(2.0));
    }
    close(held as f64 / 4000.0, 0.95, COVERAGE_TOLERANCE);
}

fn lives(ended: &[f64], censored: &[f64]) -> Vec<Duration> {
    let one = |ended| move |(cluster, &time): (usize, &f64)| Duration { time, ended, cluster };
    let mut lives: Vec<Duration> = ended.iter().enumerate().map(one(true)).collect();
    lives.extend(censored.iter().enumerate().map(one(false)));
    for (cluster, life) in lives.iter_mut().enumerate() {
        life.cluster = cluster;
    }
    lives
}

fn freireich_6mp() -> Vec<Duration> {
    lives(
        &[6.0, 6.0, 6.0, 7.0, 10.0, 13.0, 16.0, 22.0, 23.0],
        &[6.0, 9.0, 10.0, 11.0, 17.0, 19.0, 20.0, 25.0, 32.0, 32.0, 34.0, 35.0],
    )
}

#[test]
fn kaplan_meier_agrees_with_the_leukaemia_trial() {
    // Freireich et al. (1963), 6-MP arm; survival, standard error and log-log band as printed by R's survfit.
    let expected = [
        (6.0, 21, 0.857, 0.0764, 0.620, 0.952),
        (7.0, 17, 0.807, 0.0869, 0.563, 0.923),
        (10.0, 15, 0.753, 0.0963, 0.503, 0.889),
        (13.0, 12, 0.690, 0.1068, 0.432, 0.849),
        (16.0, 11, 0.627, 0.1141, 0.368, 0.805),
        (22.0, 7, 0.538, 0.1282, 0.268, 0.747),
        (23.0, 6, 0.448, 0.1346, 0.188, 0.680),
    ];
    let curve = KaplanMeier::independent(&freireich_6mp(), 0.95).unwrap();
    assert_eq!(curve.steps.len(), expected.len());
    for (step, (time, at_risk, survival, se, low, high)) in curve.steps.iter().zip(expected) {
        close(step.time, time, 0.0);
        assert_eq!(step.at_risk, at_risk);
        close(step.survival, survival, 6e-4);
        close(step.variance.sqrt(), se, 6e-5);
        close(step.low, low, 6e-4);
        close(step.high, high, 6e-4);
    }
    assert_eq!(curve.median(), Median { value: Some(23.0), low: Some(13.0), high: None });
    assert_eq!((curve.at_risk(20.0), curve.at_risk(36.0)), (8, 0));
}

#[test]
fn the_placebo_arm_has_the_printed_median() {
    let times = [1., 1., 2., 2., 3., 4., 4., 5., 5., 8., 8., 8., 8., 11., 11., 12., 12., 15., 17., 22., 23.];
    let curve = KaplanMeier::independent(&lives(&times, &[]), 0.95).unwrap();
    assert_eq!(curve.median(), Median { value: Some(8.0), low: Some(4.0), high: Some(11.0) });
    let last = curve.steps.last().unwrap();
    close(last.survival, 0.0, 1e-12);
    assert!(last.low.is_finite() && last.high.is_finite() && last.variance.is_finite());
}

#[test]
fn clusters_of_one_come_close_to_greenwood() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(4);
    let life = Exp::new(0.1).unwrap();
    let times: Vec<f64> = (0..2000).map(|_| life.sample(&mut random)).collect();
    let lives = lives(&times, &[]);
    let (plain, robust) =
        (KaplanMeier::independent(&lives, 0.95).unwrap(), KaplanMeier::clustered(&lives, 0.95).unwrap());
    for (a, b) in plain.steps.iter().zip(&robust.steps).take(1800).skip(20) {
        close((a.variance / b.variance).sqrt(), 1.0, 0.02);
    }
    // Each life four times over: the curve stays, its standard error doubles.
    let copies: Vec<Duration> = lives.iter().flat_map(|&l| [l; 4]).collect();
    let fourfold = KaplanMeier::clustered(&copies, 0.95).unwrap();
    let naive = KaplanMeier::independent(&copies, 0.95).unwrap();
    close((fourfold.steps[1000].variance / naive.steps[1000].variance).sqrt(), 2.0, 0.05);
}

/// With every life a cluster of its own, n influences on the hazard of the first end are 1/n − 1/n² of the one that ended
/// and −1/n² of the others: squares of (n − 1)/n³ together, and 1/n² once corrected by n/(n − 1) for the clusters being
/// few. So the variance is S²/n², S = 1 − 1/n. Two clusters are corrected by the factor 2.
#[test]
fn the_variance_of_a_clustered_curve_is_corrected_for_few_clusters() {
    let first = |lives: &[Duration]| KaplanMeier::clustered(lives, 0.95).unwrap().steps[0];
    let five = first(&lives(&[1.0, 2.0, 3.0, 4.0, 5.0], &[]));
    close(five.survival, 0.8, 1e-15);
    close(five.variance, 0.8 * 0.8 / 25.0, 1e-15);
    // Two lives in each of two clusters: influences 1/4 − 2/16 and −2/16.
    let mut pairs = lives(&[1.0, 2.0, 3.0, 4.0], &[]);
    for (number, life) in pairs.iter_mut().enumerate() {
        life.cluster = number % 2;
    }
    close(first(&pairs).variance, 0.75 * 0.75 * 2.0 * 2.0 * 0.125 * 0.125, 1e-15);
}

#[test]
fn survival_without_ends_or_without_lives_says_so() {
    assert!(KaplanMeier::independent(&[], 0.95).is_none());
    assert!(KaplanMeier::independent(&lives(&[f64::NAN], &[]), 0.95).is_none());
    let open = KaplanMeier::clustered(&lives(&[], &[3.0, 4.0]), 0.95).unwrap();
    assert!(open.steps.is_empty());
    assert_eq!(open.at(3.5), (1.0, 1.0, 1.0));
    assert_eq!(open.median(), Median { value: None, low: None, high: None });
}

#[test]
fn half_lives_and_rates_are_inverses() {
    close(half_life_of_rate(0.5).unwrap(), 1.0, 1e-15);
    close(half_life_of_rate(0.02).unwrap(), 34.309_618, 1e-6);
    close(rate_of_half_life(half_life_of_rate(0.013).unwrap()).unwrap(), 0.013, 1e-15);
    assert_eq!((half_life_of_rate(0.0), half_life_of_rate(1.0), rate_of_half_life(0.0)), (None, None, None));
}

#[test]
fn the_replications_that_would_settle_it_grow_with_the_square_of_the_width() {
    let estimate = |value: f64, low: f64, high: f64| Estimate { n: 8, value, interval: Some((low, high)) };
    // Half as wide an interval takes four times as many: 8 · 2² · 1.05 = 33.6.
    assert_eq!(replications_to_exclude(&estimate(0.6, 0.4, 0.8), 0.5), Some(34));
    // An end that is cut at nothing tells less than the other: 8 · (4/1)² · 1.05 = 134.4.
    assert_eq!(replications_to_exclude(&estimate(6.0, 3.0, 10.0), 5.0), Some(135));
    assert_eq!(replications_to_exclude(&estimate(0.6, 0.55, 0.65), 0.5), None);
    assert_eq!(replications_to_exclude(&estimate(0.5, 0.4, 0.6), 0.5), None);
}

/// The variance over clusters does not exist for one: it is Greenwood's.
#[test]
fn a_curve_of_one_cluster_has_the_band_of_independent_lives() {
    let mut one = lives(&[1.0, 2.0, 3.0, 4.0], &[]);
    one.iter_mut().for_each(|life| life.cluster = 7);
    assert_eq!(KaplanMeier::clustered(&one, 0.95), KaplanMeier::independent(&one, 0.95));
}

#[test]
fn clusters_that_say_nothing_on_either_side_are_not_counted() {
    let speaking = [((3.0, 2.0), (1.0, 2.0)), ((6.0, 3.0), (2.0, 1.0)), ((1.0, 1.0), (4.0, 5.0))];
    let mut all = speaking.to_vec();
    all.insert(1, ((0.0, 0.0), (0.0, 0.0)));
    let found = difference_of_ratios(&all, 0.95).unwrap();
    assert_eq!(found.n, 3);
    assert_eq!(Some(found), difference_of_ratios(&speaking, 0.95));
}
