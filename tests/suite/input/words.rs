//! Words of the command line and of values: what was meant, and what can be read in two ways.

use super::Place;

#[test]
fn an_option_that_may_stand_alone_does_not_take_the_file_after_it() {
    let place = Place::new();
    place.run(&["trace", "--interesting", "small.toml"]).expect(0, &["Lives worth reading in small"]);
    let said = place.run(&["trace", "--interesting", "1", "small.toml"]).expect(0, &[]);
    assert!(said.out.lines().count() < 40, "one of each kind");
    place
        .run(&["run", "--assumptions", "small.toml", "-q", "--out", "a", "--memory", "1k"])
        .expect(2, &["this needs"]);
    place.run(&["run", "small.toml", "--assumptions", "5"]).expect(2, &["5 is not in 12..=100000"]);
    place.run(&["run", "small.toml", "--assumptions", "-5"]).expect(2, &["--assumptions"]);
    place.run(&["run", "small.toml", "--assumptions=many"]).expect(2, &["invalid value 'many'"]);
}

#[test]
fn a_command_a_file_and_a_folder_that_are_not_there_find_the_nearest() {
    let place = Place::new();
    place.run(&["swep", "sweep.toml"]).expect(2, &["'sweep'"]);
    place.run(&["check", "smal.toml"]).expect(2, &["cannot read smal.toml", "did you mean `small.toml`?"]);
    place.write("far.toml", "title = \"x\"\nextends = \"smal.toml\"\n");
    place.run(&["check", "far.toml"]).expect(2, &["far.toml:2", "did you mean `small.toml`?"]);
    place.run(&["sweep", "swep.toml"]).expect(2, &["did you mean `sweep.toml`?"]);
    place.run(&["run", "small.toml", "-q", "--out", "results"]).expect(0, &[]);
    for command in ["explain", "chart", "verify", "merge", "list"] {
        place.run(&[command, "reslts"]).expect(2, &["reslts", "did you mean `results`?"]);
    }
}

#[test]
fn dollars_that_can_be_read_as_thousands_or_as_a_fraction_are_refused_with_both() {
    let place = Place::new();
    let said = place.run(&["check", "small.toml", "--set", "contract.upfront=$10.000"]);
    said.expect(2, &["this can be read in two ways: write `$10,000` or `$10`"]);
    place
        .run(&["check", "small.toml", "--set", "contract.upfront=$10.50"])
        .expect(0, &["contract.upfront: $0 -> $10.5"]);
}

#[cfg(target_os = "linux")]
#[test]
fn the_end_of_the_terminal_stops_a_sweep_with_its_work_saved_unless_it_is_to_outlive_it() {
    use std::process::{Command, Stdio};
    let place = Place::new();
    place.write("sweep.toml", super::SWEEP.replace("replications = 1", "replications = 400"));
    let program = assert_cmd::cargo::cargo_bin!("introsim");
    for (starter, code, out) in [("exec", 75, "stopped"), ("exec nohup", 0, "outlived")] {
        let script = format!("{starter} {} sweep sweep.toml -q --threads 1 --out {out}", program.display());
        let child = Command::new("sh")
            .args(["-c", &script])
            .current_dir(place.path(""))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let begin = std::time::Instant::now();
        while !place.path(out).join(".blocks").exists() && begin.elapsed() < super::PATIENCE {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        let sent = Command::new("kill").args(["-HUP", &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let end = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&end.stderr).into_owned();
        assert_eq!(end.status.code(), Some(code), "{starter}: {said}");
        assert_eq!(said.contains("go on with: introsim sweep"), code == 75, "{said}");
    }
}
