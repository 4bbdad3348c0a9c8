//! The paid market: sellers, their applicants and clients, and the experiment inside.

use std::collections::BTreeMap;

use super::institutions::{Coaching, Forms, Mandate};
use super::ledger::Ledger;
use super::wages::{self, Experience};
use crate::beliefs::Belief;
use crate::ids::{self, WorkerId};
use crate::maths;
use crate::scenario::Scenario;
use crate::streams::{Draws, Purpose};
use crate::world::workers::Workers;

/// A person, told apart from those who held the same row before or search again later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Search {
    /// The row.
    pub worker: WorkerId,
    /// The number of the search.
    pub number: u32,
}

/// One who waits for a seller's decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Applicant {
    /// Who, in which search.
    pub search: Search,
    /// Week of the application.
    pub since: u32,
    /// Stage of the screening that comes next; where employers pay, 1 for one who has been submitted.
    pub stage: u8,
    /// Hours spent on that stage so far.
    pub spent: f64,
}

/// One whom a seller represents.
#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    /// Who, in which search.
    pub search: Search,
    /// Week of signing.
    pub signed: u32,
    /// What the seller believes about the client's ability.
    pub belief: Belief,
    /// Row in the cohort of accepted applicants.
    pub member: usize,
    /// Placed by this seller this week.
    pub placed: bool,
    /// Ran out of savings for the retainer or an introduction.
    pub out_of_money: bool,
    /// Decision-makers and episodes to whom he was pitched: nobody is asked twice about the same vacancy.
    pub pitched: Vec<(u32, u32)>,
}

/// An accepted applicant, treated or held out by lot, followed for 52 weeks, and his account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// Who, in which search.
    pub search: Search,
    /// Generation of the row when accepted.
    pub generation: u32,
    /// Row of the seller.
    pub seller: u32,
    /// Week of acceptance.
    pub week: u32,
    /// Represented; otherwise turned away by lot.
    pub treated: bool,
    /// Usual salary, dollars a year.
    pub usual_salary: f64,
    /// Income in the weeks followed, dollars.
    pub income: f64,
    /// What the person had paid to sellers when accepted, cents.
    pub paid_before_cents: i64,
    /// Paid to any seller in the weeks followed, less what came back, cents.
    pub paid_followed_cents: i64,
    /// Paid to the seller before a placement, cents.
    pub prepaid_cents: i64,
    /// Paid on placement, cents.
    pub placement_cents: i64,
    /// Paid back, cents.
    pub refunded_cents: i64,
    /// Introductions held, real or sham.
    pub introductions_held: u32,
    /// Those of them that were paid for.
    pub introductions: u32,
    /// Weeks for which the retainer was paid.
    pub retained_weeks: u32,
    /// Salary of the placement by this seller, dollars a year; 0 without one.
    pub placed_salary: f64,
    /// ln(new/previous salary) of that placement.
    pub log_uplift: f64,
    /// Weeks spent in work or out of it since, up to 52.
    pub followed: u32,
    /// The guarantee has been settled, or there is none.
    pub settled: bool,
}

impl Member {
    /// One accepted this week, with an empty account; nothing is guaranteed to him.
    #[must_use]
    pub fn new(workers: &Workers, worker: usize, seller: u32, week: u32, treated: bool) -> Self {
        Self {
            search: workers.search_of(worker),
            generation: workers.generation[worker],
            seller,
            week,
            treated,
            usual_salary: workers.usual_salary[worker],
            income: 0.0,
            paid_before_cents: workers.paid_cents[worker],
            paid_followed_cents: 0,
            prepaid_cents: 0,
            placement_cents: 0,
            refunded_cents: 0,
            introductions_held: 0,
            introductions: 0,
            retained_weeks: 0,
            placed_salary: 0.0,
            log_uplift: 0.0,
            followed: 0,
            settled: true,
        }
    }

    /// Weeks for which incomes of the cohort are followed.
    pub const FOLLOWED: u32 = 52;

    /// Adds this week's income of one who was accepted before it, up to a year.
    pub fn follow(&mut self, workers: &Workers, week: u32, benefit: f64) {
        if self.week >= week || self.followed >= Self::FOLLOWED {
            return;
        }
        let worker = self.search.worker.at();
        let same = workers.generation[worker] == self.generation;
        if same {
            self.paid_followed_cents = workers.paid_cents[worker] - self.paid_before_cents;
        }
        let works = same && !workers.unemployed.has(worker);
        self.income += if works { workers.salary[worker] } else { benefit * self.usual_salary } / 52.0;
        self.followed += 1;
    }

    /// (52-week income − fees + refunds)/usual salary: what a client's gain is measured in.
    #[must_use]
    pub fn outcome(&self) -> f64 {
        (self.income - super::ledger::dollars(self.paid_followed_cents)) / self.usual_salary
    }
}

/// Hours of a seller this week, by use.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hours {
    /// Finding people for employers.
    pub finding: f64,
    /// Looking at applicants.
    pub screening: f64,
    /// Keeping in touch with clients.
    pub contact: f64,
    /// Pitching clients.
    pub pitching: f64,
    /// Staging shams.
    pub sham: f64,
    /// Rebuilding blocked ties.
    pub rebuilding: f64,
}

impl Hours {
    /// All hours.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.finding + self.screening + self.contact + self.pitching + self.sham + self.rebuilding
    }
}

/// One who sells introductions. His row is that of the introducer he is.
#[derive(Clone, Debug, PartialEq)]
pub struct Seller {
    /// Sells.
    pub active: bool,
    /// Has ever sold.
    pub has_sold: bool,
    /// What an hour is worth to him elsewhere today, dollars.
    pub wage: f64,
    /// What it would be worth in the organic fork, dollars.
    pub organic_wage: f64,
    /// What an hour of his trade is worth to him: the shadow price of his time, dollars.
    pub hour: f64,
    /// Who was met of those whom he pitched, by bands of what their résumés show; it fades.
    pub bands: [Met; 4],
    /// Work worth more than his hours was left undone this week.
    pub undone: bool,
    /// Where others screen for profit, takes whom he thinks above this and weighs no hours, sd; `None` for all but one
    /// whom a check makes deviate.
    pub own_bar: Option<f64>,
    /// What he can lose, from the best that his trade has brought, before he stops, dollars.
    pub purse: f64,
    /// Running share of his paid requests that were met.
    pub acceptance: f64,
    /// Running share of his passed interviews, at a vacancy, that ended in a job.
    pub conversion: f64,
    /// Running share of his representations that ended with a placement of his.
    pub rating: f64,
    /// Running mean of ln(new/previous salary) of his placements.
    pub uplift: f64,
    /// What a sham must pay beyond a real introduction before he stages one, dollars.
    pub integrity: f64,
    /// The last week before he began to sell, or to sell again.
    pub since: u32,
    /// What selling brought him: as many weeks at most as weigh, faded while he does not sell.
    pub own: Experience,
    /// Weeks in which he has sold.
    pub weeks_sold: u32,
    /// Money that his trade has brought since he last began, hours counted at their worth, dollars.
    pub cash: f64,
    /// The most that it had brought by then.
    pub cash_peak: f64,
    /// Refunds he expects to owe, dollars.
    pub liability: f64,
    /// The same a week before.
    pub liability_before: f64,
    /// Money others hold for him until his guarantees are met, cents.
    pub bond_cents: i64,
    /// Those who wait.
    pub applicants: Vec<Applicant>,
    /// Those who engaged him, by week of engagement, then by decision-maker.
    pub mandates: Vec<Mandate>,
    /// Those he represents, by week of signing.
    pub clients: Vec<Client>,
    /// Memory of former clients' pitches, kept for the next ones.
    pub spare: Vec<Vec<(u32, u32)>>,
    /// Those he turned down, in searches that still go on.
    pub turned_down: Vec<Search>,
    /// Whom he has screened, by row of the worker: a look is one draw for life, and its hours are spent once.
    pub known: BTreeMap<u32, Known>,
    /// Hours of this week.
    pub hours: Hours,
    /// Goodwill that his ties have in the organic fork and lack here: of all of them, at the end of a week.
    pub gap: f64,
    /// Dollars of this week: fees, refunds, costs, net social capital spent, gross losses of it.
    pub flows: Flows,
    /// Paid requests of this week, and how many of them were met.
    pub pitched: (u32, u32),
    /// Passed interviews at vacancies this week, and how many ended in a job.
    pub passed: (u32, u32),
    /// One of his shams was found out this week.
    pub exposed: bool,
    /// Row among the entrants of the last time that he began to sell; `None` for one who never did after the opening.
    pub entrant: Option<u32>,
    /// Since he first sold: profit with all social capital counted, dollars.
    pub lifetime_profit: f64,
}

/// One whom a seller has screened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The person: generation of the row.
    pub generation: u32,
    /// Stages that he has been through.
    pub stages: u8,
}

/// Requests, and those of them that were met.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Met {
    /// Requests.
    pub requests: f64,
    /// Met.
    pub met: f64,
}

/// Dollars of one seller in one week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flows {
    /// Received from clients.
    pub fees: f64,
    /// Paid back.
    pub refunds: f64,
    /// Paid to others.
    pub costs: f64,
    /// Λ · change of (goodwill in the organic fork − goodwill here), summed over his ties.
    pub social_capital: f64,
    /// The same in weeks in which it is a loss, 0 in others.
    pub social_capital_gross: f64,
}

/// One who began to sell, followed for [`Entrant::FOLLOWED`] weeks or until he begins again, whether he stops or not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entrant {
    /// The last week before he began.
    pub since: u32,
    /// Fees less refunds (paid and newly expected), costs, hours worked and open at what they would be worth elsewhere
    /// in the organic fork, and social capital as far as he looks ahead, dollars.
    pub net: f64,
    /// Weeks in which he sold.
    pub weeks: u32,
}

impl Entrant {
    /// Weeks for which he is followed.
    pub const FOLLOWED: u32 = 104;
}

/// Everything that exists only because introductions are sold.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    /// The last week before the opening.
    pub opened: u32,
    /// Everybody who may ever sell; row i is introducer i. Empty where nobody may.
    pub sellers: Vec<Seller>,
    /// Rows of those who sell, rising.
    pub selling: Vec<u32>,
    /// What all know of selling.
    pub known: Experience,
    /// Everybody who ever began to sell after the opening, in that order.
    pub entrants: Vec<Entrant>,
    /// All who were ever accepted.
    pub cohort: Vec<Member>,
    /// First row of the cohort that is still followed.
    pub follow_from: usize,
    /// Accounts.
    pub ledger: Ledger,
    /// Running mean of ln(new/previous salary) of all hires.
    pub uplift: f64,
    /// Running number of introductions held per finished representation.
    pub introductions: f64,
    /// Episode of each decision-maker for which she has engaged somebody; [`Market::NOBODY`] if for none. Empty
    /// where employers do not pay.
    pub engaged: Vec<u32>,
    /// Those who sell coaching.
    pub coaching: Coaching,
    /// Referral forms.
    pub forms: Forms,
}

impl Seller {
    /// Stages of screening through which he has seen this person.
    #[must_use]
    pub fn stages_known(&self, worker: usize, generation: u32) -> usize {
        let known = self.known.get(&ids::row(worker)).filter(|known| known.generation == generation);
        known.map_or(0, |known| known.stages.into())
    }

    /// He has now seen a person through so many stages.
    pub fn remember(&mut self, worker: usize, generation: u32, stages: usize) {
        if stages > self.stages_known(worker, generation) {
            let stages = u8::try_from(stages).expect("at most 16 stages, promised by the reader");
            self.known.insert(ids::row(worker), Known { generation, stages });
        }
    }

    /// Takes a client off the list and sets him free.
    pub fn release(&mut self, workers: &mut Workers, position: usize) {
        let client = self.clients.remove(position);
        workers.forget_seller(client.search);
        self.spare.push(client.pitched);
    }

    /// Position of the client who is this person in this search. The row alone would not do: an entrant may sign in
    /// the week in which he takes the place of a client.
    #[must_use]
    pub fn position_of(&self, search: Search) -> Option<usize> {
        self.clients.iter().position(|client| client.search == search)
    }
}

impl Market {
    /// In `engaged`: she has engaged nobody.
    pub const NOBODY: u32 = u32::MAX;

    /// The market at its opening.
    ///
    /// `uplift`: mean of ln(new/previous salary) over the last year before; sellers open at it, so that nobody is
    /// thought better or worse than the rest before he has placed anybody.
    #[must_use]
    pub(super) fn open(scenario: &Scenario, draws: &Draws, week: u32, uplift: f64) -> Self {
        let s = &scenario.sellers;
        let n = if scenario.may_sell() { scenario.introducers.count as usize } else { 0 };
        let opens = openers(scenario, draws);
        let seller = |row: usize| Seller {
            active: opens[row],
            has_sold: opens[row],
            wage: wages::outside_wage(scenario, draws, row),
            organic_wage: wages::outside_wage(scenario, draws, row),
            hour: wages::outside_wage(scenario, draws, row),
            bands: [Met::default(); 4],
            undone: false,
            own_bar: None,
            purse: wages::purse(scenario, draws, row),
            acceptance: s.opening_acceptance,
            conversion: s.opening_conversion,
            rating: scenario.buyers.opening_rating,
            uplift,
            integrity: -s.integrity_mean
                * maths::ln(draws.at(Purpose::Integrity, 0, ids::row(row), 0).uniform()),
            since: week,
            own: Experience::default(),
            weeks_sold: 0,
            cash: 0.0,
            cash_peak: 0.0,
            liability: 0.0,
            liability_before: 0.0,
            bond_cents: super::ledger::cents(s.bond),
            applicants: Vec::new(),
            mandates: Vec::new(),
            clients: Vec::new(),
            spare: Vec::new(),
            turned_down: Vec::new(),
            known: BTreeMap::new(),
            hours: Hours::default(),
            gap: 0.0,
            flows: Flows::default(),
            pitched: (0, 0),
            passed: (0, 0),
            exposed: false,
            entrant: None,
            lifetime_profit: 0.0,
        };
        let mut market = Self {
            opened: week,
            sellers: (0..n).map(seller).collect(),
            selling: Vec::with_capacity(n),
            known: Experience::opening(scenario),
            entrants: Vec::new(),
            cohort: Vec::new(),
            follow_from: 0,
            ledger: Ledger::new(n),
            uplift,
            introductions: f64::from(s.pitches_per_week) * f64::from(s.representation) * s.opening_acceptance,
            engaged: Vec::new(),
            coaching: Coaching::open(scenario),
            forms: Forms::open(scenario, 0, 0.0),
        };
        market.list_selling();
        market
    }

    /// One who stops selling hands his engagements back.
    pub fn hand_back(&mut self, row: usize) {
        while let Some(mandate) = self.sellers[row].mandates.pop() {
            self.engaged[mandate.decision_maker as usize] = Self::NOBODY;
        }
    }

    /// Lists those who sell anew.
    pub fn list_selling(&mut self) {
        self.selling.clear();
        let selling = self.sellers.iter().enumerate().filter(|(_, seller)| seller.active);
        self.selling.extend(selling.map(|(row, _)| ids::row(row)));
    }

    /// Number of those who sell.
    #[must_use]
    pub fn n_active(&self) -> u32 {
        ids::row(self.selling.len())
    }

    /// Introducers who have ever sold, in order.
    pub fn ever_sold(&self) -> impl Iterator<Item = usize> {
        self.sellers.iter().enumerate().filter(|(_, seller)| seller.has_sold).map(|(row, _)| row)
    }

    /// Whether an introducer has ever sold.
    #[must_use]
    pub fn has_sold(&self, introducer: usize) -> bool {
        self.sellers.get(introducer).is_some_and(|seller| seller.has_sold)
    }
}

/// Who of the introducers sells at the opening: those whose hour is worth least elsewhere.
#[must_use]
pub fn openers(scenario: &Scenario, draws: &Draws) -> Vec<bool> {
    let mut opens = vec![false; scenario.introducers.count as usize];
    let order = wages::by_wage(scenario, draws);
    order.into_iter().take(scenario.n_openers()).for_each(|row| opens[row] = true);
    opens
}
