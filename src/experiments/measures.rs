//! Measures: the numbers of a market over weeks. Each is defined once, as a count or a ratio over tallies; the same line
//! is a column of weekly.csv, where the weeks are one, and an outcome, over all weeks and over those that are judged.

use super::period::Period;
use super::{Measure, Named, ratio, same};
use crate::engine::History;
use crate::scenario::{Payer, Scenario};
use crate::week::tally::Channel::{self, Cold, Lead, Organic, Paid, Referred, Stranger, Submitted};
use crate::week::tally::{GroupSums, Sums, Tally};

/// Some weeks and the scenario that they belong to.
#[derive(Clone, Debug)]
pub struct Span {
    /// How many weeks.
    pub weeks: f64,
    /// What was counted in them.
    pub sum: Sums,
    /// The scenario.
    pub scenario: Scenario,
}

impl Span {
    /// Weeks of a scenario.
    #[must_use]
    pub fn of<'a>(scenario: &Scenario, weeks: impl IntoIterator<Item = &'a Tally>) -> Self {
        let Period { weeks, sum } = Period::of(weeks);
        Self { weeks: weeks.into(), sum, scenario: scenario.clone() }
    }

    /// Trust in those who pay is a belief of its own only where payment is known and somebody sells.
    fn has_paid_trust(&self) -> bool {
        self.scenario.disclosure.payment_known && self.scenario.may_sell()
    }
}

/// What is said of the weeks that are judged.
macro_rules! judged {
    () => {
        "; last 104 weeks, or the second half of a run of fewer than 208"
    };
}

pub(super) use judged;

/// A number over weeks, in the tables that have it.
#[derive(Clone, Copy)]
pub struct OverWeeks {
    /// Of a week.
    pub weekly: Option<Measure<Span>>,
    /// Whether a week is needed for it to exist: a state can be read at the opening too.
    pub is_flow: bool,
    /// Over all weeks, and over the judged ones.
    pub outcomes: Option<[Measure<Span>; 2]>,
}

/// Makes measures of lines that begin with what they are: a `state` or a `flow` of a week that is an outcome too, such
/// of a week alone (`weekly_state`, `weekly_flow`), or an `outcome` alone.
macro_rules! over_weeks {
    ($($what:ident $name:literal, $unit:literal, $meaning:literal, $of:expr;)*) => {
        &[$(over_weeks!(@$what $name, $unit, $meaning, $of)),*]
    };
    (@flow $name:literal, $unit:literal, $meaning:literal, $of:expr) => {
        OverWeeks {
            weekly: Some(Measure { name: $name, unit: $unit, meaning: $meaning, of: $of }),
            is_flow: true,
            outcomes: Some(over_weeks!(@twice $name, $unit, $meaning, $of)),
        }
    };
    (@state $name:literal, $unit:literal, $meaning:literal, $of:expr) => {
        OverWeeks {
            is_flow: false,
            outcomes: Some(over_weeks!(@twice $name, $unit, concat!($meaning, "; mean over weeks"), $of)),
            ..over_weeks!(@flow $name, $unit, $meaning, $of)
        }
    };
    (@weekly_flow $($line:tt)*) => { OverWeeks { outcomes: None, ..over_weeks!(@flow $($line)*) } };
    (@weekly_state $($line:tt)*) => { OverWeeks { outcomes: None, ..over_weeks!(@state $($line)*) } };
    (@outcome $($line:tt)*) => { OverWeeks { weekly: None, ..over_weeks!(@flow $($line)*) } };
    (@twice $name:literal, $unit:literal, $meaning:expr, $of:expr) => {
        [
            Measure { name: $name, unit: $unit, meaning: $meaning, of: $of },
            Measure { name: concat!($name, "_judged"), unit: $unit, meaning: concat!($meaning, judged!()), of: $of },
        ]
    };
}

/// A count of one channel.
pub(super) fn by(counts: &[f64], channel: Channel) -> f64 {
    counts[channel as usize]
}

macro_rules! total {
    ($field:ident, $channel:ident) => {
        |s| Some(by(&s.sum.$field, $channel))
    };
}

macro_rules! rate {
    ($of:ident / $per:ident, $channel:ident) => {
        |s| ratio(by(&s.sum.$of, $channel), by(&s.sum.$per, $channel))
    };
}

fn ability(sums: &GroupSums) -> Option<f64> {
    ratio(sums.ability, sums.n)
}

pub(super) fn placements(s: &Span) -> f64 {
    by(&s.sum.hires, Channel::Paid) + by(&s.sum.hires, Channel::Submitted)
}

/// What workers paid to others than themselves, less what they got: to sellers, coaches; from employers.
fn workers_spent(s: &Span) -> f64 {
    let (f, t) = (&s.sum.sellers.flows, &s.sum.transfers);
    f.fees - t.employer_fees - f.refunds + t.coaching - t.bonuses
}

fn per_worker_year(s: &Span, dollars: f64) -> Option<f64> {
    ratio(dollars * 52.0, s.sum.workers)
}

/// What the market paid its sellers, less what they paid back and out.
fn takings(s: &Span) -> f64 {
    s.sum.sellers.flows.fees - s.sum.sellers.flows.refunds - s.sum.sellers.flows.costs
}

/// Every number over weeks, in the order of the tables.
pub const MEASURES: &[OverWeeks] = over_weeks![
    state "unemployment_share", "share", "unemployed among all workers", |s| ratio(s.sum.unemployed, s.sum.workers);
    state "employed_looking_share", "share", "employed who look for another job among all workers", |s| ratio(s.sum.looking, s.sum.workers);
    state "mean_weeks_out", "weeks", "mean length so far of unemployment, over the unemployed; empty if nobody is", |s| ratio(s.sum.pool.weeks_out, s.sum.pool.n_out);
    state "median_weeks_out", "weeks", "median length so far of unemployment, over the unemployed; empty if nobody is", |s| ratio(s.sum.median_weeks_out.0, s.sum.median_weeks_out.1);
    outcome "long_unemployed_share", "share", "27 weeks or more out of work, among the unemployed", |s| ratio(s.sum.long_unemployed, s.sum.unemployed);
    state "vacancies", "vacancies", "open vacancies", |s| ratio(s.sum.vacancies, s.weeks);
    state "pool_ability", "sd", "mean true ability of all seekers, in standard deviations of the workforce; empty if nobody seeks", |s| ability(&s.sum.pool);
    state "pool_contacts", "people", "mean number of introducers known to all seekers; empty if nobody seeks", |s| ratio(s.sum.pool.contacts, s.sum.pool.n);
    weekly_state "pool_weeks_out", "weeks", "mean weeks out of work of the seekers who are out of work; empty if none is", |s| ratio(s.sum.pool.weeks_out, s.sum.pool.n_out);
    flow "requests_cold", "requests", "cold applications that reached a decision-maker", total!(requests, Cold);
    weekly_flow "met_cold", "meetings", "of these, those that led to a meeting", total!(met, Cold);
    weekly_flow "passed_cold", "people", "of these meetings, those in which the person passed", total!(passed, Cold);
    weekly_flow "offers_cold", "offers", "of those who passed, those who got an offer", total!(offers, Cold);
    flow "requests_organic", "requests", "introductions free of charge that reached a decision-maker", total!(requests, Organic);
    weekly_flow "met_organic", "meetings", "of these, those that led to a meeting", total!(met, Organic);
    weekly_flow "passed_organic", "people", "of these meetings, those in which the person passed", total!(passed, Organic);
    weekly_flow "offers_organic", "offers", "of those who passed, those who got an offer", total!(offers, Organic);
    flow "requests_paid", "requests", "introductions by sellers that reached a decision-maker", total!(requests, Paid);
    weekly_flow "met_paid", "meetings", "of these, those that led to a meeting", total!(met, Paid);
    weekly_flow "passed_paid", "people", "of these meetings, those in which the person passed", total!(passed, Paid);
    weekly_flow "offers_paid", "offers", "of those who passed, those who got an offer", total!(offers, Paid);
    outcome "hires", "hires", "jobs found, whatever led to them", |s| Some(s.sum.hires.iter().sum());
    flow "hires_cold", "hires", "jobs found through cold applications", total!(hires, Cold);
    flow "hires_lead", "hires", "outside jobs that people heard of themselves or from friends, and took", total!(hires, Lead);
    flow "hires_organic", "hires", "jobs found through introductions free of charge", total!(hires, Organic);
    flow "hires_paid", "hires", "jobs found through sellers' introductions: placements", total!(hires, Paid);
    flow "requests_submitted", "requests", "submissions, by a seller, to an employer who engaged him", total!(requests, Submitted);
    weekly_flow "met_submitted", "meetings", "of these, those that led to a meeting", total!(met, Submitted);
    weekly_flow "passed_submitted", "people", "of these meetings, those in which the person passed", total!(passed, Submitted);
    weekly_flow "offers_submitted", "offers", "of those who passed, those who got an offer", total!(offers, Submitted);
    flow "requests_referred", "requests", "forms that employees handed in for friends", total!(requests, Referred);
    weekly_flow "met_referred", "meetings", "of these, those that led to a meeting", total!(met, Referred);
    weekly_flow "passed_referred", "people", "of these meetings, those in which the person passed", total!(passed, Referred);
    weekly_flow "offers_referred", "offers", "of those who passed, those who got an offer", total!(offers, Referred);
    flow "requests_stranger", "requests", "forms that employees handed in for strangers who pay", total!(requests, Stranger);
    weekly_flow "met_stranger", "meetings", "of these, those that led to a meeting", total!(met, Stranger);
    weekly_flow "passed_stranger", "people", "of these meetings, those in which the person passed", total!(passed, Stranger);
    weekly_flow "offers_stranger", "offers", "of those who passed, those who got an offer", total!(offers, Stranger);
    flow "hires_submitted", "hires", "jobs found on submissions to employers who pay: placements", total!(hires, Submitted);
    flow "hires_referred", "hires", "jobs found on friends' forms", total!(hires, Referred);
    flow "hires_stranger", "hires", "jobs found on strangers' forms", total!(hires, Stranger);
    outcome "acceptance_cold", "share", "met of cold applications", rate!(met / requests, Cold);
    outcome "acceptance_organic", "share", "met of introductions free of charge", rate!(met / requests, Organic);
    outcome "acceptance_organic_sellers", "share", "met of introductions free of charge by those who have ever sold; empty where nobody has", |s| ratio(s.sum.sellers_free[1], s.sum.sellers_free[0]);
    outcome "acceptance_paid", "share", "met of introductions by sellers; empty if there were none", rate!(met / requests, Paid);
    outcome "acceptance_free", "share", "met of all requests that nobody pays for: cold applications and introductions free of charge", |s| ratio(by(&s.sum.met, Channel::Cold) + by(&s.sum.met, Channel::Organic), by(&s.sum.requests, Channel::Cold) + by(&s.sum.requests, Channel::Organic));
    outcome "pass_cold", "share", "passed of those met after a cold application", rate!(passed / met, Cold);
    outcome "pass_organic", "share", "passed of those met after an introduction free of charge", rate!(passed / met, Organic);
    outcome "pass_paid", "share", "passed of those met after an introduction by a seller", rate!(passed / met, Paid);
    outcome "hire_per_request_cold", "share", "hires per cold application", rate!(hires / requests, Cold);
    outcome "hire_per_request_organic", "share", "hires per introduction free of charge", rate!(hires / requests, Organic);
    outcome "hire_per_request_paid", "share", "hires per introduction by a seller", rate!(hires / requests, Paid);
    outcome "acceptance_submitted", "share", "met of submissions to employers", rate!(met / requests, Submitted);
    outcome "acceptance_referred", "share", "met of friends' forms", rate!(met / requests, Referred);
    outcome "acceptance_stranger", "share", "met of strangers' forms", rate!(met / requests, Stranger);
    outcome "pass_submitted", "share", "passed of those met on a submission", rate!(passed / met, Submitted);
    outcome "pass_referred", "share", "passed of those met on a friend's form", rate!(passed / met, Referred);
    outcome "pass_stranger", "share", "passed of those met on a stranger's form", rate!(passed / met, Stranger);
    outcome "hire_per_request_submitted", "share", "hires per submission to an employer", rate!(hires / requests, Submitted);
    outcome "hire_per_request_referred", "share", "hires per form of a friend", rate!(hires / requests, Referred);
    outcome "hire_per_request_stranger", "share", "hires per form of a stranger", rate!(hires / requests, Stranger);
    outcome "stranger_ratio", "ratio", "hires per form of a stranger over hires per cold application", |s| hire_ratio(s, Channel::Stranger);
    outcome "friend_form_ratio", "ratio", "hires per form of a friend over hires per cold application", |s| hire_ratio(s, Channel::Referred);
    outcome "offers_per_interview", "share", "offers of interviews at vacancies, all channels", |s| ratio(s.sum.offers.iter().sum(), s.sum.interviews.iter().sum());
    outcome "applicants_per_hire", "requests", "requests of all channels per hire by a decision-maker", applicants_per_hire;
    weekly_flow "unread", "requests", "requests of all channels that decision-makers left unread this week", |s| Some(s.sum.unread);
    outcome "contact_share", "share", "hires through leads, introductions free of charge and friends' forms, of all hires", contact_share;
    outcome "referral_ratio", "ratio", "hires per introduction free of charge over hires per cold application", referral_ratio;
    outcome "referred_separation_gap", "ratio − 1", "weekly chance that a job ends, at hire: introduced free of charge against cold", |s| Some(ratio(ratio(s.sum.separation_at_hire[2], by(&s.sum.hires, Channel::Organic))?, ratio(s.sum.separation_at_hire[0], by(&s.sum.hires, Channel::Cold))?)? - 1.0);
    outcome "unread_share", "share", "of all requests, those that decision-makers left unread", |s| ratio(s.sum.unread, s.sum.requests.iter().sum());
    flow "asks", "requests", "times that a seeker asked an introducer he knows for help", |s| Some(s.sum.asks);
    weekly_flow "helped", "requests", "of these, those that were helped", |s| Some(s.sum.helped);
    outcome "helped_share", "share", "asks that led to a request", |s| ratio(s.sum.helped, s.sum.asks);
    flow "applicants", "people", "times that a seeker applied to a seller", |s| Some(s.sum.applicants.n);
    flow "new_clients", "people", "applicants who signed with a seller", |s| Some(s.sum.new_clients.n);
    flow "held_out", "people", "accepted applicants turned away by lot", |s| Some(s.sum.held_out);
    outcome "accepted_share", "share", "accepted, treated or held out, of applicants", |s| ratio(s.sum.new_clients.n + s.sum.held_out, s.sum.applicants.n);
    flow "applicants_ability", "sd", "mean true ability of applicants to sellers, in standard deviations of the workforce; empty if there are none", |s| ability(&s.sum.applicants);
    weekly_flow "applicants_contacts", "people", "mean number of introducers known to this week's applicants to sellers; empty if there are none", |s| ratio(s.sum.applicants.contacts, s.sum.applicants.n);
    weekly_flow "applicants_weeks_out", "weeks", "mean weeks out of work of this week's applicants to sellers who are out of work; empty if none is", |s| ratio(s.sum.applicants.weeks_out, s.sum.applicants.n_out);
    flow "clients_ability", "sd", "mean true ability of new clients, in standard deviations of the workforce; empty if there are none", |s| ability(&s.sum.new_clients);
    flow "clients_weeks_out", "weeks", "mean weeks out of work of new clients who are out of work; empty if none is", |s| ratio(s.sum.new_clients.weeks_out, s.sum.new_clients.n_out);
    flow "clients_contacts", "people", "mean number of introducers known to new clients; empty if there are none", |s| ratio(s.sum.new_clients.contacts, s.sum.new_clients.n);
    outcome "share_served", "share", "of seekers, those represented by a seller, mean over weeks", |s| ratio(s.sum.sellers.clients, s.sum.pool.n);
    weekly_state "clients", "people", "people represented by the sellers who sold this week, after representations have ended", |s| Some(s.sum.sellers.clients);
    state "goodwill", "share", "mean goodwill, from 0 to 1, over all ties of those who have ever sold, or of all introducers where nobody may", |s| ratio(s.sum.ties.goodwill, s.sum.ties.n);
    state "trust_organic", "sd", "mean belief about people introduced free of charge, quality minus bar, over all ties of those who have ever sold, or of all introducers where nobody may", |s| ratio(s.sum.ties.trust, s.sum.ties.n);
    weekly_state "trust_paid", "sd", "mean belief about paying people, quality minus bar, over all ties of those who have ever sold; empty where nobody has", |s| if s.has_paid_trust() { ratio(s.sum.ties.paid_trust, s.sum.ties.n) } else { None };
    state "blocked_share", "share", "blocked ties, over all ties of those who have ever sold, or of all introducers where nobody may", |s| ratio(s.sum.ties.blocked, s.sum.ties.n);
    outcome "active_share", "share", "of all introducers, those who sell; empty where nobody may", |s| if s.scenario.may_sell() { ratio(s.sum.sellers.active, f64::from(s.scenario.introducers.count) * s.weeks) } else { None };
    weekly_state "active_sellers", "people", "introducers who sold this week; one who stops counts in his last week", |s| Some(s.sum.sellers.active);
    weekly_flow "sellers_began", "people", "introducers who began to sell at the end of this week", |s| Some(s.sum.sellers.began);
    weekly_flow "sellers_stopped", "people", "sellers who stopped at the end of this week", |s| Some(s.sum.sellers.stopped);
    outcome "hours", "hours", "hours of all sellers", |s| Some(s.sum.sellers.hours.total());
    flow "hours_open", "hours", "sellers' hours of being open, whoever came", |s| Some(s.sum.sellers.open_hours);
    weekly_flow "hours_finding", "hours", "sellers' hours spent on finding people for employers", |s| Some(s.sum.sellers.hours.finding);
    weekly_flow "hours_screening", "hours", "sellers' hours spent on looking at applicants this week", |s| Some(s.sum.sellers.hours.screening);
    weekly_flow "hours_contact", "hours", "sellers' hours spent on keeping in touch with clients this week", |s| Some(s.sum.sellers.hours.contact);
    weekly_flow "hours_pitching", "hours", "sellers' hours spent on introducing clients this week", |s| Some(s.sum.sellers.hours.pitching);
    weekly_flow "hours_sham", "hours", "sellers' hours spent on staging shams this week", |s| Some(s.sum.sellers.hours.sham);
    weekly_flow "hours_rebuilding", "hours", "sellers' hours spent on rebuilding blocked ties this week", |s| Some(s.sum.sellers.hours.rebuilding);
    weekly_flow "hours_helping", "hours", "hours of all introducers spent on introductions free of charge this week", |s| Some(s.sum.helped * s.scenario.introducers.help_hours);
    flow "time_dollars", "dollars", "sellers' hours worked and open, at what an hour would be worth elsewhere to each if nobody sold", |s| Some(s.sum.sellers.time);
    flow "livelihood_dollars", "dollars", "of that, what an hour is no longer worth elsewhere because sellers' ties have lost goodwill", |s| Some(s.sum.sellers.livelihood);
    outcome "hours_per_placement", "hours", "sellers' hours per placement; empty without one", |s| ratio(s.sum.sellers.hours.total(), placements(s));
    outcome "hours_held_per_placement", "hours", "hours that sellers work or are open per placement; empty without one", |s| ratio(s.sum.sellers.hours.total() + s.sum.sellers.open_hours, placements(s));
    flow "fees_dollars", "dollars", "fees received by sellers", |s| Some(s.sum.sellers.flows.fees);
    flow "refunds_dollars", "dollars", "fees paid back by sellers", |s| Some(s.sum.sellers.flows.refunds);
    outcome "refunds_lost_dollars", "dollars", "refunds due that no account could pay", |s| Some(s.sum.refunds_lost);
    flow "costs_dollars", "dollars", "sellers' costs in money, such as actors", |s| Some(s.sum.sellers.flows.costs);
    flow "social_capital_dollars", "dollars", "social capital spent: goodwill by which the ties of those who have ever sold fell behind the organic fork, at its value", |s| Some(s.sum.sellers.flows.social_capital);
    weekly_flow "social_capital_gross_dollars", "dollars", "the same summed over those sellers alone whose ties lost by it this week, at its value", |s| Some(s.sum.sellers.flows.social_capital_gross);
    outcome "fee_per_placement", "dollars", "fees per placement", |s| ratio(s.sum.sellers.flows.fees, placements(s));
    outcome "social_capital_per_placement", "dollars", "social capital spent per placement", |s| ratio(s.sum.sellers.flows.social_capital, placements(s));
    outcome "social_capital_per_fee_dollar", "dollars", "social capital spent per dollar of fees", |s| ratio(s.sum.sellers.flows.social_capital, s.sum.sellers.flows.fees);
    flow "profit_hour_without", "dollars", "fees less refunds and costs, per hour worked, social capital not counted; empty without hours", |s| ratio(takings(s), s.sum.sellers.hours.total());
    outcome "profit_hour_held", "dollars", "takings per hour that a seller works or is open, social capital not counted", |s| ratio(takings(s), s.sum.sellers.hours.total() + s.sum.sellers.open_hours);
    flow "profit_hour_with", "dollars", "fees less refunds, costs and social capital spent, per hour worked; empty without hours", |s| ratio(takings(s) - s.sum.sellers.flows.social_capital, s.sum.sellers.hours.total());
    outcome "sellers_profit_dollars", "dollars", "profit of all who sell or sold: takings less hours worked and open at what they are worth elsewhere, and social capital", |s| Some(profit(s));
    flow "heard", "times", "times that a decision-maker heard from another how a client did with her", |s| Some(s.sum.heard.iter().sum());
    flow "goodwill_lost_by_word", "goodwill", "goodwill that such news took, less what it brought, before it is held within 0 and 1", |s| Some(lost_by_word(&s.scenario, s.sum.heard));
    state "rating", "share", "mean rating of active sellers, from 0 to 1; empty without any", |s| ratio(s.sum.sellers.rating, s.sum.sellers.active);
    weekly_state "uplift", "log salary", "mean rise of salary through sellers' placements as seekers see it; empty without active sellers", |s| ratio(s.sum.sellers.uplift, s.sum.sellers.active);
    weekly_state "market_uplift", "log salary", "mean rise of salary of all who change jobs, as seekers see it", |s| ratio(s.sum.market_uplift.0, s.sum.market_uplift.1);
    flow "shams", "meetings", "staged introductions", |s| Some(s.sum.shams);
    outcome "sham_fees_dollars", "dollars", "paid by clients for shams", |s| Some(s.sum.sham_fees);
    flow "shams_found_out", "meetings", "staged introductions that were found out", |s| Some(s.sum.shams_found_out);
    flow "mandates", "vacancies", "vacancies for which an employer engaged a seller", |s| Some(s.sum.mandates);
    outcome "mandates_filled_share", "share", "hires on submissions per vacancy for which a seller was engaged", |s| ratio(by(&s.sum.hires, Channel::Submitted), s.sum.mandates);
    flow "placed_ability", "sd", "mean true ability of those placed by sellers, whoever pays, in standard deviations of the workforce; empty if nobody was", |s| ability(&s.sum.placed);
    outcome "placed_employed_share", "share", "of those placed by sellers, those who had a job", |s| ratio(s.sum.placed.n - s.sum.placed.n_out, s.sum.placed.n);
    outcome "placed_not_looking_share", "share", "of those placed by sellers, those who had a job and had not looked", |s| ratio(s.sum.placed_not_looking, s.sum.placed.n);
    weekly_flow "askers_helped", "people", "of those who had asked a seller whom employers pay, those submitted for the first time", |s| Some(s.sum.askers_helped);
    outcome "askers_helped_share", "share", "of those who asked a seller whom employers pay, those ever submitted by him", |s| employers_only(s, s.sum.askers_helped);
    outcome "askers_placed_share", "share", "of those who asked a seller whom employers pay, those placed by him", |s| employers_only(s, s.sum.askers_placed);
    flow "coached", "people", "seekers who paid for coaching", |s| Some(s.sum.coached[0]);
    outcome "coach_held_out", "people", "seekers who wanted coaching and were turned away by lot", |s| Some(s.sum.coached[1]);
    state "coaching_rating", "difference of shares", "what coaching is known to do: running share with work within 26 weeks, coached less those turned away by lot; empty where nobody sells it", |s| ratio(s.sum.coaching_rating.0, s.sum.coaching_rating.1);
    outcome "friend_form_share", "share", "of friends asked for a form, those who handed one in", |s| ratio(by(&s.sum.requests, Channel::Referred), s.sum.form_asks[0]);
    outcome "stranger_form_share", "share", "of employees offered the price, those who handed in a form", |s| ratio(by(&s.sum.requests, Channel::Stranger), s.sum.form_asks[1]);
    outcome "friend_form_ability", "sd", "mean true ability of those for whom friends handed in forms", |s| ratio(s.sum.form_ability[0], by(&s.sum.requests, Channel::Referred));
    outcome "stranger_form_ability", "sd", "mean true ability of those for whom strangers handed in forms", |s| ratio(s.sum.form_ability[1], by(&s.sum.requests, Channel::Stranger));
    flow "employer_fees_dollars", "dollars", "fees that employers paid to sellers; part of fees_dollars", |s| Some(s.sum.transfers.employer_fees);
    flow "bonuses_dollars", "dollars", "bonuses that employers paid to employees for hires on their forms", |s| Some(s.sum.transfers.bonuses);
    flow "forms_dollars", "dollars", "prices that seekers paid to employees for forms", |s| Some(s.sum.transfers.forms);
    flow "coaching_dollars", "dollars", "prices that seekers paid for coaching", |s| Some(s.sum.transfers.coaching);
    outcome "fee_per_client_year", "dollars", "fees per year of one client represented; empty where nobody is", |s| ratio(s.sum.sellers.flows.fees * 52.0, s.sum.sellers.clients);
    flow "introductions_promised", "introductions", "introductions that contracts of new clients call for", |s| Some(s.sum.introductions_promised);
    flow "introductions_made", "introductions", "real introductions held for clients", |s| Some(by(&s.sum.met, Channel::Paid));
    outcome "decision_makers_gain_paid", "dollars", "value of hires by true quality less cost of meetings and what she feels of fees, hires on sellers' requests", |s| Some(s.sum.welfare.paid_meetings);
    outcome "welfare_workers", "dollars a worker and year", "income less fees and coaching, refunds and bonuses added", |s| per_worker_year(s, s.sum.welfare.income - workers_spent(s));
    outcome "welfare_decision_makers", "dollars a worker and year", "value of hires by true quality less cost of meetings, fees and bonuses paid by employers", |s| per_worker_year(s, s.sum.welfare.all_meetings - s.sum.transfers.employer_fees - s.sum.transfers.bonuses);
    outcome "welfare_sellers", "dollars a worker and year", "fees less refunds, costs, hours and social capital", |s| per_worker_year(s, profit(s));
];

/// Fees less refunds (paid and newly expected), costs, hours worked and open at what they are worth elsewhere, and
/// social capital.
fn profit(s: &Span) -> f64 {
    let f = &s.sum.sellers.flows;
    f.fees - f.refunds - f.costs - s.sum.sellers.liability - s.sum.sellers.time - f.social_capital
}

/// A number per asker, where employers pay.
fn employers_only(s: &Span, number: f64) -> Option<f64> {
    if s.scenario.contract.payer == Payer::Employer { ratio(number, s.sum.applicants.n) } else { None }
}

fn applicants_per_hire(s: &Span) -> Option<f64> {
    let inside = s.sum.hires.iter().sum::<f64>() - by(&s.sum.hires, Channel::Lead);
    ratio(s.sum.requests.iter().sum(), inside)
}

fn contact_share(s: &Span) -> Option<f64> {
    let hires = &s.sum.hires;
    let contacts = [Channel::Lead, Channel::Organic, Channel::Referred].map(|c| by(hires, c));
    ratio(contacts.iter().sum(), hires.iter().sum())
}

fn referral_ratio(s: &Span) -> Option<f64> {
    hire_ratio(s, Channel::Organic)
}

/// Hires per request of a channel over hires per cold application.
fn hire_ratio(s: &Span, of: Channel) -> Option<f64> {
    let per = |c| ratio(by(&s.sum.hires, c), by(&s.sum.requests, c));
    ratio(per(of)?, per(Channel::Cold)?)
}

/// Goodwill that word of mouth takes, less what it brings, before it is held within 0 and 1.
///
/// `heard`: how often somebody heard of one who passed, and of one who failed.
fn lost_by_word(scenario: &Scenario, [good, bad]: [f64; 2]) -> f64 {
    scenario.word.hearsay * (scenario.goodwill.bad * bad - scenario.goodwill.good * good)
}

/// Columns of weekly.csv after scenario, replication and week.
pub fn weekly() -> impl Iterator<Item = &'static Measure<Span>> {
    MEASURES.iter().filter_map(|measure| measure.weekly.as_ref())
}

/// A column of weekly.csv that is a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekly(&'static str);

impl Weekly {
    /// The column of this name, for constants: a name that is no column's does not compile there.
    ///
    /// # Panics
    /// If there is no such column.
    #[must_use]
    pub const fn known(name: &str) -> Self {
        let mut measure = 0;
        while measure < MEASURES.len() {
            if let Some(weekly) = &MEASURES[measure].weekly
                && same(weekly.name, name)
            {
                return Self(weekly.name);
            }
            measure += 1;
        }
        panic!("a column of weekly.csv of this name")
    }
}

impl Named for Weekly {
    fn name(self) -> &'static str {
        self.0
    }
}

/// A column of weekly.csv by its name, which must be one; of several names an array.
macro_rules! of_week {
    ($name:expr) => {
        const { $crate::experiments::measures::Weekly::known($name) }
    };
    ($($name:expr),+ $(,)?) => {
        [$(const { $crate::experiments::measures::Weekly::known($name) }),+]
    };
}

pub(crate) use of_week;

/// Rows of weekly.csv: the opening, in which flows are empty, and every week.
pub(super) fn weekly_rows(scenario: &Scenario, history: &History) -> Vec<Vec<Option<f64>>> {
    let mut span = Span::of(scenario, []);
    let mut row = |tally: &Tally, is_opening: bool| {
        let Period { weeks, sum } = Period::of([tally]);
        (span.weeks, span.sum) = (weeks.into(), sum);
        let all = MEASURES.iter().filter_map(|measure| Some((measure.weekly.as_ref()?, measure.is_flow)));
        all.map(|(measure, is_flow)| if is_opening && is_flow { None } else { (measure.of)(&span) }).collect()
    };
    let mut rows = vec![row(&history.opening, true)];
    rows.extend(history.weeks.iter().map(|tally| row(tally, false)));
    rows
}
