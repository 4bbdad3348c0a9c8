//! introsim.

pub mod stats;
