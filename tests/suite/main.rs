//! The suite.

mod naive;
mod scenarios;
