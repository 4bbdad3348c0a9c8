//! introsim.

pub mod units;
