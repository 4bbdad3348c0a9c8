//! Buying: seekers consider to buy introductions, and apply to sellers.
//!
//! Who acts: every seeker without a seller who was not held out. Reads: ratings, uplifts, prices, his own salary,
//! savings and weeks spent. Nothing here knows ability: whoever buys more does so for weeks already spent.
//! Writes: sellers' applicants. Draws: `Consider` by 64 seekers at once, then by worker.
//! Keeps: one seller at a time; no second application to one who turned him down in this search.
//! Source: gamma belief about one's own chance of a job, Bayes; our assumption.

use super::Step;
use super::contract::{self, Outlook};
use super::diary::{Event, Thought, Who};
use super::record::Crowd;
use super::search::wages_gained_by_finding_sooner;
use crate::ids::{self, IntroducerId};
use crate::scenario::Payer;
use crate::streams::{self, Purpose};
use crate::world::bits::members;
use crate::world::ledger;
use crate::world::market::{Applicant, Market, Seller};
use crate::world::workers::Workers;

pub(super) fn run(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    if market.n_active() > 0 {
        let head = step.world.draws.head(Purpose::Consider, step.world.week);
        for word in 0..step.world.workers.unemployed.n_words() {
            let workers = &step.world.workers;
            let seekers =
                (workers.unemployed.word(word) | workers.looking.word(word)) & !workers.held_out.word(word);
            let considering = head.gates_among(ids::row(word), step.rules.consider, seekers);
            for lane in members(considering) {
                consider(step, &mut market, word * 64 + lane);
            }
        }
    }
    step.world.market = Some(market);
}

fn consider(step: &mut Step<'_>, market: &mut Market, worker: usize) {
    if step.world.workers.seller[worker].is_some() {
        return;
    }
    let seller = best_rated(step, market, worker);
    let search = step.world.workers.search_of(worker);
    let thought = if market.sellers[seller].turned_down.contains(&search) {
        Thought::TurnedDownBefore
    } else {
        weigh(step, market, seller, worker)
    };
    let who = Who::worker(worker).through(IntroducerId::new(seller));
    step.record.emit(step.world.week, who, Event::Considers(thought));
    if !matches!(thought, Thought::Applies { .. }) {
        return;
    }
    market.sellers[seller].applicants.push(Applicant {
        search,
        since: step.world.week,
        stage: 0,
        spent: 0.0,
    });
    step.world.workers.seller[worker] = IntroducerId::new(seller);
    step.tally.applicants.count(step.world, worker);
    step.record.count(Crowd::Applicants, step.world, worker);
}

/// Of so many random active sellers the best rated; of equal ones the first.
fn best_rated(step: &Step<'_>, market: &Market, worker: usize) -> usize {
    let luck = step.world.draws.at(Purpose::Consider, step.world.week, ids::row(worker), 0);
    let mut best: Option<usize> = None;
    for position in 0..step.scenario.buyers.sellers_compared.max(1) {
        let at = streams::below(luck.sub(position), market.n_active()) as usize;
        let candidate = market.selling[at] as usize;
        let rating = |row: usize| market.sellers[row].rating;
        let better =
            best.is_none_or(|b| rating(candidate).total_cmp(&rating(b)).then(b.cmp(&candidate)).is_gt());
        if better {
            best = Some(candidate);
        }
    }
    best.expect("at least one seller is compared")
}

/// He applies if the expected benefit exceeds the expected price, and savings cover what is due before a placement.
fn weigh(step: &Step<'_>, market: &Market, seller: usize, worker: usize) -> Thought {
    let (workers, contract) = (&step.world.workers, &step.scenario.contract);
    let chosen = &market.sellers[seller];
    let weeks = f64::from(step.scenario.sellers.representation);
    if contract.payer == Payer::Employer {
        // Asking costs him nothing.
        let benefit = benefit(step, market, chosen, worker, present_salary(workers, worker));
        return judge(benefit, 0.0);
    }
    let due = contract::due_before(contract, weeks, market.introductions);
    let savings_cents = workers.savings_cents[worker];
    if ledger::cents(due) > savings_cents {
        return Thought::CannotPay { due, savings_cents };
    }
    let salary = present_salary(workers, worker);
    // A placement comes, on average, half-way through.
    let outlook = Outlook {
        placed: chosen.rating,
        salary,
        weeks: weeks * (1.0 - chosen.rating / 2.0),
        introductions: market.introductions,
    };
    judge(benefit(step, market, chosen, worker, salary), contract::expected(contract, outlook))
}

fn judge(benefit: f64, price: f64) -> Thought {
    if benefit > price { Thought::Applies { benefit, price } } else { Thought::TooDear { benefit, price } }
}

/// The salary that his plans rest on: the usual one of those out of work, the present one of the employed.
fn present_salary(workers: &Workers, worker: usize) -> f64 {
    if workers.unemployed.has(worker) { workers.usual_salary[worker] } else { workers.salary[worker] }
}

/// Rating · \[wages gained by finding sooner + a better salary for some years\], dollars.
fn benefit(step: &Step<'_>, market: &Market, seller: &Seller, worker: usize, salary: f64) -> f64 {
    let better = (seller.uplift - market.uplift) * salary * step.scenario.buyers.uplift_years;
    seller.rating * (wages_gained_by_finding_sooner(step, worker) + better)
}
