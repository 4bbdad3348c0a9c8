//! Keys of `[run]`: how long, how often, with what luck.

use crate::scenario::key::{at_least, closed, section};
use crate::units::Unit::{Of, Share, Weeks};

section! {
    /// How long the market runs, how often, and with what luck.
    run: Run {
        /// Weeks from the opening of the paid market to the end.
        weeks: u32 = 520, Weeks, closed(1.0, 5200.0), "our assumption: ten years, in which a market has found its size";
        /// Weeks before the opening, in which the labour market settles and nobody sells.
        burn_in: u32 = 780, Weeks, closed(0.0, 52_000.0), "our assumption; whether it is enough is checked at run time";
        /// Markets that differ in their luck alone.
        replications: u32 = 20, Of("replications"), closed(1.0, 1_000_000.0), "our assumption";
        /// The number that all luck is drawn from.
        seed: u64 = 1, Of("a whole number"), at_least(0.0), "our assumption";
        /// Share of workers whose searches are written down, the same workers in all scenarios.
        spells_sample: f64 = 0.05, Share, closed(0.0, 1.0), "our assumption";
    }
}
