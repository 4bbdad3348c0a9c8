//! Killed, stopped, out of disk: what was finished stays, and the end is the same.

use std::fs;
use std::process::Command;

use super::{Place, STUDY, Said, wait_until};

/// Slow enough to be killed on the way: 72 points.
fn slow() -> Place {
    let place = Place::with(&STUDY.replace("replications = 3", "replications = 9"));
    let market = super::MARKET.replace("weeks = 60", "weeks = 100").replace("count = 300", "count = 500");
    place.write("market.toml", &market);
    place
}

/// Points on disk.
fn saved(place: &Place, folder: &str) -> usize {
    let blocks = |path| {
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default().to_owned();
        let value: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
        value["blocks"].as_array().map_or(0, Vec::len)
    };
    place.sidecars(folder).into_iter().map(blocks).sum()
}

/// Numbers from a seed, below a bound.
struct Luck(u64);

impl Luck {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn signal(name: &str, id: u32) {
    let sent = Command::new("kill").args([name, &id.to_string()]).status().unwrap();
    assert!(sent.success());
}

#[cfg(unix)]
#[test]
fn a_sweep_killed_at_random_moments_and_resumed_is_the_sweep_that_was_not() {
    let place = slow();
    let whole = place.whole();
    for seed in [1, 2, 3] {
        let mut luck = Luck(seed);
        let out = format!("killed-{seed}");
        let words = [
            "sweep",
            "study.toml",
            "-q",
            "--out",
            &out,
            "--resume",
            "--threads",
            ["1", "2", "7"][seed as usize - 1],
        ];
        let mut marks = Vec::new();
        for _ in 0..5 {
            let before = saved(&place, &out);
            let mut child = place.spawn(&words);
            let (more, wait) = (luck.below(12) as usize, luck.below(30));
            // Killed a random moment after so many more points were saved, or before any, or in the merge.
            wait_until("points", || {
                saved(&place, &out) >= before + more || child.try_wait().unwrap().is_some()
            });
            std::thread::sleep(std::time::Duration::from_millis(wait));
            child.kill().unwrap();
            let _ = child.wait();
            marks.push((more, wait, saved(&place, &out)));
            if place.path(&out).join("manifest.json").exists() {
                break;
            }
            assert!(saved(&place, &out) >= before, "what was saved is lost: {marks:?}");
        }
        println!("seed {seed}: points to wait for, milliseconds after, points then saved: {marks:?}");
        assert!(
            marks.iter().any(|(_, _, saved)| (1..72).contains(saved)),
            "never killed on the way: {marks:?}"
        );
        place.run(0, &words);
        assert!(place.files(&out) == whole, "seed {seed}: {marks:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_sweep_killed_while_its_charts_are_drawn_draws_them_again() {
    let place = Place::new();
    let whole = place.whole();
    let moments = ["map.csv", "columns.csv", "charts", "charts/size-map.csv", "charts/size-map.svg"];
    let mut halves = 0;
    for (number, moment) in moments.into_iter().enumerate() {
        let out = format!("killed-{number}");
        let words = ["sweep", "study.toml", "-q", "--out", &out, "--resume", "--threads", "2"];
        let mut child = place.spawn(&words);
        wait_until(moment, || place.path(&out).join(moment).exists() || child.try_wait().unwrap().is_some());
        child.kill().unwrap();
        let _ = child.wait();
        if !place.path(&out).join("manifest.json").exists() {
            assert_eq!(saved(&place, &out), 24, "{moment}: without a manifest all blocks must be there");
            halves += usize::from(place.path(&out).join("charts").exists());
        }
        // Whoever goes on, with the sweep or with a merge, comes to the same end.
        if number % 2 == 0 {
            place.run(0, &words);
        } else {
            place.run(0, &["merge", "-q", &out]);
        }
        assert!(place.files(&out) == whole, "{moment}");
        // Nor does drawing from the finished folder change a byte.
        place.run(0, &["chart", &out]);
        assert!(place.files(&out) == whole, "{moment}, drawn again");
    }
    assert!(halves > 0, "never killed while the charts were being drawn");
}

#[cfg(unix)]
#[test]
fn a_signal_saves_what_is_done_and_tells_how_to_go_on() {
    let place = slow();
    let whole = place.whole();
    for (name, out) in [("-INT", "by hand"), ("-TERM", "by-system")] {
        let child = place.spawn(&["sweep", "study.toml", "-q", "--out", out, "--threads", "2"]);
        wait_until("points", || saved(&place, out) > 5);
        signal(name, child.id());
        let said = Said::of(child.wait_with_output().unwrap()).expect(75, name);
        let there = saved(&place, out);
        assert!((6..72).contains(&there), "{there}");
        assert!(
            said.err.contains(&format!("stopped; {there} of 72 points are saved in {out}")),
            "{}",
            said.err
        );
        let command = said.err.lines().last().unwrap().strip_prefix("go on with: introsim ").unwrap();
        assert!(command.ends_with(" --resume"), "{command}");
        // The line works as it stands, quotes and all.
        let program = assert_cmd::cargo::cargo_bin!("introsim");
        let shell = format!("{} {command}", program.display());
        let gone_on = Command::new("sh").args(["-c", &shell]).current_dir(place.path("")).output().unwrap();
        Said::of(gone_on).expect(0, &shell);
        assert!(place.files(out) == whole, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_second_signal_ends_at_once_and_loses_nothing_either() {
    let place = slow();
    let whole = place.whole();
    let mut child = place.spawn(&["sweep", "study.toml", "-q", "--out", "out"]);
    wait_until("points", || saved(&place, "out") > 2);
    signal("-INT", child.id());
    signal("-INT", child.id());
    let code = child.wait().unwrap().code();
    assert!([Some(75), Some(130)].contains(&code), "{code:?}");
    place.run(0, &["sweep", "study.toml", "-q", "--out", "out", "--resume"]);
    assert!(place.files("out") == whole);
}

#[cfg(unix)]
#[test]
fn a_full_disk_keeps_what_is_done() {
    let place = slow();
    let whole = place.whole();
    let mut child = place.spawn(&["sweep", "study.toml", "-q", "--out", "out"]);
    wait_until("points", || saved(&place, "out") > 5);
    child.kill().unwrap();
    child.wait().unwrap();
    let before = saved(&place, "out");
    // No file may have more than one block of the shell's; without the signal, writing more is an error like a full disk.
    let program = assert_cmd::cargo::cargo_bin!("introsim");
    let tight = format!(
        "trap '' XFSZ; ulimit -f 1; exec {} sweep study.toml -q --out out --resume",
        program.display()
    );
    let full = Command::new("sh").args(["-c", &tight]).current_dir(place.path("")).output().unwrap();
    let said = Said::of(full).expect(1, &tight);
    assert!(said.err.contains(&format!("{before} of 72 points are saved in out")), "{}", said.err);
    assert!(said.err.contains("cannot write out/.blocks/") && said.err.contains("--resume"), "{}", said.err);
    assert_eq!(saved(&place, "out"), before);
    place.run(0, &["sweep", "study.toml", "-q", "--out", "out", "--resume"]);
    assert!(place.files("out") == whole);
}

#[cfg(unix)]
#[test]
fn a_merge_that_cannot_write_leaves_the_blocks_for_the_next() {
    let place = Place::new();
    let whole = place.whole();
    place.run(0, &["sweep", "study.toml", "-q", "--out", "out", "--shard", "0/2"]);
    place.run(0, &["sweep", "study.toml", "-q", "--out", "out", "--shard", "1/2"]);
    let program = assert_cmd::cargo::cargo_bin!("introsim");
    let tight = format!("trap '' XFSZ; ulimit -f 1; exec {} merge out", program.display());
    let full = Command::new("sh").args(["-c", &tight]).current_dir(place.path("")).output().unwrap();
    Said::of(full).expect(1, &tight);
    assert_eq!(saved(&place, "out"), 24);
    assert!(!place.path("out/manifest.json").exists());
    place.run(0, &["merge", "out"]);
    assert!(place.files("out") == whole);
}

#[cfg(unix)]
#[test]
fn two_sweeps_do_not_work_in_one_folder_and_a_dead_one_is_in_nobodys_way() {
    let place = slow();
    let mut child = place.spawn(&["sweep", "study.toml", "-q", "--out", "out"]);
    wait_until("points", || saved(&place, "out") > 0);
    for words in [&["--resume"][..], &["--force"], &["--shard", "0/2"]] {
        let said = place.run(2, &[&["sweep", "study.toml", "--out", "out"], words].concat());
        assert!(said.err.contains("another introsim is at work in out"), "{}", said.err);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    place.run(0, &["sweep", "study.toml", "-q", "--out", "out", "--resume"]);
}

#[test]
fn threads_do_not_change_a_byte_of_a_sweep() {
    let place = Place::new();
    let whole = place.whole();
    for threads in ["2", "7"] {
        let out = format!("threads-{threads}");
        place.run(0, &["sweep", "study.toml", "-q", "--out", &out, "--threads", threads]);
        assert!(place.files(&out) == whole, "{threads} threads");
    }
}
