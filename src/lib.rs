//! introsim: can a job seeker buy introductions to people who hire?

pub mod beliefs;
pub mod ids;
pub mod maths;
pub mod stats;
pub mod streams;
pub mod units;

pub mod scenario;

pub mod world;

pub mod week;

pub mod engine;

pub mod experiments;

pub mod output;

pub mod charts;

pub mod cli;
