//! Cold applications: how many reach how many desks.

use introsim::scenario::Scenario;

use crate::life::{Life, assert_within_4_errors, changed, mean_and_error, nothing_happens};

/// Everybody out of work, every seat vacant, nobody read: each application goes to one random decision-maker.
fn market(workers: u32, desks: u32, rate: f64) -> Scenario {
    let mut scenario = changed(
        &nothing_happens(workers),
        &[
            "workers.initial_unemployed=100%",
            "decision_makers.vacancy_rate=1",
            "decision_makers.initial_vacancies=100%",
            "decision_makers.vacancy_life=5200 weeks",
            "decision_makers.attention=0",
            "search.reservation_unemployed=0%",
            "search.vacancies_compared=1",
        ],
    );
    (scenario.decision_makers.count, scenario.search.applications_unemployed) = (desks, rate);
    scenario
}

/// Requests of each worker, week by week.
fn counts(scenario: &Scenario, weeks: u32) -> Vec<Vec<u32>> {
    let mut life = Life::new(scenario);
    (0..weeks)
        .map(|_| {
            life.weeks(1);
            let mut counts = vec![0; life.world.workers.len()];
            life.pipeline.all_requests().for_each(|r| counts[r.worker as usize] += 1);
            counts
        })
        .collect()
}

/// A Poisson number λ over D desks, doubles dropped, is a coin for each desk: every desk hears of him with chance
/// p = 1 − exp(−λ/D), independently, so that the number of letters is binomial (D, p). Lapsing is so rare (1/5,200)
/// and mended within a week that all desks but a fraction of 1/5,200 are open; that is far below the error.
#[test]
fn the_number_of_letters_is_a_thinned_poisson() {
    for (desks, rate) in [(6, 4.0), (40, 8.0), (2_000, 1.5)] {
        let weeks = counts(&market(4_000, desks, rate), 5);
        let p = 1.0 - introsim::maths::exp(-rate / f64::from(desks));
        let all: Vec<f64> = weeks.iter().flatten().map(|&n| f64::from(n)).collect();
        let label = format!("letters, {rate} a week to {desks} desks");
        let mean = f64::from(desks) * p;
        // A lapsed desk lowers the mean by λ/D · exp(−λ/D)-ish parts of 1/5,200 at most: p/5,200 of it.
        assert_within_4_errors(&label, mean_and_error(&all), mean);
        let squares: Vec<f64> = all.iter().map(|n| (n - mean) * (n - mean)).collect();
        assert_within_4_errors(&format!("{label}: variance"), mean_and_error(&squares), mean * (1.0 - p));
        let none: Vec<f64> = all.iter().map(|&n| f64::from(u8::from(n < 0.5))).collect();
        let nobody = introsim::maths::exp(-rate);
        if nobody > 0.001 {
            assert_within_4_errors(&format!("{label}: none at all"), mean_and_error(&none), nobody);
        }
    }
}

/// Of the two vacancies compared the closer in level is written to: of two desks, one close and one far, the far one is
/// written to only if both draws fall on it, so one letter goes there with chance 1/4, of three draws 1/8.
#[test]
fn an_application_goes_to_the_closest_of_the_vacancies_compared() {
    for (compared, chance) in [(1, 0.5), (2, 0.25), (3, 0.125)] {
        let mut scenario = market(20_000, 2, 0.2);
        scenario.search.vacancies_compared = compared;
        let mut life = Life::new(&scenario);
        let table = &mut life.world.decision_makers;
        (table.level[0], table.level[1]) = (0.0, 100.0);
        // Opened again, so that whatever is kept of open levels is kept of these.
        table.set_open(0, true, 0);
        table.set_open(1, true, 0);
        life.weeks(1);
        // Doubles are dropped, so count each desk by itself: λ is split λ(1 − c) and λ c between the two.
        let far: Vec<f64> = {
            let mut wrote = vec![0.0; 20_000];
            let to_far = life.pipeline.all_requests().filter(|r| r.decision_maker == 1);
            to_far.for_each(|r| wrote[r.worker as usize] = 1.0);
            wrote
        };
        let expected = 1.0 - introsim::maths::exp(-0.2 * chance);
        assert_within_4_errors(
            &format!("letters to the far one of {compared}"),
            mean_and_error(&far),
            expected,
        );
    }
}

/// Nobody writes to a job that pays less than the reservation.
#[test]
fn the_reservation_salary_is_a_floor_for_every_letter() {
    let scenario =
        changed(&market(500, 50, 8.0), &["search.reservation_unemployed=90%", "search.level_fade=0.01"]);
    let mut life = Life::new(&scenario);
    let mut seen = 0;
    for weeks_out in 1..=30 {
        life.weeks(1);
        for request in life.pipeline.all_requests() {
            let usual = life.world.workers.usual_salary[request.worker as usize];
            let fade = introsim::maths::exp(-0.25 * 0.01 * f64::from(weeks_out));
            let floor = 0.9 * usual * fade;
            let offered = life.world.decision_makers.salary[request.decision_maker as usize];
            assert!(offered >= floor * (1.0 - 1e-12), "{offered} below {floor}");
            seen += u32::from(offered < floor * 1.02);
        }
    }
    assert!(seen > 50, "the floor is reached, so it binds");
}
