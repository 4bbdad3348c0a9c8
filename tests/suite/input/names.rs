//! Names and texts of others: nothing in them reaches a terminal, a page or a picture that steers it.

use std::fs;

use introsim::output::sealed;

use super::{Place, SMALL, SWEEP};

/// Turns the screen red, sets its title, turns the text round.
const NASTY: &str = "n\u{1b}[31m\u{1b}]0;x\u{7}\u{202e}y";

fn is_clean(text: &str) -> bool {
    let is_wrong = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
    !text.contains(is_wrong)
}

#[cfg(unix)]
#[test]
fn names_of_files_and_folders_do_not_steer_the_terminal_in_any_command() {
    let place = Place::new();
    let file = format!("dir/{NASTY}.toml");
    place.write(&file, SMALL);
    place.write(&format!("dir/sweep{NASTY}.toml"), SWEEP.replace("small.toml", "../small.toml"));
    place.run(&["run", "small.toml", "-q", "--out", NASTY]).expect(0, &[]);
    place.run(&["sweep", "sweep.toml", "-q", "--out", &format!("swept{NASTY}")]).expect(0, &[]);
    let (swept, none) = (format!("swept{NASTY}"), format!("none{NASTY}"));
    for words in [
        vec!["check", &file],
        vec!["list", "dir"],
        vec!["list", &none],
        vec!["run", &file],
        vec!["run", "small.toml", "--out", NASTY],
        vec!["trace", "small.toml", "--interesting", &file],
        vec!["trace", &file, "--worker", "1"],
        vec!["verify", NASTY],
        vec!["verify", &swept],
        vec!["chart", NASTY],
        vec!["chart", &none],
        vec!["explain", NASTY],
        vec!["merge", &swept],
        vec!["merge", &none],
        vec!["new", &format!("made{NASTY}")],
    ] {
        let said = place.run(&words);
        assert!(said.code.is_some(), "{words:?}");
        assert!(is_clean(&said.out) && is_clean(&said.err), "{words:?}:\n{:?}\n{:?}", said.out, said.err);
    }
}

/// Whoever is sent a folder has not made its tables.
#[test]
fn cells_of_tables_and_manifests_of_others_do_not_steer_the_terminal() {
    let place = Place::new();
    place.run(&["run", "small.toml", "-q", "--out", "run"]).expect(0, &[]);
    for entry in fs::read_dir(place.path("run")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let text = fs::read_to_string(&path).unwrap();
            // In JSON the characters are spelled out.
            let spelled = serde_json::to_string(NASTY).unwrap().trim_matches('"').to_owned();
            let is_json = path.extension().unwrap() == "json";
            let text = text.replace("small", if is_json { &spelled } else { NASTY });
            let is_manifest = path.ends_with("manifest.json");
            // Whoever means harm makes the seal fit.
            let text = if is_manifest { sealed(&serde_json::from_str(&text).unwrap()) } else { text };
            fs::write(&path, text).unwrap();
        }
    }
    for command in ["verify", "chart", "explain"] {
        let said = place.run(&[command, "run"]);
        assert!(is_clean(&said.out) && is_clean(&said.err), "{command}: {:?}\n{:?}", said.out, said.err);
        let said = place.run(&[command, "run", "--sample", "0"]);
        assert!(is_clean(&said.out) && is_clean(&said.err), "{command}");
    }
    place.run(&["explain", "run"]).expect(0, &["n\\u{1b}[31m"]);
    fs::remove_file(place.path("run/manifest.json")).unwrap();
    place.run(&["chart", "run"]).expect(0, &[]);
    for entry in fs::read_dir(place.path("run/charts")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "svg") {
            assert!(is_clean(&fs::read_to_string(&path).unwrap()), "{}", path.display());
        }
    }
}

#[test]
fn a_title_that_turns_the_text_round_is_shown_by_its_number_on_terminal_and_picture() {
    let place = Place::new();
    let title = "a \u{202e}evil\u{2066} title";
    place.write("turned.toml", SMALL.replace("Small", title));
    place.run(&["check", "turned.toml"]).expect(0, &["a \\u{202e}evil\\u{2066} title"]);
    place.write("turned-sweep.toml", SWEEP.replace("[[knobs]]", &format!("[[knobs]]\nlabel = \"{title}\"")));
    let said = place.run(&["sweep", "turned-sweep.toml", "--out", "swept"]).expect(0, &[]);
    assert!(is_clean(&said.out) && is_clean(&said.err));
    let svg = fs::read_to_string(place.path("swept/charts/size-map.svg")).unwrap();
    assert!(is_clean(&svg) && svg.contains("\\u{202e}evil"), "the label stands in the map");
}

#[cfg(unix)]
#[test]
fn commands_that_are_printed_to_be_copied_work_as_they_stand() {
    let place = Place::new();
    let folder = "it's $HOME; 1";
    place.write(&format!("{folder}/sweep.toml"), SWEEP.replace("small.toml", "../small.toml"));
    let said = place.run(&["list", folder]).expect(0, &[]);
    let line = said.out.lines().find_map(|line| line.trim().strip_prefix("run it by: introsim ")).unwrap();
    let program = assert_cmd::cargo::cargo_bin!("introsim");
    let script = format!("{} {line} -q --out copied", program.display());
    let ran =
        std::process::Command::new("sh").args(["-c", &script]).current_dir(place.path("")).output().unwrap();
    assert!(ran.status.success(), "{script}: {}", String::from_utf8_lossy(&ran.stderr));
    assert!(place.path("copied/map.csv").exists());
}
