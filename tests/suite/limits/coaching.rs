//! Coaching and résumé writing: who buys, what coaching does where it does nothing, and what it does where it does.

use introsim::experiments::gain::Arms;
use introsim::maths::{ln, normal_below, pow};
use introsim::scenario::Scenario;
use introsim::world::START;
use introsim::world::institutions::{Coached, Coaching};

use super::contacts::{searchers, stationary_mean};
use crate::life::{Life, assert_within_4_errors, changed, mean_and_error, nothing_happens, ratio_and_error};

/// Everybody is out of work since the week before, considers every week and has savings for anything; nobody is turned
/// away by lot.
fn market(workers: u32, settings: &[&str]) -> Scenario {
    let base = [
        "workers.initial_unemployed=100%",
        "workers.savings_median=$1,000,000",
        "buyers.consider_rate=1",
        "buyers.holdout=0%",
    ];
    changed(&changed(&nothing_happens(workers), &base), settings)
}

fn coaching(life: &Life) -> &Coaching {
    &life.world.market.as_ref().unwrap().coaching
}

/// Weeks lived since the start.
fn week(life: &Life) -> u32 {
    life.world.week - START
}

/// Who has bought so far, as 0 or 1 by worker.
fn bought(life: &Life) -> Vec<f64> {
    let mut yes = vec![0.0; life.world.workers.len()];
    coaching(life).cohort.iter().for_each(|c| yes[c.member.search.worker.at()] += 1.0);
    yes
}

/// Spread of ln S and where its mean is: ln S ~ N(ln 100,000 − 0.25 · 0.3, 0.25² + 0.37²).
fn log_salary(salary: f64) -> f64 {
    (ln(salary / 100_000.0) + 0.25 * 0.3) / (0.25_f64 * 0.25 + 0.37 * 0.37).sqrt()
}

/// After w weeks D = (30 + w)/2 weeks are to come, and coaching at a price P is worth it to those with a salary above
/// 52 P/(R · 0.6 · (D − 4)), where R is the opening rating: until the first buyers have been judged, in week 27, all
/// those have bought by week w.
#[test]
fn those_buy_coaching_whose_wages_lost_times_its_rating_exceed_the_price() {
    for (price, rating, before) in [(6_000.0, 0.5, 0), (3_000.0, 0.2, 0), (12_000.0, 0.5, 40)] {
        let mut scenario = market(10_000, &[]);
        scenario.coaching.price = price;
        scenario.buyers.opening_rating = rating;
        let mut life = Life::new(&scenario);
        life.weeks(before);
        life.open();
        for more in [1, 9, 15] {
            life.weeks(more);
            let to_come = (30.0 + f64::from(week(&life))) / 2.0;
            let lowest = 52.0 * price / (rating * 0.6 * (to_come - 4.0));
            let expected = normal_below(-log_salary(lowest));
            let label = format!("coached for {price} at {rating} by week {}", week(&life));
            assert_within_4_errors(&label, mean_and_error(&bought(&life)), expected);
        }
        assert!(bought(&life).iter().all(|n| *n < 1.5), "somebody was coached twice");
    }
}

/// The price is paid from savings, which are log-normal around $5,000 with a spread of 1 and drawn apart from salaries.
#[test]
fn nobody_buys_coaching_who_cannot_pay_for_it() {
    for price in [1_000.0, 4_000.0] {
        let mut scenario = market(20_000, &["workers.savings_median=$5,000"]);
        scenario.coaching.price = price;
        let mut life = Life::opened(&scenario);
        life.weeks(1);
        let wants = normal_below(-log_salary(52.0 * price / (0.5 * 0.6 * 11.5)));
        let can = normal_below(-ln(price / 5_000.0));
        let found = mean_and_error(&bought(&life));
        assert_within_4_errors(&format!("coached for {price}"), found, wants * can);
        let paid: i64 = coaching(&life).cohort.iter().map(|c| c.member.prepaid_cents).sum();
        assert_eq!(paid, life.world.market.as_ref().unwrap().ledger.coaches_cents);
        let spent = life.world.workers.own_savings_cents.iter().sum::<i64>()
            - life.world.workers.savings_cents.iter().sum::<i64>();
        assert_eq!(spent, paid, "what the coaches have is what savings lack");
    }
}

/// The lot knows nothing of a person, and who is turned away by it is not coached later in the same search.
#[test]
fn the_coaches_lot_turns_away_its_share_whoever_they_are() {
    let mut life = Life::opened(&market(20_000, &["coaching.price=$100", "buyers.holdout=20%"]));
    life.weeks(5);
    let cohort = &coaching(&life).cohort;
    assert_eq!(cohort.len(), 20_000, "everybody wants it at once, and once");
    let out: Vec<f64> = cohort.iter().map(|c| f64::from(u8::from(!c.member.treated))).collect();
    assert_within_4_errors("turned away", mean_and_error(&out), 0.2);
    let ability = |treated: bool| -> Vec<f64> {
        let group = cohort.iter().filter(|c| c.member.treated == treated);
        group.map(|c| life.world.workers.true_ability[c.member.search.worker.at()]).collect()
    };
    let ((coached, a), (turned_away, b)) = (mean_and_error(&ability(true)), mean_and_error(&ability(false)));
    assert_within_4_errors("ability, coached less turned away", (coached - turned_away, a.hypot(b)), 0.0);
}

/// Where coaching changes nothing, coached and turned away alike hear of a job with chance a a week, which pays the usual
/// salary S for good. All are bought in week 1 and followed in weeks 2 to 53: income/S is (0.4 + 0.6 (1 − (1 − a)ᵏ))/52
/// in the k-th of these. A share 1 − (1 − a)²⁶ has had work by week 27, when what coaching is known to do becomes the
/// difference of two equal shares.
#[test]
fn coaching_that_does_nothing_is_known_to_do_nothing_and_costs_its_price() {
    let hears: f64 = 0.03;
    let price = 400.0;
    let mut scenario = market(20_000, &["buyers.holdout=50%"]);
    scenario.friends.lead_rate = hears;
    scenario.coaching.price = price;
    let mut life = Life::opened(&scenario);
    // Those who hear of a job in week 1 have it before they could buy.
    life.weeks(26);
    assert!((coaching(&life).rating() - 0.5).abs() < 1e-12, "nobody is judged before his 26th week");
    life.weeks(1);
    let group = |treated: bool| -> Vec<&Coached> {
        coaching(&life).cohort.iter().filter(|c| c.member.treated == treated).collect()
    };
    let expected = 1.0 - pow(1.0 - hears, 26.0);
    let mut errors = Vec::new();
    for (treated, known) in [(true, coaching(&life).worked[0]), (false, coaching(&life).worked[1])] {
        let n = f64::from(u32::try_from(group(treated).len()).unwrap());
        errors.push((expected * (1.0 - expected) / n).sqrt());
        let label = format!("had work within 26 weeks, treated: {treated}");
        // So many are judged at once that nothing is left of the opening: 0.95 to the power of thousands.
        assert_within_4_errors(&label, (known, errors[errors.len() - 1]), expected);
    }
    let known = (coaching(&life).rating(), errors[0].hypot(errors[1]));
    assert_within_4_errors("what coaching is known to do", known, 0.0);

    life.weeks(26);
    let weeks = (1..=52).map(|k| 0.4 + 0.6 * (1.0 - pow(1.0 - hears, f64::from(k))));
    let income = weeks.sum::<f64>() / 52.0;
    let outcomes = |treated: bool, refund: f64| -> Vec<f64> {
        let cohort = coaching(&life).cohort.iter().filter(|c| c.member.treated == treated);
        cohort.map(|c| c.member.outcome() + refund / c.member.usual_salary).collect()
    };
    let (coached, turned_away) =
        (mean_and_error(&outcomes(true, price)), mean_and_error(&outcomes(false, 0.0)));
    assert_within_4_errors("income of the coached", coached, income);
    assert_within_4_errors("income of those turned away", turned_away, income);
    let difference = (coached.0 - turned_away.0, coached.1.hypot(turned_away.1));
    assert_within_4_errors("what the lottery says, the price added", difference, 0.0);
    // The gain that the tables give is that difference less price/S.
    let cohort = &coaching(&life).cohort;
    let price_in_salaries: Vec<f64> =
        cohort.iter().filter(|c| c.member.treated).map(|c| price / c.member.usual_salary).collect();
    let gain = Arms::of(cohort.iter().map(|c| &c.member)).gain().unwrap();
    assert!((gain + mean_and_error(&price_in_salaries).0 - difference.0).abs() < 1e-9, "gain {gain}");
    assert!(cohort.iter().all(|c| c.member.followed == 52));
}

/// Who always searches and meets somebody with chance p a week knows p/(1 − q) introducers; coached, he meets with chance
/// p (1 + gain).
#[test]
fn the_coached_know_as_many_introducers_as_their_faster_meeting_leaves_them() {
    let (p, half_life, introducers) = (0.07, 26.0, 200);
    let q = pow(2.0, -1.0 / half_life);
    let steady = |p: f64| p / (1.0 - q);
    assert!((stationary_mean(2.5 * p, q, 16, introducers) - steady(2.5 * p)).abs() < 1e-2);
    let mut scenario = searchers(
        3_000,
        &[
            "introducers.count=200",
            "contacts.half_life=26",
            "contacts.meet_rate=0.07",
            "coaching.price=$1",
            "coaching.networking_gain=150%",
            "buyers.consider_rate=1",
            "buyers.holdout=50%",
        ],
    );
    scenario.workers.savings_median = 1e6;
    let mut life = Life::opened(&scenario);
    life.weeks(400);
    let mut means = vec![0.0; 3_000];
    for _ in 0..200 {
        life.weeks(1);
        for (worker, mean) in means.iter_mut().enumerate() {
            *mean += f64::from(life.world.contacts.count(worker)) / 200.0;
        }
    }
    for (coached, rate) in [(true, 2.5 * p), (false, p)] {
        let group = (0..3_000).filter(|&w| life.world.workers.coached.has(w) == coached);
        let found = mean_and_error(&group.map(|w| means[w]).collect::<Vec<_>>());
        // The short row holds 16: the chain tells how little that takes from the closed form.
        let expected = stationary_mean(rate, q, 16, introducers);
        assert_within_4_errors(&format!("contacts, coached: {coached}"), found, expected);
    }
}

/// Correlation of two columns with its large-sample error (1 − ρ²)/√n at the expected ρ.
fn correlation(pairs: &[(f64, f64)], expected: f64) -> (f64, f64) {
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (mx, my) = (mean_and_error(&x).0, mean_and_error(&y).0);
    let sum = |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|&(x, y)| f(x - mx, y - my)).sum::<f64>();
    let r = sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt();
    let n = f64::from(u32::try_from(pairs.len()).unwrap());
    (r, (1.0 - expected * expected) / n.sqrt())
}

/// A résumé of precision π correlates with ability by √(π/(1 + π)), before and after somebody has worked on it, and what
/// is wrong with it stays wrong: the noise is the same, scaled down. Every desk reads it so: her beliefs about people
/// spread by π/(1 + π) where she believes N(0, 1) of ability.
#[test]
fn a_resume_is_as_clear_as_what_was_added_to_its_precision() {
    for (plain, gain) in [(0.1_f64, 0.3), (0.04, 0.06), (0.0, 0.2)] {
        let mut scenario = market(
            20_000,
            &[
                "coaching.price=$1",
                "buyers.holdout=50%",
                "decision_makers.count=100",
                "decision_makers.initial_vacancies=100%",
                "decision_makers.bar_mean=5",
                "decision_makers.bar_sd=0",
                "decision_makers.meeting_cost=$0",
                "decision_makers.interview_precision=0.21",
                "search.reservation_unemployed=0%",
                "search.vacancies_compared=1",
                "search.applications_unemployed=1",
                "beliefs.applicants_mean=-5",
                "beliefs.applicants_variance=1",
                "beliefs.applicants_learning=0",
            ],
        );
        scenario.decision_makers.attention = 1_000_000;
        (scenario.workers.resume_precision, scenario.coaching.resume_precision_gain) = (plain, gain);
        let mut life = Life::opened(&scenario);
        let before = life.world.workers.resume_signal.clone();
        life.weeks(2);
        let workers = &life.world.workers;
        for (coached, precision) in [(true, plain + gain), (false, plain)] {
            let group = || (0..20_000).filter(|&w| workers.coached.has(w) == coached);
            assert!(group().count() > 8_000);
            let noise = |signal: f64, w: usize, pi: f64| (signal - workers.true_ability[w]) * pi.sqrt();
            if plain > 0.0 {
                let same =
                    |w: usize| noise(before[w], w, plain) - noise(workers.resume_signal[w], w, precision);
                assert!(group().all(|w| same(w).abs() < 1e-9), "the noise is another");
            }
            let label = format!("{plain} and {gain}, coached: {coached}");
            let validity = (precision / (1.0 + precision)).sqrt();
            if precision > 0.0 {
                let pairs: Vec<_> =
                    group().map(|w| (workers.true_ability[w], workers.resume_signal[w])).collect();
                assert_within_4_errors(
                    &format!("{label}: validity"),
                    correlation(&pairs, validity),
                    validity,
                );
            }
            // Beliefs before the interview, in week 2, about a worker in all his meetings alike.
            let mut cases = vec![(0.0, 0.0); 20_000];
            for meeting in life
                .pipeline
                .meetings
                .iter()
                .filter(|m| workers.coached.has(m.request.worker as usize) == coached)
            {
                let (sum, n) = &mut cases[meeting.request.worker as usize];
                *sum += (meeting.margin + 5.0) * (meeting.margin + 5.0);
                *n += 1.0;
            }
            if precision > 0.0 {
                let found = ratio_and_error(&cases);
                let label = format!("{label}: variance of beliefs after the résumé");
                assert_within_4_errors(&label, found, precision / (1.0 + precision));
            } else {
                assert!(cases.iter().all(|(sum, _)| sum.abs() < 1e-12), "{label}: read what says nothing");
            }
        }
    }
}
