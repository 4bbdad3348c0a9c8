//! What work costs, told before it begins: weeks of markets that are planned, and how many of them this machine lives in a
//! second. Nothing of it stands in a result but the number of weeks that a budget of time comes to.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::common::Workspace;
use super::shard::Part;
use crate::engine::{burn_in, continue_from};
use crate::output::checkpoint::State;
use crate::scenario::Scenario;
use crate::text::{capital, count, counted, significant};

/// Weeks of workers below which work is done before it could be said how long it takes: a few seconds.
const LONG: u64 = 400_000_000;

/// Weeks of the sample of a burn-in, of its fork and of its market.
const SAMPLE: u32 = 52;

/// Work that is planned.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    /// A market of it, by which the speed is measured.
    pub(super) market: Scenario,
    /// Weeks of markets, burn-ins and organic forks among them.
    pub(super) weeks: u64,
    /// What may come on top, in described; nothing where that is all.
    pub(super) more: &'static str,
}

impl Planned {
    /// Says on the standard error how long it will take, if it is long.
    pub(super) fn foretell(&self, workspace: &Workspace) {
        let size = self.weeks.saturating_mul(u64::from(self.market.workers.count));
        if workspace.quiet || size < LONG || workspace.part != Part::Whole {
            return;
        }
        let Some(rate) = rate(workspace, &self.market) else { return };
        super::say(&format!(
            "{}: {}, {} a second on {}{}",
            capital(&duration(self.weeks, rate)),
            weeks(self.weeks),
            significant(rate),
            counted(workspace.pool.current_num_threads(), "thread"),
            self.more
        ));
    }
}

/// "1,230,000 weeks of markets".
pub(super) fn weeks(weeks: u64) -> String {
    format!("{} weeks of markets", count(usize::try_from(weeks).unwrap_or(usize::MAX)))
}

/// How long so many weeks take, in words: "about 4 minutes".
#[expect(clippy::cast_precision_loss, reason = "a time in words")]
pub(super) fn duration(weeks: u64, rate: f64) -> String {
    format!("about {}", crate::text::duration(weeks as f64 / rate))
}

/// Weeks of such a market that this machine lives in a second, on all threads at once.
pub(super) fn rate(workspace: &Workspace, market: &Scenario) -> Option<f64> {
    let mut sample = market.clone();
    (sample.run.burn_in, sample.run.weeks) = (SAMPLE, SAMPLE);
    let rates = workspace.pool.broadcast(|_| of_one_thread(&sample));
    let all: f64 = rates.into_iter().flatten().sum();
    (all > 0.0).then_some(all)
}

/// The same of one thread while the others are at it too; the making of a world is not counted.
fn of_one_thread(sample: &Scenario) -> Option<f64> {
    let first = OnceLock::new();
    let tick = || {
        first.get_or_init(Instant::now);
    };
    let opening = burn_in(sample, 0, &tick).ok()?;
    continue_from(sample, opening.world, &tick).ok()?;
    let spent: Duration = first.get()?.elapsed();
    let forks = if sample.may_sell() { 1.0 } else { 0.0 };
    Some((2.0 + forks) * f64::from(SAMPLE) / spent.as_secs_f64().max(1e-9))
}

/// A budget of the command line: `2000000` or `2M` weeks of markets, or `10min`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Budget {
    Weeks(u64),
    /// Seconds, which become weeks of markets by a rate that is measured before the start.
    Seconds(f64),
}

/// Units of a time, in seconds.
const TIMES: [(&str, f64); 8] = [
    ("minutes", 60.0),
    ("minute", 60.0),
    ("hours", 3_600.0),
    ("hour", 3_600.0),
    ("min", 60.0),
    ("h", 3_600.0),
    ("m", 60.0),
    ("s", 1.0),
];

/// Units of weeks of markets.
const WEEKS: [(&str, f64); 3] = [("M", 1e6), ("k", 1e3), ("", 1.0)];

/// Reads a budget.
pub(super) fn budget(text: &str) -> Result<Budget, String> {
    let text = text.trim();
    let number = |unit: &str| {
        let number: f64 = text.strip_suffix(unit)?.trim().replace(['_', ','], "").parse().ok()?;
        (number.is_finite() && number > 0.0).then_some(number)
    };
    if let Some(seconds) = TIMES.iter().find_map(|(unit, of)| Some(number(unit)? * of)) {
        return Ok(Budget::Seconds(seconds));
    }
    let weeks = WEEKS.iter().find_map(|(unit, of)| Some(number(unit)? * of)).filter(|weeks| *weeks >= 1.0);
    weeks.map(|weeks| Budget::Weeks(whole(weeks))).ok_or_else(|| {
        "takes weeks of markets, as in 500000 or 2M, or a time, as in 90s, 10min or 2h".to_owned()
    })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "above 0; the cast saturates")]
fn whole(x: f64) -> u64 {
    x as u64
}

impl Budget {
    /// The budget in weeks of markets. Of a time, in two digits: as exact as it can be known; where work on a plan is gone
    /// on with, the number of that plan.
    pub(super) fn weeks(self, workspace: &Workspace, market: &Scenario) -> anyhow::Result<u64> {
        let seconds = match self {
            Self::Weeks(weeks) => return Ok(weeks),
            Self::Seconds(seconds) => seconds,
        };
        if let Some(weeks) = planned(&workspace.out).filter(|_| workspace.resume) {
            return Ok(weeks);
        }
        if workspace.part.is_shard() {
            let text = "--budget: shards need one number of weeks of markets, as in 2M; a time is measured on each machine";
            return Err(super::BadInput(text.to_owned()).into());
        }
        let rate = rate(workspace, market).unwrap_or(0.0);
        let weeks = two_digits(whole(seconds * rate));
        super::say(&format!(
            "--budget: {} here are {}, {} a second",
            duration(whole(seconds), 1.0).trim_start_matches("about "),
            self::weeks(weeks),
            significant(rate)
        ));
        Ok(weeks.max(1))
    }
}

/// The budget of the plan that a folder holds work of, if it has one.
fn planned(out: &std::path::Path) -> Option<u64> {
    match State::of(out).ok()? {
        State::Unfinished(plan) | State::Replacing { plan, .. } => plan.identity["budget"].as_u64(),
        State::Finished(manifest) => manifest["plan"]["budget"].as_u64(),
        State::Empty | State::Other => None,
    }
}

/// That a budget is less than what is done in any case.
pub(super) fn too_little(budget: u64, least: u64, what: &str) -> anyhow::Error {
    let text = format!(
        "--budget: {what} takes {}, more than {}; give more, or fewer replications",
        weeks(least),
        weeks(budget)
    );
    super::BadInput(text).into()
}

fn two_digits(x: u64) -> u64 {
    let mut unit = 1;
    while x / unit >= 100 {
        unit *= 10;
    }
    x / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_weeks_of_markets_or_a_time() {
        assert_eq!(budget("250000"), Ok(Budget::Weeks(250_000)));
        assert_eq!(budget("2M"), Ok(Budget::Weeks(2_000_000)));
        assert_eq!(budget("1.5k"), Ok(Budget::Weeks(1_500)));
        assert_eq!(budget("10min"), Ok(Budget::Seconds(600.0)));
        assert_eq!(budget("1.5 h"), Ok(Budget::Seconds(5_400.0)));
        assert_eq!(budget("2 minutes"), Ok(Budget::Seconds(120.0)));
        assert_eq!(budget("90s"), Ok(Budget::Seconds(90.0)));
        for wrong in ["", "0", "-5", "soon", "min", "inf", "nan", "0.5"] {
            assert!(budget(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn times_are_told_as_exactly_as_they_are_known() {
        let told = [10, 300, 4_000, 50_000, 300_000].map(|weeks| duration(weeks, 10.0));
        assert_eq!(
            told,
            ["about a second", "about 30 seconds", "about 7 minutes", "about 83 minutes", "about 8.3 hours"]
        );
        assert_eq!([7, 99, 123, 56_789].map(two_digits), [7, 99, 120, 56_000]);
    }
}
