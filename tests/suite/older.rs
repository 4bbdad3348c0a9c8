//! Folders that an older version wrote: whoever reads one is told what it lacks and who wrote it.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use introsim::experiments::outcomes;

/// The release before this one.
const OLDER: &str =
    "{\"program\":\"introsim\",\"version\":\"0.1.0\",\"seed\":1,\"scenarios\":{\"a\":\"\"},\"outputs\":{}}";

/// Columns of outcomes.csv without those that judge a market by its size.
fn outcomes_of_old() -> String {
    let names = outcomes::columns().into_iter().map(|(name, ..)| name);
    let names: Vec<&str> = names.filter(|name| !name.ends_with("_per_10000")).collect();
    let zeros = vec!["0"; names.len()];
    format!("scenario,replication,status,opening_hash,{}\na,0,ok,,{}\n", names.join(","), zeros.join(","))
}

/// Runs a command on a folder, which must be refused as input, with one line on the terminal.
fn refused(place: &Path, command: &str, folder: &str) -> String {
    let run = Command::new(assert_cmd::cargo::cargo_bin!("introsim"))
        .current_dir(place)
        .args([command, folder])
        .assert()
        .code(2)
        .stdout("");
    String::from_utf8(run.get_output().stderr.clone()).unwrap()
}

fn place(folder: &str, files: &[(&str, &str)]) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir_all(place.path().join(folder)).unwrap();
    for (name, text) in files {
        fs::write(place.path().join(folder).join(name), text).unwrap();
    }
    place
}

const MAP: &str = "cell,payout,replications,failed,viable,viable_low,viable_high\n0,0.1,10,0,1,0.7,1\n";

#[test]
fn a_chart_of_an_older_map_names_the_column_and_the_version() {
    let place = place("swept", &[("map.csv", MAP), ("manifest.json", OLDER)]);
    let this = env!("CARGO_PKG_VERSION");
    let expected = format!(
        "error: swept/map.csv: no column \"placements_per_10000\"; introsim 0.1.0 wrote the folder, and this one is {this}: \
         run it again, or read it with that one\n"
    );
    assert_eq!(refused(place.path(), "chart", "swept"), expected);
}

#[test]
fn an_older_break_even_is_not_drawn_as_if_it_charged_what_is_charged_now() {
    let breakeven = "level,knob,from,to,criterion,finding,crossing,direction,value,low,high,share_without,\
                     fee_per_placement,hours_per_placement,n\n";
    let curve = "level,knob,value,round,replication,status,profit_per_hour,viable\n";
    let files = [("breakeven.csv", breakeven), ("curve.csv", curve), ("manifest.json", OLDER)];
    let place = place("even", &files);
    let said = refused(place.path(), "chart", "even");
    assert!(said.contains("curve.csv: no column \"placements_per_10000\"; introsim 0.1.0 wrote"), "{said}");
}

#[test]
fn a_folder_that_does_not_say_who_wrote_it_or_was_written_by_this_version_is_named_so() {
    let nobody = place("swept", &[("map.csv", MAP)]);
    let said = refused(nobody.path(), "chart", "swept");
    assert!(said.contains(", and the folder does not say which version wrote it: run it again"), "{said}");
    let this = OLDER.replace("0.1.0", env!("CARGO_PKG_VERSION"));
    let own = place("swept", &[("map.csv", MAP), ("manifest.json", &this)]);
    let said = refused(own.path(), "chart", "swept");
    assert!(said.contains("wrote the folder: run it again") && !said.contains("this one"), "{said}");
}

#[test]
fn an_older_run_is_not_explained_and_an_older_study_has_no_report() {
    let outcomes = outcomes_of_old();
    let weekly = "scenario,replication,week\na,0,0\n";
    let summary = "scenario,metric,unit,n,mean,low,high,method\n";
    let files = [
        ("outcomes.csv", outcomes.as_str()),
        ("weekly.csv", weekly),
        ("summary.csv", summary),
        ("manifest.json", OLDER),
    ];
    let place = place("study/library", &files);
    let said = refused(place.path(), "explain", "study/library");
    assert!(said.contains("no column") && said.contains("introsim 0.1.0 wrote the folder"), "{said}");
    // Its manifest is the study's alone.
    fs::remove_file(place.path().join("study/library/manifest.json")).unwrap();
    let study = OLDER.replacen('{', "{\"command\":\"study\",\"parts\":{},", 1);
    fs::write(place.path().join("study/manifest.json"), study).unwrap();
    let said = refused(place.path(), "chart", "study");
    assert!(
        said.contains("outcomes.csv: no column \"placements_per_10000\"; introsim 0.1.0 wrote the folder"),
        "{said}"
    );
}
