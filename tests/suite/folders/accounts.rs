//! The accounts of a folder: the same bytes wherever one stands, and every number in them under a seal.

use std::fs;

use introsim::output::sealed;

use super::{COMMANDS, Place, differences};

#[test]
fn the_bytes_of_a_folder_do_not_depend_on_how_its_inputs_were_named() {
    let place = Place::new();
    // Each way in which inputs are named: scenarios, claims, experiments.
    for command in [COMMANDS[0], COMMANDS[4], COMMANDS[6], COMMANDS[7]] {
        place.run(0, &[command, &["-q", "--out", "near"]].concat());
        let far = place.path("");
        fs::create_dir(far.join("elsewhere")).unwrap();
        let whole: Vec<String> = command
            .iter()
            .map(|word| {
                if word.ends_with(".toml") {
                    far.join(word).display().to_string()
                } else {
                    (*word).to_owned()
                }
            })
            .collect();
        let whole: Vec<&str> = whole.iter().map(String::as_str).collect();
        let mut absolute = place.command(&[&whole[..], &["-q", "--out", "../absolute"]].concat());
        assert!(absolute.current_dir(far.join("elsewhere")).status().unwrap().success());
        let up: Vec<String> = command
            .iter()
            .map(|word| if word.ends_with(".toml") { format!("../{word}") } else { (*word).to_owned() })
            .collect();
        let up: Vec<&str> = up.iter().map(String::as_str).collect();
        let mut relative = place.command(&[&up[..], &["-q", "--out", "../relative"]].concat());
        assert!(relative.current_dir(far.join("elsewhere")).status().unwrap().success());
        for other in ["absolute", "relative"] {
            assert_eq!(
                differences(&place.files("near"), &place.files(other)),
                Vec::<String>::new(),
                "{command:?}"
            );
        }
        for folder in ["near", "absolute", "relative", "elsewhere"] {
            fs::remove_dir_all(place.path(folder)).unwrap();
        }
    }
}

#[test]
fn a_list_of_friendships_is_found_again_from_anywhere_and_named_when_it_changed() {
    let place = Place::new();
    let ring: String = (0..200).map(|worker| format!("{worker},{}\n", (worker + 1) % 200)).collect();
    fs::create_dir(place.path("nets")).unwrap();
    place.write("nets/ring.csv", &ring);
    place.write("ring.toml", &format!("{}[friends]\nedges = \"nets/ring.csv\"\n", super::MARKET));
    place.run(0, &["run", "ring.toml", "-q", "-n", "2", "--out", "out"]);
    let out = place.path("out").display().to_string();
    let elsewhere = tempfile::tempdir().unwrap();
    let mut verify = place.command(&["verify", &out]);
    assert!(verify.current_dir(elsewhere.path()).status().unwrap().success(), "from another folder");
    place.write("nets/ring.csv", &ring.replacen("0,1\n", "0,7\n", 1));
    place.run(2, &["verify", "out"]).says(&["ring.csv is not the list of friendships that was read"]);
    fs::remove_file(place.path("nets/ring.csv")).unwrap();
    place.run(2, &["verify", "out"]).says(&["nets/ring.csv is where it was read no more"]);
    place.run(0, &["verify", "out", "--sample", "0"]);
}

#[test]
fn an_edited_manifest_is_refused_by_whoever_reads_it() {
    let place = Place::new();
    place.run(0, &["run", "market.toml", "-q", "-n", "2", "--out", "out"]);
    place.run(0, &["study", "study.toml", "-q", "--out", "studied"]);
    for (folder, manifest) in [("out", "out/manifest.json"), ("studied", "studied/library/manifest.json")] {
        let good = fs::read_to_string(place.path(manifest)).unwrap();
        place.write(manifest, &good.replacen("hour_value = ", "hour_value = 9", 1));
        for command in ["verify", "chart"] {
            place.run(6, &[command, folder]).says(&["manifest.json is corrupt: its seal does not fit"]);
        }
        if folder == "studied" {
            place
                .run(6, &["study", "study.toml", "-q", "--out", folder, "--resume"])
                .says(&["and --resume makes it again"]);
        } else {
            place.run(6, &["explain", folder]);
            // It says that it is ours, so it may be replaced.
            place.run(0, &["run", "market.toml", "-q", "-n", "2", "--out", folder, "--force"]);
        }
        place.write(manifest, &good);
        place.run(0, &["verify", folder]);
    }
}

#[test]
fn charts_that_are_drawn_again_are_those_that_the_manifest_tells_of() {
    let place = Place::new();
    place.run(0, &["study", "study.toml", "-q", "--out", "out"]);
    let before = place.files("out");
    // As an older program drew it, and told of it in the part and in the study.
    place.write("out/library/charts/welfare.svg", "<svg/>");
    place.run(6, &["verify", "out", "--sample", "0"]);
    let hash = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
    let changed = |name: &str, change: &dyn Fn(&mut serde_json::Value)| {
        let text = fs::read_to_string(place.path(name)).unwrap();
        let mut value = serde_json::from_str(&text).unwrap();
        change(&mut value);
        place.write(name, &sealed(&value));
        sealed(&value)
    };
    let of_part = changed("out/library/manifest.json", &|part| {
        part["outputs"]["charts/welfare.svg"] = hash("<svg/>").into();
    });
    changed("out/manifest.json", &|study| study["parts"][0]["manifest"] = hash(&of_part).into());
    place.run(0, &["verify", "out", "--sample", "0"]);
    place.run(0, &["chart", "out"]);
    place.run(0, &["verify", "out", "--sample", "0"]);
    assert_eq!(differences(&before, &place.files("out")), Vec::<String>::new());
}

#[test]
fn what_a_finished_study_left_behind_is_in_nobodys_way() {
    let place = Place::new();
    place.run(0, &["study", "study.toml", "-q", "--out", "whole"]);
    place.run(0, &["study", "study.toml", "-q", "--out", "out"]);
    // Its plan, a lock, drafts: as a kill after the last file leaves them.
    let mut child = place.spawn(&["study", "study.toml", "-q", "--out", "begun"]);
    super::wait_until("the plan", || place.path("begun/.blocks/plan.json").is_file());
    child.kill().unwrap();
    child.wait().unwrap();
    fs::create_dir(place.path("out/.blocks")).unwrap();
    fs::copy(place.path("begun/.blocks/plan.json"), place.path("out/.blocks/plan.json")).unwrap();
    place.write("out/.blocks/lock", "");
    place.write("out/.writing-abc", "half");
    place.run(0, &["merge", "out"]).says(&["out is merged already"]);
    assert!(!place.path("out/.blocks").exists());
    fs::create_dir(place.path("out/.blocks")).unwrap();
    fs::copy(place.path("begun/.blocks/plan.json"), place.path("out/.blocks/plan.json")).unwrap();
    place.write("out/.writing-abc", "half");
    place.run(0, &["study", "study.toml", "-q", "--out", "out", "--resume"]).says(&["already, finished"]);
    assert_eq!(differences(&place.files("whole"), &place.files("out")), Vec::<String>::new());
}

#[test]
fn a_folder_of_somebody_elses_among_the_blocks_does_not_stop_a_merge() {
    let place = Place::new();
    place.run(0, &["sweep", "map.toml", "-q", "--out", "out", "--shard", "0/2"]);
    place.run(0, &["sweep", "map.toml", "-q", "--out", "out", "--shard", "1/2"]);
    fs::create_dir_all(place.path("out/.blocks/notes.json")).unwrap();
    place.write("out/.blocks/notes.json/mine.txt", "mine");
    place.run(0, &["merge", "out", "-q"]);
    place.run(0, &["verify", "out"]);
    place.run(0, &["merge", "out", "-q"]).says(&["is merged already"]);
    assert_eq!(fs::read_to_string(place.path("out/.blocks/notes.json/mine.txt")).unwrap(), "mine");
}
