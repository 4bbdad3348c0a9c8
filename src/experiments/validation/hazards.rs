//! Constant hazards: unemployment and how long it lasts, in closed form.

use super::judge::{Check, Rule};
use super::observe::weeks;
use super::{Effort, Stop, errors};
use crate::maths::pow;
use crate::scenario::Scenario;

/// Chances a week to hear of a job, to lose one, to leave the labour force from one.
const CELLS: [[f64; 3]; 3] = [[0.05, 0.004, 0.0], [0.04, 0.02, 0.006], [0.2, 0.1, 0.0]];
const SOURCE: &str = "constant hazards, closed form";

/// Sums over the weeks of one replication.
#[derive(Clone, Copy, Default)]
struct Sums {
    workers: f64,
    out: f64,
    weeks_out: f64,
    long: f64,
}

pub(super) fn check(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    let mut checks = Vec::new();
    for [a, separation, leave] in CELLS {
        let mut market = scenario.clone();
        market.friends.lead_rate = a;
        market.jobs.separation = separation;
        market.workers.leave_employed = leave;
        if effort == Effort::Quick {
            market.run.replications = market.run.replications.min(16);
        }
        let seen = weeks(&market, |lived| {
            let tally = lived.tally;
            Sums {
                workers: f64::from(tally.workers),
                out: f64::from(tally.unemployed),
                weeks_out: f64::from(tally.pool.weeks_out),
                long: f64::from(tally.long_unemployed),
            }
        })?;
        let sums: Vec<Sums> = seen.iter().map(|weeks| weeks.iter().fold(Sums::default(), add)).collect();
        let b = 1.0 - (1.0 - separation) * (1.0 - leave);
        let label = format!("find {a}, lose {separation}, leave {leave}");
        let mut push = |what: &str, unit, expected: f64, figure| {
            let rule = if unit == "share" && what == "out of work" {
                Rule::precise(0.02 * expected)
            } else {
                Rule::errors()
            };
            checks.push(Check::new(format!("{label}: {what}"), unit, (expected, SOURCE), figure, rule));
        };
        let of = |of: fn(&Sums) -> (f64, f64)| errors::ratio(sums.iter().map(of));
        push("out of work", "share", b / (1.0 - (1.0 - a) * (1.0 - b)), of(|s| (s.out, s.workers)));
        push("mean weeks out of work", "weeks", (1.0 - a) / a, of(|s| (s.weeks_out, s.out)));
        if a < 0.1 {
            push("27 weeks or more", "share", pow(1.0 - a, 27.0), of(|s| (s.long, s.out)));
        }
    }
    Ok(checks)
}

fn add(sum: Sums, week: &Sums) -> Sums {
    Sums {
        workers: sum.workers + week.workers,
        out: sum.out + week.out,
        weeks_out: sum.weeks_out + week.weeks_out,
        long: sum.long + week.long,
    }
}
