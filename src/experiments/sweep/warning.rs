//! What a reader of a sweep should not believe, or should know.

use std::collections::BTreeMap;
use std::fmt;

use crate::experiments::rest;
use crate::experiments::stationarity::{Blocks, drifts};
use crate::experiments::warning::Warning as OfRun;
use crate::stats::Estimate;

/// One warning.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// What a run would warn of, too.
    OfRun(OfRun),
    /// Labour markets that had not come to rest, of how many that were burnt in, with one example.
    Restless {
        /// How many.
        markets: usize,
        /// Of how many.
        of: usize,
        /// One of them.
        example: OfRun,
    },
    /// All settings together are shown to place more or fewer in the last weeks than before: by which share.
    Together(Estimate),
    /// A knob that moves nothing.
    Idle {
        /// Its name.
        knob: String,
    },
    /// Points that did not finish.
    Failed {
        /// How many.
        failed: usize,
        /// Of how many.
        of: u64,
    },
    /// Blocks that were computed by programs built from different commits.
    Commits(Vec<String>),
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OfRun(warning) => warning.fmt(f),
            Self::Restless { markets, of, example } if *of > 1 => {
                write!(f, "in {markets} of {of} labour markets of this sweep, as here: {example}")
            }
            Self::Restless { example, .. } => example.fmt(f),
            Self::Together(change) => f.write_str(&rest::said_together(change).unwrap_or_default()),
            Self::Idle { knob } => write!(
                f,
                "{knob} moves nothing: cells that differ in it alone have the same outcomes; is what it changes switched \
                 on in the scenario?"
            ),
            Self::Failed { failed, of } => {
                write!(f, "{failed} of {of} points failed; the column status of cells.csv says why")
            }
            Self::Commits(commits) => write!(
                f,
                "the blocks were computed by programs of different commits ({}), which may compute differently",
                commits.join(", ")
            ),
        }
    }
}

/// What burn-ins give to warn of, market by market.
#[derive(Clone, Debug, Default)]
pub struct BurnIns {
    markets: BTreeMap<usize, Vec<Option<Blocks>>>,
}

impl BurnIns {
    /// Takes the last blocks of a burn-in of a labour market; `None` if it was too short.
    pub fn add(&mut self, market: usize, blocks: Option<Blocks>) {
        self.markets.entry(market).or_default().push(blocks);
    }

    /// Warnings about all of them, one for each kind.
    ///
    /// - `weeks`: of a burn-in
    #[must_use]
    pub fn warnings(&self, weeks: u32) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.markets.values().any(|blocks| blocks.iter().all(Option::is_none)) {
            warnings.push(Warning::OfRun(OfRun::BurnInTooShort { weeks }));
        }
        let restless = |blocks: &Vec<Option<Blocks>>| {
            let known: Vec<Blocks> = blocks.iter().flatten().cloned().collect();
            drifts(&known).into_iter().find(|drift| !drift.stands_still())
        };
        let found: Vec<_> = self.markets.values().filter_map(restless).collect();
        let (markets, of) = (found.len(), self.markets.len());
        let example = found.into_iter().next().map(OfRun::Drifts);
        warnings.extend(example.map(|example| Warning::Restless { markets, of, example }));
        warnings
    }
}
