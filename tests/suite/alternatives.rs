//! Knobs that choose between named settings of several keys: how they are read, refused and turned.

use introsim::scenario::experiment::{Experiment, Purpose, load};

const BASE: &str = "title = \"Base\"\n[workers]\ncount = 500\n[decision_makers]\ncount = 50\n[introducers]\n\
                    count = 20\nties = 10\n[sellers]\nentry = \"closed\"\nshare = \"10%\"\n";

fn read(knob: &str) -> Result<Experiment, String> {
    read_with("design = \"grid\"", knob, &[])
}

fn read_with(design: &str, knob: &str, settings: &[String]) -> Result<Experiment, String> {
    let folder = tempfile::tempdir().unwrap();
    let (base, study) = (folder.path().join("base.toml"), folder.path().join("study.toml"));
    std::fs::write(base, BASE).unwrap();
    let text = format!("title = \"T\"\nscenario = \"base.toml\"\n{design}\n[[knobs]]\n{knob}\n");
    std::fs::write(&study, text).unwrap();
    load(study, settings, &[], Purpose::Any).map_err(|problems| problems.to_string())
}

const CONTRACTS: &str = "label = \"contract\"\nalternatives = [
    { name = \"as it is\", set = {} },
    { name = \"cash\", set = { contract.upfront = \"$500\", \"sellers.targeting\" = \"random\" } },
    { name = \"screened\", set = { screening.stages = [{ hours = 1, accept_above = 0 }], contract.share_of_salary = \"10%\" } },
]";

#[test]
fn a_knob_of_several_keys_turns_them_together() {
    let study = read(CONTRACTS).unwrap();
    let knob = &study.knobs[0];
    assert_eq!(knob.label, "contract");
    let keys = ["contract.share_of_salary", "contract.upfront", "screening.stages", "sellers.targeting"];
    assert_eq!(knob.paths(), keys);
    let values = knob.values().unwrap().to_vec();
    let names: Vec<String> = values.iter().map(|value| knob.text(value)).collect();
    assert_eq!(names, ["as it is", "cash", "screened"]);
    let changed: Vec<Vec<&str>> = values
        .iter()
        .map(|value| study.base.scenario.differences(&study.scenario(std::slice::from_ref(value))))
        .collect();
    assert_eq!(changed[0], Vec::<&str>::new());
    assert_eq!(changed[1], ["sellers.targeting", "contract.upfront"]);
    assert_eq!(changed[2], ["screening.stages", "contract.share_of_salary"]);
    let cash = study.scenario(&values[1..2]);
    assert!((cash.contract.upfront - 500.0).abs() < 1e-12);
    // Thirds of the unit interval.
    let at = |u| knob.text(&knob.at(u));
    assert_eq!([at(0.0), at(0.34), at(1.0)], ["as it is", "cash", "screened"]);
    study.check(&values.iter().map(|value| vec![value.clone()]).collect::<Vec<_>>()).unwrap();
}

#[test]
fn a_knob_of_several_keys_is_read_as_strictly_as_any_other() {
    let set = |set: &str| {
        format!(
            "label = \"x\"\nalternatives = [{{ name = \"a\", set = {{}} }}, {{ name = \"b\", set = {set} }}]"
        )
    };
    let cases = [
        (set("{ contract.uprfont = 5 }"), "did you mean `contract.upfront`?"),
        (set("{ contract.upfront = \"5 weeks\" }"), "`contract.upfront` takes"),
        (set("{ run.seed = 5 }"), "every point is run with the same one"),
        (set("{ contract = 5 }"), "unknown key `contract`"),
        (set("5"), "a table such as"),
        (set("{}"), "`b` sets the same as `a`"),
        (set("{ contract.upfront = 5 }").replace("\"b\"", "\"a\""), "two alternatives are called `a`"),
        (set("{ contract.upfront = 5 }").replace("label = \"x\"", ""), "needs a `label`"),
        (
            set("{ contract.upfront = 5 }").replace("label", "values = [1, 2]\nlabel"),
            "`values` has no meaning here",
        ),
        (set("{ contract.upfront = 5 }").replace("name = \"b\", ", ""), "needs a `name` and what to `set`"),
        (set("{ contract.upfront = 5 }").replace("name = \"b\"", "nmae = \"b\""), "did you mean `name`?"),
        ("label = \"x\"\nalternatives = [{ name = \"a\", set = {} }]".to_owned(), "two alternatives or more"),
        ("label = \"x\"\nalternatives = 5".to_owned(), "a list such as"),
        (
            format!("path = \"contract.upfront\"\nvalues = [1, 2]\n[[knobs]]\n{CONTRACTS}"),
            "`contract.upfront` is a knob twice",
        ),
        (
            format!("{CONTRACTS}\n[[knobs]]\npath = \"contract.upfront\"\nvalues = [1, 2]"),
            "`contract.upfront` is a knob twice",
        ),
    ];
    for (knob, says) in cases {
        let problems = read(&knob).expect_err(&knob);
        assert!(problems.contains(says), "{says:?} is not said of\n{knob}\nbut\n{problems}");
    }
    let problems = read_with("method = \"morris\"\ntrajectories = 2", CONTRACTS, &[]).unwrap_err();
    assert!(problems.contains("chooses between alternatives, which have no order"), "{problems}");
    let settings = ["contract.upfront=$5".to_owned()];
    let problems = read_with("design = \"grid\"", CONTRACTS, &settings).unwrap_err();
    assert!(
        problems.contains("`contract.upfront` is a knob of the experiment and set besides"),
        "{problems}"
    );
}

#[test]
fn a_rule_that_an_alternative_breaks_names_the_alternative() {
    let knob = "label = \"size\"\nalternatives = [{ name = \"small\", set = {} }, { name = \"large\", set = { introducers.ties = 500 } }]";
    let study = read(knob).unwrap();
    let points: Vec<_> = study.knobs[0].values().unwrap().iter().map(|value| vec![value.clone()]).collect();
    let problems = study.check(&points).unwrap_err().to_string();
    assert!(
        problems.contains("1 of 2 points cannot be run, the first is number 2: size = large"),
        "{problems}"
    );
}
