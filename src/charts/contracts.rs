//! Contracts: what a client gets under each, and what is left of it for him.
//!
//! A row for each scenario in which somebody became a seller's client; dots with intervals, per 100 clients.

use crate::experiments::outcomes::{Metric, metric};
use crate::output::OutputError;
use crate::stats::{Estimate, difference_of_ratios};
use crate::text::{counted, dollars, fixed, quoted, rounded, signed, spelt, with_interval};

use super::assumed::{Assumed, quotient, wider};
use super::data::LEVEL;
use super::figure::{Axis, Figure, Layer, Name, Panel, Point, Row, Shape};
use super::outcomes::{Outcomes, Values, ratio, total};
use super::page::title_fits;
use super::scale::{percent, plain, whole_dollars};
use super::source::Source;
use super::style::INK;
use super::{clear_of_zero, holds_zero, how_many};

pub(super) const NAME: &str = "contracts";

const SHAMS: usize = 1;
const GAIN: usize = 4;

/// What is told of clients: heading, unit, how a number beside a dot and a tick are written.
type Measure = (&'static str, &'static str, fn(f64) -> String, fn(f64, usize) -> String);

const MEASURES: [Measure; 5] = [
    ("Introductions", "real ones held, per 100 clients", rounded, plain),
    ("Shams", "staged with actors, per 100 clients", rounded, plain),
    ("Placements", "jobs found, per 100 clients", rounded, plain),
    ("Refunds", "paid back, per client", dollars, whole_dollars),
    ("Clients’ net gain", "after fees, % of a year’s salary", signed_share, percent),
];

const SUBTITLE: &str = "What clients of sellers got, by contract; introductions are meetings with decision-makers. Net \
                        gain: income over the 52 weeks after signing, less fees, compared with applicants whom \
                        sellers accepted and who were turned away by drawing lots. Hollow dots: the interval holds zero.";

/// One scenario with clients.
struct Contract {
    name: String,
    values: [Option<Estimate>; 5],
    /// Over the assumed constants.
    assumed: [Option<(f64, f64)>; 5],
}

impl Contract {
    /// The clients' gain, with the wider of its intervals.
    fn gain(&self) -> Option<Estimate> {
        self.values[GAIN].map(|gain| wider(gain, self.assumed[GAIN]))
    }
}

/// The chart, from outcomes.csv; `None` where nobody became a client.
pub(super) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let mut outcomes = Outcomes::read(source)?;
    let mut contracts = contracts(&mut outcomes)?;
    let mut footer = outcomes.facts.footer("bars and brackets: 95\u{a0}% over replications");
    if let Some(assumed) = Assumed::read(source, &ASSUMED)? {
        contracts.iter_mut().for_each(|contract| contract.assumed = spreads(&assumed, &contract.name));
        footer.push_str(&assumed.footer());
    }
    let (title, found) = (headline(&contracts), title(&contracts));
    if contracts.is_empty() {
        let figure = Figure::nothing(found, SUBTITLE, footer, "outcomes.csv has no rows.");
        return Ok(outcomes.is_empty().then_some(figure));
    }
    let colours = outcomes.facts.colours(|name| contracts.iter().any(|contract| contract.name == name));
    let names = contracts.iter().map(|contract| Name::bold(&contract.name, colours[&contract.name]));
    let names: Vec<Name> = names.collect();
    let panel = |(measure, (heading, unit, number, tick)): (usize, &Measure)| {
        let point = |(place, contract): (usize, &Contract)| {
            let (at, is_gain) = (place as f64, measure == GAIN);
            let Some(value) = contract.values[measure] else {
                return Point::without(at, if is_gain { "not measured" } else { "not known" });
            };
            let (words, assumed) = (number(value.value), contract.assumed[measure]);
            let point = Point::of(at, &value).coloured(colours[&contract.name]).saying(words);
            Point { assumed, is_open: is_gain && holds_zero(&value), ..point }
        };
        let points = contracts.iter().enumerate().map(point).collect();
        let dots = Layer::new(heading, Shape::Dot { has_caps: false }, INK, points);
        Panel::new(heading, unit, Axis::linear(*tick), Axis::names(names.clone())).with([dots])
    };
    let subtitle = match outcomes.facts.scenarios.len() - contracts.len() {
        0 => SUBTITLE.to_owned(),
        n => format!("{SUBTITLE} Not shown: {} without clients of sellers.", counted(n, "scenario")),
    };
    let rows = vec![Row { name: None, panels: MEASURES.iter().enumerate().map(panel).collect() }];
    Ok(Some(Figure { title, found, subtitle, footer, rows, ..Figure::default() }))
}

/// Scenarios with clients; the best for them first, those of unknown gain last.
fn contracts(outcomes: &mut Outcomes) -> Result<Vec<Contract>, OutputError> {
    let clients = outcomes.of(metric!("new_clients"))?;
    let counts = outcomes.of_each(metric!["introductions_made", "shams", "hires_paid", "refunds_dollars"])?;
    let sums = metric!["gain_treated_sum", "gain_treated_n", "gain_held_out_sum", "gain_held_out_n"];
    let sums = outcomes.of_each(sums)?;
    let mut found = Vec::new();
    for (s, name) in outcomes.facts.scenarios.iter().enumerate().filter(|(s, _)| total(&clients[*s]) > 0.0) {
        let per_client =
            |count: usize| Some(ratio(&counts[count][s], &clients[s])?.within(0.0, f64::INFINITY));
        let per_hundred = |count: usize| per_client(count).map(|estimate| estimate.scaled(100.0));
        let values = [per_hundred(0), per_hundred(1), per_hundred(2), per_client(3), gain(&sums, s)];
        found.push(Contract { name: name.clone(), values, assumed: [None; 5] });
    }
    let gain = |contract: &Contract| contract.values[GAIN].map_or(f64::NEG_INFINITY, |gain| gain.value);
    found.sort_by(|a, b| gain(b).total_cmp(&gain(a)));
    Ok(found)
}

/// Columns of assumptions.csv behind [`spreads`].
const ASSUMED: [Metric; 6] =
    metric!["new_clients", "introductions_made", "shams", "hires_paid", "refunds_dollars", "clients_gain"];

/// Every measure over the assumed constants.
fn spreads(assumed: &Assumed, scenario: &str) -> [Option<(f64, f64)>; 5] {
    let per = |column: usize, times: f64| {
        assumed.spread(scenario, |point| quotient(point[column], point[0]).map(|x| times * x))
    };
    [per(1, 100.0), per(2, 100.0), per(3, 100.0), per(4, 1.0), assumed.spread(scenario, |point| point[5])]
}

/// The clients' gain of one scenario, pooled over replications.
fn gain(sums: &[Values], s: usize) -> Option<Estimate> {
    let replications = sums[0][s].len();
    let at = |column: usize, r: usize| sums[column][s][r].unwrap_or(0.0);
    let sides = (0..replications).map(|r| ((at(0, r), at(1, r)), (at(2, r), at(3, r))));
    difference_of_ratios(&sides.collect::<Vec<_>>(), LEVEL)
}

/// What was found in a few words.
fn headline(contracts: &[Contract]) -> String {
    let known: Vec<Estimate> = contracts.iter().filter_map(Contract::gain).collect();
    let count = |of: fn(&Estimate) -> bool| known.iter().filter(|gain| of(gain)).count();
    let up = count(|gain| clear_of_zero(gain) && gain.value > 0.0);
    let down = count(|gain| clear_of_zero(gain) && gain.value < 0.0);
    let of = known.len();
    let many = |n: usize| how_many(n, of, "contract");
    match (up, down) {
        _ if of == 0 => "What clients gain was not measured".to_owned(),
        (0, 0) => "Whether clients gain or lose cannot be told".to_owned(),
        (1, 0) if of == 1 => "Clients gain, fees paid".to_owned(),
        (0, 1) if of == 1 => "Clients lose, fees paid".to_owned(),
        (up, 0) => format!("Clients gain under {}, fees paid", many(up)),
        (0, down) => format!("Clients lose under {}, fees paid", many(down)),
        (up, down) => format!("Clients gain under {} and lose under {}", many(up), spelt(down)),
    }
}

fn title(contracts: &[Contract]) -> String {
    let known: Vec<(&Contract, Estimate)> =
        contracts.iter().filter_map(|contract| Some((contract, contract.gain()?))).collect();
    let mut clauses = match (contracts, known.as_slice()) {
        ([], _) => return "No replication was recorded, so nothing can be said of contracts".to_owned(),
        ([only], []) => vec![format!("What clients gained under {} was not measured", quoted(&only.name))],
        (_, []) => vec!["What clients gained was not measured under any of these contracts".to_owned()],
        ([_], [(only, gain)]) => vec![alone(only, gain)],
        (_, known) => vec![together(known)],
    };
    let shams = |contract: &Contract| contract.values[SHAMS].filter(|shams| shams.value > 0.0);
    let most = contracts.iter().filter_map(|contract| Some((contract, shams(contract)?)));
    if let Some((contract, shams)) = most.max_by(|a, b| a.1.value.total_cmp(&b.1.value)) {
        let number = with_interval(&shams, rounded);
        clauses.push(if contracts.len() == 1 {
            format!("100 of them were sent to {number} shams")
        } else {
            format!("the most shams were staged under {}: {number} per 100 clients", quoted(&contract.name))
        });
    }
    let whole = clauses.join("; ");
    if title_fits(&whole) { whole } else { clauses.swap_remove(0) }
}

fn alone(contract: &Contract, gain: &Estimate) -> String {
    let name = quoted(&contract.name);
    let amount = gained(gain);
    if gain.interval.is_none() {
        format!(
            "Clients of {name} ended {amount} of a year’s salary from where those are who drew no place (no interval)"
        )
    } else if !clear_of_zero(gain) {
        format!("No detectable gain or loss for clients of {name}: {amount} of a year’s salary")
    } else if gain.value > 0.0 {
        format!("Clients of {name} gained, fees paid: {amount} of a year’s salary")
    } else {
        format!("Clients of {name} lost, fees paid: {amount} of a year’s salary")
    }
}

fn together(known: &[(&Contract, Estimate)]) -> String {
    let count = |of: fn(&Estimate) -> bool| known.iter().filter(|(_, gain)| of(gain)).count();
    let up = count(|gain| clear_of_zero(gain) && gain.value > 0.0);
    let down = count(|gain| clear_of_zero(gain) && gain.value < 0.0);
    let all = known.len();
    let ends = match (known.first(), known.last()) {
        (Some((best, high)), Some((worst, low))) => format!(
            "from {} of a year’s salary under {} to {} under {}",
            gained(low),
            quoted(&worst.name),
            gained(high),
            quoted(&best.name)
        ),
        _ => String::new(),
    };
    if known.iter().all(|(_, gain)| gain.interval.is_none()) {
        return format!("Clients’ net gain ran {ends} (one market each: no interval)");
    }
    let none = match all - up - down {
        0 => String::new(),
        n => format!(" (no detectable gain or loss under {n})"),
    };
    match (up, down) {
        (0, 0) => format!("No detectable gain or loss for clients under any of {all} contracts: {ends}"),
        (up, 0) => format!("Clients gained, fees paid, under {up} of {all} contracts{none}: {ends}"),
        (0, down) => format!("Clients lost, fees paid, under {down} of {all} contracts{none}: {ends}"),
        (up, down) => {
            format!("Clients gained under {up} of {all} contracts and lost under {down}{none}: {ends}")
        }
    }
}

/// A gain with its interval: "+1.4 % [−0.5 to 3.2]".
fn gained(gain: &Estimate) -> String {
    let text = with_interval(&gain.scaled(100.0), |percent| fixed(percent, 1));
    let text = if gain.value > 0.0 { format!("+{text}") } else { text };
    match text.split_once('[') {
        Some((value, ends)) => format!("{value}%\u{a0}[{ends}"),
        None => format!("{text}\u{a0}%"),
    }
}

/// A share as a percentage with its sign.
fn signed_share(share: f64) -> String {
    format!("{}\u{a0}%", signed(100.0 * share, 1))
}
