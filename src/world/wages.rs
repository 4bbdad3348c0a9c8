//! What selling is measured against: what an introducer's hour is worth elsewhere, what he can lose, and what selling
//! has been seen to bring.

use crate::ids;
use crate::maths;
use crate::scenario::Scenario;
use crate::streams::{Draws, Purpose};

/// Weeks that what all know of selling weighs in one seller's eyes, beside weeks of his own.
const OTHERS_WEEKS: f64 = 26.0;

/// Weeks of his own that weigh at most; and of everybody's selling the first ones, which all learn from.
pub const LEARNING_WEEKS: u32 = 104;

/// Weeks with which an opening market pretends to have seen sellers, and the hours that they worked in each.
const OPENING: (f64, f64) = (52.0, 20.0);

/// What an introducer's hour is worth elsewhere, dollars; log-normal with mean `introducers.hour_value`.
#[must_use]
pub fn outside_wage(scenario: &Scenario, draws: &Draws, introducer: usize) -> f64 {
    let sd = scenario.sellers.outside_wage_log_sd;
    let luck = draws.at(Purpose::Wage, 0, ids::row(introducer), 0).normal();
    scenario.introducers.hour_value * maths::exp(sd * luck - sd * sd / 2.0)
}

/// What he can lose, from the best that his trade has brought, before he stops, dollars.
#[must_use]
pub fn purse(scenario: &Scenario, draws: &Draws, introducer: usize) -> f64 {
    let luck = draws.at(Purpose::Wage, 0, ids::row(introducer), 0).second_normal();
    scenario.sellers.purse_median * maths::exp(scenario.sellers.purse_log_sd * luck)
}

/// Introducers by what an hour is worth to them elsewhere, the least first; of equal ones the lower id.
#[must_use]
pub fn by_wage(scenario: &Scenario, draws: &Draws) -> Vec<usize> {
    let n = scenario.introducers.count as usize;
    let mut rows: Vec<(f64, usize)> = (0..n).map(|row| (outside_wage(scenario, draws, row), row)).collect();
    rows.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// What weeks of selling were seen to bring: sums.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Experience {
    /// Fees less refunds, new liabilities and costs, and less social capital as far as sellers count it, dollars.
    pub revenue: f64,
    /// Hours worked.
    pub hours: f64,
    /// Weeks of selling.
    pub weeks: f64,
}

impl Experience {
    /// What all believe of selling at the opening: a year in which an hour of mean worth earned what it costs, and
    /// more by the optimism of those who have not tried.
    #[must_use]
    pub fn opening(scenario: &Scenario) -> Self {
        let (weeks, hours) = OPENING;
        let cost = (hours + scenario.sellers.open_hours) * scenario.introducers.hour_value;
        Self { revenue: weeks * cost * (1.0 + scenario.sellers.optimism), hours: weeks * hours, weeks }
    }

    /// Adds a week, dollars and hours.
    pub fn add(&mut self, revenue: f64, hours: f64) {
        self.revenue += revenue;
        self.hours += hours;
        self.weeks += 1.0;
    }

    /// Adds the weeks of others.
    pub fn join(&mut self, other: Self) {
        self.revenue += other.revenue;
        self.hours += other.hours;
        self.weeks += other.weeks;
    }

    /// Keeps a share of what is remembered.
    pub fn fade(&mut self, kept: f64) {
        self.revenue *= kept;
        self.hours *= kept;
        self.weeks *= kept;
    }

    /// Weighs as many weeks at most, the means unchanged.
    pub fn weigh_at_most(&mut self, weeks: f64) {
        if self.weeks > weeks {
            self.fade(weeks / self.weeks);
        }
    }

    /// What each of so many hours a week has brought, dollars; beside what was seen, 26 weeks at `wage` count.
    #[must_use]
    pub fn rate(&self, wage: f64, hours: f64) -> f64 {
        if hours <= 0.0 {
            return wage;
        }
        (OTHERS_WEEKS * wage * hours + self.revenue) / ((OTHERS_WEEKS + self.weeks) * hours)
    }

    /// What these weeks left to one whose hour is worth `wage` elsewhere, being open included, dollars.
    #[must_use]
    pub fn net(&self, wage: f64, open_hours: f64) -> f64 {
        self.revenue - (self.hours + self.weeks * open_hours) * wage
    }
}

/// What a week of selling is expected to leave to one whose hour is worth `wage` elsewhere, dollars.
///
/// What all know of selling counts as 26 weeks, beside the weeks of his own: the posterior mean of a normal belief.
#[must_use]
pub fn expected_net(known: &Experience, own: &Experience, wage: f64, open_hours: f64) -> f64 {
    let others = if known.weeks > 0.0 { known.net(wage, open_hours) / known.weeks } else { 0.0 };
    (OTHERS_WEEKS * others + own.net(wage, open_hours)) / (OTHERS_WEEKS + own.weeks)
}

/// Share that is kept a week by what halves in a year.
#[must_use]
pub fn halved_in_a_year() -> f64 {
    maths::exp(-std::f64::consts::LN_2 / 52.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The opening belief by hand: 20 hours worked and 10 open at $100, a quarter more than they cost.
    #[test]
    fn an_opening_market_promises_a_quarter_more_than_hours_are_worth() {
        let scenario = Scenario::default();
        let known = Experience::opening(&scenario);
        assert!((expected_net(&known, &Experience::default(), 100.0, 10.0) - 750.0).abs() < 1e-9);
        // Whose hour is worth $125 elsewhere has nothing to gain: 3,750 − 30 · 125.
        assert!(expected_net(&known, &Experience::default(), 125.0, 10.0).abs() < 1e-9);
        let mut faded = known;
        faded.fade(0.01);
        assert!((expected_net(&faded, &Experience::default(), 100.0, 10.0) - 750.0).abs() < 1e-9);
    }

    /// 26 weeks of 30 hours at $60 and 13 in which 30 hours brought $4,140: (26 · 1,800 + 13 · 4,140)/(39 · 30) = 86.
    #[test]
    fn the_hours_that_one_can_work_bring_what_they_have_brought() {
        let mut own = Experience::default();
        assert!((own.rate(60.0, 30.0) - 60.0).abs() < 1e-9);
        for _ in 0..13 {
            own.add(4_140.0, 12.0);
        }
        assert!((own.rate(60.0, 30.0) - 86.0).abs() < 1e-9);
        assert!((own.rate(60.0, 0.0) - 60.0).abs() < 1e-9, "without an hour to work");
    }

    /// 26 weeks of the others' $750 and 13 of his own at −$500: (26 · 750 − 13 · 500)/39 = 1,000/3.
    #[test]
    fn own_weeks_weigh_beside_those_of_the_others() {
        let known = Experience::opening(&Scenario::default());
        let mut own = Experience::default();
        for _ in 0..13 {
            own.add(500.0, 0.0);
        }
        assert!((expected_net(&known, &own, 100.0, 10.0) - 1_000.0 / 3.0).abs() < 1e-9);
        own.weigh_at_most(6.5);
        assert!((own.weeks - 6.5).abs() < 1e-12 && (own.revenue - 3_250.0).abs() < 1e-9);
    }

    /// The mean of 40,000 wages is the hour's value: sd of one is 100 · √(e^0.16 − 1) = 41.7; critical value 4.42
    /// (1e-5, two-sided).
    #[test]
    fn outside_wages_have_the_mean_of_an_hour() {
        let mut scenario = Scenario::default();
        scenario.introducers.count = 40_000;
        let draws = Draws::new(3, 0);
        let mean = (0..40_000).map(|row| outside_wage(&scenario, &draws, row)).sum::<f64>() / 40_000.0;
        let z = (mean - 100.0) / (41.66 / 200.0);
        assert!(z.abs() < 4.42, "z = {z}");
        let order = by_wage(&scenario, &draws);
        assert!(outside_wage(&scenario, &draws, order[0]) < 30.0);
    }
}
