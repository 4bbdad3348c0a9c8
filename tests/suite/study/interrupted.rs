//! Killed and stopped studies go on, and end with the bytes of one that was not; so do other numbers of threads.

use std::fs;
use std::process::Command;
use std::time::Duration;

use super::{PARTS, Place, Said, differences, wait_until};

/// Slow enough to be stopped on the way.
fn slow() -> Place {
    let place = Place::new();
    place.write("market.toml", &super::MARKET.replace("count = 300", "count = 450"));
    place.run(0, &["study", "small.toml", "-q", "--out", "whole", "--threads", "1"]);
    place
}

/// Parts in their places.
fn done(place: &Place, folder: &str) -> usize {
    PARTS.iter().filter(|part| place.path(folder).join(part).is_dir()).count()
}

/// Numbers from a seed, below a bound.
struct Luck(u64);

impl Luck {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

#[test]
fn threads_do_not_change_a_byte_of_a_study() {
    let place = Place::new();
    let written = |threads: &str| {
        let out = format!("threads-{threads}");
        place.run(0, &["study", "small.toml", "-q", "--out", &out, "--threads", threads]);
        place.files(&out)
    };
    let one = written("1");
    for threads in ["2", "7"] {
        assert_eq!(differences(&one, &written(threads)), Vec::<String>::new(), "{threads} threads");
    }
}

#[cfg(unix)]
#[test]
fn a_study_killed_at_random_moments_and_resumed_is_the_study_that_was_not() {
    let place = slow();
    let whole = place.files("whole");
    for seed in [1, 2] {
        let mut luck = Luck(seed);
        let out = format!("killed-{seed}");
        let words = [
            "study",
            "small.toml",
            "-q",
            "--out",
            &out,
            "--resume",
            "--threads",
            ["2", "7"][seed as usize - 1],
        ];
        let mut marks = Vec::new();
        for _ in 0..6 {
            let before = done(&place, &out);
            let mut child = place.spawn(&words);
            // A random moment after so many more parts were there, or in the part after.
            let (more, wait) = (luck.below(2) as usize, luck.below(400));
            wait_until("parts", || {
                done(&place, &out) >= before + more || child.try_wait().unwrap().is_some()
            });
            std::thread::sleep(Duration::from_millis(wait));
            child.kill().unwrap();
            let _ = child.wait();
            marks.push((more, wait, done(&place, &out)));
            assert!(done(&place, &out) >= before, "a part is lost: {marks:?}");
        }
        println!("seed {seed}: parts to wait for, milliseconds after, parts then there: {marks:?}");
        assert!(
            marks.iter().any(|(_, _, parts)| (1..PARTS.len()).contains(parts)),
            "never killed on the way"
        );
        place.run(0, &words);
        assert_eq!(differences(&whole, &place.files(&out)), Vec::<String>::new(), "seed {seed}: {marks:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_signal_saves_what_is_done_and_the_command_that_is_told_goes_on() {
    let place = slow();
    let whole = place.files("whole");
    for (name, out, until) in [("-INT", "by hand", 0), ("-TERM", "by-system", 1)] {
        let child = place.spawn(&["study", "small.toml", "-q", "--out", out, "--threads", "2"]);
        // In a part that saves nothing of itself, and in a sweep.
        wait_until("parts", || {
            let begun = place.path(out).join([".library", ".map"][until]);
            done(&place, out) == until && begun.is_dir()
        });
        let sent = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let said = Said::of(child.wait_with_output().unwrap()).expect(75, name);
        said.says(&["stopped; ", " of 7 parts", "are saved in"]);
        assert!(!place.path(out).join("manifest.json").exists());
        place
            .run(2, &["study", "small.toml", "--out", out])
            .says(&["holds this study, unfinished; --resume goes on"]);
        place
            .run(5, &["study", "small.toml", "--out", out, "--resume", "--seed", "1"])
            .says(&["another plan", "seed"]);
        place.run(2, &["verify", out]).says(&["unfinished study"]);
        let rest = place.run(3, &["merge", out]);
        rest.says(&["not begun", "blocks are missing", "the rest on one machine: introsim study small.toml"]);
        let there = done(&place, out);
        let command = said.err.lines().last().unwrap().strip_prefix("go on with: introsim ").unwrap();
        assert!(command.ends_with(" --resume"), "{command}");
        // The line works as it stands, quotes and all.
        let program = assert_cmd::cargo::cargo_bin!("introsim");
        let shell = format!("{} {command}", program.display());
        let gone_on = Command::new("sh").args(["-c", &shell]).current_dir(place.path("")).output().unwrap();
        let said = Said::of(gone_on).expect(0, &shell);
        assert_eq!(said.err.matches("there already").count(), there, "{}", said.err);
        assert_eq!(differences(&whole, &place.files(out)), Vec::<String>::new(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn an_unfinished_study_is_replaced_when_it_is_asked_for() {
    let place = slow();
    let mut child = place.spawn(&["study", "small.toml", "-q", "--out", "out", "--seed", "3"]);
    wait_until("parts", || done(&place, "out") > 0);
    place
        .run(2, &["study", "small.toml", "-q", "--out", "out", "--force"])
        .says(&["another introsim is at work in out"]);
    assert!(done(&place, "out") > 0, "what somebody is working on was removed");
    child.kill().unwrap();
    child.wait().unwrap();
    fs::write(place.path("out/library/mine.txt"), "mine").unwrap();
    place.run(2, &["study", "small.toml", "-q", "--out", "out", "--force"]).says(&["out/library/mine.txt"]);
    fs::remove_file(place.path("out/library/mine.txt")).unwrap();
    place.run(0, &["study", "small.toml", "-q", "--out", "out", "--force"]);
    assert_eq!(differences(&place.files("whole"), &place.files("out")), Vec::<String>::new());
}
