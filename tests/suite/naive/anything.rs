//! Scenarios in which every key is drawn from a handful of values, corners among them.

use introsim::scenario::{AcceptAbove, Among, Entry, Payer, Scenario, Stage, Targeting};
use introsim::streams::{Draws, Purpose, below};

use super::grid;

/// A row of picks.
struct Picks {
    draws: Draws,
    next: u32,
}

impl Picks {
    fn of<T: Clone>(&mut self, values: &[T]) -> T {
        self.next += 1;
        let bits = self.draws.at(Purpose::Sample, 0, self.next, 0).sub(0);
        values[below(bits, introsim::ids::row(values.len())) as usize].clone()
    }
}

/// The scenario that belongs to a number.
pub(super) fn anything(number: u64) -> Scenario {
    let mut picks = Picks { draws: Draws::new(number, 77), next: 0 };
    let mut s = grid::contingency(number);
    s.run.weeks = 90;
    s.run.burn_in = picks.of(&[0, 7, 60]);
    labour_market(&mut s, &mut picks);
    hiring_side(&mut s, &mut picks);
    institutions(&mut s, &mut picks);
    terms(&mut s, &mut picks);
    other_trades(&mut s, &mut picks);
    s
}

fn labour_market(s: &mut Scenario, p: &mut Picks) {
    let w = &mut s.workers;
    w.count = p.of(&[9, 40, 70]);
    w.resume_precision = p.of(&[0.0, 0.04, 0.5, 4.0]);
    w.networking_log_sd = p.of(&[0.0, 0.5, 1.5]);
    w.networking_ability_correlation = p.of(&[-1.0, 0.0, 0.4, 1.0]);
    w.overconfidence_mean = p.of(&[-1.0, 0.5]);
    w.salary_slope = p.of(&[0.05, 0.25]);
    w.salary_log_sd = p.of(&[0.1, 0.37]);
    w.savings_median = p.of(&[200.0, 2_000.0, 20_000.0]);
    w.benefit_share = p.of(&[0.0, 0.4, 1.0]);
    w.leave_after = p.of(&[0, 3, 26]);
    w.leave_unemployed = p.of(&[0.0, 0.05, 0.3]);
    w.leave_employed = p.of(&[0.0, 0.01]);
    w.weeks_cap = p.of(&[0.0, 5.0, 104.0]);
    w.initial_unemployed = p.of(&[0.0, 0.5, 1.0]);
    let j = &mut s.jobs;
    j.separation = p.of(&[0.02, 0.1, 0.4]);
    j.separation_match_slope = p.of(&[0.0, 0.3, 2.0]);
    j.match_sd = p.of(&[0.0, 0.5, 1.5]);
    j.look_rate = p.of(&[0.0, 0.1, 0.5]);
    j.look_weeks = p.of(&[1.0, 6.0]);
    j.reopened = p.of(&[0.0, 0.7, 1.0]);
    s.friends.mean_degree = p.of(&[0, 2, 6]);
    s.friends.rewiring = p.of(&[0.0, 0.3, 1.0]);
    s.friends.lead_rate = p.of(&[0.0, 0.01, 0.05]);
    let a = &mut s.search;
    a.applications_unemployed = p.of(&[0.0, 1.0, 8.0]);
    a.applications_employed = p.of(&[0.0, 2.0]);
    a.vacancies_compared = p.of(&[1, 3]);
    a.level_fade = p.of(&[0.0, 0.1]);
    a.level_reach = p.of(&[0.0, 0.3, 1.0]);
    a.reservation_unemployed = p.of(&[0.0, 0.6, 1.0]);
    a.reservation_employed = p.of(&[0.5, 1.05]);
    let c = &mut s.contacts;
    c.start_mean = p.of(&[0.0, 3.0]);
    c.start_familiarity = p.of(&[0.0, 8.0]);
    c.meet_rate = p.of(&[0.0, 0.3, 1.0]);
    c.ask_rate = p.of(&[0.0, 0.4, 1.0]);
    c.known_after = p.of(&[0, 1, 4]);
    c.most = p.of(&[0, 2, 16]);
    c.half_life = p.of(&[2.0, 45.0]);
}

fn hiring_side(s: &mut Scenario, p: &mut Picks) {
    let d = &mut s.decision_makers;
    d.count = p.of(&[4, 8, 70]);
    d.bar_mean = p.of(&[-1.0, 0.0, 0.5]);
    d.bar_sd = p.of(&[0.0, 0.9]);
    d.salary_log_sd = p.of(&[0.01, 0.37]);
    d.vacancy_rate = p.of(&[0.05, 0.3, 1.0]);
    d.vacancy_life = p.of(&[1.0, 3.0, 20.0]);
    d.attention = p.of(&[0, 1, 2, 9]);
    d.reads = p.of(&[0, 2, 6, 25]);
    d.value_per_sd = p.of(&[2_000.0, 20_000.0]);
    d.meeting_cost = p.of(&[20.0, 750.0]);
    d.courtesy = p.of(&[0.0, 300.0, 2_000.0]);
    d.value_without_vacancy = p.of(&[0.0, 0.3, 1.0]);
    d.interview_precision = p.of(&[0.0, 0.04, 0.21, 5.0]);
    let b = &mut s.beliefs;
    b.applicants_mean = p.of(&[-1.0, 0.0]);
    b.applicants_learning = p.of(&[0.0, 0.01, 0.3]);
    b.trust_mean = p.of(&[0.0, 0.3, 1.0]);
    b.trust_precision = p.of(&[0.5, 4.0]);
    b.trust_fade = p.of(&[0.0, 0.005, 1.0]);
    b.within_source_variance = p.of(&[0.1, 0.5]);
    let i = &mut s.introducers;
    i.count = p.of(&[1, 5, 12]);
    i.ties = p.of(&[1, 3, 4]);
    i.hour_value = p.of(&[0.0, 20.0, 100.0]);
    i.goodwill_value = p.of(&[0.0, 700.0, 5_000.0]);
    i.gratitude = p.of(&[0.0, 300.0]);
    i.bar_noise = p.of(&[0.0, 0.5, 2.0]);
    i.hears_of_vacancy = p.of(&[0.03, 0.4, 1.0]);
    i.level_window = p.of(&[0.5, 2.0]);
    i.familiarity_precision = p.of(&[0.0, 0.6, 3.0]);
    i.opening_acceptance = p.of(&[0.0, 0.5, 1.0]);
    i.experience_weight = p.of(&[0.0, 0.1, 1.0]);
    let g = &mut s.goodwill;
    g.start = p.of(&[0.1, 0.8, 1.0]);
    g.per_request = p.of(&[0.0, 0.04, 0.2]);
    g.good = p.of(&[0.0, 0.1, 0.4]);
    g.bad = p.of(&[0.0, 0.1, 0.4]);
    g.recovery = p.of(&[0.0, 0.02, 0.2]);
    g.block_below = p.of(&[0.0, 0.151, 0.303]);
    g.forgiven = p.of(&[0.0, 0.02, 0.3]);
    g.rebuild_hours = p.of(&[0.0, 3.0, 10.0]);
    g.rebuild_to = p.of(&[0.35, 0.9]);
    g.rebuild_success = p.of(&[0.0, 0.5, 1.0]);
}

fn institutions(s: &mut Scenario, p: &mut Picks) {
    let o = &mut s.sellers;
    o.entry = p.of(&[Entry::Closed, Entry::Free, Entry::Free]);
    o.share = p.of(&[0.2, 0.6, 1.0]);
    o.hours = p.of(&[4.0, 10.0, 40.0]);
    o.open_hours = p.of(&[0.0, 0.5, 3.0]);
    o.outside_wage_log_sd = p.of(&[0.0, 0.4]);
    o.reconsider_rate = p.of(&[0.02, 0.3, 1.0]);
    o.optimism = p.of(&[-0.1, 0.25, 1.03]);
    o.trials = p.of(&[0.0, 50.0, 2_000.0]);
    o.purse_median = p.of(&[50.0, 2_000.0, 15_000.0]);
    o.purse_log_sd = p.of(&[0.0, 1.0]);
    o.new_name = p.of(&[false, true]);
    o.targeting = p.of(&[Targeting::Random, Targeting::StatedLevel, Targeting::BestFit]);
    o.near = p.of(&[0.5, 3.0]);
    o.foresight = p.of(&[0.0, 0.0, 0.5, 1.0]);
    o.integrity_mean = p.of(&[0.0, 0.0, 100.0]);
    o.pitches_per_week = p.of(&[0, 1, 4]);
    o.pitch_hours = p.of(&[0.0, 0.5, 2.0]);
    o.contact_hours = p.of(&[0.0, 0.25, 1.0]);
    o.representation = p.of(&[1, 4, 12]);
    o.opening_acceptance = p.of(&[0.0, 0.5, 1.0]);
    o.opening_conversion = p.of(&[0.0, 0.7, 1.0]);
    o.experience_weight = p.of(&[0.0, 0.02, 0.5]);
    o.bond = p.of(&[0.0, 10_000.0, 500.0]);
    let b = &mut s.buyers;
    b.consider_rate = p.of(&[0.2, 1.0]);
    b.sellers_compared = p.of(&[1, 2, 5]);
    b.hazard_shape = p.of(&[1.2, 3.0]);
    b.opening_rating = p.of(&[0.3, 0.8, 1.0]);
    b.rating_weight = p.of(&[0.0, 0.05, 0.5]);
    b.uplift_weight = p.of(&[0.0, 0.05, 1.0]);
    b.market_uplift_weight = p.of(&[0.0, 0.01, 0.3]);
    b.holdout = p.of(&[0.0, 0.2, 0.9]);
    s.screening.most_precision = p.of(&[0.0, 0.46, 3.0]);
    s.screening.salary_history = p.of(&[false, true]);
    let stage = |hours, accept_above| Stage { hours, accept_above };
    s.screening.stages = p.of(&[
        vec![],
        vec![stage(1.0, AcceptAbove::Score(-0.1))],
        vec![stage(0.5, AcceptAbove::Profit), stage(2.0, AcceptAbove::Profit)],
        vec![
            stage(0.0, AcceptAbove::Score(-0.3)),
            stage(1.0, AcceptAbove::Profit),
            stage(1.0, AcceptAbove::Score(0.05)),
        ],
    ]);
}

fn terms(s: &mut Scenario, p: &mut Picks) {
    let c = &mut s.contract;
    c.upfront = p.of(&[0.0, 0.0, 200.005, 1_000.0]);
    c.per_introduction = p.of(&[0.0, 30.0, 200.0, 200.0]);
    c.share_of_salary = p.of(&[0.0, 0.02, 0.1]);
    c.success_fee = p.of(&[0.0, 0.0, 777.77]);
    c.retainer_per_week = p.of(&[0.0, 0.0, 25.0, 90.0]);
    c.guarantee_weeks = p.of(&[0, 3, 12, 60]);
    s.disclosure.payment_known = p.of(&[false, true]);
    s.sham.cost = p.of(&[0.0, 20.0, 120.0]);
    s.sham.hours = p.of(&[0.0, 0.5, 3.0]);
    s.sham.found_out = p.of(&[0.0, 0.01, 0.3]);
    s.bombardment.requests_per_week = p.of(&[0.0, 0.0, 0.3, 3.0]);
    s.bombardment.quality_above_bar = p.of(&[-1.0, 0.5]);
    s.bombardment.met = p.of(&[false, true]);
}

fn other_trades(s: &mut Scenario, p: &mut Picks) {
    let e = &mut s.employer;
    e.after_weeks = p.of(&[0, 1, 4]);
    e.engages = p.of(&[0.1, 0.5, 1.0]);
    e.found = p.of(&[1, 4, 20]);
    e.find_hours = p.of(&[0.0, 0.125, 0.5]);
    e.screened = p.of(&[1, 3, 30]);
    e.submits = p.of(&[1, 2, 6]);
    e.among = p.of(&[Among::All, Among::Askers]);
    e.fee_felt = p.of(&[0.0, 0.05, 0.5]);
    let c = &mut s.coaching;
    c.price = p.of(&[0.0, 0.0, 100.0, 1_200.01]);
    c.networking_gain = p.of(&[0.0, 0.5, 3.0]);
    c.resume_precision_gain = p.of(&[0.0, 0.1, 2.0]);
    let r = &mut s.referral;
    r.employee_bonus = p.of(&[0.0, 0.0, 250.0, 2_500.005]);
    r.stranger_price = p.of(&[0.0, 0.0, 20.0, 300.0]);
    s.contract.payer = p.of(&[Payer::Seeker, Payer::Seeker, Payer::Employer]);
    if s.contract.payer == Payer::Employer {
        // He pays on a hire alone, and one search fits into a week.
        s.contract.upfront = 0.0;
        s.contract.per_introduction = 0.0;
        s.contract.retainer_per_week = 0.0;
        s.contract.guarantee_weeks = 0;
        let stages: f64 = s.screening.stages.iter().map(|stage| stage.hours).sum();
        let e = &s.employer;
        let search = f64::from(e.found) * e.find_hours + f64::from(e.screened.min(e.found)) * stages;
        s.sellers.hours = s.sellers.hours.max(search + s.sellers.open_hours);
    }
}
