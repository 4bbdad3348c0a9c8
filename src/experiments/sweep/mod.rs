//! Sweeps: the same market at many settings, and a map of where it lives.
//!
//! A *cell* is one setting of the knobs. A *point* is one replication of one cell; points are numbered cell by cell,
//! replications innermost, and each is one block on disk. Cells that share a labour market share its burn-in in each
//! replication, so points are worked on in *tasks*: some cells of one labour market in one replication. How a plan is cut
//! into tasks depends on the plan alone, and on which cells a later look finds open.

pub mod contrasts;
mod from_file;
mod horizons;
mod inert;
mod library;
pub mod looks;
pub mod map;
mod plan;
mod row;
mod warning;
mod work;

pub use contrasts::{Contrasted, Difference, Pair, Says};
pub use inert::Inert;
pub use library::{Neighbour, neighbours};
pub use looks::{MOST as MOST_LOOKS, Progress};
pub use plan::{Alternative, Axis, Sweep, Task, dealt, share};
pub use row::{Row, Values, repeat};
pub use warning::{BurnIns, Warning};
pub use work::{Event, start};
