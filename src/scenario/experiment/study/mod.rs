//! Study files: what a report needs, part by part, and how thoroughly, for three efforts; read as strictly as scenarios.
//!
//! A study names files that other commands read too, and says with which numbers each is to be run at which effort. All
//! of them are read and checked before anything is started.

mod parts;

use std::path::Path;

use toml::de::DeTable;

use super::entry::Reading;
use super::tables::StudyFile;
use super::text_of;
use super::{Claims, Experiment, Knob};
use crate::scenario::at::At;
use crate::scenario::kinds::{MARKS, STUDY_MARKS};
use crate::scenario::library;
use crate::scenario::load::{Loaded, name_of, read_experiment, read_text, shown, with_syntax};
use crate::scenario::problem::{Problem, Problems, Source};
use crate::scenario::read::is_one_line;
use crate::scenario::types::SourceFile;
use crate::scenario::{SECTIONS, Scenario};
use parts::Maker;

/// How thoroughly a study is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// A first look, with wide intervals.
    Quick,
    /// What the study's answers should be read from.
    Default,
    /// As sure as its author wanted to be.
    Full,
}

impl Effort {
    /// Every effort, from the least.
    pub const ALL: [Self; 3] = [Self::Quick, Self::Default, Self::Full];

    /// The word for it in study files and manifests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Default => "default",
            Self::Full => "full",
        }
    }
}

/// A study at one effort: every file read, every number chosen.
#[derive(Clone, Debug)]
pub struct Study {
    /// The name of the file without its ending.
    pub name: String,
    /// One line, the title of the report.
    pub title: String,
    /// The question that the study asks, in words.
    pub question: Option<String>,
    /// Seed of all luck of all parts.
    pub seed: u64,
    /// The effort that the numbers are of.
    pub effort: Effort,
    /// What is to be done, in the order in which it is.
    pub parts: Vec<Part>,
    /// The file itself.
    pub file: SourceFile,
}

/// A part of a study, which becomes one folder.
#[derive(Clone, Debug)]
pub struct Part {
    /// Name of its folder.
    pub name: &'static str,
    /// What it consists of.
    pub task: Task,
    /// Where the file asks for it, for problems that show only when its points are made.
    span: std::ops::Range<usize>,
}

/// What a part of a study does.
#[derive(Clone, Debug)]
pub enum Task {
    /// Scenarios on the same luck, as `run` does.
    Run {
        /// The scenarios.
        scenarios: Vec<Loaded>,
        /// Points over the constants that nobody has measured; `None` if not asked for.
        assumptions: Option<usize>,
        /// Names of those that are run at these points; all if there are none.
        assumed: Vec<String>,
    },
    /// Many settings, as `sweep` does.
    Sweep(Box<Experiment>),
    /// Where a knob begins to pay, as `breakeven` does.
    BreakEven {
        /// The scenario.
        base: Box<Loaded>,
        /// What is turned.
        knob: Knob,
        /// Settings to look at, with the names that tables give them.
        levels: Vec<(String, Scenario)>,
        /// Points of the coarse grid, where the study says.
        points: Option<usize>,
    },
    /// How dear a burnt relationship must be, as `flip` does.
    Flip {
        /// The claims.
        claims: Box<Claims>,
        /// Points of the coarse grid, where the study says.
        points: Option<usize>,
    },
    /// Which knobs matter, as `sensitivity` does.
    Sensitivity(Box<Experiment>),
    /// Limits in which the answer is known, as `validate` does.
    Validation {
        /// Their files.
        limits: Vec<Loaded>,
    },
    /// Facts about the world beside the model's figures, as `facts` does.
    Facts {
        /// The scenarios.
        scenarios: Vec<Loaded>,
    },
}

impl Part {
    /// The command that does the same by itself.
    #[must_use]
    pub const fn command(&self) -> &'static str {
        match self.task {
            Task::Run { .. } => "run",
            Task::Sweep(_) => "sweep",
            Task::BreakEven { .. } => "breakeven",
            Task::Flip { .. } => "flip",
            Task::Sensitivity(_) => "sensitivity",
            Task::Facts { .. } => "facts",
            Task::Validation { .. } => "validate",
        }
    }
}

/// Names of outcomes that the files of a study may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// In experiments.
    pub outcomes: &'a [&'static str],
    /// In claims.
    pub claims: &'a [&'static str],
}

/// Reads a study file and every file that it names.
///
/// The numbers of all efforts are checked, whichever is asked for; the files are read as this one needs them.
///
/// - `seed`: of the command line, instead of that of the file
///
/// # Errors
///
/// All problems of all files at once.
pub fn load_study(
    path: impl AsRef<Path>,
    effort: Effort,
    seed: Option<u64>,
    names: Names<'_>,
) -> Result<Study, Problems> {
    let path = path.as_ref();
    let text = read_experiment(path)?;
    let name = name_of(path);
    if !is_one_line(&name) {
        let title = format!("`{}` cannot be the name of a study", name.escape_debug());
        return Err(Problem::new(title).help("rename the file: a report needs a name in one line").into());
    }
    let source = Source::new(shown(path), text);
    if source.text.trim().is_empty() {
        let problem = Problem::new(format!("{} is empty", source.name));
        return Err(problem.help("a study has a title and parts, such as [library] and [map]").into());
    }
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    if let Some(problem) = not_a_study(&source, table.get_ref()).filter(|_| errors.is_empty()) {
        return Err(problem.into());
    }
    let folder = library::folder_of(path);
    let at = At { source: &source, folder: &folder };
    let mut reading = Reading::new(&at, names.outcomes);
    let written = StudyFile::of(&mut reading, "", table.get_ref(), 0..0);
    let seed = seed.unwrap_or_else(|| seed_of(&written));
    let parts = Maker { reading: &mut reading, names, effort, seed }.parts(&written, table.get_ref());
    let mut problems = with_syntax(&source, &errors, std::mem::take(&mut reading.problems));
    problems.sort(&source);
    problems.check()?;
    let file = SourceFile { path: source.name.clone(), bytes: source.text.clone().into(), sets: Vec::new() };
    let question = written.question.map(|line| line.value);
    Ok(Study { name, title: text_of(written.title), question, seed, effort, parts, file })
}

/// The seed of the file, 1 where it has none.
fn seed_of(written: &StudyFile<'_>) -> u64 {
    let text = written.seed.as_ref().and_then(|seed| seed.value.0.split('=').next_back());
    text.and_then(|text| text.parse().ok()).unwrap_or(1)
}

/// Whether a file says that it is a study; one that cannot be read does not.
#[must_use]
pub fn is_study(path: impl AsRef<Path>) -> bool {
    let Ok(text) = read_text(path.as_ref()) else { return false };
    says_study(DeTable::parse_recoverable(&text).0.get_ref())
}

fn says_study(table: &DeTable<'_>) -> bool {
    STUDY_MARKS.iter().any(|name| table.contains_key(*name))
}

/// What a file is that is no study.
fn not_a_study(source: &Source, table: &DeTable<'_>) -> Option<Problem> {
    let says = |name: &str| table.contains_key(name);
    if says_study(table) || says("bombardment") && !says("extends") {
        return None;
    }
    let what = if says("claims") {
        "makes claims, for `introsim flip`"
    } else if MARKS.into_iter().any(says) {
        "is an experiment, for `introsim sweep` or `introsim sensitivity`"
    } else if says("extends") || SECTIONS.iter().any(|section| says(section.name)) {
        "is a scenario, for `introsim run`"
    } else {
        return None;
    };
    let problem = Problem::new(format!("{} {what}", source.name));
    Some(problem.help("a study has a title and parts, such as [library] and [map]"))
}
