//! A steady week allocates nothing: what a week needs is kept from the week before.
//!
//! In a test program of its own, because it counts every allocation of the process.

use introsim::scenario::Scenario;
use introsim::week::desk::Desk;
use introsim::week::record::Record;
use introsim::week::rules::Rules;
use introsim::week::tally::Tally;
use introsim::week::{Now, run_week};
use introsim::world::World;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// Buffers still grow now and then, when a week is busier than all before it: of 60 weeks after two years, at least 50
/// must not touch the heap at all, and the others not more than a few times.
#[test]
fn a_steady_week_allocates_nothing() {
    let _profiler = dhat::Profiler::builder().testing().build();
    let mut scenario = Scenario::default();
    scenario.workers.count = 2_000;
    scenario.decision_makers.count = 200;
    scenario.introducers.count = 40;
    let rules = Rules::new(&scenario);
    let (mut world, mut desk, mut tally, mut record) =
        (World::build(&scenario, 0), Desk::default(), Tally::default(), Record::default());
    let mut week = || {
        let before = dhat::HeapStats::get().total_blocks;
        let mut now = Now {
            scenario: &scenario,
            rules: &rules,
            world: &mut world,
            desk: &mut desk,
            tally: &mut tally,
            record: &mut record,
        };
        run_week_quietly(&mut now);
        dhat::HeapStats::get().total_blocks - before
    };
    for _ in 0..104 {
        week();
    }
    let allocations: Vec<u64> = (0..60).map(|_| week()).collect();
    let quiet = allocations.iter().filter(|&&n| n == 0).count();
    assert!(quiet >= 50 && allocations.iter().all(|&n| n <= 5), "allocations by week: {allocations:?}");
}

/// The laws checked in builds with debug assertions allocate; a phase does not.
fn run_week_quietly(now: &mut Now<'_>) {
    if cfg!(debug_assertions) {
        now.world.week += 1;
        now.tally.start(now.world.week);
        now.desk.clear();
        for (_, phase) in introsim::week::STORY {
            phase(now);
        }
    } else if let Err(breach) = run_week(now) {
        panic!("{breach}");
    }
}
