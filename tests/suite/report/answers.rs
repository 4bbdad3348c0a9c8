//! The verdict and the questions Q1–Q5: opposite tables give opposite sentences.

use introsim::experiments::verdict::MEASURE;

use super::made::{Made, N, has, plain};

/// A map that lives at these settings, and the offer by half-lives of 346, 138, 34 and 14 weeks.
fn offer(map: impl Fn(f64, f64) -> bool, healing: impl Fn(f64) -> bool) -> Made {
    let made = Made::new().map(|hours, payout, _, _| map(hours, payout));
    made.healing("healing", "screening.hours", &[0.0], |recovery, _| healing(recovery))
}

#[test]
fn the_verdict_is_that_of_the_offer_and_conditional_where_healing_turns_it() {
    let says = |map: fn(f64, f64) -> bool, healing: fn(f64) -> bool| offer(map, healing).text_of("Verdict");
    has(
        &says(|hours, payout| hours > 0.0 && payout > 0.08, |_| false),
        &[
            "Right to refuse an unscreened tenth; with a screen the market lasts",
            "Where sellers get a tenth of the first salary and screen nobody, the market dies.",
            "0 placed a year of 10,000 workers, over the last two years",
            "How sure: what becomes of the offer rests on 8 replications",
            // 50 to 57: mean 53.5, s² = 6, t with seven degrees of freedom 2.3646, so ± 2.05.
            "the market lasts, with 54 [51–56]: more than without.",
            "Where only time heals and nobody forgives, the unscreened market lasts at no half-life of lost goodwill from 14 weeks to 6.7 years.",
        ],
    );
    has(
        &says(|_, payout| payout > 0.08, |recovery| recovery > 0.01),
        &[
            "The unscreened market lasts, unless half a grudge takes 2.7 years to heal unforgiven",
            "where half of lost goodwill is back within 34 weeks, not where it takes 2.7 years.",
            "At 2.7 years it places 0: one of 4 settings, each judged by itself.",
            "no difference shown from without",
        ],
    );
    // Paces from 0.5 % to 5 % a week are believed.
    has(
        &says(|_, payout| payout > 0.08, |recovery| recovery > 0.003),
        &[
            "The unscreened market lasts at all believed paces of healing tried",
            "not where it takes 6.7 years, which is slower than is believed.",
        ],
    );
    has(
        &says(|hours, _| hours > 20.0, |recovery| recovery > 0.03),
        &["Right to refuse an unscreened tenth, unless half a grudge heals in 14 weeks", "the market dies"],
    );
    has(
        &says(|_, payout| payout > 0.08, |_| true),
        &["What an hour of selling brings was not run. The unscreened market lasts"],
    );
    has(
        &says(|_, _| false, |_| false),
        &["Right to refuse: a market for a tenth dies, with a screen or without"],
    );
}

/// Headline, Q1, C1 and C2 are read from the same cells: none says of the offer's market what another denies.
#[test]
fn headline_and_claims_do_not_contradict_each_other() {
    let lives: [fn(f64, f64) -> bool; 6] = [
        |_, _| true,
        |_, _| false,
        |hours, _| hours > 0.0,
        |hours, _| hours <= 0.0,
        |_, payout| payout > 0.15,
        |hours, payout| hours <= 0.0 && payout < 0.08,
    ];
    for map in lives {
        let made = offer(map, |_| map(0.0, 0.1));
        let [verdict, q1, c1, c2] = ["Verdict", "Q1", "C1", "C2"].map(|label| made.text_of(label));
        let all = format!("{verdict}\n{q1}\n{c1}\n{c2}");
        let offer_lasts = map(0.0, 0.1);
        assert_eq!(verdict.contains("screen nobody, the market lasts"), offer_lasts, "{all}");
        assert_eq!(verdict.contains("Right to refuse"), !offer_lasts, "{all}");
        let ordinary = [0.05, 0.1, 0.2].map(|payout| map(0.0, payout)).contains(&true);
        assert_eq!(c1.contains("it works without"), ordinary, "{all}");
        assert!(!(offer_lasts && c1.contains("Holds: it takes a screen")), "{all}");
        let anywhere = [0.05, 0.1, 0.2, 0.4].map(|payout| map(0.0, payout)).contains(&true);
        assert_eq!(q1.contains("at no cut tried with nobody screened"), !anywhere, "{all}");
        let any = anywhere || [0.05, 0.1, 0.2, 0.4].map(|payout| map(1.0, payout)).contains(&true);
        assert_eq!(c2.contains("no cut is enough"), !any, "{all}");
    }
}

/// Who is placed may have taken another's job: the verdict says what became of all.
#[test]
fn the_verdict_says_whether_more_jobs_were_found_in_all() {
    let made = |hires: f64| {
        let made = Made::new().placed("contingency", N).about("organic", "hires", 1_000.0);
        made.about("contingency", "hires", hires).library().text_of("Verdict")
    };
    // Made-up values lie 1.75 % above their mean on average: 101.75.
    has(
        &made(900.0),
        &[
            "; 102 [",
            "] fewer jobs are found in all than where nothing is sold, among 10,000 workers over 10 years.",
        ],
    );
    has(
        &made(1_100.0),
        &[
            "; 102 [",
            "] more jobs are found in all than where nothing is sold, among 10,000 workers over 10 years.",
        ],
    );
    has(&made(1_000.0), &["; that more or fewer jobs are found in all", "is not shown (0"]);
}

/// A market that lasts may do so at the cost of those who hire, which its verdict does not show.
#[test]
fn those_who_hire_at_a_loss_are_told_where_the_market_is() {
    let made = |hirers: f64| {
        let made = Made::new().placed("contingency", N).placed("cash-upfront", 0);
        let made = made.about("organic", "welfare_decision_makers", 200.0);
        let made = made.about("contingency", "welfare_decision_makers", hirers);
        made.about("cash-upfront", "welfare_decision_makers", 200.0).library()
    };
    let loses = made(100.0);
    has(&loses.text_of("Verdict"), &["those who hire are worse off than where nothing is sold, by $10"]);
    has(
        &plain(&loses.page()),
        &[
            "Those who hire, all of them and fees of their firms counted, are worse off than where nothing is sold in one that \
             lives: “unscreened tenth”.",
            "Those who hire, against nothing sold, a worker and year",
        ],
    );
    let gains = made(300.0);
    assert!(!gains.text_of("Verdict").contains("worse off"));
    assert!(!gains.page().contains("Those who hire, all of them"));
}

/// Of the slow end of healing it is said on how many markets it rests that the offer lasts there.
#[test]
fn what_lasting_rests_on_where_healing_is_slow_is_told() {
    let made = offer(|_, _| true, |recovery| recovery > 0.003);
    has(
        &made.text_of("Verdict"),
        &[
            "That it lasts at 2.7 years rests on 8 replications: it places 54 [51–56], and nothing is known of what those who sell gain.",
        ],
    );
    let everywhere = offer(|_, _| true, |_| true);
    has(&everywhere.text_of("Verdict"), &["That it lasts at 6.7 years rests on 8 replications"]);
}

/// One market, in the library and on the map, has one verdict: that of more replications.
#[test]
fn a_market_that_is_judged_twice_has_one_verdict() {
    let place = "scenario,short,screening,payout,payment known\ncontingency,unscreened tenth,[],0.1,true\n";
    let made = |made: Made| made.library().map(|_, _, _, _| true).table("map", "library.csv", place);
    let says = |made: &Made| plain(&made.page());
    // Three of eight live in the library; all of eight on the map.
    let few = made(Made::new().placed("contingency", 3));
    has(&says(&few), &["<span>lasts (judged on the map, in 8 replications)</span>"]);
    let none: Vec<f64> = vec![0.0; 16];
    let many = made(Made::new().set("contingency", MEASURE, &none));
    has(&says(&many), &["<span>dies (judged in the library, in 16 replications)</span>"]);
    has(&many.text_of("Verdict"), &["the market dies", "0 placed a year"]);
    let other = made(Made::new().placed("cash-upfront", 3));
    assert!(!says(&other).contains("(judged "));
}

#[test]
fn without_a_map_the_verdict_is_that_of_the_library() {
    let made = Made::new().placed("contingency", N).library();
    has(
        &made.text_of("Verdict"),
        &[
            "What an hour of selling brings was not run. The unscreened market lasts",
            "Not run",
            "introsim sweep screening-by-payout",
            "introsim sweep healing",
        ],
    );
    let dies = Made::new().placed("contingency", 0).library();
    has(&dies.text_of("Verdict"), &["Right to refuse"]);
    let open = Made::new().placed("contingency", 3).library();
    has(
        &open.text_of("Verdict"),
        &[
            "cannot be told",
            "whether the market lasts cannot be told",
            "38 [0–82] placed a year of 10,000 workers",
            "rests on 8 replications, and it lives in 3 of them",
        ],
    );
}

#[test]
fn a_break_even_is_where_the_search_found_it_or_nowhere_or_everywhere() {
    let says = |finding: &str, cells: &str| Made::new().breakeven(finding, cells).text_of("Q1");
    has(
        &says("crossing", "1,begins,0.193,0.187,0.2,0,21700,199"),
        &[
            "Answered",
            "With nobody screened, an hour pays from 19 % [19–20] of the first salary, $21,700 a placement",
        ],
    );
    has(&says("crossing", "1,ends,0.3,0.2,0.4,0,21700,199"), &["an hour pays up to 30 % [20–40]"]);
    has(&says("holds everywhere", ",,,,,1,,"), &["an hour pays at every payout from 2 % to 50 %"]);
    has(&says("holds nowhere", ",,,,,1,,"), &["an hour pays at no payout from 2 % to 50 %"]);
    has(&says("cannot be told", ",,,,,0.5,,"), &["Cannot be told", "this run cannot tell at which payout"]);
}

fn cheque(paid: f64, free: f64, cold: f64) -> Made {
    Made::new()
        .about("cash-upfront", "acceptance_paid", paid)
        .about("cash-upfront", "acceptance_organic", free)
        .about("cash-upfront", "acceptance_cold", cold)
}

#[test]
fn who_paid_is_met_as_often_as_the_requests_say() {
    let says = |made: Made| made.library().text_of("Q2");
    has(
        &says(cheque(0.04, 0.42, 0.09)),
        &[
            "She meets strangers sooner",
            "“$500 up front”",
            "less often than those who wrote unknown (9.2 % [9.1–9.2])",
            "less often than those introduced free (43 % [42–43])",
        ],
    );
    has(
        &says(cheque(0.2, 0.42, 0.09)),
        &["Sooner than a stranger, not than a friend", "more often than those who wrote unknown"],
    );
    has(
        &says(cheque(0.6, 0.42, 0.09)),
        &["Sooner than a friend of the seller’s", "more often than those introduced free"],
    );
    let noise: Vec<f64> = (0..N).map(|i| if i % 2 == 0 { 0.3 } else { 0.5 }).collect();
    let equal = cheque(0.4, 0.4, 0.4).set("cash-upfront", "acceptance_paid", &noise);
    has(&says(equal), &["as often, as far as is shown, as those introduced free"]);
    let nobody = Made::new().about("cash-upfront", "acceptance_organic", 0.4);
    has(&says(nobody), &["Cannot be told", "nobody who had paid in advance was sent to a decision-maker"]);
}

/// A cheque and a fee on success are told each by its own market, and what becomes of that.
#[test]
fn a_cheque_and_a_promise_are_each_read_in_their_own_market() {
    let made = |tenth: usize| {
        let made = cheque(0.04, 0.42, 0.09).placed("cash-upfront", 0).placed("contingency", tenth);
        let made =
            made.about("contingency", "acceptance_paid", 0.25).about("contingency", "acceptance_cold", 0.08);
        made.about("contingency", "acceptance_organic", 0.48).library().says("Q2")
    };
    let lasting = made(N);
    let gone = ["sellers send them to anybody", "meet 4.1 %", "The market of “$500 up front” dies"];
    has(&plain(&lasting.sentence), &gone);
    let tenth = "a job alone is paid for (10 % of the first salary with nobody screened), decision-makers meet 25 % [25–26]";
    has(&plain(&lasting.more.join(" ")), &[tenth, "more often than those who wrote unknown (8"]);
    let dead = made(0);
    has(&plain(&dead.sentence), &gone);
    has(&plain(&dead.more.join(" ")), &[tenth, "The market of “unscreened tenth” dies"]);
}

/// Whether strangers are met sooner hangs on where sellers send people; a market of one way does not stand for the other.
#[test]
fn cheques_of_sellers_who_choose_are_told_apart_from_those_of_sellers_who_do_not() {
    let markets = [("important-people", 0.38), ("retainer", 0.25), ("guarantee", 0.26)];
    let made = markets.iter().fold(cheque(0.04, 0.42, 0.09), |made, &(name, paid)| {
        let made = made.about(name, "acceptance_paid", paid).about(name, "acceptance_cold", 0.08);
        made.about(name, "acceptance_organic", 0.48)
    });
    let said = made.library().says("Q2");
    assert_eq!(said.standing, "Sooner than a stranger, not than a friend");
    has(
        &plain(&said.sentence),
        &[
            "sellers pick whom to send them to, decision-makers meet 25 % (“weekly retainer”) to 39 % (“$500 to the top”)",
            "more often than those who wrote unknown (8.1 %) and less often than those introduced free",
            "Where they send them to anybody whom they know, decision-makers meet 4.1 %",
        ],
    );
}

#[test]
fn hiding_and_payers_are_compared_with_what_they_are_beside() {
    let market = |hidden: f64, free: f64, ability: f64, weeks: f64| {
        cheque(0.1, 0.4, 0.1)
            .about("contingency", "acceptance_paid", 0.3)
            .about("contingency", "acceptance_organic_sellers", 0.4)
            .about("contingency-hidden", "acceptance_paid", hidden)
            .about("contingency-hidden", "acceptance_organic_sellers", free)
            .about("contingency", "clients_ability", ability)
            .about("contingency", "pool_ability", -0.1)
            .about("contingency", "clients_weeks_out", weeks)
            .about("contingency", "mean_weeks_out", 15.0)
            .library()
            .text_of("Q2")
    };
    has(
        &market(0.5, 0.3, -0.4, 40.0),
        &[
            "requests that were paid for are met more often, by 20.4 percentage points",
            "introduce free are met less often",
            "less able (by 0.3",
            "longer out of work (by 25",
        ],
    );
    has(
        &market(0.2, 0.5, 0.4, 5.0),
        &[
            "requests that were paid for are met less often",
            "introduce free are met more often",
            "abler (by 0.5",
            "less long out of work (by 10",
        ],
    );
}

const STREAMS: [&str; 2] = ["bombardment-0.25", "bombardment-10"];

fn bombarded(slow: Option<i64>, fast: Option<i64>) -> Made {
    let made = STREAMS.iter().fold(Made::new(), |made, name| made.placed(name, 0)).library();
    made.ties(&[(STREAMS[0], 0.25, slow), (STREAMS[1], 10.0, fast)])
}

#[test]
fn ties_last_as_long_as_their_lives_say() {
    has(
        &bombarded(None, Some(3)).text_of("Q3"),
        &[
            "Half blocked by week 4, at 10 a week",
            "With 10 unwanted people a week, half of the ties were blocked by week 4",
            "with 0.25 unwanted people a week, 100 % [91–100] of the ties were still open after 260 weeks",
        ],
    );
    assert!(!bombarded(None, Some(3)).text_of("Q3").contains("no detectable difference"));
    let both = bombarded(None, None).text_of("Q3");
    has(&both, &["With 10 unwanted people a week, 100 %", "no detectable difference"]);
    let reversed = bombarded(Some(3), None).text_of("Q3");
    has(&reversed, &["with 0.25 unwanted people a week, half of the ties were blocked by week 4"]);
    assert!(!reversed.contains("no detectable difference"), "{reversed}");
}

#[test]
fn the_rate_that_is_borne_is_the_highest_at_which_most_ties_live() {
    has(
        &bombarded(None, Some(3)).text_of("Q4"),
        &[
            "0.25 a week are borne",
            "10 a week are too many, half of the ties are blocked by week 4",
            "0.43 such people a week for ever",
        ],
    );
    has(&bombarded(None, None).text_of("Q4"), &["10 a week are borne", "no higher rate was tried"]);
    has(&bombarded(Some(3), Some(3)).text_of("Q4"), &["0.25 a week are too many", "no lower rate was tried"]);
    let none = Made::new().placed("contingency", 0).library();
    has(&none.text_of("Q4"), &["Not run", "bombardment-1.toml"]);
}

/// Of three knobs that were turned one is told to move placements; another of which nothing is shown may move them more.
#[test]
fn what_moves_placements_most_is_told_where_it_lies_above_all_others() {
    let says = |low: &str, high: &str| {
        let rows = [
            "the payout,mu_star,placements,12,0.9,0.8,1.0,0.9,yes".to_owned(),
            format!("the screen,mu_star,placements,12,0.5,{low},{high},0.5,no"),
            "the price,mu_star,placements,12,0.3,0.2,0.4,0.3,yes".to_owned(),
        ];
        let rows: Vec<String> =
            rows.iter().map(|row| format!("placements_per_10000,a.{},{row}", row.len())).collect();
        let head = "metric,knob,label,index,unit,n,value,low,high,plain,detected";
        let table = format!("{head}\n{}\n", rows.join("\n"));
        offer(|_, _| true, |_| true).table("importance", "sensitivity.csv", &table).page()
    };
    let lead = "Of 3 knobs that were turned, two are shown to move the number of placements";
    has(&says("0.1", "0.7"), &[&format!("{lead}, “the payout” most.")]);
    has(&says("0.0", "0.95"), &[&format!("{lead}; which moves it most cannot be told.")]);
}

fn contracts(shams: f64, real: f64, actors: f64, job: f64) -> Made {
    Made::new()
        .about("actors", "shams", shams)
        .about("actors", "introductions_made", real)
        .gain("actors", "clients", actors)
        .gain("contingency", "clients", job)
        .gain("guarantee", "clients", -0.2)
        .about("guarantee", "refunds_dollars", 100.0)
        .about("guarantee", "fees_dollars", 1000.0)
        .library()
}

#[test]
fn contracts_are_as_honest_and_as_good_as_their_tables() {
    let staged = contracts(300.0, 100.0, -0.2, 0.2).text_of("Q5");
    has(
        &staged,
        &[
            "staged 75.0 % [74.7–75.3]",
            "was −20 %",
            "against −20 %",
            "under a guarantee and +20 %",
            "no detectable difference between the two (meetings less guarantee 0 %); the job is better than either",
            "10.0 % [9.8–10.2] of the fees came back.",
        ],
    );
    let policed = contracts(300.0, 100.0, -0.2, 0.2)
        .about("actors-policed", "shams", 1.0)
        .about("actors-policed", "introductions_made", 99.0)
        .library()
        .says("Q5");
    has(
        &plain(&policed.sentence),
        &[
            "staged 75.0 % [74.7–75.3] of what they sold with actors where 2 % of shams are found out",
            "but 1.0 % [1.0–1.0] where 25 % of shams are found out and clients stay 4 weeks (“actors, policed”)",
        ],
    );
    let honest = contracts(0.0, 100.0, 0.3, -0.1).text_of("Q5");
    has(
        &honest,
        &["staged none of what they sold", "of the two the introductions are the better thing to pay for"],
    );
    has(&honest, &["and −10 %", "worse than the meetings and better than the guarantee"]);
    has(
        &contracts(1.0, 99.0, 0.1, 0.1).text_of("Q5"),
        &["staged 1.0 %", "the job is not detectably other than the meetings"],
    );
}

/// Who had been out of work for longer has more to gain: what he gains tells nothing of the contract.
#[test]
fn contracts_of_unlike_clients_are_not_ranked_and_all_workers_are_the_same_people() {
    let unlike = |weeks: f64, worth: f64| {
        contracts(300.0, 100.0, 0.3, -0.1)
            .about("actors", "clients_weeks_out", weeks)
            .about("guarantee", "clients_weeks_out", 14.0)
            .about("actors", "welfare_workers", worth)
            .about("guarantee", "welfare_workers", 50_000.0)
            .library()
            .text_of("Q5")
    };
    let said = unlike(23.0, 55_000.0);
    has(
        &said,
        &[
            "75.0 % staged, if paid by meeting",
            "of unlike people, who had been out of work for 23",
            "so that these gains rank no contract",
            "more where meetings are paid for than under a guarantee",
        ],
    );
    assert!(!said.contains("better thing to pay for"), "{said}");
    has(
        &unlike(14.0, 45_000.0),
        &["the better thing to pay for", "less where meetings are paid for than under a guarantee"],
    );
}

/// One quantity has one range, of its rules' believable values, whatever was drawn; brackets are for luck.
#[test]
fn what_a_tie_bears_has_the_same_range_in_both_answers_at_every_effort() {
    let text = "scenario,point,status,goodwill.start,goodwill.per_request,goodwill.recovery,goodwill.block_below\n\
                bombardment-10,0,ok,0.8,0.04,0.02,0.15\n";
    let made = bombarded(None, Some(3));
    let drawn = bombarded(None, Some(3)).table("library", "assumptions.csv", text);
    for made in [made, drawn] {
        let (q3, q4) = (made.text_of("Q3"), made.text_of("Q4"));
        has(
            &q3,
            &[
                "is blocked in week 23; over the believable ranges",
                "in week 5 at the one end and never at the other",
            ],
        );
        has(&q4, &["0.43 such people a week for ever", "between 0.08 and 2.28 a week (the middle 95 %)"]);
        assert!(!q3.contains("draws") && !q4.contains("draws") && !q4.contains("0.43 ["), "{q3}\n{q4}");
    }
}
