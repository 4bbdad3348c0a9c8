//! The store of blocks: what is found again, what is refused, and that no flipped bit goes unseen.

use std::fs;
use std::path::{Path, PathBuf};

use introsim::output::checkpoint::{BlockError, Company, PlanFile, State, Store};
use serde_json::json;

fn plan(seed: u64) -> PlanFile {
    PlanFile { identity: json!({ "kind": "test", "seed": seed }), beside: json!({ "inputs": {} }) }
}

fn place() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn alone(place: &Path) -> Store {
    Store::begin(place, plan(1), Company::Alone).unwrap()
}

/// Three blocks in two segments.
fn filled(place: &Path) {
    let store = alone(place);
    let mut writer = store.writer((0, 1), Some("abc"));
    writer.commit(&[(2, b"two\n".to_vec()), (0, b"zero\n".to_vec())]).unwrap();
    writer.commit(&[(1, b"one\n".to_vec())]).unwrap();
}

/// Files of the store, locks left out.
fn files(place: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(place.join(".blocks")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some());
    files.sort();
    files
}

#[test]
fn blocks_are_found_as_they_were_written_in_whatever_order() {
    let place = place();
    filled(place.path());
    let store = alone(place.path());
    let found = store.scan().unwrap();
    let texts: Vec<Vec<u8>> = (0..3).map(|block| found.read(block).unwrap().unwrap()).collect();
    assert_eq!(texts, [b"zero\n".to_vec(), b"one\n".to_vec(), b"two\n".to_vec()]);
    assert_eq!(found.read(3).unwrap(), None);
    assert_eq!((found.count(), found.files_and_duplicates()), (3, (2, 0)));
    assert_eq!(found.commits().iter().collect::<Vec<_>>(), ["abc"]);
    found.within(3).unwrap();
    assert_eq!([0, 2, 3, 4].map(|block| found.has(block)), [true, true, false, false]);
    // A plan of fewer blocks does not have the last one.
    assert!(matches!(found.within(2), Err(BlockError::OtherPlan { .. })));
}

#[test]
fn no_bit_of_the_plan_of_data_or_of_a_sidecar_can_be_flipped_unseen() {
    let place = place();
    let mut writer = alone(place.path()).writer((0, 1), None);
    writer.commit(&[(1, b"one\n".to_vec()), (0, b"zero\n".to_vec())]).unwrap();
    let files = files(place.path());
    assert_eq!(files.len(), 3, "{files:?}");
    let mut flips = 0;
    for path in &files {
        let good = fs::read(path).unwrap();
        for byte in 0..good.len() {
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[byte] ^= 1 << bit;
                fs::write(path, &bad).unwrap();
                let seen = Store::open(place.path()).and_then(|store| store.unwrap().scan());
                // The line ends after a seal are the only bytes that say nothing.
                let is_end = path.extension().unwrap() == "json" && byte + 1 == good.len();
                match seen {
                    Err(BlockError::Corrupt { .. }) => {}
                    Ok(_) if is_end => {}
                    other => panic!("{}: byte {byte}, bit {bit}: {other:?}", path.display()),
                }
                flips += 1;
            }
        }
        fs::write(path, &good).unwrap();
    }
    assert!(flips > 3000, "{flips}");
    assert_eq!(alone(place.path()).scan().unwrap().count(), 2, "mended, all is well again");
}

#[test]
fn data_that_were_cut_or_grew_or_are_gone_are_corrupt() {
    let place = place();
    filled(place.path());
    let store = alone(place.path());
    let data = files(place.path()).into_iter().find(|path| path.extension().unwrap() == "csv").unwrap();
    let good = fs::read(&data).unwrap();
    let corrupt = |what: &str| {
        let error = store.scan().unwrap_err();
        let BlockError::Corrupt { path, what: said } = error else { panic!("{error}") };
        assert!(path == data && said.contains(what), "{said}");
        assert!(said.contains("--resume computes their blocks again"), "{said}");
    };
    fs::write(&data, &good[..good.len() - 1]).unwrap();
    corrupt("is not what was written");
    fs::write(&data, [&good[..], b"more"].concat()).unwrap();
    corrupt("longer than what was written");
    fs::remove_file(&data).unwrap();
    corrupt("is not there, though its sidecar is");
}

#[test]
fn drafts_and_data_without_a_sidecar_do_not_count_and_are_swept_up() {
    let place = place();
    filled(place.path());
    let hidden = place.path().join(".blocks");
    for name in [".writing-abc", "000000-of-000001.0123456789ab.000000.csv"] {
        fs::write(hidden.join(name), "half a ro").unwrap();
    }
    // Others may be at work beside a shard: it touches nothing that is not its own.
    let shard = Store::begin(place.path(), plan(1), Company::Shards).unwrap();
    assert_eq!(shard.scan().unwrap().count(), 3);
    assert!(hidden.join(".writing-abc").exists());
    drop(shard);
    let store = alone(place.path());
    assert_eq!(store.scan().unwrap().count(), 3);
    assert_eq!(files(place.path()).len(), 5);
    assert!(!hidden.join(".writing-abc").exists());
}

#[test]
fn blocks_of_another_plan_are_told_apart() {
    let place = place();
    filled(place.path());
    let error = Store::begin(place.path(), plan(2), Company::Alone).unwrap_err();
    assert!(error.to_string().ends_with("plan.json belongs to another plan: other seed"), "{error}");
    // A stray segment, as from a shard that began with other settings.
    let other = self::place();
    let stray = Store::begin(other.path(), plan(2), Company::Alone).unwrap();
    stray.writer((0, 1), None).commit(&[(0, b"zero\n".to_vec())]).unwrap();
    for path in files(other.path()).iter().filter(|path| !path.ends_with("plan.json")) {
        fs::copy(path, place.path().join(".blocks").join(path.file_name().unwrap())).unwrap();
    }
    assert!(matches!(alone(place.path()).scan(), Err(BlockError::OtherPlan { .. })));
    assert!(matches!(alone(place.path()).import(other.path()), Err(BlockError::OtherPlan { .. })));
}

#[test]
fn a_block_computed_twice_must_be_the_same_twice() {
    let place = place();
    filled(place.path());
    let store = alone(place.path());
    store.writer((1, 2), None).commit(&[(1, b"one\n".to_vec())]).unwrap();
    assert_eq!(store.scan().unwrap().files_and_duplicates(), (3, 1));
    store.writer((1, 2), None).commit(&[(0, b"null\n".to_vec())]).unwrap();
    let error = store.scan().unwrap_err();
    assert!(matches!(error, BlockError::Differ { block: 0, .. }), "{error}");
}

#[test]
fn segments_of_the_same_plan_are_imported_once() {
    let (place, other) = (place(), self::place());
    filled(place.path());
    let second = alone(other.path());
    second.writer((1, 2), None).commit(&[(3, b"three\n".to_vec())]).unwrap();
    drop(second);
    let store = alone(place.path());
    for _ in 0..2 {
        assert_eq!(store.import(other.path()).unwrap(), 1);
        assert_eq!((store.scan().unwrap().count(), store.shards()), (4, Some(2)));
    }
}

#[test]
fn one_works_alone_or_shards_side_by_side_and_a_lock_ends_with_its_holder() {
    let place = place();
    let begin = |company| Store::begin(place.path(), plan(1), company);
    let in_use = |result: Result<Store, BlockError>| match result {
        Err(BlockError::InUse { path, holder }) => {
            assert_eq!(path, place.path());
            let me = format!("process {} on ", std::process::id());
            assert!(holder.starts_with(&me) && holder.contains(", since 20"), "{holder}");
        }
        other => panic!("{other:?}"),
    };
    let one = begin(Company::Alone).unwrap();
    in_use(begin(Company::Alone));
    in_use(begin(Company::Shards));
    drop(one);
    let shards = (begin(Company::Shards).unwrap(), begin(Company::Shards).unwrap());
    in_use(begin(Company::Alone));
    drop(shards);
    begin(Company::Alone).unwrap();
}

#[test]
fn what_a_folder_holds_is_told_before_anything_is_touched() {
    let place = place();
    let of = |path: &Path| State::of(path).unwrap();
    assert_eq!(of(&place.path().join("nowhere")), State::Empty);
    assert_eq!(of(place.path()), State::Empty);
    // Killed before the plan was there.
    fs::create_dir(place.path().join(".blocks")).unwrap();
    fs::write(place.path().join(".blocks/lock"), "").unwrap();
    assert_eq!(of(place.path()), State::Empty);
    filled(place.path());
    assert_eq!(of(place.path()), State::Unfinished(plan(1)));
    let finished = json!({ "program": "introsim", "plan_hash": plan(1).hash() });
    fs::write(place.path().join("manifest.json"), finished.to_string()).unwrap();
    assert_eq!(of(place.path()), State::Finished(finished));
    let earlier = json!({ "program": "introsim", "plan_hash": plan(2).hash() });
    fs::write(place.path().join("manifest.json"), earlier.to_string()).unwrap();
    assert_eq!(of(place.path()), State::Replacing { earlier, plan: plan(1) });
    let other = self::place();
    fs::write(other.path().join("letter.txt"), "mine").unwrap();
    assert_eq!(of(other.path()), State::Other);
    fs::write(other.path().join("manifest.json"), "{\"program\": \"another\"}").unwrap();
    assert_eq!(of(other.path()), State::Other);
}
