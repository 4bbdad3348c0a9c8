//! The weekly table: one number a column and week, from the tally of that week.

use super::{by, ratio};
use crate::scenario::Scenario;
use crate::week::tally::Channel::{Cold, Lead, Organic, Paid, Referred, Stranger, Submitted};
use crate::week::tally::{Group, Tally};

/// A week and the scenario it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Week<'a> {
    /// What was counted.
    pub tally: &'a Tally,
    /// The scenario.
    pub scenario: &'a Scenario,
}

/// How a column is computed: a state can be read at the opening, a flow needs a week.
#[derive(Clone, Copy, Debug)]
pub enum Reading {
    /// Exists at any moment.
    State(fn(&Week<'_>) -> Option<f64>),
    /// Happens in a week; empty in week 0.
    Flow(fn(&Week<'_>) -> Option<f64>),
}

use Reading::{Flow, State};

fn ability(g: &Group) -> Option<f64> {
    ratio(g.ability, f64::from(g.n))
}

fn contacts(g: &Group) -> Option<f64> {
    ratio(f64::from(g.contacts), f64::from(g.n))
}

fn weeks_out(g: &Group) -> Option<f64> {
    ratio(f64::from(g.weeks_out), f64::from(g.n_out))
}

fn per_tie(w: &Week<'_>, sum: f64) -> Option<f64> {
    ratio(sum, f64::from(w.tally.ties.n))
}

fn per_active(w: &Week<'_>, sum: f64) -> Option<f64> {
    ratio(sum, f64::from(w.tally.sellers.active))
}

/// Fees less refunds and costs, per hour worked.
fn profit_hour(w: &Week<'_>, social_capital: f64) -> Option<f64> {
    let s = &w.tally.sellers;
    ratio(s.flows.fees - s.flows.refunds - s.flows.costs - social_capital, s.hours.total())
}

/// Goodwill that word of mouth takes, less what it brings, before it is held within 0 and 1.
///
/// `heard`: how often somebody heard of one who passed, and of one who failed.
pub(super) fn lost_by_word(scenario: &Scenario, [good, bad]: [f64; 2]) -> f64 {
    scenario.word.hearsay * (scenario.goodwill.bad * bad - scenario.goodwill.good * good)
}

macro_rules! counts {
    ($field:ident, $channel:ident) => {
        Flow(|w| Some(by(&w.tally.$field, $channel)))
    };
}

/// Columns of the weekly table after scenario, replication and week, in their order.
pub const COLUMNS: &[(&str, Reading)] = &[
    ("unemployment_share", State(|w| ratio(f64::from(w.tally.unemployed), f64::from(w.tally.workers)))),
    ("employed_looking_share", State(|w| ratio(f64::from(w.tally.looking), f64::from(w.tally.workers)))),
    ("vacancies", State(|w| Some(f64::from(w.tally.vacancies)))),
    ("mean_weeks_out", State(|w| weeks_out(&w.tally.pool))),
    ("median_weeks_out", State(|w| w.tally.median_weeks_out)),
    ("requests_cold", counts!(requests, Cold)),
    ("met_cold", counts!(met, Cold)),
    ("passed_cold", counts!(passed, Cold)),
    ("offers_cold", counts!(offers, Cold)),
    ("requests_organic", counts!(requests, Organic)),
    ("met_organic", counts!(met, Organic)),
    ("passed_organic", counts!(passed, Organic)),
    ("offers_organic", counts!(offers, Organic)),
    ("requests_paid", counts!(requests, Paid)),
    ("met_paid", counts!(met, Paid)),
    ("passed_paid", counts!(passed, Paid)),
    ("offers_paid", counts!(offers, Paid)),
    ("requests_submitted", counts!(requests, Submitted)),
    ("met_submitted", counts!(met, Submitted)),
    ("passed_submitted", counts!(passed, Submitted)),
    ("offers_submitted", counts!(offers, Submitted)),
    ("requests_referred", counts!(requests, Referred)),
    ("met_referred", counts!(met, Referred)),
    ("passed_referred", counts!(passed, Referred)),
    ("offers_referred", counts!(offers, Referred)),
    ("requests_stranger", counts!(requests, Stranger)),
    ("met_stranger", counts!(met, Stranger)),
    ("passed_stranger", counts!(passed, Stranger)),
    ("offers_stranger", counts!(offers, Stranger)),
    ("hires_cold", counts!(hires, Cold)),
    ("hires_lead", counts!(hires, Lead)),
    ("hires_organic", counts!(hires, Organic)),
    ("hires_paid", counts!(hires, Paid)),
    ("hires_submitted", counts!(hires, Submitted)),
    ("hires_referred", counts!(hires, Referred)),
    ("hires_stranger", counts!(hires, Stranger)),
    ("pool_ability", State(|w| ability(&w.tally.pool))),
    ("pool_contacts", State(|w| contacts(&w.tally.pool))),
    ("pool_weeks_out", State(|w| weeks_out(&w.tally.pool))),
    ("applicants", Flow(|w| Some(f64::from(w.tally.applicants.n)))),
    ("applicants_ability", Flow(|w| ability(&w.tally.applicants))),
    ("applicants_contacts", Flow(|w| contacts(&w.tally.applicants))),
    ("applicants_weeks_out", Flow(|w| weeks_out(&w.tally.applicants))),
    ("new_clients", Flow(|w| Some(f64::from(w.tally.new_clients.n)))),
    ("clients_ability", Flow(|w| ability(&w.tally.new_clients))),
    ("clients_contacts", Flow(|w| contacts(&w.tally.new_clients))),
    ("clients_weeks_out", Flow(|w| weeks_out(&w.tally.new_clients))),
    ("held_out", Flow(|w| Some(f64::from(w.tally.held_out)))),
    ("clients", State(|w| Some(f64::from(w.tally.sellers.clients)))),
    ("goodwill", State(|w| per_tie(w, w.tally.ties.goodwill))),
    ("trust_organic", State(|w| per_tie(w, w.tally.ties.trust))),
    ("trust_paid", State(|w| if w.has_paid_trust() { per_tie(w, w.tally.ties.paid_trust) } else { None })),
    ("blocked_share", State(|w| per_tie(w, f64::from(w.tally.ties.blocked)))),
    ("active_sellers", State(|w| Some(f64::from(w.tally.sellers.active)))),
    ("sellers_began", Flow(|w| Some(f64::from(w.tally.sellers.began)))),
    ("sellers_stopped", Flow(|w| Some(f64::from(w.tally.sellers.stopped)))),
    ("hours_open", Flow(|w| Some(w.tally.sellers.open_hours))),
    ("hours_finding", Flow(|w| Some(w.tally.sellers.hours.finding))),
    ("hours_screening", Flow(|w| Some(w.tally.sellers.hours.screening))),
    ("hours_contact", Flow(|w| Some(w.tally.sellers.hours.contact))),
    ("hours_pitching", Flow(|w| Some(w.tally.sellers.hours.pitching))),
    ("hours_sham", Flow(|w| Some(w.tally.sellers.hours.sham))),
    ("hours_rebuilding", Flow(|w| Some(w.tally.sellers.hours.rebuilding))),
    ("hours_helping", Flow(|w| Some(f64::from(w.tally.helped) * w.scenario.introducers.help_hours))),
    ("time_dollars", Flow(|w| Some(w.tally.sellers.time))),
    ("livelihood_dollars", Flow(|w| Some(w.tally.sellers.livelihood))),
    ("fees_dollars", Flow(|w| Some(w.tally.sellers.flows.fees))),
    ("refunds_dollars", Flow(|w| Some(w.tally.sellers.flows.refunds))),
    ("costs_dollars", Flow(|w| Some(w.tally.sellers.flows.costs))),
    ("social_capital_dollars", Flow(|w| Some(w.tally.sellers.flows.social_capital))),
    ("social_capital_gross_dollars", Flow(|w| Some(w.tally.sellers.flows.social_capital_gross))),
    ("heard", Flow(|w| Some(f64::from(w.tally.heard.iter().sum::<u32>())))),
    ("goodwill_lost_by_word", Flow(|w| Some(lost_by_word(w.scenario, w.tally.heard.map(f64::from))))),
    ("shams", Flow(|w| Some(f64::from(w.tally.shams)))),
    ("shams_found_out", Flow(|w| Some(f64::from(w.tally.shams_found_out)))),
    ("introductions_promised", Flow(|w| Some(w.tally.introductions_promised))),
    ("introductions_made", Flow(|w| Some(by(&w.tally.met, Paid)))),
    ("profit_hour_without", Flow(|w| profit_hour(w, 0.0))),
    ("profit_hour_with", Flow(|w| profit_hour(w, w.tally.sellers.flows.social_capital))),
    ("rating", State(|w| per_active(w, w.tally.sellers.rating))),
    ("uplift", State(|w| per_active(w, w.tally.sellers.uplift))),
    ("market_uplift", State(|w| w.tally.market_uplift)),
    ("unread", Flow(|w| Some(f64::from(w.tally.unread)))),
    ("mandates", Flow(|w| Some(f64::from(w.tally.mandates)))),
    ("askers_helped", Flow(|w| Some(f64::from(w.tally.askers_helped)))),
    ("placed_ability", Flow(|w| ability(&w.tally.placed))),
    ("coached", Flow(|w| Some(f64::from(w.tally.coached[0])))),
    ("coaching_rating", State(|w| w.tally.coaching_rating)),
    ("employer_fees_dollars", Flow(|w| Some(w.tally.transfers.employer_fees))),
    ("bonuses_dollars", Flow(|w| Some(w.tally.transfers.bonuses))),
    ("forms_dollars", Flow(|w| Some(w.tally.transfers.forms))),
    ("coaching_dollars", Flow(|w| Some(w.tally.transfers.coaching))),
    ("asks", Flow(|w| Some(f64::from(w.tally.asks)))),
    ("helped", Flow(|w| Some(f64::from(w.tally.helped)))),
];

impl Week<'_> {
    /// Trust in those who pay is a belief of its own only where payment is known and somebody sells.
    fn has_paid_trust(&self) -> bool {
        self.scenario.disclosure.payment_known && self.scenario.may_sell()
    }

    /// One row: a number or nothing for each column.
    #[must_use]
    pub fn row(&self, is_opening: bool) -> Vec<Option<f64>> {
        let value = |reading: &Reading| match reading {
            State(of) => of(self),
            Flow(of) if !is_opening => of(self),
            Flow(_) => None,
        };
        COLUMNS.iter().map(|(_, reading)| value(reading)).collect()
    }
}
