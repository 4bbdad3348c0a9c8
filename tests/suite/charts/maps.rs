//! Maps of sweeps and the importance of knobs, drawn from made-up tables whose truth is known.

use std::path::{Path, PathBuf};

use introsim::charts::{Drawn, draw_all};
use introsim::output::{RawTable, read_table};

use super::geometry::{cut_off, overlaps, texts};

/// A folder with one made-up table, drawn; with INTROSIM_LOOK=DIR it stays under DIR.
pub(super) struct Folder {
    _place: tempfile::TempDir,
    pub(super) dir: PathBuf,
    pub(super) drawn: Vec<Drawn>,
}

impl Folder {
    pub(super) fn of(name: &str, files: &[(&str, &str)]) -> Self {
        let place = tempfile::tempdir().unwrap();
        let dir = match std::env::var_os("INTROSIM_LOOK") {
            Some(look) => Path::new(&look).join(name),
            None => place.path().to_path_buf(),
        };
        std::fs::create_dir_all(&dir).unwrap();
        for (file, text) in files {
            std::fs::write(dir.join(file), text).unwrap();
        }
        let drawn = draw_all(&dir).unwrap();
        for chart in &drawn {
            let svg = std::fs::read_to_string(&chart.files[0]).unwrap();
            assert!(cut_off(&svg).is_empty(), "{name}: {:?}", cut_off(&svg));
            assert!(overlaps(&svg).is_empty(), "{name}: {:?}", overlaps(&svg));
        }
        Self { _place: place, dir, drawn }
    }

    pub(super) fn title(&self, name: &str) -> String {
        let title = &self.drawn.iter().find(|drawn| drawn.name == name).unwrap().found;
        title.replace('\u{a0}', " ")
    }

    pub(super) fn numbers(&self, name: &str) -> RawTable {
        read_table(&self.dir.join(format!("charts/{name}.csv"))).unwrap()
    }

    pub(super) fn words(&self, name: &str) -> Vec<String> {
        let svg = std::fs::read_to_string(self.dir.join(format!("charts/{name}.svg"))).unwrap();
        texts(&svg).into_iter().map(|text| text.words.replace('\u{a0}', " ")).collect()
    }
}

const HEAD: &str = "replications,failed,verdict,lives,placements_per_10000,placements_per_10000_low,placements_per_10000_high";

/// A row of ten replications: a market that dies, one that cannot be told and lives in five of ten, one that lasts, and
/// one in which nobody may sell.
fn ten(k: usize) -> &'static str {
    match k {
        0 => "10,0,dies,2,0.5,0,1.2",
        5 => "10,0,cannot be told,5,20,0,45",
        10 => "10,0,lasts,10,80,60,100",
        _ => "10,0,,,,,",
    }
}

/// Two screens by three payouts: dying, untold and lasting, and nobody there at all.
fn grid(known: &str) -> String {
    let screens = ["\"[]\"", "\"[{ hours = \"\"2h\"\" }]\""];
    let shares = [[0, 5, 10], [77, 0, 10]];
    let mut text = format!("cell,screening,payout,payment known,{HEAD}\n");
    for (number, known) in known.split(' ').enumerate() {
        for (row, screen) in screens.iter().enumerate() {
            for (column, payout) in ["0.05", "0.175", "0.3"].iter().enumerate() {
                let cell = 6 * number + 3 * row + column;
                text += &format!("{cell},{screen},{payout},{known},{}\n", ten(shares[row][column]));
            }
        }
    }
    text
}

/// A column as text.
fn texts_of<'a>(table: &'a RawTable, name: &str) -> Vec<&'a str> {
    let column = table.column(name).unwrap();
    (0..table.len()).map(|row| table.text(row, column)).collect()
}

const UNITS: &str = "table,column,unit,meaning\nmap,payout,share,made up\n";

#[test]
fn the_map_has_a_size_where_the_market_lasts_and_a_word_where_it_does_not() {
    let folder = Folder::of("grid", &[("map.csv", &grid("true")), ("columns.csv", UNITS)]);
    assert_eq!(
        folder.title("size-map"),
        "With screening: none, the market is shown to last from 30 % of payout"
    );
    let table = folder.numbers("size-map");
    assert_eq!(
        table.numbers("value").unwrap(),
        [Some(0.5), Some(20.0), Some(80.0), None, Some(0.5), Some(80.0)]
    );
    assert_eq!(
        texts_of(&table, "series"),
        ["dies", "cannot be told", "lasts", "nobody may sell", "dies", "lasts"]
    );
    assert_eq!(texts_of(&table, "row"), ["none", "none", "none", "2 hours", "2 hours", "2 hours"]);
    assert_eq!(texts_of(&table, "at"), ["5", "17.5", "30", "5", "17.5", "30"]);
    let words = folder.words("size-map");
    for expected in
        ["none", "2 hours", "17.5", "payout, %", "80", "?", "lives in 5 of 10", "dies", "Payment known"]
    {
        assert!(words.iter().any(|text| text == expected), "{expected} is not in {words:?}");
    }
    assert!(!words.iter().any(|text| text == "0.5"), "a market that dies has no size: {words:?}");
    let svg = std::fs::read_to_string(folder.dir.join("charts/size-map.svg")).unwrap();
    // What is dead is the strongest ink: two cells and the key.
    assert_eq!(svg.matches("#262626").count(), 2 + 1);
}

/// Clients who are shown to lose are seen on the map, whatever becomes of the market, and told apart from those who sell or
/// hire at a loss.
#[test]
fn markets_at_somebodys_cost_are_marked_and_the_marks_are_explained() {
    let head = format!("cell,screening,payout,{HEAD},clients_gain,clients_gain_low,clients_gain_high\n");
    let rows = [
        "0,[],0.1,10,0,lasts,10,80,60,100,-0.05,-0.08,-0.02",
        "1,[],0.2,10,0,lasts,10,80,60,100,-0.05,-0.12,0.02",
        "2,1h,0.1,10,0,lives on newcomers' losses,10,50,40,60,-0.02,-0.03,-0.01",
        "3,1h,0.2,10,0,dies,2,0.5,0,1.2,-0.02,-0.03,-0.01",
    ];
    let map = format!("{head}{}\n", rows.join("\n"));
    let folder = Folder::of("costs", &[("map.csv", &map), ("columns.csv", UNITS)]);
    assert_eq!(
        texts_of(&folder.numbers("size-map"), "series"),
        [
            "lasts, at its clients' cost",
            "lasts",
            "lives on newcomers' losses, at its clients' cost",
            "dies, at its clients' cost"
        ]
    );
    let words = folder.words("size-map");
    for expected in ["at its clients&apos; cost", "!: lives on newcomers&apos; losses"] {
        assert!(words.iter().any(|text| text == expected), "{expected} is not in {words:?}");
    }
    let said = words.join(" ");
    let told = "At the cost of its clients, who are shown to lose, it lives in 2 of 3 settings (a corner).";
    assert!(said.contains(told), "{said}");
    // Triangles: three in cells, one in the key.
    let svg = std::fs::read_to_string(folder.dir.join("charts/size-map.svg")).unwrap();
    let triangles = svg.split("<polygon").skip(1).filter(|part| {
        let points =
            part.split("points=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        points.split_whitespace().count() == 3
    });
    assert_eq!(triangles.count(), 3 + 1);
}

/// Uneven steps are not drawn as even: 5, 17.5 and 30 % stand apart as they lie.
#[test]
fn cells_are_as_wide_as_the_steps_that_they_stand_for() {
    let mut table = format!("cell,payout,fee,{HEAD}\n");
    for (cell, payout) in ["0.1", "0.2", "0.4"].iter().enumerate() {
        for fee in 1..=2 {
            table += &format!("{},{payout},{fee},{}\n", 2 * cell + fee, ten(10));
        }
    }
    let folder = Folder::of("uneven", &[("map.csv", &table), ("columns.csv", UNITS)]);
    let svg = std::fs::read_to_string(folder.dir.join("charts/size-map.svg")).unwrap();
    assert!(folder.words("size-map").iter().any(|text| text == "payout, % (log scale)"));
    let heights: Vec<f64> = ["10", "20", "40"]
        .iter()
        .map(|level| {
            let found = texts(&svg);
            let text = found.iter().rfind(|text| text.words == **level).unwrap();
            f64::midpoint(text.top, text.bottom)
        })
        .collect();
    // Equal ratios stand at equal distances.
    let (first, second) = (heights[0] - heights[1], heights[1] - heights[2]);
    assert!(first > 20.0 && (first - second).abs() < 4.0, "{heights:?}");
}

#[test]
fn a_map_of_an_older_version_has_no_size_and_a_word_that_is_no_verdict_is_refused() {
    let refused = |table: &str| {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("map.csv"), table).unwrap();
        draw_all(place.path()).unwrap_err().to_string()
    };
    let older =
        refused("cell,payout,replications,failed,viable,viable_low,viable_high\n0,0.1,10,0,1,0.7,1\n");
    assert!(older.contains("map.csv: no column \"placements_per_10000\""), "{older}");
    let strange = refused(&format!("cell,payout,{HEAD}\n0,0.1,10,0,viable,10,80,60,100\n"));
    assert!(strange.contains("line 2, column verdict: expected a verdict, found \"viable\""), "{strange}");
}

/// validation.csv of rows without what no chart reads.
fn checks(rows: &str) -> String {
    let head = "check,group,verdict,z,target,figure,low,high,range_low,range_high,unit,source,error,rule,allowed,note\n";
    format!("{head}{}", rows.replace('\n', ",,,,,,\n"))
}

#[test]
fn figures_that_agree_with_known_answers_and_facts_that_are_hit_are_counted() {
    let rows = "near,limits/a,pass,1.5,0.5,0.51,,,,\nequal,limits/c,pass,,1,1,,,,\n";
    let all = Folder::of("validation-all", &[("validation.csv", &checks(rows))]);
    assert_eq!(
        all.title("validation"),
        "The program solves its model: all 2 figures with known answers agree"
    );
    let more = "far,limits/b,fail,9,0.5,0.9,,,,\nin range,facts,hit,,,0.5,0.45,0.55,0,1\noutside,facts,miss,,,3,,,0,1\n";
    let folder = Folder::of("validation", &[("validation.csv", &checks(&format!("{rows}{more}")))]);
    assert_eq!(
        folder.title("validation"),
        "1 of 3 figures with known answers do not agree; 1 of 2 figures of the world with a range are hit"
    );
    let words = folder.words("validation");
    for side in ["+1.5", "equal", "+9.0, fail", "+5.0, miss"] {
        assert!(words.iter().any(|text| text == side), "{side} is not in {words:?}");
    }
    let numbers = folder.numbers("validation");
    let place = |check: &str| texts_of(&numbers, "series").iter().position(|name| *name == check).unwrap();
    let of = |check: &str, name: &str| numbers.numbers(name).unwrap()[place(check)];
    assert_eq!(of("far", "value"), Some(9.0));
    // 0.45 and 0.55 lie a tenth of half the range from its middle.
    assert!(
        (of("in range", "low").unwrap() + 0.1).abs() < 1e-12
            && (of("in range", "high").unwrap() - 0.1).abs() < 1e-12
    );
    // A dot, a ring of two circles and a dot; the two that are too far are arrows.
    let svg = std::fs::read_to_string(folder.dir.join("charts/validation.svg")).unwrap();
    assert_eq!(svg.matches("<circle").count(), 4);
}

#[test]
fn each_value_of_a_third_knob_has_a_panel_and_a_part_of_the_title() {
    let folder = Folder::of("two", &[("map.csv", &grid("true false"))]);
    let title = folder.title("size-map");
    assert_eq!(title, "With screening: none, the market is shown to last from 0.300 payout");
    let words = folder.words("size-map");
    assert!(words.iter().any(|text| text == "Payment hidden"), "{words:?}");
    assert!(
        words.join(" ").contains("Payment hidden: with screening: none, it is told the same"),
        "{words:?}"
    );
}

#[test]
fn a_sweep_of_one_knob_is_drawn_over_its_values() {
    let rows: String =
        [10, 5, 0].iter().enumerate().map(|(n, k)| format!("{n},0.{n},{}\n", ten(*k))).collect();
    let folder = Folder::of("one-knob", &[("map.csv", &format!("cell,payout,{HEAD}\n{rows}"))]);
    let title = folder.title("size-map");
    assert_eq!(title, "The market is shown to last up to 0 payout");
    let svg = std::fs::read_to_string(folder.dir.join("charts/size-map.svg")).unwrap();
    // A dot where it lasts, a ring of two circles where that cannot be told, a cross where it dies.
    assert_eq!(svg.matches("<circle").count(), 3);
}

#[test]
fn odd_maps_are_drawn_and_say_so() {
    let one = |row: &str| format!("cell,payout,fee,{HEAD}\n0,0.1,2,{row}\n");
    let titles = [
        ("one-cell", one(ten(10)), "The market lasts in the only setting, with 80 [60–100] placements"),
        ("one-dies", one(ten(0)), "The market dies in the only setting, with 0.5 [0.0–1.2] placements"),
        ("closed", one(ten(77)), "Nobody may sell anywhere"),
        (
            "one-replication",
            one("1,0,cannot be told,1,80,,"),
            "Whether the market lasts cannot be told in the only setting, with 80 placements",
        ),
        ("not-finite", one("10,0,lasts,10,NaN,inf,NaN"), "The sweep tells nothing"),
        ("all-failed", one("0,10,,,,,"), "The sweep tells nothing"),
        ("no-rows", format!("cell,payout,{HEAD}\n"), "The sweep tells nothing"),
        ("no-knobs", format!("cell,{HEAD}\n0,{}\n", ten(10)), "The market lasts in the only setting"),
        (
            "all-of-two-closed",
            format!("cell,payout,{HEAD}\n0,0.1,{}\n1,0.2,{}\n", ten(77), ten(77)),
            "Nobody may sell anywhere",
        ),
        (
            "all-die",
            format!("cell,payout,{HEAD}\n0,0.1,{}\n1,0.2,{}\n", ten(0), ten(0)),
            "The market lasts at no payout tried",
        ),
        (
            "switch",
            format!("cell,known,{HEAD}\n0,true,{}\n1,false,{}\n", ten(0), ten(10)),
            "The market is largest with known: no",
        ),
    ];
    for (name, table, expected) in titles {
        let folder = Folder::of(name, &[("map.csv", &table)]);
        let title = folder.title("size-map");
        assert!(title.starts_with(expected), "{name}: {title}");
        assert_eq!(folder.drawn.len(), 1);
    }
}

#[test]
fn settings_strewn_over_a_range_are_no_map() {
    let mut table = format!("cell,payout,fee,{HEAD}\n");
    for cell in 0..60 {
        table += &format!("{cell},0.{cell:02},{},{}\n", (cell * 37) % 60, ten(10));
    }
    let words = Folder::of("strewn", &[("map.csv", &table)]).words("size-map").join(" ");
    assert!(words.contains("do not fill a grid"), "{words}");
}

#[test]
fn long_names_and_many_values_keep_apart_and_inside() {
    let mut table = format!("cell,how the introducer is paid for what he does not do,fee,region,{HEAD}\n");
    let mut cell = 0;
    for word in 0..14 {
        for fee in 0..40 {
            for region in ["north of everything that anybody has ever seen", "south", "east"] {
                let name = format!("a very long name of a contract with number {word}");
                table +=
                    &format!("{cell},{name},{},{region},{}\n", 1000 * fee, ten([0, 5, 10, 77][cell % 4]));
                cell += 1;
            }
        }
    }
    let folder = Folder::of("long", &[("map.csv", &table)]);
    assert_eq!(folder.drawn.len(), 1);
    // Names of rows are in lines, not cut.
    let words = folder.words("size-map");
    assert_eq!(words.iter().filter(|text| text.contains("number 13")).count(), 2, "{words:?}");
}

/// The middle of the last text that reads so, and of the first.
fn middles(svg: &str, words: &str) -> (f64, f64) {
    let found: Vec<f64> = texts(svg)
        .iter()
        .filter(|text| text.words.replace('\u{a0}', " ") == words)
        .map(|text| f64::midpoint(text.left, text.right))
        .collect();
    (*found.last().unwrap(), found[0])
}

#[test]
fn scenarios_of_the_library_are_marked_where_their_knobs_are() {
    let library = "scenario,screening,payout,payment known\nat a level,[],0.05,true\nbetween two,[],0.1,true\n\
                   also there,[],0.1,true\nhidden,[],0.1,false\nanother screen,\"[{ hours = \"\"9h\"\" }]\",0.1,true\n";
    let folder = Folder::of(
        "library",
        &[("map.csv", &grid("true")), ("columns.csv", UNITS), ("library.csv", library)],
    );
    let words = folder.words("size-map");
    assert!(words.join(" ").contains("at a level"), "{words:?}");
    assert!(!words.iter().any(|text| text.contains("hidden") || text.contains("another")), "{words:?}");
    // 10 % lies between 5 % and 17.5 %: its two scenarios are pinned there, and named in no cell that they are not of.
    assert!(!words.join(" ").contains("between two"), "{words:?}");
    let without = Folder::of("no-library", &[("map.csv", &grid("true"))]);
    assert!(!without.words("size-map").iter().any(|text| text == "a scenario of the library"));
}

#[test]
fn a_frame_is_the_offer_that_was_made_only_where_that_was_swept() {
    let words = |name: &str| {
        let library = format!("scenario,screening,payout,payment known\n{name},[],0.05,true\n");
        let manifest =
            format!(r#"{{"seed":1,"scenarios":{{"{name}":"short = \"my market\"\ntitle = \"Mine\""}}}}"#);
        let files: [(&str, &str); 4] = [
            ("map.csv", &grid("true")),
            ("columns.csv", UNITS),
            ("library.csv", &library),
            ("manifest.json", &manifest),
        ];
        Folder::of(&format!("frame-{name}"), &files).words("size-map").join(" ")
    };
    assert!(words("contingency").contains("the offer that was made"), "{}", words("contingency"));
    let other = words("gone-for-good");
    assert!(other.contains("“my market”") && !other.contains("the offer that was made"), "{other}");
}

/// What the speed of healing decides: markets that die where grudges last, planted by a rule.
fn healing(beside: &str, levels: &[&str], lasts: impl Fn(f64, usize) -> bool) -> String {
    let mut table = format!("cell,{beside},recovery,{HEAD}\n");
    for (place, level) in levels.iter().enumerate() {
        for (step, recovery) in [0.002, 0.005, 0.01, 0.02, 0.04].iter().enumerate() {
            let row = ten(if lasts(*recovery, place) { 10 } else { 0 });
            table += &format!("{},{level},{recovery},{row}\n", 5 * place + step);
        }
    }
    table
}

const HEALING: &str = "table,column,unit,meaning\nmap,recovery,rate,goodwill.recovery: made up\n\
                       map,screening,,screening.stages: made up\nmap,listeners,,word.listeners: made up\n";

#[test]
fn healing_says_where_the_answer_turns_or_that_it_does_not() {
    let screens = ["\"[]\"", "\"[{ hours = \"\"2h\"\" }]\""];
    let of = |name: &str, lasts: fn(f64, usize) -> bool| {
        let table = healing("screening", &screens, lasts);
        Folder::of(name, &[("map.csv", &table), ("columns.csv", HEALING)])
    };
    let turns = of("healing", |recovery, screen| recovery > 0.007 || screen == 1);
    // Half-lives are ln 2 over 0.01 and over 0.005: 69 and 139 weeks; between them, by ratios, 98.
    assert_eq!(turns.title("healing"), "Unscreened, the market lasts if half a grudge heals in 69 weeks");
    assert!(
        turns.words("healing").join(" ").contains(
            "Unscreened: it lasts if half of a grudge heals in 69 weeks, not if it takes 2.7 years."
        )
    );
    assert!(
        turns
            .words("healing")
            .join(" ")
            .contains("A screen of 2 hours: it lasts at every pace of healing tried")
    );
    let numbers = turns.numbers("healing");
    let at = numbers.numbers("at").unwrap();
    // 0.96^16.979748 = 1/2.
    assert!(at.iter().flatten().any(|weeks| (weeks - 16.979_748).abs() < 1e-6), "{at:?}");
    assert_eq!(
        of("healing-never", |_, _| false).title("healing"),
        "However fast grudges heal, no screened or unscreened market lasts"
    );
    assert_eq!(
        of("healing-always", |_, _| true).title("healing"),
        "However slowly grudges heal, the market lasts"
    );
}

#[test]
fn healing_by_listeners_is_a_map_of_its_own() {
    let table = healing("listeners", &["0", "2", "5"], |recovery, talk| recovery > 0.003 * (talk + 1) as f64);
    let folder = Folder::of("listeners", &[("map.csv", &table), ("columns.csv", HEALING)]);
    let names: Vec<&str> = folder.drawn.iter().map(|drawn| drawn.name).collect();
    assert_eq!(names, ["where-it-turns"]);
    let words = folder.words("where-it-turns");
    assert!(words.iter().any(|text| text.starts_with("half-life of a grudge, weeks")), "{words:?}");
    assert!(folder.title("where-it-turns").starts_with("No listeners: it lasts if half a grudge"));
}

#[test]
fn thousands_are_set_apart_and_small_maps_fill_the_page() {
    let units = "table,column,unit,meaning\nmap,price,US dollars,made up\n";
    let mut table = format!("cell,price,payout,{HEAD}\n");
    for (cell, price) in [500, 20_000].iter().enumerate() {
        table +=
            &format!("{cell},{price},a very long name of a contract that needs several lines,{}\n", ten(5));
    }
    let folder = Folder::of("small", &[("map.csv", &table), ("columns.csv", units)]);
    let words = folder.words("size-map");
    assert!(words.iter().any(|text| text == "$20,000"), "{words:?}");
    assert!(words.iter().all(|text| !text.contains('…')), "{words:?}");
    let svg = std::fs::read_to_string(folder.dir.join("charts/size-map.svg")).unwrap();
    let [left, right] = ["$500", "$20,000"].map(|level| middles(&svg, level).0);
    // Two cells of 240 pixels, four units each.
    assert!(right - left > 4.0 * 200.0, "{left} {right}");
}

const IMPORTANCE: &str = "metric,knob,label,index,unit,n,value,low,high,plain,detected\n\
    placements_per_10000,a.b,screening,ST,share,16,0.2,0,0.4,0.2,no\n\
    placements_per_10000,a.b,screening,S1,share,16,0.1,0,0.4,0.2,no\n\
    placements_per_10000,c.d,payout,ST,share,16,0.71,0.5,0.9,0.7,yes\n\
    placements_per_10000,e.f,nothing at all,ST,share,16,,,,,\n";

#[test]
fn the_strongest_knob_stands_first_and_one_whose_interval_holds_zero_has_no_shade() {
    let folder = Folder::of("importance", &[("sensitivity.csv", IMPORTANCE)]);
    assert_eq!(
        folder.title("relative-importance"),
        "“payout” has the largest estimate for placements per 10,000: 71 [50–90] % of its variance; 2 of 3 knobs without \
         a detectable effect"
    );
    let table = folder.numbers("relative-importance");
    assert_eq!(texts_of(&table, "row"), ["payout", "screening"]);
    assert_eq!(table.numbers("high").unwrap(), [Some(0.9), Some(0.4)]);
    assert_eq!(folder.drawn[0].title, "“payout” matters most");
    let words = folder.words("relative-importance");
    assert!(words.iter().any(|text| text == "71 %") && !words.iter().any(|text| text == "20 %"), "{words:?}");
    // Where the intervals overlap no knob is called the strongest.
    let close = IMPORTANCE.replace("0.71,0.5,0.9", "0.71,0.3,0.9");
    let close = Folder::of("importance-close", &[("sensitivity.csv", &close)]);
    assert_eq!(close.drawn[0].title, "Some knobs matter; which matters most cannot be told");
}

/// An empty cell says that nobody can tell, and is not read back as "no".
#[test]
fn effects_that_one_replication_cannot_tell_from_luck_are_called_neither_clear_nor_missing() {
    let untold = IMPORTANCE.replace(",yes\n", ",\n").replace(",no\n", ",\n");
    let folder = Folder::of("importance-untold", &[("sensitivity.csv", &untold)]);
    assert_eq!(
        folder.title("relative-importance"),
        "Which of 3 knobs matter for placements per 10,000 cannot be told with one replication"
    );
    let words = folder.words("relative-importance");
    assert!(words.iter().filter(|text| *text == "?").count() == 2, "{words:?}");
    assert!(words.iter().any(|text| text == "cannot be told"), "{words:?}");
}

#[test]
fn importance_of_nothing_or_of_numbers_that_are_not_finite_is_drawn_and_says_so() {
    let head = IMPORTANCE.lines().next().unwrap();
    for (name, rows) in [
        ("importance-none", ""),
        ("importance-nan", "placements_per_10000,a,b,ST,share,16,NaN,0,inf,0,\n"),
        ("importance-zero", "placements_per_10000,a,b,mu_star,placements,16,0,0,0,0,no\n"),
        (
            "importance-long",
            "placements_per_10000,a,what it costs in all to look at an applicant again and again for as long as it takes to the \
             end,mu_star,placements,16,0,0,0,0,no\n",
        ),
    ] {
        let folder = Folder::of(name, &[("sensitivity.csv", &format!("{head}\n{rows}"))]);
        let title = folder.title("relative-importance");
        let has_row = name == "importance-zero" || name == "importance-long";
        let expected = if has_row { "None of 1 knob" } else { "Nothing could be told" };
        assert!(title.starts_with(expected), "{title}");
        assert!(!folder.words("relative-importance").join(" ").contains('…'));
    }
}
