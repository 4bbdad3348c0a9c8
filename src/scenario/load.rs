//! Follows `extends` from a file to its base, and reads the whole chain at once.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::files;
use crate::scenario::Scenario;
use crate::scenario::at::At;
use crate::scenario::kinds;
use crate::scenario::library;
use crate::scenario::problem::{Found, Problem, Problems, Source};
use crate::scenario::read::{Reader, is_one_line};
use crate::scenario::suggest::{NAMES, is_unknown_name, nearest_path, or_names};
use crate::scenario::types::SourceFile;

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
    let name = name_of(path);
    if !is_one_line(&name) {
        let title = format!("`{}` cannot be the name of a scenario", name.escape_debug());
        reader
            .problems
            .push(Problem::new(title).help("rename the file: tables and charts need a name in one line"));
    }
    let files = read_chain(path, &mut reader.problems);
    // What is no scenario has none of its faults.
    if let Some(problem) = files.iter().find_map(ChainFile::not_a_scenario) {
        return Err(problem.into());
    }
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
    reader.problems.check()?;
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
    reader.problems.check()?;
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

    /// That this is another kind of file, and which command takes it.
    fn not_a_scenario(&self) -> Option<Problem> {
        let (table, _) = DeTable::parse_recoverable(&self.source.text);
        let (kind, command) = kinds::not_a_scenario(table.get_ref())?;
        let problem = Problem::new(format!("{} is {kind}, not a scenario", self.source.name));
        Some(problem.help(format!("it is for `{command}`")))
    }

    /// The file that this one extends, with the place that says so.
    fn extends(&self, problems: &mut Found) -> Option<(String, Range<usize>)> {
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
        let of_others = std::mem::take(&mut reader.problems);
        let at = At { source: &self.source, folder: &self.folder };
        let sets = reader.file(&at, table.get_ref());
        let found = std::mem::replace(&mut reader.problems, of_others);
        reader.problems.append(with_syntax(&self.source, &errors, found));
        sets
    }
}

/// What was found in a file, with the errors of its syntax: the file's own lines first, in order; then those of a file
/// that it names.
pub(crate) fn with_syntax(source: &Arc<Source>, errors: &[toml::de::Error], mut found: Found) -> Found {
    if !errors.is_empty() {
        // What follows from a broken line would only distract from it.
        let line = |error: &toml::de::Error| {
            Problem::at(source, error.span().unwrap_or(0..0), "").line().unwrap_or(1)
        };
        let broken: BTreeSet<usize> = errors.iter().map(line).collect();
        let follows = |problem: &Problem| {
            problem.start() == 0 || problem.line().is_some_and(|line| broken.contains(&line))
        };
        found.list().retain(|problem| !follows(problem));
        let mut all = Found::default();
        errors.iter().for_each(|error| all.add(|| syntax(source, error)));
        all.append(found);
        found = all;
    }
    found.sort(source);
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
fn read_chain(path: &Path, problems: &mut Found) -> Vec<ChainFile> {
    let mut files: Vec<ChainFile> = Vec::new();
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut next = Some((path.to_path_buf(), None));
    while let Some((path, named_at)) = next.take() {
        let problem = |title: String, label: String| match (files.last(), &named_at) {
            (Some(file), Some(span)) => Problem::at(&file.source, Range::clone(span), title).label(label),
            _ => Problem::new(format!("{title}: {label}")),
        };
        let with_near = |problem: Problem| match nearest_path(&path).filter(|_| !library::exists(&path)) {
            Some(near) => problem.help(format!("did you mean `{}`?", library::shown(&near))),
            // As `extends` only files are named.
            None if files.is_empty() && path.is_dir() => problem.help(for_folder(&path, "scenario files")),
            None if is_unknown_name(&path) => problem.help(NAMES),
            None => problem,
        };
        let real = path.canonicalize().unwrap_or_else(|_| library::shown(&path).into());
        if seen.contains(&real) {
            problems.push(problem(
                "`extends` runs in a circle".to_owned(),
                "this file is being read already".to_owned(),
            ));
            break;
        }
        seen.push(real);
        // A file never means the standard input; only a command line does.
        let (text, name) = match files.is_empty() {
            true => (read_text(&path), shown(&path)),
            false => (read_file(&path), library::shown(&path)),
        };
        match text {
            Ok(text) => {
                let file = ChainFile::new(name, text, library::folder_of(&path));
                let extended =
                    |(written, span): (String, _)| (library::from(&file.folder, &written), Some(span));
                next = file.extends(problems).map(extended);
                files.push(file);
            }
            Err(why) => problems.push(with_near(problem(format!("cannot read {name}"), why))),
        }
    }
    files
}

/// What is in a folder that is given for a file, and what takes it.
///
/// - `wanted`: "scenario files"
fn for_folder(path: &Path, wanted: &str) -> String {
    let folder = crate::foreign::shell_path(path);
    let manifest = std::fs::read(path.join("manifest.json")).ok();
    let manifest =
        manifest.map(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).unwrap_or_default());
    let what = match manifest {
        Some(manifest) if manifest["parts"].is_array() || manifest["parts"].is_object() => {
            let page = crate::foreign::shell_path(&path.join("report.html"));
            format!(
                "this folder holds a study: its report is {page}, and `introsim chart {folder}` draws it again"
            )
        }
        Some(manifest) if manifest["plan"]["kind"] == "sweep" => {
            format!(
                "this folder holds a sweep: `introsim chart {folder}` and `introsim verify {folder}` take it"
            )
        }
        Some(_) => {
            format!("`introsim explain {folder}` and `introsim chart {folder}` take the folder of a run")
        }
        None if path.join(BEGUN).is_dir() => {
            "this folder holds unfinished work: --resume of the command that began it goes on with it"
                .to_owned()
        }
        None => match files_in(path).as_slice() {
            [] => format!("`introsim list {folder}` shows those of a folder"),
            [one] => format!("this folder holds {one}; `introsim list {folder}` shows what it is"),
            [one, ..] => format!("this folder holds {one} and others; `introsim list {folder}` shows them"),
        },
    };
    format!("{wanted} are taken here; {what}")
}

/// Where long work keeps what it has finished until all of it is.
const BEGUN: &str = ".blocks";

/// Names of the scenario and experiment files of a folder.
fn files_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(1_000);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| name.ends_with(".toml"));
    names.sort();
    names
}

/// The text of an experiment or a study of the command line.
///
/// # Errors
/// Why there is none, with the name that may have been meant; of a folder what is in it, and what takes it.
pub(crate) fn read_experiment(path: &Path) -> Result<String, Problem> {
    read_text(path).map_err(|why| {
        let is_folder = path.is_dir() && !files::is_standard_input(path);
        let near = if is_folder { String::new() } else { or_names(path) };
        let problem = Problem::new(format!("cannot read {}: {why}{near}", shown(path)));
        if is_folder { problem.help(for_folder(path, "files of experiments and studies")) } else { problem }
    })
}

/// What a file of the command line is called in tables: its name without the ending.
pub(crate) fn name_of(path: &Path) -> String {
    if files::is_standard_input(path) {
        return "stdin".to_owned();
    }
    let of_library = library::name_in(path).map(PathBuf::from);
    let path = of_library.as_deref().unwrap_or(path);
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// What problems call a file of the command line.
pub(crate) fn shown(path: &Path) -> String {
    if files::is_standard_input(path) { "standard input".to_owned() } else { library::shown(path) }
}

/// The text of a file of the command line, `-` being standard input; or why there is none.
pub(crate) fn read_text(path: &Path) -> Result<String, String> {
    if files::is_standard_input(path) {
        return files::standard_input().map_err(|error| files::why(&error));
    }
    read_file(path)
}

/// The text of a file that another file names, or why there is none.
pub(crate) fn read_file(path: &Path) -> Result<String, String> {
    let on_disk = || files::text(path, files::MOST_TEXT).map_err(|error| files::why(&error));
    library::text(path).unwrap_or_else(on_disk)
}
