//! Networks of friends from files: what names nobody is refused, and it is said how ids were read and whom they leave out.

use super::{Place, SMALL};

fn with_edges(list: &str) -> (Place, &'static str) {
    let place = Place::new();
    place.write("edges.csv", list);
    place.write("edges.toml", format!("{SMALL}[friends]\nedges = \"edges.csv\"\n"));
    (place, "edges.toml")
}

#[test]
fn a_list_without_a_friendship_is_refused_with_its_name() {
    for list in ["", "\n\n", "worker,friend\n", "\u{feff}worker,friend\r\n"] {
        let (place, file) = with_edges(list);
        place
            .run(&["check", file])
            .expect(2, &["there is no friendship in this file", "edges.csv", "edges.toml:"]);
        place
            .run(&["validate", "--graph", "edges.csv"])
            .expect(2, &["edges.csv: there is no friendship in this file"]);
    }
}

#[test]
fn a_list_that_counts_from_1_or_leaves_workers_out_is_told() {
    let unused = "edges.csv: ids are read from 0, and no line names worker 0; if the file counts from 1, take 1 off every id";
    let few = "edges.csv names 3 of 100 workers; the others have no friends";
    let (place, file) = with_edges("1,2\n2,3\n");
    place.run(&["check", file]).expect(0, &[unused, few]);
    for command in ["run", "facts"] {
        let said = place.run(&[command, file, "-q", "--out", command]);
        assert!(said.err.contains(unused) && said.err.contains(few), "{command}: {}", said.err);
    }
    place.write("sweep.toml", super::SWEEP.replace("small.toml", file));
    place.run(&["sweep", "sweep.toml", "-q", "--out", "swept"]).expect(0, &[unused, few]);
    // Nine in ten, worker 0 among them, draw no word.
    let ring: String = (0..90).map(|i| format!("{i},{}\n", (i + 1) % 90)).collect();
    let (place, file) = with_edges(&ring);
    let said = place.run(&["check", file]).expect(0, &[]);
    assert!(!said.out.contains("note:"), "{}", said.out);
    // 89 are less than nine in ten.
    let ring: String = (0..89).map(|i| format!("{i},{}\n", (i + 1) % 89)).collect();
    let (place, file) = with_edges(&ring);
    place.run(&["check", file]).expect(0, &["edges.csv names 89 of 100 workers"]);
}
