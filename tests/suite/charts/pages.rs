//! What stands around the marks is read back: lines above a chart that say what is drawn, and below it, of how many runs.

use super::maps::Folder;
use super::synthetic::{Market, Run};
use super::{Charts, long_lived, normal};

/// All words of a chart in one line, so that it does not matter where lines end.
fn words(charts: &Charts, chart: &str) -> String {
    charts.texts(chart).replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// That all of some pieces stand in a chart, and none of others.
fn says(name: &str, run: &Run, chart: &str, pieces: &[&str], never: &[&str]) {
    let words = words(&Charts::of(name, run), chart);
    for piece in pieces {
        assert!(words.contains(piece), "{name}, {chart}: {piece:?} is not in {words}");
    }
    for piece in never {
        assert!(!words.contains(piece), "{name}, {chart}: {piece:?} is in {words}");
    }
}

#[test]
fn every_chart_says_what_is_drawn_and_what_its_bands_are() {
    for (chart, pieces, never) in [
        (
            "market-life",
            &[
                "By week after the paid market opened, mean over replications.",
                "or of all ties where nobody sells.",
                "8 replications",
                "bands and brackets: 95 % over replications (t; shares of markets: Wilson)",
            ][..],
            &["thin lines", "in the one market that was run", "nothing else can be drawn"][..],
        ),
        (
            "why-they-would-not-meet",
            &["those on which they met", "8 replications", "bands and brackets: 95 % over replications"],
            &["thin lines"],
        ),
        (
            "where-the-money-goes",
            &[
                "what it brought above, what was spent on it below",
                "8 replications",
                "bars and brackets: 95 % over replications",
                "The worth of a relationship is assumed; the intervals do not cover other worths.",
            ],
            &["No placement at all"],
        ),
        (
            "bombardment",
            &[
                "bands and bars: 95 % over replications (robust, log–log)",
                "The rules of goodwill are assumed; bands and bars do not cover other rules.",
                "Pale strip, and the range of the lasting rate, which is arithmetic",
            ],
            &["Greenwood"],
        ),
        (
            "a-job-search",
            &[
                "bands and brackets: 95 % over replications (robust, log–log)",
                "People buy after weeks of search, so their line begins low whatever buying does",
            ],
            &["Greenwood", "no band"],
        ),
    ] {
        says("pages", &normal(), chart, pieces, never);
    }
}

#[test]
fn a_page_says_that_nobody_sells_or_that_there_was_one_market() {
    let organic = Run::of(vec![Market::organic("Free introductions")]);
    let nobody = ["By week, mean over replications.", "nobody sells, so nothing else can be drawn."];
    says("pages-organic", &organic, "market-life", &nobody, &["after the paid market opened"]);
    let one = Run { replications: 1, ..Run::of(vec![long_lived()]) };
    says("pages-one", &one, "market-life", &["in the one market that was run"], &["mean over replications."]);
    let bands = ["95 % as if ties were independent (Greenwood, log–log)", "too few replications to tell"];
    says("pages-one", &one, "bombardment", &bands, &["one market alone", "(robust, log–log)"]);
    let bands = ["95 % as if searches were independent (Greenwood, log–log)", "too few replications to tell"];
    says("pages-one", &one, "a-job-search", &bands, &["one market alone", "(robust, log–log)"]);
}

#[test]
fn a_run_without_rows_says_that_there_is_no_data() {
    let charts = Charts::of("pages-empty", &Run::of(Vec::new()));
    assert!(!charts.drawn.is_empty());
    for drawn in &charts.drawn {
        let words = words(&charts, drawn.name);
        assert!(words.contains("No scenario") && words.contains("no data"), "{}: {words}", drawn.name);
    }
}

/// Nine settings of two further knobs, where there is room for six.
#[test]
fn a_map_says_how_many_settings_have_no_panel() {
    let head = "replications,failed,verdict,lives,placements_per_10000,placements_per_10000_low,placements_per_10000_high";
    let map = |further: usize| {
        let mut table = format!("cell,payout,fee,depth,width,{head}\n");
        for cell in 0..16 * further * further {
            let (payout, fee, rest) = (cell % 4, cell / 4 % 4, cell / 16);
            let (depth, width) = (rest % further, rest / further);
            table += &format!("{cell},0.{payout},{fee}00,{depth},{width},10,0,lasts,10,80,60,100\n");
        }
        Folder::of("pages-map", &[("map.csv", &table)]).words("size-map").join(" ")
    };
    let shown = map(2);
    assert!(!shown.contains("Not shown") && !shown.contains("not finite"), "{shown}");
    let many = map(3);
    assert!(many.contains("Not shown: 3 further settings of other knobs."), "{many}");
}

#[test]
fn numbers_that_are_not_finite_are_counted_below_a_map_and_a_list_of_knobs() {
    let head = "metric,knob,label,index,unit,n,value,low,high,plain,detected\n";
    let row = |value: &str| format!("placements_per_10000,a,b,mu_star,placements,16,{value},0.1,3,0,yes\n");
    for (name, text, expected) in
        [("pages-finite", row("2"), None), ("pages-nan", row("NaN"), Some("1 number"))]
    {
        let words = Folder::of(name, &[("sensitivity.csv", &format!("{head}{text}"))]);
        let words = words.words("relative-importance").join(" ");
        assert_eq!(words.contains("not finite left out"), expected.is_some(), "{name}: {words}");
        assert!(expected.is_none_or(|expected| words.contains(expected)), "{name}: {words}");
    }
}
