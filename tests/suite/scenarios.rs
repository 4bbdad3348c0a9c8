//! Scenario files: what is read, what is refused and in which words, what the library holds, how the commands end.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod commands;
mod graphs;
mod guide;
mod institutions;
mod list;
mod messages;

use std::path::PathBuf;

use introsim::scenario::experiment::{files_markdown, json_schemas};
use introsim::scenario::{
    AcceptAbove, Loaded, Part, SECTIONS, Scenario, Stage, Targeting, base_toml, json_schema, keys, load,
    load_with, parameters_markdown,
};
use proptest::prelude::*;

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

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// The problems of a file in a folder, without the folder's name.
fn problems(folder: &Folder, name: &str) -> String {
    let text = load(folder.path(name)).unwrap_err().to_string();
    let text = text.replace(&format!("{}/", folder.0.path().display()), "");
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn library() -> Vec<(String, Loaded)> {
    let mut list = Vec::new();
    for entry in std::fs::read_dir("scenarios").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let loaded = load(&path).unwrap_or_else(|problems| panic!("{problems}"));
            list.push((loaded.name.clone(), loaded));
        }
    }
    list.sort_by(|one, other| one.0.cmp(&other.0));
    list
}

fn shipped(name: &str) -> Scenario {
    load(format!("scenarios/{name}.toml")).unwrap().scenario
}

// The library

#[test]
fn every_shipped_scenario_loads_and_says_what_it_asks() {
    let library = library();
    let names: Vec<&str> = library.iter().map(|(name, _)| name.as_str()).collect();
    for expected in ["base", "cash-upfront", "contingency", "contingency-screened", "organic", "sports-agent"]
    {
        assert!(names.contains(&expected), "{expected} is missing");
    }
    for (name, loaded) in &library {
        assert_eq!(loaded.scenario.is_abstract, name == "base", "{name}");
        assert_eq!(loaded.scenario.question.is_some(), name != "base", "{name}");
        let first = String::from_utf8_lossy(&loaded.chain[0].bytes).into_owned();
        assert!(first.starts_with("# "), "{name} begins with what it asks");
    }
}

#[test]
fn the_committed_base_is_what_the_registry_renders() {
    let committed = std::fs::read_to_string("scenarios/base.toml").unwrap();
    assert_eq!(committed, base_toml(), "run `introsim schema --base > scenarios/base.toml`");
}

#[test]
fn the_pages_of_parameters_and_outputs_are_what_the_program_renders() {
    let committed = std::fs::read_to_string("docs/parameters.md").unwrap();
    assert_eq!(committed, parameters_markdown(), "run `introsim schema --parameters > docs/parameters.md`");
    for key in keys() {
        assert!(committed.contains(&format!("\n| `{}` | {} |", key.name, key.meaning())), "{}", key.path);
    }
    let committed = std::fs::read_to_string("docs/outputs.md").unwrap();
    assert_eq!(
        committed,
        introsim::output::outputs_markdown(),
        "run `introsim schema --outputs > docs/outputs.md`"
    );
    let committed = std::fs::read_to_string("docs/files.md").unwrap();
    assert_eq!(committed, files_markdown(), "run `introsim schema --files > docs/files.md`");
}

#[test]
fn the_base_sets_every_key_to_its_default() {
    let base = load("scenarios/base.toml").unwrap();
    assert_eq!(base.scenario.differences(&Scenario::default()), Vec::<&str>::new());
    let written = keys().iter().map(|key| key.path).filter(|path| *path != "friends.edges");
    assert_eq!(base.chain[0].sets, written.collect::<Vec<_>>());
}

#[test]
fn a_shipped_scenario_changes_institutions_alone() {
    let base = shipped("base").labour_market();
    // Two are about another world: there what is burnt does not heal.
    let gone = ["goodwill.recovery", "goodwill.forgiven", "goodwill.rebuild_success"];
    for (name, mut loaded) in library() {
        if name.starts_with("gone-") {
            for key in gone {
                let usual = loaded.base.text(key).unwrap();
                assert_ne!(loaded.scenario.text(key).as_ref(), Some(&usual), "{name}");
                loaded.scenario.set(key, usual.trim_matches('"')).unwrap();
            }
        }
        assert_eq!(loaded.scenario.labour_market(), base, "{name}");
        let institutions = SECTIONS.iter().skip_while(|section| section.name != "sellers");
        let institutions: Vec<&str> = institutions.map(|section| section.name).collect();
        for path in loaded.base.differences(&loaded.scenario) {
            assert!(institutions.contains(&path.split('.').next().unwrap()), "{name} changes {path}");
        }
    }
}

#[test]
fn the_library_holds_the_terms_that_its_titles_promise() {
    let upfront = shipped("cash-upfront");
    assert_eq!(upfront.text("contract.upfront").as_deref(), Some("\"$500\""));
    assert_eq!(upfront.sellers.targeting, Targeting::Random);
    assert!(upfront.screening.stages.is_empty());
    let agent = shipped("sports-agent");
    assert_eq!(agent.sellers.representation, 52);
    assert_eq!(agent.text("contract.share_of_salary").as_deref(), Some("\"20%\""));
    assert_eq!(agent.screening.stages.last().map(|stage| &stage.accept_above), Some(&AcceptAbove::Profit));
    let screened = shipped("contingency-screened");
    assert_eq!(screened.screening.stages[0], Stage { hours: 0.5, accept_above: AcceptAbove::Score(0.2) });
    assert_eq!(shipped("organic").differences(&shipped("base")), Vec::<&str>::new());
}

// Reading

#[test]
fn all_problems_of_all_files_are_reported_at_once() {
    let folder = Folder::new(&[
        ("base.toml", "title = \"Base\"\n[workers]\ncount = 0\n"),
        (
            "child.toml",
            "title = \"Child\"\nextends = \"base.toml\"\n[run]\nsead = 1\nweeks = =\n[sham]\ncost = true\n",
        ),
    ]);
    insta::assert_snapshot!(problems(&folder, "child.toml"), @r#"
    error: `workers.count` is out of range
     --> base.toml:3:9
      |
    3 | count = 0
      |         ^ found 0; allowed: 1 to 10,000,000 (workers)

    error: unknown key `sead` in [run]
     --> child.toml:4:1
      |
    4 | sead = 1
      | ^^^^ not a key of [run]
      |
    help: did you mean `seed`?
      |
    4 - sead = 1
    4 + seed = 1
      |

    error: this is not TOML
     --> child.toml:5:9
      |
    5 | weeks = =
      |         ^ extra `=`, expected nothing

    error: `sham.cost` takes dollars: `"$5,000"` or a plain number
     --> child.toml:7:8
      |
    7 | cost = true
      |        ^^^^ this is true or false
    "#);
}

#[test]
fn a_child_is_laid_over_its_base_but_inherits_neither_title_nor_question_nor_abstract() {
    let folder = Folder::new(&[
        (
            "a.toml",
            "title = \"A\"\nquestion = \"why?\"\nabstract = true\n[run]\nweeks = \"2 years\"\nseed = 7\n",
        ),
        ("b.toml", "title = \"B\"\nextends = \"a.toml\"\n[run]\nweeks = 5\n"),
        ("c.toml", "title = \"C\"\nextends = \"b.toml\"\n[sham]\ncost = \"$70\"\n"),
    ]);
    let loaded = load(folder.path("c.toml")).unwrap();
    let scenario = &loaded.scenario;
    assert_eq!((scenario.title.as_str(), &scenario.question, scenario.is_abstract), ("C", &None, false));
    assert_eq!((scenario.run.weeks, scenario.run.seed), (5, 7));
    assert_eq!(loaded.name, "c");
    assert_eq!(loaded.base.title, "B");
    assert_eq!(loaded.base.differences(scenario), ["sham.cost"]);
    let sets: Vec<_> = loaded.chain.iter().map(|file| file.sets.as_slice()).collect();
    assert_eq!(sets, [&["sham.cost"][..], &["run.weeks"], &["run.weeks", "run.seed"]]);
    assert_eq!(loaded.chain[2].bytes, std::fs::read(folder.path("a.toml")).unwrap());
}

#[test]
fn extends_in_a_circle_is_refused_where_it_closes() {
    let folder = Folder::new(&[
        ("one.toml", "title = \"1\"\nextends = \"two.toml\"\n"),
        ("two.toml", "title = \"2\"\nextends = \"./one.toml\"\n"),
    ]);
    insta::assert_snapshot!(problems(&folder, "one.toml"), @r#"
    error: `extends` runs in a circle
     --> two.toml:2:11
      |
    2 | extends = "./one.toml"
      |           ^^^^^^^^^^^^ this file is being read already
    "#);
}

#[test]
fn a_base_that_is_not_there_is_shown_where_it_is_named() {
    let folder = Folder::new(&[("lost.toml", "title = \"Lost\"\nextends = \"nowhere.toml\"\n")]);
    insta::assert_snapshot!(problems(&folder, "lost.toml"), @r#"
    error: cannot read nowhere.toml
     --> lost.toml:2:11
      |
    2 | extends = "nowhere.toml"
      |           ^^^^^^^^^^^^^^ there is no such file
    "#);
}

#[test]
fn what_is_no_scenario_file_is_refused_with_the_reason() {
    let folder = Folder::new(&[]);
    std::fs::write(folder.path("latin.toml"), b"title = \"x\"\nquestion = \"\xe9\"\n").unwrap();
    assert_eq!(problems(&folder, "latin.toml"), "error: cannot read latin.toml: line 2 is not UTF-8 text");
    assert_eq!(problems(&folder, "none.toml"), "error: cannot read none.toml: there is no such file");
    std::fs::create_dir(folder.path("folder.toml")).unwrap();
    assert_eq!(
        problems(&folder, "folder.toml"),
        "error: cannot read folder.toml: this is a folder, not a file\n |\n = help: scenario files are taken here; `introsim \
         list folder.toml` shows those of a folder"
    );
}

#[test]
fn a_rule_is_shown_in_the_layer_that_broke_it() {
    let folder = Folder::new(&[
        ("base.toml", "title = \"Base\"\n[introducers]\nties = 400\n"),
        ("child.toml", "title = \"Child\"\nextends = \"base.toml\"\n[decision_makers]\ncount = 300\n"),
    ]);
    insta::assert_snapshot!(problems(&folder, "child.toml"), @r#"
    error: an introducer cannot know more decision-makers than there are: `introducers.ties` is 400, `decision_makers.count` is 300
     --> child.toml:4:9
      |
    4 | count = 300
      |         ^^^
    "#);
}

#[test]
fn degenerate_markets_of_the_theory_are_allowed() {
    let text = "title = \"Limit\"
[run]\nburn_in = 0
[workers]\ncount = 1\ninitial_unemployed = 1\nresume_precision = 0
[friends]\nmean_degree = 0\nlead_rate = 1
[search]\napplications_unemployed = 0\napplications_employed = 60
[decision_makers]\ncount = 1\nattention = 0\nbar_sd = 0\ninterview_precision = 1e12
[introducers]\ncount = 0\nties = 0
[contacts]\nmost = 0
[sellers]\nentry = \"closed\"\nshare = 1\n";
    let scenario = Scenario::parse("limit", text).unwrap();
    assert_eq!((scenario.workers.count, scenario.introducers.count), (1, 0));
}

// A graph from a file

#[test]
fn settings_are_read_like_a_file_and_need_no_quotes() {
    let settings = [
        "contract.share_of_salary=15%",
        "contract.upfront = $1,500",
        "sellers.targeting=random",
        "sellers.representation=1 year",
        "screening.stages=[{ hours = \"2h\", accept_above = \"profit\" }]",
        "disclosure.payment_known=false",
        "run.seed=0xff",
    ];
    let settings: Vec<String> = settings.map(str::to_owned).to_vec();
    let loaded = load_with("scenarios/contingency.toml", &settings).unwrap();
    let mut expected = shipped("contingency");
    expected.contract.share_of_salary = 0.15;
    expected.contract.upfront = 1500.0;
    expected.sellers.targeting = Targeting::Random;
    expected.sellers.representation = 52;
    expected.screening.stages = vec![Stage { hours: 2.0, accept_above: AcceptAbove::Profit }];
    expected.disclosure.payment_known = false;
    expected.run.seed = 255;
    assert_eq!(loaded.scenario, expected);
    assert_eq!(loaded.overridden.len(), settings.len());
}

#[test]
fn a_wrong_setting_is_shown_with_a_caret_in_what_was_typed() {
    let settings = ["contract.share_of_salary=15", "ask_rate=0.1", "contract.upfrnt=$5", "run.weeks"];
    let settings: Vec<String> = settings.map(str::to_owned).to_vec();
    let problems = load_with("scenarios/contingency.toml", &settings).unwrap_err();
    insta::assert_snapshot!(problems, @r#"
    error: `contract.share_of_salary` is out of range
     --> --set:1:26
      |
    1 | contract.share_of_salary=15
      |                          ^^ found 15; allowed: 0% to 100%
      |
      = help: did you mean `"15%"`? A plain number is a share of 1

    error: unknown key `ask_rate`
     --> --set:1:1
      |
    1 | ask_rate=0.1
      | ^^^^^^^^ no such key
      |
      = help: `ask_rate` is a key of [contacts]

    error: unknown key `contract.upfrnt`
     --> --set:1:1
      |
    1 | contract.upfrnt=$5
      | ^^^^^^^^^^^^^^^ no such key
      |
    help: did you mean `contract.upfront`?
      |
    1 | contract.upfront=$5
      |              +

    error: a setting is `key=value`
     --> --set:1:1
      |
    1 | run.weeks
      | ^^^^^^^^^ no `=` here
      |
      = help: for example `--set contract.share_of_salary=15%`
    "#);
}

#[test]
fn a_scenario_is_set_and_read_by_name() {
    let mut scenario = Scenario::default();
    scenario.set("contract.share_of_salary", "15%").unwrap();
    assert_eq!(scenario.text("contract.share_of_salary").as_deref(), Some("\"15%\""));
    assert_eq!(scenario.number("contract.share_of_salary").map(f64::to_bits), Some(0.15_f64.to_bits()));
    assert_eq!(scenario.number("run.weeks").map(f64::to_bits), Some(520_f64.to_bits()));
    assert_eq!(scenario.number("sellers.targeting"), None);
    let before = scenario.clone();
    assert!(scenario.set("contract.share_of_salary", "150 hours").is_err());
    assert!(scenario.set("nothing", "1").is_err());
    assert_eq!(scenario, before);
    scenario.set("decision_makers.count", "10").unwrap();
    assert_eq!(scenario.check().unwrap_err().count(), 1);
    scenario.set("introducers.ties", "10").unwrap();
    assert_eq!(scenario.check(), Ok(()));
}

#[test]
fn every_key_is_written_and_read_back_by_name() {
    for key in keys().iter().filter(|key| key.path != "friends.edges") {
        let mut scenario = Scenario::default();
        scenario.set(key.path, &key.default_text()).unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(scenario, Scenario::default(), "{}", key.path);
        assert!(!key.meaning().is_empty() && !key.source.is_empty(), "{}", key.path);
    }
}

#[test]
fn believable_values_are_allowed_and_hold_the_default() {
    for key in keys() {
        let Some(plausible) = key.plausible else { continue };
        let default = Scenario::default().number(key.path).unwrap();
        assert!(key.range.contains(plausible.low) && key.range.contains(plausible.high), "{}", key.path);
        assert!(plausible.contains(default), "{} is {default}", key.path);
    }
}

// Canonical text

#[test]
fn the_canonical_text_gives_the_scenario_back() {
    for (name, loaded) in library() {
        let text = loaded.scenario.canonical();
        assert_eq!(Scenario::parse(&name, &text).unwrap(), loaded.scenario, "{name}");
    }
}

#[test]
fn every_key_moves_the_canonical_text_and_labour_market_keys_the_other() {
    let default = Scenario::default();
    for key in keys() {
        let mut scenario = default.clone();
        let text = match scenario.number(key.path) {
            // Halves or steps inside the range of every key.
            Some(number) if number.fract().abs() > 0.0 => format!("{}", number / 2.0),
            Some(number) if key.range.contains(number + 2.0) => format!("{}", number + 2.0),
            Some(number) if key.range.contains(number - 1.0) => format!("{}", number - 1.0),
            Some(_) => "0.5".to_owned(),
            None => match key.path {
                "sellers.targeting" => "random".to_owned(),
                "sellers.entry" => "closed".to_owned(),
                "contract.payer" => "employer".to_owned(),
                "employer.among" => "askers".to_owned(),
                "screening.stages" => "[{ hours = 1, accept_above = 0 }]".to_owned(),
                "friends.edges" => continue,
                _ => (!scenario.canonical().contains(&format!("{} = true", key.name))).to_string(),
            },
        };
        scenario.set(key.path, &text).unwrap_or_else(|problem| panic!("{problem}"));
        assert_ne!(scenario.canonical(), default.canonical(), "{}", key.path);
        let section = SECTIONS.iter().find(|section| section.name == key.section).unwrap();
        let shared = ["run.seed", "run.burn_in", "run.spells_sample"].contains(&key.path);
        let moved = scenario.labour_market() != default.labour_market();
        assert_eq!(moved, section.part == Part::LabourMarket || shared, "{}", key.path);
    }
}

// Schema

#[test]
fn the_schema_knows_every_key_that_the_shipped_files_set() {
    let schema = json_schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for (name, loaded) in library() {
        let text = String::from_utf8(loaded.chain[0].bytes.clone()).unwrap();
        for (head, value) in text.parse::<toml::Table>().unwrap() {
            let known = &schema["properties"][&head];
            assert!(known.is_object(), "{name}: {head}");
            for (key, value) in value.as_table().into_iter().flatten() {
                let known = &known["properties"][key];
                assert!(known["description"].is_string(), "{name}: {head}.{key}");
                let takes_text = known["anyOf"][1]["pattern"].is_string() || known["type"] == "string";
                assert!(!value.is_str() || takes_text, "{name}: {head}.{key} = {value}");
            }
        }
    }
}

/// Every key of a file by its schema: known, and a number, text, list or table where one is asked for.
fn known_to(schema: &serde_json::Value, value: &toml::Value, at: &str) {
    let forms = schema["anyOf"].as_array().cloned().unwrap_or_else(|| vec![schema.clone()]);
    let fits = |form: &serde_json::Value| match form["type"].as_str() {
        Some("object") => value.is_table(),
        Some("array") => value.is_array(),
        Some("string") => value.is_str(),
        Some("integer") => value.is_integer(),
        _ => true,
    };
    let form =
        forms.iter().find(|form| fits(form)).unwrap_or_else(|| panic!("{at}: {value} is none of {schema}"));
    for (key, value) in value.as_table().into_iter().flatten() {
        // Settings of scenarios have a schema of their own.
        if form["properties"].is_object() {
            let known = &form["properties"][key];
            assert!(known.is_object(), "{at}: no {key} in the schema");
            known_to(known, value, &format!("{at}.{key}"));
        }
    }
    for element in value.as_array().into_iter().flatten() {
        known_to(&form["items"], element, at);
    }
}

#[test]
fn the_schemas_of_experiments_claims_and_studies_know_every_key_that_the_shipped_files_set() {
    let schemas = json_schemas();
    let mut seen = std::collections::BTreeSet::new();
    for entry in std::fs::read_dir("scenarios/studies").unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let table: toml::Table = text.parse().unwrap();
        let kind = if table.contains_key("claims") {
            "claims"
        } else if table.contains_key("knobs") {
            "experiment"
        } else {
            "study"
        };
        seen.insert(kind);
        let (_, schema) = schemas.iter().find(|(name, _)| *name == kind).unwrap();
        assert_eq!(schema["additionalProperties"], false);
        known_to(schema, &toml::Value::Table(table), &path.display().to_string());
    }
    assert_eq!(seen.len(), 3, "{seen:?}");
    let study = &schemas[2].1["properties"];
    assert_eq!(study["map"]["required"], serde_json::json!(["file"]));
    assert_eq!(schemas[0].1["properties"]["method"]["enum"], serde_json::json!(["morris", "sobol"]));
}

#[test]
fn the_schema_refuses_unknown_keys_and_gives_every_default() {
    let schema = json_schema();
    assert_eq!(schema["additionalProperties"], false);
    for key in keys().iter().filter(|key| key.path != "friends.edges") {
        let section = &schema["properties"][key.section];
        assert_eq!(section["additionalProperties"], false);
        assert!(!section["properties"][key.name]["default"].is_null(), "{}", key.path);
    }
}

// Whatever comes

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let folder = Folder::new(&[]);
        std::fs::write(folder.path("any.toml"), bytes).unwrap();
        if let Err(problems) = load(folder.path("any.toml")) {
            prop_assert!(problems.count() > 0);
            prop_assert!(!problems.to_string().is_empty() && !problems.styled().is_empty());
        }
    }

    #[test]
    fn no_text_like_a_scenario_makes_the_reader_panic(
        lines in proptest::collection::vec(
            r#"(title|run|\[run\]|\[screening\]|weeks|stages|extends|é|\[\[)? ?(=|\.)? ?("[^"]{0,4}"|[0-9$%,.e-]{0,6}|\[\{hours=1|'|"""|\{)?"#, 0..8)
    ) {
        if let Err(problems) = Scenario::parse("any", &lines.join("\n")) {
            prop_assert!(!problems.to_string().is_empty());
        }
    }

    #[test]
    fn no_setting_makes_the_reader_panic(path in "(run.weeks|contract.upfront|é|screening.stages)", text in "\\PC{0,20}") {
        let mut scenario = Scenario::default();
        if let Err(problem) = scenario.set(&path, &text) {
            prop_assert!(!problem.to_string().is_empty());
        }
    }

    #[test]
    fn what_is_set_is_read_back_from_the_canonical_text(share in 0.0_f64..=1.0, dollars in 0.0_f64..1e6, weeks in 1_u32..5200) {
        let mut scenario = Scenario { title: "Any".to_owned(), ..Scenario::default() };
        scenario.contract.share_of_salary = share;
        scenario.contract.upfront = dollars;
        scenario.run.weeks = weeks;
        for path in ["contract.share_of_salary", "contract.upfront", "run.weeks"] {
            let text = scenario.text(path).unwrap();
            let mut again = scenario.clone();
            again.set(path, &text).unwrap();
            prop_assert_eq!(&again, &scenario);
        }
        prop_assert_eq!(Scenario::parse("any", &scenario.canonical()).unwrap(), scenario);
    }
}
