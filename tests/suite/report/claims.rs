//! The claims C1–C7: each holds, fails or cannot be told, as the tables are.

use introsim::experiments::verdict::MEASURE;

use super::made::{Made, N, has, plain};

#[test]
fn screening_is_needed_where_nothing_else_lives() {
    let says = |lives: fn(f64, f64, bool, usize) -> bool| Made::new().map(lives).text_of("C1");
    has(
        &says(|hours, payout, known, _| known && hours > 0.0 && payout > 0.08),
        &[
            "Holds: it takes a screen",
            "a market in which nobody is screened lasts at no cut tried, and one with whichever screen places most from a cut of 10 % on",
            "Where payment is hidden, it lasts at no cut tried without a screen and at no cut tried with the one that places most, with \
             the most intensive, 8 hours, at no cut tried.",
        ],
    );
    has(
        &says(|hours, payout, _, _| hours <= 0.0 && payout > 0.15),
        &[
            "Does not hold: it works without",
            "lasts from a cut of 20 % on, and one with whichever screen places most at no cut tried",
        ],
    );
    // Beyond ordinary cuts it may live without one.
    has(
        &says(|hours, payout, _, _| payout > 0.3 || hours > 0.0 && payout > 0.15),
        &[
            "Holds: it takes a screen",
            "lasts from a cut of 40 % on, and one with whichever screen places most from a cut of 20 % on",
        ],
    );
    has(
        &says(|_, _, _, _| false),
        &["Does not hold: it works nowhere", "It works neither with a screen nor without"],
    );
    has(
        &says(|hours, payout, _, r| payout > 0.1 && (hours > 0.0 || r % 2 == 0)),
        &[
            "Cannot be told",
            "Whether it takes a screen cannot be told",
            "lasts at no cut for which it can be told (20 % and 40 % cannot)",
        ],
    );
}

#[test]
fn with_and_without_a_screen_are_compared_at_every_cut() {
    let page =
        |lives: fn(f64, f64, bool, usize) -> bool| plain(&without_tags(&Made::new().map(lives).page()));
    // At 10 %: 50 to 57 against 50 and 51 in a quarter of them, so 53.5 against 12.625.
    let clear = page(|hours, payout, _, r| payout > 0.08 && (hours > 0.0 || r < 2));
    has(&clear, &[": cannot be told, lives in 2 of 8", "54 [51–56]", "more, by 41 ["]);
    has(&clear, &["To tell what is open takes", "replications at 10 % with nobody screened"]);
    // 50 to 53 in half of them leave 27.75 with a standard error of 10.5: t is 2.64, which one screen would show (2.36) and
    // the better of two does not (2.84).
    let chosen = page(|hours, payout, _, r| payout > 0.08 && (hours > 0.0 || r < 4));
    has(
        &chosen,
        &[
            "54 [51–56]",
            "no detectable difference; one of",
            "the best of two screens is judged as one of these",
        ],
    );
    assert!(!chosen.contains("more, by 28"));
    let alike = plain(&Made::new().map(|_, payout, _, _| payout > 0.08).page());
    has(&alike, &["no detectable difference"]);
}

#[test]
fn it_takes_thousands_where_what_is_not_enough_brings_thousands() {
    let says = |lives: fn(f64, f64, bool, usize) -> bool| Made::new().map(lives).text_of("C2");
    has(
        &says(|hours, payout, _, _| payout > 0.15 && hours < 4.0),
        &[
            "Holds: 20 % of salary, $20,000",
            "It takes thousands: the smallest cut at which a market lasts is 20 %; at 10 % none does, whatever the screen \
             (a placement brings $10,000",
            "a placement brings $20,000",
            // Of 10 to 17 hires of 50 to 57 hours each: 5,820 hours over 108 hires.
            "for 54 [52–56] hours of work",
        ],
    );
    has(&says(|_, _, _, _| true), &["is enough, less not tried", "5 %, the smallest that was tried"]);
    has(
        &says(|_, payout, _, r| payout > 0.15 || r % 2 == 0),
        &["is enough, less is open", "and of smaller ones it cannot be told"],
    );
    has(&says(|_, _, _, _| false), &["Holds: no cut is enough"]);
}

#[test]
fn relationships_burn_by_a_quarter_of_the_fees_or_a_tenth_of_the_ties() {
    let says = |burnt: f64, screened: f64, lost: f64| {
        Made::new()
            .about("contingency", "social_capital_per_fee_dollar", burnt)
            .about("contingency", "ties_lost_share", lost)
            .about("contingency-screened", "social_capital_per_fee_dollar", screened)
            .library()
            .text_of("C3")
    };
    has(
        &says(0.4, 0.1, 0.01),
        &["Holds: they burn", "They burn", "$0.407 [0.403–0.411]", "less than without"],
    );
    has(&says(0.1, 0.2, 0.2), &["Holds: they burn", "20 % [20–21] of their ties", "more than without"]);
    has(&says(0.02, 0.5, 0.001), &["Does not hold: they burn little", "They burn little"]);
    has(&says(-0.4, 0.5, 0.0), &["Does not hold: no loss to be seen", "No loss can be detected"]);
    let noise: Vec<f64> = (0..N).map(|i| if i % 2 == 0 { 0.6 } else { -0.1 }).collect();
    let open =
        Made::new().set("contingency", "social_capital_per_fee_dollar", &noise).library().text_of("C3");
    has(&open, &["Cannot be told", "as much as the claim says cannot be told"]);
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
        &["the loss per dollar of fees lies between −$0.10 and $0.90 (the middle 95 %)"],
    );
    // 0.407 at the mean of eight, at $2,000; believed are $500 to $20,000; 0.25/0.407 of $2,000 is $1,230.
    has(
        &made().text_of("C3"),
        &[
            "at a price of $2,000",
            "$500 to $20,000 it would lie between $0.10 and $4.07",
            "at a price of $1,230",
        ],
    );
    has(&made().page(), &["Assumptions not varied", "--assumptions 200"]);
}

/// Whoever wants to be coached is not whom a seller accepts, so no gain is ranked above the other.
#[test]
fn coached_and_represented_stand_side_by_side_unranked() {
    for (coached, bought, words) in [(0.3, -0.1, ["+30 %", "−10 %"]), (-0.1, 0.3, ["−10 %", "+30 %"])] {
        let made = Made::new()
            .gain("coach-and-seller", "coaching", coached)
            .gain("coach-and-seller", "clients", bought)
            .about("coach-and-seller", "accepted_share", 0.1)
            .about("coach-and-seller", "clients_ability", 0.4)
            .about("coach-and-seller", "pool_ability", -0.2)
            .library();
        let says = made.text_of("C4");
        has(&says, &words);
        has(
            &says,
            &[
                "not the same people and cannot be ranked",
                "of those who applied to him, after two screens of 2 hours together",
                "Those whom sellers represent are abler than all who seek, by 0.6",
            ],
        );
        assert!(
            !says.contains("pays more") && !says.contains("Holds") && !says.contains("Does not hold"),
            "{says}"
        );
    }
    let nobody = Made::new().placed("coach-and-seller", 0).library();
    has(&nobody.text_of("C4"), &["Cannot be told", "nobody was coached"]);
}

#[test]
fn what_both_do_to_all_jobs_is_told() {
    let says = |both: f64, organic: f64| {
        Made::new()
            .gain("coach-and-seller", "coaching", 0.3)
            .gain("coach-and-seller", "clients", 0.1)
            .about("coach-and-seller", "hires", both)
            .about("organic", "hires", organic)
            .library()
            .text_of("C4")
    };
    has(&says(5_000.0, 6_000.0), &["fewer jobs are found than where neither is for sale"]);
    has(&says(6_000.0, 5_000.0), &["more jobs are found than where neither is for sale"]);
}

#[test]
fn coaching_and_selling_in_two_markets_are_not_ranked() {
    let made =
        Made::new().gain("coaching", "coaching", 0.3).gain("contingency-screened", "clients", -0.1).library();
    has(
        &made.text_of("C4"),
        &[
            "cannot be ranked",
            "+30 %",
            "in “coaching”, of a year’s salary",
            "−10 %",
            "in “screened, 2 hours”",
            "not the same people",
        ],
    );
    // Every lottery that was drawn is told where one is.
    let four = Made::new()
        .gain("coach-and-seller", "coaching", 0.3)
        .gain("coaching", "coaching", -0.2)
        .gain("coach-and-seller", "clients", 0.1)
        .gain("contingency-screened", "clients", -0.1)
        .library();
    let says = plain(&four.says("C4").sentence);
    let parts = [
        "+30 %",
        "in “coach and seller”",
        "−20 %",
        "in “coaching”",
        "+10 %",
        "in “coach and seller”",
        "−10 %",
    ];
    let mut rest = says.as_str();
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { panic!("no {part:?} in {rest:?} of {says:?}") };
        rest = after;
    }
    assert!(rest.contains("in “screened, 2 hours”"), "{says}");
    let half = Made::new().gain("coaching", "coaching", 0.3).library();
    has(&half.text_of("C4"), &["Not run", "scenarios/contingency-screened.toml"]);
}

#[test]
fn whom_the_employer_pays_places_fewer_or_more_of_those_who_ask() {
    let says = |employers: f64, seekers: f64, ability: f64| {
        Made::new()
            .about("headhunter", "asked_and_placed_share", employers)
            .about("headhunter", "placed_employed_share", 0.7)
            .about("headhunter", "placed_ability", ability)
            .about("headhunter", "pool_ability", -0.1)
            .about("contingency-screened", "asked_and_placed_share", seekers)
            .library()
            .text_of("C5")
    };
    has(
        &says(0.01, 0.2, 0.9),
        &[
            "Holds: for companies",
            "place fewer of those who ask",
            "1.0",
            "20",
            "had a job",
            "abler than seekers",
        ],
    );
    has(&says(0.5, 0.2, -0.9), &["Does not hold: for seekers too", "place more", "less able than seekers"]);
    let noise: Vec<f64> = (0..N).map(|i| if i % 2 == 0 { 0.1 } else { 0.3 }).collect();
    let equal = Made::new()
        .set("headhunter", "asked_and_placed_share", &noise)
        .about("contingency-screened", "asked_and_placed_share", 0.2)
        .library()
        .text_of("C5");
    has(&equal, &["Cannot be told"]);
}

#[test]
fn there_are_agents_for_the_average_where_they_reach_one_search_in_a_hundred() {
    let says = |agent: f64, cheap: f64| {
        Made::new()
            .about("sports-agent", "represented_middle", agent)
            .about("average-agent", "represented_middle", cheap)
            // Nobody screens in this market, so its sellers are no agents.
            .about("contingency", "represented_middle", 0.5)
            .library()
            .text_of("C6")
    };
    has(
        &says(0.001, 0.005),
        &[
            "Holds: next to none",
            "0.5 % [0.5–0.5]",
            "“average agent”, of 2 markets in which sellers screen: after a screen of",
            "under “sports agent”, after three screens of 16.5 hours together, he represents 0.10 % [0.10–0.10]",
        ],
    );
    has(&says(0.001, 0.05), &["Does not hold: there are some", "5.1", "“average agent”"]);
    let noise: Vec<f64> = (0..N).map(|i| if i % 2 == 0 { 0.002 } else { 0.018 }).collect();
    let open = Made::new().set("sports-agent", "represented_middle", &noise).library();
    has(&open.text_of("C6"), &["Cannot be told"]);
}

#[test]
fn the_offer_hangs_on_healing_and_on_word_where_the_cells_say_so() {
    let says = |lives: fn(f64, f64) -> bool| {
        Made::new().healing("word", "listeners", &[0.0, 2.0], lives).text_of("C7")
    };
    // Half-lives of 0.002, 0.005, 0.02 and 0.05 a week: 346, 138, 34 and 14 weeks.
    has(
        &says(|recovery, _| recovery > 0.01),
        &[
            "How fast it heals",
            "It hangs on how fast relationships heal: where nobody forgives, the market",
            "half-life of 34 weeks",
        ],
    );
    has(
        &says(|_, listeners| listeners < 1.0),
        &[
            "How far word travels",
            "up to a half-life of 6.7 years where nobody hears of it",
            "at none that was tried",
        ],
    );
    has(
        &says(|recovery, listeners| recovery > 0.03 || recovery > 0.01 && listeners < 1.0),
        &[
            "Healing and word",
            "It hangs on how fast relationships heal and on how far word travels",
            "up to a half-life of 34 weeks where nobody hears of it",
            "14 weeks where 2 hear of it",
        ],
    );
    has(&says(|_, _| true), &["Neither turns it", "at every pace of healing"]);
    has(&says(|_, _| false), &["Neither turns it", "however fast relationships heal"]);
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
    assert!(!says("holds everywhere", ",,,,,,,,1").contains("true at none"), "no claim is");
    has(&says("holds nowhere", ",,,,,,,,1"), &["one is true at none"]);
    has(&says("cannot be told", ",,,,,,,,0.4"), &["Cannot be told", "one cannot be told"]);
}

/// A claim that is shown to be false at one end and true at the other turns somewhere, though it is not told where.
#[test]
fn a_claim_with_opposite_ends_turns_between() {
    let says = |ends: [f64; 2]| {
        let head =
            "claim,goodwill_value,per_bad_introduction,round,replication,status,metric,against,margin\n";
        let rows = ends.iter().zip([500, 20_000]).flat_map(|(end, cost)| {
            (0..8).map(move |r| format!("It lasts,{cost},1,0,{r},ok,,,{}\n", end + f64::from(r % 2)))
        });
        let curve: String = std::iter::once(head.to_owned()).chain(rows).collect();
        let made = Made::new().flip("It lasts", "cannot be told", ",,,,,,,,0.4");
        made.table("flip", "curve.csv", &curve).text_of("C7")
    };
    // Of 0 and 1 in turn the standard error is 0.19, and t with seven degrees of freedom 2.36: half-widths are 0.45.
    has(&says([-6.0, 5.0]), &["“It lasts” becomes true somewhere between"]);
    has(&says([5.0, -6.0]), &["“It lasts” ceases to be true somewhere between"]);
    for open in [[-0.5, 5.0], [5.0, 6.0]] {
        has(&says(open), &["one cannot be told"]);
    }
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
        one("headhunter", "asked_and_placed_share", 0.1),
        one("contingency-screened", "asked_and_placed_share", 0.5),
        one("sports-agent", "represented_middle", 0.9),
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
            "Whether an unscreened tenth keeps a market alive cannot be told",
            "screen nobody, whether the market lasts cannot be told",
            "0 placed a year of 10,000 workers",
            "rests on 1 replication",
        ],
    );
    has(&made.page(), &["Too few replications"]);
}

/// assumptions.csv with every outcome empty but the placements of contingency, which are 10 at so many of 40 points and 0 at
/// the others, and those of contingency-screened, 10 at all. Ten more points miss the facts.
fn points(alive: usize) -> String {
    let names: Vec<&str> =
        introsim::experiments::outcomes::columns().into_iter().map(|(name, ..)| name).collect();
    let mut text = format!("scenario,point,status,hits,{}\n", names.join(","));
    let mut row = |scenario: &str, point: usize, hits: &str, placed: &str| {
        let cells = names.iter().map(|name| if *name == MEASURE { placed } else { "" });
        text += &format!("{scenario},{point},ok,{hits},{}\n", cells.collect::<Vec<_>>().join(","));
    };
    for point in 0..50 {
        let hits = if point < 40 { "yes" } else { "no" };
        row("organic", point, hits, "");
        row("contingency", point, hits, if point < alive { "10" } else { "0" });
        row("contingency-screened", point, hits, "10");
    }
    text + "contingency,50,a law was broken,yes," + &",".repeat(names.len() - 1) + "\n"
}

/// The claim is that fewer than 5 are placed; Wilson's interval of 40 in 40 begins at 40/(40 + 3.84) = 0.912.
#[test]
fn claims_are_told_over_the_points_that_hit_the_facts() {
    let page = |alive: usize| {
        let made = Made::new().placed("contingency", 0).library();
        let made = made.flip("It dies", "holds everywhere", ",,,,,,,,1").map(|_, _, _, _| false);
        let page = made.table("library", "assumptions.csv", &points(alive)).page();
        plain(&without_tags(&page))
    };
    has(&page(0), &["the price of a relationship among them", "were true at 100 % [91–100] of them"]);
    has(&page(40), &["were true at 0 % [0–9] of them"]);
    // C1: not without a screen, and with one.
    has(
        &page(20),
        &[
            "were true at 50 % [35–65] of them",
            "Of 50 draws of the assumed constants 40 hit the facts that the labour market is fitted to; the claim holds at \
             50 % [35–65] of these, one replication each.",
        ],
    );
    let none = Made::new().placed("contingency", 0).library();
    let page = none.flip("It dies", "holds everywhere", ",,,,,,,,1").page();
    assert!(!page.contains("Over 40 draws") && page.contains("was not computed in this study"));
}

/// A page without its tags.
fn without_tags(page: &str) -> String {
    let mut is_tag = false;
    let kept = page.chars().filter(|letter| {
        let was = is_tag;
        is_tag = match letter {
            '<' => true,
            '>' => false,
            _ => is_tag,
        };
        !was && !is_tag
    });
    kept.collect()
}
