//! Outcomes: one number a column and replication, over all weeks after the opening and over those that are judged.

use super::gain::Arms;
use super::newcomers::Newcomers;
use super::period::{Period, Sums};
use super::verdict;
use super::{Measure, ratio};
use crate::engine::History;
use crate::ids::IntroducerId;
use crate::maths;
use crate::scenario::{Payer, Scenario};
use crate::stats::{self, Duration, KaplanMeier, Median};
use crate::week::bombardment::target;
use crate::week::record::{Ending, TieLife};
use crate::week::tally::Channel;

/// Everything that outcomes are computed from.
#[derive(Clone, Debug)]
pub struct Summary {
    /// All weeks.
    pub all: Span,
    /// The weeks that are judged, [`verdict::judged_weeks`].
    pub judged: Span,
    /// The lottery among clients.
    pub arms: Arms,
    /// The lottery among those who buy coaching.
    pub coached: Arms,
    /// Those who began to sell.
    pub newcomers: Newcomers,
    /// Numbers that are not sums over weeks, by [`ONCE`].
    pub once: Vec<Option<f64>>,
}

/// A period and the scenario it belongs to.
#[derive(Clone, Debug)]
pub struct Span {
    /// Sums.
    pub period: Period,
    /// The scenario.
    pub scenario: Scenario,
}

/// What is said of the weeks that are judged.
macro_rules! judged {
    () => {
        "; last 104 weeks, or the second half of a run of fewer than 208"
    };
}

macro_rules! measures {
    ($($name:literal, $unit:literal, $meaning:literal, $of:expr;)*) => {
        &[$(Measure { name: $name, unit: $unit, meaning: $meaning, of: $of }),*]
    };
}

macro_rules! measures_twice {
    ($($name:literal, $unit:literal, $meaning:literal, $of:expr;)*) => {
        &[$([
            Measure { name: $name, unit: $unit, meaning: $meaning, of: $of },
            Measure { name: concat!($name, "_judged"), unit: $unit, meaning: concat!($meaning, judged!()), of: $of },
        ]),*]
    };
}

macro_rules! measures_judged {
    ($($name:literal, $unit:literal, $meaning:literal, $of:expr;)*) => {
        &[$(Measure { name: $name, unit: $unit, meaning: concat!($meaning, judged!(), "; empty where nobody may sell"), of: $of }),*]
    };
}

fn channel(counts: &[f64], channel: Channel) -> f64 {
    counts[channel as usize]
}

macro_rules! total {
    ($field:ident, $channel:ident) => {
        |s| Some(channel(&s.period.$field, Channel::$channel))
    };
}

macro_rules! rate {
    ($of:ident / $per:ident, $channel:ident) => {
        |s| ratio(channel(&s.period.$of, Channel::$channel), channel(&s.period.$per, Channel::$channel))
    };
}

fn ability(sums: &Sums) -> Option<f64> {
    ratio(sums.ability, sums.n)
}

fn placements(s: &Span) -> f64 {
    channel(&s.period.hires, Channel::Paid) + channel(&s.period.hires, Channel::Submitted)
}

/// What workers paid to others than themselves, less what they got: to sellers, coaches; from employers.
fn workers_spent(s: &Span) -> f64 {
    let (f, t) = (&s.period.flows, &s.period.transfers);
    f.fees - t.employer_fees - f.refunds + t.coaching - t.bonuses
}

fn per_worker_year(s: &Span, dollars: f64) -> Option<f64> {
    ratio(dollars * 52.0, s.period.workers)
}

/// What the market paid its sellers, less what they paid back and out.
fn takings(s: &Span) -> f64 {
    s.period.flows.fees - s.period.flows.refunds - s.period.flows.costs
}

/// Numbers over a span of weeks; each stands twice in the table: over all weeks, and over the judged ones.
pub const OVER_WEEKS: &[[Measure<Span>; 2]] = measures_twice![
    "unemployment_share", "share", "unemployed among all workers, mean over weeks", |s| ratio(s.period.unemployed, s.period.workers);
    "employed_looking_share", "share", "employed who look among all workers", |s| ratio(s.period.looking, s.period.workers);
    "mean_weeks_out", "weeks", "mean length so far of unemployment", |s| ratio(s.period.pool.weeks_out, s.period.pool.n_out);
    "median_weeks_out", "weeks", "weekly median of the length so far, mean over weeks", |s| ratio(s.period.median_weeks_out.0, s.period.median_weeks_out.1);
    "long_unemployed_share", "share", "27 weeks or more out of work, among the unemployed", |s| ratio(s.period.long_unemployed, s.period.unemployed);
    "vacancies", "vacancies", "open vacancies, mean over weeks", |s| ratio(s.period.vacancies, f64::from(s.period.weeks));
    "pool_ability", "sd", "mean true ability of seekers", |s| ability(&s.period.pool);
    "pool_contacts", "people", "mean contacts of seekers", |s| ratio(s.period.pool.contacts, s.period.pool.n);
    "requests_cold", "requests", "cold applications", total!(requests, Cold);
    "requests_organic", "requests", "introductions free of charge", total!(requests, Organic);
    "requests_paid", "requests", "introductions by sellers", total!(requests, Paid);
    "hires", "hires", "jobs found, whatever led to them", |s| Some(s.period.hires.iter().sum());
    "hires_cold", "hires", "jobs found through cold applications", total!(hires, Cold);
    "hires_lead", "hires", "jobs found through leads", total!(hires, Lead);
    "hires_organic", "hires", "jobs found through introductions free of charge", total!(hires, Organic);
    "hires_paid", "hires", "jobs found through sellers' introductions: placements", total!(hires, Paid);
    "requests_submitted", "requests", "submissions to employers who pay", total!(requests, Submitted);
    "requests_referred", "requests", "forms handed in for friends", total!(requests, Referred);
    "requests_stranger", "requests", "forms handed in for strangers who pay", total!(requests, Stranger);
    "hires_submitted", "hires", "jobs found on submissions to employers who pay: placements", total!(hires, Submitted);
    "hires_referred", "hires", "jobs found on friends' forms", total!(hires, Referred);
    "hires_stranger", "hires", "jobs found on strangers' forms", total!(hires, Stranger);
    "acceptance_cold", "share", "met of cold applications", rate!(met / requests, Cold);
    "acceptance_organic", "share", "met of introductions free of charge", rate!(met / requests, Organic);
    "acceptance_organic_sellers", "share", "met of introductions free of charge by those who have ever sold; empty where nobody has", |s| ratio(s.period.sellers_free.1, s.period.sellers_free.0);
    "acceptance_paid", "share", "met of introductions by sellers; empty if there were none", rate!(met / requests, Paid);
    "acceptance_free", "share", "met of all requests that nobody pays for: cold applications and introductions free of charge", |s| ratio(channel(&s.period.met, Channel::Cold) + channel(&s.period.met, Channel::Organic), channel(&s.period.requests, Channel::Cold) + channel(&s.period.requests, Channel::Organic));
    "pass_cold", "share", "passed of those met after a cold application", rate!(passed / met, Cold);
    "pass_organic", "share", "passed of those met after an introduction free of charge", rate!(passed / met, Organic);
    "pass_paid", "share", "passed of those met after an introduction by a seller", rate!(passed / met, Paid);
    "hire_per_request_cold", "share", "hires per cold application", rate!(hires / requests, Cold);
    "hire_per_request_organic", "share", "hires per introduction free of charge", rate!(hires / requests, Organic);
    "hire_per_request_paid", "share", "hires per introduction by a seller", rate!(hires / requests, Paid);
    "acceptance_submitted", "share", "met of submissions to employers", rate!(met / requests, Submitted);
    "acceptance_referred", "share", "met of friends' forms", rate!(met / requests, Referred);
    "acceptance_stranger", "share", "met of strangers' forms", rate!(met / requests, Stranger);
    "pass_submitted", "share", "passed of those met on a submission", rate!(passed / met, Submitted);
    "pass_referred", "share", "passed of those met on a friend's form", rate!(passed / met, Referred);
    "pass_stranger", "share", "passed of those met on a stranger's form", rate!(passed / met, Stranger);
    "hire_per_request_submitted", "share", "hires per submission to an employer", rate!(hires / requests, Submitted);
    "hire_per_request_referred", "share", "hires per form of a friend", rate!(hires / requests, Referred);
    "hire_per_request_stranger", "share", "hires per form of a stranger", rate!(hires / requests, Stranger);
    "stranger_ratio", "ratio", "hires per form of a stranger over hires per cold application", |s| hire_ratio(s, Channel::Stranger);
    "friend_form_ratio", "ratio", "hires per form of a friend over hires per cold application", |s| hire_ratio(s, Channel::Referred);
    "offers_per_interview", "share", "offers of interviews at vacancies, all channels", |s| ratio(s.period.offers.iter().sum(), s.period.interviews.iter().sum());
    "applicants_per_hire", "requests", "requests of all channels per hire by a decision-maker", applicants_per_hire;
    "contact_share", "share", "hires through leads, introductions free of charge and friends' forms, of all hires", contact_share;
    "referral_ratio", "ratio", "hires per introduction free of charge over hires per cold application", referral_ratio;
    "referred_separation_gap", "ratio − 1", "weekly chance that a job ends, at hire: introduced free of charge against cold", |s| Some(ratio(ratio(s.period.separation_at_hire[2], channel(&s.period.hires, Channel::Organic))?, ratio(s.period.separation_at_hire[0], channel(&s.period.hires, Channel::Cold))?)? - 1.0);
    "unread_share", "share", "of all requests, those that decision-makers left unread", |s| ratio(s.period.unread, s.period.requests.iter().sum());
    "asks", "requests", "times that a seeker asked an introducer he knows", |s| Some(s.period.asks);
    "helped_share", "share", "asks that led to a request", |s| ratio(s.period.helped, s.period.asks);
    "applicants", "people", "applications to sellers", |s| Some(s.period.applicants.n);
    "new_clients", "people", "applicants who became clients", |s| Some(s.period.new_clients.n);
    "held_out", "people", "accepted and turned away by lot", |s| Some(s.period.held_out);
    "accepted_share", "share", "accepted, treated or held out, of applicants", |s| ratio(s.period.new_clients.n + s.period.held_out, s.period.applicants.n);
    "applicants_ability", "sd", "mean true ability of applicants to sellers", |s| ability(&s.period.applicants);
    "clients_ability", "sd", "mean true ability of new clients", |s| ability(&s.period.new_clients);
    "clients_weeks_out", "weeks", "mean weeks out of work of new clients who are", |s| ratio(s.period.new_clients.weeks_out, s.period.new_clients.n_out);
    "clients_contacts", "people", "mean contacts of new clients", |s| ratio(s.period.new_clients.contacts, s.period.new_clients.n);
    "share_served", "share", "of seekers, those represented by a seller, mean over weeks", |s| ratio(s.period.clients, s.period.pool.n);
    "goodwill", "share", "mean goodwill of the ties of those who have ever sold, of all ties where nobody may", |s| ratio(s.period.ties[1], s.period.ties[0]);
    "trust_organic", "sd", "mean trust in those who do not pay, same ties", |s| ratio(s.period.ties[2], s.period.ties[0]);
    "blocked_share", "share", "blocked of the same ties", |s| ratio(s.period.ties[4], s.period.ties[0]);
    "active_share", "share", "of all introducers, those who sell; empty where nobody may", |s| if s.scenario.may_sell() { ratio(s.period.active[0], f64::from(s.scenario.introducers.count) * f64::from(s.period.weeks)) } else { None };
    "hours", "hours", "hours of all sellers", |s| Some(s.period.hours.total());
    "hours_open", "hours", "hours of being open, of all sellers", |s| Some(s.period.open_hours);
    "time_dollars", "dollars", "hours worked and open, at what an hour would be worth elsewhere to each seller if nobody sold", |s| Some(s.period.time);
    "livelihood_dollars", "dollars", "of that, what an hour is no longer worth elsewhere because sellers' ties have lost goodwill", |s| Some(s.period.livelihood);
    "hours_per_placement", "hours", "sellers' hours per placement; empty without one", |s| ratio(s.period.hours.total(), placements(s));
    "fees_dollars", "dollars", "paid to sellers", |s| Some(s.period.flows.fees);
    "refunds_dollars", "dollars", "paid back by sellers", |s| Some(s.period.flows.refunds);
    "refunds_lost_dollars", "dollars", "refunds due that no account could pay", |s| Some(s.period.refunds_lost);
    "costs_dollars", "dollars", "paid by sellers to others", |s| Some(s.period.flows.costs);
    "social_capital_dollars", "dollars", "social capital spent: goodwill by which sellers' ties fell behind the organic fork, at its value", |s| Some(s.period.flows.social_capital);
    "fee_per_placement", "dollars", "fees per placement", |s| ratio(s.period.flows.fees, placements(s));
    "social_capital_per_placement", "dollars", "social capital spent per placement", |s| ratio(s.period.flows.social_capital, placements(s));
    "social_capital_per_fee_dollar", "dollars", "social capital spent per dollar of fees", |s| ratio(s.period.flows.social_capital, s.period.flows.fees);
    "profit_hour_without", "dollars", "takings per seller's hour, social capital not counted", |s| ratio(takings(s), s.period.hours.total());
    "profit_hour_held", "dollars", "takings per hour that a seller works or is open, social capital not counted", |s| ratio(takings(s), s.period.hours.total() + s.period.open_hours);
    "profit_hour_with", "dollars", "takings per seller's hour, social capital counted", |s| ratio(takings(s) - s.period.flows.social_capital, s.period.hours.total());
    "sellers_profit_dollars", "dollars", "profit of all who sell or sold: takings less hours worked and open at what they are worth elsewhere, and social capital", |s| Some(profit(&s.period));
    "heard", "times", "times that a decision-maker heard from another how a client did with her", |s| Some(s.period.heard.iter().sum());
    "goodwill_lost_by_word", "goodwill", "goodwill that such news took, less what it brought, before it is held within 0 and 1", |s| Some(super::weekly::lost_by_word(&s.scenario, s.period.heard));
    "rating", "share", "mean rating of active sellers", |s| ratio(s.period.active[1], s.period.active[0]);
    "shams", "meetings", "introductions staged with an actor", |s| Some(s.period.shams.0);
    "sham_fees_dollars", "dollars", "paid by clients for shams", |s| Some(s.period.sham_fees);
    "shams_found_out", "meetings", "of these, found out", |s| Some(s.period.shams.1);
    "mandates", "vacancies", "vacancies for which an employer engaged a seller", |s| Some(s.period.mandates);
    "mandates_filled_share", "share", "hires on submissions per vacancy for which a seller was engaged", |s| ratio(channel(&s.period.hires, Channel::Submitted), s.period.mandates);
    "placed_ability", "sd", "mean true ability of those placed by sellers, whoever pays", |s| ability(&s.period.placed);
    "placed_employed_share", "share", "of those placed by sellers, those who had a job", |s| ratio(s.period.placed.n - s.period.placed.n_out, s.period.placed.n);
    "placed_not_looking_share", "share", "of those placed by sellers, those who had a job and had not looked", |s| ratio(s.period.placed_not_looking, s.period.placed.n);
    "askers_helped_share", "share", "of those who asked a seller whom employers pay, those ever submitted by him", |s| employers_only(s, s.period.askers.0);
    "askers_placed_share", "share", "of those who asked a seller whom employers pay, those placed by him", |s| employers_only(s, s.period.askers.1);
    "coached", "people", "seekers who paid for coaching", |s| Some(s.period.coached[0]);
    "coach_held_out", "people", "seekers who wanted coaching and were turned away by lot", |s| Some(s.period.coached[1]);
    "coaching_rating", "difference of shares", "what coaching is known to do, mean over weeks: share with work within 26 weeks, coached less those turned away by lot", |s| ratio(s.period.coaching_rating.0, s.period.coaching_rating.1);
    "friend_form_share", "share", "of friends asked for a form, those who handed one in", |s| ratio(channel(&s.period.requests, Channel::Referred), s.period.form_asks[0]);
    "stranger_form_share", "share", "of employees offered the price, those who handed in a form", |s| ratio(channel(&s.period.requests, Channel::Stranger), s.period.form_asks[1]);
    "friend_form_ability", "sd", "mean true ability of those for whom friends handed in forms", |s| ratio(s.period.form_ability[0], channel(&s.period.requests, Channel::Referred));
    "stranger_form_ability", "sd", "mean true ability of those for whom strangers handed in forms", |s| ratio(s.period.form_ability[1], channel(&s.period.requests, Channel::Stranger));
    "employer_fees_dollars", "dollars", "fees that employers paid to sellers; part of fees_dollars", |s| Some(s.period.transfers.employer_fees);
    "bonuses_dollars", "dollars", "bonuses that employers paid for hires on forms", |s| Some(s.period.transfers.bonuses);
    "forms_dollars", "dollars", "prices that seekers paid to employees for forms", |s| Some(s.period.transfers.forms);
    "coaching_dollars", "dollars", "prices that seekers paid for coaching", |s| Some(s.period.transfers.coaching);
    "fee_per_client_year", "dollars", "fees per year of one client represented; empty where nobody is", |s| ratio(s.period.flows.fees * 52.0, s.period.clients);
    "introductions_promised", "introductions", "introductions that new clients were told to expect", |s| Some(s.period.promised);
    "introductions_made", "introductions", "meetings held with clients", |s| Some(channel(&s.period.met, Channel::Paid));
    "decision_makers_gain_paid", "dollars", "value of hires by true quality less cost of meetings and what she feels of fees, hires on sellers' requests", |s| Some(s.period.welfare[0]);
    "welfare_workers", "dollars a worker and year", "income less fees and coaching, refunds and bonuses added", |s| per_worker_year(s, s.period.welfare[2] - workers_spent(s));
    "welfare_decision_makers", "dollars a worker and year", "value of hires by true quality less cost of meetings, fees and bonuses paid by employers", |s| per_worker_year(s, s.period.welfare[1] - s.period.transfers.employer_fees - s.period.transfers.bonuses);
    "welfare_sellers", "dollars a worker and year", "fees less refunds, costs, hours and social capital", |s| per_worker_year(s, profit(&s.period));
];

/// Fees less refunds (paid and newly expected), costs, hours worked and open at what they are worth elsewhere, and
/// social capital.
fn profit(period: &Period) -> f64 {
    let f = &period.flows;
    f.fees - f.refunds - f.costs - period.liability - period.time - f.social_capital
}

/// How large the market is, over the judged weeks; empty cells where nobody may sell.
pub const SIZE: &[Measure<Span>] = measures_judged![
    "placements_per_10000", "placements", "placements by sellers, whoever pays, per 10,000 workers and year", |s| per_10000(s, 52.0 * placements(s));
    "placements_share", "share", "placements by sellers, whoever pays, of all hires", |s| if s.scenario.may_sell() { ratio(placements(s), s.period.hires.iter().sum()) } else { None };
    "full_time_per_10000", "people", "hours worked and open over weeks of 40 hours, per 10,000 workers", |s| per_10000(s, (s.period.hours.total() + s.period.open_hours) / 40.0);
    "sellers_per_10000", "people", "introducers who sell, per 10,000 workers", |s| per_10000(s, s.period.active[0]);
    "began_per_10000", "people", "introducers who began to sell, per 10,000 workers and year", |s| per_10000(s, 52.0 * s.period.began);
    "placements_per_seller", "placements", "placements a year of one who sells", |s| ratio(52.0 * placements(s), s.period.active[0]);
    "entered_share", "ratio", "introducers who began to sell in a year, of those who sell", |s| ratio(52.0 * s.period.began, s.period.active[0]);
    "left_share", "ratio", "sellers who stopped in a year, of those who sell", |s| ratio(52.0 * s.period.stopped, s.period.active[0]);
    "represented_share", "share", "searches for which a seller signed the person, of all that began", |s| represented(s, &[0, 1, 2]);
    "represented_low", "share", "the same of the least able third of the workforce", |s| represented(s, &[0]);
    "represented_middle", "share", "the same of the middle third", |s| represented(s, &[1]);
    "represented_high", "share", "the same of the most able third", |s| represented(s, &[2]);
    "asked_and_placed_share", "share", "searches that ended with a placement by a seller whom the seeker had asked, of all that began", asked_and_placed;
    "ties_lost_share", "share", "blocked of the ties of those who have ever sold, less those blocked in the organic fork", |s| ratio(s.period.ties[4] - s.period.ties[5], s.period.ties[0]);
    "stopped_per_10000", "people", "sellers who stopped, per 10,000 workers and year", |s| per_10000(s, 52.0 * s.period.stopped);
];

/// A sum over weeks per 10,000 workers and week; none where nobody may sell.
fn per_10000(s: &Span, sum: f64) -> Option<f64> {
    if s.scenario.may_sell() { ratio(10_000.0 * sum, s.period.workers) } else { None }
}

/// Share of the searches of some thirds that sellers represented; none where nobody may sell.
fn represented(s: &Span, thirds: &[usize]) -> Option<f64> {
    let of = |counts: &[f64; 3]| thirds.iter().map(|&third| counts[third]).sum::<f64>();
    if s.scenario.may_sell() { ratio(of(&s.period.represented), of(&s.period.searches)) } else { None }
}

/// Where seekers pay, all who are placed had asked.
fn asked_and_placed(s: &Span) -> Option<f64> {
    let placed = match s.scenario.contract.payer {
        Payer::Employer => s.period.askers.1,
        Payer::Seeker => channel(&s.period.hires, Channel::Paid),
    };
    if s.scenario.may_sell() { ratio(placed, s.period.searches.iter().sum()) } else { None }
}

/// A number per asker, where employers pay.
fn employers_only(s: &Span, number: f64) -> Option<f64> {
    if s.scenario.contract.payer == Payer::Employer { ratio(number, s.period.applicants.n) } else { None }
}

fn applicants_per_hire(s: &Span) -> Option<f64> {
    let inside = s.period.hires.iter().sum::<f64>() - channel(&s.period.hires, Channel::Lead);
    ratio(s.period.requests.iter().sum(), inside)
}

fn contact_share(s: &Span) -> Option<f64> {
    let hires = &s.period.hires;
    let contacts = [Channel::Lead, Channel::Organic, Channel::Referred].map(|c| channel(hires, c));
    ratio(contacts.iter().sum(), hires.iter().sum())
}

fn referral_ratio(s: &Span) -> Option<f64> {
    hire_ratio(s, Channel::Organic)
}

/// Hires per request of a channel over hires per cold application.
fn hire_ratio(s: &Span, of: Channel) -> Option<f64> {
    let per = |c| ratio(channel(&s.period.hires, c), channel(&s.period.requests, c));
    ratio(per(of)?, per(Channel::Cold)?)
}

/// Numbers of a whole history.
pub const ONCE: &[Measure<History>] = measures![
    "tie_half_life", "weeks", "median life of the sellers' ties to a block (Kaplan–Meier); empty if fewer than half were blocked", tie_half_life;
    "bombarded_half_life", "weeks", "the same of one tie of each seller, that which a bombardment goes through, from the opening on", bombarded_half_life;
    "market_end_week", "weeks", "first week in which nobody sells; empty if somebody does to the end", market_end_week;
    "least_wage", "dollars", "what an hour is worth elsewhere to the introducer to whom it is worth least: the first to sell; empty where nobody may", least_wage;
    "clients_rank_p10", "share", "tenth percentile of new clients' rank in ability, where 0.5 is the median worker", clients_rank;
    "weeks_to_job_bought", "weeks", "mean length of searches that ended with a job, of sampled workers who bought", |history| search_length(history, true);
    "weeks_to_job_networked", "weeks", "the same of those who did not buy and network more than the median", |history| search_length(history, false);
];

/// Median life of ties that belong to sellers; of the followed ones where nobody sells.
fn tie_half_life(history: &History) -> Option<f64> {
    let sold = history.world.ever_sold().next().is_some();
    let lives = history.record.tie_lives.iter().filter(|life| life.seller || !sold);
    let lives: Vec<_> = lives
        .map(|life| Duration {
            time: f64::from(life.end - life.start),
            ended: life.blocked,
            cluster: life.introducer as usize,
        })
        .collect();
    median(&lives)
}

/// Median life, from the opening on, of the tie of each seller that a bombardment goes through.
fn bombarded_half_life(history: &History) -> Option<f64> {
    let (world, opened) = (&history.world, history.opening.week);
    let life_of = |seller: usize| {
        let introducer = IntroducerId::new(seller);
        let decision_maker = world.ties.decision_maker[target(world, introducer)?.at()].0;
        let own = |life: &&TieLife| (life.introducer, life.decision_maker) == (introducer.0, decision_maker);
        let first = history.record.tie_lives.iter().filter(own).min_by_key(|life| life.life)?;
        let time = f64::from(first.end - first.start.max(opened));
        Some(Duration { time, ended: first.blocked, cluster: seller })
    };
    median(&world.ever_sold().filter_map(life_of).collect::<Vec<_>>())
}

fn median(lives: &[Duration]) -> Option<f64> {
    match KaplanMeier::independent(lives, 0.95)?.median() {
        Median { value: Some(weeks), .. } => Some(weeks),
        Median { value: None, .. } => None,
    }
}

fn market_end_week(history: &History) -> Option<f64> {
    history.world.ever_sold().next()?;
    let last = history.weeks.iter().rposition(|week| week.sellers.active > 0).map_or(0, |week| week + 1);
    let market = history.world.market.as_ref()?;
    // One who stopped in a week still counted in it.
    if last < history.weeks.len() || market.n_active() == 0 {
        Some(f64::from(crate::ids::row(last)))
    } else {
        None
    }
}

fn least_wage(history: &History) -> Option<f64> {
    history.world.market.as_ref()?.sellers.iter().map(|seller| seller.wage).reduce(f64::min)
}

fn clients_rank(history: &History) -> Option<f64> {
    let ranks: Vec<f64> =
        history.record.clients.iter().map(|&(_, ability)| maths::normal_below(ability)).collect();
    stats::quantile(&ranks, 0.1)
}

fn search_length(history: &History, bought: bool) -> Option<f64> {
    let found =
        history.record.spells.iter().filter(|s| matches!(s.ending, Ending::Hired(_)) && s.bought == bought);
    let found: Vec<f64> =
        found.filter(|s| bought || s.networking > 1.0).map(|s| f64::from(s.end - s.start)).collect();
    stats::mean_interval(&found, 0.95).map(|e| e.value)
}

impl Summary {
    /// Reduces a history.
    #[must_use]
    pub fn of(scenario: &Scenario, history: &History) -> Self {
        let weeks = &history.weeks;
        let judged = &weeks[weeks.len() - verdict::judged_weeks(weeks.len())..];
        let span = |weeks| Span { period: Period::of(weeks), scenario: scenario.clone() };
        Self {
            all: span(weeks),
            judged: span(judged),
            arms: Arms::of(history.world.market.iter().flat_map(|m| &m.cohort)),
            coached: Arms::of(
                history.world.market.iter().flat_map(|m| &m.coaching.cohort).map(|c| &c.member),
            ),
            newcomers: Newcomers::of(scenario, history),
            once: ONCE.iter().map(|measure| (measure.of)(history)).collect(),
        }
    }

    /// Values of [`OVER_WEEKS`] over all weeks, then over the judged ones, then of [`SIZE`], of [`ONCE`] and of
    /// [`LOTTERIES`] and of [`NEWCOMERS`].
    #[must_use]
    pub fn values(&self) -> Vec<Option<f64>> {
        let over =
            |span: &Span, which: usize| OVER_WEEKS.iter().map(|twice| (twice[which].of)(span)).collect();
        let mut values: Vec<Option<f64>> = over(&self.all, 0);
        values.extend::<Vec<_>>(over(&self.judged, 1));
        values.extend(SIZE.iter().map(|m| (m.of)(&self.judged)));
        values.extend(self.once.iter().copied());
        values.extend(LOTTERIES.iter().map(|m| (m.of)(self)));
        values.extend(NEWCOMERS.iter().map(|m| (m.of)(self)));
        values
    }
}

/// The lotteries of one replication.
pub const LOTTERIES: &[Measure<Summary>] = measures![
    "gain_treated_sum", "years' salary", "sum over represented clients of (52-week income − fees + refunds)/usual salary", |s| Some(s.arms.treated.0);
    "gain_treated_n", "people", "represented clients followed for 52 weeks", |s| Some(s.arms.treated.1);
    "gain_held_out_sum", "years' salary", "the same sum over those turned away by lot", |s| Some(s.arms.held_out.0);
    "gain_held_out_n", "people", "turned away by lot and followed for 52 weeks", |s| Some(s.arms.held_out.1);
    "clients_gain", "years' salary", "difference of the two means; empty if one has nobody", |s| s.arms.gain();
    "coaching_treated_sum", "years' salary", "the sum of clients over the coached", |s| Some(s.coached.treated.0);
    "coaching_treated_n", "people", "coached and followed for 52 weeks", |s| Some(s.coached.treated.1);
    "coaching_held_out_sum", "years' salary", "the same sum over those turned away by the coaches' lot", |s| Some(s.coached.held_out.0);
    "coaching_held_out_n", "people", "turned away by the coaches' lot and followed for 52 weeks", |s| Some(s.coached.held_out.1);
    "coaching_gain", "years' salary", "difference of the two means; empty if one has nobody", |s| s.coached.gain();
];

/// What selling brought those who began from 40 % of the weeks on, early enough to be followed for 104 weeks; empty where
/// nobody may sell or the run is too short.
pub const NEWCOMERS: &[Measure<Summary>] = measures![
    "entrants", "people", "introducers who began to sell from 40 % of the weeks on, early enough to be followed for 104 weeks", |s| newcomers(s, s.newcomers.n);
    "entrants_net_dollars", "dollars", "what 104 weeks from then on left them, whether they stopped or not: fees less refunds (paid and newly expected), costs, hours worked and open at what they would be worth elsewhere if nobody sold, and social capital as far as sellers look ahead", |s| newcomers(s, s.newcomers.net);
    "entrants_weeks", "weeks", "weeks of these in which they sold", |s| newcomers(s, s.newcomers.weeks);
    "everybody_net_dollars", "dollars", "the same net of all who sold in the weeks in which these began", |s| newcomers(s, s.newcomers.everybody_net);
    "everybody_weeks", "weeks", "weeks in which they sold", |s| newcomers(s, s.newcomers.everybody_weeks);
];

fn newcomers(s: &Summary, number: f64) -> Option<f64> {
    s.judged.scenario.may_sell().then_some(number)
}

/// Name, unit and meaning of each of [`Summary::values`], in order.
#[must_use]
pub fn columns() -> Vec<(&'static str, &'static str, &'static str)> {
    let over = OVER_WEEKS.iter().map(|[all, _]| all.column());
    let judged = OVER_WEEKS.iter().map(|[_, judged]| judged.column());
    let size = SIZE.iter().map(Measure::column);
    let once = ONCE.iter().map(Measure::column);
    let lotteries = LOTTERIES.iter().map(Measure::column);
    let newcomers = NEWCOMERS.iter().map(Measure::column);
    over.chain(judged).chain(size).chain(once).chain(lotteries).chain(newcomers).collect()
}
