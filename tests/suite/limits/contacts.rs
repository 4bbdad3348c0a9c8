//! Contacts: how many introducers somebody knows who always searches, and how long he knows them.

use introsim::scenario::Scenario;

use crate::life::{Life, assert_within_4_errors, changed, mean_and_error, nothing_happens, ratio_and_error};

/// Everybody searches for ever and nobody has work to offer; networking is equal for all.
pub(super) fn searchers(workers: u32, settings: &[&str]) -> Scenario {
    let scenario = changed(
        &nothing_happens(workers),
        &["workers.initial_unemployed=100%", "workers.networking_log_sd=0", "contacts.ask_rate=0"],
    );
    let mut scenario = changed(&scenario, settings);
    scenario.introducers.ties = 0;
    scenario
}

/// Mean contacts over some weeks, one value a worker, whose lives are independent.
fn mean_contacts(scenario: &Scenario, before: u32, weeks: u32) -> (f64, f64) {
    let mut life = Life::new(scenario);
    life.weeks(before);
    let mut sums = vec![0.0; life.world.workers.len()];
    for _ in 0..weeks {
        life.weeks(1);
        for (worker, sum) in sums.iter_mut().enumerate() {
            *sum += f64::from(life.world.contacts.count(worker)) / f64::from(weeks);
        }
    }
    mean_and_error(&sums)
}

/// Mean of the stationary number of contacts: each survives a week with chance q, then with chance p somebody is met who
/// is not yet known, if there is one, and kept if there is room.
pub(super) fn stationary_mean(p: f64, q: f64, most: usize, introducers: usize) -> f64 {
    let mut now = vec![0.0; most + 1];
    now[0] = 1.0;
    for _ in 0..3_000 {
        // Survivors are binomial: built up one contact after the other.
        let mut left = vec![0.0; most + 1];
        for (k, chance) in now.iter().enumerate() {
            let mut survivors = vec![1.0];
            for _ in 0..k {
                let mut next = vec![0.0; survivors.len() + 1];
                for (s, p_s) in survivors.iter().enumerate() {
                    next[s] += p_s * (1.0 - q);
                    next[s + 1] += p_s * q;
                }
                survivors = next;
            }
            survivors.iter().enumerate().for_each(|(s, p_s)| left[s] += chance * p_s);
        }
        let mut next = vec![0.0; most + 1];
        for (k, chance) in left.iter().enumerate() {
            let new = if k < most && k < introducers { p } else { 0.0 };
            next[k] += chance * (1.0 - new);
            if k < most {
                next[k + 1] += chance * new;
            }
        }
        now = next;
    }
    now.iter().zip(0..).map(|(chance, k)| chance * f64::from(k)).sum()
}

/// Where the row never fills: E k = q E k + p, so E k = p/(1 − q), however many introducers there are.
#[test]
fn somebody_who_always_searches_knows_as_many_introducers_as_meeting_and_fading_leave_him() {
    let (p, half_life) = (0.1, 26.0);
    let q = introsim::maths::pow(2.0, -1.0 / half_life);
    let expected = p / (1.0 - q);
    let chain = stationary_mean(p, q, 16, 200);
    assert!((chain - expected).abs() < 1e-3, "the chain {chain} and the closed form {expected}");
    for introducers in ["introducers.count=20", "introducers.count=200", "introducers.count=5000"] {
        let settings = [introducers, "contacts.half_life=26", "contacts.meet_rate=0.1"];
        let found = mean_contacts(&searchers(3_000, &settings), 400, 200);
        assert_within_4_errors(&format!("contacts of a searcher, {introducers}"), found, expected);
    }
}

/// Where the row is short and introducers are few, the exact chain.
#[test]
fn a_short_row_of_contacts_fills_as_its_birth_and_death_chain_says() {
    for (p, half_life, most, introducers) in
        [(0.6, 10.0, 4_usize, 9_usize), (0.3, 4.0, 2, 2), (0.9, 4.0, 16, 5), (1.0, 30.0, 16, 20)]
    {
        let q = introsim::maths::pow(2.0, -1.0 / half_life);
        let scenario = searchers(
            2_000,
            &[
                &format!("contacts.meet_rate={p}"),
                &format!("contacts.half_life={half_life}"),
                &format!("contacts.most={most}"),
                &format!("introducers.count={introducers}"),
                &format!("contacts.start_mean={}", most.min(2)),
            ],
        );
        let expected = stationary_mean(p, q, most, introducers);
        let found = mean_contacts(&scenario, 300, 200);
        assert_within_4_errors(&format!("contacts of at most {most} among {introducers}"), found, expected);
    }
}

/// A contact is gone with chance one half after its half-life, an eighth are left after three.
#[test]
fn half_of_all_contacts_have_faded_after_the_half_life() {
    let scenario = searchers(
        8_000,
        &["introducers.count=200", "contacts.meet_rate=0", "contacts.start_mean=4", "contacts.half_life=45"],
    );
    let mut life = Life::new(&scenario);
    let start: Vec<f64> = (0..8_000).map(|w| f64::from(life.world.contacts.count(w))).collect();
    for (weeks, expected) in [(45, 0.5), (90, 0.125)] {
        life.weeks(weeks);
        let left = start.iter().zip(0..).map(|(&n, w)| (f64::from(life.world.contacts.count(w)), n));
        let found = ratio_and_error(&left.collect::<Vec<_>>());
        assert_within_4_errors(&format!("contacts left after {weeks} more weeks"), found, expected);
    }
}

/// At the start a worker knows a Poisson number of introducers.
#[test]
fn contacts_at_the_start_have_their_mean_and_variance() {
    let life = Life::new(&searchers(20_000, &["introducers.count=5000", "contacts.start_mean=1.5"]));
    let counts: Vec<f64> = (0..20_000).map(|w| f64::from(life.world.contacts.count(w))).collect();
    assert_within_4_errors("contacts at the start", mean_and_error(&counts), 1.5);
    let squares: Vec<f64> = counts.iter().map(|n| (n - 1.5) * (n - 1.5)).collect();
    assert_within_4_errors("their variance", mean_and_error(&squares), 1.5);
}
