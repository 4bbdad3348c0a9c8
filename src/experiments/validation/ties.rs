//! Ties: how long goodwill lasts under steady requests, and what a decision-maker comes to believe.

use super::judge::{Check, Rule};
use super::observe::watch;
use super::{Effort, Stop, errors, not_the_limit};
use crate::maths::{ln, pow};
use crate::scenario::{Goodwill, Scenario};
use crate::world::START;
use crate::world::ties::Ties;

const CLOSED: &str = "closed form of the recursion";
/// Requests a week.
const RATES: [f64; 4] = [1.0, 2.0, 5.0, 10.0];

/// Requests a week without end, and how long a tie lasts under whole numbers of them.
pub(super) fn bombardment(scenario: &Scenario, _: Effort) -> Result<Vec<Check>, Stop> {
    if scenario.bombardment.met || scenario.goodwill.forgiven > 0.0 {
        return Err(not_the_limit("bombardment.met must be false and goodwill.forgiven 0"));
    }
    let mut checks = Vec::new();
    for rate in RATES {
        let mut market = scenario.clone();
        market.bombardment.requests_per_week = rate;
        let week = blocked_in(&market)?.unwrap_or(0);
        let target = f64::from(block_week(&scenario.goodwill, rate));
        let what = format!("{rate} a week: week of the block");
        checks.push(Check::exact(what, "weeks", (target, CLOSED), f64::from(week), 0.0));
    }
    let g = &scenario.goodwill;
    let highest = g.recovery * (1.0 - g.block_below) / (g.per_request * (1.0 - g.recovery));
    let found = highest_rate(scenario)?;
    let what = "the highest rate that lasts";
    checks.push(Check::exact(what, "requests a week", (highest, CLOSED), found, highest * 1e-3));
    for (rate, words) in [(0.5, "second"), (1.0 / 3.0, "third")] {
        let mut market = scenario.clone();
        market.bombardment.requests_per_week = rate;
        let week = blocked_in(&market)?.unwrap_or(0);
        let target = f64::from(by_hand(g, rate, scenario.run.weeks).unwrap_or(0));
        let what = format!("one every {words} week: week of the block, 0 for never");
        checks.push(Check::exact(what, "weeks", (target, "the recursion by hand"), f64::from(week), 0.0));
    }
    Ok(checks)
}

/// The first week that ends below the block, from g(k) = G + (start − G)(1 − recovery)^k; 0 for never.
fn block_week(g: &Goodwill, rate: f64) -> u32 {
    let rest = 1.0 - g.per_request * rate * (1.0 - g.recovery) / g.recovery;
    if rest >= g.block_below {
        return 0;
    }
    let weeks = ln((g.block_below - rest) / (g.start - rest)) / ln(1.0 - g.recovery);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of weeks, above 0")]
    let weeks = weeks.floor() as u32;
    weeks + 1
}

/// The same week by week, where only whole requests come.
fn by_hand(g: &Goodwill, rate: f64, weeks: u32) -> Option<u32> {
    let mut goodwill = g.start;
    let sent = |week: u32| (rate * f64::from(week) + 1e-9).floor();
    (1..=weeks).find(|&week| {
        goodwill = (goodwill - g.per_request * (sent(week) - sent(week - 1))).max(0.0);
        goodwill += g.recovery * (1.0 - goodwill);
        goodwill < g.block_below
    })
}

/// Weeks after the opening in which the tie of the first seller is blocked.
fn blocked_in(scenario: &Scenario) -> Result<Option<u32>, Stop> {
    let opened = START + scenario.run.burn_in;
    let since = watch(scenario, 0..1, |_| (), |(), _| (), |(), world| world.ties.blocked_since(0))?;
    Ok(since.first().filter(|week| **week != Ties::OPEN).map(|week| week - opened))
}

/// The highest rate that is not blocked, by halving; a fraction r of a request that takes c is one that takes c r.
fn highest_rate(scenario: &Scenario) -> Result<f64, Stop> {
    let (mut lives, mut dies) = (0.0, 4.0);
    for _ in 0..16 {
        let rate: f64 = f64::midpoint(lives, dies);
        let mut market = scenario.clone();
        market.bombardment.requests_per_week = 1.0;
        market.goodwill.per_request = scenario.goodwill.per_request * rate;
        if blocked_in(&market)?.is_none() { lives = rate } else { dies = rate }
    }
    Ok(f64::midpoint(lives, dies))
}

/// Strangers a week, their quality, and the rate at which trust fades.
const STREAMS: [[f64; 3]; 3] = [[1.0, -0.6, 0.02], [3.0, 0.9, 0.02], [1.0, -1.0, 0.1]];

/// Long-run trust under a constant stream of strangers who are met.
pub(super) fn trust(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    if !scenario.bombardment.met || scenario.goodwill.per_request > 0.0 {
        return Err(not_the_limit("bombardment.met must be true and goodwill.per_request 0"));
    }
    let replications = if effort == Effort::Quick { 1 } else { scenario.run.replications };
    // The last third is looked at: what comes before is on its way.
    let last = scenario.run.weeks / 3;
    let mut checks = Vec::new();
    for [n, quality, fade] in STREAMS {
        let mut market = scenario.clone();
        market.bombardment.requests_per_week = n;
        market.bombardment.quality_above_bar = quality;
        market.beliefs.trust_fade = fade;
        let from = START + market.run.burn_in + market.run.weeks - last;
        let means = watch(
            &market,
            0..replications,
            |world| vec![0.0; world.ties.len()],
            |sums, lived| {
                if lived.world.week > from {
                    let ties = &lived.world.ties;
                    let trust = (0..ties.len()).map(|tie| ties.trust(tie));
                    trust.zip(sums).for_each(|(trust, sum)| *sum += trust.mean / f64::from(last));
                }
            },
            |sums, world| (sums, world.ties.trust(0).precision),
        )?;
        let (precision, mean) = long_run(&market);
        let label = format!("{n} a week of quality {quality}, fading by {fade}");
        let all: Vec<f64> = means.iter().flat_map(|(means, _)| means.iter().copied()).collect();
        let what = format!("{label}: mean");
        checks.push(Check::new(what, "sd", (mean, CLOSED), errors::mean(&all), Rule::errors()));
        let what = format!("{label}: precision");
        checks.push(Check::exact(what, "1/sd²", (precision, CLOSED), means[0].1, precision * 1e-3));
    }
    Ok(checks)
}

/// Where precision and mean of trust settle.
fn long_run(scenario: &Scenario) -> (f64, f64) {
    let (b, noise) = (&scenario.beliefs, 1.0 / scenario.decision_makers.interview_precision);
    let (n, fade) = (scenario.bombardment.requests_per_week, b.trust_fade);
    let look = 1.0 / (b.within_source_variance + pow(scenario.jobs.match_sd, 2.0) + noise);
    let precision = b.trust_precision + n * look * (1.0 - fade) / fade;
    let pull = n * look / (precision + n * look);
    let quality = scenario.bombardment.quality_above_bar;
    let mean = ((1.0 - fade) * pull * quality + fade * b.trust_mean) / ((1.0 - fade) * pull + fade);
    (precision, mean)
}
