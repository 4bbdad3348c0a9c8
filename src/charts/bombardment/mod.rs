//! Bombardment: how long ties last under more or fewer requests a week.

mod draw;
mod lives;
mod rules;
mod title;

use crate::output::{Cell, Column, OutputError, Table};
use crate::stats::Estimate;
use crate::text::count;

use super::Picture;
use super::assumed::Assumed;
use super::data::{FEWEST_FOR_BANDS, Facts};
use super::page::Page;
use super::source::Source;
use lives::Group;

pub(super) const NAME: &str = "bombardment";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("group", "", "ties by their requests, over their life; empty for the lasting rate"),
    Column::new(
        "measure",
        "",
        "survival (share open after so many weeks), median (weeks to a block) or lasting_rate (requests a week that a tie bears for ever; its ends are those over the assumed constants)",
    ),
    Column::new(
        "at",
        "weeks, or requests a week",
        "weeks since the start of the life; of a median the group's mean rate",
    ),
    Column::new("at_risk", "ties", "ties still watched just before; of a median all ties of the group"),
    Column::new(
        "value",
        "share, weeks, or requests a week",
        "Kaplan–Meier estimate; empty where no median is reached",
    ),
    Column::new("low", "as value", "lower end of the 95 % band; empty without one"),
    Column::new("high", "as value", "upper end of the 95 % band; empty without one"),
];

/// Draws the chart from ties.csv, and the lasting rate from the manifest's scenarios where they agree on it.
pub(super) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let table = source.table("ties.csv")?;
    let (mut facts, owners) = Facts::of(source, &table)?;
    let groups = lives::groups(&table, &mut facts, &owners)?;
    let lasting = rules::lasting_rate(&facts.rules, &facts.scenarios);
    let assumed = Assumed::read(source, &rules::ASSUMED)?;
    let first = facts.scenarios.first().map_or("", String::as_str);
    let spread = assumed.as_ref().and_then(|assumed| rules::over_assumptions(assumed, first));
    let lasting = lasting.map(|value| Estimate { n: 0, value, interval: spread });
    let title = title::with_lasting(title::title(&groups), lasting.as_ref());
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
        footer.push_str(" The rules of goodwill are assumed; bands and bars do not cover other rules.");
        if let (Some(assumed), Some(_)) = (&assumed, spread) {
            let points = assumed.points();
            footer.push_str(&format!(
                " Pale strip, and the brackets of the lasting rate: the middle 95\u{a0}% of {points} points over the \
                 assumed constants of goodwill."
            ));
        }
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
            count(ties)
        );
        draw::page(&title, &subtitle, &footer, &groups, lasting.as_ref())
    };
    Ok(Some(Picture { page, numbers: numbers(&groups, lasting.as_ref()) }))
}

fn numbers(groups: &[Group], lasting: Option<&Estimate>) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    if let Some(rate) = lasting {
        table.push(vec![
            Cell::Empty,
            "lasting_rate".into(),
            Cell::Empty,
            Cell::Empty,
            rate.value.into(),
            Cell::maybe(rate.low()),
            Cell::maybe(rate.high()),
        ]);
    }
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
