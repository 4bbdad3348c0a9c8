//! Fees: from which success fee a seller pitches, and which one pays for a screen.

use super::judge::{Check, Rule};
use super::observe::watch;
use super::passing::{Desk, filled};
use super::quadrature::normal_integral;
use super::{Effort, Stop, errors, not_the_limit};
use crate::beliefs::screening_precision;
use crate::maths::{normal_below, normal_quantile, pow};
use crate::scenario::{AcceptAbove, Scenario, Stage};
use crate::week::tally::Channel;

/// Chances of a job: a coin, the example of the text, hires per referral and per application of vendors.
const CHANCES: [f64; 5] = [0.5, 0.2, 0.0625, 0.04, 0.005];
/// Dollars lost by an introduction that fails.
const LOSSES: [f64; 3] = [100.0, 500.0, 2_000.0];
const FEE: &str = "(c + L)/q − L, closed form";
/// Fees above this are not looked for.
const MOST: f64 = 1e6;
/// Relative error at which halving stops.
const NEAR: f64 = 1e-6;

/// The fee from which a seller who counts everything pitches.
pub(super) fn pitching(scenario: &Scenario, _: Effort) -> Result<Vec<Check>, Stop> {
    let g = &scenario.goodwill;
    if g.per_request > 0.0 || g.good > 0.0 || scenario.sellers.foresight < 1.0 {
        return Err(not_the_limit("goodwill.per_request and good must be 0, sellers.foresight 1"));
    }
    let cost = scenario.sellers.pitch_hours * scenario.introducers.hour_value;
    let mut checks = Vec::new();
    for q in CHANCES {
        for loss in LOSSES {
            let mut market = scenario.clone();
            market.introducers.goodwill_value = loss / g.bad;
            // Nobody has looked at the person: belief N(−bar, 1), and a match on top.
            let v = 1.0 + pow(market.jobs.match_sd, 2.0);
            let spread = v / (v + 1.0 / market.decision_makers.interview_precision).sqrt();
            market.decision_makers.bar_mean = -normal_quantile(q) * spread;
            let fee = (cost + loss) / q - loss;
            let found = lowest_fee(&market)?;
            let what = format!("chance {q}, loss ${loss}: fee from which he pitches");
            checks.push(Check::exact(what, "dollars", (fee, FEE), found, 2.0 * NEAR * fee));
        }
    }
    Ok(checks)
}

/// The lowest fee at which anybody is pitched, by halving.
fn lowest_fee(scenario: &Scenario) -> Result<f64, Stop> {
    let (mut low, mut high) = (0.0, MOST);
    while high - low > NEAR * high {
        let fee = f64::midpoint(low, high);
        if pitches(scenario, fee)? {
            high = fee
        } else {
            low = fee
        }
        if high < 1.0 {
            break;
        }
    }
    Ok(f64::midpoint(low, high))
}

fn pitches(scenario: &Scenario, fee: f64) -> Result<bool, Stop> {
    let mut market = scenario.clone();
    market.contract.success_fee = fee;
    let see = |seen: &mut (u32, u32), lived: &crate::engine::WeekView<'_>| {
        seen.0 += lived.tally.new_clients.n;
        seen.1 += lived.tally.requests[Channel::Paid as usize];
    };
    let seen = watch(&market, 0..1, |_| (0, 0), see, |seen, _| seen)?;
    match seen[0] {
        (0, _) => Err(not_the_limit(format!("nobody becomes a client at a fee of {fee}"))),
        (_, requests) => Ok(requests > 0),
    }
}

/// Hours of the screen and the score that it asks for.
const SCREENS: [(&str, f64, f64); 3] =
    [("no screen", 0.0, 0.0), ("one hour", 1.0, 0.2), ("four hours", 4.0, 0.5)];
const BOOKS: &str = "[k w + p c + p (1 − h) L]/(p h), by quadrature";

/// The fee at which a screen pays, from the books of a frozen market.
pub(super) fn screens(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    let g = &scenario.goodwill;
    let mut checks = Vec::new();
    for (name, hours, score) in SCREENS {
        let mut market = scenario.clone();
        if effort == Effort::Quick {
            market.run.replications = market.run.replications.min(16);
        }
        let stage = Stage { hours, accept_above: AcceptAbove::Score(score) };
        market.screening.stages = if hours > 0.0 { vec![stage] } else { Vec::new() };
        let expected = Expected::of(&market, hours, score);
        let books = books(&market)?;
        let what = format!("{name}: accepted");
        if hours > 0.0 {
            let of = |b: &Books| (b.clients, b.screened);
            checks.push(share(what, expected.accepted, &books, of));
        }
        checks.push(share(format!("{name}: pass of those met"), expected.passes, &books, |b| {
            (b.passed, b.met)
        }));
        for loss in LOSSES {
            let w = market.introducers.hour_value;
            let pitch = market.sellers.pitch_hours * w;
            let (p, h) = (expected.accepted, expected.passes);
            let cost = hours * w + p * pitch + p * (1.0 - h) * loss;
            let target = cost / (p * h * expected.filled);
            // The books hold the loss of a failed interview in units of goodwill.
            let figure = errors::ratio(books.iter().map(|b| (b.hours * w + b.lost / g.bad * loss, b.hires)));
            let what = format!("{name}, loss ${loss}: break-even fee");
            checks.push(Check::new(what, "dollars", (target, BOOKS), figure, Rule::errors()));
        }
    }
    Ok(checks)
}

fn share(what: String, target: f64, books: &[Books], of: fn(&Books) -> (f64, f64)) -> Check {
    Check::new(
        what,
        "share",
        (target, "quadrature over ability"),
        errors::ratio(books.iter().map(of)),
        Rule::errors(),
    )
}

/// What theory says of one screen.
struct Expected {
    accepted: f64,
    passes: f64,
    filled: f64,
}

impl Expected {
    fn of(scenario: &Scenario, hours: f64, score: f64) -> Self {
        let s = &scenario.screening;
        let precision = screening_precision(s.most_precision, s.half_hours, hours);
        let accepts = |ability: f64| {
            if hours > 0.0 {
                normal_below(precision.sqrt() * (ability - score * (1.0 + precision) / precision))
            } else {
                1.0
            }
        };
        let desk = Desk::of_paid(scenario);
        let accepted = normal_integral(accepts);
        let passing = normal_integral(|ability| accepts(ability) * desk.passes(ability));
        let per_seat =
            passing * f64::from(scenario.workers.count) / f64::from(scenario.decision_makers.count);
        Self { accepted, passes: passing / accepted, filled: filled(scenario, per_seat) }
    }
}

/// Counts of one replication.
#[derive(Clone, Copy, Debug, Default)]
struct Books {
    screened: f64,
    clients: f64,
    met: f64,
    passed: f64,
    hires: f64,
    hours: f64,
    /// Goodwill lost by failures.
    lost: f64,
}

fn books(scenario: &Scenario) -> Result<Vec<Books>, Stop> {
    let paid = Channel::Paid as usize;
    let value = scenario.introducers.goodwill_value;
    let each = watch(
        scenario,
        0..scenario.run.replications,
        |_| Books::default(),
        |books, lived| {
            let t = lived.tally;
            let hours = &t.sellers.hours;
            books.clients += f64::from(t.new_clients.n);
            books.met += f64::from(t.met[paid]);
            books.passed += f64::from(t.passed[paid]);
            books.hires += f64::from(t.hires[paid]);
            books.hours += hours.total();
            books.lost += t.sellers.flows.social_capital / value;
            let stage: f64 = scenario.screening.stages.iter().map(|stage| stage.hours).sum();
            books.screened += if stage > 0.0 { hours.screening / stage } else { 0.0 };
            if t.met[paid] != t.requests[paid] {
                books.met = f64::NAN;
            }
        },
        |books, _| books,
    )?;
    if each.iter().any(|b| b.met.is_nan() || b.met < 1.0) {
        return Err(not_the_limit("somebody who is introduced is not met, or nobody is introduced"));
    }
    Ok(each)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sellers_who_count_less_than_all_or_keep_goodwill_are_not_the_limit() {
        let limit = || {
            let mut scenario = Scenario::default();
            (scenario.goodwill.per_request, scenario.goodwill.good) = (0.0, 0.0);
            scenario.sellers.foresight = 1.0;
            scenario
        };
        let keys: [fn(&mut Scenario); 3] = [
            |it| it.sellers.foresight = 0.5,
            |it| it.goodwill.per_request = 0.01,
            |it| it.goodwill.good = 0.01,
        ];
        for set in keys {
            let mut scenario = limit();
            set(&mut scenario);
            let Err(Stop::NotTheLimit(why)) = pitching(&scenario, Effort::Quick) else {
                panic!("it is taken")
            };
            assert!(why.contains("sellers.foresight 1"), "{why}");
        }
    }
}
