//! Attention as a commons: how many send where a message costs little and reading is scarce.

use super::judge::{Check, Rule};
use super::observe::{watch, weeks};
use super::{Effort, Stop, errors, not_the_limit};
use crate::maths::{ln, normal_below, normal_quantile};
use crate::scenario::Scenario;
use crate::week::tally::Channel;

const ENTRY: &str = "free entry, n = M P(v > c n/A), closed form";

/// Values of being read: log-normal.
struct Values {
    mean: f64,
    spread: f64,
}

impl Values {
    /// (1 − benefit_share) S/52 · (D − placement_lag) of those in the first week of a search.
    fn of(scenario: &Scenario) -> Self {
        let (w, b) = (&scenario.workers, &scenario.buyers);
        let left = (b.hazard_weeks + 1.0) / (b.hazard_shape - 1.0) - b.placement_lag;
        let of_salary = (1.0 - w.benefit_share) / 52.0 * left;
        Self {
            mean: ln(of_salary * w.salary_reference) - w.salary_slope * w.salary_ability_offset,
            spread: w.salary_slope.hypot(w.salary_log_sd),
        }
    }

    /// Share of values above v.
    fn above(&self, v: f64) -> f64 {
        normal_below((self.mean - ln(v)) / self.spread)
    }

    /// Mean of ln v among those above v.
    fn mean_log_above(&self, v: f64) -> f64 {
        let z = (ln(v) - self.mean) / self.spread;
        self.mean + self.spread * crate::maths::normal_density(z) / normal_below(-z)
    }
}

pub(super) fn check(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    let mut market = scenario.clone();
    if effort == Effort::Quick {
        market.run.replications = market.run.replications.min(8);
    }
    let values = Values::of(&market);
    let seekers = f64::from(market.workers.count);
    let attention = f64::from(market.decision_makers.attention);
    let price = market.contract.upfront;
    let sent = |belief: f64| seekers * values.above(price / belief);
    // The number sent falls as more are sent: halving finds the only solution.
    let (mut few, mut many) = (attention, seekers);
    for _ in 0..60 {
        let n = f64::midpoint(few, many);
        if sent(attention / n) > n { few = n } else { many = n }
    }
    let n = f64::midpoint(few, many);
    if n <= attention * 1.01 {
        return Err(not_the_limit("fewer write than can be read"));
    }
    let mut checks = Vec::new();
    let label = format!("price ${price}");
    market.buyers.opening_rating = attention / n;
    let seen = Seen::of(&market)?;
    checks.push(seen.messages(format!("{label}: messages where all believe in the true chance"), n));
    checks.push(seen.read(format!("{label}: chance to be read"), attention / n));
    let value = values.mean_log_above(price * n / attention);
    checks.push(seen.value(format!("{label}: mean log value of those who write"), value));
    for belief in [0.5 * attention / n, 2.0 * attention / n] {
        let mut market = market.clone();
        market.buyers.opening_rating = belief;
        let what = format!("{label}: messages where all believe in {} of it", belief * n / attention);
        checks.push(Seen::of(&market)?.messages(what, sent(belief)));
    }
    // The price at which as many write as are read.
    let dear = crate::maths::exp(values.mean + values.spread * normal_quantile(1.0 - attention / seekers));
    let mut dear_market = market.clone();
    dear_market.contract.upfront = dear;
    dear_market.buyers.opening_rating = 1.0;
    let seen = Seen::of(&dear_market)?;
    checks.push(seen.messages(format!("price ${dear:.0}: messages, as many as are read"), attention));
    checks.push(
        seen.value(
            format!("price ${dear:.0}: mean log value of those who write"),
            values.mean_log_above(dear),
        ),
    );
    Ok(checks)
}

/// What was seen, by replication.
struct Seen {
    seekers: f64,
    messages: Vec<f64>,
    read: Vec<f64>,
    /// Mean log value of those who write.
    value: Vec<f64>,
}

impl Seen {
    fn of(scenario: &Scenario) -> Result<Self, Stop> {
        let paid = Channel::Paid as usize;
        let counts = weeks(scenario, |lived| {
            let met = f64::from(lived.tally.met[paid]);
            (f64::from(lived.tally.requests[paid]), met)
        })?;
        let factor = {
            let (w, b) = (&scenario.workers, &scenario.buyers);
            (1.0 - w.benefit_share) / 52.0
                * ((b.hazard_weeks + 1.0) / (b.hazard_shape - 1.0) - b.placement_lag)
        };
        let value = watch(
            scenario,
            0..scenario.run.replications,
            |_| Vec::new(),
            |values: &mut Vec<f64>, lived| {
                let requests =
                    lived.pipeline.requests.iter().filter(|request| request.channel == Channel::Paid);
                let salary =
                    requests.map(|request| lived.world.workers.usual_salary[request.worker as usize]);
                values.extend(salary.map(|salary| ln(salary * factor)));
            },
            |values, _| values.iter().sum::<f64>() / errors::count(values.len()),
        )?;
        Ok(Self {
            seekers: f64::from(scenario.workers.count),
            messages: counts.iter().map(|weeks| weeks[0].0).collect(),
            read: counts.iter().map(|weeks| weeks[0].1).collect(),
            value,
        })
    }

    /// Each of the seekers writes or does not.
    fn messages(&self, what: String, expected: f64) -> Check {
        let all = self.seekers * errors::count(self.messages.len());
        let (share, error) = errors::share(self.messages.iter().sum(), all, expected / self.seekers);
        let figure = (share * self.seekers, error * self.seekers);
        Check::new(what, "messages", (expected, ENTRY), figure, Rule::errors())
    }

    fn read(&self, what: String, expected: f64) -> Check {
        let figure = errors::ratio(self.read.iter().copied().zip(self.messages.iter().copied()));
        Check::new(what, "share", (expected, "attention over messages"), figure, Rule::errors())
    }

    fn value(&self, what: String, expected: f64) -> Check {
        let figure = errors::mean(&self.value);
        Check::new(what, "log dollars", (expected, "truncated log-normal"), figure, Rule::errors())
    }
}
