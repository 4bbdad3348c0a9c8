//! The commands against bad input, odd folders and changed files.

use std::fs;

use introsim::output::sealed;

use super::{Place, STUDY};

#[test]
fn a_folder_is_neither_overwritten_nor_gone_on_with_unasked() {
    let place = Place::new();
    place.run(0, &["sweep", "study.toml", "-q", "--out", "out", "--shard", "0/2"]);
    let said = place.run(2, &["sweep", "study.toml", "--out", "out"]);
    assert!(said.err.contains("holds an unfinished sweep of this plan; --resume goes on"), "{}", said.err);
    let said = place.run(2, &["sweep", "study.toml", "--out", "out", "--seed", "9"]);
    assert!(
        said.err.contains("unfinished sweep of another plan (other base (seed)); --force"),
        "{}",
        said.err
    );
    let blocks = place.sidecars("out").len();
    assert!(blocks > 0);
    place.run(0, &["sweep", "study.toml", "-q", "--out", "out", "--force", "--seed", "9"]);
    let said = place.run(2, &["sweep", "study.toml", "--out", "out"]);
    assert!(said.err.contains("exists and is not empty; --force replaces"), "{}", said.err);
    place.run(0, &["sweep", "study.toml", "-q", "--out", "out", "--force"]);
    assert!(place.files("out") == place.whole(), "nothing is left of the earlier one");
    fs::create_dir(place.path("mine")).unwrap();
    place.write("mine/letter.txt", "mine");
    for words in [&[][..], &["--force"], &["--resume"], &["--shard", "0/2"]] {
        place.run(2, &[&["sweep", "study.toml", "--out", "mine"], words].concat());
    }
    assert_eq!(place.files("mine").keys().collect::<Vec<_>>(), ["letter.txt"]);
    // The folder of a run is no sweep to go on with, but may be replaced.
    place.run(0, &["run", "market.toml", "-q", "-n", "1", "--out", "run"]);
    place.run(5, &["sweep", "study.toml", "--out", "run", "--resume"]);
    place.run(0, &["sweep", "study.toml", "-q", "--out", "run", "--force"]);
    assert!(place.files("run") == place.files("whole"), "nothing is left of the run");
}

#[test]
fn bad_input_is_told_before_anything_is_made() {
    let place = Place::new();
    place.write("scenario-only.toml", super::MARKET);
    place.write("no-such-knob.toml", &STUDY.replace("contract.upfront", "contract.uprfont"));
    place.write("twice.toml", &STUDY.replace("\"$100\"", "\"$20\""));
    place.write("method.toml", &STUDY.replace("design = \"grid\"", "method = \"morris\"\ntrajectories = 2"));
    place.write(
        "label.toml",
        &STUDY.replace("path = \"contract.upfront\"", "path = \"contract.upfront\"\nlabel = \"verdict\""),
    );
    place.write(
        "rule.toml",
        &STUDY.replace("contract.upfront", "introducers.ties").replace("\"$20\", \"$100\"", "5, 500"),
    );
    let cases: [(&[&str], &str); 13] = [
        (&["nowhere.toml"], "cannot read nowhere.toml"),
        (&["scenario-only.toml"], "is a scenario, not an experiment"),
        (&["no-such-knob.toml"], "did you mean `contract.upfront`?"),
        (&["twice.toml"], "has a value twice"),
        (&["method.toml"], "`introsim sensitivity`"),
        (&["label.toml"], "a knob cannot be called verdict"),
        (&["rule.toml"], "cannot know more decision-makers than there are"),
        (&["study.toml", "--set", "contract.upfront=$5"], "is a knob of the experiment and set besides"),
        (&["study.toml", "--shard", "3/3"], "there is no shard 3 of 3: they are numbered from 0 to 2"),
        (&["study.toml", "--shard", "one"], "takes two whole numbers, as in 0/3"),
        (&["study.toml", "--shard", "0/0"], "takes two whole numbers"),
        (&["study.toml", "--resume", "--force"], "cannot be used with"),
        (&["study.toml", "--shard", "0/2", "--force"], "cannot be used with"),
    ];
    for (words, says) in cases {
        let said = place.run(2, &[&["sweep", "--out", "out"], words].concat());
        assert!(said.err.contains(says), "{words:?}: {}", said.err);
        assert!(!place.path("out").exists(), "{words:?}");
    }
    let said = place.run(2, &["sweep", "study.toml", "--out", "market.toml"]);
    assert!(said.err.contains("market.toml is a file"), "{}", said.err);
    for command in ["merge", "verify"] {
        assert!(place.run(2, &[command, "nowhere"]).err.contains("nowhere is not a folder"));
        fs::create_dir_all(place.path("empty")).unwrap();
        assert!(place.run(2, &[command, "empty"]).err.contains("empty holds no"));
    }
}

#[test]
fn verify_finds_a_changed_file_a_changed_row_and_another_version() {
    let place = Place::new();
    place.whole();
    let said = place.run(0, &["verify", "whole"]);
    assert!(said.out.contains("7 files are what the manifest says"), "{}", said.out);
    assert!(said.out.contains("computed again, the same to the last digit: cell "), "{}", said.out);
    let manifest = fs::read_to_string(place.path("whole/manifest.json")).unwrap();
    let cells = fs::read_to_string(place.path("whole/cells.csv")).unwrap();
    // One digit of one file.
    let other = cells.replacen(",ok,", ",ok ,", 1);
    place.write("whole/cells.csv", &other);
    assert!(place.run(6, &["verify", "whole"]).err.contains("cells.csv is not what was written"));
    // A forger who also mends the hash and the seal does not get past a row that is computed again.
    let hash = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
    let forged = |text: &str| sealed(&serde_json::from_str(text).unwrap());
    place.write("whole/manifest.json", &forged(&manifest.replace(&hash(&cells), &hash(&other))));
    assert!(
        place
            .run(4, &["verify", "whole", "--sample", "24"])
            .err
            .contains("cell 0, replication 0 comes out diff")
    );
    place.write("whole/cells.csv", &cells);
    // The plan belongs to its hash.
    place.write(
        "whole/manifest.json",
        &forged(&manifest.replace("\"kind\": \"sweep\"", "\"kind\": \"sweep\", \"x\": 1")),
    );
    assert!(place.run(6, &["verify", "whole"]).err.contains("holds a plan that does not have its hash"));
    let own = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    place.write("whole/manifest.json", &forged(&manifest.replacen(&own, "\"version\": \"9.9.9\"", 1)));
    assert!(place.run(5, &["verify", "whole"]).err.contains("made by version 9.9.9"));
    place.run(0, &["verify", "whole", "--sample", "0"]);
    fs::remove_file(place.path("whole/map.csv")).unwrap();
    place.write("whole/manifest.json", &manifest);
    assert!(place.run(6, &["verify", "whole"]).err.contains("map.csv is not there"));
}

#[test]
fn verify_computes_rows_of_a_run_again_friends_from_a_file_and_all() {
    let place = Place::new();
    let ring: String = (0..300).map(|worker| format!("{worker},{}\n", (worker + 1) % 300)).collect();
    place.write("ring.txt", &ring);
    place.write("ring.toml", &format!("{}[friends]\nedges = \"ring.txt\"\n", super::MARKET));
    place.run(0, &["run", "ring.toml", "market.toml", "-q", "-n", "2", "--out", "run"]);
    let said = place.run(0, &["verify", "run", "--sample", "4"]);
    assert!(
        said.out.contains("ring, replication 1") && said.out.contains("market, replication 0"),
        "{}",
        said.out
    );
    place.write("study.toml", &STUDY.replace("market.toml", "ring.toml"));
    place.run(0, &["sweep", "study.toml", "-q", "--out", "out", "--shard", "0/1"]);
    place.run(0, &["verify", "out"]);
}

#[test]
fn the_terminal_shows_a_map_and_names_the_files() {
    let place = Place::new();
    let said = place.run(0, &["sweep", "study.toml", "--out", "out"]);
    for text in [
        "does the market last, and placements per 10,000 workers and year where it does",
        "search.applications_unemployed = 1",
        "search.applications_unemployed = 2",
        "screening.stages \\ contract.upfront",
        "$20",
        "wrote out/map.csv",
        "wrote out/cells.csv",
    ] {
        assert!(said.out.contains(text), "{text}: {}", said.out);
    }
    assert!(place.run(0, &["sweep", "study.toml", "-q", "--out", "quiet"]).out.is_empty());
    // Where a map does not fit, a list does.
    let narrow =
        place.command(&["sweep", "study.toml", "--out", "narrow"]).env("COLUMNS", "30").output().unwrap();
    assert!(String::from_utf8(narrow.stdout).unwrap().contains("full-time sellers"));
}

#[test]
fn the_experiment_of_the_readme_and_the_shipped_studies_can_be_swept() {
    let readme = fs::read_to_string("README.md").unwrap();
    let block = readme.split("```toml").find(|block| block.contains("[[knobs]]")).unwrap();
    let place = Place::new();
    fs::create_dir(place.path("studies")).unwrap();
    place.write("studies/readme.toml", block.split("```").next().unwrap());
    for entry in fs::read_dir("scenarios").unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, place.path("").join(path.file_name().unwrap())).unwrap();
        }
    }
    let said = place.run(0, &["check", "studies/readme.toml"]);
    assert!(said.out.contains("a grid of 18 points"), "{}", said.out);
    let mut shipped = 0;
    for entry in fs::read_dir("scenarios/studies").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        fs::copy(&path, place.path("studies").join(&name)).unwrap();
        if fs::read_to_string(&path).unwrap().contains("design = ") {
            place.run(0, &["check", &format!("studies/{name}")]);
            // A glance at each, to the last cell.
            let study = format!("studies/{name}");
            let few = ["-n", "1", "-w", "2", "--set", "run.burn_in=2"];
            let sizes = [
                "workers.count=200",
                "decision_makers.count=40",
                "introducers.count=20",
                "introducers.ties=5",
            ];
            // What a study itself varies cannot be set besides.
            let text = fs::read_to_string(&path).unwrap();
            let is_free = |size: &&str| !text.contains(size.split('=').next().unwrap());
            let small: Vec<&str> =
                sizes.into_iter().filter(is_free).flat_map(|size| ["--set", size]).collect();
            place.run(0, &[&["sweep", &study, "-q", "--out", &name][..], &few, &small].concat());
            shipped += 1;
        }
    }
    assert!(shipped >= 4, "{shipped}");
}
