//! The engine: weeks into replications, replications into batches, on as many threads as there are.
//!
//! A labour market is burnt in once per replication and forked at the opening for each scenario that shares it, and once
//! for the organic fork, in which nobody sells, if any of them sells; both are kept for later work ([`openings`]).
//! Results are collected by index and never depend on threads. The engine knows nothing of files.

pub mod batch;
pub mod openings;
pub mod replication;
pub mod size;

pub use batch::{Arm, Job, run_batch};
#[cfg(debug_assertions)]
pub use replication::plant_failure;
pub use replication::{
    BurnIn, Failure, History, WeekView, burn_in, continue_deviating, continue_from, continue_watched,
    continue_with_diary, live_fork,
};
