//! Synthetic experiments with known answers: how often intervals hold a planted difference, and how often a winner is
//! called where there is none.

use introsim::engine::Arm;
use introsim::experiments::contrast::{Contrast, Kind, Luck, Pairing, Verdict};
use introsim::experiments::gain::Arms;
use introsim::experiments::outcomes;
use introsim::experiments::paired::{Baseline, SUMS, compare, metrics, organic, warnings};
use introsim::experiments::run::{Detail, Replication, Rows, Tables};
use introsim::stats::Estimate;
use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use rand_distr::{Distribution, Normal};

use crate::life::{small, with};

/// Experiments for each share that is estimated.
const EXPERIMENTS: usize = 4000;

/// Fails unless a share of the experiments is within four standard errors of what it should be.
fn assert_share(name: &str, count: usize, expected: f64) {
    let share = count as f64 / EXPERIMENTS as f64;
    let error = (expected * (1.0 - expected) / EXPERIMENTS as f64).sqrt();
    println!("{name}: {share:.4}, should be {expected} ± {error:.4}");
    assert!((share - expected).abs() <= 4.0 * error, "{name}: {share}, should be {expected} ± {error}");
}

/// Pairs of normal numbers with correlation `rho`; the scenario's lie higher by `planted` and spread twice as wide.
struct Pairs {
    n: usize,
    rho: f64,
    planted: f64,
}

impl Pairs {
    fn draw(&self, random: &mut Xoshiro256PlusPlus) -> Vec<(f64, f64)> {
        let normal = Normal::new(0.0, 1.0).unwrap();
        let pair = |_| {
            let (common, own) = (normal.sample(random), normal.sample(random));
            let scenario = self.rho * common + (1.0 - self.rho * self.rho).sqrt() * own;
            (10.0 + self.planted + 2.0 * scenario, 10.0 + common)
        };
        (0..self.n).map(pair).collect()
    }
}

/// Rows of a replication that has one outcome, and a lottery.
fn rows(metric: &str, value: f64, arms: Arms) -> Rows {
    let columns = outcomes::columns();
    let sums = [
        ("gain_treated_sum", arms.treated.0),
        ("gain_treated_n", arms.treated.1),
        ("gain_held_out_sum", arms.held_out.0),
        ("gain_held_out_n", arms.held_out.1),
    ];
    let of = |name: &str| {
        let sum = sums.iter().find(|(sum, _)| *sum == name).map(|(_, value)| *value);
        sum.or((name == metric).then_some(value))
    };
    let outcomes = columns.iter().map(|(name, ..)| of(name)).collect();
    Rows {
        opening_hash: String::new(),
        outcomes,
        opened: 0,
        detail: Detail::Here(Box::new(Tables {
            weekly: Vec::new(),
            spells: Vec::new(),
            tie_lives: Vec::new(),
            densities: Default::default(),
        })),
    }
}

/// Two arms of one labour market, "plain" and "other".
fn two_arms() -> Vec<Arm> {
    ["plain", "other"].map(|name| Arm { name: name.to_owned(), scenario: small() }).to_vec()
}

/// The number `number` of both arms, from (other, plain).
fn replications(number: usize, (other, plain): (Rows, Rows)) -> [Replication; 2] {
    let one = |arm, rows| Replication { arm, number: number as u32, result: Ok(rows) };
    [one(0, plain), one(1, other)]
}

#[test]
fn nineteen_of_twenty_paired_intervals_hold_a_planted_difference() {
    // The tolerance of 4,000 experiments is 4 · √(0.95 · 0.05/4000) = 0.0138.
    let arms = two_arms();
    for (seed, n, rho) in [(1, 3, 0.0), (2, 8, 0.9), (3, 20, 0.6), (4, 20, -0.5)] {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let pairs = Pairs { n, rho, planted: 0.7 };
        let mut held = 0;
        for _ in 0..EXPERIMENTS {
            let mut all = Vec::new();
            for (number, (other, plain)) in pairs.draw(&mut random).into_iter().enumerate() {
                let of = |value| rows("goodwill", value, Arms::default());
                all.extend(replications(number, (of(other), of(plain))));
            }
            let compared = compare(&arms, &all, Baseline::Asked(0));
            let found = &compared[0].of("goodwill").unwrap().contrast;
            assert_eq!(found.n(), n);
            held += usize::from(!found.estimate.unwrap().excludes(0.7));
        }
        assert_share(&format!("{n} pairs, correlation {rho}"), held, 0.95);
    }
}

#[test]
fn a_winner_is_called_by_chance_one_time_in_twenty_and_as_often_either_way() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(5);
    let pairs = Pairs { n: 12, rho: 0.8, planted: 0.0 };
    let (mut higher, mut lower) = (0, 0);
    for _ in 0..EXPERIMENTS {
        let found = Contrast::of(&pairs.draw(&mut random), Luck::SameOpening);
        let estimate = found.estimate.unwrap();
        assert_eq!(found.p_value.unwrap() < 0.05, estimate.excludes(0.0), "interval and chance disagree");
        higher += usize::from(found.verdict == Some(Verdict::Higher));
        lower += usize::from(found.verdict == Some(Verdict::Lower));
    }
    assert_share("called higher", higher, 0.025);
    assert_share("called lower", lower, 0.025);
}

#[test]
fn independent_sides_pass_for_paired_one_time_in_twenty_and_never_without_common_luck() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(6);
    let (independent, together) =
        (Pairs { n: 10, rho: 0.0, planted: 1.0 }, Pairs { n: 10, rho: 0.98, planted: 1.0 });
    let mut paired = 0;
    for _ in 0..EXPERIMENTS {
        let pairs = independent.draw(&mut random);
        paired += usize::from(Contrast::of(&pairs, Luck::SameSeed).pairing == Some(Pairing::Paired));
        let pairs = together.draw(&mut random);
        let of = |luck| Contrast::of(&pairs, luck).pairing;
        assert_eq!(
            (of(Luck::SameOpening), of(Luck::OtherSeed)),
            (Some(Pairing::Paired), Some(Pairing::NotPaired))
        );
    }
    assert_share("independent sides called paired", paired, 0.05);
}

#[test]
fn pairing_saves_what_the_correlation_says() {
    // 2 ρ σ₁ σ₂/(σ₁² + σ₂²) with ρ = 0.8, σ = 2 and 1: 0.64, to four standard errors of the mean of 400 experiments.
    let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
    let pairs = Pairs { n: 500, rho: 0.8, planted: 3.0 };
    let saved: Vec<f64> = (0..400)
        .map(|_| Contrast::of(&pairs.draw(&mut random), Luck::SameOpening).variance_saved.unwrap())
        .collect();
    crate::life::assert_within_4_errors("variance saved", crate::life::mean_and_error(&saved), 0.64);
}

/// Clients of 40 replications whose gains are planted at 0.3 in the scenario and 0.1 in the baseline; the cohorts differ
/// in size, and everybody in a replication shares its luck, the more so in both arms together.
#[test]
fn nineteen_of_twenty_intervals_hold_a_planted_difference_of_clients_gains() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(8);
    let normal = Normal::new(0.0, 1.0).unwrap();
    let arms = two_arms();
    let mut held = 0;
    for _ in 0..EXPERIMENTS {
        let mut all = Vec::new();
        for number in 0..40 {
            let shared = normal.sample(&mut random);
            let mut cohort = |gain: f64, most: usize| {
                let luck = 1.0 + 0.2 * shared + 0.1 * normal.sample(&mut random);
                let mut side = |gain: f64, n: usize| {
                    let incomes = (0..n).map(|_| luck + gain + 0.3 * normal.sample(&mut random));
                    (incomes.sum::<f64>(), n as f64)
                };
                let (treated, held_out) = (side(gain, 4 + number % most), side(0.0, 1 + number % 3));
                rows("", 0.0, Arms { treated, held_out })
            };
            let pair = (cohort(0.3, 9), cohort(0.1, 5));
            all.extend(replications(number, pair));
        }
        let compared = compare(&arms, &all, Baseline::Asked(0));
        let found = &compared[0].of("clients_gain").unwrap().contrast;
        assert_eq!((found.n(), compared[0].of("clients_gain").unwrap().kind), (40, Kind::Pooled));
        held += usize::from(!found.estimate.unwrap().excludes(0.2));
    }
    assert_share("clients' gains", held, 0.95);
}

#[test]
fn differences_that_are_all_the_same_need_six_pairs_and_those_of_the_last_digit_are_none() {
    let judge = |pairs: &[(f64, f64)]| Contrast::of(pairs, Luck::SameOpening);
    for n in 2..=8_u32 {
        let found = judge(&(0..n).map(|i| (f64::from(i) + 1.0, f64::from(i))).collect::<Vec<_>>());
        assert_eq!(found.estimate.map(|e| e.value), Some(1.0));
        let told = (found.verdict, found.p_value, found.estimate.unwrap().interval);
        if n < 6 {
            assert_eq!(told, (None, None, None), "{n} pairs");
        } else {
            let chance = 2.0 / f64::from(1_u32 << n);
            assert!((told.1.unwrap() - chance).abs() < 1e-12);
            assert_eq!((told.0, told.2), (Some(Verdict::Higher), Some((1.0, 1.0))), "{n} pairs");
        }
    }
    let (a, b) = (0.1 + 0.2, 0.3);
    assert!(a > b, "rounding shows");
    let found = judge(&[(a, b), (b, b), (2.0 * a, 2.0 * b), (a, b)]);
    assert_eq!(found.estimate.unwrap(), Estimate { n: 4, value: 0.0, interval: Some((0.0, 0.0)) });
    assert_eq!((found.verdict, found.p_value), (Some(Verdict::NoneDetectable), Some(1.0)));
}

#[test]
fn few_pairs_say_what_they_can() {
    let judge = |pairs: &[(f64, f64)]| Contrast::of(pairs, Luck::SameOpening);
    let none = judge(&[]);
    assert_eq!(
        (none.n(), none.means, none.estimate, none.verdict, none.p_value),
        (0, None, None, None, None)
    );
    assert_eq!((none.variance_saved, none.pairing), (None, None));
    let one = judge(&[(1.0, 0.0)]);
    assert_eq!(one.estimate, Some(Estimate { n: 1, value: 1.0, interval: None }));
    assert_eq!((one.verdict, one.p_value, one.variance_saved, one.pairing), (None, None, None, None));
    // Two points always lie on a line.
    assert_eq!(judge(&[(1.0, 2.0), (3.0, 5.0)]).pairing, None);
    assert_eq!(judge(&[(1.0, 0.0), (3.0, 0.0), (2.0, 0.0)]).pairing, Some(Pairing::NotPaired));
    assert_eq!(judge(&[(1.0, 0.0), (1.0, 0.0), (1.0, 0.0)]).pairing, None, "nothing varies");
    // r = 0.866 with three pairs, a chance of 1/6, and r = 0.6 with six, a chance of 0.104: only six say that it may be
    // none.
    let three = judge(&[(1.0, 1.0), (2.0, 3.0), (3.0, 3.0)]);
    assert!(three.variance_saved.unwrap() > 0.8 && three.pairing.is_none(), "{three:?}");
    let six = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0].into_iter().zip([3.0, 1.0, 5.0, 2.0, 4.0, 6.0]);
    let six = judge(&six.collect::<Vec<_>>());
    assert!(six.variance_saved.unwrap() > 0.5 && six.pairing == Some(Pairing::NotPaired), "{six:?}");
    let strangers = Contrast::of(&[(1.0, 1.0), (2.0, 2.0)], Luck::OtherSeed);
    assert_eq!(strangers.pairing, Some(Pairing::NotPaired));
}

#[test]
fn what_did_not_happen_on_one_side_or_did_not_finish_is_left_out() {
    let of = |value: Option<f64>| {
        let mut rows = rows("goodwill", value.unwrap_or(0.0), Arms::default());
        if value.is_none() {
            rows.outcomes.fill(None);
        }
        Ok(rows)
    };
    let failed = || Err(introsim::engine::Failure::NotFinite("goodwill"));
    let one = |arm, number, result| Replication { arm, number, result };
    let replications = [
        one(0, 0, of(Some(1.0))),
        one(0, 1, of(Some(2.0))),
        one(0, 2, of(None)),
        one(0, 3, failed()),
        one(0, 4, of(Some(9.0))),
        one(1, 0, of(Some(1.5))),
        one(1, 1, of(Some(2.5))),
        one(1, 2, of(Some(7.0))),
        one(1, 3, of(Some(8.0))),
        // Replication 4 exists in one arm alone, 5 in the other.
        one(1, 5, of(Some(8.0))),
    ];
    let found = compare(&two_arms(), &replications, Baseline::Asked(0));
    assert_eq!((found.len(), found[0].scenario.as_str(), found[0].baseline.as_str()), (1, "other", "plain"));
    let contrast = &found[0].of("goodwill").unwrap().contrast;
    assert_eq!((contrast.n(), contrast.means), (2, Some((2.0, 1.5))));
    assert_eq!(contrast.estimate.map(|e| e.value), Some(0.5));
    assert_eq!(found[0].of("hours").unwrap().contrast.n(), 0);
}

#[test]
fn the_sum_of_welfare_adds_every_side_that_the_outcomes_have() {
    for (suffix, (name, unit, _, parts)) in ["", "_judged"].iter().zip(SUMS) {
        let columns = outcomes::columns();
        let sides = columns
            .iter()
            .filter(|c| c.0.starts_with("welfare_") && c.0.ends_with("_judged") != suffix.is_empty());
        assert_eq!(sides.clone().map(|c| c.0).collect::<Vec<_>>(), parts, "{name}");
        assert!(sides.clone().all(|c| c.1 == unit));
    }
    let mut names: Vec<&str> = metrics().iter().map(|m| m.0).collect();
    names.sort_unstable();
    let n = names.len();
    names.dedup();
    assert_eq!(names.len(), n, "two outcomes of one name");
}

#[test]
fn the_organic_scenario_is_the_first_in_which_nobody_sells_anything() {
    let arms = |settings: &[&[&str]]| -> Vec<Arm> {
        settings.iter().map(|keys| Arm { name: String::new(), scenario: with(keys) }).collect()
    };
    let selling: &[&[&str]] = &[
        &["sellers.entry=closed", "sellers.share=5%"],
        &["coaching.price=$100"],
        &["referral.employee_bonus=$100"],
        &["referral.stranger_price=$100"],
    ];
    assert_eq!(organic(&arms(selling)), None);
    // A share that rounds to no seller sells nothing, whatever the contract says.
    let nobody: &[&str] = &["sellers.entry=closed", "sellers.share=0.1%", "contract.upfront=$500"];
    let mut all = selling.to_vec();
    all.extend([nobody, &[]]);
    assert_eq!(organic(&arms(&all)), Some(4));
}

/// Who stands beside whom, by hand: a market of another labour market is never held against the first organic one.
#[test]
fn each_market_is_held_against_nothing_sold_on_its_own_opening_or_against_nothing() {
    let sells: [&str; 2] = ["sellers.entry=closed", "sellers.share=5%"];
    let heals = "goodwill.recovery=0.005";
    let arms = |all: &[(&str, &[&str])]| -> Vec<Arm> {
        all.iter().map(|(name, keys)| Arm { name: (*name).to_owned(), scenario: with(keys) }).collect()
    };
    let slow: Vec<&str> = sells.iter().copied().chain([heals]).collect();
    let alone = arms(&[("free", &[]), ("paid", &sells), ("slow", &slow)]);
    assert_eq!(Baseline::Organic(0).of_each(&alone), [None, Some(0), None]);
    assert_eq!(Baseline::Organic(0).left_out(&alone), [2]);
    assert_eq!(Baseline::Asked(0).of_each(&alone), [None, Some(0), Some(0)]);
    assert_eq!(Baseline::Asked(0).left_out(&alone), [0; 0]);
    let warned = warnings(&alone, Baseline::Organic(0), &compare(&alone, &[], Baseline::Organic(0)));
    let words: Vec<String> = warned.iter().map(ToString::to_string).collect();
    assert_eq!(words.len(), 1, "{words:?}");
    assert!(words[0].starts_with("slow is held against nothing: it does not open as free does"), "{words:?}");
    assert!(words[0].contains("(goodwill.recovery)"), "{words:?}");
    let beside =
        arms(&[("free", &[]), ("paid", &sells), ("slow", &slow), ("slow free", &[heals]), ("copy", &[])]);
    assert_eq!(Baseline::Organic(0).of_each(&beside), [None, Some(0), Some(3), None, Some(0)]);
    assert_eq!(Baseline::Organic(0).left_out(&beside), [0; 0]);
    let compared = compare(&beside, &[], Baseline::Organic(0));
    let pairs: Vec<(&str, &str)> =
        compared.iter().map(|one| (one.scenario.as_str(), one.baseline.as_str())).collect();
    assert_eq!(pairs, [("paid", "free"), ("slow", "slow free"), ("copy", "free")]);
}
