//! The suite.

mod scenarios;
