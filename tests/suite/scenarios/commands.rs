//! The commands for scenario files: what they print, and the code with which they end.

use std::io::Read;
use std::process::Stdio;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

use super::Folder;

fn introsim() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("introsim"))
}

#[test]
fn check_says_in_words_what_a_scenario_changes() {
    let run =
        introsim().args(["check", "scenarios/contingency.toml", "--set", "contract.upfront=$50"]).assert();
    let words = "  [contract]
    contract.upfront: $0 -> $50  (paid when a client signs)
    contract.share_of_salary: 0% -> 10%  (share of first-year salary due on a placement by the seller)
";
    run.success().stdout(contains("against scenarios/base.toml:").and(contains(words))).stderr("");
}

#[test]
fn check_looks_at_every_file_even_when_one_is_bad() {
    let folder = Folder::new(&[("bad.toml", "title = \"Bad\"\n[run]\nweeks = 0\n")]);
    let bad = folder.path("bad.toml");
    let run = introsim().arg("check").arg(&bad).arg("scenarios/organic.toml").assert().code(2);
    run.stdout(contains("organic: Organic"))
        .stderr(contains("`run.weeks` is out of range").and(contains("1 problem")));
    introsim().arg("check").arg("nowhere.toml").assert().code(2).stderr(contains("there is no such file"));
}

#[test]
fn a_wrong_command_line_ends_with_code_2() {
    for args in
        [&["chek"][..], &["check"], &["check", "--nothing"], &["schema", "x"], &["completions", "none"], &[]]
    {
        introsim().args(args).assert().code(2).stdout("");
    }
}

#[test]
fn every_command_has_help_with_an_example() {
    for command in ["check", "list", "new", "schema", "completions"] {
        let shown = contains("Example").and(contains(format!("introsim {command}")));
        introsim().args([command, "--help"]).assert().success().stdout(shown);
    }
}

#[test]
fn schema_prints_json_and_the_base() {
    let json = introsim().arg("schema").assert().success().get_output().stdout.clone();
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&json).unwrap(),
        introsim::scenario::json_schema()
    );
    introsim().args(["schema", "--base"]).assert().success().stdout(introsim::scenario::base_toml());
}

#[test]
fn a_new_scenario_passes_check_and_is_never_overwritten() {
    let folder = Folder::new(&[("base.toml", "title = \"Base\"\nabstract = true\n")]);
    let inside = |args: &[&str]| introsim().current_dir(folder.0.path()).args(args).assert();
    inside(&["new", "mine"]).success().stdout("wrote mine.toml; edit it, then: introsim check mine.toml\n");
    inside(&["check", "mine.toml"])
        .success()
        .stdout(contains("against base.toml").and(contains("0% -> 10%")));
    inside(&["new", "mine"]).code(2).stderr("error: mine.toml exists already; use another name\n");
    std::fs::create_dir(folder.path("deep")).unwrap();
    inside(&["new", "deep/other.toml", "--extends", "mine.toml"]).success();
    inside(&["check", "deep/other.toml"])
        .success()
        .stdout(contains("changes nothing against deep/../mine.toml"));
    inside(&["new", "third", "--extends", "none.toml"]).code(2).stderr(contains("there is no such file"));
    inside(&["new", "nowhere/x"]).code(2).stderr(contains("there is no folder nowhere"));
}

#[test]
fn a_new_scenario_needs_no_base() {
    let folder = Folder::new(&[]);
    introsim().current_dir(folder.0.path()).args(["new", "alone"]).assert().success();
    introsim().current_dir(folder.0.path()).args(["check", "alone.toml"]).assert().success();
}

#[test]
fn completions_are_printed_for_a_shell() {
    introsim().args(["completions", "bash"]).assert().success().stdout(contains("_introsim()"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("introsim"))
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut words = String::new();
    child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    assert_eq!((words.as_str(), child.wait().unwrap().code()), ("", Some(0)));
}
