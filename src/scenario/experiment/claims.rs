//! Files of claims: what is said to be true of some scenarios, for `flip` to find from which cost of a burnt relationship
//! on it is.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::knob::{Domain, Knob, Scale};
use super::read::{FileReader, in_order};
use super::{MARKS, Purpose, STUDY_MARKS};
use crate::scenario::key;
use crate::scenario::load::{Loaded, SourceFile, load_with, name_of, read_text, shown, with_syntax};
use crate::scenario::problem::{Problem, Problems, Source};
use crate::scenario::read::{is_one_line, name_text, suggest};
use crate::scenario::suggest::{nearest, or_nearest};
use crate::scenario::value::At;
use crate::units::Unit;

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

/// Keys at the head of a file of claims.
const ROOT: [&str; 9] =
    ["title", "question", "replications", "weeks", "seed", "range", "scale", "points", "claims"];

/// Keys of a claim.
const CLAIM: [&str; 7] = ["name", "question", "scenario", "against", "metric", "holds", "threshold"];

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
    let text = read_text(path)
        .map_err(|why| Problem::new(format!("cannot read {}: {why}{}", shown(path), or_nearest(path))))?;
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
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let at = At { source: &source, folder: &folder };
    let mut reader = FileReader::new(&at, metrics, Purpose::Any);
    let head = reader.head(table.get_ref(), settings);
    let mut problems = with_syntax(&source, &errors, std::mem::take(&mut reader.problems));
    problems.sort(&source);
    problems.check()?;
    match head {
        Some((knob, points, claims)) => Ok(Claims {
            name,
            title: reader.title,
            question: reader.question,
            knob,
            points,
            claims,
            file: SourceFile {
                path: source.name.clone(),
                bytes: source.text.clone().into(),
                sets: Vec::new(),
            },
        }),
        // What is missing was reported above; this keeps the promise of `Problems` even if it was not.
        None => Err(Problem::new(format!("{} holds no claims", source.name)).into()),
    }
}

type Head = (Knob, Option<usize>, Vec<Claim>);

impl FileReader<'_> {
    fn head(&mut self, table: &DeTable<'_>, settings: &[String]) -> Option<Head> {
        for (name, value) in in_order(table) {
            match name.get_ref().as_ref() {
                "title" => self.title = self.line("title", value).unwrap_or_else(|| "?".to_owned()),
                "question" => self.question = self.line("question", value),
                "replications" => self.of_run("run.replications", "replications", value),
                "weeks" => self.of_run("run.weeks", "weeks", value),
                "seed" => self.of_run("run.seed", "seed", value),
                "range" | "scale" | "points" | "claims" => {} // read below
                other => {
                    let problem = self.at.problem(name.span(), format!("unknown key `{}`", name_text(other)));
                    let problem = problem.label("not a key of a file of claims");
                    let near = nearest(other, ROOT.into_iter());
                    self.problems.push(suggest(problem, name.span(), near));
                }
            }
        }
        if !table.contains_key("title") {
            let problem = self.at.problem(0..0, "the file has no `title`".to_owned());
            self.problems.push(problem.help("begin it with one line for charts: `title = \"…\"`"));
        }
        let knob = self.cost(table);
        let points = table.get("points").map(|value| self.number("points", (2.0, 200.0), value));
        let all: Vec<String> = self.run.iter().chain(settings).cloned().collect();
        let claims = self.claims(table.get("claims")?, &all);
        Some((knob?, points.flatten(), claims))
    }

    /// What is turned: by ratios, unless the file says otherwise or the range begins at 0.
    fn cost(&mut self, table: &DeTable<'_>) -> Option<Knob> {
        let key = key(COST)?;
        let domain = self.range(key, table, 0..0)?;
        let domain = match domain {
            Domain::Range { low, high, .. } if !table.contains_key("scale") && low > 0.0 => {
                Domain::Range { low, high, scale: Scale::Log }
            }
            other => other,
        };
        Some(Knob { key, label: key.path.to_owned(), domain, span: 0..0 })
    }

    fn claims(&mut self, value: &Spanned<DeValue<'_>>, settings: &[String]) -> Vec<Claim> {
        let mut claims: Vec<Claim> = Vec::new();
        let list = match value.get_ref() {
            DeValue::Array(list) if !list.is_empty() => list,
            _ => {
                let problem = self.at.wrong_type("claims", "a list of at least one claim", value);
                self.problems.push(problem.help("begin each claim with `[[claims]]`, in double brackets"));
                return claims;
            }
        };
        for element in list.iter() {
            let Some(table) = element.get_ref().as_table() else {
                let problem = self.at.wrong_type("claims", "a table such as `{ name = \"…\" }`", element);
                self.problems.push(problem);
                continue;
            };
            let before = self.problems.len();
            let claim = self.claim(table, element, settings);
            let Some(claim) = claim.filter(|_| self.problems.len() == before) else { continue };
            if claims.iter().any(|known| known.name == claim.name) {
                let title = format!("two claims are called `{}`", claim.name);
                self.problems.push(self.at.problem(element.span(), title).label("the second"));
            }
            claims.push(claim);
        }
        claims
    }

    fn claim(
        &mut self,
        table: &DeTable<'_>,
        element: &Spanned<DeValue<'_>>,
        settings: &[String],
    ) -> Option<Claim> {
        for (name, _) in in_order(table) {
            let word = name.get_ref().as_ref();
            if !CLAIM.contains(&word) {
                let title = format!("a claim has no `{}`", name_text(word));
                let problem = self.at.problem(name.span(), title).label("not a key of a claim");
                self.problems.push(match nearest(word, CLAIM.into_iter()) {
                    None => problem.help(format!("the keys of a claim are: {}", CLAIM.join(", "))),
                    near => suggest(problem, name.span(), near),
                });
            }
        }
        let missing: Vec<&str> = ["name", "scenario", "metric", "holds", "threshold"]
            .into_iter()
            .filter(|name| !table.contains_key(*name))
            .collect();
        for name in &missing {
            let title = format!("a claim needs `{name}`");
            self.problems.push(self.at.problem(element.span(), title).label("it is missing here"));
        }
        if !missing.is_empty() {
            return None;
        }
        let name = self.line("name", table.get("name")?);
        let question = table.get("question").map(|value| self.line("question", value));
        let scenario = self.scenario_of("scenario", table.get("scenario")?, settings);
        let against = table.get("against").map(|value| self.scenario_of("against", value, settings));
        let metric = self.metric("metric", table.get("metric")?);
        let holds = self.word("holds", &["below", "above"], table.get("holds")?);
        let threshold = self.threshold(table.get("threshold")?);
        Some(Claim {
            name: name?,
            question: question.flatten(),
            scenario: scenario?,
            against: match against {
                Some(loaded) => Some(loaded?),
                None => None,
            },
            metric: metric?,
            holds: if holds? == "below" { Holds::Below } else { Holds::Above },
            threshold: threshold?,
        })
    }

    fn scenario_of(
        &mut self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        settings: &[String],
    ) -> Option<Loaded> {
        let written = self.line(name, value)?;
        let file = self.at.folder.join(&written);
        if !file.exists() {
            let problem = self.at.problem(value.span(), format!("cannot read {}", file.display()));
            let problem = problem.label("there is no such file");
            self.problems.push(problem.help("the path is relative to the folder of the file of claims"));
            return None;
        }
        match load_with(&file, settings) {
            Ok(loaded) if loaded.scenario.is_abstract => {
                let problem = self.at.problem(value.span(), format!("{} is abstract", loaded.name));
                self.problems.push(problem.label("a base for others, not to be run itself"));
                None
            }
            Ok(loaded) if loaded.overridden.contains(&COST) => {
                let problem = Problem::new(format!("`{COST}` is what is turned, and set besides"));
                let problem = problem.help("leave out the setting, or give the file a `range`");
                self.problems.push_new(problem);
                None
            }
            Ok(loaded) => Some(loaded),
            Err(found) => {
                self.problems.join(&found);
                None
            }
        }
    }

    /// A number, or a text such as "50%" or "$100".
    fn threshold(&mut self, value: &Spanned<DeValue<'_>>) -> Option<f64> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .and_then(|number| i32::try_from(number).ok())
                .map(f64::from),
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::String(text) if text.trim().ends_with('%') => Unit::Share.parse(text).ok(),
            DeValue::String(text) => Unit::Dollars.parse(text).ok(),
            _ => None,
        };
        let number = number.filter(|number: &f64| number.is_finite());
        if number.is_none() {
            let what = "a number in the unit of the metric, such as `0.5`, `\"50%\"` or `\"$100\"`";
            self.problems.push(self.at.wrong_type("threshold", what, value));
        }
        number
    }
}
