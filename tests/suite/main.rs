//! The suite.

#![allow(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a helper that fails is a failed test, and its numbers are small"
)]

mod charts;
mod naive;
mod output;
mod scenarios;
