//! introsim.

pub mod charts;
pub mod output;
pub mod stats;
