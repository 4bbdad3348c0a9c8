//! Ids: an id is a row number of one table, and each table has an id type of its own.

/// Converts a row number to the `u32` that ids and keys of draws are made of.
///
/// Tables hold fewer than 2³² rows: `scenario::check` allows at most ten million workers.
#[must_use]
pub fn row(index: usize) -> u32 {
    u32::try_from(index)
        .expect("tables hold fewer than 2^32 rows, promised by the ranges of the scenario file")
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// No row at all.
            pub const NONE: Self = Self(u32::MAX);

            /// The id of a row number.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(row(index))
            }

            /// The row number, for indexing the table's columns.
            #[must_use]
            pub const fn at(self) -> usize {
                self.0 as usize
            }

            /// Whether this is a row.
            #[must_use]
            pub const fn is_some(self) -> bool {
                self.0 != u32::MAX
            }
        }
    };
}

id!(
    /// A row of the table of workers.
    WorkerId
);
id!(
    /// A row of the table of decision-makers.
    DecisionMakerId
);
id!(
    /// A row of the table of introducers.
    IntroducerId
);
id!(
    /// A row of the table of ties, sorted by decision-maker, then introducer.
    TieId
);
