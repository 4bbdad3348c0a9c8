//! The folder that a run writes to: made, guarded against overwriting, and filled.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value};

use super::columns::DICTIONARY;
use super::manifest::outputs_of;
use super::table::check_row;
use super::whole::Draft;
use super::{Cell, Column, Manifest, OutputError, Provenance, Table, write_whole};

/// An output folder, open for writing.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    written: Vec<(String, Vec<Column>)>,
    /// Names of files that lay here before and that nobody has claimed since.
    foreign: BTreeSet<String>,
}

impl Folder {
    /// Makes a folder, or takes an empty one.
    ///
    /// With `force` a folder of an earlier run is taken too: the files that its manifest lists, the manifest and the
    /// provenance are removed; whatever else lies there stays and is never listed as ours.
    ///
    /// # Errors
    /// [`OutputError::NotEmpty`] without `force`, [`OutputError::Foreign`] if no run was there; both before anything
    /// is touched. Also if no file can be made there, so that no long run ends at a closed door.
    pub fn create(path: &Path, force: bool) -> Result<Self, OutputError> {
        if path.exists() && !is_empty(path)? {
            if !force {
                return Err(OutputError::NotEmpty { path: path.to_path_buf() });
            }
            let Some(outputs) = Manifest::listed_outputs(&path.join(MANIFEST)) else {
                return Err(OutputError::Foreign { path: path.to_path_buf() });
            };
            // Its parts would be left behind without the account that binds them.
            if Manifest::read(path)?.is_some_and(|manifest| super::study::is_study(&manifest)) {
                return Err(OutputError::HoldsStudy { path: path.to_path_buf() });
            }
            Draft::new(&path.join(MANIFEST))?;
            clear_earlier_run(path, outputs)?;
        }
        fs::create_dir_all(path).map_err(OutputError::io("create", path))?;
        Draft::new(&path.join(MANIFEST))?;
        Self::open(path)
    }

    /// Opens a folder that exists, as it is, to add to it or go on with it.
    ///
    /// # Errors
    /// If it is not a folder or cannot be read.
    pub fn open(path: &Path) -> Result<Self, OutputError> {
        fs::read_dir(path).map_err(OutputError::io("open", path))?;
        Ok(Self {
            path: path.to_path_buf(),
            written: Vec::new(),
            foreign: outputs_of(path)?.into_keys().collect(),
        })
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
        writer.finish()
    }

    /// Starts a table whose rows come one by one; it appears under its name only when finished.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn start(&mut self, name: &str, columns: &[Column]) -> Result<TableWriter, OutputError> {
        let writer = TableWriter::create(&self.path.join(format!("{name}.csv")), name, columns)?;
        self.foreign.remove(&format!("{name}.csv"));
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
        tables.retain(|(name, _)| name != DICTIONARY_NAME);
        tables.extend(more.iter().map(|(name, columns)| (name.clone(), columns.to_vec())));
        tables.push((DICTIONARY_NAME.to_owned(), DICTIONARY.to_vec()));
        tables.sort_by(|a, b| a.0.cmp(&b.0));
        let mut dictionary = Table::new(DICTIONARY_NAME, DICTIONARY);
        for (name, columns) in &tables {
            for column in columns {
                let texts = [name.as_str(), column.name, column.unit, column.meaning];
                dictionary.push(texts.into_iter().map(Cell::from).collect());
            }
        }
        self.write(&dictionary)
    }

    /// Counts files that others wrote into the folder, such as charts, among those of this run even if files of these
    /// names lay there before.
    pub fn claim<'a>(&mut self, files: impl IntoIterator<Item = &'a Path>) {
        for file in files {
            let inside = file.strip_prefix(&self.path).unwrap_or(file);
            self.foreign.remove(&inside.to_string_lossy().replace('\\', "/"));
        }
    }

    /// Writes `manifest.json` with the hash of every output file that is in the folder now, those left out that lay
    /// there before; call it last.
    ///
    /// # Errors
    /// If a file cannot be read or written.
    pub fn write_manifest(&self, manifest: &Manifest) -> Result<(), OutputError> {
        self.write_manifest_with(manifest, Map::new())
    }

    /// The same, with `more` beside what every manifest says, or instead of it.
    ///
    /// # Errors
    /// If a file cannot be read or written.
    pub fn write_manifest_with(
        &self,
        manifest: &Manifest,
        more: Map<String, Value>,
    ) -> Result<(), OutputError> {
        write_whole(&self.path.join(MANIFEST), manifest.text(&self.path, &self.foreign, more)?.as_bytes())
    }

    /// Writes `provenance.json`, which no manifest covers.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write_provenance(&self, provenance: &Provenance) -> Result<(), OutputError> {
        write_whole(&self.path.join(PROVENANCE), provenance.text().as_bytes())
    }
}

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const PROVENANCE: &str = "provenance.json";
const DICTIONARY_NAME: &str = "columns";

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

    /// Syncs the file and puts it in its place.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn finish(self) -> Result<(), OutputError> {
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

fn is_empty(path: &Path) -> Result<bool, OutputError> {
    let mut entries = fs::read_dir(path).map_err(OutputError::io("open", path))?;
    Ok(entries.next().is_none())
}

/// Removes what an earlier run wrote, and nothing else: only plain names inside the folder, as its manifest lists them.
fn clear_earlier_run(path: &Path, outputs: Vec<PathBuf>) -> Result<(), OutputError> {
    let mut ours = outputs;
    ours.retain(|file| file.components().all(|part| matches!(part, Component::Normal(_))));
    // The manifest goes last: as long as it is there, what is left can be removed another time.
    ours.extend([PROVENANCE, MANIFEST].map(PathBuf::from));
    for file in ours {
        let file = path.join(file);
        if file.is_file() {
            fs::remove_file(&file).map_err(OutputError::io("remove", &file))?;
        }
    }
    Ok(())
}
