//! Searches told again from the diaries, by a reader who knows nothing but the opening, are those of spells.csv.

use std::collections::BTreeSet;

use introsim::engine::continue_from;
use introsim::week::diary::{Decision, Entry, Event, Watch};
use introsim::week::record::{Ending, Spell};
use introsim::world::World;

use super::{markets, opening, told};

/// What of a search a reader of the diary can know.
#[derive(Clone, Debug, PartialEq)]
struct Search {
    worker: u32,
    number: u32,
    from_job: bool,
    start: u32,
    end: u32,
    ending: &'static str,
    bought: bool,
    salary_after: Option<f64>,
}

impl Search {
    fn open(worker: u32, number: u32, from_job: bool, start: u32) -> Self {
        Self { worker, number, from_job, start, end: 0, ending: "open", bought: false, salary_after: None }
    }

    fn of(spell: &Spell) -> Self {
        Self {
            worker: spell.worker,
            number: spell.number,
            from_job: spell.from_job,
            start: spell.start,
            end: spell.end,
            ending: spell.ending.name(),
            bought: spell.bought,
            salary_after: spell.salary_after,
        }
    }
}

/// The searches of one worker after the opening, from his diary.
fn searches(world: &World, worker: u32, entries: &[Entry], last: u32) -> Vec<Search> {
    let (row, w) = (worker as usize, &world.workers);
    let mut number = w.searches[row];
    let seeks = w.unemployed.has(row) || w.looking.has(row);
    let mut present =
        seeks.then(|| Search::open(worker, number, w.searched_from_job.has(row), w.search_since[row]));
    let mut done = Vec::new();
    for entry in entries.iter().filter(|entry| entry.who.worker.0 == worker) {
        let week = entry.week;
        let mut begin = |present: &mut Option<Search>, from_job| {
            number += 1;
            *present = Some(Search::open(worker, number, from_job, week));
        };
        let mut close = |present: &mut Option<Search>, ending, salary_after| {
            if let Some(search) = present.take() {
                done.push(Search { end: week, ending, salary_after, ..search });
            }
        };
        match entry.what {
            // One who was looking goes on with the same search.
            Event::LosesJob if present.is_none() => begin(&mut present, false),
            Event::StartsLooking => begin(&mut present, true),
            Event::StopsLooking => close(&mut present, "stopped", None),
            Event::Leaves => close(&mut present, "left", None),
            Event::Enters(_) => begin(&mut present, false),
            Event::Hired { channel, salary, .. } => close(&mut present, channel.name(), Some(salary)),
            Event::Screened(screened) if screened.decision == Decision::Signed => {
                if let Some(search) = &mut present {
                    search.bought = true;
                }
            }
            _ => {}
        }
    }
    done.extend(present.map(|search| Search { end: last, ..search }));
    done
}

#[test]
fn a_diary_follows_its_worker_through_every_search_of_the_table_of_spells() {
    let mut endings = BTreeSet::new();
    for (name, scenario) in markets() {
        let opening = opening(&scenario);
        let (_, entries) = told(&scenario, &opening, Watch::Everybody);
        let alone = continue_from(&scenario, opening.clone(), &|| {}).unwrap();
        let last = opening.week + scenario.run.weeks;
        let mut table: Vec<Search> = alone.record.spells.iter().map(Search::of).collect();
        table.sort_by_key(|search| (search.worker, search.number));
        let told: Vec<Search> = (0..scenario.workers.count)
            .flat_map(|worker| searches(&opening, worker, &entries, last))
            .collect();
        assert!(table.len() > 100, "{name}: too few searches to show anything");
        for (told, table) in told.iter().zip(&table) {
            assert_eq!(told, table, "{name}");
        }
        assert_eq!(told.len(), table.len(), "{name}");
        endings.extend(table.iter().map(|search| search.ending));
    }
    for ending in ["cold", "organic", "stopped", "left", Ending::Open.name()] {
        assert!(endings.contains(ending), "no search ended {ending}");
    }
}

#[test]
fn every_block_of_a_tie_in_the_table_of_ties_is_told_once() {
    let mut blocks = 0;
    for (name, scenario) in markets() {
        let opening = opening(&scenario);
        let (history, entries) = told(&scenario, &opening, Watch::Everybody);
        let followed = &history.record.followed;
        let told: Vec<(u32, u32, u32)> = entries
            .iter()
            .filter(|entry| matches!(entry.what, Event::Blocks { .. }) && followed[entry.who.introducer.at()])
            .map(|entry| (entry.week, entry.who.introducer.0, entry.who.decision_maker.0))
            .collect();
        let lives = history.record.tie_lives.iter().filter(|life| life.blocked);
        let table: Vec<(u32, u32, u32)> = lives.map(|l| (l.end, l.introducer, l.decision_maker)).collect();
        assert_eq!(told, table, "{name}");
        blocks += told.len();
    }
    assert!(blocks > 10, "{blocks} blocks show nothing");
}
