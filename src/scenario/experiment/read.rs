//! Reads the keys of an experiment file, and notes every problem on the way.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::knob::{Domain, Knob};
use super::{Plan, Purpose};
use crate::scenario::key;
use crate::scenario::key::{Key, Value, closed};
use crate::scenario::problem::{Found, Problem};
use crate::scenario::read::{is_one_line, name_text, suggest};
use crate::scenario::suggest::nearest;
use crate::scenario::value::{self, At};
use crate::units::Unit;

/// Keys at the head of the file.
const ROOT: [&str; 12] = [
    "title",
    "question",
    "scenario",
    "design",
    "method",
    "points",
    "trajectories",
    "replications",
    "weeks",
    "seed",
    "metrics",
    "knobs",
];

/// Points of a grid, of a design, and base points: more would not end.
pub(super) const MOST_POINTS: f64 = 1_000_000.0;

/// An experiment in the making.
pub(super) struct FileReader<'a> {
    pub(super) at: &'a At<'a>,
    known: &'a [&'static str],
    pub(super) purpose: Purpose,
    pub(super) problems: Found,
    pub(super) title: String,
    pub(super) question: Option<String>,
    pub(super) scenario: Option<(String, Range<usize>)>,
    pub(super) plan: Option<Plan>,
    pub(super) knobs: Vec<Knob>,
    pub(super) metrics: Vec<&'static str>,
    /// Settings of `[run]`, as `--set` takes them.
    pub(super) run: Vec<String>,
}

type Entry<'a> = (&'a Spanned<DeString<'a>>, &'a Spanned<DeValue<'a>>);

impl<'a> FileReader<'a> {
    pub(super) fn new(at: &'a At<'a>, known: &'a [&'static str], purpose: Purpose) -> Self {
        Self {
            at,
            known,
            purpose,
            problems: Found::default(),
            title: String::new(),
            question: None,
            scenario: None,
            plan: None,
            knobs: Vec::new(),
            metrics: Vec::new(),
            run: Vec::new(),
        }
    }

    /// Reads the file.
    pub(super) fn file(&mut self, table: &DeTable<'_>) {
        for (name, value) in in_order(table) {
            match name.get_ref().as_ref() {
                "title" => self.title = self.line("title", value).unwrap_or_else(|| "?".to_owned()),
                "question" => self.question = self.line("question", value),
                "scenario" => {
                    self.scenario = self.line("scenario", value).map(|path| (path, value.span()));
                }
                "replications" => self.of_run("run.replications", "replications", value),
                "weeks" => self.of_run("run.weeks", "weeks", value),
                "seed" => self.of_run("run.seed", "seed", value),
                "metrics" => self.metrics(value),
                "knobs" => self.knobs(value),
                "design" | "method" | "points" | "trajectories" => {} // read together below
                other => {
                    let problem = self.at.problem(name.span(), format!("unknown key `{}`", name_text(other)));
                    let problem = problem.label("not a key of an experiment");
                    self.problems.push(match nearest(other, ROOT.into_iter()) {
                        _ if other == "claims" => problem.help("claims are for `introsim flip`"),
                        None if other.contains('.') || key_section(other) => problem
                            .help("change the scenario itself in a file that `extends` it, or by `--set`"),
                        near => suggest(problem, name.span(), near),
                    });
                }
            }
        }
        self.plan = self.plan_of(table);
        for (name, what) in [
            ("title", "begin it with one line for charts: `title = \"…\"`"),
            ("scenario", "name the file to turn knobs in: `scenario = \"../contingency.toml\"`"),
            ("knobs", "name at least one: `[[knobs]]` with `path = \"contract.share_of_salary\"`"),
        ] {
            if !table.contains_key(name) {
                self.problems.push(self.at.problem(0..0, format!("the file has no `{name}`")).help(what));
            }
        }
        if self.plan == Some(Plan::Grid) {
            self.check_grid(table);
        }
        self.check_method(table);
        if matches!(self.plan, Some(Plan::Morris { .. } | Plan::Indices { .. })) {
            let named = self.knobs.iter().filter(|knob| matches!(knob.domain, Domain::Named { .. }));
            let problems: Vec<Problem> = named
                .map(|knob| {
                    let title = format!("`{}` chooses between alternatives, which have no order", knob.label);
                    let problem = self.at.problem(knob.span.clone(), title);
                    problem.label("no knob for a `method`").help("alternatives are for `introsim sweep`")
                })
                .collect();
            self.problems.extend(problems);
        }
    }

    /// The number that a key takes, with the key's own words for what is wrong.
    pub(super) fn number(
        &mut self,
        name: &'static str,
        (low, high): (f64, f64),
        value: &Spanned<DeValue<'_>>,
    ) -> Option<usize> {
        let like = key("run.replications")?;
        let wanted = Key { path: name, unit: Unit::Of(name), range: closed(low, high), ..*like };
        match value::read(self.at, &wanted, value) {
            Ok(Value::Count(count)) => usize::try_from(count).ok(),
            Ok(_) => None,
            Err(found) => {
                self.problems.extend(found);
                None
            }
        }
    }

    pub(super) fn of_run(&mut self, path: &'static str, name: &'static str, value: &Spanned<DeValue<'_>>) {
        let Some(key) = key(path) else { return };
        match value::read(self.at, &Key { path: name, ..*key }, value) {
            Ok(read) => self.run.push(format!("{path}={}", read.plain())),
            Err(found) => self.problems.extend(found),
        }
    }

    pub(super) fn line(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let problem = match value.get_ref().as_str() {
            Some(text) if is_one_line(text) => return Some(text.to_owned()),
            Some(_) => self.at.problem(value.span(), format!("`{name}` takes one line of text")),
            None => self.at.wrong_type(name, "one line of text, in quotes", value),
        };
        self.problems.push(problem);
        None
    }

    /// One of a few words.
    pub(super) fn word(
        &mut self,
        name: &str,
        words: &[&'static str],
        value: &Spanned<DeValue<'_>>,
    ) -> Option<&'static str> {
        let all = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        let wanted = format!("one of {all}");
        let Some(text) = value.get_ref().as_str() else {
            self.problems.push(self.at.wrong_type(name, &wanted, value));
            return None;
        };
        if let Some(word) = words.iter().find(|word| **word == text) {
            return Some(word);
        }
        let problem = self.at.problem(value.span(), format!("`{name}` takes {wanted}")).label("no such name");
        self.problems.push(match nearest(text, words.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `\"{near}\"`?")),
            None => problem,
        });
        None
    }

    pub(super) fn refuse(&mut self, table: &DeTable<'_>, name: &str, why: &str) {
        if let Some((name, _)) = table.get_key_value(name) {
            let title = format!("`{}` has no meaning here", name.get_ref());
            self.problems.push(self.at.problem(name.span(), title).label(why.to_owned()));
        }
    }

    fn metrics(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(list) = value.get_ref().as_array() else {
            let problem = self.at.wrong_type("metrics", "a list of outcomes, each in quotes", value);
            return self.problems.push(problem);
        };
        if list.is_empty() {
            let problem = self.at.problem(value.span(), "`metrics` names no outcome".to_owned());
            self.problems.push(problem.help("leave it out for the usual ones"));
        }
        for element in list.iter() {
            let Some(known) = self.metric("metrics", element) else { continue };
            if self.metrics.contains(&known) {
                let title = format!("`{known}` is named twice");
                self.problems.push(self.at.problem(element.span(), title));
            } else {
                self.metrics.push(known);
            }
        }
    }

    /// The name of an outcome.
    pub(super) fn metric(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<&'static str> {
        let Some(written) = value.get_ref().as_str() else {
            self.problems.push(self.at.wrong_type(name, "names of outcomes, each in quotes", value));
            return None;
        };
        if let Some(known) = self.known.iter().find(|known| **known == written) {
            return Some(known);
        }
        let title = format!("there is no outcome `{}`", name_text(written));
        let problem = self.at.problem(value.span(), title).label("no such outcome");
        self.problems.push(match nearest(written, self.known.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `\"{near}\"`?")),
            None => problem.help("the outcomes are the columns of outcomes.csv of a run"),
        });
        None
    }
}

/// The entries of a table in the order of the file.
pub(super) fn in_order<'a>(table: &'a DeTable<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}

/// Whether a word is a section of scenarios.
fn key_section(word: &str) -> bool {
    crate::scenario::SECTIONS.iter().any(|section| section.name == word)
}
