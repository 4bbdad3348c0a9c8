//! Runs points, and keeps of each history nothing but the outcomes asked for.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::engine::replication::weeks_of_fork;
use crate::engine::{BurnIn, Failure, continue_from, openings};
use crate::experiments::keep::{self, Asked, Back, Keep, Missing, Out};
use crate::experiments::outcomes::{self, Summary};
use crate::scenario::Scenario;
use crate::scenario::experiment::{Experiment, Setting};

/// Outcomes of one point in one replication, or why there are none.
pub type Response = Result<Vec<Option<f64>>, Failure>;

/// Settings that share a labour market, and so a burn-in, by their numbers; in the order of their first member.
fn markets(experiment: &Experiment, settings: &[Vec<Setting>]) -> Vec<Vec<usize>> {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut markets: Vec<Vec<usize>> = Vec::new();
    for (number, setting) in settings.iter().enumerate() {
        let text = experiment.scenario(setting).labour_market();
        let market = *numbers.entry(text).or_insert(markets.len());
        if market == markets.len() {
            markets.push(Vec::new());
        }
        markets[market].push(number);
    }
    markets
}

/// Weeks that running these settings will simulate: what progress is measured in.
#[must_use]
pub fn total_weeks(experiment: &Experiment, settings: &[Vec<Setting>]) -> u64 {
    let scenario = |number: usize| experiment.scenario(&settings[number]);
    let weeks = |market: &Vec<usize>| {
        let histories: u64 = market.iter().map(|&number| u64::from(scenario(number).run.weeks)).sum();
        let scenarios: Vec<Scenario> = market.iter().map(|&number| scenario(number)).collect();
        u64::from(scenario(market[0]).run.burn_in) + u64::from(weeks_of_fork(&scenarios)) + histories
    };
    let once: u64 = markets(experiment, settings).iter().map(weeks).sum();
    once * u64::from(experiment.base.scenario.run.replications)
}

/// The outcomes of each of the settings in each replication; all on the same luck.
///
/// - `positions`: places of the outcomes asked for among all outcomes
///
/// # Errors
/// [`Missing`] if others have not run theirs.
pub(super) fn respond(
    experiment: &Experiment,
    settings: &[Vec<Setting>],
    positions: &[usize],
    week_done: &(dyn Fn() + Sync),
    kept: &dyn Keep,
) -> Result<Vec<Vec<Response>>, Missing> {
    let replications = experiment.base.scenario.run.replications;
    let markets = markets(experiment, settings);
    let jobs: Vec<(&Vec<usize>, u32)> =
        markets.iter().flat_map(|market| (0..replications).map(move |number| (market, number))).collect();
    let scenarios = |market: &[usize]| -> Vec<Scenario> {
        market.iter().map(|&number| experiment.scenario(&settings[number])).collect()
    };
    let asked = |&(market, replication): &(&Vec<usize>, u32)| {
        let scenarios = scenarios(market);
        let texts: Vec<String> = scenarios.iter().map(Scenario::canonical).collect();
        let kind = format!("responses {positions:?}");
        let name = keep::name_of(&kind, texts.iter().map(String::as_str), replication);
        Asked::new(name, &scenarios)
    };
    let live = |&(market, replication): &(&Vec<usize>, u32)| -> Vec<(usize, Response)> {
        let scenarios = scenarios(market);
        let shared: Vec<&Scenario> = scenarios.iter().collect();
        let opening = openings::open(&shared, replication, week_done);
        let one = |(&number, scenario): (&usize, &Scenario)| {
            (number, reduce(scenario, opening.as_deref(), positions, week_done))
        };
        let responses: Vec<(usize, Response)> = market.par_iter().zip(&scenarios).map(one).collect();
        keep::put(kept, &asked(&(market, replication)).name, encode(&responses));
        responses
    };
    let all = jobs.par_iter().map(asked).collect();
    let back = |job: &(&Vec<usize>, u32), bytes: &[u8]| decode(job.0, bytes);
    let lived = keep::woven(&jobs, all, kept, back, |todo| todo.par_iter().map(live).collect())?;
    // Jobs of a market come replication by replication, so each setting gets its replications in order.
    let mut responses: Vec<Vec<Response>> = vec![Vec::new(); settings.len()];
    for (number, response) in lived.into_iter().flatten() {
        responses[number].push(response);
    }
    Ok(responses)
}

fn encode(responses: &[(usize, Response)]) -> Option<Vec<u8>> {
    let mut out = Out::default();
    for (_, response) in responses {
        out.values(response.as_ref().ok()?);
    }
    Some(out.bytes())
}

fn decode(market: &[usize], bytes: &[u8]) -> Option<Vec<(usize, Response)>> {
    let mut back = Back::of(bytes);
    let responses = market.iter().map(|&number| Some((number, Ok(back.values()?)))).collect::<Option<_>>()?;
    back.is_done().then_some(responses)
}

fn reduce(
    scenario: &Scenario,
    opening: Result<&BurnIn, &Failure>,
    positions: &[usize],
    week_done: &(dyn Fn() + Sync),
) -> Response {
    let opening = opening.map_err(Clone::clone)?;
    let history = continue_from(scenario, opening.world.clone(), week_done)?;
    let all = Summary::of(scenario, &history).values();
    let values: Vec<Option<f64>> = positions.iter().map(|&position| all[position]).collect();
    match values.iter().position(|value| value.is_some_and(|x| !x.is_finite())) {
        Some(broken) => Err(Failure::NotFinite(outcomes::names()[positions[broken]])),
        None => Ok(values),
    }
}
