//! Reputation collapse: goodwill as a gambler's ruin.

use super::judge::{Check, Rule};
use super::observe::watch;
use super::{Effort, Stop, errors, not_the_limit, passing};
use crate::maths::pow;
use crate::scenario::Scenario;
use crate::world::START;
use crate::world::ties::Ties;

/// Chances that a stranger passes: above one half some ties last, below it none does.
const CHANCES: [f64; 5] = [0.8, 0.7, 0.6, 0.4, 0.2];
const SOURCE: &str = "gambler's ruin (Feller 1968, chapter 14)";

pub(super) fn check(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    let g = &scenario.goodwill;
    if (g.good - g.bad).abs() > 0.0
        || g.per_request > 0.0
        || g.recovery > 0.0
        || scenario.beliefs.trust_fade < 1.0
    {
        return Err(not_the_limit(
            "goodwill.good must equal goodwill.bad, per_request and recovery be 0, beliefs.trust_fade 1",
        ));
    }
    // Steps down until goodwill is below the block.
    let steps = ((g.start - g.block_below) / g.bad).floor() + 1.0;
    let replications = if effort == Effort::Quick { 2 } else { scenario.run.replications };
    let opened = START + scenario.run.burn_in;
    let mut checks = Vec::new();
    for q in CHANCES {
        let mut market = scenario.clone();
        market.bombardment.quality_above_bar = passing::quality_for(scenario, q);
        let ends = watch(
            &market,
            0..replications,
            |_| (),
            |(), _| (),
            |(), world| {
                let since = (0..world.ties.len()).map(|tie| world.ties.blocked_since(tie));
                since.map(|week| (week != Ties::OPEN).then(|| f64::from(week - opened))).collect::<Vec<_>>()
            },
        )?;
        let ends: Vec<Option<f64>> = ends.into_iter().flatten().collect();
        let blocked: Vec<f64> = ends.iter().flatten().copied().collect();
        let label = format!("a stranger passes with chance {q}");
        if q > 0.5 {
            let expected = pow((1.0 - q) / q, steps);
            let figure = errors::share(errors::count(blocked.len()), errors::count(ends.len()), expected);
            let what = format!("{label}: ever blocked");
            checks.push(Check::new(what, "share", (expected, SOURCE), figure, Rule::errors()));
        } else {
            let share = errors::count(blocked.len()) / errors::count(ends.len());
            checks.push(Check::exact(format!("{label}: ever blocked"), "share", (1.0, SOURCE), share, 0.0));
            let expected = steps / (1.0 - 2.0 * q);
            let what = format!("{label}: strangers until the block");
            checks.push(Check::new(
                what,
                "strangers",
                (expected, SOURCE),
                errors::mean(&blocked),
                Rule::errors(),
            ));
        }
    }
    Ok(checks)
}
