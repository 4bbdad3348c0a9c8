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
    /// What of a scenario it belongs to.
    pub part: Part,
}

/// What a section belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// How long, how often, with what luck.
    Run,
    /// The labour market that scenarios share.
    LabourMarket,
    /// The institutions in which they differ.
    Institutions,
}

macro_rules! scenario {
    ($($(#[doc = $doc:literal])+ $section:ident: $Section:ident, $part:ident;)+) => {
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

        impl Scenario {
            /// The labour market of a scenario alone: every institution at its default, with nobody selling. What
            /// happens before the opening cannot depend on what it does not see.
            #[must_use]
            pub fn without_institutions(&self) -> Self {
                let plain = Self::default();
                Self {
                    title: self.title.clone(),
                    short: self.short.clone(),
                    question: self.question.clone(),
                    is_abstract: self.is_abstract,
                    $($section: match Part::$part {
                        Part::Institutions => plain.$section,
                        Part::Run | Part::LabourMarket => self.$section.clone(),
                    },)+
                }
            }
        }

        /// The sections, in the order of a file.
        pub const SECTIONS: &[Section] = &[$(
            Section {
                name: stringify!($section),
                about: $Section::ABOUT,
                keys: $Section::KEYS,
                part: Part::$part,
            },
        )+];
    };
}

scenario! {
    /// How long, how often, with what luck.
    run: Run, Run;
    /// The people who work or look for work.
    workers: Workers, LabourMarket;
    /// How jobs end.
    jobs: Jobs, LabourMarket;
    /// Who tells whom of jobs.
    friends: Friends, LabourMarket;
    /// Cold applications.
    search: Search, LabourMarket;
    /// The people who hire.
    decision_makers: DecisionMakers, LabourMarket;
    /// What they believe at first.
    beliefs: Beliefs, LabourMarket;
    /// The well-connected.
    introducers: Introducers, LabourMarket;
    /// Favours still welcome.
    goodwill: Goodwill, LabourMarket;
    /// Which introducers a worker knows.
    contacts: Contacts, LabourMarket;
    /// Introducers who sell.
    sellers: Sellers, Institutions;
    /// How seekers decide to buy.
    buyers: Buyers, Institutions;
    /// How sellers look at applicants.
    screening: Screening, Institutions;
    /// What is paid, by whom and when.
    contract: Contract, Institutions;
    /// What decision-makers are told.
    disclosure: Disclosure, Institutions;
    /// What decision-makers tell each other.
    word: Word, Institutions;
    /// Staged introductions.
    sham: Sham, Institutions;
    /// Employers who pay.
    employer: Employer, Institutions;
    /// Help to look for work oneself.
    coaching: Coaching, Institutions;
    /// Names handed in by employees.
    referral: Referral, Institutions;
    /// An experiment on one tie of each seller.
    bombardment: Bombardment, Institutions;
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

/// Keys outside the labour market on which the state at the opening depends too.
const OPENING: [&str; 3] = ["run.seed", "run.burn_in", "run.spells_sample"];

impl Key {
    /// What of a scenario it belongs to.
    #[must_use]
    pub fn part(&self) -> Part {
        let section = SECTIONS.iter().find(|section| section.name == self.section);
        section.map(|section| section.part).expect("every key is listed in the section that it names")
    }

    /// Whether the state at the opening depends on it.
    #[must_use]
    pub fn decides_opening(&self) -> bool {
        self.part() == Part::LabourMarket || OPENING.contains(&self.path)
    }
}
