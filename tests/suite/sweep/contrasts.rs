//! Sweeps that compare settings: each beside the one that differs from it in one knob alone.

use std::collections::BTreeMap;

use super::{Place, STUDY, table};

fn place(more: &str) -> Place {
    Place::with(&STUDY.replace("replications = 3\n", &format!("replications = 3\n{more}")))
}

#[test]
fn each_setting_is_compared_with_the_one_that_has_the_scenarios_value() {
    let place = place("looks = 2\ncontrasts = [\"screening.stages\"]\n");
    let sweep = ["sweep", "study.toml", "--out"];
    let said = place.run(0, &[&sweep[..], &["out"]].concat());
    said.prints(&["beside screening.stages = none, all else alike, of 4 settings", "contrasts.csv"]);
    // What every replication placed, from the table of cells.
    let cells = table(&place.path("out/cells.csv"));
    let column = |name: &str| cells.column(name).unwrap();
    let (cell, replication) = (column("cell"), column("replication"));
    let mut placed: BTreeMap<(i64, i64), f64> = BTreeMap::new();
    let mut knobs: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for row in 0..cells.len() {
        let number = cells.whole(row, cell).unwrap();
        if let Some(value) = cells.number(row, column("placements_per_10000")).unwrap() {
            placed.insert((number, cells.whole(row, replication).unwrap()), value);
        }
        let names = ["screening.stages", "contract.upfront", "search.applications_unemployed"];
        knobs.insert(number, names.map(|name| cells.text(row, column(name)).to_owned()).to_vec());
    }
    let contrasts = table(&place.path("out/contrasts.csv"));
    let column = |name: &str| contrasts.column(name).unwrap();
    assert_eq!(contrasts.len(), 4);
    for row in 0..contrasts.len() {
        let [own, with, pairs] =
            ["cell", "with", "pairs"].map(|name| contrasts.whole(row, column(name)).unwrap());
        assert_eq!(contrasts.text(row, column("knob")), "screening.stages");
        let (of_own, of_with) = (&knobs[&own], &knobs[&with]);
        assert!(
            of_own[0] != "[]" && of_with[0] == "[]" && of_own[1..] == of_with[1..],
            "{of_own:?} {of_with:?}"
        );
        let differences: Vec<f64> =
            (0..12).filter_map(|n| Some(placed.get(&(own, n))? - placed.get(&(with, n))?)).collect();
        assert_eq!(differences.len() as i64, pairs);
        let [mean, low, high] = ["difference", "difference_low", "difference_high"]
            .map(|name| contrasts.number(row, column(name)).unwrap().unwrap());
        let expected = differences.iter().sum::<f64>() / pairs as f64;
        assert!((mean - expected).abs() < 1e-9, "{mean} {expected}");
        let says = contrasts.text(row, column("says"));
        assert!(["more", "fewer", "about as many", "cannot be told"].contains(&says), "{says}");
        assert!(says != "more" || low > 0.0);
        assert!(says != "fewer" || high < 0.0);
        // What is open has had all looks.
        assert!(says != "cannot be told" || pairs == 6, "{pairs} pairs, and {says}");
    }
    place.run(0, &[&sweep[..], &["threads", "-q", "--threads", "7"]].concat());
    assert!(place.files("threads") == place.files("out"));
    for _ in 0..2 {
        for shard in ["1/2", "0/2"] {
            place.run(0, &[&sweep[..], &["shards", "-q", "--shard", shard]].concat());
        }
        if crate::program::Said::of(place.command(&["merge", "-q", "shards"]).output().unwrap()).code
            == Some(0)
        {
            break;
        }
    }
    assert!(place.files("shards") == place.files("out"));
    place.run(0, &["verify", "out"]);
}

#[test]
fn knobs_that_cannot_be_compared_are_refused_with_what_is_allowed() {
    let of = |name: &str| format!("contrasts = [\"{name}\"]\n");
    for (more, says) in [
        (of("screening.stage"), "did you mean `screening.stages`?"),
        (of("weather"), "the knobs are: screening.stages, contract.upfront, search.applications_unemployed"),
        (of("contract.upfront"), "the scenario has \"$50\"; the knob has \"$20\", \"$100\""),
        ("contrasts = [\"screening.stages\", \"screening.stages\"]\n".to_owned(), "is named twice"),
        ("contrasts = \"screening.stages\"\n".to_owned(), "a list of knobs, each in quotes"),
        ("contrasts = []\n".to_owned(), "`contrasts`"),
    ] {
        place(&more).run(2, &["sweep", "study.toml"]).says(&[says, "study.toml:"]);
    }
    let latin = place(&of("screening.stages"));
    let text = std::fs::read_to_string(latin.path("study.toml")).unwrap();
    latin.write("study.toml", &text.replace("design = \"grid\"", "design = \"latin\"\npoints = 4"));
    latin.run(2, &["sweep", "study.toml"]).says(&["they are for `design = \"grid\"`"]);
}
