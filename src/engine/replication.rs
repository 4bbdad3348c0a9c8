//! One replication: the burn-in of a labour market, and the history of one scenario from the opening on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::scenario::Scenario;
use crate::week::diary::{Diary, Watch};
use crate::week::pipeline::Pipeline;
use crate::week::record::Record;
use crate::week::rules::Rules;
use crate::week::tally::Tally;
use crate::week::{Step, opening_state, run_week};
use crate::world::World;
use crate::world::organic::Organic;
use crate::world::requirements::Breach;
use crate::world::wages::by_wage;

/// Why a replication did not finish.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// A law was broken or a number was not finite.
    #[error(transparent)]
    Breach(#[from] Breach),
    /// An outcome was not finite.
    #[error("the outcome {0} is not a finite number")]
    NotFinite(&'static str),
    /// The program stopped at a bug.
    #[error("the program stopped at a bug: {0}")]
    Bug(String),
}

/// A key and the number at which a history fails, so that tests can see what becomes of failures: no scenario that a file
/// can hold makes one. In builds with debug assertions alone.
#[cfg(debug_assertions)]
static PLANTED: std::sync::OnceLock<(String, f64)> = std::sync::OnceLock::new();

/// Lets every history fail in which a key has a number; the first call counts.
#[cfg(debug_assertions)]
pub fn plant_failure(path: &str, number: f64) {
    PLANTED.get_or_init(|| (path.to_owned(), number));
}

#[cfg(debug_assertions)]
fn fail_if_planted(scenario: &Scenario, week: u32) -> Result<(), Breach> {
    let is_it =
        |(path, number): &(String, f64)| scenario.number(path).is_some_and(|x| x.total_cmp(number).is_eq());
    let broken = crate::world::requirements::Broken("a failure was planted".to_owned());
    if PLANTED.get().is_some_and(is_it) { Err(broken.at(week, "the opening")) } else { Ok(()) }
}

/// A labour market at the opening, and how it got there.
#[derive(Clone, Debug)]
pub struct BurnIn {
    /// The world at the opening.
    pub world: World,
    /// Every week of the burn-in.
    pub weeks: Vec<Tally>,
}

/// What happened in one scenario and replication.
#[derive(Clone, Debug)]
pub struct History {
    /// Hash of the world at the opening: equal for all scenarios of one labour market.
    pub opening_hash: String,
    /// State at the opening: week 0.
    pub opening: Tally,
    /// Weeks 1 to W.
    pub weeks: Vec<Tally>,
    /// Single lives.
    pub record: Record,
    /// The world after the last week.
    pub world: World,
}

/// A week that was just lived, as somebody sees it who looks on and touches nothing.
#[derive(Clone, Copy, Debug)]
pub struct WeekView<'a> {
    /// The world at its end.
    pub world: &'a World,
    /// What was on its way in it.
    pub pipeline: &'a Pipeline,
    /// What was counted.
    pub tally: &'a Tally,
}

/// Builds the world of a replication and lives through its burn-in.
///
/// # Errors
/// [`Failure`] with the week and phase at which it stopped.
pub fn burn_in(
    scenario: &Scenario,
    replication: u32,
    week_done: &(dyn Fn() + Sync),
) -> Result<BurnIn, Failure> {
    guarded(|| {
        let market = scenario.without_institutions();
        let world = World::build(&market, replication);
        let mut simulation = Simulation::new(&market, world, Record::default());
        let weeks = simulation.live(market.run.burn_in, &mut |_| week_done())?;
        Ok(BurnIn { world: simulation.world, weeks })
    })
}

/// Whether a scenario's history is the organic fork itself: there is nothing in it but the labour market.
#[must_use]
pub fn is_organic(scenario: &Scenario) -> bool {
    scenario.without_institutions() == *scenario
}

/// Weeks of the organic fork that scenarios of one labour market need: as many as the longest of those that sell.
#[must_use]
pub fn weeks_of_fork<'a>(scenarios: impl IntoIterator<Item = &'a Scenario>) -> u32 {
    let selling = scenarios.into_iter().filter(|scenario| scenario.may_sell());
    selling.map(|scenario| scenario.run.weeks).max().unwrap_or(0)
}

/// Lives the organic fork of a world at the opening, and leaves with the world what is kept of it: what some scenarios of
/// its labour market that sell are held against. Where none of them sells, or the world has it already, nothing is done.
///
/// # Errors
/// [`Failure`] with the week and phase at which the fork stopped.
pub fn live_fork<'a>(
    scenarios: impl IntoIterator<Item = &'a Scenario>,
    world: &mut World,
    week_done: &(dyn Fn() + Sync),
) -> Result<(), Failure> {
    let selling = scenarios.into_iter().filter(|scenario| scenario.may_sell());
    let Some(longest) = selling.max_by_key(|scenario| scenario.run.weeks) else { return Ok(()) };
    if world.organic.as_ref().is_some_and(|organic| organic.lasts(longest.run.weeks)) {
        return Ok(());
    }
    let organic = guarded(|| lived_fork(&longest.without_institutions(), world, week_done))?;
    world.organic = Some(Arc::new(organic));
    Ok(())
}

/// What is kept of the organic fork of a world, which is lived here and gone afterwards.
fn lived_fork(market: &Scenario, world: &World, week_done: &(dyn Fn() + Sync)) -> Result<Organic, Failure> {
    let mut organic = fork_of(market, world);
    let mut simulation = Simulation::new(market, world.clone(), Record::default());
    simulation.world.open_market(market);
    simulation.live(market.run.weeks, &mut |lived| {
        organic.keep(&lived.world.ties);
        week_done();
    })?;
    Ok(organic)
}

/// What will be kept of the organic fork of a world.
fn fork_of(scenario: &Scenario, world: &World) -> Organic {
    Organic::new(world.week, world.introducers.acceptance.len(), scenario.run.weeks)
}

/// Lives the history of a scenario that is its own organic fork, and what is kept of that.
///
/// # Errors
/// [`Failure`] with the week and phase at which it stopped.
pub fn continue_as_fork(
    scenario: &Scenario,
    world: World,
    week_done: &(dyn Fn() + Sync),
) -> Result<(History, Arc<Organic>), Failure> {
    let mut organic = fork_of(scenario, &world);
    let history = go_on(scenario, world, None, &mut |lived| {
        organic.keep(&lived.world.ties);
        week_done();
    })?;
    Ok((history, Arc::new(organic)))
}

/// Opens a scenario's market in a world and lives through its weeks. If it sells and the world has no organic fork yet,
/// that is lived first.
///
/// # Errors
/// [`Failure`] with the week and phase at which it stopped.
pub fn continue_from(
    scenario: &Scenario,
    world: World,
    week_done: &(dyn Fn() + Sync),
) -> Result<History, Failure> {
    go_on(scenario, world, None, &mut |_| week_done())
}

/// The same with a diary of some lives, in the record of the history; nothing else is different.
///
/// # Errors
/// [`Failure`] with the week and phase at which it stopped.
pub fn continue_with_diary(scenario: &Scenario, world: World, watch: Watch) -> Result<History, Failure> {
    go_on(scenario, world, Some(Box::new(Diary::new(watch))), &mut |_| {})
}

/// The same with somebody who looks at the end of every week and cannot change it.
///
/// # Errors
/// [`Failure`] with the week and phase at which it stopped.
pub fn continue_watched(
    scenario: &Scenario,
    world: World,
    see: &mut dyn FnMut(&WeekView<'_>),
) -> Result<History, Failure> {
    go_on(scenario, world, None, see)
}

/// The same with one seller who takes whom he thinks above a bar where all others screen for profit.
///
/// # Errors
/// [`Failure`] with the week and phase at which it stopped.
pub fn continue_deviating(
    scenario: &Scenario,
    world: World,
    (seller, bar): (usize, f64),
) -> Result<History, Failure> {
    let mut world = world;
    live_fork([scenario], &mut world, &|| {})?;
    let deviate = |world: &mut World| {
        if let Some(market) = &mut world.market {
            market.sellers[seller].own_bar = Some(bar);
        }
    };
    open_and_live(scenario, world, None, &deviate, &mut |_| {})
}

fn go_on(
    scenario: &Scenario,
    mut world: World,
    diary: Option<Box<Diary>>,
    see: &mut dyn FnMut(&WeekView<'_>),
) -> Result<History, Failure> {
    live_fork([scenario], &mut world, &|| {})?;
    open_and_live(scenario, world, diary, &|_| {}, see)
}

fn open_and_live(
    scenario: &Scenario,
    world: World,
    diary: Option<Box<Diary>>,
    change: &dyn Fn(&mut World),
    see: &mut dyn FnMut(&WeekView<'_>),
) -> Result<History, Failure> {
    guarded(|| {
        #[cfg(debug_assertions)]
        fail_if_planted(scenario, world.week)?;
        let opening_hash = world.hash();
        let followed = followed_introducers(scenario, &world);
        let record = Record { on: true, followed, diary, ..Record::default() };
        let mut simulation = Simulation::new(scenario, world, record);
        simulation.world.open_market(scenario);
        change(&mut simulation.world);
        let opening = simulation.state();
        let weeks = simulation.live(scenario.run.weeks, see)?;
        let Simulation { world, mut record, .. } = simulation;
        record.close(&world);
        Ok(History { opening_hash, opening, weeks, record, world })
    })
}

/// Introducers whose ties are followed: those who open as sellers, and of the others as many, at least a twentieth of
/// all: the next in what an hour is worth to them elsewhere.
#[must_use]
pub fn followed_introducers(scenario: &Scenario, world: &World) -> Vec<bool> {
    let sellers = scenario.n_openers();
    let control = sellers.max(scenario.introducers.count.div_ceil(20) as usize);
    let mut followed = vec![false; scenario.introducers.count as usize];
    let first = by_wage(scenario, &world.draws).into_iter().take(sellers + control);
    first.for_each(|row| followed[row] = true);
    followed
}

/// A world that moves, with everything a week needs beside it.
struct Simulation<'a> {
    scenario: &'a Scenario,
    rules: Rules,
    world: World,
    pipeline: Pipeline,
    tally: Tally,
    record: Record,
}

impl<'a> Simulation<'a> {
    fn new(scenario: &'a Scenario, world: World, record: Record) -> Self {
        Self {
            scenario,
            rules: Rules::new(scenario),
            world,
            pipeline: Pipeline::default(),
            tally: Tally::default(),
            record,
        }
    }

    fn step(&mut self) -> Step<'_> {
        Step {
            scenario: self.scenario,
            rules: &self.rules,
            world: &mut self.world,
            pipeline: &mut self.pipeline,
            tally: &mut self.tally,
            record: &mut self.record,
        }
    }

    fn state(&mut self) -> Tally {
        opening_state(&mut self.step());
        self.tally.clone()
    }

    fn live(&mut self, weeks: u32, see: &mut dyn FnMut(&WeekView<'_>)) -> Result<Vec<Tally>, Failure> {
        let mut tallies = Vec::with_capacity(weeks as usize);
        for _ in 0..weeks {
            run_week(&mut self.step())?;
            see(&WeekView { world: &self.world, pipeline: &self.pipeline, tally: &self.tally });
            tallies.push(self.tally.clone());
        }
        Ok(tallies)
    }
}

/// Turns a panic into a failure of this replication alone.
fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
        Err(Failure::Bug(text.unwrap_or_else(|| "no message".to_owned())))
    })
}
