//! What the tables of a sweep say: rows as runs give them, and an edge that is known.

use std::collections::BTreeMap;

use introsim::engine::Arm;
use introsim::experiments::run::{Rows, run};
use introsim::scenario::Scenario;

use super::{MARKET, Place, table};
use crate::life::{changed, nothing_happens};

/// Texts of a row from its status on.
fn results(table: &introsim::output::RawTable, row: usize) -> Vec<String> {
    let status = table.column("status").unwrap();
    (status..table.columns().len()).map(|column| table.text(row, column).to_owned()).collect()
}

/// Results of a plain run of the market, one a replication.
fn run_of(settings: &[(&str, String)], replications: u32) -> Vec<Vec<String>> {
    let mut scenario = Scenario::parse("market", MARKET).unwrap();
    scenario.run.replications = replications;
    for (key, value) in settings {
        scenario.set(key, value).unwrap();
    }
    let arms = [Arm { name: "market".to_owned(), scenario }];
    let texts = |rows: Rows| {
        let number = |value: &Option<f64>| value.map_or_else(String::new, |x| (x + 0.0).to_string());
        let numbers = rows.outcomes.iter().map(number);
        ["ok".to_owned(), rows.opening_hash].into_iter().chain(numbers).collect()
    };
    run(&arms, &|| {}).replications.into_iter().map(|r| texts(r.result.unwrap())).collect()
}

#[test]
fn every_cell_is_the_run_of_its_scenario_to_the_last_digit() {
    let place = Place::new();
    place.whole();
    let cells = table(&place.path("whole/cells.csv"));
    assert_eq!(cells.len(), 24);
    let at = |row, name: &str| cells.text(row, cells.column(name).unwrap()).to_owned();
    for cell in 0..8 {
        let first = cell * 3;
        let keys = ["screening.stages", "contract.upfront", "search.applications_unemployed"];
        let settings: Vec<(&str, String)> = keys.into_iter().map(|key| (key, at(first, key))).collect();
        for (replication, expected) in run_of(&settings, 3).into_iter().enumerate() {
            let row = first + replication;
            assert_eq!(at(row, "cell"), cell.to_string());
            assert_eq!(at(row, "replication"), replication.to_string());
            assert_eq!(results(&cells, row), expected, "{settings:?}");
        }
    }
}

#[test]
fn the_map_says_of_a_cell_what_the_summary_says_of_its_run() {
    let place = Place::new();
    place.whole();
    let map = table(&place.path("whole/map.csv"));
    assert_eq!(map.len(), 8);
    // Cell 6: a screen, $100, one application a week.
    let settings = ["screening.stages=[{ hours = 0.5, accept_above = 0.0 }]", "contract.upfront=$100"];
    let words =
        ["run", "market.toml", "-q", "-n", "3", "--out", "run", "--set", settings[0], "--set", settings[1]];
    place.run(0, &[&words[..], &["--set", "search.applications_unemployed=1"]].concat());
    let summary = table(&place.path("run/summary.csv"));
    let mut known = BTreeMap::new();
    for row in 0..summary.len() {
        known.insert(
            summary.text(row, 1).to_owned(),
            [4, 5, 6].map(|column| summary.text(row, column).to_owned()),
        );
    }
    let mut compared = 0;
    for (column, name) in map.columns().iter().enumerate() {
        let Some(expected) = known.get(name) else { continue };
        let found = [column, column + 1, column + 2].map(|column| map.text(6, column).to_owned());
        assert_eq!(found, *expected, "{name}");
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
}

/// A market frozen until only the fee differs: everybody out of work asks for a seller, sellers take everybody,
/// never give up, and value neither relationships nor contact. Then R* = c/h: the cost of a pitch over the share
/// of pitches that end in a placement.
const FROZEN: &[(&str, &str)] = &[
    ("contract.upfront", "0"),
    ("buyers.hazard_shape", "1.001"),
    ("buyers.uplift_years", "0"),
    ("buyers.holdout", "0"),
    ("sellers.share", "10%"),
    ("sellers.entry", "closed"),
    ("sellers.open_hours", "0"),
    ("sellers.outside_wage_log_sd", "0"),
    ("sellers.contact_hours", "0"),
    ("sellers.foresight", "0"),
    ("introducers.goodwill_value", "0"),
];

#[test]
fn the_edge_of_the_map_lies_where_the_fee_pays_for_the_pitches() {
    let fees: Vec<f64> = (1..=16).map(|step| f64::from(step) * 500.0).collect();
    let study = format!(
        "title = \"Edge\"\nscenario = \"market.toml\"\ndesign = \"grid\"\nreplications = 4\n[[knobs]]\npath = \
         \"contract.success_fee\"\nvalues = {fees:?}\n"
    );
    let place = Place::with(&study);
    let market = MARKET.replace("count = 300", "count = 1000").replace("weeks = 60", "weeks = 104");
    place.write("market.toml", &market.replace("count = 40", "count = 120").replace("ties = 8", "ties = 40"));
    let mut words = vec!["sweep", "study.toml", "--out", "out"];
    let settings: Vec<String> = FROZEN.iter().map(|(key, value)| format!("--set={key}={value}")).collect();
    words.extend(settings.iter().map(String::as_str));
    let printed = place.run(0, &words).out;
    let cells = table(&place.path("out/cells.csv"));
    let number = |row: usize, name: &str| cells.number(row, cells.column(name).unwrap()).unwrap().unwrap();
    for row in 0..cells.len() {
        let (fee, replication) = (number(row, "contract.success_fee"), row % 4);
        // Frozen: the same people are pitched and placed at every fee.
        for name in ["requests_paid_judged", "hires_paid_judged", "hours_judged"] {
            assert!((number(row, name) - number(replication, name)).abs() < 1e-9, "{name} at {fee}");
        }
        // c/h: hours of a pitch at the value of an hour, over the share of pitches that end in a placement.
        let (pitches, placements) = (number(row, "requests_paid_judged"), number(row, "hires_paid_judged"));
        assert!(
            (number(row, "hours_judged") - pitches * pitch_hours()).abs() < 1e-9,
            "other hours are worked"
        );
        let edge = hour_value() * pitch_hours() / (placements / pitches);
        assert!(fees[0] < edge && edge < fees[15], "the edge {edge} is outside the grid");
        let holds = number(row, "sellers_profit_dollars_judged") >= 0.0;
        assert_eq!(holds, fee >= edge, "replication {replication}: {fee} against an edge of {edge}");
        // Of 1,000 workers in the second half of 104 weeks.
        assert!((number(row, "placements_per_10000") - 10.0 * placements).abs() < 1e-9);
    }
    // The map is what the rows make of it.
    let map = table(&place.path("out/map.csv"));
    let profits = map.numbers("sellers_profit_dollars_judged").unwrap();
    for (cell, profit) in profits.iter().enumerate() {
        let rows: Vec<f64> = (0..4).map(|r| number(4 * cell + r, "sellers_profit_dollars_judged")).collect();
        assert!((profit.unwrap() - rows.iter().sum::<f64>() / 4.0).abs() < 1e-6, "{profit:?} {rows:?}");
    }
    assert!(profits[0] < Some(0.0) && profits[15] > Some(0.0), "{profits:?}");
    assert!(profits.windows(2).all(|pair| pair[0] < pair[1]), "{profits:?}");
    let texts = |name: &str| (0..16).map(|row| map.text(row, map.column(name).unwrap())).collect::<Vec<_>>();
    assert_eq!((texts("verdict"), texts("lives")), (vec!["lasts"; 16], vec!["4"; 16]));
    // 104 weeks are too few for more than a guess, which table, terminal and chart say.
    assert_eq!(texts("provisional"), ["yes"; 16]);
    let said = "With 104 weeks this is provisional: a verdict takes 312 or more";
    assert!(printed.contains(said), "{printed}");
    let chart = std::fs::read_to_string(place.path("out/charts/size-map.svg")).unwrap();
    assert!(chart.contains("Provisional: a verdict takes"), "the chart does not say so");
}

fn pitch_hours() -> f64 {
    introsim::scenario::Scenario::default().sellers.pitch_hours
}

fn hour_value() -> f64 {
    introsim::scenario::Scenario::default().introducers.hour_value
}

/// Where nothing else happens, a tie that loses 0.04 of goodwill a request and gets back 0.02 of what is missing is
/// blocked, by hand, in week 23, 10, 4 or 2 after the opening under 1, 2, 5 or 10 requests a week, in week 86 under one
/// every other week, and never under one a month.
#[test]
fn the_map_of_a_bombardment_has_the_weeks_of_the_closed_form() {
    let mut market = changed(&nothing_happens(1), &["goodwill.forgiven=0", "goodwill.rebuild_success=0%"]);
    (market.introducers.count, market.introducers.ties) = (6, 3);
    market.title = "Weeks".to_owned();
    // From the goodwill that ties start with: in a burn-in it would come back.
    market.run.burn_in = 0;
    market.decision_makers.count = 12;
    market.sellers.entry = introsim::scenario::Entry::Closed;
    market.sellers.share = 1.0;
    market.bombardment.met = false;
    market.run.weeks = 150;
    let place = Place::with(
        "title = \"Weeks\"\nscenario = \"market.toml\"\ndesign = \"grid\"\nreplications = 2\n[[knobs]]\npath = \
         \"bombardment.requests_per_week\"\nvalues = [0.25, 0.5, 1, 2, 5, 10]\n",
    );
    place.write("market.toml", &market.canonical());
    place.run(0, &["sweep", "study.toml", "-q", "--out", "out"]);
    let weeks = table(&place.path("out/map.csv")).numbers("bombarded_half_life").unwrap();
    assert_eq!(weeks, [None, Some(86.0), Some(23.0), Some(10.0), Some(4.0), Some(2.0)]);
    // The two other ties of each seller live on.
    let all = table(&place.path("out/map.csv")).numbers("tie_half_life").unwrap();
    assert_eq!(all, [None; 6]);
}

#[test]
fn a_cell_that_fails_is_a_row_that_says_why() {
    let place = Place::with(
        "title = \"Broken\"\nscenario = \"market.toml\"\ndesign = \"grid\"\nreplications = 2\n[[knobs]]\npath = \
         \"workers.resume_precision\"\nvalues = [0.04, 0.0123]\n",
    );
    let said = place.run(1, &["sweep", "study.toml", "--out", "out"]);
    assert!(said.err.contains("of 4 points failed; the column status of cells.csv says why"), "{}", said.err);
    let cells = table(&place.path("out/cells.csv"));
    let status: Vec<&str> = (0..4).map(|row| cells.text(row, cells.column("status").unwrap())).collect();
    assert_eq!(status[..2], ["ok", "ok"]);
    assert!(status[2..].iter().all(|status| status.contains("week")), "{status:?}");
    let map = table(&place.path("out/map.csv"));
    let failed = map.column("failed").unwrap();
    assert_eq!((map.whole(0, failed).unwrap(), map.whole(1, failed).unwrap()), (0, 2));
    assert_eq!(map.text(1, map.column("verdict").unwrap()), "");
    // What failed is a result like any other: it is not tried again, and verified like the rest.
    place.run(0, &["verify", "out", "--sample", "4"]);
}

#[test]
fn a_knob_that_moves_nothing_is_told() {
    let knob = |path: &str, values: &str| format!("[[knobs]]\npath = \"{path}\"\nvalues = {values}\n");
    let head = "title = \"Idle\"\nscenario = \"market.toml\"\ndesign = \"grid\"\nreplications = 1\n";
    // Shams are staged only where an introduction is paid for.
    let place = Place::with(&format!(
        "{head}{}{}",
        knob("sham.cost", "[\"$10\", \"$50\"]"),
        knob("contract.upfront", "[\"$20\", \"$100\"]")
    ));
    let said = place.run(0, &["sweep", "study.toml", "--out", "out"]);
    assert!(said.err.contains("sham.cost moves nothing"), "{}", said.err);
    assert!(!said.err.contains("contract.upfront moves nothing"), "{}", said.err);
}

#[test]
fn designs_of_points_and_named_settings_are_swept_too() {
    let head = "title = \"Points\"\nscenario = \"market.toml\"\nreplications = 1\npoints = 5\n";
    let knobs = "[[knobs]]\npath = \"contract.upfront\"\nrange = [\"$20\", \"$100\"]\n[[knobs]]\nlabel = \
                 \"contract\"\nalternatives = [\n{ name = \"plain\", set = {} },\n{ name = \"shares, or so\", set = { \
                 contract.share_of_salary = \"10%\", \"sellers.hours\" = \"20h\" } },\n]\n";
    let place = Place::new();
    for design in ["latin", "sobol"] {
        place.write("study.toml", &format!("{head}design = \"{design}\"\n{knobs}"));
        place.run(0, &["sweep", "study.toml", "-q", "--out", design]);
        let cells = table(&place.path(design).join("cells.csv"));
        assert_eq!(cells.len(), 5);
        let (upfront, name) = (cells.numbers("contract.upfront").unwrap(), cells.column("contract").unwrap());
        assert!(upfront.iter().all(|x| (20.0..=100.0).contains(&x.unwrap())), "{upfront:?}");
        assert!(upfront.windows(2).any(|pair| pair[0] != pair[1]));
        for (row, price) in upfront.iter().enumerate() {
            let mut settings = vec![("contract.upfront", price.unwrap().to_string())];
            match cells.text(row, name) {
                "plain" => {}
                "shares, or so" => {
                    settings.push(("contract.share_of_salary", "10%".to_owned()));
                    settings.push(("sellers.hours", "20h".to_owned()));
                }
                other => panic!("{other}"),
            }
            assert_eq!(results(&cells, row), run_of(&settings, 1)[0], "{settings:?}");
        }
        place.run(0, &["verify", design, "--sample", "2"]);
    }
}

#[test]
fn scenarios_beside_the_base_are_placed_where_their_knobs_are() {
    let place = Place::new();
    let other = |name: &str, from: &str, to: &str| place.write(name, &MARKET.replace(from, to));
    other("at-twenty.toml", "\"$50\"", "\"$20\"");
    other("too-dear.toml", "\"$50\"", "\"$500\"");
    other("other-sellers.toml", "\"20%\"", "\"30%\"");
    place.write("broken.toml", "title = ");
    place.run(0, &["sweep", "study.toml", "-q", "--out", "out"]);
    let library = table(&place.path("out/library.csv"));
    let rows: Vec<Vec<&str>> = (0..library.len())
        .map(|row| (0..library.columns().len()).map(|column| library.text(row, column)).collect())
        .collect();
    // The applications of the base are beyond those of the study, so that not even the base has a place.
    assert_eq!(rows, Vec::<Vec<&str>>::new());
    place.write("study.toml", &super::STUDY.replace("values = [1.0, 2.0]", "values = [1.0, 10.0]"));
    place.run(0, &["sweep", "study.toml", "-q", "--out", "wide"]);
    let library = table(&place.path("wide/library.csv"));
    let column = |name: &str| library.column(name).unwrap();
    let of = |row: usize, name: &str| library.text(row, column(name)).to_owned();
    let names: Vec<String> = (0..library.len()).map(|row| of(row, "scenario")).collect();
    assert_eq!(names, ["at-twenty", "market"]);
    // Neither has a `short`, nor a title of its own: the first clause of the title stands in for both.
    assert_eq!([of(0, "short"), of(1, "short")], ["Small", "Small"]);
    assert_eq!([of(0, "contract.upfront"), of(1, "contract.upfront")], ["20", "50"]);
    assert_eq!([of(0, "screening.stages"), of(1, "screening.stages")], ["[]", "[]"]);
    let manifest = std::fs::read_to_string(place.path("wide/manifest.json")).unwrap();
    assert!(manifest.contains("at-twenty.toml") && !manifest.contains("too-dear.toml"));
}
