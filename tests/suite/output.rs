//! Run folders: what is written, what is refused, and what the reader says about a file that does not fit.

use std::fs;
use std::path::Path;

use std::time::{Duration, UNIX_EPOCH};

use serde_json::Map;

use introsim::output::{
    Cell, Column, Folder, Input, Manifest, OutputError, Provenance, Row, Scenario, Table, read_table, tables,
    write_whole,
};

const COLUMNS: &[Column] = &[
    Column::new("scenario", "", "name"),
    Column::new("weeks", "weeks", "length"),
    Column::new("count", "people", "how many"),
];

fn table(rows: Vec<Vec<Cell>>) -> Table {
    let mut table = Table::new("small", COLUMNS);
    table.rows = rows;
    table
}

fn sample() -> Table {
    table(vec![
        vec!["a, \"b\"".into(), 0.1.into(), Cell::Int(-3)],
        vec!["c".into(), Cell::Empty, Cell::Int(i64::MAX)],
        vec!["d".into(), Cell::Num(-0.0), Cell::Int(0)],
        vec!["e".into(), Cell::Num(1.0 / 3.0), Cell::Int(0)],
    ])
}

fn manifest() -> Manifest {
    Manifest {
        program_version: "0.1.0".to_owned(),
        seed: 7,
        replications: 3,
        scenarios: vec![
            Scenario { name: "z".to_owned(), text: "seed = 7\n".to_owned() },
            Scenario { name: "a".to_owned(), text: "seed = 8\n".to_owned() },
        ],
        inputs: vec![Input { name: "z.toml".to_owned(), bytes: b"".to_vec() }],
    }
}

#[test]
fn a_table_is_written_in_the_shortest_form_that_reads_back() {
    let place = tempfile::tempdir().unwrap();
    let mut folder = Folder::create(&place.path().join("run")).unwrap();
    folder.write(&sample()).unwrap();
    let text = fs::read_to_string(folder.path().join("small.csv")).unwrap();
    let expected = "scenario,weeks,count\n\"a, \"\"b\"\"\",0.1,-3\nc,,9223372036854775807\nd,0,0\ne,0.3333333333333333,0\n";
    assert_eq!(text, expected);
    let read = read_table(&folder.path().join("small.csv")).unwrap();
    assert_eq!(read.text(0, 0), "a, \"b\"");
    assert_eq!(read.numbers("weeks").unwrap(), [Some(0.1), None, Some(0.0), Some(1.0 / 3.0)]);
    assert_eq!(read.whole(1, 2).unwrap(), i64::MAX);
}

#[test]
fn a_number_that_is_not_finite_names_its_place_and_leaves_no_file() {
    let place = tempfile::tempdir().unwrap();
    let mut folder = Folder::create(place.path()).unwrap();
    let bad = table(vec![vec!["a".into(), Cell::Num(f64::NAN), Cell::Int(1)]]);
    let error = folder.write(&bad).unwrap_err();
    assert_eq!(error.to_string(), "table small, row 1, column weeks: NaN is not a finite number");
    let narrow = table(vec![vec!["a".into()]]);
    assert_eq!(folder.write(&narrow).unwrap_err().to_string(), "table small, row 1: 1 cells for 3 columns");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn a_manifest_lists_what_was_written_through_its_folder_and_nothing_that_lay_there() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("letter.csv"), "mine").unwrap();
    let mut folder = Folder::create(place.path()).unwrap();
    folder.write(&sample()).unwrap();
    // Changed between the moment it was written and the manifest: the hash is that of what was written.
    fs::write(place.path().join("small.csv"), "another's").unwrap();
    folder.write_manifest(&manifest(), Map::new()).unwrap();
    let value = Manifest::read(place.path()).unwrap().unwrap();
    let outputs: Vec<&String> = value["outputs"].as_object().unwrap().keys().collect();
    assert_eq!(outputs, ["small.csv"]);
    let (broken, listed) = introsim::output::sweep::broken_outputs(place.path(), &value).unwrap();
    assert_eq!((broken.len(), listed), (1, 1));
}

#[test]
fn no_byte_of_a_manifest_can_be_changed_unseen() {
    let place = tempfile::tempdir().unwrap();
    let mut folder = Folder::create(place.path()).unwrap();
    folder.write(&sample()).unwrap();
    folder.write_manifest(&manifest(), Map::new()).unwrap();
    let path = place.path().join("manifest.json");
    let good = fs::read(&path).unwrap();
    for byte in 0..good.len() {
        for bit in 0..8 {
            let mut bad = good.clone();
            bad[byte] ^= 1 << bit;
            fs::write(&path, &bad).unwrap();
            let seen = Manifest::read(place.path());
            // Whoever wrote it, it is not taken for one of ours.
            let passes = seen.is_ok_and(|value| value.is_some_and(|value| Manifest::is_ours(&value)));
            assert!(!passes, "byte {byte}, bit {bit}: {}", String::from_utf8_lossy(&bad));
        }
    }
    fs::write(&path, &good).unwrap();
    assert!(Manifest::read(place.path()).unwrap().is_some());
    // A line that somebody added, and a seal that somebody took away.
    let text = String::from_utf8(good).unwrap();
    for other in
        [text.replace("\"seed\": 7", "\"seed\": 8"), text.replace("\"seal\"", "\"sea\""), text + "\n"]
    {
        fs::write(&path, other).unwrap();
        assert!(matches!(Manifest::read(place.path()), Err(OutputError::Corrupt { .. })));
    }
    fs::write(&path, b"{\"program\": \"introsim\", \"x\": \"\xbe\"}").unwrap();
    assert!(matches!(Manifest::read(place.path()), Err(OutputError::Corrupt { .. })), "no text");
}

#[test]
fn equal_runs_leave_equal_manifests_with_the_hashes_of_their_files() {
    let write = |place: &Path, threads| {
        let mut folder = Folder::create(place).unwrap();
        folder.write(&sample()).unwrap();
        folder.write_dictionary(&[]).unwrap();
        let ended = UNIX_EPOCH + Duration::from_millis(2500);
        let command = vec!["introsim".to_owned(), "run".to_owned()];
        folder
            .write_provenance(
                &Provenance { commit: None, threads, command, started: UNIX_EPOCH, ended },
                manifest().places(),
            )
            .unwrap();
        folder.write_manifest(&manifest(), Map::new()).unwrap();
        fs::read_to_string(place.join("manifest.json")).unwrap()
    };
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert_eq!(write(one.path(), 1), write(two.path(), 7));
    let value = Manifest::read(one.path()).unwrap().unwrap();
    // BLAKE3 of no bytes, from its authors' test vectors.
    let empty = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
    assert_eq!(value["inputs"]["z.toml"], empty);
    let names = |key: &str| value[key].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names("outputs"), ["columns.csv", "small.csv"]);
    assert_eq!(names("scenarios"), ["z", "a"]);
    let hash = blake3::hash(&fs::read(one.path().join("small.csv")).unwrap()).to_hex().to_string();
    assert_eq!(value["outputs"]["small.csv"], hash.as_str());
    let provenance = fs::read_to_string(one.path().join("provenance.json")).unwrap();
    assert!(provenance.contains("\"elapsed_seconds\": 2.5") && provenance.contains("1970-01-01T00:00:02Z"));
}

#[test]
fn the_dictionary_holds_every_column_that_was_written() {
    let place = tempfile::tempdir().unwrap();
    let mut folder = Folder::create(place.path()).unwrap();
    folder.write(&sample()).unwrap();
    folder.write(&tables::weekly_table()).unwrap();
    let charts = introsim::charts::tables();
    folder.write_dictionary(&charts).unwrap();
    let read = read_table(&place.path().join("columns.csv")).unwrap();
    let drawn: usize = charts.iter().map(|(_, columns)| columns.len()).sum();
    let expected =
        COLUMNS.len() + tables::weekly_table().columns.len() + tables::Entry::COLUMNS.len() + drawn;
    assert_eq!(read.len(), expected);
    let found = (0..read.len()).any(|row| read.text(row, 0) == "small" && read.text(row, 2) == "people");
    assert!(found);
}

#[test]
fn the_reader_names_file_line_and_column() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("t.csv");
    fs::write(&path, "a,b\n1,2\n3,many\n5,\n").unwrap();
    let read = read_table(&path).unwrap();
    let shown = path.display();
    let error = read.numbers("b").unwrap_err().to_string();
    assert_eq!(error, format!("{shown}, line 3, column b: expected a number, found \"many\""));
    let error = read.whole(2, 1).unwrap_err().to_string();
    assert_eq!(error, format!("{shown}, line 4, column b: expected a whole number, found \"\""));
    assert_eq!(read.column("c").unwrap_err().to_string(), format!("{shown}: no column \"c\"; it has a, b"));
    fs::write(&path, "a,b\n1,2,3\n").unwrap();
    assert!(read_table(&path).unwrap_err().to_string().contains("line: 2"));
    let missing = read_table(&place.path().join("none.csv")).unwrap_err().to_string();
    assert!(missing.starts_with("cannot read") && missing.contains("none.csv"), "{missing}");
}

#[cfg(unix)]
#[test]
fn files_are_readable_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("file");
    write_whole(&path, b"old").unwrap();
    write_whole(&path, b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o644);
    let error = write_whole(&place.path().join("no/such/file"), b"").unwrap_err().to_string();
    assert!(error.starts_with("cannot create") && error.contains("no/such/file"), "{error}");
}
