//! Every kind of work beside its floor, measured by criterion.
//!
//! `cargo bench -p introsim-benches --features criterion --bench market`, with `-- week/organic` and the like for some.
//! Times of weeks are of one week; elements are workers, so criterion's throughput is worker-weeks a second.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{
    BatchSize, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use introsim::engine::{burn_in, continue_from};
use introsim::experiments::run::run;
use introsim::world::World;
use introsim_benches::floor::{self, Floor};
use introsim_benches::life::{Events, Life};
use introsim_benches::lists;
use introsim_benches::markets::Kind;
use rayon::{ThreadPool, ThreadPoolBuilder};

const SIZES: [u32; 3] = [10_000, 100_000, 1_000_000];
const THREADS: [usize; 2] = [1, 2];
/// Weeks from a fork on, before the next fork: what is measured is always the same half year.
const WEEKS: u32 = 26;

fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads")
}

/// A place that is made when it is first asked for: a million workers are not burnt in for a bench that is filtered out.
fn lazily<T>(place: &mut Option<T>, make: impl FnOnce() -> T) -> &T {
    place.get_or_insert_with(make)
}

fn weeks(criterion: &mut Criterion) {
    for kind in Kind::ALL {
        let mut group = criterion.benchmark_group(format!("week/{}", kind.name()));
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
        for workers in SIZES {
            let mut market = None;
            let settled = || pool(2).install(|| Life::steady(kind.scenario(workers)));
            group.throughput(Throughput::Elements(workers.into()));
            for threads in THREADS {
                let pool = pool(threads);
                let id = BenchmarkId::new(format!("{threads} threads"), workers);
                group.bench_function(id, |bencher| {
                    let market = lazily(&mut market, settled);
                    bencher.iter_custom(|weeks| pool.install(|| live(market, weeks)));
                });
            }
            let mut hand_written = None;
            group.bench_function(BenchmarkId::new("floor", workers), |bencher| {
                let market = lazily(&mut market, settled);
                if hand_written.is_none() {
                    hand_written = Some(Floor::new(&market.scenario, &Events::count(market, WEEKS)));
                }
                if let Some(floor) = &mut hand_written {
                    bencher.iter(|| floor.week());
                }
            });
        }
        group.finish();
    }
}

/// So many weeks, all of the half year after a fork.
fn live(market: &Life, weeks: u64) -> Duration {
    let (mut took, mut left) = (Duration::ZERO, weeks);
    while left > 0 {
        let now = u32::try_from(left.min(WEEKS.into())).expect("at most half a year");
        let mut fork = market.fork();
        let start = Instant::now();
        fork.live(now);
        took += start.elapsed();
        left -= u64::from(now);
    }
    took
}

fn worlds(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("world");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for workers in SIZES {
        let scenario = Kind::Paid.scenario(workers);
        group.throughput(Throughput::Elements(workers.into()));
        for threads in THREADS {
            let pool = pool(threads);
            group.bench_function(BenchmarkId::new(format!("build/{threads} threads"), workers), |bencher| {
                bencher.iter_with_large_drop(|| pool.install(|| World::build(&scenario, 0)));
            });
        }
        let mut world = None;
        group.bench_function(BenchmarkId::new("fork", workers), |bencher| {
            let world = lazily(&mut world, || World::build(&scenario, 0));
            bencher.iter_with_large_drop(|| world.clone());
        });
        // What a worker weighs, about: docs/performance.md measures it.
        let bytes = 300 * workers as usize;
        group.bench_function(BenchmarkId::new("build/floor", workers), |bencher| {
            bencher.iter(|| floor::build(&scenario, bytes));
        });
        group.bench_function(BenchmarkId::new("fork/floor", workers), |bencher| {
            bencher.iter(|| floor::copy(bytes));
        });
    }
    group.finish();
}

fn whole_runs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("run");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for kind in [Kind::Organic, Kind::Paid] {
        let scenario = kind.scenario(10_000);
        let weeks = u64::from(scenario.run.burn_in + scenario.run.weeks);
        group.throughput(Throughput::Elements(10_000 * weeks));
        let name = format!("replication/{}", kind.name());
        let pool = pool(1);
        group.bench_function(&name, |bencher| {
            bencher.iter_batched(
                || (),
                |()| {
                    pool.install(|| {
                        let opening = burn_in(&scenario, 0, &|| {}).expect("a market that keeps the laws");
                        continue_from(&scenario, opening.world, &|| {}).expect("a market that keeps the laws")
                    })
                },
                BatchSize::PerIteration,
            );
        });
        let mut hand_written = None;
        group.bench_function(format!("{name}/floor"), |bencher| {
            if hand_written.is_none() {
                let market = Life::steady(scenario.clone());
                hand_written = Some(Floor::new(&scenario, &Events::count(&market, WEEKS)));
            }
            if let Some(floor) = &mut hand_written {
                bencher.iter(|| (0..weeks).for_each(|_| floor.week()));
            }
        });
    }
    for (name, arms) in [("library", lists::library(1)), ("map of 100 cells", lists::map())] {
        for threads in THREADS {
            let pool = pool(threads);
            group.bench_function(BenchmarkId::new(name, format!("{threads} threads")), |bencher| {
                bencher.iter(|| black_box(pool.install(|| run(&arms, &|| {}))));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, weeks, worlds, whole_runs);
criterion_main!(benches);
