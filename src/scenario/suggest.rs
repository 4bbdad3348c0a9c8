//! The nearest right spelling.

use std::path::{Path, PathBuf};

use super::library;

/// The candidate most like `word`, if one is like enough to be meant.
pub(crate) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: String = word.chars().take(64).flat_map(char::to_lowercase).collect();
    candidates
        .map(|candidate| (strsim::jaro_winkler(&word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|one, other| one.0.total_cmp(&other.0).then_with(|| other.1.cmp(one.1)))
        .map(|(_, candidate)| candidate)
}

/// Names in a folder that are looked at for the one that was meant.
const MOST_NAMES: usize = 10_000;

/// The path beside one that is not there whose name is most like it; for one of the library, and for a bare name that is
/// like none here, that of the library.
pub(crate) fn nearest_path(path: &Path) -> Option<PathBuf> {
    if let Some(name) = library::name_in(path) {
        return nearest(&name, library::files().map(|(file, _)| file)).map(library::path);
    }
    let name = path.file_name()?.to_str()?;
    let folder = path.parent()?;
    nearest_on_disk(name, folder).or_else(|| {
        let stem = name.strip_suffix(".toml").unwrap_or(name);
        let folders = ["", library::STUDIES, library::LIMITS];
        let near = nearest(stem, folders.into_iter().flat_map(library::names));
        let found = near.and_then(|near| library::find(near, &folders)).or_else(|| called(stem));
        found.filter(|_| folder.as_os_str().is_empty())
    })
}

/// The scenario of the library whose short name is most like a word.
fn called(word: &str) -> Option<PathBuf> {
    let near = nearest(word, library::shorts().map(|(short, _)| short))?;
    library::shorts().find(|(short, _)| *short == near).map(|(_, file)| library::path(file))
}

fn nearest_on_disk(name: &str, folder: &Path) -> Option<PathBuf> {
    let there = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(there).ok()?.flatten().take(MOST_NAMES);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    let near = nearest(name, names.iter().map(String::as_str))?;
    Some(folder.join(near))
}

/// "; did you mean `scenarios/contingency.toml`?", where there is such a file and none of the path given.
pub(crate) fn or_nearest(path: &Path) -> String {
    if library::exists(path) {
        return String::new();
    }
    let hint = |near: PathBuf| format!("; did you mean `{}`?", library::shown(&near));
    nearest_path(path).map_or_else(String::new, hint)
}

/// As [`or_nearest`], of a file that may be one of the library: where no name is like a bare word, which there are.
pub(crate) fn or_names(path: &Path) -> String {
    let hint = or_nearest(path);
    if hint.is_empty() && is_unknown_name(path) { format!("; {NAMES}") } else { hint }
}

/// Whether a word is no path, and the name of nothing.
pub(crate) fn is_unknown_name(path: &Path) -> bool {
    let is_bare = path.parent().is_none_or(|folder| folder.as_os_str().is_empty());
    is_bare && path.extension().is_none() && !library::exists(path)
}

/// Where names are looked up.
pub(crate) const NAMES: &str = "`introsim library` lists the names that there are";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_finds_the_one_beside_it_that_was_meant() {
        let place = tempfile::tempdir().unwrap();
        for name in ["contingency.toml", "organic.toml"] {
            std::fs::write(place.path().join(name), "").unwrap();
        }
        let near = |name: &str| nearest_path(&place.path().join(name));
        assert_eq!(near("contingncy.toml"), Some(place.path().join("contingency.toml")));
        assert_eq!(near("zzz"), None);
        assert_eq!(nearest_path(&place.path().join("none/contingncy.toml")), None);
        assert_eq!(or_nearest(&place.path().join("organic.toml")), "", "it is there");
    }

    #[test]
    fn a_slip_of_the_finger_finds_the_word_and_nonsense_finds_nothing() {
        let words = ["share_of_salary", "success_fee", "upfront"];
        assert_eq!(nearest("share_of_salery", words.into_iter()), Some("share_of_salary"));
        assert_eq!(nearest("UpFront", words.into_iter()), Some("upfront"));
        assert_eq!(nearest("zzz", words.into_iter()), None);
    }
}
