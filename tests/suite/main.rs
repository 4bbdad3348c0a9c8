//! The suite.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]
#![allow(clippy::print_stdout, reason = "a test prints what it found; it is shown when it fails")]

mod life;

mod story;

mod determinism;
mod different_world;
mod knobs;
mod laws;
mod limits;
mod scenarios;
mod tidy;
