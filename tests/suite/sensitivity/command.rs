//! The command: what it writes, what it refuses, and its numbers against the tables that they come from.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;

const BASE: &str = "title = \"Small\"
[run]
weeks = 60
burn_in = 30
[workers]
count = 300
[decision_makers]
count = 40
[introducers]
count = 12
ties = 12
[sellers]
entry = \"closed\"
share = \"25%\"
";

/// `bombardment.quality_above_bar` moves nothing where nobody is bombarded; `goodwill.start` has a market of its own.
const STUDY: &str = "title = \"What matters in a small market\"
question = \"Which?\"
scenario = \"base.toml\"
method = \"morris\"
trajectories = 6
replications = 2
metrics = [\"hires_paid\", \"sellers_profit_dollars\", \"market_end_week\"]
[[knobs]]
path = \"contract.share_of_salary\"
range = [\"2%\", \"20%\"]
label = \"share\"
[[knobs]]
path = \"bombardment.quality_above_bar\"
range = [0, 1]
[[knobs]]
path = \"goodwill.start\"
[[knobs]]
path = \"screening.stages\"
values = [[], [{ hours = 1, accept_above = 0.2 }]]
";

fn place(study: &str) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("base.toml"), BASE).unwrap();
    fs::write(place.path().join("study.toml"), study).unwrap();
    place
}

fn inside(place: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
    command.current_dir(place).env("COLUMNS", "200").args(args).assert()
}

/// Rows of a table by the names of its columns.
fn rows(place: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(place.join(table)).unwrap();
    let heads = reader.headers().unwrap().clone();
    let row =
        |r: csv::StringRecord| heads.iter().map(str::to_owned).zip(r.iter().map(str::to_owned)).collect();
    reader.records().map(|r| row(r.unwrap())).collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is no number"))
}

/// The warning that `run` and `sweep` give, with the switch that is off; those that move something are not named.
#[test]
fn a_knob_that_moves_nothing_is_warned_of_with_the_switch_that_is_off() {
    let place = place(STUDY);
    let said = inside(place.path(), &["sensitivity", "study.toml", "-q"]).success();
    let said = String::from_utf8(said.get_output().stderr.clone()).unwrap();
    let idle: Vec<&str> = said.lines().filter(|line| line.contains("moves nothing")).collect();
    assert_eq!(
        idle,
        [
            "warning: bombardment.quality_above_bar moves nothing: points that differ in it alone have the same outcomes; \
          in the scenario `bombardment.requests_per_week` is 0.0"
        ]
    );
}

#[test]
fn with_one_replication_it_is_said_everywhere_that_nothing_can_be_told() {
    let place = place(&STUDY.replace("replications = 2", "replications = 1"));
    let said = inside(place.path(), &["sensitivity", "study.toml", "--out", "one"]).success();
    let said = String::from_utf8(said.get_output().stdout.clone()).unwrap();
    for knob in ["share", "screening.stages"] {
        let lines: Vec<&str> = said.lines().filter(|line| line.trim_start().starts_with(knob)).collect();
        assert!(lines[0].contains("cannot be told with one replication"), "{said}");
    }
    assert!(said.contains("cannot be told with one replication\n"), "the title of the chart: {said}");
    let rows = rows(&place.path().join("one"), "sensitivity.csv");
    let share = rows.iter().find(|row| row["label"] == "share" && row["index"] == "mu_star").unwrap();
    assert!(share["detected"].is_empty() && !share["value"].is_empty());
}

#[test]
fn the_indices_are_those_of_the_points_and_responses_beside_them() {
    let place = place(STUDY);
    let out = place.path().join("output/study");
    let said = inside(place.path(), &["sensitivity", "study.toml"]).success();
    let said = String::from_utf8(said.get_output().stdout.clone()).unwrap();
    assert!(said.starts_with("What matters in a small market\n"), "{said}");
    assert!(said.contains("30 points (6 trajectories), replications of each: 2"), "{said}");
    let (points, responses) = (rows(&out, "points.csv"), rows(&out, "responses.csv"));
    assert_eq!((points.len(), responses.len()), (30, 60));
    // Mean over the two replications, by point, the naive way.
    let at = |point: usize, metric: &str| {
        responses.iter().filter(|r| r["point"] == point.to_string()).map(|r| number(&r[metric])).sum::<f64>()
            / 2.0
    };
    // Where a knob stands, in shares of its range.
    let stands = |point: usize, knob: &str| match knob {
        "contract.share_of_salary" => (number(&points[point][knob]) - 0.02) / 0.18,
        "goodwill.start" => (number(&points[point][knob]) - 0.5) / 0.5,
        "screening.stages" => {
            if points[point][knob] == "[]" {
                0.0
            } else {
                1.0
            }
        }
        _ => number(&points[point][knob]),
    };
    let indices = rows(&out, "sensitivity.csv");
    assert_eq!(indices.len(), 3 * 4 * 3);
    for metric in ["hires_paid", "sellers_profit_dollars"] {
        for knob in [
            "contract.share_of_salary",
            "bombardment.quality_above_bar",
            "goodwill.start",
            "screening.stages",
        ] {
            let moves: Vec<usize> = (0..30).filter(|&p| points[p]["knob"] == knob).collect();
            assert_eq!(moves.len(), 6);
            let effects: Vec<f64> = moves
                .iter()
                .map(|&p| (at(p, metric) - at(p - 1, metric)) / (stands(p, knob) - stands(p - 1, knob)))
                .collect();
            let mean = effects.iter().sum::<f64>() / 6.0;
            let size = effects.iter().map(|e| e.abs()).sum::<f64>() / 6.0;
            let spread = (effects.iter().map(|e| (e - mean).powi(2)).sum::<f64>() / 5.0).sqrt();
            for (index, expected) in [("mu", mean), ("mu_star", size), ("sigma", spread)] {
                let row = indices
                    .iter()
                    .find(|r| r["metric"] == metric && r["knob"] == knob && r["index"] == index)
                    .unwrap();
                let plain = number(&row["plain"]);
                // Knobs are written with six digits, so places are known to 1e-5.
                assert!(
                    (plain - expected).abs() <= 1e-4 * size.max(1e-9),
                    "{metric} {knob} {index}: {plain} {expected}"
                );
                assert_eq!(row["n"], "6");
                if knob == "bombardment.quality_above_bar" {
                    let texts =
                        ["value", "low", "high", "plain", "detected"].map(|column| row[column].as_str());
                    assert_eq!(texts, ["0", "0", "0", "0", "no"], "a knob that moves nothing");
                }
            }
        }
    }
    let nothing = said.lines().filter(|line| line.contains("bombardment")).collect::<Vec<_>>();
    assert!(
        nothing.iter().all(|line| line.contains("no detectable effect") || line.contains("not measured")),
        "{said}"
    );
    // The week in which the market ended is missing where it did not end; what was compared with it is left out.
    let ends = responses.iter().filter(|r| !r["market_end_week"].is_empty()).count();
    assert!(ends < 60, "the test shows nothing if every market ends");
    for row in indices.iter().filter(|r| r["metric"] == "market_end_week") {
        assert!(number(&row["n"]) < 6.0);
    }
}

#[test]
fn the_folder_says_what_went_in_and_what_every_column_means() {
    let place = place(&STUDY.replace("market_end_week", "placements_per_10000"));
    inside(place.path(), &["sensitivity", "study.toml", "-q", "--out", "out", "--weeks", "20"])
        .success()
        .stdout("");
    let out = place.path().join("out");
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    for name in ["study.toml", "base.toml", "sensitivity.csv", "points.csv", "responses.csv", "columns.csv"] {
        assert!(manifest.contains(&format!("\"{name}\"")), "{name} is not in {manifest}");
    }
    assert!(manifest.contains("weeks = 20"), "the resolved scenario: {manifest}");
    assert!(fs::read_to_string(out.join("provenance.json")).unwrap().contains("\"sensitivity\""));
    let columns = rows(&out, "columns.csv");
    for table in ["sensitivity", "points", "responses"] {
        let heads =
            csv::Reader::from_path(out.join(format!("{table}.csv"))).unwrap().headers().unwrap().clone();
        for head in &heads {
            let known = columns.iter().find(|c| c["table"] == table && c["column"] == head);
            assert!(known.is_some_and(|c| c["meaning"].len() > 2), "{table}.{head}");
        }
    }
    // A folder that holds a run is neither overwritten nor touched unasked.
    let before = fs::read(out.join("sensitivity.csv")).unwrap();
    inside(place.path(), &["sensitivity", "study.toml", "-q", "--out", "out"]).code(2);
    assert_eq!(fs::read(out.join("sensitivity.csv")).unwrap(), before);
}

#[test]
fn threads_do_not_change_a_byte_of_an_analysis() {
    let sobol = STUDY
        .replace("\"morris\"\ntrajectories = 6", "\"sobol\"\npoints = 8")
        .replace("market_end_week", "placements_per_10000");
    // A seed with which profits vary more between points than between replications.
    let place = place(&sobol);
    fs::write(place.path().join("base.toml"), BASE.replace("[run]", "[run]\nseed = 2")).unwrap();
    for threads in ["1", "3"] {
        let out = format!("out{threads}");
        inside(place.path(), &["sensitivity", "study.toml", "-q", "--out", &out, "-t", threads]).success();
    }
    for name in ["sensitivity.csv", "points.csv", "responses.csv", "columns.csv", "manifest.json"] {
        let read = |out: &str| fs::read(place.path().join(out).join(name)).unwrap();
        assert_eq!(read("out1"), read("out3"), "{name}");
    }
    let indices = rows(&place.path().join("out1"), "sensitivity.csv");
    let names: Vec<&str> = indices.iter().take(2).map(|r| r["index"].as_str()).collect();
    assert_eq!(names, ["ST", "S1"]);
    for row in indices.iter().filter(|r| r["knob"].starts_with("bombardment")) {
        assert_eq!([&row["value"], &row["low"], &row["high"], &row["plain"]], ["0"; 4], "{row:?}");
    }
    assert_eq!(rows(&place.path().join("out1"), "points.csv").len(), 8 * 6);
}

#[test]
fn one_replication_cannot_tell_luck_from_effect_and_says_so() {
    let place = place(STUDY);
    let run =
        inside(place.path(), &["sensitivity", "study.toml", "-q", "-n", "1", "--weeks", "20"]).success();
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(said.contains("with one replication luck counts as effect"), "{said}");
    assert!(said.contains("6 trajectories give wide intervals"), "{said}");
    for row in rows(&place.path().join("output/study"), "sensitivity.csv") {
        let is_nothing = row["low"] == "0" && row["high"] == "0";
        assert_eq!(row["detected"], if is_nothing { "no" } else { "" }, "{row:?}");
    }
}

#[test]
fn bad_input_is_refused_before_anything_is_written() {
    let refused = |study: &str, args: &[&str], pieces: &[&str]| {
        let place = place(study);
        let all: Vec<&str> = ["sensitivity"].iter().chain(args).copied().collect();
        let run = inside(place.path(), &all).code(2).stdout("");
        let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        for piece in pieces {
            assert!(said.contains(piece), "{piece:?} is not said: {said}");
        }
        assert!(!place.path().join("output").exists(), "something was written");
    };
    refused(STUDY, &["nowhere.toml"], &["cannot read nowhere.toml: there is no such file"]);
    refused(STUDY, &["."], &["this is a folder, not a file"]);
    refused(STUDY, &["base.toml"], &["base.toml is a scenario, not an experiment"]);
    refused(STUDY, &[], &["<FILE>"]);
    refused(STUDY, &["study.toml", "--replications", "0"], &["takes a whole number"]);
    refused(
        STUDY,
        &["study.toml", "--set", "goodwill.start=0.7"],
        &["`goodwill.start` is a knob of the experiment"],
    );
    refused(STUDY, &["study.toml", "--set", "goodwil.bad=0.7"], &["`bad` is a key of [goodwill]"]);
    refused(
        &STUDY.replace("goodwill.start", "goodwill.strat"),
        &["study.toml"],
        &["did you mean `goodwill.start`?", "study.toml:16:9"],
    );
    refused(
        &STUDY.replace("2%", "-2%"),
        &["study.toml"],
        &["`contract.share_of_salary` is out of range", "0% to 100%"],
    );
    refused(
        &STUDY.replace("\"morris\"\ntrajectories = 6", "\"grid\"").replace("method", "design"),
        &["study.toml"],
        &["`design` is for `introsim sweep`"],
    );
    let ties = STUDY.replace("goodwill.start\"", "introducers.ties\"\nrange = [5, 50]");
    refused(
        &ties,
        &["study.toml"],
        &["an introducer cannot know more decision-makers", "points cannot be run, the first is number"],
    );
}

#[test]
fn check_and_list_know_experiments() {
    let place = place(STUDY);
    let checked = inside(place.path(), &["check", "study.toml"]).success();
    let said = String::from_utf8(checked.get_output().stdout.clone()).unwrap();
    for piece in [
        "study: What matters in a small market",
        "6 trajectories of 5 points, 4 knobs of base, replications of each: 2",
        "contract.share_of_salary: 2% to 20%, \"share\"",
        "goodwill.start: 0.5 to 1",
    ] {
        assert!(said.contains(piece), "{piece:?}: {said}");
    }
    let listed = inside(place.path(), &["list", "."]).success();
    let said = String::from_utf8(listed.get_output().stdout.clone()).unwrap();
    assert!(said.contains("Small") && said.contains("introsim sensitivity ./study.toml"), "{said}");
    fs::write(place.path().join("study.toml"), STUDY.replace("6", "one")).unwrap();
    inside(place.path(), &["check", "study.toml"]).code(2);
    inside(place.path(), &["list", "."]).code(2);
}
