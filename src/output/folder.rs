//! The folder that a run writes to: made, guarded against overwriting, and filled.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::table::check_row;
use super::tables::Entry;
use super::whole::{Draft, Written};
use super::{Cell, Column, Manifest, OutputError, Provenance, Row, Table, write_whole};

/// A folder that is being filled. It knows what was written through it, and with which bytes, so that a manifest speaks
/// of this run alone, whatever else lies there.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    written: Vec<(String, Vec<Column>)>,
    hashes: BTreeMap<String, String>,
}

impl Folder {
    /// Makes a folder, or takes one that is there, to write to it.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn create(path: &Path) -> Result<Self, OutputError> {
        fs::create_dir_all(path).map_err(OutputError::io("create", path))?;
        Ok(Self { path: path.to_path_buf(), written: Vec::new(), hashes: BTreeMap::new() })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a table whole as `name.csv`.
    ///
    /// # Errors
    /// If a row has the wrong width or a number that is not finite (no file is left then), or the system refuses.
    pub fn write(&mut self, table: &Table) -> Result<(), OutputError> {
        let mut writer = self.start(table.name, &table.columns)?;
        for row in &table.rows {
            writer.row(row)?;
        }
        let written = writer.finish()?;
        self.claim([&written]);
        Ok(())
    }

    /// Starts a table whose rows come one by one; it appears under its name only when finished, and counts once it is
    /// claimed.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn start(&mut self, name: &str, columns: &[Column]) -> Result<TableWriter, OutputError> {
        let writer = TableWriter::create(&self.path.join(format!("{name}.csv")), name, columns)?;
        self.written.retain(|(known, _)| known != name);
        self.written.push((name.to_owned(), columns.to_vec()));
        Ok(writer)
    }

    /// Writes `columns.csv`, the dictionary of every column of every table written here so far, tables by name.
    ///
    /// - `more`: tables that others write into the folder, such as the numbers behind charts
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write_dictionary(&mut self, more: &[(String, &[Column])]) -> Result<(), OutputError> {
        let mut tables = self.written.clone();
        tables.retain(|(name, _)| name != Entry::NAME);
        tables.extend(more.iter().map(|(name, columns)| (name.clone(), columns.to_vec())));
        tables.push((Entry::NAME.to_owned(), Entry::COLUMNS.to_vec()));
        tables.sort_by(|a, b| a.0.cmp(&b.0));
        let entries = |(table, columns): &'_ (String, Vec<Column>)| -> Vec<Entry> {
            let entry = |column: &Column| Entry {
                table: table.clone(),
                column: column.name.to_owned(),
                unit: column.unit.to_owned(),
                meaning: column.meaning.to_owned(),
            };
            columns.iter().map(entry).collect()
        };
        self.write(&Table::of(tables.iter().flat_map(entries)))
    }

    /// Counts files that others wrote into the folder, such as charts, among those of this run.
    pub fn claim<'a>(&mut self, files: impl IntoIterator<Item = &'a Written>) {
        for file in files {
            let inside = file.path.strip_prefix(&self.path).unwrap_or(&file.path);
            self.hashes.insert(inside.to_string_lossy().replace('\\', "/"), file.hash.clone());
        }
    }

    /// Writes `manifest.json` with the hash of every file that was written through this folder; call it last.
    ///
    /// - `more`: what it says beside what every manifest says, or instead of it
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write_manifest(&self, manifest: &Manifest, more: Map<String, Value>) -> Result<(), OutputError> {
        let text = manifest.text(&self.hashes, more);
        write_whole(&self.path.join(MANIFEST), text.as_bytes()).map(drop)
    }

    /// Writes `provenance.json`, which no manifest covers.
    ///
    /// - `places`: where the files lay that were read, by their names in the manifest
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write_provenance(
        &self,
        provenance: &Provenance,
        places: Map<String, Value>,
    ) -> Result<(), OutputError> {
        write_whole(&self.path.join(PROVENANCE), provenance.text(places).as_bytes()).map(drop)
    }
}

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const PROVENANCE: &str = "provenance.json";

/// Writes one table row by row; dropped before [`TableWriter::finish`] it leaves nothing behind.
pub struct TableWriter {
    out: csv::Writer<BufWriter<Draft>>,
    path: PathBuf,
    name: String,
    columns: Vec<Column>,
    rows: usize,
}

impl TableWriter {
    /// Starts the file at `path`; `name` is the table's name in errors.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn create(path: &Path, name: &str, columns: &[Column]) -> Result<Self, OutputError> {
        let mut out = csv::WriterBuilder::new()
            .terminator(csv::Terminator::Any(b'\n'))
            .from_writer(BufWriter::new(Draft::new(path)?));
        out.write_record(columns.iter().map(|column| column.name)).map_err(writing(path))?;
        Ok(Self { out, path: path.to_path_buf(), name: name.to_owned(), columns: columns.to_vec(), rows: 0 })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// If it has the wrong width or a number that is not finite, or the system refuses.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), OutputError> {
        self.rows += 1;
        check_row(&self.name, &self.columns, self.rows, cells)?;
        self.out.write_record(cells.iter().map(Cell::text)).map_err(writing(&self.path))
    }

    /// Writes rows.
    ///
    /// # Errors
    /// As [`Self::row`].
    pub fn rows(&mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<(), OutputError> {
        rows.into_iter().try_for_each(|cells| self.row(&cells))
    }

    /// Syncs the file and puts it in its place.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn finish(self) -> Result<Written, OutputError> {
        let path = self.path;
        let mut buffer =
            self.out.into_inner().map_err(|e| OutputError::io("write", &path)(e.into_error()))?;
        buffer.flush().map_err(OutputError::io("write", &path))?;
        buffer.into_inner().map_err(|e| OutputError::io("write", &path)(e.into_error()))?.persist()
    }
}

fn writing(path: &Path) -> impl FnOnce(csv::Error) -> OutputError {
    let path = path.to_path_buf();
    move |error| {
        let message = error.to_string();
        match error.into_kind() {
            csv::ErrorKind::Io(source) => OutputError::Io { operation: "write", path, source },
            _ => OutputError::Csv { path, message },
        }
    }
}
