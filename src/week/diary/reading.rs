//! What the diary reads off the desk, the ledger and the world when a phase has decided: nothing is decided here.

use super::{Answer, Decision, Diary, End, Interview, Offer, Review, Screened, Verdict, What, Who};
use crate::beliefs::Belief;
use crate::ids::{self, DecisionMakerId, IntroducerId, TieId};
use crate::streams::Purpose;
use crate::week::desk::{self, Chosen, Request};
use crate::week::mail::Mail;
use crate::week::reviewing::{candidate, source_belief};
use crate::week::screening::is_current;
use crate::week::search::{level_sought, reservation};
use crate::week::tally::Channel;
use crate::week::{Now, diary};
use crate::world::ledger::{Cause, Party};
use crate::world::market::{Client, Market, Member, Search};

/// Who a request is about and goes to, and the introducer behind it.
fn who(now: &Now<'_>, request: &Request) -> Who {
    let tie = request.tie;
    let introducer = if tie.is_some() { now.world.ties.introducer[tie.at()] } else { IntroducerId::NONE };
    Who::worker(request.worker as usize).through(introducer).at(DecisionMakerId(request.decision_maker))
}

/// Why an introducer did not help: whether any tie of his leads to a vacancy that fits.
pub(in crate::week) fn refusal(now: &Now<'_>, worker: usize, introducer: IntroducerId) -> Answer {
    let (world, scenario) = (&*now.world, now.scenario);
    let sought = level_sought(scenario, now.rules, &world.workers, worker, world.week);
    let lowest = reservation(scenario, now.rules, &world.workers, worker, world.week);
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
pub(in crate::week) fn bought(
    now: &mut Now<'_>,
    row: usize,
    search: Search,
    decision: Decision,
    (hours, belief): (f64, Option<Belief>),
) {
    let who = Who::worker(search.worker.at()).through(IntroducerId::new(row));
    let seen = !now.scenario.screening.stages.is_empty();
    let belief = belief.filter(|_| seen).map(|belief| belief.mean);
    now.record.tell(now.world.week, who, What::Screened(Screened { decision, hours, belief }));
}

/// Every request of the week with its answer.
pub(in crate::week) fn reviews(now: &mut Now<'_>) {
    let Some(mut diary) = now.record.diary.take() else { return };
    for row in 0..now.world.decision_makers.len() {
        let id = ids::row(row);
        let chosen = &now.desk.chosen;
        let first = chosen.partition_point(|c| c.request.decision_maker < id);
        let own = chosen[first..].iter().take_while(|c| c.request.decision_maker == id).count();
        review(now, &mut diary, row, &chosen[first..first + own]);
    }
    now.record.diary = Some(diary);
}

/// Requests of one decision-maker, and those that she chose. Of two equal ones the first counts as met.
fn review(now: &Now<'_>, diary: &mut Diary, row: usize, chosen: &[Chosen]) {
    let mut met: Vec<u32> = Vec::new();
    let mut mail = Mail::default();
    let cold = now.desk.decision_makers[row / desk::DECISION_MAKERS].cold.of(row % desk::DECISION_MAKERS);
    let head = now.world.draws.head(Purpose::Read, now.world.week);
    mail.sort(cold, now.desk.of(row), head.branch(ids::row(row)), now.scenario.decision_makers.reads);
    let is_read = |request: &Request| match request.channel {
        Channel::Cold => mail.cold.iter().any(|&(_, worker)| worker == request.worker),
        _ => mail.others.contains(request),
    };
    for request in now.desk.all_to(row) {
        let who = who(now, &request);
        let choice = chosen.iter().find(|c| c.request.worker == request.worker);
        let meets = choice.is_some_and(|c| c.request == request) && !met.contains(&request.worker);
        let dull = request.channel == Channel::Cold && diary.watch == diary::Watch::Highlights;
        if meets {
            met.push(request.worker);
        }
        if !diary.sees(who) || dull && !meets {
            continue;
        }
        let mut review = weigh(now, request);
        review.verdict = match (meets, choice) {
            (true, _) => Verdict::Meets,
            (false, Some(_)) => Verdict::MeetsOtherwise,
            (false, None) if !is_read(&request) => Verdict::Unread,
            (false, None) if review.value >= 0.0 => Verdict::NoTime,
            (false, None) => Verdict::NotWorthIt,
        };
        diary.add(now.world.week, who, What::Request(review));
    }
}

/// What a meeting is worth to her, and would be worth if things were better.
fn weigh(now: &Now<'_>, request: Request) -> Review {
    let (world, s) = (&*now.world, &now.scenario.decision_makers);
    let row = request.decision_maker as usize;
    let source = source_belief(now.scenario, world, &request);
    let (value, chosen) = candidate(now.scenario, now.rules, world, source, request);
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
pub(in crate::week) fn interviews(now: &mut Now<'_>) {
    let Some(mut diary) = now.record.diary.take() else { return };
    for meeting in &now.desk.meetings {
        let what = What::Interview(Interview {
            channel: meeting.request.channel,
            expected: meeting.margin,
            shown: meeting.shown,
            posterior: meeting.posterior,
            vacant: meeting.vacant,
        });
        diary.add(now.world.week, who(now, &meeting.request), what);
    }
    now.record.diary = Some(diary);
}

/// Every offer of the week, sorted by worker, the best first.
pub(in crate::week) fn offers(now: &mut Now<'_>, offers: &[desk::Offer]) {
    let Some(mut diary) = now.record.diary.take() else { return };
    for (position, offer) in offers.iter().enumerate() {
        let request = now.desk.meetings[offer.meeting as usize].request;
        let worker = offer.worker as usize;
        let what = What::Offer(Offer {
            channel: request.channel,
            salary: now.world.decision_makers.salary[request.decision_maker as usize],
            lowest: reservation(now.scenario, now.rules, &now.world.workers, worker, now.world.week),
            outbid: position > 0 && offers[position - 1].worker == offer.worker,
        });
        diary.add(now.world.week, who(now, &request), what);
    }
    now.record.diary = Some(diary);
}

/// A worker is about to take a job: that of a request, or an outside one.
pub(in crate::week) fn hired(now: &mut Now<'_>, worker: usize, request: Option<Request>) {
    let whose = request.as_ref().map_or_else(|| Who::worker(worker), |request| who(now, request));
    let workers = &now.world.workers;
    let salary = request.map_or(workers.usual_salary[worker], |request| {
        now.world.decision_makers.salary[request.decision_maker as usize]
    });
    let what = What::Hired {
        channel: request.map_or(Channel::Lead, |request| request.channel),
        salary,
        before: workers.salary[worker],
        was_out: workers.unemployed.has(worker),
    };
    now.record.tell(now.world.week, whose, what);
}

/// Every payment of the week.
pub(in crate::week) fn payments(now: &mut Now<'_>, market: &Market) {
    let Some(mut diary) = now.record.diary.take() else { return };
    for entry in &market.ledger.entries {
        let worker = market.cohort[entry.member].search.worker.at();
        let what = What::Pays { cause: entry.cause, cents: entry.cents };
        // A refund of nothing is no event.
        if entry.cents > 0 || entry.cause != Cause::Refund {
            diary.add(now.world.week, Who::worker(worker).through(entry.seller), what);
        }
    }
    for transfer in &market.ledger.transfers {
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
        let what = What::Transfer { reason: transfer.reason, cents: transfer.cents, insider };
        diary.add(now.world.week, whose, what);
    }
    now.record.diary = Some(diary);
}

/// Why a representation ends.
pub(in crate::week) fn why_it_ends(now: &Now<'_>, client: &Client, account: &Member, exposed: bool) -> End {
    let worker = client.search.worker.at();
    if client.placed {
        End::Placed
    } else if now.world.workers.generation[worker] != account.generation {
        End::Gone
    } else if !is_current(now.world, client.search) {
        End::SearchOver
    } else if exposed {
        End::Exposed
    } else if client.out_of_money {
        End::OutOfMoney
    } else {
        End::Expired
    }
}
