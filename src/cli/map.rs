//! The terminal's map of a sweep: whether the market lasts and how large it is, cell by cell.

use comfy_table::Cell;

use super::table::{empty, right};
use crate::experiments::outcomes::Metric;
use crate::experiments::rest;
use crate::experiments::sweep::map::Summary;
use crate::experiments::sweep::{Axis, Contrasted, Difference, Pair, Says, Sweep};
use crate::experiments::verdict::{self, Judged, Verdict};
use crate::scenario::{AcceptAbove, Stage};
use crate::stats::{self, Estimate};
use crate::text::{counted, dollars_between, number, rounded, share, three};

/// Cells that a list shows; the rest are in the file.
const MOST_LISTED: usize = 40;
/// Letters of a value; longer ones are cut.
const MOST_LETTERS: usize = 24;

/// A grid of two knobs or more as maps, the first knob down and the second across, one map for each setting of the others;
/// anything else, and what does not fit into `width`, as a list.
pub(super) fn render(sweep: &Sweep, map: &[Summary], width: Option<u16>) -> String {
    let is_judged = map.iter().any(|summary| summary.outcomes.judged.is_some());
    let provisional = verdict::provisional(sweep.base.run.weeks).filter(|_| is_judged);
    let moving = map.iter().filter(|summary| summary.moves()).count();
    let restless = rest::said(moving, map.len(), sweep.base.run.weeks);
    let said: String = provisional.into_iter().chain(restless).map(|said| format!("\n{said}")).collect();
    laid_out(sweep, map, width) + &said
}

/// What it would take to tell what becomes of the settings of which it cannot be told, in a sentence.
pub(super) fn price_of_open(sweep: &Sweep, map: &[Summary]) -> Option<String> {
    let open: Vec<(usize, Judged)> = map
        .iter()
        .filter_map(|summary| Some((summary.cell, summary.outcomes.judged?)))
        .filter(|(_, judged)| judged.verdict == Verdict::CannotBeTold)
        .collect();
    if open.is_empty() {
        return None;
    }
    let told: Vec<(usize, usize, usize)> = open
        .iter()
        .filter_map(|(cell, judged)| Some((*cell, judged.replications_to_tell()?, judged.placements.n)))
        .collect();
    let cost = |&(cell, needed, have): &(usize, usize, usize)| {
        sweep.weeks_of_one(cell).saturating_mul(needed.saturating_sub(have) as u64)
    };
    let (of, all) = (counted(open.len(), "setting"), map.len());
    let (fewest, most) = (told.iter().map(|it| it.1).min(), told.iter().map(|it| it.1).max());
    let Some((fewest, most)) = fewest.zip(most) else {
        return Some(format!(
            "{of} of {all} cannot be told, and no number of replications that anybody would run tells them if they stay where \
             they are: on the edge itself"
        ));
    };
    let replications = if fewest == most { most.to_string() } else { format!("{fewest} to {most}") };
    Some(format!(
        "{of} of {all} cannot be told; {} of them would be with {replications} replications, {} more, if they stay where they are",
        told.len(),
        super::cost::weeks(told.iter().map(cost).sum())
    ))
}

/// What is said of settings beside those that differ from them in one knob alone: a line a knob.
pub(super) fn contrasts(sweep: &Sweep, contrasts: &[(Pair, Option<Difference>)]) -> Vec<String> {
    let along = |contrasted: &Contrasted| {
        let axis = &sweep.axes[contrasted.axis];
        let known = contrasts.iter().filter(|(pair, _)| pair.axis == contrasted.axis);
        let all: Vec<&Difference> = known.filter_map(|(_, difference)| difference.as_ref()).collect();
        let count = |says: Says| all.iter().filter(|it| it.says == says).count();
        let said = [Says::Fewer, Says::More, Says::Alike].map(|says| (count(says), says.name()));
        let mut parts: Vec<String> = said
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, name)| {
                format!("{} {name}", if n == 1 { "1 places".to_owned() } else { format!("{n} place") })
            })
            .collect();
        if count(Says::CannotBeTold) > 0 {
            parts.push(open_contrasts(&all));
        }
        let other = shown(sweep, axis, &contrasted.with);
        let of = counted(all.len(), "setting");
        format!("beside {} = {other}, all else alike, of {of} {}", axis.name, parts.join(", "))
    };
    sweep.contrasts.iter().map(along).collect()
}

/// How many differences cannot be told, and what would tell them.
fn open_contrasts(all: &[&Difference]) -> String {
    let open: Vec<&&Difference> = all.iter().filter(|it| it.says == Says::CannotBeTold).collect();
    let needed = open.iter().filter_map(|difference| stats::replications_to_exclude(&difference.by, 0.0));
    let needed: Vec<usize> = needed.collect();
    let price = match (needed.iter().min(), needed.iter().max()) {
        (Some(fewest), Some(most)) => {
            let range = if fewest == most { most.to_string() } else { format!("{fewest} to {most}") };
            format!(" ({} would be with {range} replications, if they stay where they are)", needed.len())
        }
        _ => String::new(),
    };
    format!("{} cannot be told{price}", open.len())
}

fn laid_out(sweep: &Sweep, map: &[Summary], width: Option<u16>) -> String {
    let fits = |text: &str| {
        width.is_none_or(|width| text.lines().all(|line| line.chars().count() <= usize::from(width)))
    };
    if sweep.design == "grid" && sweep.axes.len() >= 2 {
        let text = maps(sweep, map);
        if fits(&text) {
            return text;
        }
    }
    list(sweep, map)
}

/// One map of the verdict, and one of each outcome that the experiment asks for.
fn maps(sweep: &Sweep, map: &[Summary]) -> String {
    let mut text = Vec::new();
    let says_anything =
        map.iter().any(|summary| summary.outcomes.judged.is_some_and(|judged| judged.lives > 0));
    if says_anything || sweep.metrics.is_empty() {
        text.push(
            "does the market last, and placements per 10,000 workers and year where it does".to_owned(),
        );
        text.push(panels(sweep, map, &size));
        let [lasts, _, _, _, open, dies] = Verdict::ALL.map(Verdict::name);
        let moves = if map.iter().any(Summary::moves) { "~: does not come to rest; " } else { "" };
        text.push(format!(
            "a number: {lasts}; !number: those who begin to sell, or who hire, lose, so that it does not last, dead or alive; \
             ?: {open}; ×: {dies}; {moves}k of n: lives in k of n replications, the others place nobody; –: nobody may sell\n"
        ));
    }
    for name in &sweep.metrics {
        let unit = Metric::of(name).map_or("", |metric| metric.unit);
        text.push(format!("{name}, mean over replications, in {unit}"));
        let mean = |summary: &Summary| {
            summary.outcomes.of(name).map_or("–".to_owned(), |estimate| three(estimate.value))
        };
        text.push(panels(sweep, map, &mean) + "\n");
    }
    text.join("\n").trim_end().to_owned()
}

/// A map for each setting of the knobs after the second.
fn panels(sweep: &Sweep, map: &[Summary], of: &dyn Fn(&Summary) -> String) -> String {
    let (down, across) = (&sweep.axes[0], &sweep.axes[1]);
    let (rows, columns) = (down.levels.len(), across.levels.len());
    let panels = map.len() / (rows * columns).max(1);
    let mut text = Vec::new();
    for panel in 0..panels {
        let mut table = empty(None);
        let head = across.levels.iter().map(|level| right(shown(sweep, across, level)));
        table.set_header(std::iter::once(Cell::new(format!("{} \\ {}", down.name, across.name))).chain(head));
        for row in 0..rows {
            let cells = (0..columns).map(|column| right(of(&map[(row * columns + column) * panels + panel])));
            table.add_row(std::iter::once(Cell::new(shown(sweep, down, &down.levels[row]))).chain(cells));
        }
        let others = sweep.axes[2..].iter().zip(sweep.cells[panel].iter().skip(2));
        let others: Vec<String> =
            others.map(|(axis, value)| format!("{} = {}", axis.name, shown(sweep, axis, value))).collect();
        if !others.is_empty() {
            text.push(format!("\n{}", others.join(", ")));
        }
        text.push(table.to_string());
    }
    text.join("\n")
}

/// The verdict in a map, with the size where the market lasts.
fn size(summary: &Summary) -> String {
    let Some(judged) = &summary.outcomes.judged else {
        return if summary.outcomes.finished.0 == 0 { "failed" } else { "–" }.to_owned();
    };
    let word = match judged.verdict {
        Verdict::Lasts => rounded(judged.placements.value),
        Verdict::OnNewcomers | Verdict::AtEmployersCost | Verdict::DoesNotLast => {
            format!("!{}", rounded(judged.placements.value))
        }
        Verdict::CannotBeTold => "?".to_owned(),
        Verdict::Dies => "×".to_owned(),
    };
    let moves = if summary.moves() { "~" } else { "" };
    if judged.is_split() {
        format!("{word}{moves} {} of {}", judged.lives, judged.placements.n)
    } else {
        format!("{word}{moves}")
    }
}

/// A value as people write it.
fn shown(sweep: &Sweep, axis: &Axis, value: &str) -> String {
    let mut scenario = sweep.base.clone();
    let friendly = match scenario.set(&axis.path, value) {
        Ok(()) if axis.path == "screening.stages" => Some(stages(&scenario.screening.stages)),
        Ok(()) => scenario.text(&axis.path),
        Err(_) => None,
    };
    let text = friendly.unwrap_or_else(|| value.to_owned()).replace('"', "");
    if text.chars().count() <= MOST_LETTERS {
        return text;
    }
    text.chars().take(MOST_LETTERS - 1).chain(['…']).collect()
}

/// Stages in short: "0.5h > 0.2, 4h > profit".
fn stages(stages: &[Stage]) -> String {
    let one = |stage: &Stage| match stage.accept_above {
        AcceptAbove::Score(score) => format!("{}h > {score}", stage.hours),
        AcceptAbove::Profit => format!("{}h > profit", stage.hours),
    };
    if stages.is_empty() { "none".to_owned() } else { stages.iter().map(one).collect::<Vec<_>>().join(", ") }
}

fn list(sweep: &Sweep, map: &[Summary]) -> String {
    let mut table = empty(None);
    let knobs = sweep.axes.iter().map(|axis| right(&axis.name));
    let head = ["the market", "placements [95 %]", "of hires", "full-time sellers", "an hour held earns"];
    let asked = sweep.metrics.iter().map(right);
    table.set_header(std::iter::once(right("cell")).chain(knobs).chain(head.map(right)).chain(asked));
    for summary in map.iter().take(MOST_LISTED) {
        let outcomes = &summary.outcomes;
        let of =
            |name: &str, words: &dyn Fn(&Estimate) -> String| outcomes.of(name).map_or("–".to_owned(), words);
        let values = sweep.axes.iter().zip(&sweep.cells[summary.cell]);
        let values = values.map(|(axis, value)| right(shown(sweep, axis, value)));
        let results = [
            outcomes.judged.as_ref().map_or("–".to_owned(), Judged::words),
            of(verdict::MEASURE, &number),
            of("placements_share", &share),
            of("full_time_per_10000", &number),
            of("profit_hour_held_judged", &dollars_between),
        ];
        let asked = sweep
            .metrics
            .iter()
            .map(|name| outcomes.of(name).map_or("–".to_owned(), |estimate| three(estimate.value)));
        let results = results.into_iter().chain(asked).map(|text| right(&text));
        table.add_row(std::iter::once(right(summary.cell.to_string())).chain(values).chain(results));
    }
    let mut text = table.to_string();
    if map.len() > MOST_LISTED {
        text += &format!("\n… and {} more cells: see map.csv", map.len() - MOST_LISTED);
    }
    text
}
