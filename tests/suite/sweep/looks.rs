//! Sweeps that look more than once: cells that cannot be told get more replications, by whatever way it is done.

use std::collections::BTreeSet;

use super::{Place, STUDY, table};

fn place() -> Place {
    Place::with(&STUDY.replace("replications = 3\n", "replications = 3\nlooks = 3\n"))
}

/// Replications of each cell as the map has them, and what is said of each.
fn map(place: &Place, out: &str) -> Vec<(i64, String)> {
    let map = table(&place.path(out).join("map.csv"));
    let [replications, verdict] = ["replications", "verdict"].map(|name| map.column(name).unwrap());
    (0..map.len())
        .map(|row| (map.whole(row, replications).unwrap(), map.text(row, verdict).to_owned()))
        .collect()
}

#[test]
fn cells_that_cannot_be_told_get_more_and_the_rest_do_not() {
    let place = place();
    let whole = place.whole();
    let cells = map(&place, "whole");
    let counts: BTreeSet<i64> = cells.iter().map(|(n, _)| *n).collect();
    assert!(counts.iter().all(|n| [3, 6, 12].contains(n)), "{cells:?}");
    assert!(counts.len() > 1, "some were told and some were not: {cells:?}");
    for (n, verdict) in &cells {
        assert!(*n == 12 || verdict != "cannot be told", "{n} replications, and {verdict}");
    }
    // Every row of a cell stands in cells.csv, and nothing beside.
    let rows = table(&place.path("whole").join("cells.csv"));
    assert_eq!(rows.len() as i64, cells.iter().map(|(n, _)| n).sum::<i64>());
    for threads in ["2", "7"] {
        let out = format!("threads-{threads}");
        place.run(0, &["sweep", "study.toml", "-q", "--out", &out, "--threads", threads]);
        assert!(place.files(&out) == whole, "{threads} threads");
    }
    // 1 − 0.05/3: the chart names it when the sweep draws it, and when it is drawn again.
    let drawn = std::fs::read_to_string(place.path("whole").join("charts/size-map.svg")).unwrap();
    assert!(drawn.contains("98.3"), "another level");
    place.run(0, &["chart", "whole"]);
    place.run(0, &["verify", "whole"]);
}

#[test]
fn shards_do_a_look_each_and_merge_names_what_the_next_one_lacks() {
    let place = place();
    let whole = place.whole();
    let mut passes = 0;
    loop {
        for shard in ["1/2", "0/2"] {
            place.run(0, &["sweep", "study.toml", "-q", "--out", "out", "--shard", shard]);
        }
        passes += 1;
        let said = crate::program::Said::of(place.command(&["merge", "-q", "out"]).output().unwrap());
        if said.code == Some(0) {
            break;
        }
        assert!(said.code == Some(3) && passes < 4, "{:?} {} {}", said.code, said.out, said.err);
        said.says(&["--shard"]);
    }
    assert!(place.files("out") == whole, "after {passes} passes");
}

/// The budget that the manifest of a sweep has.
fn budget(place: &Place, out: &str) -> Option<u64> {
    let text = std::fs::read_to_string(place.path(out).join("manifest.json")).unwrap();
    serde_json::from_str::<serde_json::Value>(&text).unwrap()["plan"]["budget"].as_u64()
}

/// A budget is part of the plan: the same bytes by threads, stopped or in shards, and never more weeks than it pays for.
#[test]
fn a_budget_is_spent_alike_however_the_work_is_done() {
    let place = Place::new();
    place.whole();
    let unlooked: i64 = map(&place, "whole").iter().map(|(n, _)| n).sum();
    let sweep = ["sweep", "study.toml", "-q"];
    let run =
        |code: i32, out: &str, more: &[&str]| place.run(code, &[&sweep[..], &["--out", out], more].concat());
    run(2, "no", &["--budget", "10"])
        .says(&["--budget: the first look", "weeks of markets, more than 10 weeks"]);
    run(2, "no", &["--budget", "soon"]).says(&["as in 500000 or 2M, or a time"]);
    run(0, "rich", &["--budget", "1M"]);
    let rich: i64 = map(&place, "rich").iter().map(|(n, _)| n).sum();
    assert!(rich > unlooked, "some settings are open: {rich} {unlooked}");
    assert_eq!(budget(&place, "rich"), Some(1_000_000));
    // Half-way between what the first look takes and what all would.
    let says = run(2, "no", &["--budget", "10"]).err;
    let least: u64 = says
        .split("settings takes ")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .replace(',', "")
        .parse()
        .unwrap();
    let some = (least + least / 4).to_string();
    run(0, "some", &["--budget", &some]);
    let spent: i64 = map(&place, "some").iter().map(|(n, _)| n).sum();
    assert!(unlooked <= spent && spent < rich, "{unlooked} {spent} {rich}");
    run(0, "threads", &["--budget", &some, "--threads", "7"]);
    assert!(place.files("threads") == place.files("some"));
    for _ in 0..4 {
        for shard in ["0/2", "1/2"] {
            run(0, "shards", &["--budget", &some, "--shard", shard]);
        }
        let said = crate::program::Said::of(place.command(&["merge", "-q", "shards"]).output().unwrap());
        if said.code == Some(0) {
            break;
        }
    }
    assert!(place.files("shards") == place.files("some"));
    // A time becomes weeks, which the plan keeps.
    run(2, "timed", &["--budget", "1min", "--shard", "0/2"]).says(&["shards need one number of weeks"]);
    run(0, "timed", &["--budget", "1min"]).says(&["--budget: 60 seconds here are"]);
    assert!(budget(&place, "timed").is_some_and(|weeks| weeks > least));
    run(0, "timed", &["--budget", "1min", "--resume"]).says(&["finished"]);
    place.run(0, &["verify", "some"]);
}

#[test]
fn a_shard_with_nothing_to_do_says_so() {
    let place = Place::new();
    let shard = |one: u32| {
        let shard = format!("{one}/60");
        place.run(0, &["sweep", "study.toml", "--out", "many", "--shard", &shard]).err
    };
    let said: Vec<String> = (0..60).map(shard).collect();
    assert!(said[0].contains("shard 0/60 is done"), "{}", said[0]);
    assert!(said[59].contains("shard 59/60 had nothing to do"), "{}", said[59]);
}

#[test]
fn looks_are_refused_where_they_mean_nothing() {
    let place = Place::with(&STUDY.replace("replications = 3\n", "replications = 3\nlooks = 0\n"));
    place.run(2, &["sweep", "study.toml"]).says(&["`looks` is out of range"]);
    let method = STUDY.replace("design = \"grid\"", "method = \"morris\"\ntrajectories = 2\nlooks = 2");
    place.write("study.toml", &method);
    place.run(2, &["sensitivity", "study.toml"]).says(&["`looks` has no meaning here"]);
}
