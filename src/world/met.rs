//! Whom decision-makers have met: a list for each, in links of a few workers from one store, so that those who meet many
//! take from those who meet nobody.

/// Workers in a link: with the link before it, half a line of memory.
const LINK: usize = 7;
/// No link.
const NONE: u32 = u32::MAX;

/// The list of one decision-maker.
#[derive(Clone, Copy, Debug)]
struct List {
    /// The link that was begun last.
    last: u32,
    /// How many she has met.
    len: u32,
}

impl List {
    const EMPTY: Self = Self { last: NONE, len: 0 };
}

/// A few workers, and the link before.
#[derive(Clone, Copy, Debug)]
struct Link {
    before: u32,
    workers: [u32; LINK],
}

/// The lists of all decision-makers.
#[derive(Clone, Debug)]
pub(super) struct Met {
    lists: Vec<List>,
    links: Vec<Link>,
    /// The first link that nobody uses; each names the next.
    unused: u32,
}

impl Default for Met {
    fn default() -> Self {
        Self::new(0)
    }
}

impl Met {
    /// Lists of so many decision-makers who have met nobody.
    pub(super) fn new(n: usize) -> Self {
        Self { lists: vec![List::EMPTY; n], links: Vec::new(), unused: NONE }
    }

    /// One of them meets a worker.
    pub(super) fn push(&mut self, row: usize, worker: u32) {
        let List { last, len } = self.lists[row];
        let at = len as usize % LINK;
        let link = if at == 0 { self.begin(last) } else { last };
        self.links[link as usize].workers[at] = worker;
        self.lists[row] = List { last: link, len: len + 1 };
    }

    /// She begins anew.
    pub(super) fn clear(&mut self, row: usize) {
        let mut link = std::mem::replace(&mut self.lists[row], List::EMPTY).last;
        while link != NONE {
            let before = std::mem::replace(&mut self.links[link as usize].before, self.unused);
            self.unused = link;
            link = before;
        }
    }

    /// Whom she has met, in order but for links of [`LINK`], the last of which comes first.
    pub(super) fn links(&self, row: usize) -> impl Iterator<Item = &[u32]> {
        let List { last, len } = self.lists[row];
        let mut next = last;
        let mut filled = if len == 0 { 0 } else { (len as usize - 1) % LINK + 1 };
        std::iter::from_fn(move || {
            let link = self.links.get(next as usize)?;
            next = link.before;
            Some(&link.workers[..std::mem::replace(&mut filled, LINK)])
        })
    }

    /// A link of its own, after another.
    fn begin(&mut self, before: u32) -> u32 {
        let link = self.unused;
        if link == NONE {
            if self.links.len() == self.links.capacity() {
                // A little at a time: a store that doubles would hold twice what is needed.
                self.links.reserve_exact(64 + self.links.len() / 8);
            }
            self.links.push(Link { before, workers: [0; LINK] });
            return crate::ids::row(self.links.len() - 1);
        }
        self.unused = std::mem::replace(&mut self.links[link as usize].before, before);
        link
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(lists: &Met, row: usize) -> Vec<u32> {
        let links: Vec<_> = lists.links(row).collect();
        links.into_iter().rev().flatten().copied().collect()
    }

    /// Two meet by turns, each her own; one begins anew, and what she leaves is used again.
    #[test]
    fn each_keeps_whom_she_has_met_and_leaves_her_links_to_others() {
        let mut lists = Met::new(2);
        for worker in 0..30 {
            lists.push(0, worker);
            assert_eq!(met(&lists, 0), (0..=worker).collect::<Vec<_>>());
            lists.push(1, 100 + worker);
        }
        let links = lists.links.len();
        lists.clear(0);
        assert!(met(&lists, 0).is_empty());
        (30..60).for_each(|worker| lists.push(1, 100 + worker));
        assert_eq!(met(&lists, 1), (100..160).collect::<Vec<_>>());
        assert_eq!(lists.links.len(), links);
    }
}
