//! Every key of experiment, claims and study files, once.

use super::Effort;
use super::entry::entries;
use super::forms::{ByEffort, Like, Line, List, Named, Outcome, Raw, Settings, Threshold, Word};
use super::knob::Scale;
use super::{Holds, LEVELS};
use crate::scenario::SECTIONS;

/// Points of a grid, of a design, and base points: more would not end.
pub(super) const MOST_POINTS: f64 = 1_000_000.0;

/// Points or replications that a part of a study may be given.
const MOST_OF_PART: f64 = 100_000.0;

/// Looks of a sweep: with eight of them a point may come to have 128 times its replications.
const LOOKS: (f64, f64) = (1.0, 8.0);
/// Weeks to which the horizon of a sweep may double: twice those that a verdict takes, to a working life.
const HORIZON: (f64, f64) = (624.0, 2_080.0);

/// Points of the coarse grid of a break-even or a flip.
const GRID: (f64, f64) = (2.0, 200.0);

/// Keys at the head of a study file; the others are its parts, in the order in which they are done.
pub(super) const HEAD_KEYS: usize = 3;

/// How a design chooses its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Design {
    /// Every combination of the knobs' values.
    Grid,
    /// A Latin hypercube.
    Latin,
    /// A Sobol' sequence.
    Sobol,
}

/// A method of sensitivity analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Trajectories that move one knob at a time.
    Morris,
    /// First-order and total indices.
    Sobol,
}

impl Named for Design {
    const NAMES: &'static [(&'static str, Self)] =
        &[("grid", Self::Grid), ("latin", Self::Latin), ("sobol", Self::Sobol)];
}

impl Named for Method {
    const NAMES: &'static [(&'static str, Self)] = &[("morris", Self::Morris), ("sobol", Self::Sobol)];
}

fn no_hint(_: &str) -> Option<String> {
    None
}

fn in_an_experiment(word: &str) -> Option<String> {
    if word == "claims" {
        return Some("claims are for `introsim flip`".to_owned());
    }
    let is_key = word.contains('.') || SECTIONS.iter().any(|section| section.name == word);
    is_key.then(|| "change the scenario itself in a file that `extends` it, or by `--set`".to_owned())
}

fn in_a_study(_: &str) -> Option<String> {
    let parts = StudyFile::TABLE.fields.iter().skip(HEAD_KEYS).map(|field| field.name);
    Some(format!("the parts are: {}", parts.collect::<Vec<_>>().join(", ")))
}

const TITLE: &str = "begin it with one line for charts: `title = \"…\"`";
const ALTERNATIVES: &str = "a list such as `[{ name = \"cash\", set = { contract.upfront = \"$500\" } }, { name = \"free\", set = {} }]`";
const SCENARIOS: &str = "a list of scenario files, each in quotes";
const EFFORTS: &str = "a list of efforts, such as `[\"quick\"]`";

entries! {
    /// An experiment, for `sweep` where it has a `design`, for `sensitivity` where it has a `method`.
    ExperimentFile, "an experiment", Head, in_an_experiment => {
        /// One line, used in charts.
        title: Line, needed = true, help = TITLE;
        /// The question that the experiment asks, in words.
        question: Line;
        /// The scenario file to turn knobs in, relative to this file.
        scenario: Line, needed = true, help = "name the file to turn knobs in: `scenario = \"../contingency.toml\"`";
        /// Which points of the knobs are tried.
        design: Word<Design>;
        /// How it is measured which knobs matter.
        method: Word<Method>;
        /// Points of a latin or sobol design, or base points of the method sobol.
        points: usize, within = (1.0, MOST_POINTS);
        /// Trajectories of the method morris.
        trajectories: usize, within = (2.0, MOST_POINTS);
        /// Replications of each point.
        replications: Like, like = "run.replications";
        /// Knobs of a grid, by label or path, along which points are compared: each with the one that has the scenario's value of
        /// this knob and is like it otherwise. Two of which it cannot be told which places more are given more replications too.
        contrasts: List<Line>, takes = "a list of knobs, each in quotes";
        /// How often points of which it cannot be told whether the market lasts get twice the replications, and are looked
        /// at again; 1 if there is none: no more replications.
        looks: usize, within = LOOKS;
        /// While what sellers place is shown to change still from one block of 104 weeks to the next, all points are run again
        /// for twice the weeks, up to so many; those of the scenario if there is none.
        most_weeks: usize, within = HORIZON;
        /// Weeks from the opening on.
        weeks: Like, like = "run.weeks";
        /// The number that all luck is drawn from.
        seed: Like, like = "run.seed";
        /// Outcomes to look at beside, or in place of, the usual ones.
        metrics: List<Outcome>, takes = "a list of outcomes, each in quotes", help = "leave it out for the usual ones";
        /// What is moved.
        knobs: List<KnobTable<'t>>, needed = true, takes = "a list of at least one knob",
            help = "begin each knob with `[[knobs]]`, in double brackets, and name its key: `path = \"contract.share_of_salary\"`";
    }
}

entries! {
    /// A knob: a key of scenarios and where it moves, or named settings of several keys.
    KnobTable, "a knob", Element, no_hint => {
        /// The dotted path of the key that it turns.
        path: Line;
        /// What tables and charts call it; the path where there is none.
        label: Line;
        /// The values that it takes.
        values: Raw<'t>, takes = "a list of values";
        /// Between which two numbers it moves; the believable range of its key where there is none.
        range: Raw<'t>, takes = "two numbers: `[low, high]`";
        /// Into how many values the range is cut, both ends among them.
        steps: usize, within = (2.0, 1_000.0);
        /// Whether the range is walked through by differences or by ratios.
        scale: Word<Scale>;
        /// Settings of several keys under one name each.
        alternatives: List<AlternativeTable<'t>>, takes = ALTERNATIVES, least = 2;
    }
}

entries! {
    /// Settings of several keys under one name.
    AlternativeTable, "an alternative", Element, no_hint => {
        /// Its name.
        name: Line;
        /// What it sets.
        set: Settings;
    }
}

entries! {
    /// Claims, for `flip`: from which cost of a burnt relationship on each is true.
    ClaimsFile, "a file of claims", Head, no_hint => {
        /// One line, used in charts.
        title: Line, needed = true, help = TITLE;
        /// The question that the claims answer, in words.
        question: Line;
        /// Replications of each point.
        replications: Like, like = "run.replications";
        /// Weeks from the opening on.
        weeks: Like, like = "run.weeks";
        /// The number that all luck is drawn from.
        seed: Like, like = "run.seed";
        /// Between which costs to look; the believable range where there is none.
        range: Raw<'t>, takes = "two numbers: `[low, high]`";
        /// Whether the range is walked through by differences or by ratios.
        scale: Word<Scale>;
        /// Points of the coarse grid.
        points: usize, within = GRID;
        /// What is claimed.
        claims: List<ClaimTable<'t>>, takes = "a list of at least one claim",
            help = "begin each claim with `[[claims]]`, in double brackets";
    }
}

entries! {
    /// Something that is true at some costs and not at others.
    ClaimTable, "a claim", Element, no_hint => {
        /// The claim in a line, unique in its file.
        name: Line, needed = true;
        /// Which of the questions it belongs to.
        question: Line;
        /// The scenario that it is about, relative to this file.
        scenario: Line, needed = true;
        /// A scenario whose outcome is taken off, replication by replication.
        against: Line;
        /// The outcome.
        metric: Outcome, needed = true;
        /// On which side of the threshold it is true.
        holds: Word<Holds>, needed = true;
        /// The threshold.
        threshold: Threshold, needed = true;
    }
}

entries! {
    /// A study, for `study`: which files to run, and how thoroughly, at three efforts.
    StudyFile, "a study", Head, in_a_study => {
        /// One line, the title of the report.
        title: Line, needed = true, help = "begin it with one line for the report: `title = \"…\"`";
        /// The question that the study asks, in words.
        question: Line;
        /// The number that all luck of all parts is drawn from.
        seed: Like, like = "run.seed";
        /// Scenarios on the same luck, as `run` does.
        library: LibraryPart<'t>;
        /// Many settings, as `sweep` does.
        map: SweepPart<'t>;
        /// How large markets are by how fast relationships heal, as `sweep` does.
        healing: SweepPart<'t>;
        /// Markets by how fast relationships heal and how far word travels, as `sweep` does.
        word: SweepPart<'t>;
        /// Many settings of a bombardment, as `sweep` does.
        bombardment: SweepPart<'t>;
        /// Where a knob begins to pay, as `breakeven` does.
        break_even: BreakEvenPart<'t>;
        /// How dear a burnt relationship must be, as `flip` does.
        flip: FlipPart<'t>;
        /// Which knobs matter, as `sensitivity` does.
        importance: ImportancePart<'t>;
        /// The model beside facts about the world, as `facts` does.
        facts: FactsPart<'t>;
        /// Limits in which the answer is known, as `validate` does.
        validation: ValidationPart<'t>;
    }
}

entries! {
    /// Scenarios on the same luck.
    LibraryPart, "a part", Part, no_hint => {
        /// Scenario files, relative to this one.
        scenarios: ByEffort<List<Line>>, needed = true, takes = SCENARIOS;
        /// Replications of each.
        replications: ByEffort<usize>, within = (1.0, MOST_OF_PART);
        /// Points over the constants that nobody has measured; 0 for none.
        assumptions: ByEffort<usize>, within = (0.0, MOST_OF_PART);
        /// Those of them that are run at these points; all if the key is absent.
        assumptions_of: List<Line>, takes = SCENARIOS;
        /// Efforts that do without the part.
        leave_out: List<Word<Effort>>, takes = EFFORTS, least = 0;
    }
}

entries! {
    /// Many settings of a few knobs.
    SweepPart, "a part", Part, no_hint => {
        /// An experiment file with a `design`, relative to this one.
        file: Line, needed = true;
        /// Replications of each point.
        replications: ByEffort<usize>, within = (1.0, MOST_OF_PART);
        /// How often points of which the verdict is open are looked at, each time with twice the replications.
        looks: ByEffort<usize>, within = LOOKS;
        /// Weeks up to which all points are run again for twice as long, while any market is shown to move.
        most_weeks: ByEffort<usize>, within = HORIZON;
        /// Of how many values of each knob of a grid no more are tried.
        most_values: ByEffort<usize>, within = (2.0, 1_000.0);
        /// Efforts that do without the part.
        leave_out: List<Word<Effort>>, takes = EFFORTS, least = 0;
    }
}

entries! {
    /// Where a knob begins to pay.
    BreakEvenPart, "a part", Part, no_hint => {
        /// The scenario file, relative to this one.
        scenario: Line, needed = true;
        /// The dotted path of the key that is turned, or `screening.hours`.
        knob: Line, needed = true;
        /// Between which two numbers it moves; the believable range where there is none.
        range: Raw<'t>, takes = "two numbers: `[low, high]`";
        /// Whether the range is walked through by differences or by ratios.
        scale: Word<Scale>;
        /// Settings of one key each that the knob is turned in.
        at: ByEffort<List<Settings>>, takes = LEVELS;
        /// Points of the coarse grid.
        points: ByEffort<usize>, within = GRID;
        /// Replications of each point.
        replications: ByEffort<usize>, within = (1.0, MOST_OF_PART);
        /// Efforts that do without the part.
        leave_out: List<Word<Effort>>, takes = EFFORTS, least = 0;
    }
}

entries! {
    /// How dear a burnt relationship must be.
    FlipPart, "a part", Part, no_hint => {
        /// A file of claims, relative to this one.
        file: Line, needed = true;
        /// Replications of each point.
        replications: ByEffort<usize>, within = (1.0, MOST_OF_PART);
        /// Points of the coarse grid.
        points: ByEffort<usize>, within = GRID;
        /// Efforts that do without the part.
        leave_out: List<Word<Effort>>, takes = EFFORTS, least = 0;
    }
}

entries! {
    /// Which knobs matter.
    ImportancePart, "a part", Part, no_hint => {
        /// An experiment file with a `method`, relative to this one.
        file: Line, needed = true;
        /// Replications of each point.
        replications: ByEffort<usize>, within = (1.0, MOST_OF_PART);
        /// Trajectories of the method morris.
        trajectories: ByEffort<usize>, within = (2.0, MOST_OF_PART);
        /// Base points of the method sobol.
        points: ByEffort<usize>, within = (2.0, MOST_OF_PART);
        /// Efforts that do without the part.
        leave_out: List<Word<Effort>>, takes = EFFORTS, least = 0;
    }
}

entries! {
    /// The model beside facts about the world.
    FactsPart, "a part", Part, no_hint => {
        /// Scenario files, relative to this one.
        scenarios: ByEffort<List<Line>>, needed = true, takes = SCENARIOS;
        /// Replications of each.
        replications: ByEffort<usize>, within = (1.0, MOST_OF_PART);
        /// Efforts that do without the part.
        leave_out: List<Word<Effort>>, takes = EFFORTS, least = 0;
    }
}

entries! {
    /// Limits in which the answer is known.
    ValidationPart, "a part", Part, no_hint => {
        /// Files of limits, relative to this one.
        scenarios: ByEffort<List<Line>>, needed = true, takes = SCENARIOS;
        /// Efforts that do without the part.
        leave_out: List<Word<Effort>>, takes = EFFORTS, least = 0;
    }
}
