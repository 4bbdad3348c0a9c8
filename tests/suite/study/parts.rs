//! Every part is what its own command would have left, with the numbers of the effort.

use super::{MAP, PARTS, Place, STUDY};

/// One table of a folder.
fn same(place: &Place, part: &str, alone: &str, table: &str) {
    let (one, other) = (place.read(&format!("out/{part}/{table}")), place.read(&format!("{alone}/{table}")));
    assert!(one == other, "{part}/{table}");
    assert!(one.lines().count() > 1, "{part}/{table} is empty");
}

#[test]
fn every_part_has_the_tables_of_its_own_command() {
    let place = Place::new();
    place.run(0, &["study", "small.toml", "-q", "--out", "out"]);
    let seed = ["--seed", "5", "-q", "--out"];
    let alone = |words: &[&str], more: &[&str], out: &str| {
        place.run(0, &[words, &seed, &[out], more].concat());
    };
    let three = ["run", "organic.toml", "market.toml", "screened.toml"];
    alone(&three, &["-n", "3", "--assumptions", "12"], "run");
    for table in
        ["outcomes.csv", "weekly.csv", "differences.csv", "summary.csv", "assumptions.csv", "ties.csv"]
    {
        same(&place, "library", "run", table);
    }
    alone(&["sweep", "map.toml"], &["-n", "2"], "sweep");
    same(&place, "map", "sweep", "cells.csv");
    same(&place, "map", "sweep", "map.csv");
    alone(&["sweep", "ties.toml"], &["-n", "2"], "ties");
    same(&place, "bombardment", "ties", "map.csv");
    let knob = ["breakeven", "market.toml", "--knob", "contract.share_of_salary", "--range", "1%..80%"];
    let levels = [
        "--points",
        "3",
        "-n",
        "2",
        "--at",
        "screening.stages=[]",
        "--at",
        "screening.stages=[{ hours = \"1h\", accept_above = 0.1 }]",
    ];
    alone(&knob, &levels, "knob");
    same(&place, "break-even", "knob", "breakeven.csv");
    same(&place, "break-even", "knob", "curve.csv");
    alone(&["flip", "claims.toml"], &["-n", "2"], "turns");
    same(&place, "flip", "turns", "flip.csv");
    let of_study = place.read("importance.toml").replace("trajectories = 9", "trajectories = 3");
    place.write("importance.toml", &of_study);
    alone(&["sensitivity", "importance.toml"], &["-n", "2"], "importance");
    same(&place, "importance", "importance", "sensitivity.csv");
    alone(&["facts", "organic.toml"], &["-n", "2"], "world");
    same(&place, "facts", "world", "facts.csv");
}

#[test]
fn quick_leaves_out_what_it_may_and_keeps_the_ends_of_every_knob() {
    let place = Place::new();
    place.run(0, &["study", "small.toml", "-q", "--quick", "--out", "out"]);
    let manifest: serde_json::Value = serde_json::from_str(&place.read("out/manifest.json")).unwrap();
    let names: Vec<&str> =
        manifest["parts"].as_array().unwrap().iter().map(|part| part["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["library", "map", "break-even", "flip", "facts"]);
    assert!(!place.path("out/bombardment").exists() && !place.path("out/library/assumptions.csv").exists());
    let map = introsim::output::read_table(&place.path("out/map/map.csv")).unwrap();
    let share = map.column("contract.share_of_salary").unwrap();
    let shares: Vec<&str> = (0..map.len()).map(|row| map.text(row, share)).collect();
    // Of 5 %, 10 %, 15 %, 20 %, 30 % the first and the last, and between them the base's own; two screens stay two.
    assert_eq!(shares, ["0.05", "0.1", "0.3", "0.05", "0.1", "0.3"]);
    assert!(
        place.read("out/break-even/breakeven.csv").lines().skip(1).all(|row| row.contains("stages = []"))
    );
    let rows = place.read("out/library/outcomes.csv").lines().count();
    assert_eq!(rows, 1 + 3 * 2, "three scenarios, two replications");
}

#[test]
fn an_effort_without_a_number_has_that_of_default_or_else_that_of_the_file() {
    let place = Place::new();
    let said = place.run(0, &["check", "small.toml"]).out;
    let [_, quick, default, full] = said.split(":\n").collect::<Vec<_>>()[..] else { panic!("{said}") };
    assert!(quick.contains("library: 3 markets on the same luck, twice each\n"), "{quick}");
    assert!(quick.contains("map: 6 settings of ") && !quick.contains("importance"), "{quick}");
    for other in [default, full] {
        assert!(other.contains("library: 3 markets on the same luck, 3 times each; and at 12 "), "{other}");
        assert!(other.contains("map: 10 settings of ") && other.contains("importance: which of 2 numbers"));
    }
    // Claims have no points of their own at quick and default: 3 of their file.
    let grid = |out: &str| {
        let curve = introsim::output::read_table(&place.path(out).join("flip/curve.csv")).unwrap();
        let [round, replication] = ["round", "replication"].map(|name| curve.column(name).unwrap());
        let is_first = |row: &usize| curve.text(*row, round) == "0" && curve.text(*row, replication) == "0";
        (0..curve.len()).filter(is_first).count()
    };
    let few = STUDY.split("[importance]").next().unwrap().split("[flip]").nth(1).unwrap();
    place.write("few.toml", &format!("title = \"Few\"\n[flip]{few}"));
    place.run(0, &["study", "few.toml", "-q", "--quick", "--out", "quick"]);
    place.run(0, &["study", "few.toml", "-q", "--full", "--out", "full"]);
    assert_eq!((grid("quick"), grid("full")), (3, 4));
}

#[test]
fn the_manifest_names_every_part_and_hashes_what_is_there() {
    let place = Place::new();
    place.run(0, &["study", "small.toml", "-q", "--out", "out"]);
    let manifest: serde_json::Value = serde_json::from_str(&place.read("out/manifest.json")).unwrap();
    let hash = |name: &str| blake3::hash(&std::fs::read(place.path(name)).unwrap()).to_hex().to_string();
    for (key, value) in [
        ("command", "study"),
        ("title", "A small study"),
        ("question", "Does it pay?"),
        ("effort", "default"),
    ] {
        assert_eq!(manifest[key], value, "{key}");
    }
    assert_eq!(
        (&manifest["seed"], &manifest["inputs"]["small.toml"]),
        (&5.into(), &hash("small.toml").into())
    );
    let parts = manifest["parts"].as_array().unwrap();
    assert_eq!(parts.len(), PARTS.len());
    for (part, name) in parts.iter().zip(PARTS) {
        assert_eq!(part["name"], name);
        assert_eq!(part["manifest"], hash(&format!("out/{name}/manifest.json")), "{name}");
    }
    let report = place.path("out/report.html");
    assert_eq!(manifest["outputs"]["report.html"].is_string(), report.is_file());
    let files = place.files("out");
    let hidden: Vec<&String> = files.keys().filter(|name| name.starts_with('.')).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}

#[test]
fn the_seed_of_the_command_line_is_the_seed_of_every_part() {
    let few = "title = \"Few\"\nseed = 5\n[map]\nfile = \"map.toml\"\nreplications = 1\n[facts]\n\
               scenarios = [\"organic.toml\"]\nreplications = 1\n";
    let place = Place::with(few);
    place.write("map.toml", &MAP.replace("title", "seed = 9\ntitle"));
    let seeds = |out: &str| {
        ["", "/map", "/facts"].map(|part| {
            let text = place.read(&format!("{out}{part}/manifest.json"));
            let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
            manifest["seed"].as_u64().unwrap()
        })
    };
    place.run(0, &["study", "small.toml", "-q", "--out", "file"]);
    assert_eq!(seeds("file"), [5; 3]);
    place.run(0, &["study", "small.toml", "-q", "--seed", "8", "--out", "line"]);
    assert_eq!(seeds("line"), [8; 3]);
    place.write("small.toml", &few.replace("seed = 5\n", ""));
    place.run(0, &["study", "small.toml", "-q", "--out", "none"]);
    assert_eq!(seeds("none"), [1; 3]);
}
