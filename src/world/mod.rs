//! The world: tables of workers, decision-makers, introducers, their ties, friendships and contacts.
//!
//! A table is a struct of columns; a row number is an id. The world knows the scenario it is built from and the
//! streams it draws from. It knows nothing of weeks as a story, of threads, files or results.

pub mod bits;
pub mod contacts;
pub mod decision_makers;
pub mod friends;
pub mod institutions;
pub mod ledger;
pub mod market;
pub mod requirements;
pub mod ties;
pub mod wages;
pub mod workers;

use std::sync::Arc;

use crate::scenario::{Payer, Scenario};
use crate::streams::Draws;
use bits::Bits;
use contacts::Contacts;
use decision_makers::DecisionMakers;
use friends::Friends;
use institutions::Forms;
use market::Market;
use ties::{Introducers, Ties, Trust};
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
    /// Belief about cold applicants.
    pub applicants: CommonBelief,
    /// Uplift of recent hires.
    pub recent_uplift: RecentUplift,
    /// The paid market, from the opening on.
    pub market: Option<Market>,
}

impl World {
    /// The world of a replication at the start of its burn-in.
    #[must_use]
    pub fn build(scenario: &Scenario, replication: u32) -> Self {
        let draws = Draws::new(scenario.run.seed, replication);
        let workers = Workers::build(scenario, &draws, START);
        let decision_makers = DecisionMakers::build(scenario, &draws);
        let contacts = Contacts::build(scenario, &draws, &workers.networking, START);
        Self {
            draws,
            week: START,
            ties: Ties::build(scenario, &draws, &decision_makers.level, START),
            introducers: Introducers::build(scenario),
            friends: Arc::new(Friends::build(scenario, &draws)),
            applicants: CommonBelief {
                mean: scenario.beliefs.applicants_mean,
                variance: scenario.beliefs.applicants_variance,
            },
            recent_uplift: RecentUplift { weeks: vec![(0.0, 0); 52] },
            market: None,
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
        if scenario.contract.payer == Payer::Employer {
            self.ties.paid_trust.copy_from_slice(&self.ties.trust);
        } else {
            let paid = Trust { mean: self.applicants.mean, precision: scenario.beliefs.trust_precision };
            self.ties.paid_trust.fill(paid);
        }
        self.ties.organic_goodwill.copy_from_slice(&self.ties.goodwill);
        self.ties.life.fill(0);
        self.ties.life_since.fill(self.week);
        self.ties.life_requests.fill(0);
        let mut market = Market::open(scenario, &self.draws, self.week, self.recent_uplift.mean());
        let n = self.decision_makers.len();
        market.engaged = vec![Market::NOBODY; if scenario.contract.payer == Payer::Employer { n } else { 0 }];
        market.forms = Forms::open(scenario, n, self.applicants.mean);
        self.market = Some(market);
    }

    /// Whether an introducer has ever sold.
    #[must_use]
    pub fn has_sold(&self, introducer: usize) -> bool {
        self.market.as_ref().is_some_and(|market| market.has_sold(introducer))
    }

    /// Introducers who have ever sold, in order.
    pub fn ever_sold(&self) -> impl Iterator<Item = usize> {
        let sellers = self.market.iter().flat_map(|market| market.sellers.iter().enumerate());
        sellers.filter(|(_, seller)| seller.has_sold).map(|(row, _)| row)
    }

    /// BLAKE3 of every column that a labour market has, in hexadecimal: equal for equal worlds.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hash = blake3::Hasher::new();
        let w = &self.workers;
        hash_u32(&mut hash, [self.week].as_slice());
        for column in [&w.generation, &w.out_since, &w.search_since, &w.searches] {
            hash_u32(&mut hash, column);
        }
        for column in [
            &w.true_ability,
            &w.networking,
            &w.felt_ability,
            &w.usual_salary,
            &w.resume_signal,
            &w.salary,
            &w.job_level,
        ] {
            hash_f64(&mut hash, column);
        }
        for column in [&w.own_savings_cents, &w.savings_cents] {
            column.iter().for_each(|x| {
                hash.update(&x.to_le_bytes());
            });
        }
        w.employer.iter().for_each(|x| {
            hash.update(&x.0.to_le_bytes());
        });
        for set in [&w.unemployed, &w.looking, &w.searched_from_job, &w.sampled] {
            hash_bits(&mut hash, set);
        }
        hash.update(&w.search_contacts);
        let d = &self.decision_makers;
        for column in [&d.bar, &d.salary, &d.level, &d.value_per_sd] {
            hash_f64(&mut hash, column);
        }
        hash_u32(&mut hash, &d.episode);
        hash_bits(&mut hash, &d.open);
        hash_bits(&mut hash, &d.reopening);
        d.met.iter().for_each(|met| hash_u32(&mut hash, met));
        let t = &self.ties;
        t.introducer.iter().for_each(|x| {
            hash.update(&x.0.to_le_bytes());
        });
        t.decision_maker.iter().for_each(|x| {
            hash.update(&x.0.to_le_bytes());
        });
        hash_f64(&mut hash, &t.goodwill);
        hash_u32(&mut hash, &t.blocked_since);
        t.trust.iter().for_each(|x| hash_f64(&mut hash, &[x.mean, x.precision]));
        hash_f64(&mut hash, &self.introducers.acceptance);
        let (first, friend) = self.friends.columns();
        hash_u32(&mut hash, first);
        hash_u32(&mut hash, friend);
        for worker in 0..w.len() {
            for c in self.contacts.row(worker) {
                hash_u32(&mut hash, &[c.introducer, c.since, c.until]);
            }
        }
        hash_f64(&mut hash, &[self.applicants.mean, self.applicants.variance]);
        self.recent_uplift.weeks.iter().for_each(|&(sum, n)| hash_f64(&mut hash, &[sum, f64::from(n)]));
        hash.finalize().to_hex().to_string()
    }
}

fn hash_u32(hash: &mut blake3::Hasher, column: &[u32]) {
    column.iter().for_each(|x| {
        hash.update(&x.to_le_bytes());
    });
}

fn hash_f64(hash: &mut blake3::Hasher, column: &[f64]) {
    column.iter().for_each(|x| {
        hash.update(&x.to_bits().to_le_bytes());
    });
}

fn hash_bits(hash: &mut blake3::Hasher, bits: &Bits) {
    bits.words().iter().for_each(|x| {
        hash.update(&x.to_le_bytes());
    });
}
