//! The verdict on a market: whether it lasts, by how many people sellers place in the weeks that are judged, and at
//! whose cost.
//!
//! A condition is *met*, *failed* or *open* by the 95 % interval of its measure over replications, never by a share of
//! replications; where all replications are alike it also takes so many that others would have shown. *Alive*: more than [`ALIVE_ABOVE`] placements per 10,000 workers and year. *Newcomers*: those who began
//! to sell do not lose on average. *Decision-makers*: what sellers' people bring them is worth their time. Who pays does
//! not matter. All words for a verdict come from here.

use super::gain::{self, Arms};
use super::newcomers::Newcomers;
use crate::maths;
use crate::stats::{self, Estimate};

/// The measure that the verdict goes by, as named in the table of outcomes.
pub const MEASURE: &str = "placements_per_10000";

/// Placements per 10,000 workers and year above which a market is alive: one worker in 2,000 is placed in a year. Source:
/// our assumption; it lies above what lone trials bring.
pub const ALIVE_ABOVE: f64 = 5.0;

/// Coverage of the interval that decides.
pub const LEVEL: f64 = 0.95;

/// Weeks of which a run needs this many before a verdict is more than provisional: entrants of two years are followed
/// for two, and two are judged.
pub const FEWEST_WEEKS: u32 = 312;

/// That what is said of markets is provisional, where they ran for too few weeks: the one rule of terminal, tables, charts
/// and report.
#[must_use]
pub fn provisional(weeks: u32) -> Option<String> {
    (weeks < FEWEST_WEEKS).then(|| {
        format!("With {weeks} weeks this is provisional: a verdict takes {FEWEST_WEEKS} or more (run.weeks).")
    })
}

/// Said beside a verdict where clients are shown to lose.
pub const AT_CLIENTS_COST: &str = "at its clients' cost";

/// With fewer entrants over all replications, everybody who sold in the weeks in which they began stands for them.
const FEWEST_ENTRANTS: f64 = 20.0;

/// Weeks at the end of a run over which a market is judged: the last 104, or the second half of fewer than 208.
#[must_use]
pub const fn judged_weeks(weeks: usize) -> usize {
    if weeks < 208 { weeks.div_ceil(2) } else { 104 }
}

/// The same in words.
///
/// - `weeks`: of the run
#[must_use]
pub const fn judged_span(weeks: usize) -> &'static str {
    if weeks < 208 { "over the second half of the run" } else { "over the last two years" }
}

/// What an interval says of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Its lower end lies above the threshold.
    Met,
    /// Its upper end lies below the threshold.
    Failed,
    /// It holds the threshold, or there is no interval.
    Open,
}

impl Condition {
    /// Whether a measure lies above a threshold.
    #[must_use]
    pub fn above(threshold: f64, estimate: &Estimate) -> Self {
        match estimate.interval {
            Some((low, _)) if low > threshold => Self::Met,
            Some((_, high)) if high < threshold => Self::Failed,
            _ => Self::Open,
        }
    }
}

/// Where all replications say the same, an interval of their mean has no width, and holds the truth only if none could have
/// said otherwise: they tell once a share of markets as large as this that are otherwise would have shown.
const UNSEEN: f64 = 0.4;

/// Replications of which one at least would be otherwise, as often as intervals hold, if a share of [`UNSEEN`] of all were:
/// the upper end of Clopper and Pearson's interval (1934, *Biometrika* 26) of none in n is 1 − (α/2)^(1/n).
fn fewest_alike(level: f64) -> usize {
    let n = maths::ln((1.0 - level) / 2.0) / maths::ln(1.0 - UNSEEN);
    (1..).find(|&some| some as f64 >= n).unwrap_or(usize::MAX)
}

/// Whether all replications said the same, and too few to tell.
pub(super) fn is_too_few_alike(estimate: &Estimate, level: f64) -> bool {
    let is_alike = estimate.interval.is_some_and(|(low, high)| high <= low);
    is_alike && estimate.n < fewest_alike(level)
}

/// What is said of a market.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Alive is met, and nothing is failed.
    Lasts,
    /// Alive is met; those who begin to sell lose.
    OnNewcomers,
    /// Alive is met; decision-makers lose on those whom sellers send.
    AtEmployersCost,
    /// Alive is open, and somebody is shown to lose: it dies, or lives on these losses.
    DoesNotLast,
    /// Alive is open, and nothing is failed.
    CannotBeTold,
    /// Alive is failed.
    Dies,
}

impl Verdict {
    /// Everything that can be said, from the best.
    pub const ALL: [Self; 6] = [
        Self::Lasts,
        Self::OnNewcomers,
        Self::AtEmployersCost,
        Self::DoesNotLast,
        Self::CannotBeTold,
        Self::Dies,
    ];

    /// By placements per 10,000 workers and year, and by what newcomers and decision-makers gain.
    ///
    /// - `level`: coverage of the intervals
    #[must_use]
    pub fn of(
        placements: &Estimate,
        newcomers: Option<&Estimate>,
        decision_makers: Option<&Estimate>,
        level: f64,
    ) -> Self {
        if is_too_few_alike(placements, level) {
            return Self::CannotBeTold;
        }
        let fails =
            |gain: Option<&Estimate>| gain.is_some_and(|it| Condition::above(0.0, it) == Condition::Failed);
        match Condition::above(ALIVE_ABOVE, placements) {
            Condition::Failed => Self::Dies,
            Condition::Open if fails(newcomers) || fails(decision_makers) => Self::DoesNotLast,
            Condition::Open => Self::CannotBeTold,
            Condition::Met if fails(newcomers) => Self::OnNewcomers,
            Condition::Met if fails(decision_makers) => Self::AtEmployersCost,
            Condition::Met => Self::Lasts,
        }
    }

    /// Whether anything is shown to be left of the market: it is alive, at whoever's cost.
    #[must_use]
    pub const fn is_alive(self) -> bool {
        matches!(self, Self::Lasts | Self::OnNewcomers | Self::AtEmployersCost)
    }

    /// Whether it is shown that the market does not last: it dies, lives on somebody's losses, or one of the two.
    #[must_use]
    pub const fn is_no(self) -> bool {
        matches!(self, Self::OnNewcomers | Self::AtEmployersCost | Self::DoesNotLast | Self::Dies)
    }

    /// Said of one market, and name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lasts => "lasts",
            Self::OnNewcomers => "lives on newcomers' losses",
            Self::AtEmployersCost => "lives at employers' cost",
            Self::DoesNotLast => "does not last",
            Self::CannotBeTold => "cannot be told",
            Self::Dies => "dies",
        }
    }

    /// The same as a clause: "the market lasts", "whether the market lasts cannot be told".
    #[must_use]
    pub const fn clause(self) -> &'static str {
        match self {
            Self::Lasts => "the market lasts",
            Self::OnNewcomers => "the market lives on the losses of those who begin to sell",
            Self::AtEmployersCost => "the market lives at the cost of those who hire",
            Self::DoesNotLast => "the market does not last: it dies, or lives on the losses of others",
            Self::CannotBeTold => "whether the market lasts cannot be told",
            Self::Dies => "the market dies",
        }
    }

    /// The verdict of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// How large a market is, by the share of all hires that sellers place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// Nobody is placed.
    None,
    /// Fewer than one hire in 200.
    Trivial,
    /// Up to one in 20.
    Niche,
    /// More.
    Large,
}

impl Size {
    /// By the mean share of all hires.
    #[must_use]
    pub fn of(share: f64) -> Self {
        match share {
            share if share <= 0.0 => Self::None,
            share if share < 0.005 => Self::Trivial,
            share if share <= 0.05 => Self::Niche,
            _ => Self::Large,
        }
    }

    /// Name used in tables and sentences.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Trivial => "trivial",
            Self::Niche => "a niche",
            Self::Large => "large",
        }
    }
}

/// What the verdict needs to know of one replication.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signs {
    /// Placements per 10,000 workers and year.
    pub placements: f64,
    /// Share of all hires.
    pub share: Option<f64>,
    /// Those who began to sell.
    pub newcomers: Newcomers,
    /// What decision-makers gained from those whom sellers sent, dollars; `None` where nobody met any.
    pub decision_makers: Option<f64>,
    /// The lottery among clients.
    pub clients: Arms,
}

/// A market over its replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// What is said of it.
    pub verdict: Verdict,
    /// Placements per 10,000 workers and year.
    pub placements: Estimate,
    /// Replications in which anybody is placed.
    pub lives: usize,
    /// How large it is.
    pub size: Size,
    /// What a week of selling left to those who began, dollars; `None` where nobody sold in the weeks that are looked
    /// at, or the run is too short.
    pub newcomers: Option<Estimate>,
    /// Whether these are too few to tell, and everybody who sold stands for them.
    pub everybody: bool,
    /// What decision-makers gained from those whom sellers sent, dollars.
    pub decision_makers: Option<Estimate>,
    /// What clients gained from being represented, years' salary.
    pub clients: Option<Estimate>,
    /// Coverage of the intervals that decide.
    pub level: f64,
}

impl Judged {
    /// Judges a market by its replications; `None` without one.
    ///
    /// - `level`: coverage of the intervals that decide
    #[must_use]
    pub fn of(signs: &[Signs], level: f64) -> Option<Self> {
        let placements: Vec<f64> = signs.iter().map(|one| one.placements).collect();
        // Nobody places fewer than none.
        let estimate = stats::mean_interval(&placements, level)?.within(0.0, f64::INFINITY);
        let everybody = signs.iter().map(|one| one.newcomers.n).sum::<f64>() < FEWEST_ENTRANTS;
        let a_week = |one: &Signs| {
            let Newcomers { net, weeks, everybody_net, everybody_weeks, .. } = one.newcomers;
            if everybody { (everybody_net, everybody_weeks) } else { (net, weeks) }
        };
        let newcomers = stats::ratio_of_sums(&signs.iter().map(a_week).collect::<Vec<_>>(), level);
        let gains: Vec<f64> = signs.iter().filter_map(|one| one.decision_makers).collect();
        let decision_makers = stats::mean_interval(&gains, level);
        let shares: Vec<f64> = signs.iter().filter_map(|one| one.share).collect();
        let share = stats::mean_interval(&shares, LEVEL).map_or(0.0, |share| share.value);
        Some(Self {
            verdict: Verdict::of(&estimate, newcomers.as_ref(), decision_makers.as_ref(), level),
            placements: estimate,
            lives: placements.iter().filter(|number| **number > 0.0).count(),
            size: Size::of(share),
            newcomers,
            everybody,
            decision_makers,
            clients: gain::pooled(&signs.iter().map(|one| one.clients).collect::<Vec<_>>(), level),
            level,
        })
    }

    /// Whether anybody is placed in some replications, and in some nobody.
    #[must_use]
    pub const fn is_split(&self) -> bool {
        0 < self.lives && self.lives < self.placements.n
    }

    /// Replications after which it could be told whether anything is left of the market, if it stays where it is; `None` where
    /// that is told, or no number would tell.
    #[must_use]
    pub fn replications_to_tell(&self) -> Option<usize> {
        let is_open = self.verdict == Verdict::CannotBeTold;
        if is_open && is_too_few_alike(&self.placements, self.level) {
            return Some(fewest_alike(self.level));
        }
        stats::replications_to_exclude(&self.placements, ALIVE_ABOVE).filter(|_| is_open)
    }

    /// Whether it is shown that clients lose.
    #[must_use]
    pub fn is_at_clients_cost(&self) -> bool {
        self.clients.is_some_and(|gain| Condition::above(0.0, &gain) == Condition::Failed)
    }

    /// "lasts", "lasts, at its clients' cost", or where some replications are at zero and some are not "cannot be told,
    /// lives in 3 of 8".
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = self.verdict.name().to_owned();
        if self.is_at_clients_cost() {
            words += &format!(", {AT_CLIENTS_COST}");
        }
        if self.is_split() {
            words += &format!(", lives in {} of {}", self.lives, self.placements.n);
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 97.5 % quantile of t with three degrees of freedom: 3.182446 (any table of t).
    const T3: f64 = 3.182_446;

    fn judged(placements: &[f64]) -> Judged {
        let signs = |&placements: &f64| Signs { placements, ..Signs::default() };
        Judged::of(&placements.iter().map(signs).collect::<Vec<_>>(), LEVEL).unwrap()
    }

    /// A market of four replications that is alive, with what newcomers, decision-makers and clients gain on average.
    fn at_the_cost_of(newcomers: f64, decision_makers: f64, clients: f64) -> String {
        placing(100.0, newcomers, decision_makers, clients)
    }

    /// The same of one that places so many.
    fn placing(placements: f64, newcomers: f64, decision_makers: f64, clients: f64) -> String {
        let one = |around: f64| Signs {
            placements: placements + around,
            share: Some(0.03),
            newcomers: Newcomers {
                n: 10.0,
                net: 500.0 * (newcomers + around),
                weeks: 500.0,
                everybody_net: 1e6,
                everybody_weeks: 1.0,
            },
            decision_makers: Some(decision_makers + around),
            clients: Arms { treated: (100.0 * (clients + around), 100.0), held_out: (0.0, 100.0) },
        };
        // Half an interval of means of these is 3.18 · √(20/3)/2 = 4.11.
        Judged::of(&[-3.0, -1.0, 1.0, 3.0].map(one), LEVEL).unwrap().words()
    }

    #[test]
    fn a_market_that_lives_says_on_whose_losses() {
        assert_eq!(at_the_cost_of(0.0, 0.0, 0.0), "lasts");
        assert_eq!(at_the_cost_of(-4.0, -4.0, -4.0), "lasts");
        assert_eq!(at_the_cost_of(-4.3, 9.0, 9.0), "lives on newcomers' losses");
        assert_eq!(at_the_cost_of(9.0, -4.3, 9.0), "lives at employers' cost");
        assert_eq!(at_the_cost_of(-9.0, -9.0, 9.0), "lives on newcomers' losses");
        assert_eq!(at_the_cost_of(9.0, 9.0, -4.3), "lasts, at its clients' cost");
        assert_eq!(at_the_cost_of(-9.0, 9.0, -9.0), "lives on newcomers' losses, at its clients' cost");
    }

    /// Placements are 6 ± 4.11, and 0.8 ± 4.11, which ends below 5: alive or not, a market on losses does not last.
    #[test]
    fn where_somebody_loses_a_market_does_not_last_though_it_cannot_be_told_whether_it_dies() {
        assert_eq!(placing(6.0, 0.0, 0.0, 0.0), "cannot be told");
        assert_eq!(placing(6.0, -4.0, -4.0, 0.0), "cannot be told");
        assert_eq!(placing(6.0, -4.3, 9.0, 9.0), "does not last");
        assert_eq!(placing(6.0, 9.0, -4.3, -4.3), "does not last, at its clients' cost");
        assert_eq!(placing(6.0, 9.0, 9.0, -4.3), "cannot be told, at its clients' cost");
        assert_eq!(placing(0.8, -4.3, 9.0, 9.0), "dies, lives in 2 of 4");
        let [is_no, is_alive] = [Verdict::is_no, Verdict::is_alive].map(|of| of(Verdict::DoesNotLast));
        assert!(is_no && !is_alive);
    }

    #[test]
    fn with_fewer_than_twenty_entrants_everybody_who_sold_is_asked() {
        let signs = |n: f64| {
            let newcomers =
                Newcomers { n, net: -900.0, weeks: 9.0, everybody_net: 700.0, everybody_weeks: 70.0 };
            Signs { placements: 50.0, newcomers, ..Signs::default() }
        };
        let of = |n: f64| {
            let judged = Judged::of(&[signs(n), signs(n)], LEVEL).unwrap();
            (judged.everybody, judged.newcomers.unwrap().value)
        };
        assert_eq!([of(9.5), of(10.0)], [(true, 10.0), (false, -100.0)]);
    }

    #[test]
    fn size_goes_by_the_share_of_all_hires() {
        let of = [0.0, 0.004_9, 0.005, 0.05, 0.051].map(Size::of);
        assert_eq!(of, [Size::None, Size::Trivial, Size::Niche, Size::Niche, Size::Large]);
    }

    #[test]
    fn the_interval_is_that_of_students_t() {
        // Mean 10; deviations −3, −1, 1, 3, so that s² = 20/3 and s/√4 = √(5/3).
        let found = judged(&[7.0, 9.0, 11.0, 13.0]).placements;
        let half = T3 * (5.0_f64 / 3.0).sqrt();
        let (low, high) = found.interval.unwrap();
        assert!((low - (10.0 - half)).abs() < 1e-5 && (high - (10.0 + half)).abs() < 1e-5, "{low} {high}");
        // Half of it is 4.11: 10 less that is above 5, 9 less that is not, and 0.8 more is below.
        let words = |mean: f64| judged(&[mean - 3.0, mean - 1.0, mean + 1.0, mean + 3.0]).verdict;
        assert_eq!(
            [10.0, 9.0, 3.0, 0.8].map(words).map(Verdict::name),
            ["lasts", "cannot be told", "cannot be told", "dies"]
        );
        assert_eq!(
            [5.0 + half + 1e-4, 5.0 + half - 1e-4].map(words),
            [Verdict::Lasts, Verdict::CannotBeTold]
        );
        assert_eq!([5.0 - half - 1e-4, 5.0 - half + 1e-4].map(words), [Verdict::Dies, Verdict::CannotBeTold]);
    }

    #[test]
    fn one_replication_tells_nothing_and_none_has_no_verdict() {
        assert_eq!(judged(&[300.0]).words(), "cannot be told");
        assert!(Judged::of(&[], LEVEL).is_none());
    }

    #[test]
    fn where_some_replications_are_at_zero_and_some_are_not_it_says_in_how_many_the_market_lives() {
        assert_eq!(judged(&[0.0, 0.0, 40.0, 60.0]).words(), "cannot be told, lives in 2 of 4");
        assert_eq!(judged(&[0.0, 0.0, 0.0, 0.4]).words(), "dies, lives in 1 of 4");
        assert_eq!(
            judged(&[0.0, 90.0, 95.0, 100.0, 99.0, 98.0, 101.0, 97.0]).words(),
            "lasts, lives in 7 of 8"
        );
        assert_eq!(judged(&[60.0, 40.0, 50.0]).words(), "lasts");
    }

    /// 0.6^7 = 0.0280 and 0.6^8 = 0.0168: of eight alike none is otherwise by a chance of less than 0.025 if two in five are.
    #[test]
    fn replications_that_are_all_alike_tell_once_others_would_have_shown() {
        let words = |n: usize, placed: f64| judged(&vec![placed; n]).words();
        assert_eq!([2, 7].map(|n| words(n, 0.0)), ["cannot be told"; 2]);
        assert_eq!([8, 40].map(|n| words(n, 0.0)), ["dies"; 2]);
        assert_eq!([words(7, 60.0), words(8, 60.0)], ["cannot be told", "lasts"]);
        assert_eq!(judged(&[0.0; 3]).replications_to_tell(), Some(8));
        assert_eq!(judged(&[0.0; 8]).replications_to_tell(), None);
        // One that differs gives the interval a width, which speaks for itself.
        assert_eq!(judged(&[0.0, 0.0, 0.0, 0.1]).words(), "dies, lives in 1 of 4");
        // Looked at four times, 0.6^9 = 0.0101 and 0.6^10 = 0.0060 stand against 0.00625.
        assert_eq!([0.95, 0.9875].map(fewest_alike), [8, 10]);
    }

    #[test]
    fn the_second_half_of_a_short_run_is_judged_and_two_years_of_a_longer_one() {
        let of = [0, 1, 2, 60, 207, 208, 520, 2_080];
        assert_eq!(of.map(judged_weeks), [0, 1, 1, 30, 104, 104, 104, 104]);
    }

    #[test]
    fn every_verdict_is_found_by_its_name() {
        assert!(Verdict::ALL.iter().all(|verdict| Verdict::named(verdict.name()) == Some(*verdict)));
        assert_eq!(Verdict::named("viable"), None);
    }
}
