//! A fingerprint of a world: equal for equal worlds, and for them alone.

use std::io::{BufWriter, Write};

use super::World;
use super::bits::Bits;

/// Bytes that are hashed together: one by one they would cost ten times as much.
const TOGETHER: usize = 1 << 16;

/// BLAKE3 of every column that a labour market has, in hexadecimal.
pub(super) fn of(world: &World) -> String {
    let mut hash = Columns(BufWriter::with_capacity(TOGETHER, blake3::Hasher::new()));
    let w = &world.workers;
    hash.u32s([world.week].as_slice());
    for column in [&w.generation, &w.out_since, &w.search_since, &w.searches] {
        hash.u32s(column);
    }
    for column in [
        &w.true_ability,
        &w.networking,
        &w.felt_ability,
        &w.usual_salary,
        &w.resume_signal,
        &w.salary,
        &w.job_level,
    ] {
        hash.f64s(column);
    }
    for column in [&w.own_savings_cents, &w.savings_cents] {
        column.iter().for_each(|x| hash.bytes(&x.to_le_bytes()));
    }
    w.employer.iter().for_each(|x| hash.bytes(&x.0.to_le_bytes()));
    for set in [&w.unemployed, &w.looking, &w.searched_from_job, &w.sampled] {
        hash.bits(set);
    }
    hash.bytes(&w.search_contacts);
    let d = &world.decision_makers;
    for column in [&d.bar, &d.salary, &d.level, &d.value_per_sd] {
        hash.f64s(column);
    }
    hash.u32s(&d.episode);
    hash.bits(&d.open);
    hash.bits(&d.reopening);
    (0..d.len()).for_each(|row| hash.u32s(&d.met(row)));
    let t = &world.ties;
    t.introducer.iter().for_each(|x| hash.bytes(&x.0.to_le_bytes()));
    t.decision_maker.iter().for_each(|x| hash.bytes(&x.0.to_le_bytes()));
    (0..t.len()).for_each(|tie| hash.u32s(&[t.blocked_since(tie)]));
    for tie in 0..t.len() {
        let trust = t.trust(tie);
        hash.f64s(&[t.goodwill(tie), trust.mean, trust.precision]);
        let (heard, unheard) = t.news_of(tie);
        hash.bytes(&[u8::from(heard), u8::from(unheard)]);
    }
    hash.f64s(&world.introducers.acceptance);
    let (first, friend) = world.friends.columns();
    hash.u32s(first);
    hash.u32s(friend);
    for worker in 0..w.len() {
        for c in world.contacts.row(worker) {
            hash.u32s(&[c.introducer, c.since.into(), c.until.into()]);
        }
    }
    hash.f64s(&[world.applicants.mean, world.applicants.variance]);
    world.recent_uplift.weeks.iter().for_each(|&(sum, n)| hash.f64s(&[sum, f64::from(n)]));
    hash.hex()
}

/// Columns on their way into a hash.
struct Columns(BufWriter<blake3::Hasher>);

impl Columns {
    fn bytes(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).expect("a hash takes all bytes");
    }

    fn u32s(&mut self, column: &[u32]) {
        column.iter().for_each(|x| self.bytes(&x.to_le_bytes()));
    }

    fn f64s(&mut self, column: &[f64]) {
        column.iter().for_each(|x| self.bytes(&x.to_bits().to_le_bytes()));
    }

    fn bits(&mut self, bits: &Bits) {
        bits.words().iter().for_each(|x| self.bytes(&x.to_le_bytes()));
    }

    fn hex(self) -> String {
        let hash = self.0.into_inner().expect("a hash takes all bytes");
        hash.finalize().to_hex().to_string()
    }
}
