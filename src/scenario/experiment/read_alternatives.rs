//! Reads a knob that chooses between named settings of several keys, such as whole contracts.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::knob::{Alternative, Domain, Knob, Setting};
use super::read::{FileReader, in_order};
use crate::scenario::SECTIONS;
use crate::scenario::key::Value;
use crate::scenario::read::{name_text, suggest};
use crate::scenario::suggest::nearest;
use crate::scenario::value;

/// How such a knob is written.
const EXAMPLE: &str = "a list such as `[{ name = \"cash\", set = { contract.upfront = \"$500\" } }, { name = \"free\", set = {} }]`";

/// Keys that are turned by a knob already, and where.
type Seen = Vec<(&'static str, Range<usize>)>;

impl FileReader<'_> {
    /// A knob of several keys: `label` and `alternatives`, each with a `name` and what it is to `set`.
    pub(super) fn alternatives(
        &mut self,
        table: &DeTable<'_>,
        whole: Range<usize>,
        seen: &mut Seen,
    ) -> Option<Knob> {
        for other in ["path", "values", "range", "steps", "scale"] {
            self.refuse(table, other, "the knob has `alternatives`");
        }
        let value = table.get("alternatives")?;
        let list = match value.get_ref() {
            DeValue::Array(list) if list.len() >= 2 => list,
            DeValue::Array(_) => {
                let problem =
                    self.at.problem(value.span(), "a knob needs two alternatives or more".to_owned());
                self.problems.push(problem);
                return None;
            }
            _ => {
                self.problems.push(self.at.wrong_type("alternatives", EXAMPLE, value));
                return None;
            }
        };
        let Some(label) = table.get("label") else {
            let problem = self.at.problem(whole, "a knob with `alternatives` needs a `label`".to_owned());
            self.problems.push(problem.help("tables and charts call it by that: `label = \"contract\"`"));
            return None;
        };
        let label = self.line("label", label)?;
        let mut alternatives: Vec<Alternative> = Vec::new();
        for element in list.iter() {
            let Some(alternative) = self.alternative(element) else { continue };
            let is_same = |known: &&Alternative| {
                let renamed = Alternative { name: alternative.name.clone(), ..(*known).clone() };
                renamed == alternative
            };
            if alternatives.iter().any(|known| known.name == alternative.name) {
                let title = format!("two alternatives are called `{}`", name_text(&alternative.name));
                self.problems.push(self.at.problem(element.span(), title).label("again"));
            } else if let Some(known) = alternatives.iter().find(is_same) {
                let title = format!("`{}` sets the same as `{}`", alternative.name, known.name);
                self.problems.push(self.at.problem(element.span(), title).label("the same again"));
            }
            alternatives.push(alternative);
        }
        self.not_turned_twice(&alternatives, value.span(), seen);
        let (key, _) = alternatives.iter().flat_map(|alternative| &alternative.set).next()?.clone();
        let numbers = (0..alternatives.len() as u64).map(|number| Setting(Value::Count(number))).collect();
        Some(Knob { key, label, domain: Domain::Named { alternatives, numbers }, span: value.span() })
    }

    fn not_turned_twice(&mut self, alternatives: &[Alternative], span: Range<usize>, seen: &mut Seen) {
        let mut own: Vec<&'static str> =
            alternatives.iter().flat_map(|alternative| &alternative.set).map(|(key, _)| key.path).collect();
        own.sort_unstable();
        own.dedup();
        for path in own {
            if let Some((_, first)) = seen.iter().find(|(known, _)| *known == path) {
                let problem = self.at.problem(span.clone(), format!("`{path}` is a knob twice"));
                self.problems.push(problem.label("again").context(first.clone(), "here first"));
            } else {
                seen.push((path, span.clone()));
            }
        }
    }

    fn alternative(&mut self, element: &Spanned<DeValue<'_>>) -> Option<Alternative> {
        let Some(table) = element.get_ref().as_table() else {
            self.problems.push(self.at.wrong_type("alternatives", EXAMPLE, element));
            return None;
        };
        for (name, _) in in_order(table) {
            let word = name.get_ref().as_ref();
            if !["name", "set"].contains(&word) {
                let title = format!("an alternative has no `{}`", name_text(word));
                let problem = self
                    .at
                    .problem(name.span(), title)
                    .label("an alternative has a `name` and what to `set`");
                self.problems.push(suggest(problem, name.span(), nearest(word, ["name", "set"].into_iter())));
            }
        }
        let (Some(name), Some(set)) = (table.get("name"), table.get("set")) else {
            let title = "an alternative needs a `name` and what to `set`".to_owned();
            self.problems.push(self.at.problem(element.span(), title).help(EXAMPLE));
            return None;
        };
        let name = self.line("name", name)?;
        let Some(set) = set.get_ref().as_table() else {
            let wanted = "a table such as `{ contract.upfront = \"$500\" }`";
            self.problems.push(self.at.wrong_type("set", wanted, set));
            return None;
        };
        let before = self.problems.len();
        let mut read = Vec::new();
        for (name, value) in in_order(set) {
            let word = name.get_ref().as_ref();
            let is_section = SECTIONS.iter().any(|section| section.name == word);
            match value.get_ref().as_table().filter(|_| is_section) {
                Some(section) => {
                    for (key, value) in in_order(section) {
                        read.extend(self.setting(&format!("{word}.{}", key.get_ref()), key.span(), value));
                    }
                }
                None => read.extend(self.setting(word, name.span(), value)),
            }
        }
        (self.problems.len() == before).then_some(Alternative { name, set: read })
    }

    pub(super) fn setting(
        &mut self,
        path: &str,
        span: Range<usize>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<(&'static crate::scenario::Key, Setting)> {
        let key = self.turnable(path, span)?;
        match value::read(self.at, key, value) {
            Ok(read) => Some((key, Setting(read))),
            Err(found) => {
                self.problems.extend(found);
                None
            }
        }
    }
}
