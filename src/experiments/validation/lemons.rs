//! Lemons: who comes at a wage, and where wages go that answer to it.

use super::judge::{Check, Rule};
use super::observe::watch;
use super::{Effort, Stop, errors, not_the_limit};
use crate::maths::{exp, ln, normal_below};
use crate::scenario::Scenario;

/// How many times as much people are worth to those who hire as elsewhere, and rounds of wages that are compared.
const GAINS: [(f64, [usize; 3]); 2] = [(1.3, [1, 4, 12]), (1.0, [1, 3, 5])];
const SOURCE: &str = "Akerlof 1970, with log-normal worth";

pub(super) fn check(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    let (s, d) = (&scenario.search, &scenario.decision_makers);
    if s.level_fade > 0.0 || (s.reservation_unemployed - 1.0).abs() > 0.0 || d.bar_sd + d.salary_log_sd > 0.0
    {
        return Err(not_the_limit(
            "search.level_fade, decision_makers.bar_sd and salary_log_sd must be 0, search.reservation_unemployed 100%",
        ));
    }
    let worth = Worth::of(scenario);
    let replications = if effort == Effort::Quick { 1 } else { scenario.run.replications };
    let mut checks = Vec::new();
    for (gain, compared) in GAINS {
        // The first wage is that of everybody's mean worth.
        let first = gain * exp(worth.mean + worth.spread * worth.spread / 2.0);
        let (mut expected, mut wage, mut variance) = (first, first, 0.0);
        for round in 1..=compared[2] {
            // New people every round: the luck of one is not that of the next.
            let from = replications * crate::ids::row(round - 1);
            let came = came_at(scenario, wage, from..from + replications)?;
            let (mean, error) = errors::mean(&came);
            // How an error of this wage moves the next.
            let step = 1e-4 * wage;
            let pull = gain * (worth.below(wage + step) - worth.below(wage - step)) / (2.0 * step);
            variance = pull * pull * variance + gain * gain * error * error;
            let share =
                errors::count(came.len()) / f64::from(scenario.workers.count) / f64::from(replications);
            let exact_share = worth.share(expected);
            expected = gain * worth.below(expected);
            wage = gain * mean;
            if compared.contains(&round) {
                let what = format!("worth {gain} times as much: wage after round {round}");
                checks.push(Check::new(
                    what,
                    "dollars",
                    (expected, SOURCE),
                    (wage, variance.sqrt()),
                    Rule::errors(),
                ));
            }
            if round == compared[2] {
                let n = f64::from(scenario.workers.count) * f64::from(replications);
                // The wage carries luck, and so does who comes at it.
                let density = (worth.share(wage * 1.001) - worth.share(wage * 0.999)) / (0.002 * wage);
                let error = (exact_share * (1.0 - exact_share) / n + density * density * variance).sqrt();
                let what = format!("worth {gain} times as much: share who come in round {round}");
                checks.push(Check::new(what, "share", (exact_share, SOURCE), (share, error), Rule::errors()));
            }
        }
    }
    Ok(checks)
}

/// Worth elsewhere: the usual salary, log-normal.
struct Worth {
    mean: f64,
    spread: f64,
}

impl Worth {
    fn of(scenario: &Scenario) -> Self {
        let w = &scenario.workers;
        Self {
            mean: ln(w.salary_reference) - w.salary_slope * w.salary_ability_offset,
            spread: w.salary_slope.hypot(w.salary_log_sd),
        }
    }

    fn share(&self, wage: f64) -> f64 {
        normal_below((ln(wage) - self.mean) / self.spread)
    }

    /// Mean worth of those below a wage.
    fn below(&self, wage: f64) -> f64 {
        let z = (ln(wage) - self.mean) / self.spread;
        let all = exp(self.mean + self.spread * self.spread / 2.0);
        all * normal_below(z - self.spread) / normal_below(z)
    }
}

/// Worth of those who come at a wage.
fn came_at(scenario: &Scenario, wage: f64, replications: std::ops::Range<u32>) -> Result<Vec<f64>, Stop> {
    let mut market = scenario.clone();
    let w = &scenario.workers;
    market.decision_makers.bar_mean = ln(wage / w.salary_reference) / w.salary_slope;
    let came = watch(
        &market,
        replications,
        |_| Vec::new(),
        |came: &mut Vec<u32>, lived| {
            came.extend(lived.pipeline.all_requests().map(|request| request.worker));
            came.sort_unstable();
            came.dedup();
        },
        |came, world| {
            came.iter().map(|&worker| world.workers.usual_salary[worker as usize]).collect::<Vec<_>>()
        },
    )?;
    let came: Vec<f64> = came.into_iter().flatten().collect();
    if came.len() < 100 {
        Err(not_the_limit(format!("hardly anybody comes at ${wage:.0}")))
    } else {
        Ok(came)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of exp(z), z standard normal, below 1: √e·Φ(−1)/Φ(0) = 1.648721·0.158655/0.5.
    #[test]
    fn mean_worth_below_a_wage_is_that_of_a_cut_log_normal() {
        let worth = Worth { mean: 0.0, spread: 1.0 };
        assert!((worth.share(1.0) - 0.5).abs() < 1e-12);
        assert!((worth.below(1.0) - 0.523_157).abs() < 1e-5, "{}", worth.below(1.0));
    }

    #[test]
    fn what_spreads_wages_is_refused_one_by_one() {
        let limit = || {
            let mut scenario = Scenario::default();
            scenario.search.level_fade = 0.0;
            scenario.search.reservation_unemployed = 1.0;
            (scenario.decision_makers.bar_sd, scenario.decision_makers.salary_log_sd) = (0.0, 0.0);
            scenario
        };
        let keys: [fn(&mut Scenario); 4] = [
            |it| it.search.level_fade = 0.1,
            |it| it.search.reservation_unemployed = 0.9,
            |it| it.decision_makers.bar_sd = 0.5,
            |it| (it.decision_makers.bar_sd, it.decision_makers.salary_log_sd) = (0.5, 0.5),
        ];
        for set in keys {
            let mut scenario = limit();
            set(&mut scenario);
            assert!(matches!(check(&scenario, Effort::Quick), Err(Stop::NotTheLimit(_))));
        }
    }
}
