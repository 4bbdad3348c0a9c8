//! Reads the knobs of an experiment: which keys they turn, and which values each takes.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::knob::{Domain, Knob, Scale, Setting, believable};
use super::read::{FileReader, in_order};
use crate::scenario::key;
use crate::scenario::key::{Key, Kind};
use crate::scenario::read::{name_text, suggest, unknown_path};
use crate::scenario::suggest::nearest;
use crate::scenario::value;

/// Keys of a knob.
const KNOB: [&str; 7] = ["path", "label", "values", "range", "steps", "scale", "alternatives"];

/// Keys that are settings of the experiment itself.
pub(super) const NO_KNOBS: [&str; 3] = ["run.seed", "run.replications", "run.spells_sample"];

/// Steps that a range may be cut into.
const MOST_STEPS: f64 = 1_000.0;

impl FileReader<'_> {
    pub(super) fn knobs(&mut self, value: &Spanned<DeValue<'_>>) {
        let list = match value.get_ref() {
            DeValue::Array(list) if !list.is_empty() => list,
            _ => {
                let problem = self.at.wrong_type("knobs", "a list of at least one knob", value);
                return self
                    .problems
                    .push(problem.help("begin each knob with `[[knobs]]`, in double brackets"));
            }
        };
        let mut seen: Vec<(&'static str, Range<usize>)> = Vec::new();
        for element in list.iter() {
            let Some(table) = element.get_ref().as_table() else {
                self.problems.push(self.at.wrong_type(
                    "knobs",
                    "a table such as `{ path = \"…\" }`",
                    element,
                ));
                continue;
            };
            if table.contains_key("alternatives") {
                let before = self.problems.len();
                self.known_names(table);
                let knob = self.alternatives(table, element.span(), &mut seen);
                self.knobs.extend(knob.filter(|_| self.problems.len() == before));
                continue;
            }
            let Some((key, span)) = self.knob_key(table, element.span()) else { continue };
            if let Some((_, first)) = seen.iter().find(|(path, _)| *path == key.path) {
                let problem = self.at.problem(span, format!("`{}` is a knob twice", key.path));
                self.problems.push(problem.label("again").context(first.clone(), "here first"));
                continue;
            }
            seen.push((key.path, span.clone()));
            let before = self.problems.len();
            let knob = self.knob(key, table, span);
            self.knobs.extend(knob.filter(|_| self.problems.len() == before));
        }
        for (number, knob) in self.knobs.iter().enumerate() {
            if let Some(first) = self.knobs[..number].iter().find(|first| first.label == knob.label) {
                let problem =
                    self.at.problem(knob.span.clone(), format!("two knobs are called `{}`", knob.label));
                self.problems.push(problem.label("the second").context(first.span.clone(), "the first"));
            }
        }
    }

    /// Looks at the names of what is said of a knob.
    fn known_names(&mut self, table: &DeTable<'_>) {
        for (name, _) in in_order(table) {
            let word = name.get_ref().as_ref();
            if !KNOB.contains(&word) {
                let title = format!("a knob has no `{}`", name_text(word));
                let problem = self.at.problem(name.span(), title).label("not a key of a knob");
                self.problems.push(match nearest(word, KNOB.into_iter()) {
                    None => problem.help(format!("the keys of a knob are: {}", KNOB.join(", "))),
                    near => suggest(problem, name.span(), near),
                });
            }
        }
    }

    /// Which key a knob turns; also looks at the names of what else is said of it.
    fn knob_key(&mut self, table: &DeTable<'_>, whole: Range<usize>) -> Option<(&'static Key, Range<usize>)> {
        self.known_names(table);
        let Some(value) = table.get("path") else {
            let problem = self.at.problem(whole, "a knob needs a `path`".to_owned());
            self.problems.push(problem.help("as in `path = \"contract.share_of_salary\"`"));
            return None;
        };
        let path = self.line("path", value)?;
        // The path itself, without its quotes.
        let span = value.span();
        let inside = if span.len() == path.len() + 2 { span.start + 1..span.end - 1 } else { span.clone() };
        self.turnable(&path, inside).map(|key| (key, span))
    }

    /// The key of a path, if a knob may turn it.
    pub(super) fn turnable(&mut self, path: &str, span: Range<usize>) -> Option<&'static Key> {
        let problem = match key(path) {
            Some(key) if NO_KNOBS.contains(&key.path) => {
                let problem = self.at.problem(span, format!("`{path}` is no knob"));
                problem.label("every point is run with the same one")
            }
            Some(key) if key.kind == Kind::Edges => {
                let problem = self.at.problem(span, format!("`{path}` is no knob"));
                problem.label("a graph belongs to the scenario")
            }
            Some(key) => return Some(key),
            None => unknown_path(self.at.source, span, path),
        };
        self.problems.push(problem);
        None
    }

    fn knob(&mut self, key: &'static Key, table: &DeTable<'_>, path: Range<usize>) -> Option<Knob> {
        let label = match table.get("label") {
            Some(value) => self.line("label", value)?,
            None => key.path.to_owned(),
        };
        let span = path.clone();
        let knob = |domain| Knob { key, label, domain, span };
        if let Some(value) = table.get("values") {
            for other in ["range", "steps", "scale"] {
                self.refuse(table, other, "the knob has `values`");
            }
            return self.values(key, value).map(Domain::Values).map(knob);
        }
        let knob = knob(self.range(key, table, path)?);
        let Some(value) = table.get("steps") else { return Some(knob) };
        let steps = self.number("steps", (2.0, MOST_STEPS), value)?;
        let Some(settings) = knob.in_steps(steps) else {
            let title = format!("{steps} steps are more than the range holds");
            let label = format!("`{}` would take a value twice", key.path);
            self.problems.push(self.at.problem(value.span(), title).label(label));
            return None;
        };
        Some(Knob { domain: Domain::Values(settings), ..knob })
    }

    fn values(&mut self, key: &'static Key, value: &Spanned<DeValue<'_>>) -> Option<Vec<Setting>> {
        let Some(list) = value.get_ref().as_array() else {
            let problem = self.at.wrong_type("values", "a list of values", value);
            self.problems.push(problem);
            return None;
        };
        if list.len() < 2 {
            let problem = self.at.problem(value.span(), "a knob needs two values or more".to_owned());
            self.problems.push(problem.label(if list.is_empty() { "none here" } else { "one here" }));
            return None;
        }
        let mut settings: Vec<Setting> = Vec::new();
        for element in list.iter() {
            match value::read(self.at, key, element) {
                Ok(read) if settings.contains(&Setting(read.clone())) => {
                    let problem =
                        self.at.problem(element.span(), format!("`{}` has a value twice", key.path));
                    self.problems.push(problem.label("again"));
                }
                Ok(read) => settings.push(Setting(read)),
                Err(found) => self.problems.extend(found),
            }
        }
        Some(settings)
    }

    /// The range of a knob: as it is given, or else the believable one of its key.
    pub(super) fn range(
        &mut self,
        key: &'static Key,
        table: &DeTable<'_>,
        path: Range<usize>,
    ) -> Option<Domain> {
        if !matches!(key.kind, Kind::Number | Kind::Count) {
            let problem =
                self.at.problem(path, format!("`{}` has no range: it takes {}", key.path, key.range_text()));
            self.problems.push(problem.label("this is not a number").help("list the `values` to try"));
            return None;
        }
        let scale = match table.get("scale") {
            Some(value) => Some(self.word("scale", &["linear", "log"], value)?),
            None => None,
        };
        let scale = if scale == Some("log") { Scale::Log } else { Scale::Linear };
        let (low, high, span) = match table.get("range") {
            Some(value) => {
                let (low, high) = self.ends(key, value)?;
                (low, high, value.span())
            }
            None => match believable(key.path) {
                Some((low, high)) => (low, high, path),
                None => {
                    let title = format!("nobody has said which values of `{}` are believable", key.path);
                    let problem = self.at.problem(path, title).label("this knob needs a range");
                    let help = "give `range = [low, high]`, or `values = […]`";
                    self.problems.push(problem.help(help));
                    return None;
                }
            },
        };
        if scale == Scale::Log && low <= 0.0 {
            let problem = self.at.problem(span, "a range on a log scale begins above 0".to_owned());
            self.problems.push(problem.label(format!("this one begins at {low}")));
            return None;
        }
        Some(Domain::Range { low, high, scale })
    }

    fn ends(&mut self, key: &'static Key, value: &Spanned<DeValue<'_>>) -> Option<(f64, f64)> {
        let two = value.get_ref().as_array().filter(|list| list.len() == 2);
        let Some(two) = two else {
            let problem = self.at.wrong_type("range", "two numbers: `[low, high]`", value);
            self.problems.push(problem);
            return None;
        };
        let mut ends = Vec::new();
        for element in two.iter() {
            match value::read(self.at, key, element) {
                Ok(read) => ends.extend(Setting(read).number()),
                Err(found) => self.problems.extend(found),
            }
        }
        let &[low, high] = &ends[..] else { return None };
        if low < high {
            return Some((low, high));
        }
        let problem = self.at.problem(value.span(), format!("the range of `{}` is empty", key.path));
        self.problems.push(problem.label("the low end comes first, and the two differ"));
        None
    }
}
