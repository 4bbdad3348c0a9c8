//! The schema and the documentation of files that are no scenarios, from the registry that they are read by.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::entry::Page;
use super::tables::{ClaimsFile, ExperimentFile, StudyFile};

/// JSON Schemas (draft 2020-12) of experiment, claims and study files, by the name of the kind.
#[must_use]
pub fn json_schemas() -> [(&'static str, Json); 3] {
    let with_head = |name: &str, mut schema: Json| {
        if let Some(object) = schema.as_object_mut() {
            object.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
            object.insert("title".to_owned(), json!(format!("introsim {name}")));
        }
        schema
    };
    [
        ("experiment", with_head("experiment", ExperimentFile::object())),
        ("claims", with_head("claims", ClaimsFile::object())),
        ("study", with_head("study", StudyFile::object())),
    ]
}

const HEAD: &str = "\
# Files beside scenarios

Every key of experiment files (for `sweep` and `sensitivity`), of files of claims (for `flip`) and of study files (for
`study`). Written by `introsim schema --files` from the registry that the program reads them with; a test holds this page to
it. Paths are relative to the file that names them. A key that takes *one for each effort* takes a table such as
`{ quick = 2, default = 4, full = 20 }`, in which quick and full have what default has unless they have their own.
";

/// Every key of these files as Markdown: a table for each table of a file.
#[must_use]
pub fn files_markdown() -> String {
    let mut text = HEAD.to_owned();
    let mut files: [(&str, Vec<Page>); 3] =
        [("Experiments", vec![]), ("Claims", vec![]), ("Studies", vec![])];
    ExperimentFile::pages(files[0].0, &mut files[0].1);
    ClaimsFile::pages(files[1].0, &mut files[1].1);
    StudyFile::pages(files[2].0, &mut files[2].1);
    for (_, all) in &files {
        for (number, (name, about, rows)) in all.iter().enumerate() {
            let head = if number == 0 { format!("## {name}") } else { format!("### `{name}`") };
            let _ = write!(text, "\n{head}\n\n{about}\n\n| key | meaning | takes |\n|---|---|---|\n");
            for [key, meaning, takes] in rows {
                let _ = writeln!(text, "| `{key}` | {} | {} |", in_a_cell(meaning), in_a_cell(takes));
            }
        }
    }
    text
}

/// A text that ends no cell of a table.
fn in_a_cell(text: &str) -> String {
    text.replace('|', "\\|")
}
