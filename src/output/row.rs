//! A table as a type: one declaration gives the row, the file, the columns with their dictionary, the writer and the
//! reader.

use super::{Cell, Column, OutputError, RawTable};

/// The scenario's name, the first column of tables that have one.
pub(crate) const SCENARIO: Column = Column::new("scenario", "", "name of the scenario");
/// The replication, the second column of tables that have a row for each.
pub(crate) const REPLICATION: Column =
    Column::new("replication", "", "replication, from 0; equal numbers share their luck across scenarios");

/// A row of a table; where a table has columns that only a run knows, such as knobs, the row is what stands beside them.
pub trait Row: Sized {
    /// File stem of the table.
    const NAME: &'static str;
    /// Its columns, in order.
    const COLUMNS: &'static [Column];

    /// A cell for each column.
    fn cells(self) -> Vec<Cell>;

    /// All rows of a table that was read.
    ///
    /// # Errors
    /// If a column is lacking, or a cell does not hold what its column promises.
    fn read(table: &RawTable) -> Result<Vec<Self>, OutputError>;

    /// How many of its numbers are not finite; this program writes none, but tables can be made by hand.
    fn not_finite(&self) -> usize;
}

/// A row of one replication of one scenario.
pub trait OfReplication: Row {
    /// Name of the scenario.
    fn scenario(&self) -> &str;
    /// Number of the replication.
    fn replication(&self) -> i64;
}

/// What a column may hold, between a field and a cell.
pub(crate) trait Field: Sized {
    /// What a cell must hold, for errors.
    const EXPECTED: &'static str;
    /// Whether a table without the column is refused.
    const IS_NEEDED: bool = true;

    fn cell(self) -> Cell;

    /// None if the text is nothing of the kind.
    fn of_text(text: &str) -> Option<Self>;

    fn is_not_finite(&self) -> bool {
        false
    }

    /// - `column`: its place in the table; none where the table does not have it
    fn at(table: &RawTable, row: usize, column: Option<usize>) -> Result<Self, OutputError> {
        let place = column.unwrap_or(usize::MAX);
        Self::of_text(table.text(row, place)).ok_or_else(|| table.wrong(row, place, Self::EXPECTED))
    }

    /// Where the column stands in a table.
    fn place(table: &RawTable, name: &str) -> Result<Option<usize>, OutputError> {
        match table.column(name) {
            Err(_) if !Self::IS_NEEDED => Ok(None),
            place => place.map(Some),
        }
    }
}

/// A yes or a no, written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YesNo(pub bool);

/// A column that older programs did not write: `None` in a table that does not have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added<T>(pub Option<T>);

impl Field for f64 {
    const EXPECTED: &'static str = "a number";

    fn cell(self) -> Cell {
        Cell::Num(self)
    }

    fn of_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn is_not_finite(&self) -> bool {
        !self.is_finite()
    }
}

macro_rules! whole {
    ($($type:ty),+) => {$(
        impl Field for $type {
            const EXPECTED: &'static str = "a whole number";

            fn cell(self) -> Cell {
                self.into()
            }

            fn of_text(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )+};
}

whole!(u32, u64, i64, usize);

impl Field for bool {
    const EXPECTED: &'static str = "0 or 1";

    fn cell(self) -> Cell {
        self.into()
    }

    fn of_text(text: &str) -> Option<Self> {
        match text {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        }
    }
}

impl Field for YesNo {
    const EXPECTED: &'static str = "yes or no";

    fn cell(self) -> Cell {
        if self.0 { "yes" } else { "no" }.into()
    }

    fn of_text(text: &str) -> Option<Self> {
        match text {
            "yes" => Some(Self(true)),
            "no" => Some(Self(false)),
            _ => None,
        }
    }
}

impl Field for String {
    const EXPECTED: &'static str = "words";

    fn cell(self) -> Cell {
        Cell::Text(self)
    }

    fn of_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

/// Empty where there is nothing.
impl<T: Field> Field for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn cell(self) -> Cell {
        self.map_or(Cell::Empty, T::cell)
    }

    fn of_text(text: &str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { T::of_text(text).map(Some) }
    }

    fn is_not_finite(&self) -> bool {
        self.as_ref().is_some_and(T::is_not_finite)
    }
}

impl<T: Field> Field for Added<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    const IS_NEEDED: bool = false;

    fn cell(self) -> Cell {
        self.0.cell()
    }

    fn of_text(text: &str) -> Option<Self> {
        T::of_text(text).map(|value| Self(Some(value)))
    }

    fn is_not_finite(&self) -> bool {
        self.0.is_not_finite()
    }

    fn at(table: &RawTable, row: usize, column: Option<usize>) -> Result<Self, OutputError> {
        column.map(|_| T::at(table, row, column)).transpose().map(Self)
    }
}

/// Makes the kinds of word that a column may hold, with the names by which they are written and read.
macro_rules! words {
    (
        $(#[doc = $about:literal])+
        $Words:ident {
            $(#[doc = $first_doc:literal])+
            $First:ident = $first:literal,
            $($(#[doc = $doc:literal])+ $Word:ident = $name:literal,)*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $Words {
            $(#[doc = $first_doc])+
            $First,
            $($(#[doc = $doc])+ $Word,)*
        }

        impl $crate::output::row::Field for $Words {
            const EXPECTED: &'static str = concat!($first $(, ", ", $name)*);

            fn cell(self) -> $crate::output::Cell {
                match self {
                    Self::$First => $first,
                    $(Self::$Word => $name,)*
                }
                .into()
            }

            fn of_text(text: &str) -> Option<Self> {
                match text {
                    $first => Some(Self::$First),
                    $($name => Some(Self::$Word),)*
                    _ => None,
                }
            }
        }
    };
}

/// Makes the row of a table, with its file, columns, writer and reader, from one declaration:
/// `name: type, unit, meaning;`. The columns `scenario` and `replication` are the same in every table.
macro_rules! table {
    (
        $(#[doc = $doc:literal])+
        $Row:ident: $file:literal {
            $($name:ident $(: $type:ty, $unit:literal, $meaning:literal)?;)+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Row {
            $(
                #[doc = concat!("Column `", stringify!($name), "`" $(, ": ", $meaning)?, ".")]
                pub $name: table!(@type $name $(: $type)?),
            )+
        }

        impl $crate::output::row::Row for $Row {
            const NAME: &'static str = $file;
            const COLUMNS: &'static [$crate::output::Column] = &[$(table!(@column $name $($unit, $meaning)?)),+];

            fn cells(self) -> Vec<$crate::output::Cell> {
                vec![$($crate::output::row::Field::cell(self.$name)),+]
            }

            fn read(
                table: &$crate::output::RawTable,
            ) -> Result<Vec<Self>, $crate::output::OutputError> {
                use $crate::output::row::Field;
                $(let $name = <table!(@type $name $(: $type)?)>::place(table, stringify!($name))?;)+
                let row = |row: usize| Ok(Self { $($name: Field::at(table, row, $name)?),+ });
                (0..table.len()).map(row).collect()
            }

            fn not_finite(&self) -> usize {
                use $crate::output::row::Field;
                0 $(+ usize::from(self.$name.is_not_finite()))+
            }
        }

        table!(@replication $Row $($name)+);
    };
    (@type scenario) => { String };
    (@type replication) => { i64 };
    (@type $name:ident: $type:ty) => { $type };
    (@column scenario) => { $crate::output::row::SCENARIO };
    (@column replication) => { $crate::output::row::REPLICATION };
    (@column $name:ident $unit:literal, $meaning:literal) => {
        $crate::output::Column::new(stringify!($name), $unit, $meaning)
    };
    (@replication $Row:ident scenario replication $($name:ident)*) => {
        impl $crate::output::row::OfReplication for $Row {
            fn scenario(&self) -> &str {
                &self.scenario
            }

            fn replication(&self) -> i64 {
                self.replication
            }
        }
    };
    (@replication $Row:ident $($name:ident)+) => {};
}

pub(crate) use {table, words};
