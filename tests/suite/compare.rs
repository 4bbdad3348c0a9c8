//! Comparisons: what pairs of numbers say, what pairing saves in real markets, and the commands that compare.

mod markets;
mod program;
mod statistics;
