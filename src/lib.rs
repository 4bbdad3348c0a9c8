//! introsim.

pub mod units;

pub mod scenario;

pub mod cli;
