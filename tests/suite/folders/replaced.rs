//! `--force` replaces a result by another one, and never by nothing.

use std::fs;

use super::{COMMANDS, Place, differences, wait_until};

/// Replications after which no command is done before it is stopped.
const LONG: &str = "60";

#[cfg(unix)]
#[test]
fn what_was_there_stays_until_the_new_result_is_whole() {
    let place = Place::new();
    place.run(0, &["run", "organic.toml", "market.toml", "-q", "--out", "out", "-n", "2"]);
    let before = place.shown("out");
    for command in COMMANDS {
        let forced =
            [command, &["-q", "--out", "out", "--force", "--seed", "9", "-n", LONG, "--threads", "1"]]
                .concat();
        let mut child = place.spawn(&forced);
        wait_until("pieces", || place.saved("out") > 0 || child.try_wait().unwrap().is_some());
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(place.saved("out") > 0, "{command:?} was quicker than the test");
        assert_eq!(differences(&before, &place.shown("out")), Vec::<String>::new(), "{command:?}");
        place.run(0, &["verify", "out", "--sample", "0"]).says(&["also holds unfinished work"]);
        place.run(0, &["chart", "out"]).says(&["also holds unfinished work"]);
        place.run(2, &[command, &["-q", "--out", "out", "--seed", "9", "-n", LONG]].concat()).says(&[
            "and a finished run that it was to replace; --resume goes on with it, --force starts anew",
        ]);
        fs::remove_dir_all(place.path("out/.blocks")).unwrap();
    }
    // The last of them goes on, and then nothing is left of the first.
    let last = COMMANDS[COMMANDS.len() - 1];
    let begun =
        [last, &["-q", "--out", "out", "--force", "--seed", "9", "-n", LONG, "--threads", "1"]].concat();
    let mut child = place.spawn(&begun);
    wait_until("pieces", || place.saved("out") > 0);
    child.kill().unwrap();
    child.wait().unwrap();
    place.run(0, &[last, &["-q", "--out", "out", "--resume", "--seed", "9", "-n", LONG]].concat());
    place.run(0, &[last, &["-q", "--out", "whole", "--seed", "9", "-n", LONG]].concat());
    assert_eq!(differences(&place.files("whole"), &place.files("out")), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_leaves_the_earlier_result_and_what_was_finished() {
    let place = Place::new();
    for command in COMMANDS {
        let (out, whole) = ("out", "whole");
        place.run(0, &[command, &["-q", "--out", whole]].concat());
        // With files of one block of the shell's nothing is begun; of a hundred, tables do not fit.
        for blocks in [0, 8] {
            let words = [command, &["-q", "--out", out]].concat().join(" ");
            let said = place.shell(1, &format!("trap '' XFSZ; ulimit -f {blocks}; exec {{}} {words}"));
            assert!(said.err.contains("cannot "), "{}", said.err);
            assert!(place.shown(out).is_empty(), "{command:?}: {:?}", place.shown(out).keys());
        }
        place.run(2, &["chart", out]);
        place.run(0, &[command, &["-q", "--out", out, "--resume"]].concat());
        assert_eq!(differences(&place.files(whole), &place.files(out)), Vec::<String>::new(), "{command:?}");
        // The same over a result that is there.
        let forced = [command, &["-q", "--out", out, "--force", "--seed", "9"]].concat().join(" ");
        place.shell(1, &format!("trap '' XFSZ; ulimit -f 8; exec {{}} {forced}"));
        assert_eq!(differences(&place.files(whole), &place.shown(out)), Vec::<String>::new(), "{command:?}");
        for folder in [out, whole] {
            fs::remove_dir_all(place.path(folder)).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn a_study_that_is_replaced_waits_aside_until_the_new_one_is_whole() {
    let place = Place::new();
    place.run(0, &["study", "study.toml", "-q", "--out", "out"]);
    place.run(0, &["study", "study.toml", "-q", "--out", "whole", "--seed", "9"]);
    let before = place.shown("out");
    for _ in 0..2 {
        let mut child = place.spawn(&["study", "study.toml", "-q", "--out", "out", "--force", "--seed", "9"]);
        wait_until("the first part", || place.path("out/.library").is_dir());
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(differences(&before, &place.shown("out/.earlier")), Vec::<String>::new());
    }
    place.run(0, &["verify", "out/.earlier"]);
    place.run(0, &["study", "study.toml", "-q", "--out", "out", "--resume", "--seed", "9"]);
    assert_eq!(differences(&place.files("whole"), &place.files("out")), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_result_that_was_whole_when_the_program_was_killed_is_put_in_place_by_whoever_comes_next() {
    let place = Place::new();
    place.run(0, &["run", "market.toml", "-q", "--out", "new", "-n", "2", "--seed", "9"]);
    for next in [
        &["run", "market.toml", "-q", "--out", "out", "-n", "2", "--seed", "9", "--resume"][..],
        &["chart", "out"],
        &["verify", "out"],
    ] {
        place.run(0, &["run", "organic.toml", "market.toml", "-q", "--out", "out", "-n", "2"]);
        // As a kill in the midst of the renames leaves it: some files are in place, and the manifest is not.
        fs::create_dir_all(place.path("out/.blocks/made/charts")).unwrap();
        for name in place.files("new").keys().map(String::as_str).chain(["provenance.json"]) {
            fs::copy(place.path("new").join(name), place.path("out/.blocks/made").join(name)).unwrap();
        }
        fs::rename(place.path("out/.blocks/made/weekly.csv"), place.path("out/weekly.csv")).unwrap();
        place.run(0, next);
        assert_eq!(differences(&place.files("new"), &place.files("out")), Vec::<String>::new(), "{next:?}");
        fs::remove_dir_all(place.path("out")).unwrap();
    }
}
