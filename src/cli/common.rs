//! What the commands that simulate have in common: options, scenario files, the output folder, threads.

use std::path::PathBuf;

use anyhow::Context;

use crate::engine::Arm;
use crate::output::Folder;
use crate::scenario::{Idle, Loaded, idle, key, load_with};

/// Options of every command that simulates.
#[derive(Debug, clap::Args)]
pub(super) struct Common {
    /// Replications of each scenario, each with its own luck [default: run.replications]
    #[arg(short = 'n', long, value_name = "N", allow_negative_numbers = true, value_parser = replications)]
    pub(super) replications: Option<u32>,
    /// Seed of all luck [default: run.seed]
    #[arg(short, long, value_name = "S", allow_negative_numbers = true)]
    pub(super) seed: Option<u64>,
    /// Weeks after the opening [default: run.weeks]
    #[arg(short, long, value_name = "W", allow_negative_numbers = true, value_parser = weeks)]
    pub(super) weeks: Option<u32>,
    /// Change a key in every scenario, as in contract.share_of_salary=15%; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(super) settings: Vec<String>,
    /// Folder to write to; made if it is not there [default: output/ and the name of the command or of the experiment]
    #[arg(short, long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Replace the files of an earlier run in the folder
    #[arg(short, long)]
    pub(super) force: bool,
    /// Threads; the results do not depend on it [default: all cores]
    #[arg(short = 't', long, alias = "jobs", value_name = "T", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// No progress bar and no table
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// Warns of keys that are set and do nothing; of those set for all scenarios at once, if they do nothing in any.
fn warn_of_idle_keys(loaded: &[Loaded]) {
    let found: Vec<Vec<Idle>> = loaded.iter().map(idle).collect();
    let everywhere = |path: &str| found.iter().all(|list| list.iter().any(|idle| idle.path == path));
    for (one, list) in loaded.iter().zip(&found) {
        for idle in list.iter().filter(|i| !one.overridden.contains(&i.path) || everywhere(i.path)) {
            super::say(&format!("warning: {}: {idle}", one.name));
        }
    }
}

impl Common {
    /// Reads every file before anything is started; all problems of all files are told.
    pub(super) fn load(&self, files: &[PathBuf]) -> anyhow::Result<Vec<Loaded>> {
        let settings = self.settings();
        let mut loaded = Vec::new();
        let mut problems = None;
        for file in files {
            match (load_with(file, &settings), &mut problems) {
                (Ok(one), _) => loaded.push(one),
                (Err(found), None) => problems = Some(found),
                (Err(found), Some(all)) => all.join(found),
            }
        }
        match problems {
            Some(all) => Err(all.into()),
            None => {
                let chosen = self.choose(loaded)?;
                warn_of_idle_keys(&chosen);
                Ok(chosen)
            }
        }
    }

    /// Settings that the options make, those of `--set` last.
    pub(super) fn settings(&self) -> Vec<String> {
        let mut settings = Vec::new();
        settings.extend(self.replications.map(|n| format!("run.replications={n}")));
        settings.extend(self.seed.map(|seed| format!("run.seed={seed}")));
        settings.extend(self.weeks.map(|weeks| format!("run.weeks={weeks}")));
        settings.extend(self.settings.iter().cloned());
        settings
    }

    /// Leaves out abstract scenarios where there are others, and refuses two of one name.
    fn choose(&self, loaded: Vec<Loaded>) -> anyhow::Result<Vec<Loaded>> {
        let several = loaded.len() > 1;
        let (skipped, kept): (Vec<_>, Vec<_>) =
            loaded.into_iter().partition(|l| several && l.scenario.is_abstract);
        for base in skipped.iter().filter(|_| !self.quiet) {
            super::say(&format!("{} is abstract, a base for the others: not run by itself", base.name));
        }
        if kept.is_empty() {
            let text = "all of these scenarios are abstract; give one that is not";
            return Err(super::BadInput(text.to_owned()).into());
        }
        for (position, one) in kept.iter().enumerate() {
            if kept[..position].iter().any(|earlier| earlier.name == one.name) {
                let text = format!("two scenarios are called {}; rename one of the files", one.name);
                return Err(super::BadInput(text).into());
            }
        }
        Ok(kept)
    }

    /// The output folder; one that may not be written to is bad input, as nothing has been started.
    pub(super) fn folder(&self, default: &str) -> anyhow::Result<Folder> {
        let path = self.out.clone().unwrap_or_else(|| PathBuf::from(default));
        if path.exists() && !path.is_dir() {
            let text = format!("{} is a file; give a folder to write to", path.display());
            return Err(super::BadInput(text).into());
        }
        Folder::create(&path, self.force)
            .map_err(|error| super::BadInput(format!("{:#}", anyhow::Error::from(error))).into())
    }

    /// Threads to work on.
    pub(super) fn pool(&self) -> anyhow::Result<rayon::ThreadPool> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads.map_or(0, usize::from));
        pool.build().context("cannot start threads")
    }
}

fn replications(text: &str) -> Result<u32, String> {
    count("run.replications", text)
}

fn weeks(text: &str) -> Result<u32, String> {
    count("run.weeks", text)
}

/// A whole number in the range of a key.
fn count(path: &str, text: &str) -> Result<u32, String> {
    let range = key(path).map(|key| key.range);
    let number = text.parse().ok().filter(|&n: &u32| range.is_none_or(|range| range.contains(f64::from(n))));
    number.ok_or_else(|| {
        let allowed = key(path).map(crate::scenario::Key::range_text).unwrap_or_default();
        format!("takes a whole number, {allowed}")
    })
}

/// The words of the command line, the program by its name alone; what is not UTF-8 is shown as well as can be.
pub(super) fn command_line() -> Vec<String> {
    let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    std::iter::once("introsim".to_owned()).chain(words).collect()
}

/// Scenarios as arms of a batch.
pub(super) fn arms_of(loaded: &[Loaded]) -> Vec<Arm> {
    loaded.iter().map(|l| Arm { name: l.name.clone(), scenario: l.scenario.clone() }).collect()
}
