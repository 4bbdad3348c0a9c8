//! Known answers, collisions, fairness and stability of the random streams.

use super::*;
use std::collections::BTreeSet;

/// The three known answers for philox4x32-10 in `kat_vectors` of Random123 1.14.
#[test]
fn philox_gives_the_known_answers_of_random123() {
    let full = u32::MAX;
    assert_eq!(philox4x32_10([0; 4], [0; 2]), [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]);
    assert_eq!(philox4x32_10([full; 4], [full; 2]), [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]);
    assert_eq!(
        philox4x32_10([0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344], [0xA409_3822, 0x299F_31D0]),
        [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1]
    );
}

/// First outputs of SplitMix64 from state 1234567, as printed by the reference C code of Vigna
/// (prng.di.unimi.it/splitmix64.c).
#[test]
fn sub_draws_are_the_published_splitmix64_sequence() {
    let draw = Draw { first: 1_234_567, second: 0 };
    let want = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
    assert_eq!([draw.sub(0), draw.sub(1), draw.sub(2)], want);
}

#[test]
fn neighbouring_seeds_replications_and_addresses_never_meet() {
    let mut seen = BTreeSet::new();
    let mut made = 0;
    for seed in [0, 1, 2, 3, 1 << 32, u64::MAX] {
        for replication in 0..20 {
            let draws = Draws::new(seed, replication);
            for purpose in [Purpose::Ability, Purpose::Separation, Purpose::Interview] {
                for week in [0, 1, 520] {
                    for (chooser, other) in [(0, 0), (0, 1), (1, 0), (1, 1), (77, 9_999), (9_999, 77)] {
                        seen.insert(draws.at(purpose, week, chooser, other).first);
                        made += 1;
                    }
                }
            }
        }
    }
    assert_eq!(seen.len(), made, "of {made} addresses some share a draw");
}

/// 64 × 20,000 gates; the critical value 4.42 is the normal quantile at 1e-5, two-sided.
#[test]
fn gates_are_fair_exact_at_the_ends_and_monotone() {
    let draws = Draws::new(5, 0);
    let words = 20_000_u32;
    for chance in [0.0012, 0.1, 0.5, 0.93] {
        let yes: u32 =
            (0..words).map(|w| draws.gates(Purpose::Look, 3, w, Gate::new(chance)).count_ones()).sum();
        let n = f64::from(words) * 64.0;
        let z = (f64::from(yes) - n * chance) / (n * chance * (1.0 - chance)).sqrt();
        assert!(z.abs() < 4.42, "chance {chance}: z = {z}");
    }
    for word in 0..50 {
        let few = draws.gates(Purpose::Look, 3, word, Gate::new(0.2));
        let many = draws.gates(Purpose::Look, 3, word, Gate::new(0.3));
        assert_eq!(few & !many, 0, "who says yes at 20 % says yes at 30 %");
        assert_eq!(draws.gates(Purpose::Look, 3, word, Gate::new(0.0)), 0);
        assert_eq!(draws.gates(Purpose::Look, 3, word, Gate::new(1.0)), u64::MAX);
    }
}

/// Mean and variance of 200,000 normals; critical value 4.42 as above. SE of a variance: √(2/n).
#[test]
fn normals_have_mean_zero_and_variance_one() {
    let draws = Draws::new(1, 1);
    let n = 100_000_u32;
    let (mut sum, mut squares) = (0.0, 0.0);
    for i in 0..n {
        let draw = draws.at(Purpose::Interview, 1, i, 0);
        for x in [draw.normal(), draw.second_normal()] {
            sum += x;
            squares += x * x;
        }
    }
    let n = 2.0 * f64::from(n);
    assert!((sum / n.sqrt()).abs() < 4.42);
    assert!(((squares / n - 1.0) / (2.0 / n).sqrt()).abs() < 4.42);
}

/// A published table must be reachable next year: these values change only with a new major version.
#[test]
fn values_are_stable() {
    let draw = Draws::new(1, 0).at(Purpose::Ability, 2, 3, 4);
    insta::assert_snapshot!(
        format!("{:016x} {:016x} {:016x} {:?} {:?}", draw.first, draw.second, draw.branch(7).rank(), draw.uniform(), draw.normal()),
        @"4f758b53ecac8dbd d11f0eb599023682 5006be7e4a534c83 0.3103873329061334 -0.4947527433188831"
    );
}

#[test]
fn small_bounds_are_drawn_evenly() {
    let draw = Draws::new(9, 9).at(Purpose::Meet, 0, 0, 0);
    let mut counts = [0_u32; 7];
    for i in 0..70_000 {
        counts[below(draw.sub(i), 7) as usize] += 1;
    }
    // χ² with 6 degrees of freedom: 0.99999 quantile 33.1.
    let chi: f64 = counts.iter().map(|&c| (f64::from(c) - 10_000.0).powi(2) / 10_000.0).sum();
    assert!(chi < 33.1, "χ² = {chi}");
}
