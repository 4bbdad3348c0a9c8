//! The scenarios, studies and limits that are part of the program: they are read wherever it stands.
//!
//! A path that begins with `library:` means one of them, as `library:contingency` or `library:studies/healing`. Inside
//! the program it is written `library:/contingency.toml`, so that a file of the library finds those that it names as one on
//! disk does, relative to its own folder.

use std::path::{Component, Path, PathBuf};

include!(concat!(env!("OUT_DIR"), "/library.rs"));

/// What the path of a file of the library begins with.
pub const LIBRARY: &str = "library:";

/// The folder of what is run by `sweep`, `flip`, `study` and their like.
pub const STUDIES: &str = "studies";
/// The folder of the limits in which the answer is known.
pub const LIMITS: &str = "validation";

/// The study that is run where none is named: whether one can buy introductions.
pub const THE_QUESTION: &str = "can-you-buy-introductions";

const ENDING: &str = ".toml";
/// The way up, which no name in the library has.
const UP: &str = "..";

/// Names and texts of all files, in the order of their names: `contingency.toml`, `studies/healing.toml`.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

/// The path of the file of a name.
#[must_use]
pub fn path(name: &str) -> PathBuf {
    // One that leads out stays as it was written, and is refused where it is read.
    if leads_out(name) { PathBuf::from(format!("{LIBRARY}{name}")) } else { Path::new(LIBRARY).join(name) }
}

fn leads_out(name: &str) -> bool {
    name.split('/').any(|part| part == UP)
}

/// The name of a file of the library that a path means, with its ending; `None` if the path means none.
#[must_use]
pub fn name_in(path: &Path) -> Option<String> {
    let written = path.to_str()?.strip_prefix(LIBRARY)?;
    // What the program has joined begins with a stroke; what somebody has written goes down from the top alone.
    let is_joined = written.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in Path::new(written.trim_start_matches('/')).components() {
        match part {
            Component::Normal(name) => parts.push(name.to_str()?),
            Component::ParentDir if is_joined => drop(parts.pop()),
            Component::ParentDir => parts.push(UP),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    let name = parts.join("/");
    let is_whole = name.is_empty() || name.ends_with(ENDING) || name.ends_with(UP);
    Some(if is_whole { name } else { name + ENDING })
}

/// The text of the file that a path means: `None` if it means none of the library, and what is wrong if there is no such file.
pub(crate) fn text(path: &Path) -> Option<Result<String, String>> {
    let name = name_in(path)?;
    let missing = || {
        if leads_out(&name) {
            format!(
                "names in the library go down from its top, as {LIBRARY}{STUDIES}/healing: `{UP}` leads out of it"
            )
        } else {
            "the library has no such file".to_owned()
        }
    };
    Some(FILES.iter().find(|(file, _)| *file == name).map(|(_, text)| (*text).to_owned()).ok_or_else(missing))
}

/// Whether there is a file: on disk, or in the library where the path means one of it.
pub(crate) fn exists(path: &Path) -> bool {
    text(path).map_or_else(|| path.exists(), |text| text.is_ok())
}

/// The path of a file that another one names, relative to its folder or in the library.
pub(crate) fn from(folder: &Path, written: &str) -> PathBuf {
    let path = Path::new(written);
    name_in(path).map_or_else(|| folder.join(path), |name| self::path(&name))
}

/// The path of a file of the library that a word with the library's mark means: of a bare name the first in these folders, as
/// on the command line; `None` without the mark.
///
/// - `folders`: where a bare name is looked for, in this order
pub(crate) fn meant(written: &Path, folders: &[&str]) -> Option<PathBuf> {
    let name = name_in(written)?;
    let bare = find(&name, folders).filter(|_| !name.contains('/'));
    Some(bare.unwrap_or_else(|| path(&name)))
}

/// The folder that the paths in a file are relative to.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    let file = name_in(path).map_or_else(|| path.to_path_buf(), |name| self::path(&name));
    file.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// A path as it is shown: `library:contingency.toml`.
pub(crate) fn shown(path: &Path) -> String {
    name_in(path).map_or_else(|| path.display().to_string(), |name| format!("{LIBRARY}{name}"))
}

/// The path of the file that a bare name means, `contingency` or `contingency.toml`.
///
/// - `folders`: where it is looked for, in this order; the scenarios themselves lie in ""
#[must_use]
pub fn find(name: &str, folders: &[&str]) -> Option<PathBuf> {
    let stem = name.strip_suffix(ENDING).unwrap_or(name);
    let place = |folder: &&str| match *folder {
        "" => format!("{stem}{ENDING}"),
        folder => format!("{folder}/{stem}{ENDING}"),
    };
    let places = folders.iter().map(place);
    let mut found = places.filter(|place| FILES.iter().any(|(file, _)| file == place));
    found.next().map(|place| path(&place))
}

/// What charts call a scenario, by the line `short` of its file, before any section.
#[must_use]
pub fn short_in(text: &str) -> Option<&str> {
    let mut lines = text.lines().take_while(|line| !line.starts_with('['));
    let value = lines.find_map(|line| line.strip_prefix("short")?.trim_start().strip_prefix('='))?;
    let (short, _) = value.trim().strip_prefix('"')?.split_once('"')?;
    (!short.is_empty()).then_some(short)
}

/// Short names of the scenarios of the library, with their files.
pub fn shorts() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().filter_map(|(file, text)| Some((short_in(text)?, *file)))
}

/// Names without ending of the files of a folder.
pub fn names(folder: &str) -> impl Iterator<Item = &'static str> {
    FILES.iter().filter_map(move |(file, _)| {
        let (place, name) = file.rsplit_once('/').unwrap_or(("", file));
        (place == folder).then(|| name.strip_suffix(ENDING).unwrap_or(name))
    })
}

/// Paths of the files of a folder; none for one that is not there.
#[must_use]
pub fn paths(folder: &str) -> Vec<PathBuf> {
    let place = path(folder);
    names(folder).map(|name| place.join(format!("{name}{ENDING}"))).collect()
}

/// The scenario files in the folder of a file, by name, each written as that file is.
#[must_use]
pub fn beside(file: &Path) -> Vec<PathBuf> {
    if let Some(name) = name_in(file) {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        return paths(folder);
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.file_name())).collect();
    files.retain(|file| Path::new(file).extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    files.into_iter().map(|name| file.with_file_name(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_means_the_same_file_however_it_is_written() {
        for written in [
            "library:contingency",
            "library:contingency.toml",
            "library:/contingency.toml",
            "library:/studies/../contingency",
        ] {
            assert_eq!(name_in(Path::new(written)), Some("contingency.toml".to_owned()), "{written}");
        }
        assert_eq!(name_in(Path::new("scenarios/contingency.toml")), None);
        for written in ["library:../contingency", "library:studies/../contingency.toml", "library:.."] {
            let why = text(Path::new(written)).unwrap().unwrap_err();
            assert!(why.contains("go down from its top"), "{written}: {why}");
            let why = text(&meant(Path::new(written), &[""]).unwrap()).unwrap().unwrap_err();
            assert!(why.contains("go down from its top"), "{written}: {why}");
        }
        assert_eq!(shown(Path::new("library:/studies/healing.toml")), "library:studies/healing.toml");
        assert_eq!(from(Path::new("a/b"), "library:base"), path("base.toml"));
        assert_eq!(from(Path::new("a/b"), "../base.toml"), Path::new("a/b/../base.toml"));
        let beside = from(path("studies/healing.toml").parent().unwrap(), "../organic.toml");
        assert_eq!(name_in(&beside), Some("organic.toml".to_owned()));
    }

    #[test]
    fn a_bare_name_is_looked_for_in_the_folders_in_their_order() {
        assert_eq!(find("bombardment", &[STUDIES, LIMITS]), Some(path("studies/bombardment.toml")));
        assert_eq!(find("bombardment", &[LIMITS, STUDIES]), Some(path("validation/bombardment.toml")));
        assert_eq!(find("contingency.toml", &["", STUDIES]), Some(path("contingency.toml")));
        assert_eq!(find("healing", &[""]), None);
    }

    #[test]
    fn beside_a_file_of_the_library_lies_what_lies_beside_it_on_disk() {
        let on_disk = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/studies/healing.toml");
        let names = |files: Vec<PathBuf>| -> Vec<String> {
            files.iter().map(|file| file.file_name().unwrap().to_str().unwrap().to_owned()).collect()
        };
        let inside = beside(Path::new("library:studies/healing.toml"));
        assert!(inside.contains(&path("studies/importance.toml")), "{inside:?}");
        assert_eq!(names(inside), names(beside(&on_disk)));
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/organic.toml");
        assert_eq!(names(beside(&path("organic.toml"))), names(beside(&root)));
    }

    #[test]
    fn the_library_is_what_lies_in_the_folder_of_scenarios() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut there = Vec::new();
        for folder in ["", STUDIES, LIMITS] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|ending| ending == "toml") {
                    let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                    there.push((name, std::fs::read_to_string(&path).unwrap()));
                }
            }
        }
        there.sort();
        let inside: Vec<(String, String)> =
            files().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        assert_eq!(inside, there);
    }
}
