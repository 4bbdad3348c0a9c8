//! A floor: nothing but the draws, the normal-CDF evaluations and the memory traffic of as many events as a market had.
//!
//! Hand-written loops that decide nothing. They draw as many numbers, evaluate as many normal integrals, and read and
//! write as many places in tables of the same size as the events of a week must at least; where each event goes is drawn,
//! so that no step waits for the one before. A week cannot well be cheaper; a market that costs three times its floor
//! spends twice as much on deciding as on what it decides about.

use std::hint::black_box;

use introsim::maths::{exp, ln, normal_quantile, positive_part};
use introsim::scenario::Scenario;
use introsim::streams::{Draws, Purpose, below, two_below, unit};

use super::life::Events;

/// A cache line.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Line([u64; 8]);

/// What one part of a week asks for.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// What happens.
    pub name: &'static str,
    /// How often a week.
    pub events: f64,
    /// Numbers drawn for each.
    pub numbers: f64,
    /// Normal integrals or quantiles for each.
    pub normals: f64,
    /// Cache lines touched for each.
    pub lines: f64,
    run: fn(&mut Tables, u32, f64) -> u64,
}

/// The floor of a week.
#[derive(Debug)]
pub struct Floor {
    /// Its parts, in the order of a week.
    pub parts: Vec<Part>,
    tables: Tables,
}

impl Floor {
    /// The floor of a market with such weeks.
    #[must_use]
    pub fn new(scenario: &Scenario, events: &Events) -> Self {
        Self { parts: parts(scenario, events), tables: Tables::new(scenario, events) }
    }

    /// Does what a week asks for.
    pub fn week(&mut self) {
        for position in 0..self.parts.len() {
            self.part(position);
        }
    }

    /// Does what one part of it asks for.
    pub fn part(&mut self, position: usize) {
        let part = self.parts[position];
        black_box((part.run)(&mut self.tables, whole(part.events), part.numbers));
    }
}

/// Parts of a week, with what each event of them cannot do without.
fn parts(scenario: &Scenario, events: &Events) -> Vec<Part> {
    let words = events.workers / 64.0;
    let hearing = events.workers * scenario.friends.lead_rate;
    let passing = hearing * (1.0 - (events.seekers - events.looking) / events.workers);
    let degree = f64::from(scenario.friends.mean_degree);
    let starts = events.looking / scenario.jobs.look_weeks;
    let entrants = events.workers * scenario.workers.leave_employed;
    let moves = events.hires + events.separations + 2.0 * starts + entrants;
    let lines_of_friends = (degree * 4.0 / 64.0).ceil() + degree;
    let part =
        |name, events, (numbers, normals, lines), run| Part { name, events, numbers, normals, lines, run };
    vec![
        part("64 workers ask who is moved", words, (numbers_of_gates(scenario), 0.0, 4.0 / 8.0), gates),
        part("a lead is passed on", passing, (1.0, 0.0, lines_of_friends), leads),
        part("a seeker thinks", events.seekers, (2.0, 0.0, 6.0), seekers),
        part("an application is thought of", events.drawn, (2.0, 0.0, 5.0), drawn),
        part("an application is sent", events.cold, (0.0, 0.0, 1.5), sent),
        part("an introducer is asked", events.asks, (0.0, 0.0, 3.0), asks),
        part("a request through somebody", events.sponsored, (0.0, 1.0, 3.0), sponsored),
        part("a meeting", events.met, (2.0, 2.0, 3.0), meetings),
        part("a meeting through somebody", events.met_sponsored, (0.0, 0.0, 1.0), learning),
        part("a worker changes his state", moves, (0.0, 0.0, COLUMNS as f64), moves_of),
    ]
}

/// Numbers that the draws of 64 workers at once take: one and one more for each yes where the chance is small, else the
/// binary digits of 64 numbers until all are decided.
fn numbers_of_gates(scenario: &Scenario) -> f64 {
    let jobs = &scenario.jobs;
    let chances =
        [scenario.workers.leave_employed, jobs.separation, jobs.look_rate, scenario.friends.lead_rate];
    chances.iter().map(|&p| if p < 1.0 / 16.0 { 1.0 + 64.0 * p } else { 8.0 }).sum()
}

/// Columns of a worker that a change of state writes.
const COLUMNS: usize = 6;

/// Tables as large as those of a market.
#[derive(Debug)]
struct Tables {
    random: u64,
    bits: Vec<[u64; 4]>,
    columns: [Vec<u64>; COLUMNS],
    contacts: Vec<Line>,
    friends: Vec<u32>,
    degree: usize,
    levels: Vec<f64>,
    offers: Vec<(f64, u32)>,
    applications: Vec<(u32, u32, f64)>,
    sorted: Vec<(u32, u32, f64)>,
    decision_makers: Vec<Line>,
    introducers: Vec<Line>,
    ties: Vec<Line>,
}

impl Tables {
    fn new(scenario: &Scenario, events: &Events) -> Self {
        let n = scenario.workers.count as usize;
        let rows = |count: u32| count.max(1) as usize;
        let introducers = rows(scenario.introducers.count);
        let degree = scenario.friends.mean_degree as usize;
        Self {
            random: 1,
            bits: vec![[0; 4]; n.div_ceil(64)],
            columns: std::array::from_fn(|_| vec![1; n]),
            contacts: vec![Line::default(); 2 * n],
            friends: (0..n * degree).map(|i| neighbour(i, degree, n)).collect(),
            degree,
            levels: vec![0.5; rows(whole(events.vacancies))],
            offers: vec![(0.5, 1); rows(whole(events.vacancies))],
            applications: vec![(0, 0, 0.0); rows(whole(events.cold))],
            sorted: vec![(0, 0, 0.0); rows(whole(events.cold))],
            decision_makers: vec![Line::default(); rows(scenario.decision_makers.count)],
            introducers: vec![Line::default(); introducers],
            ties: vec![Line::default(); introducers * rows(scenario.introducers.ties)],
        }
    }

    /// 64 random bits, by SplitMix64.
    #[inline]
    fn draw(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A random row of a table of so many.
    #[inline]
    fn row(&mut self, n: usize) -> usize {
        below(self.draw(), u32::try_from(n).expect("rows are counted in 32 bits")) as usize
    }
}

fn gates(tables: &mut Tables, events: u32, numbers: f64) -> u64 {
    let (mut sum, mut due, n) = (0, 0.0, tables.bits.len());
    for word in 0..events as usize {
        due += numbers;
        while due >= 1.0 {
            sum ^= tables.draw();
            due -= 1.0;
        }
        let bits = &mut tables.bits[word % n];
        bits[3] ^= sum & bits[0] & bits[1] & bits[2];
    }
    sum
}

fn leads(tables: &mut Tables, events: u32, _: f64) -> u64 {
    let (n, degree) = (tables.columns[0].len(), tables.degree);
    let mut sum = 0;
    // Hearers come in the order of workers.
    for event in 0..events {
        sum ^= tables.draw();
        let worker = spread(event, events, n);
        for &friend in &tables.friends[worker * degree..(worker + 1) * degree] {
            sum = sum.wrapping_add(tables.bits[friend as usize / 64][0] >> (friend % 64));
        }
    }
    sum
}

fn seekers(tables: &mut Tables, events: u32, _: f64) -> u64 {
    let n = tables.columns[0].len();
    let mut sum = 0;
    for event in 0..events {
        let worker = spread(event, events, n);
        sum ^= tables.draw() ^ tables.draw();
        sum = tables.columns[..4].iter().fold(sum, |sum, column| sum.wrapping_add(column[worker]));
        sum = sum.wrapping_add(tables.contacts[2 * worker].0[0] + tables.contacts[2 * worker + 1].0[0]);
    }
    sum
}

fn drawn(tables: &mut Tables, events: u32, _: f64) -> u64 {
    let bound = u32::try_from(tables.levels.len()).expect("rows are counted in 32 bits");
    let mut sum = 0.0;
    for _ in 0..events {
        let (a, b) = two_below(tables.draw(), bound);
        let (c, d) = two_below(tables.draw(), bound);
        sum += [a, b, c, d].iter().map(|&place| tables.levels[place as usize]).sum::<f64>();
        sum += tables.offers[a as usize].0;
    }
    sum.to_bits()
}

/// Each is written where it is thought of, carried to where it is read, and read.
fn sent(tables: &mut Tables, events: u32, _: f64) -> u64 {
    for event in 0..events {
        tables.applications[event as usize] = (event, event, 0.5);
    }
    let n = events as usize;
    for event in 0..n {
        let place = tables.row(n);
        tables.sorted[place] = tables.applications[event];
    }
    tables.sorted.iter().fold(0.0, |sum, application| sum + application.2).to_bits()
}

fn asks(tables: &mut Tables, events: u32, _: f64) -> u64 {
    let mut sum = 0;
    for _ in 0..events {
        let introducer = tables.row(tables.introducers.len());
        let tie = introducer * (tables.ties.len() / tables.introducers.len());
        sum ^= tables.introducers[introducer].0[0] ^ tables.ties[tie].0[0];
        let row = tables.row(tables.decision_makers.len());
        sum ^= tables.decision_makers[row].0[0];
    }
    sum
}

fn sponsored(tables: &mut Tables, events: u32, _: f64) -> u64 {
    let mut sum = 0.0;
    for _ in 0..events {
        let (tie, row) = (tables.row(tables.ties.len()), tables.row(tables.decision_makers.len()));
        let worker = tables.row(tables.columns[0].len());
        tables.ties[tie].0[1] += tables.columns[0][worker];
        sum += positive_part(unit(tables.draw()) - 0.5) + unit(tables.decision_makers[row].0[0]);
    }
    sum.to_bits()
}

fn meetings(tables: &mut Tables, events: u32, _: f64) -> u64 {
    let mut sum = 0.0;
    for _ in 0..events {
        let (row, worker) = (tables.row(tables.decision_makers.len()), tables.row(tables.columns[0].len()));
        let luck = normal_quantile(unit(tables.draw())) + normal_quantile(unit(tables.draw()));
        tables.decision_makers[row].0[2] = luck.to_bits();
        sum += luck + unit(tables.columns[0][worker]);
    }
    sum.to_bits()
}

fn learning(tables: &mut Tables, events: u32, _: f64) -> u64 {
    for _ in 0..events {
        let tie = tables.row(tables.ties.len());
        tables.ties[tie].0[2] += 1;
    }
    tables.ties[0].0[2]
}

fn moves_of(tables: &mut Tables, events: u32, _: f64) -> u64 {
    for event in 0..events {
        let worker = tables.row(tables.columns[0].len());
        for column in &mut tables.columns {
            column[worker] ^= u64::from(event);
        }
    }
    tables.columns[0][0]
}

/// What building a world asks for: the draws of every person, decision-maker, friendship and contact, and so many bytes
/// written.
pub fn build(scenario: &Scenario, bytes: usize) {
    let draws = Draws::new(1, 0);
    let mut sum = 0.0;
    for row in 0..scenario.workers.count {
        let [born, outlook, paper] =
            [Purpose::Ability, Purpose::Outlook, Purpose::Paper].map(|purpose| draws.at(purpose, 0, row, 0));
        sum += born.normal() + born.second_normal() + outlook.normal() + paper.second_normal();
        sum += exp(outlook.second_normal()) + exp(paper.normal());
        let contacts = draws.at(Purpose::InitialContact, 0, row, 0);
        for position in 0..whole(scenario.contacts.start_mean) {
            sum += ln(unit(contacts.sub(position)));
        }
    }
    for row in 0..scenario.decision_makers.count {
        let draw = draws.at(Purpose::DecisionMaker, 0, row, 0);
        sum += exp(draw.normal()) + draw.second_normal();
    }
    black_box(sum);
    copy(bytes);
}

/// So many bytes written to memory that was not there before.
pub fn copy(bytes: usize) {
    black_box(vec![black_box(1_u64); bytes / 8]);
}

/// The row of the k-th of so many events that are spread evenly over n rows.
fn spread(event: u32, events: u32, n: usize) -> usize {
    (u64::from(event) * n as u64 / u64::from(events)) as usize
}

/// Most friends of a small world are neighbours in the ring, one in ten is anybody.
fn neighbour(position: usize, degree: usize, n: usize) -> u32 {
    let (worker, slot) = (position / degree, position % degree);
    let friend = if slot == 0 { worker.wrapping_mul(0x9E37_79B1) } else { worker + slot };
    u32::try_from(friend % n).expect("workers are counted in 32 bits")
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "events of a week are counted in 32 bits"
)]
fn whole(events: f64) -> u32 {
    events.round() as u32
}
