//! What is already in a folder, what fails on the way, and the commands that read a study's folder afterwards.

use std::fs;

use super::{MARKET, PARTS, Place, differences};

/// Two parts that take next to no time.
const FEW: &str = "title = \"Few\"
[library]
scenarios = [\"organic.toml\", \"market.toml\"]
replications = 2
[map]
file = \"map.toml\"
replications = 1
[facts]
scenarios = [\"organic.toml\"]
replications = 2
";

#[test]
fn a_folder_that_exists_is_neither_replaced_nor_gone_on_with_unasked() {
    let place = Place::with(FEW);
    let study = |more: &[&'static str]| [&["study", "small.toml", "-q", "--out", "out"], more].concat();
    place.run(0, &study(&[]));
    let whole = place.files("out");
    place.run(2, &study(&[])).says(&["out", "--force"]);
    place.run(0, &study(&["--resume"])).says(&["out holds this study already, finished"]);
    place.run(5, &study(&["--resume", "--seed", "2"])).says(&["another plan", "seed"]);
    place.run(5, &study(&["--resume", "--full"])).says(&["another plan", "effort"]);
    place.write("small.toml", &FEW.replace("replications = 1", "replications = 2"));
    place.run(5, &study(&["--resume"])).says(&["another plan", "study file, map"]);
    place.run(2, &["study", "small.toml", "--out", "out", "--resume", "--force"]).says(&["--force"]);
    assert_eq!(differences(&whole, &place.files("out")), Vec::<String>::new(), "something was touched");
    place.write("small.toml", FEW);
    place.run(0, &study(&["--force", "--seed", "2"]));
    assert!(!differences(&whole, &place.files("out")).is_empty());
    place.run(0, &study(&["--force"]));
    assert_eq!(differences(&whole, &place.files("out")), Vec::<String>::new());
    // A scenario that says something else is another study too.
    place.write("organic.toml", &format!("# A remark.\n{}", super::ORGANIC));
    place.run(5, &study(&["--resume"])).says(&["another plan", "library, facts"]);
}

/// A budget of a study goes to its maps, is part of the plan, and is refused where it buys nothing.
#[test]
fn a_budget_of_a_study_is_spent_on_its_maps_alike_by_any_number_of_threads() {
    let place = Place::with(FEW);
    let study = |more: &[&'static str]| [&["study", "small.toml", "-q"], more].concat();
    place.run(2, &study(&["--out", "no", "--budget", "1M"])).says(&["nothing to spend it on", "`looks`"]);
    place.write("small.toml", &FEW.replace("replications = 1", "replications = 2\nlooks = 2"));
    place
        .run(2, &study(&["--out", "no", "--budget", "10"]))
        .says(&["what this study does in any case takes"]);
    assert!(!place.path("no").exists());
    place.run(0, &study(&["--out", "one", "--budget", "1M", "--threads", "1"]));
    place.run(0, &study(&["--out", "two", "--budget", "1M", "--threads", "7"]));
    assert_eq!(differences(&place.files("one"), &place.files("two")), Vec::<String>::new());
    place.run(5, &study(&["--out", "one", "--budget", "2M", "--resume"])).says(&["another plan", "budget"]);
    place.run(0, &study(&["--out", "one", "--budget", "5min", "--resume"])).says(&["finished"]);
    let manifest = fs::read_to_string(place.path("one/map/manifest.json")).unwrap();
    assert!(manifest.contains("\"budget\""), "{manifest}");
    place.run(0, &["verify", "one/map"]);
}

#[test]
fn force_never_removes_a_file_that_no_run_wrote() {
    let place = Place::with(FEW);
    fs::create_dir(place.path("mine")).unwrap();
    place.write("mine/notes.txt", "mine");
    place.run(2, &["study", "small.toml", "--out", "mine", "--force"]).says(&["mine"]);
    place.run(0, &["study", "small.toml", "-q", "--out", "out"]);
    fs::write(place.path("out/notes.txt"), "mine").unwrap();
    place.run(0, &["study", "small.toml", "-q", "--out", "out", "--force"]);
    fs::write(place.path("out/library/notes.txt"), "mine").unwrap();
    let before = place.files("out");
    place.run(2, &["study", "small.toml", "-q", "--out", "out", "--force"]).says(&["out/library/notes.txt"]);
    assert_eq!(differences(&before, &place.files("out")), Vec::<String>::new());
    place.write("file", "");
    place.run(2, &["study", "small.toml", "--out", "file"]).says(&["file is a file; give a folder"]);
}

#[test]
fn a_part_that_fails_does_not_end_the_study_and_can_be_tried_again() {
    let place = Place::with(FEW);
    place.run(0, &["study", "small.toml", "-q", "--out", "whole"]);
    place.run(0, &["study", "small.toml", "-q", "--out", "out"]);
    // The part is not there, and where it would be made lies a file.
    fs::remove_dir_all(place.path("out/library")).unwrap();
    fs::remove_dir_all(place.path("out/facts")).unwrap();
    fs::write(place.path("out/.library"), "in the way").unwrap();
    // Of the other one something is left, as of a study that was killed while it wrote.
    fs::create_dir(place.path("out/.facts")).unwrap();
    fs::write(place.path("out/.facts/facts.csv"), "half").unwrap();
    let said = place.run(1, &["study", "small.toml", "--out", "out", "--resume"]);
    said.says(&["error: library: out/.library is a file", "what failed can be tried again: introsim study"]);
    assert!(said.out.contains("failed") && said.out.contains("done before"), "{}", said.out);
    assert!(place.path("out/facts/facts.csv").is_file(), "the rest was run");
    let manifest: serde_json::Value = serde_json::from_str(&place.read("out/manifest.json")).unwrap();
    assert!(manifest["parts"][0]["manifest"].is_null() && manifest["parts"][1]["manifest"].is_string());
    place.run(1, &["verify", "out", "--sample", "0"]).says(&["library failed when the study was made"]);
    fs::remove_file(place.path("out/.library")).unwrap();
    place.run(0, &["study", "small.toml", "-q", "--out", "out", "--resume"]);
    assert_eq!(differences(&place.files("whole"), &place.files("out")), Vec::<String>::new());
}

#[test]
fn a_replication_that_fails_is_told_and_the_code_is_1_however_often_the_study_is_resumed() {
    // The facts are of a market of their own, in which nothing fails.
    let facts =
        FEW.replace("[facts]\nscenarios = [\"organic.toml\"]", "[facts]\nscenarios = [\"sound.toml\"]");
    assert_ne!(facts, FEW);
    let place = Place::with(&facts);
    place.write("sound.toml", MARKET);
    place.write("market.toml", &MARKET.replace("count = 300\n", "count = 300\nresume_precision = 0.0123\n"));
    let said = place.run(1, &["study", "small.toml", "--out", "out"]);
    said.says(&["warning: library: ", "of market failed; see outcomes.csv"]);
    assert!(said.out.contains("in part: some runs failed"), "{}", said.out);
    fs::remove_dir_all(place.path("out/facts")).unwrap();
    place.run(1, &["study", "small.toml", "-q", "--out", "out", "--resume"]);
}

#[test]
fn the_terminal_tells_each_part_as_it_begins_and_lists_them_in_the_end() {
    let place = Place::with(FEW);
    let said = place.run(0, &["study", "small.toml", "--out", "out"]);
    said.says(&[
        "[1/3] library: 2 markets on the same luck, twice each",
        "[2/3] map: 10 settings of",
        "[3/3] facts: ",
    ]);
    for text in ["part", "what was run", "out/library", "out/map", "done"] {
        assert!(said.out.contains(text), "{text}: {}", said.out);
    }
    let quiet = place.run(0, &["study", "small.toml", "-q", "--out", "quiet"]);
    assert_eq!(quiet.out, "");
    assert!(quiet.err.lines().all(|line| line.starts_with("warning: ")), "{}", quiet.err);
    let help = place.run(0, &["study", "--help"]).out;
    assert!(help.contains("introsim study --quick"), "{help}");
}

#[test]
fn verify_and_chart_see_to_every_part_of_a_study() {
    let place = Place::new();
    place.run(0, &["study", "small.toml", "-q", "--out", "out"]);
    let said = place.run(0, &["verify", "out", "--sample", "1"]);
    for part in PARTS {
        assert!(said.out.contains(&format!("{part}:\n")), "{part}: {}", said.out);
    }
    assert_eq!(said.out.matches("files are what the manifest says").count(), PARTS.len());
    assert!(said.out.contains("computed again"), "{}", said.out);
    let before = place.files("out");
    fs::remove_file(place.path("out/library/charts/market-life.svg")).unwrap();
    place
        .run(6, &["verify", "out", "--sample", "0"])
        .says(&["out/library/charts/market-life.svg is not there"]);
    let drawn = place.run(0, &["chart", "out"]).out;
    assert!(drawn.contains("library/market-life: "), "{drawn}");
    assert_eq!(differences(&before, &place.files("out")), Vec::<String>::new());
    // The manifest of a part is bound by that of the study.
    let manifest = place.read("out/flip/manifest.json");
    fs::write(place.path("out/flip/manifest.json"), manifest.replace("\"seed\": 5", "\"seed\": 6")).unwrap();
    place
        .run(6, &["verify", "out", "--sample", "0"])
        .says(&["out/flip/manifest.json is not what was written"]);
}

#[test]
fn a_study_is_neither_replaced_by_another_command_nor_made_of_parts_of_another_plan() {
    let place = Place::with(FEW);
    place.run(0, &["study", "small.toml", "-q", "--out", "out"]);
    for command in [&["run", "market.toml"][..], &["sweep", "map.toml"], &["validate", "--graph", "pair.csv"]]
    {
        place.write("pair.csv", "0,1\n");
        let said = place.run(2, &[command, &["-q", "--out", "out", "--force"]].concat());
        if command[0] != "validate" {
            said.says(&["out holds a study; choose another folder"]);
        }
        assert!(place.path("out/report.html").is_file() && place.path("out/manifest.json").is_file());
    }
    // Where the study's own account is gone, its parts are not taken for those of the next one.
    fs::remove_file(place.path("out/manifest.json")).unwrap();
    place.run(0, &["run", "market.toml", "-q", "--out", "fresh"]);
    fs::copy(place.path("fresh/manifest.json"), place.path("out/manifest.json")).unwrap();
    place.run(0, &["study", "small.toml", "-q", "--out", "out", "--seed", "9", "--force"]);
    let manifest: serde_json::Value = serde_json::from_str(&place.read("out/library/manifest.json")).unwrap();
    assert_eq!(manifest["seed"], 9, "the library is of the new study");
}

#[test]
fn a_damaged_part_is_named_and_no_report_is_made_of_it() {
    let place = Place::with(FEW);
    place.run(0, &["study", "small.toml", "-q", "--out", "whole"]);
    place.run(0, &["study", "small.toml", "-q", "--out", "out"]);
    let table = place.path("out/library/outcomes.csv");
    fs::write(&table, place.read("out/library/outcomes.csv") + "junk").unwrap();
    let said = place.run(6, &["study", "small.toml", "-q", "--out", "out", "--resume"]);
    said.says(&[
        "outcomes.csv is corrupt: it is not what was written; remove out/library and --resume makes it again",
    ]);
    place.run(6, &["chart", "out"]).says(&["outcomes.csv is corrupt", "nothing is drawn from it"]);
    fs::remove_file(&table).unwrap();
    place.run(6, &["study", "small.toml", "-q", "--out", "out", "--resume"]).says(&["it is not there"]);
    fs::remove_dir_all(place.path("out/library")).unwrap();
    fs::write(place.path("out/library"), "a file").unwrap();
    place.run(2, &["study", "small.toml", "-q", "--out", "out", "--resume"]).says(&["out/library is a file"]);
    fs::remove_file(place.path("out/library")).unwrap();
    place.run(0, &["study", "small.toml", "-q", "--out", "out", "--resume"]);
    assert_eq!(differences(&place.files("whole"), &place.files("out")), Vec::<String>::new());
}

#[test]
fn a_manifest_that_names_a_place_outside_leads_nowhere() {
    let place = Place::with(FEW);
    place.run(0, &["run", "market.toml", "-q", "--out", "victim"]);
    fs::create_dir(place.path("out")).unwrap();
    let program = "\"command\":\"study\",\"program\":\"introsim\",\"format\":1";
    place.write("out/manifest.json", &format!("{{{program},\"parts\":[{{\"name\":\"../victim\"}}]}}"));
    place.run(0, &["study", "small.toml", "-q", "--out", "out", "--force"]);
    assert!(place.path("victim/manifest.json").is_file(), "a folder beside the study is nobody's to remove");
}

/// Whoever read may go away, as `head` does: the folder is made whole, and the code is that of the work.
#[test]
fn a_reader_that_goes_away_stops_no_work_and_changes_no_code() {
    let place = Place::with(FEW);
    let unread = |words: &[&str]| {
        let mut child = place.command(words).stdout(std::process::Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        child.wait().unwrap().code()
    };
    place.run(0, &["study", "small.toml", "-q", "--out", "read"]);
    assert_eq!(unread(&["study", "small.toml", "--out", "unread"]), Some(0));
    assert_eq!(differences(&place.files("read"), &place.files("unread")), Vec::<String>::new());
    // One in which a replication fails, and a folder of which a byte was changed.
    let fails = [
        "run",
        "organic.toml",
        "market.toml",
        "-n",
        "2",
        "--set",
        "workers.resume_precision=0.0123",
        "--out",
    ];
    assert_eq!(unread(&[&fails[..], &["failing"]].concat()), Some(1));
    assert!(place.path("failing").join("differences.csv").is_file());
    place.write("unread/map/map.csv", "cell\n");
    assert_eq!(unread(&["verify", "unread/map"]), Some(6));
    for words in [&["list"][..], &["explain", "read/library"], &["schema"]] {
        assert_eq!(unread(words), Some(0), "{words:?}");
    }
}
