//! Files of claims: what is said to be true of some scenarios, for `flip` to find from which cost of a burnt relationship
//! on it is.

use std::path::Path;

use toml::de::DeTable;

use super::entry::{Reading, Spot};
use super::forms::Line;
use super::knob::{Domain, Knob, Scale};
use super::read::range_of;
use super::tables::{ClaimTable, ClaimsFile};
use super::{named_scenario, text_of};
use crate::scenario::at::At;
use crate::scenario::key;
use crate::scenario::kinds::{MARKS, STUDY_MARKS};
use crate::scenario::library;
use crate::scenario::load::{Loaded, name_of, read_experiment, read_text, shown, with_syntax};
use crate::scenario::problem::{Problem, Problems, Source};
use crate::scenario::read::is_one_line;
use crate::scenario::types::SourceFile;

/// What a file of claims turns.
pub const COST: &str = "introducers.goodwill_value";

/// A file of claims, read and checked.
#[derive(Clone, Debug)]
pub struct Claims {
    /// The name of the file without its ending.
    pub name: String,
    /// One line, used in charts.
    pub title: String,
    /// The question that the claims answer, in words.
    pub question: Option<String>,
    /// The cost of a burnt relationship, over the range of the file or the believable one.
    pub knob: Knob,
    /// Points of the coarse grid, where the file says.
    pub points: Option<usize>,
    /// What is claimed, in the order of the file.
    pub claims: Vec<Claim>,
    /// The file itself.
    pub file: SourceFile,
}

/// Something that is true at some costs and not at others.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The claim in a line, unique in its file.
    pub name: String,
    /// Which of the questions it belongs to, if the file says.
    pub question: Option<String>,
    /// The scenario that it is about.
    pub scenario: Loaded,
    /// A scenario whose outcome is taken off, replication by replication.
    pub against: Option<Loaded>,
    /// The outcome.
    pub metric: &'static str,
    /// On which side of the threshold the claim is true.
    pub holds: Holds,
    /// The threshold, in the unit of the outcome.
    pub threshold: f64,
}

/// A side of a threshold; the threshold itself belongs to both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// True where the mean is at most the threshold.
    Below,
    /// True where the mean is at least the threshold.
    Above,
}

/// Whether a file says that it makes claims; one that cannot be read does not.
#[must_use]
pub fn is_claims(path: impl AsRef<Path>) -> bool {
    let Ok(text) = read_text(path.as_ref()) else { return false };
    DeTable::parse_recoverable(&text).0.get_ref().contains_key("claims")
}

/// Reads a file of claims, their scenarios and the files that these extend.
///
/// - `settings`: of the command line, each `key=value`, laid over every scenario after those of the file
/// - `metrics`: names that a claim's `metric` may be
///
/// # Errors
///
/// All problems of the file and of its scenarios at once.
pub fn load_claims(
    path: impl AsRef<Path>,
    settings: &[String],
    metrics: &[&'static str],
) -> Result<Claims, Problems> {
    let path = path.as_ref();
    let name = name_of(path);
    if !is_one_line(&name) {
        let title = format!("`{}` cannot be the name of an experiment", name.escape_debug());
        return Err(Problem::new(title).help("rename the file: tables need a name in one line").into());
    }
    let text = read_experiment(path)?;
    let source = Source::new(shown(path), text);
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let says = |name: &str| table.get_ref().contains_key(name);
    if !says("claims") && errors.is_empty() {
        let problem = Problem::new(format!("{} has no `claims`", source.name));
        let other = MARKS.into_iter().any(says);
        let help = if STUDY_MARKS.into_iter().any(says) {
            "this is a study: run it with `introsim study`"
        } else if other {
            "an experiment with `design` is for `introsim sweep`, one with `method` for `introsim sensitivity`"
        } else {
            "begin each claim with `[[claims]]`; `introsim flip --help` shows one"
        };
        return Err(problem.help(help).into());
    }
    let folder = library::folder_of(path);
    let at = At { source: &source, folder: &folder };
    let mut reading = Reading::new(&at, metrics);
    let written = ClaimsFile::of(&mut reading, "", table.get_ref(), 0..0);
    let knob = cost(&mut reading, &written);
    let run = [&written.replications, &written.weeks, &written.seed].into_iter().flatten();
    let all: Vec<String> = run.map(|like| like.value.0.clone()).chain(settings.iter().cloned()).collect();
    let claims = claims_of(&mut reading, &written, &all);
    let mut problems = with_syntax(&source, &errors, std::mem::take(&mut reading.problems));
    problems.sort(&source);
    problems.check()?;
    let file = SourceFile { path: source.name.clone(), bytes: source.text.clone().into(), sets: Vec::new() };
    match knob {
        Some(knob) if !claims.is_empty() => Ok(Claims {
            name,
            title: text_of(written.title),
            question: written.question.map(|line| line.value),
            knob,
            points: written.points.map(|points| points.value),
            claims,
            file,
        }),
        // What is missing was reported above; this keeps the promise of `Problems` even if it was not.
        _ => Err(Problem::new(format!("{} holds no claims", source.name)).into()),
    }
}

/// What is turned: by ratios, unless the file says otherwise or the range begins at 0.
fn cost(reading: &mut Reading<'_>, written: &ClaimsFile<'_>) -> Option<Knob> {
    let key = key(COST)?;
    let domain = match range_of(reading, key, written.range.as_ref(), written.scale.as_ref(), 0..0)? {
        Domain::Range { low, high, .. } if written.scale.is_none() && low > 0.0 => {
            Domain::Range { low, high, scale: Scale::Log }
        }
        other => other,
    };
    Some(Knob { key, label: key.path.to_owned(), domain, span: 0..0 })
}

fn claims_of(reading: &mut Reading<'_>, written: &ClaimsFile<'_>, settings: &[String]) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for Spot { value, span, .. } in written.claims.iter().flat_map(|list| &list.value) {
        let Some(claim) = claim_of(reading, value, settings) else { continue };
        if claims.iter().any(|known| known.name == claim.name) {
            let title = format!("two claims are called `{}`", claim.name);
            let problem = reading.problem(span.clone(), title).label("the second");
            reading.problems.push(problem);
        }
        claims.push(claim);
    }
    claims
}

fn claim_of(reading: &mut Reading<'_>, written: &ClaimTable<'_>, settings: &[String]) -> Option<Claim> {
    let scenario = written.scenario.as_ref().map(|line| scenario_of(reading, line, settings));
    let against = written.against.as_ref().map(|line| scenario_of(reading, line, settings));
    Some(Claim {
        name: written.name.as_ref()?.value.clone(),
        question: written.question.as_ref().map(|line| line.value.clone()),
        scenario: scenario??,
        against: match against {
            Some(loaded) => Some(loaded?),
            None => None,
        },
        metric: written.metric.as_ref()?.value.0,
        holds: written.holds.as_ref()?.value.0,
        threshold: written.threshold.as_ref()?.value.0,
    })
}

fn scenario_of(reading: &mut Reading<'_>, written: &Spot<Line>, settings: &[String]) -> Option<Loaded> {
    let loaded = named_scenario(reading.at, written, settings, "the file of claims", &mut reading.problems)?;
    if loaded.overridden.contains(&COST) {
        let problem = Problem::new(format!("`{COST}` is what is turned, and set besides"));
        reading.problems.push_new(problem.help("leave out the setting, or give the file a `range`"));
        return None;
    }
    Some(loaded)
}
