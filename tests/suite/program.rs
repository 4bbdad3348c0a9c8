//! What tests of the program share: what it said, the files that it left, and waiting for it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;
use std::time::{Duration, Instant};

/// What the program said.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// That it ended with a code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32, what: &str) -> Self {
        assert_eq!(self.code, Some(code), "{what}\n{}\n{}", self.out, self.err);
        self
    }

    /// That all of these are in its output.
    #[track_caller]
    pub(crate) fn prints(&self, pieces: &[&str]) -> &Self {
        for piece in pieces {
            assert!(self.out.contains(piece), "{piece:?} is not printed but\n{}\n{}", self.out, self.err);
        }
        self
    }

    /// That it said all of these, beside its output.
    #[track_caller]
    pub(crate) fn says(&self, pieces: &[&str]) -> &Self {
        for piece in pieces {
            assert!(self.err.contains(piece), "{piece:?} is not said but\n{}\n{}", self.err, self.out);
        }
        self
    }
}

/// All files of a folder, hidden ones too, and their bytes; provenance left out, as it tells of machines and moments.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if !name.ends_with("provenance.json") {
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Names of files that are not in both, or differ.
pub(crate) fn differences(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    names.into_iter().filter(|name| one.get(*name) != other.get(*name)).cloned().collect()
}

/// Waits until something holds, for at most two minutes.
pub(crate) fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed().as_secs() < 120, "waited two minutes for {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}
