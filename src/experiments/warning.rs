//! Warnings: what a reader of the results should not believe, with numbers and advice.

use crate::text::{counted, first_few, fixed, joined};
use std::fmt;

use super::stationarity::Drift;
use crate::stats::Estimate;

/// What a warning of two scenarios that do not open alike says of them.
pub const OWN_OPENINGS: &str = "have burn-ins of their own";

/// What a warning of scenarios that stand beside no market without sellers says of them.
pub const APART: &str = "held against nothing";

/// What a warning of too few replications says of them.
pub const WIDE: &str = "wide intervals or none";

/// One warning.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// The burn-in had not come to rest.
    Drifts(Drift),
    /// The burn-in is too short to check.
    BurnInTooShort {
        /// Weeks of the burn-in.
        weeks: u32,
    },
    /// Too few replications for the intervals to mean much.
    FewReplications {
        /// Replications.
        replications: u32,
    },
    /// Too few weeks for clients to be followed for a year.
    ShortHorizon {
        /// Weeks after the opening.
        weeks: u32,
    },
    /// A market in which what sellers place still changed at the end.
    Restless {
        /// The scenario.
        scenario: String,
        /// Its weeks.
        weeks: u32,
        /// Placements per 10,000 workers and year, of the last block less those of the block before.
        by: Estimate,
    },
    /// Replications that did not finish.
    Failed {
        /// The scenario.
        scenario: String,
        /// How many.
        failed: usize,
    },
    /// Two scenarios that are compared do not share a labour market or its burn-in.
    OtherOpening {
        /// The scenario and the baseline.
        scenarios: (String, String),
        /// The keys in which they differ.
        keys: Vec<&'static str>,
    },
    /// Scenarios that are compared with nothing: nothing was run that opens as they do and in which nobody sells.
    NoOrganic {
        /// The scenarios.
        scenarios: Vec<String>,
        /// The first in which nobody sells.
        baseline: String,
        /// The keys in which they differ from it.
        keys: Vec<&'static str>,
    },
    /// Two scenarios that are compared have no luck in common.
    OtherSeed {
        /// The scenario and the baseline.
        scenarios: (String, String),
        /// Their seeds.
        seeds: (u64, u64),
    },
    /// Two scenarios run for different numbers of weeks.
    OtherWeeks {
        /// The scenario and the baseline.
        scenarios: (String, String),
        /// Their weeks.
        weeks: (u32, u32),
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Drifts(drift) => write!(
                f,
                "the labour market had not come to rest at the opening: {} went from {} to {} over the last two blocks of \
                 104 weeks (standard error {}); try a longer run.burn_in",
                drift.quantity,
                fixed(drift.earlier, 4),
                fixed(drift.later, 4),
                fixed(drift.standard_error, 4)
            ),
            Self::BurnInTooShort { weeks } => write!(
                f,
                "a burn-in of {weeks} weeks is too short to tell whether the labour market has come to rest; 208 weeks \
                 or more can be checked"
            ),
            Self::FewReplications { replications } => write!(
                f,
                "{} {} {WIDE}; 20 or more are better",
                counted(*replications as usize, "replication"),
                if *replications == 1 { "gives" } else { "give" }
            ),
            Self::ShortHorizon { weeks } => write!(
                f,
                "with {weeks} weeks nobody's gain can be measured: clients are followed for 52 weeks after signing"
            ),
            Self::Restless { scenario, weeks, by } => {
                let (low, high) = by.interval.unwrap_or((by.value, by.value));
                write!(
                    f,
                    "{scenario} had not come to rest in {weeks} weeks: placements per 10,000 workers and year changed by {} [{} to \
                     {}] from one of the last two blocks of 104 weeks to the other; try a run of more weeks, such as --weeks {}",
                    fixed(by.value, 0),
                    fixed(low, 0),
                    fixed(high, 0),
                    2 * weeks
                )
            }
            Self::Failed { scenario, failed } => {
                write!(f, "{} of {scenario} failed; see outcomes.csv", counted(*failed, "replication"))
            }
            Self::OtherOpening { scenarios: (scenario, baseline), keys } => write!(
                f,
                "{scenario} and {baseline} {OWN_OPENINGS}, as they differ in {}; what differs between them \
                 may come from that too",
                first_few(keys)
            ),
            Self::NoOrganic { scenarios, baseline, keys } => {
                let (verb, they, them) = if let [_] = scenarios.as_slice() {
                    ("is", "it does", "it")
                } else {
                    ("are", "they do", "them")
                };
                write!(
                    f,
                    "{} {verb} {APART}: {they} not open as {baseline} does, in which nobody sells ({}); try a market beside \
                     {them} that opens alike and in which nobody sells, or `run --baseline {baseline}`",
                    joined(scenarios),
                    first_few(keys)
                )
            }
            Self::OtherSeed { scenarios: (scenario, baseline), seeds } => write!(
                f,
                "{scenario} and {baseline} have different seeds, {} and {}, so their differences are not paired; \
                 --seed gives all the same luck",
                seeds.0, seeds.1
            ),
            Self::OtherWeeks { scenarios: (scenario, baseline), weeks } => write!(
                f,
                "{scenario} runs for {} weeks and {baseline} for {}: they are not compared; --weeks gives all the same",
                weeks.0, weeks.1
            ),
        }
    }
}
