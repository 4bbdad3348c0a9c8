//! A knob from the words of a command line, and the settings that it is turned in.

use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::NO_KNOBS;
use super::knob::{Domain, Knob, Scale};
use crate::scenario::at::At;
use crate::scenario::key;
use crate::scenario::key::{Key, Kind, Value, closed};
use crate::scenario::problem::{Problem, Problems, Source};
use crate::scenario::read::{Reader, unknown_path};
use crate::scenario::value;
use crate::scenario::{Loaded, Scenario, Stage};
use crate::units::Unit;

/// The hours of all stages of screening together: no key of a scenario, but one that a knob can turn. The stages that
/// there are keep their thresholds and are made longer or shorter in proportion; at 0 nobody is screened.
pub static SCREENING_HOURS: Key = Key {
    section: "screening",
    name: "hours",
    path: "screening.hours",
    kind: Kind::Number,
    unit: Unit::Hours,
    range: closed(0.0, 1_000.0),
    plausible: Some(closed(0.0, 16.0)),
    doc: "Hours of all stages of screening together, each stage in proportion.",
    source: "of the scenario's own stages",
    read: |scenario| Value::Number(scenario.screening.stages.iter().map(|stage| stage.hours).sum()),
    write: |scenario, value| {
        if let Value::Number(hours) = value {
            scale_stages(&mut scenario.screening.stages, hours);
        }
    },
};

fn scale_stages(stages: &mut Vec<Stage>, hours: f64) {
    let now: f64 = stages.iter().map(|stage| stage.hours).sum();
    if hours <= 0.0 {
        stages.clear();
    }
    for stage in stages {
        stage.hours *= hours / now;
    }
}

/// From this ratio of its ends on, a range is walked through by ratios unless somebody says otherwise.
const LOG_FROM: f64 = 10.0;

/// The knob of a dotted path or of `screening.hours`, over a range such as `1%..50%`.
///
/// Without a range it moves over the believable one of its key, or from 0 % to 100 % if it is a share. Without a scale
/// it moves by ratios where the range begins above 0 and its ends differ by a factor of ten, else by differences.
///
/// # Errors
///
/// A path that is no key, a key that is no number or belongs to the experiment itself, a range that is none or is not
/// allowed, or none where the key has none.
pub fn knob_of(path: &str, range: Option<&str>, scale: Option<Scale>) -> Result<Knob, Problems> {
    let source = Source::new("--knob", path);
    let whole = 0..path.len();
    let key = match find(path) {
        Some(key) if NO_KNOBS.contains(&key.path) => {
            let problem = Problem::at(&source, whole, format!("`{path}` is no knob"));
            return Err(problem.label("every point is run with the same one").into());
        }
        Some(key) if !matches!(key.kind, Kind::Number | Kind::Count) => {
            let title = format!("`{path}` has no range: it takes {}", key.range_text());
            return Err(Problem::at(&source, whole, title).label("this is not a number").into());
        }
        Some(key) => key,
        None => return Err(unknown_path(&source, whole, path).into()),
    };
    let (low, high) = match range {
        Some(written) => ends(key, written)?,
        None => match default_range(key) {
            Some(ends) => ends,
            None => {
                let title = format!("nobody has said which values of `{path}` are believable");
                let problem = Problem::at(&source, whole, title).label("this knob needs a range");
                let allowed = key.range_text();
                return Err(problem.help(format!("give `--range LOW..HIGH`; allowed: {allowed}")).into());
            }
        },
    };
    let scale = match scale {
        Some(Scale::Log) if low <= 0.0 => {
            let title = format!("a range on a log scale begins above 0, that of `{path}` begins at {low}");
            return Err(Problem::new(title).help("give `--range`, or `--scale linear`").into());
        }
        Some(scale) => scale,
        None if low > 0.0 && high / low >= LOG_FROM => Scale::Log,
        None => Scale::Linear,
    };
    Ok(Knob { key, label: key.path.to_owned(), domain: Domain::Range { low, high, scale }, span: whole })
}

/// The scenario with one setting more, as in `screening.stages=[]`, and what it sets.
///
/// # Errors
///
/// An unknown key, a value that does not fit, or a rule between keys that is broken.
pub fn with_setting(loaded: &Loaded, setting: &str) -> Result<(&'static Key, Scenario), Problems> {
    let source = Source::new("--at", setting);
    let path = setting.split('=').next().unwrap_or_default().trim();
    if NO_KNOBS.contains(&path) {
        let problem = Problem::at(&source, 0..setting.len(), format!("`{path}` cannot be set here"));
        return Err(problem.label("everything is run with the same one").into());
    }
    if path == "friends.edges" {
        let problem = Problem::at(&source, 0..setting.len(), "`friends.edges` cannot be set here");
        return Err(problem.label("a graph belongs to the scenario").into());
    }
    if path == SCREENING_HOURS.path
        && let Some((_, written)) = setting.split_once('=')
    {
        let read = read_end(&source, setting.len() - written.len(), written, &SCREENING_HOURS)?;
        let mut scenario = loaded.scenario.clone();
        needs_stages(&scenario, number_of(&read), &source)?;
        (SCREENING_HOURS.write)(&mut scenario, read);
        return Ok((&SCREENING_HOURS, scenario));
    }
    let mut reader = Reader::over(&loaded.scenario);
    let set = reader.overrides_from("--at", &[setting.to_owned()]);
    reader.finish();
    reader.problems.check()?;
    match set.first().and_then(|path| key(path)) {
        Some(key) => Ok((key, reader.scenario)),
        // Whatever sets nothing was reported above.
        None => Err(Problem::new(format!("`{setting}` sets nothing")).into()),
    }
}

/// Checks that a knob can be turned to some places of its range in a scenario.
///
/// - `places`: in [0, 1]
/// - `level`: what the scenario is called
///
/// # Errors
///
/// Hours of screening without stages to share them out to, and each rule between keys that some place breaks.
pub fn check_places(knob: &Knob, scenario: &Scenario, places: &[f64], level: &str) -> Result<(), Problems> {
    let most = places.iter().filter_map(|&place| knob.at(place).number()).fold(0.0, f64::max);
    if knob.key.path == SCREENING_HOURS.path {
        needs_stages(scenario, most, &Source::new("--knob", knob.key.path))?;
    }
    for &place in places {
        let mut turned = scenario.clone();
        knob.turn(&mut turned, &knob.at(place));
        let Err(problems) = turned.check() else { continue };
        let value = knob.text(&knob.at(place));
        let told = problems.iter().map(|problem| {
            let title = format!("{level}, {} = {value}: {}", knob.key.path, problem.title());
            Problem::new(title).help("narrow the range, or change the scenario")
        });
        return Problems::from_list(told.collect());
    }
    Ok(())
}

/// Hours above 0 need stages to share them out to.
fn needs_stages(scenario: &Scenario, hours: f64, source: &Arc<Source>) -> Result<(), Problem> {
    if hours <= 0.0 || !scenario.screening.stages.is_empty() {
        return Ok(());
    }
    let problem = Problem::at(source, 0..source.text.len(), "there are no stages to share the hours out to");
    Err(problem
        .label("the scenario screens nobody")
        .help("give it stages: `--set 'screening.stages=[{ hours = \"1h\", accept_above = 0.2 }]'`"))
}

fn find(path: &str) -> Option<&'static Key> {
    if path == SCREENING_HOURS.path { Some(&SCREENING_HOURS) } else { key(path) }
}

/// The believable range, or all of a share.
fn default_range(key: &Key) -> Option<(f64, f64)> {
    let plausible = key.plausible.filter(|range| range.low < range.high && range.high.is_finite());
    let is_share = matches!(key.unit, Unit::Share | Unit::Rate);
    plausible.or(is_share.then_some(key.range)).map(|range| (range.low, range.high))
}

/// Both ends of a range as it is written: `1%..50%`.
fn ends(key: &Key, written: &str) -> Result<(f64, f64), Problems> {
    let source = Source::new("--range", written);
    let whole = 0..written.len();
    let Some((low, high)) = written.split_once("..") else {
        let problem = Problem::at(&source, whole, "a range is `LOW..HIGH`").label("no `..` here");
        return Err(problem.help(format!("for `{}` from {}", key.path, key.range_text())).into());
    };
    let mut numbers = Vec::new();
    let mut problems = Vec::new();
    for (text, start) in [(low, 0), (high, low.len() + 2)] {
        match read_end(&source, start, text, key) {
            Ok(value) => numbers.push(number_of(&value)),
            Err(found) => problems.extend(found.iter().cloned()),
        }
    }
    Problems::from_list(problems)?;
    let (low, high) = (numbers[0], numbers[1]);
    if low < high {
        return Ok((low, high));
    }
    let problem = Problem::at(&source, whole, format!("the range of `{}` is empty", key.path));
    Err(problem.label("the low end comes first, and the two differ").into())
}

/// One value of a key in a text, which begins at `start` of the source.
fn read_end(source: &Arc<Source>, start: usize, written: &str, key: &Key) -> Result<Value, Problems> {
    let at = At { source, folder: Path::new("") };
    let start = start + written.len() - written.trim_start().len();
    let written = written.trim();
    let span = start..start + written.len();
    if written.is_empty() {
        return Err(Problem::at(source, span, "a value is missing").label("here").into());
    }
    // Numbers are TOML; whatever is not is a text whose quotes were left out, as in `15%`.
    let line = format!("v={written}");
    let table = DeTable::parse(&line).ok();
    let plain = table.as_ref().and_then(|table| table.get_ref().get("v"));
    let is_number =
        |value: &&Spanned<DeValue<'_>>| matches!(value.get_ref(), DeValue::Integer(_) | DeValue::Float(_));
    let value = match plain.filter(is_number) {
        Some(number) => Spanned::new(span, number.get_ref().clone()),
        None => Spanned::new(span, DeValue::String(written.trim_matches('"').into())),
    };
    value::read(&at, key, &value).map_err(|found| {
        let mut all = found.into_iter();
        let mut problems = Problems::from(all.next().unwrap_or_else(|| Problem::new("no value")));
        all.for_each(|problem| problems.join(problem.into()));
        problems
    })
}

#[expect(clippy::cast_precision_loss, reason = "knobs count things, of which there are fewer than 2^53")]
fn number_of(value: &Value) -> f64 {
    match value {
        Value::Number(number) => *number,
        Value::Count(count) => *count as f64,
        _ => f64::NAN,
    }
}
