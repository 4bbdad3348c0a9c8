//! Sellers who count what a pitch does to their relationships pitch from a fee on that has a closed form.

use introsim::maths::normal_quantile;
use introsim::scenario::Scenario;
use introsim::week::tally::Channel;

use crate::life::{Life, changed, nothing_happens, small_paid};

/// Sellers who sign whoever comes and know two desks, at both of which somebody nobody has looked at passes with chance
/// `pass`: with M = −bar and V = 1 + match² that is Φ(−bar/σ).
fn market(pass: f64, settings: &[&str]) -> Scenario {
    let mut scenario = changed(
        &nothing_happens(400),
        &[
            "workers.initial_unemployed=100%",
            "introducers.count=2",
            "sellers.entry=closed",
            "sellers.open_hours=0h",
            "sellers.outside_wage_log_sd=0",
            "sellers.share=100%",
            "sellers.hours=168h",
            "sellers.contact_hours=0h",
            "sellers.pitch_hours=0.5h",
            "sellers.foresight=1",
            "introducers.hour_value=$100",
            "buyers.consider_rate=0.2",
            "buyers.holdout=0%",
            "search.applications_unemployed=0",
            "search.reservation_unemployed=0%",
            "contacts.start_mean=0",
            "contacts.meet_rate=0",
            "decision_makers.initial_vacancies=100%",
            "decision_makers.vacancy_life=5200 weeks",
            "decision_makers.attention=0",
            "decision_makers.bar_sd=0",
            "decision_makers.interview_precision=0.21",
        ],
    );
    (scenario.decision_makers.count, scenario.introducers.ties) = (2, 2);
    let v: f64 = 1.0 + 0.25;
    scenario.decision_makers.bar_mean = -normal_quantile(pass) * v / (v + 1.0 / 0.21).sqrt();
    changed(&scenario, settings)
}

/// Whether anybody is pitched in the first week; that there are clients is checked.
fn pitches(scenario: &Scenario, fee: f64) -> bool {
    let mut scenario = scenario.clone();
    scenario.contract.success_fee = fee;
    let mut life = Life::opened(&scenario);
    life.weeks(1);
    assert!(life.tally.new_clients.n > 20, "only {} clients at {fee}", life.tally.new_clients.n);
    let pitched = life.tally.requests[Channel::Paid as usize];
    assert!(pitched == 0 || pitched == 2 * life.tally.new_clients.n, "all clients are alike to the seller");
    pitched > 0
}

/// Pays from this fee on, to a part in a million.
fn pitches_from(scenario: &Scenario, fee: f64, label: &str) {
    assert!(!pitches(scenario, fee * (1.0 - 1e-6)), "{label}: pitched below {fee}");
    assert!(pitches(scenario, fee * (1.0 + 1e-6)), "{label}: not pitched above {fee}");
}

/// The textbook case: an introduction costs c = $50 of time, and one that fails, with chance 1 − q, a loss of L. Paid on
/// success R(q) = (c + L)/q − L makes it worth while. Every request is met, every pass is a job, a failure takes 0.25 of
/// goodwill, which is worth 4 L.
#[test]
fn pay_on_success_must_cover_time_and_the_loss_from_failing() {
    for (q, loss, fee) in [
        (0.5, 100.0, 200.0),
        (0.5, 500.0, 600.0),
        (0.5, 2_000.0, 2_100.0),
        (0.2, 100.0, 650.0),
        (0.2, 500.0, 2_250.0),
        (0.2, 2_000.0, 8_250.0),
        (0.0625, 100.0, 2_300.0),
    ] {
        let q: f64 = q;
        assert!(((50.0 + loss) / q - loss - fee).abs() < 1e-9, "the table's own formula");
        let mut scenario = market(
            q,
            &[
                "sellers.opening_acceptance=100%",
                "sellers.opening_conversion=100%",
                "goodwill.per_request=0",
                "goodwill.good=0",
                "goodwill.bad=0.25",
            ],
        );
        scenario.introducers.goodwill_value = loss / 0.25;
        pitches_from(&scenario, fee, &format!("q {q}, loss {loss}"));
    }
}

/// With running shares a met and c turned into jobs, and a share f of what it does to relationships counted, the fee is
/// (hours + f Λ (per_request + a (bad (1 − Φ) − good Φ)))/(a Φ c).
#[test]
fn the_fee_from_which_a_seller_pitches_follows_from_his_running_shares() {
    for (pass, a, c, foresight) in [(0.4, 0.5, 0.7, 1.0), (0.25, 0.8, 0.4, 1.0), (0.4, 0.5, 0.7, 0.25)] {
        let mut scenario = market(pass, &["introducers.goodwill_value=$2,000", "goodwill.bad=0.2"]);
        (scenario.sellers.opening_acceptance, scenario.sellers.opening_conversion) = (a, c);
        scenario.sellers.foresight = foresight;
        let goodwill = 0.04 + a * (0.2 * (1.0 - pass) - 0.1 * pass);
        let fee = (50.0 + foresight * 2_000.0 * goodwill) / (a * pass * c);
        pitches_from(&scenario, fee, &format!("pass {pass}, a {a}, c {c}, foresight {foresight}"));
    }
}

/// A seller who screens for profit judges the whole representation. Through both of his ties news of a vacancy came in this
/// first week, which counts for 1/52, and he expects as much in each of 12 weeks to come: n = 2 (1 + 12/52) seats. Each with
/// a chance p = a q c, they are x = n p jobs, of which the first ends it. He is placed with 1 − e^−x, and hours shrink by the
/// same over x: 12 weeks of an hour of contact and n pitches of half an hour cost $(1,200 + 50 n) · (1 − e^−x)/x. So everybody
/// is taken from a fee of $(1,200 + 50 n)/x on, and nobody below. Nobody is known better than the workforce.
#[test]
fn a_client_is_taken_for_profit_from_the_fee_that_pays_for_the_whole_representation() {
    for (q, a, c) in [(0.5, 1.0, 1.0), (0.5, 0.5, 0.8), (0.25, 1.0, 0.7)] {
        let mut scenario = market(
            q,
            &[
                "sellers.foresight=0",
                "sellers.contact_hours=1h",
                "workers.resume_precision=0",
                "screening.most_precision=0",
                "decision_makers.vacancy_rate=0",
            ],
        );
        let profit = introsim::scenario::AcceptAbove::Profit;
        scenario.screening.stages = vec![introsim::scenario::Stage { hours: 0.0, accept_above: profit }];
        (scenario.sellers.opening_acceptance, scenario.sellers.opening_conversion) = (a, c);
        let seats = 2.0 * (1.0 + 12.0 / 52.0);
        let fee = (1_200.0 + 50.0 * seats) / (seats * a * q * c);
        for (factor, taken) in [(1.0 - 1e-6, false), (1.0 + 1e-6, true)] {
            scenario.contract.success_fee = fee * factor;
            let mut life = Life::opened(&scenario);
            life.weeks(1);
            assert!(life.tally.applicants.n > 20, "only {} applicants", life.tally.applicants.n);
            let clients = life.tally.new_clients.n;
            let expected = if taken { life.tally.applicants.n } else { 0 };
            assert_eq!(clients, expected, "q {q}, a {a}, c {c}: at {} of ${fee}", factor);
        }
    }
}

/// Who is paid nothing and counts his costs pitches nobody, ever; who counts nothing does.
#[test]
fn for_nothing_a_seller_who_looks_ahead_pitches_nobody() {
    for (foresight, pitches) in [("sellers.foresight=1", false), ("sellers.foresight=0", true)] {
        let settings = ["contract.share_of_salary=0%", "workers.initial_unemployed=20%", foresight];
        let mut life = Life::opened(&changed(&small_paid(), &settings));
        let (mut clients, mut pitched) = (0, 0);
        for _ in 0..80 {
            life.weeks(1);
            clients += life.tally.new_clients.n;
            pitched += life.tally.requests[Channel::Paid as usize];
        }
        assert!(clients > 20, "only {clients} clients");
        assert_eq!(pitched > 0, pitches, "{foresight}: {pitched} pitches");
    }
}
