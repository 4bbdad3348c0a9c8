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

/// First outputs of wyrand from state 1234567, as printed by the crate fastrand 2.5.0, whose generator it is.
#[test]
fn sub_draws_are_the_published_wyrand_sequence() {
    let draw = Draw { first: 1_234_567, second: 0 };
    let want = [13_725_641_357_320_173_039, 13_099_500_103_347_697_343, 1_505_849_618_603_060_667];
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
            (0..words).map(|w| draws.head(Purpose::Look, 3).gates(w, Gate::new(chance)).count_ones()).sum();
        let n = f64::from(words) * 64.0;
        let z = (f64::from(yes) - n * chance) / (n * chance * (1.0 - chance)).sqrt();
        assert!(z.abs() < 4.42, "chance {chance}: z = {z}");
    }
    for word in 0..50 {
        let few = draws.head(Purpose::Look, 3).gates(word, Gate::new(0.2));
        let many = draws.head(Purpose::Look, 3).gates(word, Gate::new(0.3));
        assert_eq!(few & !many, 0, "who says yes at 20 % says yes at 30 %");
        let among = draws.head(Purpose::Look, 4).sub(word);
        let some = draws.head(Purpose::Look, 3).gates_among(word, Gate::new(0.3), among);
        assert_eq!(some, many & among, "some get what they get among all");
        assert_eq!(draws.head(Purpose::Look, 3).gates(word, Gate::new(0.0)), 0);
        assert_eq!(draws.head(Purpose::Look, 3).gates(word, Gate::new(1.0)), u64::MAX);
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
        @"4f758b53ecac8dbd d11f0eb599023682 0abd706027e17672 0.3103873329061334 -0.4947527433188831"
    );
}

#[test]
fn small_bounds_are_drawn_evenly() {
    let draw = Draws::new(9, 9).at(Purpose::Network, 0, 0, 0);
    let mut counts = [0_u32; 7];
    for i in 0..70_000 {
        counts[below(draw.sub(i), 7) as usize] += 1;
    }
    // χ² with 6 degrees of freedom: 0.99999 quantile 33.1.
    let chi: f64 = counts.iter().map(|&c| (f64::from(c) - 10_000.0).powi(2) / 10_000.0).sum();
    assert!(chi < 33.1, "χ² = {chi}");
}

/// 40,000 rows of seven lanes: the number of yes and of rows without any are binomial; critical value 4.42 as above.
#[test]
fn skips_say_yes_as_often_as_lanes_drawn_one_by_one() {
    let draws = Draws::new(6, 0).head(Purpose::Network, 1);
    for chance in [0.055, 0.4] {
        let skips = Skips::new(chance, 7);
        let rows = 40_000_u32;
        let (mut yes, mut without, mut last) = (0_u32, 0_u32, 0_u32);
        for row in 0..rows {
            let luck = draws.branch(row);
            let lanes: Vec<usize> = skips.yes(7, |position| luck.sub(position)).collect();
            assert!(lanes.windows(2).all(|pair| pair[0] < pair[1]) && lanes.iter().all(|&lane| lane < 7));
            yes += u32::try_from(lanes.len()).unwrap();
            without += u32::from(lanes.is_empty());
            last += u32::from(lanes.contains(&6));
        }
        let z = |count: u32, n: f64, p: f64| (f64::from(count) - n * p) / (n * p * (1.0 - p)).sqrt();
        let n = f64::from(rows);
        let none = (0..7).fold(1.0, |left, _| left * (1.0 - chance));
        for z in [z(yes, 7.0 * n, chance), z(without, n, none), z(last, n, chance)] {
            assert!(z.abs() < 4.42, "chance {chance}: z = {z}");
        }
    }
    let numbers = |_| u64::MAX / 2;
    assert_eq!(Skips::new(0.0, 3).yes(3, numbers).count(), 0);
    assert_eq!(Skips::new(1.0, 3).yes(3, numbers).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(Skips::new(0.5, 3).yes(0, numbers).count(), 0);
}

/// 64 × 20,000 rare draws on both sides of the chance from which digits are compared; critical value 4.42 as above. No
/// lane is favoured: χ² over the 64 lanes, 63 degrees of freedom, 0.99999 quantile 122.9.
#[test]
fn rare_draws_are_fair_in_every_lane_and_nested_from_a_sixteenth_on() {
    let head = Draws::new(8, 0).head(Purpose::Look, 2);
    let words = 20_000_u32;
    for chance in [0.0012, 0.012, 0.06, 0.0625, 0.3] {
        let rare = Rare::new(chance);
        let mut by_lane = [0_u32; 64];
        for word in 0..words {
            let yes = rare.of(head, word);
            by_lane.iter_mut().enumerate().for_each(|(lane, n)| *n += u32::from(yes >> lane & 1 == 1));
        }
        let n = f64::from(words) * 64.0;
        let z = (f64::from(by_lane.iter().sum::<u32>()) - n * chance) / (n * chance * (1.0 - chance)).sqrt();
        assert!(z.abs() < 4.42, "chance {chance}: z = {z}");
        let expected = f64::from(by_lane.iter().sum::<u32>()) / 64.0;
        let chi: f64 = by_lane.iter().map(|&k| (f64::from(k) - expected).powi(2) / expected).sum();
        assert!(chi < 122.9, "chance {chance}: χ² = {chi}");
    }
    for word in 0..500 {
        let (few, many) = (Rare::new(0.07).of(head, word), Rare::new(0.09).of(head, word));
        assert_eq!(few & !many, 0, "who says yes at 7 % says yes at 9 %");
    }
    assert_eq!((Rare::new(0.0).of(head, 1), Rare::new(1.0).of(head, 1)), (0, u64::MAX));
}

/// The generator at an address gives the numbers of its sequence, whole or in bytes; equal draws, equal samples.
#[test]
fn a_distribution_can_be_drawn_at_an_address() {
    use rand::Rng;
    use rand_distr::{Distribution, StandardUniform, Triangular};
    let draw = Draws::new(3, 1).at(Purpose::Design, 7, 0, 0);
    let mut generator = draw.generator();
    assert_eq!([0, 1].map(|_| generator.next_u64()), [draw.sub(0), draw.sub(1)]);
    let mut bytes = [0; 12];
    generator.fill_bytes(&mut bytes);
    assert_eq!(bytes[..8], draw.sub(2).to_le_bytes());
    assert_eq!(bytes[8..], draw.sub(3).to_le_bytes()[..4]);
    let sample = |draw: Draw| -> Vec<f64> { StandardUniform.sample_iter(draw.generator()).take(5).collect() };
    assert_eq!(sample(draw), sample(draw));
    assert_ne!(sample(draw), sample(Draws::new(3, 1).at(Purpose::Design, 7, 0, 1)));
    // Triangular on 0 to 1 with its top at 0.3: mean 1.3/3, variance 0.79/18. Critical value 4.42 as above.
    let (n, triangular) = (20_000, Triangular::new(0.0, 1.0, 0.3).unwrap());
    let sum: f64 = triangular.sample_iter(draw.generator()).take(n).sum();
    let n = f64::from(u32::try_from(n).unwrap());
    let z = (sum / n - 1.3 / 3.0) / (0.79_f64 / 18.0 / n).sqrt();
    assert!(z.abs() < 4.42, "z = {z}");
}
