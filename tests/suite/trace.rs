//! Diaries: reading along changes nothing, what is told adds up to the tables, and the program tells it well.

mod program;
mod same;
mod spells;
mod sums;
mod words;

use introsim::engine::{History, burn_in, continue_with_diary};
use introsim::scenario::Scenario;
use introsim::week::diary::{Entry, Watch};
use introsim::world::World;

use crate::life::{changed, small, small_paid};

/// Markets in which, taken together, everything happens that a diary can tell.
fn markets() -> Vec<(&'static str, Scenario)> {
    let busy = [
        "contract.upfront=$300",
        "contract.retainer_per_week=$20",
        "contract.guarantee_weeks=4",
        "sellers.entry=free",
        "sellers.reconsider_rate=0.2",
        "sellers.trials=300",
        "sellers.bond=$200",
        "screening.stages=[{ hours = 1, accept_above = -0.5 }]",
        "workers.savings_median=$2,000",
        "buyers.consider_rate=60%",
        "contacts.ask_rate=0.3",
        "goodwill.forgiven=0.05",
    ];
    let shams = [
        "contract.per_introduction=$400",
        "sellers.representation=3 weeks",
        "sellers.integrity_mean=$50",
        "buyers.consider_rate=60%",
    ];
    let bombarded = [
        "sellers.targeting=random",
        "contract.upfront=$100",
        "bombardment.requests_per_week=3",
        "goodwill.per_request=0.10",
        "sellers.entry=free",
        "sellers.reconsider_rate=0.2",
    ];
    let employers = [
        "contract.payer=employer",
        "contract.share_of_salary=20%",
        "employer.after_weeks=0",
        "employer.engages=0.6",
        "employer.found=5",
        "buyers.consider_rate=40%",
        "decision_makers.vacancy_rate=0.3",
        "decision_makers.meeting_cost=$50",
    ];
    let helpers = [
        "coaching.price=$300",
        "coaching.networking_gain=30%",
        "coaching.resume_precision_gain=0.2",
        "referral.stranger_price=$40",
        "contacts.ask_rate=0.5",
        "decision_makers.vacancy_rate=0.4",
        "buyers.consider_rate=60%",
        "workers.leave_unemployed=0.1",
        "workers.leave_after=3 weeks",
        "referral.employee_bonus=$4,000",
    ];
    let more = |base: &Scenario, settings: &[&str]| changed(base, settings);
    vec![
        ("plain", more(&small_paid(), &["contacts.ask_rate=0.2"])),
        ("busy", more(&small_paid(), &busy)),
        ("shams", more(&small_paid(), &shams)),
        ("bombarded", more(&small_paid(), &bombarded)),
        ("employers", more(&small_paid(), &employers)),
        ("helpers", more(&small(), &helpers)),
    ]
}

/// The opening of a market.
fn opening(scenario: &Scenario) -> World {
    burn_in(scenario, 0, &|| {}).unwrap().world
}

/// A history, and what was told of those who were watched.
fn told(scenario: &Scenario, opening: &World, watch: Watch) -> (History, Vec<Entry>) {
    let mut history = continue_with_diary(scenario, opening.clone(), watch).unwrap();
    let diary = history.record.diary.take().expect("a diary was asked for");
    (history, diary.entries)
}
