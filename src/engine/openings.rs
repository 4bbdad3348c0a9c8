//! Openings: labour markets that were lived up to the opening, with their organic forks, kept for whoever needs them
//! next in this process.
//!
//! The parts of a study and the rounds of a search ask for the same labour markets with the same luck again and again.
//! What was lived once is found by the text of its labour market and the number of the replication, which decide all of
//! it; so it makes no difference to any result whether it was found or lived. Those used last are kept, as many as fit
//! into the room that there is for them.

use std::sync::{Arc, Mutex, PoisonError};

use super::replication::{BurnIn, Failure, burn_in, live_fork, weeks_of_fork};
use super::size::world;
use crate::scenario::Scenario;
use crate::world::organic::Organic;

/// Bytes that all of them may take.
const ROOM: f64 = 128e6;
/// How many there may be.
const MOST: usize = 32;

/// One of them.
struct Kept {
    market: [u8; 32],
    replication: u32,
    bytes: f64,
    opening: Arc<BurnIn>,
}

/// Those that are kept, the one used last at the end.
static KEPT: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

/// Bytes that openings take at most where no world is larger than this.
#[must_use]
pub fn bytes(world: f64) -> f64 {
    if is_kept(world) { ROOM.min(MOST as f64 * world) } else { 0.0 }
}

/// A world of which few would fit is not kept.
fn is_kept(world: f64) -> bool {
    world <= ROOM / 4.0
}

/// Burns in the labour market that some scenarios share, and lives the organic fork that those of them need who sell.
///
/// - `week_done`: called after every week that is lived, and as often for weeks that were lived before
///
/// # Errors
/// [`Failure`] with the week and phase at which it stopped.
pub fn open(
    scenarios: &[&Scenario],
    replication: u32,
    week_done: &(dyn Fn() + Sync),
) -> Result<Arc<BurnIn>, Failure> {
    let opening = begin(scenarios[0], replication, week_done)?;
    fork(scenarios, replication, opening, week_done)
}

/// Lives the organic fork that those of some scenarios need who sell, if it is not there yet.
///
/// # Errors
/// [`Failure`] with the week and phase at which it stopped.
pub fn fork(
    scenarios: &[&Scenario],
    replication: u32,
    opening: Arc<BurnIn>,
    week_done: &(dyn Fn() + Sync),
) -> Result<Arc<BurnIn>, Failure> {
    let weeks = weeks_of_fork(scenarios.iter().copied());
    if is_forked(&opening, weeks) {
        (0..weeks).for_each(|_| week_done());
        return Ok(opening);
    }
    let mut opening = Arc::unwrap_or_clone(opening);
    live_fork(scenarios.iter().copied(), &mut opening.world, week_done)?;
    Ok(keep(scenarios[0], replication, opening))
}

/// Whether the organic fork is there for so many weeks.
#[must_use]
pub fn is_forked(opening: &BurnIn, weeks: u32) -> bool {
    weeks == 0 || opening.world.organic.as_ref().is_some_and(|organic| organic.lasts(weeks))
}

/// Burns in a labour market, with whatever organic fork is there already.
///
/// # Errors
/// [`Failure`] with the week and phase at which it stopped.
pub fn begin(
    scenario: &Scenario,
    replication: u32,
    week_done: &(dyn Fn() + Sync),
) -> Result<Arc<BurnIn>, Failure> {
    if let Some(opening) = find(scenario, replication) {
        opening.weeks.iter().for_each(|_| week_done());
        return Ok(opening);
    }
    Ok(keep(scenario, replication, burn_in(scenario, replication, week_done)?))
}

/// Keeps an opening with the organic fork that was lived from it.
pub fn keep_fork(
    scenario: &Scenario,
    replication: u32,
    opening: Arc<BurnIn>,
    organic: Arc<Organic>,
) -> Arc<BurnIn> {
    let mut opening = Arc::unwrap_or_clone(opening);
    opening.world.organic = Some(organic);
    keep(scenario, replication, opening)
}

fn name(scenario: &Scenario) -> [u8; 32] {
    *blake3::hash(scenario.labour_market().as_bytes()).as_bytes()
}

fn find(scenario: &Scenario, replication: u32) -> Option<Arc<BurnIn>> {
    let market = name(scenario);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let place = kept.iter().position(|one| one.market == market && one.replication == replication)?;
    let one = kept.remove(place);
    let opening = Arc::clone(&one.opening);
    kept.push(one);
    Some(opening)
}

/// Keeps an opening in the place of one of the same market and luck, if it is not too large; others go for it.
fn keep(scenario: &Scenario, replication: u32, opening: BurnIn) -> Arc<BurnIn> {
    let opening = Arc::new(opening);
    let bytes = world(scenario);
    if is_kept(bytes) {
        let market = name(scenario);
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| one.market != market || one.replication != replication);
        kept.push(Kept { market, replication, bytes, opening: Arc::clone(&opening) });
        let mut room = ROOM;
        let fit = kept.iter().rev().take(MOST).take_while(|one| {
            room -= one.bytes;
            room >= 0.0
        });
        let fit = fit.count();
        let surplus = kept.len() - fit;
        kept.drain(..surplus);
    }
    opening
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn small(seed: u64) -> Scenario {
        let mut scenario = Scenario::default();
        for (path, value) in [
            ("workers.count", "200"),
            ("decision_makers.count", "20"),
            ("introducers.count", "10"),
            ("introducers.ties", "5"),
            ("sellers.entry", "\"free\""),
            ("run.burn_in", "3"),
            ("run.weeks", "2"),
            ("run.seed", &seed.to_string()),
        ] {
            scenario.set(path, value).unwrap();
        }
        scenario
    }

    /// All in one test: what is kept is shared by all tests of a process.
    #[test]
    fn an_opening_is_lived_once_and_counts_as_often_until_others_push_it_out() {
        let weeks = AtomicU32::new(0);
        let week_done = || _ = weeks.fetch_add(1, Ordering::Relaxed);
        let own = small(1);
        let first = open(&[&own], 0, &week_done).unwrap();
        assert_eq!((first.weeks.len(), weeks.swap(0, Ordering::Relaxed)), (3, 5));
        let again = open(&[&own], 0, &week_done).unwrap();
        assert!(Arc::ptr_eq(&first, &again), "lived twice");
        assert_eq!(weeks.swap(0, Ordering::Relaxed), 5);
        // Other luck, and a longer life than that of the fork, are other work.
        assert!(!Arc::ptr_eq(&first, &open(&[&own], 1, &week_done).unwrap()));
        let mut longer = own.clone();
        longer.run.weeks = 4;
        let longest = open(&[&longer], 0, &|| {}).unwrap();
        assert!(longest.world.organic.as_ref().unwrap().lasts(4));
        assert_eq!(longest.world.hash(), first.world.hash());
        assert!(Arc::ptr_eq(&longest, &open(&[&own], 0, &|| {}).unwrap()), "the longer one serves both");
        for seed in 0..=MOST as u64 {
            begin(&small(100 + seed), 0, &|| {}).unwrap();
        }
        assert!(find(&own, 0).is_none(), "more than {MOST} are kept");
        assert!(KEPT.lock().unwrap().len() <= MOST);
        // One of a world too large to keep a few of is not kept at all.
        let mut large = small(7);
        large.introducers.ties = 20;
        large.introducers.count = 20_000;
        assert!(world(&large) > ROOM / 4.0);
        assert!(bytes(world(&large)).abs() < f64::EPSILON);
        let opening = keep(&large, 0, BurnIn { world: first.world.clone(), weeks: Vec::new() });
        assert_eq!(Arc::strong_count(&opening), 1);
    }
}
