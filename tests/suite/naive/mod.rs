//! A second implementation of the week, slow and obvious, that must agree with the engine in every state of every
//! week: written from the description of the model, sharing with the engine only the addresses of luck.

mod after;
mod anything;
mod birth;
mod buying;
mod coaching;
mod compare;
mod employer;
mod entry;
mod forms;
mod grid;
mod judging;
mod luck;
mod market;
mod meetings;
mod money;
mod standing;
mod week;
mod world;
mod worth;

use introsim::engine::live_fork;
use introsim::scenario::{Payer, Scenario};
use introsim::week::pipeline::Pipeline;
use introsim::week::record::Record;
use introsim::week::rules::Rules;
use introsim::week::tally::Tally;
use introsim::week::{Step, run_week};
use introsim::world::World;

use compare::{differences, differences_in_counts};
use world::{Fired, Twin};

/// The engine and its twin in one scenario.
struct Pair {
    world: World,
    twin: Twin,
    pipeline: Pipeline,
    tally: Tally,
    record: Record,
}

impl Pair {
    fn new(scenario: &Scenario, replication: u32) -> Self {
        let world = World::build(&scenario.without_institutions(), replication);
        let friends = 0..world.workers.len();
        let friends = friends.map(|w| world.friends.of(w).iter().map(|&f| f as usize).collect()).collect();
        let twin = Twin::build(&scenario.without_institutions(), replication, friends);
        let pair = Self {
            world,
            twin,
            pipeline: Pipeline::default(),
            tally: Tally::default(),
            record: Record::default(),
        };
        pair.require_same("before the first week");
        pair
    }

    fn require_same(&self, when: &str) {
        let mut found = differences(&self.world, &self.twin);
        if self.tally.week == self.world.week {
            found.extend(differences_in_counts(&self.tally, &self.twin));
        }
        assert!(
            found.is_empty(),
            "{when}, {} differences:\n{}",
            found.len(),
            found[..found.len().min(25)].join("\n")
        );
    }

    fn live(&mut self, scenario: &Scenario, weeks: u32, name: &str) {
        let rules = Rules::new(scenario);
        for week in 1..=weeks {
            let mut now = Step {
                scenario,
                rules: &rules,
                world: &mut self.world,
                pipeline: &mut self.pipeline,
                tally: &mut self.tally,
                record: &mut self.record,
            };
            run_week(&mut now).unwrap_or_else(|breach| panic!("{name}: {breach}"));
            self.twin.live();
            self.require_same(&format!("{name}, seed {}, week {week}", scenario.run.seed));
        }
    }
}

/// Lives through a scenario side by side and counts how often each mechanism fired, on top of what fired before.
fn side_by_side(name: &str, scenario: &Scenario, before: Fired) -> Fired {
    let mut pair = Pair::new(scenario, 0);
    pair.twin.fired = before;
    pair.live(&scenario.without_institutions(), scenario.run.burn_in, &format!("{name} before the opening"));
    live_fork([scenario], &mut pair.world, &|| {}).unwrap();
    pair.world.open_market(scenario);
    pair.twin.open_market(scenario);
    pair.tally = Tally::default();
    pair.require_same(&format!("{name} at the opening"));
    pair.live(scenario, scenario.run.weeks, name);
    pair.twin.fired
}

fn over_seeds(name: &str, scenario: fn(u64) -> Scenario) -> Fired {
    over(4, name, scenario)
}

fn over(seeds: u64, name: &str, scenario: fn(u64) -> Scenario) -> Fired {
    (1..=seeds).fold(Fired::default(), |fired, seed| side_by_side(name, &scenario(seed), fired))
}

#[test]
fn the_twin_agrees_where_nobody_sells() {
    let fired = over_seeds("organic", grid::organic);
    assert!(fired.hires[..3].iter().all(|&n| n > 0) && fired.hires[3] == 0, "{fired:?}");
    assert!(fired.late_news > 0 && fired.unheard > 0 && fired.unread > 0 && fired.met_anew > 0, "{fired:?}");
    assert!(fired.entrants > 0 && fired.reopened > 0 && fired.blocks > 0 && fired.forgiven > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_on_contingency_without_screening() {
    let fired = over_seeds("contingency", grid::contingency);
    assert!(fired.hires[3] > 0 && fired.held_out > 0 && fired.expired > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_on_screening_in_stages() {
    let fired = over_seeds("screened", grid::screened);
    assert!(fired.turned_down > 0 && fired.waits > 0 && fired.gave_up_waiting > 0, "{fired:?}");
    assert!(fired.known_stages > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_where_everything_is_paid_up_front_and_guaranteed() {
    let fired = over_seeds("up front", grid::everything_up_front);
    // Bonds drawn and refunds that fall short are rare here; the drawn scenarios below must show both.
    assert!(fired.found_out > 0 && fired.refunds > 0 && fired.out_of_money > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_on_random_targets_and_rebuilding_that_may_fail() {
    let fired = over_seeds("at random", grid::at_random);
    assert!(fired.rebuilt > 0 && fired.rebuild_failed > 0 && fired.no_vacancy_meetings > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_on_sellers_who_stop_and_return() {
    let fired = over_seeds("stop and return", grid::stop_and_return);
    assert!(fired.exits > 0 && fired.returns > 0 && fired.enters > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_on_sellers_who_count_their_relationships() {
    let fired = over_seeds("careful", grid::careful);
    assert!(fired.hires[3] > 0 && fired.exits > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_on_bombardment_met_and_unmet() {
    let met = over_seeds("bombarded", |seed| grid::bombarded(seed, true));
    let unmet = over_seeds("bombarded in vain", |seed| grid::bombarded(seed, false));
    assert!(met.bombarded > unmet.bombarded && unmet.bombarded > 0 && unmet.blocks > 0);
}

#[test]
fn the_twin_agrees_in_odd_corners() {
    let fired = over_seeds("odd", grid::odd);
    assert!(fired.hires[..4].iter().all(|&n| n > 0) && fired.turned_down > 0 && fired.waits > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_where_employers_pay_headhunters() {
    // That somebody found among all had asked too is rare.
    let fired = over(96, "headhunters", grid::headhunters);
    assert!(fired.found_among_all > 0 && fired.dropped_in_search > 0 && fired.hires[4] > 0, "{fired:?}");
    assert!(fired.rounds_cut > 0 && fired.known_in_search > 0, "{fired:?}");
    assert!(fired.hired_unasked > 0 && fired.failed_by_fee > 0 && fired.placed_askers > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_where_employers_pay_agencies_with_lists() {
    // That one of the few who asked is hired is rare too.
    let fired = over(12, "staffing", grid::staffing);
    assert!(fired.found_among_askers > 0 && fired.hires[4] > 0 && fired.placed_askers > 0, "{fired:?}");
    assert!(fired.engagements_left > 0 && fired.expired > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_on_coaching_and_resume_writing() {
    let fired = over_seeds("coached", grid::coached);
    assert!(fired.coached > 0 && fired.coaches_lot > 0 && fired.coaching_unpaid > 0, "{fired:?}");
    assert!(fired.clearer > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_on_referral_forms_known_to_be_paid_for() {
    let fired = over_seeds("forms", |seed| grid::forms(seed, true));
    assert!(fired.hires[5] > 0 && fired.hires[6] > 0 && fired.bonuses > 0, "{fired:?}");
    assert!(fired.friends_refused > 0 && fired.strangers_refused > 0 && fired.forms_unpaid > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_on_referral_forms_of_which_nobody_knows() {
    let fired = over_seeds("unknown forms", |seed| grid::forms(seed, false));
    assert!(fired.hires[5] > 0 && fired.hires[6] > 0 && fired.failed_by_fee > 0, "{fired:?}");
    assert!(fired.disabused > 0, "{fired:?}");
}

#[test]
fn the_twin_agrees_on_which_of_two_equal_requests_precedes() {
    let employer = over_seeds("equals of employers", |seed| grid::equals(seed, Payer::Employer));
    let seeker = over_seeds("equals of seekers", |seed| grid::equals(seed, Payer::Seeker));
    // Cold ones are second to any, those of sellers to organic ones, forms to all that comes through a tie.
    assert!([0, 4, 5, 6].iter().all(|&channel| employer.second[channel] > 0), "{employer:?}");
    assert!([0, 3, 5, 6].iter().all(|&channel| seeker.second[channel] > 0), "{seeker:?}");
}

#[test]
fn the_twin_agrees_wherever_the_keys_fall() {
    let fired = (0..1_000).fold(Fired::default(), |fired, number| {
        side_by_side(&format!("anything {number}"), &anything::anything(number), fired)
    });
    let counters = [
        fired.hires[0],
        fired.hires[1],
        fired.hires[2],
        fired.hires[3],
        fired.blocks,
        fired.forgiven,
        fired.rebuilt,
        fired.rebuild_failed,
        fired.found_out,
        fired.refunds,
        fired.bonds_drawn,
        fired.refunds_short,
        fired.held_out,
        fired.exits,
        fired.returns,
        fired.ruined,
        fired.enters,
        fired.tries,
        fired.no_room,
        fired.stages_cut,
        fired.hours_dearer,
        fired.hours_cheaper,
        fired.hours_average,
        fired.turned_down,
        fired.waits,
        fired.gave_up_waiting,
        fired.out_of_money,
        fired.expired,
        fired.reopened,
        fired.entrants,
        fired.bombarded,
        fired.no_vacancy_meetings,
        fired.hires[4],
        fired.hires[5],
        fired.hires[6],
        fired.engaged,
        fired.found_among_all,
        fired.found_among_askers,
        fired.dropped_in_search,
        fired.submitted,
        fired.hired_unasked,
        fired.placed_askers,
        fired.engagements_left,
        fired.failed_by_fee,
        fired.friends_forms,
        fired.friends_refused,
        fired.strangers_forms,
        fired.strangers_refused,
        fired.forms_unpaid,
        fired.bonuses,
        fired.coached,
        fired.coaches_lot,
        fired.coaching_unpaid,
        fired.clearer,
        fired.heard[0],
        fired.heard[1],
        fired.deaf,
        fired.wages_lower,
    ];
    assert!(counters.iter().all(|&n| n >= 5), "{fired:?}");
}
