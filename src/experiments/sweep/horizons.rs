//! Horizons: all cells of a sweep are run again for twice the weeks while any of them is shown to move.
//!
//! Replications come first: only once all looks are done is it asked whether markets had come to rest ([`rest`]). Then looks
//! begin anew, and their rows alone are told. What moves at the last horizon does not come to rest, which is a finding.

use super::looks::Progress;
use super::plan::Sweep;
use super::row::Row;
use crate::experiments::rest::{self, Change};

impl Sweep {
    /// How many horizons there may be, each of twice the weeks of the one before.
    #[must_use]
    pub fn horizons(&self) -> u32 {
        rest::horizons(self.base.run.weeks >> self.doubled, self.most_weeks)
    }

    /// The same sweep at one of its horizons, counted from 0.
    #[must_use]
    pub fn at(&self, horizon: u32) -> Self {
        let mut at = self.clone();
        at.base.run.weeks = (self.base.run.weeks >> self.doubled) << horizon;
        Self { doubled: horizon, ..at }
    }
}

impl Progress {
    /// How many cells move at the end.
    pub(super) fn moving<E>(
        &self,
        sweep: &Sweep,
        row: &mut impl FnMut(usize, u32) -> Result<Row, E>,
    ) -> Result<usize, E> {
        let mut moving = 0;
        for cell in 0..sweep.cells.len() {
            let rows = self.rows(cell, row)?;
            let outcomes = rows.iter().filter_map(|row| Some(&row.result.as_ref().ok()?.outcomes));
            let change = Change::of_rows(outcomes, sweep.levels().change);
            moving += usize::from(change.is_some_and(|change| change.moves()));
        }
        Ok(moving)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rand::SeedableRng as _;
    use rand::rngs::Xoshiro256PlusPlus;

    use super::super::looks::tests::{SCATTER, draw, row, sweep};
    use super::*;
    use crate::experiments::rest::BEFORE;
    use crate::experiments::verdict::MEASURE;

    /// A sweep that may double twice: 520, 1,040 and 2,080 weeks.
    fn doubling(cells: usize, replications: u32, looks: u32) -> Sweep {
        let mut sweep = sweep(cells, replications, looks);
        sweep.base.run.weeks = 520;
        Sweep { most_weeks: Some(2_080), ..sweep }
    }

    /// Where a sweep ends of which every missing point is found at once.
    ///
    /// - `placed`: placements of the last two blocks at a horizon, in a cell and replication
    fn through(
        sweep: &Sweep,
        mut placed: impl FnMut(u32, usize, u32) -> (f64, f64),
    ) -> (Progress, BTreeMap<u64, Row>) {
        let mut there: BTreeMap<u64, Row> = BTreeMap::new();
        loop {
            let read = |at: &Sweep, cell, n| Ok::<_, ()>(there[&at.point(cell, n)].clone());
            let now = Progress::of(sweep, |point| there.contains_key(&point), read).unwrap();
            if now.look.is_none() {
                return (now, there);
            }
            let at = sweep.at(now.horizon);
            for (cell, n) in
                (0..sweep.cells.len()).flat_map(|cell| (0..now.replications[cell]).map(move |n| (cell, n)))
            {
                if now.missing.contains(&at.point(cell, n)) {
                    let (before, last) = placed(now.horizon, cell, n);
                    there.insert(at.point(cell, n), row(cell, n, &[(BEFORE, before), (MEASURE, last)]));
                }
            }
        }
    }

    /// Two blocks that scatter by up to three placements, each by itself.
    fn about(before: f64, last: f64, n: u32) -> (f64, f64) {
        (before + f64::from(n % 4), last + f64::from(n % 3))
    }

    #[test]
    fn a_horizon_has_twice_the_weeks_of_the_one_before_up_to_the_most() {
        let of = |weeks: u32, most: Option<u32>| {
            let mut sweep = doubling(1, 2, 1);
            sweep.base.run.weeks = weeks;
            let sweep = Sweep { most_weeks: most, ..sweep };
            (0..sweep.horizons()).map(|horizon| sweep.at(horizon).base.run.weeks).collect::<Vec<_>>()
        };
        assert_eq!(of(520, Some(2_080)), [520, 1_040, 2_080]);
        assert_eq!(of(520, Some(2_079)), [520, 1_040]);
        assert_eq!(of(520, Some(1_039)), [520]);
        assert_eq!(of(520, None), [520]);
        // A run that is longer from the beginning is left alone.
        assert_eq!(of(5_200, Some(2_080)), [5_200]);
        let sweep = doubling(3, 4, 2);
        assert_eq!(sweep.at(2).at(1), sweep.at(1));
        // Every point of every horizon has a number of its own.
        let points = (0..3).flat_map(|horizon| {
            let at = sweep.at(horizon);
            (0..3).flat_map(move |cell| {
                let at = at.clone();
                (0..8).map(move |n| at.point(cell, n))
            })
        });
        assert_eq!(points.collect::<Vec<_>>(), (0..sweep.points()).collect::<Vec<_>>());
    }

    #[test]
    fn all_cells_get_twice_the_weeks_while_one_moves_and_begin_their_looks_anew() {
        let sweep = doubling(3, 8, 2);
        // The second falls by half in the first ten years and then stays; the third cannot be told there.
        let (now, there) = through(&sweep, |horizon, cell, n| match (horizon, cell) {
            (0, 1) => about(200.0, 100.0, n),
            (0, 2) => about(4.0, 4.0, n),
            _ => about(100.0, 100.0, n),
        });
        assert_eq!((now.horizon, now.moved, now.replications), (1, 1, vec![8, 8, 8]));
        // 8, 8 and 16 of the first horizon, 8 each of the second.
        assert_eq!(there.len(), 32 + 24);
        // Without a longer horizon, and at rest, the first is the last.
        let falls = |_, _, n| about(200.0, 100.0, n);
        let short = through(&Sweep { most_weeks: None, ..sweep.clone() }, falls).0;
        assert_eq!((short.horizon, short.moved), (0, 0));
        let still = through(&sweep, |_, _, n| about(100.0, 100.0, n)).0;
        assert_eq!((still.horizon, still.moved), (0, 0));
        // What never comes to rest ends at the last.
        let restless = through(&sweep, falls).0;
        assert_eq!((restless.horizon, restless.moved), (2, 3));
    }

    #[test]
    fn the_horizon_doubles_only_where_the_budget_pays_for_it() {
        let sweep = doubling(2, 4, 2);
        let falls = |_, _, n| about(200.0, 100.0, n);
        let [first, second, third] = [0, 1, 2].map(|horizon| sweep.at(horizon).first_look());
        let run = &sweep.base.run;
        // Of each of four replications a burn-in and two cells, of twice and four times the weeks.
        let looked = |weeks: u32| 4 * u64::from(run.burn_in + 2 * weeks);
        assert_eq!([first, second, third], [520, 1_040, 2_080].map(looked));
        let ends = |budget: u64| through(&sweep.clone().under(Some(budget)), falls).0.horizon;
        assert_eq!([first, first + second - 1].map(ends), [0, 0]);
        assert_eq!([first + second, first + second + third - 1].map(ends), [1, 1]);
        assert_eq!(ends(first + second + third), 2);
    }

    /// Of twelve markets with the scatter of real replications, none of which changes, or each by as much as is still called
    /// rest, one is thought to move in at most 5 of 100 sweeps. More than 31 of 400 then have a chance of 0.6 % (binomial).
    #[test]
    fn markets_at_rest_double_the_horizon_one_time_in_twenty_at_most() {
        const TRIALS: u32 = 400;
        for by in [0.0, 1.0] {
            let sweep = doubling(12, 8, 2);
            let mut doubled = 0;
            for trial in 0..TRIALS {
                let mut random = Xoshiro256PlusPlus::seed_from_u64(u64::from(trial) + 1_000);
                let (now, _) = through(&sweep, |_, cell, _| {
                    let before = [220.0, 60.0, 15.0, 6.0][cell / 3];
                    let last = before + by * f64::max(5.0, 0.1 * before);
                    [before, last].map(|mean| draw(SCATTER[cell % 3], mean, &mut random)).into()
                });
                doubled += u32::from(now.horizon > 0);
            }
            assert!(doubled <= 31, "{by}: {doubled} of {TRIALS}");
        }
    }

    /// Markets that lose two thirds of what they place are found out by eight replications each.
    #[test]
    fn a_market_that_shrinks_is_seen_among_eleven_that_do_not() {
        let sweep = doubling(12, 8, 2);
        let mut seen = 0;
        for trial in 0..200 {
            let mut random = Xoshiro256PlusPlus::seed_from_u64(trial);
            let (now, _) = through(&sweep, |horizon, cell, _| {
                let before = if (horizon, cell) == (0, 5) { 300.0 } else { 100.0 };
                [before, 100.0].map(|mean| draw(SCATTER[0], mean, &mut random)).into()
            });
            seen += u32::from((now.horizon, now.moved) == (1, 1));
        }
        assert!(seen >= 190, "{seen} of 200");
    }

    /// Intervals that are told at the end hold the size of the market at that end at least 94 times in 100, though how long it
    /// was run hangs on what was seen. Fewer than 548 of 600 trials then have a chance of 0.4 % (binomial): the bound.
    #[test]
    fn intervals_hold_the_truth_though_weeks_were_added_until_it_came_to_rest() {
        const TRIALS: u32 = 600;
        // Falls that are seen seldom, half of the time and mostly.
        for before in [180.0, 220.0, 300.0] {
            let sweep = doubling(1, 8, 1);
            let (mut holds, mut doubled) = (0, 0);
            for trial in 0..TRIALS {
                let mut random = Xoshiro256PlusPlus::seed_from_u64(u64::from(trial) + 5);
                let sizes = [(before, 120.0), (120.0, 90.0), (90.0, 80.0)];
                let (now, there) = through(&sweep, |horizon, _, _| {
                    let (before, last) = sizes[horizon as usize];
                    (draw(SCATTER[0], before, &mut random), draw(SCATTER[1], last, &mut random))
                });
                let at = sweep.at(now.horizon);
                let rows: Vec<Row> = (0..8).map(|n| there[&at.point(0, n)].clone()).collect();
                let summary = super::super::map::Summary::of(0, &rows, at.levels());
                let (low, high) = summary.outcomes.judged.unwrap().placements.interval.unwrap();
                holds += u32::from((low..=high).contains(&sizes[now.horizon as usize].1));
                doubled += u32::from(now.horizon > 0);
            }
            assert!(holds >= 548, "{before}: {holds} of {TRIALS}, {doubled} doubled");
        }
    }
}
