//! Sweeps in shards: in any order, on any number of machines, and what a merge refuses.

use std::fs;

use introsim::output::checkpoint::Store;

use super::{Place, STUDY};

fn shard(place: &Place, out: &str, shard: &str) {
    place.run(0, &["sweep", "study.toml", "-q", "--out", out, "--shard", shard]);
}

#[test]
fn shards_in_any_order_and_merged_are_the_sweep_on_one_machine() {
    let place = Place::new();
    let whole = place.whole();
    for (out, order) in [("a", ["0/3", "1/3", "2/3"]), ("b", ["2/3", "0/3", "1/3"])] {
        for one in order {
            shard(&place, out, one);
        }
        let said = place.run(0, &["merge", out]);
        assert!(said.out.contains("does the market last, and placements"), "{}", said.out);
        assert!(place.files(out) == whole, "{order:?}");
        assert!(place.run(0, &["merge", out]).err.contains("a is merged already".split_at(1).1));
        assert!(place.run(0, &["sweep", "study.toml", "--out", out, "--resume"]).err.contains("finished"));
    }
}

#[test]
fn shards_of_two_numbers_meet_in_one_folder_and_one_machine_finishes_what_shards_began() {
    let place = Place::new();
    let whole = place.whole();
    for one in ["1/2", "0/5", "1/5", "2/5", "3/5", "4/5"] {
        shard(&place, "mixed", one);
    }
    place.run(0, &["merge", "-q", "mixed"]);
    assert!(place.files("mixed") == whole);
    shard(&place, "begun", "2/4");
    place.run(0, &["sweep", "study.toml", "-q", "--out", "begun", "--resume"]);
    assert!(place.files("begun") == whole);
    // More shards than tasks: some have nothing to do.
    for one in 0..20 {
        shard(&place, "many", &format!("{one}/20"));
    }
    place.run(0, &["merge", "-q", "many"]);
    assert!(place.files("many") == whole);
}

#[test]
fn shards_in_folders_of_their_own_are_merged_into_the_first() {
    let place = Place::new();
    let whole = place.whole();
    for (out, one) in [("one", "0/3"), ("two", "1/3"), ("three", "2/3")] {
        shard(&place, out, one);
    }
    place.run(0, &["merge", "-q", "one", "three", "two"]);
    assert!(place.files("one") == whole);
    assert!(place.path("two/.blocks").exists(), "the others stay as they were");
}

#[test]
fn a_missing_shard_is_named() {
    let place = Place::new();
    shard(&place, "out", "0/3");
    let said = place.run(3, &["merge", "out"]);
    assert_eq!(said.out, "--array=1,2\n");
    assert!(said.err.contains("not finished: --shard 1/3, 2/3"), "{}", said.err);
    assert!(said.err.contains("of 24 blocks are missing"), "{}", said.err);
    shard(&place, "out", "2/3");
    assert_eq!(place.run(3, &["merge", "out"]).out, "--array=1\n");
    assert_eq!(place.run(3, &["verify", "out", "--sample", "1"]).code, Some(3));
    shard(&place, "out", "1/3");
    place.run(0, &["verify", "out", "--sample", "1"]);
    place.run(0, &["merge", "-q", "out"]);
}

#[test]
fn a_flipped_bit_stops_merge_resume_and_verify_until_it_is_mended() {
    let place = Place::new();
    let whole = place.whole();
    shard(&place, "out", "0/2");
    shard(&place, "out", "1/2");
    let data = place.sidecars("out")[0].with_extension("csv");
    let good = fs::read(&data).unwrap();
    let mut bad = good.clone();
    bad[good.len() / 2] ^= 1;
    fs::write(&data, &bad).unwrap();
    for words in [
        &["merge", "out"][..],
        &["verify", "out"],
        &["sweep", "study.toml", "--out", "out", "--resume"],
        &["sweep", "study.toml", "--out", "out", "--shard", "0/2"],
    ] {
        let said = place.run(6, words);
        assert!(said.err.contains("is corrupt") && said.err.contains("remove 00000"), "{}", said.err);
        assert!(!place.path("out/manifest.json").exists());
    }
    // As the message says.
    fs::remove_file(&data).unwrap();
    fs::remove_file(data.with_extension("json")).unwrap();
    place.run(0, &["sweep", "study.toml", "-q", "--out", "out", "--resume"]);
    assert!(place.files("out") == whole);
}

#[test]
fn a_plan_that_was_changed_in_between_is_another_plan() {
    let place = Place::new();
    shard(&place, "out", "0/2");
    let changes: [(&str, &[&str], &str); 5] = [
        ("replications = 3", &[], "base"),
        ("replications = 3", &["--seed", "2"], "base"),
        ("replications = 3", &["--set", "sellers.hours=20"], "base"),
        ("replications = 2", &[], "base"),
        ("replications = 3\n[[knobs]]\npath = \"goodwill.bad\"\nvalues = [0.1, 0.2]", &[], "knobs"),
    ];
    for (number, (line, more, says)) in changes.into_iter().enumerate().skip(1) {
        place.write("study.toml", &STUDY.replace("replications = 3", line));
        let words = ["sweep", "study.toml", "--out", "out", "--shard", "1/2"];
        let said = place.run(5, &[&words[..], more].concat());
        assert!(
            said.err.contains("belongs to another plan") && said.err.contains(says),
            "{number}: {}",
            said.err
        );
    }
    // The same words in another layout are the same plan.
    place.write("study.toml", &STUDY.replace("\"$20\"", "20.0").replace("title", "# a remark\ntitle"));
    shard(&place, "out", "1/2");
    place.run(0, &["merge", "-q", "out"]);
    let said = place.run(5, &["sweep", "study.toml", "--out", "out", "--resume", "--seed", "2"]);
    assert!(said.err.contains("other base"), "{}", said.err);
}

#[test]
fn two_results_for_one_point_are_never_merged() {
    let place = Place::new();
    shard(&place, "out", "0/2");
    shard(&place, "out", "1/2");
    let store = Store::open(&place.path("out")).unwrap().unwrap();
    let row = store.scan().unwrap().read(7).unwrap().unwrap();
    let text = String::from_utf8(row).unwrap();
    let other = text.replacen(",ok,", ",not ok,", 1);
    assert_ne!(text, other);
    store.writer((0, 1), None).commit(&[(7, other.into_bytes())]).unwrap();
    drop(store);
    let said = place.run(4, &["merge", "out"]);
    assert!(said.err.contains("block 7 differs between out/.blocks/"), "{}", said.err);
}

#[test]
fn a_row_in_the_place_of_another_is_corrupt_though_its_hash_is_right() {
    let place = Place::new();
    shard(&place, "out", "0/2");
    let store = Store::open(&place.path("out")).unwrap().unwrap();
    let found = store.scan().unwrap();
    let (there, missing): (Vec<u64>, Vec<u64>) = (0..24).partition(|&block| found.has(block));
    let row = found.read(there[0]).unwrap().unwrap();
    let blocks: Vec<_> = missing.iter().map(|&block| (block, row.clone())).collect();
    store.writer((1, 2), None).commit(&blocks).unwrap();
    drop(store);
    let said = place.run(6, &["merge", "out"]);
    assert!(said.err.contains("it is the row of cell 0, replication 0"), "{}", said.err);
}

#[test]
fn a_task_of_an_array_job_takes_its_part_from_the_engine() {
    let place = Place::new();
    let whole = place.whole();
    for task in ["0", "1", "2"] {
        let mut command = place.command(&["sweep", "study.toml", "-q", "--out", "out", "--shard", "auto"]);
        command.envs([
            ("SLURM_ARRAY_TASK_ID", task),
            ("SLURM_ARRAY_TASK_MIN", "0"),
            ("SLURM_ARRAY_TASK_MAX", "2"),
            ("SLURM_ARRAY_TASK_COUNT", "3"),
        ]);
        assert!(command.status().unwrap().success());
    }
    place.run(0, &["merge", "out", "-q"]);
    assert!(place.files("out") == whole);
    let refused = place.run(2, &["sweep", "study.toml", "--out", "none", "--shard", "auto"]);
    assert!(refused.err.contains("auto finds no index"), "{}", refused.err);
    assert!(!place.path("none").exists());
}
