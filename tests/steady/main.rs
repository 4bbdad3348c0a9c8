//! A steady week allocates nothing: what a week needs is kept from the week before.
//!
//! In a test program of its own, because it counts every allocation of the process.
#![allow(
    unsafe_code,
    reason = "an allocator can be written in no other way; it counts and hands on to the system's"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use introsim::engine::burn_in;
use introsim::experiments::memory;
use introsim::scenario::Scenario;
use introsim::week::pipeline::Pipeline;
use introsim::week::record::Record;
use introsim::week::rules::Rules;
use introsim::week::tally::Tally;
use introsim::week::{Step, run_week};
use introsim::world::World;

/// The system's allocator, counted.
struct Counting;

/// Blocks asked for since the start, a block that grows or shrinks included.
static BLOCKS: AtomicU64 = AtomicU64::new(0);
/// Bytes in use, and the most since somebody asked.
static LIVE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

fn count(bytes: usize) {
    BLOCKS.fetch_add(1, Ordering::Relaxed);
    let live = LIVE.fetch_add(bytes, Ordering::Relaxed) + bytes;
    MOST.fetch_max(live, Ordering::Relaxed);
}

/// One test counts at a time.
static COUNTING: Mutex<()> = Mutex::new(());

// SAFETY: every call is handed on to the system's allocator as it came, and the counts are apart from all memory.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        count(size);
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What is refused before work for want of memory must not be what would have fitted, nor the other way round: the
/// estimate of a world lies between what it takes at most and three times that, whatever it is large in.
#[test]
fn a_world_takes_no_more_memory_than_is_estimated_and_not_much_less() {
    let _alone = COUNTING.lock().unwrap_or_else(PoisonError::into_inner);
    for (workers, degree, decision_makers, introducers, ties) in [
        (60_000, 10, 1_000, 20, 10),
        (20_000, 100, 1_000, 20, 10),
        (10_000, 0, 30_000, 20, 10),
        (10_000, 10, 2_000, 1_000, 400),
    ] {
        let mut scenario = Scenario::default();
        scenario.workers.count = workers;
        scenario.friends.mean_degree = degree;
        scenario.decision_makers.count = decision_makers;
        scenario.introducers.count = introducers;
        scenario.introducers.ties = ties;
        (scenario.run.burn_in, scenario.run.weeks) = (12, 1);
        let before = LIVE.load(Ordering::Relaxed);
        MOST.store(before, Ordering::Relaxed);
        let opening = burn_in(&scenario, 0, &|| {}).map_err(|failure| failure.to_string());
        assert!(opening.is_ok(), "{opening:?}");
        #[allow(clippy::cast_precision_loss, reason = "a count of bytes, compared within a factor")]
        let taken = (MOST.load(Ordering::Relaxed) - before) as f64;
        let estimate = memory::world(&scenario);
        let shape =
            format!("{workers} workers with {degree} friends, {introducers} introducers with {ties} ties");
        assert!((1.0..3.0).contains(&(estimate / taken)), "{shape}: {taken} bytes, estimated {estimate}");
    }
}

/// Buffers still grow now and then, when a week is busier than all before it: of 60 weeks after two years, at least 50
/// must not touch the heap at all, and the others not more than a few times.
#[test]
fn a_steady_week_allocates_nothing() {
    let _alone = COUNTING.lock().unwrap_or_else(PoisonError::into_inner);
    let counted = || (BLOCKS.load(Ordering::Relaxed), LIVE.load(Ordering::Relaxed));
    // The harness works beside this test, and hands back some kilobytes now and then: the block is far larger than that.
    const BLOCK: usize = 64 << 20;
    let before = counted();
    let block = std::hint::black_box(Vec::<u8>::with_capacity(BLOCK));
    let after = counted();
    assert!(after.0 > before.0 && after.1 >= before.1 + BLOCK / 2, "allocations are counted");
    drop(block);

    let mut scenario = Scenario::default();
    scenario.workers.count = 2_000;
    scenario.decision_makers.count = 200;
    scenario.introducers.count = 40;
    let rules = Rules::new(&scenario);
    let (mut world, mut pipeline, mut tally, mut record) =
        (World::build(&scenario, 0), Pipeline::default(), Tally::default(), Record::default());
    let mut week = || {
        let before = counted().0;
        let mut now = Step {
            scenario: &scenario,
            rules: &rules,
            world: &mut world,
            pipeline: &mut pipeline,
            tally: &mut tally,
            record: &mut record,
        };
        run_week_quietly(&mut now);
        counted().0 - before
    };
    for _ in 0..104 {
        week();
    }
    let allocations: Vec<u64> = (0..60).map(|_| week()).collect();
    let quiet = allocations.iter().filter(|&&n| n == 0).count();
    assert!(quiet >= 50 && allocations.iter().all(|&n| n <= 5), "allocations by week: {allocations:?}");
}

/// The laws checked in builds with debug assertions allocate; a phase does not.
fn run_week_quietly(now: &mut Step<'_>) {
    if cfg!(debug_assertions) {
        introsim::week::begin_week(now);
        for phase in introsim::week::SCHEDULE {
            phase.run(now);
        }
    } else if let Err(breach) = run_week(now) {
        panic!("{breach}");
    }
}
