//! Sweeps through the program: stopped, killed, shared out, corrupted, and always the same bytes in the end.

mod commands;
mod contrasts;
mod interrupted;
mod looks;
mod map;
mod rest;
mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::program::{Said, files, wait_until};

const MARKET: &str = "title = \"Small\"
[run]
weeks = 60
burn_in = 20
spells_sample = 0
[workers]
count = 300
[decision_makers]
count = 40
[introducers]
count = 20
ties = 8
[sellers]
entry = \"closed\"
share = \"20%\"
[contract]
upfront = \"$50\"
";

/// Two labour markets, two screens, two prices, three replications: 24 points.
const STUDY: &str = "title = \"Small study\"
scenario = \"market.toml\"
design = \"grid\"
replications = 3
[[knobs]]
path = \"screening.stages\"
values = [[], [{ hours = \"0.5h\", accept_above = 0.0 }]]
[[knobs]]
path = \"contract.upfront\"
values = [\"$20\", \"$100\"]
[[knobs]]
path = \"search.applications_unemployed\"
values = [1.0, 2.0]
";

/// Files of a finished sweep, beside its provenance.
const WHOLE: [&str; 8] = [
    "cells.csv",
    "charts/size-map.csv",
    "charts/size-map.png",
    "charts/size-map.svg",
    "columns.csv",
    "library.csv",
    "manifest.json",
    "map.csv",
];

/// A folder with a market and a study, and the program in it.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self::with(STUDY)
    }

    fn with(study: &str) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("market.toml", MARKET);
        place.write("study.toml", study);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
        command
            .current_dir(self.0.path())
            .env_remove("COLUMNS")
            .env("INTROSIM_PLANT_FAILURE", "workers.resume_precision=0.0123")
            .args(words);
        command
    }

    fn spawn(&self, words: &[&str]) -> Child {
        self.command(words).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Runs the program and expects its code.
    fn run(&self, code: i32, words: &[&str]) -> Said {
        Said::of(self.command(words).output().unwrap()).expect(code, &words.join(" "))
    }

    /// Final files of a folder, provenance left out, as it tells of machines and moments.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.path(folder))
    }

    /// The files of an uninterrupted sweep on one thread.
    fn whole(&self) -> BTreeMap<String, Vec<u8>> {
        self.run(0, &["sweep", "study.toml", "-q", "--out", "whole", "--threads", "1"]);
        let files = self.files("whole");
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(names, WHOLE);
        files
    }

    /// Sidecars in a folder of blocks.
    fn sidecars(&self, folder: &str) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.path(folder).join(".blocks")) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        let is_sidecar = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            name.contains("-of-") && name.ends_with(".json") && !name.starts_with('.')
        };
        paths.retain(is_sidecar);
        paths.sort();
        paths
    }
}

fn table(path: &Path) -> introsim::output::RawTable {
    introsim::output::read_table(path).unwrap()
}
