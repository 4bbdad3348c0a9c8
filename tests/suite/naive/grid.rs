//! The scenarios in which the twins live: small, crowded, and each with something that fires often.

use introsim::scenario::{AcceptAbove, Among, EdgeList, Entry, Payer, Scenario, Stage, Targeting};

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
    s.decision_makers.reads = 8;
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
    s.sellers.entry = Entry::Closed;
    s.sellers.share = 0.6;
    s.sellers.open_hours = 0.0;
    s.sellers.pitch_hours = 0.5;
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
    s.sellers.hours = 8.0;
    s.sellers.open_hours = 1.5;
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

/// Anybody may begin and stop, and does so soon.
fn free(s: &mut Scenario) {
    s.sellers.entry = Entry::Free;
    s.sellers.open_hours = 2.5;
    s.sellers.reconsider_rate = 0.3;
    s.sellers.trials = 1_000.0;
    s.sellers.purse_median = 2_000.0;
}

/// Pitches at important people, by sellers who count their relationships and stop and return.
pub(super) fn stop_and_return(seed: u64) -> Scenario {
    let mut s = contingency(seed);
    s.sellers.targeting = Targeting::StatedLevel;
    s.sellers.near = 1.5;
    s.sellers.foresight = 1.0;
    free(&mut s);
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
    free(&mut s);
    s.sellers.reconsider_rate = 0.1;
    s.sellers.purse_median = 300.0;
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
    s.sellers.hours = 7.0;
    s.sellers.pitch_hours = 0.75;
    s.sellers.contact_hours = 0.25;
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

/// Employers pay headhunters, who search among everybody.
pub(super) fn headhunters(seed: u64) -> Scenario {
    let mut s = contingency(seed);
    s.contract.payer = Payer::Employer;
    s.contract.share_of_salary = 0.25;
    s.decision_makers.vacancy_life = 10.0;
    s.employer.after_weeks = 2;
    s.employer.engages = 0.5;
    s.employer.found = 6;
    s.employer.screened = 3;
    s.employer.submits = 3;
    s.employer.fee_felt = 0.3;
    s.sellers.near = 1.5;
    s.sellers.hours = 20.0;
    s.screening.salary_history = seed.is_multiple_of(2);
    s.screening.stages = vec![
        Stage { hours: 0.5, accept_above: AcceptAbove::Score(-0.4) },
        Stage { hours: 1.5, accept_above: AcceptAbove::Profit },
        Stage { hours: 1.0, accept_above: AcceptAbove::Score(-0.2) },
    ];
    s
}

/// Employers pay agencies, which search among those who asked them; some stop and start again.
pub(super) fn staffing(seed: u64) -> Scenario {
    let mut s = headhunters(seed);
    s.employer.among = Among::Askers;
    s.employer.after_weeks = 0;
    s.employer.find_hours = 0.25;
    s.screening.stages.truncate(seed as usize % 3);
    s.sellers.representation = 6;
    s.sellers.hours = 10.0;
    free(&mut s);
    s.disclosure.payment_known = seed.is_multiple_of(2);
    s
}

/// Coaches beside sellers: everybody spends what he has.
pub(super) fn coached(seed: u64) -> Scenario {
    let mut s = contingency(seed);
    s.contract.upfront = 500.0;
    s.coaching.price = 1_500.0;
    s.coaching.networking_gain = 0.5;
    s.coaching.resume_precision_gain = 0.4;
    s.workers.savings_median = 3_000.0;
    if seed > 2 {
        // What a guarantee gives back may be what coaching is paid from.
        s.contract.retainer_per_week = 300.0;
        s.contract.guarantee_weeks = 2;
        s.sellers.representation = 4;
    }
    s.workers.resume_precision = if seed.is_multiple_of(2) { 0.0 } else { 0.04 };
    s
}

/// Employees hand in forms, of friends for a bonus and of strangers for a price.
pub(super) fn forms(seed: u64, known: bool) -> Scenario {
    let mut s = contingency(seed);
    s.disclosure.payment_known = known;
    s.workers.count = 80;
    s.referral.employee_bonus = 2_000.0;
    s.referral.stranger_price = 50.0;
    s.employer.fee_felt = 0.5;
    s.introducers.goodwill_value = 4_000.0;
    s.introducers.gratitude = 50.0;
    s.decision_makers.vacancy_rate = 0.6;
    s.decision_makers.attention = 5;
    s.decision_makers.reads = 25;
    s.workers.savings_median = 400.0;
    s.coaching.price = if seed.is_multiple_of(2) { 200.0 } else { 0.0 };
    s
}

/// Every way to a decision-maker is worth the same to her, so that only their order decides: trust never moves, a
/// cold applicant is believed to be like one who comes through a tie, and neither courtesy nor a fee is felt.
pub(super) fn equals(seed: u64, payer: Payer) -> Scenario {
    let mut s =
        if payer == Payer::Employer { headhunters(seed) } else { forms(seed, seed.is_multiple_of(2)) };
    s.workers.count = 40;
    s.beliefs.applicants_mean = 0.0;
    s.beliefs.applicants_variance = 0.75;
    s.beliefs.applicants_learning = 0.0;
    s.beliefs.trust_mean = 0.0;
    s.beliefs.trust_precision = 4.0;
    s.beliefs.trust_fade = 1.0;
    s.beliefs.within_source_variance = 0.5;
    s.decision_makers.courtesy = 0.0;
    s.decision_makers.attention = 2;
    s.decision_makers.reads = 25;
    s.introducers.hears_of_vacancy = 1.0;
    s.search.applications_unemployed = 8.0;
    s.introducers.level_window = 3.0;
    s.introducers.gratitude = 1_000.0;
    s.contacts.ask_rate = 1.0;
    s.referral.employee_bonus = 500.0;
    s.referral.stranger_price = 20.0;
    s.employer.fee_felt = 0.0;
    s
}
