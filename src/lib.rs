//! introsim.

pub mod units;

pub mod scenario;
