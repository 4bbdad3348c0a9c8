//! The lottery: does it find the gain that was planted?

use super::judge::{Check, Rule};
use super::observe::watch;
use super::passing::{Desk, filled};
use super::quadrature::normal_integral;
use super::{Effort, Stop, not_the_limit};
use crate::experiments::gain::{Arms, pooled};
use crate::experiments::verdict::LEVEL;
use crate::maths::exp;
use crate::scenario::Scenario;
use crate::stats::t_quantile;

/// What desks believe of those who pay: then nobody passes, some do, everybody does.
const BELIEFS: [(&str, f64); 3] = [("nobody passes", -10.0), ("some pass", 0.0), ("everybody passes", 10.0)];
const SOURCE: &str = "E[h (P/S − B) − F/S], by quadrature over ability";

pub(super) fn check(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    if scenario.run.weeks < 54 || scenario.workers.salary_log_sd > 0.0 {
        return Err(not_the_limit("run.weeks must be 54 or more and workers.salary_log_sd 0"));
    }
    let mut checks = Vec::new();
    for (name, belief) in BELIEFS {
        let mut market = scenario.clone();
        market.beliefs.applicants_mean = belief;
        if effort == Effort::Quick {
            market.run.replications = market.run.replications.min(8);
        }
        let arms = watch(
            &market,
            0..market.run.replications,
            |_| (),
            |(), _| (),
            |(), world| Arms::of(world.market.iter().flat_map(|market| &market.cohort)),
        )?;
        let Some(gain) = pooled(&arms, LEVEL) else { return Err(not_the_limit("nobody becomes a client")) };
        let Some((low, high)) = gain.interval else {
            return Err(not_the_limit("one replication has no error"));
        };
        let t = t_quantile(0.975, f64::from(market.run.replications) - 1.0).unwrap_or(f64::NAN);
        let error = (high - low) / (2.0 * t);
        let what = format!("{name}: gain of the accepted");
        let target = (planted(&market), SOURCE);
        checks.push(Check::new(what, "years' salary", target, (gain.value, error), Rule::errors()));
    }
    Ok(checks)
}

/// What a client gains on average.
fn planted(scenario: &Scenario) -> f64 {
    let w = &scenario.workers;
    let desk = Desk::of_paid(scenario);
    let treated = f64::from(w.count) * (1.0 - scenario.buyers.holdout);
    let passing = normal_integral(|ability| desk.passes(ability));
    let seats = f64::from(scenario.decision_makers.count);
    let fill = if passing > 0.0 { filled(scenario, passing * treated / seats) } else { 1.0 };
    let pays = w.salary_reference * exp(w.salary_slope * scenario.decision_makers.bar_mean);
    normal_integral(|ability| {
        let salary = w.salary_reference * exp(w.salary_slope * (ability - w.salary_ability_offset));
        desk.passes(ability) * fill * (pays / salary - w.benefit_share) - scenario.contract.upfront / salary
    })
}
