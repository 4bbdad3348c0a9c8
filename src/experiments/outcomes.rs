//! Outcomes: one number a column and replication, over all weeks after the opening and over those that are judged.

use super::gain::Arms;
use super::measures::{MEASURES, Span, by, judged, placements};
use super::newcomers::Newcomers;
use super::verdict;
use super::{Measure, Named, ratio, same};
use crate::engine::History;
use crate::ids::IntroducerId;
use crate::maths;
use crate::scenario::{Payer, Scenario};
use crate::stats::{self, Duration, KaplanMeier, Median};
use crate::week::bombardment::target;
use crate::week::record::{Ending, TieLife};
use crate::week::tally::Channel;

/// Everything that outcomes are computed from.
#[derive(Clone, Debug)]
pub struct Summary {
    /// All weeks.
    pub all: Span,
    /// The weeks that are judged, [`verdict::judged_weeks`].
    pub judged: Span,
    /// What an hour is worth elsewhere to the last who sells, the one to whom it is worth most; `None` where sellers come
    /// and go.
    pub last_wage: Option<f64>,
    /// As many weeks before them; `None` where these would reach into the opening, in runs too short for a verdict.
    pub before: Option<Span>,
    /// The lottery among clients.
    pub arms: Arms,
    /// The lottery among those who buy coaching.
    pub coached: Arms,
    /// Those who began to sell.
    pub newcomers: Newcomers,
    /// Numbers that are not sums over weeks, by [`ONCE`].
    pub once: Vec<Option<f64>>,
}

macro_rules! measures {
    ($($name:literal, $unit:literal, $meaning:literal, $of:expr;)*) => {
        &[$(Measure { name: $name, unit: $unit, meaning: $meaning, of: $of }),*]
    };
}

macro_rules! measures_judged {
    ($($name:literal, $unit:literal, $meaning:literal, $of:expr;)*) => {
        &[$(Measure { name: $name, unit: $unit, meaning: concat!($meaning, judged!(), "; empty where nobody may sell"), of: $of }),*]
    };
}

/// How large the market is, over the judged weeks; empty cells where nobody may sell.
pub const SIZE: &[Measure<Span>] = measures_judged![
    "placements_per_10000", "placements", "placements by sellers, whoever pays, per 10,000 workers and year", |s| per_10000(s, 52.0 * placements(s));
    "placements_share", "share", "placements by sellers, whoever pays, of all hires", |s| if s.scenario.may_sell() { ratio(placements(s), s.sum.hires.iter().sum()) } else { None };
    "full_time_per_10000", "people", "hours worked and open over weeks of 40 hours, per 10,000 workers", |s| per_10000(s, (s.sum.sellers.hours.total() + s.sum.sellers.open_hours) / 40.0);
    "sellers_per_10000", "people", "introducers who sell, per 10,000 workers", |s| per_10000(s, s.sum.sellers.active);
    "began_per_10000", "people", "introducers who began to sell, per 10,000 workers and year", |s| per_10000(s, 52.0 * s.sum.sellers.began);
    "placements_per_seller", "placements", "placements a year of one who sells", |s| ratio(52.0 * placements(s), s.sum.sellers.active);
    "entered_share", "ratio", "introducers who began to sell in a year, of those who sell", |s| ratio(52.0 * s.sum.sellers.began, s.sum.sellers.active);
    "left_share", "ratio", "sellers who stopped in a year, of those who sell", |s| ratio(52.0 * s.sum.sellers.stopped, s.sum.sellers.active);
    "represented_share", "share", "searches for which a seller signed the person, of all that began", |s| represented(s, &[0, 1, 2]);
    "represented_low", "share", "the same of the least able third of the workforce", |s| represented(s, &[0]);
    "represented_middle", "share", "the same of the middle third", |s| represented(s, &[1]);
    "represented_high", "share", "the same of the most able third", |s| represented(s, &[2]);
    "asked_and_placed_share", "share", "searches that ended with a placement by a seller whom the seeker had asked, of all that began", asked_and_placed;
    "ties_lost_share", "share", "blocked of the ties of those who have ever sold, less those blocked in the organic fork", |s| ratio(s.sum.ties.blocked - s.sum.ties.blocked_organic, s.sum.ties.n);
    "stopped_per_10000", "people", "sellers who stopped, per 10,000 workers and year", |s| per_10000(s, 52.0 * s.sum.sellers.stopped);
];

/// A sum over weeks per 10,000 workers and week; `None` where nobody may sell.
fn per_10000(s: &Span, sum: f64) -> Option<f64> {
    if s.scenario.may_sell() { ratio(10_000.0 * sum, s.sum.workers) } else { None }
}

/// Share of the searches of some thirds that sellers represented; `None` where nobody may sell.
fn represented(s: &Span, thirds: &[usize]) -> Option<f64> {
    let of = |counts: &[f64; 3]| thirds.iter().map(|&third| counts[third]).sum::<f64>();
    if s.scenario.may_sell() { ratio(of(&s.sum.represented), of(&s.sum.searches)) } else { None }
}

/// Where seekers pay, all who are placed had asked.
fn asked_and_placed(s: &Span) -> Option<f64> {
    let placed = match s.scenario.contract.payer {
        Payer::Employer => s.sum.askers_placed,
        Payer::Seeker => by(&s.sum.hires, Channel::Paid),
    };
    if s.scenario.may_sell() { ratio(placed, s.sum.searches.iter().sum()) } else { None }
}

/// Numbers of a whole history.
pub const ONCE: &[Measure<History>] = measures![
    "tie_half_life", "weeks", "median life of the sellers' ties to a block (Kaplan–Meier); empty if fewer than half were blocked", tie_half_life;
    "bombarded_half_life", "weeks", "the same of one tie of each seller, that which a bombardment goes through, from the opening on", bombarded_half_life;
    "market_end_week", "weeks", "first week in which nobody sells; empty if somebody does to the end", market_end_week;
    "least_wage", "dollars", "what an hour is worth elsewhere to the introducer to whom it is worth least: the first to sell; empty where nobody may", least_wage;
    "clients_rank_p10", "share", "tenth percentile of new clients' rank in ability, where 0.5 is the median worker", clients_rank;
    "weeks_to_job_bought", "weeks", "mean length of searches that ended with a job, of sampled workers who bought", |history| search_length(history, true);
    "weeks_to_job_networked", "weeks", "the same of those who did not buy and network more than the median", |history| search_length(history, false);
];

/// Median life of ties that belong to sellers; of the followed ones where nobody sells.
fn tie_half_life(history: &History) -> Option<f64> {
    let sold = history.world.ever_sold().next().is_some();
    let lives = history.record.tie_lives.iter().filter(|life| life.seller || !sold);
    let lives: Vec<_> = lives
        .map(|life| Duration {
            time: f64::from(life.end - life.start),
            ended: life.blocked,
            cluster: life.introducer as usize,
        })
        .collect();
    median(&lives)
}

/// Median life, from the opening on, of the tie of each seller that a bombardment goes through.
fn bombarded_half_life(history: &History) -> Option<f64> {
    let (world, opened) = (&history.world, history.opening.week);
    let life_of = |seller: usize| {
        let introducer = IntroducerId::new(seller);
        let decision_maker = world.ties.decision_maker[target(world, introducer)?.at()].0;
        let own = |life: &&TieLife| (life.introducer, life.decision_maker) == (introducer.0, decision_maker);
        let first = history.record.tie_lives.iter().filter(own).min_by_key(|life| life.life)?;
        let time = f64::from(first.end - first.start.max(opened));
        Some(Duration { time, ended: first.blocked, cluster: seller })
    };
    median(&world.ever_sold().filter_map(life_of).collect::<Vec<_>>())
}

fn median(lives: &[Duration]) -> Option<f64> {
    match KaplanMeier::independent(lives, 0.95)?.median() {
        Median { value: Some(weeks), .. } => Some(weeks),
        Median { value: None, .. } => None,
    }
}

fn market_end_week(history: &History) -> Option<f64> {
    history.world.ever_sold().next()?;
    let last = history.weeks.iter().rposition(|week| week.sellers.active > 0).map_or(0, |week| week + 1);
    let market = history.world.market.as_ref()?;
    // One who stopped in a week still counted in it.
    if last < history.weeks.len() || market.n_active() == 0 {
        Some(f64::from(crate::ids::row(last)))
    } else {
        None
    }
}

fn least_wage(history: &History) -> Option<f64> {
    history.world.market.as_ref()?.sellers.iter().map(|seller| seller.wage).reduce(f64::min)
}

fn clients_rank(history: &History) -> Option<f64> {
    let ranks: Vec<f64> =
        history.record.clients.iter().map(|&(_, ability)| maths::normal_below(ability)).collect();
    stats::quantile(&ranks, 0.1)
}

fn search_length(history: &History, bought: bool) -> Option<f64> {
    let found =
        history.record.spells.iter().filter(|s| matches!(s.ending, Ending::Hired(_)) && s.bought == bought);
    let found: Vec<f64> =
        found.filter(|s| bought || s.networking > 1.0).map(|s| f64::from(s.end - s.start)).collect();
    stats::mean_interval(&found, 0.95).map(|e| e.value)
}

impl Summary {
    /// Reduces a history.
    #[must_use]
    pub fn of(scenario: &Scenario, history: &History) -> Self {
        let weeks = &history.weeks;
        let (earlier, judged) = weeks.split_at(weeks.len() - verdict::judged_weeks(weeks.len()));
        let before =
            (weeks.len() >= verdict::FEWEST_WEEKS as usize).then(|| &earlier[earlier.len() - judged.len()..]);
        Self {
            all: Span::of(scenario, weeks),
            judged: Span::of(scenario, judged),
            last_wage: last_wage(scenario, history),
            before: before.map(|before| Span::of(scenario, before)),
            arms: Arms::of(history.world.market.iter().flat_map(|m| &m.cohort)),
            coached: Arms::of(
                history.world.market.iter().flat_map(|m| &m.coaching.cohort).map(|c| &c.member),
            ),
            newcomers: Newcomers::of(scenario, history),
            once: ONCE.iter().map(|measure| (measure.of)(history)).collect(),
        }
    }

    /// Values of [`MEASURES`] over all weeks, then over the judged ones, then of [`SIZE`], of [`ONCE`] and of
    /// [`LOTTERIES`], of [`NEWCOMERS`], of [`EARLIER`] and of [`LAST`].
    #[must_use]
    pub fn values(&self) -> Vec<Option<f64>> {
        let over = |which: usize, span| over_weeks(which).map(move |measure| (measure.of)(span));
        let mut values: Vec<Option<f64>> = over(0, &self.all).collect();
        values.extend(over(1, &self.judged));
        values.extend(SIZE.iter().map(|m| (m.of)(&self.judged)));
        values.extend(self.once.iter().copied());
        values.extend(LOTTERIES.iter().map(|m| (m.of)(self)));
        values.extend(NEWCOMERS.iter().map(|m| (m.of)(self)));
        values.extend(EARLIER.iter().map(|m| (m.of)(self)));
        values.extend(LAST.iter().map(|m| (m.of)(self)));
        values
    }
}

/// The lotteries of one replication.
pub const LOTTERIES: &[Measure<Summary>] = measures![
    "gain_treated_sum", "years' salary", "sum over represented clients of (52-week income − fees + refunds)/usual salary", |s| Some(s.arms.treated.0);
    "gain_treated_n", "people", "represented clients followed for 52 weeks", |s| Some(s.arms.treated.1);
    "gain_held_out_sum", "years' salary", "the same sum over those turned away by lot", |s| Some(s.arms.held_out.0);
    "gain_held_out_n", "people", "turned away by lot and followed for 52 weeks", |s| Some(s.arms.held_out.1);
    "clients_gain", "years' salary", "difference of the two means; empty if one has nobody", |s| s.arms.gain();
    "coaching_treated_sum", "years' salary", "the sum of clients over the coached", |s| Some(s.coached.treated.0);
    "coaching_treated_n", "people", "coached and followed for 52 weeks", |s| Some(s.coached.treated.1);
    "coaching_held_out_sum", "years' salary", "the same sum over those turned away by the coaches' lot", |s| Some(s.coached.held_out.0);
    "coaching_held_out_n", "people", "turned away by the coaches' lot and followed for 52 weeks", |s| Some(s.coached.held_out.1);
    "coaching_gain", "years' salary", "difference of the two means; empty if one has nobody", |s| s.coached.gain();
];

/// What selling brought those who began from 40 % of the weeks on, early enough to be followed for 104 weeks; empty where
/// nobody may sell or the run is too short.
pub const NEWCOMERS: &[Measure<Summary>] = measures![
    "entrants", "people", "introducers who began to sell from 40 % of the weeks on, early enough to be followed for 104 weeks", |s| newcomers(s, s.newcomers.n);
    "entrants_net_dollars", "dollars", "what 104 weeks from then on left them, whether they stopped or not: fees less refunds (paid and newly expected), costs, hours worked and open at what they would be worth elsewhere if nobody sold, and social capital as far as sellers look ahead", |s| newcomers(s, s.newcomers.net);
    "entrants_weeks", "weeks", "weeks of these in which they sold", |s| newcomers(s, s.newcomers.weeks);
    "everybody_net_dollars", "dollars", "the same net of all who sold in the weeks in which these began", |s| newcomers(s, s.newcomers.everybody_net);
    "everybody_weeks", "weeks", "weeks in which they sold", |s| newcomers(s, s.newcomers.everybody_weeks);
];

/// The size of the market before the judged weeks, by which it is seen whether it had come to rest.
pub const EARLIER: &[Measure<Summary>] = measures![
    "placements_per_10000_before", "placements", "placements_per_10000 over the 104 weeks before the judged ones; empty where nobody may sell, and in runs of fewer than 312 weeks", |s| s.before.as_ref().and_then(|span| per_10000(span, 52.0 * placements(span)));
];

/// What selling leaves to the last of a number of sellers that stays as it is.
pub const LAST: &[Measure<Summary>] = measures![
    "last_seller_net", "dollars a week", "in a closed market, what an average week of selling in the judged weeks would leave to the seller whose hour is worth most elsewhere: fees less refunds, new liabilities and costs, social capital as far as sellers look ahead, and hours worked and open at his wage; empty where sellers come and go", last_seller_net;
];

/// What an hour is worth to the dearest of those who sell, in a market in which nobody enters or leaves.
fn last_wage(scenario: &Scenario, history: &History) -> Option<f64> {
    let market =
        history.world.market.as_ref().filter(|_| scenario.sellers.entry == crate::scenario::Entry::Closed)?;
    let selling = market.sellers.iter().filter(|seller| seller.active);
    selling.map(|seller| seller.organic_wage).reduce(f64::max)
}

/// What an average week would leave to the last.
fn last_seller_net(s: &Summary) -> Option<f64> {
    let (sellers, foresight) = (&s.judged.sum.sellers, s.judged.scenario.sellers.foresight);
    let f = &sellers.flows;
    let revenue = f.fees - f.refunds - f.costs - sellers.liability - foresight * f.social_capital;
    ratio(revenue - s.last_wage? * (sellers.hours.total() + sellers.open_hours), sellers.active)
}

fn newcomers(s: &Summary, number: f64) -> Option<f64> {
    s.judged.scenario.may_sell().then_some(number)
}

/// The numbers over weeks: all of them, or the judged.
fn over_weeks(which: usize) -> impl Iterator<Item = &'static Measure<Span>> {
    MEASURES.iter().filter_map(move |measure| Some(&measure.outcomes.as_ref()?[which]))
}

/// Name, unit and meaning of each of [`Summary::values`], in order.
#[must_use]
pub fn columns() -> Vec<(&'static str, &'static str, &'static str)> {
    let over = over_weeks(0).map(Measure::column);
    let judged = over_weeks(1).map(Measure::column);
    let size = SIZE.iter().map(Measure::column);
    let once = ONCE.iter().map(Measure::column);
    let lotteries = LOTTERIES.iter().map(Measure::column);
    let newcomers = NEWCOMERS.iter().map(Measure::column);
    let earlier = EARLIER.iter().map(Measure::column);
    let last = LAST.iter().map(Measure::column);
    let groups = over.chain(judged).chain(size).chain(once).chain(lotteries).chain(newcomers);
    groups.chain(earlier).chain(last).collect()
}

/// Names of all outcomes.
#[must_use]
pub fn names() -> Vec<&'static str> {
    columns().into_iter().map(|(name, ..)| name).collect()
}

/// An outcome of the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Its name, as in the tables.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// Its place in a row of outcomes.
    pub place: usize,
}

impl Metric {
    /// The outcome of this name.
    #[must_use]
    pub const fn of(name: &str) -> Option<Self> {
        let found = Self::over(0, Err(0), name);
        let found = Self::among(SIZE, Self::over(1, found, name), name);
        let found = Self::among(LOTTERIES, Self::among(ONCE, found, name), name);
        let found = Self::among(EARLIER, Self::among(NEWCOMERS, found, name), name);
        match Self::among(LAST, found, name) {
            Ok(found) => Some(found),
            Err(_) => None,
        }
    }

    /// As [`Self::of`], for constants: a name that is no outcome's does not compile there.
    ///
    /// # Panics
    /// If there is no such outcome.
    #[must_use]
    pub const fn known(name: &str) -> Self {
        Self::of(name).expect("an outcome of this name")
    }

    /// What was found before; else the outcome of a list, or how many there are up to its end.
    const fn among<T>(list: &[Measure<T>], found: Result<Self, usize>, name: &str) -> Result<Self, usize> {
        let Err(before) = found else { return found };
        let mut measure = 0;
        while measure < list.len() {
            let Measure { name: known, unit, meaning, .. } = list[measure];
            if same(known, name) {
                return Ok(Self { name: known, unit, meaning, place: before + measure });
            }
            measure += 1;
        }
        Err(before + list.len())
    }

    /// The same of the numbers over weeks: all of them, or the judged.
    const fn over(which: usize, found: Result<Self, usize>, name: &str) -> Result<Self, usize> {
        let (mut found, mut measure) = (found, 0);
        while measure < MEASURES.len() {
            if let Some(both) = &MEASURES[measure].outcomes {
                found = Self::among(&[both[which]], found, name);
            }
            measure += 1;
        }
        found
    }

    /// Every outcome, in the order of a row.
    pub fn all() -> impl Iterator<Item = Self> {
        let all = columns().into_iter().enumerate();
        all.map(|(place, (name, unit, meaning))| Self { name, unit, meaning, place })
    }

    /// Its value in a row; `None` where it has none.
    #[must_use]
    pub fn read(self, row: &[Option<f64>]) -> Option<f64> {
        row.get(self.place).copied().flatten()
    }
}

impl Named for Metric {
    fn name(self) -> &'static str {
        self.name
    }
}

/// An outcome by its name, which must be one; of several names an array.
macro_rules! metric {
    ($name:expr) => {
        const { $crate::experiments::outcomes::Metric::known($name) }
    };
    ($($name:expr),+ $(,)?) => {
        [$(const { $crate::experiments::outcomes::Metric::known($name) }),+]
    };
}

pub(crate) use metric;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_found_by_its_name_at_its_place_in_a_row() {
        for metric in Metric::all() {
            assert_eq!(Metric::of(metric.name), Some(metric));
        }
        assert_eq!(Metric::of("clients_gains"), None);
    }
}
