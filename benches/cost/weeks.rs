//! Steady weeks: what they cost by market, size and threads, beside their floor, and where the time goes.

use std::time::Duration;

use introsim::week::SCHEDULE;
use introsim_benches::floor::{Floor, Part};
use introsim_benches::life::{Events, Life};
use introsim_benches::markets::Kind;
use introsim_benches::tables::{markdown, short};

use crate::measure::{exponent, nanos, on, repeated, time};

/// Weeks timed in a row.
const WEEKS: u32 = 26;

/// One market of one size.
pub(crate) struct Measured {
    pub(crate) kind: Kind,
    pub(crate) workers: u32,
    /// What happens in a week.
    pub(crate) events: Events,
    /// ns a week on one thread and on two.
    pub(crate) week: [f64; 2],
    /// ns of a week's floor.
    pub(crate) floor: f64,
    /// ns a week of each phase, on one thread.
    phases: [f64; SCHEDULE.len()],
    /// Parts of the floor, and ns a week of each.
    parts: Vec<(Part, f64)>,
}

impl Measured {
    /// ns a worker-week on one thread.
    pub(crate) fn per_worker(&self) -> f64 {
        self.week[0] / self.events.workers
    }
}

/// Measures every market in every size.
pub(crate) fn measure(sizes: &[u32]) -> Vec<Measured> {
    let all = Kind::ALL.into_iter().flat_map(|kind| sizes.iter().map(move |&workers| (kind, workers)));
    all.map(|(kind, workers)| {
        eprintln!("{} weeks of {workers} workers", kind.name());
        measure_one(kind, workers)
    })
    .collect()
}

fn measure_one(kind: Kind, workers: u32) -> Measured {
    let repetitions = if workers > 100_000 { 3 } else { 9 };
    let market = on(2, || Life::steady(kind.scenario(workers)));
    let events = Events::count(&market, WEEKS);
    let mut floor = Floor::new(&market.scenario, &events);
    floor.week();
    let weeks = f64::from(WEEKS);
    // Market and floor by turns, so that what else the machine does hits both.
    let (mut lived, mut floors) = ([Vec::new(), Vec::new()], Vec::new());
    for _ in 0..repetitions {
        for (threads, lived) in (1..).zip(&mut lived) {
            let mut fork = market.fork();
            lived.push(on(threads, || time(|| fork.live(WEEKS))) / weeks);
        }
        floors.push(time(|| (0..WEEKS).for_each(|_| floor.week())) / weeks);
    }
    let mut parts = Vec::new();
    for position in 0..floor.parts.len() {
        let took = repeated(repetitions, || (0..WEEKS).for_each(|_| floor.part(position)));
        parts.push((floor.parts[position], took / weeks));
    }
    Measured {
        kind,
        workers,
        events,
        week: lived.map(crate::measure::median),
        floor: crate::measure::median(floors),
        phases: on(1, || phases_of(&market, repetitions)),
        parts,
    }
}

/// ns a week of each phase.
fn phases_of(market: &Life, repetitions: usize) -> [f64; SCHEDULE.len()] {
    let mut took = [Duration::ZERO; SCHEDULE.len()];
    for _ in 0..repetitions {
        let mut fork = market.fork();
        (0..WEEKS).for_each(|_| fork.week_by_phase(&mut took));
    }
    let weeks = f64::from(WEEKS) * repetitions as f64;
    took.map(|took| nanos(took) / weeks)
}

/// What a week costs.
pub(crate) fn cost(measured: &[Measured]) -> String {
    let row = |m: &Measured| {
        let events = &m.events;
        let per = |n: f64| if n > 0.0 { short(m.week[0] / n) } else { "–".to_owned() };
        vec![
            m.kind.name().to_owned(),
            m.workers.to_string(),
            short(m.per_worker()),
            per(events.seekers),
            per(events.requests()),
            short(m.floor / events.workers),
            short(m.week[0] / m.floor),
        ]
    };
    let head = [
        "market",
        "workers",
        "ns a worker-week",
        "a seeker-week",
        "a request",
        "floor, a worker-week",
        "times the floor",
    ];
    markdown(&head, &measured.iter().map(row).collect::<Vec<_>>())
}

/// How cost grows.
pub(crate) fn growth(measured: &[Measured]) -> String {
    let row = |kind: Kind| {
        let of = |cost: fn(&Measured) -> f64| {
            let own = measured.iter().filter(|m| m.kind == kind);
            let points: Vec<_> = own.map(|m| (f64::from(m.workers), cost(m))).collect();
            exponent(&points).map_or("–".to_owned(), short)
        };
        vec![kind.name().to_owned(), of(|m| m.week[0]), of(|m| m.week[1]), of(|m| m.floor)]
    };
    markdown(&["market", "one thread", "two threads", "floor"], &Kind::ALL.map(row))
}

/// One thread against two, in one market.
pub(crate) fn threads(measured: &[Measured]) -> String {
    let row = |m: &Measured| {
        vec![
            m.kind.name().to_owned(),
            m.workers.to_string(),
            short(m.week[0] / m.events.workers),
            short(m.week[1] / m.events.workers),
            short(m.week[0] / m.week[1]),
        ]
    };
    let large: Vec<_> = measured.iter().filter(|m| m.workers >= 100_000).map(row).collect();
    markdown(&["market", "workers", "one thread, ns a worker-week", "two threads", "times faster"], &large)
}

/// Markets of which the parts are shown: both kinds, smallest and largest.
fn shown(measured: &[Measured]) -> Vec<&Measured> {
    let ends = [measured.iter().map(|m| m.workers).min(), measured.iter().map(|m| m.workers).max()];
    let of = |kind| measured.iter().filter(move |m| m.kind == kind && ends.contains(&Some(m.workers)));
    of(Kind::Organic).chain(of(Kind::Paid)).collect()
}

/// Where the time goes.
pub(crate) fn phases(measured: &[Measured]) -> String {
    let shown = shown(measured);
    let head: Vec<String> = shown.iter().map(|m| format!("{}, {}", m.kind.name(), m.workers)).collect();
    let head: Vec<&str> = std::iter::once("phase").chain(head.iter().map(String::as_str)).collect();
    let cell = |m: &Measured, phase: usize| {
        let all: f64 = m.phases.iter().sum();
        format!("{} ({:.0} %)", short(m.phases[phase] / m.events.workers), 100.0 * m.phases[phase] / all)
    };
    let row = |phase: usize| {
        let cells = shown.iter().map(|m| cell(m, phase));
        std::iter::once(SCHEDULE[phase].name.to_owned()).chain(cells).collect::<Vec<_>>()
    };
    markdown(&head, &(0..SCHEDULE.len()).map(row).collect::<Vec<_>>())
}

/// What a week asks for: the largest paid market.
pub(crate) fn events(measured: &[Measured]) -> String {
    let Some(m) = shown(measured).last().copied() else { return String::new() };
    let n = m.events.workers;
    let row = |(part, took): &(Part, f64)| {
        let each = if part.events >= 1.0 { short(took / part.events) } else { "–".to_owned() };
        vec![
            part.name.to_owned(),
            short(1_000.0 * part.events / n),
            short(1_000.0 * part.events * part.numbers / n),
            short(1_000.0 * part.events * part.normals / n),
            short(1_000.0 * part.events * part.lines / n),
            each,
            short(took / n),
        ]
    };
    let mut rows: Vec<_> = m.parts.iter().map(row).collect();
    let sum = |of: &dyn Fn(&Part) -> f64| {
        short(1_000.0 * m.parts.iter().map(|(part, _)| part.events * of(part)).sum::<f64>() / n)
    };
    rows.push(vec![
        "all".to_owned(),
        String::new(),
        sum(&|part| part.numbers),
        sum(&|part| part.normals),
        sum(&|part| part.lines),
        String::new(),
        short(m.parts.iter().map(|(_, took)| took).sum::<f64>() / n),
    ]);
    let head = [
        "a week of 1,000 workers",
        "events",
        "numbers drawn",
        "normal integrals",
        "cache lines",
        "floor, ns an event",
        "floor, ns a worker-week",
    ];
    markdown(&head, &rows)
}
