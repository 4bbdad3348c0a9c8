//! What the diary reads off the desk, the ledger and the world when a phase has decided: nothing is decided here.

use super::Step;
use super::appraisal::{candidate, source_belief};
use super::diary::{
    Answer, Decision, Diary, End, Event, Interview, Offer, Review, Screened, Verdict, Watch, Who,
};
use super::mail::Mail;
use super::pipeline::{self, Chosen, Request};
use super::search::{level_sought, reservation};
use super::tally::Channel;
use crate::beliefs::Belief;
use crate::ids::{self, DecisionMakerId, IntroducerId, TieId};
use crate::streams::Purpose;
use crate::world::ledger::{Cause, Party};
use crate::world::market::{Client, Market, Member, Search};

/// Who a request is about and goes to, and the introducer behind it.
fn who(step: &Step<'_>, request: &Request) -> Who {
    let tie = request.tie;
    let introducer = if tie.is_some() { step.world.ties.introducer[tie.at()] } else { IntroducerId::NONE };
    Who::worker(request.worker as usize).through(introducer).at(DecisionMakerId(request.decision_maker))
}

/// Why an introducer did not help: whether any tie of his leads to a vacancy that fits.
pub(super) fn refusal(step: &Step<'_>, worker: usize, introducer: IntroducerId) -> Answer {
    let (world, scenario) = (&*step.world, step.scenario);
    let sought = level_sought(scenario, step.rules, &world.workers, worker, world.week);
    let lowest = reservation(scenario, step.rules, &world.workers, worker, world.week);
    let table = &world.decision_makers;
    let fits = |tie: &TieId| {
        let row = world.ties.decision_maker[tie.at()].at();
        (table.level[row] - sought).abs() <= scenario.introducers.level_window
            && table.open.has(row)
            && table.salary[row] >= lowest
            && !table.has_met(row, worker)
    };
    let fitting = || world.ties.of(introducer).iter().copied().filter(fits);
    if fitting().any(|tie| world.ties.has_seat(tie.at())) {
        Answer::NotWorthIt
    } else if fitting().any(|tie| world.ties.is_open(tie)) {
        Answer::NoNews
    } else {
        Answer::NoWay { blocked: fitting().next().is_some() }
    }
}

/// What a seller decided about an applicant, after so many hours and with this belief.
pub(super) fn bought(
    step: &mut Step<'_>,
    row: usize,
    search: Search,
    decision: Decision,
    (hours, belief): (f64, Option<Belief>),
) {
    let who = Who::worker(search.worker.at()).through(IntroducerId::new(row));
    let seen = !step.scenario.screening.stages.is_empty();
    let belief = belief.filter(|_| seen).map(|belief| belief.mean);
    step.record.emit(step.world.week, who, Event::Screened(Screened { decision, hours, belief }));
}

/// Every request of the week with its answer.
pub(super) fn reviews(step: &mut Step<'_>) {
    let Some(mut diary) = step.record.diary.take() else { return };
    for row in 0..step.world.decision_makers.len() {
        let id = ids::row(row);
        let chosen = &step.pipeline.chosen;
        let first = chosen.partition_point(|c| c.request.decision_maker < id);
        let own = chosen[first..].iter().take_while(|c| c.request.decision_maker == id).count();
        review(step, &mut diary, row, &chosen[first..first + own]);
    }
    step.record.diary = Some(diary);
}

/// Requests of one decision-maker, and those that she chose. Of two equal ones the first counts as met.
fn review(step: &Step<'_>, diary: &mut Diary, row: usize, chosen: &[Chosen]) {
    let mut met: Vec<u32> = Vec::new();
    let mut mail = Mail::default();
    let cold = step.pipeline.decision_makers[row / pipeline::DECISION_MAKERS]
        .cold
        .of(row % pipeline::DECISION_MAKERS);
    let head = step.world.draws.head(Purpose::Read, step.world.week);
    mail.sort(cold, step.pipeline.of(row), head.branch(ids::row(row)), step.scenario.decision_makers.reads);
    let is_read = |request: &Request| match request.channel {
        Channel::Cold => mail.cold.iter().any(|&(_, worker)| worker == request.worker),
        _ => mail.others.contains(request),
    };
    for request in step.pipeline.all_to(row) {
        let who = who(step, &request);
        let choice = chosen.iter().find(|c| c.request.worker == request.worker);
        let meets = choice.is_some_and(|c| c.request == request) && !met.contains(&request.worker);
        let dull = request.channel == Channel::Cold && diary.watch == Watch::Highlights;
        if meets {
            met.push(request.worker);
        }
        if !diary.sees(who) || dull && !meets {
            continue;
        }
        let mut review = weigh(step, request);
        review.verdict = match (meets, choice) {
            (true, _) => Verdict::Meets,
            (false, Some(_)) => Verdict::MeetsOtherwise,
            (false, None) if !is_read(&request) => Verdict::Unread,
            (false, None) if review.value >= 0.0 => Verdict::NoTime,
            (false, None) => Verdict::NotWorthIt,
        };
        diary.add(step.world.week, who, Event::Request(review));
    }
}

/// What a meeting is worth to her, and would be worth if things were better.
fn weigh(step: &Step<'_>, request: Request) -> Review {
    let (world, s) = (&*step.world, &step.scenario.decision_makers);
    let row = request.decision_maker as usize;
    let source = source_belief(step.scenario, world, &request);
    let (value, chosen) = candidate(step.scenario, step.rules, world, source, request);
    let vacant = world.decision_makers.open.has(row);
    let goodwill = if request.tie.is_some() { world.ties.goodwill(request.tie.at()) } else { 1.0 };
    let missing = (1.0 - goodwill) * s.courtesy;
    let courtesy = if request.tie.is_some() { goodwill * s.courtesy } else { 0.0 };
    let gain = value - courtesy + s.meeting_cost;
    // Where meetings are worth nothing without a vacancy, the gain with one cannot be told from it.
    let with_vacancy = if vacant || s.value_without_vacancy <= 0.0 {
        value
    } else {
        gain / s.value_without_vacancy + courtesy - s.meeting_cost
    };
    Review {
        channel: request.channel,
        verdict: Verdict::NotWorthIt,
        value,
        with_vacancy,
        with_goodwill: value + missing,
        vacant,
        trust: source.mean,
        expected: chosen.margin,
    }
}

/// Every meeting of the week.
pub(super) fn interviews(step: &mut Step<'_>) {
    let Some(mut diary) = step.record.diary.take() else { return };
    for meeting in &step.pipeline.meetings {
        let what = Event::Interview(Interview {
            channel: meeting.request.channel,
            expected: meeting.margin,
            shown: meeting.shown,
            posterior: meeting.posterior,
            vacant: meeting.vacant,
        });
        diary.add(step.world.week, who(step, &meeting.request), what);
    }
    step.record.diary = Some(diary);
}

/// Every offer of the week, sorted by worker, the best first.
pub(super) fn offers(step: &mut Step<'_>, offers: &[pipeline::Offer]) {
    let Some(mut diary) = step.record.diary.take() else { return };
    for (position, offer) in offers.iter().enumerate() {
        let request = step.pipeline.meetings[offer.meeting as usize].request;
        let worker = offer.worker as usize;
        let what = Event::Offer(Offer {
            channel: request.channel,
            salary: step.world.decision_makers.salary[request.decision_maker as usize],
            lowest: reservation(step.scenario, step.rules, &step.world.workers, worker, step.world.week),
            outbid: position > 0 && offers[position - 1].worker == offer.worker,
        });
        diary.add(step.world.week, who(step, &request), what);
    }
    step.record.diary = Some(diary);
}

/// A worker is about to take a job: that of a request, or an outside one.
pub(super) fn hired(step: &mut Step<'_>, worker: usize, request: Option<Request>) {
    let whose = request.as_ref().map_or_else(|| Who::worker(worker), |request| who(step, request));
    let workers = &step.world.workers;
    let salary = request.map_or(workers.usual_salary[worker], |request| {
        step.world.decision_makers.salary[request.decision_maker as usize]
    });
    let what = Event::Hired {
        channel: request.map_or(Channel::Lead, |request| request.channel),
        salary,
        before: workers.salary[worker],
        was_out: workers.unemployed.has(worker),
    };
    step.record.emit(step.world.week, whose, what);
}

/// Every payment of the week between clients and sellers.
pub(super) fn payments(step: &mut Step<'_>, market: &Market) {
    let Some(mut diary) = step.record.diary.take() else { return };
    for entry in &market.ledger.entries {
        let worker = market.cohort[entry.member].search.worker.at();
        let what = Event::Pays { cause: entry.cause, cents: entry.cents };
        // A refund of nothing is no event.
        if entry.cents > 0 || entry.cause != Cause::Refund {
            diary.add(step.world.week, Who::worker(worker).through(entry.seller), what);
        }
    }
    step.record.diary = Some(diary);
}

/// Payments between others, from one of them on.
pub(super) fn transfers(step: &mut Step<'_>, market: &Market, from: usize) {
    let Some(mut diary) = step.record.diary.take() else { return };
    for transfer in &market.ledger.transfers[from..] {
        let (mut whose, mut insider) = (Who::NOBODY, None);
        for party in [transfer.from, transfer.to] {
            match party {
                Party::Seeker(row) => whose.worker = ids::WorkerId(row),
                Party::Employer(row) => whose.decision_maker = DecisionMakerId(row),
                Party::Seller(row) => whose.introducer = IntroducerId(row),
                Party::Employee(row) => insider = Some(row),
                Party::Coaches => {}
            }
        }
        let what = Event::Transfer { reason: transfer.reason, cents: transfer.cents, insider };
        diary.add(step.world.week, whose, what);
    }
    step.record.diary = Some(diary);
}

/// Why a representation ends.
pub(super) fn why_it_ends(step: &Step<'_>, client: &Client, account: &Member, exposed: bool) -> End {
    let worker = client.search.worker.at();
    if client.placed {
        End::Placed
    } else if step.world.workers.generation[worker] != account.generation {
        End::Gone
    } else if !step.world.workers.is_current(client.search) {
        End::SearchOver
    } else if exposed {
        End::Exposed
    } else if client.out_of_money {
        End::OutOfMoney
    } else {
        End::Expired
    }
}
