//! The terminal table of differences: what is higher, what is lower, and what cannot be told apart.

use comfy_table::Cell;

use super::table::{empty, right};
use crate::experiments::contrast::{Contrast, LEVEL, Luck, Pairing, Verdict};
use crate::experiments::paired::{Comparison, Difference, HEADLINES};
use crate::stats;
use crate::text::{decimals, signed};

/// Columns of the terminal below which a table would cut words into pieces, and a line for each difference stands instead.
const NARROWEST: u16 = 60;

/// A line of a table.
struct Line<'a> {
    comparison: &'a Comparison,
    difference: &'a Difference,
    /// Called higher or lower, but not after a correction for the number of all lines.
    is_doubtful: bool,
}

/// Renders the differences, and what to keep in mind below: a table for each scenario with a line for each outcome, or
/// the other way round where there are more scenarios than outcomes.
pub(super) fn render(comparisons: &[Comparison], metrics: &[&str], width: Option<u16>) -> String {
    let lines = lines(comparisons, metrics);
    let by_outcome = metrics.len() < comparisons.len();
    let (tables, rows) =
        if by_outcome { (metrics.len(), comparisons.len()) } else { (comparisons.len(), metrics.len()) };
    let mut texts = Vec::new();
    for table in 0..tables {
        let of =
            |row: usize| if by_outcome { row * metrics.len() + table } else { table * metrics.len() + row };
        let own: Vec<&Line> = (0..rows).filter_map(|row| lines.get(of(row))).collect();
        texts.extend(table_of(&own, by_outcome, width));
    }
    let mut text = texts.join("\n\n");
    for note in notes(&lines) {
        text += "\n";
        text += &super::trace::wrapped(&note, "", width.map(usize::from));
    }
    text
}

/// Lines with one head; `None` without lines.
fn table_of(lines: &[&Line], by_outcome: bool, width: Option<u16>) -> Option<String> {
    let Comparison { scenario, baseline, .. } = lines.first()?.comparison;
    let (outcome, scale) = label(lines.first()?.difference);
    let head = if by_outcome { outcome } else { scenario.clone() };
    let head = format!("{head} against {baseline}");
    if let Some(width) = width.filter(|width| *width < NARROWEST) {
        return Some(in_lines(&head, lines, by_outcome, usize::from(width)));
    }
    let mut table = empty(width);
    let head = Cell::new(head);
    table.set_header([head, right("difference [95 %]"), right("pairs"), Cell::new(""), Cell::new("")]);
    for line in lines {
        let contrast = &line.difference.contrast;
        let (words, scale) =
            if by_outcome { (line.comparison.scenario.clone(), scale) } else { label(line.difference) };
        table.add_row([
            Cell::new(words),
            right(amount(contrast, scale)),
            right(contrast.n()),
            Cell::new(verdict_of(line)),
            Cell::new(if line.is_unpaired() { Pairing::NotPaired.name() } else { "" }),
        ]);
    }
    Some(table.to_string())
}

/// The same on a narrow terminal.
fn in_lines(head: &str, lines: &[&Line], by_outcome: bool, width: usize) -> String {
    let line = |line: &&Line| {
        let (outcome, scale) = label(line.difference);
        let words = if by_outcome { line.comparison.scenario.clone() } else { outcome };
        let paired =
            if line.is_unpaired() { format!(", {}", Pairing::NotPaired.name()) } else { String::new() };
        let amount = amount(&line.difference.contrast, scale);
        super::trace::wrapped(&format!("{words}: {amount}, {}{paired}", verdict_of(line)), "  ", Some(width))
    };
    let head = super::trace::wrapped(head, "  ", Some(width));
    std::iter::once(head).chain(lines.iter().map(line)).collect::<Vec<_>>().join("\n")
}

/// A line for each comparison and outcome, comparison by comparison.
fn lines<'a>(comparisons: &'a [Comparison], metrics: &[&str]) -> Vec<Line<'a>> {
    let of = |comparison: &'a Comparison| {
        let differences: Vec<&Difference> =
            metrics.iter().filter_map(|metric| comparison.of(metric)).collect();
        differences.into_iter().map(move |difference| Line { comparison, difference, is_doubtful: false })
    };
    let mut lines: Vec<Line<'a>> = comparisons.iter().flat_map(of).collect();
    let chances: Vec<f64> = lines.iter().filter_map(Line::p_value).collect();
    let judged = lines.iter_mut().filter(|line| line.p_value().is_some());
    for (line, adjusted) in judged.zip(stats::holm(&chances)) {
        line.is_doubtful = line.is_called() && adjusted >= 1.0 - LEVEL;
    }
    lines
}

impl Line<'_> {
    fn p_value(&self) -> Option<f64> {
        self.difference.contrast.p_value
    }

    fn is_called(&self) -> bool {
        matches!(self.difference.contrast.verdict, Some(Verdict::Higher | Verdict::Lower))
    }

    fn is_unpaired(&self) -> bool {
        self.difference.contrast.pairing == Some(Pairing::NotPaired)
    }
}

/// What to keep in mind, a sentence each.
fn notes(lines: &[Line]) -> Vec<String> {
    let mut notes = Vec::new();
    let judged = lines.iter().filter(|line| line.p_value().is_some()).count();
    if lines.iter().any(Line::is_called) {
        notes.push(match judged {
            1 => "* detected.".to_owned(),
            _ => format!(
                "* detected, also if all {judged} are judged together (Holm's correction); without it, of this difference \
                 alone, as about 1 in 20 is by chance where nothing differs."
            ),
        });
    }
    if lines.iter().any(Line::is_unpaired) {
        notes.push(
            "Not paired: no sign that common luck narrowed this interval; take it for that of independent runs."
                .to_owned(),
        );
    }
    notes
}

/// What the line is about, and what its numbers are multiplied by.
fn label(difference: &Difference) -> (String, f64) {
    let Difference { metric, unit, .. } = *difference;
    let (outcome, span) = match metric.strip_suffix("_judged") {
        Some(outcome) => (outcome, "; judged weeks"),
        None => (metric, ""),
    };
    if let Some((_, words, scale)) = HEADLINES.iter().find(|(headline, ..)| *headline == outcome) {
        return (format!("{words}{span}"), *scale);
    }
    match unit {
        "share" => (format!("{metric}, % points"), 100.0),
        unit => (format!("{metric}, {unit}"), 1.0),
    }
}

fn verdict_of(line: &Line) -> String {
    let contrast = &line.difference.contrast;
    let star = if line.is_called() && !line.is_doubtful { " *" } else { "" };
    match contrast.verdict {
        Some(verdict) => format!("{}{star}", verdict.name()),
        None if line.comparison.luck == Luck::OtherWeeks => "not compared".to_owned(),
        None if contrast.n() > 0 => "too few to tell".to_owned(),
        None => "–".to_owned(),
    }
}

/// A difference with its interval, to two digits of what is uncertain.
fn amount(contrast: &Contrast, scale: f64) -> String {
    let Some(estimate) = contrast.estimate else { return "–".to_owned() };
    let uncertain = estimate.interval.map_or(0.0, |(low, high)| (high - low) / 2.0);
    // Without an interval three digits of the number itself.
    let finest = if uncertain > 0.0 { uncertain } else { estimate.value.abs() / 10.0 };
    let decimals = decimals(finest * scale);
    let signed = |x: f64| signed(x * scale, decimals);
    match estimate.told() {
        Some((low, high)) => format!("{} [{}, {}]", signed(estimate.value), signed(low), signed(high)),
        None => signed(estimate.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::contrast::Kind;

    /// A comparison of one outcome for each list of differences, each with as many pairs.
    fn comparison(outcomes: &[(&'static str, &[f64])]) -> Comparison {
        let difference = |&(metric, values): &(&'static str, &[f64])| {
            // The baseline moves against the differences, so no pairing can help.
            let pairs: Vec<(f64, f64)> = values.iter().map(|d| (5.0, 5.0 - d)).collect();
            let contrast = Contrast::of(&pairs, Luck::SameOpening);
            Difference { metric, unit: "share", kind: Kind::Number, contrast }
        };
        Comparison {
            scenario: "other".to_owned(),
            baseline: "plain".to_owned(),
            luck: Luck::SameOpening,
            differences: outcomes.iter().map(difference).collect(),
        }
    }

    #[test]
    fn what_is_called_of_all_together_bears_a_star_and_what_pairing_did_not_help_says_so() {
        // SciPy: t = 2.571 with 9 degrees of freedom, a chance of 0.0301, 0.144 to 2.256; the second is far beyond doubt; the third is noise.
        let weak = [3.0, 1.0, -1.0, 2.0, 0.0, 2.0, 1.0, 3.0, -1.0, 2.0];
        let strong = weak.map(|x| x + 40.0);
        let noise = [3.0, -3.0, 1.0, -1.0, 2.0, -2.0, 1.5, -1.5, 0.5, -0.5];
        let alone = render(&[comparison(&[("hours", &weak)])], &["hours"], None);
        assert!(alone.contains("higher *") && alone.contains("\n* detected.\n"), "{alone}");
        let outcomes: [(&str, &[f64]); 3] = [("hours", &weak), ("goodwill", &strong), ("rating", &noise)];
        let three = render(&[comparison(&outcomes)], &["hours", "goodwill", "rating"], None);
        let line = |word: &str| three.lines().find(|line| line.contains(word)).unwrap_or_default();
        assert!(
            line("hours").contains("+120 [+14, +226]") && !line("hours").contains('*'),
            "by itself alone: {three}"
        );
        let goodwill = line("goodwill of the ties");
        assert!(goodwill.contains("+41.2 [") && goodwill.contains("higher *"), "{three}");
        assert!(
            line("rating").contains("no detectable difference") && line("rating").contains("not paired"),
            "{three}"
        );
        let (_, below) = three.rsplit_once('─').unwrap();
        assert!(below.trim_start().starts_with("* detected, also if all 3 are judged together"), "{three}");
    }

    #[test]
    fn a_narrow_terminal_has_a_line_for_each_difference() {
        let values = [3.0, -3.0, 1.0, -1.0, 2.0, -2.0];
        let text =
            render(&[comparison(&[("hours", &values), ("rating", &values)])], &["hours", "rating"], Some(44));
        let tables = text.split("\nNot paired").next().unwrap();
        assert!(tables.lines().all(|line| line.chars().count() <= 44), "{text}");
        assert!(text.starts_with("other against plain\n"), "{text}");
        let whole = tables.replace("\n  ", " ");
        assert!(whole.contains("hours, % points: 0 [") || whole.contains("hours, % points: +0 ["), "{whole}");
        assert_eq!(whole.matches("no detectable difference, not paired").count(), 2, "{whole}");
    }

    #[test]
    fn there_are_as_few_tables_as_can_be() {
        let values = [3.0, -3.0, 1.0, -1.0, 2.0, -2.0];
        let four = ["a", "b", "c", "d"].map(|name| Comparison {
            scenario: name.to_owned(),
            ..comparison(&[("hours", &values), ("rating", &values)])
        });
        let heads = |metrics: &[&str], some: &[Comparison]| -> Vec<String> {
            let text = render(some, metrics, None);
            let heads = text.lines().filter_map(|line| line.split_once(" against plain"));
            heads.map(|(head, _)| head.trim().to_owned()).collect()
        };
        assert_eq!(heads(&["hours", "rating"], &four), ["hours, % points", "rating, % points"]);
        assert_eq!(heads(&["hours", "rating"], &four[..2]), ["a", "b"]);
        let one = render(&four, &["hours"], None);
        assert!(
            ["a", "b", "c", "d"]
                .iter()
                .all(|name| one.lines().any(|line| line.starts_with(&format!(" {name} "))))
        );
    }
}
