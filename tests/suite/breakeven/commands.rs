//! The commands `breakeven` and `flip`: what they write, what they say, what they refuse.

use std::collections::BTreeMap;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

use super::Folder;

fn introsim(folder: &Folder) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
    command.current_dir(folder.0.path()).env("COLUMNS", "200");
    command
}

const MARKET: &str = "title = \"Market\"\n[workers]\ncount = 300\n[decision_makers]\ncount = 40\n[introducers]\n\
                      count = 12\nties = 12\n[run]\nburn_in = 12\nweeks = 30\nreplications = 3\n[sellers]\n\
                      entry = \"closed\"\nshare = \"25%\"\n[contract]\nshare_of_salary = \"10%\"\n";

const CLAIMS: &str = "title = \"Claims\"\npoints = 3\n[[claims]]\nname = \"it dies\"\nquestion = \"C1\"\nscenario = \
                      \"market.toml\"\nmetric = \"placements_per_10000\"\nholds = \"below\"\nthreshold = 5\n[[claims]]\n\
                      name = \"screening costs\"\nscenario = \"screened.toml\"\nagainst = \"market.toml\"\n\
                      metric = \"profit_per_hour_all_weeks\"\nholds = \"below\"\nthreshold = \"$0\"\n";

fn market() -> Folder {
    let screened = "title = \"Screened\"\nextends = \"market.toml\"\n[screening]\nstages = [{ hours = \"1h\", \
                    accept_above = 0.1 }]\n";
    Folder::new(&[
        ("market.toml", MARKET),
        ("screened.toml", screened),
        ("organic.toml", &MARKET.replace("entry = \"closed\"\nshare = \"25%\"", "share = \"0%\"")),
        ("claims.toml", CLAIMS),
    ])
}

/// Every file of a folder and of the charts in it, but the account of when and where.
fn files(folder: &std::path::Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for (place, prefix) in [(folder.to_path_buf(), ""), (folder.join("charts"), "charts/")] {
        for entry in std::fs::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_file() && name != "provenance.json" {
                found.insert(format!("{prefix}{name}"), std::fs::read(path).unwrap());
            }
        }
    }
    found
}

const BREAKEVEN: &[&str] = &[
    "breakeven",
    "market.toml",
    "--knob",
    "contract.share_of_salary",
    "--range",
    "1%..80%",
    "--points",
    "4",
    "--at",
    "screening.stages=[]",
    "--at",
    "screening.stages=[{ hours = \"1h\", accept_above = 0.1 }]",
];

#[test]
fn threads_do_not_change_a_byte_of_a_break_even_or_a_flip() {
    let folder = market();
    for command in [BREAKEVEN, &["flip", "claims.toml"]] {
        let written = |threads: &str| {
            let out = format!("{}-{threads}", command[0]);
            let rest = ["--threads", threads, "--out", &out, "--quiet"];
            introsim(&folder).args(command).args(rest).assert().success().stdout("");
            files(&folder.path(&out))
        };
        let one = written("1");
        let table = format!("{}.csv", command[0]);
        let chart = if command[0] == "flip" { "flip-points" } else { "break-even" };
        let charts = ["csv", "png", "svg"].map(|ending| format!("charts/{chart}.{ending}"));
        let names: Vec<&str> = one.keys().map(String::as_str).collect();
        let mut expected = vec!["columns.csv", "curve.csv", "manifest.json", &table];
        expected.extend(charts.iter().map(String::as_str));
        expected.sort_unstable();
        assert_eq!(names, expected);
        for threads in ["2", "7"] {
            assert!(one == written(threads), "{} differs with {threads} threads", command[0]);
        }
    }
}

fn rows(folder: &Folder, file: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder.path(file)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn every_level_has_a_finding_for_every_criterion_and_a_curve_on_the_same_grid() {
    let folder = market();
    let run = introsim(&folder).args(BREAKEVEN).args(["--out", "out"]).assert().success();
    let said = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let findings = rows(&folder, "out/breakeven.csv");
    let levels = ["screening.stages = []", "screening.stages = [{ hours = 1h, accept_above = 0.1 }]"];
    for level in levels {
        assert!(said.contains(&format!("{level}, by contract.share_of_salary [95 %]")), "{said}");
        for criterion in ["hour_pays", "hour_pays_all_weeks", "alive"] {
            let own: Vec<_> = findings
                .iter()
                .filter(|row| row["level"] == level && row["criterion"] == criterion)
                .collect();
            assert!(!own.is_empty(), "{level}: {criterion}");
            for row in own {
                assert_eq!(
                    (row["from"].as_str(), row["to"].as_str(), row["n"].as_str()),
                    ("0.01", "0.8", "3")
                );
                assert_eq!(row["finding"] == "crossing", !row["value"].is_empty(), "{row:?}");
            }
        }
    }
    let curve = rows(&folder, "out/curve.csv");
    for level in levels {
        let grid: Vec<&str> = curve
            .iter()
            .filter(|row| row["level"] == level && row["round"] == "0" && row["replication"] == "0")
            .map(|row| row["value"].as_str())
            .collect();
        // By ratios, as the ends differ by more than ten: 0.01 · 80^(i/3).
        assert_eq!(grid, ["0.01", "0.0430887", "0.185664", "0.8"]);
    }
    assert!(curve.iter().all(|row| row["status"] == "ok" && row["knob"] == "contract.share_of_salary"));
    let dictionary = std::fs::read_to_string(folder.path("out/columns.csv")).unwrap();
    assert!(
        dictionary.contains("breakeven,criterion,,") && dictionary.contains("curve,profit_per_hour,dollars,")
    );
    let manifest = std::fs::read_to_string(folder.path("out/manifest.json")).unwrap();
    assert!(manifest.contains("\"screening.stages = []\"") && manifest.contains("market.toml"));
}

#[test]
fn hours_of_screening_are_turned_in_proportion_and_end_with_nobody_screened() {
    let folder = market();
    let knob = ["breakeven", "screened.toml", "--knob", "screening.hours", "--points", "3", "--out", "out"];
    let run = introsim(&folder).args(knob).args(["--at", "contract.share_of_salary=20%"]).assert().success();
    run.stdout(
        contains("contract.share_of_salary = 20%, by screening.hours").and(contains("from 0h to 16h")),
    );
    let curve = rows(&folder, "out/curve.csv");
    let values: Vec<&str> = curve
        .iter()
        .filter(|row| row["round"] == "0" && row["replication"] == "0")
        .map(|row| row["value"].as_str())
        .collect();
    assert_eq!(values, ["0", "8", "16"], "the believable range");
    let at =
        ["breakeven", "screened.toml", "--knob", "contract.share_of_salary", "--points", "2", "--out", "at"];
    let run =
        introsim(&folder).args(at).args(["--at", "screening.hours=0", "--at", "screening.hours=4h"]).assert();
    run.success().stdout(contains("screening.hours = 0,").and(contains("screening.hours = 4h,")));
}

#[test]
fn a_break_even_that_cannot_be_sought_is_refused_before_anything_is_started() {
    let folder = market();
    let refused = |args: &[&str], pieces: &[&str]| {
        let run = introsim(&folder).args(args).args(["--out", "never"]).assert().code(2).stdout("");
        let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        for piece in pieces {
            assert!(said.contains(piece), "{piece:?} is not said of {args:?} but\n{said}");
        }
        assert!(!folder.path("never").exists(), "{args:?} made a folder");
    };
    let knob = |more: &[&'static str]| [&["breakeven", "market.toml", "--knob"], more].concat();
    refused(
        &knob(&["contract.share_of_salery"]),
        &["--knob", "no such key", "did you mean `contract.share_of_salary`?"],
    );
    refused(&knob(&["sellers.targeting"]), &["`sellers.targeting` has no range: it takes random"]);
    refused(&knob(&["run.seed"]), &["`run.seed` is no knob"]);
    refused(
        &knob(&["contract.success_fee"]),
        &["nobody has said which values of `contract.success_fee`", "give `--range LOW..HIGH`"],
    );
    let share = "contract.share_of_salary";
    refused(&knob(&[share, "--range", "50%..1%"]), &["the range of `contract.share_of_salary` is empty"]);
    refused(&knob(&[share, "--range", "5%..5%"]), &["the low end comes first, and the two differ"]);
    refused(&knob(&[share, "--range", "5%"]), &["a range is `LOW..HIGH`", "no `..` here"]);
    refused(&knob(&[share, "--range", "..5%"]), &["a value is missing"]);
    refused(&knob(&[share, "--range", "1%..150%"]), &["out of range", "allowed: 0% to 100%"]);
    refused(&knob(&[share, "--range", "1..50"]), &["found 50; allowed: 0% to 100%"]);
    refused(&knob(&[share, "--range", "$1..$5"]), &["an amount in dollars, not share"]);
    refused(
        &knob(&[share, "--range", "0..50%", "--scale", "log"]),
        &["a range on a log scale begins above 0"],
    );
    refused(&knob(&[share, "--points", "1"]), &["1 is not in 2..=200"]);
    refused(&knob(&[share, "--set", "contract.share_of_salary=5%"]), &["is the knob and set besides"]);
    refused(&knob(&[share, "--at", "contract.share_of_salary=5%"]), &["is the knob, and takes every value"]);
    refused(&knob(&[share, "--at", "screening.stages"]), &["--at", "a setting is `key=value`"]);
    refused(
        &knob(&[share, "--at", "screening.stage=[]", "--at", "screening.stages=3"]),
        &["did you mean `screening.stages`?", "`screening.stages` takes a list"],
    );
    refused(
        &knob(&[share, "--at", "screening.stages=[]", "--at", "screening.stages=[]"]),
        &["this setting is given twice"],
    );
    refused(&knob(&[share, "--at", "run.seed=3"]), &["`run.seed` cannot be set here"]);
    refused(&knob(&["screening.hours"]), &["there are no stages to share the hours out to"]);
    refused(
        &knob(&[share, "--at", "screening.hours=2h"]),
        &["there are no stages to share the hours out to"],
    );
    refused(
        &knob(&["introducers.ties", "--range", "20..60"]),
        &["an introducer cannot know more decision-makers than there are", "narrow the range"],
    );
    refused(&["breakeven", "organic.toml", "--knob", share], &["nobody sells (sellers.entry is none)"]);
    refused(&["breakeven", "nowhere.toml", "--knob", share], &["there is no such file"]);
    refused(&["breakeven", "market.toml"], &["--knob"]);
}

#[test]
fn a_file_of_claims_is_read_strictly() {
    let folder = market();
    let refused = |text: &str, pieces: &[&str]| {
        std::fs::write(folder.path("bad.toml"), text).unwrap();
        let run = introsim(&folder).args(["flip", "bad.toml", "--out", "never"]).assert().code(2).stdout("");
        let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        for piece in pieces {
            assert!(said.contains(piece), "{piece:?} is not said of\n{text}\nbut\n{said}");
        }
        assert!(!folder.path("never").exists());
    };
    let with = |from: &str, to: &str| {
        assert!(CLAIMS.contains(from), "{from}");
        CLAIMS.replacen(from, to, 1)
    };
    refused("title = \"T\"\n", &["has no `claims`", "begin each claim with `[[claims]]`"]);
    refused("title = \"T\"\nscenario = \"market.toml\"\ndesign = \"grid\"\n", &["is for `introsim sweep`"]);
    refused("title = \"T\"\nclaims = []\n", &["a list of at least one claim"]);
    refused(&with("title = \"Claims\"\n", ""), &["the file has no `title`"]);
    refused(&with("points = 3", "point = 3"), &["unknown key `point`", "did you mean `points`?"]);
    refused(&with("points = 3", "points = 1"), &["`points` is out of range"]);
    refused(&with("points = 3", "range = [\"$9\", \"$1\"]"), &["is empty"]);
    refused(&with("points = 3", "range = [0, \"$1\"]\nscale = \"log\""), &["begins above 0"]);
    refused(&with("holds = \"below\"", "holds = \"under\""), &["one of \"below\", \"above\""]);
    refused(
        &with("metric = \"placements_per_10000\"", "metric = \"placements_per_1000\""),
        &["no outcome `placements_per_1000`", "did you mean `\"placements_per_10000\"`?"],
    );
    refused(
        &with("metric = \"placements_per_10000\"", "metric = \"viable\""),
        &[
            "no outcome `viable`",
            "it is gone",
            "write `placements_per_10000`, which is above 5 where a market lasts",
        ],
    );
    refused(
        &with("metric = \"placements_per_10000\"", "metric = \"hours_last52\""),
        &["no outcome `hours_last52`", "it is gone: write `hours_judged`, over the last 104 weeks"],
    );
    refused(&with("threshold = 5", "threshold = true"), &["`threshold` takes a number"]);
    refused(&with("threshold = 5\n", ""), &["a claim needs `threshold`"]);
    refused(
        &with("threshold = 5", "treshold = 1"),
        &["a claim has no `treshold`", "did you mean `threshold`?"],
    );
    refused(&with("\"market.toml\"\nmetric", "\"none.toml\"\nmetric"), &["there is no such file"]);
    refused(&with("name = \"screening costs\"", "name = \"it dies\""), &["two claims are called `it dies`"]);
    let said =
        introsim(&folder).args(["flip", "claims.toml", "--set", "introducers.goodwill_value=$1"]).assert();
    said.code(2).stderr(contains("is what is turned, and set besides").count(1));
    let run = introsim(&folder).args(["check", "claims.toml"]).assert().success();
    run.stdout(
        contains("it dies: mean placements_per_10000 of market at most 5")
            .and(contains("$500 to $20,000, by ratios")),
    );
    introsim(&folder)
        .args(["list", "."])
        .assert()
        .code(2)
        .stdout(contains("run it by: introsim flip ./claims.toml"));
    // A file of claims is no scenario and no design.
    introsim(&folder).args(["run", "claims.toml"]).assert().code(2).stderr(contains("introsim flip"));
}

#[test]
fn flip_tells_each_claim_and_writes_its_curve() {
    let folder = market();
    let run = introsim(&folder).args(["flip", "claims.toml", "--out", "out"]).assert().success();
    run.stdout(contains("it dies").and(contains("screening costs")).and(contains("per bad introduction")));
    let found = rows(&folder, "out/flip.csv");
    let first = found.iter().find(|row| row["claim"] == "it dies").unwrap();
    assert_eq!(
        (first["question"].as_str(), first["scenario"].as_str(), first["against"].as_str()),
        ("C1", "market", "")
    );
    assert_eq!(
        (first["from"].as_str(), first["to"].as_str(), first["threshold"].as_str()),
        ("500", "20000", "5")
    );
    let curve = rows(&folder, "out/curve.csv");
    // By ratios over the believable range, and 0.04 + 0.10 of goodwill for a bad introduction.
    let own = |claim: &str| -> Vec<(String, String)> {
        let grid = curve
            .iter()
            .filter(|row| row["claim"] == claim && row["round"] == "0" && row["replication"] == "0");
        grid.map(|row| (row["goodwill_value"].clone(), row["per_bad_introduction"].clone())).collect()
    };
    let values: Vec<(f64, f64)> =
        own("it dies").iter().map(|(a, b)| (a.parse().unwrap(), b.parse().unwrap())).collect();
    assert_eq!(values.iter().map(|v| v.0).collect::<Vec<_>>(), [500.0, 3162.28, 20_000.0]);
    assert!(values.iter().all(|(cost, bad)| (bad / cost - 0.14).abs() < 1e-12));
    for row in curve.iter().filter(|row| row["claim"] == "screening costs") {
        let number = |name: &str| row[name].parse::<f64>().unwrap();
        let expected = -(number("metric") - number("against"));
        assert!((number("margin") - expected).abs() < 1e-9, "{row:?}");
    }
    let manifest = std::fs::read_to_string(folder.path("out/manifest.json")).unwrap();
    assert!(manifest.contains("claims.toml") && manifest.contains("screened"));
}
