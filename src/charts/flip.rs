//! Flip points: how dear a burnt relationship must be for each claim to be true; a row for each claim.

use super::Picture;
use super::dots::ticks;
use super::font;
use super::marks::{Anchor, Mark};
use super::page::{Page, title_fits};
use super::scale::Scale;
use super::source::Source;
use super::style::{AXIS, GRID, INK, LABEL, MARGIN, Rgb, SMALL, SOFT, WIDTH};
use super::turns::{self, Finding, Measure, Rows, Turning};
use crate::output::{Cell as Field, Column, OutputError, RawTable, Table};
use crate::stats::Estimate;
use crate::text::{counted, dollars, joined, minus, quoted};

pub(super) const NAME: &str = "flip-points";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("claim", "", "the claim"),
    Column::new("question", "", "which question it belongs to"),
    Column::new("finding", "", "true everywhere, true nowhere, turns or cannot be told"),
    Column::new("direction", "", "begins or ends: whether the claim is true above the value or below it"),
    Column::new("value", "dollars", "cost per unit of goodwill at which it turns; empty without a turn"),
    Column::new("low", "dollars", "lower end of its 95 % interval; empty without one"),
    Column::new("high", "dollars", "upper end of it; empty without one"),
    Column::new("at_lowest", "as the metric", "mean of the claim's metric at the lowest cost tried"),
    Column::new("at_highest", "as the metric", "mean of the claim's metric at the highest cost tried"),
    Column::new("threshold", "as the metric", "what it is held against"),
    Column::new("n", "replications", "replications behind it"),
];

/// A claim with what became of it.
struct Claim {
    name: String,
    question: String,
    turning: Turning,
    range: Option<(f64, f64)>,
    metric: String,
    /// Whether it is claimed to lie above the threshold.
    is_above: bool,
    threshold: Option<f64>,
    /// Mean of the metric, that of the other scenario taken off, at the ends of the range.
    ends: Option<(f64, f64)>,
}

const TRUE: Rgb = Rgb(0x00, 0x72, 0xb2);
const FALSE: Rgb = Rgb(0xd5, 0x5e, 0x00);
const NAMES: f64 = 292.0;
const SAYS: f64 = 232.0;
const KEY: f64 = 26.0;
const ROW: f64 = 50.0;
const FOOT: f64 = 44.0;

const SUBTITLE: &str = "For each claim, over what a unit of goodwill on a tie is worth: where it is true and where it is \
                        false; the dot is where it turns.";

/// Draws the chart from flip.csv, and from curve.csv what the claims' metrics came to.
pub(super) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let (claims, not_finite) = read(source)?;
    let (title, footer) = (title(&claims), footer(source, &claims, not_finite));
    let page = if claims.is_empty() {
        Page::message(&title, SUBTITLE, &footer, "flip.csv has no claims.")
    } else {
        page([&title, SUBTITLE, &footer], &claims)
    };
    Ok(Some(Picture { page, numbers: numbers(&claims) }))
}

fn read(source: &Source) -> Result<(Vec<Claim>, usize), OutputError> {
    let table = source.table("flip.csv")?;
    let names = ["goodwill_value", "goodwill_value_low", "goodwill_value_high", "from", "to", "n"];
    let rows = Rows::read(&table, names)?;
    let [claim, question, metric, holds] =
        ["claim", "question", "metric", "holds"].map(|name| table.column(name));
    let (claim, question, metric, holds) = (claim?, question?, metric?, holds?);
    let thresholds = table.numbers("threshold")?;
    let mut claims: Vec<Claim> = Vec::new();
    for (row, threshold) in thresholds.iter().enumerate() {
        let name = table.text(row, claim);
        if let Some(known) = claims.iter_mut().find(|known| known.name == name) {
            let mut turning = Some(known.turning.clone());
            rows.add(&table, row, &mut turning);
            known.turning = turning.unwrap_or_else(|| known.turning.clone());
            continue;
        }
        let mut turning = None;
        rows.add(&table, row, &mut turning);
        claims.extend(turning.map(|turning| Claim {
            name: name.to_owned(),
            question: table.text(row, question).to_owned(),
            turning,
            range: rows.range(row),
            metric: table.text(row, metric).to_owned(),
            is_above: table.text(row, holds) == "above",
            threshold: threshold.filter(|x| x.is_finite()),
            ends: None,
        }));
    }
    if source.has("curve.csv") {
        ends(&source.table("curve.csv")?, &mut claims)?;
    }
    Ok((claims, rows.not_finite))
}

/// The means of the metrics at the ends of the range.
fn ends(table: &RawTable, claims: &mut [Claim]) -> Result<(), OutputError> {
    let claim = table.column("claim")?;
    let [cost, metric, against] = ["goodwill_value", "metric", "against"].map(|name| table.numbers(name));
    let (cost, metric, against) = (cost?, metric?, against?);
    for known in claims {
        let own = || (0..table.len()).filter(|&row| table.text(row, claim) == known.name);
        let costs = || own().filter_map(|row| cost[row]).filter(|x| x.is_finite());
        let least = costs().fold(f64::INFINITY, f64::min);
        let most = costs().fold(f64::NEG_INFINITY, f64::max);
        let mean = |at: f64| {
            let here = own().filter(|&row| cost[row].is_some_and(|x| x.total_cmp(&at).is_eq()));
            let values: Vec<f64> = here
                .filter_map(|row| Some(metric[row]? - against[row].unwrap_or(0.0)))
                .filter(|x| x.is_finite())
                .collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        known.ends = mean(least).zip(mean(most));
    }
    Ok(())
}

fn range(claims: &[Claim]) -> (f64, f64) {
    let ranges = claims.iter().filter_map(|claim| claim.range);
    let (low, high) =
        ranges.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), (from, to)| (l.min(from), h.max(to)));
    if low < high { (low, high) } else { (0.0, 1.0) }
}

fn title(claims: &[Claim]) -> String {
    if claims.is_empty() {
        return "Nothing was found out about claims".to_owned();
    }
    let (low, high) = range(claims);
    let between = format!("between {} and {} a unit of goodwill", dollars(low), dollars(high));
    let of = |finding| claims.iter().filter(move |claim| claim.turning.finding == finding);
    let turning: Vec<&Claim> = of(Finding::Crossings).collect();
    let count = |finding, words: &str| {
        let n = of(finding).count();
        (n > 0).then(|| format!("{n} {words}"))
    };
    let rest: Vec<String> = [
        count(Finding::Everywhere, if claims.len() == 1 { "true throughout" } else { "are true throughout" }),
        count(Finding::Nowhere, "false throughout"),
        count(Finding::Unknown, "cannot be told"),
        count(Finding::NoData, "without a replication that finished"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let ([only], []) = (claims, turning.as_slice()) {
        let what = match only.turning.finding {
            Finding::Everywhere => "is true everywhere",
            Finding::Nowhere => "is true nowhere",
            _ => "cannot be told to be true or false anywhere",
        };
        return format!("{} {what} {between}: it never turns", quoted(&only.name));
    }
    if turning.is_empty() {
        let all = counted(claims.len(), "claim");
        return format!("Not one of {all} turns {between}: {}", joined(&rest));
    }
    let words = |claim: &Claim| {
        format!("{} is true {}", quoted(&claim.name), claim.turning.words(Measure::Dollars, (low, high)))
    };
    let all: Vec<String> = turning.iter().map(|claim| words(claim)).collect();
    let count = match (turning.len(), claims.len()) {
        (1, 1) => String::new(),
        (n, all) if n == all => format!("All {n} claims turn {between}: "),
        (n, all) => format!("Of {all} claims {n} turn{} {between}: ", if n == 1 { "s" } else { "" }),
    };
    let long = format!("{count}{}", all.join("; "));
    if title_fits(&long) { long } else { format!("{count}{}", all[0]) }
}

fn footer(source: &Source, claims: &[Claim], not_finite: usize) -> String {
    let scenarios = source.manifest.as_ref().and_then(|manifest| manifest["scenarios"].as_object());
    let replications = claims.iter().map(|claim| claim.turning.replications).max().unwrap_or(0);
    let mut parts = vec![
        scenarios.map_or_else(|| "Scenarios not recorded".to_owned(), |all| counted(all.len(), "scenario")),
        counted(replications, "replication"),
        source.seed().map_or_else(|| "seed not recorded".to_owned(), |seed| format!("seed {seed}")),
        "bars and brackets: 95\u{a0}% bootstrap over replications; other assumed constants stand still"
            .to_owned(),
    ];
    if not_finite > 0 {
        parts.push(format!("{} that are not finite left out", counted(not_finite, "number")));
    }
    format!("{}.", parts.join(" · "))
}

fn page(texts: [&str; 3], claims: &[Claim]) -> Page {
    let body = KEY + ROW * claims.len() as f64 + FOOT;
    let mut page = Page::new(texts[0], texts[1], texts[2], body);
    key(&mut page);
    let (low, high) = range(claims);
    let (left, right) = (MARGIN + NAMES, WIDTH - MARGIN - SAYS);
    let is_log = low > 0.0 && high / low >= 10.0;
    let x = if is_log { Scale::log(low, high, left, right) } else { Scale::linear(low, high, left, right) };
    let top = page.top + KEY;
    let bottom = top + ROW * claims.len() as f64;
    for tick in ticks(&x, 5.0, |value, _| dollars(value)) {
        let at = x.at(tick.at);
        page.add(Mark::line(vec![(at, top), (at, bottom)], GRID, 0.75));
        page.add(Mark::text((at, bottom + 7.0), tick.text, SMALL, SOFT).anchored(Anchor::Middle));
    }
    let scale = if is_log { " (log scale)" } else { "" };
    let axis = format!("A unit of goodwill on a tie is worth, dollars{scale}");
    let at = (f64::midpoint(left, right), bottom + 24.0);
    page.add(Mark::text(at, axis, SMALL, SOFT).bold().anchored(Anchor::Middle));
    for (place, claim) in claims.iter().enumerate() {
        row(&mut page, claim, &x, top + ROW * (place as f64 + 0.5));
    }
    page
}

fn key(page: &mut Page) {
    let (y, mut at) = (page.top + 4.0, MARGIN);
    for (colour, words) in [(TRUE, "the claim is true"), (FALSE, "it is false")] {
        let points = vec![(at, y - 6.0), (at + 18.0, y - 6.0), (at + 18.0, y + 6.0), (at, y + 6.0)];
        page.add(Mark::Area { points, colour, alpha: 0.38 });
        page.add(Mark::text((at + 24.0, y), words, LABEL, SOFT).middle());
        at += 24.0 + font::width(words, LABEL, false) + 22.0;
    }
    page.extend(super::marks::dashes((at, y), (at + 18.0, y), AXIS, 1.0));
    page.add(Mark::text((at + 24.0, y), "cannot be told", LABEL, SOFT).middle());
}

fn row(page: &mut Page, claim: &Claim, x: &Scale, y: f64) {
    let name = if claim.question.is_empty() {
        claim.name.clone()
    } else {
        format!("{}: {}", claim.question, claim.name)
    };
    let write = |page: &mut Page, lines: Vec<(String, Rgb)>, left: f64| {
        let first = y - 6.5 * (lines.len() - 1) as f64;
        for (line, (text, ink)) in lines.into_iter().enumerate() {
            page.add(Mark::text((left, first + 13.0 * line as f64), text, SMALL, ink).middle());
        }
    };
    let lines = font::wrap(&name, NAMES - 18.0, SMALL, false, 3);
    write(page, lines.into_iter().map(|line| (line, INK)).collect(), MARGIN);
    turns::draw(page, (x, y), &claim.turning, (TRUE, Some(FALSE)));
    let mut lines: Vec<(String, Rgb)> = font::wrap(&verdict(claim), SAYS - 15.0, SMALL, false, 2)
        .into_iter()
        .map(|line| (line, INK))
        .collect();
    let room = SAYS - 15.0;
    lines.extend(
        figures(claim)
            .map(|text| font::wrap(&text, room, SMALL, false, 2))
            .into_iter()
            .flatten()
            .map(|line| (line, SOFT)),
    );
    lines.truncate(4);
    write(page, lines, WIDTH - MARGIN - room);
}

/// Where it is true, in a few words.
fn verdict(claim: &Claim) -> String {
    match claim.turning.finding {
        Finding::Everywhere => "true throughout: never turns".to_owned(),
        Finding::Nowhere => "false throughout: never turns".to_owned(),
        Finding::Unknown => "cannot be told: hidden by noise".to_owned(),
        Finding::NoData => "no replication finished everywhere".to_owned(),
        Finding::Crossings => {
            format!("true {}", claim.turning.words(Measure::Dollars, claim.range.unwrap_or((0.0, 1.0))))
        }
    }
}

/// What the metric came to, and what was claimed of it.
fn figures(claim: &Claim) -> Option<String> {
    let ((low, high), threshold) = (claim.ends?, claim.threshold?);
    let side = if claim.is_above { "≥" } else { "≤" };
    let name = claim.metric.replace("_all_weeks", "").replace('_', " ");
    Some(format!("{name}: {} to {}; claimed: {side} {}", short(low), short(high), short(threshold)))
}

/// Three digits that say something.
fn short(x: f64) -> String {
    let rounded: f64 = format!("{x:.2e}").parse().unwrap_or(x);
    minus(&format!("{}", rounded + 0.0))
}

fn numbers(claims: &[Claim]) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for claim in claims {
        let finding = match claim.turning.finding {
            Finding::Crossings => "turns",
            Finding::Everywhere => "true everywhere",
            Finding::Nowhere => "true nowhere",
            Finding::Unknown => "cannot be told",
            Finding::NoData => "no replication finished",
        };
        let mut push = |direction: Field, estimate: Option<Estimate>| {
            table.push(vec![
                claim.name.as_str().into(),
                claim.question.as_str().into(),
                finding.into(),
                direction,
                Field::maybe(estimate.map(|e| e.value)),
                Field::maybe(estimate.as_ref().and_then(Estimate::low)),
                Field::maybe(estimate.as_ref().and_then(Estimate::high)),
                Field::maybe(claim.ends.map(|ends| ends.0)),
                Field::maybe(claim.ends.map(|ends| ends.1)),
                Field::maybe(claim.threshold),
                claim.turning.replications.into(),
            ]);
        };
        for crossing in &claim.turning.crossings {
            let direction = if crossing.begins { "begins" } else { "ends" };
            let (n, value, interval) = (claim.turning.replications, crossing.value, crossing.interval);
            push(direction.into(), Some(Estimate { n, value, interval }));
        }
        if claim.turning.crossings.is_empty() {
            push(Field::Empty, None);
        }
    }
    table
}
