//! From the keys of an experiment file to its plan and its knobs.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::alternatives::{Seen, alternatives};
use super::entry::{AsRead, Node, Reading, Spot};
use super::forms::{Line, Raw, Word, turnable};
use super::knob::{Domain, Knob, Scale, Setting, believable};
use super::tables::{Design, ExperimentFile, KnobTable, MOST_POINTS, Method};
use super::{Plan, Purpose};
use crate::scenario::Problem;
use crate::scenario::at::At;
use crate::scenario::key::{Key, Kind};
use crate::scenario::value;

/// What `design` or `method`, `points` and `trajectories` say together.
pub(super) fn plan_of(
    reading: &mut Reading<'_>,
    file: &ExperimentFile<'_>,
    table: &DeTable<'_>,
    purpose: Purpose,
) -> Option<Plan> {
    let name = |name: &str| table.get_key_value(name).map(|(name, _)| name.span());
    let (design, method) = (name("design"), name("method"));
    let wrong = match purpose {
        Purpose::Sweep => method.clone().map(|span| (span, "method", "`introsim sensitivity`", "design")),
        Purpose::Sensitivity => design.clone().map(|span| (span, "design", "`introsim sweep`", "method")),
        Purpose::Any => None,
    };
    if let Some((span, name, command, wanted)) = wrong {
        let problem = reading.problem(span, format!("`{name}` is for {command}"));
        let problem = problem.label("not for this command");
        reading.problems.push(problem.help(format!("this command needs `{wanted}`")));
        return None;
    }
    match (design, method) {
        (Some(one), Some(other)) => {
            let title = "an experiment has a `design`, for `introsim sweep`, or a `method`, for `introsim \
                         sensitivity`, not both";
            let problem = reading.problem(one, title).label("one");
            reading.problems.push(problem.context(other, "and the other"));
            None
        }
        (Some(_), None) => design_of(reading, file, table),
        (None, Some(_)) => method_of(reading, file, table),
        (None, None) => {
            let (title, help) = match purpose {
                Purpose::Sweep => ("the file has no `design`", "`design = \"grid\"`, \"latin\" or \"sobol\""),
                Purpose::Sensitivity => ("the file has no `method`", "`method = \"morris\"` or \"sobol\""),
                Purpose::Any => (
                    "the file has neither `design` nor `method`",
                    "`design` for `introsim sweep`, `method` for `introsim sensitivity`",
                ),
            };
            let problem = reading.problem(0..0, title).help(help);
            reading.problems.push(problem);
            None
        }
    }
}

fn design_of(reading: &mut Reading<'_>, file: &ExperimentFile<'_>, table: &DeTable<'_>) -> Option<Plan> {
    match file.design.as_ref()?.value {
        Word(Design::Grid) => {
            let why = "the points of a grid follow from the values of its knobs";
            reading.refuse(file.points.as_ref(), "points", why);
            reading.refuse(file.trajectories.as_ref(), "trajectories", "a grid has none");
            Some(Plan::Grid)
        }
        Word(design) => {
            reading.refuse(file.trajectories.as_ref(), "trajectories", "say the number of `points`");
            let points = needed(reading, file.points.as_ref(), table, "points", "points = 200")?;
            Some(if design == Design::Latin { Plan::Latin { points } } else { Plan::Sobol { points } })
        }
    }
}

fn method_of(reading: &mut Reading<'_>, file: &ExperimentFile<'_>, table: &DeTable<'_>) -> Option<Plan> {
    let of_design = "it is for a `design`, whose points have a verdict each";
    reading.refuse(file.looks.as_ref(), "looks", "they are for a `design`, whose points have a verdict each");
    reading.refuse(file.most_weeks.as_ref(), "most_weeks", of_design);
    match file.method.as_ref()?.value {
        Word(Method::Morris) => {
            reading.refuse(file.points.as_ref(), "points", "say the number of `trajectories`");
            let n = file.trajectories.as_ref();
            let trajectories = needed(reading, n, table, "trajectories", "trajectories = 20")?;
            Some(Plan::Morris { trajectories })
        }
        Word(Method::Sobol) => {
            reading.refuse(file.trajectories.as_ref(), "trajectories", "say the number of base `points`");
            let points = needed(reading, file.points.as_ref(), table, "points", "points = 128")?;
            if points < 2 {
                let span = file.points.as_ref().map_or(0..0, |spot| spot.span.clone());
                let problem = reading.problem(span, "`points` is out of range");
                reading.problems.push(problem.label("found 1; allowed: 2 to 1,000,000 base points"));
                return None;
            }
            Some(Plan::Indices { points })
        }
    }
}

/// A horizon that does not leave room for one doubling.
pub(super) fn too_short(at: &At<'_>, most: &Spot<usize>, weeks: u32) -> Option<Problem> {
    (most.value < 2 * weeks as usize).then(|| {
        let label = format!("is less than twice the {weeks} weeks with which markets begin here");
        at.problem(most.span.clone(), "`most_weeks` doubles nothing".to_owned()).label(label)
    })
}

fn needed(
    reading: &mut Reading<'_>,
    spot: Option<&Spot<usize>>,
    table: &DeTable<'_>,
    name: &str,
    example: &str,
) -> Option<usize> {
    if spot.is_none() && !table.contains_key(name) {
        let problem = reading.problem(0..0, format!("the file has no `{name}`"));
        reading.problems.push(problem.help(format!("say how many, as in `{example}`")));
    }
    spot.map(|spot| spot.value)
}

/// A plan must end: a grid needs values of every knob, a method must not come to too many points.
pub(super) fn check_plan(
    reading: &mut Reading<'_>,
    plan: Option<Plan>,
    knobs: &[Knob],
    file: &ExperimentFile<'_>,
) {
    let is_turned = knobs.iter().any(|knob| knob.paths().contains(&"run.weeks"));
    let horizon = file.most_weeks.as_ref().filter(|_| is_turned);
    reading.refuse(horizon, "most_weeks", "a knob turns `run.weeks`: each point has weeks of its own");
    let float = |n: usize| f64::from(crate::ids::row(n));
    let each = match plan {
        Some(Plan::Grid) => return check_grid(reading, knobs, file),
        Some(Plan::Morris { .. }) => knobs.len() + 1,
        Some(Plan::Indices { .. }) => knobs.len() + 2,
        _ => return,
    };
    let n = if matches!(plan, Some(Plan::Morris { .. })) { &file.trajectories } else { &file.points };
    let Some(n) = n else { return };
    let all = float(n.value) * float(each);
    if all > MOST_POINTS {
        let title = format!("these are {all} points, at most {MOST_POINTS} are allowed");
        let problem = reading.problem(n.span.clone(), title);
        let label = format!("{each} points for each, with {} knobs", knobs.len());
        reading.problems.push(problem.label(label));
    }
    for knob in knobs.iter().filter(|knob| matches!(knob.domain, Domain::Named { .. })) {
        let title = format!("`{}` chooses between alternatives, which have no order", knob.label);
        let problem = reading.problem(knob.span.clone(), title).label("no knob for a `method`");
        reading.problems.push(problem.help("alternatives are for `introsim sweep`"));
    }
}

fn check_grid(reading: &mut Reading<'_>, knobs: &[Knob], file: &ExperimentFile<'_>) {
    let at = file.design.as_ref().map_or(0..0, |spot| spot.span.clone());
    let mut cells = 1.0;
    for knob in knobs {
        match knob.values() {
            Some(values) => cells *= f64::from(crate::ids::row(values.len())),
            None => {
                let title = format!("a grid needs to know which values of `{}` to try", knob.key.path);
                let domain = knob.domain_text();
                let help = format!("give the knob `values = […]`, or `steps = 5` of its range ({domain})");
                let problem = reading.problem(at.clone(), title).help(help);
                reading.problems.push(problem);
            }
        }
    }
    if cells > MOST_POINTS {
        let title = format!("this grid has {cells} cells, at most {MOST_POINTS} are allowed");
        let problem = reading.problem(at, title);
        reading.problems.push(problem.help("give knobs fewer values, or take `design = \"latin\"`"));
    }
}

/// The knobs of a file, those that are right.
pub(super) fn knobs_of(reading: &mut Reading<'_>, tables: &[Spot<KnobTable<'_>>]) -> Vec<Knob> {
    let mut seen = Seen::new();
    let mut knobs: Vec<Knob> = Vec::new();
    for Spot { value: table, span, .. } in tables {
        let before = reading.problems.len();
        let knob = if let Some(list) = &table.alternatives {
            alternatives(reading, table, list, &mut seen)
        } else {
            one_key(reading, table, span, &mut seen)
        };
        let Some(knob) = knob.filter(|_| reading.problems.len() == before) else { continue };
        if let Some(first) = knobs.iter().find(|first| first.label == knob.label) {
            let problem =
                reading.problem(knob.span.clone(), format!("two knobs are called `{}`", knob.label));
            reading.problems.push(problem.label("the second").context(first.span.clone(), "the first"));
        }
        knobs.push(knob);
    }
    knobs
}

fn one_key(
    reading: &mut Reading<'_>,
    table: &KnobTable<'_>,
    whole: &Range<usize>,
    seen: &mut Seen,
) -> Option<Knob> {
    let Some(path) = &table.path else {
        if !table.as_read().is_broken {
            let problem = reading.problem(whole.clone(), "a knob needs a `path`");
            reading.problems.push(problem.help("as in `path = \"contract.share_of_salary\"`"));
        }
        return None;
    };
    let key = turnable(reading, &path.value, inside(path))?;
    let span = path.span.clone();
    if let Some((_, first)) = seen.iter().find(|(path, _)| *path == key.path) {
        let problem = reading.problem(span, format!("`{}` is a knob twice", key.path));
        reading.problems.push(problem.label("again").context(first.clone(), "here first"));
        return None;
    }
    seen.push((key.path, span.clone()));
    let label = table.label.as_ref().map_or_else(|| key.path.to_owned(), |label| label.value.clone());
    if let Some(values) = &table.values {
        for (spot, other) in
            [(table.range.as_ref().map(name), "range"), (table.scale.as_ref().map(name), "scale")]
        {
            reading.refuse(spot.as_ref(), other, "the knob has `values`");
        }
        reading.refuse(table.steps.as_ref(), "steps", "the knob has `values`");
        let domain = Domain::Values(listed(reading, key, values.value)?);
        return Some(Knob { key, label, domain, span });
    }
    if table.as_read().is_broken {
        return None;
    }
    let domain = range_of(reading, key, table.range.as_ref(), table.scale.as_ref(), span.clone())?;
    let knob = Knob { key, label, domain, span };
    let Some(steps) = &table.steps else { return Some(knob) };
    let Some(settings) = knob.in_steps(steps.value) else {
        let title = format!("{} steps are more than the range holds", steps.value);
        let problem = reading.problem(steps.span.clone(), title);
        reading.problems.push(problem.label(format!("`{}` would take a value twice", key.path)));
        return None;
    };
    Some(Knob { domain: Domain::Values(settings), ..knob })
}

/// The place of a key without its value.
fn name<T>(spot: &Spot<T>) -> Spot<()> {
    Spot { value: (), name: spot.name.clone(), span: spot.span.clone() }
}

/// A text without its quotes.
pub(super) fn inside(spot: &Spot<Line>) -> Range<usize> {
    let span = spot.span.clone();
    if span.len() == spot.value.len() + 2 { span.start + 1..span.end - 1 } else { span }
}

fn listed(reading: &mut Reading<'_>, key: &'static Key, Raw(node): Raw<'_>) -> Option<Vec<Setting>> {
    let Some(list) = node.get_ref().as_array() else {
        let problem = reading.at.wrong_type("values", "a list of values", node);
        reading.problems.push(problem);
        return None;
    };
    if list.len() < 2 {
        let problem = reading.problem(node.span(), "a knob needs two values or more");
        reading.problems.push(problem.label(if list.is_empty() { "none here" } else { "one here" }));
        return None;
    }
    let mut settings: Vec<Setting> = Vec::new();
    for element in list.iter() {
        match value::read(reading.at, key, element) {
            Ok(read) if settings.contains(&Setting(read.clone())) => {
                let title = format!("`{}` has a value twice", key.path);
                let problem = reading.problem(element.span(), title).label("again");
                reading.problems.push(problem);
            }
            Ok(read) => settings.push(Setting(read)),
            Err(found) => reading.problems.extend(found),
        }
    }
    Some(settings)
}

/// The range of a knob: as it is given, or else the believable one of its key.
pub(super) fn range_of(
    reading: &mut Reading<'_>,
    key: &'static Key,
    range: Option<&Spot<Raw<'_>>>,
    scale: Option<&Spot<Word<Scale>>>,
    path: Range<usize>,
) -> Option<Domain> {
    if !matches!(key.kind, Kind::Number | Kind::Count) {
        let title = format!("`{}` has no range: it takes {}", key.path, key.range_text());
        let problem = reading.problem(path, title);
        reading.problems.push(problem.help("list the `values` to try"));
        return None;
    }
    let scale = scale.map_or(Scale::Linear, |scale| scale.value.0);
    let (low, high, span) = match range {
        Some(spot) => {
            let (low, high) = ends(reading, key, spot.value.0)?;
            (low, high, spot.span.clone())
        }
        None => match believable(key.path) {
            Some((low, high)) => (low, high, path),
            None => {
                let title = format!("nobody has said which values of `{}` are believable", key.path);
                let problem = reading.problem(path, title).label("this knob needs a range");
                reading.problems.push(problem.help("give `range = [low, high]`, or `values = […]`"));
                return None;
            }
        },
    };
    if scale == Scale::Log && low <= 0.0 {
        let problem = reading.problem(span, "a range on a log scale begins above 0");
        reading.problems.push(problem.label(format!("this one begins at {low}")));
        return None;
    }
    Some(Domain::Range { low, high, scale })
}

fn ends(reading: &mut Reading<'_>, key: &'static Key, node: &Node<'_>) -> Option<(f64, f64)> {
    let two = match node.get_ref() {
        DeValue::Array(list) if list.len() == 2 => list,
        _ => {
            let problem = reading.at.wrong_type("range", "two numbers: `[low, high]`", node);
            reading.problems.push(problem);
            return None;
        }
    };
    let mut ends = Vec::new();
    for element in two.iter() {
        match value::read(reading.at, key, element) {
            Ok(read) => ends.extend(Setting(read).number()),
            Err(found) => reading.problems.extend(found),
        }
    }
    let &[low, high] = &ends[..] else { return None };
    if low < high {
        return Some((low, high));
    }
    let problem = reading.problem(node.span(), format!("the range of `{}` is empty", key.path));
    reading.problems.push(problem.label("the low end comes first, and the two differ"));
    None
}
