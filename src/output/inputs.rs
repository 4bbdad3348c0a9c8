//! Files that a run read: what they are called wherever one stands, and how they are found again.

use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value};

use crate::files;
use crate::scenario::library::{LIBRARY, name_in};

/// What problems and manifests call text that came in by standard input.
const STANDARD_INPUT: &str = "standard input";

/// Names of files for a manifest: their paths below the innermost folder that holds all of them. Whoever gives the same
/// files by other paths, or stands elsewhere, or takes them from the library, gets the same names. Where some lie on disk
/// and some in the library, the latter are called `library:contingency.toml`.
#[must_use]
pub fn names_of(paths: &[&str]) -> Vec<String> {
    let is_of_library = |path: &str| name_in(Path::new(path)).is_some();
    let on_disk: Vec<&str> = paths.iter().copied().filter(|path| !is_of_library(path)).collect();
    if on_disk.is_empty() {
        return below(paths, |path| name_in(Path::new(path)).map(PathBuf::from));
    }
    let mut names = below(&on_disk, real).into_iter();
    let name = |path: &&str| match name_in(Path::new(path)) {
        Some(name) => format!("{LIBRARY}{name}"),
        None => names.next().unwrap_or_default(),
    };
    paths.iter().map(name).collect()
}

/// Paths below the innermost folder that holds all those that have a `place`; the others as they are.
fn below(paths: &[&str], place: impl Fn(&str) -> Option<PathBuf>) -> Vec<String> {
    let real: Vec<Option<PathBuf>> = paths.iter().map(|path| place(path)).collect();
    let mut folders = real.iter().flatten().filter_map(|path| path.parent());
    let first = folders.next().map(Path::to_path_buf).unwrap_or_default();
    let common = folders.fold(first, |common, folder| {
        common
            .components()
            .zip(folder.components())
            .take_while(|(one, other)| one == other)
            .map(|(one, _)| one)
            .collect()
    });
    let name = |(path, real): (&&str, &Option<PathBuf>)| match real {
        Some(real) => slashed(real.strip_prefix(&common).unwrap_or(real)),
        None => (*path).to_owned(),
    };
    paths.iter().zip(&real).map(name).collect()
}

/// Where files lie, by the names that [`names_of`] gives them.
#[must_use]
pub fn places_of(paths: &[&str]) -> Map<String, Value> {
    let place = |path: &&str| real(path).map_or(Value::Null, |real| real.to_string_lossy().as_ref().into());
    names_of(paths).into_iter().zip(paths.iter().map(place)).collect()
}

/// The whole path of a file. The folder is followed through its links; the file keeps the name that it was given by.
fn real(path: &str) -> Option<PathBuf> {
    if path == STANDARD_INPUT || name_in(Path::new(path)).is_some() {
        return None;
    }
    let path = Path::new(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().or_else(|_| std::path::absolute(folder)).ok()?;
    Some(folder.join(path.file_name()?))
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// What became of a file that a run read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    /// Here it is, to the byte.
    Here(PathBuf),
    /// Here is a file of its name, with other bytes.
    Changed(PathBuf),
    /// Nowhere; this is what it was called.
    Gone(String),
}

/// Looks for the list of friendships that a canonical text names: where it was, or from where one stands; and compares
/// it with its hash. `None` where the text names none.
///
/// - `inputs`: names of the files that were read, and their hashes
/// - `places`: where they lay then
#[must_use]
pub fn graph_again(text: &str, inputs: &Value, places: &Value) -> Option<Again> {
    let line = text.lines().find(|line| line.starts_with("edges = "))?;
    let written = Path::new(line.split('"').nth(1)?);
    // How the text's own path leads up depends on the folder of the scenario, which nobody knows any more.
    let down: PathBuf = written.components().filter(|part| matches!(part, Component::Normal(_))).collect();
    let known = inputs.as_object();
    let fits = |name: &str| Path::new(name).ends_with(&down) || down.ends_with(name);
    let found = known.into_iter().flatten().filter(|(name, _)| fits(name)).max_by_key(|(name, _)| name.len());
    let Some((name, hash)) = found else { return Some(Again::Gone(written.display().to_string())) };
    let mut changed = None;
    for place in [places[name].as_str(), Some(name.as_str())].into_iter().flatten().map(PathBuf::from) {
        let Ok(bytes) = files::bytes(&place, files::MOST_EDGES) else { continue };
        if *hash == blake3::hash(&bytes).to_hex().as_str() {
            return Some(Again::Here(place));
        }
        changed = changed.or(Some(place));
    }
    Some(changed.map_or_else(|| Again::Gone(name.clone()), Again::Changed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_depend_on_where_files_lie_to_each_other_and_on_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name).display().to_string();
        std::fs::create_dir_all(at("a/b")).unwrap();
        let names = |paths: &[String]| names_of(&paths.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(names(&[at("a/b/x.toml"), at("a/y.toml")]), ["b/x.toml", "y.toml"]);
        assert_eq!(names(&[at("a/b/../b/x.toml"), at("a/b/../y.toml")]), ["b/x.toml", "y.toml"]);
        assert_eq!(names(&[at("a/b/x.toml")]), ["x.toml"]);
        assert_eq!(names(&["standard input".to_owned(), at("a/y.toml")]), ["standard input", "y.toml"]);
        let library = ["library:base.toml".to_owned(), "library:studies/healing.toml".to_owned()];
        assert_eq!(names(&library), ["base.toml", "studies/healing.toml"], "as from a folder of them");
        let mine = [at("a/b/x.toml"), "library:base.toml".to_owned()];
        assert_eq!(names(&mine), ["x.toml", "library:base.toml"]);
    }

    #[test]
    fn a_list_is_found_by_path_and_hash_and_a_changed_one_is_told_from_one_that_is_gone() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("ring.csv");
        std::fs::write(&file, "0,1\n").unwrap();
        let hash = blake3::hash(b"0,1\n").to_hex().to_string();
        let inputs = serde_json::json!({ "nets/ring.csv": hash, "x.toml": "" });
        let places = serde_json::json!({ "nets/ring.csv": file });
        let again = |text: &str| graph_again(text, &inputs, &places);
        let text = "[friends]\nedges = \"../nets/ring.csv\"\n";
        assert_eq!(again("title = \"none\""), None);
        assert_eq!(again(text), Some(Again::Here(file.clone())));
        std::fs::write(&file, "0,2\n").unwrap();
        assert_eq!(again(text), Some(Again::Changed(file.clone())));
        std::fs::remove_file(&file).unwrap();
        assert_eq!(again(text), Some(Again::Gone("nets/ring.csv".to_owned())));
        assert_eq!(again("edges = \"other.csv\""), Some(Again::Gone("other.csv".to_owned())));
    }
}
