//! Files that cannot be read to an end, and files of nothing but mistakes.

use super::{Place, SMALL};

#[cfg(unix)]
fn pipe(place: &Place, name: &str) {
    let made = std::process::Command::new("mkfifo").arg(place.path(name)).status().unwrap();
    assert!(made.success());
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_wherever_a_file_is_expected() {
    let place = Place::new();
    pipe(&place, "pipe.toml");
    pipe(&place, "edges.csv");
    place.write("extends.toml", "title = \"x\"\nextends = \"pipe.toml\"\n");
    place.write("edges.toml", format!("{SMALL}[friends]\nedges = \"edges.csv\"\n"));
    place.write("of-pipe.toml", super::SWEEP.replace("small.toml", "pipe.toml"));
    place.write("claims.toml", "title = \"x\"\n[[claims]]\nname = \"a\"\nscenario = \"pipe.toml\"\n");
    place.write(
        "study.toml",
        "title = \"x\"\n[library]\nscenarios = [\"pipe.toml\"]\n[map]\nfile = \"pipe.toml\"\n",
    );
    let refused = "this is a pipe; only regular files are read";
    for command in ["check", "run", "sweep", "sensitivity", "study", "facts", "flip"] {
        place.run(&[command, "pipe.toml"]).expect(2, &[refused]);
    }
    place.run(&["breakeven", "pipe.toml", "--knob", "contract.share_of_salary"]).expect(2, &[refused]);
    for file in ["extends.toml", "edges.toml", "of-pipe.toml", "study.toml"] {
        place.run(&["check", file]).expect(2, &[refused]);
    }
    place.run(&["validate", "--graph", "edges.csv"]).expect(2, &[refused]);
    // A folder is listed all the same.
    place.run(&["list", "."]).expect(2, &[refused, "Small"]);
    // A table of somebody else's folder.
    place.run(&["run", "small.toml", "-q", "--out", "run"]).expect(0, &[]);
    for table in ["outcomes.csv", "weekly.csv"] {
        std::fs::remove_file(place.path("run").join(table)).unwrap();
        pipe(&place, &format!("run/{table}"));
    }
    for command in ["explain", "chart", "verify"] {
        let said = place.run(&[command, "run"]);
        assert!(said.code.is_some(), "{command} waits for a pipe");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_refused_before_a_byte_is_read() {
    let place = Place::new();
    let device = "this is a device; only regular files are read";
    for path in ["/dev/zero", "/dev/null"] {
        place.run(&["check", path]).expect(2, &[device]);
        place.run(&["validate", "--graph", path]).expect(2, &[device]);
        place.write("edges.toml", format!("{SMALL}[friends]\nedges = \"{path}\"\n"));
        place.run(&["check", "edges.toml"]).expect(2, &[device, path]);
        place.write("extends.toml", format!("title = \"x\"\nextends = \"{path}\"\n"));
        place.run(&["check", "extends.toml"]).expect(2, &[device]);
    }
    place.run(&["check", "."]).expect(2, &["this is a folder, not a file"]);
}

#[test]
fn a_file_that_is_too_large_is_refused_with_the_bound() {
    let place = Place::new();
    place.write("large.toml", format!("{SMALL}#{}\n", "x".repeat(1 << 20)));
    place
        .run(&["check", "large.toml"])
        .expect(2, &["it holds more than 1 MiB, the most that is read of such a file"]);
    place.write("just.toml", format!("{SMALL}#{}\n", "x".repeat((1 << 20) - SMALL.len() - 2)));
    place.run(&["check", "just.toml"]).expect(0, &["Small"]);
}

#[test]
fn a_scenario_is_read_from_standard_input_where_a_dash_stands_for_it() {
    let place = Place::new();
    place.run_with(SMALL, &["check", "-"]).expect(0, &["stdin: Small", "sellers.share: 0% -> 40%"]);
    place
        .run_with("title = \"x\"\nextends = \"small.toml\"\n", &["check", "-"])
        .expect(0, &["against small.toml"]);
    place
        .run_with("[contract]\nupfrnt = 1\n", &["check", "-"])
        .expect(2, &["standard input:2", "did you mean `upfront`?"]);
    place.run_with(super::SWEEP, &["check", "-"]).expect(0, &["a grid of 2 points"]);
    place.run_with(SMALL, &["run", "-", "-q", "--out", "run"]).expect(0, &[]);
    assert!(std::fs::read_to_string(place.path("run/outcomes.csv")).unwrap().contains("stdin"));
    // A file may be called so; a file does not mean the standard input by that name.
    place.write("extends.toml", "title = \"x\"\nextends = \"-\"\n");
    place.run_with(SMALL, &["check", "extends.toml"]).expect(2, &["extends.toml:2", "there is no such file"]);
}

/// Before, the time grew with the square of the mistakes, and a hundred thousand tables never came to an end.
#[test]
fn of_very_many_mistakes_the_first_twenty_are_shown_and_the_rest_is_counted_last() {
    let place = Place::new();
    let n = 60_000;
    let lines = |line: &dyn Fn(usize) -> String| (0..n).map(line).collect::<String>();
    let head = "title = \"x\"\n";
    for (name, text) in [
        ("tables", head.to_owned() + &lines(&|i| format!("[t{i}]\n"))),
        ("keys", head.to_owned() + &lines(&|i| format!("k{i} = 1\n"))),
        ("contract", format!("{head}[contract]\n{}", lines(&|i| format!("k{i} = 1\n")))),
        ("csv", head.to_owned() + &lines(&|i| format!("{i},{}\n", i + 1))),
        ("values", format!("{head}[contract]\nupfront = [\n{}]\n", lines(&|_| "1,\n".to_owned()))),
    ] {
        place.write(&format!("{name}.toml"), text);
        let said = place.run(&["check", &format!("{name}.toml")]).expect(2, &[]);
        let errors = said.err.matches("error: ").count();
        assert!(
            errors <= 20 && said.err.len() < 20_000,
            "{name}: {errors} problems in {} bytes",
            said.err.len()
        );
        if name != "values" {
            assert_eq!(errors, 20, "{name}");
            let last: Vec<&str> = said.err.lines().filter(|line| !line.is_empty()).rev().take(2).collect();
            assert_eq!(last[1], "and 59,980 more problems", "{name}");
            assert_eq!(last[0], format!("{name}.toml: 60,000 problems"), "{name}");
        }
    }
    // The first by their place in the file, whatever was noticed first.
    let said = place.run(&["check", "keys.toml"]).err;
    let first = said.find("unknown key `k0`").unwrap();
    assert!(first < said.find("unknown key `k19`").unwrap() && !said.contains("`k20`"));
    // Of a study that names them too.
    place.write("study.toml", "title = \"x\"\n[library]\nscenarios = [\"keys.toml\", \"tables.toml\"]\n");
    let said = place.run(&["check", "study.toml"]).expect(2, &["more problems"]);
    assert!(said.err.matches("error: ").count() <= 20);
}

#[test]
fn a_list_of_friendships_with_very_many_wrong_lines_shows_the_first_and_counts_the_rest() {
    let place = Place::new();
    let wrong: String = (0..50_000).map(|i| format!("{i};{}\n", i + 1)).collect();
    place.write("wrong.csv", wrong);
    place.write("edges.toml", format!("{SMALL}[friends]\nedges = \"wrong.csv\"\n"));
    let said = place
        .run(&["check", "edges.toml"])
        .expect(2, &["wrong.csv:1", "wrong.csv: 49,981 more lines are wrong"]);
    assert_eq!(said.err.matches("error: ").count(), 20);
    place.write("twice.csv", "0,1\n".repeat(50_000));
    let edges = SMALL.to_owned() + "[friends]\nedges = \"twice.csv\"\n";
    place.write("edges.toml", edges);
    let said = place
        .run(&["check", "edges.toml"])
        .expect(2, &["this friendship is named twice", "49,980 more lines are wrong"]);
    assert_eq!(said.err.matches("error: ").count(), 20);
}
