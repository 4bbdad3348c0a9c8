//! Every command in shards: the bytes of one machine, whatever the order, in rounds where later points hang on earlier ones.

use std::process::Command;

use super::{MARKET, Place};
use crate::program::Said;

const SHARDS: u64 = 3;

/// A market in which something turns within the range that is searched, so that more rounds follow the first.
const TURNING: &str = "title = \"Market\"
[run]
burn_in = 12
weeks = 30
replications = 3
seed = 2
[workers]
count = 300
[decision_makers]
count = 40
[introducers]
count = 12
ties = 12
[sellers]
entry = \"closed\"
share = \"25%\"
[contract]
share_of_salary = \"10%\"
";

const TURNING_CLAIM: &str = "title = \"Claims\"
points = 3
[[claims]]
name = \"little is spent\"
scenario = \"turning.toml\"
metric = \"social_capital_dollars\"
holds = \"below\"
threshold = 800
";

const TURNING_STUDY: &str = "title = \"All\"
seed = 2
[library]
scenarios = [\"organic.toml\", \"market.toml\"]
replications = 2
[map]
file = \"map.toml\"
replications = 2
[break_even]
scenario = \"turning.toml\"
knob = \"contract.share_of_salary\"
range = [\"1%\", \"80%\"]
points = 4
[importance]
file = \"importance.toml\"
[facts]
scenarios = [\"organic.toml\"]
replications = 2
";

fn place() -> Place {
    let place = Place::new();
    place.write("turning.toml", TURNING);
    place.write("turns.toml", TURNING_CLAIM);
    place.write("all.toml", TURNING_STUDY);
    place
}

fn shard(place: &Place, words: &[&str], out: &str, number: u64) -> Said {
    let part = format!("{number}/{SHARDS}");
    place.run(0, &[words, &["--out", out, "--shard", &part]].concat())
}

/// Runs the shards that `merge` asks for, until it asks for no more; gives how often it asked.
fn in_shards(place: &Place, words: &[&str], out: &str) -> usize {
    let mut todo: Vec<u64> = (0..SHARDS).rev().collect();
    for asked in 0.. {
        for &number in &todo {
            let said = shard(place, words, out, number);
            assert!(said.err.contains(&format!("when all are: introsim merge {out}")), "{}", said.err);
        }
        let merged = place.command(&["merge", out]).output().unwrap();
        if merged.status.success() {
            return asked;
        }
        let said = Said::of(merged).expect(3, &words.join(" "));
        let line = said.out.lines().find_map(|line| line.strip_prefix("--array=")).unwrap();
        todo = line.split(',').map(|number| number.parse().unwrap()).collect();
        assert!(said.err.contains(&format!("not finished: --shard {}/{SHARDS}", todo[0])), "{}", said.err);
        assert!(asked < 5, "{words:?}: no end of rounds");
    }
    unreachable!()
}

#[test]
fn every_command_in_shards_ends_with_the_bytes_of_one_machine() {
    let breakeven = [
        "breakeven",
        "turning.toml",
        "--knob",
        "contract.share_of_salary",
        "--range",
        "1%..80%",
        "--points",
        "4",
    ];
    // How often at least `merge` must ask for more: once for each further round, where no shard saw that the one before
    // was done.
    let commands: [(&[&str], usize); 7] = [
        (&["run", "market.toml", "--assumptions", "12"], 0),
        (&["compare", "organic.toml", "market.toml", "-n", "4", "--precision", "30%", "--most", "14"], 1),
        (&breakeven, 1),
        (&["flip", "turns.toml"], 1),
        (&["facts", "organic.toml"], 0),
        (&["sensitivity", "importance.toml"], 0),
        (&["study", "all.toml"], 1),
    ];
    for (number, (words, least)) in commands.into_iter().enumerate() {
        let place = place();
        let (whole, shared) = (format!("whole{number}"), format!("shared{number}"));
        let alone = place.command(&[words, &["-q", "--out", &whole]].concat()).output().unwrap();
        let asked = in_shards(&place, words, &shared);
        assert!(asked >= least, "{words:?}: {asked} rounds after the first");
        let (one, other) = (place.files(&whole), place.files(&shared));
        assert!(one == other, "{words:?}: {:?}", crate::program::differences(&one, &other));
        assert!(alone.status.success(), "{words:?}");
        let again = place.run(0, &["merge", &shared]);
        assert!(again.err.contains("merged already"), "{}", again.err);
        assert!(shard(&place, words, &shared, 0).err.contains("finished"));
    }
}

#[test]
fn one_machine_finishes_what_shards_began_and_shards_what_one_machine_began() {
    let place = place();
    let words = ["sensitivity", "importance.toml"];
    place.run(0, &[&words[..], &["-q", "--out", "whole"]].concat());
    shard(&place, &words, "begun", 1);
    place.run(0, &[&words[..], &["-q", "--out", "begun", "--resume"]].concat());
    assert!(place.files("begun") == place.files("whole"));
    // Two numbers of shards in one folder, and one shard twice.
    for part in ["1/2", "0/5", "1/5", "1/5", "2/5", "3/5", "4/5"] {
        place.run(0, &[&words[..], &["-q", "--out", "mixed", "--shard", part]].concat());
    }
    place.run(0, &["merge", "-q", "mixed"]);
    assert!(place.files("mixed") == place.files("whole"));
    // In folders of their own.
    for (out, part) in [("one", "0/2"), ("two", "1/2")] {
        place.run(0, &[&words[..], &["-q", "--out", out, "--shard", part]].concat());
    }
    place.run(0, &["merge", "-q", "one", "two"]);
    assert!(place.files("one") == place.files("whole"));
}

#[test]
fn what_fails_in_a_shard_fails_in_the_merge_too_and_is_waited_for_by_nobody() {
    let place = place();
    place.write("market.toml", &MARKET.replace("count = 200", "count = 200\nresume_precision = 0.0123"));
    let planted = |words: &[&str]| -> Command {
        let mut command = place.command(words);
        command.env("INTROSIM_PLANT_FAILURE", "workers.resume_precision=0.0123");
        command
    };
    let words = ["run", "organic.toml", "market.toml"];
    let alone = planted(&[&words[..], &["-q", "--out", "whole"]].concat()).output().unwrap();
    Said::of(alone).expect(1, "whole");
    for part in ["0/2", "1/2"] {
        let ran =
            planted(&[&words[..], &["-q", "--out", "shared", "--shard", part]].concat()).output().unwrap();
        Said::of(ran).expect(0, part);
    }
    let merged = planted(&["merge", "-q", "shared"]).output().unwrap();
    Said::of(merged).expect(1, "merge");
    assert!(place.files("shared") == place.files("whole"));
}

#[test]
fn a_merge_says_why_it_cannot_be() {
    let place = place();
    let words = ["sensitivity", "importance.toml"];
    let fit = place.run(2, &["facts", "organic.toml", "--fit", "3", "--shard", "0/2"]);
    assert!(fit.err.contains("cannot be shared out"), "{}", fit.err);
    shard(&place, &words, "out", 0);
    let kept = || {
        let mut files = place.files("out");
        files.retain(|name, _| !name.ends_with("lock") && !name.ends_with("merging"));
        files
    };
    let before = kept();
    let said = place.run(3, &["merge", "out"]);
    assert!(said.out.contains("--array=1,2"), "{}", said.out);
    // Its file says something else by now, then it is gone.
    let file = std::fs::read_to_string(place.path("importance.toml")).unwrap();
    place.write("importance.toml", &file.replace("trajectories = 3", "trajectories = 4"));
    let said = place.run(5, &["merge", "out"]);
    assert!(said.err.contains("other experiment, method"), "{}", said.err);
    std::fs::remove_file(place.path("importance.toml")).unwrap();
    let said = place.run(2, &["merge", "out"]);
    assert!(said.err.contains("importance.toml"), "{}", said.err);
    assert!(kept() == before);
    // A study has folders in its folder.
    place.write("importance.toml", &file);
    for (out, number) in [("one", 0), ("two", 1)] {
        shard(&place, &["study", "all.toml"], out, number);
    }
    let said = place.run(2, &["merge", "one", "two"]);
    assert!(said.err.contains("rsync -a two/ one"), "{}", said.err);
}
