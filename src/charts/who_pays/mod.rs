//! Who pays: ability, contacts and weeks out of work of those who pay, beside all who seek.

mod draw;
mod histogram;

use std::path::Path;

use crate::output::{Cell, Column, OutputError, Table, read_table};
use crate::stats::{Estimate, paired_difference};

use super::Picture;
use super::data::{Facts, LEVEL, LEVEL_WORDS};
use super::page::Page;
use super::words::{counted, grouped, hundredths, quoted, with_interval};
use histogram::{GROUPS, Groups, VARIABLES};

pub(super) const NAME: &str = "who-pays";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("scenario", "", "name of the scenario"),
    Column::new("variable", "", "ability, contacts or weeks_out"),
    Column::new("group", "", "pool, payers, organic or placed"),
    Column::new("measure", "", "density of a bin, or mean of the group"),
    Column::new("at", "sd, people or weeks", "middle of the bin; empty for a mean"),
    Column::new("n", "replications", "replications in which the group has members"),
    Column::new(
        "value",
        "share per unit, or unit",
        "density, mean over replications; or mean, pooled over them",
    ),
    Column::new("low", "as value", "lower end of the 95 % interval over replications; empty without one"),
    Column::new("high", "as value", "upper end of the 95 % interval over replications; empty without one"),
];

/// Scenarios with fewer payers than this, in all replications together, are not shown.
const FEWEST_PAYERS: f64 = 30.0;
/// Rows of plots; further scenarios are named in the subtitle as left out.
const MOST_ROWS: usize = 4;

/// Draws the chart from densities.csv.
pub(super) fn picture(dir: &Path) -> Result<Picture, OutputError> {
    let table = read_table(&dir.join("densities.csv"))?;
    let (mut facts, owners) = Facts::of(dir, &table)?;
    let all = histogram::groups(&table, &mut facts, &owners)?;
    let paying: Vec<&Groups> =
        all.iter().filter(|groups| groups.total(PAYERS_ROW) >= FEWEST_PAYERS).collect();
    let shown = &paying[..paying.len().min(MOST_ROWS)];
    let footer = facts.footer("bands and bars: 95\u{a0}% intervals over replications");
    let title = title(&all, &paying);
    let page = if shown.is_empty() {
        let nobody = all.iter().all(|groups| groups.total(PAYERS_ROW) <= 0.0);
        let why = match (table.is_empty(), nobody) {
            (true, _) => "densities.csv has no rows.",
            (_, true) => "There are no payers to draw.",
            _ => "There are too few payers to draw.",
        };
        Page::message(
            &title,
            "Ability, contacts and weeks out of work of those who pay and those who seek",
            &footer,
            why,
        )
    } else {
        draw::page(&title, &subtitle(&paying, shown.len(), all.len()), &footer, shown)
    };
    Ok(Picture { page, numbers: numbers(shown) })
}

const POOL_ROW: usize = 0;
const PAYERS_ROW: usize = 1;

/// Payers minus pool in mean ability, over replications that have both.
fn gap(groups: &Groups) -> Option<Estimate> {
    let pairs: Vec<(f64, f64)> = (0..groups.replications)
        .filter_map(|replication| {
            groups.mean_in(PAYERS_ROW, replication).zip(groups.mean_in(POOL_ROW, replication))
        })
        .collect();
    let (payers, pool): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    paired_difference(&payers, &pool, LEVEL)
}

fn title(all: &[Groups], paying: &[&Groups]) -> String {
    let Some((first, rest)) = paying.split_first() else {
        return match all.iter().map(|groups| groups.total(PAYERS_ROW)).sum::<f64>() {
            0.0 => "Nobody paid for an introduction in these scenarios".to_owned(),
            n => format!("Only {n} people paid for an introduction: too few to say who they are"),
        };
    };
    let Some(gap_here) = gap(first) else {
        return "Who paid cannot be compared with who sought: no market has both".to_owned();
    };
    let place = if all.len() > 1 { format!(" in {}", quoted(&first.name)) } else { String::new() };
    let sd = |x: f64| hundredths(x);
    let mut title = if gap_here.interval.is_none() {
        let word = if gap_here.value < 0.0 { "below" } else { "above" };
        let size = hundredths(gap_here.value.abs());
        format!("Payers’ ability was {size} sd {word} that of all seekers{place}, in one market: no interval")
    } else if gap_here.excludes(0.0) {
        let word = if gap_here.value < 0.0 { "less" } else { "more" };
        let flip = if gap_here.value < 0.0 { mirrored(&gap_here) } else { gap_here };
        format!(
            "Those who paid{place} were {word} able than all who sought: by {} sd",
            with_interval(&flip, sd)
        )
    } else {
        format!(
            "No detectable difference in ability between payers and all seekers{place}: {} sd",
            with_interval(&gap_here, sd)
        )
    };
    match rest {
        [] => {}
        [other] => title.push_str(&format!("; in {} {}", quoted(&other.name), verdict(gap(other)))),
        others => {
            let direction =
                |gap: Option<Estimate>| gap.filter(|gap| gap.excludes(0.0)).map_or(0, |gap| sign(gap.value));
            let same =
                others.iter().filter(|groups| direction(gap(groups)) == direction(Some(gap_here))).count();
            title.push_str(&format!("; likewise in {same} of {} other paid scenarios", others.len()));
        }
    }
    title
}

/// The finding of a second scenario, in a few words.
fn verdict(gap: Option<Estimate>) -> String {
    match gap {
        None => "there is nobody to compare".to_owned(),
        Some(gap) if gap.excludes(0.0) || gap.interval.is_none() => {
            let (word, flip) = if gap.value < 0.0 { ("less", mirrored(&gap)) } else { ("more", gap) };
            format!("{word} able, by {}", with_interval(&flip, hundredths))
        }
        Some(gap) => format!("no detectable difference, {}", with_interval(&gap, hundredths)),
    }
}

fn sign(x: f64) -> i32 {
    i32::from(x > 0.0) - i32::from(x < 0.0)
}

fn mirrored(estimate: &Estimate) -> Estimate {
    let interval = estimate.interval.map(|(low, high)| (-high, -low));
    Estimate { n: estimate.n, value: -estimate.value, interval }
}

fn subtitle(paying: &[&Groups], shown: usize, all: usize) -> String {
    let (bands, bars) = if paying.iter().all(|groups| groups.replications < 2) {
        (String::new(), "")
    } else {
        (format!("{LEVEL_WORDS} bands, "), " with their interval")
    };
    let payers: f64 = paying[..shown].iter().map(|groups| groups.total(PAYERS_ROW)).sum();
    let mut text = format!(
        "Densities by group, {bands}over all weeks after the opening; dots are means{bars}. Pool: all seekers, each week. Payers: {} new clients of sellers. Organic: introduced free of \
         charge. Placed: by sellers.",
        grouped(whole(payers))
    );
    if paying.len() > shown {
        let left_out = counted(paying.len() - shown, "more scenario");
        text.push_str(&format!(" Shown are the first {shown} scenarios with payers; {left_out} not shown."));
    } else if all > shown {
        let left_out = counted(all - shown, "scenario");
        text.push_str(&format!(" {left_out} with fewer than {FEWEST_PAYERS} payers not shown."));
    }
    text
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of people, ≥ 0; casts saturate"
)]
fn whole(x: f64) -> usize {
    x as usize
}

fn numbers(shown: &[&Groups]) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for groups in shown {
        for (v, variable) in VARIABLES.iter().enumerate() {
            for (g, group) in GROUPS.iter().enumerate() {
                let mut push = |measure: &str, at: Option<f64>, estimate: Estimate| {
                    table.push(vec![
                        groups.name.as_str().into(),
                        variable.column.into(),
                        group.column.into(),
                        measure.into(),
                        Cell::maybe(at),
                        estimate.n.into(),
                        estimate.value.into(),
                        Cell::maybe(estimate.low()),
                        Cell::maybe(estimate.high()),
                    ]);
                };
                for (at, density) in groups.densities(v, g) {
                    push("density", Some(at), density);
                }
                if let Some(mean) = groups.mean(v, g) {
                    push("mean", None, mean);
                }
            }
        }
    }
    table
}
