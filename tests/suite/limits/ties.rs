//! Ties under steady requests: how long goodwill lasts, and what decision-makers come to believe.

use introsim::scenario::Scenario;
use introsim::world::START;
use introsim::world::ties::Ties;

use crate::life::{Life, assert_within_4_errors, changed, mean_and_error, nothing_happens};

/// Sellers with one tie each and nobody to serve: what happens to the tie is bombardment alone.
fn bombarded(sellers: u32, settings: &[&str]) -> Scenario {
    let mut scenario = nothing_happens(1);
    (scenario.introducers.count, scenario.introducers.ties) = (sellers, 1);
    scenario.decision_makers.count = sellers;
    scenario.sellers.entry = introsim::scenario::Entry::Closed;
    scenario.sellers.share = 1.0;
    changed(&scenario, &[&["goodwill.forgiven=0", "goodwill.rebuild_success=0%"], settings].concat())
}

/// Weeks after the opening in which the ties of all sellers are blocked; none if they all live to the end.
fn blocked_in_week(scenario: &Scenario, weeks: u32) -> Option<u32> {
    let mut life = Life::opened(scenario);
    life.weeks(weeks);
    let ties = &life.world.ties;
    let since = ties.blocked_since(0);
    assert!((0..ties.len()).all(|tie| ties.blocked_since(tie) == since), "equal ties fare equally");
    let lives = &life.record.tie_lives;
    if since == Ties::OPEN {
        assert!(lives.is_empty());
        return None;
    }
    assert_eq!(lives.len(), ties.len(), "each block ends one recorded life");
    assert!(lives.iter().all(|l| l.blocked && l.end == since && l.start == START && l.goodwill < 0.15));
    Some(since - START)
}

/// Goodwill from 0.8 loses 0.04 a request, gets back 0.02 of what is missing, and is blocked below 0.15: by hand,
/// g(k) = 1 − 1.96 r + (1.96 r − 0.2) 0.98^k under r requests a week, below 0.15 first in week 23, 10, 4 and 2.
#[test]
fn a_tie_that_gets_strangers_every_week_is_blocked_in_the_week_that_goodwill_runs_out() {
    for (requests, week) in [("1", 23), ("2", 10), ("5", 4), ("10", 2)] {
        let rate = format!("bombardment.requests_per_week={requests}");
        let scenario = bombarded(3, &[&rate, "bombardment.met=false"]);
        assert_eq!(blocked_in_week(&scenario, 60), Some(week), "{requests} requests a week");
    }
}

/// A request every second week: after each, g = 0.98 (g' − 0.04) + 0.02 with g' = 0.98 g + 0.02, from 0.8 below 0.15 in
/// week 86. One every third week settles above it: g = 0.98 (0.9604 g + 0.0396 − 0.04) + 0.02 has g* = 0.3335.
#[test]
fn a_tie_bears_a_stranger_every_third_week_for_ever_but_not_every_second() {
    let every_second = ["bombardment.requests_per_week=0.5", "bombardment.met=false"];
    assert_eq!(blocked_in_week(&bombarded(2, &every_second), 400), Some(86));
    let mut every_third = bombarded(2, &["bombardment.met=false"]);
    every_third.bombardment.requests_per_week = 1.0 / 3.0;
    let mut life = Life::opened(&every_third);
    life.weeks(1_500);
    assert!(life.record.tie_lives.is_empty());
    let lowest = 0.98 * (0.9604 * G_STAR + 0.0396 - 0.04) + 0.02;
    assert!((lowest - G_STAR).abs() < 1e-4, "the fixed point by hand");
    assert!((life.world.ties.goodwill(0) - G_STAR).abs() < 1e-4, "goodwill {}", life.world.ties.goodwill(0));
}

/// (0.98 · (0.0396 − 0.04) + 0.02)/(1 − 0.98 · 0.9604), right after each request.
const G_STAR: f64 = 0.333_466;

/// The highest rate that lasts, requests spread so evenly that every week has its fraction:
/// recovery (1 − block_below)/(per_request (1 − recovery)) = 0.02 · 0.85/(0.04 · 0.98) = 0.43367. A fraction r of a
/// request that takes 0.04 is one request that takes 0.04 r.
#[test]
fn the_highest_rate_that_a_tie_sustains_is_that_of_the_closed_form() {
    let highest = 0.02 * 0.85 / (0.04 * 0.98);
    let lives_at = |rate: f64| {
        let mut scenario = bombarded(2, &["bombardment.requests_per_week=1", "bombardment.met=false"]);
        scenario.goodwill.per_request = 0.04 * rate;
        blocked_in_week(&scenario, 2_000).is_none()
    };
    assert!(lives_at(highest * 0.999) && !lives_at(highest * 1.001));
    assert!((highest - 0.434_f64).abs() < 5e-4, "the figure that the model's page gives");
}

/// Good people give goodwill back: with every request met and passed a tie at 10 requests a week stays at its best.
#[test]
fn good_introductions_pay_for_themselves_and_bad_ones_burn_a_tie_sooner() {
    let rate = "bombardment.requests_per_week=10";
    let good = ["bombardment.quality_above_bar=8", "decision_makers.interview_precision=10"];
    assert_eq!(blocked_in_week(&bombarded(2, &[&[rate], good.as_slice()].concat()), 300), None);
    // Each takes 0.04 + 0.10: g = 0.98 (0.8 − 1.4 → 0) + 0.02 = 0.02 in the first week.
    let bad = ["bombardment.quality_above_bar=-8", "decision_makers.interview_precision=10"];
    assert_eq!(blocked_in_week(&bombarded(2, &[&[rate], bad.as_slice()].concat()), 300), Some(1));
}

/// A blocked tie is forgiven with a constant chance f: weeks from block to pardon are geometric, and it opens at
/// rebuild_to. Blocked in week 2 by ten requests a week, it is blocked again two weeks later: a cycle of a pardon,
/// which falls in the weeks after the block, and b weeks until the next block.
#[test]
fn blocked_ties_are_forgiven_at_their_rate() {
    let settings = ["bombardment.requests_per_week=10", "bombardment.met=false", "goodwill.forgiven=0.1"];
    let mut life = Life::opened(&bombarded(2_000, &settings));
    life.weeks(2);
    assert!((0..life.world.ties.len()).all(|tie| life.world.ties.blocked_since(tie) == START + 2));
    let mut still = vec![1.0; 2_000];
    for week in 1..=10_i32 {
        life.weeks(1);
        for (tie, first) in still.iter_mut().enumerate() {
            *first *= f64::from(u8::from(life.world.ties.life[tie].reopened == 0));
        }
        if week == 3 || week == 10 {
            let label = format!("still blocked after {week} weeks");
            assert_within_4_errors(&label, mean_and_error(&still), 0.9_f64.powi(week));
        }
    }
    let forgiven = (0..2_000)
        .filter(|&t| u32::from(life.world.ties.life[t].since) == life.world.week)
        .collect::<Vec<_>>();
    assert!(forgiven.len() > 20);
    assert!(forgiven.iter().all(|&tie| (life.world.ties.goodwill(tie) - 0.5).abs() < 1e-12));
}

/// Trust under n people a week of constant quality d, shown with noise: precision settles where n looks of precision w
/// make up for fading, τ* = τ₀ + n w (1 − f)/f, and the mean where each week's step from the n looks towards d and
/// from fading towards m₀ cancel: m* = ((1 − f) k d + f m₀)/((1 − f) k + f) with k = n w/(τ* + n w).
#[test]
fn long_run_trust_lies_between_what_was_seen_and_where_it_fades_to() {
    for (n, quality, fade) in [(1.0, -0.6, 0.02), (3.0, 0.9, 0.02), (1.0, -1.0, 0.1)] {
        let mut scenario = bombarded(
            1_000,
            // Goodwill is neither used nor lost, so that no tie is blocked.
            &["goodwill.per_request=0", "goodwill.bad=0", "goodwill.good=0", "bombardment.met=true"],
        );
        scenario.bombardment.requests_per_week = n;
        scenario.bombardment.quality_above_bar = quality;
        scenario.beliefs.trust_fade = fade;
        scenario.beliefs.trust_mean = 0.3;
        scenario.decision_makers.interview_precision = 0.21;
        // A person's showing speaks of his source through the spread within it, the match and the interview.
        let look: f64 = 1.0 / (0.5 + 0.25 + 1.0 / 0.21);
        let (rest, rest_precision) = (0.3, 4.0);
        let precision = rest_precision + n * look * (1.0 - fade) / fade;
        let k = n * look / (precision + n * look);
        let expected = ((1.0 - fade) * k * quality + fade * rest) / ((1.0 - fade) * k + fade);
        // The same by iterating the two lines of the recursion in expectation.
        let (mut m, mut tau) = (rest, rest_precision);
        for _ in 0..4_000 {
            (m, tau) = (m + n * look / (tau + n * look) * (quality - m), tau + n * look);
            (m, tau) = (m + fade * (rest - m), tau + fade * (rest_precision - tau));
        }
        assert!(
            (m - expected).abs() < 1e-9 && (tau - precision).abs() < 1e-9,
            "closed form {expected}, iterated {m}"
        );

        let mut life = Life::opened(&scenario);
        life.weeks(400);
        let mut means = vec![0.0; 1_000];
        for _ in 0..200 {
            life.weeks(1);
            for (tie, mean) in means.iter_mut().enumerate() {
                *mean += life.world.ties.trust(tie).mean / 200.0;
            }
        }
        let label = format!("trust under {n} a week of quality {quality}, fade {fade}");
        assert_within_4_errors(&label, mean_and_error(&means), expected);
        let found = life.world.ties.trust(7).precision;
        assert!((found / precision - 1.0).abs() < 1e-3, "precision {found}, expected {precision}");
        // In those who pay nobody was sent: that trust is where it began.
        assert!((0..1_000).all(|tie| life.world.ties.paid_trust(tie).mean.abs() < 1e-12));
    }
}
