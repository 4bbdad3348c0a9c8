//! The page itself: one well-formed file, nothing from the network, every id once, nothing missing without a word.

use std::collections::BTreeSet;

use introsim::report::{ReportError, write};

use super::made::{Made, N, has, plain};

/// A study with every part, some of it odd: names with signs of markup, cells that are empty or not finite.
fn odd() -> Made {
    let signs = "a <b> & \"c\" 'd'";
    Made::new()
        .placed("contingency", 0)
        .placed("contingency-screened", 5)
        .placed(signs, 3)
        .about("contingency", "social_capital_per_fee_dollar", 0.1)
        .text("contingency-screened", "social_capital_per_fee_dollar", "NaN")
        .text("cash-upfront", "acceptance_paid", "inf")
        .about("sports-agent", "clients_rank_p10", 0.7)
        .library()
        .map(|hours, payout, known, r| hours > 0.0 && payout > 0.07 && (known || r > 2))
        .breakeven("crossing", "1,begins,0.193,0.185,0.2,0,21700,199")
        .flip("\"Unscreened, it <does> & \"\"lives\"\" 'not'\"", "holds nowhere", ",,,,,,,,1")
        .table(
            "facts",
            "facts.csv",
            "scenario,fact,what,unit,used_to,target,range_low,range_high,figure,figure_low,figure_high,\
             distance,verdict,source,note\n\
             organic,1,jobs through <contacts>,share,fit,0.45,0.3,0.6,0.5,0.4,0.6,0.33,hit,Ioannides & Loury,\n\
             organic,2,hires,ratio,check,8.8,5,,3,2,4,,miss,Lever,\n",
        )
        .table(
            "validation",
            "validation.csv",
            "check,group,unit,target,source,figure,error,low,high,z,rule,allowed,range_low,range_high,verdict,note\n\
             chains <2>,exact networks,,0.12345,solved,0.12,0.01,0.08,0.16,-0.345,within 4 standard errors,4,,,pass,\n",
        )
        .table(
            "importance",
            "sensitivity.csv",
            "metric,knob,label,index,unit,n,value,low,high,plain,detected\n\
             placements_per_10000,a.b,the price & the hour,mu_star,placements,12,0.5,0.4,0.6,0.5,yes\n\
             placements_per_10000,c.d,nothing much,mu_star,placements,12,0.1,-0.1,0.2,0.1,no\n",
        )
        .table(
            ".",
            "manifest.json",
            "{\"command\":\"study\",\"version\":\"0.1.0\",\"seed\":7,\"effort\":\"quick\",\"title\":\"Can <you> & I?\",\
             \"question\":\"?\",\"parts\":[]}",
        )
}

/// Parses a page as XML; that it can be is most of the test.
pub(super) fn parsed(page: &str) -> roxmltree::Document<'_> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(page, options).unwrap()
}

#[test]
fn the_page_is_well_formed_and_shows_odd_names_as_they_are() {
    let page = odd().page();
    let document = parsed(&page);
    let is_hidden = |node: &roxmltree::Node<'_, '_>| {
        node.ancestors().any(|node| node.has_tag_name("style") || node.has_tag_name("script"))
    };
    let shown = document.descendants().filter(|node| node.is_text() && !is_hidden(node));
    let text: String = shown.filter_map(|node| node.text()).collect();
    has(
        &text,
        &[
            "Can <you> & I?",
            "a <b> & \"c\" 'd'",
            "Unscreened, it <does> & \"lives\" 'not'",
            "jobs through <contacts>, share",
            "chains <2>",
            "the price & the hour",
        ],
    );
    // What is not finite is left out and told.
    has(&text, &["Numbers that are none", "cells of library/outcomes.csv are not finite"]);
    assert!(!text.contains("NaN") && !text.contains("inf "), "no number that is none is shown");
}

#[test]
fn every_id_is_there_once_and_whatever_is_pointed_at_exists() {
    let page = odd().page();
    let document = parsed(&page);
    let mut ids = BTreeSet::new();
    for id in document.descendants().filter_map(|node| node.attribute("id")) {
        assert!(ids.insert(id), "{id} is there twice");
    }
    for node in document.descendants() {
        let link = node.attribute("href").and_then(|link| link.strip_prefix('#'));
        for id in link.into_iter().chain(node.attribute("aria-labelledby")) {
            assert!(ids.contains(id), "nothing has the id {id}");
        }
    }
    for id in ["q1", "q5", "c1", "c7", "warnings", "again"] {
        assert!(ids.contains(id), "{id}");
    }
}

#[test]
fn nothing_is_fetched_from_anywhere() {
    let page = odd().page();
    let document = parsed(&page);
    for node in document.descendants() {
        for attribute in node.attributes() {
            let name = attribute.name();
            assert!(
                !["src", "srcset", "data", "poster", "action"].contains(&name),
                "{name}={}",
                attribute.value()
            );
            // Links stay in the page, or lead to the files of a chart beside it.
            let value = attribute.value();
            let is_file = value.contains("/charts/") && !value.contains(':') && !value.starts_with('/');
            assert!(name != "href" || value.starts_with('#') || is_file, "{value}");
            assert!(!name.starts_with("on"), "no script in an attribute: {name}");
        }
        assert!(!["link", "iframe", "object", "embed", "img", "image"].contains(&node.tag_name().name()));
    }
    // One script, the program's own, which fetches nothing.
    let scripts: Vec<_> = document.descendants().filter(|node| node.has_tag_name("script")).collect();
    assert_eq!(scripts.len(), 1);
    let script = scripts[0].text().unwrap();
    assert_eq!(script.trim(), include_str!("../../../src/report/page/script.js").trim());
    assert!(!["fetch", "http", "import", "eval"].iter().any(|word| script.contains(word)));
    let style: String = document
        .descendants()
        .filter(|node| node.has_tag_name("style"))
        .filter_map(|node| node.text())
        .collect();
    assert!(!style.contains("@import") && !style.contains("http"));
    assert!(style.matches("url(").count() == style.matches("url(data:font/otf;base64,").count());
}

#[test]
fn headings_go_down_one_step_at_a_time_and_tables_name_their_cells() {
    let page = odd().page();
    let document = parsed(&page);
    let mut last = 0;
    for node in document.descendants() {
        let name = node.tag_name().name();
        if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse::<u32>().ok()) {
            assert!(level <= last + 1, "{name} after h{last}: {:?}", node.text());
            last = level;
        }
        if name == "th" {
            assert!(["row", "col"].contains(&node.attribute("scope").unwrap()));
        }
        if name == "table" {
            assert!(node.children().any(|child| child.has_tag_name("caption")));
        }
        if name == "svg" {
            assert_eq!(node.attribute("role"), Some("img"));
            assert!(node.attribute("aria-label").unwrap().len() > 40, "a label that says what is seen");
        }
    }
    let count = |tag: &str| document.descendants().filter(|node| node.has_tag_name(tag)).count();
    assert_eq!((count("h1"), count("main")), (1, 1));
    assert_eq!(document.descendants().filter(|node| node.attribute("class") == Some("answer")).count(), 12);
}

/// Advice is of the effort that was made, and what a part warned of stands on the page.
#[test]
fn warnings_of_parts_stand_on_the_page_with_advice_that_can_be_followed() {
    let page = |effort: &str| {
        let whole =
            format!("{{\"command\":\"study\",\"version\":\"0.1.0\",\"seed\":7,\"effort\":\"{effort}\"}}");
        let part = "{\"command\":\"sensitivity\",\"version\":\"0.1.0\",\"seed\":7,\"replications\":2,\"warnings\":[\
                    \"acceptance_paid is missing at 8 of 85 points; what is compared with them was left out\",\
                    \"2 replications give wide intervals or none; 20 or more are better\",\
                    \"3 replications stopped early\"]}";
        plain(&odd().table(".", "manifest.json", &whole).table("importance", "manifest.json", part).page())
    };
    let default = page("default");
    has(
        &default,
        &[
            "Run the study with",
            "acceptance_paid is missing at 8 of 85 points",
            "3 replications stopped early",
        ],
    );
    assert!(!default.contains("Run the study without"), "it was not quick");
    assert!(!default.contains("give wide intervals or none"), "it is told of all parts together");
    has(&page("quick"), &["Run the study without"]);
}

/// No setting by itself is shown to move, and all together are: 53.5 where 59.4 were, a tenth less in each replication.
#[test]
fn settings_that_move_together_are_told() {
    let made = Made::new().healing("healing", "unused", &[0.0], |_, _| true);
    let cells = std::fs::read_to_string(made.dir.join("healing/cells.csv")).unwrap();
    let with = |share: f64| {
        let mut lines = cells.lines();
        let head = format!("{},placements_per_10000_before\n", lines.next().unwrap());
        let row = |(at, line): (usize, &str)| {
            let placed: f64 = line.rsplit(',').next().unwrap().parse().unwrap();
            // So that not all are alike.
            format!("{line},{}\n", placed / share + (at % 2) as f64 - 0.5)
        };
        let rows: String = lines.enumerate().map(row).collect();
        let made = Made::new().table("healing", "cells.csv", &(head + &rows));
        plain(&made.page())
    };
    has(&with(0.9), &["Of the sweep of healing: all together place 10"]);
    assert!(!with(1.0).contains("all together place"));
}

#[test]
fn scores_and_ways_to_run_it_again_are_counted_from_the_tables() {
    let page = plain(&odd().page());
    has(
        &page,
        &[
            "Of 1 published figure used to fit parameters the model meets 1, misses 0 and leaves 0 open; of 1 never used to \
             fit it meets 0, misses 1 and leaves 0 open",
            "Of 1 checks against exact solutions",
            "1 pass",
            "introsim study --quick --seed 7",
            "Of 2 knobs that were turned, one is shown to move the number of placements, “the price &amp; the hour” most",
        ],
    );
    assert!(!page.contains("with “nothing much”"), "what was not detected does not matter");
}

#[test]
fn what_is_missing_is_said_with_the_command_that_makes_it() {
    let page = plain(&Made::new().placed("contingency", 1).library().page());
    for command in [
        "sweep screening-by-payout",
        "sensitivity importance",
        "flip flip-points",
        "facts organic contingency-screened headhunter",
        "introsim validate",
    ] {
        has(&page, &[command]);
    }
    has(&page, &["Not run", "the library of this study has no scenario “cash-upfront”"]);
    let alone = Made::new().breakeven("holds nowhere", ",,,,,1,,");
    has(&plain(&alone.page()), &["What became of the offer was not run", "introsim run scenarios/*.toml"]);
}

#[test]
fn a_folder_without_a_part_has_no_report() {
    let empty = Made::new();
    let error = write(&empty.dir).unwrap_err();
    assert!(
        matches!(error, ReportError::NoStudy { .. }) && error.to_string().contains("library, map"),
        "{error}"
    );
    assert!(!empty.dir.join("report.html").exists());
}

#[test]
fn a_broken_table_is_named_with_its_line() {
    let made = Made::new().table(
        "library",
        "outcomes.csv",
        "scenario,replication,status,placements_per_10000\ncontingency,0,ok,many\n",
    );
    let error = write(&made.dir).unwrap_err().to_string();
    has(&error, &["outcomes.csv", "line 2", "placements_per_10000"]);
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let made = odd();
    assert!(made.page() == made.page());
}

#[test]
fn all_settings_of_the_map_stand_in_a_table_that_starts_at_the_offer() {
    let made = Made::new().placed("contingency", 8).library();
    // Unscreened it lives from a tenth on; with a screen nowhere; hidden everywhere.
    let page = plain(&made.map(|hours, payout, known, _| !known || (hours == 0.0 && payout > 0.07)).page());
    let explorer =
        page.split("<section class=\"explorer\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert_eq!(explorer.matches("<tr>").count(), 1 + 24, "a head and 3 · 4 · 2 settings");
    let head = explorer.split("<tbody>").next().unwrap();
    has(head, &["data-knobs=\"3\"", "data-offer=\"1\"", "Sellers get", "They screen", "Payment"]);
    let row = |number: usize| explorer.split("<tr>").nth(number + 2).unwrap();
    has(row(0), &["5 % of salary", "nobody", "known", "dies"]);
    has(row(1), &["10 % of salary", "nobody", "known", "lasts", "54 <"]);
    has(row(5), &["10 % of salary", "1 hour", "known", "dies"]);
    has(row(23), &["40 % of salary", "8 hours", "hidden", "lasts"]);
}

/// One worker bought and was hired through his seller; who came after him in his row is another one.
#[test]
fn one_life_is_told_from_the_searches_of_the_table() {
    let text = "scenario,replication,worker,spell,kind,start_week,end_week,ended,weeks,ability,networking,contacts_at_start,bought,\
                salary_before,salary_after\n\
                organic,0,7,3,unemployed,4,9,paid,5,0.5,1.2,2,1,90000,95000\n\
                contingency,0,7,3,employed,-4,9,stopped,13,0.5,1.3,0,0,90000,\n\
                contingency,0,7,4,unemployed,40,52,paid,12,0.5,1.3,1,1,90000,95400\n\
                contingency,0,7,5,employed,60,70,left,10,0.5,1.3,4,0,95400,\n\
                contingency,0,7,6,unemployed,80,81,cold,1,-1.5,0.7,0,0,50000,51000\n\
                contingency,0,8,1,unemployed,1,3,paid,2,0.1,1.0,3,1,70000,71000\n\
                contingency,1,9,1,unemployed,1,3,paid,2,0.1,1.0,3,1,70000,71000\n";
    let made = Made::new().placed("contingency", 8).library();
    let page = plain(&made.table("library", "spells.csv", text).page());
    let life = page.split("id=\"life\"").nth(1).unwrap().split("</figure>").next().unwrap();
    has(
        life,
        &[
            "Worker 7 of the first replication, ability +0.5 sd, meets people 1.3 times as readily",
            "<strong>Weeks 0 to 9</strong> looks from a job at $90,000 a year; knows no introducer; stops looking and stays.",
            "<strong>Weeks 40 to 52</strong> out of work, last at $90,000 a year; knows 1 introducer, becomes a seller’s \
             client; introduced by his seller, and hired at $95,400 a year.",
            "leaves the labour force.",
        ],
    );
    assert_eq!(life.matches("<li>").count(), 3, "{life}");
    let none = Made::new().placed("contingency", 8).library();
    assert!(!none.page().contains("id=\"life\""));
}

/// What brackets hold is said on the page, and what is provisional too, by one rule.
#[test]
fn the_page_says_what_brackets_hold_and_what_is_provisional() {
    let made = |looks: u32, weeks: u32| {
        let made = Made::new().map(|_, payout, _, _| payout > 0.08);
        let base = format!("title = 'T'\\n[run]\\nweeks = {weeks}\\n");
        let plan = format!("{{\"plan\":{{\"looks\":{looks},\"base\":\"{base}\"}}}}");
        plain(&made.table("map", "manifest.json", &plan).page())
    };
    has(&made(1, 520), &["Brackets hold intervals over luck: 95 %. Ranges"]);
    has(&made(2, 520), &["95 %; 97.5 % of the map, where up to two looks were planned."]);
    assert!(!made(1, 520).contains("this is provisional"));
    has(&made(1, 110), &["With 110 weeks this is provisional: a verdict takes 312 or more"]);
}

#[test]
fn a_market_of_another_labour_market_stands_apart_from_the_league() {
    let made = |other: &str| {
        let made = Made::new().placed("contingency", N).placed(other, N).about(other, "clients_gain", 0.1);
        plain(&made.library().page())
    };
    let apart = made("gone-for-good");
    has(
        &apart,
        &[
            "The one market is shown to live",
            "stands apart, in another labour market",
            "(another labour market)",
        ],
    );
    let beside = made("contingency-20");
    has(&beside, &["Of 2 markets two are shown to live"]);
    assert!(!beside.contains("another labour market"));
}
