//! Friendships: who hears of a job from whom. A small-world graph, or one given as a list of edges.

use crate::ids;
use crate::scenario::Scenario;
use crate::streams::{self, Draw, Draws, Purpose, Rare};
use crate::world::bits::members;

/// The friendship graph in compressed rows: friends of a worker are neighbours in memory, in rising order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Friends {
    first: Vec<u32>,
    friend: Vec<u32>,
}

impl Friends {
    /// Graph of a scenario: its edge list if it has one, else the small world of Watts and Strogatz (1998).
    #[must_use]
    pub(super) fn build(scenario: &Scenario, draws: &Draws) -> Self {
        let n = scenario.workers.count;
        match &scenario.friends.edges {
            Some(edges) => Self::from_edges(n, &edges.pairs),
            None => {
                let rewiring = scenario.friends.rewiring;
                Self::from_edges(n, &small_world(n, scenario.friends.mean_degree, rewiring, draws))
            }
        }
    }

    /// Graph of undirected edges between workers below `n`.
    #[must_use]
    pub fn from_edges(n: u32, edges: &[(u32, u32)]) -> Self {
        let mut first = vec![0_u32; n as usize + 1];
        for &(a, b) in edges {
            first[a as usize + 1] += 1;
            first[b as usize + 1] += 1;
        }
        for row in 1..first.len() {
            first[row] += first[row - 1];
        }
        let mut next = first.clone();
        let mut friend = vec![0_u32; edges.len() * 2];
        for &(a, b) in edges {
            for (from, to) in [(a, b), (b, a)] {
                friend[next[from as usize] as usize] = to;
                next[from as usize] += 1;
            }
        }
        let mut graph = Self { first, friend };
        for row in 0..n as usize {
            let (low, high) = (graph.first[row] as usize, graph.first[row + 1] as usize);
            graph.friend[low..high].sort_unstable();
        }
        graph
    }

    /// Friends of a worker.
    #[must_use]
    pub fn of(&self, worker: usize) -> &[u32] {
        &self.friend[self.first[worker] as usize..self.first[worker + 1] as usize]
    }

    /// The columns, for hashing.
    #[must_use]
    pub(super) fn columns(&self) -> (&[u32], &[u32]) {
        (&self.first, &self.friend)
    }
}

/// Edges of a ring in which everybody knows the `degree/2` next on each side, each edge's far end moved to a random
/// worker with chance `rewiring`; no loops, no double edges. A ring too small for its degree is complete.
///
/// Shape: an entry for each step and worker, the far ends of one worker beside each other.
fn small_world(n: u32, degree: u32, rewiring: f64, draws: &Draws) -> Vec<(u32, u32)> {
    let reach = (degree / 2).min(n.saturating_sub(1) / 2);
    let width = reach as usize;
    let ring = |worker: u32| (1..=reach).map(move |step| (worker + step) % n.max(1));
    let mut far: Vec<u32> = (0..n).flat_map(ring).collect();
    let gate = Rare::new(rewiring);
    let head = draws.head(Purpose::Rewire, 0);
    for step in 0..reach {
        let moved = draws.head(Purpose::Rewire, step + 1);
        for word in 0..n.div_ceil(64) {
            for lane in members(gate.of(moved, word)) {
                let worker = word * 64 + ids::row(lane);
                if worker < n
                    && let Some(new) = stranger(&far, width, worker, n, head.branch(worker * reach + step))
                {
                    far[worker as usize * width + step as usize] = new;
                }
            }
        }
    }
    far.iter().enumerate().map(|(at, &other)| (ids::row(at / width), other)).collect()
}

/// A random worker whom this one does not know yet; `None` if he knows everybody.
fn stranger(far: &[u32], width: usize, worker: u32, n: u32, draw: Draw) -> Option<u32> {
    let of = |worker: u32| &far[worker as usize * width..(worker as usize + 1) * width];
    let knows = |other: u32| of(worker).contains(&other) || of(other).contains(&worker);
    // Who knows fewer than half of all finds a stranger soon; who knows more is asked whether there is one.
    if width * 4 >= n as usize && (0..n).all(|other| other == worker || knows(other)) {
        return None;
    }
    (0..).map(|position| streams::below(draw.sub(position), n)).find(|&x| x != worker && !knows(x))
}

/// Edges of a graph, each once, for writing and for tests.
#[must_use]
pub fn edges_of(friends: &Friends, n: usize) -> Vec<(u32, u32)> {
    let mut edges = Vec::new();
    for worker in 0..n {
        let id = ids::row(worker);
        edges.extend(friends.of(worker).iter().filter(|&&other| other > id).map(|&other| (id, other)));
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_world_keeps_its_mean_degree_and_has_no_loops_or_double_edges() {
        for rewiring in [0.0, 0.1, 1.0] {
            let edges = small_world(500, 10, rewiring, &Draws::new(3, 0));
            assert_eq!(edges.len(), 2500);
            let graph = Friends::from_edges(500, &edges);
            let simple = edges_of(&graph, 500);
            assert_eq!(simple.len(), 2500, "double edges or loops at {rewiring}");
            assert!(simple.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    /// Watts and Strogatz's clustering of the unrewired ring: 3(k − 2)/(4(k − 1)) = 2/3 for degree 10; at full
    /// rewiring it falls to about k/n.
    #[test]
    fn clustering_is_that_of_the_ring_and_falls_with_rewiring() {
        let clustering = |rewiring| {
            let graph = Friends::from_edges(1000, &small_world(1000, 10, rewiring, &Draws::new(4, 0)));
            let (mut closed, mut pairs) = (0.0, 0.0);
            for worker in 0..1000 {
                let friends = graph.of(worker);
                for (i, &a) in friends.iter().enumerate() {
                    for b in &friends[i + 1..] {
                        pairs += 1.0;
                        closed += f64::from(u8::from(graph.of(a as usize).contains(b)));
                    }
                }
            }
            closed / pairs
        };
        assert!((clustering(0.0) - 2.0_f64 / 3.0).abs() < 1e-12);
        assert!(clustering(1.0) < 0.05);
    }

    #[test]
    fn tiny_and_degenerate_graphs_are_built() {
        for (n, degree) in [(1, 0), (1, 10), (2, 2), (3, 2), (4, 10)] {
            let edges = small_world(n, degree, 1.0, &Draws::new(1, 0));
            let graph = Friends::from_edges(n, &edges);
            assert!((0..n as usize).all(|w| !graph.of(w).contains(&ids::row(w))));
        }
    }
}
