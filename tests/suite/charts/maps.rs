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
        let title = &self.drawn.iter().find(|drawn| drawn.name == name).unwrap().title;
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

const HEAD: &str = "replications,failed,viable,viable_low,viable_high,empty,clients,fails_first,first_nobody,\
                    first_sellers,first_decision_makers,first_both,first_too_small";

/// A row of ten replications, `k` of them viable; the ends are Wilson's: Newcombe (1998) prints 0.2366–0.7634 for 5 of 10.
fn ten(k: usize) -> &'static str {
    match k {
        0 => "10,0,0,0,0.2775,0,yes,sellers,0,9,1,0,0",
        5 => "10,0,0.5,0.2366,0.7634,0,yes,tied,5,5,0,0,0",
        10 => "10,0,1,0.7225,1,0,no,nobody,10,0,0,0,0",
        _ => "10,0,,,,,,,0,0,0,0,0",
    }
}

/// Two screens by three payouts: nothing, half, all viable, and nobody there at all.
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

const UNITS: &str = "table,column,unit,meaning\nmap,payout,share,made up\n";

#[test]
fn the_map_counts_settings_and_marks_those_whose_interval_holds_one_half() {
    let folder = Folder::of("grid", &[("map.csv", &grid("true")), ("columns.csv", UNITS)]);
    let title = folder.title("viability-map");
    // Of six settings two are all viable, one is at one half and may lie on either side.
    assert_eq!(title, "At least half of the markets were viable in 3 [2–3] of 6 settings");
    let table = folder.numbers("viability-map");
    let (value, state, uncertain) =
        (table.numbers("value").unwrap(), table.column("state").unwrap(), table.column("uncertain").unwrap());
    assert_eq!(value, [Some(0.0), Some(0.5), Some(1.0), None, Some(0.0), Some(1.0)]);
    let states: Vec<&str> = (0..6).map(|row| table.text(row, state)).collect();
    assert_eq!(states, ["not viable", "viable", "viable", "empty", "not viable", "viable"]);
    let marks: Vec<&str> = (0..6).map(|row| table.text(row, uncertain)).collect();
    assert_eq!(marks, ["no", "yes", "no", "no", "no", "no"]);
    let words = folder.words("viability-map");
    for expected in ["none", "2 h", "17.5", "payout, %", "50", "100", "payment known"] {
        assert!(words.iter().any(|text| text == expected), "{expected} is not in {words:?}");
    }
    let svg = std::fs::read_to_string(folder.dir.join("charts/viability-map.svg")).unwrap();
    // Between dashes, on white, the edge may lie: surely no further right than (none, 30 %) and (2 h, 30 %), surely no
    // further left than (none, 17.5 %), nor above it.
    assert_eq!(svg.matches("stroke-width=\"14\"").count(), 2 + 3);
    // The edge runs right of (none, 5 %) and of (2 h, 17.5 %), and over (2 h, 17.5 %): white and black, and the key.
    assert_eq!(svg.matches("stroke-width=\"12\"").count(), 3 + 1);
}

#[test]
fn the_side_that_leaves_first_is_the_tables_and_clients_come_where_no_other_side_fails() {
    let folder = Folder::of("first", &[("map.csv", &grid("true")), ("columns.csv", UNITS)]);
    let table = folder.numbers("who-leaves-first");
    let side = table.column("side").unwrap();
    let sides: Vec<&str> = (0..6).map(|row| table.text(row, side)).collect();
    assert_eq!(sides, ["sellers", "tied", "clients", "empty", "sellers", "clients"]);
    let title = folder.title("who-leaves-first");
    assert!(title.contains("ellers failed first in 2") && title.contains("6 settings"), "{title}");
}

#[test]
fn each_value_of_a_third_knob_has_a_panel_and_a_part_of_the_title() {
    let folder = Folder::of("two", &[("map.csv", &grid("true false"))]);
    let title = folder.title("viability-map");
    assert_eq!(
        title,
        "At least half of the markets were viable in 3 [2–3] of 6 settings with payment known and 3 [2–3] of 6 \
         settings with payment hidden"
    );
    let words = folder.words("who-leaves-first");
    assert!(words.iter().any(|text| text == "payment hidden"), "{words:?}");
}

#[test]
fn a_sweep_of_one_knob_is_drawn_over_its_values() {
    let rows: String =
        [10, 5, 0].iter().enumerate().map(|(n, k)| format!("{n},0.{n},{}\n", ten(*k))).collect();
    let folder = Folder::of("one-knob", &[("map.csv", &format!("cell,payout,{HEAD}\n{rows}"))]);
    let title = folder.title("viability-map");
    assert!(
        title.starts_with("At least half of the markets were viable in 2 [1–2] of 3 settings"),
        "{title}"
    );
    let svg = std::fs::read_to_string(folder.dir.join("charts/viability-map.svg")).unwrap();
    assert_eq!(svg.matches("<circle").count(), 3);
}

#[test]
fn odd_maps_are_drawn_and_say_so() {
    let one = |row: &str| format!("cell,payout,fee,{HEAD}\n0,0.1,2,{row}\n");
    let titles = [
        ("one-cell", one(ten(10)), "In the only setting 100 % of the markets were viable"),
        ("all-empty", one(ten(77)), "In the only setting nobody sells"),
        ("one-replication", one("1,0,1,,,0,,nobody,1,0,0,0,0"), "In the only setting 100 %"),
        ("not-finite", one("10,0,NaN,inf,NaN,0,yes,nobody,10,0,0,0,0"), "The sweep tells nothing"),
        ("all-failed", one("0,10,,,,,,,0,0,0,0,0"), "The sweep tells nothing"),
        ("no-rows", format!("cell,payout,{HEAD}\n"), "The sweep tells nothing"),
        ("no-knobs", format!("cell,{HEAD}\n0,{}\n", ten(10)), "In the only setting 100 %"),
        (
            "all-of-two-empty",
            format!("cell,payout,{HEAD}\n0,0.1,{}\n1,0.2,{}\n", ten(77), ten(77)),
            "In all 2 settings hardly anybody sold",
        ),
        ("switch", format!("cell,known,{HEAD}\n0,true,{}\n1,false,{}\n", ten(0), ten(10)), "At least half"),
    ];
    for (name, table, expected) in titles {
        let folder = Folder::of(name, &[("map.csv", &table)]);
        let title = folder.title("viability-map");
        assert!(title.starts_with(expected), "{name}: {title}");
        assert_eq!(folder.drawn.len(), 2);
    }
}

#[test]
fn settings_strewn_over_a_range_are_no_map() {
    let mut table = format!("cell,payout,fee,{HEAD}\n");
    for cell in 0..60 {
        table += &format!("{cell},0.{cell:02},{},{}\n", (cell * 37) % 60, ten(10));
    }
    let words = Folder::of("strewn", &[("map.csv", &table)]).words("viability-map").join(" ");
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
    assert_eq!(folder.drawn.len(), 2);
    // Names of rows are in lines, not cut.
    let words = folder.words("viability-map");
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
    for name in ["viability-map", "who-leaves-first"] {
        let words = folder.words(name);
        assert!(words.iter().any(|text| text == "at a level"), "{words:?}");
        assert!(words.iter().any(|text| text == "between two, also there"), "{words:?}");
        assert!(!words.iter().any(|text| text.contains("hidden") || text.contains("another")), "{words:?}");
        let svg = std::fs::read_to_string(folder.dir.join(format!("charts/{name}.svg"))).unwrap();
        let [low, high] = ["5", "17.5"].map(|level| middles(&svg, level).0);
        let (a, b) = (middles(&svg, "A").0, middles(&svg, "B").0);
        assert!((a - low).abs() < 4.0, "{a} is not over {low}");
        // 10 % lies at two fifths of the way from 5 % to 17.5 %.
        assert!((b - (low + 0.4 * (high - low))).abs() < 4.0, "{b} is not between {low} and {high}");
    }
    let without = Folder::of("no-library", &[("map.csv", &grid("true"))]);
    assert!(!without.words("viability-map").iter().any(|text| text == "A"));
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
    let words = folder.words("viability-map");
    assert!(words.iter().any(|text| text == "$20,000"), "{words:?}");
    assert!(words.iter().all(|text| !text.contains('…')), "{words:?}");
    let svg = std::fs::read_to_string(folder.dir.join("charts/viability-map.svg")).unwrap();
    let [left, right] = ["$500", "$20,000"].map(|level| middles(&svg, level).0);
    // Two cells of 240 pixels, four units each.
    assert!(right - left > 4.0 * 200.0, "{left} {right}");
}

const IMPORTANCE: &str = "metric,knob,label,index,unit,n,value,low,high,plain,detected\n\
    viable,a.b,screening,ST,share,16,0.2,0,0.4,0.2,no\n\
    viable,a.b,screening,S1,share,16,0.1,0,0.4,0.2,no\n\
    viable,c.d,payout,ST,share,16,0.71,0.5,0.9,0.7,yes\n\
    viable,e.f,nothing at all,ST,share,16,,,,,\n";

#[test]
fn the_strongest_knob_stands_first_and_one_whose_interval_holds_zero_is_hollow() {
    let folder = Folder::of("importance", &[("sensitivity.csv", IMPORTANCE)]);
    assert_eq!(
        folder.title("relative-importance"),
        "“payout” matters most for whether the market is viable: 71 [50–90] % of its variance; 2 of 3 knobs without \
         a detectable effect"
    );
    let table = folder.numbers("relative-importance");
    let knob = table.column("knob").unwrap();
    let knobs: Vec<&str> = (0..table.len()).map(|row| table.text(row, knob)).collect();
    assert_eq!(knobs, ["payout", "screening", "nothing at all"]);
    assert_eq!(table.numbers("high").unwrap(), [Some(0.9), Some(0.4), None]);
    let svg = std::fs::read_to_string(folder.dir.join("charts/relative-importance.svg")).unwrap();
    // A full dot, and a ring of two circles.
    assert_eq!(svg.matches("<circle").count(), 3);
}

/// An empty cell says that nobody can tell, and is not read back as "no".
#[test]
fn effects_that_one_replication_cannot_tell_from_luck_are_called_neither_clear_nor_missing() {
    let untold = IMPORTANCE.replace(",yes\n", ",\n").replace(",no\n", ",\n");
    let folder = Folder::of("importance-untold", &[("sensitivity.csv", &untold)]);
    assert_eq!(
        folder.title("relative-importance"),
        "Which of 3 knobs matter for whether the market is viable cannot be told with one replication"
    );
    let table = folder.numbers("relative-importance");
    let detected = table.column("detected").unwrap();
    assert!((0..table.len()).all(|row| table.text(row, detected).is_empty()));
    let words = folder.words("relative-importance").join(" ");
    assert!(words.contains("or luck cannot be told from effect"), "{words}");
    let svg = std::fs::read_to_string(folder.dir.join("charts/relative-importance.svg")).unwrap();
    assert_eq!(svg.matches("<circle").count(), 4, "two rings of two circles");
}

#[test]
fn importance_of_nothing_or_of_numbers_that_are_not_finite_is_drawn_and_says_so() {
    let head = IMPORTANCE.lines().next().unwrap();
    for (name, rows) in [
        ("importance-none", ""),
        ("importance-nan", "viable,a,b,ST,share,16,NaN,0,inf,0,\n"),
        ("importance-zero", "viable,a,b,mu_star,0 or 1,16,0,0,0,0,no\n"),
        (
            "importance-long",
            "viable,a,what it costs in all to look at an applicant again and again for as long as it takes to the \
             end,mu_star,0 or 1,16,0,0,0,0,no\n",
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
