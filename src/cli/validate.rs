//! `validate`: the program against exact solutions, published models and facts of the world: a scorecard.

mod scorecard;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::common::{Common, Outcome, Shards, Site, Work, Workspace, plan_of};
use super::keeper::carry_through;
use super::place::of_validate;
use crate::engine::{Arm, batch};
use crate::experiments::facts;
use crate::experiments::memory::{self, Need};
use crate::experiments::run::run as run_scenarios;
pub(super) use crate::experiments::validation::Effort;
use crate::experiments::validation::families::check_graph;
use crate::experiments::validation::graphs::Graph;
use crate::experiments::validation::{Check, FAMILIES, Family, Rule, Stop, Verdict, missing, world};
use crate::experiments::variants::{self, Contrast};
use crate::output::checkpoint::PlanFile;
use crate::output::{Input, Manifest, validation_table};
use crate::scenario::{Loaded, Problems, load_edges, network_notes};
use crate::text::counted;

/// Scenarios of the library whose figures stand beside the facts of the world.
const WORLDS: [&str; 5] =
    ["organic", "contingency-screened", "headhunter", "headhunter-closed", "staffing-closed"];

/// Compare the program with exact solutions, published models and facts: a scorecard
///
/// A limit is a file of scenarios/validation, in which the answer is known: its checks are run, and a failure ends the
/// command with code 1. Any other scenario is set beside the facts of the world, where a miss is shown and is no failure.
/// Without files all of both.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim validate
  introsim validate --quick
  introsim validate networks screening        # these limits
  introsim validate contingency               # this scenario beside the facts
  introsim validate --graph friends.csv                     # an exact solution of your own network, up to 10 workers")]
pub(super) struct Args {
    /// Limits, or scenarios to set beside the facts: files, or names of the library [default: all that come with the program]
    #[arg(value_name = "FILE", value_parser = super::place::limit())]
    files: Vec<PathBuf>,
    /// Solve the job market of a network of friends (a CSV file, two worker ids from 0 a line) and compare; repeatable
    #[arg(short, long, value_name = "EDGES")]
    graph: Vec<PathBuf>,
    /// A few seconds: the same rules in standard errors, which are larger
    #[arg(long)]
    quick: bool,
    /// Print the scorecard as a Markdown table
    #[arg(long)]
    markdown: bool,
    /// Seed of all luck [default: run.seed of each file]
    #[arg(short, long, value_name = "S", allow_negative_numbers = true)]
    seed: Option<u64>,
    #[command(flatten)]
    site: Site,
}

impl Args {
    fn common(&self) -> Common {
        Common {
            replications: None,
            seed: self.seed,
            weeks: None,
            settings: Vec::new(),
            site: self.site.clone(),
            shards: Shards::default(),
        }
    }

    fn effort(&self) -> Effort {
        if self.quick { Effort::Quick } else { Effort::Full }
    }

    /// Whether everything is compared that can be.
    fn is_whole(&self) -> bool {
        self.files.is_empty() && self.graph.is_empty()
    }

    /// The files asked for; all of them if neither files nor networks are.
    fn chosen(&self) -> Vec<PathBuf> {
        if !self.files.is_empty() || !self.graph.is_empty() {
            return self.files.clone();
        }
        let names = FAMILIES.iter().map(|family| family.name).chain(WORLDS);
        names.map(of_validate).collect()
    }
}

/// What is to be done, all of it read and checked.
#[derive(Clone)]
pub(super) struct Plan {
    limits: Vec<(&'static Family, Loaded)>,
    worlds: Vec<Loaded>,
    graphs: Vec<(Graph, Input)>,
    /// The limit that networks given by a user are run in.
    networks: Option<Loaded>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let common = args.common();
    if !args.site.quiet {
        super::place::say_where(&args.files);
    }
    let plan = plan(args, &common)?;
    let workspace = common.workspace("output/validate")?;
    plan.afford(&workspace)?;
    let (effort, is_whole) = (args.effort(), args.is_whole());
    let file = plan.file(effort, is_whole);
    let at = workspace.clone();
    let ended = carry_through(&workspace, "validation", file, move |work| {
        execute(&at, work, &plan, effort, is_whole)
    })?;
    let checks = match ended {
        Ok(checks) => checks,
        Err(code) => return Ok(code),
    };
    if !args.site.quiet {
        let mut out = super::terminal::out();
        let text = if args.markdown { scorecard::markdown(&checks) } else { scorecard::terminal(&checks) };
        writeln!(out, "{text}")?;
        if !args.markdown {
            writeln!(out, "\nThe table and the chart are in {}", workspace.out.display())?;
        }
    }
    Ok(outcome(&checks).report())
}

/// What to warn of, and whether a check failed.
pub(super) fn outcome(checks: &[Check]) -> Outcome {
    let failed = checks.iter().filter(|check| check.verdict.is_failure()).count();
    Outcome::new(
        (failed > 0).then(|| format!("{} failed: see validation.csv", counted(failed, "check"))),
        failed > 0,
    )
}

impl Plan {
    fn all(&self) -> impl Iterator<Item = &Loaded> {
        self.limits.iter().map(|(_, one)| one).chain(&self.worlds).chain(&self.networks)
    }

    /// Refuses worlds that need more memory than there is.
    fn afford(&self, workspace: &Workspace) -> anyhow::Result<()> {
        let need = |one: &Loaded| Need { world: memory::world(&one.scenario), kept: 0.0 };
        self.all().try_for_each(|one| workspace.afford(need(one)))
    }

    /// All that the checks depend on.
    pub(super) fn file(&self, effort: Effort, is_whole: bool) -> PlanFile {
        let hash = |input: &Input| blake3::hash(&input.bytes).to_hex().to_string();
        let graphs: Vec<String> = self.graphs.iter().map(|(_, input)| hash(input)).collect();
        let more = [
            ("quick", (effort == Effort::Quick).into()),
            ("whole", is_whole.into()),
            ("graphs", graphs.into()),
        ];
        plan_of("validate", self.all(), more)
    }

    /// Limits alone, as a study names them.
    ///
    /// # Errors
    /// If a scenario is no limit whose answer is known.
    pub(super) fn of_limits(loaded: &[Loaded]) -> anyhow::Result<Self> {
        let mut limits = Vec::new();
        for one in loaded {
            let Some(family) = Family::of(&one.name) else {
                let known: Vec<&str> = FAMILIES.iter().map(|family| family.name).collect();
                let text = format!(
                    "{} is no limit whose answer is known; these are: {}",
                    one.name,
                    known.join(", ")
                );
                return Err(super::BadInput(text).into());
            };
            limits.push((family, one.clone()));
        }
        Ok(Self { limits, worlds: Vec::new(), graphs: Vec::new(), networks: None })
    }
}

/// The name of the file without its ending; the whole path where two are called so.
fn name_of_graph(path: &Path, all: &[PathBuf]) -> String {
    let is_alone = all.iter().filter(|other| other.file_stem() == path.file_stem()).count() < 2;
    let stem = path.file_stem().filter(|_| is_alone);
    stem.unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn plan(args: &Args, common: &Common) -> anyhow::Result<Plan> {
    let files = args.chosen();
    let mut problems: Option<Problems> = None;
    let mut graphs = Vec::new();
    let mut too_large = Vec::new();
    for path in &args.graph {
        match load_edges(path) {
            Ok((list, bytes)) => {
                let name = name_of_graph(path, &args.graph);
                let highest = list.pairs.iter().map(|&(_, high)| high).max().unwrap_or(0);
                for note in network_notes(&list, highest.saturating_add(1)) {
                    super::say(&format!("warning: {note}"));
                }
                let input = Input { name: path.display().to_string(), bytes };
                match Graph::from_pairs(&name, &list.pairs) {
                    Ok(graph) => graphs.push((graph, input)),
                    Err(error) => too_large.push(format!("{}: {error}", path.display())),
                }
            }
            Err(found) => match &mut problems {
                Some(all) => all.join(found),
                None => problems = Some(found),
            },
        }
    }
    if let Some(problems) = problems {
        return Err(problems.into());
    }
    if !too_large.is_empty() {
        return Err(super::BadInput(too_large.join("\n")).into());
    }
    let loaded = if files.is_empty() { Vec::new() } else { common.read(&files)? };
    let networks = if graphs.is_empty() {
        None
    } else {
        let own = loaded.iter().find(|one| one.name == "networks").cloned();
        Some(match own {
            Some(own) => own,
            None => common.read(&[of_validate("networks")])?.remove(0),
        })
    };
    let (limits, worlds): (Vec<Loaded>, Vec<Loaded>) =
        loaded.into_iter().partition(|one| Family::of(&one.name).is_some());
    let limits = limits.into_iter().filter_map(|one| Some((Family::of(&one.name)?, one))).collect();
    Ok(Plan { limits, worlds, graphs, networks })
}

/// Makes all checks, writes the table and draws the chart.
///
/// - `is_whole`: whether what cannot be compared is told too
pub(super) fn execute(
    workspace: &Workspace,
    mut work: Work,
    plan: &Plan,
    effort: Effort,
    is_whole: bool,
) -> anyhow::Result<Vec<Check>> {
    let mut checks = workspace.pool.install(|| compare(plan, effort, workspace.quiet));
    if is_whole {
        checks.extend(missing::rows());
    }
    work.folder()?.write(&validation_table(&checks))?;
    // A quick run does less work than its scenarios say.
    let quick = ("quick".to_owned(), (effort == Effort::Quick).into());
    work.finish(workspace, &manifest_of(plan), serde_json::Map::from_iter([quick]))?;
    Ok(checks)
}

/// All checks, in the order of the plan.
fn compare(plan: &Plan, effort: Effort, quiet: bool) -> Vec<Check> {
    let steps = plan.limits.len() + plan.graphs.len() + plan.worlds.len().min(1);
    let bar = super::progress::bar(u64::from(crate::ids::row(steps)), quiet);
    let mut checks = Vec::new();
    for (family, loaded) in &plan.limits {
        bar.set_message(format!("{}: ", family.title));
        checks.extend(
            family.checks(&loaded.scenario, effort).unwrap_or_else(|stop| stopped(family.title, &stop)),
        );
        bar.inc(1);
    }
    for (graph, _) in &plan.graphs {
        let Some(networks) = &plan.networks else { continue };
        let found = check_graph(&networks.scenario, graph, effort);
        checks.extend(found.unwrap_or_else(|stop| stopped(&graph.name, &stop)));
        bar.inc(1);
    }
    checks.extend(facts_of(&plan.worlds, effort));
    bar.finish_and_clear();
    checks.into_iter().map(Check::sound).collect()
}

/// A family that gave no figures has failed.
fn stopped(group: &str, stop: &Stop) -> Vec<Check> {
    vec![Check {
        group: group.to_owned(),
        what: "the limit can be run".to_owned(),
        unit: "",
        target: None,
        source: String::new(),
        figure: None,
        interval: None,
        rule: Rule::Nothing,
        verdict: Verdict::Fail,
        note: stop.to_string(),
    }]
}

/// Scenarios beside the facts of the world.
fn facts_of(worlds: &[Loaded], effort: Effort) -> Vec<Check> {
    let arm = |loaded: &Loaded| {
        let mut scenario = loaded.scenario.clone();
        scenario.run.replications = world::replications(scenario.run.replications, effort);
        Arm { name: loaded.name.clone(), scenario }
    };
    let arms: Vec<Arm> = worlds.iter().map(arm).collect();
    if arms.is_empty() {
        return Vec::new();
    }
    let all = variants::with_variants(&arms);
    let bar = super::progress::bar(batch::total_weeks(&all), true);
    let finished = run_scenarios(&all, &|| bar.inc(1));
    let mut compared = Vec::new();
    for (number, (arm, summary)) in arms.iter().zip(&finished.summaries).enumerate() {
        let contrast = |of: &Contrast| variants::figure(&all, &finished, number, of);
        compared.push((arm.name.clone(), facts::compare(&arm.scenario, summary, &contrast)));
    }
    world::rows(&compared)
}

fn manifest_of(plan: &Plan) -> Manifest {
    let mut loaded: Vec<Loaded> = Vec::new();
    for one in plan.all() {
        if loaded.iter().all(|known| known.name != one.name) {
            loaded.push(one.clone());
        }
    }
    let mut manifest = if loaded.is_empty() {
        Manifest {
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
            seed: 1,
            replications: 0,
            scenarios: Vec::new(),
            inputs: Vec::new(),
        }
    } else {
        super::run::manifest_of(&loaded)
    };
    manifest.inputs.extend(plan.graphs.iter().map(|(_, input)| input.clone()));
    manifest
}
