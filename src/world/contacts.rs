//! Contacts: which introducers a worker knows, since when, and until when.

use crate::ids::{self, IntroducerId};
use crate::maths;
use crate::scenario::Scenario;
use crate::streams::{self, Draws, Purpose};

/// One contact of a worker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Whom he knows.
    pub introducer: u32,
    /// Week in which they met.
    pub since: u32,
    /// Week in which the contact fades, drawn when they met.
    pub until: u32,
}

/// The table of contacts: a row of fixed width for each worker, of which the first `count` are used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    width: usize,
    count: Vec<u8>,
    contact: Vec<Contact>,
}

impl Contacts {
    /// Contacts at the start: a Poisson number with mean `start_mean · ν`, of distinct introducers, met
    /// `start_familiarity` weeks before.
    #[must_use]
    pub(super) fn build(scenario: &Scenario, draws: &Draws, networking: &[f64], first_week: u32) -> Self {
        let s = &scenario.contacts;
        let width = s.most as usize;
        let mut table = Self {
            width,
            count: vec![0; networking.len()],
            contact: vec![Contact::default(); width * networking.len()],
        };
        let since = first_week.saturating_sub(whole_weeks(s.start_familiarity));
        for (worker, &nu) in networking.iter().enumerate() {
            let draw = draws.at(Purpose::InitialContact, 0, ids::row(worker), 0);
            let wanted = poisson(s.start_mean * nu, draw.uniform());
            let possible = wanted.min(s.most).min(scenario.introducers.count);
            let mut position = 0;
            while u32::from(table.count[worker]) < possible {
                let introducer = streams::below(draw.branch(0).sub(position), scenario.introducers.count);
                position += 1;
                let life = lifetime(draws, s.half_life, since, worker, introducer);
                // Memoryless: a contact of the start has all of its remaining life before it.
                table.add(worker, Contact { introducer, since, until: first_week.saturating_add(life) });
            }
        }
        table
    }

    /// Adds a contact; nothing happens if the row is full or holds this introducer already.
    pub fn add(&mut self, worker: usize, contact: Contact) {
        let count = self.count[worker] as usize;
        let row = &mut self.contact[worker * self.width..(worker + 1) * self.width];
        if count < row.len() && row[..count].iter().all(|c| c.introducer != contact.introducer) {
            row[count] = contact;
            self.count[worker] += 1;
        }
    }

    /// Drops the contacts that have faded by `week` and returns the rest, oldest first.
    pub fn fade(&mut self, worker: usize, week: u32) -> &[Contact] {
        let row = &mut self.contact[worker * self.width..(worker + 1) * self.width];
        let mut kept = 0;
        for position in 0..self.count[worker] as usize {
            if row[position].until > week {
                row[kept] = row[position];
                kept += 1;
            }
        }
        self.count[worker] =
            u8::try_from(kept).expect("a row holds at most 16 contacts, promised by its range");
        &row[..kept]
    }

    /// Contacts at the last look at this worker.
    #[must_use]
    pub fn count(&self, worker: usize) -> u8 {
        self.count[worker]
    }

    /// Contacts that live in `week`, without dropping the others.
    #[must_use]
    pub fn alive(&self, worker: usize, week: u32) -> u32 {
        let row = &self.contact[worker * self.width..worker * self.width + self.count[worker] as usize];
        ids::row(row.iter().filter(|c| c.until > week).count())
    }

    /// Forgets all contacts of a worker.
    pub fn clear(&mut self, worker: usize) {
        self.count[worker] = 0;
    }

    /// The contacts of a worker, faded ones included.
    #[must_use]
    pub fn row(&self, worker: usize) -> &[Contact] {
        &self.contact[worker * self.width..worker * self.width + self.count[worker] as usize]
    }
}

/// Weeks that a contact met in `since` will last: geometric with the given half-life, at least 1.
#[must_use]
pub fn lifetime(draws: &Draws, half_life: f64, since: u32, worker: usize, introducer: u32) -> u32 {
    let uniform = draws.at(Purpose::Fade, since, ids::row(worker), introducer).uniform();
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
        let left = (0..n).filter(|&w| lifetime(&draws, 45.0, 7, w as usize, 3) > 45).count();
        let z = (f64::from(ids::row(left)) - f64::from(n) / 2.0) / (f64::from(n) / 4.0).sqrt();
        assert!(z.abs() < 4.42, "z = {z}");
    }

    #[test]
    fn a_row_never_holds_an_introducer_twice_nor_more_than_its_width() {
        let mut table = Contacts { width: 2, count: vec![0], contact: vec![Contact::default(); 2] };
        for introducer in [5, 5, 6, 7] {
            table.add(0, Contact { introducer, since: 0, until: 9 });
        }
        assert_eq!(table.row(0).iter().map(|c| c.introducer).collect::<Vec<_>>(), [5, 6]);
        assert_eq!(table.alive(0, 8), 2);
        assert!(table.fade(0, 9).is_empty());
    }
}
