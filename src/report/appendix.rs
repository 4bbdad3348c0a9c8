//! What stands beneath the answers: scenarios, parameters, agreement with facts, verification, how to run it again.

use std::collections::BTreeMap;

use super::answers::Sheet;
use super::library::Library;
use super::study::Study;
use crate::output::tables::{Fact, Validation};
use crate::scenario::library::THE_QUESTION;
use crate::scenario::{Part, SECTIONS, Scenario};
use crate::text;

/// Each scenario of the library and what it changes against the defaults.
pub(super) fn scenarios(library: &Library) -> Sheet {
    let base = Scenario::default();
    let row = |arm: &super::library::Arm| {
        let (title, changes) = match &arm.scenario {
            Some(scenario) => (scenario.title.clone(), changes(&base, scenario)),
            None => ("not in the manifest".to_owned(), "not known".to_owned()),
        };
        vec![arm.name.clone(), title, changes]
    };
    Sheet {
        caption: format!(
            "{}, and what each changes against the base",
            text::counted(library.arms.len(), "scenario")
        ),
        head: ["Scenario", "Title", "Changes"].map(str::to_owned).to_vec(),
        rows: library.arms.iter().map(row).collect(),
    }
}

/// The keys in which a scenario differs from the base, with their values; not what all are run with alike.
fn changes(base: &Scenario, scenario: &Scenario) -> String {
    let changed = base.differences(scenario).into_iter().filter(|path| !path.starts_with("run."));
    let parts: Vec<String> = changed
        .map(|path| {
            let value = scenario.text(path).unwrap_or_default().replace('"', "");
            format!("`{path}` {value}")
        })
        .collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join("; ") }
}

/// Every parameter of the base: value, range, meaning, source; a table for each section.
pub(super) fn parameters(study: &Study) -> Vec<(String, Sheet)> {
    // What differs between scenarios stands in their table; what they share may have been set for the whole study.
    let run =
        study.library.as_ref().and_then(|library| library.arms.iter().find_map(|arm| arm.scenario.as_ref()));
    let base = Scenario::default();
    let of_section = |section: &crate::scenario::Section| {
        let shared = section.part != Part::Institutions;
        let values = run.filter(|_| shared).unwrap_or(&base);
        let row = |key: &crate::scenario::Key| {
            let believable = key.plausible.map_or_else(|| "–".to_owned(), |range| range.text(key.unit));
            vec![
                format!("`{}`", key.path),
                values.text(key.path).unwrap_or_else(|| "none".to_owned()).replace('"', ""),
                believable,
                key.meaning().to_owned(),
                key.source.to_owned(),
            ]
        };
        let sheet = Sheet {
            caption: section.about.trim().to_owned(),
            head: ["Parameter", "Value", "Believable", "Meaning", "Source"].map(str::to_owned).to_vec(),
            rows: section.keys.iter().map(row).collect(),
        };
        (section.name.to_owned(), sheet)
    };
    SECTIONS.iter().map(of_section).collect()
}

/// Published figures of one kind, each counted once: how many the model meets, misses, and leaves open.
#[derive(Debug, Default, PartialEq, Eq)]
struct Score {
    met: usize,
    missed: usize,
    open: usize,
}

impl Score {
    /// From what became of each figure in the scenarios that it was set beside.
    fn of<'a>(figures: impl Iterator<Item = &'a Vec<&'a str>>) -> Self {
        let mut score = Self::default();
        for verdicts in figures {
            // Where the model has no figure nothing was compared.
            let mut compared = verdicts.iter().filter(|verdict| **verdict != "not in the model").peekable();
            if verdicts.contains(&"miss") {
                score.missed += 1;
            } else if compared.peek().is_some() && compared.all(|verdict| *verdict == "hit") {
                score.met += 1;
            } else {
                score.open += 1;
            }
        }
        score
    }

    fn all(&self) -> usize {
        self.met + self.missed + self.open
    }
}

/// How many published figures agree, apart for those that parameters were fitted to.
///
/// - `rows`: what the figure is, whether it was used to fit, and the verdict in one scenario
fn scores<'a>(rows: impl Iterator<Item = (&'a str, bool, &'a str)>) -> (Score, Score) {
    let mut figures: BTreeMap<&str, (bool, Vec<&str>)> = BTreeMap::new();
    for (what, is_fitted, verdict) in rows {
        let (fitted, verdicts) = figures.entry(what).or_default();
        *fitted |= is_fitted;
        verdicts.push(verdict);
    }
    let score = |kind: bool| {
        Score::of(figures.values().filter(|(fitted, _)| *fitted == kind).map(|(_, verdicts)| verdicts))
    };
    (score(true), score(false))
}

/// Of published figures that were never used to fit how many are met, in a clause; `None` where facts were not run.
pub(super) fn never_fitted(study: &Study) -> Option<String> {
    let (_, checked) = scores(study.facts.as_ref()?.iter().map(told));
    Some(format!(
        "of {} never used to fit it of which it can be told, the model meets {} and misses {} ({} more are open)",
        text::counted(checked.met + checked.missed, "published figure"),
        text::count(checked.met),
        text::count(checked.missed),
        text::count(checked.open)
    ))
}

/// What a fact says of itself: what it is, whether it was used to fit, and the verdict.
fn told(fact: &Fact) -> (&str, bool, &str) {
    (fact.what.as_str(), fact.used_to == "fit", fact.verdict.as_str())
}

/// The same in a sentence.
fn agreement((fitted, checked): &(Score, Score)) -> String {
    let ends = |score: &Score| {
        let [met, missed, open] = [score.met, score.missed, score.open].map(text::count);
        format!("meets {met}, misses {missed} and leaves {open} open")
    };
    format!(
        "Of {} used to fit parameters the model {}; of {} never used to fit it {}. Each figure counts once: as met where \
         every scenario that has it meets it, as missed where one misses it, else as open. In the table those used to fit are \
         marked “fit”, the others “check”.",
        text::counted(fitted.all(), "published figure"),
        ends(fitted),
        text::count(checked.all()),
        ends(checked)
    )
}

/// Published figures beside the model's: a sentence of how many agree, and the table.
pub(super) fn facts(study: &Study) -> Option<(String, Sheet)> {
    let table = study.facts.as_ref()?;
    let sentence = agreement(&scores(table.iter().map(told)));
    let number = |value: Option<f64>| value.map(text::significant);
    let between = |low: Option<f64>, high: Option<f64>| match (number(low), number(high)) {
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} or more"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => "–".to_owned(),
    };
    let cells = |fact: &Fact| {
        let figure = number(fact.figure).map_or_else(
            || "–".to_owned(),
            |figure| match (number(fact.figure_low), number(fact.figure_high)) {
                (Some(low), Some(high)) => format!("{figure}\u{a0}[{low} to {high}]"),
                _ => figure,
            },
        );
        let Fact { what, unit, .. } = fact;
        vec![
            if unit.is_empty() { what.clone() } else { format!("{what}, {unit}") },
            fact.scenario.clone(),
            between(fact.range_low, fact.range_high),
            figure,
            fact.verdict.clone(),
            fact.used_to.clone(),
            fact.source.clone(),
        ]
    };
    let sheet = Sheet {
        caption: "Published figures beside the model’s".to_owned(),
        head: ["Fact", "Scenario", "Range that counts as a hit", "Model", "Verdict", "Used to", "Source"]
            .map(str::to_owned)
            .to_vec(),
        rows: table.iter().map(cells).collect(),
    };
    Some((sentence, sheet))
}

/// The verification scorecard.
pub(super) fn validation(study: &Study) -> Option<(String, Sheet)> {
    let table = study.validation.as_ref()?;
    let mut words: Vec<(&str, usize)> = Vec::new();
    for row in table {
        match words.iter_mut().find(|(known, _)| *known == row.verdict) {
            Some((_, n)) => *n += 1,
            None => words.push((&row.verdict, 1)),
        }
    }
    let parts: Vec<String> = words.iter().map(|(word, n)| format!("{} {word}", text::count(*n))).collect();
    let sentence = format!(
        "Of {} checks against exact solutions and published models: {}.",
        text::count(table.len()),
        text::joined(&parts)
    );
    let sheet = Sheet {
        caption: "Checks against exact solutions and published models; figures with their standard errors, z how many of \
                  these they are away"
            .to_owned(),
        head: ["Check", "Limit", "Expected", "Found", "z", "Verdict", "Where it is from"]
            .map(str::to_owned)
            .to_vec(),
        rows: table.iter().map(check).collect(),
    };
    Some((sentence, sheet))
}

/// A row of the scorecard: what is compared, what it should be, what it is.
fn check(row: &Validation) -> Vec<String> {
    let number = |value: Option<f64>| value.map(text::significant);
    let figure = number(row.figure).map_or_else(
        || "–".to_owned(),
        |figure| number(row.error).map_or_else(|| figure.clone(), |error| format!("{figure} ± {error}")),
    );
    let unit = &row.unit;
    vec![
        if unit.is_empty() { row.check.clone() } else { format!("{}, {unit}", row.check) },
        row.group.clone(),
        number(row.target).unwrap_or_else(|| "–".to_owned()),
        figure,
        number(row.z).unwrap_or_else(|| "–".to_owned()),
        row.verdict.clone(),
        row.source.clone(),
    ]
}

/// The command that makes the study again.
pub(super) fn command(study: &Study) -> String {
    let recorded = study.manifest.as_ref().and_then(|manifest| {
        let value = &manifest["command"];
        value.as_str().filter(|text| text.contains(' ')).map(str::to_owned)
    });
    recorded.unwrap_or_else(|| {
        let effort = match study.says("effort") {
            Some("quick") => " --quick",
            Some("full") => " --full",
            _ => "",
        };
        let seed = study.manifest.as_ref().and_then(|manifest| manifest["seed"].as_u64());
        let seed = seed.map_or_else(String::new, |seed| format!(" --seed {seed}"));
        let inputs = study.manifest.as_ref().and_then(|manifest| manifest["inputs"].as_object());
        let file = inputs.and_then(|inputs| inputs.keys().next()).map(|name| name.trim_end_matches(".toml"));
        let file = file.filter(|name| *name != THE_QUESTION).map(crate::foreign::shell);
        let file = file.map_or_else(String::new, |name| format!(" {name}"));
        format!("introsim study{file}{effort}{seed} --out {}", crate::foreign::shell(&study.name()))
    })
}

/// Version and seed, from the manifest of the whole or of the first part that has them.
pub(super) fn origin(study: &Study) -> (Option<String>, Option<u64>) {
    let library = study.library.as_ref().and_then(|library| library.manifest.as_ref());
    let of = |key: &str| {
        study
            .manifest
            .iter()
            .chain(library)
            .map(|manifest| manifest[key].clone())
            .find(|value| !value.is_null())
    };
    let version = of("version").and_then(|value| value.as_str().map(str::to_owned));
    (version, of("seed").and_then(|value| value.as_u64()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_figure_counts_once_however_many_scenarios_it_stands_beside() {
        let rows = [
            ("met twice", true, "hit"),
            ("met twice", true, "hit"),
            ("missed once", true, "hit"),
            ("missed once", true, "miss"),
            ("missed beside an open one", false, "no detectable difference"),
            ("missed beside an open one", false, "miss"),
            ("met in the only one that has it", false, "not in the model"),
            ("met in the only one that has it", false, "hit"),
            ("met once and open once", false, "hit"),
            ("met once and open once", false, "no detectable difference"),
            ("in no scenario", false, "not in the model"),
            ("in no scenario", false, "not in the model"),
        ];
        let sentence = agreement(&scores(rows.into_iter()));
        let told = "Of 2 published figures used to fit parameters the model meets 1, misses 1 and leaves 0 open; of 4 never \
                    used to fit it meets 1, misses 1 and leaves 2 open. ";
        assert!(sentence.starts_with(told), "{sentence}");
    }
}
