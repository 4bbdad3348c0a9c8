//! The study file is as strict as a scenario: nothing is begun before everything is right.

use super::{Place, STUDY};

#[track_caller]
fn refused(place: &Place, study: &str, pieces: &[&str]) {
    place.write("bad.toml", study);
    let said = place.run(2, &["study", "bad.toml", "--out", "never"]);
    said.says(pieces);
    assert_eq!(said.out, "");
    assert!(!place.path("never").exists(), "a folder was made for\n{study}");
}

fn with(from: &str, to: &str) -> String {
    assert!(STUDY.contains(from), "{from}");
    STUDY.replacen(from, to, 1)
}

#[test]
fn a_wrong_word_is_shown_with_its_line_and_the_right_one() {
    let place = Place::new();
    refused(
        &place,
        &with("[library]", "[libary]"),
        &["unknown key `libary`", "bad.toml:4", "did you mean `library`?"],
    );
    refused(&place, &with("seed = 5", "sed = 5"), &["unknown key `sed`", "did you mean `seed`?"]);
    refused(
        &place,
        &with("seed = 5", "weather = 5"),
        &["the parts are: library, map, healing, word, bombardment"],
    );
    refused(&place, &with("title = \"A small study\"\n", ""), &["the file has no `title`"]);
    refused(&place, &with("seed = 5", "seed = -1"), &["`seed` is out of range"]);
    refused(&place, &with("seed = 5", "seed = \"five\""), &["`seed`", "this is a text"]);
    refused(
        &place,
        &with("most_values = {", "most_value = {"),
        &["[map] has no `most_value`", "did you mean `most_values`?"],
    );
    refused(
        &place,
        &with("trajectories = 3", "knobs = 3"),
        &["[importance] has no `knobs`", "its keys are: file"],
    );
    refused(&place, &with("file = \"map.toml\"\n", ""), &["[map] needs `file`", "it is missing here"]);
    refused(&place, &with("knob = \"contract.share_of_salary\"\n", ""), &["[break_even] needs `knob`"]);
    refused(
        &place,
        &STUDY.replacen("[facts]\nscenarios = [\"organic.toml\"]\n", "[facts]\n", 1),
        &["[facts] needs `scenarios`"],
    );
    refused(&place, "title = \"T\"\nlibrary = 3\n", &["`library` takes a table", "[library]"]);
    refused(&place, "title = \"T\"\n", &["the study has no part"]);
    refused(&place, "", &["bad.toml is empty"]);
    refused(&place, "title = \"T\n[library]\n", &["this is not TOML"]);
}

#[test]
fn only_scenarios_of_the_part_are_run_where_constants_are_moved() {
    let place = Place::new();
    place.write("other.toml", "title = \"Another\"\nextends = \"market.toml\"\n");
    let of =
        |file: &str| with("assumptions = {", &format!("assumptions_of = [\"{file}\"]\nassumptions = {{"));
    refused(&place, &of("other.toml"), &["other is not among the `scenarios` of this part", "bad.toml:"]);
    refused(&place, &of("othr.toml"), &["othr.toml"]);
    refused(
        &place,
        &with("assumptions = {", "assumption_of = []\nassumptions = {"),
        &["did you mean `assumptions_of`?"],
    );
    place.write("good.toml", &of("organic.toml"));
    place.run(0, &["check", "good.toml"]);
}

#[test]
fn numbers_of_every_effort_are_checked_whichever_is_asked_for() {
    let place = Place::new();
    refused(
        &place,
        &with("quick = 2, default = 3", "quick = 2, default = 3, full = 0"),
        &["`replications` is out of range"],
    );
    refused(
        &place,
        &with("quick = 2, default = 3", "quik = 2, default = 3"),
        &["`replications` has no `quik`", "did you mean `quick`?"],
    );
    refused(
        &place,
        &with("quick = 2, default = 3", "sooner = 2"),
        &["the efforts are: quick, default, full"],
    );
    refused(&place, &with("quick = 2, default = 3", "quick = 2.5"), &["`replications` takes a whole number"]);
    refused(&place, &with("quick = 0, default = 12", "quick = -4"), &["`assumptions`"]);
    refused(&place, &with("quick = 0, default = 12", "quick = 0, default = 11"), &["`assumptions`", "12"]);
    refused(
        &place,
        &with("most_values = { quick = 3 }", "most_values = { quick = 1 }"),
        &["`most_values` is out of range"],
    );
    refused(&place, &with("points = { full = 4 }", "points = { full = 1 }"), &["`points` is out of range"]);
    refused(&place, &with("trajectories = 3", "trajectories = 1"), &["`trajectories` is out of range"]);
    refused(
        &place,
        &with("trajectories = 3", "trajectories = 3\npoints = 8"),
        &["`points` has no meaning here", "morris"],
    );
    refused(
        &place,
        &with("leave_out = [\"quick\"]", "leave_out = [\"quik\"]"),
        &["`leave_out` takes one of", "did you mean `\"quick\"`?"],
    );
    refused(
        &place,
        &with("leave_out = [\"quick\"]", "leave_out = \"quick\""),
        &["`leave_out` takes a list of efforts"],
    );
    let only = "title = \"T\"\n[flip]\nfile = \"claims.toml\"\nleave_out = [\"full\"]\n";
    refused(&place, only, &["nothing is left of this study at the effort `full`"]);
}

#[test]
fn every_file_that_a_study_names_is_read_before_anything_is_run() {
    let place = Place::new();
    refused(
        &place,
        &with("\"organic.toml\", ", "\"organik.toml\", "),
        &["cannot read organik.toml", "there is no such file", "relative to the folder of the study file"],
    );
    refused(&place, &with("\"organic.toml\", ", "\"market.toml\", "), &["two scenarios are called market"]);
    refused(
        &place,
        &with("scenarios = [\"organic.toml\", \"market.toml\", \"screened.toml\"]", "scenarios = []"),
        &["`scenarios` takes a list"],
    );
    refused(
        &place,
        &with(
            "scenarios = [\"organic.toml\", \"market.toml\", \"screened.toml\"]",
            "scenarios = { quick = [\"organic.toml\"] }",
        ),
        &["`scenarios` names none for the effort `default`"],
    );
    refused(
        &place,
        &with("file = \"map.toml\"", "file = \"importance.toml\""),
        &["`method` is for `introsim sensitivity`"],
    );
    refused(
        &place,
        &with("file = \"map.toml\"", "file = \"market.toml\""),
        &["market.toml is a scenario, not an experiment"],
    );
    refused(&place, &with("file = \"claims.toml\"", "file = \"map.toml\""), &["map.toml has no `claims`"]);
    refused(
        &place,
        &with("file = \"importance.toml\"", "file = \"small.toml\""),
        &["small.toml is a study, not an experiment"],
    );
    // All problems of all parts at once.
    for (file, text) in [
        ("a.toml", "title = \"A\"\n[sellers]\nshares = 1\n"),
        ("b.toml", "title = \"B\"\nscenario = \"market.toml\"\ndesign = \"gird\"\n"),
    ] {
        place.write(file, text);
    }
    let both = with("\"screened.toml\"", "\"a.toml\"").replace("file = \"map.toml\"", "file = \"b.toml\"");
    refused(
        &place,
        &both,
        &["unknown key `shares` in [sellers]", "a.toml:3", "`design` takes one of", "b.toml:3"],
    );
    // So are the points that follow from it.
    place.write(
        "c.toml",
        &super::MAP
            .replace("contract.share_of_salary", "introducers.ties")
            .replace("[\"5%\", \"10%\", \"15%\", \"20%\", \"30%\"]", "[4, 400]"),
    );
    refused(
        &place,
        &with("file = \"map.toml\"", "file = \"c.toml\""),
        &["more decision-makers than there are", "points cannot be run"],
    );
}

#[test]
fn a_break_even_that_cannot_be_sought_is_refused() {
    let place = Place::new();
    refused(
        &place,
        &with("knob = \"contract.share_of_salary\"", "knob = \"contract.share_of_salery\""),
        &["bad.toml", "did you mean `contract.share_of_salary`?"],
    );
    refused(
        &place,
        &with("knob = \"contract.share_of_salary\"", "knob = \"run.seed\""),
        &["`run.seed` is no knob"],
    );
    refused(
        &place,
        &with("[\"1%\", \"80%\"]", "[\"80%\", \"1%\"]"),
        &["the range of `contract.share_of_salary` is empty"],
    );
    refused(&place, &with("[\"1%\", \"80%\"]", "[0, \"80%\"]"), &["a range on a log scale begins above 0"]);
    refused(
        &place,
        &with("range = [\"1%\", \"80%\"]", "range = \"1%..80%\""),
        &["`range` takes two numbers"],
    );
    refused(
        &place,
        &with("default = [{ screening.stages = [] }, ", "default = [{ screening.stage = [] }, "),
        &["did you mean `screening.stages`?"],
    );
    refused(
        &place,
        &with("default = [{ screening.stages = [] }, ", "default = [{ contract.share_of_salary = \"5%\" }, "),
        &["is the knob, and takes every value of its range"],
    );
    refused(
        &place,
        &with("default = [{ screening.stages = [] }, ", "default = [{ }, "),
        &["a level sets one key", "this sets 0"],
    );
    refused(
        &place,
        &with(
            "default = [{ screening.stages = [] }, { screening.stages = [{ hours = \"1h\", accept_above = 0.1 }] }]",
            "default = [{ screening.stages = [] }, { screening.stages = [] }]",
        ),
        &["this setting is given twice"],
    );
    refused(
        &place,
        &with("default = [{ screening.stages = [] }, ", "default = [3, "),
        &["`at` takes a list of settings"],
    );
    refused(
        &place,
        &STUDY
            .replace("[break_even]\nscenario = \"market.toml\"", "[break_even]\nscenario = \"organic.toml\""),
        &["nobody sells"],
    );
}

#[test]
fn other_files_are_told_where_they_belong_and_studies_to_other_commands() {
    let place = Place::new();
    for (file, command) in
        [("market.toml", "introsim run"), ("map.toml", "introsim sweep"), ("claims.toml", "introsim flip")]
    {
        place.run(2, &["study", file, "--out", "never"]).says(&[command]);
    }
    place.run(2, &["study", "nowhere.toml"]).says(&["nowhere.toml", "there is no such file"]);
    for command in ["run", "sweep", "flip", "sensitivity"] {
        place.run(2, &[command, "small.toml", "--out", "never"]).says(&["introsim study"]);
    }
    assert!(!place.path("never").exists());
    let said = place.run(0, &["list", "."]).out;
    assert!(said.contains("run it by: introsim study ./small.toml --quick"), "{said}");
    place.write("small.toml", &with("[library]", "[libary]"));
    place.run(2, &["check", "small.toml"]).says(&["did you mean `library`?"]);
}
