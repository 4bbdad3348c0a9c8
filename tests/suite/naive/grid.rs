//! The scenarios in which the twins live: small, crowded, and each with something that fires often.

use introsim::scenario::{AcceptAbove, EdgeList, Scenario, Stage, Targeting};

/// A small crowded market in which nobody sells and everything happens often.
pub(super) fn organic(seed: u64) -> Scenario {
    let mut s = Scenario::default();
    s.run.seed = seed;
    s.run.weeks = 160;
    s.run.burn_in = 60;
    s.workers.count = 40;
    s.workers.leave_after = 8;
    s.workers.leave_unemployed = 0.05;
    s.workers.leave_employed = 0.004;
    s.workers.weeks_cap = 30.0;
    s.workers.savings_median = 9_000.0;
    s.jobs.separation = 0.05;
    s.jobs.look_rate = 0.08;
    s.jobs.look_weeks = 8.0;
    s.friends.mean_degree = 6;
    s.friends.lead_rate = 0.01;
    s.search.applications_unemployed = 2.0;
    s.decision_makers.count = 8;
    s.decision_makers.bar_mean = 0.2;
    s.decision_makers.vacancy_rate = 0.35;
    s.decision_makers.vacancy_life = 5.0;
    s.decision_makers.attention = 3;
    s.introducers.count = 5;
    s.introducers.ties = 4;
    s.introducers.level_window = 1.5;
    s.contacts.start_mean = 2.0;
    s.contacts.meet_rate = 0.3;
    s.contacts.ask_rate = 0.4;
    s.contacts.known_after = 2;
    s.contacts.most = 3;
    s.contacts.half_life = 12.0;
    s.goodwill.forgiven = 0.02;
    s.goodwill.rebuild_hours = 4.0;
    s
}

/// Three of five introducers sell for a tenth of the salary, sight unseen.
pub(super) fn contingency(seed: u64) -> Scenario {
    let mut s = organic(seed);
    s.sellers.share = 0.6;
    s.sellers.exit_after = 5_200;
    s.buyers.consider_rate = 0.4;
    s.contract.share_of_salary = 0.1;
    s
}

/// Screening in stages with scores and the question whether it pays, few hours, and past salaries read.
pub(super) fn screened(seed: u64) -> Scenario {
    let mut s = contingency(seed);
    s.screening.salary_history = seed.is_multiple_of(2);
    s.screening.stages = vec![
        Stage { hours: 0.5, accept_above: AcceptAbove::Score(-0.4) },
        Stage { hours: 2.0, accept_above: AcceptAbove::Profit },
        Stage { hours: 3.0, accept_above: AcceptAbove::Score(-0.2) },
    ];
    s.sellers.hours = 6.0;
    s.sellers.representation = 6;
    s.contract.success_fee = 3_000.0;
    s
}

/// Everything is paid before a placement and comes back under a guarantee; many sellers stage introductions; nobody
/// is told who pays.
pub(super) fn everything_up_front(seed: u64) -> Scenario {
    let mut s = contingency(seed);
    s.contract.share_of_salary = 0.05;
    s.contract.upfront = 400.0;
    s.contract.per_introduction = 120.0;
    s.contract.retainer_per_week = 60.0;
    s.contract.guarantee_weeks = 9;
    s.sellers.integrity_mean = 10.0;
    s.sellers.representation = 8;
    s.sellers.bond = 100.0;
    s.sellers.pitch_hours = 8.0;
    s.introducers.hour_value = 10.0;
    s.sham.cost = 105.0;
    s.sham.found_out = 0.01;
    s.disclosure.payment_known = false;
    s.beliefs.trust_mean = 0.3;
    s.buyers.opening_rating = 0.8;
    s.workers.savings_log_sd = 1.5;
    s
}

/// Pitches at random, decision-makers without a vacancy among them.
pub(super) fn at_random(seed: u64) -> Scenario {
    let mut s = contingency(seed);
    s.sellers.targeting = Targeting::Random;
    s.contract.upfront = 300.0;
    s.buyers.holdout = 0.5;
    s.decision_makers.value_without_vacancy = 0.6;
    s.goodwill.rebuild_success = 0.5;
    s.goodwill.bad = 0.2;
    s
}

/// Pitches at important people, by sellers who count their relationships and stop and return.
pub(super) fn stop_and_return(seed: u64) -> Scenario {
    let mut s = contingency(seed);
    s.sellers.targeting = Targeting::StatedLevel;
    s.sellers.near = 1.5;
    s.sellers.foresight = 1.0;
    s.sellers.exit_window = 4.0;
    s.sellers.exit_after = 3;
    s.sellers.return_rate = 0.3;
    s.sellers.return_above = -20.0;
    s.introducers.goodwill_value = 800.0;
    s.contract.per_introduction = 100.0;
    s.sellers.integrity_mean = 5_000.0;
    s.buyers.holdout = 0.0;
    s
}

/// Best targets for paid introductions, with foresight, and a share that pays for them.
pub(super) fn careful(seed: u64) -> Scenario {
    let mut s = contingency(seed);
    s.sellers.foresight = 1.0;
    s.introducers.goodwill_value = 600.0;
    s.sellers.exit_window = 5.0;
    s.sellers.exit_after = 12;
    s.sellers.return_rate = 0.2;
    s.sellers.return_above = -50.0;
    s.buyers.opening_rating = 0.9;
    s.contract.share_of_salary = 0.1;
    s.contract.per_introduction = 150.0;
    s.sellers.integrity_mean = 100.0;
    s.contract.guarantee_weeks = 5;
    s.buyers.sellers_compared = 1;
    s
}

/// A steady stream of strangers through one tie of each seller.
pub(super) fn bombarded(seed: u64, met: bool) -> Scenario {
    let mut s = contingency(seed);
    s.bombardment.requests_per_week = if met { 1.4 } else { 0.7 };
    s.bombardment.quality_above_bar = 0.2;
    s.bombardment.met = met;
    s
}

/// Friends given as a list, hours too short for the clients, interviews and résumés that tell little or much.
pub(super) fn odd(seed: u64) -> Scenario {
    let mut s = contingency(seed);
    let pairs = vec![(0, 1), (0, 2), (1, 2), (3, 39), (10, 20), (20, 30)];
    s.friends.edges = Some(EdgeList { path: "friends.csv".to_owned(), pairs });
    s.sellers.share = 1.0;
    s.sellers.hours = 3.0;
    s.sellers.pitch_hours = 0.75;
    s.sellers.pitches_per_week = 3;
    s.sellers.representation = 2;
    s.contract.share_of_salary = 0.02;
    s.contract.retainer_per_week = 20.0;
    s.contract.guarantee_weeks = 60;
    s.workers.resume_precision = 0.0;
    s.workers.benefit_share = 0.0;
    s.decision_makers.interview_precision = 3.0;
    s.decision_makers.attention = 1;
    s.jobs.match_sd = 0.0;
    s.jobs.reopened = 1.0;
    s.search.vacancies_compared = 1;
    s.search.reservation_employed = 0.9;
    s.contacts.start_mean = 9.0;
    s.contacts.known_after = 0;
    s.screening.stages = vec![
        Stage { hours: 0.0, accept_above: AcceptAbove::Score(-5.0) },
        Stage { hours: 1.5, accept_above: AcceptAbove::Score(-0.5) },
    ];
    s
}
