//! Contacts: which introducers a worker knows, since when, and until when.

mod rooms;

use crate::ids::{self, IntroducerId};
use crate::maths;
use crate::scenario::Scenario;
use crate::streams::{self, Draws, Purpose};
use rooms::{Rooms, Row};

/// A week as contacts keep it: no run is longer, and what fades later does not fade.
pub type ShortWeek = u16;

/// One contact of a worker, in eight bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Whom he knows.
    pub introducer: u32,
    /// Week in which they met.
    pub since: ShortWeek,
    /// Week in which the contact fades, drawn when they met.
    pub until: ShortWeek,
}

/// Workers whose contacts lie together, to be changed apart from those of others.
pub const BLOCK: usize = 4_096;

/// The table of contacts. A row takes as much room as its contacts need, in the block of its worker.
#[derive(Clone, Debug, Default)]
pub struct Contacts {
    width: usize,
    rows: Vec<Row>,
    blocks: Vec<Rooms>,
    /// Contacts of all workers that have not faded.
    alive: u32,
    /// Those of them that fade in each week.
    fading: Vec<u32>,
}

/// A week in short; later ones are the last.
#[must_use]
pub fn short(week: u32) -> ShortWeek {
    ShortWeek::try_from(week).unwrap_or(ShortWeek::MAX)
}

impl Contacts {
    /// Contacts at the start: a Poisson number with mean `start_mean · ν`, of distinct introducers, met
    /// `start_familiarity` weeks before.
    #[must_use]
    pub(super) fn build(scenario: &Scenario, draws: &Draws, networking: &[f64], first_week: u32) -> Self {
        let s = &scenario.contacts;
        let n = networking.len();
        let mut table = Self {
            width: s.most as usize,
            rows: vec![Row::default(); n],
            blocks: vec![Rooms::default(); n.div_ceil(BLOCK)],
            alive: 0,
            fading: Vec::new(),
        };
        let since = first_week.saturating_sub(whole_weeks(s.start_familiarity));
        for (worker, &nu) in networking.iter().enumerate() {
            let draw = draws.at(Purpose::InitialContact, 0, ids::row(worker), 0);
            let wanted = poisson(s.start_mean * nu, draw.uniform());
            let possible = wanted.min(s.most).min(scenario.introducers.count);
            for position in 0..possible {
                let left = scenario.introducers.count - position;
                let introducer =
                    unknown(table.row(worker), streams::below(draw.branch(0).sub(position), left));
                let luck = draws.at(Purpose::Fade, since, ids::row(worker), introducer).uniform();
                let life = lifetime(s.half_life, luck);
                // Memoryless: a contact of the start has all of its remaining life before it.
                let until = short(first_week.saturating_add(life));
                table.add(worker, Contact { introducer, since: short(since), until });
            }
        }
        table
    }

    /// Adds a contact; nothing happens if the row is full or holds this introducer already.
    pub fn add(&mut self, worker: usize, contact: Contact) {
        let known = self.row(worker);
        if known.len() == self.width || known.iter().any(|c| c.introducer == contact.introducer) {
            return;
        }
        self.block_of(worker).push(worker, contact);
        self.book(contact);
    }

    /// Counts a contact that was added.
    pub(super) fn book(&mut self, contact: Contact) {
        let until = usize::from(contact.until);
        if self.fading.len() <= until {
            self.fading.resize(until + 1, 0);
        }
        self.fading[until] += 1;
        self.alive += 1;
    }

    /// The rows of a worker's block.
    fn block_of(&mut self, worker: usize) -> Rows<'_> {
        let first_worker = worker / BLOCK * BLOCK;
        let last = (first_worker + BLOCK).min(self.rows.len());
        let rows = &mut self.rows[first_worker..last];
        Rows { first_worker, rows, rooms: &mut self.blocks[worker / BLOCK] }
    }

    /// The rows in blocks of [`BLOCK`] workers, to be changed apart from each other.
    pub fn blocks(&mut self) -> impl Iterator<Item = Rows<'_>> {
        let blocks = self.rows.chunks_mut(BLOCK).zip(&mut self.blocks).enumerate();
        blocks.map(move |(block, (rows, rooms))| Rows { first_worker: block * BLOCK, rows, rooms })
    }

    /// A week begins: those that fade in it are no longer counted.
    pub(super) fn begin_week(&mut self, week: u32) {
        if let Some(faded) = self.fading.get_mut(week as usize) {
            self.alive -= std::mem::take(faded);
        }
    }

    /// Drops the contacts that have faded by `week` and returns the rest, oldest first.
    pub fn fade(&mut self, worker: usize, week: u32) -> &[Contact] {
        self.block_of(worker).into_faded(worker, week)
    }

    /// Contacts at the last look at this worker.
    #[must_use]
    pub fn count(&self, worker: usize) -> u8 {
        self.rows[worker].count
    }

    /// Contacts of one worker that live in `week`, without dropping the others.
    #[must_use]
    pub fn alive_of(&self, worker: usize, week: u32) -> u32 {
        ids::row(self.row(worker).iter().filter(|c| u32::from(c.until) > week).count())
    }

    /// Contacts of all workers that live in the present week.
    #[must_use]
    pub fn alive(&self) -> u32 {
        self.alive
    }

    /// Forgets all contacts of a worker in `week`.
    pub fn clear(&mut self, worker: usize, week: u32) {
        for contact in self.blocks[worker / BLOCK].of(self.rows[worker]) {
            if u32::from(contact.until) > week {
                self.fading[usize::from(contact.until)] -= 1;
                self.alive -= 1;
            }
        }
        self.blocks[worker / BLOCK].leave(&mut self.rows[worker]);
    }

    /// The contacts of a worker, faded ones included.
    #[must_use]
    pub fn row(&self, worker: usize) -> &[Contact] {
        self.blocks[worker / BLOCK].of(self.rows[worker])
    }
}

/// Some rows of contacts, to be changed.
#[derive(Debug)]
pub struct Rows<'a> {
    /// The worker of the first row.
    pub first_worker: usize,
    rows: &'a mut [Row],
    rooms: &'a mut Rooms,
}

impl<'a> Rows<'a> {
    /// Adds a contact to a row that is not full and does not hold this introducer.
    pub fn push(&mut self, worker: usize, contact: Contact) {
        self.rooms.push(&mut self.rows[worker - self.first_worker], contact);
    }

    /// Looks at the rows of some workers before they are needed: what lies far off in memory is then fetched for all at
    /// once, not for one after the other.
    pub fn touch(&self, workers: impl Iterator<Item = usize>) {
        let sum = workers.filter_map(|worker| self.of(worker).first());
        std::hint::black_box(sum.fold(0_u32, |sum, contact| sum ^ contact.introducer));
    }

    /// Number of contacts at the last look at a worker.
    #[must_use]
    pub fn count(&self, worker: usize) -> u8 {
        self.rows[worker - self.first_worker].count
    }

    /// The contacts of a worker at the last look.
    #[must_use]
    pub fn of(&self, worker: usize) -> &[Contact] {
        self.rooms.of(self.rows[worker - self.first_worker])
    }

    /// Drops the contacts that have faded by `week` and says how many are left, oldest first.
    #[inline]
    pub fn fade(&mut self, worker: usize, week: u32) -> u8 {
        let row = &mut self.rows[worker - self.first_worker];
        if u32::from(row.next) <= week {
            self.rooms.drop_faded(row, week);
        }
        row.count
    }

    fn into_faded(mut self, worker: usize, week: u32) -> &'a [Contact] {
        self.fade(worker, week);
        self.rooms.of(self.rows[worker - self.first_worker])
    }
}

/// The introducer at a place among those whom a worker does not know, by rising id.
#[must_use]
pub fn unknown(known: &[Contact], place: u32) -> u32 {
    // Each known one at or before the place moves it on by one: the least place for which that comes out even.
    let mut moved = place;
    loop {
        let passed = known.iter().filter(|contact| contact.introducer <= moved).count();
        if place + ids::row(passed) == moved {
            return moved;
        }
        moved = place + ids::row(passed);
    }
}

/// Weeks that a contact lasts: geometric with the given half-life, at least 1, from a uniform number.
#[must_use]
pub fn lifetime(half_life: f64, uniform: f64) -> u32 {
    whole_weeks(1.0 - maths::ln(uniform) * half_life / std::f64::consts::LN_2)
}

/// Known introducer of a contact.
impl Contact {
    /// The introducer's id.
    #[must_use]
    pub const fn id(&self) -> IntroducerId {
        IntroducerId(self.introducer)
    }
}

/// Whole weeks in a length of time, rounded down; lengths beyond 2³² weeks are endless.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u32")]
fn whole_weeks(weeks: f64) -> u32 {
    weeks.clamp(0.0, f64::from(u32::MAX)) as u32
}

/// Poisson count by inversion; means here are small.
fn poisson(mean: f64, uniform: f64) -> u32 {
    let mut term = maths::exp(-mean);
    let (mut sum, mut k) = (term, 0_u32);
    while sum <= uniform && k < 1000 {
        k += 1;
        term *= mean / f64::from(k);
        sum += term;
    }
    k
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half of 40,000 contacts are left after a half-life; critical value 4.42 (1e-5, two-sided).
    #[test]
    fn half_of_the_contacts_outlive_their_half_life() {
        let draws = Draws::new(2, 0);
        let n = 40_000_u32;
        let left =
            (0..n).filter(|&w| lifetime(45.0, draws.at(Purpose::Fade, 7, w, 3).uniform()) > 45).count();
        let z = (f64::from(ids::row(left)) - f64::from(n) / 2.0) / (f64::from(n) / 4.0).sqrt();
        assert!(z.abs() < 4.42, "z = {z}");
    }

    #[test]
    fn a_row_never_holds_an_introducer_twice_nor_more_than_its_width() {
        let mut table = Contacts {
            width: 2,
            rows: vec![Row::default()],
            blocks: vec![Rooms::default()],
            ..Contacts::default()
        };
        for (introducer, until) in [(5, 9), (5, 9), (6, 8), (7, 9)] {
            table.add(0, Contact { introducer, since: 0, until });
        }
        assert_eq!(table.row(0).iter().map(|c| c.introducer).collect::<Vec<_>>(), [5, 6]);
        assert_eq!((table.alive_of(0, 7), table.alive_of(0, 8), table.alive()), (2, 1, 2));
        table.begin_week(8);
        assert_eq!((table.alive(), table.fade(0, 8).len()), (1, 1));
        assert!(table.fade(0, 9).is_empty());
    }
}
