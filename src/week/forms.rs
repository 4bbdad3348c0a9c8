//! Referral forms: employees hand in names at the firm they work for. Steps after networking,
//! paying and learning.
//!
//! Who acts: seekers who ask friends, or strangers whom they pay; the employees asked. Reads: friendships, jobs,
//! vacancies, résumés. Writes: requests; then money, running shares,
//! trust in forms.
//! Draws: `AskFriend` and `FriendsLook` by (seeker, friend); `ConsiderForm` by 64 seekers at once; `Form` by seeker;
//! `Insider` by (seeker, decision-maker); `Exposed` by (decision-maker, seeker).
//! Keeps: an employee decides as an introducer does: thanks or a price, a bonus if it works, his standing, his time. Of a
//! stranger he sees the résumé and no more; a decision-maker who finds that forms are sold honours strangers' no more.
//! Source: Fernandez, Castilla and Moore (2000), *American Journal of Sociology* 105(5), for the programme; the rule is
//! our assumption.

use super::diary::{Event, Who};
use super::pipeline::{Form, Meeting, Request};
use super::prospect::expected_goodwill;
use super::search::{closest_of, level_sought, reservation, wages_gained_by_finding_sooner};
use super::tally::Channel;
use super::{Step, looks, telling};
use crate::beliefs::{Belief, running_mean, running_share};
use crate::ids::{self, TieId};
use crate::streams::{self, Purpose};
use crate::world::bits::members;
use crate::world::institutions::{FormOf, Forms};
use crate::world::ledger::{self, Party, Reason, Transfer};
use crate::world::ties::Trust;

/// Hours in a working year: what an employee's salary is paid for.
const HOURS_A_YEAR: f64 = 2_080.0;

pub(super) fn run(step: &mut Step<'_>) {
    let Some(market) = step.world.market.take() else { return };
    for word in 0..step.world.workers.unemployed.n_words() {
        let seekers = step.world.workers.unemployed.word(word) | step.world.workers.looking.word(word);
        for lane in members(seekers) {
            ask_friends(step, &market.forms, word * 64 + lane);
        }
    }
    if step.scenario.referral.stranger_price > 0.0 && step.world.decision_makers.open.count() > 0 {
        step.pipeline.list_employees(&step.world.workers.employer, step.world.decision_makers.len());
        let head = step.world.draws.head(Purpose::ConsiderForm, step.world.week);
        for word in 0..step.world.workers.unemployed.n_words() {
            let seekers = step.world.workers.unemployed.word(word);
            let considering = head.gates_among(ids::row(word), step.rules.consider, seekers);
            for lane in members(considering) {
                ask_stranger(step, &market.forms, word * 64 + lane);
            }
        }
    }
    step.world.market = Some(market);
}

/// A seeker asks each friend who works where a fitting vacancy is.
fn ask_friends(step: &mut Step<'_>, forms: &Forms, worker: usize) {
    let friends = std::sync::Arc::clone(&step.world.friends);
    let sought = level_sought(step.scenario, step.rules, &step.world.workers, worker, step.world.week);
    let lowest = reservation(step.scenario, step.rules, &step.world.workers, worker, step.world.week);
    for &friend in friends.of(worker) {
        let (world, table) = (&*step.world, &step.world.decision_makers);
        let employer = world.workers.employer[friend as usize];
        if !employer.is_some() || !table.open.has(employer.at()) {
            continue;
        }
        let row = employer.at();
        let near = (table.level[row] - sought).abs() <= step.scenario.introducers.level_window;
        let luck = world.draws.at(Purpose::AskFriend, world.week, ids::row(worker), friend);
        let fits = near && table.salary[row] >= lowest && !table.has_met(row, worker);
        if fits && luck.yes(step.scenario.contacts.ask_rate) {
            let belief = looks::through_friends_eyes(step.scenario, world, worker, friend);
            let (decision_maker, worker) = (ids::row(row), ids::row(worker));
            let ask = Form { decision_maker, worker, insider: friend, form: FormOf::Friend };
            decide(step, forms, ask, belief);
        }
    }
}

/// A seeker offers the price to somebody who works where he would like to.
fn ask_stranger(step: &mut Step<'_>, forms: &Forms, worker: usize) {
    let (world, week) = (&*step.world, step.world.week);
    let price = step.scenario.referral.stranger_price;
    let affordable = world.workers.savings_cents[worker] >= ledger::cents(price);
    if !affordable || forms.rating * wages_gained_by_finding_sooner(step, worker) <= price {
        return;
    }
    let sought = level_sought(step.scenario, step.rules, &world.workers, worker, week);
    let lowest = reservation(step.scenario, step.rules, &world.workers, worker, week);
    let luck = world.draws.at(Purpose::Form, week, ids::row(worker), 0);
    let (vacancies, compared) = (&step.pipeline.vacancies, step.scenario.search.vacancies_compared);
    let (_, target) =
        vacancies.offers[closest_of(&vacancies.levels, &mut luck.numbers(), compared, sought) as usize];
    let row = target as usize;
    if world.decision_makers.salary[row] < lowest || world.decision_makers.has_met(row, worker) {
        return;
    }
    let employees = step.pipeline.employees_of(row);
    if employees.is_empty() {
        return;
    }
    let luck = world.draws.at(Purpose::Insider, week, ids::row(worker), target);
    let insider = employees[streams::below(luck.sub(0), ids::row(employees.len())) as usize];
    if world.friends.of(worker).contains(&insider) {
        return;
    }
    let belief = looks::by_resume(step.scenario, world, worker);
    let ask = Form { decision_maker: target, worker: ids::row(worker), insider, form: FormOf::Stranger };
    decide(step, forms, ask, belief);
}

/// The employee hands in the form if that is worth his time and his standing.
fn decide(step: &mut Step<'_>, forms: &Forms, ask: Form, belief: Belief) {
    let form = ask.form;
    step.tally.form_asks[form as usize] += 1;
    let (i, referral) = (&step.scenario.introducers, &step.scenario.referral);
    let margin = belief.mean - step.world.decision_makers.bar[ask.decision_maker as usize];
    let pass = step.rules.interview.chance_to_pass(margin, belief.variance);
    let acceptance = forms.acceptance[form as usize];
    let hired = acceptance * pass * forms.conversion[form as usize];
    let thanks = if form == FormOf::Friend { i.gratitude } else { referral.stranger_price };
    let hour = step.world.workers.salary[ask.insider as usize] / HOURS_A_YEAR;
    let standing = i.goodwill_value * expected_goodwill(step.scenario, acceptance, pass);
    let agrees = thanks + referral.employee_bonus * hired + standing - i.help_hours * hour >= 0.0;
    let who = Who::worker(ask.worker as usize).at(ids::DecisionMakerId(ask.decision_maker));
    step.record.emit(step.world.week, who, Event::AsksForForm { form, insider: ask.insider, agrees });
    if !agrees {
        return;
    }
    let channel = if form == FormOf::Friend { Channel::Referred } else { Channel::Stranger };
    let Form { decision_maker, worker, .. } = ask;
    step.tally.requests[channel as usize] += 1;
    step.tally.form_ability[form as usize] += step.world.workers.true_ability[worker as usize];
    step.pipeline.requests.push(Request { decision_maker, worker, channel, tie: TieId::NONE });
    step.pipeline.forms.push(ask);
}

/// Prices of strangers' forms are paid, then bonuses for hires on forms.
pub(super) fn pay(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    let earlier = market.ledger.transfers.len();
    let price = ledger::cents(step.scenario.referral.stranger_price);
    for position in 0..step.pipeline.forms.len() {
        let form = step.pipeline.forms[position];
        let workers = &mut step.world.workers;
        let worker = form.worker as usize;
        if form.form != FormOf::Stranger || price == 0 || workers.savings_cents[worker] < price {
            continue;
        }
        workers.savings_cents[worker] -= price;
        workers.paid_cents[worker] += price;
        step.tally.transfers.forms += ledger::dollars(price);
        market.ledger.transfer(Transfer {
            from: Party::Seeker(form.worker),
            to: Party::Employee(form.insider),
            reason: Reason::Form,
            cents: price,
        });
    }
    let bonus = ledger::cents(step.scenario.referral.employee_bonus);
    for position in 0..step.pipeline.hires.len() {
        let request = step.pipeline.meetings[step.pipeline.hires[position] as usize].request;
        let Some(form) = request.channel.form().filter(|_| bonus > 0) else { continue };
        let own = step.pipeline.forms.iter().filter(|f| {
            f.form == form && f.worker == request.worker && f.decision_maker == request.decision_maker
        });
        let insider = own.map(|f| f.insider).min().expect("a form was handed in, promised by networking");
        step.tally.transfers.bonuses += ledger::dollars(bonus);
        market.ledger.transfer(Transfer {
            from: Party::Employer(request.decision_maker),
            to: Party::Employee(insider),
            reason: Reason::Bonus,
            cents: bonus,
        });
    }
    telling::transfers(step, &market, earlier);
    step.world.market = Some(market);
}

/// Trust in forms learns from the week's meetings and fades; so do running shares, and the rating of strangers' forms.
pub(super) fn learn(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    let forms = &mut market.forms;
    for meeting in &step.pipeline.meetings {
        if let Some(form) = meeting.request.channel.form() {
            teach(step, forms, meeting, form);
        }
    }
    count(step, forms);
    fade(step, forms);
    step.world.market = Some(market);
}

/// Running shares of forms, and the rating of strangers' forms.
fn count(step: &Step<'_>, forms: &mut Forms) {
    for (channel, form) in [(Channel::Referred, FormOf::Friend), (Channel::Stranger, FormOf::Stranger)] {
        let requests = step.pipeline.requests.iter().filter(|r| r.channel == channel).count();
        let (mut met, mut passed, mut hired) = (0, 0, 0);
        for (position, meeting) in step.pipeline.meetings.iter().enumerate() {
            if meeting.request.channel == channel {
                let is_hire = step.pipeline.hires.contains(&ids::row(position));
                met += 1;
                passed += u32::from(meeting.passed() && meeting.vacant);
                hired += u32::from(is_hire);
            }
        }
        let weight = step.scenario.sellers.experience_weight;
        let row = form as usize;
        forms.acceptance[row] = running_share(forms.acceptance[row], weight, (ids::row(requests), met));
        forms.conversion[row] = running_share(forms.conversion[row], weight, (passed, hired));
        if form == FormOf::Stranger && requests > 0 {
            let n = ids::row(requests);
            let weight = step.scenario.buyers.rating_weight;
            forms.rating = running_mean(forms.rating, weight, n, f64::from(hired) / f64::from(n));
        }
    }
}

/// Trust in forms fades like any other.
fn fade(step: &Step<'_>, forms: &mut Forms) {
    let s = &step.scenario.beliefs;
    let rests = [s.trust_mean, step.world.applicants.mean];
    for (trusts, mean) in forms.trust.iter_mut().zip(rests) {
        for trust in trusts {
            trust.fade(Trust { mean, precision: s.trust_precision }, s.trust_fade);
        }
    }
}

/// She has met somebody who came by a form, and learns what forms through this door are worth; where nobody tells her
/// that forms are sold, she may find out.
fn teach(step: &Step<'_>, forms: &mut Forms, meeting: &Meeting, form: FormOf) {
    let (scenario, row) = (step.scenario, meeting.request.decision_maker as usize);
    if forms.is_no_more_than_applied(form, row) {
        return;
    }
    forms.trust[Forms::belief_about(scenario, form)][row].learn(meeting.shown, step.rules.source_look);
    if form == FormOf::Stranger && !scenario.disclosure.payment_known {
        let (week, worker) = (step.world.week, meeting.request.worker);
        let luck = step.world.draws.at(Purpose::Exposed, week, meeting.request.decision_maker, worker);
        if luck.yes(scenario.sham.found_out) {
            forms.exposed.set(row, true);
        }
    }
}
