//! From the keys of a knob that chooses between named settings of several keys, such as whole contracts, to the knob.

use std::ops::Range;

use super::entry::{AsRead, Reading, Spot};
use super::knob::{Alternative, Domain, Knob, Setting};
use super::tables::{AlternativeTable, KnobTable};
use crate::scenario::key::Value;
use crate::scenario::read::name_text;

/// Keys that are turned by a knob already, and where.
pub(super) type Seen = Vec<(&'static str, Range<usize>)>;

/// A knob of several keys: `label` and `alternatives`, each with a `name` and what it is to `set`.
pub(super) fn alternatives(
    reading: &mut Reading<'_>,
    table: &KnobTable<'_>,
    list: &Spot<Vec<Spot<AlternativeTable<'_>>>>,
    seen: &mut Seen,
) -> Option<Knob> {
    const WHY: &str = "the knob has `alternatives`";
    reading.refuse(table.path.as_ref(), "path", WHY);
    reading.refuse(table.values.as_ref(), "values", WHY);
    reading.refuse(table.range.as_ref(), "range", WHY);
    reading.refuse(table.steps.as_ref(), "steps", WHY);
    reading.refuse(table.scale.as_ref(), "scale", WHY);
    let Some(label) = &table.label else {
        let problem =
            reading.problem(table.as_read().span.clone(), "a knob with `alternatives` needs a `label`");
        reading.problems.push(problem.help("tables and charts call it by that: `label = \"contract\"`"));
        return None;
    };
    let mut all: Vec<Alternative> = Vec::new();
    for Spot { value, span, .. } in &list.value {
        let (Some(name), Some(set)) = (&value.name, &value.set) else {
            if !value.as_read().is_broken {
                let problem =
                    reading.problem(span.clone(), "an alternative needs a `name` and what to `set`");
                reading.problems.push(problem.help(WANTED));
            }
            continue;
        };
        let alternative = Alternative { name: name.value.clone(), set: set.value.0.clone() };
        let is_same = |known: &&Alternative| {
            Alternative { name: alternative.name.clone(), ..(*known).clone() } == alternative
        };
        if all.iter().any(|known| known.name == alternative.name) {
            let title = format!("two alternatives are called `{}`", name_text(&alternative.name));
            let problem = reading.problem(span.clone(), title).label("again");
            reading.problems.push(problem);
        } else if let Some(known) = all.iter().find(is_same) {
            let title = format!("`{}` sets the same as `{}`", alternative.name, known.name);
            let problem = reading.problem(span.clone(), title).label("the same again");
            reading.problems.push(problem);
        }
        all.push(alternative);
    }
    not_turned_twice(reading, &all, &list.span, seen);
    let (key, _) = all.iter().flat_map(|alternative| &alternative.set).next()?.clone();
    let numbers = (0..all.len() as u64).map(|number| Setting(Value::Count(number))).collect();
    let domain = Domain::Named { alternatives: all, numbers };
    Some(Knob { key, label: label.value.clone(), domain, span: list.span.clone() })
}

/// How an alternative is written.
const WANTED: &str = "as in `{ name = \"cash\", set = { contract.upfront = \"$500\" } }`";

fn not_turned_twice(reading: &mut Reading<'_>, all: &[Alternative], span: &Range<usize>, seen: &mut Seen) {
    let mut own: Vec<&'static str> =
        all.iter().flat_map(|alternative| &alternative.set).map(|(key, _)| key.path).collect();
    own.sort_unstable();
    own.dedup();
    for path in own {
        if let Some((_, first)) = seen.iter().find(|(known, _)| *known == path) {
            let problem = reading.problem(span.clone(), format!("`{path}` is a knob twice"));
            reading.problems.push(problem.label("again").context(first.clone(), "here first"));
        } else {
            seen.push((path, span.clone()));
        }
    }
}
