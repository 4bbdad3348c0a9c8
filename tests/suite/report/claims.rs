//! The claims C1–C7: each holds, fails or cannot be told, as the tables are.

use introsim::experiments::verdict::MEASURE;

use super::made::{Made, N, has};

#[test]
fn screening_is_needed_where_nothing_else_lives() {
    let says = |lives: fn(f64, f64, bool, usize) -> bool| Made::new().map(lives).text_of("C1");
    has(
        &says(|hours, payout, _, r| hours > 0.0 && (payout > 0.1 || r % 2 == 0)),
        &[
            "The claim holds",
            "It takes a screen",
            "the market lasts at none of 4 settings without a screen and at 4 of 8 settings (4 cannot be told) with one",
            // Half of the settings place 50 + r in every replication r, the others in every other one.
            "over all cuts 0 and 40 [",
            "more with a screen, by 40 [",
        ],
    );
    has(
        &says(|hours, payout, _, r| hours <= 0.0 && (payout > 0.1 || r % 2 == 0)),
        &["The claim does not hold", "It works without a screen too", "fewer with a screen, by 40 ["],
    );
    has(
        &says(|_, _, _, _| false),
        &["The claim does not hold", "It works nowhere, with a screen or without"],
    );
    has(
        &says(|_, payout, _, r| payout > 0.1 && (r % 2 == 0)),
        &["Cannot be told", "Whether it takes a screen cannot be told", "no detectable difference"],
    );
}

#[test]
fn a_payoff_helps_or_hurts_by_the_two_halves_of_the_cuts() {
    let says = |lives: fn(f64, f64, bool, usize) -> bool| Made::new().map(lives).text_of("C2");
    has(
        &says(|hours, payout, _, r| payout > 0.15 && (hours < 4.0 || r % 2 == 0)),
        &[
            "The claim holds",
            "A large payoff helps",
            "at cuts of 20–40 %",
            "at 5–10 %",
            "a placement brings $30,000",
            "hours of work",
        ],
    );
    has(
        &says(|hours, payout, _, r| payout < 0.15 && (hours < 4.0 || r % 2 == 0)),
        &["The claim does not hold", "it hurts", "a placement brings $7,"],
    );
    has(
        &says(|_, payout, _, r| (payout > 0.15) == (r % 2 == 0)),
        &["Cannot be told", "No effect of the payoff can be told", "no detectable difference"],
    );
    has(&says(|_, _, _, _| false), &["no such market lasts that could tell what a placement brings"]);
}

#[test]
fn relationships_burn_or_grow_by_the_social_capital_spent() {
    let says = |burnt: f64, screened: f64| {
        Made::new()
            .about("contingency", "social_capital_per_fee_dollar", burnt)
            .about("contingency-screened", "social_capital_per_fee_dollar", screened)
            .library()
            .text_of("C3")
    };
    has(&says(0.4, 0.1), &["The claim holds", "They burn", "$0.407 [0.403–0.411]", "less than without"]);
    has(
        &says(-0.4, 0.5),
        &["The claim does not hold", "They do not burn but grow", "−$0.407", "more than without"],
    );
    let noise: Vec<f64> = (0..N).map(|i| if i % 2 == 0 { 0.3 } else { -0.25 }).collect();
    let open =
        Made::new().set("contingency", "social_capital_per_fee_dollar", &noise).library().text_of("C3");
    has(&open, &["Cannot be told", "No loss can be detected"]);
    let empty = Made::new().placed("contingency", 0).library().text_of("C3");
    has(&empty, &["Cannot be told", "no fee was paid"]);
}

#[test]
fn the_wider_interval_is_told_where_the_tables_have_it() {
    let summary = "scenario,metric,unit,n,mean,low,high,assumed_low,assumed_median,assumed_high,method\n\
                   contingency,social_capital_per_fee_dollar,dollars,8,0.4,0.3,0.5,-0.1,0.3,0.9,t\n";
    let made = || Made::new().about("contingency", "social_capital_per_fee_dollar", 0.4).library();
    has(
        &made().table("library", "summary.csv", summary).text_of("C3"),
        &["Over the assumed constants", "[−0.10 to 0.90]"],
    );
    let page = made().page();
    has(&page, &["was not computed in this study", "Assumptions not varied", "--assumptions 200"]);
}

#[test]
fn networks_of_ones_own_beat_bought_ones_or_are_beaten() {
    let says = |coached: f64, bought: f64| {
        Made::new()
            .gain("coach-and-seller", "coaching", coached)
            .gain("coach-and-seller", "clients", bought)
            .library()
            .text_of("C4")
    };
    has(
        &says(0.3, -0.1),
        &["The claim holds", "Building one’s own network pays more", "+30 %", "−10 %", "+40 %"],
    );
    has(&says(-0.1, 0.3), &["The claim does not hold", "Buying introductions pays more", "−40 %"]);
    has(&says(0.1, 0.1), &["Cannot be told", "Which pays more cannot be told"]);
}

#[test]
fn coaching_and_selling_in_two_markets_are_compared_where_no_market_has_both() {
    let made =
        Made::new().gain("coaching", "coaching", 0.3).gain("contingency-screened", "clients", -0.1).library();
    has(&made.text_of("C4"), &["The claim holds", "+30 %", "−10 %"]);
    let half = Made::new().gain("coaching", "coaching", 0.3).library();
    has(&half.text_of("C4"), &["Not run", "scenarios/contingency-screened.toml"]);
}

#[test]
fn whom_the_employer_pays_helps_fewer_or_more_of_those_who_ask() {
    let says = |employers: f64, seekers: f64, ability: f64| {
        Made::new()
            .about("headhunter", "askers_helped_share", employers)
            .about("headhunter", "askers_placed_share", employers / 100.0)
            .about("headhunter", "placed_employed_share", 0.7)
            .about("headhunter", "placed_ability", ability)
            .about("headhunter", "pool_ability", -0.1)
            .about("contingency-screened", "accepted_share", seekers)
            .library()
            .text_of("C5")
    };
    has(
        &says(0.01, 0.2, 0.9),
        &[
            "The claim holds",
            "helps fewer of those who ask him",
            "placed 0.01 % [0.01–0.01]",
            "had a job",
            "abler than seekers",
        ],
    );
    has(&says(0.5, 0.2, -0.9), &["The claim does not hold", "helps more", "less able than seekers"]);
    let noise: Vec<f64> = (0..N).map(|i| if i % 2 == 0 { 0.1 } else { 0.3 }).collect();
    let equal = Made::new()
        .set("headhunter", "askers_helped_share", &noise)
        .about("contingency-screened", "accepted_share", 0.2)
        .library()
        .text_of("C5");
    has(&equal, &["Cannot be told"]);
}

#[test]
fn an_agent_leaves_the_average_out_or_takes_them() {
    let says =
        |rank: f64| Made::new().about("sports-agent", "clients_rank_p10", rank).library().text_of("C6");
    has(&says(0.8), &["The claim holds", "leaves the average professional out", "81st percentile [81–82]"]);
    has(&says(0.2), &["The claim does not hold", "takes average professionals too", "20th percentile"]);
    let noise: Vec<f64> = (0..N).map(|i| if i % 2 == 0 { 0.3 } else { 0.7 }).collect();
    let open = Made::new().set("sports-agent", "clients_rank_p10", &noise).library();
    has(&open.text_of("C6"), &["Cannot be told"]);
    assert!(
        open.page().contains("replications would tell") || open.page().contains("More replications"),
        "what would settle it"
    );
}

#[test]
fn claims_turn_at_the_cost_at_which_the_search_found_it() {
    let says =
        |finding: &str, cells: &str| Made::new().flip("It does not live", finding, cells).text_of("C7");
    has(
        &says("crossing", "1,begins,2000,1000,3000,280,140,420,0"),
        &["One of one claims turns", "“It does not live” is true above $280 [140–420] a bad introduction"],
    );
    has(&says("crossing", "1,ends,2000,1000,3000,280,140,420,0"), &["is true below $280 [140–420]"]);
    has(&says("holds everywhere", ",,,,,,,,1"), &["None of one claims turns", "one is true at all of them"]);
    has(&says("holds nowhere", ",,,,,,,,1"), &["one is true at none"]);
    has(&says("cannot be told", ",,,,,,,,0.4"), &["Cannot be told", "one cannot be told"]);
}

#[test]
fn one_replication_never_has_a_winner() {
    let one = |name: &str, metric: &str, value: f64| (name.to_owned(), metric.to_owned(), value);
    let values = [
        one("contingency", MEASURE, 0.0),
        one("contingency-screened", MEASURE, 100.0),
        one("contingency", "social_capital_per_fee_dollar", 0.5),
        one("cash-upfront", "acceptance_paid", 0.1),
        one("cash-upfront", "acceptance_organic", 0.5),
        one("headhunter", "askers_helped_share", 0.1),
        one("contingency-screened", "accepted_share", 0.5),
        one("sports-agent", "clients_rank_p10", 0.9),
    ];
    let made = values
        .iter()
        .fold(Made::new(), |made, (name, metric, value)| made.set(name, metric, &[*value]))
        .library();
    for label in ["Q2", "C3", "C5", "C6"] {
        let said = made.says(label);
        assert_eq!(said.standing, "Cannot be told", "{said:?}");
    }
    has(
        &made.text_of("Verdict"),
        &[
            "Whether the refusal is right cannot be told",
            "whether the market lasts cannot be told, with 0 placements per 10,000 workers and year in 1 replication",
            "too few to tell the two apart",
        ],
    );
    has(&made.page(), &["Too few replications"]);
}

/// assumptions.csv with every outcome empty but the placements of contingency, which are 10 at so many of 40 points, 0 at
/// the others.
fn points(alive: usize) -> String {
    let names: Vec<&str> =
        introsim::experiments::outcomes::columns().into_iter().map(|(name, ..)| name).collect();
    let mut text = format!("scenario,point,status,{}\n", names.join(","));
    for point in 0..40 {
        let cells = names.iter().map(|name| match *name {
            MEASURE => if point < alive { "10" } else { "0" }.to_owned(),
            _ => String::new(),
        });
        text += &format!("contingency,{point},ok,{}\n", cells.collect::<Vec<_>>().join(","));
    }
    text + "contingency,40,a law was broken," + &",".repeat(names.len() - 1) + "\n"
}

/// The claim is that fewer than 5 are placed; Wilson's interval of 40 in 40 begins at 40/(40 + 3.84) = 0.912.
#[test]
fn a_price_of_relationships_carries_the_interval_over_assumptions_too() {
    let says = |alive: usize| {
        let made = Made::new().placed("contingency", 0).library();
        let made = made.flip("It dies", "holds everywhere", ",,,,,,,,1");
        let page = made.table("library", "assumptions.csv", &points(alive)).page();
        let start = page.find("Over 40 draws of the assumed constants").unwrap();
        let mut text = String::new();
        let mut is_tag = false;
        for letter in page[start..].chars().take(600) {
            match letter {
                '<' => is_tag = true,
                '>' => is_tag = false,
                '\u{a0}' if !is_tag => text.push(' '),
                _ if !is_tag && letter != '\u{2060}' => text.push(letter),
                _ => {}
            }
        }
        text
    };
    has(&says(0), &["the price of a relationship among them", "were true at 100 % [91–100] of them"]);
    has(&says(40), &["were true at 0 % [0–9] of them"]);
    has(&says(20), &["were true at 50 % [35–65] of them"]);
    let none = Made::new().placed("contingency", 0).library();
    let page = none.flip("It dies", "holds everywhere", ",,,,,,,,1").page();
    assert!(!page.contains("Over 40 draws") && page.contains("was not computed in this study"));
}
