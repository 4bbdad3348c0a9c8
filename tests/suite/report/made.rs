//! Study folders made up for tests: tables with numbers whose truth is known.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use introsim::experiments::verdict::MEASURE;
use introsim::report::{Said, sentences, write};

/// Replications of every made-up part.
pub(super) const N: usize = 8;

/// A study folder under construction.
pub(super) struct Made {
    _place: tempfile::TempDir,
    pub(super) dir: PathBuf,
    /// Scenario, outcome, values by replication; written when asked.
    outcomes: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Made {
    pub(super) fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let dir = place.path().join("made");
        fs::create_dir(&dir).unwrap();
        Self { _place: place, dir, outcomes: BTreeMap::new() }
    }

    /// Sets an outcome of a scenario, a value for each replication.
    pub(super) fn set(mut self, scenario: &str, metric: &str, values: &[f64]) -> Self {
        let values = values.iter().map(f64::to_string).collect();
        self.outcomes.entry(scenario.to_owned()).or_default().insert(metric.to_owned(), values);
        self
    }

    /// Sets an outcome that varies by a hundredth around its mean, not alike in all outcomes.
    pub(super) fn about(self, scenario: &str, metric: &str, mean: f64) -> Self {
        let phase = metric.len() + scenario.len();
        let values: Vec<f64> = (0..N).map(|i| mean * (1.0 + 0.005 * ((i + phase) % N) as f64)).collect();
        self.set(scenario, metric, &values)
    }

    /// Sets placements per 10,000 workers and year: about a hundred in so many of the replications, none in the rest.
    pub(super) fn placed(self, scenario: &str, lives: usize) -> Self {
        let values: Vec<f64> = (0..N).map(|i| if i < lives { 100.0 + i as f64 } else { 0.0 }).collect();
        self.set(scenario, MEASURE, &values)
    }

    /// Sets a gain by lottery: means of the treated and of those turned away, of 100 people each a replication.
    pub(super) fn gain(self, scenario: &str, kind: &str, gain: f64) -> Self {
        let wobble = |i: usize| 0.02 * ((i % 4) as f64 - 1.5);
        let treated: Vec<f64> = (0..N).map(|i| 100.0 * (0.5 + gain + wobble(i))).collect();
        let held: Vec<f64> = (0..N).map(|i| 100.0 * (0.5 - wobble(i + 1))).collect();
        let (sums, name) =
            if kind == "coaching" { ("coaching", "coaching_gain") } else { ("gain", "clients_gain") };
        let gains: Vec<f64> = treated.iter().zip(&held).map(|(t, h)| (t - h) / 100.0).collect();
        self.set(scenario, &format!("{sums}_treated_sum"), &treated)
            .set(scenario, &format!("{sums}_treated_n"), &[100.0; N])
            .set(scenario, &format!("{sums}_held_out_sum"), &held)
            .set(scenario, &format!("{sums}_held_out_n"), &[100.0; N])
            .set(scenario, name, &gains)
    }

    /// The same cell text in every replication, such as one that is no finite number.
    pub(super) fn text(mut self, scenario: &str, metric: &str, text: &str) -> Self {
        self.outcomes
            .entry(scenario.to_owned())
            .or_default()
            .insert(metric.to_owned(), vec![text.to_owned(); N]);
        self
    }

    /// Writes outcomes.csv, and a manifest with the shipped scenarios of these names.
    pub(super) fn library(self) -> Self {
        let folder = self.dir.join("library");
        fs::create_dir_all(&folder).unwrap();
        let mut metrics: Vec<&String> = self.outcomes.values().flat_map(BTreeMap::keys).collect();
        let measure = MEASURE.to_owned();
        metrics.push(&measure);
        metrics.sort();
        metrics.dedup();
        let mut writer = csv::Writer::from_path(folder.join("outcomes.csv")).unwrap();
        let mut head = vec!["scenario", "replication", "status", "opening_hash"];
        head.extend(metrics.iter().map(|name| name.as_str()));
        writer.write_record(&head).unwrap();
        let mut texts = serde_json::Map::new();
        for (scenario, values) in &self.outcomes {
            let n = values.values().map(Vec::len).max().unwrap_or(0);
            for replication in 0..n {
                // Where nothing heals those who help for nothing live in another market too.
                let opening = if scenario.starts_with("gone-") { "other" } else { "same" };
                let mut row =
                    vec![scenario.clone(), replication.to_string(), "ok".to_owned(), opening.to_owned()];
                row.extend(metrics.iter().map(|metric| {
                    values
                        .get(*metric)
                        .and_then(|values| values.get(replication))
                        .cloned()
                        .unwrap_or_default()
                }));
                writer.write_record(&row).unwrap();
            }
            let path = format!("scenarios/{scenario}.toml");
            if Path::new(&path).is_file() {
                let text = introsim::scenario::load(&path).unwrap().scenario.canonical();
                texts.insert(scenario.clone(), text.into());
            }
        }
        writer.flush().unwrap();
        let manifest = serde_json::json!({
            "program": "introsim", "version": "0.1.0", "seed": 7, "replications": N, "scenarios": texts,
        });
        fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
        self
    }

    /// Adds a table to a part.
    pub(super) fn table(self, part: &str, name: &str, text: &str) -> Self {
        let folder = self.dir.join(part);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), text).unwrap();
        self
    }

    /// Adds a map of screening, payout and disclosure; `lives` tells whether anybody is placed at
    /// (hours, payout, known, replication): 50 and as many more as the replication has for a number.
    pub(super) fn map(self, lives: impl Fn(f64, f64, bool, usize) -> bool) -> Self {
        let mut text = String::from(
            "cell,screening,payout,payment known,replication,status,placements_per_10000,fees_dollars_judged,\
             hours_judged,hires_paid_judged\n",
        );
        let mut cell = 0;
        for (hours, stages) in [
            (0.0, "[]"),
            (1.0, "[{ hours = 1.0, accept_above = \"\"profit\"\" }]"),
            (8.0, "[{ hours = 8.0, accept_above = 0.2 }]"),
        ] {
            for payout in [0.05, 0.1, 0.2, 0.4] {
                for known in [true, false] {
                    for replication in 0..N {
                        let is_alive = lives(hours, payout, known, replication);
                        let placed = if is_alive { 50 + replication } else { 0 };
                        let hires = 10.0 + replication as f64;
                        let fees = (100_000.0 * payout + replication as f64) * hires;
                        let work = (50 + replication) as f64 * hires;
                        text += &format!(
                            "{cell},\"{stages}\",{payout},{known},{replication},ok,{placed},{fees},{work},{hires}\n"
                        );
                    }
                    cell += 1;
                }
            }
        }
        self.table("map", "cells.csv", &text)
    }

    /// Adds a sweep over recovery and one more knob, nobody screened and payment known; `lives` tells whether anybody is
    /// placed at (recovery, the other knob).
    pub(super) fn healing(
        self,
        part: &str,
        knob: &str,
        values: &[f64],
        lives: impl Fn(f64, f64) -> bool,
    ) -> Self {
        let mut text = format!("cell,recovery,{knob},replication,status,placements_per_10000\n");
        let mut cell = 0;
        for recovery in [0.002, 0.005, 0.02, 0.05] {
            for &value in values {
                for replication in 0..N {
                    let placed = if lives(recovery, value) { 50 + replication } else { 0 };
                    text += &format!("{cell},{recovery},{value},{replication},ok,{placed}\n");
                }
                cell += 1;
            }
        }
        self.table(part, "cells.csv", &text)
    }

    /// Adds break-evens: criterion, finding, and of a crossing its direction, value and ends.
    pub(super) fn breakeven(self, finding: &str, cells: &str) -> Self {
        let head = "level,knob,from,to,criterion,finding,crossing,direction,value,low,high,share_without,\
                    fee_per_placement,hours_per_placement,n\n";
        let row = |level: &str| {
            format!("{level},contract.share_of_salary,0.02,0.5,hour_pays,{finding},{cells},8\n")
        };
        self.table("break-even", "breakeven.csv", &format!("{head}{}", row("screening.stages = []")))
    }

    /// Adds one claim about the cost of a burnt relationship.
    pub(super) fn flip(self, claim: &str, finding: &str, cells: &str) -> Self {
        let head = "claim,question,scenario,against,metric,holds,threshold,from,to,finding,crossing,direction,\
                    goodwill_value,goodwill_value_low,goodwill_value_high,per_bad_introduction,\
                    per_bad_introduction_low,per_bad_introduction_high,share_without,n\n";
        let row = format!("{claim},C1,contingency,,{MEASURE},below,5,500,20000,{finding},{cells},8\n");
        self.table("flip", "flip.csv", &format!("{head}{row}"))
    }

    /// Adds the lives of bombarded ties, 5 sellers in each replication: scenario, week of the block if there is one.
    pub(super) fn ties(self, streams: &[(&str, f64, Option<i64>)]) -> Self {
        let mut text = String::from(
            "scenario,replication,introducer,decision_maker,life,seller,start_week,end_week,ended,weeks,requests,\
             requests_per_week,goodwill_end\n",
        );
        for (scenario, rate, block) in streams {
            for replication in 0..N {
                for seller in 0..5 {
                    let weeks = block.map_or(260, |week| week + seller % 3);
                    let ended = if block.is_some() { "blocked" } else { "open" };
                    // Beside the bombarded tie one that is left alone.
                    text +=
                        &format!("{scenario},{replication},{seller},3,0,1,0,,{ended},{weeks},9,{rate},0.1\n");
                    text += &format!("{scenario},{replication},{seller},4,0,1,0,,open,260,2,0.01,0.9\n");
                }
            }
        }
        self.table("library", "ties.csv", &text)
    }

    /// What the study says to a question. The few words beside each are of the sentence's own numbers.
    pub(super) fn says(&self, label: &str) -> Said {
        let all = sentences(&self.dir).unwrap();
        for said in &all {
            let own = numbers(&said.sentence);
            let strange = numbers(&said.standing).into_iter().find(|number| !own.contains(number));
            assert_eq!(strange, None, "{}: “{}” of “{}”", said.label, said.standing, said.sentence);
        }
        all.into_iter().find(|said| said.label == label).unwrap()
    }

    /// Sentence and further sentences.
    pub(super) fn text_of(&self, label: &str) -> String {
        let said = self.says(label);
        plain(&format!("{} {} {}", said.standing, said.sentence, said.more.join(" ")))
    }

    /// The report as it is written.
    pub(super) fn page(&self) -> String {
        fs::read_to_string(write(&self.dir).unwrap()).unwrap()
    }
}

/// Numbers in digits, as they are written.
fn numbers(text: &str) -> Vec<&str> {
    let parts = text.split(|letter: char| !letter.is_ascii_digit() && !".,".contains(letter));
    let numbers = parts.map(|part| part.trim_matches(['.', ',']));
    numbers.filter(|part| !part.is_empty()).collect()
}

/// With ordinary spaces.
pub(super) fn plain(text: &str) -> String {
    text.replace("<wbr/>", "").replace(['\u{a0}', '\u{2060}'], " ").replace("  ", " ")
}

/// That a text has all of these in it.
pub(super) fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part:?} in {text:?}");
    }
}
