//! A study of real runs, as small as they can be: the report has their charts. It is left for a browser to look at.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use introsim::report::write;

use super::made::{Made, has};

/// A world in which a year takes milliseconds.
const SMALL: [&str; 7] = [
    "workers.count=600",
    "decision_makers.count=60",
    "introducers.count=20",
    "introducers.ties=12",
    "sellers.entry=closed",
    "sellers.share=20%",
    "run.burn_in=30",
];

/// Where reports are left, to be looked at.
pub(super) fn place(name: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reports").join(name);
    drop(fs::remove_dir_all(&place));
    fs::create_dir_all(&place).unwrap();
    place
}

pub(super) fn introsim(words: &[&str], out: &Path) {
    let mut command = Command::cargo_bin("introsim").unwrap();
    command
        .args(words)
        .args(["--replications", "3", "--weeks", "110", "--seed", "5", "--quiet", "--out"])
        .arg(out);
    for setting in SMALL {
        // Searches over the scenarios of a file keep to its sellers.
        command.args(["--set", setting]);
    }
    command.assert().success();
}

#[test]
fn a_report_of_real_runs_shows_the_charts_of_each_question() {
    let place = place("small");
    let scenarios = [
        "organic",
        "contingency",
        "contingency-screened",
        "contingency-hidden",
        "contingency-50",
        "success-fee",
        "cash-upfront",
        "guarantee",
        "actors",
        "bombardment-0.5",
        "bombardment-10",
        "coach-and-seller",
        "headhunter",
        "sports-agent",
        "average-agent",
        "rational-30",
    ];
    let files: Vec<String> = scenarios.iter().map(|name| format!("scenarios/{name}.toml")).collect();
    let mut words = vec!["run"];
    words.extend(files.iter().map(String::as_str));
    introsim(&words, &place.join("library"));
    let map = place.join("map.toml");
    let text = "title = \"Map\"\nscenario = \"SCENARIO\"\ndesign = \"grid\"\nreplications = 3\n\n[[knobs]]\npath = \
                \"screening.stages\"\nlabel = \"screening\"\nvalues = [[], [{ hours = \"1h\", accept_above = 0.2 }], [{ hours = \
                \"4h\", accept_above = \"profit\" }]]\n\n[[knobs]]\npath = \"contract.share_of_salary\"\nlabel = \
                \"payout\"\nvalues = [\"5%\", \"10%\", \"30%\"]\n\n[[knobs]]\npath = \"disclosure.payment_known\"\nlabel = \
                \"payment known\"\nvalues = [true, false]\n";
    let scenario = fs::canonicalize("scenarios/contingency.toml").unwrap();
    fs::write(&map, text.replace("SCENARIO", &scenario.to_string_lossy().replace('\\', "/"))).unwrap();
    introsim(&["sweep", map.to_str().unwrap()], &place.join("map"));
    let page = fs::read_to_string(write(&place).unwrap()).unwrap();
    for chart in [
        "map",
        "q1-where-the-money-goes",
        "q2-why-they-would-not-meet",
        "q2-known-and-hidden",
        "q2-who-pays",
        "q3-bombardment",
        "q5-contracts",
        "c2-market-life",
        "c3-where-the-money-goes",
        "c4-a-job-search",
        "c6-who-pays",
        "welfare",
    ] {
        has(&page, &[&format!("<figure id=\"{chart}")]);
    }
    // The charts of a question are of its scenarios alone.
    // A week of the offer: those hired by sellers, of 110 weeks.
    let week = page.split("<figure class=\"week\"").nth(1).unwrap().split("</figure>").next().unwrap();
    let summary = introsim::output::read_table(&place.join("library/summary.csv")).unwrap();
    let [scenario, metric, mean] = ["scenario", "metric", "mean"].map(|name| summary.column(name).unwrap());
    let is_hires = |row: &usize| {
        summary.text(*row, scenario) == "contingency" && summary.text(*row, metric) == "hires_paid"
    };
    let hires = summary.number((0..summary.len()).find(is_hires).unwrap(), mean).unwrap().unwrap() / 110.0;
    let lane = week.split("<p class=\"way\">").find(|lane| lane.starts_with("Buying from a seller")).unwrap();
    has(
        lane,
        &[
            &format!("<strong>{}</strong> are hired", introsim::text::significant(hires)),
            "the seeker pays his seller $",
        ],
    );
    has(
        week,
        &["One week of the market “unscreened tenth”", "Writing to strangers", "nobody vouches for him"],
    );
    let figure =
        page.split("<figure id=\"q2-known-and-hidden").nth(1).unwrap().split("</figure>").next().unwrap();
    assert!(figure.contains("tenth, hidden") && !figure.contains("guarantee"));
}

#[test]
fn a_report_of_a_study_with_hardly_anything_in_it_can_be_looked_at_too() {
    let made = Made::new().placed("contingency", 1).library();
    let place = place("bare");
    fs::create_dir(place.join("library")).unwrap();
    fs::copy(made.dir.join("library/outcomes.csv"), place.join("library/outcomes.csv")).unwrap();
    has(&fs::read_to_string(write(&place).unwrap()).unwrap(), &["Not run"]);
}
