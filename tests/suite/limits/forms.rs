//! Referral forms: which employee hands in whose, who pays a stranger, what a desk comes to believe of forms.
//!
//! Seekers are the first workers, employees the others; who works where is set by hand at the start, for nobody is hired
//! here. Desks open a vacancy in week 1 that never lapses, and nobody is met unless a test says so.

use introsim::ids::DecisionMakerId;
use introsim::maths::{exp, ln, normal_below, normal_density, normal_quantile};
use introsim::scenario::{EdgeList, Scenario};
use introsim::week::tally::Channel;
use introsim::world::START;
use introsim::world::ledger::{Party, Reason, Transfer};

use crate::life::{Life, assert_within_4_errors, changed, mean_and_error, nothing_happens};

/// An employee's hour is $50: 2,080 of them make this salary.
const SALARY: f64 = 104_000.0;

fn market(workers: u32, desks: u32, edges: Vec<(u32, u32)>, settings: &[&str]) -> Scenario {
    let mut scenario = changed(
        &nothing_happens(workers),
        &[
            "workers.initial_unemployed=100%",
            "workers.savings_median=$1,000,000",
            "workers.resume_precision=0",
            "introducers.familiarity_precision=0",
            "introducers.gratitude=$0",
            "introducers.help_hours=1h",
            "introducers.goodwill_value=$1,000",
            "contacts.ask_rate=1",
            "search.applications_unemployed=0",
            "search.reservation_unemployed=0%",
            "search.vacancies_compared=1",
            "decision_makers.vacancy_rate=1",
            "decision_makers.bar_mean=0",
            "decision_makers.bar_sd=0",
            "decision_makers.attention=0",
            "decision_makers.interview_precision=0.21",
            "buyers.consider_rate=1",
        ],
    );
    scenario.decision_makers.count = desks;
    scenario.decision_makers.vacancy_life = 1e12;
    scenario.introducers.level_window = 1e9;
    scenario.friends.edges = Some(EdgeList { path: "pairs.csv".to_owned(), pairs: edges });
    changed(&scenario, settings)
}

/// A world in which worker w has worked for desk `desk_of(w)` since before the start.
fn staffed(scenario: &Scenario, desk_of: impl Fn(u32) -> Option<u32>) -> Life {
    let mut life = Life::new(scenario);
    let workers = &mut life.world.workers;
    for worker in 0..scenario.workers.count {
        if let Some(desk) = desk_of(worker) {
            let w = worker as usize;
            workers.unemployed.set(w, false);
            workers.searches[w] = 0;
            workers.employer[w] = DecisionMakerId(desk);
        }
    }
    life.world.refresh(scenario);
    life.open();
    life
}

/// Seekers 0 … n − 1, each with one friend n + i, who works for one of 50 desks.
fn pairs(n: u32, settings: &[&str]) -> Scenario {
    market(2 * n, 50, (0..n).map(|i| (i, n + i)).collect(), settings)
}

fn pairs_at_work(scenario: &Scenario) -> Life {
    let n = scenario.workers.count / 2;
    staffed(scenario, |w| (w >= n).then_some(w % 50))
}

fn earn_the_same(life: &mut Life) {
    life.world.workers.salary.fill(SALARY);
    life.world.refresh(&life.scenario);
}

/// Thanks 0, an hour of $50, a request met half of the time and a pass turned into a job in 0.7 of the cases, a chance of
/// one half to pass: E[Δg] = 0.5 (0.1 · 0.5 − 0.1 · 0.5) − 0.04, worth −$40. A bonus pays from 90/(0.5 · 0.5 · 0.7) =
/// $514.2857 on; with thanks of $300 the bonus may be next to nothing; with thanks of $89 it needs 1/0.175 = $5.7143.
#[test]
fn an_employee_hands_in_a_form_from_the_bonus_on_that_pays_for_time_and_standing() {
    for (gratitude, bonus, all) in [
        ("$0", "$514.28", false),
        ("$0", "$514.29", true),
        ("$300", "$0.01", true),
        ("$89", "$5.71", false),
        ("$89", "$5.72", true),
    ] {
        let settings =
            [&format!("introducers.gratitude={gratitude}"), &format!("referral.employee_bonus={bonus}")];
        let mut life = pairs_at_work(&pairs(300, &settings.map(String::as_str)));
        earn_the_same(&mut life);
        life.weeks(1);
        assert_eq!(life.tally.form_asks[0], 300, "everybody asked");
        let handed_in = life.tally.requests[Channel::Referred as usize];
        assert_eq!(handed_in, if all { 300 } else { 0 }, "thanks of {gratitude}, a bonus of {bonus}");
    }
}

/// His time costs him salary/2,080 an hour. With standing worth nothing, thanks of $40 and a bonus of $100 that comes
/// with chance 0.175, those hand it in who earn at most 2,080 · 57.50 = $119,600.
#[test]
fn employees_hand_in_forms_as_long_as_their_hour_costs_no_more_than_thanks_and_bonus() {
    let terms =
        ["introducers.gratitude=$40", "introducers.goodwill_value=$0", "referral.employee_bonus=$100"];
    let n = 20_000;
    let mut life = pairs_at_work(&pairs(n, &terms));
    life.weeks(1);
    let spread = (0.25_f64 * 0.25 + 0.37 * 0.37).sqrt();
    let expected = normal_below((ln(1.196) + 0.25 * 0.3) / spread);
    let found = f64::from(life.tally.requests[Channel::Referred as usize]) / f64::from(n);
    let error = (expected * (1.0 - expected) / f64::from(n)).sqrt();
    assert_within_4_errors("forms handed in", (found, error), expected);
}

/// With résumé and look of a friend, π = 0.2 + 0.6, he hands it in if the chance to pass by his belief is at least
/// Φ* = (50 + 40 + 50)/(0.5 (0.7 bonus + 200)): the posterior mean, spread r = √(π/(1 + π)), reaches
/// m* = bar + σ Φ⁻¹(Φ*). The mean ability of those handed in is that of a truncated normal, r φ(z)/Φ(−z) with z = m*/r:
/// a larger bonus brings more and less able people.
#[test]
fn a_larger_bonus_brings_more_and_less_able_people_as_the_truncated_normal_says() {
    let n = 20_000;
    let (precision, bar): (f64, f64) = (0.2 + 0.6, 0.5);
    let validity = (precision / (1.0 + precision)).sqrt();
    let v = 1.0 / (1.0 + precision) + 0.25;
    let spread = v / (v + 1.0 / 0.21).sqrt();
    let mut last = (0.0, f64::INFINITY);
    for bonus in [500.0, 1_000.0, 2_000.0] {
        let mut scenario =
            pairs(n, &["workers.resume_precision=0.2", "introducers.familiarity_precision=0.6"]);
        scenario.decision_makers.bar_mean = bar;
        scenario.referral.employee_bonus = bonus;
        let mut life = pairs_at_work(&scenario);
        earn_the_same(&mut life);
        life.weeks(1);
        let needed = 140.0 / (0.5 * (0.7 * bonus + 200.0));
        let z = (bar + spread * normal_quantile(needed)) / validity;
        let ability: Vec<f64> = life
            .pipeline
            .all_requests()
            .map(|r| life.world.workers.true_ability[r.worker as usize])
            .collect();
        let share = f64::from(u32::try_from(ability.len()).unwrap()) / f64::from(n);
        let chance = normal_below(-z);
        let error = (chance * (1.0 - chance) / f64::from(n)).sqrt();
        assert_within_4_errors(&format!("forms at {bonus}"), (share, error), chance);
        let expected = validity * normal_density(z) / chance;
        assert_within_4_errors(&format!("ability at {bonus}"), mean_and_error(&ability), expected);
        assert!((life.tally.form_ability[0] - ability.iter().sum::<f64>()).abs() < 1e-6);
        assert!(share > last.0 && expected < last.1);
        last = (share, expected);
    }
}

/// A seeker asks each friend with chance p whose employer has a vacancy near the level that he seeks at a salary he would
/// take, counted here by hand from the rules for those out of work and those who look from a job.
#[test]
fn friends_are_asked_as_often_as_there_are_some_at_firms_with_fitting_vacancies() {
    let mut scenario = market(
        6_000,
        40,
        Vec::new(),
        &[
            "contacts.ask_rate=0.25",
            "decision_makers.bar_sd=0.9",
            "decision_makers.initial_vacancies=50%",
            "decision_makers.vacancy_rate=0",
            "search.reservation_unemployed=85%",
            "search.applications_employed=0",
            "introducers.level_window=0.8",
            "referral.employee_bonus=$500",
            "friends.mean_degree=10",
        ],
    );
    scenario.friends.edges = None;
    scenario.jobs.look_weeks = 1e12;
    // A third is out of work, a sixth looks from a desk's job, a sixth from an outside job, the others work for desks.
    let mut life = staffed(&scenario, |w| (w % 3 != 0).then_some(w % 40));
    for w in (0..6_000).filter(|w| w % 3 == 1) {
        life.world.workers.looking.set(w, true);
        if w % 2 == 0 {
            life.world.workers.employer[w] = DecisionMakerId::NONE;
        }
    }
    life.world.refresh(&life.scenario);
    let (mut asked, mut fitting) = (0, 0);
    for week in 1..=6_u32 {
        let (world, workers, desks) = (&life.world, &life.world.workers, &life.world.decision_makers);
        for w in 0..6_000 {
            let (sought, lowest) = match (workers.unemployed.has(w), workers.looking.has(w)) {
                (true, _) => {
                    let fade = 0.02 * f64::from(week);
                    (workers.felt_ability[w] - fade, 0.85 * workers.usual_salary[w] * exp(-0.25 * fade))
                }
                (false, true) => (workers.job_level[w] + 0.3, 1.05 * workers.salary[w]),
                (false, false) => continue,
            };
            let fits = |&&friend: &&u32| {
                let employer = workers.employer[friend as usize];
                employer.is_some() && desks.open.has(employer.at()) && {
                    let row = employer.at();
                    (desks.level[row] - sought).abs() <= 0.8 && desks.salary[row] >= lowest
                }
            };
            fitting += world.friends.of(w).iter().filter(fits).count();
        }
        life.weeks(1);
        asked += life.tally.form_asks[0];
    }
    let fitting = f64::from(u32::try_from(fitting).unwrap());
    assert!(fitting > 5_000.0, "only {fitting} friends could be asked");
    let found = (f64::from(asked) / fitting, (0.25 * 0.75 / fitting).sqrt());
    assert_within_4_errors("friends asked of those who could be", found, 0.25);
}

/// Seekers and a clerk at each of 50 desks, who hands in any form for money.
fn strangers(n: u32, price: f64, settings: &[&str]) -> Life {
    let mut scenario = market(n + 50, 50, Vec::new(), &["introducers.help_hours=0h"]);
    scenario.introducers.goodwill_value = 0.0;
    scenario.referral.stranger_price = price;
    scenario.buyers.rating_weight = 0.0;
    let scenario = changed(&scenario, settings);
    staffed(&scenario, |w| w.checked_sub(n))
}

/// A stranger is paid by those to whom half of 0.6 S/52 · (D − 4) is worth more than the price P and whose savings,
/// log-normal around $5,000 with a spread of 1, cover it. In week 2 who paid in week 1 needs savings of 2 P; D has
/// grown by half a week, so that some with a lower salary come in.
#[test]
fn a_stranger_is_paid_by_those_who_can_and_who_have_more_to_gain() {
    let n = 20_000;
    let spread = (0.25_f64 * 0.25 + 0.37 * 0.37).sqrt();
    for price in [1_000.0, 4_000.0, 9_000.0] {
        let mut life = strangers(n, price, &["workers.savings_median=$5,000"]);
        let wants = |gained_weeks: f64| {
            let salary = 52.0 * price / (0.5 * 0.6 * gained_weeks);
            normal_below(-(ln(salary / 100_000.0) + 0.25 * 0.3) / spread)
        };
        let can = |price: f64| normal_below(-ln(price / 5_000.0));
        let first = wants(11.5) * can(price);
        let second = wants(11.5) * can(2.0 * price) + (wants(12.0) - wants(11.5)) * can(price);
        for (week, expected) in [(1, first), (2, second)] {
            life.weeks(1);
            let forms = f64::from(life.tally.requests[Channel::Stranger as usize]);
            let error = (expected * (1.0 - expected) / f64::from(n)).sqrt();
            let label = format!("paid {price} in week {week}");
            assert_within_4_errors(&label, (forms / f64::from(n), error), expected);
            assert!((life.tally.transfers.forms - price * forms).abs() < 1e-6, "{label}");
        }
        assert!(life.world.workers.savings_cents.iter().all(|&savings| savings >= 0));
    }
}

/// Of ten who work at the only firm four are his friends: the one he happens upon is none of them six times in ten.
#[test]
fn nobody_pays_a_friend_for_a_form() {
    let n = 20_000;
    let edges = (0..n).flat_map(|i| (0..4).map(move |k| (i, n + k))).collect();
    let mut scenario = market(
        n + 10,
        1,
        edges,
        &["contacts.ask_rate=0", "referral.stranger_price=$20", "introducers.help_hours=0h"],
    );
    scenario.introducers.goodwill_value = 0.0;
    let mut life = staffed(&scenario, |w| (w >= n).then_some(0));
    life.weeks(1);
    let share = f64::from(life.tally.requests[Channel::Stranger as usize]) / f64::from(n);
    assert_within_4_errors("strangers paid", (share, (0.24 / f64::from(n)).sqrt()), 0.6);
    assert!(life.pipeline.forms.iter().all(|form| form.insider >= n + 4), "a friend was paid");
}

/// Two friends at one firm hand in a form for one seeker: he is met once and hired, and the firm pays one bonus, to the
/// friend of the lower number.
#[test]
fn a_bonus_is_paid_once_for_a_hire_however_many_handed_in_his_form() {
    let n = 30;
    let edges = (0..n).flat_map(|i| [(i, n + 2 * i), (i, n + 2 * i + 1)]).collect();
    let settings = [
        "referral.employee_bonus=$1,234.56",
        "decision_makers.attention=5",
        "decision_makers.meeting_cost=$0",
        "decision_makers.bar_mean=-5",
        "introducers.help_hours=0h",
        "introducers.goodwill_value=$0",
        "beliefs.trust_mean=5",
    ];
    let mut life = staffed(&market(3 * n, n, edges, &settings), |w| w.checked_sub(n).map(|e| e / 2));
    life.weeks(1);
    let referred = Channel::Referred as usize;
    assert_eq!(
        (life.tally.requests[referred], life.tally.met[referred], life.tally.hires[referred]),
        (2 * n, n, n)
    );
    let bonus = |i| Transfer {
        from: Party::Employer(i),
        to: Party::Employee(n + 2 * i),
        reason: Reason::Bonus,
        cents: 123_456,
    };
    // In the order of those hired, who are numbered as their desks.
    let expected: Vec<Transfer> = (0..n).map(bonus).collect();
    let ledger = &life.world.market.as_ref().unwrap().ledger;
    assert_eq!(ledger.transfers, expected);
    assert_eq!(ledger.insiders_cents, 30 * 123_456);
    life.weeks(3);
    let ledger = &life.world.market.as_ref().unwrap().ledger;
    assert_eq!((ledger.insiders_cents, ledger.transfers.len()), (30 * 123_456, 0), "nothing is paid again");
}

/// One desk far above everybody, which opens in every odd week and lapses in the next, so that it meets the same people
/// in each vacancy anew and hires nobody: two with a friend there, of ability 1, and three without, of ability −1, who pay
/// a stranger.
fn believing(seed: u64, known: bool) -> Life {
    let mut scenario = market(
        7,
        1,
        vec![(0, 5), (1, 6)],
        &[
            "referral.stranger_price=$1",
            "sham.found_out=0",
            "buyers.rating_weight=0",
            "introducers.help_hours=0h",
            "introducers.goodwill_value=$0",
            "decision_makers.bar_mean=5",
            "decision_makers.attention=9",
            "decision_makers.meeting_cost=$0",
            "beliefs.trust_fade=0.02",
            "beliefs.trust_mean=-4.5",
            "beliefs.applicants_mean=-5",
        ],
    );
    scenario.run.seed = seed;
    scenario.disclosure.payment_known = known;
    scenario.decision_makers.vacancy_life = 1.0;
    let mut life = staffed(&scenario, |w| (w >= 5).then_some(0));
    for w in 0..5 {
        life.world.workers.true_ability[w] = if w < 2 { 1.0 } else { -1.0 };
    }
    // Who has a friend there could pay the other clerk.
    life.world.workers.savings_cents[..2].fill(0);
    life.world.refresh(&scenario);
    life
}

/// Her trust in forms, N(m, 1/τ), takes n people of mean quality d in a week of a vacancy as n looks of precision
/// w = 1/(0.5 + match² + interview noise), m → m + n w/(τ + n w) (d − m), and fades by 2 % a week towards its rest. Here
/// iterated in expectation: known, those who pay have a belief of their own, which rests at that about cold applicants;
/// hidden, all forms are one source.
#[test]
fn trust_in_forms_comes_to_what_the_people_on_them_are_worth() {
    let look: f64 = 1.0 / (0.5 + 0.25 + 1.0 / 0.21);
    let (first, last) = (301, 500);
    let expected = |n: f64, quality: f64, rest: f64| {
        let (mut m, mut tau, mut sum) = (rest, 4.0, 0.0);
        for week in 1..=last {
            if week % 2 == 1 {
                (m, tau) = (m + n * look / (tau + n * look) * (quality - m), tau + n * look);
            }
            (m, tau) = (m + 0.02 * (rest - m), tau + 0.02 * (4.0 - tau));
            sum += if week >= first { m } else { 0.0 };
        }
        sum / f64::from(last - first + 1)
    };
    for known in [true, false] {
        let (mut friends, mut strangers) = (Vec::new(), Vec::new());
        for seed in 0..60 {
            let mut life = believing(seed, known);
            let mut sums = [0.0; 2];
            for week in 1..=last {
                life.weeks(1);
                let met =
                    (life.tally.met[Channel::Referred as usize], life.tally.met[Channel::Stranger as usize]);
                assert_eq!(met, if week % 2 == 1 { (2, 3) } else { (0, 0) }, "week {week}");
                let trust = &life.world.market.as_ref().unwrap().forms.trust;
                if week >= first {
                    sums.iter_mut().zip(trust).for_each(|(sum, of)| *sum += of[0].mean);
                }
            }
            let weeks = f64::from(last - first + 1);
            friends.push(sums[0] / weeks);
            strangers.push(sums[1] / weeks);
        }
        if known {
            let found = (mean_and_error(&friends), mean_and_error(&strangers));
            assert_within_4_errors("trust in friends' forms", found.0, expected(2.0, -4.0, -4.5));
            assert_within_4_errors("trust in strangers' forms", found.1, expected(3.0, -6.0, -5.0));
        } else {
            let mixed = (2.0 * -4.0 + 3.0 * -6.0) / 5.0;
            let found = mean_and_error(&friends);
            assert_within_4_errors("trust in all forms", found, expected(5.0, mixed, -4.5));
            assert!(strangers.iter().all(|m| (m + 5.0).abs() < 1e-9), "the other belief is used by nobody");
        }
    }
}

/// A form is handed in at the firm where the employee works, for a vacancy that is open.
#[test]
fn a_form_goes_to_the_desk_of_the_employee_who_hands_it_in() {
    let mut life = strangers(500, 30.0, &[]);
    life.weeks(3);
    assert_eq!(life.world.week, START + 3);
    assert!(life.pipeline.forms.len() > 400);
    for form in &life.pipeline.forms {
        assert_eq!(life.world.workers.employer[form.insider as usize].0, form.decision_maker);
        let asked = |r: &introsim::week::pipeline::Request| {
            (r.worker, r.decision_maker, r.channel) == (form.worker, form.decision_maker, Channel::Stranger)
        };
        assert_eq!(life.pipeline.all_requests().filter(asked).count(), 1);
    }
}
