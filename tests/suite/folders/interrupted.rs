//! Every long command, killed and stopped at whatever moment, goes on and ends with the bytes of one that was not.

use std::process::Command;
use std::time::Duration;

use super::{COMMANDS, Place, differences, wait_until};

/// Numbers from a seed, below a bound.
struct Luck(u64);

impl Luck {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

#[cfg(unix)]
#[test]
fn any_command_killed_at_random_moments_and_resumed_is_the_command_that_was_not() {
    let place = Place::new();
    let mut luck = Luck(7);
    for command in COMMANDS {
        let (out, whole) = ("out", "whole");
        place.run(0, &[command, &["-q", "--out", whole]].concat());
        let words = [command, &["-q", "--out", out, "--resume", "--threads", "2"]].concat();
        let mut before = 0;
        for _ in 0..3 {
            let mut child = place.spawn(&words);
            let wait = luck.below(300);
            let more = before + luck.below(3) as usize;
            wait_until("pieces", || place.saved(out) >= more || child.try_wait().unwrap().is_some());
            std::thread::sleep(Duration::from_millis(wait));
            child.kill().unwrap();
            let is_done = child.wait().unwrap().success();
            assert!(
                is_done || place.saved(out) >= before || place.path(out).join("manifest.json").exists(),
                "lost"
            );
            before = place.saved(out);
        }
        place.run(0, &words);
        assert_eq!(differences(&place.files(whole), &place.files(out)), Vec::<String>::new(), "{command:?}");
        place.run(0, &words).says(&["already, finished"]);
        for folder in [out, whole] {
            std::fs::remove_dir_all(place.path(folder)).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_what_is_saved_is_told_where_anything_is() {
    let place = Place::new();
    let words = ["run", "market.toml", "-q", "-n", "2000", "-o", "out", "--resume"];
    // No file may have more than a block of the shell's; without the signal, writing more is an error like a full disk.
    let tight = || {
        let program = assert_cmd::cargo::cargo_bin!("introsim").display().to_string();
        let line = format!("trap '' XFSZ; ulimit -f 8; exec {program} {}", words.join(" "));
        let full = Command::new("sh").args(["-c", &line]).current_dir(place.path("")).output().unwrap();
        super::Said::of(full).expect(1, &line).err
    };
    let err = tight();
    assert_eq!(place.saved("out"), 0);
    assert!(err.starts_with("error: cannot write out/.blocks/"), "nothing is saved: {err}");
    let mut child = place.spawn(&words);
    wait_until("pieces", || place.saved("out") > 0);
    child.kill().unwrap();
    child.wait().unwrap();
    let err = tight();
    assert!(
        err.contains(" of the run are saved in out; when this is mended, go on with: introsim run "),
        "{err}"
    );
}

#[cfg(unix)]
#[test]
fn a_signal_saves_what_is_finished_and_the_line_that_is_told_goes_on() {
    let place = Place::new();
    place.run(0, &["run", "market.toml", "-q", "--out", "whole", "-n", "30"]);
    for (signal, out) in [("-INT", "it's by hand"), ("-TERM", "by-system"), ("-HUP", "gone")] {
        let child = place.spawn(&["run", "market.toml", "-q", "-n", "30", "-o", out, "--threads", "1"]);
        wait_until("pieces", || place.saved(out) > 0);
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        let said = super::Said::of(child.wait_with_output().unwrap()).expect(75, signal);
        assert!(
            said.err.starts_with("stopped; ") && said.err.contains(" of the run are saved in "),
            "{}",
            said.err
        );
        assert!(place.shown(out).is_empty());
        place.run(2, &["chart", out]).says(&["holds unfinished work"]);
        let rest = place.run(3, &["merge", out]);
        rest.says(&[
            "of 30 blocks are missing",
            "the rest on one machine: introsim run market.toml",
            "--resume",
        ]);
        place.run(3, &["verify", out]).prints(&["of unfinished work are what was written"]);
        place
            .run(2, &["run", "market.toml", "-q", "-n", "30", "-o", out])
            .says(&["holds an unfinished run of this plan; --resume"]);
        place
            .run(5, &["run", "market.toml", "-q", "-n", "30", "-o", out, "--resume", "--seed", "4"])
            .says(&["belongs to another plan: other market (seed)"]);
        place
            .run(2, &["sweep", "map.toml", "-q", "-o", out])
            .says(&["unfinished work of another command; --force"]);
        let pieces = place.saved(out);
        let line = said.err.lines().last().unwrap().strip_prefix("go on with: introsim ").unwrap().to_owned();
        assert!(line.ends_with(" --resume"), "{line}");
        place.shell(0, &format!("{{}} {line}"));
        assert!(pieces > 0);
        assert_eq!(differences(&place.files("whole"), &place.files(out)), Vec::<String>::new(), "{signal}");
    }
}

#[test]
fn pieces_that_are_kept_are_not_computed_again_and_a_flipped_bit_in_them_is_found() {
    let place = Place::new();
    let mut child = place.spawn(&["run", "market.toml", "-q", "--out", "out", "-n", "30", "--threads", "1"]);
    wait_until("pieces", || place.saved("out") > 0);
    child.kill().unwrap();
    child.wait().unwrap();
    let blocks = std::fs::read_dir(place.path("out/.blocks")).unwrap();
    let data =
        blocks.map(|entry| entry.unwrap().path()).find(|path| path.extension().is_some_and(|e| e == "csv"));
    let data = data.unwrap();
    let good = std::fs::read(&data).unwrap();
    let mut bad = good.clone();
    bad[good.len() / 2] ^= 4;
    std::fs::write(&data, &bad).unwrap();
    let resume = ["run", "market.toml", "-q", "--out", "out", "-n", "30", "--resume"];
    place.run(6, &resume).says(&["is corrupt: block ", "--resume computes their blocks again"]);
    place.run(6, &["verify", "out"]);
    std::fs::write(&data, &good).unwrap();
    place.run(0, &resume);
}
