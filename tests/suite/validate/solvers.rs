//! The solvers behind the targets, against values printed elsewhere.
//!
//! The Markov chains were computed by others in another language and printed with six digits; the tables of selection
//! are those of Taylor and Russell (1939) and Brogden (1946), computed from the bivariate normal by other means.

use introsim::experiments::validation::chains::{Solution, correlation, solve, solve_complete};
use introsim::experiments::validation::graphs::{Graph, published};
use introsim::experiments::validation::quadrature::{accepted, best_of_accepted, normal_integral, staged};
use introsim::maths::{normal_below, normal_density, normal_quantile};

/// The example of the paper: a week or so to a period.
const A: f64 = 0.1;
const B: f64 = 0.015;
/// Six printed digits.
const PRINTED: f64 = 6e-7;

fn network(name: &str) -> (Graph, Solution) {
    let graph = published().into_iter().find(|graph| graph.name == name).unwrap();
    let solution = solve(&graph, A, B);
    (graph, solution)
}

fn near(what: &str, found: f64, printed: f64, tolerance: f64) {
    assert!((found - printed).abs() < tolerance, "{what}: found {found}, printed {printed}");
}

/// Correlation of two workers, counted from 1 as in the paper.
fn between(graph: &Graph, solution: &Solution, i: usize, j: usize) -> f64 {
    let n = graph.n as usize;
    let pairs: Vec<(usize, usize)> = (1..=n).flat_map(|i| (i + 1..=n).map(move |j| (i, j))).collect();
    solution.correlations[pairs.iter().position(|pair| *pair == (i, j)).unwrap()]
}

#[test]
fn shares_out_of_work_in_every_network_are_those_printed() {
    for (name, printed) in [
        ("alone", &[(1, 0.132_159)][..]),
        ("link", &[(1, 0.078_569), (2, 0.078_569)]),
        ("line of 3", &[(1, 0.078_464), (2, 0.056_850), (3, 0.078_464)]),
        ("star of 4", &[(1, 0.045_339), (2, 0.079_247), (4, 0.079_247)]),
        ("circle of 4", &[(1, 0.056_778), (3, 0.056_778)]),
        (
            "two groups of 5, one bridge",
            &[
                (1, 0.045_321),
                (6, 0.045_321),
                (2, 0.045_713),
                (10, 0.045_713),
                (3, 0.046_008),
                (9, 0.046_008),
            ],
        ),
    ] {
        let (_, solution) = network(name);
        for &(worker, share) in printed {
            near(&format!("{name}, worker {worker}"), solution.unemployed[worker - 1], share, PRINTED);
        }
    }
    near("circle of 8", network("circle of 8 with diameters").1.mean_unemployed(), 0.045_315, PRINTED);
    near("groups of 4", network("two groups of 4, joined twice").1.mean_unemployed(), 0.045_744, PRINTED);
    let closed = B / (1.0 - (1.0 - A) * (1.0 - B));
    near("alone, closed form", network("alone").1.unemployed[0], closed, 1e-12);
}

#[test]
fn correlations_of_work_between_friends_are_those_printed() {
    for (name, printed) in [
        ("link", &[(1, 2, 0.052_273)][..]),
        ("circle of 4", &[(1, 2, 0.020_471), (1, 3, 0.018_939)]),
        ("complete 4", &[(1, 2, 0.027_796), (2, 4, 0.027_796)]),
        ("line of 3", &[(1, 3, 0.018_622)]),
        (
            "two groups of 5, one bridge",
            &[
                (1, 2, 0.010_432),
                (1, 6, 0.009_735),
                (1, 3, 0.009_630),
                (3, 4, 0.027_060),
                (2, 3, 0.017_565),
                (1, 7, 0.004_120),
                (2, 7, 0.000_119),
            ],
        ),
    ] {
        let (graph, solution) = network(name);
        for &(i, j, share) in printed {
            near(&format!("{name}, {i} and {j}"), between(&graph, &solution, i, j), share, PRINTED);
        }
    }
}

#[test]
fn chances_to_find_work_after_a_spell_are_those_printed() {
    for (name, printed, last) in [
        ("link", [0.175_915, 0.174_925, 0.168_571], Some(0.159_869)),
        ("circle of 4", [0.249_188, 0.247_665, 0.240_330], Some(0.234_441)),
        ("complete 4", [0.307_104, 0.301_926, 0.274_906], Some(0.254_385)),
        ("alone", [A * (1.0 - B), A * (1.0 - B), A * (1.0 - B)], Some(A * (1.0 - B))),
    ] {
        let (_, solution) = network(name);
        for (found, share) in solution.hazards.iter().zip(printed) {
            near(name, *found, share, PRINTED);
        }
        near(&format!("{name}, in the long run"), solution.last_hazard, last.unwrap(), PRINTED);
    }
    // Whatever flows in flows out: b (1 − u)/u is the chance of all who are out.
    for graph in published().iter().filter(|graph| graph.n < 9) {
        let solution = solve(graph, A, B);
        let u = solution.mean_unemployed();
        near(&graph.name, solution.hazards[0], B * (1.0 - u) / u, 1e-10);
    }
}

#[test]
fn where_all_are_friends_numbers_are_state_enough() {
    for (n, printed) in [
        (1, 0.132_159),
        (2, 0.078_569),
        (3, 0.057_702),
        (4, 0.046_569),
        (5, 0.039_662),
        (8, 0.029_066),
        (16, 0.020_479),
        (32, 0.017_025),
    ] {
        near(&format!("complete {n}"), solve_complete(n, A, B).unemployed[0], printed, PRINTED);
    }
    // The two solvers share no step: all 2ⁿ states here, n + 1 there.
    for (n, a, b) in [(2, 0.1, 0.015), (4, 0.1, 0.015), (5, 0.4, 0.2), (7, 0.03, 0.05)] {
        let (all, few) = (solve(&Graph::complete(n), a, b), solve_complete(n, a, b));
        near("unemployment", few.unemployed[0], all.unemployed[0], 1e-11);
        near("correlation", few.correlations[0], all.correlations[0], 1e-10);
        near("the long run", few.last_hazard, all.last_hazard, 1e-9);
        for (one, other) in few.hazards.iter().zip(all.hazards) {
            near("chance to find work", *one, other, 1e-10);
        }
        for (one, other) in few.so_long.iter().zip(all.so_long) {
            near("out so long", *one, other, 1e-11);
        }
    }
    near("independent", correlation(0.06, 0.2, 0.3), 0.0, 1e-12);
}

#[test]
fn the_networks_are_those_of_the_paper() {
    let graphs = published();
    let graph = |name: &str| graphs.iter().find(|graph| graph.name == name).unwrap();
    // Mean length of the shortest path: 11/7 with diameters, 25/14 in two groups.
    let mean_path = |graph: &Graph| {
        let n = graph.n;
        let far = 99;
        let mut steps = vec![vec![far; n as usize]; n as usize];
        for i in 0..n {
            steps[i as usize][i as usize] = 0;
            graph.friends(i).for_each(|j| steps[i as usize][j as usize] = 1);
        }
        for k in 0..n as usize {
            for i in 0..n as usize {
                for j in 0..n as usize {
                    steps[i][j] = steps[i][j].min(steps[i][k] + steps[k][j]);
                }
            }
        }
        f64::from(steps.iter().flatten().sum::<u32>()) / f64::from(n * (n - 1))
    };
    near("path", mean_path(graph("circle of 8 with diameters")), 11.0 / 7.0, 1e-12);
    near("path", mean_path(graph("two groups of 4, joined twice")), 25.0 / 14.0, 1e-12);
    for name in ["circle of 8 with diameters", "two groups of 4, joined twice", "two groups of 5, one bridge"]
    {
        let graph = graph(name);
        assert!((0..graph.n).all(|worker| graph.friends(worker).count() == 3), "{name}: three friends each");
    }
    assert_eq!(graph("complete 32").edges.len(), 496);
    assert!(Graph::from_pairs("eleven", &[(0, 10)]).is_err() && Graph::from_pairs("ten", &[(0, 9)]).is_ok());
}

#[test]
fn selection_by_a_look_is_that_of_the_printed_tables() {
    for (validity, share, mean, best_fifth) in [
        (0.19, 0.5, 0.1516, None),
        (0.19, 0.1, 0.3334, Some(0.3029)),
        (0.19, 0.03, 0.4309, None),
        (0.42, 0.5, 0.3351, None),
        (0.42, 0.1, 0.7371, Some(0.4544)),
        (0.42, 0.03, 0.9526, None),
        (0.63, 0.5, 0.5027, None),
        (0.63, 0.1, 1.1056, Some(0.6243)),
        (0.63, 0.03, 1.4289, Some(0.7662)),
    ] {
        let z = -normal_quantile(share);
        let (found_share, found_mean) = accepted(validity, z);
        near("share", found_share, share, 1e-12);
        near("mean", found_mean, mean, 6e-5);
        if let Some(printed) = best_fifth {
            near("best fifth", best_of_accepted(validity, z, normal_quantile(0.8)), printed, 6e-5);
        }
    }
}

/// Two stages as a double integral on a grid of ability and noise, without the closed form over ability.
#[test]
fn two_stages_accept_whom_a_double_integral_says() {
    let stages = [(0.4, 0.1), (0.6, 0.3)];
    let (share, mean) = staged(&stages);
    let (mut all, mut sum) = (0.0, 0.0);
    let step = 0.01;
    let places: Vec<f64> = (0..1_400).map(|i| -7.0 + (f64::from(i) + 0.5) * step).collect();
    for &ability in &places {
        for &noise in &places {
            let goes_on = |&(precision, score): &(f64, f64)| {
                (ability + noise / precision.sqrt()) * precision / (1.0 + precision) >= score
            };
            if stages.iter().all(goes_on) {
                let weight = normal_density(ability) * normal_density(noise) * step * step;
                all += weight;
                sum += weight * ability;
            }
        }
    }
    near("share", share, all, 1e-3);
    near("mean", mean, sum / all, 1e-3);
    // One stage is the truncated normal: a posterior mean of c is a score of c/validity.
    let (precision, score): (f64, f64) = (0.5, 0.4);
    let validity = (precision / (1.0 + precision)).sqrt();
    let (one, truncated) = (staged(&[(precision, score)]), accepted(validity, score / validity));
    near("one stage, share", one.0, truncated.0, 1e-7);
    near("one stage, mean", one.1, truncated.1, 1e-7);
    near("density", normal_integral(|_| 1.0), 1.0, 1e-9);
    near("half", normal_integral(|x| normal_below(3.0 * x)), 0.5, 1e-9);
}
