//! Timing: medians over repetitions, on a given number of threads.

use std::time::{Duration, Instant};

use introsim::maths::ln;

/// Nanoseconds.
pub(crate) fn nanos(took: Duration) -> f64 {
    took.as_secs_f64() * 1e9
}

/// What the work takes, ns.
pub(crate) fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let made = work();
    let took = start.elapsed();
    drop(made);
    nanos(took)
}

/// The median of some times; of an even number the lower of the middle two.
pub(crate) fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[(times.len() - 1) / 2]
}

/// The median time of some repetitions, ns; after one that is not timed, which warms up memory.
pub(crate) fn repeated<T>(repetitions: usize, mut work: impl FnMut() -> T) -> f64 {
    drop(work());
    median((0..repetitions).map(|_| time(&mut work)).collect())
}

/// Does something on so many threads.
pub(crate) fn on<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("a pool of threads").install(work)
}

/// Exponent of growth: slope of ln(cost) on ln(size) by least squares; none for fewer than two sizes.
pub(crate) fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let n = points.len() as f64;
    let logs: Vec<(f64, f64)> = points.iter().map(|(size, cost)| (ln(*size), ln(*cost))).collect();
    let (x, y) = logs.iter().fold((0.0, 0.0), |(x, y), (a, b)| (x + a / n, y + b / n));
    let spread: f64 = logs.iter().map(|(a, _)| (a - x).powi(2)).sum();
    let common: f64 = logs.iter().map(|(a, b)| (a - x) * (b - y)).sum();
    (spread > 0.0).then(|| common / spread)
}
