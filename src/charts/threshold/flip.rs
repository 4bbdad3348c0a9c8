//! Flip points: how dear a burnt relationship must be for each claim to be true; a row for each claim.

use super::turning::{Finding, Measure, Turning};
use super::{Line, axis, footer, panel};
use crate::charts::figure::{Entry, Figure, Name, Panel, Row};
use crate::charts::how_many;
use crate::charts::page::title_fits;
use crate::charts::source::Source;
use crate::charts::style::{AXIS, INK, Rgb, SOFT};
use crate::output::tables::{self, FlipPoint, Side};
use crate::output::{OutputError, Row as _};
use crate::text::{capital, counted, dollars, joined, quoted, significant, spelt};

pub(in crate::charts) const NAME: &str = "flip-points";

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

const SUBTITLE: &str = "For each claim, over what a unit of goodwill on a tie is worth: where it is true and where it is \
                        false; the dot is where it turns.";

/// The chart, from flip.csv, and from curve.csv what the claims' metrics came to.
pub(in crate::charts) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let (claims, not_finite) = read(source)?;
    let (found, footer) = (title(&claims), footer_of(source, &claims, not_finite));
    let title = headline(&claims);
    if claims.is_empty() {
        return Ok(Some(Figure::nothing(found, SUBTITLE, footer, "flip.csv has no claims.")));
    }
    let rows = vec![Row { name: None, panels: vec![panel_of(&claims)] }];
    let key = vec![
        Entry::Swatch(Some(TRUE), 0.38, "the claim is true".to_owned()),
        Entry::Swatch(Some(FALSE), 0.38, "it is false".to_owned()),
        Entry::Dashes(AXIS, "cannot be told".to_owned()),
    ];
    Ok(Some(Figure { title, found, subtitle: SUBTITLE.to_owned(), footer, key, rows, ..Figure::default() }))
}

fn panel_of(claims: &[Claim]) -> Panel {
    let (low, high) = range(claims);
    let is_log = low > 0.0 && high / low >= 10.0;
    let scale = if is_log { " (log scale)" } else { "" };
    let title = format!("A unit of goodwill on a tie is worth, dollars{scale}");
    let name = |claim: &Claim| match claim.question.as_str() {
        "" => Name::plain(&claim.name, INK),
        question => Name::plain(format!("{question}: {}", claim.name), INK),
    };
    let says = |claim: &Claim| {
        let figures = figures(claim).map(|text| (text, SOFT));
        std::iter::once((verdict(claim), INK)).chain(figures).collect()
    };
    let lines = claims.iter().map(|claim| Line {
        name: name(claim),
        turning: &claim.turning,
        colours: (TRUE, Some(FALSE)),
        says: says(claim),
    });
    let x = axis(title, Measure::Dollars, (low, high), is_log);
    panel("", x, (low, high), 50.0, lines.collect())
}

fn read(source: &Source) -> Result<(Vec<Claim>, usize), OutputError> {
    let mut not_finite = 0;
    let mut claims: Vec<Claim> = Vec::new();
    for row in source.rows::<tables::Flip>()? {
        not_finite += row.not_finite();
        let told = row.told();
        let known = claims.iter_mut().find(|known| known.name == row.claim);
        let mut turning = known.as_ref().map(|known| known.turning.clone());
        Turning::add(&mut turning, &told);
        match (known, turning) {
            (Some(known), Some(turning)) => known.turning = turning,
            (None, Some(turning)) => claims.push(Claim {
                name: row.claim,
                question: row.question.unwrap_or_default(),
                turning,
                range: told.range,
                metric: row.metric,
                is_above: row.holds == Side::Above,
                threshold: Some(row.threshold).filter(|x| x.is_finite()),
                ends: None,
            }),
            (_, None) => {}
        }
    }
    if source.has("curve.csv") {
        ends(&source.rows()?, &mut claims);
    }
    Ok((claims, not_finite))
}

/// The means of the metrics at the ends of the range.
fn ends(points: &[FlipPoint], claims: &mut [Claim]) {
    for known in claims {
        let own = || points.iter().filter(|point| point.claim == known.name);
        let costs = || own().map(|point| point.goodwill_value).filter(|x| x.is_finite());
        let least = costs().fold(f64::INFINITY, f64::min);
        let most = costs().fold(f64::NEG_INFINITY, f64::max);
        let mean = |at: f64| {
            let here = own().filter(|point| point.goodwill_value.total_cmp(&at).is_eq());
            let values: Vec<f64> = here
                .filter_map(|point| Some(point.metric? - point.against.unwrap_or(0.0)))
                .filter(|x| x.is_finite())
                .collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        known.ends = mean(least).zip(mean(most));
    }
}

fn range(claims: &[Claim]) -> (f64, f64) {
    let ranges = claims.iter().filter_map(|claim| claim.range);
    let (low, high) =
        ranges.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), (from, to)| (l.min(from), h.max(to)));
    if low < high { (low, high) } else { (0.0, 1.0) }
}

/// What was found in a few words.
fn headline(claims: &[Claim]) -> String {
    let turns = claims.iter().filter(|claim| claim.turning.finding == Finding::Crossings).count();
    match (turns, claims.len()) {
        (0, 1) => "The claim turns at no price tried".to_owned(),
        (1, 1) => "Whether the claim holds hangs on the price of a relationship".to_owned(),
        (0, _) if claims.iter().any(|claim| claim.turning.finding == Finding::Unknown) => {
            "At no single price is a claim shown to turn".to_owned()
        }
        (0, _) => "No claim turns at any price tried".to_owned(),
        (n, all) if n == all => "Every claim turns on the price of a relationship".to_owned(),
        (n, all) => format!(
            "{} on the price of a relationship",
            match how_many(n, all, "claim") {
                one if n == 1 => format!("{} turns", capital(&one)),
                many => format!("{} turn", capital(&many)),
            }
        ),
    }
}

fn title(claims: &[Claim]) -> String {
    if claims.is_empty() {
        return "Nothing was found out about claims".to_owned();
    }
    let (low, high) = range(claims);
    let between = format!("between {} and {} a unit of goodwill", dollars(low), dollars(high));
    let of = |finding| claims.iter().filter(move |claim| claim.turning.finding == finding);
    let turning: Vec<&Claim> = of(Finding::Crossings).collect();
    let count = |finding, one: &str, many: &str| {
        let n = of(finding).count();
        (n > 0).then(|| format!("{} {}", spelt(n), if n == 1 { one } else { many }))
    };
    let rest: Vec<String> = [
        count(Finding::Everywhere, "is true throughout", "are true throughout"),
        count(Finding::Nowhere, "is false throughout", "are false throughout"),
        count(Finding::Unknown, "cannot be told", "cannot be told"),
        count(Finding::NoData, "has no replication that finished", "have no replication that finished"),
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
        (1, all) => format!("Of {all} claims 1 turns {between}: "),
        (n, all) => format!("Of {all} claims {n} turn {between}: "),
    };
    let long = format!("{count}{}", all.join("; "));
    if title_fits(&long) { long } else { format!("{count}{}", all[0]) }
}

fn footer_of(source: &Source, claims: &[Claim], not_finite: usize) -> String {
    let scenarios =
        |n: Option<usize>| n.map_or_else(|| "Scenarios not recorded".to_owned(), |n| counted(n, "scenario"));
    let replications = claims.iter().map(|claim| claim.turning.replications).max().unwrap_or(0);
    let intervals =
        "bars and brackets: 95\u{a0}% bootstrap over replications; other assumed constants stand still";
    footer(source, scenarios, replications, [intervals.to_owned()], not_finite)
}

/// Where it is true, in a few words.
fn verdict(claim: &Claim) -> String {
    match claim.turning.finding {
        Finding::Everywhere => "true throughout: never turns".to_owned(),
        Finding::Nowhere => "false throughout: never turns".to_owned(),
        Finding::Unknown => match claim.turning.part {
            Some((is_true, from, to)) => {
                let side = if is_true { "true" } else { "false" };
                format!("{side} from {} to {}, else hidden by noise", dollars(from), dollars(to))
            }
            None => "cannot be told: hidden by noise".to_owned(),
        },
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
    Some(format!(
        "{name}: {} to {}; claimed: {side} {}",
        significant(low),
        significant(high),
        significant(threshold)
    ))
}
