//! Networks of friends: those of Calvó-Armengol and Jackson (2004), and any that a user gives.

use std::fmt;

/// The most workers of a network of any shape that is solved exactly: 2¹⁰ states.
pub const MOST_WORKERS: u32 = 10;

/// A network of friends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// What it is called.
    pub name: String,
    /// Workers, from 0 to n − 1.
    pub n: u32,
    /// Friends, the lower id first.
    pub edges: Vec<(u32, u32)>,
    /// What the first worker is called: 1 in the paper, 0 in files.
    pub first: u32,
}

/// Why a list of friends cannot be solved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// Workers that it has.
    pub n: u32,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} workers (ids 0 to {}); a network is solved exactly up to {MOST_WORKERS}",
            self.n,
            self.n - 1
        )
    }
}

impl Graph {
    fn of(name: &str, n: u32, edges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let edges = edges.into_iter().map(|(i, j)| (i.min(j), i.max(j))).collect();
        Self { name: name.to_owned(), n, edges, first: 1 }
    }

    /// A network from the pairs of a file; workers are 0 to the highest id named.
    ///
    /// # Errors
    /// [`TooLarge`] above [`MOST_WORKERS`].
    pub fn from_pairs(name: &str, pairs: &[(u32, u32)]) -> Result<Self, TooLarge> {
        let n = pairs.iter().map(|&(_, high)| high.saturating_add(1)).max().unwrap_or(1);
        if n > MOST_WORKERS {
            return Err(TooLarge { n });
        }
        Ok(Self { first: 0, ..Self::of(name, n, pairs.iter().copied()) })
    }

    /// All are friends of all.
    #[must_use]
    pub fn complete(n: u32) -> Self {
        let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        Self::of(&format!("complete {n}"), n, pairs)
    }

    /// Whether all are friends of all, so that numbers alone make the state.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.edges.len() == (self.n * (self.n - 1) / 2) as usize
    }

    /// Friends of a worker.
    pub fn friends(&self, worker: u32) -> impl Iterator<Item = u32> + '_ {
        self.edges.iter().filter_map(move |&(i, j)| match worker {
            _ if worker == i => Some(j),
            _ if worker == j => Some(i),
            _ => None,
        })
    }

    /// Disjoint copies side by side: worker i of copy c is i + n c.
    #[must_use]
    pub fn copies(&self, copies: u32) -> Vec<(u32, u32)> {
        let shifted = |copy: u32| self.edges.iter().map(move |(i, j)| (i + copy * self.n, j + copy * self.n));
        (0..copies).flat_map(shifted).collect()
    }
}

/// The networks of the paper's examples and figures, complete ones up to 32, and a few plain shapes.
#[must_use]
pub fn published() -> Vec<Graph> {
    let circle = |n: u32| (0..n).map(move |i| (i, (i + 1) % n));
    let mut graphs = vec![
        Graph::of("alone", 1, []),
        Graph::of("link", 2, [(0, 1)]),
        Graph::of("line of 3", 3, [(0, 1), (1, 2)]),
        Graph::of("star of 4", 4, [(0, 1), (0, 2), (0, 3)]),
        Graph::of("circle of 4", 4, circle(4)),
        Graph::of("circle of 8 with diameters", 8, circle(8).chain((0..4).map(|i| (i, i + 4)))),
        Graph::of("two groups of 4, joined twice", 8, two_groups()),
        Graph::of("two groups of 5, one bridge", 10, bridged()),
    ];
    graphs.extend([3, 4, 5, 8, 16, 32].map(Graph::complete));
    graphs
}

/// Figure 2 of the paper, right: eight workers of degree three in two groups of four; in each all are friends but two,
/// and these two are friends with those of the other group.
fn two_groups() -> Vec<(u32, u32)> {
    let group = |f: u32| [(f, f + 1), (f, f + 2), (f + 1, f + 2), (f + 1, f + 3), (f + 2, f + 3)];
    group(0).into_iter().chain(group(4)).chain([(0, 4), (3, 7)]).collect()
}

/// Figure 3 of the paper: ten workers of degree three in two groups of five, with one bridge between workers 1 and 6 of
/// the paper, here 0 and 5.
fn bridged() -> Vec<(u32, u32)> {
    // The end of the bridge has two friends in its group, who have two each among the three others.
    let group = |f: u32| {
        [
            (f, f + 1),
            (f, f + 4),
            (f + 1, f + 2),
            (f + 1, f + 3),
            (f + 4, f + 2),
            (f + 4, f + 3),
            (f + 2, f + 3),
        ]
    };
    group(0).into_iter().chain(group(5)).chain([(0, 5)]).collect()
}
