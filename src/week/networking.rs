//! Networking: contacts fade, new ones are met, and seekers ask those they know.
//!
//! Who acts: every seeker, and the introducers asked. Reads: contacts, ties, vacancies. Writes: contacts, requests.
//! Draws: `Network` by worker: one number for whether he meets somebody and whom he asks first; below it whom he meets,
//! for how long, and whom else he asks; `IntroducersLook` for what an introducer sees.
//! Keeps: an introducer filters and does not redirect; a seller does not introduce his own client for nothing.
//! Source: our assumption; that help is withheld for fear of one's name: Smith (2005), *American Journal of
//! Sociology* 111(1).

use rayon::prelude::*;

use super::diary::{Answer, Event, Who};
use super::pipeline::{Ask, Busy, Request, WORKERS, WorkerBlock};
use super::prospect::expected_goodwill;
use super::record::Crowd;
use super::rules::Rules;
use super::search::wanted;
use super::tally::Channel;
use super::{Step, looks, telling};
use crate::ids::{self, IntroducerId, TieId};
use crate::scenario::Scenario;
use crate::streams::{self, Draw, Purpose};
use crate::world::World;
use crate::world::bits::members;
use crate::world::contacts::{Contact, Rows, lifetime, short, unknown};

/// Positions of what is drawn of a seeker to whom something happens: whom he meets, for how long, and whom else he asks.
const WHOM: u32 = 0;
const HOW_LONG: u32 = 1;
const NEXT_ASK: u32 = 2;

pub(super) fn run(step: &mut Step<'_>) {
    if step.world.introducers.is_empty() {
        return;
    }
    let mut contacts = std::mem::take(&mut step.world.contacts);
    let world = &*step.world;
    let networking = Networking {
        scenario: step.scenario,
        rules: step.rules,
        world,
        head: world.draws.head(Purpose::Network, world.week),
        certain: certain_acceptance(step.scenario),
    };
    let blocks = &mut step.pipeline.workers;
    if step.rules.parallel {
        let rows: Vec<Rows<'_>> = contacts.blocks().collect();
        blocks.par_iter_mut().zip(rows).for_each(|(block, rows)| networking.of_block(block, rows));
    } else {
        for (block, rows) in blocks.iter_mut().zip(contacts.blocks()) {
            networking.of_block(block, rows);
        }
    }
    step.world.contacts = contacts;
    for position in 0..step.pipeline.workers.len() {
        let mut block = std::mem::take(&mut step.pipeline.workers[position]);
        step.world.book_contacts(&block.met, &block.known);
        for &ask in &block.asks {
            book(step, ask);
        }
        for &(worker, contact) in &block.met {
            let who = Who::worker(worker as usize).through(contact.id());
            step.record.emit(step.world.week, who, Event::Knows);
        }
        block.asks.clear();
        block.met.clear();
        block.known.clear();
        step.pipeline.workers[position] = block;
    }
}

/// What networking needs; nobody's networking changes what another one's reads.
struct Networking<'a> {
    scenario: &'a Scenario,
    rules: &'a Rules,
    world: &'a World,
    head: Draw,
    /// Up to this running share of requests met an introducer helps whomever he is asked for.
    certain: f64,
}

impl Networking<'_> {
    fn of_block(&self, block: &mut WorkerBlock, mut rows: Rows<'_>) {
        let workers = &self.world.workers;
        let first = rows.first_worker / 64;
        let mut busy = [Busy::default(); 64];
        for word in first..(first + WORKERS / 64).min(workers.unemployed.n_words()) {
            let mut n = 0;
            for lane in members(workers.unemployed.word(word) | workers.looking.word(word)) {
                let (one, is_busy) = self.look_at(block, &mut rows, word * 64 + lane);
                // Without a branch: whether he is busy cannot be foreseen.
                busy[n] = one;
                n += usize::from(is_busy);
            }
            block.busy.extend_from_slice(&busy[..n]);
        }
        // Small markets lie in the processor's caches.
        if self.rules.parallel {
            rows.touch(block.busy.iter().map(|busy| busy.worker as usize));
        }
        for position in 0..block.busy.len() {
            let busy = block.busy[position];
            self.of_worker(block, &mut rows, busy);
        }
        block.busy.clear();
        self.answer(block);
    }

    /// Drops the contacts of a seeker that have faded, and says whether he meets or asks somebody.
    ///
    /// One number says so: he meets somebody from the chance on that he does not, and asks nobody below the chance that
    /// he does neither.
    #[inline]
    fn look_at(&self, block: &mut WorkerBlock, rows: &mut Rows<'_>, worker: usize) -> (Busy, bool) {
        let before = rows.count(worker);
        let after = rows.fade(worker, self.world.week);
        if before != after {
            block.known.push((before, after));
        }
        let number = self.head.sub(ids::row(worker));
        let meets_nobody =
            1.0 - (self.scenario.contacts.meet_rate * self.world.workers.networking[worker]).min(1.0);
        let uniform = streams::unit(number);
        let is_busy = uniform >= meets_nobody * self.rules.asks_nobody[usize::from(after)];
        (Busy { worker: ids::row(worker), number, uniform, meets_nobody }, is_busy)
    }

    /// Introducers answer those who ask, once all of the block have asked: what they look at is fetched together.
    fn answer(&self, block: &mut WorkerBlock) {
        if self.rules.parallel {
            self.world.ties.touch(block.asking.iter().map(|(_, contact)| contact.id()));
        }
        for &(worker, contact) in &block.asking {
            block.asks.push(self.ask(worker as usize, contact));
        }
        block.asking.clear();
    }

    fn of_worker(&self, block: &mut WorkerBlock, rows: &mut Rows<'_>, busy: Busy) {
        let worker = busy.worker as usize;
        let luck = self.head.branch_from(busy.number);
        let contacts = rows.of(worker);
        let meets = busy.uniform >= busy.meets_nobody;
        // Asked on the state at the start: a contact met below is not asked this week.
        let mut from = 0;
        if !meets {
            from = self.first_asked(busy, contacts.len());
            self.put_down(block, busy.worker, contacts[from]);
            from += 1;
        }
        let rest = &contacts[from..];
        for position in self.rules.ask.yes(rest.len(), |position| luck.sub(NEXT_ASK + position)) {
            self.put_down(block, busy.worker, rest[position]);
        }
        if meets {
            self.meet(block, rows, worker, luck);
        }
    }

    /// The first contact whom one asks who meets nobody, but asks somebody: the wait until then is at least k with the
    /// chance that k are not asked.
    fn first_asked(&self, busy: Busy, contacts: usize) -> usize {
        let waits = &self.rules.asks_nobody[1..=contacts];
        waits.partition_point(|&nobody| busy.uniform < busy.meets_nobody * nobody)
    }

    /// He asks a contact whom he has known for long enough.
    fn put_down(&self, block: &mut WorkerBlock, worker: u32, contact: Contact) {
        if self.world.week.saturating_sub(contact.since.into()) >= self.scenario.contacts.known_after {
            block.asking.push((worker, contact));
        }
    }

    fn meet(&self, block: &mut WorkerBlock, rows: &mut Rows<'_>, worker: usize, luck: Draw) {
        let world = self.world;
        // Somebody whom he does not know; a contact of the past may be met anew.
        let known = rows.of(worker);
        let others = ids::row(world.introducers.len() - known.len());
        if others == 0 || known.len() == self.scenario.contacts.most as usize {
            return;
        }
        let introducer = unknown(known, streams::below(luck.sub(WHOM), others));
        let life = lifetime(self.scenario.contacts.half_life, streams::unit(luck.sub(HOW_LONG)));
        let until = short(world.week.saturating_add(life));
        let contact = Contact { introducer, since: short(world.week), until };
        let before = rows.count(worker);
        rows.push(worker, contact);
        block.met.push((ids::row(worker), contact));
        block.known.push((before, before + 1));
    }

    /// A seeker asks; the introducer chooses a tie or helps with none.
    fn ask(&self, worker: usize, contact: Contact) -> Ask {
        let world = self.world;
        let own_client = is_client(world, worker, contact.id());
        let tie = if own_client { None } else { self.choose_tie(worker, contact) };
        Ask {
            worker: ids::row(worker),
            introducer: contact.introducer,
            tie: tie.unwrap_or(TieId::NONE),
            own_client,
        }
    }

    /// The tie that he uses: of those with a vacancy that he has heard of within the window around the level sought for which gratitude and
    /// the goodwill he expects to gain are worth his time, the closest in level; `None` if there is none.
    fn choose_tie(&self, worker: usize, contact: Contact) -> Option<TieId> {
        let (world, scenario) = (self.world, self.scenario);
        let (sought, lowest) = wanted(scenario, self.rules, &world.workers, worker, world.week);
        let table = &world.decision_makers;
        let acceptance = world.introducers.acceptance[contact.id().at()];
        let mut belief = None;
        let seats = world.ties.seats_near(contact.id(), sought, scenario.introducers.level_window);
        seats.into_iter().find(|tie| {
            let row = world.ties.decision_maker[tie.at()].at();
            if table.salary[row] < lowest || table.has_met(row, worker) {
                return false;
            }
            // He looks at the person only where what he sees can matter.
            acceptance <= self.certain || {
                let belief = *belief.get_or_insert_with(|| as_known(self.scenario, world, worker, contact));
                let bar = looks::seen_bar(scenario, world, contact.id(), row, table.episode[row]);
                let margin = belief.mean - bar;
                let pass =
                    self.rules.interview.chance_to_pass_unsure(margin, belief.variance, self.rules.doubt);
                is_worth_it(scenario, acceptance, pass)
            }
        })
    }
}

/// What an introducer believes about a seeker whom he knows.
fn as_known(scenario: &Scenario, world: &World, worker: usize, contact: Contact) -> crate::beliefs::Belief {
    let weeks = f64::from(world.week - u32::from(contact.since));
    let s = &scenario.introducers;
    let precision = s.familiarity_precision * weeks / (weeks + s.familiarity_half);
    let resume = looks::resume_precision(scenario, world, worker);
    looks::through_own_eyes(world, worker, contact.id(), precision, resume)
}

/// Puts an ask into the pipeline, if it led to a request, and counts it.
fn book(step: &mut Step<'_>, ask: Ask) {
    let (worker, introducer) = (ask.worker as usize, IntroducerId(ask.introducer));
    let (week, who) = (step.world.week, Who::worker(worker).through(introducer));
    step.tally.asks += 1;
    if ask.own_client {
        step.record.emit(week, who, Event::Asks(Answer::OwnClient));
    } else if ask.tie.is_some() {
        let decision_maker = step.world.ties.decision_maker[ask.tie.at()].0;
        step.pipeline.requests.push(Request {
            decision_maker,
            worker: ask.worker,
            channel: Channel::Organic,
            tie: ask.tie,
        });
        step.world.introducers.asked_for[introducer.at()].0 += 1;
        step.tally.helped += 1;
        step.tally.sellers_free[0] += u32::from(step.world.has_sold(introducer.at()));
        step.tally.requests[Channel::Organic as usize] += 1;
        step.record.count(Crowd::Organic, step.world, worker);
        step.record.emit(week, who.at(ids::DecisionMakerId(decision_maker)), Event::Asks(Answer::Helps));
    } else if step.record.sees(who) {
        let answer = telling::refusal(step, worker, introducer);
        step.record.emit(week, who, Event::Asks(answer));
    }
}

fn is_client(world: &World, worker: usize, introducer: IntroducerId) -> bool {
    world.workers.seller[worker] == introducer && world.workers.bought.has(worker)
}

/// Whether helping pays in gratitude and goodwill; `pass`: chance that the person passes.
fn is_worth_it(scenario: &Scenario, acceptance: f64, pass: f64) -> bool {
    let s = &scenario.introducers;
    let change = expected_goodwill(scenario, acceptance, pass);
    s.gratitude + s.goodwill_value * change - s.help_hours * s.hour_value >= 0.0
}

/// The running share of requests met up to which helping pays even with somebody who is sure to fail, less a hair for
/// rounding; below 0 if it never does.
fn certain_acceptance(scenario: &Scenario) -> f64 {
    let (s, g) = (&scenario.introducers, &scenario.goodwill);
    let spare = s.gratitude - s.goodwill_value * g.per_request - s.help_hours * s.hour_value;
    let risk = s.goodwill_value * g.bad;
    match (spare > 0.0, risk > 0.0) {
        (true, true) => spare / risk - 1e-9,
        (true, false) => f64::INFINITY,
        (false, _) => -1.0,
    }
}
