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

/// A column of the weekly table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name in tables.
    pub name: &'static str,
    /// Unit, such as "weeks" or "share".
    pub unit: &'static str,
    /// What it counts, over what, and what an empty cell means.
    pub meaning: &'static str,
    /// How it is computed.
    pub reading: Reading,
}

macro_rules! columns {
    ($($name:literal, $unit:literal, $meaning:literal, $reading:expr;)*) => {
        &[$(Column { name: $name, unit: $unit, meaning: $meaning, reading: $reading }),*]
    };
}

/// Columns of the weekly table after scenario, replication and week, in their order.
pub const COLUMNS: &[Column] = columns![
    "unemployment_share", "share", "unemployed among all workers", State(|w| ratio(f64::from(w.tally.unemployed), f64::from(w.tally.workers)));
    "employed_looking_share", "share", "employed who look for another job among all workers", State(|w| ratio(f64::from(w.tally.looking), f64::from(w.tally.workers)));
    "vacancies", "vacancies", "open vacancies", State(|w| Some(f64::from(w.tally.vacancies)));
    "mean_weeks_out", "weeks", "mean length so far of unemployment, over the unemployed; empty if nobody is", State(|w| weeks_out(&w.tally.pool));
    "median_weeks_out", "weeks", "median length so far of unemployment, over the unemployed; empty if nobody is", State(|w| w.tally.median_weeks_out);
    "requests_cold", "requests", "cold applications that reached a decision-maker this week", counts!(requests, Cold);
    "met_cold", "meetings", "of these, those that led to a meeting", counts!(met, Cold);
    "passed_cold", "people", "of these meetings, those in which the person passed", counts!(passed, Cold);
    "offers_cold", "offers", "of those who passed, those who got an offer", counts!(offers, Cold);
    "requests_organic", "requests", "introductions free of charge that reached a decision-maker this week", counts!(requests, Organic);
    "met_organic", "meetings", "of these, those that led to a meeting", counts!(met, Organic);
    "passed_organic", "people", "of these meetings, those in which the person passed", counts!(passed, Organic);
    "offers_organic", "offers", "of those who passed, those who got an offer", counts!(offers, Organic);
    "requests_paid", "requests", "introductions by sellers that reached a decision-maker this week", counts!(requests, Paid);
    "met_paid", "meetings", "of these, those that led to a meeting", counts!(met, Paid);
    "passed_paid", "people", "of these meetings, those in which the person passed", counts!(passed, Paid);
    "offers_paid", "offers", "of those who passed, those who got an offer", counts!(offers, Paid);
    "requests_submitted", "requests", "people whom a seller submitted to an employer who engaged him, this week", counts!(requests, Submitted);
    "met_submitted", "meetings", "of these, those that led to a meeting", counts!(met, Submitted);
    "passed_submitted", "people", "of these meetings, those in which the person passed", counts!(passed, Submitted);
    "offers_submitted", "offers", "of those who passed, those who got an offer", counts!(offers, Submitted);
    "requests_referred", "requests", "forms that employees handed in for friends, this week", counts!(requests, Referred);
    "met_referred", "meetings", "of these, those that led to a meeting", counts!(met, Referred);
    "passed_referred", "people", "of these meetings, those in which the person passed", counts!(passed, Referred);
    "offers_referred", "offers", "of those who passed, those who got an offer", counts!(offers, Referred);
    "requests_stranger", "requests", "forms that employees handed in for strangers who pay, this week", counts!(requests, Stranger);
    "met_stranger", "meetings", "of these, those that led to a meeting", counts!(met, Stranger);
    "passed_stranger", "people", "of these meetings, those in which the person passed", counts!(passed, Stranger);
    "offers_stranger", "offers", "of those who passed, those who got an offer", counts!(offers, Stranger);
    "hires_cold", "hires", "jobs found through cold applications this week", counts!(hires, Cold);
    "hires_lead", "hires", "outside jobs that people heard of themselves or from friends, and took, this week", counts!(hires, Lead);
    "hires_organic", "hires", "jobs found through introductions free of charge this week", counts!(hires, Organic);
    "hires_paid", "hires", "jobs found through sellers' introductions this week", counts!(hires, Paid);
    "hires_submitted", "hires", "jobs found on submissions to employers who pay this week", counts!(hires, Submitted);
    "hires_referred", "hires", "jobs found on friends' forms this week", counts!(hires, Referred);
    "hires_stranger", "hires", "jobs found on strangers' forms this week", counts!(hires, Stranger);
    "pool_ability", "sd", "mean true ability of all seekers, in standard deviations of the workforce; empty if nobody seeks", State(|w| ability(&w.tally.pool));
    "pool_contacts", "people", "mean number of introducers known to all seekers; empty if nobody seeks", State(|w| contacts(&w.tally.pool));
    "pool_weeks_out", "weeks", "mean weeks out of work of the seekers who are out of work; empty if none is", State(|w| weeks_out(&w.tally.pool));
    "applicants", "people", "seekers who applied to a seller this week", Flow(|w| Some(f64::from(w.tally.applicants.n)));
    "applicants_ability", "sd", "mean true ability of this week's applicants to sellers, in standard deviations of the workforce; empty if there are none", Flow(|w| ability(&w.tally.applicants));
    "applicants_contacts", "people", "mean number of introducers known to this week's applicants to sellers; empty if there are none", Flow(|w| contacts(&w.tally.applicants));
    "applicants_weeks_out", "weeks", "mean weeks out of work of this week's applicants to sellers who are out of work; empty if none is", Flow(|w| weeks_out(&w.tally.applicants));
    "new_clients", "people", "applicants who signed with a seller this week", Flow(|w| Some(f64::from(w.tally.new_clients.n)));
    "clients_ability", "sd", "mean true ability of this week's new clients, in standard deviations of the workforce; empty if there are none", Flow(|w| ability(&w.tally.new_clients));
    "clients_contacts", "people", "mean number of introducers known to this week's new clients; empty if there are none", Flow(|w| contacts(&w.tally.new_clients));
    "clients_weeks_out", "weeks", "mean weeks out of work of this week's new clients who are out of work; empty if none is", Flow(|w| weeks_out(&w.tally.new_clients));
    "held_out", "people", "accepted applicants turned away by lot this week", Flow(|w| Some(f64::from(w.tally.held_out)));
    "clients", "people", "people represented by the sellers who sold this week, after representations have ended", State(|w| Some(f64::from(w.tally.sellers.clients)));
    "goodwill", "share", "mean goodwill, from 0 to 1, over all ties of those who have ever sold, or of all introducers where nobody may", State(|w| per_tie(w, w.tally.ties.goodwill));
    "trust_organic", "sd", "mean belief about people introduced free of charge, quality minus bar, over all ties of those who have ever sold, or of all introducers where nobody may", State(|w| per_tie(w, w.tally.ties.trust));
    "trust_paid", "sd", "mean belief about paying people, quality minus bar, over all ties of those who have ever sold; empty where nobody has", State(|w| if w.has_paid_trust() { per_tie(w, w.tally.ties.paid_trust) } else { None });
    "blocked_share", "share", "blocked ties, over all ties of those who have ever sold, or of all introducers where nobody may", State(|w| per_tie(w, f64::from(w.tally.ties.blocked)));
    "active_sellers", "people", "introducers who sold this week; one who stops counts in his last week", State(|w| Some(f64::from(w.tally.sellers.active)));
    "sellers_began", "people", "introducers who began to sell at the end of this week", Flow(|w| Some(f64::from(w.tally.sellers.began)));
    "sellers_stopped", "people", "sellers who stopped at the end of this week", Flow(|w| Some(f64::from(w.tally.sellers.stopped)));
    "hours_open", "hours", "sellers' hours of being open this week, whoever came", Flow(|w| Some(w.tally.sellers.open_hours));
    "hours_finding", "hours", "sellers' hours spent on finding people for employers", Flow(|w| Some(w.tally.sellers.hours.finding));
    "hours_screening", "hours", "sellers' hours spent on looking at applicants this week", Flow(|w| Some(w.tally.sellers.hours.screening));
    "hours_contact", "hours", "sellers' hours spent on keeping in touch with clients this week", Flow(|w| Some(w.tally.sellers.hours.contact));
    "hours_pitching", "hours", "sellers' hours spent on introducing clients this week", Flow(|w| Some(w.tally.sellers.hours.pitching));
    "hours_sham", "hours", "sellers' hours spent on staging shams this week", Flow(|w| Some(w.tally.sellers.hours.sham));
    "hours_rebuilding", "hours", "sellers' hours spent on rebuilding blocked ties this week", Flow(|w| Some(w.tally.sellers.hours.rebuilding));
    "hours_helping", "hours", "hours of all introducers spent on introductions free of charge this week", Flow(|w| Some(f64::from(w.tally.helped) * w.scenario.introducers.help_hours));
    "time_dollars", "dollars", "sellers' hours worked and open this week, at what an hour would be worth elsewhere to each if nobody sold", Flow(|w| Some(w.tally.sellers.time));
    "livelihood_dollars", "dollars", "of that, what an hour is no longer worth elsewhere because a seller's ties have lost goodwill", Flow(|w| Some(w.tally.sellers.livelihood));
    "fees_dollars", "dollars", "fees received by sellers this week", Flow(|w| Some(w.tally.sellers.flows.fees));
    "refunds_dollars", "dollars", "fees paid back by sellers this week", Flow(|w| Some(w.tally.sellers.flows.refunds));
    "costs_dollars", "dollars", "sellers' costs in money this week, such as actors", Flow(|w| Some(w.tally.sellers.flows.costs));
    "social_capital_dollars", "dollars", "goodwill by which the ties of those who have ever sold fell behind the organic fork this week, at its value", Flow(|w| Some(w.tally.sellers.flows.social_capital));
    "social_capital_gross_dollars", "dollars", "the same summed over those sellers alone whose ties lost by it this week, at its value", Flow(|w| Some(w.tally.sellers.flows.social_capital_gross));
    "heard", "times", "times this week that a decision-maker heard from another how a client did with her", Flow(|w| Some(f64::from(w.tally.heard.iter().sum::<u32>())));
    "goodwill_lost_by_word", "goodwill", "goodwill that such news took this week, less what it brought, before it is held within 0 and 1", Flow(|w| Some(lost_by_word(w.scenario, w.tally.heard.map(f64::from))));
    "shams", "meetings", "staged introductions this week", Flow(|w| Some(f64::from(w.tally.shams)));
    "shams_found_out", "meetings", "staged introductions that were found out this week", Flow(|w| Some(f64::from(w.tally.shams_found_out)));
    "introductions_promised", "introductions", "introductions that contracts of this week's clients call for", Flow(|w| Some(w.tally.introductions_promised));
    "introductions_made", "introductions", "real introductions held for clients this week", Flow(|w| Some(by(&w.tally.met, Paid)));
    "profit_hour_without", "dollars an hour", "fees less refunds and costs per hour worked this week, social capital not counted; empty without hours", Flow(|w| profit_hour(w, 0.0));
    "profit_hour_with", "dollars an hour", "fees less refunds, costs and social capital spent, per hour worked this week; empty without hours", Flow(|w| profit_hour(w, w.tally.sellers.flows.social_capital));
    "rating", "share", "mean rating of active sellers, from 0 to 1; empty without any", State(|w| per_active(w, w.tally.sellers.rating));
    "uplift", "log salary", "mean rise of salary through sellers' placements as seekers see it; empty without active sellers", State(|w| per_active(w, w.tally.sellers.uplift));
    "market_uplift", "log salary", "mean rise of salary of all who change jobs, as seekers see it", State(|w| w.tally.market_uplift);
    "unread", "requests", "requests of all channels that decision-makers left unread this week", Flow(|w| Some(f64::from(w.tally.unread)));
    "mandates", "vacancies", "vacancies for which an employer engaged a seller this week", Flow(|w| Some(f64::from(w.tally.mandates)));
    "askers_helped", "people", "of those who had asked a seller whom employers pay, those submitted for the first time", Flow(|w| Some(f64::from(w.tally.askers_helped)));
    "placed_ability", "sd", "mean true ability of those placed by sellers this week; empty if nobody was", Flow(|w| ability(&w.tally.placed));
    "coached", "people", "seekers who paid for coaching this week", Flow(|w| Some(f64::from(w.tally.coached[0])));
    "coaching_rating", "difference of shares", "what coaching is known to do: running share with work within 26 weeks, coached less those turned away by lot; empty where nobody sells it", State(|w| w.tally.coaching_rating);
    "employer_fees_dollars", "dollars", "fees that employers paid to sellers; part of fees_dollars", Flow(|w| Some(w.tally.transfers.employer_fees));
    "bonuses_dollars", "dollars", "bonuses that employers paid to employees for hires on their forms", Flow(|w| Some(w.tally.transfers.bonuses));
    "forms_dollars", "dollars", "prices that seekers paid to employees for forms", Flow(|w| Some(w.tally.transfers.forms));
    "coaching_dollars", "dollars", "prices that seekers paid for coaching", Flow(|w| Some(w.tally.transfers.coaching));
    "asks", "requests", "times that a seeker asked an introducer he knows for help this week", Flow(|w| Some(f64::from(w.tally.asks)));
    "helped", "requests", "of these, those that were helped", Flow(|w| Some(f64::from(w.tally.helped)));
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
        COLUMNS.iter().map(|column| value(&column.reading)).collect()
    }
}
