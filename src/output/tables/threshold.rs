//! The tables of `breakeven` and `flip`: where something turns along a knob, and the curves behind it.

use crate::experiments::outcomes::{Metric, metric};
use crate::experiments::threshold::breakeven::{AtCrossing, Criterion, Level};
use crate::experiments::threshold::crossing::Found;
use crate::experiments::threshold::flip::{Numbers, goodwill_of_one};
use crate::experiments::threshold::{self, Answer, Point, Question};
use crate::output::row::{Added, table, words};
use crate::output::{Column, Table};
use crate::scenario::experiment::{Claim, Holds};

const LEVEL: Column = Column::new("level", "", "the scenario, or the setting of `--at` that it was run with");
const KNOB: Column = Column::new("knob", "", "the key that was turned");
const CLAIM: Column = Column::new("claim", "", "the claim, in the words of the file");
const STATUS: Column =
    Column::new("status", "", "ok, or why the replication did not finish; then the cells after it are empty");
const FINDING: Column = Column::new(
    "finding",
    "",
    "crossing; holds everywhere or holds nowhere in the range; cannot be told: noise hides on which side it is",
);
const CROSSING: Column =
    Column::new("crossing", "", "number of the crossing, from 1 at the lower end; empty if there is none");
const WITHOUT: Column = Column::new(
    "share_without",
    "share",
    "resamples of the replications that do not have this crossing; without a crossing, those whose curve stays on \
     one side",
);

const SHOWN: Column = Column::new(
    "shown",
    "",
    "where it cannot be told of the whole range: holds or fails, in the part between the next two; empty if it is shown nowhere",
);

table! {
    /// breakeven.csv: a crossing, or a criterion that has none.
    Breakeven: "breakeven" {
        level: String, LEVEL;
        knob: String, KNOB;
        from: Option<f64>, "as the knob", "lower end of the range searched";
        to: Option<f64>, "as the knob", "upper end of the range searched";
        criterion: String, "",
            "hour_pays: profit per hour worked or open over the judged weeks (the last 104, or the second half \
             of a run of fewer than 208), each seller's hours at what they are worth to him elsewhere and \
             social capital counted, is 0 or more on average over replications; a market in which sellers hold \
             under 100 hours counts as an hour that earns nothing and costs the least wage; \
             hour_pays_all_weeks: the same over all weeks after the opening; alive: placements per 10,000 \
             workers and year in the judged weeks are 5 or more on average; last_gains, in closed markets alone: a week of \
             selling leaves 0 or more to the seller whose hour is worth most elsewhere";
        finding: Finding, FINDING;
        crossing: Option<usize>, CROSSING;
        direction: Option<Direction>, "", "begins: the criterion holds above the value; ends: it holds below";
        value: Option<f64>, "as the knob", "value of the knob at the crossing";
        low: Option<f64>, "as the knob", "lower end of its 95 % interval: bootstrap over replications; empty below 8";
        high: Option<f64>, "as the knob", "upper end of that interval";
        share_without: Option<f64>, WITHOUT;
        shown: Added<Option<Shown>>, SHOWN;
        shown_from: Added<Option<f64>>, "as the knob", "lower end of the part in which it is shown";
        shown_to: Added<Option<f64>>, "as the knob", "upper end of it";
        read_at: Added<Option<f64>>, "as the knob",
            "value of the knob in the runs that the next three are read from: the crossing as it was seen before the \
             last round";
        fee_per_placement: Option<f64>, "dollars",
            "fees per placement there, over the weeks that the criterion speaks of";
        hours_per_placement: Option<f64>, "hours", "sellers' hours per placement there";
        placements_per_10000: Added<Option<f64>>, "placements", "there, as in outcomes.csv of a run";
        n: usize, "replications", "replications behind it: those that finished at every value";
    }
}

table! {
    /// curve.csv of `breakeven`: what a replication had at a value tried.
    BreakevenPoint: "curve" {
        level: String, LEVEL;
        knob: String, KNOB;
        value: f64, "as the knob", "value of the knob";
        round: usize, "", "round in which the value was tried; 0 is the coarse grid, 3 the crossings themselves";
        replication;
        status: String, STATUS;
        profit_per_hour: Option<f64>, "dollars", "what criterion hour_pays averages";
        profit_per_hour_all_weeks: Added<Option<f64>>, "dollars", "what criterion hour_pays_all_weeks averages";
        placements_per_10000: Option<f64>, "placements", "what criterion alive averages";
        last_seller_net: Added<Option<f64>>, "dollars a week", "what criterion last_gains averages; as in outcomes.csv of a run";
        full_time_per_10000: Added<Option<f64>>, "people", "as in outcomes.csv of a run";
        active_share_judged: Added<Option<f64>>, "share", "as in outcomes.csv of a run";
        hours_judged: Added<Option<f64>>, "hours", "as in outcomes.csv of a run";
        hours_open_judged: Added<Option<f64>>, "hours", "as in outcomes.csv of a run";
        fees_dollars_judged: Added<Option<f64>>, "dollars", "as in outcomes.csv of a run";
        social_capital_dollars_judged: Added<Option<f64>>, "dollars", "as in outcomes.csv of a run";
        sellers_profit_dollars_judged: Added<Option<f64>>, "dollars", "as in outcomes.csv of a run";
    }
}

table! {
    /// flip.csv: a crossing, or a claim that has none.
    Flip: "flip" {
        claim: String, CLAIM;
        question: Option<String>, "", "which question it belongs to; empty if the file does not say";
        scenario: String, "", "the scenario that it is about";
        against: Option<String>, "", "the scenario whose outcome is taken off; empty if none is";
        metric: String, "",
            "the outcome, named as in outcomes.csv of a run, or profit_per_hour as in curve.csv of a break-even";
        holds: Side, "", "on which side of the threshold the claim is true, the threshold itself included";
        threshold: f64, "as the metric", "the threshold of the mean over replications";
        from: Option<f64>, "dollars", "lowest cost searched, per unit of goodwill";
        to: Option<f64>, "dollars", "highest cost searched";
        finding: Finding, FINDING;
        crossing: Option<usize>, CROSSING;
        direction: Option<Direction>, "", "begins: the claim is true above the cost; ends: it is true below";
        goodwill_value: Option<f64>, "dollars", "cost per unit of goodwill at which it turns";
        goodwill_value_low: Option<f64>, "dollars", "lower end of its 95 % interval: bootstrap over replications; empty below 8";
        goodwill_value_high: Option<f64>, "dollars", "upper end of that interval";
        per_bad_introduction: Option<f64>, "dollars",
            "the same per bad introduction: times goodwill.per_request + goodwill.bad";
        per_bad_introduction_low: Option<f64>, "dollars", "lower end of its interval";
        per_bad_introduction_high: Option<f64>, "dollars", "upper end of its interval";
        share_without: Option<f64>, WITHOUT;
        shown: Added<Option<Shown>>, SHOWN;
        shown_from: Added<Option<f64>>, "dollars", "lower end of the part in which it is shown, per unit of goodwill";
        shown_to: Added<Option<f64>>, "dollars", "upper end of it";
        n: usize, "replications", "replications behind it: those that have the metric at every cost";
    }
}

table! {
    /// curve.csv of `flip`: what a replication had at a cost tried.
    FlipPoint: "curve" {
        claim: String, CLAIM;
        goodwill_value: f64, "dollars", "cost per unit of goodwill";
        per_bad_introduction: f64, "dollars", "the same per bad introduction";
        round: usize, "", "round in which the cost was tried; 0 is the coarse grid, 3 the crossings themselves";
        replication;
        status: String, STATUS;
        metric: Option<f64>, "as the metric", "the claim's metric in its scenario; empty if nothing happened";
        against: Option<f64>, "as the metric", "the same in the scenario that it is held against";
        margin: Option<f64>, "as the metric", "by how much the claim holds; negative where it does not";
    }
}

words! {
    /// What became of a search along a knob.
    Finding {
        /// It turns somewhere.
        Crossings = "crossing",
        /// It is so in the whole range.
        Everywhere = "holds everywhere",
        /// It is so nowhere in the range.
        Nowhere = "holds nowhere",
        /// Noise hides on which side it is.
        Unknown = "cannot be told",
        /// No replication finished.
        NoData = "no replication finished",
    }
}

impl Finding {
    fn of(found: Option<&Found>) -> Self {
        match found {
            None => Self::NoData,
            Some(found) if !found.crossings.is_empty() => Self::Crossings,
            Some(found) => match found.above {
                Some(true) => Self::Everywhere,
                Some(false) => Self::Nowhere,
                None => Self::Unknown,
            },
        }
    }
}

words! {
    /// On which side of a crossing something holds.
    Direction {
        /// Above.
        Begins = "begins",
        /// Below.
        Ends = "ends",
    }
}

impl Direction {
    fn of(rises: bool) -> Self {
        if rises { Self::Begins } else { Self::Ends }
    }
}

words! {
    /// What is shown in a part of the range.
    Shown {
        /// It holds there.
        Holds = "holds",
        /// It does not.
        Fails = "fails",
    }
}

impl Shown {
    fn of(part: threshold::Part) -> Self {
        if part.holds { Self::Holds } else { Self::Fails }
    }
}

words! {
    /// On which side of its threshold a claim is true.
    Side {
        /// At the threshold and below.
        Below = "below",
        /// At the threshold and above.
        Above = "above",
    }
}

/// What a row says of its search, in whatever it is measured; numbers that are not finite are none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// What became of it.
    pub finding: Finding,
    /// Whether it holds above the value rather than below.
    pub begins: bool,
    /// Where it turns.
    pub value: Option<f64>,
    /// Ends of the interval of the value.
    pub interval: Option<(f64, f64)>,
    /// The range that was searched.
    pub range: Option<(f64, f64)>,
    /// Where it cannot be told of the whole range: whether it is shown to hold in a part of it, and the ends of the part.
    pub part: Option<(bool, f64, f64)>,
    /// Replications behind it.
    pub n: usize,
}

impl Told {
    fn new(
        (finding, direction): (Finding, Option<Direction>),
        [value, low, high, from, to]: [Option<f64>; 5],
        n: usize,
    ) -> Self {
        let finite = |x: Option<f64>| x.filter(|x| x.is_finite());
        let value = finite(value);
        Self {
            finding: if finding == Finding::Crossings && value.is_none() {
                Finding::Unknown
            } else {
                finding
            },
            begins: direction == Some(Direction::Begins),
            value,
            interval: finite(low).zip(finite(high)),
            range: finite(from).zip(finite(to)).filter(|(from, to)| from < to),
            part: None,
            n,
        }
    }

    /// The same with the part of the range in which it is shown.
    fn shown(self, shown: Option<Shown>, ends: [Option<f64>; 2]) -> Self {
        let [from, to] = ends.map(|end| end.filter(|end| end.is_finite()));
        let part = shown.zip(from.zip(to)).map(|(shown, (from, to))| (shown == Shown::Holds, from, to));
        Self { part, ..self }
    }
}

impl Breakeven {
    /// What it says of the search.
    #[must_use]
    pub fn told(&self) -> Told {
        let numbers = [self.value, self.low, self.high, self.from, self.to];
        let told = Told::new((self.finding, self.direction), numbers, self.n);
        told.shown(self.shown.0.flatten(), [self.shown_from, self.shown_to].map(|end| end.0.flatten()))
    }
}

impl Flip {
    /// What it says of the search, in dollars per unit of goodwill.
    #[must_use]
    pub fn told(&self) -> Told {
        let ends = [self.goodwill_value_low, self.goodwill_value_high];
        let numbers = [self.goodwill_value, ends[0], ends[1], self.from, self.to];
        let told = Told::new((self.finding, self.direction), numbers, self.n);
        told.shown(self.shown.0.flatten(), [self.shown_from, self.shown_to].map(|end| end.0.flatten()))
    }

    /// The same per bad introduction.
    #[must_use]
    pub fn told_per_bad(&self) -> Told {
        let ends = [self.per_bad_introduction_low, self.per_bad_introduction_high];
        let numbers = [self.per_bad_introduction, ends[0], ends[1], self.from, self.to];
        Told::new((self.finding, self.direction), numbers, self.n)
    }
}

/// breakeven.csv, a row for each crossing and one for each criterion that has none; and curve.csv, what every
/// replication had at every value tried.
#[must_use]
pub fn breakeven_tables(question: &Question<Level>, answer: &Answer<Level>) -> [Table; 2] {
    let (mut rows, mut curve) = (Vec::new(), Vec::new());
    for (level, found) in question.subjects.iter().zip(&answer.subjects) {
        for (criterion, finding) in level.asked(found) {
            let row = |line: Line<'_, Option<AtCrossing>>| Breakeven {
                level: level.name.clone(),
                knob: question.knob.key.path.to_owned(),
                from: question.knob.along(0.0),
                to: question.knob.along(1.0),
                criterion: criterion.name().to_owned(),
                finding: line.finding,
                crossing: line.crossing,
                direction: line.direction,
                value: line.value,
                low: line.low,
                high: line.high,
                share_without: line.without,
                shown: Added(Some(line.part.map(Shown::of))),
                shown_from: Added(Some(line.part.map(|part| part.from))),
                shown_to: Added(Some(line.part.map(|part| part.to))),
                read_at: Added(Some(line.meaning.and_then(|at| Some(at.as_ref()?.value)))),
                fee_per_placement: line.meaning.and_then(|at| at.as_ref()?.fee),
                hours_per_placement: line.meaning.and_then(|at| at.as_ref()?.hours),
                placements_per_10000: Added(Some(line.meaning.and_then(|at| at.as_ref()?.placements))),
                n: line.n,
            };
            rows.extend(lines(finding).map(row));
        }
        for point in &found.points {
            let replications = (0..).zip(&point.rows);
            let at = (level.name.as_str(), question.knob.key.path);
            curve.extend(replications.map(|(number, row)| breakeven_point(at, point, number, row)));
        }
    }
    [Table::of(rows), Table::of(curve)]
}

/// What a row says of a finding, whatever was searched.
struct Line<'a, M> {
    finding: Finding,
    crossing: Option<usize>,
    direction: Option<Direction>,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    meaning: Option<&'a M>,
    without: Option<f64>,
    part: Option<threshold::Part>,
    n: usize,
}

/// A line for each turn of a finding; one where it has none.
fn lines<M>(finding: &threshold::Finding<M>) -> impl Iterator<Item = Line<'_, M>> {
    let none = finding.turns.is_empty().then_some((None, None));
    let turns = (1..).zip(&finding.turns).map(|(number, turn)| (Some(number), Some(turn)));
    let found = finding.found.as_ref();
    none.into_iter().chain(turns).map(move |(crossing, turn)| Line {
        finding: Finding::of(found),
        crossing,
        direction: turn.map(|turn| Direction::of(turn.crossing.rises)),
        value: turn.map(|turn| turn.value),
        low: turn.and_then(|turn| turn.interval).map(|(low, _)| low),
        high: turn.and_then(|turn| turn.interval).map(|(_, high)| high),
        meaning: turn.map(|turn| &turn.meaning),
        without: turn.map(|turn| turn.crossing.missing).or(found.map(|found| found.whole)),
        part: finding.part,
        n: found.map_or(0, |found| found.replications),
    })
}

fn breakeven_point(
    (level, knob): (&str, &str),
    point: &Point<Vec<Option<f64>>>,
    replication: i64,
    row: &Result<Vec<Option<f64>>, String>,
) -> BreakevenPoint {
    let values = row.as_deref().unwrap_or_default();
    let read = |metric: Metric| metric.read(values);
    let margin = |criterion: Criterion| row.as_ref().ok().and_then(|row| criterion.margin(row));
    BreakevenPoint {
        level: level.to_owned(),
        knob: knob.to_owned(),
        value: point.value,
        round: point.round,
        replication,
        status: row.as_ref().err().cloned().unwrap_or_else(|| "ok".to_owned()),
        profit_per_hour: margin(Criterion::HourPays),
        profit_per_hour_all_weeks: Added(Some(margin(Criterion::HourPaysAllWeeks))),
        placements_per_10000: read(metric!("placements_per_10000")),
        last_seller_net: Added(Some(read(metric!("last_seller_net")))),
        full_time_per_10000: Added(Some(read(metric!("full_time_per_10000")))),
        active_share_judged: Added(Some(read(metric!("active_share_judged")))),
        hours_judged: Added(Some(read(metric!("hours_judged")))),
        hours_open_judged: Added(Some(read(metric!("hours_open_judged")))),
        fees_dollars_judged: Added(Some(read(metric!("fees_dollars_judged")))),
        social_capital_dollars_judged: Added(Some(read(metric!("social_capital_dollars_judged")))),
        sellers_profit_dollars_judged: Added(Some(read(metric!("sellers_profit_dollars_judged")))),
    }
}

/// flip.csv, a row for each crossing and one for each claim that has none; and curve.csv, what every replication had at
/// every cost tried.
#[must_use]
pub fn flip_tables(question: &Question<Claim>, answer: &Answer<Claim>) -> [Table; 2] {
    let (mut rows, mut curve) = (Vec::new(), Vec::new());
    for (claim, found) in question.subjects.iter().zip(&answer.subjects) {
        for finding in &found.findings {
            let row = |line: Line<'_, f64>| {
                let per_bad = |cost: Option<f64>| Some(cost? * line.meaning?);
                Flip {
                    claim: claim.name.clone(),
                    question: claim.question.clone(),
                    scenario: claim.scenario.name.clone(),
                    against: claim.against.as_ref().map(|other| other.name.clone()),
                    metric: claim.metric.to_owned(),
                    holds: if claim.holds == Holds::Below { Side::Below } else { Side::Above },
                    threshold: claim.threshold,
                    from: question.knob.along(0.0),
                    to: question.knob.along(1.0),
                    finding: line.finding,
                    crossing: line.crossing,
                    direction: line.direction,
                    goodwill_value: line.value,
                    goodwill_value_low: line.low,
                    goodwill_value_high: line.high,
                    per_bad_introduction: per_bad(line.value),
                    per_bad_introduction_low: per_bad(line.low),
                    per_bad_introduction_high: per_bad(line.high),
                    share_without: line.without,
                    shown: Added(Some(line.part.map(Shown::of))),
                    shown_from: Added(Some(line.part.map(|part| part.from))),
                    shown_to: Added(Some(line.part.map(|part| part.to))),
                    n: line.n,
                }
            };
            rows.extend(lines(finding).map(row));
        }
        for point in &found.points {
            curve.extend((0..).zip(&point.rows).map(|(number, row)| flip_point(claim, point, number, row)));
        }
    }
    [Table::of(rows), Table::of(curve)]
}

fn flip_point(
    claim: &Claim,
    point: &Point<Numbers>,
    replication: i64,
    numbers: &Result<Numbers, String>,
) -> FlipPoint {
    let found = numbers.as_ref().ok();
    FlipPoint {
        claim: claim.name.clone(),
        goodwill_value: point.value,
        per_bad_introduction: point.value * goodwill_of_one(&claim.scenario.scenario),
        round: point.round,
        replication,
        status: numbers.as_ref().err().cloned().unwrap_or_else(|| "ok".to_owned()),
        metric: found.and_then(|numbers| numbers.metric),
        against: found.and_then(|numbers| numbers.against),
        margin: found.and_then(|numbers| numbers.margin),
    }
}
