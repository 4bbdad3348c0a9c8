//! The suite.
mod output;
