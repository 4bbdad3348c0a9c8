//! Sweeps that are run for twice the weeks while markets move, by whatever way it is done.

use super::{Place, table};

/// Half of the introducers sell until what they began with is gone, in the fourth or fifth year, and then nobody.
const MARKET: &str = "title = \"Small\"
[run]
weeks = 312
burn_in = 20
spells_sample = 0
[workers]
count = 150
[decision_makers]
count = 20
[introducers]
count = 20
ties = 8
[sellers]
entry = \"free\"
share = \"50%\"
reconsider_rate = 0
outside_wage_log_sd = 0
purse_median = \"$200,000\"
purse_log_sd = 0
[contract]
upfront = \"$50\"
";

const STUDY: &str = "title = \"Small study\"
scenario = \"market.toml\"
design = \"grid\"
replications = 6
most_weeks = 1248
[[knobs]]
path = \"contract.upfront\"
values = [\"$20\", \"$100\"]
";

fn place(study: &str) -> Place {
    let place = Place::with(study);
    place.write("market.toml", MARKET);
    place
}

/// Weeks, and whether each setting had come to rest.
fn map(place: &Place, out: &str) -> Vec<(String, String)> {
    let map = table(&place.path(out).join("map.csv"));
    let [weeks, rest] = ["weeks", "rest"].map(|name| map.column(name).unwrap());
    (0..map.len()).map(|row| (map.text(row, weeks).to_owned(), map.text(row, rest).to_owned())).collect()
}

#[test]
fn markets_that_move_are_run_for_twice_the_weeks_however_the_work_is_done() {
    let place = place(STUDY);
    let whole = place.whole();
    // At 312 weeks it empties, at 624 it is empty: no third horizon.
    let cells = map(&place, "whole");
    assert!(cells.iter().all(|(weeks, rest)| weeks == "624" && rest != "moves"), "{cells:?}");
    let rows = table(&place.path("whole").join("cells.csv"));
    let weeks = rows.column("weeks").unwrap();
    assert!((0..rows.len()).all(|row| rows.text(row, weeks) == "624") && rows.len() == 12);
    // Its rows come out again at their own weeks.
    place.run(0, &["verify", "whole"]);
    // The first horizon by shards, half of the second too, the rest in one go.
    let sweep = ["sweep", "study.toml", "--out", "out"];
    let shard = |one: &str| place.run(0, &[&sweep[..], &["-q", "--shard", one]].concat());
    shard("1/2");
    shard("0/2");
    place.run(3, &["merge", "-q", "out"]).says(&["--shard"]);
    let said = place.run(0, &[&sweep[..], &["--shard", "1/2"]].concat());
    said.says(&["not come to rest in 312 weeks", "All are run for 624 weeks now", "merge names the shards"]);
    place.run(0, &["verify", "out", "--sample", "1"]).prints(&[" of 12 blocks are there"]);
    place.run(0, &[&sweep[..], &["-q", "--resume", "--threads", "7"]].concat());
    assert!(place.files("out") == whole);
}

#[test]
fn what_moves_at_the_last_horizon_is_said_not_to_come_to_rest() {
    let second = "[[knobs]]\npath = \"disclosure.payment_known\"\nvalues = [true, false]\n";
    let place = place(&(STUDY.replace("most_weeks = 1248\n", "") + second));
    let said = place.run(0, &["sweep", "study.toml", "--out", "out"]);
    said.prints(&["not come to rest in 312 weeks", "~: does not come to rest"]);
    let cells = map(&place, "out");
    assert!(cells.iter().any(|(weeks, rest)| weeks == "312" && rest == "moves"), "{cells:?}");
    let svg = std::fs::read_to_string(place.path("out/charts/size-map.svg")).unwrap();
    assert!(svg.contains("come to rest"), "the map says so");
    // Too short for a verdict, nothing is said of rest.
    place.run(0, &["sweep", "study.toml", "--out", "short", "--weeks", "311", "-q"]);
    assert!(map(&place, "short").iter().all(|(_, rest)| rest.is_empty()));
    // A run says it too.
    let run = ["run", "market.toml", "-q", "--replications", "6", "--out", "run"];
    place.run(0, &run).says(&["market had not come to rest in 312 weeks", "--weeks 624"]);
}

#[test]
fn a_horizon_that_cannot_be_is_refused() {
    for (weeks, says) in [
        ("most_weeks = 300", "`most_weeks` is out of range"),
        ("most_weeks = 5200", "624 to 2,080"),
        ("most_weeks = \"long\"", "`most_weeks` takes"),
        ("most_week = 1248", "did you mean `most_weeks`?"),
        ("weeks = 700\nmost_weeks = 1248", "is less than twice the 700 weeks"),
    ] {
        let place = place(&STUDY.replace("most_weeks = 1248", weeks));
        place.run(2, &["sweep", "study.toml"]).says(&[says, "study.toml:"]);
    }
    let knob = STUDY.replace(
        "path = \"contract.upfront\"\nvalues = [\"$20\", \"$100\"]",
        "path = \"run.weeks\"\nvalues = [400, 500]",
    );
    place(&knob).run(2, &["sweep", "study.toml"]).says(&["`most_weeks` has no meaning here"]);
    let method = STUDY.replace("design = \"grid\"", "method = \"morris\"\ntrajectories = 2");
    place(&method).run(2, &["sensitivity", "study.toml"]).says(&["`most_weeks` has no meaning here"]);
}
