//! Where along a range something begins and ceases to hold: rows of charts, and words for titles.

use crate::charts::data::FEWEST_TO_RESAMPLE;
use crate::charts::figure::{Layer, Point, Shape};
use crate::charts::scale::{percent, plain, whole_dollars};
use crate::charts::style::{AXIS, INK, Rgb};
pub(super) use crate::output::tables::Finding;
use crate::output::tables::Told;
use crate::stats::Estimate;
use crate::text::{self, dollars, dollars_between, joined, share, significant, with_interval};

/// One value at which it turns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Crossing {
    /// Whether it holds above rather than below.
    pub(super) begins: bool,
    pub(super) value: f64,
    pub(super) interval: Option<(f64, f64)>,
}

/// Where something holds along a range.
#[derive(Clone, Debug)]
pub(super) struct Turning {
    pub(super) finding: Finding,
    /// In the order of their values.
    pub(super) crossings: Vec<Crossing>,
    /// Where it cannot be told of the whole range: whether it is shown to hold in a part of it, and the ends of the part.
    pub(super) part: Option<(bool, f64, f64)>,
    pub(super) replications: usize,
}

impl Turning {
    /// Adds a row to what is known of its search.
    pub(super) fn add(turning: &mut Option<Self>, told: &Told) {
        let new =
            Self { finding: told.finding, crossings: Vec::new(), part: told.part, replications: told.n };
        let known = turning.get_or_insert(new);
        if let (Finding::Crossings, Some(value)) = (told.finding, told.value) {
            known.crossings.push(Crossing { begins: told.begins, value, interval: told.interval });
            known.crossings.sort_by(|a, b| a.value.total_cmp(&b.value));
        }
    }

    /// The stretches of a range on which it holds; `None` where that cannot be told.
    pub(super) fn stretches(&self, (low, high): (f64, f64)) -> Option<Vec<(f64, f64)>> {
        match self.finding {
            Finding::Everywhere => return Some(vec![(low, high)]),
            Finding::Nowhere => return Some(Vec::new()),
            Finding::Unknown | Finding::NoData => return None,
            Finding::Crossings => {}
        }
        let (mut found, mut from) = (Vec::new(), None);
        for (place, crossing) in self.crossings.iter().enumerate() {
            if crossing.begins {
                from = Some(crossing.value);
            } else {
                let start = from.take().or((place == 0).then_some(low));
                found.extend(start.map(|start| (start, crossing.value)));
            }
        }
        found.extend(from.map(|start| (start, high)));
        Some(found)
    }

    /// The same without intervals where there are too few replications for them.
    pub(super) fn without_guesses(mut self) -> Self {
        if self.replications < FEWEST_TO_RESAMPLE {
            self.crossings.iter_mut().for_each(|crossing| crossing.interval = None);
        }
        self
    }

    /// Where it holds within the stretches of another: what holds of sellers ends where there are none.
    pub(super) fn within(self, other: &Self, range: (f64, f64)) -> Self {
        let (Some(own), Some(others)) = (self.stretches(range), other.stretches(range)) else { return self };
        if others.is_empty() {
            return self;
        }
        let both =
            own.iter().flat_map(|one| others.iter().map(move |two| (one.0.max(two.0), one.1.min(two.1))));
        let both: Vec<(f64, f64)> = both.filter(|(from, to)| to > from).collect();
        let known = |value: f64, begins: bool| {
            let all = self.crossings.iter().chain(&other.crossings);
            let same = all.clone().find(|one| one.begins == begins && (one.value - value).abs() < 1e-12);
            same.copied().unwrap_or(Crossing { begins, value, interval: None })
        };
        let crossings: Vec<Crossing> = both
            .iter()
            .flat_map(|&(from, to)| {
                let begin = (from > range.0).then(|| known(from, true));
                begin.into_iter().chain((to < range.1).then(|| known(to, false)))
            })
            .collect();
        let finding = match (both.is_empty(), crossings.is_empty()) {
            (true, _) => Finding::Nowhere,
            (false, true) => Finding::Everywhere,
            _ => Finding::Crossings,
        };
        Self { finding, crossings, part: None, replications: self.replications }
    }

    /// In words that follow "it holds": "from 20 % [18–22] on", "nowhere from 1 % to 60 %".
    pub(super) fn words(&self, measure: Measure, range: (f64, f64)) -> String {
        self.words_of(measure, range, "")
    }

    /// The same, with what the values are parts of: "from 20 % [18–22] of salary on".
    pub(super) fn words_of(&self, measure: Measure, range: (f64, f64), of: &str) -> String {
        let ends = || format!("from {} to {}{of}", measure.text(range.0), measure.text(range.1));
        match self.finding {
            Finding::Everywhere => return format!("everywhere {}", ends()),
            Finding::Nowhere => return format!("nowhere {}", ends()),
            Finding::Unknown => {
                return match self.part {
                    Some((true, from, to)) => {
                        let [from, to] = [from, to].map(|end| measure.text(text::two_digits(end)));
                        format!("shown from {from} to {to}{of}")
                    }
                    Some((false, from, to)) => {
                        let [from, to] = [from, to].map(|end| measure.text(text::two_digits(end)));
                        format!("shown not to from {from} to {to}{of}")
                    }
                    None => format!("cannot be told {}", ends()),
                };
            }
            Finding::NoData => return "is not known: no replication finished everywhere".to_owned(),
            Finding::Crossings => {}
        }
        let amount = |crossing: &Crossing| measure.with_interval(crossing.value, crossing.interval);
        let (mut parts, mut from): (Vec<String>, Option<&Crossing>) = (Vec::new(), None);
        for crossing in &self.crossings {
            match (crossing.begins, from) {
                (true, _) => from = Some(crossing),
                (false, Some(start)) => {
                    parts.push(format!("from {} to {}", amount(start), amount(crossing)));
                    from = None;
                }
                (false, None) => parts.push(format!("up to {}", amount(crossing))),
            }
        }
        let is_open = from.is_some();
        parts.extend(from.map(|start| format!("from {}{of} on", amount(start))));
        joined(&parts) + if is_open { "" } else { of }
    }
}

/// What a range is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Share,
    Dollars,
    /// Anything else, with its unit.
    Plain(&'static str),
}

impl Measure {
    /// Three digits with their unit.
    pub(super) fn text(self, value: f64) -> String {
        match self {
            Self::Share => text::percent(value),
            Self::Dollars => dollars(value),
            Self::Plain("") => significant(value),
            Self::Plain(unit) => format!("{}\u{a0}{unit}", significant(value)),
        }
    }

    pub(super) fn with_interval(self, value: f64, interval: Option<(f64, f64)>) -> String {
        let estimate = Estimate { n: 0, value, interval };
        match self {
            Self::Share => share(&estimate),
            Self::Dollars => dollars_between(&estimate),
            Self::Plain("") => with_interval(&estimate, significant),
            Self::Plain(unit) => format!("{}\u{a0}{unit}", with_interval(&estimate, significant)),
        }
    }

    /// Writes a tick of an axis.
    pub(super) fn tick(self) -> fn(f64, usize) -> String {
        match self {
            Self::Share => percent,
            Self::Dollars => whole_dollars,
            Self::Plain(_) => plain,
        }
    }
}

/// Half the height of a bar, and its opacity.
const BAR: Shape = Shape::Bar { half: 6.0, alpha: 0.38 };

/// The layers of one line: pale where it holds, in the colour of `fails` or thin where not, with a dot and its interval at
/// each crossing; dashed where nothing can be told.
pub(super) fn layers(
    at: f64,
    turning: &Turning,
    range: (f64, f64),
    (holds, fails): (Rgb, Option<Rgb>),
) -> Vec<Layer> {
    let thread = |is_dashed: bool| {
        let points = vec![Point::over(at, range)];
        Layer::new(if is_dashed { "cannot be told" } else { "" }, Shape::Thread { is_dashed }, AXIS, points)
    };
    let bars = |name: &str, colour: Rgb, spans: &[(f64, f64)]| {
        Layer::new(name, BAR, colour, spans.iter().map(|span| Point::over(at, *span)).collect())
    };
    let Some(stretches) = turning.stretches(range) else {
        let part = turning.part.and_then(|(is_so, from, to)| {
            let colour = if is_so { Some(holds) } else { fails };
            Some(bars(if is_so { "holds" } else { "does not hold" }, colour?, &[(from, to)]))
        });
        return std::iter::once(thread(true)).chain(part).collect();
    };
    let rest = |colour: Rgb| bars("does not hold", colour, &between(&stretches, range));
    let mut layers = vec![fails.map_or_else(|| thread(false), rest), bars("holds", holds, &stretches)];
    for crossing in &turning.crossings {
        let (ends, n) = (crossing.interval, Some(turning.replications));
        let point = Point { ends, n, ..Point::at(at, crossing.value) };
        let name = if crossing.begins { "begins to hold" } else { "ceases to hold" };
        layers.push(Layer::new(name, Shape::Dot { has_caps: true }, INK, vec![point]));
    }
    layers
}

/// What stretches in order leave of a range.
fn between(stretches: &[(f64, f64)], (low, high): (f64, f64)) -> Vec<(f64, f64)> {
    let starts = std::iter::once(low).chain(stretches.iter().map(|stretch| stretch.1));
    let ends = stretches.iter().map(|stretch| stretch.0).chain([high]);
    starts.zip(ends).filter(|(from, to)| to > from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turning(crossings: &[(bool, f64)]) -> Turning {
        let crossing = |&(begins, value): &(bool, f64)| Crossing { begins, value, interval: None };
        let crossings = crossings.iter().map(crossing).collect();
        Turning { finding: Finding::Crossings, crossings, part: None, replications: 9 }
    }

    #[test]
    fn a_range_is_cut_where_something_turns() {
        let of = |crossings: &[(bool, f64)]| turning(crossings).stretches((0.0, 1.0)).unwrap();
        assert_eq!(of(&[(true, 0.2)]), [(0.2, 1.0)]);
        assert_eq!(of(&[(false, 0.2)]), [(0.0, 0.2)]);
        assert_eq!(of(&[(true, 0.2), (false, 0.5)]), [(0.2, 0.5)]);
        assert_eq!(of(&[(false, 0.2), (true, 0.5)]), [(0.0, 0.2), (0.5, 1.0)]);
        assert_eq!(between(&[(0.0, 0.2), (0.5, 1.0)], (0.0, 1.0)), [(0.2, 0.5)]);
        assert_eq!(between(&[], (0.0, 1.0)), [(0.0, 1.0)]);
    }

    #[test]
    fn what_holds_of_sellers_ends_where_the_market_does() {
        let of = |own: &[(bool, f64)], market: &[(bool, f64)]| {
            let both = turning(own).within(&turning(market), (0.0, 1.0));
            (both.finding, both.stretches((0.0, 1.0)).unwrap())
        };
        assert_eq!(of(&[(true, 0.2)], &[(true, 0.1), (false, 0.6)]), (Finding::Crossings, vec![(0.2, 0.6)]));
        assert_eq!(of(&[(true, 0.2)], &[(false, 0.1)]), (Finding::Nowhere, vec![]));
        let everywhere = Turning { finding: Finding::Everywhere, ..turning(&[]) };
        assert_eq!(
            turning(&[(true, 0.2)]).within(&everywhere, (0.0, 1.0)).stretches((0.0, 1.0)).unwrap(),
            [(0.2, 1.0)]
        );
        let few = Turning { replications: 7, ..turning(&[(true, 0.2)]) };
        let few =
            Turning { crossings: vec![Crossing { interval: Some((0.1, 0.3)), ..few.crossings[0] }], ..few };
        assert_eq!(few.without_guesses().crossings[0].interval, None);
    }

    #[test]
    fn turns_are_told_in_order() {
        let words = |crossings: &[(bool, f64)]| {
            turning(crossings).words(Measure::Share, (0.0, 1.0)).replace('\u{a0}', " ")
        };
        assert_eq!(words(&[(true, 0.2)]), "from 20 % on");
        assert_eq!(words(&[(true, 0.2), (false, 0.5)]), "from 20 % to 50 %");
        assert_eq!(words(&[(false, 0.2), (true, 0.5)]), "up to 20 % and from 50 % on");
        let nowhere = Turning { finding: Finding::Nowhere, ..turning(&[]) };
        assert_eq!(nowhere.words(Measure::Dollars, (500.0, 20_000.0)), "nowhere from $500 to $20,000");
        let amounts = [Measure::Share, Measure::Dollars, Measure::Plain("hours"), Measure::Plain("")];
        let texts = amounts.map(|measure| measure.text(0.123_456).replace('\u{a0}', " "));
        assert_eq!(texts, ["12.3 %", "$0", "0.123 hours", "0.123"]);
    }
}
