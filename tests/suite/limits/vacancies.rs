//! Vacancies where nobody is met: open and closed by two constant chances.

use introsim::scenario::Scenario;

use crate::life::{Life, assert_within_4_errors, mean_and_error, nothing_happens};

/// Vacancies that nobody applies for.
fn market(opens: f64, life_weeks: f64, initially: f64) -> Scenario {
    let mut scenario = nothing_happens(1);
    let d = &mut scenario.decision_makers;
    (d.count, d.vacancy_rate, d.vacancy_life, d.initial_vacancies) = (2_000, opens, life_weeks, initially);
    scenario
}

/// In a week a closed seat opens with chance o, an open one lapses with chance l = 1/life, and none does both: a
/// chain of two states, after the phase open with chance v = o/(o + l), where o v' = l v.
#[test]
fn steady_vacancies_balance_those_that_open_and_those_that_lapse() {
    for (opens, life_weeks) in [(0.082, 10.0), (0.5, 2.0), (0.9, 1.0), (0.01, 50.0)] {
        let mut life = Life::new(&market(opens, life_weeks, 0.2));
        life.weeks(300);
        let mut shares = vec![0.0; 2_000];
        for _ in 0..500 {
            life.weeks(1);
            life.world.decision_makers.open.iter().for_each(|row| shares[row] += 1.0 / 500.0);
            assert_eq!(life.tally.vacancies, life.world.decision_makers.open.count());
        }
        let lapse = 1.0 / life_weeks;
        let label = format!("open vacancies, o {opens}, life {life_weeks}");
        assert_within_4_errors(&label, mean_and_error(&shares), opens / (opens + lapse));
    }
}

/// On the way there: v(t) = v + (v(0) − v)(1 − o − l)^t.
#[test]
fn vacancies_come_to_their_steady_share_at_the_rate_of_the_chain() {
    let (opens, lapse, initially) = (0.05, 0.05, 1.0);
    let mut life = Life::new(&market(opens, 1.0 / lapse, initially));
    for week in 1..=20 {
        life.weeks(1);
        let open: Vec<f64> =
            (0..2_000).map(|row| f64::from(u8::from(life.world.decision_makers.open.has(row)))).collect();
        let steady: f64 = opens / (opens + lapse);
        let expected = steady + (initially - steady) * (1.0 - opens - lapse).powi(week);
        if week % 5 == 0 {
            assert_within_4_errors(&format!("open in week {week}"), mean_and_error(&open), expected);
        }
    }
}
