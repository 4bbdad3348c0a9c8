//! Every key of a scenario, once: the tables that structs, reading, schema and documentation are made from.

mod decision_makers;
mod institutions;
mod run;
mod workers;

use std::sync::LazyLock;

pub use decision_makers::{Beliefs, Contacts, DecisionMakers, Goodwill, Introducers};
pub use institutions::{
    Bombardment, Buyers, Coaching, Contract, Disclosure, Employer, Referral, Screening, Sellers, Sham, Word,
};
pub use run::Run;
pub use workers::{Friends, Jobs, Search, Workers};

use crate::scenario::key::Key;

/// A section of a scenario file: its name, what it is about, its keys.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Name, as in `[contract]`.
    pub name: &'static str,
    /// What it is about, in a line.
    pub about: &'static str,
    /// Its keys, in order.
    pub keys: &'static [Key],
    /// Whether it belongs to the labour market that scenarios share, or to the institutions in which they differ.
    pub is_labour_market: bool,
}

macro_rules! scenario {
    ($($(#[doc = $doc:literal])+ $section:ident: $Section:ident, $is_labour_market:literal;)+) => {
        /// A scenario that has been checked: every number that the market needs.
        ///
        /// The default is what the registry of keys says, which `scenarios/base.toml` repeats with comments.
        #[derive(Clone, Debug, PartialEq, Default)]
        pub struct Scenario {
            /// One line, used in charts.
            pub title: String,
            /// A name of a few words for charts and reports, where the file gives one.
            pub short: Option<String>,
            /// The question that the scenario asks, in words.
            pub question: Option<String>,
            /// A base for others, not to be run itself (`abstract` in the file).
            pub is_abstract: bool,
            $($(#[doc = $doc])+ pub $section: $Section,)+
        }

        /// The sections, in the order of a file.
        pub const SECTIONS: &[Section] = &[$(
            Section {
                name: stringify!($section),
                about: $Section::ABOUT,
                keys: $Section::KEYS,
                is_labour_market: $is_labour_market,
            },
        )+];
    };
}

scenario! {
    /// How long, how often, with what luck.
    run: Run, false;
    /// The people who work or look for work.
    workers: Workers, true;
    /// How jobs end.
    jobs: Jobs, true;
    /// Who tells whom of jobs.
    friends: Friends, true;
    /// Cold applications.
    search: Search, true;
    /// The people who hire.
    decision_makers: DecisionMakers, true;
    /// What they believe at first.
    beliefs: Beliefs, true;
    /// The well-connected.
    introducers: Introducers, true;
    /// Favours still welcome.
    goodwill: Goodwill, true;
    /// Which introducers a worker knows.
    contacts: Contacts, true;
    /// Introducers who sell.
    sellers: Sellers, false;
    /// How seekers decide to buy.
    buyers: Buyers, false;
    /// How sellers look at applicants.
    screening: Screening, false;
    /// What is paid, by whom and when.
    contract: Contract, false;
    /// What decision-makers are told.
    disclosure: Disclosure, false;
    /// What decision-makers tell each other.
    word: Word, false;
    /// Staged introductions.
    sham: Sham, false;
    /// Employers who pay.
    employer: Employer, false;
    /// Help to look for work oneself.
    coaching: Coaching, false;
    /// Names handed in by employees.
    referral: Referral, false;
    /// An experiment on one tie of each seller.
    bombardment: Bombardment, false;
}

/// Every key of a scenario, in the order of a file.
#[must_use]
pub fn keys() -> &'static [Key] {
    static KEYS: LazyLock<Vec<Key>> =
        LazyLock::new(|| SECTIONS.iter().flat_map(|section| section.keys).copied().collect());
    &KEYS
}

/// The key of a dotted path such as `contract.share_of_salary`.
#[must_use]
pub fn key(path: &str) -> Option<&'static Key> {
    keys().iter().find(|key| key.path == path)
}
