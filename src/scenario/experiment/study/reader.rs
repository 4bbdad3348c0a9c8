//! Reads the head of a study file, and what all its parts have in common: numbers by effort, paths, unknown keys.

use std::ops::Range;
use std::path::PathBuf;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::Purpose;
use super::super::read::{FileReader, in_order};
use super::{Effort, Names, Part};
use crate::scenario::key;
use crate::scenario::key::Value;
use crate::scenario::problem::{Found, Problem, Problems};
use crate::scenario::read::{name_text, suggest};
use crate::scenario::suggest::nearest;
use crate::scenario::value::{self, At};

type Entry<'a> = Spanned<DeValue<'a>>;

/// Keys and tables at the head of the file, the parts in the order in which they are done.
const ROOT: [&str; 11] = [
    "title",
    "question",
    "seed",
    "library",
    "map",
    "bombardment",
    "break_even",
    "flip",
    "importance",
    "facts",
    "validation",
];

/// The parts among them.
const PARTS: usize = 3;

/// Replications that a part may be given.
const MOST_REPLICATIONS: f64 = 100_000.0;

/// A study in the making.
pub(super) struct StudyReader<'a> {
    pub(super) file: FileReader<'a>,
    pub(super) names: Names<'a>,
    pub(super) effort: Effort,
    seed: Option<u64>,
}

impl<'a> StudyReader<'a> {
    pub(super) fn new(at: &'a At<'a>, names: Names<'a>, effort: Effort, seed: Option<u64>) -> Self {
        Self { file: FileReader::new(at, names.outcomes, Purpose::Any), names, effort, seed }
    }

    /// Title, question and seed.
    pub(super) fn head(self) -> (String, Option<String>, u64) {
        (self.file.title, self.file.question, self.seed.unwrap_or(1))
    }

    pub(super) fn take_problems(&mut self) -> Found {
        std::mem::take(&mut self.file.problems)
    }

    /// Reads the file; the parts of this effort come in the order in which they are done.
    pub(super) fn file(&mut self, table: &DeTable<'_>) -> Vec<Part> {
        for (name, value) in in_order(table) {
            match name.get_ref().as_ref() {
                "title" => self.file.title = self.file.line("title", value).unwrap_or_default(),
                "question" => self.file.question = self.file.line("question", value),
                "seed" => self.read_seed(value),
                known if ROOT.contains(&known) => {}
                other => {
                    let title = format!("unknown key `{}`", name_text(other));
                    let problem = self.problem(name.span(), title).label("not a key or a part of a study");
                    self.say(match nearest(other, ROOT.into_iter()) {
                        None => problem.help(format!("the parts are: {}", ROOT[PARTS..].join(", "))),
                        near => suggest(problem, name.span(), near),
                    });
                }
            }
        }
        if !table.contains_key("title") {
            let problem = self.problem(0..0, "the file has no `title`".to_owned());
            self.say(problem.help("begin it with one line for the report: `title = \"…\"`"));
        }
        let mut named = 0;
        let mut parts = Vec::new();
        for name in &ROOT[PARTS..] {
            let Some((key, value)) = table.get_key_value(*name) else { continue };
            named += 1;
            let Some(of_part) = value.get_ref().as_table() else {
                let wanted = format!("a table: begin the part with `[{name}]`");
                self.wrong_type(name, &wanted, value);
                continue;
            };
            parts.extend(self.part(name, of_part, key.span()));
        }
        if named == 0 {
            let problem = self.problem(0..0, "the study has no part".to_owned());
            self.say(problem.help(format!("the parts are: {}", ROOT[PARTS..].join(", "))));
        } else if parts.is_empty() && self.file.problems.is_empty() {
            let title = format!("nothing is left of this study at the effort `{}`", self.effort.name());
            let problem = self.problem(0..0, title);
            self.say(problem.help("take the effort out of `leave_out` of some part"));
        }
        parts
    }

    fn read_seed(&mut self, value: &Entry<'_>) {
        let Some(key) = key("run.seed") else { return };
        match value::read(self.file.at, &crate::scenario::Key { path: "seed", ..*key }, value) {
            Ok(Value::Count(seed)) => {
                self.seed.get_or_insert(seed);
            }
            Ok(_) => {}
            Err(found) => self.file.problems.extend(found),
        }
    }

    /// Settings of `[run]` that a part lays over its scenarios: the study's seed, and replications where it says.
    pub(super) fn settings(&mut self, table: &DeTable<'_>) -> Vec<String> {
        let mut settings = vec![format!("run.seed={}", self.seed.unwrap_or(1))];
        let replications = self.number(table, "replications", (1.0, MOST_REPLICATIONS));
        settings.extend(replications.map(|n| format!("run.replications={n}")));
        settings
    }

    pub(super) fn problem(&self, span: Range<usize>, title: String) -> Problem {
        self.file.at.problem(span, title)
    }

    /// Notes a problem, once: several parts may read one file.
    pub(super) fn say(&mut self, problem: Problem) {
        self.file.problems.push_new(problem);
    }

    pub(super) fn say_all(&mut self, problems: &Problems) {
        self.file.problems.join(problems);
    }

    pub(super) fn wrong_type(&mut self, name: &str, wanted: &str, value: &Entry<'_>) {
        let problem = self.file.at.wrong_type(name, wanted, value);
        self.say(problem);
    }

    /// Notes every key of a part that it does not have, and every one that it needs and lacks.
    pub(super) fn keys(
        &mut self,
        part: (&str, Range<usize>),
        table: &DeTable<'_>,
        known: &[&'static str],
    ) -> bool {
        let (part, span) = part;
        for (name, _) in in_order(table) {
            let word = name.get_ref().as_ref();
            if known.contains(&word) {
                continue;
            }
            let title = format!("[{part}] has no `{}`", name_text(word));
            let problem = self.problem(name.span(), title).label("not a key of this part");
            self.say(match nearest(word, known.iter().copied()) {
                None => problem.help(format!("its keys are: {}", known.join(", "))),
                near => suggest(problem, name.span(), near),
            });
        }
        let needed = ["scenarios", "file", "scenario", "knob"];
        let missing: Vec<&&str> =
            known.iter().filter(|name| needed.contains(name) && !table.contains_key(**name)).collect();
        for name in &missing {
            let problem = self.problem(span.clone(), format!("[{part}] needs `{name}`"));
            self.say(problem.label("it is missing here"));
        }
        missing.is_empty()
    }

    /// Whether this effort does without the part.
    pub(super) fn is_left_out(&mut self, table: &DeTable<'_>) -> bool {
        let Some(value) = table.get("leave_out") else { return false };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type("leave_out", "a list of efforts, such as `[\"quick\"]`", value);
            return false;
        };
        let efforts = Effort::ALL.map(Effort::name);
        let words: Vec<&str> =
            list.iter().filter_map(|word| self.file.word("leave_out", &efforts, word)).collect();
        words.contains(&self.effort.name())
    }

    /// A whole number, the same for all efforts or for each its own; none where this effort has none.
    pub(super) fn number(
        &mut self,
        table: &DeTable<'_>,
        name: &'static str,
        range: (f64, f64),
    ) -> Option<usize> {
        let values = self.by_effort(name, table.get(name)?);
        // Those of the other efforts are checked too.
        let numbers: Vec<_> = values
            .into_iter()
            .map(|(effort, value)| (effort, self.file.number(name, range, value)))
            .collect();
        self.chosen(numbers)?
    }

    /// What is given for each effort: `{ quick = …, default = …, full = … }`, or one thing for all.
    pub(super) fn by_effort<'t>(&mut self, name: &str, value: &'t Entry<'t>) -> Vec<(Effort, &'t Entry<'t>)> {
        let Some(table) = value.get_ref().as_table() else { return vec![(Effort::Default, value)] };
        let mut given = Vec::new();
        for (word, value) in in_order(table) {
            match Effort::ALL.into_iter().find(|effort| effort.name() == word.get_ref().as_ref()) {
                Some(effort) => given.push((effort, value)),
                None => {
                    let title = format!("`{name}` has no `{}`", name_text(word.get_ref()));
                    let problem = self.problem(word.span(), title).label("not an effort");
                    let near = nearest(word.get_ref(), Effort::ALL.map(Effort::name).into_iter());
                    self.say(match near {
                        None => problem.help("the efforts are: quick, default, full"),
                        near => suggest(problem, word.span(), near),
                    });
                }
            }
        }
        given
    }

    /// What holds at this effort: its own, or else that of the default effort.
    pub(super) fn chosen<T>(&self, given: Vec<(Effort, T)>) -> Option<T> {
        let rank = |effort: Effort| usize::from(effort != self.effort);
        let mut fit: Vec<(Effort, T)> = given
            .into_iter()
            .filter(|(effort, _)| *effort == self.effort || *effort == Effort::Default)
            .collect();
        fit.sort_by_key(|(effort, _)| rank(*effort));
        fit.into_iter().next().map(|(_, value)| value)
    }

    /// The path that a key names, relative to the study file; said to be missing if there is no such file.
    pub(super) fn path(&mut self, name: &str, value: &Entry<'_>) -> Option<PathBuf> {
        let written = self.file.line(name, value)?;
        let path = self.file.at.folder.join(&written);
        if path.exists() {
            return Some(path);
        }
        let problem = self.problem(value.span(), format!("cannot read {}", path.display()));
        self.say(
            problem
                .label("there is no such file")
                .help("the path is relative to the folder of the study file"),
        );
        None
    }
}
