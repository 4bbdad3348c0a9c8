//! The grid: every institution in every kind of small market.

use introsim::engine::{burn_in, continue_from};
use introsim::scenario::Scenario;

use super::check;
use crate::life::{changed, small};

/// Institutions: what is sold, how, and to whom.
const INSTITUTIONS: &[(&str, &[&str])] = &[
    ("nobody sells", &["sellers.entry=none", "sellers.share=0%"]),
    ("upfront", &["contract.upfront=$500", "sellers.targeting=random"]),
    ("upfront to important people", &["contract.upfront=$500", "sellers.targeting=stated_level"]),
    ("share of salary", &["contract.share_of_salary=10%"]),
    ("success fee", &["contract.success_fee=$3,000", "sellers.foresight=1"]),
    ("retainer", &["contract.retainer_per_week=$250"]),
    ("per introduction", &["contract.per_introduction=$200", "sellers.integrity_mean=$100,000"]),
    ("shams", &["contract.per_introduction=$400", "sellers.integrity_mean=$0", "sham.found_out=5%"]),
    (
        "shams of the farsighted",
        &["contract.per_introduction=$400", "sellers.integrity_mean=$0", "sellers.foresight=1"],
    ),
    (
        "everything at once",
        &[
            "contract.upfront=$100",
            "contract.per_introduction=$60",
            "contract.share_of_salary=5%",
            "contract.success_fee=$500",
            "contract.retainer_per_week=$30",
            "contract.guarantee_weeks=6 weeks",
            "sellers.integrity_mean=$20",
        ],
    ),
    ("guarantee", &["contract.upfront=$1,000", "contract.guarantee_weeks=8 weeks"]),
    (
        "guarantee without a bond",
        &["contract.upfront=$1,000", "contract.guarantee_weeks=12", "sellers.bond=$0"],
    ),
    (
        "screen of one stage",
        &["contract.share_of_salary=15%", "screening.stages=[{ hours = 2, accept_above = 0.3 }]"],
    ),
    (
        "staged screen for profit",
        &[
            "contract.share_of_salary=20%",
            "screening.stages=[{ hours = 0.5, accept_above = 0.1 }, { hours = 4, accept_above = \"profit\" }, \
         { hours = 8, accept_above = \"profit\" }]",
            "screening.salary_history=true",
        ],
    ),
    ("hidden payment", &["contract.share_of_salary=10%", "disclosure.payment_known=false"]),
    ("half held out", &["contract.share_of_salary=10%", "buyers.holdout=50%"]),
    ("all held out", &["contract.upfront=$100", "buyers.holdout=100%"]),
    ("nobody held out", &["contract.share_of_salary=10%", "buyers.holdout=0%"]),
    ("bombardment", &["contract.share_of_salary=10%", "bombardment.requests_per_week=3"]),
    ("unmet bombardment", &["bombardment.requests_per_week=0.7", "bombardment.met=false"]),
    (
        "what is burnt stays burnt",
        &[
            "contract.upfront=$200",
            "sellers.targeting=random",
            "goodwill.rebuild_success=0%",
            "goodwill.forgiven=0",
        ],
    ),
    (
        "half of rebuilding works",
        &[
            "contract.upfront=$200",
            "sellers.targeting=random",
            "goodwill.rebuild_success=50%",
            "goodwill.rebuild_hours=1h",
            "bombardment.requests_per_week=5",
        ],
    ),
    (
        "sellers come and go",
        &[
            "contract.share_of_salary=1%",
            "sellers.entry=free",
            "sellers.reconsider_rate=0.4",
            "sellers.purse_median=$3,000",
            "sellers.trials=2000",
        ],
    ),
    (
        "everybody sells",
        &[
            "sellers.entry=closed",
            "sellers.share=100%",
            "contract.share_of_salary=10%",
            "buyers.sellers_compared=5",
        ],
    ),
    ("no hours", &["contract.share_of_salary=10%", "sellers.hours=0h", "sellers.open_hours=0h"]),
    (
        "free of hours",
        &["contract.share_of_salary=10%", "sellers.pitch_hours=0h", "sellers.contact_hours=0h"],
    ),
    (
        "many pitches",
        &["contract.per_introduction=$20", "sellers.pitches_per_week=20", "sellers.pitch_hours=0.5h"],
    ),
    ("a year's work", &["contract.share_of_salary=20%", "sellers.representation=52 weeks"]),
    (
        "headhunters",
        &[
            "contract.payer=employer",
            "contract.share_of_salary=20%",
            "employer.after_weeks=0",
            "employer.engages=0.5",
            "screening.stages=[{ hours = 0.5, accept_above = 0 }, { hours = 2, accept_above = \"profit\" }]",
        ],
    ),
    (
        "agencies",
        &[
            "contract.payer=employer",
            "contract.success_fee=$20,000",
            "employer.among=askers",
            "employer.after_weeks=1 week",
            "employer.engages=0.5",
            "employer.found=4",
            "sellers.entry=free",
            "sellers.reconsider_rate=0.4",
            "sellers.purse_median=$3,000",
            "sellers.trials=2000",
        ],
    ),
    (
        "coaches",
        &["coaching.price=$200", "coaching.networking_gain=100%", "coaching.resume_precision_gain=0.3"],
    ),
    (
        "forms",
        &[
            "referral.employee_bonus=$2,000",
            "referral.stranger_price=$40",
            "introducers.goodwill_value=$300",
            "contacts.ask_rate=0.3",
        ],
    ),
    (
        "employers, coaches and forms",
        &[
            "contract.payer=employer",
            "contract.share_of_salary=25%",
            "employer.after_weeks=0",
            "employer.engages=1",
            "employer.fee_felt=100%",
            "coaching.price=$100",
            "coaching.networking_gain=50%",
            "referral.employee_bonus=$500",
            "referral.stranger_price=$20",
            "introducers.goodwill_value=$300",
            "disclosure.payment_known=false",
        ],
    ),
];

/// Labour markets: most are not what anybody would call normal.
const MARKETS: &[(&str, &[&str])] = &[
    ("as it is", &[]),
    ("nobody is met", &["decision_makers.attention=0"]),
    ("one is met", &["decision_makers.attention=1"]),
    ("no introducers", &["introducers.count=0"]),
    ("introducers know nobody", &["introducers.ties=0"]),
    ("no vacancies", &["decision_makers.vacancy_rate=0", "decision_makers.initial_vacancies=0%"]),
    ("one worker", &["workers.count=1", "friends.mean_degree=0", "workers.initial_unemployed=100%"]),
    ("one decision-maker", &["decision_makers.count=1", "introducers.ties=1"]),
    ("one introducer", &["introducers.count=1", "sellers.entry=closed", "sellers.share=100%"]),
    ("nobody works", &["workers.initial_unemployed=100%", "friends.lead_rate=0"]),
    ("short jobs", &["jobs.separation=0.3", "jobs.look_rate=0.5", "jobs.look_weeks=1 week"]),
    (
        "short lives",
        &["workers.leave_unemployed=0.5", "workers.leave_employed=0.2", "workers.leave_after=0 weeks"],
    ),
    ("blind interviews", &["decision_makers.interview_precision=0", "workers.resume_precision=0"]),
    ("touchy", &["goodwill.per_request=0.3", "goodwill.bad=0.3", "goodwill.recovery=0"]),
    ("many leads", &["friends.lead_rate=1", "jobs.separation=0.5"]),
    ("poor", &["workers.savings_median=$0", "workers.benefit_share=0%"]),
];

fn run(name: &str, scenario: &Scenario) {
    scenario.check().unwrap_or_else(|problems| panic!("{name}: {problems}"));
    let opening = burn_in(scenario, 0, &|| {}).unwrap_or_else(|failure| panic!("{name}: {failure}"));
    let history = continue_from(scenario, opening.world.clone(), &|| {});
    check(name, scenario, &opening, &history.unwrap_or_else(|failure| panic!("{name}: {failure}")));
}

/// Runs the institutions of one market; a share of 25 % sells unless the institution or market says otherwise.
fn run_market(market: &str) {
    let base = changed(
        &small(),
        &[
            "sellers.entry=closed",
            "sellers.share=25%",
            "buyers.consider_rate=30%",
            "run.burn_in=20",
            "run.weeks=60",
        ],
    );
    let (_, its) = MARKETS.iter().find(|(name, _)| *name == market).unwrap();
    for (institution, settings) in INSTITUTIONS {
        let scenario = changed(&changed(&base, settings), its);
        run(&format!("{institution}, {market}"), &scenario);
    }
}

macro_rules! markets {
    ($($test:ident: $market:literal;)+) => {
        $(#[test]
        fn $test() {
            run_market($market);
        })+

        #[test]
        fn every_market_of_the_grid_has_a_test() {
            assert_eq!([$($market),+].as_slice(), MARKETS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        }
    };
}

markets! {
    laws_hold_in_a_market_as_it_is: "as it is";
    laws_hold_where_nobody_is_met: "nobody is met";
    laws_hold_where_one_is_met: "one is met";
    laws_hold_without_introducers: "no introducers";
    laws_hold_where_introducers_know_nobody: "introducers know nobody";
    laws_hold_without_vacancies: "no vacancies";
    laws_hold_for_one_worker: "one worker";
    laws_hold_for_one_decision_maker: "one decision-maker";
    laws_hold_for_one_introducer: "one introducer";
    laws_hold_where_nobody_works: "nobody works";
    laws_hold_where_jobs_are_short: "short jobs";
    laws_hold_where_people_come_and_go: "short lives";
    laws_hold_where_interviews_show_nothing: "blind interviews";
    laws_hold_where_goodwill_is_soon_gone: "touchy";
    laws_hold_where_everybody_hears_of_jobs: "many leads";
    laws_hold_where_nobody_can_pay: "poor";
}

/// The flow balance of unemployment where nobody leaves the labour force: those out of work this week are those of the
/// week before, less those hired since, plus those whose jobs ended.
#[test]
fn unemployment_changes_by_jobs_lost_and_found_and_nothing_else() {
    let scenario = changed(
        &small(),
        &[
            "sellers.entry=closed",
            "sellers.share=25%",
            "contract.share_of_salary=10%",
            "workers.leave_unemployed=0",
            "workers.leave_employed=0",
        ],
    );
    let opening = burn_in(&scenario, 0, &|| {}).unwrap();
    let history = continue_from(&scenario, opening.world.clone(), &|| {}).unwrap();
    let weeks: Vec<_> = opening.weeks.iter().chain(&history.weeks).collect();
    for pair in weeks.windows(2) {
        let expected = pair[0].unemployed - pair[0].hires_from_unemployment + pair[1].separations;
        assert_eq!(pair[1].unemployed, expected, "week {}", pair[1].week);
    }
    assert!(weeks.iter().map(|week| week.separations).sum::<u32>() > 20);
}
