//! Rest: whether what sellers place still changes from one block of 104 weeks to the next when a run ends.
//!
//! The last block is the one that is judged. A market *moves* where the change is shown to be larger than a tenth of what was
//! placed before, and than [`LEAST`]; it is *at rest* where it is shown to be smaller than either; else it *cannot be told*.
//! Each bound is one interval over replications of a number that lies on the right side of zero if the bound is kept, so
//! that a market at rest is called moving at most as often as intervals fail.
//!
//! Among many settings each by itself shows little. Taken [`together`] they show a change that all share.

use super::outcomes::{Metric, metric};
use super::verdict::{self, ALIVE_ABOVE, Condition};
use crate::stats::{self, Estimate, mean_interval};
use crate::text::{count, counted, share};

/// The measure of the block before the one that is judged, as named in the table of outcomes.
pub const BEFORE: &str = "placements_per_10000_before";

/// Change of placements per 10,000 workers and year below which nobody would call a market moving: as much as one must
/// place to be alive.
pub const LEAST: f64 = ALIVE_ABOVE;

/// The same as a share of what was placed before.
pub const LEAST_SHARE: f64 = 0.1;

/// Most weeks to which the horizon of a sweep may double: forty years, a working life.
pub const MOST_WEEKS: u32 = 2_080;

/// Whether a market had come to rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// No change is excluded that is too small to matter, and larger ones are.
    AtRest,
    /// Either may be.
    CannotBeTold,
    /// A change that matters is shown.
    Moves,
}

impl Rest {
    /// Everything that can be said.
    pub const ALL: [Self; 3] = [Self::AtRest, Self::CannotBeTold, Self::Moves];

    /// Name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AtRest => "at rest",
            Self::CannotBeTold => "cannot be told",
            Self::Moves => "moves",
        }
    }
}

/// What is shown of the step from one number of placements to another, by each of two bounds: [`LEAST`], and [`LEAST_SHARE`]
/// of what was there before.
pub(super) struct Bounds {
    more: [Condition; 2],
    less: [Condition; 2],
}

impl Bounds {
    /// The mean step with its interval, and what it says; `None` without a replication.
    ///
    /// - `steps`: placements before and after, of one replication each
    /// - `level`: coverage of each interval
    pub(super) fn of(steps: &[(f64, f64)], level: f64) -> Option<(Estimate, Self)> {
        let over = |of: &dyn Fn(f64, f64) -> f64| {
            mean_interval(&steps.iter().map(|&(before, now)| of(before, now)).collect::<Vec<_>>(), level)
        };
        let by = over(&|before, now| now - before)?;
        // Beyond a bound, above zero; within it, below.
        let side = |of: &dyn Fn(f64, f64) -> f64| match over(of) {
            Some(it) if !verdict::is_too_few_alike(&it, level) => Condition::above(0.0, &it),
            _ => Condition::Open,
        };
        let more = [
            side(&|before, now| now - before - LEAST),
            side(&|before, now| now - (1.0 + LEAST_SHARE) * before),
        ];
        let less = [
            side(&|before, now| before - now - LEAST),
            side(&|before, now| (1.0 - LEAST_SHARE) * before - now),
        ];
        Some((by, Self { more, less }))
    }

    /// Whether a step is shown that is larger than both bounds.
    pub(super) fn is_beyond(&self) -> bool {
        [self.more, self.less].contains(&[Condition::Met; 2])
    }

    /// Whether it is shown to be smaller than one of them.
    pub(super) fn is_within(&self) -> bool {
        (0..2).any(|bound| [self.more[bound], self.less[bound]] == [Condition::Failed; 2])
    }
}

/// By how much placements changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Placements per 10,000 workers and year of the judged weeks less those of the block before.
    pub by: Estimate,
    /// What that says.
    pub rest: Rest,
}

impl Change {
    /// Compares two blocks of weeks; `None` without a replication.
    ///
    /// - `blocks`: placements before and in the judged weeks, of one replication each
    /// - `level`: coverage of each interval
    #[must_use]
    pub fn of(blocks: &[(f64, f64)], level: f64) -> Option<Self> {
        let (by, bounds) = Bounds::of(blocks, level)?;
        let rest = if bounds.is_beyond() {
            Rest::Moves
        } else if bounds.is_within() {
            Rest::AtRest
        } else {
            Rest::CannotBeTold
        };
        Some(Self { by, rest })
    }

    /// Whether a change is shown that matters.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.rest == Rest::Moves
    }

    /// As [`Self::of`], by rows of outcomes; `None` where nobody may sell or the run is too short.
    #[must_use]
    pub fn of_rows<'a>(rows: impl IntoIterator<Item = &'a Vec<Option<f64>>>, level: f64) -> Option<Self> {
        Self::of(&rows.into_iter().filter_map(|row| blocks(row)).collect::<Vec<_>>(), level)
    }
}

/// Placements of the block before and of the judged weeks, from a row of outcomes; `None` where nobody may sell or the run is
/// too short.
#[must_use]
pub fn blocks(row: &[Option<f64>]) -> Option<(f64, f64)> {
    const BLOCKS: [Metric; 2] = [metric!(BEFORE), metric!(verdict::MEASURE)];
    Some((BLOCKS[0].read(row)?, BLOCKS[1].read(row)?))
}

/// By which share of what they placed before several settings changed, summed over them in each replication, since their luck
/// is common. `None` without a replication that all of them have, or where nothing was placed.
///
/// - `settings`: of each its blocks by replication, `None` where one did not finish; one without any is left out
#[must_use]
pub fn together(settings: &[Vec<Option<(f64, f64)>>]) -> Option<Estimate> {
    let judged = || settings.iter().filter(|blocks| blocks.iter().any(Option::is_some));
    let replications = judged().map(Vec::len).min()?;
    let summed = |replication: usize| {
        judged().try_fold((0.0, 0.0), |(by, of), blocks| {
            let (before, now) = blocks[replication]?;
            Some((by + now - before, of + before))
        })
    };
    stats::ratio_of_sums(&(0..replications).filter_map(summed).collect::<Vec<_>>(), verdict::LEVEL)
}

/// What settings do together, in a sentence; `None` without an interval.
#[must_use]
pub fn said_together(change: &Estimate) -> Option<String> {
    let (low, high) = change.interval?;
    let turned = Estimate { value: -change.value, interval: Some((-high, -low)), ..*change };
    let (size, word) = if change.value < 0.0 { (&turned, "fewer") } else { (change, "more") };
    let shown = if change.excludes(0.0) { "" } else { ", which may be luck" };
    Some(format!("All together place {} {word} than in the 104 weeks before{shown}.", share(size)))
}

/// Coverage of each interval of so many changes that are read so many times each, so that a false alarm comes up among all
/// of them at most as often as one interval of [`verdict::LEVEL`] fails (Bonferroni).
#[must_use]
pub fn level(changes: usize, times: u32) -> f64 {
    let all = changes.max(1) as f64 * f64::from(times.max(1));
    1.0 - (1.0 - verdict::LEVEL) / all
}

/// How many horizons there may be, each of twice the weeks of the one before.
///
/// - `first`: weeks of the first
/// - `most`: weeks that none may exceed but the first; `None` where there is no second
#[must_use]
pub fn horizons(first: u32, most: Option<u32>) -> u32 {
    let (first, most) = (u64::from(first.max(1)), u64::from(most.unwrap_or(0)));
    1 + (1..32).take_while(|&doubled| first << doubled <= most).last().unwrap_or(0)
}

/// That some of all settings do not come to rest; `None` where all do, or may.
#[must_use]
pub fn said(moving: usize, of: usize, weeks: u32) -> Option<String> {
    let verb = if moving == 1 { "does" } else { "do" };
    (moving > 0).then(|| {
        format!(
            "{} of {} {verb} not come to rest in {} weeks: what sellers place still changes from one block of 104 weeks to \
             the next, by more than a tenth and than {LEAST} per 10,000 workers and year.",
            count(moving),
            counted(of, "setting"),
            count(weeks as usize),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half an interval of means of −3, −1, 1 and 3: the 97.5 % quantile of t with three degrees of freedom, 3.182446 (any
    /// table of t), by √(20/3)/2.
    fn half() -> f64 {
        3.182_446 * (5.0_f64 / 3.0).sqrt()
    }

    /// What is said of four replications that place `before`, and then more by about so many.
    fn said_of(before: f64, by: f64) -> Rest {
        let blocks = [-3.0, -1.0, 1.0, 3.0].map(|luck| (before, before + by + luck));
        Change::of(&blocks, 0.95).unwrap().rest
    }

    /// Changes of −1, −2, −1 and 0 of 10, 20, 10 and 20: in all −4 of 60, and by Cochran (1977, ch. 6) with residuals of −1/3,
    /// −2/3, −1/3 and 4/3 a standard error of √(4/3 · 22/9)/60 = 0.03009, times 3.182446 of t.
    #[test]
    fn what_changes_in_all_settings_alike_is_seen_together() {
        let steps = [
            [(4.0, 3.0), (8.0, 6.0), (4.0, 3.0), (8.0, 8.0)],
            [(6.0, 6.0), (12.0, 12.0), (6.0, 6.0), (12.0, 12.0)],
        ];
        let mut settings: Vec<Vec<Option<(f64, f64)>>> = steps.map(|steps| steps.map(Some).to_vec()).to_vec();
        // Nobody may sell there, and one has a replication more.
        settings.push(vec![None; 4]);
        settings[0].push(Some((1_000.0, 0.0)));
        let change = together(&settings).unwrap();
        let (low, high) = change.interval.unwrap();
        assert!((change.value + 4.0 / 60.0).abs() < 1e-12);
        assert!((high - change.value - 3.182_446 * 0.030_09).abs() < 1e-5, "{low} {high}");
        assert!(
            said_together(&change)
                .unwrap()
                .ends_with("fewer than in the 104 weeks before, which may be luck.")
        );
        // A replication that failed in one is left out in all: −1, −1 and 0 of 10, 10 and 20.
        settings[1][1] = None;
        assert!((together(&settings).unwrap().value + 2.0 / 40.0).abs() < 1e-12);
        assert_eq!(together(&[vec![None; 4]]), None);
        let shown = Estimate { n: 8, value: -0.094, interval: Some((-0.137, -0.051)) };
        assert_eq!(
            said_together(&shown).as_deref(),
            Some("All together place 9\u{a0}%\u{a0}[5–14] fewer than in the 104 weeks before.")
        );
    }

    #[test]
    fn a_market_moves_where_more_than_a_tenth_and_more_than_five_is_shown() {
        // Of 40 five is more than a tenth, of 200 a tenth is twenty.
        for (before, least) in [(40.0, 5.0), (200.0, 20.0)] {
            for sign in [1.0, -1.0] {
                let of = |by: f64| said_of(before, sign * by);
                assert_eq!(of(least + half() + 1e-3), Rest::Moves, "{before}");
                assert_eq!(of(least + half() - 1e-3), Rest::CannotBeTold, "{before}");
                assert_eq!(of(least - half() + 1e-3), Rest::CannotBeTold, "{before}");
                assert_eq!(of(least - half() - 1e-3), Rest::AtRest, "{before}");
            }
        }
    }

    #[test]
    fn one_replication_or_a_few_that_are_all_alike_tell_nothing() {
        let of = |blocks: &[(f64, f64)]| Change::of(blocks, 0.95).unwrap().rest;
        assert_eq!(of(&[(200.0, 10.0)]), Rest::CannotBeTold);
        // 0.6^8 = 0.017: eight that are alike tell, by the rule of the verdict.
        assert_eq!([7, 8].map(|n| of(&vec![(0.0, 0.0); n])), [Rest::CannotBeTold, Rest::AtRest]);
        assert_eq!([7, 8].map(|n| of(&vec![(50.0, 0.0); n])), [Rest::CannotBeTold, Rest::Moves]);
        assert_eq!(Change::of(&[], 0.95), None);
    }

    #[test]
    fn false_alarms_are_shared_among_all_that_are_read() {
        assert!((level(1, 1) - 0.95).abs() < 1e-12 && (level(10, 6) - (1.0 - 0.05 / 60.0)).abs() < 1e-12);
        assert!((level(0, 0) - 0.95).abs() < 1e-12);
    }

    #[test]
    fn what_does_not_come_to_rest_is_said_with_its_weeks() {
        assert_eq!(said(0, 12, 2_080), None);
        let one = said(1, 12, 2_080).unwrap();
        assert!(one.starts_with("1 of 12 settings does not come to rest in 2,080 weeks: "), "{one}");
    }

    #[test]
    fn every_word_is_found_in_tables() {
        let names = Rest::ALL.map(Rest::name);
        assert_eq!(names, ["at rest", "cannot be told", "moves"]);
    }
}
