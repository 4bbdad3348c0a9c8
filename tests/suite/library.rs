//! The library that is part of the program: found from any folder, hidden by files of one's own, written to be changed.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{Said, differences, files};

/// Runs the program in a folder.
fn introsim(folder: &Path, words: &[&str]) -> Said {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
    Said::of(command.current_dir(folder).args(words).output().unwrap())
}

/// A run that takes a moment.
const SMALL: [&str; 12] = [
    "--replications",
    "2",
    "--weeks",
    "6",
    "--set",
    "workers.count=300",
    "--set",
    "decision_makers.count=60",
    "--set",
    "introducers.count=15",
    "--set",
    "run.burn_in=10",
];

fn run(folder: &Path, scenarios: &[&str], out: &str) -> Said {
    let words: Vec<&str> = [&["run"], scenarios, &SMALL, &["--out", out]].concat();
    introsim(folder, &words)
}

#[test]
fn a_scenario_is_run_by_its_name_from_any_folder_with_the_bytes_of_its_file() {
    let empty = tempfile::tempdir().unwrap();
    run(empty.path(), &["organic", "library:contingency"], "a")
        .expect(0, "from the library")
        .says(&["from the library: organic, contingency"]);
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let on_disk = ["organic.toml", "contingency.toml"].map(|name| scenarios.join(name));
    let on_disk: Vec<&str> = on_disk.iter().map(|path| path.to_str().unwrap()).collect();
    let said = run(empty.path(), &on_disk, "b").expect(0, "from files");
    assert!(!said.err.contains("library"), "{}", said.err);
    let [a, b] = ["a", "b"].map(|out| files(&empty.path().join(out)));
    assert_eq!(differences(&a, &b), Vec::<String>::new());
}

#[test]
fn a_file_of_ones_own_goes_before_the_library_and_it_is_said() {
    let place = tempfile::tempdir().unwrap();
    let own = "title = \"Mine\"\nextends = \"library:contingency\"\n[contract]\nshare_of_salary = \"12%\"\n";
    fs::write(place.path().join("contingency.toml"), own).unwrap();
    for word in ["contingency", "contingency.toml"] {
        introsim(place.path(), &["check", word]).expect(0, word).prints(&[
            "contingency: Mine",
            "against library:contingency.toml:",
            "10% -> 12%",
        ]);
    }
    run(place.path(), &["contingency"], "out")
        .expect(0, "mine")
        .says(&["changed against the library: contingency.toml"]);
    let inputs = fs::read_to_string(place.path().join("out/manifest.json")).unwrap();
    for name in ["\"contingency.toml\"", "\"library:contingency.toml\"", "\"library:base.toml\""] {
        assert!(inputs.contains(name), "{name} is not in\n{inputs}");
    }
    assert!(!inputs.contains(place.path().to_str().unwrap()), "no path of this machine");
    introsim(place.path(), &["verify", "out"]).expect(0, "it is verified from what it kept");
}

/// A file of one's own beside the library's of the same name: told apart by where they lie.
#[test]
fn two_scenarios_of_one_name_are_compared_by_their_paths() {
    let place = tempfile::tempdir().unwrap();
    let own = "title = \"Mine\"\nextends = \"library:contingency\"\n[contract]\nshare_of_salary = \"12%\"\n";
    fs::write(place.path().join("contingency.toml"), own).unwrap();
    let words: Vec<&str> =
        [&["compare", "library:contingency", "contingency"][..], &SMALL, &["--out", "out"]].concat();
    introsim(place.path(), &words).expect(0, "both").prints(&["contingency against library:contingency"]);
    let table = fs::read_to_string(place.path().join("out/outcomes.csv")).unwrap();
    assert!(table.contains("\nlibrary:contingency,0,") && table.contains("\ncontingency,0,"), "{table}");
    let twice: Vec<&str> = [&["compare", "contingency", "contingency.toml"][..], &SMALL].concat();
    introsim(place.path(), &twice).expect(2, "the same").says(&["contingency.toml is given twice"]);
}

/// Whatever a command takes, it says in one problem what a file of another kind is for.
#[test]
fn a_file_of_another_kind_is_told_its_command_and_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    for (file, command) in [
        ("library:studies/can-you-buy-introductions", "a study, not a scenario"),
        ("healing", "an experiment, not a scenario"),
        ("importance", "an experiment, not a scenario"),
        ("flip-points", "a file of claims, not a scenario"),
    ] {
        let said = introsim(place.path(), &["run", file]).expect(2, file);
        said.says(&[command, "it is for `introsim "]);
        assert_eq!(said.err.matches("error").count(), 1, "{}", said.err);
    }
}

#[test]
fn check_new_and_validate_say_where_a_file_was_found() {
    let place = tempfile::tempdir().unwrap();
    introsim(place.path(), &["check", "contingency"])
        .expect(0, "check")
        .says(&["from the library: contingency"]);
    introsim(place.path(), &["new", "mine", "--extends", "library:organic"])
        .expect(0, "new")
        .says(&["from the library: organic"]);
    introsim(place.path(), &["validate", "hazard"]).expect(2, "a slip").says(&["hazards"]);
    introsim(place.path(), &["study", "nosuch"])
        .expect(2, "nothing like it")
        .says(&["`introsim library` lists"]);
}

/// A name of the library means the same file in a study as on the command line.
#[test]
fn a_name_of_the_library_means_the_same_in_a_study() {
    let place = tempfile::tempdir().unwrap();
    let study = "title = \"T\"\n[healing]\nfile = \"library:healing\"\n";
    fs::write(place.path().join("s.toml"), study).unwrap();
    introsim(place.path(), &["check", "s.toml"]).expect(0, "found").prints(&["healing: 30 settings"]);
    fs::write(place.path().join("s.toml"), format!("{study}looks = {{}}\n")).unwrap();
    introsim(place.path(), &["check", "s.toml"])
        .expect(2, "empty")
        .says(&["`looks` says nothing", "s.toml:4"]);
}

#[test]
fn what_is_written_out_is_read_before_the_library_and_never_written_over() {
    let place = tempfile::tempdir().unwrap();
    introsim(place.path(), &["library", "--write", "scenarios"])
        .expect(0, "written")
        .prints(&["introsim list scenarios"]);
    let here = files(&place.path().join("scenarios"));
    assert_eq!(here, {
        let shipped = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"));
        shipped.into_iter().filter(|(name, _)| name.ends_with(".toml")).collect()
    });
    let file = place.path().join("scenarios/organic.toml");
    let changed = fs::read_to_string(&file).unwrap().replace("title = \"", "title = \"My ");
    fs::write(&file, &changed).unwrap();
    fs::remove_file(place.path().join("scenarios/studies/healing.toml")).unwrap();
    introsim(place.path(), &["library", "--write", "scenarios"])
        .expect(1, "one differs")
        .prints(&["wrote 1 file to scenarios"])
        .says(&["left as they are", "organic.toml"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), changed);
    introsim(place.path(), &["check", "organic"]).expect(0, "mine").prints(&["organic: My "]);
}

#[test]
fn a_slip_in_a_name_is_told_the_nearest_one_wherever_it_stands() {
    let place = tempfile::tempdir().unwrap();
    let own = "title = \"Mine\"\nextends = \"library:contingncy\"\n";
    fs::write(place.path().join("mine.toml"), own).unwrap();
    for (words, says) in [
        (["check", "contingncy"], "did you mean `library:contingency.toml`?"),
        (["check", "library:contingncy"], "the library has no such file"),
        (["check", "mine.toml"], "did you mean `library:contingency.toml`?"),
        (["sweep", "heeling"], "did you mean `library:studies/healing.toml`?"),
        (["study", "can-you-by-introductions"], "library:studies/can-you-buy-introductions.toml"),
        (["list", "library:stdies"], "it has library:, library:studies and library:validation"),
    ] {
        introsim(place.path(), &words).expect(2, says).says(&[says]);
    }
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing is begun");
}

#[test]
fn lists_show_commands_that_can_be_copied() {
    let place = tempfile::tempdir().unwrap();
    introsim(place.path(), &["list"])
        .expect(0, "the library")
        .prints(&["contingency-screened", "introsim library --write DIR"]);
    introsim(place.path(), &["library"]).expect(0, "all").prints(&[
        "sports-agent",
        "introsim study can-you-buy-introductions --quick",
        "introsim sweep healing",
        "introsim flip flip-points",
        "networks",
    ]);
    introsim(place.path(), &["check", "can-you-buy-introductions", "healing", "flip-points"])
        .expect(0, "each is found by its name");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_told_and_the_rest_is_there() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("file"), "").unwrap();
    introsim(place.path(), &["library", "--write", "file"])
        .expect(2, "a file")
        .says(&["file is a file, not a folder"]);
    let nothing = introsim(place.path(), &["library", "--write", "file/x"]).expect(1, "below a file");
    nothing.says(&["files could not be written, the first: "]);
    assert_eq!(nothing.out, "", "there is nothing to look at");
    // A pipe would be waited for without end; a folder and a link to nowhere are no files either.
    let lib = place.path().join("lib");
    fs::create_dir(&lib).unwrap();
    assert!(Command::new("mkfifo").arg(lib.join("actors.toml")).status().unwrap().success());
    fs::create_dir(lib.join("organic.toml")).unwrap();
    fs::write(lib.join("studies"), "").unwrap();
    let said = introsim(place.path(), &["library", "--write", "lib"]).expect(1, "some");
    said.says(&["could not be written, the first: lib/actors.toml: this is a pipe"]);
    assert!(lib.join("success-fee.toml").is_file() && lib.join("validation/networks.toml").is_file());
    assert_eq!(fs::read_to_string(lib.join("studies")).unwrap(), "");
    introsim(place.path(), &["new", "library:mine"])
        .expect(2, "a name of the library")
        .says(&["no name for a scenario"]);
}
