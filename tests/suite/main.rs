//! The suite: whatever speaks through the public surface or the program.

#![allow(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a helper that fails is a failed test, and its numbers are small"
)]
#![allow(clippy::print_stdout, reason = "a test prints what it found; it is shown when it fails")]

mod life;
mod program;

mod schedule;

mod alternatives;
mod blocks;
mod breakeven;
mod charts;
mod cli;
mod compare;
mod determinism;
mod different_world;
mod experiments;
mod explain;
mod folders;
mod input;
mod knobs;
mod laws;
mod library;
mod limits;
mod measures;
mod naive;
mod older;
mod output;
mod portable;
mod precision;
mod report;
mod scenarios;
mod sensitivity;
mod study;
mod sweep;
mod tidy;
mod trace;
mod validate;
