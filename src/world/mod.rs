//! The world: tables of workers, decision-makers, introducers, their ties, friendships and contacts.
//!
//! A table is a struct of columns; a row number is an id. The world knows the scenario it is built from and the
//! streams it draws from. It knows nothing of weeks as a story, of threads, files or results.

pub mod bits;
pub mod contacts;
pub mod decision_makers;
mod fading;
mod fingerprint;
pub mod friends;
pub mod institutions;
pub mod introducers;
pub mod ledger;
pub mod market;
mod met;
pub mod organic;
pub mod requirements;
pub mod ties;
pub mod totals;
pub mod wages;
pub mod workers;

use std::sync::Arc;

use crate::ids::IntroducerId;
use crate::scenario::{Payer, Scenario};
use crate::streams::Draws;
use contacts::{Contact, Contacts};
use decision_makers::DecisionMakers;
use friends::Friends;
use institutions::{Forms, is_programme};
use introducers::Introducers;
use market::Market;
use organic::Organic;
use ties::{Goodwills, Ties, Trust};
use totals::Totals;
use workers::Workers;

/// Number of the week before the first one. Not zero, so that what began before the start has a date.
pub const START: u32 = 1_000;

/// What everybody believes about those who apply cold: quality minus bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CommonBelief {
    /// Mean, sd.
    pub mean: f64,
    /// Variance, sd².
    pub variance: f64,
}

/// A year of ln(new/previous salary) over all hires, as sums: what the market's uplift opens with.
#[derive(Clone, Debug, PartialEq)]
pub struct RecentUplift {
    /// Sum and number of each of the last 52 weeks, by week modulo 52.
    pub weeks: Vec<(f64, u32)>,
}

impl RecentUplift {
    /// Mean over the year; 0 where nobody was hired.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let (sum, n) = self.weeks.iter().fold((0.0, 0), |(s, n), &(a, b)| (s + a, n + b));
        if n > 0 { sum / f64::from(n) } else { 0.0 }
    }
}

/// All that exists at a moment. Cloning it forks history.
#[derive(Clone, Debug)]
pub struct World {
    /// Where all luck comes from.
    pub draws: Draws,
    /// The present week; [`START`] before the first one.
    pub week: u32,
    /// Workers.
    pub workers: Workers,
    /// Decision-makers.
    pub decision_makers: DecisionMakers,
    /// Introducers.
    pub introducers: Introducers,
    /// Ties of introducers with decision-makers.
    pub ties: Ties,
    /// Friendships of workers; never change.
    pub friends: Arc<Friends>,
    /// Contacts of workers with introducers.
    pub contacts: Contacts,
    /// What is counted of workers as they change.
    pub totals: Totals,
    /// Belief about cold applicants.
    pub applicants: CommonBelief,
    /// Uplift of recent hires.
    pub recent_uplift: RecentUplift,
    /// The paid market, from the opening on.
    pub market: Option<Market>,
    /// Its organic fork, once lived. Without it nobody knows what selling does to relationships: no social capital is
    /// counted, and nobody's outside wage falls.
    pub organic: Option<Arc<Organic>>,
}

impl World {
    /// The world of a replication at the start of its burn-in.
    #[must_use]
    pub fn build(scenario: &Scenario, replication: u32) -> Self {
        let draws = Draws::new(scenario.run.seed, replication);
        let workers = Workers::build(scenario, &draws, START);
        let decision_makers = DecisionMakers::build(scenario, &draws);
        let contacts = Contacts::build(scenario, &draws, &workers.networking, START);
        let mut ties = Ties::build(scenario, &draws, &decision_makers.level, START);
        for row in decision_makers.open.iter() {
            ties.set_vacancy(row, true);
        }
        Self {
            draws,
            week: START,
            ties,
            totals: Totals::count(&workers, &contacts, scenario.workers.benefit_share),
            introducers: Introducers::build(scenario),
            friends: Arc::new(Friends::build(scenario, &draws)),
            applicants: CommonBelief {
                mean: scenario.beliefs.applicants_mean,
                variance: scenario.beliefs.applicants_variance,
            },
            recent_uplift: RecentUplift { weeks: vec![(0.0, 0); 52] },
            market: None,
            organic: None,
            workers,
            decision_makers,
            contacts,
        }
    }

    /// Opens the paid market of a scenario: from here on worlds of one labour market part.
    ///
    /// Where payment is known, each decision-maker opens with the belief about cold applicants for those who pay; for
    /// those whom somebody submits whom she engaged, with her trust in the people he introduces.
    /// Lives of ties are counted from here.
    pub fn open_market(&mut self, scenario: &Scenario) {
        let stranger = Trust { mean: self.applicants.mean, precision: scenario.beliefs.trust_precision };
        let paid = (scenario.contract.payer != Payer::Employer).then_some(stranger);
        self.ties.open_market(self.introducers.acceptance.len(), paid);
        let mut market = Market::open(scenario, &self.draws, self.week, self.recent_uplift.mean());
        let n = self.decision_makers.len();
        market.engaged = vec![Market::NOBODY; if scenario.contract.payer == Payer::Employer { n } else { 0 }];
        market.forms =
            Forms::open(scenario, if is_programme(scenario) { n } else { 0 }, self.applicants.mean);
        self.market = Some(market);
    }

    /// Goodwill of an introducer's ties in the organic fork and here, at the end of the present week; nothing without a
    /// fork.
    #[must_use]
    pub fn goodwills(&self, row: usize) -> Option<(Goodwills, Goodwills)> {
        let organic = self.organic.as_ref()?;
        Some((organic.at(self.week, row), self.ties.together(IntroducerId::new(row)).goodwill))
    }

    /// Goodwill that the ties of an introducer have in the organic fork and lack here.
    #[must_use]
    pub fn goodwill_gap(&self, row: usize) -> f64 {
        self.goodwills(row).map_or(0.0, |(organic, here)| organic.all - here.all)
    }

    /// How many ties of an introducer are blocked in the organic fork.
    #[must_use]
    pub fn blocked_in_fork(&self, row: usize) -> u32 {
        let opened = self.market.as_ref().is_some_and(|market| self.week > market.opened);
        if opened { self.goodwills(row).map_or(0, |(organic, _)| organic.blocked) } else { 0 }
    }

    /// A week begins.
    pub fn begin_week(&mut self) {
        self.week += 1;
        self.contacts.begin_week(self.week);
        self.recent_uplift.weeks[self.week as usize % 52] = (0.0, 0);
    }

    /// Changes the state of a worker, and what is counted of him with it.
    pub fn change<R>(&mut self, worker: usize, how: impl FnOnce(&mut Workers, &mut Contacts) -> R) -> R {
        self.totals.remove(&self.workers, &self.contacts, worker);
        let result = how(&mut self.workers, &mut self.contacts);
        self.totals.add(&self.workers, &self.contacts, worker);
        result
    }

    /// Counts contacts that seekers made, and who has others than before: numbers of contacts before and after.
    pub fn book_contacts(&mut self, met: &[(u32, Contact)], known: &[(u8, u8)]) {
        met.iter().for_each(|&(_, contact)| self.contacts.book(contact));
        known.iter().for_each(|&(before, after)| self.totals.know(before, after));
    }

    /// Opens or closes a decision-maker's vacancy, for her and for all who know her.
    pub fn set_vacancy(&mut self, row: usize, open: bool) {
        self.decision_makers.set_open(row, open, self.week);
        self.ties.set_vacancy(row, open);
    }

    /// Makes all that is kept of other columns afresh, after somebody changed them by hand.
    pub fn refresh(&mut self, scenario: &Scenario) {
        let open = self.decision_makers.open.clone();
        self.ties.refresh(|row| open.has(row));
        self.totals = Totals::count(&self.workers, &self.contacts, scenario.workers.benefit_share);
    }

    /// Whether an introducer has ever sold.
    #[must_use]
    pub fn has_sold(&self, introducer: usize) -> bool {
        self.market.as_ref().is_some_and(|market| market.has_sold(introducer))
    }

    /// Introducers who have ever sold, in order.
    pub fn ever_sold(&self) -> impl Iterator<Item = usize> {
        self.market.iter().flat_map(Market::ever_sold)
    }

    /// BLAKE3 of every column that a labour market has, in hexadecimal: equal for equal worlds.
    #[must_use]
    pub fn hash(&self) -> String {
        fingerprint::of(self)
    }
}
