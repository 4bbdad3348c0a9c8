//! Bombardment: how long ties last under more or fewer requests a week.

mod draw;
mod lives;
mod rules;
mod title;

use crate::output::{Cell, Column, OutputError, Table};

use super::Picture;
use super::data::{FEWEST_FOR_BANDS, Facts};
use super::page::Page;
use super::source::Source;
use super::words::grouped;
use lives::Group;

pub(super) const NAME: &str = "bombardment";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("group", "", "ties by their requests, over their life"),
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
pub(super) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let table = source.table("ties.csv")?;
    let (mut facts, owners) = Facts::of(source, &table)?;
    let groups = lives::groups(&table, &mut facts, &owners)?;
    let lasting = rules::lasting_rate(&facts.rules, &facts.scenarios);
    let title = title::title(&groups);
    let ties: usize = groups.iter().map(|group| group.curve.n()).sum();
    let bands = match facts.replications.len() {
        FEWEST_FOR_BANDS.. => "bands and bars: 95\u{a0}% over replications (robust, log–log)",
        _ => {
            "bands and bars: 95\u{a0}% as if ties were independent (Greenwood, log–log); too few replications to tell \
             how they move together"
        }
    };
    let mut footer = facts.footer(bands);
    if !groups.is_empty() {
        footer.push_str(" The rules of goodwill are assumed; the bands do not cover other rules.");
    }
    if facts.replications.len() == 1 {
        footer = footer.replace("no band: one market alone cannot tell its own uncertainty", bands);
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
    Ok(Some(Picture { page, numbers: numbers(&groups) }))
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
