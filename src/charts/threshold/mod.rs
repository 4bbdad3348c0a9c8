//! Where something turns along a knob: break-evens and flip points, a line for each search.

pub(super) mod breakeven;
mod fees;
pub(super) mod flip;
mod sentence;
mod turning;

use super::figure::{Axis, Kind, Layer, Name, Panel};
use super::source::Source;
use super::style::Rgb;
use crate::text::counted;
use turning::{Measure, Turning};

/// A search, as a line of a panel.
struct Line<'a> {
    name: Name,
    turning: &'a Turning,
    /// Where it holds, and where not; thin where there is no second.
    colours: (Rgb, Option<Rgb>),
    /// What stands beside it.
    says: Vec<(String, Rgb)>,
}

/// The axis of what is turned.
fn axis(title: String, measure: Measure, (low, high): (f64, f64), is_log: bool) -> Axis {
    let kind = if is_log { Kind::Log } else { Kind::Linear };
    Axis { kind, title, ..Axis::linear(measure.tick()).between(low, high) }
}

/// The searches, one under the other.
///
/// - `height`: of a line
fn panel(heading: &str, x: Axis, range: (f64, f64), height: f64, lines: Vec<Line<'_>>) -> Panel {
    let of_line = |(place, line): (usize, &Line<'_>)| -> Vec<Layer> {
        turning::layers(place as f64, line.turning, range, line.colours)
    };
    let layers: Vec<Layer> = lines.iter().enumerate().flat_map(of_line).collect();
    let (names, says) = lines.into_iter().map(|line| (line.name, line.says)).unzip();
    let panel = Panel::new(heading, "", x, Axis::names(names)).with(layers);
    Panel { height: Some(height), says, ..panel }
}

/// The last line: of what, how many replications, which seed, and what else is to say.
///
/// - `of`: what the scenarios of the manifest are, by their number
fn footer(
    source: &Source,
    of: impl Fn(Option<usize>) -> String,
    replications: usize,
    more: impl IntoIterator<Item = String>,
    not_finite: usize,
) -> String {
    let scenarios = source.manifest.as_ref().and_then(|manifest| manifest["scenarios"].as_object());
    let seed = source.seed().map_or_else(|| "seed not recorded".to_owned(), |seed| format!("seed {seed}"));
    let mut parts = vec![of(scenarios.map(serde_json::Map::len)), counted(replications, "replication"), seed];
    parts.extend(more);
    if not_finite > 0 {
        parts.push(format!("{} that are not finite left out", counted(not_finite, "number")));
    }
    format!("{}.", parts.join(" · "))
}
