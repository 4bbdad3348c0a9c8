//! Referral forms: employees hand in names at the firm they work for. Part of networking, paying and learning.
//!
//! Who acts: seekers who ask friends, or strangers whom they pay; the employees asked. Reads: friendships, jobs,
//! vacancies, résumés. Writes: requests; then money, running shares, trust in forms.
//! Draws: `AskFriend` and `FriendsLook` by (seeker, friend); `ConsiderForm` by 64 seekers at once; `Form` by seeker;
//! `Insider` by (seeker, decision-maker); `Exposed` by (decision-maker, seeker).
//! Keeps: an employee decides as an introducer does: thanks or a price, a bonus if it works, his standing, his time. Of a
//! stranger he sees the résumé and no more; a decision-maker who finds that forms are sold honours strangers' no more.
//! Source: Fernandez, Castilla and Moore (2000), *American Journal of Sociology* 105(5), for the programme; the rule is
//! our assumption.

use super::buying::wages_gained_by_finding_sooner;
use super::desk::{Form, Meeting, Request};
use super::diary::{What, Who};
use super::networking::expected_goodwill;
use super::search::{level_sought, reservation};
use super::tally::Channel;
use super::{Now, applications, looks};
use crate::beliefs::{Belief, running_mean};
use crate::ids::{self, TieId};
use crate::streams::{self, Purpose};
use crate::world::World;
use crate::world::bits::members;
use crate::world::institutions::{FormOf, Forms, is_programme};
use crate::world::ledger::{self, Party, Reason, Transfer};
use crate::world::market::Market;

/// Hours in a working year: what an employee's salary is paid for.
const HOURS_A_YEAR: f64 = 2_080.0;

/// Networking, at its end.
pub(super) fn run(now: &mut Now<'_>) {
    if !is_programme(now.scenario) {
        return;
    }
    let Some(market) = now.world.market.take() else { return };
    for word in 0..now.world.workers.unemployed.n_words() {
        let seekers = now.world.workers.unemployed.word(word) | now.world.workers.looking.word(word);
        for lane in members(seekers) {
            ask_friends(now, &market.forms, word * 64 + lane);
        }
    }
    if now.scenario.referral.stranger_price > 0.0 && now.world.decision_makers.open.count() > 0 {
        index_employees(now);
        let head = now.world.draws.head(Purpose::ConsiderForm, now.world.week);
        for word in 0..now.world.workers.unemployed.n_words() {
            let seekers = now.world.workers.unemployed.word(word);
            let considering = head.gates(ids::row(word), now.rules.consider);
            for lane in members(seekers & considering) {
                ask_stranger(now, &market.forms, word * 64 + lane);
            }
        }
    }
    now.world.market = Some(market);
}

/// A seeker asks each friend who works where a fitting vacancy is.
fn ask_friends(now: &mut Now<'_>, forms: &Forms, worker: usize) {
    let friends = std::sync::Arc::clone(&now.world.friends);
    let sought = level_sought(now.scenario, now.rules, &now.world.workers, worker, now.world.week);
    let lowest = reservation(now.scenario, now.rules, &now.world.workers, worker, now.world.week);
    for &friend in friends.of(worker) {
        let (world, table) = (&*now.world, &now.world.decision_makers);
        let employer = world.workers.employer[friend as usize];
        if !employer.is_some() || !table.open.has(employer.at()) {
            continue;
        }
        let row = employer.at();
        let near = (table.level[row] - sought).abs() <= now.scenario.introducers.level_window;
        let luck = world.draws.at(Purpose::AskFriend, world.week, ids::row(worker), friend);
        let fits = near && table.salary[row] >= lowest && !table.has_met(row, worker);
        if fits && luck.yes(now.scenario.contacts.ask_rate) {
            let belief = looks::through_friends_eyes(now.scenario, world, worker, friend);
            let (decision_maker, worker) = (ids::row(row), ids::row(worker));
            let ask = Form { decision_maker, worker, insider: friend, form: FormOf::Friend };
            decide(now, forms, ask, belief);
        }
    }
}

/// A seeker offers the price to somebody who works where he would like to.
fn ask_stranger(now: &mut Now<'_>, forms: &Forms, worker: usize) {
    let (world, week) = (&*now.world, now.world.week);
    let price = now.scenario.referral.stranger_price;
    let affordable = world.workers.savings_cents[worker] >= ledger::cents(price);
    if !affordable || forms.rating * wages_gained_by_finding_sooner(now, worker) <= price {
        return;
    }
    let sought = level_sought(now.scenario, now.rules, &world.workers, worker, week);
    let lowest = reservation(now.scenario, now.rules, &world.workers, worker, week);
    let luck = world.draws.at(Purpose::Form, week, ids::row(worker), 0);
    let (vacancies, compared) = (&now.desk.vacancies, now.scenario.search.vacancies_compared);
    let (_, target) =
        vacancies.offers[applications::closest_of(vacancies, &mut luck.numbers(), compared, sought)];
    let row = target as usize;
    if world.decision_makers.salary[row] < lowest || world.decision_makers.has_met(row, worker) {
        return;
    }
    let own = now.desk.employees_from[row] as usize..now.desk.employees_from[row + 1] as usize;
    let employees = &now.desk.employees[own];
    if employees.is_empty() {
        return;
    }
    let luck = world.draws.at(Purpose::Insider, week, ids::row(worker), target);
    let insider = employees[streams::below(luck.sub(0), ids::row(employees.len())) as usize];
    if world.friends.of(worker).contains(&insider) {
        return;
    }
    let belief = looks::by_resume(now.scenario, world, worker);
    let ask = Form { decision_maker: target, worker: ids::row(worker), insider, form: FormOf::Stranger };
    decide(now, forms, ask, belief);
}

/// The employee hands in the form if that is worth his time and his standing.
fn decide(now: &mut Now<'_>, forms: &Forms, ask: Form, belief: Belief) {
    let form = ask.form;
    now.tally.form_asks[form as usize] += 1;
    let (i, referral) = (&now.scenario.introducers, &now.scenario.referral);
    let margin = belief.mean - now.world.decision_makers.bar[ask.decision_maker as usize];
    let pass = now.rules.interview.chance_to_pass(margin, belief.variance);
    let acceptance = forms.acceptance[form as usize];
    let hired = acceptance * pass * forms.conversion[form as usize];
    let thanks = if form == FormOf::Friend { i.gratitude } else { referral.stranger_price };
    let hour = now.world.workers.salary[ask.insider as usize] / HOURS_A_YEAR;
    let standing = i.goodwill_value * expected_goodwill(now.scenario, acceptance, pass);
    let agrees = thanks + referral.employee_bonus * hired + standing - i.help_hours * hour >= 0.0;
    let who = Who::worker(ask.worker as usize).at(ids::DecisionMakerId(ask.decision_maker));
    now.record.tell(now.world.week, who, What::AsksForForm { form, insider: ask.insider, agrees });
    if !agrees {
        return;
    }
    let channel = if form == FormOf::Friend { Channel::Referred } else { Channel::Stranger };
    let Form { decision_maker, worker, .. } = ask;
    now.tally.requests[channel as usize] += 1;
    now.tally.form_ability[form as usize] += now.world.workers.true_ability[worker as usize];
    now.desk.requests.push(Request { decision_maker, worker, channel, tie: TieId::NONE });
    now.desk.forms.push(ask);
}

/// Lists the employees of every decision-maker, in ascending order.
fn index_employees(now: &mut Now<'_>) {
    let (from, list) = (&mut now.desk.employees_from, &mut now.desk.employees);
    let employers = &now.world.workers.employer;
    from.clear();
    from.resize(now.world.decision_makers.len() + 1, 0);
    let of = |worker: &usize| employers[*worker].is_some();
    for worker in (0..employers.len()).filter(of) {
        from[employers[worker].at() + 1] += 1;
    }
    for row in 1..from.len() {
        from[row] += from[row - 1];
    }
    list.clear();
    list.resize(from.last().map_or(0, |&n| n as usize), 0);
    for worker in (0..employers.len()).filter(of) {
        let next = &mut from[employers[worker].at()];
        list[*next as usize] = ids::row(worker);
        *next += 1;
    }
    // Each entry now points one past its last employee: shift back.
    for row in (1..from.len()).rev() {
        from[row] = from[row - 1];
    }
    from[0] = 0;
}

/// Paying: prices of strangers' forms, then bonuses for hires on forms.
pub(super) fn pay(now: &mut Now<'_>, market: &mut Market) {
    let price = ledger::cents(now.scenario.referral.stranger_price);
    for position in 0..now.desk.forms.len() {
        let form = now.desk.forms[position];
        let workers = &mut now.world.workers;
        let worker = form.worker as usize;
        if form.form != FormOf::Stranger || price == 0 || workers.savings_cents[worker] < price {
            continue;
        }
        workers.savings_cents[worker] -= price;
        workers.paid_cents[worker] += price;
        now.tally.transfers.forms += ledger::dollars(price);
        market.ledger.transfer(Transfer {
            from: Party::Seeker(form.worker),
            to: Party::Employee(form.insider),
            reason: Reason::Form,
            cents: price,
        });
    }
    let bonus = ledger::cents(now.scenario.referral.employee_bonus);
    for position in 0..now.desk.hires.len() {
        let request = now.desk.meetings[now.desk.hires[position] as usize].request;
        let Some(form) = request.channel.form().filter(|_| bonus > 0) else { continue };
        let own = now.desk.forms.iter().filter(|f| {
            f.form == form && f.worker == request.worker && f.decision_maker == request.decision_maker
        });
        let insider = own.map(|f| f.insider).min().expect("a form was handed in, promised by networking");
        now.tally.transfers.bonuses += ledger::dollars(bonus);
        market.ledger.transfer(Transfer {
            from: Party::Employer(request.decision_maker),
            to: Party::Employee(insider),
            reason: Reason::Bonus,
            cents: bonus,
        });
    }
}

/// Learning: running shares of forms, and the rating of strangers' forms.
pub(super) fn learn(now: &Now<'_>, forms: &mut Forms) {
    if !is_programme(now.scenario) {
        return;
    }
    for (channel, form) in [(Channel::Referred, FormOf::Friend), (Channel::Stranger, FormOf::Stranger)] {
        let requests = now.desk.requests.iter().filter(|r| r.channel == channel).count();
        let (mut met, mut passed, mut hired) = (0, 0, 0);
        for (position, meeting) in now.desk.meetings.iter().enumerate() {
            if meeting.request.channel == channel {
                let is_hire = now.desk.hires.contains(&ids::row(position));
                met += 1;
                passed += u32::from(meeting.passed() && meeting.vacant);
                hired += u32::from(is_hire);
            }
        }
        let weight = now.scenario.sellers.experience_weight;
        let share = super::learning::learn_share;
        let row = form as usize;
        forms.acceptance[row] = share(forms.acceptance[row], weight, (ids::row(requests), met));
        forms.conversion[row] = share(forms.conversion[row], weight, (passed, hired));
        if form == FormOf::Stranger && requests > 0 {
            let n = ids::row(requests);
            let weight = now.scenario.buyers.rating_weight;
            forms.rating = running_mean(forms.rating, weight, n, f64::from(hired) / f64::from(n));
        }
    }
}

/// Renewal: trust in forms fades like any other.
pub(super) fn fade(now: &Now<'_>, forms: &mut Forms) {
    use crate::world::ties::Trust;
    let s = &now.scenario.beliefs;
    let rests = [s.trust_mean, now.world.applicants.mean];
    for (trusts, mean) in forms.trust.iter_mut().zip(rests) {
        for trust in trusts {
            trust.fade(Trust { mean, precision: s.trust_precision }, s.trust_fade);
        }
    }
}

/// What she believes of those who come by such a form: quality minus bar, before the résumé. `None` if a form is no more
/// than an application to her.
pub(super) fn belief(
    scenario: &crate::scenario::Scenario,
    world: &World,
    decision_maker: usize,
    form: FormOf,
) -> Option<Belief> {
    let forms = &world.market.as_ref().expect("forms need a market, promised by networking").forms;
    if forms.is_no_more_than_applied(form, decision_maker) {
        return None;
    }
    let trust = forms.trust[Forms::belief_about(scenario, form)][decision_maker];
    let variance = 1.0 / trust.precision + scenario.beliefs.within_source_variance;
    Some(Belief { mean: trust.mean, variance })
}

/// Meeting: she has met somebody who came by a form, and learns what forms through this door are worth; where nobody
/// tells her that forms are sold, she may find out.
pub(super) fn teach(now: &mut Now<'_>, meeting: &Meeting, form: FormOf) {
    let (scenario, world) = (now.scenario, &mut *now.world);
    let row = meeting.request.decision_maker as usize;
    let forms = &mut world.market.as_mut().expect("forms need a market, promised by networking").forms;
    if forms.is_no_more_than_applied(form, row) {
        return;
    }
    let trust = &mut forms.trust[Forms::belief_about(scenario, form)][row];
    trust.learn(meeting.shown, now.rules.source_look);
    if form == FormOf::Stranger && !scenario.disclosure.payment_known {
        let (week, worker) = (world.week, meeting.request.worker);
        let luck = world.draws.at(Purpose::Exposed, week, meeting.request.decision_maker, worker);
        if luck.yes(scenario.sham.found_out) {
            forms.exposed.set(row, true);
        }
    }
}
