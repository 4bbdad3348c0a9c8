//! Learning: representations end, and everybody learns from the week.
//!
//! Who acts: nobody decides. Reads: meetings, placements, states. Writes: ratings, uplifts, running rates, posteriors
//! about clients, the belief about cold applicants, incomes of the cohort.
//! Draws: none.
//! Keeps: every representation ends once; several cases of a week count each once, in any order.
//! Source: constant-gain learning; the belief about applicants learns from errors of prediction, so that choosing whom
//! to interview by the résumé does not bias it.

use super::diary::{Event, Who};
use super::pipeline::Request;
use super::tally::Channel;
use super::{Step, looks, prospect};
use crate::beliefs::{running_mean, running_share};
use crate::ids;
use crate::scenario::Payer;
use crate::world::market::{Client, Market, Member};
use crate::world::wages::LEARNING_WEEKS;

pub(super) fn run(step: &mut Step<'_>) {
    learn_about_applicants(step);
    learn_acceptance(step);
    if let Some(mut market) = step.world.market.take() {
        learn_who_is_met(step, &mut market);
        hear_outcomes(step, &mut market);
        if step.scenario.contract.payer == Payer::Seeker {
            end_representations(step, &mut market);
        }
        learn_uplift(step, &mut market);
        follow_cohort(step, &mut market);
        step.world.market = Some(market);
    }
    count_income(step);
}

/// The common belief moves by the mean error of its predictions, undone of the weight that the résumé took.
fn learn_about_applicants(step: &mut Step<'_>) {
    let (mut errors, mut n) = ([0.0; 2], 0);
    for meeting in step.pipeline.meetings.iter().filter(|m| m.request.channel == Channel::Cold) {
        let clear = step.world.workers.coached.has(meeting.request.worker as usize);
        errors[usize::from(clear)] += meeting.shown - meeting.margin;
        n += 1;
    }
    if n > 0 {
        let applicants = &mut step.world.applicants;
        let plain = step.scenario.workers.resume_precision;
        let precisions = [plain, plain + step.scenario.coaching.resume_precision_gain];
        let prior_weight = precisions.map(|precision| 1.0 / (1.0 + applicants.variance * precision));
        let n_met = f64::from(n);
        let seen =
            applicants.mean + errors[0] / n_met / prior_weight[0] + errors[1] / n_met / prior_weight[1];
        applicants.mean = running_mean(applicants.mean, step.scenario.beliefs.applicants_learning, n, seen);
    }
}

/// Introducers' and sellers' running shares of requests that were met.
fn learn_acceptance(step: &mut Step<'_>) {
    let world = &mut *step.world;
    for meeting in &step.pipeline.meetings {
        let request = meeting.request;
        let introducer =
            if request.tie.is_some() { world.ties.introducer[request.tie.at()].at() } else { continue };
        match request.channel {
            Channel::Organic => {
                world.introducers.asked_for[introducer].1 += 1;
                step.tally.sellers_free[1] += u32::from(world.has_sold(introducer));
            }
            Channel::Paid | Channel::Submitted => {
                let market = world.market.as_mut().expect("paid requests need a market");
                market.sellers[introducer].pitched.1 += 1;
            }
            Channel::Cold | Channel::Lead | Channel::Referred | Channel::Stranger => {}
        }
    }
    let weight = step.scenario.introducers.experience_weight;
    for (rate, counts) in world.introducers.acceptance.iter_mut().zip(&mut world.introducers.asked_for) {
        *rate = running_share(*rate, weight, *counts);
        *counts = (0, 0);
    }
}

/// Sellers who read résumés count who is met by what they show; what they counted fades.
fn learn_who_is_met(step: &Step<'_>, market: &mut Market) {
    if !prospect::reads(step.scenario) || step.scenario.contract.payer == Payer::Employer {
        return;
    }
    for cases in market.sellers.iter_mut().filter(|s| s.has_sold).flat_map(|s| &mut s.bands) {
        cases.requests *= 1.0 - 1.0 / f64::from(LEARNING_WEEKS);
        cases.met *= 1.0 - 1.0 / f64::from(LEARNING_WEEKS);
    }
    for request in step.pipeline.requests.iter().filter(|r| r.channel == Channel::Paid) {
        let (row, band) = place(step, market, request);
        market.sellers[row].bands[band].requests += 1.0;
    }
    for meeting in step.pipeline.meetings.iter().filter(|m| m.request.channel == Channel::Paid) {
        let (row, band) = place(step, market, &meeting.request);
        market.sellers[row].bands[band].met += 1.0;
    }
}

/// The seller of a paid request, and the band of the client's résumé less the bar that he saw.
fn place(step: &Step<'_>, market: &Market, request: &Request) -> (usize, usize) {
    let row = step.world.ties.introducer[request.tie.at()].at();
    let resume = looks::by_resume(step.scenario, step.world, request.worker as usize).mean;
    let position = market.sellers[row].position_of(step.world.workers.search_of(request.worker as usize));
    let client = &market.sellers[row].clients[position.expect("a paid request is about a client")];
    (row, prospect::band(resume - bar_at_pitch(step, row, client, request)))
}

/// The bar that a seller saw when he pitched: her vacancy may have closed since, and a new episode begun.
fn bar_at_pitch(step: &Step<'_>, row: usize, client: &Client, request: &Request) -> f64 {
    let pitch = client.pitched.iter().rfind(|(target, _)| *target == request.decision_maker);
    let (target, episode) = *pitch.expect("a paid request was pitched, promised by pitching");
    looks::seen_bar(step.scenario, step.world, ids::IntroducerId::new(row), target as usize, episode)
}

/// The seller is told of each interview: his belief about the client moves, and his rates.
fn hear_outcomes(step: &mut Step<'_>, market: &mut Market) {
    let interview = &step.rules.interview;
    let noise = interview.match_variance + interview.noise_variance + step.rules.doubt;
    for (position, meeting) in step.pipeline.meetings.iter().enumerate() {
        let request = meeting.request;
        if !request.channel.is_sold() {
            continue;
        }
        let row = step.world.ties.introducer[request.tie.at()].at();
        let seller = &mut market.sellers[row];
        if meeting.passed() && meeting.vacant {
            seller.passed.0 += 1;
            seller.passed.1 += u32::from(step.pipeline.hires.contains(&ids::row(position)));
        }
        // He reads a pass as ability + match + noise at or above the bar that he sees: her own doubts, which also decide,
        // he does not know.
        let own = seller.position_of(step.world.workers.search_of(request.worker as usize));
        if let Some(own) = own.filter(|_| noise.is_finite()) {
            let bar = bar_at_pitch(step, row, &seller.clients[own], &request);
            let client = &mut seller.clients[own];
            client.belief = client.belief.after_outcome(bar, noise, meeting.passed());
        }
    }
    let weight = step.scenario.sellers.experience_weight;
    for seller in &mut market.sellers {
        seller.acceptance = running_share(seller.acceptance, weight, seller.pitched);
        seller.conversion = running_share(seller.conversion, weight, seller.passed);
        seller.pitched = (0, 0);
        seller.passed = (0, 0);
    }
}

/// Whether a representation ends this week: placed, found otherwise, given up, expired, out of money.
fn has_ended(step: &Step<'_>, client: &Client) -> bool {
    // The week of signing is the first of the representation.
    let over = client.signed + step.scenario.sellers.representation;
    client.placed
        || client.out_of_money
        || !step.world.workers.is_current(client.search)
        || step.world.week + 1 >= over
}

fn end_representations(step: &mut Step<'_>, market: &mut Market) {
    // Sellers together, so that their order does not matter.
    let (mut ended_in_all, mut introductions) = (0, 0);
    for row in 0..market.sellers.len() {
        let (mut ended, mut placed, mut uplift) = (0, 0, 0.0);
        let exposed = std::mem::take(&mut market.sellers[row].exposed);
        let mut position = 0;
        while position < market.sellers[row].clients.len() {
            let client = &market.sellers[row].clients[position];
            if !exposed && !has_ended(step, client) {
                position += 1;
                continue;
            }
            let why = super::telling::why_it_ends(step, client, &market.cohort[client.member], exposed);
            let who = Who::worker(client.search.worker.at()).through(ids::IntroducerId::new(row));
            step.record.emit(step.world.week, who, Event::Ends(why));
            let account = &market.cohort[client.member];
            ended += 1;
            introductions += account.introductions_held;
            if client.placed {
                placed += 1;
                uplift += account.log_uplift;
            }
            market.sellers[row].release(&mut step.world.workers, position);
        }
        let b = &step.scenario.buyers;
        let seller = &mut market.sellers[row];
        seller.rating = running_share(seller.rating, b.rating_weight, (ended, placed));
        if placed > 0 {
            seller.uplift = running_mean(seller.uplift, b.uplift_weight, placed, uplift / f64::from(placed));
        }
        if exposed {
            seller.rating = 0.0;
        }
        ended_in_all += ended;
    }
    if ended_in_all > 0 {
        let mean = f64::from(introductions) / f64::from(ended_in_all);
        let weight = step.scenario.buyers.rating_weight;
        market.introductions = running_mean(market.introductions, weight, ended_in_all, mean);
    }
}

/// Mean of ln(new/previous salary) over all hires of the week.
fn learn_uplift(step: &mut Step<'_>, market: &mut Market) {
    let (sum, n) = step.world.recent_uplift.weeks[step.world.week as usize % 52];
    if n > 0 {
        market.uplift =
            running_mean(market.uplift, step.scenario.buyers.market_uplift_weight, n, sum / f64::from(n));
    }
    step.tally.market_uplift = Some(market.uplift);
}

/// Adds this week's income to everybody accepted less than a year ago, treated or held out alike.
fn follow_cohort(step: &mut Step<'_>, market: &mut Market) {
    let week = step.world.week;
    let workers = &step.world.workers;
    let benefit = step.scenario.workers.benefit_share;
    for member in &mut market.cohort[market.follow_from..] {
        member.follow(workers, week, benefit);
    }
    let done = |m: &Member| m.followed >= Member::FOLLOWED && m.settled;
    while market.cohort.get(market.follow_from).is_some_and(done) {
        market.follow_from += 1;
    }
}

/// Income of all workers this week: wages in work, benefits out of it.
fn count_income(step: &mut Step<'_>) {
    step.tally.welfare.income = step.world.totals.income() / 52.0;
}
