//! What belongs to one scenario in the tables of a run, and whether the tables agree with each other.

use super::{ExplanationError, Figure, Market, Post, STEPS, Tables, Unit, Way};
use crate::experiments::verdict;
use crate::output::Added;
use crate::stats::{Estimate, mean_interval, ratio_of_sums};

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

const CHANNELS: [(&str, &str); 6] = [
    ("paid", "buying from a seller"),
    ("organic", "asking introducers one knows, for nothing"),
    ("cold", "writing to strangers"),
    ("submitted", "through sellers whom employers pay"),
    ("referred", "on friends' forms"),
    ("stranger", "on forms of strangers who are paid"),
];

impl<'a> Reader<'a> {
    pub(super) fn new(tables: &'a Tables, name: &'a str) -> Self {
        let all = || tables.replications.iter().enumerate().filter(|(_, row)| row.scenario == name);
        let failed = |row: &Added<String>| row.0.as_deref().is_some_and(|status| status != "ok");
        let finished = all().filter(|(_, row)| !failed(&row.status));
        let rows: Vec<(usize, i64)> = finished.map(|(at, row)| (at, row.replication)).collect();
        let mut weeks = vec![Vec::new(); rows.len()];
        let own = tables.weeks.iter().enumerate().filter(|(_, week)| week.scenario == name && week.week > 0);
        for (at, week) in own {
            if let Some(place) = rows.iter().position(|&(_, known)| known == week.replication) {
                weeks[place].push(at);
            }
        }
        let text = tables.manifest["scenarios"][name].as_str().unwrap_or_default();
        let rules: toml::Table = text.parse().unwrap_or_default();
        let number = |section: &str, key: &str| {
            let value = rules.get(section)?.get(key)?;
            #[allow(clippy::cast_precision_loss, reason = "numbers of a scenario are small")]
            value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))
        };
        let payer = rules.get("contract").and_then(|c| c.get("payer")).and_then(toml::Value::as_str);
        Self {
            failed: all().count() - rows.len(),
            tables,
            name,
            rows,
            weeks,
            guarantee: number("contract", "guarantee_weeks").is_some_and(|weeks| weeks > 0.0),
            payer_is_employer: payer == Some("employer"),
        }
    }

    /// A column of outcomes.csv, by replication.
    fn outcome(&self, column: &str) -> Result<Vec<Option<f64>>, ExplanationError> {
        let at = self.tables.outcomes.column(column)?;
        Ok(self
            .rows
            .iter()
            .map(|&(row, _)| self.tables.outcomes.number(row, at))
            .collect::<Result<_, _>>()?)
    }

    /// Sum of a column of weekly.csv over the weeks, by replication; none where no week has a value.
    fn sum(&self, column: &str) -> Result<Vec<Option<f64>>, ExplanationError> {
        let at = self.tables.weekly.column(column)?;
        let mut sums = Vec::new();
        for weeks in &self.weeks {
            let mut sum = None;
            for &row in weeks {
                if let Some(value) = self.tables.weekly.number(row, at)? {
                    sum = Some(sum.unwrap_or(0.0) + value);
                }
            }
            sums.push(sum);
        }
        Ok(sums)
    }

    /// The line of summary.csv.
    fn summary(&self, metric: &str) -> Option<Estimate> {
        let line =
            self.tables.summary.iter().find(|line| line.scenario == self.name && line.metric == metric)?;
        Some(Estimate { n: line.n, value: line.mean?, interval: line.low.zip(line.high) })
    }

    pub(super) fn market(&self) -> Result<Market, ExplanationError> {
        self.check()?;
        self.tables.outcomes.column(verdict::MEASURE)?;
        let sells = self.outcome("active_share")?.iter().any(Option::is_some);
        let mut ways = Vec::new();
        for (position, &(channel, words)) in CHANNELS.iter().enumerate() {
            let happened = self.sum(&format!("requests_{channel}"))?.iter().flatten().any(|&n| n > 0.0);
            if position < 3 || happened {
                ways.push(self.way(channel, words)?);
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
            outside: self.summary("hires_lead"),
            account: if sells { self.account()? } else { Vec::new() },
            seekers: self.figures(SEEKERS),
            sellers: if sells { self.figures(SELLERS) } else { Vec::new() },
            decision_makers: self.figures(DECISION_MAKERS),
        })
    }

    fn figures(&self, of: &[(&'static str, &str, Unit)]) -> Vec<Figure> {
        of.iter()
            .map(|&(words, metric, unit)| Figure { words, unit, estimate: self.summary(metric) })
            .collect()
    }

    /// From asking to hired on one way.
    fn way(&self, channel: &'static str, words: &'static str) -> Result<Way, ExplanationError> {
        let of = |what: &str| self.sum(&format!("{what}_{channel}"));
        let nothing = vec![None; self.rows.len()];
        let mut series = vec![nothing; STEPS.len()];
        match channel {
            "paid" | "submitted" => {
                let theirs = (channel == "submitted") == self.payer_is_employer;
                if theirs {
                    series[0] = self.sum("applicants")?;
                }
                if channel == "paid" {
                    let (clients, held_out) = (self.sum("new_clients")?, self.sum("held_out")?);
                    series[1] =
                        clients.iter().zip(&held_out).map(|(a, b)| a.zip(*b).map(|(a, b)| a + b)).collect();
                    series[2] = clients;
                    series[3] = self.sum("introductions_promised")?;
                }
            }
            "organic" => (series[0], series[1]) = (self.sum("asks")?, self.sum("helped")?),
            _ => {}
        }
        series[4] = of("requests")?;
        series[5] = of("met")?;
        series[6] = of("passed")?;
        series[7] = of("offers")?;
        series[8] = of("hires")?;
        let mut way = Way {
            channel,
            words,
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
        let asking = match channel {
            "paid" => "accepted_share",
            "organic" => "helped_share",
            _ => "",
        };
        let kept = [
            (1, asking.to_owned()),
            (5, format!("acceptance_{channel}")),
            (6, format!("pass_{channel}")),
            (8, format!("hire_per_request_{channel}")),
        ];
        for (step, metric) in kept {
            if way.rates[step].is_some()
                && let Some(estimate) = self.summary(&metric)
            {
                way.rates[step] = Some(estimate);
            }
        }
        Ok(way)
    }

    /// From fee to profit: what comes in less what goes out is what is left, to the cent.
    fn account(&self) -> Result<Vec<Post>, ExplanationError> {
        let (paid, submitted) = (self.outcome("hires_paid")?, self.outcome("hires_submitted")?);
        let placements: Vec<f64> =
            paid.iter().zip(&submitted).map(|(a, b)| a.unwrap_or(0.0) + b.unwrap_or(0.0)).collect();
        let of = |column: &str| -> Result<Vec<f64>, ExplanationError> {
            Ok(self.outcome(column)?.iter().map(|value| value.unwrap_or(0.0)).collect())
        };
        let [hours, fees, refunds, costs, burnt, profit] = [
            of("time_dollars")?,
            of("fees_dollars")?,
            of("refunds_dollars")?,
            of("costs_dollars")?,
            of("social_capital_dollars")?,
            of("sellers_profit_dollars")?,
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
                return Err(self.differs(
                    position,
                    "sellers_profit_dollars",
                    (profit, profit + rest),
                    "its parts",
                ));
            }
        }
        Ok(())
    }

    fn differs(
        &self,
        position: usize,
        column: &'static str,
        (outcomes, other): (f64, f64),
        by: &'static str,
    ) -> ExplanationError {
        ExplanationError::DoNotAddUp {
            path: self.tables.folder.clone(),
            scenario: self.name.to_owned(),
            replication: self.rows[position].1,
            column,
            outcomes,
            other,
            by,
        }
    }

    /// Sums over the weeks must be what outcomes.csv says.
    fn check(&self) -> Result<(), ExplanationError> {
        for column in SUMMED {
            let (outcomes, weekly) = (self.outcome(column)?, self.sum(column)?);
            for (position, pair) in outcomes.iter().zip(&weekly).enumerate() {
                let (a, b) = (pair.0.unwrap_or(0.0), pair.1.unwrap_or(0.0));
                if (a - b).abs() > 0.005_f64.max(1e-9 * a.abs()) {
                    return Err(self.differs(position, column, (a, b), "the weeks of weekly.csv"));
                }
            }
        }
        Ok(())
    }
}

/// Columns that stand in both tables.
const SUMMED: [&str; 15] = [
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
const SEEKERS: &[(&str, &str, Unit)] = &[
    ("of all workers, out of work", "unemployment_share", Unit::Share),
    ("weeks out of work so far", "mean_weeks_out", Unit::Plain),
    ("of seekers, represented by a seller", "share_served", Unit::Share),
    ("turned away by lot, to measure the gain", "held_out", Unit::Count),
    ("what clients gain, years' salary", "clients_gain", Unit::Plain),
    ("paid for meetings with actors", "sham_fees_dollars", Unit::Dollars),
    ("refunds that nobody could pay", "refunds_lost_dollars", Unit::Dollars),
];

/// Metrics that concern sellers.
const SELLERS: &[(&str, &str, Unit)] = &[
    ("introducers who sell, mean over weeks", "active_share", Unit::Share),
    ("introducers who sell, mean over judged weeks", "active_share_judged", Unit::Share),
    ("placed per 10,000 workers and year, judged weeks", verdict::MEASURE, Unit::Plain),
    ("hours worked", "hours", Unit::Count),
    ("hours per placement", "hours_per_placement", Unit::Plain),
    ("an hour earns", "profit_hour_without", Unit::Dollars),
    ("an hour earns, goodwill counted", "profit_hour_with", Unit::Dollars),
    ("meetings staged with actors", "shams", Unit::Count),
    ("of fees, paid by employers", "employer_fees_dollars", Unit::Dollars),
];

/// Metrics that concern decision-makers.
const DECISION_MAKERS: &[(&str, &str, Unit)] = &[
    ("vacancies open", "vacancies", Unit::Count),
    ("requests for each hire", "applicants_per_hire", Unit::Plain),
    ("of interviews, those that end in an offer", "offers_per_interview", Unit::Share),
    ("gain by the people of sellers", "decision_makers_gain_paid", Unit::Dollars),
    ("goodwill left on the ties, 0 to 1", "goodwill", Unit::Plain),
    ("of these ties, blocked", "blocked_share", Unit::Share),
    ("trust in those who come for nothing, sd", "trust_organic", Unit::Plain),
];

/// Mean over replications of a count, which cannot be below zero; none where no replication has it.
fn counted(values: &[Option<f64>]) -> Option<Estimate> {
    let values: Vec<f64> = values.iter().copied().flatten().collect();
    let estimate = mean_interval(&values, LEVEL)?;
    Some(Estimate { interval: estimate.interval.map(|(low, high)| (low.max(0.0), high)), ..estimate })
}

/// Pooled share of two counts; none where there is nothing to be a share of.
fn share(of: &[Option<f64>], per: &[Option<f64>]) -> Option<Estimate> {
    let pairs: Vec<(f64, f64)> = of.iter().zip(per).filter_map(|(a, b)| a.zip(*b)).collect();
    if pairs.iter().map(|(_, n)| n).sum::<f64>() <= 0.0 {
        return None;
    }
    let estimate = ratio_of_sums(&pairs, LEVEL)?;
    let within = |(low, high): (f64, f64)| (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0));
    Some(Estimate { interval: estimate.interval.map(within), ..estimate })
}
