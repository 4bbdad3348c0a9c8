//! The values of a scenario that are neither numbers nor switches.

/// An enum whose values have names in a scenario file.
macro_rules! named {
    ($(#[doc = $about:literal])+ $Name:ident { $($(#[doc = $doc:literal])+ $Variant:ident = $name:literal,)+ }) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $Name {
            $($(#[doc = $doc])+ $Variant,)+
        }

        impl $Name {
            /// Every value with its name in a scenario.
            pub const ALL: &'static [(&'static str, Self)] = &[$(($name, Self::$Variant)),+];
            /// The names alone.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// The name in a scenario.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$Variant => $name,)+
                }
            }
        }
    };
}

named! {
    /// Whom a seller pitches his clients to.
    Targeting {
        /// Any open tie, vacancy or not.
        Random = "random",
        /// A vacancy near the level that the client states: payers want important people.
        StatedLevel = "stated_level",
        /// The tie with the best expected gain.
        BestFit = "best_fit",
    }
}

named! {
    /// Who may sell introductions.
    Entry {
        /// Nobody.
        None = "none",
        /// Whoever expects to gain by it begins, and whoever expects to lose stops.
        Free = "free",
        /// Those who open, and nobody else; nobody stops.
        Closed = "closed",
    }
}

named! {
    /// Who pays the sellers.
    Payer {
        /// The one who looks for a job.
        Seeker = "seeker",
        /// The one who has a job to give.
        Employer = "employer",
    }
}

named! {
    /// Among whom an introducer searches whom an employer has engaged.
    Among {
        /// Among all workers, those who do not look included: a headhunter.
        All = "all",
        /// Among those who asked him: a staffing agency.
        Askers = "askers",
    }
}

/// One file of a scenario.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as it was given, or as the file before it leads there.
    pub path: String,
    /// What the file held.
    pub bytes: Vec<u8>,
    /// The keys that it sets, as dotted paths, in the order of the file.
    pub sets: Vec<&'static str>,
}

/// One stage of screening.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Hours that the seller spends on the applicant in this stage.
    pub hours: f64,
    /// Who goes on.
    pub accept_above: AcceptAbove,
}

/// Who passes a stage of screening.
#[derive(Clone, Debug, PartialEq)]
pub enum AcceptAbove {
    /// An estimate of ability above this score (sd of ability).
    Score(f64),
    /// One whom representing is expected to pay for the hours still to come.
    Profit,
}

/// Friendships given as a list instead of drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgeList {
    /// The file, as the scenario writes it.
    pub path: String,
    /// Friends, each pair once with the lower id first, in ascending order.
    pub pairs: Vec<(u32, u32)>,
}

impl EdgeList {
    /// A name for the pairs themselves, whatever file they came from: BLAKE3 in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for (low, high) in &self.pairs {
            hasher.update(&low.to_le_bytes());
            hasher.update(&high.to_le_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}
