//! Validation: the program against exact solutions, published models, closed forms, and the facts of the world.
//!
//! A [`Family`] of checks belongs to one file of `scenarios/validation`. The file sets the market to a limit in which
//! the answer is known; the checks run it through the engine that runs every market, and compare. What is expected is
//! computed from the numbers of the file, by other means than the engine's. Rules are stated before anything is run: see
//! [`Rule`]. What cannot be compared stands in [`missing::MISSING`], with the mechanism that the model has not got.

mod attention;
pub mod chains;
mod collapse;
mod convergence;
mod errors;
pub mod families;
mod fees;
pub mod graphs;
mod hazards;
mod identities;
mod interviews;
pub mod judge;
mod lemons;
mod lottery;
pub mod missing;
mod networks;
mod observe;
mod passing;
mod pool;
mod profit;
pub mod quadrature;
mod screening;
mod ties;
pub mod world;

pub use families::{FAMILIES, Family};
pub use judge::{Check, Rule, Verdict};

use crate::engine::Failure;

/// How much work is done: it changes the errors, never the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// A few seconds for each family: the same rules at larger errors.
    Quick,
    /// Until the errors are as small as was asked for.
    Full,
}

/// Why a family of checks gives no figures.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// The engine stopped.
    #[error(transparent)]
    Engine(#[from] Failure),
    /// The file does not describe the limit.
    #[error("{0}")]
    NotTheLimit(String),
}

/// Stops because a file does not describe the limit it is named for.
fn not_the_limit(why: impl Into<String>) -> Stop {
    Stop::NotTheLimit(why.into())
}
