//! The answers: pure functions from tables to sentences, which can say a thing, its opposite, that there is no
//! detectable difference, or that this study cannot tell.

mod c1;
mod c2;
mod c3;
mod c4;
mod c5;
mod c6;
mod c7;
mod edge;
mod headline;
mod healing;
mod q1;
mod q2;
mod q3;
mod q4;
mod q5;
mod verdict;

use super::library::Library;
use super::phrasing;
use super::points::At;
use super::study::{LIBRARY, Part, Study};
use super::sweep::Setting;
use crate::experiments::verdict::{Judged, MEASURE, Verdict};
use crate::output::tables::Index;
use crate::stats::Estimate;
use crate::text;

pub(super) use verdict::{is_offer, verdict};

/// A question of the caller's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) question: &'static str,
    /// Whether the answer rests on constants that nobody has measured.
    pub(super) is_assumed: bool,
}

/// What has become of a question or claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A question that has an answer.
    Answered,
    /// A claim that holds.
    Holds,
    /// A claim that does not.
    Fails,
    /// The intervals do not tell, or there is too little data.
    Open,
    /// The part or scenario that it needs is missing.
    NotRun,
}

impl Standing {
    /// The word beside the question.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Answered => "Answered",
            Self::Holds => "The claim holds",
            Self::Fails => "The claim does not hold",
            Self::Open => "Cannot be told",
            Self::NotRun => "Not run",
        }
    }
}

/// A chart to be shown with an answer.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    pub(super) part: Part,
    pub(super) name: &'static str,
    /// The scenarios that it is drawn of, in order; all of the part if there are none.
    pub(super) scenarios: &'static [&'static str],
}

/// A small table of numbers: a caption, a header, rows; the first cell of a row is its name.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) caption: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// A column of a [`Sheet`]: its head, and the cell of a scenario.
type Column<'a> = (&'a str, &'a dyn Fn(&str) -> String);

impl Sheet {
    /// A row for each of some scenarios that were run.
    fn of_scenarios(library: &Library, caption: &str, names: &[&str], columns: &[Column<'_>]) -> Self {
        let row = |name: &&str| {
            std::iter::once(library.short(name)).chain(columns.iter().map(|(_, cell)| cell(name))).collect()
        };
        let heads = std::iter::once("Scenario").chain(columns.iter().map(|(head, _)| *head));
        Self {
            caption: caption.to_owned(),
            head: heads.map(str::to_owned).collect(),
            rows: names.iter().filter(|name| library.arm(name).is_some()).map(row).collect(),
        }
    }
}

/// One answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) asked: Asked,
    pub(super) standing: Standing,
    /// The answer in a few words, beside the question; where it cannot be told what is known of it, and its standing where
    /// there are none.
    pub(super) pill: Option<String>,
    /// The answer in one sentence.
    pub(super) sentence: String,
    /// What else the tables say.
    pub(super) more: Vec<String>,
    /// The answer over the assumed constants; none where it was not computed.
    pub(super) assumed: Option<String>,
    pub(super) charts: Vec<Chart>,
    pub(super) sheet: Option<Sheet>,
    /// What it rests on.
    pub(super) rests: String,
    /// What would change it.
    pub(super) change: String,
}

impl Answer {
    fn new(asked: Asked, standing: Standing, sentence: String) -> Self {
        Self {
            asked,
            standing,
            pill: None,
            sentence,
            more: Vec::new(),
            assumed: None,
            charts: Vec::new(),
            sheet: None,
            rests: String::new(),
            change: String::new(),
        }
    }

    /// The same with the answer in a few words.
    fn saying(self, pill: impl Into<String>) -> Self {
        Self { pill: Some(pill.into()), ..self }
    }

    /// The words beside the question.
    pub(super) fn word(&self) -> String {
        match (&self.pill, self.standing) {
            (Some(pill), Standing::Holds) => format!("Holds: {pill}"),
            (Some(pill), Standing::Fails) => format!("Does not hold: {pill}"),
            (Some(pill), Standing::Answered | Standing::Open) => text::capital(pill),
            _ => self.standing.word().to_owned(),
        }
    }

    /// Whether it speaks of a scenario, by what charts call it.
    pub(super) fn names(&self, scenario: &str) -> bool {
        let quoted = format!("“{scenario}”");
        let texts = [&self.sentence, &self.rests].into_iter().chain(&self.more);
        texts.into_iter().any(|text| text.contains(&quoted))
    }

    fn not_run(asked: Asked, study: &Study, part: Part) -> Self {
        Self::new(asked, Standing::NotRun, study.not_run(part))
    }
}

/// All answers, in the order of the questions.
pub(super) fn all(study: &Study) -> Vec<Answer> {
    let answers = [
        q1::answer,
        q2::answer,
        q3::answer,
        q4::answer,
        q5::answer,
        c1::answer,
        c2::answer,
        c3::answer,
        c4::answer,
        c5::answer,
        c6::answer,
        c7::answer,
    ];
    answers.into_iter().map(|answer| answer(study)).collect()
}

/// Of a study without bombarded ties.
fn nothing_bombarded(study: &Study, asked: Asked) -> Answer {
    if study.library.is_none() {
        return Answer::not_run(asked, study, LIBRARY);
    }
    let text = "Not run: no scenario of this library bombards a tie; a study whose library runs \
                scenarios/bombardment-1.toml and its likes has.";
    Answer::new(asked, Standing::NotRun, text.to_owned())
}

/// That the library or one of these scenarios is missing; none if they are all there.
fn missing(study: &Study, asked: Asked, names: &[&str]) -> Option<Answer> {
    let Some(library) = &study.library else { return Some(Answer::not_run(asked, study, LIBRARY)) };
    let gone: Vec<&str> = names.iter().copied().filter(|name| library.arm(name).is_none()).collect();
    if gone.is_empty() {
        return None;
    }
    let files: Vec<String> = gone.iter().map(|name| format!("scenarios/{name}.toml")).collect();
    let sentence = format!(
        "Not run: the library of this study has no {} {}; a study whose library runs {} has.",
        text::plural(gone.len(), "scenario"),
        text::listed(gone.iter().copied()),
        text::joined(&files)
    );
    Some(Answer::new(asked, Standing::NotRun, sentence))
}

/// At which share of the points over the assumed constants that hit the facts a claim is true, in a sentence; none
/// where the constants were not moved. `verb`: what it then does.
fn over_points(study: &Study, verb: &str, is_true: impl Fn(&At<'_>) -> Option<bool>) -> Option<String> {
    let points = study.points.as_ref()?;
    let share = points.share(is_true)?;
    Some(format!(
        "{}; the claim {verb} at {} of these, one replication each.",
        points.words(),
        text::share(&share)
    ))
}

/// How many of the knobs that were turned are shown to move how many are placed, and which moves it most, if that can be
/// told; `None` without such an analysis.
fn what_matters(study: &Study) -> Option<String> {
    let importance = study.importance.as_ref()?;
    let sizes = sizes(&importance.indices, MEASURE);
    if sizes.is_empty() {
        return None;
    }
    if sizes.iter().all(|size| size.is_detected.is_none()) {
        return Some(
            "Which knobs move the number of placements could not be told: the sensitivity analysis has one replication of \
             each point."
                .to_owned(),
        );
    }
    let around = importance.around.as_ref().map_or_else(String::new, |name| format!(", around “{name}”"));
    let shown = sizes.iter().filter(|size| size.is_detected == Some(true)).count();
    let lead = format!(
        "Of {} that were turned{around}, {} {} shown to move the number of placements",
        text::counted(sizes.len(), "knob"),
        if shown == 0 { "none".to_owned() } else { text::spelt(shown) },
        if shown == 1 { "is" } else { "are" }
    );
    // One that is not shown to do anything may yet do more than one that is.
    let most = sizes.iter().find(|size| {
        let low = size.size.low();
        sizes.iter().all(|other| {
            other.name == size.name || low.zip(other.size.high()).is_some_and(|(low, high)| low > high)
        })
    });
    Some(match most {
        _ if shown == 0 => format!("{lead}."),
        Some(most) => format!("{lead}, “{}” most.", most.name),
        None => format!("{lead}; which moves it most cannot be told."),
    })
}

/// The effect of a knob on a number.
struct Size {
    size: Estimate,
    name: String,
    /// Whether it is told from nothing; `None` where that could not be asked.
    is_detected: Option<bool>,
}

/// The effects of all knobs on a metric.
fn sizes(indices: &[Index], metric: &str) -> Vec<Size> {
    let is_size = |index: &&Index| ["mu_star", "ST"].contains(&index.index.as_str());
    let size = |index: &Index| {
        let size = Estimate { n: 0, value: index.value?, interval: index.low.zip(index.high) };
        Some(Size { size, name: index.label.clone(), is_detected: index.detected.map(|it| it.0) })
    };
    indices.iter().filter(is_size).filter(|index| index.metric == metric).filter_map(size).collect()
}

/// What it would take to tell what becomes of the markets of which it cannot be told, in a sentence; none where all are told.
fn price_of_open<'a>(settings: impl Iterator<Item = &'a Setting>) -> Option<String> {
    const MOST: usize = 3;
    let open = settings.filter_map(|setting| Some((setting, setting.judged()?)));
    let open: Vec<_> = open.filter(|(_, judged)| judged.verdict == Verdict::CannotBeTold).collect();
    let words = |(setting, judged): &(&Setting, &Judged)| {
        let needed = match judged.replications_to_tell() {
            Some(n) => format!("about {}", text::counted(phrasing::round_up(n), "replication")),
            None => "more than anybody would run".to_owned(),
        };
        format!("{needed} {}", setting.words())
    };
    let named: Vec<String> = open.iter().take(MOST).map(words).collect();
    let rest = match open.len().saturating_sub(MOST) {
        0 => String::new(),
        n => format!("; {} more are open", text::spelt(n)),
    };
    (!named.is_empty())
        .then(|| format!("To tell what is open takes, if it stays where it is: {}{rest}.", named.join("; ")))
}

/// Joins what would change an answer: its own sentence, then what matters to the number of placements.
fn with_what_matters(study: &Study, own: String) -> String {
    what_matters(study).map_or_else(|| own.clone(), |matters| format!("{own} {matters}"))
}

/// "contingency and contingency-screened in 4 replications".
fn of_scenarios(study: &Study, names: &[&str]) -> String {
    let n = study.library.as_ref().map_or(0, |library| {
        names
            .iter()
            .filter_map(|name| library.arm(name))
            .map(super::library::Arm::finished)
            .min()
            .unwrap_or(0)
    });
    let short = |name: &&str| {
        study.library.as_ref().map_or_else(|| (*name).to_owned(), |library| library.short(name))
    };
    let shorts: Vec<String> = names.iter().map(short).collect();
    format!(
        "{} {} in {}",
        text::plural(names.len(), "scenario"),
        text::listed(shorts.iter().map(String::as_str)),
        text::counted(n, "replication")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_the_scenarios_that_its_sentences_quote() {
        let asked = Asked { id: "q0", label: "Q0", question: "?", is_assumed: false };
        let mut answer = Answer::new(asked, Standing::Answered, "More in “one” than in two.".to_owned());
        answer.more.push("And in “three”.".to_owned());
        assert_eq!(["one", "two", "three"].map(|name| answer.names(name)), [true, false, true]);
    }
}
