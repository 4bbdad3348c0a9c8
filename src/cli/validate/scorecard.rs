//! The scorecard on the terminal, and as Markdown for the document.

use std::fmt::Write as _;

use comfy_table::Cell;

use super::super::table::{empty, right, terminal_width};
use crate::experiments::validation::{Check, Rule, Verdict};
use crate::text::{decimals, fixed, rounded, signed};

/// A table for each group, and how many rows of each verdict there are.
pub(super) fn terminal(checks: &[Check]) -> String {
    let mut text = String::new();
    for (group, rows) in groups(checks) {
        let mut table = empty(terminal_width());
        if rows.iter().all(|row| row.verdict == Verdict::NotApplicable && row.figure.is_none()) {
            table.set_header(["not compared", "source", "why"]);
            for row in &rows {
                table.add_row([&row.what, &row.source, &row.note]);
            }
        } else {
            let [target, model] = if matches!(rows[0].rule, Rule::Fact(..)) {
                ["world [range]", "model [95 %]"]
            } else {
                ["target", "model ± error"]
            };
            let head = ["", target, model, "z", "verdict"].map(str::to_owned);
            table.set_header(
                head.into_iter().enumerate().map(|(n, t)| if n == 0 { Cell::new(t) } else { right(t) }),
            );
            for row in &rows {
                let cells = [target_of(row), figure_of(row), z_of(row), verdict_of(row)];
                table.add_row(std::iter::once(Cell::new(&row.what)).chain(cells.map(right)));
            }
        }
        let _ = writeln!(text, "{group}\n{table}\n");
    }
    text + &totals(checks)
}

/// The same as Markdown, with source and rule.
pub(super) fn markdown(checks: &[Check]) -> String {
    let mut text = String::new();
    for (group, rows) in groups(checks) {
        let _ = writeln!(text, "**{group}**\n");
        if rows.iter().all(|row| row.verdict == Verdict::NotApplicable && row.figure.is_none()) {
            text += "| not compared | source | why |\n|---|---|---|\n";
            for row in &rows {
                let _ = writeln!(text, "| {} | {} | {} |", row.what, row.source, row.note);
            }
        } else {
            text += "| check | target | model ± error | z | verdict |\n|---|---|---|---|---|\n";
            for row in &rows {
                let (target, figure) = (target_of(row), figure_of(row));
                let _ = writeln!(
                    text,
                    "| {} | {target} | {figure} | {} | {} |",
                    row.what,
                    z_of(row),
                    verdict_of(row)
                );
            }
        }
        text += "\n";
    }
    text + &totals(checks)
}

/// Rows by group, in order.
fn groups(checks: &[Check]) -> Vec<(&str, Vec<&Check>)> {
    let mut groups: Vec<(&str, Vec<&Check>)> = Vec::new();
    for check in checks {
        match groups.last_mut() {
            Some((group, rows)) if *group == check.group => rows.push(check),
            _ => groups.push((&check.group, vec![check])),
        }
    }
    groups
}

fn totals(checks: &[Check]) -> String {
    let count = |verdict| checks.iter().filter(|check| check.verdict == verdict).count();
    let verified = count(Verdict::Pass) + count(Verdict::Fail) + count(Verdict::TooRough);
    let (hits, misses, open) = (count(Verdict::Hit), count(Verdict::Miss), count(Verdict::Undecided));
    let mut parts = Vec::new();
    if verified > 0 {
        parts.push(format!("{} of {verified} checks pass", count(Verdict::Pass)));
    }
    if hits + misses + open > 0 {
        parts.push(format!(
            "{hits} of {} facts are hit, {misses} missed, {open} left open",
            hits + misses + open
        ));
    }
    if count(Verdict::NotApplicable) > 0 {
        parts.push(format!("{} cannot be compared", count(Verdict::NotApplicable)));
    }
    parts.join("; ")
}

fn verdict_of(row: &Check) -> String {
    if row.verdict == Verdict::Fail && !row.note.is_empty() {
        return format!("fail: {}", row.note);
    }
    row.verdict.name().to_owned()
}

fn z_of(row: &Check) -> String {
    match (row.z(), row.rule) {
        (Some(z), _) => signed(z, 2),
        (None, Rule::Equal(_)) => "exact".to_owned(),
        _ => String::new(),
    }
}

fn target_of(row: &Check) -> String {
    match (row.rule, row.target) {
        (Rule::Fact(low, _), _) if low == f64::NEG_INFINITY => "less".to_owned(),
        (Rule::Fact(_, high), _) if high == f64::INFINITY => "more".to_owned(),
        (Rule::Fact(low, high), Some(target)) => {
            format!("{} [{}, {}]", number(target, target), number(low, low), number(high, high))
        }
        (_, Some(target)) => {
            number(target, row.figure.and_then(|figure| figure.error).unwrap_or(target / 1e4))
        }
        _ => String::new(),
    }
}

fn figure_of(row: &Check) -> String {
    let Some(figure) = row.figure else { return "–".to_owned() };
    match (figure.error, row.interval) {
        (Some(error), _) => format!("{} ± {}", number(figure.value, error), number(error, error)),
        (None, Some((low, high))) => {
            format!("{} [{}, {}]", number(figure.value, figure.value), number(low, low), number(high, high))
        }
        _ => plain(figure.value),
    }
}

/// A number without an error: whole where it is, else with six digits.
fn plain(x: f64) -> String {
    let whole = (x - x.round()).abs() < 1e-9 * x.abs().max(1.0);
    if whole { rounded(x) } else { number(x, x / 1e4) }
}

/// A number with as many digits as two of `scale` need, at most six after the point.
fn number(x: f64, scale: f64) -> String {
    fixed(x, decimals(scale.abs().max(1e-12)))
}
