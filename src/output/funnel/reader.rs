//! What belongs to one scenario in the tables of a run, and whether the tables agree with each other.

use super::{ExplanationError, Figure, Market, Post, STEPS, Tables, Way};
use crate::experiments::measures::{Weekly, of_week};
use crate::experiments::outcomes::{Metric, metric};
use crate::experiments::verdict;
use crate::output::scenario_of;
use crate::output::tables::{Finished as _, Summary};
use crate::scenario::Payer;
use crate::stats::{Estimate, mean_interval, ratio_of_sums};
use crate::text::Form;

const LEVEL: f64 = 0.95;

/// Reads what belongs to one scenario.
pub(super) struct Reader<'a> {
    tables: &'a Tables,
    name: &'a str,
    /// Rows of outcomes.csv of replications that finished, with their numbers.
    rows: Vec<(usize, i64)>,
    failed: usize,
    /// Rows of weekly.csv after the opening, for each of them.
    weeks: Vec<Vec<usize>>,
    guarantee: bool,
    payer_is_employer: bool,
}

/// A way to a job, and what the tables have of it.
struct Channel {
    name: &'static str,
    words: &'static str,
    /// Requests, met, passed, offers and hires, by week.
    weekly: [Weekly; 5],
    /// Of requests, met; of those met, passed; of requests, hired.
    rates: [Metric; 3],
}

macro_rules! channel {
    ($name:literal, $words:literal) => {
        Channel {
            name: $name,
            words: $words,
            weekly: of_week![
                concat!("requests_", $name),
                concat!("met_", $name),
                concat!("passed_", $name),
                concat!("offers_", $name),
                concat!("hires_", $name),
            ],
            rates: metric![
                concat!("acceptance_", $name),
                concat!("pass_", $name),
                concat!("hire_per_request_", $name),
            ],
        }
    };
}

const CHANNELS: [Channel; 6] = [
    channel!("paid", "buying from a seller"),
    channel!("organic", "asking introducers one knows, for nothing"),
    channel!("cold", "writing to strangers"),
    channel!("submitted", "through sellers whom employers pay"),
    channel!("referred", "on friends' forms"),
    channel!("stranger", "on forms of strangers who are paid"),
];

impl<'a> Reader<'a> {
    pub(super) fn new(tables: &'a Tables, name: &'a str) -> Self {
        let all = || tables.outcomes.rows.iter().enumerate().filter(|(_, row)| row.scenario == name);
        let finished = all().filter(|(_, row)| row.finished().is_ok());
        let rows: Vec<(usize, i64)> = finished.map(|(at, row)| (at, row.replication)).collect();
        let mut weeks = vec![Vec::new(); rows.len()];
        let own =
            tables.weekly.rows.iter().enumerate().filter(|(_, week)| week.scenario == name && week.week > 0);
        for (at, week) in own {
            if let Some(place) = rows.iter().position(|&(_, known)| known == week.replication) {
                weeks[place].push(at);
            }
        }
        let text = tables.manifest["scenarios"][name].as_str();
        let contract = text.and_then(|text| scenario_of(name, text, None).ok()).map(|it| it.contract);
        Self {
            failed: all().count() - rows.len(),
            tables,
            name,
            rows,
            weeks,
            guarantee: contract.as_ref().is_some_and(|it| it.guarantee_weeks > 0),
            payer_is_employer: contract.is_some_and(|it| it.payer == Payer::Employer),
        }
    }

    /// An outcome, by replication.
    fn outcome(&self, metric: Metric) -> Result<Vec<Option<f64>>, ExplanationError> {
        Ok(self.tables.outcomes.needed_in(self.rows.iter().map(|&(row, _)| row), metric)?)
    }

    /// Sum of a column of weekly.csv over the weeks, by replication; `None` where no week has a value.
    fn sum(&self, measure: Weekly) -> Result<Vec<Option<f64>>, ExplanationError> {
        let weekly = &self.tables.weekly;
        let of = |weeks: &Vec<usize>| weekly.needed_in(weeks.iter().copied(), measure);
        let sum = |weeks| Ok(of(weeks)?.into_iter().flatten().reduce(|a, b| a + b));
        self.weeks.iter().map(sum).collect()
    }

    /// The line of summary.csv.
    fn summary(&self, metric: Metric) -> Option<Estimate> {
        let is_it = |line: &&Summary| line.scenario == self.name && line.metric == metric.name;
        let line = self.tables.summary.iter().find(is_it)?;
        Some(Estimate { n: line.n, value: line.mean?, interval: line.low.zip(line.high) })
    }

    pub(super) fn market(&self) -> Result<Market, ExplanationError> {
        self.check()?;
        self.outcome(metric!(verdict::MEASURE))?;
        let sells = self.outcome(metric!("active_share"))?.iter().any(Option::is_some);
        let mut ways = Vec::new();
        for (position, channel) in CHANNELS.iter().enumerate() {
            let happened = self.sum(channel.weekly[0])?.iter().flatten().any(|&n| n > 0.0);
            if position < 3 || happened {
                ways.push(self.way(channel)?);
            }
        }
        Ok(Market {
            name: self.name.to_owned(),
            replications: (self.rows.len(), self.failed),
            weeks: self
                .weeks
                .iter()
                .map(|weeks| i64::try_from(weeks.len()).unwrap_or_default())
                .max()
                .unwrap_or(0),
            sells,
            ways,
            outside: self.summary(metric!("hires_lead")),
            account: if sells { self.account()? } else { Vec::new() },
            seekers: self.figures(SEEKERS),
            sellers: if sells { self.figures(SELLERS) } else { Vec::new() },
            decision_makers: self.figures(DECISION_MAKERS),
        })
    }

    fn figures(&self, of: &[(&'static str, Metric, Form)]) -> Vec<Figure> {
        of.iter()
            .map(|&(words, metric, form)| Figure { words, form, estimate: self.summary(metric) })
            .collect()
    }

    /// From asking to hired on one way.
    fn way(&self, channel: &Channel) -> Result<Way, ExplanationError> {
        let nothing = vec![None; self.rows.len()];
        let mut series = vec![nothing; STEPS.len()];
        match channel.name {
            "paid" | "submitted" => {
                let theirs = (channel.name == "submitted") == self.payer_is_employer;
                if theirs {
                    series[0] = self.sum(of_week!("applicants"))?;
                }
                if channel.name == "paid" {
                    let (clients, held_out) =
                        (self.sum(of_week!("new_clients"))?, self.sum(of_week!("held_out"))?);
                    series[1] =
                        clients.iter().zip(&held_out).map(|(a, b)| a.zip(*b).map(|(a, b)| a + b)).collect();
                    series[2] = clients;
                    series[3] = self.sum(of_week!("introductions_promised"))?;
                }
            }
            "organic" => {
                (series[0], series[1]) = (self.sum(of_week!("asks"))?, self.sum(of_week!("helped"))?);
            }
            _ => {}
        }
        for (step, measure) in (4..).zip(channel.weekly) {
            series[step] = self.sum(measure)?;
        }
        let mut way = Way {
            channel: channel.name,
            words: channel.words,
            counts: [None; 9],
            rates: [None; 9],
            of: [
                "",
                "of those who ask",
                "of those accepted",
                "",
                "",
                "of requests",
                "of those met",
                "of those who passed",
                "of requests",
            ],
        };
        for (count, values) in way.counts.iter_mut().zip(&series) {
            *count = counted(values);
        }
        for (step, base) in [(1, 0), (2, 1), (5, 4), (6, 5), (7, 6), (8, 4)] {
            way.rates[step] = share(&series[step], &series[base]);
        }
        // Where the tables have an interval of their own it is theirs that is shown.
        let asking = match channel.name {
            "paid" => Some(metric!("accepted_share")),
            "organic" => Some(metric!("helped_share")),
            _ => None,
        };
        let rates = channel.rates.map(Some);
        for (step, metric) in [1, 5, 6, 8].into_iter().zip([asking, rates[0], rates[1], rates[2]]) {
            if way.rates[step].is_some()
                && let Some(estimate) = metric.and_then(|metric| self.summary(metric))
            {
                way.rates[step] = Some(estimate);
            }
        }
        Ok(way)
    }

    /// From fee to profit: what comes in less what goes out is what is left, to the cent.
    fn account(&self) -> Result<Vec<Post>, ExplanationError> {
        let (paid, submitted) =
            (self.outcome(metric!("hires_paid"))?, self.outcome(metric!("hires_submitted"))?);
        let placements: Vec<f64> =
            paid.iter().zip(&submitted).map(|(a, b)| a.unwrap_or(0.0) + b.unwrap_or(0.0)).collect();
        let of = |metric: Metric| -> Result<Vec<f64>, ExplanationError> {
            Ok(self.outcome(metric)?.iter().map(|value| value.unwrap_or(0.0)).collect())
        };
        let [hours, fees, refunds, costs, burnt, profit] = [
            of(metric!("time_dollars"))?,
            of(metric!("fees_dollars"))?,
            of(metric!("refunds_dollars"))?,
            of(metric!("costs_dollars"))?,
            of(metric!("social_capital_dollars"))?,
            of(metric!("sellers_profit_dollars"))?,
        ];
        let expected: Vec<f64> = (0..fees.len())
            .map(|r| fees[r] - refunds[r] - costs[r] - hours[r] - burnt[r] - profit[r])
            .collect();
        self.check_expected(&profit, &expected)?;
        let post = |words: String, sign: i8, values: &[f64]| {
            let pairs: Vec<(f64, f64)> = values.iter().copied().zip(placements.iter().copied()).collect();
            let any = placements.iter().sum::<f64>() > 0.0;
            let per_placement = if any { ratio_of_sums(&pairs, LEVEL) } else { None };
            Post { words, sign, total: mean_interval(values, LEVEL), per_placement }
        };
        let mut posts = vec![post("fees".to_owned(), 1, &fees), post("paid back".to_owned(), -1, &refunds)];
        if self.guarantee {
            posts.push(post("still to be paid back, as expected at the end".to_owned(), -1, &expected));
        }
        posts.push(post("paid to others, actors of shams among them".to_owned(), -1, &costs));
        posts.push(post("hours worked and open, at what they are worth elsewhere".to_owned(), -1, &hours));
        posts.push(post("goodwill spent on ties, what grew back credited".to_owned(), -1, &burnt));
        posts.push(post("profit".to_owned(), 0, &profit));
        Ok(posts)
    }

    /// Without a guarantee nothing is expected to be paid back: what is left over would be an error in the tables.
    fn check_expected(&self, profit: &[f64], expected: &[f64]) -> Result<(), ExplanationError> {
        if self.guarantee {
            return Ok(());
        }
        for (position, (&profit, &rest)) in profit.iter().zip(expected).enumerate() {
            if rest.abs() > 0.01_f64.max(1e-9 * profit.abs()) {
                let metric = metric!("sellers_profit_dollars");
                return Err(self.differs(position, metric, (profit, profit + rest), "its parts"));
            }
        }
        Ok(())
    }

    fn differs(
        &self,
        position: usize,
        metric: Metric,
        (outcomes, other): (f64, f64),
        by: &'static str,
    ) -> ExplanationError {
        ExplanationError::DoNotAddUp {
            path: self.tables.folder.clone(),
            scenario: self.name.to_owned(),
            replication: self.rows[position].1,
            column: metric.name,
            outcomes,
            other,
            by,
        }
    }

    /// Sums over the weeks must be what outcomes.csv says.
    fn check(&self) -> Result<(), ExplanationError> {
        for (metric, measure) in SUMMED {
            let (outcomes, weekly) = (self.outcome(metric)?, self.sum(measure)?);
            for (position, pair) in outcomes.iter().zip(&weekly).enumerate() {
                let (a, b) = (pair.0.unwrap_or(0.0), pair.1.unwrap_or(0.0));
                if (a - b).abs() > 0.005_f64.max(1e-9 * a.abs()) {
                    return Err(self.differs(position, metric, (a, b), "the weeks of weekly.csv"));
                }
            }
        }
        Ok(())
    }
}

macro_rules! in_both {
    ($($name:literal,)+) => {
        [$((metric!($name), of_week!($name))),+]
    };
}

/// Columns that stand in both tables.
const SUMMED: [(Metric, Weekly); 15] = in_both![
    "requests_cold",
    "requests_organic",
    "requests_paid",
    "requests_submitted",
    "hires_cold",
    "hires_lead",
    "hires_organic",
    "hires_paid",
    "hires_submitted",
    "applicants",
    "new_clients",
    "held_out",
    "fees_dollars",
    "refunds_dollars",
    "social_capital_dollars",
];

/// Metrics that concern seekers.
const SEEKERS: &[(&str, Metric, Form)] = &[
    ("of all workers, out of work", metric!("unemployment_share"), Form::Share),
    ("weeks out of work so far", metric!("mean_weeks_out"), Form::Plain),
    ("of seekers, represented by a seller", metric!("share_served"), Form::Share),
    ("turned away by drawing lots, to measure the gain", metric!("held_out"), Form::Count),
    ("what clients gain, years' salary", metric!("clients_gain"), Form::Plain),
    ("paid for meetings with actors", metric!("sham_fees_dollars"), Form::Dollars),
    ("refunds that nobody could pay", metric!("refunds_lost_dollars"), Form::Dollars),
];

/// Metrics that concern sellers.
const SELLERS: &[(&str, Metric, Form)] = &[
    ("introducers who sell, mean over weeks", metric!("active_share"), Form::Share),
    ("introducers who sell, mean over judged weeks", metric!("active_share_judged"), Form::Share),
    ("placed per 10,000 workers and year, judged weeks", metric!(verdict::MEASURE), Form::Plain),
    ("hours worked", metric!("hours"), Form::Count),
    ("hours per placement", metric!("hours_per_placement"), Form::Plain),
    ("an hour earns", metric!("profit_hour_without"), Form::Dollars),
    ("an hour earns, goodwill counted", metric!("profit_hour_with"), Form::Dollars),
    ("meetings staged with actors", metric!("shams"), Form::Count),
    ("of fees, paid by employers", metric!("employer_fees_dollars"), Form::Dollars),
];

/// Metrics that concern decision-makers.
const DECISION_MAKERS: &[(&str, Metric, Form)] = &[
    ("vacancies open", metric!("vacancies"), Form::Count),
    ("requests for each hire", metric!("applicants_per_hire"), Form::Plain),
    ("of interviews, those that end in an offer", metric!("offers_per_interview"), Form::Share),
    ("gain by the people of sellers", metric!("decision_makers_gain_paid"), Form::Dollars),
    ("goodwill left on the ties, 0 to 1", metric!("goodwill"), Form::Plain),
    ("of these ties, blocked", metric!("blocked_share"), Form::Share),
    ("trust in those who come for nothing, sd", metric!("trust_organic"), Form::Plain),
];

/// Mean over replications of a count, which cannot be below zero; `None` where no replication has it.
fn counted(values: &[Option<f64>]) -> Option<Estimate> {
    let values: Vec<f64> = values.iter().copied().flatten().collect();
    Some(mean_interval(&values, LEVEL)?.within(0.0, f64::INFINITY))
}

/// Pooled share of two counts; `None` where there is nothing to be a share of.
fn share(of: &[Option<f64>], per: &[Option<f64>]) -> Option<Estimate> {
    let pairs: Vec<(f64, f64)> = of.iter().zip(per).filter_map(|(a, b)| a.zip(*b)).collect();
    if pairs.iter().map(|(_, n)| n).sum::<f64>() <= 0.0 {
        return None;
    }
    Some(ratio_of_sums(&pairs, LEVEL)?.within(0.0, 1.0))
}
