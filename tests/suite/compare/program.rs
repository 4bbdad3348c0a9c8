//! The commands that compare: files, words, codes, and what they refuse.

use std::fs;
use std::path::Path;

use assert_cmd::assert::Assert;
use introsim::output::tables::Difference;
use introsim::output::{Manifest, RawTable, Row, read_table};
use predicates::prelude::*;
use predicates::str::contains;

const MARKET: &str = "[run]
weeks = 30
burn_in = 10
replications = 8
[workers]
count = 150
[decision_makers]
count = 25
[introducers]
count = 10
ties = 6
";

const PAID: &str = "[sellers]\nentry = \"closed\"\nshare = \"40%\"\n[contract]\nupfront = \"$20\"\n";

/// A folder with a market in which nobody sells, two in which some do, and a base.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    write(place.path(), "plain", "");
    write(place.path(), "paid", PAID);
    write(place.path(), "dear", &PAID.replace("$20", "$900"));
    fs::write(place.path().join("base.toml"), format!("title = \"Base\"\nabstract = true\n{MARKET}"))
        .unwrap();
    place
}

fn write(place: &Path, name: &str, more: &str) {
    fs::write(place.join(format!("{name}.toml")), format!("title = \"{name}\"\n{MARKET}{more}")).unwrap();
}

fn inside(place: &Path, words: &str) -> Assert {
    let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
    command
        .current_dir(place)
        .env_remove("COLUMNS")
        .env("INTROSIM_PLANT_FAILURE", "workers.resume_precision=0.0123")
        .args(words.split(' '))
        .assert()
}

fn differences(place: &Path, out: &str) -> RawTable {
    read_table(&place.join(out).join("differences.csv")).unwrap()
}

/// All different texts of a column, in order.
fn texts(table: &RawTable, column: &str) -> Vec<String> {
    let column = table.column(column).unwrap();
    let mut texts: Vec<String> = (0..table.len()).map(|row| table.text(row, column).to_owned()).collect();
    texts.sort();
    texts.dedup();
    texts
}

/// A cell of the row of a scenario and an outcome.
fn cell(table: &RawTable, scenario: &str, metric: &str, column: &str) -> String {
    let of = |name: &str| table.column(name).unwrap();
    let is_meant = |row: &usize| {
        table.text(*row, of("scenario")) == scenario && table.text(*row, of("metric")) == metric
    };
    table.text((0..table.len()).find(is_meant).unwrap(), of(column)).to_owned()
}

fn stdout(run: &Assert) -> String {
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

#[test]
fn compare_writes_the_same_bytes_on_any_number_of_threads() {
    let place = place();
    let bytes = |threads: u32| {
        let out = format!("out-{threads}");
        inside(
            place.path(),
            &format!("compare plain.toml paid.toml dear.toml -q --out {out} --threads {threads}"),
        )
        .success();
        let file = |name: &str| fs::read(place.path().join(&out).join(name)).unwrap();
        [file("differences.csv"), file("columns.csv"), file("manifest.json")]
    };
    let one = bytes(1);
    assert!(one == bytes(2) && one == bytes(7));
}

#[test]
fn run_of_several_files_writes_the_same_differences_as_compare() {
    let place = place();
    inside(place.path(), "compare plain.toml paid.toml dear.toml -q --out compared").success();
    // For `run` the baseline is the scenario in which nobody sells, wherever it stands.
    inside(place.path(), "run paid.toml plain.toml dear.toml -q --out run").success();
    let read = |out: &str| fs::read_to_string(place.path().join(out).join("differences.csv")).unwrap();
    assert_eq!(read("compared"), read("run"));
    inside(place.path(), "compare paid.toml plain.toml dear.toml -q --out first").success();
    assert_eq!(texts(&differences(place.path(), "first"), "baseline"), ["paid"]);
    for name in ["plain", "plain.toml", "./plain.toml"] {
        let words =
            format!("compare paid.toml plain.toml dear.toml -q --out named --force --baseline {name}");
        fs::create_dir_all(place.path().join("named")).unwrap();
        fs::remove_dir_all(place.path().join("named")).unwrap();
        inside(place.path(), &words).success();
        assert_eq!(read("named"), read("run"), "{name}");
    }
    inside(place.path(), "run paid.toml dear.toml -q --out sold").success();
    assert_eq!(texts(&differences(place.path(), "sold"), "baseline"), ["paid"], "if all sell, the first");
    inside(place.path(), "run paid.toml -q --out alone").success();
    assert!(!place.path().join("alone/differences.csv").exists(), "one scenario has nothing to differ from");
}

#[test]
fn every_column_is_explained_and_the_manifest_knows_the_table() {
    let place = place();
    inside(place.path(), "compare plain.toml paid.toml base.toml -q --out out").success();
    let dictionary = read_table(&place.path().join("out/columns.csv")).unwrap();
    let explained: Vec<&str> = (0..dictionary.len())
        .filter(|&row| dictionary.text(row, 0) == "differences")
        .map(|row| dictionary.text(row, 1))
        .collect();
    assert_eq!(explained, Difference::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>());
    let table = differences(place.path(), "out");
    assert_eq!(table.columns(), explained);
    // docs/outputs.md is made of these: the tables that a run really writes, column by column.
    for (name, columns) in introsim::output::run_columns() {
        let written = read_table(&place.path().join(format!("out/{name}.csv"))).unwrap();
        assert_eq!(written.columns(), columns.iter().map(|column| column.name).collect::<Vec<_>>(), "{name}");
    }
    let manifest = Manifest::read(&place.path().join("out")).unwrap().unwrap();
    let hash =
        blake3::hash(&fs::read(place.path().join("out/differences.csv")).unwrap()).to_hex().to_string();
    assert_eq!(manifest["outputs"]["differences.csv"], hash.as_str());
    // Rows of the summary stand here too, with the same means; nothing that is in them is lost.
    let summary = read_table(&place.path().join("out/summary.csv")).unwrap();
    let (mean, n) = (summary.column("mean").unwrap(), summary.column("n").unwrap());
    let mut checked = 0;
    for row in (0..summary.len()).filter(|&row| summary.text(row, 0) == "paid" && summary.text(row, n) == "8")
    {
        let metric = summary.text(row, 1);
        if cell(&table, "paid", metric, "n") == "8" {
            let (here, there): (f64, f64) = (
                cell(&table, "paid", metric, "mean").parse().unwrap(),
                summary.text(row, mean).parse().unwrap(),
            );
            assert!((here - there).abs() <= 1e-9 * there.abs(), "{metric}: {here} and {there}");
            checked += 1;
        }
    }
    assert!(checked > 50, "{checked}");
    assert_eq!(
        (texts(&table, "luck"), texts(&table, "scenario")),
        (vec!["same opening".into()], vec!["paid".into()])
    );
}

#[test]
fn the_table_says_higher_lower_or_nothing_and_never_a_winner_among_equals() {
    let place = place();
    write(place.path(), "same", "");
    let run = inside(place.path(), "compare plain.toml same.toml paid.toml --out out").success();
    let words = stdout(&run);
    let (equal, paid) = words.split_once("paid against plain").unwrap();
    assert!(
        equal.contains("same against plain") && !equal.contains("higher") && !equal.contains("lower"),
        "{words}"
    );
    assert_eq!(equal.matches("no detectable difference").count(), 10, "{words}");
    assert!(!equal.contains("not paired"), "equal sides save everything: {words}");
    let placed = paid.lines().find(|line| line.contains("placed by sellers")).unwrap();
    assert!(
        placed.contains("higher") && placed.contains("not paired"),
        "nobody is placed where nobody sells: {words}"
    );
    assert!(
        paid.contains("* detected, also if all 20 are judged together") && paid.contains("1 in 20"),
        "{words}"
    );
    let table = differences(place.path(), "out");
    for metric in ["unemployment_share", "hires_cold", "welfare_sum"] {
        let same = |column| cell(&table, "same", metric, column);
        assert_eq!(
            (same("mean_difference"), same("low"), same("high")),
            ("0".into(), "0".into(), "0".into())
        );
        assert_eq!((same("verdict"), same("p_value")), ("no detectable difference".into(), "1".into()));
    }
}

#[test]
fn metrics_are_chosen_by_name_and_others_are_not_shown() {
    let place = place();
    let words =
        "compare plain.toml paid.toml --out out --metric hires_cold,acceptance_cold --metric hours,hours";
    let shown = stdout(&inside(place.path(), words).success());
    assert!(shown.contains("hires_cold, hires") && shown.contains("acceptance_cold, % points"), "{shown}");
    assert_eq!(shown.matches("hours, hours").count(), 1, "{shown}");
    let table = shown.split("* detected").next().unwrap();
    assert!(!table.contains("goodwill"), "{shown}");
    let run =
        stdout(&inside(place.path(), "run plain.toml paid.toml --out run --metric hires_cold").success());
    assert!(
        run.contains("paid against plain")
            && run.contains("hires_cold")
            && run.contains("an hour worked or open earns")
    );
}

#[test]
fn the_table_of_differences_fits_the_terminal() {
    let place = place();
    write(place.path(), "one-with-a-rather-long-name-for-a-table", PAID);
    for columns in ["60", "100"] {
        let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
        command.current_dir(place.path()).env("COLUMNS", columns);
        command.args([
            "compare",
            "plain.toml",
            "one-with-a-rather-long-name-for-a-table.toml",
            "--out",
            columns,
        ]);
        let words = stdout(&command.assert().success());
        let ruled: Vec<usize> =
            words.lines().filter(|l| l.starts_with('─')).map(|l| l.chars().count()).collect();
        let most = columns.parse().unwrap();
        assert!(ruled.len() == 2 && ruled.iter().all(|&width| width <= most), "{columns}: {words}");
    }
}

#[test]
fn bad_input_is_refused_before_anything_is_written() {
    let place = place();
    write(place.path(), "short", "");
    let text = fs::read_to_string(place.path().join("short.toml")).unwrap();
    fs::write(place.path().join("short.toml"), text.replace("weeks = 30", "weeks = 20")).unwrap();
    fs::create_dir(place.path().join("other")).unwrap();
    fs::copy(place.path().join("plain.toml"), place.path().join("other/plain.toml")).unwrap();
    for (words, says) in [
        ("compare plain.toml", "plain is the only scenario to run; give two or more to compare"),
        ("compare plain.toml base.toml", "plain is the only scenario to run; give two or more to compare"),
        ("compare base.toml", "give two or more"),
        ("compare plain.toml plain.toml", "plain.toml is given twice"),
        (
            "compare plain.toml paid.toml --baseline piad",
            "--baseline: `piad` is not among the scenarios to run, plain, paid; did you mean `paid`?",
        ),
        ("run plain.toml paid.toml --baseline zzz", "`zzz` is not among the scenarios to run, plain, paid\n"),
        (
            "compare plain.toml paid.toml base.toml --baseline base",
            "`base` is not among the scenarios to run, plain, paid",
        ),
        (
            "compare plain.toml paid.toml --baseline dear.toml",
            "`dear.toml` is not among the scenarios to run",
        ),
        (
            "compare plain.toml paid.toml --metric godwill",
            "there is no outcome `godwill`; did you mean `goodwill`?",
        ),
        (
            "run plain.toml paid.toml --metric hires_cold,,hours",
            "there is no outcome ``; there are unemployment_share,",
        ),
        ("compare plain.toml paid.toml --metric xyz", "welfare_sum, most of them also with _judged"),
        (
            "run plain.toml --baseline plain",
            "--baseline and --metric compare scenarios; plain is the only one to run",
        ),
        ("run plain.toml --metric hours", "--baseline and --metric compare scenarios"),
        (
            "compare plain.toml paid.toml short.toml",
            "scenarios that run for different numbers of weeks cannot be compared: plain for 30, short for 20; --weeks",
        ),
        ("compare plain.toml nowhere.toml", "there is no such file"),
        ("compare plain.toml paid.toml --set contract.upfrnt=5", "upfront"),
        ("compare plain.toml paid.toml --out plain.toml", "plain.toml is a file; give a folder to write to"),
    ] {
        inside(place.path(), words).code(2).stdout("").stderr(contains(says));
    }
    // Both misspelt names are told.
    inside(place.path(), "compare plain.toml paid.toml --metric godwill,huors")
        .code(2)
        .stderr(contains("`goodwill`").and(contains("`hours`")));
    assert!(!place.path().join("output").exists(), "something was started");
    inside(place.path(), "compare plain.toml short.toml --weeks 5 -q --out out").success();
}

#[test]
fn a_folder_that_holds_a_run_is_kept_without_force_and_options_are_those_of_run() {
    let place = place();
    let words = "compare plain.toml paid.toml -q --replications 2 --seed 5 --set contract.upfront=$30";
    inside(place.path(), words).success().stdout("");
    let manifest = Manifest::read(&place.path().join("output/compare")).unwrap().unwrap();
    assert_eq!((manifest["seed"].as_u64(), manifest["replications"].as_u64()), (Some(5), Some(2)));
    let before = fs::read(place.path().join("output/compare/differences.csv")).unwrap();
    inside(place.path(), words).code(2).stderr(contains("--force replaces an earlier run there"));
    assert_eq!(fs::read(place.path().join("output/compare/differences.csv")).unwrap(), before);
    inside(place.path(), &format!("{words} --force")).success();
    assert_eq!(fs::read(place.path().join("output/compare/differences.csv")).unwrap(), before);
}

#[test]
fn scenarios_without_common_luck_or_span_are_flagged_where_machines_and_people_look() {
    let place = place();
    let text = fs::read_to_string(place.path().join("paid.toml")).unwrap();
    for (name, from, to) in [
        ("seeded", "burn_in = 10", "burn_in = 10\nseed = 9"),
        ("burnt", "burn_in = 10", "burn_in = 12"),
        ("short", "weeks = 30", "weeks = 20"),
    ] {
        fs::write(place.path().join(format!("{name}.toml")), text.replace(from, to)).unwrap();
    }
    let files = "plain.toml seeded.toml burnt.toml short.toml";
    let run = inside(place.path(), &format!("run {files} --out out --baseline plain")).success();
    let table = differences(place.path(), "out");
    let luck = |name| cell(&table, name, "hires_cold", "luck");
    assert_eq!([luck("seeded"), luck("burnt"), luck("short")], ["other seed", "same seed", "other weeks"]);
    assert_eq!(cell(&table, "seeded", "hires_cold", "pairing"), "not paired");
    assert_eq!(cell(&table, "short", "hires_cold", "n"), "0");
    assert_eq!(cell(&table, "short", "hires_cold", "mean_difference"), "");
    let heard = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    for warning in [
        "seeded and plain have different seeds, 9 and 1",
        "burnt and plain have burn-ins of their own, as they differ in run.burn_in;",
        "short runs for 20 weeks and plain for 30: they are not compared",
    ] {
        assert!(heard.contains(warning), "{heard}");
    }
    assert!(stdout(&run).split("short against plain").nth(1).unwrap().contains("not compared"));
    // Where nobody asks for it, none is held against a market that opens otherwise.
    let run = inside(place.path(), &format!("run {files} --out own")).success();
    let table = differences(place.path(), "own");
    let mut compared = texts(&table, "scenario");
    compared.dedup();
    assert_eq!(compared, ["short"]);
    let heard = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    let said = "seeded and burnt are held against nothing: they do not open as plain does, in which nobody sells (run.burn_in, \
                run.seed)";
    assert!(heard.contains(said), "{heard}");
}

#[test]
fn one_replication_has_differences_but_no_interval_and_no_verdict() {
    let place = place();
    let run = inside(place.path(), "compare plain.toml paid.toml --out out -n 1").success();
    let table = differences(place.path(), "out");
    for column in ["low", "high", "verdict", "p_value", "variance_saved", "pairing"] {
        assert_eq!(texts(&table, column), [""], "{column}");
    }
    assert_eq!(texts(&table, "n"), ["0", "1"]);
    assert_ne!(cell(&table, "paid", "hires_cold", "mean_difference"), "");
    let words = stdout(&run);
    assert!(words.contains("too few to tell") && !words.contains("1 in 20"), "{words}");
    run.stderr(contains("1 replication gives wide intervals or none"));
}

#[test]
fn replications_that_failed_on_one_side_are_left_out_of_the_pairs() {
    let place = place();
    let broken = fs::read_to_string(place.path().join("paid.toml")).unwrap();
    let broken = broken.replace("count = 150\n", "count = 150\nresume_precision = 0.0123\n");
    fs::write(place.path().join("broken.toml"), broken).unwrap();
    inside(place.path(), "compare plain.toml broken.toml paid.toml --out out")
        .code(1)
        .stderr(contains("of broken failed; see outcomes.csv"))
        .stdout(contains("broken against plain"));
    let outcomes = read_table(&place.path().join("out/outcomes.csv")).unwrap();
    let ok = |name: &str| {
        (0..outcomes.len())
            .filter(|&row| outcomes.text(row, 0) == name && outcomes.text(row, 2) == "ok")
            .count()
    };
    assert!(ok("broken") < 8);
    let table = differences(place.path(), "out");
    assert_eq!(cell(&table, "broken", "hires_cold", "n"), ok("broken").to_string());
    assert_eq!(cell(&table, "paid", "hires_cold", "n"), "8");
}

#[test]
fn the_help_of_compare_has_examples() {
    let place = place();
    inside(place.path(), "compare --help").success().stdout(
        contains("introsim compare scenarios/organic.toml scenarios/contingency.toml")
            .and(contains("--baseline")),
    );
}
