//! Frozen markets: nobody's behaviour depends on the price or on the cost of a relationship, so the break-even follows
//! from the books of one run at any other price.

use introsim::engine::Arm;
use introsim::experiments::keep::Nothing;
use introsim::experiments::outcomes::Metric;
use introsim::experiments::run::run;
use introsim::experiments::threshold::breakeven::{Criterion, Level};
use introsim::experiments::threshold::crossing::Found;
use introsim::experiments::threshold::flip::{self, metrics};
use introsim::experiments::threshold::{Answer, Caution, Question, answer};
use introsim::scenario::Scenario;
use introsim::scenario::experiment::{Scale, knob_of, load_claims};

use super::Folder;
use crate::life::{changed, small};

/// Sellers who never give up and are blind to their relationships; seekers to whom a job is worth decades of salary; the
/// employed do not buy. Then the success fee moves money and nothing else.
fn frozen() -> Scenario {
    changed(
        &small(),
        &[
            "workers.count=1500",
            "decision_makers.count=200",
            "introducers.ties=40",
            "sellers.entry=closed",
            "sellers.share=25%",
            "sellers.open_hours=0h",
            "sellers.outside_wage_log_sd=0",
            "sellers.hours=168h",
            "sellers.foresight=0",
            // What an hour is worth elsewhere does not move, and everything is seen.
            "sellers.livelihood=0",
            "introducers.bar_noise=0",
            "introducers.hears_of_vacancy=1",
            "buyers.uplift_years=0",
            "buyers.hazard_weeks=5200",
            "buyers.consider_rate=30%",
            "contract.success_fee=$10,000",
            "run.weeks=60",
            "run.replications=8",
        ],
    )
}

fn asked(scenario: &Scenario, range: &str) -> Question<Level> {
    let knob = knob_of("contract.success_fee", Some(range), Some(Scale::Linear)).unwrap();
    Question { knob, subjects: vec![Level { name: "frozen".into(), scenario: scenario.clone() }], points: 6 }
}

fn answered(question: &Question<Level>) -> Answer<Level> {
    answer(question, &mut |_| Box::new(|| {}), &Nothing).unwrap()
}

/// Outcomes of an independent run, by replication.
fn books(scenario: &Scenario, setting: &str) -> Vec<Vec<Option<f64>>> {
    let arm = Arm { name: "books".into(), scenario: changed(scenario, &[setting]) };
    run(&[arm], &|| {}).replications.into_iter().map(|r| r.result.unwrap().outcomes).collect()
}

fn read(row: &[Option<f64>], name: &str) -> f64 {
    Metric::of(name).unwrap().read(row).unwrap()
}

/// The price x at which the mean over replications of (x · per − cost)/hours is 0.
fn balance(rows: &[Vec<Option<f64>>], figures: impl Fn(&[Option<f64>]) -> (f64, f64, f64)) -> f64 {
    let of = |row: &Vec<Option<f64>>| {
        let (per, cost, hours) = figures(row);
        assert!(per > 0.0 && hours >= 100.0, "the market is empty: {per} {hours}");
        (per / hours, cost / hours)
    };
    let sums = rows.iter().map(of).fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    sums.1 / sums.0
}

/// Profit is linear in the fee, and local lines keep straight lines as they are: no error of interpolation. Left is the
/// rounding of floats.
const EXACT: f64 = 1e-9;
/// A fee is rounded to six digits: on the grid it is whole cents anyhow, at a crossing of $1,000 to $11,000 it is off by
/// half a cent in $1,000 or ten times that in $10,000 at most, 5 in a million.
const SIX_DIGITS: f64 = 5e-6;

fn assert_near(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{found}, by the books {expected}");
}

#[test]
fn the_break_even_fee_of_a_frozen_market_is_that_of_its_books_at_another_fee() {
    let scenario = frozen();
    let answer = answered(&asked(&scenario, "$1,000..$11,000"));
    let rows = books(&scenario, "contract.success_fee=$7");
    let hour_value = scenario.introducers.hour_value;
    for (number, last) in [(0, "_judged"), (1, "")] {
        let sum = |row: &[Option<f64>], name: &str| read(row, &format!("{name}{last}"));
        let expected = balance(&rows, |row| {
            let hours = sum(row, "hours");
            let cost = hours * hour_value + sum(row, "social_capital_dollars");
            (sum(row, "hires_paid"), cost, hours)
        });
        let finding = &answer.subjects[0].findings[number];
        println!("{expected} {finding:?}");
        let [breakeven] = &finding.turns[..] else { panic!("one crossing: {finding:?}") };
        assert!(breakeven.crossing.rises && finding.found.as_ref().unwrap().replications == 8);
        assert_near(breakeven.value, expected, SIX_DIGITS);
        // A fee that is due on placements alone is the fee per placement, in runs at the crossing but for the rounding of
        // the fee that they are run at; hours and placements are those of the books.
        let at = breakeven.meaning.unwrap();
        assert_near(at.value, breakeven.value, SIX_DIGITS);
        assert_near(at.fee.unwrap(), at.value, EXACT);
        let total = |name: &str| rows.iter().map(|row| sum(row, name)).sum::<f64>();
        assert_near(at.hours.unwrap(), total("hours") / total("hires_paid"), EXACT);
        let size = rows.iter().map(|row| read(row, "placements_per_10000")).sum::<f64>() / rows.len() as f64;
        assert_near(at.placements.unwrap(), size, EXACT);
        let (low, high) = breakeven.interval.unwrap();
        assert!(low < breakeven.value && breakeven.value < high, "{low} {high}");
    }
    // The market is frozen: nobody works an hour more or less at any fee.
    let hours = |row: &Vec<Option<f64>>| read(row, "hours");
    let expected: Vec<f64> = rows.iter().map(hours).collect();
    for point in &answer.subjects[0].points {
        let at_point: Vec<f64> = point.rows.iter().map(|row| hours(row.as_ref().unwrap())).collect();
        assert_eq!(at_point, expected, "at ${}", point.value);
    }
}

/// Fee and hours of a placement at a crossing are those of a run there, whatever lies around: in a market in which
/// seekers shy from a high fee they move with the fee, and no line through neighbours has them.
#[test]
fn what_a_placement_takes_at_a_crossing_is_that_of_a_run_of_its_own_there() {
    let scenario = changed(&frozen(), &["buyers.uplift_years=2", "buyers.hazard_weeks=52"]);
    let answer = answered(&asked(&scenario, "$1,000..$61,000"));
    let answered = &answer.subjects[0];
    let mut read_at = 0;
    let turns = (0..)
        .zip(&answered.findings)
        .flat_map(|(of, finding)| finding.turns.iter().map(move |turn| (of, turn)));
    for (criterion, turn) in turns {
        let at = turn.meaning.unwrap();
        // The last round runs the crossing as it was seen before it, and what it finds moves the curve a little: of the runs
        // the nearest is read, and one of the last round lies within a twentieth.
        let off = |value: f64| (value / turn.value - 1.0).abs();
        let nearest = answered.points.iter().map(|point| off(point.value)).fold(f64::INFINITY, f64::min);
        assert!(
            off(at.value) <= nearest * (1.0 + 1e-9),
            "a run nearer than {off:?} was not read",
            off = off(at.value)
        );
        let made =
            |point: &&introsim::experiments::threshold::Point<_>| point.round == 3 && off(point.value) < 0.05;
        assert!(
            answered.points.iter().filter(made).count() > 0,
            "no run was made for the crossing at {at:?}"
        );
        let last = if criterion == 1 { "" } else { "_judged" };
        let rows = books(&scenario, &format!("contract.success_fee=${}", at.value));
        let total = |name: &str| rows.iter().map(|row| read(row, &format!("{name}{last}"))).sum::<f64>();
        assert_near(at.fee.unwrap(), total("fees_dollars") / total("hires_paid"), EXACT);
        assert_near(at.hours.unwrap(), total("hours") / total("hires_paid"), EXACT);
        read_at += 1;
    }
    assert!(read_at >= 2, "{answer:?}");
}

/// The success fee at which a screen of k hours pays (evidence on middlemen as experts):
/// R = [k w a + c r + L f]/h, with people a whom he has not screened before, requests r, interviews failed f and hires h; w an hour, c an
/// introduction, L a bad introduction. Here the counts are the market's own, and what they cost is worked out by hand.
#[test]
fn the_break_even_fee_of_a_screen_follows_from_counts_of_people() {
    const SCREEN_HOURS: f64 = 1.0;
    const PITCH_HOURS: f64 = 0.5;
    const LOSS: f64 = 500.0;
    let scenario = changed(
        &frozen(),
        &[
            "screening.stages=[{ hours = 1, accept_above = -0.3 }]",
            "sellers.pitch_hours=0.5h",
            "sellers.contact_hours=0h",
            "sellers.hours=168h",
            // A bad introduction takes a thousandth of a goodwill of $500,000; nothing else moves goodwill.
            "introducers.goodwill_value=$500,000",
            "introducers.gratitude=$1,000,000",
            "contacts.ask_rate=0",
            "word.listeners=0",
            "goodwill.start=1",
            "goodwill.bad=0.001",
            "goodwill.good=0",
            "goodwill.per_request=0",
            "goodwill.recovery=0",
            "goodwill.block_below=0",
        ],
    );
    let answer = answered(&asked(&scenario, "$100..$20,100"));
    let rows = books(&scenario, "contract.success_fee=$7");
    let expected = balance(&rows, |row| {
        let last = |name: &str| read(row, &format!("{name}_judged"));
        let requests = last("requests_paid");
        let failed = requests * last("acceptance_paid") * (1.0 - last("pass_paid"));
        assert!(failed > 10.0, "too few bad introductions to count");
        // One who applies again is known, and takes no hours: whole hours of one each are left of all.
        let screened = (last("hours") - PITCH_HOURS * requests) / SCREEN_HOURS;
        assert!((screened - screened.round()).abs() < 1e-6 && screened <= last("applicants"), "{screened}");
        let hours = SCREEN_HOURS * screened + PITCH_HOURS * requests;
        (last("hires_paid"), hours * scenario.introducers.hour_value + LOSS * failed, hours)
    });
    let [breakeven] = &answer.subjects[0].findings[0].turns[..] else { panic!("{answer:?}") };
    println!("{expected} {breakeven:?}");
    // Goodwill is held in single steps of a thousandth, whose sum is rounded to a millionth of the fee.
    assert_near(breakeven.value, expected, SIX_DIGITS + 1e-6);
}

/// One who counts his relationships introduces somebody with chance q of success where q ≥ (c + L)/(R + L) (evidence on
/// pay per success). Where all bars are equal and nobody is looked at, q is the same for all, so the fee at which trade
/// begins is R = (c + L)/q − L.
#[test]
fn trade_begins_at_the_fee_that_makes_the_marginal_candidate_worth_introducing() {
    let scenario = changed(
        &frozen(),
        &[
            "sellers.foresight=1",
            "sellers.opening_acceptance=100%",
            "sellers.opening_conversion=100%",
            "sellers.experience_weight=0",
            "sellers.pitch_hours=0.5h",
            "sellers.contact_hours=0h",
            "introducers.goodwill_value=$5,000",
            "goodwill.bad=0.1",
            "goodwill.good=0",
            "goodwill.per_request=0",
            "decision_makers.bar_sd=0",
            "decision_makers.bar_mean=0.5",
        ],
    );
    let (cost, loss) = (0.5 * scenario.introducers.hour_value, 0.1 * 5_000.0);
    // Chance to pass of somebody of whom nothing is known but that ability is N(0, 1): the posterior mean of quality has
    // variance V²/(V + n).
    let variance = 1.0 + scenario.jobs.match_sd * scenario.jobs.match_sd;
    let noise = 1.0 / scenario.decision_makers.interview_precision;
    let sd = variance / (variance + noise).sqrt();
    use statrs::distribution::{ContinuousCDF, Normal};
    let chance = Normal::standard().cdf(-0.5 / sd);
    let begins = (cost + loss) / chance - loss;
    assert!((600.0..4_900.0).contains(&begins), "{begins}");
    let answer = answered(&asked(&scenario, "$500..$5,000"));
    let mut sides = [0, 0];
    for point in &answer.subjects[0].points {
        for row in &point.rows {
            let requests = read(row.as_ref().unwrap(), "requests_paid");
            assert_eq!(requests > 0.0, point.value > begins, "{requests} requests at ${}", point.value);
            sides[usize::from(requests > 0.0)] += 1;
        }
    }
    assert!(sides[0] > 0 && sides[1] > 0, "the range lies on both sides of ${begins}: {sides:?}");
}

#[test]
fn an_empty_market_does_not_pay_and_places_nobody() {
    let row = books(&changed(&frozen(), &["buyers.consider_rate=0%"]), "contract.success_fee=$7").remove(0);
    assert!(read(&row, "sellers_profit_dollars_judged").abs() < 1e-9, "nobody earns or loses");
    // An hour is worth $100, and finds no use; nobody is placed where it takes 5 in 10,000; who is never open loses nothing.
    let margins = Criterion::ALL.map(|criterion| criterion.margin(&row));
    assert_eq!(margins, [-100.0, -100.0, -5.0, 0.0].map(Some));
}

#[test]
fn a_knob_that_moves_nothing_is_said_to_move_nothing() {
    let mut question = asked(&frozen(), "$1,000..$2,000");
    question.knob = knob_of("sham.cost", Some("$10..$20"), None).unwrap();
    let answer = answered(&question);
    let still = Caution::Inert { knob: "sham.cost", subject: "frozen".into() };
    assert!(answer.cautions.contains(&still), "{:?}", answer.cautions);
    assert!(answer.subjects[0].findings.iter().all(|finding| finding.turns.is_empty()));
}

/// With helpers who would help at any cost, blind sellers and no rebuilding, the cost of goodwill moves the books alone.
#[test]
fn the_flip_point_of_a_frozen_market_is_that_of_its_books_at_another_cost() {
    let mut scenario = changed(
        &frozen(),
        &["introducers.gratitude=$1,000,000", "goodwill.rebuild_success=0%", "contract.success_fee=$4,500"],
    );
    scenario.title = "Frozen".to_owned();
    let text = "title = \"Flip\"\nrange = [\"$0\", \"$50,000\"]\npoints = 6\n[[claims]]\nname = \"dear\"\nscenario = \
                \"frozen.toml\"\nmetric = \"profit_per_hour\"\nholds = \"below\"\nthreshold = \"$5\"\n[[claims]]\nname = \
                \"always\"\nscenario = \"frozen.toml\"\nmetric = \"hires_paid\"\nholds = \"above\"\nthreshold = 1\n\
                [[claims]]\nname = \"never\"\nscenario = \"frozen.toml\"\nmetric = \"hires_paid\"\nholds = \"below\"\n\
                threshold = 0.5\n[[claims]]\nname = \"same\"\nscenario = \"frozen.toml\"\nagainst = \"frozen.toml\"\n\
                metric = \"hires_paid\"\nholds = \"above\"\nthreshold = 0\n";
    let folder = Folder::new(&[("frozen.toml", &scenario.canonical()), ("flip.toml", text)]);
    let claims = load_claims(folder.path("flip.toml"), &[], &metrics()).unwrap();
    let found = answer(&flip::question(&claims, 6), &mut |_| Box::new(|| {}), &Nothing).unwrap();
    // Goodwill spent does not depend on its price: the price at which what is left of the fees makes $5 an hour.
    let rows = books(&scenario, "introducers.goodwill_value=$1,000");
    let expected = balance(&rows, |row| {
        let last = |name: &str| read(row, &format!("{name}_judged"));
        let hours = last("hours");
        let left = last("fees_dollars") - hours * (scenario.introducers.hour_value + 5.0);
        (last("social_capital_dollars") / 1_000.0, left, hours)
    });
    let flip = &found.subjects[0].findings[0];
    let [turn] = &flip.turns[..] else { panic!("one crossing: {flip:?}") };
    println!("{expected} {turn:?}");
    assert!(turn.crossing.rises, "dearer relationships make the claim true");
    assert_near(turn.value, expected, SIX_DIGITS);
    assert_near(turn.meaning, scenario.goodwill.per_request + scenario.goodwill.bad, 1e-15);
    let says = |claim: usize| {
        let found: &Found = found.subjects[claim].findings[0].found.as_ref().unwrap();
        (found.crossings.len(), found.above, found.whole)
    };
    assert_eq!((says(1), says(2)), ((0, Some(true), 1.0), (0, Some(false), 1.0)));
    assert_eq!(says(3), (0, Some(true), 1.0), "a difference of nothing is not below a threshold of nothing");
}
