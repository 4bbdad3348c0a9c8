//! The program against bad input: what it refuses, with which words and which code, and what it must not destroy.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, starts_with};

const SMALL: &str = "title = \"Small\"
[run]
weeks = 4
burn_in = 2
replications = 2
[workers]
count = 100
[decision_makers]
count = 20
[introducers]
count = 10
ties = 5
[sellers]
entry = \"closed\"
share = \"40%\"
[contract]
upfront = \"$20\"
";

/// The program in a folder with a small scenario.
fn inside(place: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    fs::write(place.join("small.toml"), SMALL).unwrap();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
    command
        .current_dir(place)
        .env_remove("COLUMNS")
        .env("INTROSIM_PLANT_FAILURE", "workers.resume_precision=0.0123")
        .args(args)
        .assert()
}

fn place() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn force_never_removes_what_a_run_did_not_write() {
    let place = place();
    inside(place.path(), &["run", "small.toml", "-q", "--out", "out"]).success();
    let out = place.path().join("out");
    for name in ["mine.csv", "charts/photo.png"] {
        fs::write(out.join(name), "mine").unwrap();
    }
    // The second of two forced runs believes the manifest of the first.
    for _ in 0..2 {
        inside(place.path(), &["run", "small.toml", "-q", "--out", "out", "--force"]).success();
    }
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    assert!(!manifest.contains("mine.csv") && !manifest.contains("photo.png"));
    assert!(manifest.contains("charts/market-life.svg") && manifest.contains("weekly.csv"));
    assert_eq!(fs::read_to_string(out.join("mine.csv")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(out.join("charts/photo.png")).unwrap(), "mine");
}

#[test]
fn a_manifest_of_another_program_is_not_ours_to_replace() {
    let place = place();
    fs::create_dir(place.path().join("site")).unwrap();
    let manifest = place.path().join("site/manifest.json");
    fs::write(&manifest, "{\"name\": \"a web page\", \"outputs\": {\"a.csv\": 1}}").unwrap();
    inside(place.path(), &["run", "small.toml", "-q", "--out", "site", "--force"])
        .code(2)
        .stderr(contains("no finished run of this program"));
    assert!(fs::read_to_string(manifest).unwrap().contains("a web page"));
}

#[test]
fn a_place_that_cannot_be_written_to_is_refused_before_anything_runs() {
    let place = place();
    inside(place.path(), &["run", "small.toml", "--out", "small.toml"])
        .code(2)
        .stderr("error: small.toml is a file; give a folder to write to\n");
    let refused = inside(place.path(), &["run", "small.toml", "--out", "small.toml/x"]).code(2);
    // The system's reason is given once.
    let words = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
    assert!(
        words.starts_with("error: cannot create small.toml/x: ") && words.matches("os error").count() == 1
    );
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_could_be_begun_nothing_is_said_to_be_saved() {
    let place = place();
    let refused = inside(place.path(), &["run", "small.toml", "--out", "/proc/nowhere"]).failure();
    let words = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
    assert!(
        words.starts_with("error: cannot create /proc/nowhere") && !words.contains("--resume"),
        "{words}"
    );
}

#[test]
fn a_command_a_letter_off_is_told_the_one_that_was_meant() {
    let place = place();
    for (word, meant) in [("rn", "run"), ("rnu", "run"), ("lst", "list"), ("cmpare", "compare")] {
        inside(place.path(), &[word])
            .code(2)
            .stderr(contains(format!("a similar subcommand exists: '{meant}'")));
    }
    inside(place.path(), &["xq"]).code(2).stderr(contains("similar").not());
}

#[test]
fn who_names_no_file_is_told_where_names_are_found() {
    let place = place();
    for command in ["run", "compare", "check", "sweep", "trace"] {
        inside(place.path(), &[command])
            .code(2)
            .stderr(contains("<FILE>").and(contains("`introsim list` shows scenarios")));
    }
    // These take no scenarios.
    inside(place.path(), &["explain"]).code(2).stderr(contains("introsim list").not());
}

#[test]
fn what_charts_call_a_scenario_names_it_here_too() {
    let place = place();
    inside(place.path(), &["check", "unscreened tenth"]).success().stdout(contains("contingency"));
    inside(place.path(), &["check", "unscreend tenth"])
        .code(2)
        .stderr(contains("did you mean `library:contingency.toml`?"));
    fs::write(
        place.path().join("mine.toml"),
        "title = \"A\"\nshort = \"my own\"\nextends = \"library:contingency\"\n",
    )
    .unwrap();
    inside(place.path(), &["check", "my own"]).success().stdout(contains("mine"));
    inside(place.path(), &["list", "library:"]).success().stdout(contains("“unscreened tenth”: Contingency"));
}

#[test]
fn a_folder_given_for_an_experiment_is_told_what_is_in_it() {
    let place = place();
    inside(place.path(), &["run", "small.toml", "-q", "--out", "out"]).success();
    let study = place.path().join("study");
    fs::create_dir_all(study.join("mine")).unwrap();
    fs::write(study.join("manifest.json"), "{\"parts\": []}").unwrap();
    fs::write(study.join("mine/a.toml"), "").unwrap();
    for command in ["sweep", "flip", "sensitivity", "study"] {
        let told = |folder: &str, what: &str| {
            inside(place.path(), &[command, folder])
                .code(2)
                .stderr(contains("files of experiments and studies are taken here").and(contains(what)));
        };
        told("out", "`introsim explain out` and `introsim chart out` take the folder of a run");
        told("study", "this folder holds a study: its report is study/report.html");
        told("study/mine", "this folder holds a.toml; `introsim list study/mine` shows what it is");
    }
}

#[test]
fn names_of_the_library_do_not_lead_out_of_it() {
    let place = place();
    fs::write(place.path().join("out.toml"), "title = \"A\"\nextends = \"library:../contingency\"\n")
        .unwrap();
    for words in [
        &["run", "library:../contingency"][..],
        &["check", "library:studies/../contingency"],
        &["check", "out.toml"],
    ] {
        inside(place.path(), words)
            .code(2)
            .stderr(contains("go down from its top").and(contains("`..` leads out")));
    }
}

#[test]
fn a_folder_given_for_a_scenario_is_told_what_takes_folders() {
    let place = place();
    inside(place.path(), &["run", "small.toml", "-q", "--out", "out"]).success();
    for words in [&["compare", "out"][..], &["trace", "out", "--interesting"], &["run", "small.toml", "out"]]
    {
        let takes = "scenario files are taken here; `introsim explain out` and `introsim chart out` take the folder of a run";
        inside(place.path(), words).code(2).stderr(contains("this is a folder").and(contains(takes)));
    }
    fs::create_dir(place.path().join("mine")).unwrap();
    inside(place.path(), &["compare", "mine"]).code(2).stderr(contains("`introsim list mine` shows those"));
}

#[test]
fn a_wrong_setting_is_told_once_however_many_scenarios_there_are() {
    let place = place();
    fs::write(place.path().join("other.toml"), SMALL).unwrap();
    for setting in ["contract.uprfont=5", "workers.count=5"] {
        let run = inside(place.path(), &["run", "small.toml", "other.toml", "--set", setting]).code(2);
        let words = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert_eq!(words.matches("error:").count(), 1, "{words}");
    }
}

#[test]
fn numbers_out_of_range_are_told_by_the_name_of_the_option() {
    let place = place();
    for (option, number) in [("--replications", "0"), ("--replications", "-1"), ("--weeks", "99999")] {
        inside(place.path(), &["run", "small.toml", option, number])
            .code(2)
            .stderr(contains(option).and(contains("takes a whole number, 1 to ")));
    }
    inside(place.path(), &["run", "small.toml", "--threads", "0"]).code(2).stderr(contains("--threads"));
    inside(place.path(), &["facts", "small.toml", "--fit", "0"]).code(2).stderr(contains("--fit"));
}

#[test]
fn names_that_no_chart_can_show_are_refused_at_once() {
    let place = place();
    fs::write(place.path().join("es\u{1b}c.toml"), SMALL).unwrap();
    inside(place.path(), &["run", "es\u{1b}c.toml", "--out", "out"])
        .code(2)
        .stderr(starts_with("error: `es\\u{1b}c` cannot be the name of a scenario"));
    assert!(!place.path().join("out").exists());
    inside(place.path(), &["new", ".toml"]).code(2).stderr(contains("is no name for a scenario"));
}

#[test]
fn awkward_names_are_carried_through_tables_and_charts() {
    let place = place();
    let name = "a,b \"c\" <&> größe-市場";
    fs::write(place.path().join(format!("{name}.toml")), SMALL).unwrap();
    inside(place.path(), &["run", &format!("{name}.toml"), "-q", "--out", "out"]).success();
    let table = introsim::output::read_table(&place.path().join("out/outcomes.csv")).unwrap();
    assert_eq!(table.text(0, 0), name);
    inside(place.path(), &["chart", "out"]).success();
}

#[cfg(unix)]
#[test]
fn a_command_line_that_is_not_utf_8_is_no_bug() {
    use std::os::unix::ffi::OsStrExt;
    let place = place();
    fs::write(place.path().join("small.toml"), SMALL).unwrap();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
    command.current_dir(place.path()).args(["run", "small.toml", "-q", "--out"]);
    command.arg(std::ffi::OsStr::from_bytes(b"out\xff")).assert().success();
}

#[test]
fn a_replication_that_fails_does_not_stop_the_others() {
    let place = place();
    let broken = SMALL.replace("count = 100\n", "count = 100\nresume_precision = 0.0123\n");
    let broken = broken.replace("weeks = 4\n", "weeks = 40\n");
    fs::write(place.path().join("broken.toml"), broken).unwrap();
    inside(place.path(), &["run", "broken.toml", "small.toml", "--out", "out"])
        .code(1)
        .stderr(contains("of broken failed; see outcomes.csv"))
        .stdout(contains("Tables and charts are in out"));
    let table = introsim::output::read_table(&place.path().join("out/outcomes.csv")).unwrap();
    let status = |name: &str| -> Vec<String> {
        let rows = (0..table.len()).filter(|&row| table.text(row, 0) == name);
        rows.map(|row| table.text(row, 2).to_owned()).collect()
    };
    assert_eq!(status("small"), ["ok", "ok"]);
    assert!(status("broken").iter().any(|status| status.contains("week")), "{:?}", status("broken"));
}

#[test]
fn the_table_fits_the_terminal() {
    let place = place();
    let files = ["one", "two", "three", "four"].map(|name| format!("{name}-with-a-rather-long-name.toml"));
    for file in &files {
        fs::write(place.path().join(file), SMALL).unwrap();
    }
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
    command.current_dir(place.path()).env("COLUMNS", "80").arg("run").args(&files).args(["--out", "out"]);
    let run = command.assert().success();
    let words = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let ruled: Vec<usize> = words.lines().filter(|l| l.starts_with('─')).map(|l| l.chars().count()).collect();
    assert!(ruled.len() >= 4 && ruled.iter().all(|&width| width <= 80), "{ruled:?}");
    for file in &files {
        assert!(words.contains(file.trim_end_matches(".toml")));
    }
}

#[test]
fn where_scenarios_take_more_than_one_table_the_one_they_are_held_against_stands_in_each() {
    let place = place();
    for name in ["one", "two", "three"] {
        fs::write(place.path().join(format!("{name}.toml")), SMALL).unwrap();
    }
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
    command.current_dir(place.path()).env("COLUMNS", "80").args([
        "run",
        "one.toml",
        "two.toml",
        "three.toml",
    ]);
    let run = command.args(["--baseline", "two", "--out", "out"]).assert().success();
    let words = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let heads: Vec<Vec<&str>> = words
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("all weeks, mean [95 %]"))
        .map(|names| names.split_whitespace().collect())
        .collect();
    assert_eq!(heads, [["two", "one"], ["two", "three"]], "{words}");
}

#[test]
fn a_folder_without_tables_has_nothing_to_draw() {
    let place = place();
    fs::create_dir(place.path().join("empty")).unwrap();
    inside(place.path(), &["chart", "empty"]).code(2).stderr(contains("no table to draw"));
    fs::write(place.path().join("empty/weekly.csv"), "").unwrap();
    inside(place.path(), &["chart", "empty"]).code(1).stderr(contains("weekly.csv: the file is empty"));
}

#[test]
fn the_manifest_hashes_a_file_of_friendships_too() {
    let place = place();
    fs::write(place.path().join("graph.csv"), "0,1\n").unwrap();
    fs::write(place.path().join("friends.toml"), format!("{SMALL}[friends]\nedges = \"graph.csv\"\n"))
        .unwrap();
    inside(place.path(), &["run", "friends.toml", "small.toml", "-q", "--out", "out"]).success();
    let manifest = introsim::output::Manifest::read(&place.path().join("out")).unwrap().unwrap();
    assert_eq!(manifest["inputs"]["graph.csv"], blake3::hash(b"0,1\n").to_hex().as_str());
}
