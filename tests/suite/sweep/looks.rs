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

#[test]
fn looks_are_refused_where_they_mean_nothing() {
    let place = Place::with(&STUDY.replace("replications = 3\n", "replications = 3\nlooks = 0\n"));
    place.run(2, &["sweep", "study.toml"]).says(&["`looks` is out of range"]);
    let method = STUDY.replace("design = \"grid\"", "method = \"morris\"\ntrajectories = 2\nlooks = 2");
    place.write("study.toml", &method);
    place.run(2, &["sensitivity", "study.toml"]).says(&["`looks` has no meaning here"]);
}
