//! What a reader should not believe: warnings by kind, each with advice.

use crate::experiments::rest;
use crate::experiments::verdict::{FEWEST_WEEKS, Verdict};
use crate::experiments::warning::{APART, OWN_OPENINGS, WIDE};
use std::collections::BTreeSet;

use serde_json::Value;

use super::library::Arm;
use super::noted::{self, Noted};
use super::study::{MAP, PARTS, Study};
use crate::output::{Manifest, OutputError};
use crate::scenario::{Part, Scenario, key};
use crate::text;

/// A kind of warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Few,
    Part,
    Failed,
    Edge,
    Luck,
    Short,
    Moves,
    NotFinite,
    Assumed,
    /// What the part's own run had to say.
    Run,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Few => "Too few replications",
            Self::Part => "Not run",
            Self::Failed => "Replications that failed",
            Self::Edge => "No edge inside the grid",
            Self::Luck => "Not paired",
            Self::Short => "Too short",
            Self::Moves => "Not at rest",
            Self::NotFinite => "Numbers that are none",
            Self::Assumed => "Assumptions not varied",
            Self::Run => "Noted while running",
        }
    }
}

/// One warning.
#[derive(Clone, Debug)]
pub(super) struct Warning {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) advice: String,
}

/// Replications below which intervals are wide; the program itself warns below as many.
const ENOUGH: usize = 20;

/// All warnings of a study, by kind.
pub(super) fn all(study: &Study) -> Result<Vec<Warning>, OutputError> {
    let mut found = Vec::new();
    parts(study, &mut found)?;
    library(study, &mut found);
    map(study, &mut found);
    restless(study, &mut found);
    found.sort_by_key(|warning| warning.kind);
    Ok(found)
}

fn parts(study: &Study, found: &mut Vec<Warning>) -> Result<(), OutputError> {
    let (mut few, mut noted, mut not_run) = (Vec::new(), Vec::new(), Vec::new());
    let arms = study.library.iter().flat_map(|library| library.arms.iter().map(move |arm| (library, arm)));
    let names: Vec<(String, String)> =
        arms.map(|(library, arm)| (arm.name.clone(), library.short(&arm.name))).collect();
    for part in PARTS {
        if !study.has(part) {
            not_run.push(part);
            continue;
        }
        let Some(manifest) = Manifest::read(&study.dir.join(part.folder))? else { continue };
        let replications = manifest["replications"].as_u64().and_then(|n| usize::try_from(n).ok());
        few.extend(replications.filter(|&n| n < ENOUGH && n > 0).map(|n| (n, part.what)));
        noted.extend(told(part.what, &manifest, &names));
    }
    noted.extend(study.manifest.iter().flat_map(|manifest| told("study", manifest, &names)));
    if !not_run.is_empty() {
        let what: Vec<String> = not_run.iter().map(|part| format!("the {}", part.what)).collect();
        let how: Vec<String> =
            not_run.iter().map(|part| format!("`{}`", part.command(&study.name()))).collect();
        let text = format!("Not in this study: {}.", text::joined(&what));
        found.push(Warning { kind: Kind::Part, text, advice: format!("Made by {}.", text::joined(&how)) });
    }
    let of_run = |(text, advice)| Warning { kind: Kind::Run, text, advice };
    found.extend(noted::together(&noted).into_iter().map(of_run));
    if !few.is_empty() {
        let list: Vec<String> = few.iter().map(|(n, what)| format!("the {what} ({n})")).collect();
        let text = format!(
            "Below {ENOUGH} replications are {}: intervals are wide, and rare things are not seen.",
            text::joined(&list)
        );
        let advice = match study.says("effort") {
            Some("quick") => "Run the study without `--quick`, or with `--full`.",
            Some("full") => "Raise `replications` in the file of the study.",
            _ => "Run the study with `--full`.",
        };
        found.push(Warning { kind: Kind::Few, text, advice: advice.to_owned() });
    }
    Ok(())
}

/// Warnings that a run has left in its manifest, without those that stand above for all parts together.
fn told(what: &'static str, manifest: &Value, names: &[(String, String)]) -> Vec<Noted> {
    let texts = manifest["warnings"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let is_above = |text: &str| [APART, OWN_OPENINGS, WIDE].iter().any(|words| text.contains(words));
    texts.filter(|text| !is_above(text)).map(|text| Noted::of(Some(what), text, names)).collect()
}

fn library(study: &Study, found: &mut Vec<Warning>) {
    let Some(library) = &study.library else { return };
    let failed: Vec<String> = library
        .arms
        .iter()
        .filter(|arm| arm.failed > 0)
        .map(|arm| format!("“{}” ({} of {})", arm.name, arm.failed, arm.failed + arm.finished()))
        .collect();
    if !failed.is_empty() {
        let text =
            format!("In the library replications failed of {}; they are left out.", text::joined(&failed));
        let advice = "The column status of library/outcomes.csv says why.".to_owned();
        found.push(Warning { kind: Kind::Failed, text, advice });
    }
    if library.not_finite > 0 {
        let text = format!(
            "{} cells of library/outcomes.csv are not finite; they are left out.",
            library.not_finite
        );
        found.push(Warning {
            kind: Kind::NotFinite,
            text,
            advice: "Report it: no outcome should be.".to_owned(),
        });
    }
    let weeks =
        library.arms.iter().filter_map(|arm| arm.scenario.as_ref()).map(|scenario| scenario.run.weeks).min();
    if let Some(weeks) = weeks.filter(|&weeks| weeks < FEWEST_WEEKS) {
        let text = format!(
            "The shortest market runs for {weeks} weeks: what is said of whether markets last is provisional below \
             {FEWEST_WEEKS}, and gains of clients, followed for 52, rest on few."
        );
        found.push(Warning { kind: Kind::Short, text, advice: "Run 520 weeks.".to_owned() });
    }
    if study.points.is_none() {
        let text = "Nobody has measured what a relationship is worth and how fast it recovers. This study holds these \
                    constants fixed, so the intervals of C1–C3 and C7 are over luck alone and too narrow.";
        let advice = format!(
            "`introsim run scenarios/*.toml --assumptions 200 --out {}` adds the wider ones.",
            crate::foreign::shell(&format!("{}/library", study.name()))
        );
        found.push(Warning { kind: Kind::Assumed, text: text.to_owned(), advice });
    }
    openings(study, found);
}

/// Scenarios that did not open on the world of the others, and are held against none of them.
fn openings(study: &Study, found: &mut Vec<Warning>) {
    let Some(library) = &study.library else { return };
    let Some(first) = library.arms.iter().find(|arm| arm.sells_nothing()).or(library.arms.first()) else {
        return;
    };
    let is_alone = |arm: &&Arm| arm.is_elsewhere(first) && library.nothing_beside(arm).is_none();
    let apart: Vec<&Arm> = library.arms.iter().filter(is_alone).collect();
    if apart.is_empty() {
        return;
    }
    let base = first.scenario.clone().unwrap_or_default();
    let keys: BTreeSet<&str> = apart
        .iter()
        .filter_map(|arm| arm.scenario.as_ref())
        .flat_map(|scenario| labour(&base, scenario))
        .collect();
    let differ = if keys.is_empty() {
        String::new()
    } else {
        let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        format!(" (they differ in {})", text::joined(&keys))
    };
    let names: Vec<String> = apart.iter().map(|arm| format!("“{}”", library.short(&arm.name))).collect();
    let (open, are) = if names.len() == 1 { ("opens", "is") } else { ("open", "are") };
    let text = format!(
        "{} {open} on another labour market than “{}”{differ}, and {are} left out where markets are compared.",
        text::joined(&names),
        library.short(&first.name)
    );
    let advice =
        "A market beside them that opens alike and in which nobody sells would tell what selling does there.";
    found.push(Warning { kind: Kind::Luck, text, advice: advice.to_owned() });
}

/// Keys of the labour market in which two scenarios differ.
fn labour(base: &Scenario, other: &Scenario) -> Vec<&'static str> {
    let is_labour = |path: &&str| key(path).is_some_and(|key| key.part() == Part::LabourMarket);
    base.differences(other).into_iter().filter(is_labour).collect()
}

fn restless(study: &Study, found: &mut Vec<Warning>) {
    let grids =
        [("map", &study.map), ("sweep of healing", &study.healing), ("sweep of word of mouth", &study.word)];
    for (what, grid) in grids {
        let Some(grid) = grid else { continue };
        let said: Vec<String> = grid.restless().into_iter().chain(grid.drifting()).collect();
        if said.is_empty() {
            continue;
        }
        let is_single = grid.restless().is_some();
        let advice = match grid.weeks {
            Some(weeks) if is_single && 2 * weeks <= rest::MOST_WEEKS => {
                format!(
                    "`most_weeks = {}` in its file runs all for twice the weeks while a market moves.",
                    2 * weeks
                )
            }
            // No single one is seen to move, so that none asks for more weeks.
            Some(weeks) if !is_single => {
                format!("Longer markets, as with `--weeks {}`, tell where they come to rest.", 2 * weeks)
            }
            _ => "No longer run is foreseen: read the sizes there as those of a market that still changes."
                .to_owned(),
        };
        found.push(Warning {
            kind: Kind::Moves,
            text: format!("Of the {what}: {}", text::small_letter(&said.join(" "))),
            advice,
        });
    }
}

fn map(study: &Study, found: &mut Vec<Warning>) {
    let Some(map) = &study.map else { return };
    if map.failed > 0 {
        let text =
            format!("On the map {} failed; they are left out.", text::counted(map.failed, "replication"));
        let advice = "The column status of map/cells.csv says why.".to_owned();
        found.push(Warning { kind: Kind::Failed, text, advice });
    }
    for (known, what) in [(true, "known"), (false, "hidden")] {
        let verdicts: Vec<_> =
            map.of(|s| s.known == known).filter_map(|s| Some(s.judged()?.verdict)).collect();
        let side = if verdicts.is_empty() {
            continue;
        } else if verdicts.iter().all(|verdict| verdict.is_no()) {
            "the market lasts at no setting"
        } else if verdicts.iter().all(|verdict| *verdict == Verdict::Lasts) {
            "the market lasts at every setting"
        } else {
            continue;
        };
        let text = format!("Where payment is {what}, {side}: the map has no edge that could be read off.");
        let advice = "Widen the ranges of scenarios/studies/screening-by-payout.toml and run the map again."
            .to_owned();
        found.push(Warning { kind: Kind::Edge, text, advice });
    }
    let mut verdicts = map.settings.iter().filter_map(|s| Some(s.judged()?.verdict)).peekable();
    if verdicts.peek().is_some() && verdicts.all(|verdict| verdict == Verdict::CannotBeTold) {
        let text = format!(
            "With {} a setting, whether the market lasts cannot be told of any setting of the map by its own interval.",
            map.replicated()
        );
        let advice = format!("`{} --replications 5 --force` makes it again.", MAP.command(&study.name()));
        found.push(Warning { kind: Kind::Few, text, advice });
    }
}
