//! Phase 5: contacts fade, new ones are met, and seekers ask those they know.
//!
//! Who acts: every seeker, and the introducers asked. Reads: contacts, ties, vacancies. Writes: contacts, requests.
//! Draws: `Meet` by worker; `Ask` by (worker, introducer); `IntroducersLook` for what an introducer sees; `Fade` on meeting.
//! Keeps: an introducer filters and does not redirect; a seller does not introduce his own client for nothing.
//! Source: our assumption; that help is withheld for fear of one's name: Smith (2005), *American Journal of
//! Sociology* 111(1).

use super::desk::Request;
use super::diary::{self, Answer, What, Who};
use super::record::Crowd;
use super::search::{level_sought, reservation};
use super::tally::Channel;
use super::{Now, looks};
use crate::beliefs::Belief;
use crate::ids::{self, IntroducerId, TieId};
use crate::streams::{self, Purpose};
use crate::world::bits::members;
use crate::world::contacts::{Contact, lifetime};

pub(super) fn run(now: &mut Now<'_>) {
    if !now.world.introducers.is_empty() {
        network_all(now);
    }
    super::forms::run(now);
}

fn network_all(now: &mut Now<'_>) {
    for word in 0..now.world.workers.unemployed.n_words() {
        let seekers = now.world.workers.unemployed.word(word) | now.world.workers.looking.word(word);
        for lane in members(seekers) {
            network(now, word * 64 + lane);
        }
    }
}

fn network(now: &mut Now<'_>, worker: usize) {
    let week = now.world.week;
    now.world.contacts.fade(worker, week);
    let known_after = now.scenario.contacts.known_after;
    // Asked on the state at the start: a contact met below is not asked this week.
    for position in 0..now.world.contacts.count(worker) as usize {
        let contact = now.world.contacts.row(worker)[position];
        let known = week.saturating_sub(contact.since) >= known_after;
        let luck = now.world.draws.at(Purpose::Ask, week, ids::row(worker), contact.introducer);
        if known && luck.yes(now.scenario.contacts.ask_rate) {
            ask(now, worker, contact);
        }
    }
    meet(now, worker);
}

fn meet(now: &mut Now<'_>, worker: usize) {
    let world = &mut *now.world;
    let luck = world.draws.at(Purpose::Meet, world.week, ids::row(worker), 0);
    if !luck.yes(now.scenario.contacts.meet_rate * world.workers.networking[worker]) {
        return;
    }
    let introducer = streams::below(luck.sub(0), ids::row(world.introducers.len()));
    let life = lifetime(&world.draws, now.scenario.contacts.half_life, world.week, worker, introducer);
    let contact = Contact { introducer, since: world.week, until: world.week.saturating_add(life) };
    let known = world.contacts.count(worker);
    world.contacts.add(worker, contact);
    if world.contacts.count(worker) > known {
        now.record.tell(world.week, Who::worker(worker).through(contact.id()), What::Knows);
    }
}

/// A seeker asks; the introducer makes a request or does not.
fn ask(now: &mut Now<'_>, worker: usize, contact: Contact) {
    let introducer = contact.id();
    now.tally.asks += 1;
    let (week, who) = (now.world.week, Who::worker(worker).through(introducer));
    if is_client(now, worker, introducer) {
        now.record.tell(week, who, What::Asks(Answer::OwnClient));
        return;
    }
    let weeks = f64::from(now.world.week - contact.since);
    let s = &now.scenario.introducers;
    let precision = s.familiarity_precision * weeks / (weeks + s.familiarity_half);
    let resume = looks::resume_precision(now.scenario, now.world, worker);
    let belief = looks::through_own_eyes(now.world, worker, introducer, precision, resume);
    if let Some(tie) = choose_tie(now, worker, introducer, belief) {
        let decision_maker = now.world.ties.decision_maker[tie.at()].0;
        let request = Request { decision_maker, worker: ids::row(worker), channel: Channel::Organic, tie };
        now.desk.requests.push(request);
        now.world.introducers.asked_for[introducer.at()].0 += 1;
        now.tally.helped += 1;
        now.tally.sellers_free.0 += u32::from(now.world.has_sold(introducer.at()));
        now.tally.requests[Channel::Organic as usize] += 1;
        now.record.count(Crowd::Organic, now.world, worker);
        now.record.tell(week, who.at(ids::DecisionMakerId(decision_maker)), What::Asks(Answer::Helps));
    } else if now.record.sees(who) {
        let answer = diary::refusal(now, worker, introducer);
        now.record.tell(week, who, What::Asks(answer));
    }
}

fn is_client(now: &Now<'_>, worker: usize, introducer: IntroducerId) -> bool {
    now.world.workers.seller[worker] == introducer && now.world.workers.bought.has(worker)
}

/// The tie that he uses: of those with a vacancy within the window around the level sought for which gratitude and
/// the goodwill he expects to gain are worth his time, the closest in level; none if there is none.
fn choose_tie(now: &Now<'_>, worker: usize, introducer: IntroducerId, belief: Belief) -> Option<TieId> {
    let (world, scenario) = (&*now.world, now.scenario);
    let sought = level_sought(scenario, now.rules, &world.workers, worker, world.week);
    let lowest = reservation(scenario, now.rules, &world.workers, worker, world.week);
    let window = scenario.introducers.level_window;
    let table = &world.decision_makers;
    let level = |tie: TieId| table.level[world.ties.decision_maker[tie.at()].at()];
    let ties = world.ties.of(introducer);
    // Walk outwards from the level sought, always to the nearer side, the lower one first.
    let mut above = ties.partition_point(|&tie| level(tie) < sought);
    let mut below = above;
    loop {
        let down = below.checked_sub(1).map_or(f64::INFINITY, |i| sought - level(ties[i]));
        let up = ties.get(above).map_or(f64::INFINITY, |&tie| level(tie) - sought);
        if down.min(up) > window {
            return None;
        }
        let tie = if down <= up {
            below -= 1;
            ties[below]
        } else {
            above += 1;
            ties[above - 1]
        };
        let row = world.ties.decision_maker[tie.at()].at();
        let possible = world.ties.is_open(tie) && table.open.has(row) && table.salary[row] >= lowest;
        if possible && !table.has_met(row, worker) && is_worth_it(now, introducer, belief, row) {
            return Some(tie);
        }
    }
}

/// Whether helping pays in gratitude and goodwill.
fn is_worth_it(now: &Now<'_>, introducer: IntroducerId, belief: Belief, decision_maker: usize) -> bool {
    let s = &now.scenario.introducers;
    let margin = belief.mean - now.world.decision_makers.bar[decision_maker];
    let pass = now.rules.interview.chance_to_pass(margin, belief.variance);
    let acceptance = now.world.introducers.acceptance[introducer.at()];
    let change = expected_goodwill(now.scenario, acceptance, pass);
    s.gratitude + s.goodwill_value * change - s.help_hours * s.hour_value >= 0.0
}

/// E\[Δg\] = −per_request + a (good · Φ − bad · (1 − Φ)): what one request is expected to do to a tie.
#[must_use]
pub(super) fn expected_goodwill(scenario: &crate::scenario::Scenario, acceptance: f64, pass: f64) -> f64 {
    let g = &scenario.goodwill;
    acceptance * (g.good * pass - g.bad * (1.0 - pass)) - g.per_request
}
