//! What the benches share: markets of any size that have lived for a while, and floors to hold them against.

pub mod allocations;
pub mod floor;
pub mod life;
pub mod lists;
pub mod markets;
pub mod tables;
