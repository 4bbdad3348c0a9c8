//! Employers who pay, once people are submitted: what is felt of the fee, who is hired, and what it does to ties.

use introsim::maths::{exp, normal_below, normal_density, pow};
use introsim::scenario::Scenario;
use introsim::week::tally::Channel;

use super::employers::market;
use crate::life::{Life, assert_within_4_errors, changed, mean_and_error, ratio_and_error};

/// Employers who meet everybody submitted and believe of them what is true: ability minus bar is N(−bar, 1).
fn meeting_market(fee_felt: f64) -> Scenario {
    let (bar, workers, desks) = (0.3, 20_000, 5_000);
    let one = ["employer.found=1", "employer.screened=1", "employer.submits=1"];
    let equal = [
        "decision_makers.bar_sd=0",
        "decision_makers.salary_log_sd=0",
        "decision_makers.attention=9",
        "decision_makers.meeting_cost=$0",
        "beliefs.trust_precision=2",
        "beliefs.within_source_variance=0.5",
        "decision_makers.interview_precision=0.21",
    ];
    let mut scenario = market(workers, desks, 1, &[one.as_slice(), &equal].concat());
    (scenario.decision_makers.bar_mean, scenario.beliefs.trust_mean) = (bar, -bar);
    scenario.employer.fee_felt = fee_felt;
    scenario
}

/// A share s of salary, of which she feels a part, is f = part · s · reference/value in sd of quality, whatever the
/// salary: 22 % felt in full is 1.1 sd. A person passes if the posterior mean N(−bar, V²/(V + n)) is at least f.
#[test]
fn who_passes_must_be_better_than_the_bar_by_what_is_felt_of_the_fee() {
    let v: f64 = 1.0 + 0.25;
    let spread = v / (v + 1.0 / 0.21).sqrt();
    for part in [0.0, 0.3, 1.0] {
        let mut scenario = meeting_market(part);
        scenario.contract.share_of_salary = 0.22;
        let mut life = Life::opened(&scenario);
        life.weeks(1);
        let mut cases = vec![(0.0, 0.0); scenario.workers.count as usize];
        for meeting in &life.pipeline.meetings {
            let (passed, n) = &mut cases[meeting.request.worker as usize];
            *passed += f64::from(u8::from(meeting.passed()));
            *n += 1.0;
        }
        assert_eq!(life.pipeline.meetings.len(), 5_000, "everybody submitted was met");
        let expected = normal_below((-0.3 - 1.1 * part) / spread);
        assert_within_4_errors(&format!("passed, {part} felt"), ratio_and_error(&cases), expected);
    }
}

/// A meeting is worth value · σ ψ((M − f)/σ) and 0.8 of a courtesy of $300, with the value of a sd, $20,000, in proportion
/// to her salary, 100,000 exp(0.25 · 0.3). It costs $750: above the f at which the two are equal she meets nobody.
#[test]
fn a_fee_felt_lowers_the_worth_of_a_meeting_until_nobody_is_met() {
    let v: f64 = 1.0 + 0.25;
    let spread = v / (v + 1.0 / 0.21).sqrt();
    let worth = |felt: f64| {
        let z = (-0.3 - felt) / spread;
        20_000.0 * exp(0.25 * 0.3) * spread * (normal_density(z) + z * normal_below(z)) + 0.8 * 300.0
    };
    let (mut low, mut high) = (0.0, 3.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        (low, high) = if worth(middle) > 750.0 { (middle, high) } else { (low, middle) };
    }
    // A share s felt in full is 5 s in sd.
    let highest_share = low / 5.0;
    assert!(highest_share > 0.05 && highest_share < 0.5, "{highest_share}");
    for (share, met) in [(highest_share * (1.0 - 1e-6), 5_000), (highest_share * (1.0 + 1e-6), 0)] {
        let mut scenario = meeting_market(1.0);
        scenario.decision_makers.meeting_cost = 750.0;
        scenario.contract.share_of_salary = share;
        let mut life = Life::opened(&scenario);
        life.weeks(1);
        assert_eq!(life.tally.met[Channel::Submitted as usize], met, "at a share of {share}");
    }
}

#[test]
fn a_fee_felt_in_full_that_nobody_is_worth_leaves_every_vacancy_open() {
    for (part, hires) in [(1.0, false), (0.0, true)] {
        let mut scenario = meeting_market(part);
        scenario.contract.success_fee = 10_000_000.0;
        let mut life = Life::opened(&scenario);
        life.weeks(1);
        assert_eq!(life.tally.hires[Channel::Submitted as usize] > 0, hires, "{part} of the fee felt");
        let met = life.tally.met[Channel::Submitted as usize];
        assert_eq!(met, 5_000, "a meeting that costs nothing is held");
    }
}

/// Nobody here looks for a job. Who is hired had one, and earns what his reservation asks, 1.05 times as much, or more.
#[test]
fn employers_hire_people_who_did_not_look_and_pay_them_what_they_ask() {
    let mut scenario = meeting_market(0.0);
    scenario.search.reservation_employed = 1.05;
    scenario.workers.count = 5_000;
    (scenario.decision_makers.count, scenario.introducers.ties) = (500, 500);
    let mut life = Life::opened(&scenario);
    let mut hired = 0;
    for _ in 0..6 {
        let before = life.world.workers.salary.clone();
        life.weeks(1);
        for &meeting in &life.pipeline.hires {
            let worker = life.pipeline.meetings[meeting as usize].request.worker as usize;
            assert!(life.world.workers.salary[worker] >= 1.05 * before[worker] * (1.0 - 1e-12));
            hired += 1;
        }
        let hires = life.tally.hires[Channel::Submitted as usize];
        assert_eq!((life.tally.placed.n, life.tally.placed_not_looking), (hires, hires));
        // Submitted to a job that pays too little is nobody, so nobody declines but one who takes a better offer.
        for request in life.pipeline.all_requests() {
            let offered = life.world.decision_makers.salary[request.decision_maker as usize];
            assert!(offered >= 1.05 * before[request.worker as usize] * (1.0 - 1e-12));
        }
    }
    assert!(hired > 50, "only {hired} were hired: the test shows little");
}

/// What was asked for costs nothing: a tie loses by organic requests and failures alone, and gains by everybody who
/// passed. Recomputed tie by tie: g' = clamp(g − 0.01 R + 0.1 passed − 0.02 failed), then 2 % of what is missing, with R
/// and failures of organic requests.
#[test]
fn what_an_employer_asked_for_costs_a_tie_nothing_and_earns_it_what_is_good() {
    let settings = [
        "sellers.entry=closed",
        "sellers.share=25%",
        "contract.payer=employer",
        "contract.share_of_salary=20%",
        "employer.after_weeks=0",
        "employer.engages=0.5",
        "employer.found=5",
        "goodwill.start=0.5",
        "goodwill.per_request=0.01",
        "goodwill.bad=0.02",
        "workers.initial_unemployed=30%",
        "contacts.ask_rate=0.2",
        "decision_makers.vacancy_rate=0.3",
        "beliefs.trust_mean=0.3",
        "decision_makers.meeting_cost=$100",
    ];
    let mut life = Life::opened(&changed(&crate::life::small(), &settings));
    let (mut passed, mut failed, mut organic) = (0, 0, 0);
    for week in 1..=40 {
        let ties = &life.world.ties;
        let before: Vec<f64> = (0..ties.len()).map(|tie| ties.goodwill(tie)).collect();
        life.weeks(1);
        for (tie, &before) in before.iter().enumerate() {
            let of = |channel| {
                let count = |n: usize| f64::from(u32::try_from(n).unwrap());
                let own = |r: &introsim::week::pipeline::Request| {
                    r.channel == channel && r.tie.is_some() && r.tie.at() == tie
                };
                let met = life.pipeline.meetings.iter().filter(|m| own(&m.request));
                let good = met.clone().filter(|m| m.passed()).count();
                let bad = met.count() - good;
                (count(life.pipeline.requests.iter().filter(|r| own(r)).count()), count(good), count(bad))
            };
            let ((requests, good, bad), (_, found_good, found_bad)) =
                (of(Channel::Organic), of(Channel::Submitted));
            let after = |g: f64, passes: f64| {
                let g = (g - 0.01 * requests + 0.1 * passes - 0.02 * bad).clamp(0.0, 1.0);
                g + 0.02 * (1.0 - g)
            };
            let ties = &life.world.ties;
            let expected = after(before, good + found_good);
            assert!((ties.goodwill(tie) - expected).abs() < 1e-12, "week {week}, tie {tie}");
            passed += u32::from(found_good > 0.5);
            failed += u32::from(found_bad > 0.5);
            organic += u32::from(bad > 0.5);
        }
    }
    assert!(
        passed > 10 && failed > 10 && organic > 10,
        "{passed}, {failed}, {organic}: the test shows little"
    );
}

/// Asking costs nothing, so of those out of work everybody asks who considers it, whoever he is. Who asked in week 1
/// stands on a list for 12 weeks; those submitted stand on the list of the seller who submits them, and from week 13 on
/// there is nobody to submit.
#[test]
fn a_seller_who_searches_among_askers_submits_nobody_who_did_not_ask_him() {
    let n = 6_000;
    let mut scenario = market(
        n,
        60,
        3,
        &["employer.among=askers", "workers.initial_unemployed=100%", "employer.after_weeks=2"],
    );
    scenario.buyers.consider_rate = 0.3;
    let mut life = Life::opened(&scenario);
    life.weeks(1);
    let asked: Vec<f64> =
        (0..n as usize).map(|w| f64::from(u8::from(life.world.workers.seller[w].is_some()))).collect();
    assert_within_4_errors("asked", mean_and_error(&asked), 0.3);
    let lists: Vec<Vec<u32>> = {
        let sellers = &life.world.market.as_ref().unwrap().sellers;
        sellers.iter().map(|s| s.applicants.iter().map(|a| a.search.worker.0).collect()).collect()
    };
    assert!(lists.iter().map(Vec::len).sum::<usize>() == asked.iter().filter(|a| **a > 0.5).count());
    let ability: Vec<f64> =
        lists.iter().flatten().map(|&w| life.world.workers.true_ability[w as usize]).collect();
    assert_within_4_errors("ability of askers", mean_and_error(&ability), 0.0);

    // Nobody asks any more.
    scenario.buyers.consider_rate = 0.0;
    let mut life = Life::from_world(&scenario, life.world);
    let mut submitted = 0;
    for week in 2..=20 {
        life.weeks(1);
        for request in life.pipeline.all_requests() {
            let seller = life.world.ties.introducer[request.tie.at()].at();
            assert!(lists[seller].contains(&request.worker), "week {week}: {request:?}");
        }
        let of_the_week = life.pipeline.all_requests().count();
        assert_eq!(of_the_week > 0, (3..=12).contains(&week), "{of_the_week} submitted in week {week}");
        submitted += of_the_week;
    }
    assert_eq!(submitted, 60 * 3 * 10, "three for each of 60 desks in each of ten weeks");
    let market = life.world.market.as_ref().unwrap();
    for (seller, list) in market.sellers.iter().zip(&lists) {
        // All asked in vain, each a case of weight 0.05.
        let rating = 0.5 * pow(0.95, f64::from(u32::try_from(list.len()).unwrap()));
        assert!((seller.rating - rating).abs() < 1e-12, "rating {}, by hand {rating}", seller.rating);
        assert!(seller.applicants.is_empty());
    }
}
