//! Running totals: what is counted of workers every week, kept as they change, so that those to whom nothing happens
//! cost nothing.
//!
//! Sums are whole numbers of a small unit: they do not depend on the order in which they came about, and taking
//! somebody out leaves no trace. [`Totals::count`] makes them afresh; the laws compare the two.

use super::contacts::Contacts;
use super::workers::Workers;

/// Bins of ability: from −4 to 4 sd by a quarter; the outer ones take all beyond.
pub const ABILITY_BINS: usize = 32;
/// Bins of contacts: 0, 1, … 16.
pub const CONTACT_BINS: usize = 17;
/// Weeks out of work that are told apart; more are counted as this many.
pub const MOST_WEEKS: u32 = 1_040;

/// Weeks out of work from which on somebody is out for long.
const LONG: u32 = 27;

/// Units of a dollar a year, or of one sd, in a sum.
const UNITS: f64 = 1_048_576.0;

/// What is known of all workers together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Those out of work, by the week since which they are.
    out_since: Vec<u32>,
    /// How many they are.
    out: u32,
    /// Sum of these weeks.
    since: u64,
    /// Seekers, out of work or from a job.
    pub seekers: u32,
    /// Their true ability, in units.
    ability: i128,
    /// Their contacts at the last look at each.
    pub contacts: u32,
    /// Seekers by true ability.
    pub by_ability: [u32; ABILITY_BINS],
    /// Seekers by contacts.
    pub by_contacts: [u32; CONTACT_BINS],
    /// Income a year of all workers, wages or benefits, in units.
    income: i128,
    /// Benefit of those out of work, as a share of the usual salary, in units.
    benefit_share: u64,
}

/// Weeks out of work of all seekers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WeeksOut {
    /// Those out of work.
    pub n: u32,
    /// Sum of their weeks.
    pub sum: u32,
    /// Those out for 27 weeks or more.
    pub long: u32,
    /// Median; `None` if nobody is out of work.
    pub median: Option<f64>,
}

impl Totals {
    /// Counts everybody.
    ///
    /// - `benefit_share`: benefit over usual salary
    #[must_use]
    pub fn count(workers: &Workers, contacts: &Contacts, benefit_share: f64) -> Self {
        let mut totals = Self { benefit_share: benefit_share.to_bits(), ..Self::default() };
        for worker in 0..workers.len() {
            totals.add(workers, contacts, worker);
        }
        totals
    }

    /// Whether two counts are the same; weeks in which nobody's spell began may be missing at the end.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        let filled = |x: &Self| x.out_since.iter().rposition(|&n| n > 0).map_or(0, |last| last + 1);
        let same = self.out_since[..filled(self)] == other.out_since[..filled(other)];
        same && Self { out_since: Vec::new(), ..self.clone() }
            == Self { out_since: Vec::new(), ..other.clone() }
    }

    /// Counts a worker in, in his present state.
    pub(super) fn add(&mut self, workers: &Workers, contacts: &Contacts, worker: usize) {
        self.apply(workers, contacts, worker, 1);
    }

    /// Takes a worker out, in the state in which he was counted in.
    pub(super) fn remove(&mut self, workers: &Workers, contacts: &Contacts, worker: usize) {
        self.apply(workers, contacts, worker, -1);
    }

    fn apply(&mut self, workers: &Workers, contacts: &Contacts, worker: usize, sign: i32) {
        let move_by = |n: &mut u32| *n = n.wrapping_add_signed(sign);
        let out = workers.unemployed.has(worker);
        let benefit = f64::from_bits(self.benefit_share);
        let income = if out { benefit * workers.usual_salary[worker] } else { workers.salary[worker] };
        self.income += i128::from(sign) * in_units(income);
        if out {
            let since = workers.out_since[worker] as usize;
            if self.out_since.len() <= since {
                self.out_since.resize(since + 1, 0);
            }
            move_by(&mut self.out_since[since]);
            move_by(&mut self.out);
            self.since =
                self.since.wrapping_add_signed(i64::from(sign) * i64::from(workers.out_since[worker]));
        }
        if out || workers.looking.has(worker) {
            let ability = workers.true_ability[worker];
            let known = contacts.count(worker);
            move_by(&mut self.seekers);
            self.ability += i128::from(sign) * in_units(ability);
            self.contacts = self.contacts.wrapping_add_signed(sign * i32::from(known));
            move_by(&mut self.by_ability[ability_bin(ability)]);
            move_by(&mut self.by_contacts[contact_bin(known)]);
        }
    }

    /// A seeker's number of contacts has changed.
    pub(super) fn know(&mut self, before: u8, after: u8) {
        self.contacts = self.contacts + u32::from(after) - u32::from(before);
        self.by_contacts[contact_bin(before)] -= 1;
        self.by_contacts[contact_bin(after)] += 1;
    }

    /// Sum of the seekers' true ability, sd.
    #[must_use]
    pub fn ability(&self) -> f64 {
        from_units(self.ability)
    }

    /// Income of all workers in a year, dollars.
    #[must_use]
    pub fn income(&self) -> f64 {
        from_units(self.income)
    }

    /// Those out of work by whole weeks out of work, from 0 to [`MOST_WEEKS`].
    pub fn by_weeks_out(&self, week: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let last = self.out_since.len().min(week as usize + 1);
        let first = last.saturating_sub(MOST_WEEKS as usize);
        let older: u32 = self.out_since[..first].iter().sum();
        let recent = self.out_since[first..last].iter().enumerate().rev();
        let weeks = move |since: usize| week - crate::ids::row(first + since);
        let recent = recent.map(move |(since, &n)| (weeks(since).min(MOST_WEEKS), n));
        recent.chain((older > 0).then_some((MOST_WEEKS, older)))
    }

    /// How long those out of work have been so. Costs by the weeks of recent spells, not by those of all.
    #[must_use]
    pub fn weeks_out(&self, week: u32) -> WeeksOut {
        let recent: u32 = self.since(week.saturating_sub(LONG - 1)).iter().sum();
        let beyond = week.saturating_sub(MOST_WEEKS);
        let excess = |(since, &n): (u32, &u32)| u64::from(beyond - since) * u64::from(n);
        let counted_less: u64 = (0..beyond).zip(&self.out_since).map(excess).sum();
        let sum = u64::from(self.out) * u64::from(week) - self.since - counted_less;
        WeeksOut {
            n: self.out,
            sum: u32::try_from(sum).unwrap_or(u32::MAX),
            long: self.out - recent,
            median: self.median(week, self.out),
        }
    }

    /// Those out of work by the week since which they are, from a week on.
    fn since(&self, week: u32) -> &[u32] {
        self.out_since.get(week as usize..).unwrap_or_default()
    }

    /// The middle one, or the mean of the two in the middle.
    fn median(&self, week: u32, n: u32) -> Option<f64> {
        let at = |rank: u32| {
            let mut seen = 0;
            self.by_weeks_out(week).find_map(|(weeks, here)| {
                seen += here;
                (seen > rank).then_some(weeks)
            })
        };
        let (low, high) = (at((n.max(1) - 1) / 2)?, at(n / 2)?);
        Some((f64::from(low) + f64::from(high)) / 2.0)
    }
}

/// Bin of a true ability.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the number of bins")]
pub fn ability_bin(ability: f64) -> usize {
    ((ability + 4.0) * 4.0).clamp(0.0, 31.0) as usize
}

/// Bin of a number of contacts.
#[must_use]
pub fn contact_bin(contacts: u8) -> usize {
    usize::from(contacts).min(CONTACT_BINS - 1)
}

#[allow(clippy::cast_possible_truncation, reason = "a float becomes the nearest whole number that there is")]
fn in_units(x: f64) -> i128 {
    let units = x * UNITS;
    // The nearest one, without a call.
    i128::from((units + 0.5_f64.copysign(units)) as i64)
}

#[allow(clippy::cast_precision_loss, reason = "a sum of whole units, read as a float")]
fn from_units(sum: i128) -> f64 {
    sum as f64 / UNITS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out_of_work(totals: &mut Totals, since: u32) {
        totals.out_since[since as usize] += 1;
        totals.out += 1;
        totals.since += u64::from(since);
    }

    /// Weeks out of work are counted from `since`; here week 9 with somebody since weeks 9, 7 (two) and 2.
    #[test]
    fn weeks_out_follow_from_when_spells_began() {
        let mut totals = Totals { out_since: vec![0; 10], ..Totals::default() };
        assert_eq!(totals.weeks_out(9).median, None);
        for since in [9, 7, 7, 2] {
            out_of_work(&mut totals, since);
        }
        let all = totals.weeks_out(9);
        assert_eq!((all.n, all.sum, all.median), (4, 11, Some(2.0)));
        out_of_work(&mut totals, 1);
        out_of_work(&mut totals, 2);
        assert_eq!(totals.weeks_out(9).median, Some(4.5), "between the two in the middle, 2 and 7");
        assert_eq!(totals.weeks_out(29).long, 3, "since week 1 and 2");
    }

    #[test]
    fn very_long_spells_are_counted_together() {
        let mut totals = Totals { out_since: vec![0; 4], ..Totals::default() };
        [0, 0, 0, 3].into_iter().for_each(|since| out_of_work(&mut totals, since));
        let week = MOST_WEEKS + 2;
        assert_eq!(totals.weeks_out(week).sum, 3 * MOST_WEEKS + MOST_WEEKS - 1);
        assert_eq!(
            totals.by_weeks_out(week).filter(|&(_, n)| n > 0).collect::<Vec<_>>(),
            [(MOST_WEEKS - 1, 1), (MOST_WEEKS, 3)]
        );
    }
}
