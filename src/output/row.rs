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

    /// `None` if the text is nothing of the kind.
    fn of_text(text: &str) -> Option<Self>;

    fn is_not_finite(&self) -> bool {
        false
    }

    /// - `column`: its place in the table; `None` where the table does not have it
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
/// `name: type, unit, meaning;`, or `name: type, COLUMN;` of a column that several tables have. The columns `scenario` and
/// `replication` are the same in every table.
macro_rules! table {
    (
        $(#[doc = $doc:literal])+
        $Row:ident: $file:literal {
            $($name:ident $(: $type:ty, $what:tt $(, $meaning:literal)?)?;)+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Row {
            $(
                #[doc = concat!("Column `", stringify!($name), "`" $($(, ": ", $meaning)?)?, ".")]
                pub $name: table!(@type $name $(: $type)?),
            )+
        }

        impl $crate::output::row::Row for $Row {
            const NAME: &'static str = $file;
            const COLUMNS: &'static [$crate::output::Column] = &[$(table!(@column $name $($what $(, $meaning)?)?)),+];

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
    (@column $name:ident $column:ident) => { $column };
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

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macros make public types")]
mod tests {
    use super::*;
    use crate::output::{Folder, Table, read_table};

    words! {
        /// A kind of weather.
        Weather {
            /// Dry.
            Sun = "sun",
            /// Wet.
            Rain = "rain",
        }
    }

    table! {
        /// days.csv: a day.
        Day: "days" {
            scenario;
            replication;
            weather: Weather, "", "what it was like";
            warm: bool, "0 or 1", "1 if it was";
            told: Option<YesNo>, "", "whether anybody said so";
            hours: f64, "hours", "of light";
            wind: Option<f64>, "knots", "empty where nobody measured";
            guests: Option<u32>, "people", "empty where nobody counted";
            note: Option<String>, "", "what else";
            price: Added<Option<f64>>, "dollars", "of umbrellas";
        }
    }

    fn days() -> [Day; 2] {
        let one = Day {
            scenario: "a, \"b\"".to_owned(),
            replication: 3,
            weather: Weather::Rain,
            warm: true,
            told: Some(YesNo(false)),
            hours: 0.1,
            wind: Some(-2.5),
            guests: Some(0),
            note: Some("wet".to_owned()),
            price: Added(Some(Some(7.0))),
        };
        let bare = Day {
            weather: Weather::Sun,
            told: None,
            wind: None,
            guests: None,
            note: None,
            price: Added(Some(None)),
            ..one.clone()
        };
        [one, bare]
    }

    fn written(place: &tempfile::TempDir) -> std::path::PathBuf {
        Folder::create(place.path()).unwrap().write(&Table::of(days())).unwrap();
        place.path().join("days.csv")
    }

    #[test]
    fn rows_come_back_as_they_were_written_under_the_columns_that_were_declared() {
        let place = tempfile::tempdir().unwrap();
        let path = written(&place);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(
            text,
            "scenario,replication,weather,warm,told,hours,wind,guests,note,price\n\
             \"a, \"\"b\"\"\",3,rain,1,no,0.1,-2.5,0,wet,7\n\"a, \"\"b\"\"\",3,sun,1,,0.1,,,,\n"
        );
        assert_eq!(read_table(&path).unwrap().rows::<Day>().unwrap(), days());
        assert_eq!(Day::COLUMNS[5], Column::new("hours", "hours", "of light"));
    }

    #[test]
    fn a_column_that_is_lacking_is_named_unless_older_programs_did_not_write_it() {
        let place = tempfile::tempdir().unwrap();
        let path = written(&place);
        let text = std::fs::read_to_string(&path).unwrap();
        let without = |column: &str| {
            std::fs::write(&path, text.replacen(column, "other", 1)).unwrap();
            read_table(&path).unwrap().rows::<Day>()
        };
        let older = without("price").unwrap();
        assert_eq!(older[0].price, Added(None), "not the same as an empty cell");
        assert_eq!(days()[1].price, Added(Some(None)));
        for needed in ["wind", "hours", "scenario"] {
            let error = without(needed).unwrap_err().to_string();
            assert!(error.contains(&format!("no column {needed:?}")), "{error}");
        }
    }

    #[test]
    fn a_cell_of_another_kind_is_named_with_its_line_and_column_and_what_it_should_be() {
        let place = tempfile::tempdir().unwrap();
        let path = written(&place);
        let text = std::fs::read_to_string(&path).unwrap();
        let says = |from: &str, to: &str| {
            std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
            read_table(&path).unwrap().rows::<Day>().unwrap_err().to_string()
        };
        for (from, to, expected) in [
            (",sun,", ",fog,", "line 3, column weather: expected sun, rain, found \"fog\""),
            (",rain,1,", ",rain,yes,", "line 2, column warm: expected 0 or 1, found \"yes\""),
            (",no,", ",perhaps,", "line 2, column told: expected yes or no, found \"perhaps\""),
            (",0.1,-2.5", ",,-2.5", "line 2, column hours: expected a number, found \"\""),
            (",-2.5,0,", ",-2.5,0.5,", "line 2, column guests: expected a whole number, found \"0.5\""),
        ] {
            let error = says(from, to);
            assert!(error.contains(expected), "{error}, not {expected}");
        }
    }

    #[test]
    fn numbers_that_are_not_finite_are_read_and_counted() {
        let [mut one, bare] = days();
        assert_eq!([one.not_finite(), bare.not_finite()], [0, 0]);
        (one.hours, one.wind, one.price) = (f64::NAN, Some(f64::INFINITY), Added(Some(Some(f64::NAN))));
        assert_eq!(one.not_finite(), 3);
    }
}
