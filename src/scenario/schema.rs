//! The JSON Schema of scenario files, for editors: draft 2020-12.

use serde_json::{Map, Value, json};

use crate::scenario::key::{
    Key, Kind, MOST_SHORT, MOST_STAGES, Range, STAGE_HOURS, Value as Default, closed,
};
use crate::scenario::keys::SECTIONS;
use crate::scenario::{AcceptAbove, Scenario};
use crate::units::Unit;

/// The JSON Schema of a scenario file.
#[must_use]
pub fn json_schema() -> Value {
    let line = |description: &str| json!({ "type": "string", "minLength": 1, "description": description });
    let mut properties = Map::new();
    properties.insert("title".to_owned(), line("One line, used in charts."));
    properties.insert(
        "short".to_owned(),
        json!({
            "type": "string", "minLength": 1, "maxLength": MOST_SHORT,
            "description": "A name of a few words for charts and reports; without it, the first clause of the title.",
        }),
    );
    properties.insert("question".to_owned(), line("The question that the scenario asks."));
    properties.insert(
        "extends".to_owned(),
        line("The scenario that this one changes: a file relative to this one, or library:NAME."),
    );
    properties.insert(
        "abstract".to_owned(),
        json!({ "type": "boolean", "default": false, "description": "A base for others, not to be run itself." }),
    );
    for section in SECTIONS {
        let keys: Map<String, Value> =
            section.keys.iter().map(|key| (key.name.to_owned(), key_schema(key))).collect();
        properties.insert(
            section.name.to_owned(),
            json!({
                "type": "object",
                "description": section.about.trim(),
                "additionalProperties": false,
                "properties": keys,
            }),
        );
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "introsim scenario",
        "description": "A labour market in which job seekers may buy introductions.",
        "type": "object",
        "required": ["title"],
        "additionalProperties": false,
        "properties": properties,
    })
}

pub(crate) fn key_schema(key: &Key) -> Value {
    let mut schema = match key.kind {
        Kind::Number => number(key.unit, &key.range, "number"),
        Kind::Count => number(key.unit, &key.range, "integer"),
        Kind::Seed => json!({ "type": "integer", "minimum": 0, "maximum": u64::MAX }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Choice(names) => json!({ "type": "string", "enum": names }),
        Kind::Stages => stages(),
        Kind::Edges => json!({ "type": "string", "minLength": 1 }),
    };
    if let Some(object) = schema.as_object_mut() {
        let mut description = key.meaning().to_owned();
        if matches!(key.kind, Kind::Number | Kind::Count) {
            description += &format!(" Unit: {}; allowed: {}.", key.unit.name(), key.range_text());
        }
        object.insert("description".to_owned(), json!(format!("{description} Source: {}.", key.source)));
        if let Some(default) = default(key) {
            object.insert("default".to_owned(), default);
        }
    }
    schema
}

fn number(unit: Unit, range: &Range, kind: &str) -> Value {
    let mut plain = Map::new();
    plain.insert("type".to_owned(), json!(kind));
    plain.insert("minimum".to_owned(), json!(range.low));
    if range.high.is_finite() {
        plain.insert("maximum".to_owned(), json!(range.high));
    }
    match unit.pattern() {
        Some(pattern) => json!({ "anyOf": [plain, { "type": "string", "pattern": pattern }] }),
        None => Value::Object(plain),
    }
}

fn stages() -> Value {
    let score = closed(-10.0, 10.0);
    let mut above_what = number(Unit::Of("sd of ability"), &score, "number");
    above_what = json!({ "anyOf": [above_what, { "const": "profit" }, { "type": "string", "pattern": Unit::Sd.pattern() }] });
    json!({
        "type": "array",
        "maxItems": MOST_STAGES,
        "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["hours", "accept_above"],
            "properties": {
                "hours": number(Unit::Hours, &STAGE_HOURS, "number"),
                "accept_above": above_what,
            },
        },
    })
}

fn default(key: &Key) -> Option<Value> {
    Some(match (key.read)(&Scenario::default()) {
        Default::Number(number) => json!(number),
        Default::Count(count) => json!(count),
        Default::Flag(flag) => json!(flag),
        Default::Choice(name) => json!(name),
        Default::Edges(_) => return None,
        Default::Stages(stages) => stages
            .iter()
            .map(|stage| match stage.accept_above {
                AcceptAbove::Score(score) => json!({ "hours": stage.hours, "accept_above": score }),
                AcceptAbove::Profit => json!({ "hours": stage.hours, "accept_above": "profit" }),
            })
            .collect(),
    })
}
