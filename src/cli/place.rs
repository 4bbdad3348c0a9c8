//! Which file a word of the command line means: one here, or one of the library that is part of the program.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::builder::{PathBufValueParser, TypedValueParser};

use crate::files;
use crate::scenario::library::{self, LIMITS, STUDIES};
use crate::scenario::shown;

/// Reads the word for a scenario: `contingency`, `library:contingency`, `mine.toml`, `-`.
pub(super) fn scenario() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(|path| meant(path, &["", STUDIES, LIMITS]))
}

/// Reads the word for an experiment or a study: `healing`, `mine.toml`.
pub(super) fn experiment() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(|path| meant(path, &[STUDIES, "", LIMITS]))
}

/// Reads the word for a limit, or for a scenario to be set beside the facts: `networks`, `contingency`.
pub(super) fn limit() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(|path| meant(path, &[LIMITS, "", STUDIES]))
}

/// Where scenarios of one's own are looked for, below the folder that one is in.
pub(super) const FOLDER: &str = "scenarios";

/// The file that a path means. A bare name needs no ending, and is looked for here, in `scenarios`, and in the library.
///
/// - `folders`: of the library, in the order in which a bare name is looked for in them
fn meant(path: PathBuf, folders: &[&str]) -> PathBuf {
    if let Some(path) = library::meant(&path, folders) {
        return path;
    }
    if files::is_standard_input(&path) || is_here(&path) {
        return path;
    }
    let Some(name) = bare(&path) else { return path };
    // Whoever writes the ending means a file; it is not looked for where he did not say.
    if name.ends_with(".toml") {
        return path;
    }
    let with_ending = PathBuf::from(format!("{name}.toml"));
    if is_here(&with_ending) {
        return with_ending;
    }
    let own = folders.iter().map(|folder| Path::new(FOLDER).join(folder).join(&with_ending));
    let found = own.into_iter().find(|path| is_here(path)).or_else(|| library::find(name, folders));
    found.or_else(|| called(name)).unwrap_or(path)
}

/// The scenario that charts call so: one here or in `scenarios`, else of the library.
fn called(short: &str) -> Option<PathBuf> {
    let of_library =
        || library::shorts().find(|(known, _)| *known == short).map(|(_, file)| library::path(file));
    ["", FOLDER].into_iter().find_map(|folder| called_in(Path::new(folder), short)).or_else(of_library)
}

fn called_in(folder: &Path, short: &str) -> Option<PathBuf> {
    const MOST: usize = 1_000;
    let there = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let names =
        std::fs::read_dir(there).ok()?.flatten().take(MOST).map(|entry| folder.join(entry.file_name()));
    let is_file = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "toml") && is_here(path);
    let mut files: Vec<PathBuf> = names.filter(is_file).collect();
    files.sort();
    files.into_iter().find(|path| {
        files::text(path, files::MOST_TEXT).is_ok_and(|text| library::short_in(&text) == Some(short))
    })
}

/// The file of a limit, or of a scenario that is set beside the facts.
pub(super) fn of_validate(name: &str) -> PathBuf {
    meant(PathBuf::from(name), &[LIMITS, ""])
}

fn is_here(path: &Path) -> bool {
    path.exists() && !path.is_dir()
}

/// A path that is a name and no more.
fn bare(path: &Path) -> Option<&str> {
    (path.file_name().map(OsStr::len) == Some(path.as_os_str().len())).then(|| path.to_str())?
}

/// Says where files were found, where that may surprise: in the library, or here though the library has another one of
/// that name.
pub(super) fn say_where<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) {
    let (mut of_library, mut here) = (Vec::new(), Vec::new());
    for path in paths {
        if let Some(name) = library::name_in(path) {
            // One that is not there is told by whoever reads it.
            let is_there = library::files().any(|(file, _)| file == name);
            of_library.extend(is_there.then(|| shown(path)));
        } else if differs(path) {
            here.push(shown(path));
        }
    }
    if !of_library.is_empty() {
        super::say(&format!("from the library: {}", names(&of_library)));
    }
    if !here.is_empty() {
        super::say(&format!("changed against the library: {}", here.join(", ")));
    }
}

/// How a file is named on the command line, ready to be copied.
pub(super) fn typed(path: &Path) -> String {
    let Some(name) = library::name_in(path) else { return crate::foreign::shell_path(path) };
    let stem = name.trim_end_matches(".toml");
    stem.strip_prefix(STUDIES).map_or(stem, |stem| stem.trim_start_matches('/')).to_owned()
}

/// Names for a line; of many the first.
fn names(all: &[String]) -> String {
    const MOST: usize = 3;
    let name =
        |shown: &String| shown.trim_start_matches(library::LIBRARY).trim_end_matches(".toml").to_owned();
    let first: Vec<String> = all.iter().take(MOST).map(name).collect();
    match all.len().saturating_sub(MOST) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// Whether a file here hides another one of the library that is called the same.
fn differs(path: &Path) -> bool {
    let found = match path.strip_prefix(FOLDER) {
        Ok(below) => below.to_str().map(library::path),
        Err(_) => bare(path).and_then(|name| library::find(name, &["", STUDIES, LIMITS])),
    };
    let name = found.as_deref().and_then(library::name_in);
    let text = name.and_then(|name| library::files().find(|(file, _)| *file == name)).map(|(_, text)| text);
    text.is_some_and(|text| files::text(path, files::MOST_TEXT).is_ok_and(|here| here != text))
}
