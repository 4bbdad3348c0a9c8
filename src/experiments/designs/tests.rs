//! Tests of designs: published points, balance, and the same points for ever.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "coordinates times small whole numbers, and exact binary fractions"
)]

use super::*;

/// How many of the numbers lie in each of n equal cells of [0, 1).
fn counts(numbers: impl Iterator<Item = f64>, n: usize) -> Vec<usize> {
    let mut counts = vec![0; n];
    for x in numbers {
        assert!((0.0..1.0).contains(&x), "{x}");
        counts[(x * n as f64) as usize] += 1;
    }
    counts
}

#[test]
fn a_latin_hypercube_has_one_point_in_every_stratum_of_every_dimension() {
    for (points, seed) in [(1, 1), (2, 1), (10, 7), (257, 3)] {
        let design = latin(points, 5, seed);
        assert_eq!((design.len(), design[0].len()), (points, 5));
        for dim in 0..5 {
            assert_eq!(counts(design.iter().map(|p| p[dim]), points), vec![1; points], "{points} {dim}");
        }
    }
}

#[test]
fn another_seed_and_another_dimension_give_other_strata() {
    let design = latin(50, 2, 1);
    let column = |design: &[Vec<f64>], dim: usize| design.iter().map(|p| p[dim]).collect::<Vec<_>>();
    assert_ne!(column(&design, 0), column(&design, 1));
    assert_ne!(column(&design, 0), column(&latin(50, 2, 2), 0));
}

#[test]
fn the_plain_sobol_sequence_begins_with_the_published_points() {
    // The first eight points in eight dimensions, as the program of Joe and Kuo prints them (and SciPy 1.17).
    let published = [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
        [0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75],
        [0.25, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25],
        [0.375, 0.375, 0.625, 0.875, 0.375, 0.125, 0.375, 0.875],
        [0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375],
        [0.625, 0.125, 0.875, 0.625, 0.625, 0.875, 0.125, 0.125],
        [0.125, 0.625, 0.375, 0.125, 0.125, 0.375, 0.625, 0.625],
    ];
    assert_eq!(sobol_unscrambled(8, 8), published.map(Vec::from));
    // Later points in dimensions 1, 2, 3, 6, 21 and 64, from SciPy 1.17, `qmc.Sobol(64, scramble=False)`.
    let later = [
        (5, [0.875, 0.875, 0.125, 0.625, 0.625, 0.625]),
        (10, [0.9375, 0.0625, 0.6875, 0.5625, 0.4375, 0.4375]),
        (100, [0.4140625, 0.2578125, 0.7734375, 0.7421875, 0.7578125, 0.6484375]),
        (
            1000,
            [
                0.219_726_562_5,
                0.096_679_687_5,
                0.518_554_687_5,
                0.907_226_562_5,
                0.522_460_937_5,
                0.446_289_062_5,
            ],
        ),
    ];
    let design = sobol_unscrambled(1001, 64);
    for (point, expected) in later {
        assert_eq!([0, 1, 2, 5, 20, 63].map(|dim| design[point][dim]), expected, "point {point}");
    }
}

#[test]
fn scrambling_keeps_one_point_in_every_cell_of_every_dimension_and_of_the_first_two() {
    for seed in [1, 2] {
        let design = sobol(256, MOST_SOBOL_DIMENSIONS + 1, seed);
        for dim in 0..=MOST_SOBOL_DIMENSIONS {
            assert_eq!(counts(design.iter().map(|p| p[dim]), 256), vec![1; 256], "dimension {dim}");
        }
        // The first two dimensions are a (0, 8, 2)-net: one point in each of 16 × 16 boxes, and of 4 × 64.
        for (across, down) in [(16.0_f64, 16.0_f64), (4.0, 64.0), (128.0, 2.0)] {
            let cell = |p: &Vec<f64>| ((p[0] * across).floor() * down + (p[1] * down).floor()) / 256.0;
            assert_eq!(counts(design.iter().map(|p| cell(p) + 1.0 / 1024.0), 256), vec![1; 256]);
        }
    }
}

#[test]
fn scrambled_points_are_uniform_by_themselves() {
    // The third point over 4,000 seeds: mean 1/2 with standard error 1/√(12 · 4000) = 0.0046, four of them allowed;
    // and the covariance of two coordinates, 0 with standard error 1/(12 √4000) = 0.0013.
    let points: Vec<Vec<f64>> = (0..4000).map(|seed| sobol(3, 2, seed).remove(2)).collect();
    let mean = |of: &dyn Fn(&Vec<f64>) -> f64| points.iter().map(of).sum::<f64>() / 4000.0;
    assert!((mean(&|p| p[0]) - 0.5).abs() < 4.0 * 0.0046);
    assert!((mean(&|p| p[1]) - 0.5).abs() < 4.0 * 0.0046);
    assert!(mean(&|p| (p[0] - 0.5) * (p[1] - 0.5)).abs() < 4.0 * 0.0013);
}

#[test]
fn more_points_or_dimensions_leave_those_before_as_they_were() {
    let (few, many) = (sobol(10, 3, 5), sobol(100, 7, 5));
    for (one, other) in few.iter().zip(&many) {
        assert_eq!(one[..], other[..3]);
    }
}

#[test]
fn a_grid_is_every_combination_with_the_first_factor_slowest() {
    assert_eq!(grid(&[2, 3]), [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]].map(Vec::from));
    assert_eq!(grid(&[]), [Vec::<usize>::new()]);
    assert!(grid(&[2, 0, 3]).is_empty());
}

#[test]
fn a_trajectory_moves_every_coordinate_once_by_the_same_step_between_levels() {
    let all = trajectories(200, 6, 4, 3);
    let mut starts = vec![0; 4];
    for trajectory in &all {
        assert_eq!((trajectory.points.len(), trajectory.moved.len()), (7, 6));
        let mut once = trajectory.moved.clone();
        once.sort_unstable();
        assert_eq!(once, [0, 1, 2, 3, 4, 5]);
        for (step, &dim) in trajectory.moved.iter().enumerate() {
            let (before, after) = (&trajectory.points[step], &trajectory.points[step + 1]);
            for other in 0..6 {
                let change = (after[other] - before[other]).abs();
                let expected = if other == dim { 2.0 / 3.0 } else { 0.0 };
                assert!((change - expected).abs() < 1e-15, "{change}");
            }
        }
        for x in &trajectory.points[0] {
            let level = (0..4).find(|&level| (x * 3.0 - f64::from(level)).abs() < 1e-12).unwrap();
            starts[level as usize] += 1;
        }
    }
    // 1,200 starts over four equally likely levels: 300 each, standard deviation √(1200 · 3/16) = 15.
    assert!(starts.iter().all(|n: &i32| (n - 300).abs() < 60), "{starts:?}");
}

#[test]
fn a_block_swaps_one_coordinate_at_a_time() {
    for block in blocks(8, 3, 1) {
        for (dim, mixed) in block.mixed.iter().enumerate() {
            for other in 0..3 {
                let from = if other == dim { &block.b } else { &block.a };
                assert_eq!(mixed[other].to_bits(), from[other].to_bits());
            }
        }
    }
}

/// Published tables name the points of their designs by seed: these never change.
#[test]
fn designs_never_change() {
    let digits = |design: Vec<Vec<f64>>| {
        design.concat().iter().map(|x| format!("{x:.9}")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        digits(latin(3, 2, 1)),
        "0.410315353 0.532240522 0.125747891 0.872371570 0.746782245 0.047801577"
    );
    assert_eq!(
        digits(sobol(3, 2, 1)),
        "0.917488546 0.760115568 0.243195075 0.225965613 0.391902311 0.611502556"
    );
    let trajectory = trajectories(2, 3, 4, 1).remove(1);
    let thirds: Vec<Vec<i32>> =
        trajectory.points.iter().map(|p| p.iter().map(|x| (x * 3.0).round() as i32).collect()).collect();
    assert_eq!(
        (trajectory.moved, thirds.concat()),
        (vec![0, 1, 2], vec![1, 0, 2, 3, 0, 2, 3, 2, 2, 3, 2, 0])
    );
}
