//! The bytes that are kept of a run: for each job the blocks of its burn-in and, of every scenario, what is counted and
//! the rows of its tables.
//!
//! The rows are most of it. Where they can be read again they are let go of as soon as they are kept, so that a run of a
//! thousand replications needs no more memory than one of ten.

use std::ops::Range;

use super::{Detail, Replication, Rows, Tables};
use crate::engine::Job;
use crate::experiments::keep::{Back, Out};
use crate::experiments::stationarity::Blocks;
use crate::week::record::{ABILITY_BINS, CONTACT_BINS, Densities, Ending, Spell, TieLife, WEEKS_BINS};
use crate::week::tally::Channel;

/// Where the rows of a replication lie among the bytes that were kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Name of the piece.
    pub piece: String,
    /// Which of its bytes.
    pub bytes: Range<usize>,
    hash: blake3::Hash,
}

impl Place {
    /// The rows in the bytes of this place; `None` from bytes that are not what was kept.
    #[must_use]
    pub fn tables(&self, bytes: &[u8]) -> Option<Tables> {
        if blake3::hash(bytes) != self.hash {
            return None;
        }
        let mut back = Back::of(bytes);
        let tables = back.tables()?;
        back.is_done().then_some(tables)
    }
}

/// What a job of a run leaves: blocks of its burn-in, and its replications.
pub(super) type OfRun = (Option<Option<Blocks>>, Vec<Replication>);

/// The bytes of a job of a run, and where in them the rows of each replication lie; `None` if anything failed in it.
pub(super) fn encode(
    blocks: Option<&Option<Blocks>>,
    replications: &[Replication],
) -> Option<(Vec<u8>, Vec<Range<usize>>)> {
    let (mut out, mut places) = (Out::default(), Vec::new());
    out.blocks(blocks);
    for replication in replications {
        let rows = replication.result.as_ref().ok()?;
        let Detail::Here(tables) = &rows.detail else { return None };
        out.head(rows);
        let start = out.length();
        out.tables(tables);
        places.push(start..out.length());
    }
    Some((out.bytes(), places))
}

/// A job of a run from its bytes, and where in them the rows of each replication lie.
pub(super) fn decode(job: &Job, bytes: &[u8]) -> Option<(OfRun, Vec<Range<usize>>)> {
    let (mut back, mut places) = (Back::of(bytes), Vec::new());
    let blocks = back.blocks()?;
    let mut replications = Vec::new();
    for &arm in &job.arms {
        let (opening_hash, outcomes, opened) = back.head()?;
        let start = bytes.len() - back.left();
        let detail = Detail::Here(Box::new(back.tables()?));
        places.push(start..bytes.len() - back.left());
        let rows = Rows { opening_hash, outcomes, opened, detail };
        replications.push(Replication { arm, number: job.replication, result: Ok(rows) });
    }
    back.is_done().then_some(((blocks, replications), places))
}

/// Lets go of rows that are kept.
pub(super) fn let_go(replications: &mut [Replication], piece: &str, bytes: &[u8], places: Vec<Range<usize>>) {
    for (replication, place) in replications.iter_mut().zip(places) {
        if let Ok(rows) = &mut replication.result {
            let hash = blake3::hash(&bytes[place.clone()]);
            rows.detail = Detail::Kept(Place { piece: piece.to_owned(), bytes: place, hash });
        }
    }
}

impl Out {
    fn head(&mut self, rows: &Rows) {
        self.text(&rows.opening_hash);
        self.values(&rows.outcomes);
        self.whole(rows.opened.into());
    }

    fn tables(&mut self, tables: &Tables) {
        self.list(&tables.weekly, |out, row| out.values(row));
        self.list(&tables.spells, Self::spell);
        self.list(&tables.tie_lives, Self::tie);
        for densities in &tables.densities {
            for &count in densities.ability.iter().chain(&densities.contacts).chain(&densities.weeks_out) {
                self.whole(count);
            }
        }
    }

    fn spell(&mut self, s: &Spell) {
        for number in [s.worker, s.number, s.start, s.end, s.contacts.into()] {
            self.whole(number.into());
        }
        self.whole(match s.ending {
            Ending::Hired(channel) => channel as u64,
            Ending::Stopped => STOPPED,
            Ending::Left => LEFT,
            Ending::Open => OPEN,
        });
        self.flag(s.from_job);
        self.flag(s.bought);
        for number in [s.ability, s.networking, s.salary_before] {
            self.number(number);
        }
        self.maybe(s.salary_after, Self::number);
    }

    fn tie(&mut self, t: &TieLife) {
        for number in [t.introducer, t.decision_maker, t.life, t.start, t.end, t.requests] {
            self.whole(number.into());
        }
        self.flag(t.seller);
        self.flag(t.blocked);
        self.number(t.goodwill);
    }
}

/// Numbers of the endings that are no channels.
const STOPPED: u64 = 1000;
const LEFT: u64 = 1001;
const OPEN: u64 = 1002;

impl Back<'_> {
    fn head(&mut self) -> Option<(String, Vec<Option<f64>>, u32)> {
        Some((self.text()?, self.values()?, self.small()?))
    }

    fn tables(&mut self) -> Option<Tables> {
        Some(Tables {
            weekly: self.list(Self::values)?,
            spells: self.list(Self::spell)?,
            tie_lives: self.list(Self::tie)?,
            densities: [
                self.densities()?,
                self.densities()?,
                self.densities()?,
                self.densities()?,
                self.densities()?,
            ],
        })
    }

    fn counts<const N: usize>(&mut self) -> Option<[u64; N]> {
        let mut counts = [0; N];
        for count in &mut counts {
            *count = self.whole()?;
        }
        Some(counts)
    }

    fn densities(&mut self) -> Option<Densities> {
        Some(Densities {
            ability: self.counts::<ABILITY_BINS>()?,
            contacts: self.counts::<CONTACT_BINS>()?,
            weeks_out: self.counts::<WEEKS_BINS>()?,
        })
    }

    fn spell(&mut self) -> Option<Spell> {
        let [worker, number, start, end, contacts] =
            [self.small()?, self.small()?, self.small()?, self.small()?, self.small()?];
        let ending = match self.whole()? {
            STOPPED => Ending::Stopped,
            LEFT => Ending::Left,
            OPEN => Ending::Open,
            channel => Ending::Hired(*Channel::ALL.get(usize::try_from(channel).ok()?)?),
        };
        let (from_job, bought) = (self.flag()?, self.flag()?);
        let [ability, networking, salary_before] = [self.number()?, self.number()?, self.number()?];
        let salary_after = self.maybe(Self::number)?;
        let contacts = u8::try_from(contacts).ok()?;
        Some(Spell {
            worker,
            number,
            from_job,
            start,
            end,
            ending,
            ability,
            networking,
            contacts,
            bought,
            salary_before,
            salary_after,
        })
    }

    fn tie(&mut self) -> Option<TieLife> {
        let [introducer, decision_maker, life, start, end, requests] =
            [self.small()?, self.small()?, self.small()?, self.small()?, self.small()?, self.small()?];
        let (seller, blocked) = (self.flag()?, self.flag()?);
        let goodwill = self.number()?;
        Some(TieLife { introducer, decision_maker, life, seller, start, end, blocked, requests, goodwill })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Rows {
        let spell = Spell {
            worker: 3,
            number: 1,
            from_job: true,
            start: 5,
            end: 9,
            ending: Ending::Hired(Channel::Stranger),
            ability: -0.1,
            networking: f64::MIN_POSITIVE,
            contacts: 200,
            bought: true,
            salary_before: 1.0 / 3.0,
            salary_after: None,
        };
        let tie = TieLife {
            introducer: 1,
            decision_maker: 2,
            life: 3,
            seller: true,
            start: 4,
            end: 5,
            blocked: true,
            requests: 6,
            goodwill: 0.1 + 0.2,
        };
        let endings = [Ending::Stopped, Ending::Left, Ending::Open];
        let mut densities: [Densities; 5] = std::array::from_fn(|_| Densities::default());
        densities[4].weeks_out[26] = u64::MAX;
        densities[0].ability[0] = 7;
        let tables = Tables {
            weekly: vec![vec![Some(-0.0), None], Vec::new()],
            spells: endings.into_iter().map(|ending| Spell { ending, ..spell }).chain([spell]).collect(),
            tie_lives: vec![tie],
            densities,
        };
        Rows {
            opening_hash: "é".to_owned(),
            outcomes: vec![None, Some(1e300)],
            opened: 104,
            detail: Detail::Here(Box::new(tables)),
        }
    }

    #[test]
    fn what_is_kept_comes_back_to_the_last_bit_and_nothing_else_is_taken_for_it() {
        let job = Job { arms: vec![2, 5], replication: 9 };
        let of = |arm| Replication { arm, number: 9, result: Ok(rows()) };
        let (one, other) = (of(2), of(5));
        let blocks = Some(Some(Blocks { values: vec![None, Some((0.1, 0.2, 0.3))] }));
        let (bytes, places) = encode(blocks.as_ref(), &[one, other]).unwrap();
        let ((found, mut replications), again) = decode(&job, &bytes).unwrap();
        assert_eq!((found, &again), (blocks, &places));
        assert_eq!(replications.len(), 2);
        assert_eq!((replications[1].arm, replications[1].number), (5, 9));
        let text = |rows: &Rows| format!("{rows:?}");
        for replication in &replications {
            assert_eq!(text(replication.result.as_ref().unwrap()), text(&rows()));
        }
        assert!(decode(&job, &bytes[..bytes.len() - 1]).is_none(), "cut");
        assert!(decode(&job, &[&bytes[..], &[0]].concat()).is_none(), "longer");
        assert!(decode(&job, &[0xff; 64]).is_none(), "noise");

        let_go(&mut replications, "name", &bytes, places);
        let Detail::Kept(place) = &replications[1].result.as_ref().unwrap().detail else {
            panic!("not let go of")
        };
        let mut part = bytes[place.bytes.clone()].to_vec();
        let tables = place.tables(&part).unwrap();
        assert_eq!(format!("{:?}", Detail::Here(Box::new(tables))), format!("{:?}", rows().detail));
        part[0] ^= 1;
        assert!(place.tables(&part).is_none(), "other bytes");
    }
}
