//! introsim.

pub mod output;
pub mod stats;
