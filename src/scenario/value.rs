//! From a TOML value to the value of a key: type, unit, range.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use crate::scenario::edges;
use crate::scenario::key::{Key, Kind, MOST_STAGES, STAGE_HOURS, Value, closed};
use crate::scenario::problem::{Problem, Source};
use crate::scenario::suggest::nearest;
use crate::scenario::types::{AcceptAbove, Stage};
use crate::units::Unit;

/// Where a value stands: its text, and the folder that its paths are relative to.
pub(crate) struct At<'a> {
    pub(crate) source: &'a Arc<Source>,
    pub(crate) folder: &'a Path,
}

/// A number that a scenario asks for: of a key, or within a stage.
struct Wanted<'a> {
    name: &'a str,
    unit: Unit,
    range: crate::scenario::key::Range,
}

/// Reads the value of a key.
pub(crate) fn read(at: &At<'_>, key: &Key, value: &Spanned<DeValue<'_>>) -> Result<Value, Vec<Problem>> {
    let wanted = Wanted { name: key.path, unit: key.unit, range: key.range };
    let wrong = |what: &str| vec![at.wrong_type(key.path, what, value)];
    match key.kind {
        Kind::Number => at.number(&wanted, value).map(Value::Number).map_err(|problem| vec![problem]),
        Kind::Count => at.count(&wanted, value).map(Value::Count).map_err(|problem| vec![problem]),
        Kind::Seed => at.seed(&wanted, value).map(Value::Count).map_err(|problem| vec![problem]),
        Kind::Flag => {
            value.get_ref().as_bool().map(Value::Flag).ok_or_else(|| wrong("true or false, without quotes"))
        }
        Kind::Choice(names) => at.choice(key, names, value).map_err(|problem| vec![problem]),
        Kind::Stages => at.stages(key.path, value).map(Value::Stages),
        Kind::Edges => match value.get_ref() {
            DeValue::String(path) => edges::read(at, path, value.span()).map(|list| Value::Edges(Some(list))),
            _ => Err(wrong("the path of a file, in quotes")),
        },
    }
}

impl At<'_> {
    pub(crate) fn problem(&self, span: Range<usize>, title: String) -> Problem {
        Problem::at(self.source, span, title)
    }

    pub(crate) fn wrong_type(&self, name: &str, wanted: &str, value: &Spanned<DeValue<'_>>) -> Problem {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.problem(value.span(), format!("`{name}` takes {wanted}")).label(format!("this is {found}"))
    }

    fn number(&self, wanted: &Wanted<'_>, value: &Spanned<DeValue<'_>>) -> Result<f64, Problem> {
        let (number, is_plain) = match value.get_ref() {
            DeValue::Integer(integer) => (integer_as_f64(integer), true),
            DeValue::Float(float) => (float.as_str().parse().unwrap_or(f64::NAN), true),
            DeValue::String(text) if wanted.unit.pattern().is_some() => {
                (self.with_unit(wanted, text, value.span())?, false)
            }
            _ => return Err(self.wrong_type(wanted.name, wanted.unit.how_to_write(), value)),
        };
        self.in_range(wanted, number, is_plain, value.span())
    }

    fn with_unit(&self, wanted: &Wanted<'_>, text: &str, span: Range<usize>) -> Result<f64, Problem> {
        wanted.unit.parse(text).map_err(|error| {
            let title = format!("`{}` takes {}", wanted.name, wanted.unit.how_to_write());
            self.problem(span, title).label(error.to_string())
        })
    }

    fn in_range(
        &self,
        wanted: &Wanted<'_>,
        number: f64,
        is_plain: bool,
        span: Range<usize>,
    ) -> Result<f64, Problem> {
        if wanted.range.contains(number) {
            return Ok(number + 0.0); // -0 becomes 0
        }
        let unit = match wanted.unit {
            Unit::Share | Unit::Dollars | Unit::Hours => String::new(),
            other => format!(" ({})", other.name()),
        };
        let found = self.source.excerpt(&span);
        let label = format!("found {found}; allowed: {}{unit}", wanted.range.text(wanted.unit));
        let problem = self.problem(span, format!("`{}` is out of range", wanted.name)).label(label);
        let is_share = matches!(wanted.unit, Unit::Share | Unit::Rate);
        if is_share && is_plain && number > 1.0 && wanted.range.contains(number / 100.0) {
            return Err(problem.help(format!("did you mean `\"{found}%\"`? A plain number is a share of 1")));
        }
        Err(problem)
    }

    fn count(&self, wanted: &Wanted<'_>, value: &Spanned<DeValue<'_>>) -> Result<u64, Problem> {
        let takes_text = wanted.unit.pattern().is_some();
        let number = match value.get_ref() {
            DeValue::Integer(_) => self.number(wanted, value)?,
            DeValue::String(_) if takes_text => self.number(wanted, value)?,
            _ if takes_text => {
                let what = "a whole number of weeks: `\"26 weeks\"`, `\"1 year\"` or a plain number";
                return Err(self.wrong_type(wanted.name, what, value));
            }
            _ => return Err(self.wrong_type(wanted.name, "a whole number", value)),
        };
        if number.fract() > 0.0 {
            let title = format!("`{}` takes a whole number of {}", wanted.name, wanted.unit.name());
            return Err(self.problem(value.span(), title).label(format!("this is {number}")));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole, and in its range"
        )]
        Ok(number as u64)
    }

    fn seed(&self, wanted: &Wanted<'_>, value: &Spanned<DeValue<'_>>) -> Result<u64, Problem> {
        let Some(integer) = value.get_ref().as_integer() else {
            return Err(self.wrong_type(wanted.name, "a whole number", value));
        };
        u64::from_str_radix(integer.as_str(), integer.radix()).map_err(|_| {
            let label = format!("allowed: 0 to {}", u64::MAX);
            self.problem(value.span(), format!("`{}` is out of range", wanted.name)).label(label)
        })
    }

    fn choice(
        &self,
        key: &Key,
        names: &[&'static str],
        value: &Spanned<DeValue<'_>>,
    ) -> Result<Value, Problem> {
        let quoted = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let wanted = format!("one of {quoted}");
        let Some(text) = value.get_ref().as_str() else {
            return Err(self.wrong_type(key.path, &wanted, value));
        };
        if let Some(name) = names.iter().find(|name| **name == text) {
            return Ok(Value::Choice(name));
        }
        let title = format!("`{}` takes {wanted}", key.path);
        let problem = self.problem(value.span(), title).label("no such name");
        Err(match nearest(text, names.iter().copied()) {
            Some(name) => problem.help(format!("did you mean `\"{name}\"`?")),
            None => problem,
        })
    }

    fn stages(&self, path: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<Stage>, Vec<Problem>> {
        let example = "a list such as `[{ hours = \"0.5h\", accept_above = 0.2 }]`";
        let Some(list) = value.get_ref().as_array() else {
            return Err(vec![self.wrong_type(path, example, value)]);
        };
        if list.len() > MOST_STAGES {
            let title = format!("`{path}` takes up to {MOST_STAGES} stages");
            return Err(vec![self.problem(value.span(), title).label(format!("these are {}", list.len()))]);
        }
        let mut problems = Vec::new();
        let mut stages = Vec::new();
        for element in list.iter() {
            match element.get_ref().as_table() {
                Some(table) => match self.stage(path, table, element.span()) {
                    Ok(stage) => stages.push(stage),
                    Err(found) => problems.extend(found),
                },
                None => problems.push(self.wrong_type(path, example, element)),
            }
        }
        if problems.is_empty() { Ok(stages) } else { Err(problems) }
    }

    fn stage(&self, path: &str, table: &DeTable<'_>, span: Range<usize>) -> Result<Stage, Vec<Problem>> {
        let mut problems = Vec::new();
        let (mut hours, mut accept_above) = (None, None);
        let mut keep = |problem| problems.push(problem);
        for (name, value) in table.iter() {
            let dotted = format!("{path}.{}", name.get_ref());
            let read = |unit, range| self.number(&Wanted { name: &dotted, unit, range }, value);
            match (name.get_ref().as_ref(), value.get_ref().as_str()) {
                ("hours", _) => hours = Some(read(Unit::Hours, STAGE_HOURS).map_err(&mut keep)),
                ("accept_above", Some("profit")) => accept_above = Some(Ok(AcceptAbove::Profit)),
                ("accept_above", Some(text)) if Unit::Sd.parse(text).is_err() => {
                    let title = format!("`{dotted}` takes a score in sd of ability, or \"profit\"");
                    keep(self.problem(value.span(), title).label("neither of them"));
                    accept_above = Some(Err(()));
                }
                ("accept_above", _) => {
                    let score = read(Unit::Sd, closed(-10.0, 10.0));
                    accept_above = Some(score.map(AcceptAbove::Score).map_err(&mut keep));
                }
                (other, _) => {
                    let title = format!("a stage has no `{other}`");
                    keep(self.problem(name.span(), title).label("a stage has `hours` and `accept_above`"));
                }
            }
        }
        for (name, is_missing) in [("hours", hours.is_none()), ("accept_above", accept_above.is_none())] {
            if is_missing {
                keep(
                    self.problem(span.clone(), format!("a stage needs `{name}`")).label("it is missing here"),
                );
            }
        }
        match (hours, accept_above) {
            (Some(Ok(hours)), Some(Ok(accept_above))) if problems.is_empty() => {
                Ok(Stage { hours, accept_above })
            }
            _ => Err(problems),
        }
    }
}

fn integer_as_f64(integer: &DeInteger<'_>) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "as a float of the same text would be rounded")]
    i128::from_str_radix(integer.as_str(), integer.radix()).map_or(f64::INFINITY, |number| number as f64)
}
