//! Interviews: who passes and what a meeting is worth, against the normal posterior.

use super::errors;
use super::judge::{Check, Rule};
use super::observe::watch;
use super::{Effort, Stop, not_the_limit};
use crate::maths::{exp, normal_below, positive_part};
use crate::scenario::Scenario;
use crate::week::pipeline::Meeting;

/// Bar, spread of the match, precision of the interview and of the résumé.
const CELLS: [[f64; 4]; 5] = [
    [0.0, 0.5, 0.21, 0.0],
    [0.8, 0.5, 0.21, 0.0],
    [-0.5, 0.0, 1.0, 0.0],
    [0.5, 1.0, 0.1, 0.0],
    [0.5, 0.5, 0.21, 0.4],
];

const SOURCE: &str = "normal posterior, closed form";
const OFFERS: &str = "Poisson number of applicants, closed form";

/// Sums over the meetings of one worker.
#[derive(Clone, Copy, Default)]
struct Sums {
    meetings: f64,
    passed: f64,
    gain: f64,
    square: f64,
}

pub(super) fn check(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    let mut checks = Vec::new();
    for cell in CELLS {
        let [bar, match_sd, interview, resume] = cell;
        let market = market(scenario, cell);
        // Before and by the interview: résumé of precision ρ and look at quality of precision π.
        let left = 1.0 / (1.0 + resume) + match_sd * match_sd;
        let spread = (resume / (1.0 + resume) + left * left / (left + 1.0 / interview)).sqrt();
        let z = -bar / spread;
        let workers = meetings_by_worker(&market, effort, bar)?;
        let label = format!("bar {bar}, match {match_sd}, interview {interview}, résumé {resume}");
        let of = |of: fn(&Sums) -> f64| errors::ratio(workers.iter().map(|sums| (of(sums), sums.meetings)));
        let mut add = |what: &str, unit, expected, figure| {
            checks.push(Check::new(
                format!("{label}: {what}"),
                unit,
                (expected, SOURCE),
                figure,
                Rule::errors(),
            ));
        };
        add("pass", "share", normal_below(z), of(|sums| sums.passed));
        add("expected gain of a meeting", "sd", spread * positive_part(z), of(|sums| sums.gain));
        add("variance of the posterior mean", "sd²", spread * spread, of(|sums| sums.square));
    }
    checks.push(offers(scenario, effort)?);
    Ok(checks)
}

fn market(scenario: &Scenario, [bar, match_sd, interview, resume]: [f64; 4]) -> Scenario {
    let mut market = scenario.clone();
    market.decision_makers.bar_mean = bar;
    market.decision_makers.interview_precision = interview;
    market.jobs.match_sd = match_sd;
    market.workers.resume_precision = resume;
    market.beliefs.applicants_mean = -bar;
    market
}

/// Workers are independent, the meetings of one are not.
fn meetings_by_worker(scenario: &Scenario, effort: Effort, bar: f64) -> Result<Vec<Sums>, Stop> {
    let replications = if effort == Effort::Quick { 1 } else { scenario.run.replications };
    let none = || vec![Sums::default(); scenario.workers.count as usize];
    let add = |sums: &mut Vec<Sums>, meeting: &Meeting| {
        let own = &mut sums[meeting.request.worker as usize];
        own.meetings += 1.0;
        own.passed += f64::from(u8::from(meeting.passed()));
        own.gain += meeting.posterior.max(0.0);
        own.square += (meeting.posterior + bar) * (meeting.posterior + bar);
    };
    let seen = watch(
        scenario,
        0..replications,
        |_| (none(), true),
        |(sums, all), lived| {
            *all &= lived.tally.met == lived.tally.requests;
            lived.pipeline.meetings.iter().for_each(|meeting| add(sums, meeting));
        },
        |seen, _| seen,
    )?;
    if seen.iter().any(|(_, all)| !all) {
        return Err(not_the_limit("somebody who writes is not met"));
    }
    Ok(seen.into_iter().flat_map(|(sums, _)| sums).collect())
}

/// One offer a week and vacancy, to the best who pass. A desk hears of a Poisson number of people; all of them fail with
/// chance exp(−n p), where n is how many come on average and p the chance to pass.
fn offers(scenario: &Scenario, effort: Effort) -> Result<Check, Stop> {
    let bar = 0.5;
    let mut market = market(scenario, [bar, 0.5, 0.21, 0.0]);
    market.decision_makers.count = scenario.workers.count / 2;
    let replications = if effort == Effort::Quick { 2 } else { scenario.run.replications };
    let passes = normal_below(-bar / (1.25 / (1.25 + 1.0 / 0.21_f64).sqrt()));
    let people = 2.0 * scenario.search.applications_unemployed;
    let expected = 1.0 - exp(-people * passes);
    let made = watch(&market, 0..replications, |_| 0, |n, lived| *n += lived.tally.offers[0], |n, _| n)?;
    let desks = f64::from(market.decision_makers.count) * f64::from(replications);
    let made: f64 = made.into_iter().map(f64::from).sum();
    let figure = errors::share(made, desks, expected);
    let what = format!("{people} people a desk on average: desks that make an offer");
    Ok(Check::new(what, "share", (expected, OFFERS), figure, Rule::errors()))
}
