//! Scenario files: every number of the model in one place, read from TOML and checked before any work starts.
//!
//! A key is defined once, in a table under `keys`: its name, type, default, unit, range, meaning and source. From
//! that table come the structs that the rest of the program reads, the checks, the documentation and the schema.
//! A [`Scenario`] from [`load`] is right in every number and every rule between numbers; nobody checks again.

mod at;
mod base;
mod canonical;
mod edges;
pub mod experiment;
mod idle;
mod key;
mod keys;
mod kinds;
pub mod library;
mod load;
mod problem;
mod read;
mod removed;
mod rules;
mod schema;
mod suggest;
mod types;
mod value;

pub use base::{base_toml, parameters_markdown};
pub(crate) use canonical::short_name;
pub use edges::{load_edges, notes as network_notes};
pub use idle::{Idle, because as why_idle, idle};
pub use key::{Key, Kind, Range};
pub use keys::{
    Beliefs, Bombardment, Buyers, Coaching, Contacts, Contract, DecisionMakers, Disclosure, Employer,
    Friends, Goodwill, Introducers, Jobs, Part, Referral, Run, SECTIONS, Scenario, Screening, Search,
    Section, Sellers, Sham, Word, Workers, key, keys,
};
pub(crate) use load::shown;
pub use load::{Loaded, load, load_with};
pub use problem::{Problem, Problems};
pub(crate) use removed::successor;
pub use schema::json_schema;
pub(crate) use suggest::{nearest, or_nearest};
pub use types::{AcceptAbove, Among, EdgeList, Entry, Payer, SourceFile, Stage, Targeting};
