//! The terminal table: what happened in each scenario, each number with its interval.

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle, presets};

use crate::experiments::summary::ScenarioSummary;
use crate::text::Form;

/// Scenarios side by side in one table where the width allows it; more get a table of their own.
const SIDE_BY_SIDE: usize = 5;

/// Lines around the table and below its head.
const STYLE: TableStyle = presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none());

/// What the table shows: words, outcome, form.
const ROWS: [(&str, &str, Form); 21] = [
    ("out of work", "unemployment_share", Form::Share),
    ("hires: cold", "hires_cold", Form::Count),
    ("hires: through friends", "hires_lead", Form::Count),
    ("hires: introduced for nothing", "hires_organic", Form::Count),
    ("hires: placed by sellers", "hires_paid", Form::Count),
    ("hires: submitted to employers", "hires_submitted", Form::Count),
    ("hires: on friends' forms", "hires_referred", Form::Count),
    ("hires: on strangers' forms", "hires_stranger", Form::Count),
    ("met of cold applications", "acceptance_cold", Form::Share),
    ("met of free introductions", "acceptance_organic", Form::Share),
    ("met of paid introductions", "acceptance_paid", Form::Share),
    ("met of submissions to employers", "acceptance_submitted", Form::Share),
    ("met of friends' forms", "acceptance_referred", Form::Share),
    ("met of strangers' forms", "acceptance_stranger", Form::Share),
    ("of those who asked, placed", "askers_placed_share", Form::Share),
    ("goodwill of the ties", "goodwill", Form::Plain),
    ("hours per placement", "hours_per_placement", Form::Count),
    ("a seller's hour earns", "profit_hour_without", Form::Dollars),
    ("… social capital counted", "profit_hour_with", Form::Dollars),
    ("clients' gain, years' salary", "clients_gain", Form::Plain),
    ("coaching's gain, years' salary", "coaching_gain", Form::Plain),
];

/// What it shows of the judged weeks, the last ones, alone.
const JUDGED_ROWS: [(&str, &str, Form); 6] = [
    ("introducers who sell", "active_share_judged", Form::Share),
    ("placed per 10,000 and year", "placements_per_10000", Form::Count),
    ("… of all hires", "placements_share", Form::Share),
    ("full-time sellers per 10,000", "full_time_per_10000", Form::Plain),
    ("an hour worked or open earns", "profit_hour_held_judged", Form::Dollars),
    ("the market", "", Form::Plain),
];

/// What stands above the rows of the judged weeks.
const JUDGED_HEAD: &str = "last (judged) weeks, mean [95 %]";

/// Rows of institutions that few scenarios have: shown where something happened.
const RARE: [&str; 8] = [
    "hires_submitted",
    "hires_referred",
    "hires_stranger",
    "acceptance_submitted",
    "acceptance_referred",
    "acceptance_stranger",
    "askers_placed_share",
    "coaching_gain",
];

/// Renders the summaries; each cell has a value and, below it, its 95 % interval. As many scenarios stand side by side
/// as fit into `width`, and where they take more than one table the one that they are held against stands in each.
///
/// - `baseline`: position of that one
pub(super) fn render(summaries: &[ScenarioSummary], baseline: Option<usize>, width: Option<u16>) -> String {
    let fits = |table: &Table| {
        width.is_none_or(|width| table.lines().all(|line| line.chars().count() <= usize::from(width)))
    };
    let beside: Vec<&ScenarioSummary> = baseline.and_then(|at| summaries.get(at)).into_iter().collect();
    let others = summaries.iter().enumerate().filter(|(at, _)| Some(*at) != baseline);
    let mut rest: Vec<&ScenarioSummary> = others.map(|(_, summary)| summary).collect();
    // Where not even one fits, none is cut: each number has a line.
    if let Some(width) = width.filter(|_| summaries.iter().any(|one| !fits(&side_by_side(&[one])))) {
        return summaries
            .iter()
            .map(|one| in_lines(one, usize::from(width)))
            .collect::<Vec<_>>()
            .join("\n\n");
    }
    if rest.is_empty() {
        return side_by_side(&beside).to_string();
    }
    let mut tables = Vec::new();
    while !rest.is_empty() {
        let most = (SIDE_BY_SIDE - beside.len()).min(rest.len());
        let with = |n: usize| side_by_side(&[&beside, &rest[..n]].concat());
        let widest = (1..=most).rev().map(|n| (n, with(n))).find(|(_, table)| fits(table));
        let (n, table) = widest.unwrap_or_else(|| (1, side_by_side(&rest[..1])));
        tables.push(table.to_string());
        rest.drain(..n);
    }
    tables.join("\n\n")
}

fn side_by_side(some: &[&ScenarioSummary]) -> Table {
    let mut table = empty(None);
    let names = some.iter().map(|s| right(&s.scenario));
    let varied = some.iter().any(|s| s.lines.iter().any(|line| line.assumed.is_some()));
    let head = if varied { "all weeks, mean [95 %]\n{over assumptions}" } else { "all weeks, mean [95 %]" };
    table.set_header(std::iter::once(Cell::new(head)).chain(names));
    let happened = |metric: &str| some.iter().any(|s| s.of(metric).is_some_and(|e| e.value != 0.0));
    let add = |table: &mut Table, rows: &[(&str, &str, Form)]| {
        for &(words, metric, form) in rows.iter().filter(|row| !RARE.contains(&row.1) || happened(row.1)) {
            let cells = some.iter().map(|s| right(text(s, metric, form)));
            table.add_row(std::iter::once(Cell::new(words)).chain(cells));
        }
    };
    add(&mut table, &ROWS);
    table.add_row([JUDGED_HEAD]);
    add(&mut table, &JUDGED_ROWS);
    table
}

/// One scenario on a narrow terminal: what, and below it, where it does not fit beside it, how much.
fn in_lines(summary: &ScenarioSummary, width: usize) -> String {
    let mut lines = vec![summary.scenario.clone()];
    let rows = ROWS.iter().map(Some).chain([None]).chain(JUDGED_ROWS.iter().map(Some));
    for row in rows {
        let Some(&(words, metric, form)) = row else {
            lines.push(JUDGED_HEAD.to_owned());
            continue;
        };
        if RARE.contains(&metric) && summary.of(metric).is_none_or(|estimate| estimate.value == 0.0) {
            continue;
        }
        let number = text(summary, metric, form).replace('\n', " ");
        let room = width.saturating_sub(words.chars().count() + number.chars().count());
        if room > 0 {
            lines.push(format!("{words}{}{number}", " ".repeat(room)));
        } else {
            lines.push(words.to_owned());
            lines.push(super::trace::wrapped(&format!("  {number}"), "  ", Some(width)));
        }
    }
    lines.join("\n")
}

/// A table without rows, no wider than a terminal where that has a width.
pub(super) fn empty(width: Option<u16>) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE);
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table
}

/// A cell of a number.
pub(super) fn right(text: impl ToString) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

/// Columns of the terminal that standard output goes to, as `COLUMNS` says or else as the terminal does; `None` where
/// nobody says.
pub(super) fn terminal_width() -> Option<u16> {
    let told = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    told.filter(|&columns| columns > 0)
        .or_else(|| terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0))
}

fn text(summary: &ScenarioSummary, metric: &str, form: Form) -> String {
    if metric.is_empty() {
        return summary.judged.as_ref().map_or("–".to_owned(), |judged| judged.words().replace(", ", "\n"));
    }
    let Some(estimate) = summary.of(metric) else { return "–".to_owned() };
    let value = form.text(estimate.value);
    let luck = estimate.told().map(|(low, high)| format!("\n[{}, {}]", form.text(low), form.text(high)));
    let assumed = summary.assumed(metric);
    let assumed = assumed.map(|over| format!("\n{{{}, {}}}", form.text(over.low), form.text(over.high)));
    value + &luck.unwrap_or_default() + &assumed.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::summary::Line;
    use crate::stats::Estimate;

    #[test]
    fn rows_of_the_judged_weeks_stand_below_a_head_that_says_so_and_no_others_do() {
        let summary =
            ScenarioSummary { scenario: "one".to_owned(), lines: Vec::new(), judged: None, finished: (4, 0) };
        for (width, most) in [(None, "all weeks, mean [95 %]"), (Some(36), "one")] {
            let text = render(std::slice::from_ref(&summary), Some(0), width);
            let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words}\n{text}"));
            let head = at("last (judged) weeks, mean [95 %]");
            assert!(at(most) < at("out of work") && at("goodwill of the ties") < head, "{text}");
            // Of the tables these are the outcomes of the judged weeks.
            for below in ["introducers who sell", "placed per 10,000 and year", "an hour worked or open"] {
                assert!(at(below) > head, "{below}\n{text}");
            }
        }
        let is_judged = |metric: &str| metric.ends_with("_judged");
        assert!(ROWS.iter().all(|row| !is_judged(row.1)), "{:?}", ROWS.map(|row| row.1));
    }

    #[test]
    fn a_narrow_terminal_has_a_line_for_each_number_and_no_word_is_cut() {
        let estimate = |value: f64| Estimate { n: 4, value, interval: Some((value / 2.0, value * 2.0)) };
        let line = |metric: &'static str| Line {
            metric,
            unit: "",
            estimate: Some(estimate(12_345.0)),
            method: "t",
            assumed: None,
        };
        let summary = ScenarioSummary {
            scenario: "a-scenario-of-a-long-name".to_owned(),
            lines: vec![line("hires_cold"), line("clients_gain")],
            judged: None,
            finished: (4, 0),
        };
        let text = render(&[summary.clone(), summary], Some(0), Some(44));
        assert!(text.lines().all(|line| line.chars().count() <= 44), "{text}");
        for whole in [
            "a-scenario-of-a-long-name",
            "hires: cold",
            "12,345 [6,172, 24,690]",
            "clients' gain, years' salary",
        ] {
            assert_eq!(text.matches(whole).count(), 2, "{whole}\n{text}");
        }
    }
}
