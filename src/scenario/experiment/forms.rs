//! What the keys of files that are no scenarios take: lines, whole numbers, words, lists, settings, numbers by effort.

use serde_json::{Value as Json, json};
use toml::de::DeValue;

use super::entry::{Entry, Field, Node, Page, Reading, Spot, in_order};
use super::knob::{Scale, Setting};
use super::{Effort, Holds, NO_KNOBS};
use crate::scenario::key::{Key, Kind, Value, closed};
use crate::scenario::read::{is_one_line, name_text, suggest, unknown_path};
use crate::scenario::removed::successor;
use crate::scenario::suggest::nearest;
use crate::scenario::{SECTIONS, key, value};
use crate::units::Unit;

/// One line of text.
pub(super) type Line = String;

impl<'t> Entry<'t> for Line {
    fn read(reading: &mut Reading<'_>, field: &Field, node: &'t Node<'t>) -> Option<Self> {
        match node.get_ref().as_str() {
            Some(text) if is_one_line(text) => return Some(text.to_owned()),
            Some(_) => {
                let title = format!("`{}` takes one line of text", field.name);
                let problem = reading.problem(node.span(), title);
                reading.problems.push(problem);
            }
            None => reading.wrong(field, "one line of text, in quotes", node),
        }
        None
    }

    fn takes(field: &Field) -> String {
        if field.takes.is_empty() { "one line of text".to_owned() } else { field.takes.to_owned() }
    }

    fn schema(_: &Field) -> Json {
        json!({ "type": "string", "minLength": 1 })
    }
}

impl<'t> Entry<'t> for usize {
    fn read(reading: &mut Reading<'_>, field: &Field, node: &'t Node<'t>) -> Option<Self> {
        let like = key("run.replications")?;
        let (low, high) = field.within;
        let wanted = Key { path: field.name, unit: Unit::Of(field.name), range: closed(low, high), ..*like };
        match value::read(reading.at, &wanted, node) {
            Ok(Value::Count(count)) => Self::try_from(count).ok(),
            Ok(_) => None,
            Err(found) => {
                reading.problems.extend(found);
                None
            }
        }
    }

    fn takes(field: &Field) -> String {
        format!("a whole number, {}", closed(field.within.0, field.within.1).text(Unit::Of("")))
    }

    fn schema(field: &Field) -> Json {
        json!({ "type": "integer", "minimum": field.within.0, "maximum": field.within.1 })
    }
}

/// The value of a key of scenarios under a name of its own, as a setting: `run.weeks=52`.
#[derive(Clone, Debug)]
pub(super) struct Like(pub(super) String);

impl<'t> Entry<'t> for Like {
    fn read(reading: &mut Reading<'_>, field: &Field, node: &'t Node<'t>) -> Option<Self> {
        match value::read(reading.at, &Key { path: field.name, ..*key(field.like)? }, node) {
            Ok(read) => Some(Self(format!("{}={}", field.like, read.plain()))),
            Err(found) => {
                reading.problems.extend(found);
                None
            }
        }
    }

    fn takes(field: &Field) -> String {
        format!("what `{}` takes", field.like)
    }

    fn schema(field: &Field) -> Json {
        let mut schema = key(field.like).map_or_else(|| json!({}), crate::scenario::schema::key_schema);
        // What is left out here is that of the scenario.
        if let Some(object) = schema.as_object_mut() {
            object.remove("default");
        }
        schema
    }
}

/// A value that has a name.
pub(super) trait Named: Copy + 'static {
    const NAMES: &'static [(&'static str, Self)];
}

impl Named for Scale {
    const NAMES: &'static [(&'static str, Self)] = &[("linear", Self::Linear), ("log", Self::Log)];
}

impl Named for Holds {
    const NAMES: &'static [(&'static str, Self)] = &[("below", Self::Below), ("above", Self::Above)];
}

impl Named for Effort {
    const NAMES: &'static [(&'static str, Self)] =
        &[("quick", Self::Quick), ("default", Self::Default), ("full", Self::Full)];
}

/// One of a few words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<T>(pub(super) T);

fn words<T: Named>() -> Vec<&'static str> {
    T::NAMES.iter().map(|(name, _)| *name).collect()
}

impl<'t, T: Named> Entry<'t> for Word<T> {
    fn read(reading: &mut Reading<'_>, field: &Field, node: &'t Node<'t>) -> Option<Self> {
        let takes = Self::takes(field);
        let Some(text) = node.get_ref().as_str() else {
            reading.wrong(field, &takes, node);
            return None;
        };
        if let Some((_, value)) = T::NAMES.iter().find(|(name, _)| *name == text) {
            return Some(Self(*value));
        }
        let title = format!("`{}` takes {takes}", field.name);
        let problem = reading.problem(node.span(), title).label("no such name");
        reading.problems.push(match nearest(text, words::<T>().into_iter()) {
            Some(near) => problem.help(format!("did you mean `\"{near}\"`?")),
            None => problem,
        });
        None
    }

    fn takes(_: &Field) -> String {
        let all: Vec<String> = words::<T>().iter().map(|word| format!("\"{word}\"")).collect();
        format!("one of {}", all.join(", "))
    }

    fn schema(_: &Field) -> Json {
        json!({ "type": "string", "enum": words::<T>() })
    }
}

/// The name of an outcome.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome(pub(super) &'static str);

impl<'t> Entry<'t> for Outcome {
    fn read(reading: &mut Reading<'_>, field: &Field, node: &'t Node<'t>) -> Option<Self> {
        let Some(written) = node.get_ref().as_str() else {
            let problem = reading.at.wrong_type(field.name, "names of outcomes, each in quotes", node);
            reading.problems.push(problem);
            return None;
        };
        if let Some(known) = reading.outcomes.iter().find(|known| **known == written) {
            return Some(Self(known));
        }
        let title = format!("there is no outcome `{}`", name_text(written));
        let problem = reading.problem(node.span(), title).label("no such outcome");
        if let Some(instead) = successor(written) {
            reading.problems.push(problem.help(instead));
            return None;
        }
        let near = nearest(written, reading.outcomes.iter().copied());
        reading.problems.push(match near {
            Some(near) => problem.help(format!("did you mean `\"{near}\"`?")),
            None => problem.help("the outcomes are the columns of outcomes.csv of a run"),
        });
        None
    }

    fn takes(_: &Field) -> String {
        "the name of an outcome: a column of outcomes.csv".to_owned()
    }

    fn schema(_: &Field) -> Json {
        json!({ "type": "string", "minLength": 1 })
    }
}

/// A list; those of its elements that are right.
pub(super) type List<T> = Vec<Spot<T>>;

impl<'t, T: Entry<'t>> Entry<'t> for List<T> {
    fn read(reading: &mut Reading<'_>, field: &Field, node: &'t Node<'t>) -> Option<Self> {
        let list = match node.get_ref() {
            DeValue::Array(list) if list.len() >= field.least => list,
            DeValue::Array(list) if field.least > 1 => {
                let title = format!("a knob needs two {} or more", field.name);
                let label = if list.is_empty() { "none here" } else { "one here" };
                let problem = reading.problem(node.span(), title).label(label);
                reading.problems.push(problem);
                return None;
            }
            _ => {
                let takes = <Self as Entry<'t>>::takes(field);
                reading.wrong(field, &takes, node);
                return None;
            }
        };
        let mut read = Vec::new();
        for element in list.iter() {
            let span = element.span();
            read.extend(T::read(reading, field, element).map(|value| Spot {
                value,
                name: span.clone(),
                span,
            }));
        }
        Some(read)
    }

    fn takes(field: &Field) -> String {
        if field.takes.is_empty() { "a list".to_owned() } else { field.takes.to_owned() }
    }

    fn schema(field: &Field) -> Json {
        json!({ "type": "array", "minItems": field.least, "items": T::schema(field) })
    }

    fn tables(field: &Field, to: &mut Vec<Page>) {
        T::tables(field, to);
    }
}

/// A value that is read once it is known of which key it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raw<'t>(pub(super) &'t Node<'t>);

impl<'t> Entry<'t> for Raw<'t> {
    fn read(_: &mut Reading<'_>, _: &Field, node: &'t Node<'t>) -> Option<Self> {
        Some(Self(node))
    }

    fn takes(field: &Field) -> String {
        field.takes.to_owned()
    }

    fn schema(_: &Field) -> Json {
        json!({})
    }
}

/// A number, or a text such as "50%" or "$100".
#[derive(Clone, Copy, Debug)]
pub(super) struct Threshold(pub(super) f64);

impl<'t> Entry<'t> for Threshold {
    fn read(reading: &mut Reading<'_>, field: &Field, node: &'t Node<'t>) -> Option<Self> {
        let number = match node.get_ref() {
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
            reading.wrong(field, &<Self as Entry<'t>>::takes(field), node);
        }
        number.map(Self)
    }

    fn takes(_: &Field) -> String {
        "a number in the unit of the metric, such as `0.5`, `\"50%\"` or `\"$100\"`".to_owned()
    }

    fn schema(_: &Field) -> Json {
        json!({ "type": ["number", "string"] })
    }
}

/// Keys of scenarios and what they are set to, with or without their sections.
#[derive(Clone, Debug)]
pub(super) struct Settings(pub(super) Vec<(&'static Key, Setting)>);

impl<'t> Entry<'t> for Settings {
    fn read(reading: &mut Reading<'_>, field: &Field, node: &'t Node<'t>) -> Option<Self> {
        let Some(table) = node.get_ref().as_table() else {
            reading.wrong(field, &<Self as Entry<'t>>::takes(field), node);
            return None;
        };
        let before = reading.problems.len();
        let mut set = Vec::new();
        for (name, node) in in_order(table) {
            let word = name.get_ref().as_ref();
            let is_section = SECTIONS.iter().any(|section| section.name == word);
            match node.get_ref().as_table().filter(|_| is_section) {
                Some(section) => {
                    for (key, node) in in_order(section) {
                        set.extend(setting(reading, &format!("{word}.{}", key.get_ref()), key.span(), node));
                    }
                }
                None => set.extend(setting(reading, word, name.span(), node)),
            }
        }
        (reading.problems.len() == before).then_some(Self(set))
    }

    fn takes(field: &Field) -> String {
        if field.takes.is_empty() {
            "a table such as `{ contract.upfront = \"$500\" }`".to_owned()
        } else {
            field.takes.to_owned()
        }
    }

    fn schema(_: &Field) -> Json {
        json!({ "type": "object" })
    }
}

/// The key of a path, if a knob may turn it.
pub(super) fn turnable(
    reading: &mut Reading<'_>,
    path: &str,
    span: std::ops::Range<usize>,
) -> Option<&'static Key> {
    let problem = match key(path) {
        Some(key) if NO_KNOBS.contains(&key.path) => reading
            .problem(span, format!("`{path}` is no knob"))
            .label("every point is run with the same one"),
        Some(key) if key.kind == Kind::Edges => {
            reading.problem(span, format!("`{path}` is no knob")).label("a graph belongs to the scenario")
        }
        Some(key) => return Some(key),
        None => unknown_path(reading.at.source, span, path),
    };
    reading.problems.push(problem);
    None
}

fn setting(
    reading: &mut Reading<'_>,
    path: &str,
    span: std::ops::Range<usize>,
    node: &Node<'_>,
) -> Option<(&'static Key, Setting)> {
    let key = turnable(reading, path, span)?;
    match value::read(reading.at, key, node) {
        Ok(read) => Some((key, Setting(read))),
        Err(found) => {
            reading.problems.extend(found);
            None
        }
    }
}

/// The same for all efforts, or for each its own: `{ quick = …, default = …, full = … }`. All are checked, whichever is
/// asked for; one that is wrong is `None`.
#[derive(Clone, Debug)]
pub(super) struct ByEffort<T>(Vec<(Effort, Option<T>)>);

impl<T: Clone> ByEffort<T> {
    /// What holds at an effort: its own, or else that of the default effort.
    pub(super) fn at(&self, effort: Effort) -> Option<Option<T>> {
        let of = |wanted: Effort| self.0.iter().find(|(effort, _)| *effort == wanted);
        of(effort).or_else(|| of(Effort::Default)).map(|(_, value)| value.clone())
    }

    /// What is given for every effort.
    pub(super) fn all(&self) -> impl Iterator<Item = &T> {
        self.0.iter().filter_map(|(_, value)| value.as_ref())
    }
}

impl<'t, T: Entry<'t>> Entry<'t> for ByEffort<T> {
    fn read(reading: &mut Reading<'_>, field: &Field, node: &'t Node<'t>) -> Option<Self> {
        let Some(table) = node.get_ref().as_table() else {
            return Some(Self(vec![(Effort::Default, T::read(reading, field, node))]));
        };
        if table.is_empty() {
            let problem = reading.problem(node.span(), format!("`{}` says nothing", field.name));
            let takes = <Self as Entry<'t>>::takes(field);
            reading.problems.push(problem.label("no effort in it").help(format!("it takes {takes}")));
            return None;
        }
        let mut given = Vec::new();
        for (word, node) in in_order(table) {
            match Effort::ALL.into_iter().find(|effort| effort.name() == word.get_ref().as_ref()) {
                Some(effort) => given.push((effort, T::read(reading, field, node))),
                None => {
                    let title = format!("`{}` has no `{}`", field.name, name_text(word.get_ref()));
                    let problem = reading.problem(word.span(), title).label("not an effort");
                    let near = nearest(word.get_ref(), words::<Effort>().into_iter());
                    reading.problems.push(match near {
                        None => problem.help("the efforts are: quick, default, full"),
                        near => suggest(problem, word.span(), near),
                    });
                }
            }
        }
        Some(Self(given))
    }

    fn takes(field: &Field) -> String {
        format!("{}, or one for each effort", T::takes(field))
    }

    fn schema(field: &Field) -> Json {
        let one = T::schema(field);
        let each = json!({ "quick": one, "default": one, "full": one });
        json!({ "anyOf": [one, { "type": "object", "additionalProperties": false, "properties": each }] })
    }
}
