//! columns.csv: what every column of every table of a folder means.

use crate::output::row::table;

table! {
    /// columns.csv: a column of a table in the same folder.
    Entry: "columns" {
        table: String, "", "file stem of the table";
        column: String, "", "name of the column in the header";
        unit: String, "", "unit of its numbers; empty for words and identifiers";
        meaning: String, "", "what is counted, over what, and what an empty cell means";
    }
}
