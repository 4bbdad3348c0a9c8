//! Options that say how sure the answers should be: of luck, and of constants that nobody has measured.

use std::time::{Duration, Instant};

use super::keeper::Keeper;
use crate::engine::{Arm, batch};
use crate::experiments::keep::Missing;
use crate::experiments::precision::{self, BATCH, Reached, Target};
use crate::experiments::run::{Finished, Run, conclude, more};
use crate::experiments::{assumptions, outcomes};
use crate::scenario::nearest;
use crate::text::percent_in_cell;

/// Options about precision and assumptions.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Precise {
    /// Add replications, ten at a time, until the interval of an outcome is this narrow: half its width over the value
    /// itself, as in 5% or goodwill=1%; may be repeated [outcome: jobs found through sellers, or through free
    /// introductions where nobody sells]
    #[arg(long, value_name = "[METRIC=]SHARE", value_parser = target)]
    precision: Vec<Target>,
    /// Most replications that --precision may come to
    #[arg(long, value_name = "N", default_value_t = 200, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    most: u32,
    /// Run every scenario also at so many points of the believable ranges of the constants that nobody has measured
    /// (goodwill, its value, word, livelihood, gratitude, courtesy), and give a second interval, over these assumptions [default: 200]
    #[arg(long, value_name = "POINTS", num_args = 0..=1, default_missing_value = "200", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(12..=100_000))]
    assumptions: Option<u32>,
    /// Names of the scenarios that are run at these points; all if there are none.
    #[arg(skip)]
    assumed: Vec<String>,
}

fn target(text: &str) -> Result<Target, String> {
    let (metric, share) = match text.split_once('=') {
        Some((name, share)) => (Some(known(name.trim())?), share),
        None => (None, text),
    };
    let share = share.trim();
    let number = match share.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok().map(|x| x / 100.0),
        None => share.parse().ok(),
    };
    match number {
        Some(half_width) if half_width > 0.0 && half_width <= 1.0 => Ok(Target { metric, half_width }),
        _ => Err(format!("`{share}` should be a share above 0 and up to 100%, such as 5%")),
    }
}

fn known(name: &str) -> Result<&'static str, String> {
    precision::metric(name).ok_or_else(|| {
        let hint = nearest(name, outcomes::names().into_iter());
        let hint = hint.map_or(String::new(), |known| format!("; did you mean `{known}`?"));
        format!("no outcome is called `{name}`{hint}")
    })
}

/// What a run took, and what more precision would.
pub(super) struct Effort {
    reached: Vec<Reached>,
    replications: u32,
    time: Duration,
}

impl Precise {
    /// As many replications as the scenarios say, and points over the assumed constants if any are given.
    pub(super) fn plain(points: Option<u32>) -> Self {
        Self { precision: Vec::new(), most: 0, assumptions: points, assumed: Vec::new() }
    }

    /// The same with the assumed constants moved for some scenarios alone.
    pub(super) fn at_points(self, names: &[String]) -> Self {
        Self { assumed: names.to_vec(), ..self }
    }

    /// Whether a scenario is run where the assumed constants are moved.
    pub(super) fn is_assumed(&self, name: &str) -> bool {
        self.assumed.is_empty() || self.assumed.iter().any(|one| one == name)
    }

    /// What was asked for, in a line: equal requests have equal lines.
    pub(super) fn text(&self) -> String {
        let target = |target: &Target| format!("{}={}", target.metric.unwrap_or("usual"), target.half_width);
        let targets: Vec<String> = self.precision.iter().map(target).collect();
        // The bound says nothing where nothing is bound.
        let most = if targets.is_empty() { 0 } else { self.most };
        let points = self.assumptions.unwrap_or(0);
        format!("{}, at most {most}, {points} points {}", targets.join(" "), self.assumed.join(" "))
    }

    /// Whether how many replications there are hangs on what comes out.
    pub(super) fn adds_replications(&self) -> bool {
        !self.precision.is_empty()
    }

    /// Points over the assumed constants; `None` if not asked for.
    pub(super) fn points(&self) -> Option<usize> {
        self.assumptions.map(|points| points as usize)
    }

    /// Runs scenarios, with more replications until the intervals are narrow enough; `arms` then say how many.
    ///
    /// # Errors
    /// [`Missing`] if others have not run theirs.
    pub(super) fn run(
        &self,
        arms: &mut [Arm],
        quiet: bool,
        kept: &Keeper,
    ) -> Result<(Run, Option<Effort>), Missing> {
        let started = Instant::now();
        let mut finished = Finished::default();
        let mut from = 0;
        loop {
            let bar = kept.bar(batch::weeks_from(arms, from), quiet);
            let ran = more(arms, from, &mut finished, &|| bar.inc(1), kept);
            bar.finish_and_clear();
            ran?;
            let run = conclude(arms, &finished);
            from = arms.iter().map(|arm| arm.scenario.run.replications).max().unwrap_or(0);
            if self.precision.is_empty() {
                return Ok((run, None));
            }
            let reached = precision::reached(arms, &run.summaries, &self.precision);
            if from >= self.most || reached.iter().all(Reached::is_enough) {
                return Ok((run, Some(Effort { reached, replications: from, time: started.elapsed() })));
            }
            let next = (from + BATCH).min(self.most);
            for arm in arms.iter_mut() {
                arm.scenario.run.replications = next;
            }
        }
    }
}

impl Effort {
    /// How narrow the intervals are, and what half their width would cost.
    pub(super) fn lines(&self) -> Vec<String> {
        let percent = |x: f64| percent_in_cell(x, 1);
        let line = |r: &Reached| {
            let Some(now) = r.half_width else {
                return format!("{}: {} has no interval to narrow", r.scenario, r.metric);
            };
            let enough = if r.is_enough() { "reached" } else { "not reached" };
            let wanted = if r.is_enough() { now / 2.0 } else { r.target };
            let n = r.replications_for(wanted).unwrap_or(0);
            let minutes = self.time.as_secs_f64() / 60.0 / f64::from(self.replications.max(1))
                * f64::from(u32::try_from(n).unwrap_or(u32::MAX));
            format!(
                "{}: {} known to ± {} with {} replications ({} asked for: {enough}); ± {} would take about {n} \
                 replications, {minutes:.1} minutes",
                r.scenario,
                r.metric,
                percent(now),
                r.n,
                percent(r.target),
                percent(wanted)
            )
        };
        self.reached.iter().map(line).collect()
    }
}

/// Runs scenarios at the points, with a bar; `run`: whether each is.
///
/// # Errors
/// [`Missing`] if others have not run theirs.
pub(super) fn explore(
    arms: &[Arm],
    run: &[bool],
    points: usize,
    quiet: bool,
    kept: &Keeper,
) -> Result<Vec<assumptions::Point>, Missing> {
    let bar = kept.bar(points as u64, quiet);
    let found = assumptions::explore(arms, run, points, &|| bar.inc(1), kept);
    bar.finish_and_clear();
    found
}
