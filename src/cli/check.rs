//! `check`: validates scenario, experiment and study files, and says in words what each changes or tries.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::experiments::memory::Need;
use crate::scenario::{Loaded, experiment, idle, key, load_with, network_notes, shown};
use crate::text::counted;

/// Check scenario, experiment and study files, and say in words what each one changes or tries
///
/// All problems of all files are reported at once, with their lines. The code is 2 if any file has one.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim check scenarios/contingency.toml
  introsim check scenarios/*.toml scenarios/studies/*.toml
  cat mine.toml | introsim check -
  introsim check scenarios/contingency.toml --set contract.share_of_salary=15%")]
pub(super) struct Args {
    /// Scenario, experiment or study files, or names of the library; - is standard input
    #[arg(required = true, value_name = "FILE", value_parser = super::place::scenario())]
    files: Vec<PathBuf>,
    /// Change a key for this check, as in contract.share_of_salary=15%; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    super::place::say_where(&args.files);
    let mut out = super::terminal::out();
    let mut wrong = 0;
    for file in &args.files {
        let described = if experiment::is_study(file) {
            super::study::check(file)
        } else if experiment::is_experiment(file) {
            super::studies::check(file, &args.settings)
        } else {
            load_with(file, &args.settings).map(|loaded| describe(&loaded))
        };
        match described {
            Ok(text) => write!(out, "{text}")?,
            Err(problems) => {
                wrong += 1;
                out.flush()?;
                super::terminal::say_problems(&problems, "\n");
                super::say(&format!("{}: {}\n", shown(file), counted(problems.count(), "problem")));
            }
        }
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(super::BAD_INPUT) })
}

/// What a scenario changes against its base, in words, section by section.
fn describe(loaded: &Loaded) -> String {
    let Loaded { scenario, base, chain, name, .. } = loaded;
    let note = if scenario.is_abstract { " (a base for others)" } else { "" };
    let mut text = format!("{name}: {}{note}\n", scenario.title);
    if let Some(question) = &scenario.question {
        text += &format!("  asks: {question}\n");
    }
    let against = chain.get(1).map_or("the defaults", |file| file.path.as_str());
    let changed = base.differences(scenario);
    if changed.is_empty() {
        text += &format!("  changes nothing against {against}\n");
    } else {
        text += &format!("  against {against}:\n");
    }
    let mut section = "";
    for key in changed.iter().filter_map(|path| key(path)) {
        if key.section != section {
            section = key.section;
            text += &format!("  [{section}]\n");
        }
        let value = |of: &crate::scenario::Scenario| of.text(key.path).unwrap_or_default().replace('"', "");
        let meaning = lower_first(key.meaning().trim_end_matches('.'));
        text += &format!("    {}: {} -> {}  ({meaning})\n", key.path, value(base), value(scenario));
    }
    if let Some(list) = &scenario.friends.edges {
        for note in network_notes(list, scenario.workers.count) {
            text += &format!("  note: {note}\n");
        }
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let need = Need::of_runs(&super::common::arms_of(std::slice::from_ref(loaded)));
    if let Some(shortage) = super::memory::shortage(need, threads, None) {
        text += &format!("  note: {shortage}\n");
    }
    for idle in idle(loaded) {
        text += &format!("  note: {idle}\n");
    }
    text + "\n"
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}
