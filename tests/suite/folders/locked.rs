//! One folder, one command at work in it.

use std::fs;

use super::{COMMANDS, Place, differences, wait_until};

#[cfg(unix)]
#[test]
fn whoever_comes_second_is_told_who_holds_the_folder_and_since_when() {
    let place = Place::new();
    place.run(0, &["run", "market.toml", "-q", "--out", "out"]);
    let before = place.shown("out");
    let mut child = place.spawn(&["run", "market.toml", "-q", "--out", "out", "--force", "-n", "5000"]);
    wait_until("pieces", || place.saved("out") > 0);
    let holder = format!("another introsim is at work in out (process {} on ", child.id());
    let validate: &[&str] = &["validate", "--graph", "pair.csv"];
    place.write("pair.csv", "0,1\n");
    for command in COMMANDS.into_iter().chain([validate, &["study", "study.toml"]]) {
        for more in [&[][..], &["--force"], &["--resume"]] {
            let words = [command, &["-q", "--out", "out"], more].concat();
            if words[0] == "validate" {
                // Its files are beside the program's scenarios; the lock is looked at before.
                continue;
            }
            place.run(2, &words).says(&[&holder, ", since 20"]);
        }
    }
    place.run(2, &["chart", "out"]).says(&[&holder]);
    assert_eq!(differences(&before, &place.shown("out")), Vec::<String>::new());
    place
        .run(0, &["verify", "out"])
        .says(&["also holds unfinished work"])
        .prints(&["files are what the manifest says"]);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_refusal_leaves_a_folder_as_it_was() {
    let place = Place::new();
    fs::create_dir(place.path("mine")).unwrap();
    place.write("mine/letter.txt", "mine");
    for command in COMMANDS.into_iter().chain([&["study", "study.toml"][..]]) {
        for more in [&[][..], &["--force"], &["--resume"]] {
            place.run(2, &[command, &["-q", "--out", "mine"], more].concat());
            assert_eq!(place.files("mine").keys().collect::<Vec<_>>(), ["letter.txt"]);
            assert!(!place.path("mine/.blocks").exists());
        }
    }
}

#[test]
fn a_place_that_cannot_be_written_to_has_one_code_in_every_command() {
    let place = Place::new();
    place.write("file", "not a folder");
    for command in COMMANDS.into_iter().chain([&["study", "study.toml"][..]]) {
        place.run(2, &[command, &["-q", "--out", "file/x"]].concat()).says(&["cannot create file/x"]);
        place.run(2, &[command, &["-q", "--out", "file"]].concat()).says(&["file is a file"]);
    }
}
