//! Follows `extends` from a file to its base, and reads the whole chain at once.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::scenario::Scenario;
use crate::scenario::experiment::STUDY_MARKS;
use crate::scenario::problem::{Problem, Problems, Source};
use crate::scenario::read::{Reader, is_one_line};
use crate::scenario::value::At;

/// A scenario read from a file, and where its numbers came from.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The scenario, checked.
    pub scenario: Scenario,
    /// What it changes: the file that it extends, or the defaults if it extends none.
    pub base: Scenario,
    /// The name of the file without its ending.
    pub name: String,
    /// The files read: the scenario, the one that it extends, and so on.
    pub chain: Vec<SourceFile>,
    /// The file of friendships, where the scenario names one.
    pub graph: Option<SourceFile>,
    /// The keys that `--set` changed, as dotted paths.
    pub overridden: Vec<&'static str>,
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

/// Reads a scenario with the files that it extends.
///
/// # Errors
///
/// All problems of all its files at once.
pub fn load(path: impl AsRef<Path>) -> Result<Loaded, Problems> {
    load_with(path, &[])
}

/// Reads a scenario, then applies settings, each `key=value` as in `contract.share_of_salary=15%`.
///
/// # Errors
///
/// All problems of all its files and of all settings at once.
pub fn load_with(path: impl AsRef<Path>, overrides: &[String]) -> Result<Loaded, Problems> {
    let path = path.as_ref();
    let mut reader = Reader::default();
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if !is_one_line(&name) {
        let title = format!("`{}` cannot be the name of a scenario", name.escape_debug());
        reader
            .problems
            .push(Problem::new(title).help("rename the file: tables and charts need a name in one line"));
    }
    let files = read_chain(path, &mut reader.problems);
    let mut chain = Vec::new();
    let mut base = Scenario::default();
    for file in files.iter().rev() {
        base = reader.scenario.clone();
        let sets = file.lay(&mut reader);
        chain.push(SourceFile {
            path: file.source.name.clone(),
            bytes: file.source.text.clone().into(),
            sets,
        });
    }
    chain.reverse();
    let overridden = reader.overrides(overrides);
    if !files.is_empty() {
        reader.finish();
    }
    let graph = reader.graph();
    Problems::from_list(reader.problems)?;
    Ok(Loaded { scenario: reader.scenario, base, name, chain, graph, overridden })
}

/// Reads a scenario from a text that extends nothing; `name` is what problems call it.
pub(crate) fn parse(name: &str, text: &str) -> Result<Scenario, Problems> {
    let mut reader = Reader::default();
    let file = ChainFile::new(name.to_owned(), text.to_owned(), PathBuf::new());
    if let Some((_, span)) = file.extends(&mut reader.problems) {
        reader.problems.push(Problem::at(&file.source, span, "a text without a folder cannot extend a file"));
    }
    file.lay(&mut reader);
    reader.finish();
    Problems::from_list(reader.problems)?;
    Ok(reader.scenario)
}

/// A file of the chain, opened but not yet understood.
struct ChainFile {
    source: Arc<Source>,
    folder: PathBuf,
}

impl ChainFile {
    fn new(name: String, text: String, folder: PathBuf) -> Self {
        Self { source: Source::new(name, text), folder }
    }

    /// The file that this one extends, with the place that says so.
    fn extends(&self, problems: &mut Vec<Problem>) -> Option<(String, Range<usize>)> {
        let (table, _) = DeTable::parse_recoverable(&self.source.text);
        let value: &Spanned<DeValue<'_>> = table.get_ref().get("extends")?;
        match value.get_ref().as_str() {
            Some(path) if !path.is_empty() => Some((path.to_owned(), value.span())),
            _ => {
                let at = At { source: &self.source, folder: &self.folder };
                problems.push(at.wrong_type("extends", "the path of a scenario file, in quotes", value));
                None
            }
        }
    }

    /// Lays the file over the reader's scenario; gives the keys that it sets.
    fn lay(&self, reader: &mut Reader) -> Vec<&'static str> {
        let text = &self.source.text;
        if text.trim().is_empty() {
            let problem = Problem::new(format!("{} is empty", self.source.name));
            reader
                .problems
                .push(problem.help("a scenario needs at least a title; `introsim new NAME` writes one"));
            return Vec::new();
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        if STUDY_MARKS.iter().any(|part| table.get_ref().contains_key(*part)) {
            let problem = Problem::new(format!("{} is a study, not a scenario", self.source.name));
            reader.problems.push(problem.help("run it with `introsim study`"));
            return Vec::new();
        }
        let before = reader.problems.len();
        let at = At { source: &self.source, folder: &self.folder };
        let sets = reader.file(&at, table.get_ref());
        let found = reader.problems.split_off(before);
        reader.problems.extend(with_syntax(&self.source, &errors, found));
        sets
    }
}

/// What was found in a file, with the errors of its syntax: the file's own lines first, in order; then those of a file
/// that it names.
pub(crate) fn with_syntax(
    source: &Arc<Source>,
    errors: &[toml::de::Error],
    mut found: Vec<Problem>,
) -> Vec<Problem> {
    if !errors.is_empty() {
        // What follows from a broken line would only distract from it.
        let line = |error: &toml::de::Error| {
            Problem::at(source, error.span().unwrap_or(0..0), "").line().unwrap_or(1)
        };
        let broken: Vec<usize> = errors.iter().map(line).collect();
        found.retain(|problem| {
            problem.start() > 0 && !problem.line().is_some_and(|line| broken.contains(&line))
        });
        found.extend(errors.iter().map(|error| syntax(source, error)));
    }
    found.sort_by_key(|problem| (problem.file() != Some(source.name.as_str()), problem.start()));
    found
}

fn syntax(source: &Arc<Source>, error: &toml::de::Error) -> Problem {
    let span = error.span().unwrap_or(0..0);
    let is_empty = source.excerpt(&span).trim().is_empty();
    let (title, label) = match error.message() {
        message if message.starts_with("duplicate key") => ("this key is set twice", "set before"),
        message if message.starts_with("string values must be quoted") && is_empty => {
            ("this is not TOML", "a value is missing here")
        }
        message => ("this is not TOML", message),
    };
    Problem::at(source, span, title).label(label)
}

/// The files from `path` to the one that extends nothing.
fn read_chain(path: &Path, problems: &mut Vec<Problem>) -> Vec<ChainFile> {
    let mut files: Vec<ChainFile> = Vec::new();
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut next = Some((path.to_path_buf(), None));
    while let Some((path, named_at)) = next.take() {
        let problem = |title: String, label: String| match (files.last(), &named_at) {
            (Some(file), Some(span)) => Problem::at(&file.source, Range::clone(span), title).label(label),
            _ => Problem::new(format!("{title}: {label}")),
        };
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        if seen.contains(&real) {
            problems.push(problem(
                "`extends` runs in a circle".to_owned(),
                "this file is being read already".to_owned(),
            ));
            break;
        }
        seen.push(real);
        match read_text(&path) {
            Ok(text) => {
                let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
                let file = ChainFile::new(path.display().to_string(), text, folder);
                next = file.extends(problems).map(|(written, span)| (file.folder.join(written), Some(span)));
                files.push(file);
            }
            Err(why) => problems.push(problem(format!("cannot read {}", path.display()), why)),
        }
    }
    files
}

/// The text of a file, or why there is none.
pub(crate) fn read_text(path: &Path) -> Result<String, String> {
    if path.is_dir() {
        return Err("this is a folder, not a file".to_owned());
    }
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you are not allowed to read it".to_owned(),
        _ => error.to_string(),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("line {line} is not UTF-8 text")
    })
}
