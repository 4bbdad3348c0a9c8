//! From a study file to parts that can be begun: every point made and checked, and a plan that tells one study from
//! another.

use serde_json::{Map, Value, json};

use crate::cli::against::{Chosen, unasked};
use crate::cli::precise::Precise;
use crate::cli::threshold::{breakeven, flip};
use crate::cli::{facts, sweep, validate};
use crate::experiments::outcomes;
use crate::experiments::sensitivity::{self, Design};
use crate::experiments::threshold::breakeven::Level;
use crate::experiments::threshold::{Question, flip as flips};
use crate::output::checkpoint::PlanFile;
use crate::scenario::experiment::{Claims, Effort, Experiment, Names, Part, Study, Task, load_study};
use crate::scenario::{Loaded, Problems, SourceFile};

use crate::cli::common::{arms_of, beside};

/// A part that can be begun.
pub(super) struct Ready {
    pub(super) name: &'static str,
    pub(super) command: &'static str,
    /// What it is, for the terminal.
    pub(super) words: String,
    pub(super) job: Job,
    /// All that its results depend on.
    pub(super) plan: PlanFile,
    /// Hashes of files whose bytes its manifest has and its plan has not.
    pub(super) read: Vec<String>,
}

/// What a command needs to do a part.
pub(super) enum Job {
    Run { scenarios: Vec<Loaded>, precise: Precise, chosen: Option<Chosen> },
    Sweep(Box<sweep::Prepared>),
    BreakEven { base: Box<Loaded>, question: Box<Question<Level>> },
    Flip { claims: Box<Claims>, points: Option<usize> },
    Sensitivity { experiment: Box<Experiment>, design: Box<Design> },
    Facts { scenarios: Vec<Loaded> },
    Validation { plan: Box<validate::Plan>, effort: validate::Effort },
}

/// Reads a study at an effort, and looks at the other efforts too: a file that is wrong is wrong today.
pub(in crate::cli) fn read(
    file: &std::path::Path,
    effort: Effort,
    seed: Option<u64>,
) -> Result<Study, Problems> {
    let outcomes = outcomes::names();
    let claims = flips::metrics();
    let names = Names { outcomes: &outcomes, claims: &claims };
    let mut wanted = load_study(file, effort, seed, names);
    for other in Effort::ALL.into_iter().filter(|other| *other != effort) {
        if let Err(found) = load_study(file, other, seed, names) {
            match &mut wanted {
                Err(all) => all.join(found),
                Ok(_) => wanted = Err(found),
            }
        }
    }
    wanted
}

/// Makes every point of every part; all problems of all parts are told at once.
pub(in crate::cli) fn prepare(study: &Study) -> anyhow::Result<Vec<Ready>> {
    let mut ready = Vec::new();
    let mut problems: Option<Problems> = None;
    for part in &study.parts {
        match prepare_part(part, study.effort) {
            Ok(part) => ready.push(part),
            Err(error) => match (error.downcast::<Problems>(), &mut problems) {
                (Ok(found), Some(all)) => all.join(found),
                (Ok(found), None) => problems = Some(found),
                (Err(other), _) => return Err(other.context(format!("[{}]", part.name))),
            },
        }
    }
    match problems {
        Some(all) => Err(all.into()),
        None => Ok(ready),
    }
}

fn prepare_part(part: &Part, effort: Effort) -> anyhow::Result<Ready> {
    let (job, words, plan) = match &part.task {
        Task::Run { scenarios, assumptions, assumed } => run(scenarios, *assumptions, assumed),
        Task::Sweep(experiment) => {
            let prepared = sweep::prepare(experiment, &[], None)?;
            let words = super::described::sweep(&prepared.sweep);
            let plan = prepared.plan.clone();
            (Job::Sweep(Box::new(prepared)), words, plan)
        }
        Task::BreakEven { base, knob, levels, points } => {
            let levels = levels
                .iter()
                .map(|(name, scenario)| Level { name: name.clone(), scenario: scenario.clone() });
            let points = points.unwrap_or(usize::from(breakeven::POINTS));
            let question = Question { knob: knob.clone(), subjects: levels.collect(), points };
            breakeven::check(&question)?;
            let (words, plan) = (super::described::break_even(&question), breakeven::plan(base, &question));
            (Job::BreakEven { base: base.clone(), question: Box::new(question) }, words, plan)
        }
        Task::Flip { claims, points } => {
            let (words, plan) = (super::described::flip(claims), flip::plan(claims, *points));
            (Job::Flip { claims: claims.clone(), points: *points }, words, plan)
        }
        Task::Sensitivity(experiment) => {
            let design = sensitivity::prepare(experiment)?;
            let words = super::described::sensitivity(experiment, &design);
            let plan = crate::cli::sensitivity::plan(experiment);
            (Job::Sensitivity { experiment: experiment.clone(), design: Box::new(design) }, words, plan)
        }
        Task::Facts { scenarios } => {
            let plan = facts::plan(scenarios, None);
            (Job::Facts { scenarios: scenarios.clone() }, super::described::facts(scenarios), plan)
        }
        Task::Validation { limits } => {
            let checks = Box::new(validate::Plan::of_limits(limits)?);
            let effort =
                if effort == Effort::Full { validate::Effort::Full } else { validate::Effort::Quick };
            let plan = checks.file(effort, true);
            (Job::Validation { plan: checks, effort }, super::described::validation(limits.len()), plan)
        }
    };
    let read = match &part.task {
        Task::Sweep(experiment) => read_by([&experiment.base], [&experiment.file]),
        _ => Vec::new(),
    };
    Ok(Ready { name: part.name, command: part.command(), words, job, plan, read })
}

fn run(scenarios: &[Loaded], assumptions: Option<usize>, assumed: &[String]) -> (Job, String, PlanFile) {
    let arms = arms_of(scenarios);
    let chosen = (scenarios.len() > 1).then(|| Chosen { baseline: unasked(&arms), metrics: Vec::new() });
    let points = assumptions.map(|points| u32::try_from(points).unwrap_or(u32::MAX));
    let precise = Precise::plain(points).at_points(assumed);
    let plan = crate::cli::run::plan("run", &precise, scenarios, chosen.as_ref());
    let words = super::described::run(scenarios, assumptions);
    (Job::Run { scenarios: scenarios.to_vec(), precise, chosen }, words, plan)
}

/// Hashes of all files that a part was read from: their bytes stand in its manifest.
fn read_by<'a>(
    loaded: impl IntoIterator<Item = &'a Loaded>,
    more: impl IntoIterator<Item = &'a SourceFile>,
) -> Vec<String> {
    let of_scenarios = loaded.into_iter().flat_map(|one| one.chain.iter().chain(&one.graph));
    let files = more.into_iter().chain(of_scenarios);
    files.map(|file| hash(&file.bytes)).collect()
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The plan of a study: two studies of one plan end with the same bytes.
pub(super) fn plan(study: &Study, parts: &[Ready], budget: Option<u64>) -> PlanFile {
    let mut identity: Map<String, Value> = [
        ("command", Value::from("study")),
        ("version", Value::from(env!("CARGO_PKG_VERSION"))),
        ("effort", Value::from(study.effort.name())),
        ("seed", Value::from(study.seed)),
        ("study file", Value::from(hash(&study.file.bytes))),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into_iter()
    .collect();
    identity.extend(budget.map(|budget| ("budget".to_owned(), budget.into())));
    for part in parts {
        let depends = json!([part.plan.hash(), part.read]).to_string();
        identity.insert(part.name.to_owned(), Value::from(hash(depends.as_bytes())));
    }
    PlanFile { identity: identity.into(), beside: beside() }
}
