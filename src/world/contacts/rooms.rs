//! Rooms: where the contacts of a block of workers lie. Most workers know one or two introducers and few know many, so each
//! row has a room of its own size, and moves to another when it outgrows it.

use super::{Contact, ShortWeek};
use crate::ids;

/// Contacts that the rooms of each kind hold. A row has no more than the largest, promised by the range of
/// `contacts.most`.
const SIZES: [u8; 6] = [2, 4, 6, 8, 12, 16];
/// No room.
const NOWHERE: u32 = u32::MAX;

/// Where the contacts of one worker lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The first week in which one of them fades: until then nothing need be looked at.
    pub(super) next: ShortWeek,
    /// How many there are.
    pub(super) count: u8,
    /// Kind of the room.
    kind: u8,
    /// Where the room begins; [`NOWHERE`] without one.
    place: u32,
}

impl Default for Row {
    fn default() -> Self {
        Self { next: ShortWeek::MAX, count: 0, kind: 0, place: NOWHERE }
    }
}

impl Row {
    /// Contacts that there is room for.
    fn holds(self) -> u8 {
        if self.place == NOWHERE { 0 } else { SIZES[usize::from(self.kind)] }
    }

    fn first(self) -> usize {
        self.place as usize
    }
}

/// The rooms of a block of workers.
#[derive(Clone, Debug)]
pub(super) struct Rooms {
    contacts: Vec<Contact>,
    /// The first empty room of each kind; the first contact of an empty room names the next.
    empty: [u32; SIZES.len()],
}

impl Default for Rooms {
    fn default() -> Self {
        Self { contacts: Vec::new(), empty: [NOWHERE; SIZES.len()] }
    }
}

impl Rooms {
    /// The contacts of a row, oldest first.
    #[inline]
    pub(super) fn of(&self, row: Row) -> &[Contact] {
        if row.count == 0 { &[] } else { &self.contacts[row.first()..row.first() + usize::from(row.count)] }
    }

    /// Adds a contact to a row.
    pub(super) fn push(&mut self, row: &mut Row, contact: Contact) {
        if row.count == row.holds() {
            let larger = if row.count == 0 { 0 } else { row.kind + 1 };
            self.move_to(row, larger);
        }
        self.contacts[row.first() + usize::from(row.count)] = contact;
        row.count += 1;
        row.next = row.next.min(contact.until);
    }

    /// Drops the contacts of a row that have faded by `week`; the others keep their order.
    #[inline(never)]
    pub(super) fn drop_faded(&mut self, row: &mut Row, week: u32) {
        let contacts = &mut self.contacts[row.first()..row.first() + usize::from(row.count)];
        let (mut kept, mut next) = (0, ShortWeek::MAX);
        // Without a branch: which of them has faded cannot be foreseen.
        for position in 0..contacts.len() {
            let contact = contacts[position];
            let lives = u32::from(contact.until) > week;
            contacts[kept] = contact;
            next = if lives { next.min(contact.until) } else { next };
            kept += usize::from(lives);
        }
        row.next = next;
        if kept == 0 {
            self.leave(row);
            return;
        }
        row.count = u8::try_from(kept).expect("a row holds at most 16 contacts, promised by its range");
        // A smaller room once one more would fit into it, so that a row does not move back and forth.
        if row.kind > 0 && row.count < SIZES[usize::from(row.kind) - 1] {
            self.move_to(row, row.kind - 1);
        }
    }

    /// Empties a row and gives its room back.
    pub(super) fn leave(&mut self, row: &mut Row) {
        if row.place != NOWHERE {
            let kind = usize::from(row.kind);
            self.contacts[row.first()].introducer = self.empty[kind];
            self.empty[kind] = row.place;
        }
        *row = Row::default();
    }

    /// Moves a row to a room of another kind.
    fn move_to(&mut self, row: &mut Row, kind: u8) {
        let mut moved = Row { place: self.take(kind), kind, ..*row };
        let from = row.first();
        if row.place != NOWHERE {
            self.contacts.copy_within(from..from + usize::from(row.count), moved.first());
        }
        std::mem::swap(row, &mut moved);
        self.leave(&mut moved);
    }

    /// An empty room of a kind.
    fn take(&mut self, kind: u8) -> u32 {
        let kind = usize::from(kind);
        let place = self.empty[kind];
        if place != NOWHERE {
            self.empty[kind] = self.contacts[place as usize].introducer;
            return place;
        }
        let (len, more) = (self.contacts.len(), usize::from(SIZES[kind]));
        if self.contacts.capacity() < len + more {
            // A little at a time: what is left over weighs on every block.
            self.contacts.reserve_exact(more + len / 16);
        }
        self.contacts.resize(len + more, Contact::default());
        ids::row(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(introducer: u32, until: ShortWeek) -> Contact {
        Contact { introducer, since: 0, until }
    }

    fn known(rooms: &Rooms, row: Row) -> Vec<u32> {
        rooms.of(row).iter().map(|c| c.introducer).collect()
    }

    /// Two rows grow, fade and are emptied by turns: each keeps its own, in the order in which they came.
    #[test]
    fn rows_keep_their_contacts_and_their_order_through_every_move() {
        let mut rooms = Rooms::default();
        let mut rows = [Row::default(), Row::default()];
        for introducer in 0..16_u16 {
            for (at, row) in rows.iter_mut().enumerate() {
                rooms.push(row, contact(u32::from(introducer) + 100 * u32::from(at > 0), 10 + introducer));
            }
        }
        assert_eq!(known(&rooms, rows[0]), (0..16).collect::<Vec<_>>());
        for week in 10..26 {
            rooms.drop_faded(&mut rows[0], week);
            assert_eq!(known(&rooms, rows[0]), (week - 9..16).collect::<Vec<_>>());
            assert_eq!(known(&rooms, rows[1]), (100..116).collect::<Vec<_>>());
        }
        rooms.leave(&mut rows[1]);
        assert!(known(&rooms, rows[1]).is_empty());
    }

    /// Rooms given back are taken again: rows that come and go for ever need no more than they did at first.
    #[test]
    fn empty_rooms_are_used_again() {
        let mut rooms = Rooms::default();
        let mut row = Row::default();
        let mut needed = None;
        for _ in 0..50 {
            (0..9).for_each(|introducer| rooms.push(&mut row, contact(introducer, 9)));
            assert_eq!(known(&rooms, row), (0..9).collect::<Vec<_>>());
            rooms.leave(&mut row);
            assert_eq!(rooms.contacts.len(), *needed.get_or_insert(rooms.contacts.len()));
        }
    }
}
