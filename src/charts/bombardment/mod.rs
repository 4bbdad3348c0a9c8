//! Bombardment: how long ties last under more or fewer requests a week.

mod draw;
mod lives;
mod rules;

use std::path::Path;

use crate::output::{Cell, Column, OutputError, Table, read_table};

use super::Picture;
use super::data::Facts;
use super::page::Page;
use super::words::grouped;
use lives::Group;

pub(super) const NAME: &str = "bombardment";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("group", "requests a week", "ties by requests a week over their life"),
    Column::new("measure", "", "survival (share open after so many weeks) or median (weeks to a block)"),
    Column::new(
        "at",
        "weeks, or requests a week",
        "weeks since the start of the life; of a median the group's mean rate",
    ),
    Column::new("at_risk", "ties", "ties still watched just before; of a median all ties of the group"),
    Column::new("value", "share, or weeks", "Kaplan–Meier estimate; empty where no median is reached"),
    Column::new("low", "as value", "lower end of the 95 % band; empty without one"),
    Column::new("high", "as value", "upper end of the 95 % band; empty without one"),
];

/// Draws the chart from ties.csv, and the lasting rate from the manifest's scenarios where they agree on it.
pub(super) fn picture(dir: &Path) -> Result<Picture, OutputError> {
    let table = read_table(&dir.join("ties.csv"))?;
    let (mut facts, owners) = Facts::of(dir, &table)?;
    let groups = lives::groups(&table, &mut facts, &owners)?;
    let lasting = rules::lasting_rate(dir, &facts.scenarios)?;
    let title = title(&groups);
    let ties: usize = groups.iter().map(|group| group.curve.n()).sum();
    let bands = if facts.replications.len() > 1 {
        "bands and bars: 95\u{a0}% over replications (robust, log–log)"
    } else {
        ""
    };
    let mut footer = facts.footer(bands);
    if !groups.is_empty() {
        footer.push_str(" The rules of goodwill are assumed; the bands do not cover other rules.");
    }
    if facts.replications.len() == 1 {
        footer = footer.replace(
            "no band: one market alone cannot tell its own uncertainty",
            "bands and bars: 95\u{a0}% as if the ties of this one market were independent (Greenwood, log–log)",
        );
    }
    let page = if groups.is_empty() {
        let why = if table.is_empty() {
            "ties.csv has no rows."
        } else {
            "ties.csv has no finite numbers to draw."
        };
        Page::message(&title, "Share of ties still open, by weeks and by requests a week", &footer, why)
    } else {
        let subtitle = format!(
            "{} lives of ties between introducers and decision-makers, all scenarios together, grouped by requests \
             a week over each tie’s own life. A tie ends when the decision-maker blocks it; ties open at the end \
             count as far as they were watched.",
            grouped(ties)
        );
        draw::page(&title, &subtitle, &footer, &groups, lasting)
    };
    Ok(Picture { page, numbers: numbers(&groups) })
}

/// What was found: the most and the least bothered ties, if they can be told apart.
fn title(groups: &[Group]) -> String {
    let Some(most) = groups.last() else {
        return "No tie was recorded, so nothing can be said of how long ties last".to_owned();
    };
    let end = |group: &Group| super::words::rounded(group.curve.last_time());
    if groups.iter().all(|group| group.curve.steps.is_empty()) {
        return format!("No tie was blocked within {} weeks, at any number of requests seen", end(most));
    }
    let least = &groups[0];
    let open_at = |group: &Group, week: f64| {
        let (survival, low, high) = group.curve.at(week);
        let estimate =
            crate::stats::Estimate { n: group.curve.n(), value: survival, interval: Some((low, high)) };
        (super::words::share(&estimate), low, high)
    };
    let week = groups.iter().map(|group| group.curve.last_time()).fold(f64::INFINITY, f64::min);
    let fate = |group: &Group| {
        let median = group.curve.median();
        match median.value {
            Some(value) => {
                let low = super::words::rounded(median.low.unwrap_or(value));
                let high = median.high.map_or_else(|| "…".to_owned(), super::words::rounded);
                format!("Half of the ties with {} were blocked by week {} [{low}–{high}]", group.words, value)
            }
            None => {
                let last = group.curve.last_time();
                let (share, ..) = open_at(group, last);
                format!("{share} of the ties with {} were still open after {} weeks", group.words, end(group))
            }
        }
    };
    if groups.len() == 1 {
        return fate(most);
    }
    let ((few, few_low, few_high), (many, many_low, many_high)) = (open_at(least, week), open_at(most, week));
    let weeks = super::words::rounded(week);
    if few_low > many_high || many_low > few_high {
        let last = least.curve.last_time();
        let (rest, ..) = open_at(least, last);
        format!(
            "{}; with {}, {rest} were open after {} weeks",
            fate(most),
            least.words,
            super::words::rounded(last)
        )
    } else {
        format!(
            "No detectable difference in how long ties last: open after {weeks} weeks were {many} of those with {} \
             and {few} of those with {}",
            most.words, least.words
        )
    }
}

fn numbers(groups: &[Group]) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for group in groups {
        for step in &group.curve.steps {
            table.push(vec![
                group.label.as_str().into(),
                "survival".into(),
                step.time.into(),
                step.at_risk.into(),
                step.survival.into(),
                step.low.into(),
                step.high.into(),
            ]);
        }
        let median = group.curve.median();
        table.push(vec![
            group.label.as_str().into(),
            "median".into(),
            group.mean_rate.into(),
            group.curve.n().into(),
            Cell::maybe(median.value),
            Cell::maybe(median.low),
            Cell::maybe(median.high),
        ]);
    }
    table
}
