//! introsim: can a job seeker buy introductions to people who hire?
//!
//! An agent-based market of seekers, introducers and decision-makers, week by week: cash for introductions beside
//! ordinary networking, on the same luck. This page is the architecture; start with [`week`], which tells the story.
//!
//! # Layers
//!
//! A file names its own module and those of lower layers, never of higher ones; a test checks it.
//!
//! | layer | modules | knows | does not know |
//! |---|---|---|---|
//! | 0 | [`ids`], [`maths`], [`streams`], [`beliefs`], [`stats`], [`text`], [`units`] | numbers, and numbers as text | markets, files, threads |
//! | 0 | [`files`], [`foreign`] | which files may be read, which text may be shown | what is in them |
//! | 1 | [`scenario`] | TOML, ranges, units | that anything will be simulated |
//! | 2 | [`world`] | tables of who and what there is | weeks, results |
//! | 3 | [`week`] | the rules of the market | replications, files, clocks |
//! | 4 | [`engine`] | weeks, replications, threads | experiments, files |
//! | 5 | [`experiments`] | what is run, and the numbers made of it | files, charts |
//! | 6 | [`output`] | tables as types of rows, and the file system | charts |
//! | 7 | [`charts`] | tables as they were written | world, engine |
//! | 8 | [`report`] | tables and charts of a whole study | world, engine |
//! | 9 | [`cli`] | everything below, and the terminal | – |
//!
//! # Invariants
//!
//! - Every draw has an address in [`streams`]; nothing below [`engine`] makes up a seed, and no thread, order or
//!   scenario enters a draw. The same scenario, seed and version give the same bytes on any number of threads.
//! - Nothing in `world`, `week` or `streams` uses the platform's mathematics: all of it goes through [`maths`].
//! - Hidden truth is spelt `true_*`. Looks, interviews, learning and tallies read it; no agent's decision does.
//! - A scenario changes institutions, never the rules by which people decide. No result, threshold or verdict is
//!   written into the program.
//! - Nothing below [`output`] writes a file, nothing below [`cli`] prints or exits.
//! - A broken law fails its replication with week and phase. Nothing is repaired in silence.
//!
//! # One declaration
//!
//! What stands in many places is declared in one, from which the others follow.
//!
//! | what | where | what follows |
//! |---|---|---|
//! | a key of a scenario | its section, such as [`scenario::Workers`] | field, default, reading, messages, schema, documentation |
//! | a number of the market over weeks | [`experiments::measures`] | column of weekly.csv, outcome, last-year outcome, their documentation, the names by which readers ask |
//! | what is counted in a week | [`week::tally`] | its sum over weeks |
//! | a table | [`output::tables`] | row, header, dictionary, writer, reader |
//! | what may turn along a knob | a [`Subject`](experiments::threshold::Subject) | rounds of points, crossings, resuming, shards |
//!
//! `docs/extending.md` adds one of each; `docs/testing.md` says what holds them.
//!
//! # A first history
//!
//! ```
//! use introsim::engine::{Failure, burn_in, continue_from};
//! use introsim::scenario::Scenario;
//!
//! let mut scenario = Scenario::default();
//! scenario.workers.count = 500;
//! scenario.decision_makers.count = 50;
//! scenario.introducers.count = 20;
//! scenario.introducers.ties = 10;
//! scenario.run.burn_in = 26;
//! scenario.run.weeks = 13;
//! let opening = burn_in(&scenario, 0, &|| {})?;
//! let history = continue_from(&scenario, opening.world, &|| {})?;
//! assert_eq!(history.weeks.len(), 13);
//! # Ok::<(), Failure>(())
//! ```
//!
//! # Words
//!
//! *Ask*: a seeker asks an introducer he knows. *Application*: a seeker writes to a decision-maker. *Applicant*,
//! *client*: wants to buy from a seller; has signed. *Pitch*: a seller's effort for a client. *Request*: what lies on a
//! decision-maker's desk. *Acceptance*: she meets on it. *Pass*: her belief after the interview is at or above the bar.
//! *Offer*, *placement*: to the best who pass, where there is a vacancy; an offer taken. *Tie*: introducer and
//! decision-maker. *Contact*: worker and introducer. *Friendship*: worker and worker. *Goodwill*: favours still welcome
//! on a tie, in \[0, 1\]. *Trust*: her normal belief about people who come through a tie. *Level* of a job:
//! ln(salary/reference)/slope. *Arm*: one side of a comparison. Spelling is British.

#![forbid(unsafe_code)]

pub mod beliefs;
pub mod files;
pub mod foreign;
pub mod ids;
pub mod maths;
pub mod stats;
pub mod streams;
pub mod text;
pub mod units;

pub mod scenario;

pub mod world;

pub mod week;

pub mod engine;

pub mod experiments;

pub mod output;

pub mod charts;

pub mod report;

pub mod cli;
