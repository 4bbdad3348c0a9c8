//! Work and its networks: with leads alone the market is the model of Calvó-Armengol and Jackson (2004), "The effects
//! of social networks on employment and inequality", *American Economic Review* 94(3).
//!
//! Their period: each worker hears of a job with chance a; one out of work takes it, one in work passes it to a friend
//! who was out of work at the end of the last period, chosen uniformly; then each job, new ones included, ends with
//! chance b. In our week jobs end first and the state is recorded, then leads are heard: the same chain, recorded at the
//! same point. The stationary state of 2ⁿ employment states is computed here by power iteration.

use introsim::ids;
use introsim::scenario::{EdgeList, Scenario};

use crate::life::{Life, assert_within_4_errors, changed, mean_and_error, nothing_happens};

/// A network: workers and who is friends with whom.
struct Network {
    n: u32,
    edges: &'static [(u32, u32)],
}

const ALONE: Network = Network { n: 1, edges: &[] };
const LINK: Network = Network { n: 2, edges: &[(0, 1)] };
const COMPLETE: Network = Network { n: 4, edges: &[(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] };
const CIRCLE: Network = Network { n: 4, edges: &[(0, 1), (1, 2), (2, 3), (0, 3)] };
const STAR: Network = Network { n: 4, edges: &[(0, 1), (0, 2), (0, 3)] };
const LINE: Network = Network { n: 3, edges: &[(0, 1), (1, 2)] };
/// A triangle with a tail: no two of its workers but the first two are alike.
const KITE: Network = Network { n: 5, edges: &[(0, 1), (0, 2), (1, 2), (2, 3), (3, 4)] };

/// Chance to hear of a job, chance that a job ends: the example of the paper, about a week to a period.
const A: f64 = 0.1;
const B: f64 = 0.015;

/// Stationary chances of all sets of workers out of work (bit i: worker i is out), by power iteration.
fn chain(network: &Network, a: f64, b: f64) -> Vec<f64> {
    let n = network.n as usize;
    let states = 1_usize << n;
    let friends = |i: usize| -> Vec<usize> {
        let other = |&(x, y): &(u32, u32)| match i {
            _ if x as usize == i => Some(y as usize),
            _ if y as usize == i => Some(x as usize),
            _ => None,
        };
        network.edges.iter().filter_map(other).collect()
    };
    let mut step = vec![vec![0.0; states]; states];
    for (state, row) in step.iter_mut().enumerate() {
        // Chances of the sets of workers who get a job: one hearer after the other, doubles lost.
        let mut taken = vec![0.0; states];
        taken[0] = 1.0;
        for i in 0..n {
            let takers: Vec<usize> = if state >> i & 1 == 1 {
                vec![i]
            } else {
                friends(i).into_iter().filter(|&j| state >> j & 1 == 1).collect()
            };
            if takers.is_empty() {
                continue;
            }
            let each = a / f64::from(ids::row(takers.len()));
            let mut next: Vec<f64> = taken.iter().map(|p| p * (1.0 - a)).collect();
            for (set, p) in taken.iter().enumerate() {
                takers.iter().for_each(|&j| next[set | 1 << j] += p * each);
            }
            taken = next;
        }
        for (set, p) in taken.iter().enumerate() {
            let out = state & !set;
            for (lost, chance) in row.iter_mut().enumerate().filter(|(lost, _)| lost & out == out) {
                let (employed, losing) = (n - out.count_ones() as usize, (lost & !out).count_ones() as usize);
                let chance_of = |p: f64, n: usize| std::iter::repeat_n(p, n).product::<f64>();
                *chance += p * chance_of(b, losing) * chance_of(1.0 - b, employed - losing);
            }
        }
    }
    let mut now = vec![1.0 / f64::from(ids::row(states)); states];
    for _ in 0..4_000 {
        let mut next = vec![0.0; states];
        for (state, row) in step.iter().enumerate() {
            row.iter().enumerate().for_each(|(to, p)| next[to] += now[state] * p);
        }
        now = next;
    }
    now
}

/// Chance that worker i is out of work.
fn rate(chances: &[f64], i: u32) -> f64 {
    chances.iter().enumerate().filter(|(state, _)| state >> i & 1 == 1).map(|(_, p)| p).sum()
}

/// Correlation of the employment of two workers.
fn correlation(chances: &[f64], i: u32, j: u32) -> f64 {
    let both: f64 =
        chances.iter().enumerate().filter(|(s, _)| s >> i & 1 == 1 && s >> j & 1 == 1).map(|(_, p)| p).sum();
    let (u, v) = (rate(chances, i), rate(chances, j));
    (both - u * v) / (u * (1.0 - u) * v * (1.0 - v)).sqrt()
}

/// Many copies of a network in one market, with leads alone.
fn market(network: &Network, copies: u32, a: f64, b: f64) -> Scenario {
    let mut scenario = nothing_happens(network.n * copies);
    scenario.workers.initial_unemployed = b;
    scenario.jobs.separation = b;
    scenario.friends.lead_rate = a;
    let shifted =
        |copy: u32| network.edges.iter().map(move |(x, y)| (x + copy * network.n, y + copy * network.n));
    let pairs = (0..copies).flat_map(shifted).collect();
    scenario.friends.edges = Some(EdgeList { path: "copies.csv".to_owned(), pairs });
    scenario
}

/// What was seen: for each group of copies, in how many weeks and copies each set of workers was out of work.
fn observe(network: &Network, copies: u32, weeks: u32, groups: u32, a: f64, b: f64) -> Vec<Vec<f64>> {
    let mut life = Life::new(&market(network, copies, a, b));
    life.weeks(150);
    let mut seen = vec![vec![0.0; 1 << network.n]; groups as usize];
    let per_group = copies / groups;
    for _ in 0..weeks {
        life.weeks(1);
        let out = &life.world.workers.recorded_unemployed;
        for copy in 0..copies {
            let of = |i: u32| usize::from(out.has((copy * network.n + i) as usize)) << i;
            let state: usize = (0..network.n).map(of).sum();
            seen[(copy / per_group) as usize][state] += 1.0;
        }
    }
    let total = f64::from(per_group) * f64::from(weeks);
    seen.iter_mut().flatten().for_each(|count| *count /= total);
    seen
}

/// Compares unemployment of each worker and correlations of pairs with the exact chain; the groups are independent.
fn agrees(name: &str, network: &Network, copies: u32, pairs: &[(u32, u32)]) {
    let exact = chain(network, A, B);
    let seen = observe(network, copies, 500, 40, A, B);
    let of = |measure: &dyn Fn(&[f64]) -> f64| {
        mean_and_error(&seen.iter().map(|group| measure(group)).collect::<Vec<_>>())
    };
    let average =
        |chances: &[f64]| (0..network.n).map(|i| rate(chances, i)).sum::<f64>() / f64::from(network.n);
    assert_within_4_errors(&format!("{name}, unemployment"), of(&average), average(&exact));
    for i in 0..network.n {
        assert_within_4_errors(&format!("{name}, worker {i}"), of(&|c| rate(c, i)), rate(&exact, i));
    }
    for &(i, j) in pairs {
        let label = format!("{name}, correlation of {i} and {j}");
        assert_within_4_errors(&label, of(&|c| correlation(c, i, j)), correlation(&exact, i, j));
    }
}

/// Six digits from an independent computation of the same chain in another language.
#[test]
fn the_exact_chain_gives_the_known_values() {
    let known = |network: &Network, i, expected: f64| {
        let found = rate(&chain(network, A, B), i);
        assert!((found - expected).abs() < 6e-7, "expected {expected}, found {found}");
    };
    known(&ALONE, 0, B / (1.0 - (1.0 - A) * (1.0 - B)));
    known(&ALONE, 0, 0.132_159);
    known(&LINK, 1, 0.078_569);
    known(&COMPLETE, 2, 0.046_569);
    known(&CIRCLE, 3, 0.056_778);
    known(&LINE, 0, 0.078_464);
    known(&LINE, 1, 0.056_850);
    known(&STAR, 0, 0.045_339);
    known(&STAR, 3, 0.079_247);
    for (network, i, j, expected) in [
        (&LINK, 0, 1, 0.052_273),
        (&CIRCLE, 0, 1, 0.020_471),
        (&CIRCLE, 0, 2, 0.018_939),
        (&COMPLETE, 0, 3, 0.027_796),
        (&LINE, 0, 2, 0.018_622),
    ] {
        let found = correlation(&chain(network, A, B), i, j);
        assert!((found - expected).abs() < 6e-7, "expected {expected}, found {found}");
    }
}

#[test]
fn one_worker_alone_is_out_of_work_as_often_as_calvo_armengol_and_jackson_say() {
    agrees("alone", &ALONE, 8_000, &[]);
}

#[test]
fn two_friends_are_out_of_work_as_often_as_calvo_armengol_and_jackson_say() {
    agrees("link", &LINK, 6_000, &[(0, 1)]);
}

#[test]
fn four_friends_in_a_circle_are_out_of_work_as_often_as_calvo_armengol_and_jackson_say() {
    agrees("circle of 4", &CIRCLE, 6_000, &[(0, 1), (0, 2)]);
}

#[test]
fn four_friends_of_each_other_are_out_of_work_as_often_as_calvo_armengol_and_jackson_say() {
    agrees("complete 4", &COMPLETE, 6_000, &[(0, 1), (1, 3)]);
}

#[test]
fn the_centre_of_a_star_is_out_of_work_less_often_than_its_leaves() {
    agrees("star of 4", &STAR, 4_000, &[(0, 1), (1, 2)]);
}

#[test]
fn a_triangle_with_a_tail_follows_its_exact_chain_worker_by_worker() {
    agrees("kite of 5", &KITE, 4_000, &[(0, 1), (2, 3), (0, 4)]);
}

/// Without friends: u = b/(1 − (1 − a)(1 − b)), recorded after jobs have ended. Those who leave the labour force from a
/// job are replaced by entrants out of work, so b is then 1 − (1 − separation)(1 − leave). One out of work for k weeks
/// has missed k leads: the share beyond k is (1 − a)^k, their mean (1 − a)/a.
#[test]
fn steady_unemployment_and_its_duration_follow_from_constant_hazards() {
    for (a, separation, leave) in [(0.05, 0.004, 0.0), (0.04, 0.02, 0.006), (0.5, 0.5, 0.0)] {
        let b: f64 = 1.0 - (1.0 - separation) * (1.0 - leave);
        let mut scenario = changed(&nothing_happens(10_000), &["workers.initial_unemployed=20%"]);
        (scenario.friends.lead_rate, scenario.jobs.separation) = (a, separation);
        scenario.workers.leave_employed = leave;
        let mut life = Life::new(&scenario);
        life.weeks(300);
        // A worker's weeks out of work, the sum of their ages, and how many of them had lasted 27 weeks or more.
        let (mut out, mut ages, mut long) = (vec![0.0; 10_000], vec![0.0; 10_000], vec![0.0; 10_000]);
        let weeks = 200;
        for _ in 0..weeks {
            life.weeks(1);
            let (workers, week) = (&life.world.workers, life.world.week);
            for worker in workers.recorded_unemployed.iter() {
                // Those hired since the state was recorded were out until then.
                let age = f64::from(week - workers.out_since[worker]);
                out[worker] += 1.0;
                ages[worker] += age;
                long[worker] += f64::from(u8::from(age >= 27.0));
            }
        }
        let rates: Vec<f64> = out.iter().map(|weeks_out| weeks_out / f64::from(weeks)).collect();
        let label = format!("a {a}, b {b}");
        let u = b / (1.0 - (1.0 - a) * (1.0 - b));
        assert_within_4_errors(&format!("{label}: unemployment"), mean_and_error(&rates), u);
        let pairs = |y: &[f64]| y.iter().copied().zip(out.iter().copied()).collect::<Vec<_>>();
        let mean = crate::life::ratio_and_error(&pairs(&ages));
        assert_within_4_errors(&format!("{label}: mean weeks out"), mean, (1.0 - a) / a);
        if a < 0.2 {
            let share = crate::life::ratio_and_error(&pairs(&long));
            assert_within_4_errors(&format!("{label}: share of 27 weeks or more"), share, (1.0 - a).powi(27));
        }
    }
}

/// Example 1 of the paper: in a line of three with only the middle one in work, the two ends compete for what he hears
/// of: after one period both are in work less often together than chance would have it.
#[test]
fn friends_of_one_friend_compete_for_his_leads_within_a_week() {
    let copies = 200_000;
    let mut life = Life::new(&market(&LINE, copies, A, B));
    for worker in 0..life.world.workers.len() {
        life.world.workers.unemployed.set(worker, worker % 3 != 1);
    }
    life.world.refresh(&life.scenario);
    // The first week would end jobs before leads: none may end in it.
    let separation = std::mem::replace(
        &mut life.world.workers.separation,
        vec![introsim::streams::Gate::new(0.0); copies as usize * 3],
    );
    life.weeks(1);
    life.world.workers.separation = separation;
    life.weeks(1);
    let works = |i: usize| f64::from(u8::from(!life.world.workers.recorded_unemployed.has(i)));
    let (mut first, mut products) = (Vec::new(), Vec::new());
    let p = 0.142_825;
    for copy in 0..copies as usize {
        first.push(works(copy * 3));
        products.push((works(copy * 3) - p) * (works(copy * 3 + 2) - p));
    }
    assert_within_4_errors("end of a line in work after a week", mean_and_error(&first), p);
    assert_within_4_errors("covariance of the two ends", mean_and_error(&products), -0.001_964_71);
}

/// Those in work begin to look with chance l and stop with chance s = 1/look_weeks, never both in one week: where jobs
/// never end, a share l/(l + s) looks. Those who look lose their jobs as often as those who do not: from week 2 on all
/// look here, and after t weeks (1 − b)^t of the jobs are left.
#[test]
fn those_who_look_are_as_many_as_begin_and_stop_and_lose_their_jobs_like_others() {
    let mut scenario = changed(&nothing_happens(4_000), &["workers.initial_unemployed=0%"]);
    (scenario.jobs.look_rate, scenario.jobs.look_weeks) = (0.03, 12.0);
    let mut life = Life::new(&scenario);
    life.weeks(200);
    let mut looking = vec![0.0; 4_000];
    for _ in 0..200 {
        life.weeks(1);
        life.world.workers.looking.iter().for_each(|worker| looking[worker] += 1.0 / 200.0);
    }
    assert_within_4_errors("looking from a job", mean_and_error(&looking), 0.03 / (0.03 + 1.0 / 12.0));

    (scenario.jobs.look_rate, scenario.jobs.look_weeks, scenario.jobs.separation) = (1.0, 5_200.0, 0.03);
    let mut life = Life::new(&scenario);
    life.weeks(20);
    let works = |w: usize| f64::from(u8::from(!life.world.workers.unemployed.has(w)));
    let left: Vec<f64> = (0..4_000).map(works).collect();
    assert_within_4_errors("jobs left after 20 weeks", mean_and_error(&left), 0.97_f64.powi(20));
}
