//! Interviews: who passes, and whether beliefs that are right stay right.
//!
//! One week in which everybody is out of work and writes to a few of many equal desks with endless attention. The
//! desks believe of applicants what is true: ability minus bar is N(−bar, 1). Then the theory of a normal look is
//! exact: the posterior mean of quality minus bar is N(M, σ²) with M = −bar, σ² = V²/(V + 1/π) and V = 1 + match².

use introsim::maths::{normal_below, normal_density};
use introsim::scenario::Scenario;

use crate::life::{Life, assert_within_4_errors, changed, mean_and_error, nothing_happens, ratio_and_error};

const WORKERS: u32 = 30_000;

fn market(bar: f64, match_sd: f64, precision: f64, resume: f64) -> Scenario {
    let mut scenario = changed(
        &nothing_happens(WORKERS),
        &[
            "workers.initial_unemployed=100%",
            "decision_makers.count=100",
            "decision_makers.initial_vacancies=100%",
            "decision_makers.bar_sd=0",
            "decision_makers.meeting_cost=$0",
            "search.reservation_unemployed=0%",
            "search.vacancies_compared=1",
            "search.applications_unemployed=0.7",
            "beliefs.applicants_variance=1",
            "beliefs.applicants_learning=0",
        ],
    );
    scenario.decision_makers.attention = 1_000_000;
    scenario.decision_makers.bar_mean = bar;
    scenario.decision_makers.interview_precision = precision;
    scenario.jobs.match_sd = match_sd;
    scenario.workers.resume_precision = resume;
    scenario.beliefs.applicants_mean = -bar;
    scenario
}

/// Sum over each worker's meetings of something, with their number: workers are independent, their meetings are not.
fn by_worker(life: &Life, of: impl Fn(&introsim::week::pipeline::Meeting) -> f64) -> Vec<(f64, f64)> {
    let mut sums = vec![(0.0, 0.0); WORKERS as usize];
    for meeting in &life.pipeline.meetings {
        let (sum, n) = &mut sums[meeting.request.worker as usize];
        *sum += of(meeting);
        *n += 1.0;
    }
    sums
}

fn passed(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

#[test]
fn the_share_that_passes_and_their_worth_are_those_of_the_normal_posterior() {
    for (bar, match_sd, precision) in [(0.0, 0.5, 0.21), (0.8, 0.5, 0.21), (-0.5, 0.0, 1.0), (0.5, 1.0, 0.1)]
    {
        let mut life = Life::new(&market(bar, match_sd, precision, 0.0));
        life.weeks(1);
        assert_eq!(life.tally.met[0], life.tally.requests[0], "everybody who wrote was met");
        let v: f64 = 1.0 + match_sd * match_sd;
        let sigma = v / (v + 1.0 / precision).sqrt();
        let margin: f64 = -bar;
        let z = margin / sigma;
        let label = format!("bar {bar}, match {match_sd}, interview {precision}");
        let share = ratio_and_error(&by_worker(&life, |m| passed(m.passed())));
        assert_within_4_errors(&format!("{label}: passed"), share, normal_below(z));
        let worth = ratio_and_error(&by_worker(&life, |m| m.posterior.max(0.0)));
        let expected = sigma * (normal_density(z) + z * normal_below(z));
        assert_within_4_errors(&format!("{label}: expected gain"), worth, expected);
        let square = ratio_and_error(&by_worker(&life, |m| (m.posterior - margin) * (m.posterior - margin)));
        assert_within_4_errors(&format!("{label}: variance of the posterior mean"), square, sigma * sigma);
    }
}

/// Right beliefs: the posterior mean is what quality turns out to be, among those who pass and those who fail.
#[test]
fn an_interviewer_with_right_beliefs_is_neither_fooled_nor_too_strict() {
    for (bar, resume) in [(0.0, 0.0), (0.6, 0.5), (0.6, 0.0)] {
        let mut life = Life::new(&market(bar, 0.5, 0.21, resume));
        life.weeks(1);
        for (who, pass) in [("who passed", true), ("who failed", false)] {
            let group: Vec<(f64, f64)> = {
                let chosen = |m: &introsim::week::pipeline::Meeting| m.passed() == pass;
                let errors = by_worker(&life, |m| passed(chosen(m)) * (m.true_margin - m.posterior));
                let n = by_worker(&life, |m| passed(chosen(m)));
                errors.iter().zip(&n).map(|((error, _), (n, _))| (*error, *n)).collect()
            };
            let label = format!("bar {bar}, résumé {resume}: true less believed quality of those {who}");
            assert_within_4_errors(&label, ratio_and_error(&group), 0.0);
        }
    }
}

/// With a résumé of precision ρ the belief before the interview is spread N(−bar, ρ/(1 + ρ)) over people, and what
/// résumé and interview show together has the variance ρ/(1 + ρ) + V²/(V + 1/π) with V = 1/(1 + ρ) + match².
#[test]
fn a_resume_moves_the_belief_before_the_interview_as_far_as_it_is_precise() {
    let (bar, match_sd, precision, resume): (f64, f64, f64, f64) = (0.5, 0.5, 0.21, 0.4);
    let mut life = Life::new(&market(bar, match_sd, precision, resume));
    life.weeks(1);
    let before = ratio_and_error(&by_worker(&life, |m| (m.margin + bar) * (m.margin + bar)));
    assert_within_4_errors("variance of beliefs after the résumé", before, resume / (1.0 + resume));
    let v = 1.0 / (1.0 + resume) + match_sd * match_sd;
    let total = resume / (1.0 + resume) + v * v / (v + 1.0 / precision);
    let share = ratio_and_error(&by_worker(&life, |m| passed(m.passed())));
    assert_within_4_errors("passed, with a résumé", share, normal_below(-bar / total.sqrt()));
}

/// The belief about applicants, learned from errors of prediction, goes to the truth: with every bar at 0.4 and those
/// who write drawn from N(0, 1), to −0.4. In expectation each week with n meetings leaves (1 − w)^n of the error.
#[test]
fn the_common_belief_about_applicants_learns_the_truth() {
    let mut errors = Vec::new();
    for seed in 0..30 {
        let mut scenario = market(0.4, 0.5, 0.21, 0.04);
        scenario.run.seed = seed;
        scenario.workers.count = 3_000;
        scenario.beliefs.applicants_mean = 1.0;
        scenario.beliefs.applicants_learning = 0.002;
        let mut life = Life::new(&scenario);
        life.weeks(1);
        let n = f64::from(life.tally.met[0]);
        assert!(n > 1_500.0, "{n} meetings");
        let expected = -0.4 + 1.4 * introsim::maths::pow(1.0 - 0.002, n);
        errors.push(life.world.applicants.mean - expected);
    }
    assert_within_4_errors("belief about applicants less the theory", mean_and_error(&errors), 0.0);
}

/// One offer a week and vacancy, to the best who pass. Desks hear of a Poisson number of people, here one on average;
/// all of them fail with chance E f^k = exp(−(1 − f)), where f is the chance that one fails.
#[test]
fn a_desk_makes_an_offer_unless_everybody_it_met_failed() {
    let bar = 0.5;
    let mut scenario = market(bar, 0.5, 0.21, 0.0);
    scenario.decision_makers.count = WORKERS / 2;
    scenario.search.applications_unemployed = 0.5;
    let mut life = Life::new(&scenario);
    life.weeks(1);
    let v: f64 = 1.25;
    let passes = normal_below(-bar / (v / (v + 1.0 / 0.21).sqrt()));
    let mut someone_passed = vec![0.0; WORKERS as usize / 2];
    for meeting in life.pipeline.meetings.iter().filter(|m| m.passed()) {
        someone_passed[meeting.request.decision_maker as usize] = 1.0;
    }
    let offers: f64 = someone_passed.iter().sum();
    assert!(
        (offers - f64::from(life.tally.offers[0])).abs() < 0.5,
        "one offer where somebody passed, no other"
    );
    let expected = 1.0 - introsim::maths::exp(-passes);
    assert_within_4_errors("desks that make an offer", mean_and_error(&someone_passed), expected);
}

/// A résumé of precision 0 says nothing, so with attention for one of many the one who is met is anybody: ability 0 on
/// average, as among all who wrote.
#[test]
fn a_resume_that_says_nothing_does_not_help_the_able_to_be_met() {
    let mut scenario = market(0.0, 0.5, 0.21, 0.0);
    scenario.decision_makers.count = 3_000;
    scenario.decision_makers.attention = 1;
    let mut life = Life::new(&scenario);
    life.weeks(1);
    assert!(life.tally.met[0] > 2_500 && life.tally.requests[0] > 5 * life.tally.met[0]);
    let ability: Vec<(f64, f64)> =
        by_worker(&life, |m| life.world.workers.true_ability[m.request.worker as usize]);
    assert_within_4_errors("ability of those met unread", ratio_and_error(&ability), 0.0);
}
