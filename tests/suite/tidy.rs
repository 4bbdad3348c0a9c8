//! Tidy: rules of the source, read off it. Each rule is a function from a text to what it finds wrong, and each is
//! shown a bad text first.

mod layers;
mod words;

use std::path::{Path, PathBuf};

/// A source file.
struct Source {
    /// From the root of the crate, with forward slashes.
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Lines before the file's own tests, numbered from 1.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_tests = self.path.ends_with("tests.rs");
        let end = self
            .text
            .lines()
            .position(|line| line == "#[cfg(test)]")
            .filter(|_| !self.text.contains("mod tests;"));
        let end = if is_tests { 0 } else { end.unwrap_or(usize::MAX) };
        self.text.lines().enumerate().take(end).map(|(i, line)| (i + 1, line))
    }

    /// The same without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().map(|(n, line)| (n, line.split("//").next().unwrap_or_default()))
    }
}

/// All Rust files below a folder, in order of their paths.
fn sources(folder: &str) -> Vec<Source> {
    let mut list: Vec<Source> = files(folder, "rs")
        .iter()
        .map(|path| {
            Source::new(&path.to_string_lossy().replace('\\', "/"), &std::fs::read_to_string(path).unwrap())
        })
        .collect();
    // A build script is in no module: it runs before there is a crate.
    list.retain(|source| source.path != "src/build.rs");
    assert!(!list.is_empty(), "no files in {folder}");
    list
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(folder).to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Fails with all that a rule found in the source, and if it finds nothing in a bad text.
fn keep(rule: fn(&Source) -> Vec<String>, folders: &[&str], bad: &Source, says: &str) {
    let found = rule(bad).join("\n");
    assert!(found.contains(says), "the rule cannot fail: it says {found:?} of a bad text, not {says:?}");
    let broken: Vec<String> =
        folders.iter().flat_map(|folder| sources(folder)).flat_map(|source| rule(&source)).collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}
