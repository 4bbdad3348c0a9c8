//! The text of `scenarios/base.toml`, and the same as tables for readers: every key with its meaning, unit, range and
//! source.

use std::fmt::Write as _;

use crate::scenario::key::{Key, Kind};
use crate::scenario::keys::SECTIONS;
use crate::units::Unit;

const HEAD: &str = "\
# The base of all scenarios: every key, with its default, its meaning, its unit, its range and its source.
# This file is written by `introsim schema --base`; change the registry of keys, not this file.
#
# Sections up to [contacts] are the labour market: scenarios equal there share one burn-in.
# The rest are the institutions, from the opening of the paid market on: what a scenario changes.
#
# Values may carry their unit: \"$5,000\", \"10%\", \"4h\", \"26 weeks\", \"1 year\", \"0.3 sd\". A plain number is in the unit given.
# A believable range is what a sensitivity analysis sweeps. \"Not rechecked\" marks figures whose source was not read again.

title = \"Base: a labour market in which nobody sells introductions\"
short = \"nobody sells\"            # for charts, at most 24 characters
abstract = true                  # a base for others, not to be run itself
";

/// The text of `scenarios/base.toml`, made from the registry of keys.
#[must_use]
pub fn base_toml() -> String {
    let mut text = HEAD.to_owned();
    for section in SECTIONS {
        let _ = write!(text, "\n# {}\n[{}]\n", section.about.trim(), section.name);
        for key in section.keys {
            write_key(&mut text, key);
        }
    }
    text
}

fn write_key(text: &mut String, key: &Key) {
    let _ = writeln!(text, "# {}", key.meaning());
    let mut facts = Vec::new();
    match key.kind {
        Kind::Number | Kind::Count | Kind::Seed => {
            if !matches!(key.unit, Unit::Share | Unit::Dollars | Unit::Hours) {
                facts.push(key.unit.name().to_owned());
            }
            facts.push(key.range_text());
        }
        _ => facts.push(key.range_text()),
    }
    if let Some(plausible) = key.plausible {
        facts.push(format!("believable {}", plausible.text(key.unit)));
    }
    wrap(text, &format!("{}. Source: {}.", facts.join("; "), key.source));
    match key.kind {
        Kind::Edges => {
            let _ = writeln!(text, "# {} = \"graph.csv\"", key.name);
        }
        _ => {
            let _ = writeln!(text, "{} = {}", key.name, key.default_text());
        }
    }
}

const TABLES_HEAD: &str = "\
# Parameters

Every key of a scenario file, in the order of [`base.toml`](../scenarios/base.toml). Written by `introsim schema
--parameters` from the registry that the program reads files with; a test holds this page to it. Sections up to
`[contacts]` are the labour market, the others the institutions that a scenario may change. *Believable* is the range that
`introsim sensitivity` and `--assumptions` sweep. \"Not rechecked\" marks a figure whose source was not read again.
";

/// Every key as Markdown: a table for each section.
#[must_use]
pub fn parameters_markdown() -> String {
    let mut text = TABLES_HEAD.to_owned();
    for section in SECTIONS {
        let _ = write!(text, "\n## `[{}]`\n\n{}\n\n", section.name, section.about.trim());
        text += "| key | meaning | unit | default | allowed | believable | source |\n|---|---|---|---|---|---|---|\n";
        for key in section.keys {
            let unit = match key.kind {
                Kind::Number | Kind::Count | Kind::Seed => key.unit.name(),
                _ => "",
            };
            let believable = key.plausible.map_or_else(String::new, |range| range.text(key.unit));
            let default = match key.kind {
                Kind::Edges => "none".to_owned(),
                _ => format!("`{}`", key.default_text()),
            };
            let cells =
                [key.meaning(), unit, &default, &key.range_text(), &believable, key.source].map(in_a_cell);
            let _ = writeln!(text, "| `{}` | {} |", key.name, cells.join(" | "));
        }
    }
    text
}

/// A text that ends no cell of a table.
fn in_a_cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Writes a comment, broken between words so that no line is longer than a page is wide.
fn wrap(text: &mut String, comment: &str) {
    const WIDTH: usize = 110;
    let mut line = "#  ".to_owned();
    for word in comment.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(text, "{line}");
            line = "#  ".to_owned();
        }
        line += " ";
        line += word;
    }
    let _ = writeln!(text, "{line}");
}
