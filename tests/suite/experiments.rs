//! Experiment files: what is read, what is refused and in which words, and which scenarios come of a point.

use introsim::experiments::outcomes;
use introsim::scenario::experiment::{Domain, Experiment, Knob, Plan, Purpose, Scale, is_experiment, load};

/// A folder of files that goes away with the test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            std::fs::write(folder.path(name), text).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }
}

const BASE: &str = "title = \"Base\"\n[workers]\ncount = 500\n[decision_makers]\ncount = 50\n[introducers]\n\
                    count = 20\nties = 10\n[run]\nweeks = 52\n";

const HEAD: &str = "title = \"T\"\nscenario = \"base.toml\"\n";

fn metrics() -> Vec<&'static str> {
    outcomes::columns().into_iter().map(|(name, _, _)| name).collect()
}

fn read_for(text: &str, settings: &[&str], purpose: Purpose) -> Result<Experiment, String> {
    let folder = Folder::new(&[("base.toml", BASE), ("study.toml", text)]);
    let settings: Vec<String> = settings.iter().map(|&s| s.to_owned()).collect();
    let here = format!("{}/", folder.path("").display()).replace("//", "/");
    load(folder.path("study.toml"), &settings, &metrics(), purpose).map_err(|problems| {
        let text = problems.to_string().replace(&here, "");
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    })
}

fn read(text: &str) -> Result<Experiment, String> {
    read_for(text, &[], Purpose::Any)
}

/// A file of one knob, given the lines after its path.
fn of_knob(path: &str, rest: &str) -> String {
    format!("{HEAD}method = \"morris\"\ntrajectories = 4\n[[knobs]]\npath = \"{path}\"\n{rest}\n")
}

/// Reads a file that must be refused with every one of some pieces of text.
fn refused(text: &str, pieces: &[&str]) {
    let problems = read(text).expect_err(text);
    for piece in pieces {
        assert!(problems.contains(piece), "{piece:?} is not said of\n{text}\nbut\n{problems}");
    }
}

#[test]
fn an_experiment_is_read_with_units_lists_and_ranges() {
    let text = r#"
title = "What matters"
question = "Which?"
scenario = "base.toml"
method = "sobol"
points = 64
replications = 3
weeks = "2 years"
seed = 7
metrics = ["goodwill", "hires_paid"]

[[knobs]]
path = "contract.share_of_salary"
range = ["2%", 0.5]
scale = "log"
label = "share"

[[knobs]]
path = "decision_makers.courtesy"

[[knobs]]
path = "screening.stages"
values = [[], [{ hours = "30 minutes", accept_above = 0.2 }]]

[[knobs]]
path = "goodwill.bad"
range = [0.1, 0.3]
steps = 3

[[knobs]]
path = "sellers.targeting"
values = ["random", "best_fit"]
"#;
    let study = read(text).unwrap();
    assert_eq!((study.name.as_str(), study.title.as_str()), ("study", "What matters"));
    assert_eq!((study.question.as_deref(), study.plan), (Some("Which?"), Plan::Indices { points: 64 }));
    assert_eq!(study.metrics, ["goodwill", "hires_paid"]);
    let run = &study.base.scenario.run;
    assert_eq!((run.weeks, run.replications, run.seed), (104, 3, 7));
    assert_eq!(study.base.scenario.workers.count, 500);
    let share = Domain::Range { low: 0.02, high: 0.5, scale: Scale::Log };
    assert_eq!((study.knobs[0].label.as_str(), &study.knobs[0].domain), ("share", &share));
    // Without a range the believable one of the key, as the registry of keys has it.
    assert_eq!(study.knobs[1].label, "decision_makers.courtesy");
    assert_eq!(study.knobs[1].domain, Domain::Range { low: 0.0, high: 750.0, scale: Scale::Linear });
    let plain =
        |knob: usize| study.knobs[knob].values().unwrap().iter().map(|v| v.plain()).collect::<Vec<_>>();
    assert_eq!(plain(2), ["[]", "[{ hours = 0.5, accept_above = 0.2 }]"]);
    assert_eq!(plain(3), ["0.1", "0.2", "0.3"]);
    assert_eq!(plain(4), ["\"random\"", "\"best_fit\""]);
}

#[test]
fn the_command_line_comes_after_the_file() {
    let text = of_knob("goodwill.bad", "").replace("[[knobs]]", "weeks = 104\n[[knobs]]");
    let study = read_for(&text, &["run.weeks=26", "goodwill.good=0.2"], Purpose::Sensitivity).unwrap();
    assert_eq!(study.base.scenario.run.weeks, 26);
    assert!((study.base.scenario.goodwill.good - 0.2).abs() < 1e-15);
    let problems = read_for(&text, &["goodwill.bad=0.2"], Purpose::Any).unwrap_err();
    assert!(problems.contains("`goodwill.bad` is a knob of the experiment and set besides"), "{problems}");
}

#[test]
fn a_key_that_no_experiment_has_is_shown_with_the_nearest_right_one() {
    let text = of_knob("goodwill.bad", "rnage = [0.1, 0.2]").replace("title", "titel");
    refused(
        &text,
        &["unknown key `titel`", "study.toml:1:1", "did you mean `title`?", "the file has no `title`"],
    );
    refused(&text, &["a knob has no `rnage`", "study.toml:7:1", "did you mean `range`?"]);
    refused(&of_knob("goodwill.bad", "foo = 1"), &["the keys of a knob are: path, label, values"]);
    refused(
        &of_knob("goodwill.bad", "[contract]\nupfront = 1"),
        &["unknown key `contract`", "a file that `extends` it"],
    );
}

#[test]
fn a_path_that_is_no_key_is_shown_with_the_nearest_right_one() {
    refused(
        &of_knob("contract.share_of_salery", "range = [0, 1]"),
        &[
            "unknown key `contract.share_of_salery`",
            "study.toml:6:9",
            "did you mean `contract.share_of_salary`?",
        ],
    );
    refused(&of_knob("contract.ask_rate", ""), &["`ask_rate` is a key of [contacts]"]);
    refused(&of_knob("run.seed", "range = [1, 9]"), &["`run.seed` is no knob", "run with the same one"]);
    refused(&of_knob("friends.edges", "values = [\"a\", \"b\"]"), &["a graph belongs to the scenario"]);
    refused(&of_knob("goodwill.bad", "[[knobs]]\npath = \"goodwill.bad\""), &["a knob twice", "here first"]);
    refused(
        &of_knob("goodwill.bad", "label = \"x\"\n[[knobs]]\npath = \"goodwill.good\"\nlabel = \"x\""),
        &["two knobs are called `x`", "study.toml:9:8"],
    );
    refused(
        &of_knob("goodwill.bad", "[[knobs]]\nlabel = \"x\""),
        &["a knob needs a `path`", "study.toml:7:1"],
    );
}

#[test]
fn values_out_of_range_are_refused_with_the_range() {
    refused(
        &of_knob("goodwill.good", "range = [0.1, 1.2]"),
        &["`goodwill.good` is out of range", "study.toml:7:15", "found 1.2; allowed: 0 to 1"],
    );
    refused(
        &of_knob("contract.success_fee", "values = [\"10%\", -5, 10, \"$10\"]"),
        &["this is a percentage", "found -5; allowed: $0 to $10,000,000", "has a value twice"],
    );
    refused(
        &of_knob("contacts.ask_rate", "range = [0.3, 0.1]"),
        &["the range of `contacts.ask_rate` is empty"],
    );
    refused(&of_knob("contacts.ask_rate", "range = [0.3, nan]"), &["`contacts.ask_rate` is out of range"]);
    refused(&of_knob("contacts.ask_rate", "range = 0.3"), &["`range` takes two numbers"]);
    refused(&of_knob("contacts.ask_rate", "values = [0.3]"), &["two values or more", "one here"]);
    refused(&of_knob("contacts.ask_rate", "values = 0.3"), &["`values` takes a list of values"]);
    refused(
        &of_knob("sellers.targeting", "values = [\"random\", \"bestfit\"]"),
        &["did you mean `\"best_fit\"`?"],
    );
    refused(
        &of_knob("sellers.targeting", ""),
        &["has no range: it takes random", "list the `values` to try"],
    );
    refused(&of_knob("contract.upfront", ""), &["nobody has said which values of `contract.upfront`"]);
    refused(&of_knob("decision_makers.courtesy", "scale = \"log\""), &["begins above 0", "begins at 0"]);
    refused(&of_knob("goodwill.bad", "scale = \"lin\""), &["`scale` takes one of \"linear\", \"log\""]);
    refused(&of_knob("goodwill.bad", "values = [0.1, 0.2]\nsteps = 3"), &["`steps` has no meaning here"]);
    refused(
        &of_knob("decision_makers.attention", "range = [1, 4]\nsteps = 7"),
        &["7 steps are more than the range holds", "study.toml:8:9"],
    );
    refused(&of_knob("goodwill.bad", "steps = 1"), &["`steps` is out of range", "allowed: 2 to 1,000"]);
}

#[test]
fn the_plan_of_an_experiment_is_said_once_and_in_full() {
    let plan = |lines: &str| format!("{HEAD}{lines}\n[[knobs]]\npath = \"goodwill.bad\"\n");
    refused(
        &plan("method = \"moris\""),
        &["`method` takes one of \"morris\", \"sobol\"", "did you mean `\"morris\"`?"],
    );
    refused(&plan("method = \"morris\""), &["the file has no `trajectories`", "`trajectories = 20`"]);
    refused(
        &plan("method = \"morris\"\npoints = 9"),
        &["`points` has no meaning here", "the number of `trajectories`"],
    );
    refused(
        &plan("method = \"sobol\"\npoints = 1"),
        &["`points` is out of range", "allowed: 2 to 1,000,000"],
    );
    refused(
        &plan("method = \"morris\"\ntrajectories = 700_000"),
        &["these are 1400000 points, at most 1000000", "2 points for each, with 1 knobs", "study.toml:4:16"],
    );
    refused(&plan("design = \"latin\""), &["the file has no `points`"]);
    refused(&plan("design = \"grid\"\npoints = 9"), &["the points of a grid follow"]);
    refused(
        &plan("design = \"grid\""),
        &["which values of `goodwill.bad` to try", "its range (0.03 to 0.3)"],
    );
    refused(&plan("design = \"latin\"\nmethod = \"sobol\""), &["not both", "and the other"]);
    refused(&plan(""), &["neither `design` nor `method`"]);
    refused(&plan("design = \"latin\"\npoints = 9\nweeks = 0"), &["`weeks` is out of range", "1 to 5,200"]);
    refused(
        &plan("design = \"latin\"\npoints = 9\nreplications = \"3\""),
        &["`replications` takes a whole number"],
    );
    let metrics = plan(
        "design = \"latin\"\npoints = 9\nmetrics = [\"godwill\", \"goodwill\", \"goodwill\", \"viable\", 3]",
    );
    refused(
        &metrics,
        &[
            "no outcome `godwill`",
            "did you mean `\"goodwill\"`?",
            "named twice",
            "no outcome `viable`",
            "it is gone: a market is judged by its size; write `placements_per_10000`",
            "this is a whole number",
        ],
    );
    let many = "design = \"grid\"\n[[knobs]]\npath = \"goodwill.good\"\nsteps = 1000\n[[knobs]]\n\
                path = \"goodwill.recovery\"\nsteps = 1000";
    let many = plan(many) + "steps = 2";
    refused(&many, &["this grid has 2000000 cells, at most 1000000"]);
}

#[test]
fn a_file_for_another_command_is_sent_there() {
    let sensitivity = of_knob("goodwill.bad", "");
    let problems = read_for(&sensitivity, &[], Purpose::Sweep).unwrap_err();
    assert!(problems.contains("`method` is for `introsim sensitivity`"), "{problems}");
    let sweep = sensitivity.replace("method = \"morris\"\ntrajectories", "design = \"latin\"\npoints");
    assert_eq!(read_for(&sweep, &[], Purpose::Sweep).unwrap().plan, Plan::Latin { points: 4 });
    let problems = read_for(&sweep, &[], Purpose::Sensitivity).unwrap_err();
    assert!(problems.contains("`design` is for `introsim sweep`"), "{problems}");
    refused(BASE, &["study.toml is a scenario, not an experiment"]);
    refused("", &["study.toml is empty"]);
    refused("title = ", &["a value is missing here"]);
    let folder = Folder::new(&[("base.toml", BASE), ("study.toml", &sensitivity)]);
    assert!(is_experiment(folder.path("study.toml")) && !is_experiment(folder.path("base.toml")));
    let problems = introsim::scenario::load(folder.path("study.toml")).unwrap_err().to_string();
    assert!(problems.contains("study.toml is an experiment, not a scenario"), "{problems}");
    assert!(problems.contains("it is for `introsim sensitivity`"), "{problems}");
}

#[test]
fn a_scenario_that_cannot_be_run_is_shown_where_it_is_named() {
    let text = of_knob("goodwill.bad", "");
    refused(&text.replace("base.toml", "nowhere.toml"), &["study.toml:2:12", "relative to the folder"]);
    refused(&text.replace("scenario", "#"), &["the file has no `scenario`"]);
    refused(&text.replace("\"base.toml\"", "3"), &["`scenario` takes one line of text"]);
    let broken = [("base.toml", "title = \"B\"\n[sellers]\nshares = 1\n"), ("study.toml", text.as_str())];
    let folder = Folder::new(&broken);
    let problems = load(folder.path("study.toml"), &[], &[], Purpose::Any).unwrap_err().to_string();
    assert!(problems.contains("base.toml:3:1") && problems.contains("did you mean `share`?"), "{problems}");
    let folder =
        Folder::new(&[("base.toml", "title = \"B\"\nabstract = true\n"), ("study.toml", text.as_str())]);
    let problems = load(folder.path("study.toml"), &[], &[], Purpose::Any).unwrap_err().to_string();
    assert!(problems.contains("base is abstract") && problems.contains("study.toml:2:12"), "{problems}");
}

#[test]
fn a_knob_takes_every_part_of_its_domain_in_turn() {
    let knob = |path: &str, rest: &str| read(&of_knob(path, rest)).unwrap().knobs.remove(0);
    let numbers =
        |knob: &Knob, at: &[f64]| at.iter().map(|&u| knob.at(u).number().unwrap()).collect::<Vec<f64>>();
    let range = knob("contract.share_of_salary", "range = [0.1, 0.5]");
    assert_eq!(numbers(&range, &[0.0, 0.25, 1.0, 7.0]), [0.1, 0.2, 0.5, 0.5]);
    // By ratios: the middle of 1 % and 100 % is 10 %, and a quarter of the way is 10^-1.5.
    let log = knob("contract.share_of_salary", "range = [0.01, 1]\nscale = \"log\"");
    assert_eq!(numbers(&log, &[0.0, 0.25, 0.5, 1.0]), [0.01, 0.031_622_8, 0.1, 1.0]);
    // Whole numbers have equal parts of the unit interval, the ends as large as the others.
    let count = knob("decision_makers.attention", "range = [2, 4]");
    assert_eq!(
        numbers(&count, &[0.0, 0.33, 1.0 / 3.0, 0.66, 2.0 / 3.0, 1.0]),
        [2.0, 2.0, 3.0, 3.0, 4.0, 4.0]
    );
    let places = |knob: &Knob, at: &[f64]| at.iter().map(|&u| knob.place(u)).collect::<Vec<f64>>();
    assert_eq!(places(&count, &[0.0, 0.4, 1.0]), [0.0, 0.5, 1.0]);
    let values = knob("screening.stages", "values = [[], [{ hours = 1, accept_above = 0 }]]");
    assert_eq!([0.0, 0.49, 0.5, 1.0].map(|u| values.at(u).plain() == "[]"), [true, true, false, false]);
    assert_eq!(places(&values, &[0.0, 0.49, 0.5, 1.0]), [0.0, 0.0, 1.0, 1.0]);
    let steps = knob("contract.success_fee", "range = [\"$10\", \"$1,000\"]\nscale = \"log\"\nsteps = 3");
    assert_eq!(numbers(&steps, &[0.0, 0.5, 1.0]), [10.0, 100.0, 1000.0]);
}

#[test]
fn every_believable_range_can_be_moved_through_by_knob() {
    for key in introsim::scenario::keys().iter().filter(|key| key.plausible.is_some()) {
        let knob =
            read(&of_knob(key.path, "")).unwrap_or_else(|p| panic!("{}: {p}", key.path)).knobs.remove(0);
        for u in [0.0, 0.123_456_789, 0.5, 1.0] {
            let number = knob.at(u).number().unwrap();
            assert!(key.range.contains(number), "{}: {number}", key.path);
        }
        assert!(
            knob.place(0.0) < knob.place(2.0 / 3.0) && knob.place(1.0 / 3.0) < knob.place(1.0),
            "{}",
            key.path
        );
    }
}

#[test]
fn points_that_break_a_rule_are_refused_with_the_first_of_them() {
    let text = of_knob("introducers.ties", "range = [10, 60]\n[[knobs]]\npath = \"goodwill.bad\"");
    let study = read(&text).unwrap();
    let points: Vec<_> = [0.0, 0.5, 0.9, 1.0].iter().map(|&u| study.settings(&[u, 0.0])).collect();
    let problems = study.check(&points).unwrap_err().to_string();
    for piece in [
        "an introducer cannot know more decision-makers than there are: `introducers.ties` is 55",
        "study.toml:6:8",
        "2 of 4 points cannot be run, the first is number 3: introducers.ties = 55",
    ] {
        assert!(problems.contains(piece), "{piece}: {problems}");
    }
    assert_eq!(study.check(&points[..2]), Ok(()));
    let scenario = study.scenario(&points[1]);
    assert_eq!((scenario.introducers.ties, scenario.goodwill.bad.to_bits()), (35, 0.03_f64.to_bits()));
}

proptest::proptest! {
    #[test]
    fn no_text_like_an_experiment_makes_the_reader_panic(
        path in "(goodwill.bad|screening.stages|é|run.weeks|)", value in "[-0-9a-z\\[\\], \"%$.{}=]{0,30}",
        name in "(range|values|steps|scale|label|knobs|method|points)"
    ) {
        let _ = read(&of_knob(&path, &format!("{name} = {value}")));
    }
}
