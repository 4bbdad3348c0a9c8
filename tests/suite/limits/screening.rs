//! Screening: whom a screen accepts, against the truncated normal and quadrature.
//!
//! A market in which everybody out of work applies to one seller with endless hours in the first week; the cohort is
//! then the screen's choice from N(0, 1).

use introsim::maths::{normal_below, normal_density, normal_quantile};
use introsim::scenario::{AcceptAbove, Scenario, Stage};

use super::normal_integral;
use crate::life::{Life, assert_within_4_errors, changed, mean_and_error, nothing_happens};

const APPLICANTS: u32 = 60_000;

/// Everybody applies at once to somebody who costs nothing before a placement and turns nobody away by lot.
fn everybody_applies(stages: &[(f64, f64)]) -> Scenario {
    let mut scenario = changed(
        &nothing_happens(APPLICANTS),
        &[
            "workers.initial_unemployed=100%",
            "workers.resume_precision=0",
            "introducers.count=1",
            "sellers.entry=closed",
            "sellers.share=100%",
            "sellers.contact_hours=0h",
            "buyers.consider_rate=1",
            "buyers.holdout=0%",
            "screening.half_hours=1h",
        ],
    );
    scenario.sellers.hours = 1e9;
    let stage = |&(hours, above): &(f64, f64)| Stage { hours, accept_above: AcceptAbove::Score(above) };
    scenario.screening.stages = stages.iter().map(stage).collect();
    scenario
}

/// True abilities of the accepted, and the share that was accepted with its standard error.
fn screened(scenario: &Scenario) -> (Vec<f64>, (f64, f64)) {
    let mut life = Life::opened(scenario);
    life.weeks(1);
    assert_eq!(life.tally.applicants.n, APPLICANTS, "not everybody applied");
    let cohort = &life.world.market.as_ref().unwrap().cohort;
    let accepted: Vec<f64> =
        cohort.iter().map(|m| life.world.workers.true_ability[m.search.worker.at()]).collect();
    let n = f64::from(u32::try_from(accepted.len()).unwrap());
    let share = n / f64::from(APPLICANTS);
    (accepted, (share, (share * (1.0 - share) / f64::from(APPLICANTS)).sqrt()))
}

/// Selection by a look of validity r that accepts the best p: the mean ability of those accepted is r φ(z)/p, and the
/// share of them who belong to the best fifth is known. The table was computed from the bivariate normal by other
/// means (Taylor and Russell 1939; Brogden 1946).
#[test]
fn one_stage_accepts_whom_the_truncated_normal_says() {
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
        let validity: f64 = validity;
        let z = -normal_quantile(share);
        assert!((validity * normal_density(z) / share - mean).abs() < 6e-5, "the table's own formula");
        // One hour of a screen whose half comes in one hour: a precision of half the most.
        let precision = validity * validity / (1.0 - validity * validity);
        let mut scenario = everybody_applies(&[(1.0, validity * z)]);
        scenario.screening.most_precision = 2.0 * precision;
        let (accepted, found) = screened(&scenario);
        let label = format!("validity {validity}, share {share}");
        assert_within_4_errors(&format!("{label}: accepted"), found, share);
        assert_within_4_errors(&format!("{label}: mean ability"), mean_and_error(&accepted), mean);
        if let Some(expected) = best_fifth {
            let best = accepted.iter().map(|&a| f64::from(u8::from(a > 0.841_621))).collect::<Vec<_>>();
            assert_within_4_errors(&format!("{label}: of the best fifth"), mean_and_error(&best), expected);
        }
    }
}

/// The résumé and the past salary are looks of their own: precisions add, and validity is √(π/(1 + π)). Past salary
/// has precision (slope/spread)² = (0.25/0.37)².
#[test]
fn resume_and_past_salary_add_their_precision_to_the_screen() {
    let salary: f64 = (0.25 / 0.37) * (0.25 / 0.37);
    for (resume, screen, reads_salary) in
        [(0.3, 0.0, false), (0.3, 0.5, false), (0.1, 0.2, true), (0.0, 0.0, true)]
    {
        let total = resume + screen + if reads_salary { salary } else { 0.0 };
        let validity = (total / (1.0 + total)).sqrt();
        let share = 0.2;
        let z = -normal_quantile(share);
        let mut scenario = everybody_applies(&[(1.0, validity * z)]);
        scenario.screening.most_precision = 2.0 * screen;
        scenario.workers.resume_precision = resume;
        scenario.screening.salary_history = reads_salary;
        let (accepted, found) = screened(&scenario);
        let label = format!("résumé {resume}, screen {screen}, salary read: {reads_salary}");
        assert_within_4_errors(&format!("{label}: accepted"), found, share);
        let expected = validity * normal_density(z) / share;
        assert_within_4_errors(&format!("{label}: mean ability"), mean_and_error(&accepted), expected);
    }
}

/// Two stages that share one draw of noise: stage s shows θ + ε/√π_s and goes on from a posterior mean c_s on, which is
/// θ ≥ t_s − ε/√π_s with t_s = c_s (1 + π_s)/π_s. Over ability in closed form, over the noise by quadrature.
#[test]
fn two_stages_accept_whom_quadrature_over_ability_and_noise_says() {
    for (first, second) in [((0.5, 0.1), (2.0, 0.3)), ((1.0, 0.4), (1.0, 0.2)), ((0.2, -0.2), (10.0, 0.5))] {
        let most = 0.9;
        let scenario = {
            let mut scenario = everybody_applies(&[first, second]);
            scenario.screening.most_precision = most;
            scenario
        };
        let precision = |hours: f64| most * hours / (hours + 1.0);
        let (pi_1, pi_2) = (precision(first.0), precision(first.0 + second.0));
        let lowest = |noise: f64| {
            let needed = |pi: f64, score: f64| score * (1.0 + pi) / pi - noise / pi.sqrt();
            needed(pi_1, first.1).max(needed(pi_2, second.1))
        };
        let share = normal_integral(|noise| normal_below(-lowest(noise)));
        let mean = normal_integral(|noise| normal_density(lowest(noise))) / share;
        // Independent noise at each stage would accept others: the test tells the two apart.
        let (accepted, found) = screened(&scenario);
        let label = format!("stages {first:?} and {second:?}");
        assert_within_4_errors(&format!("{label}: accepted"), found, share);
        assert_within_4_errors(&format!("{label}: mean ability"), mean_and_error(&accepted), mean);
    }
}

/// Looking again shows nothing new: two stages with one score accept exactly those whom their last look accepts if the
/// first asks for nothing, and a screen cut in two accepts the same people.
#[test]
fn splitting_a_screen_adds_no_information() {
    let accepted = |stages: &[(f64, f64)]| screened(&everybody_applies(stages)).0;
    let whole = accepted(&[(3.0, 0.2)]);
    assert!(!whole.is_empty());
    assert_eq!(whole, accepted(&[(1.0, -9.0), (2.0, 0.2)]));
    assert_eq!(whole, accepted(&[(0.5, -9.0), (0.5, -9.0), (2.0, 0.2)]));
}

#[test]
fn a_seller_who_does_not_look_takes_everybody() {
    let (accepted, (share, _)) = screened(&everybody_applies(&[]));
    assert!((share - 1.0).abs() < 1e-12);
    assert_within_4_errors("ability of all", mean_and_error(&accepted), 0.0);
}

/// Chance to be turned away by lot does not depend on the person.
#[test]
fn the_lottery_turns_away_its_share_whoever_they_are() {
    let mut scenario = everybody_applies(&[(1.0, 0.3)]);
    scenario.buyers.holdout = 0.2;
    let mut life = Life::opened(&scenario);
    life.weeks(1);
    let cohort = &life.world.market.as_ref().unwrap().cohort;
    let out: Vec<f64> = cohort.iter().map(|m| f64::from(u8::from(!m.treated))).collect();
    assert_within_4_errors("held out", mean_and_error(&out), 0.2);
    let ability = |treated| -> Vec<f64> {
        let group = cohort.iter().filter(|m| m.treated == treated);
        group.map(|m| life.world.workers.true_ability[m.search.worker.at()]).collect()
    };
    let ((treated, a), (held_out, b)) = (mean_and_error(&ability(true)), mean_and_error(&ability(false)));
    let difference = (treated - held_out, a.hypot(b));
    assert_within_4_errors("ability, treated less held out", difference, 0.0);
}
