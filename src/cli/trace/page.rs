//! The page of a diary: weeks on the left, sentences beside them, two lives in two columns where there is room.

use crate::experiments::diary::{Day, Pair};

/// Columns that the weeks take.
const WEEKS: usize = 15;
/// Columns from which two lives stand side by side.
const WIDE: usize = 100;

/// One life.
pub(super) fn one(head: &[String], days: &[Day], width: Option<usize>) -> String {
    let mut page = begin(head, width);
    for day in days {
        let lines: Vec<&str> = day.lines.iter().map(String::as_str).collect();
        page.extend(block(&weeks(day.first, day.last), &lines, width));
    }
    if days.is_empty() {
        page.push("Nothing happens in these weeks.".to_owned());
    }
    page.join("\n")
}

/// Two lives: what is the same once, what differs side by side, or one below the other where there is no room.
pub(super) fn two(head: &[String], names: [&str; 2], pairs: &[Pair], width: Option<usize>) -> String {
    let mut page = begin(head, width);
    let wide = width.filter(|&width| width >= WIDE);
    let mut parted = false;
    for pair in pairs {
        let label = weeks(pair.first, pair.last);
        if pair.same {
            let side = pair.sides[0].iter().chain(&pair.sides[1]).take(1);
            let lines: Vec<&str> = side.flat_map(|day| &day.lines).map(String::as_str).collect();
            page.extend(block(&label, &lines, width));
            continue;
        }
        if !parted {
            parted = true;
            page.extend(mark(pair.first, names, wide, width));
        }
        match wide {
            Some(width) => page.extend(columns(&label, pair, (width - WEEKS - 3) / 2)),
            None => page.extend(stacked(&label, names, pair, width)),
        }
    }
    if !parted {
        page.push("The two lives never part in these weeks.".to_owned());
    }
    page.join("\n")
}

fn begin(head: &[String], width: Option<usize>) -> Vec<String> {
    let mut page: Vec<String> = head.iter().map(|line| wrapped(line, "", width)).collect();
    page.push(String::new());
    page
}

/// Where two lives part, and which column is whose.
fn mark(week: u32, names: [&str; 2], wide: Option<usize>, width: Option<usize>) -> Vec<String> {
    let mut lines = vec![
        String::new(),
        wrapped(&format!("— week {week}: here the two lives part —"), "", width),
        String::new(),
    ];
    if let Some(width) = wide {
        let each = (width - WEEKS - 3) / 2;
        let cut = |name: &str| name.chars().take(each).collect::<String>();
        let line = format!("{}{:each$} │ {}", " ".repeat(WEEKS), cut(names[0]), cut(names[1]));
        lines.push(line.trim_end().to_owned());
    }
    lines
}

fn columns(label: &str, pair: &Pair, each: usize) -> Vec<String> {
    let side = |day: &Option<Day>| -> Vec<String> {
        let lines = day.iter().flat_map(|day| &day.lines);
        lines.flat_map(|line| wrap(line, each, 2)).collect()
    };
    let (left, right) = (side(&pair.sides[0]), side(&pair.sides[1]));
    let row = |at: usize| {
        let label = if at == 0 { label } else { "" };
        let cell = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
        format!("{label:WEEKS$}{:each$} │ {}", cell(&left), cell(&right)).trim_end().to_owned()
    };
    (0..left.len().max(right.len()).max(1)).map(row).collect()
}

fn stacked(label: &str, names: [&str; 2], pair: &Pair, width: Option<usize>) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, side) in names.iter().zip(&pair.sides) {
        let told: Vec<&String> = side.iter().flat_map(|day| &day.lines).collect();
        if told.is_empty() {
            lines.push(format!("{name}: nothing happens."));
        }
        lines.extend(told.iter().map(|line| format!("{name}: {line}")));
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    block(label, &lines, width)
}

fn weeks(first: u32, last: u32) -> String {
    if first == last { format!("week {first}") } else { format!("weeks {first}–{last}") }
}

/// A label and the sentences beside it.
fn block(label: &str, lines: &[&str], width: Option<usize>) -> Vec<String> {
    let indent = " ".repeat(WEEKS);
    let mut rows = Vec::new();
    for (position, line) in lines.iter().enumerate() {
        let label = if position == 0 { label } else { "" };
        rows.push(wrapped(&format!("{label:WEEKS$}{line}"), &format!("{indent}  "), width));
    }
    rows
}

/// A line broken at blanks to fit the width, what follows behind an indent; unbroken where there is no width.
pub(in crate::cli) fn wrapped(line: &str, indent: &str, width: Option<usize>) -> String {
    let Some(width) = width else { return line.to_owned() };
    wrap(line, width, indent.chars().count()).join("\n")
}

fn wrap(line: &str, width: usize, indent: usize) -> Vec<String> {
    // In a terminal narrower than this nothing can be read anyway.
    let width = width.max(indent + 20);
    let mut rows = Vec::new();
    let mut row = String::new();
    let mut is_new = true;
    for word in line.split(' ') {
        let length = row.chars().count() + usize::from(!is_new) + word.chars().count();
        if !is_new && length > width {
            rows.push(std::mem::take(&mut row).trim_end().to_owned());
            row = " ".repeat(indent);
            is_new = true;
        }
        if !is_new {
            row.push(' ');
        }
        row.push_str(word);
        is_new = false;
    }
    rows.push(row.trim_end().to_owned());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_blanks_and_nothing_is_lost() {
        let line = "week 3         He asks introducer 12, who knows of no vacancy that fits.";
        for width in 20..90 {
            let text = wrapped(line, "    ", Some(width));
            assert!(text.lines().all(|row| row.chars().count() <= width.max(24)), "{width}: {text}");
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(words(&text), words(line));
        }
        assert_eq!(wrapped(line, "    ", None), line);
    }
}
