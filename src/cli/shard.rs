//! Which part of shared work is this program's: as it is told, or as the engine that started it says.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Duration;

use crate::experiments::keep::{Missing, deal};
use crate::output::checkpoint::{BlockError, Company};

/// How much of some work is done here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// All.
    #[default]
    Whole,
    /// One of so many shards, counted from 0.
    Shard(u64, u64),
    /// What comes after all shards.
    Rest,
}

impl Part {
    /// One shard of one is all there is.
    pub(super) fn of(shard: Option<(u64, u64)>, joins: bool) -> Self {
        match shard {
            _ if joins => Self::Rest,
            Some((one, all)) if all > 1 => Self::Shard(one, all),
            _ => Self::Whole,
        }
    }

    /// Its number, and of how many.
    pub(super) fn numbers(self) -> (u64, u64) {
        if let Self::Shard(one, all) = self { (one, all) } else { (0, 1) }
    }

    pub(super) fn is_shard(self) -> bool {
        matches!(self, Self::Shard(..))
    }

    /// How long a finished piece waits for others to be put on disk with it, after so long a time of work.
    ///
    /// Alone: below what a kill may cost, and long enough that quick pieces do not fill the folder with files. A thousand
    /// shards would fill it all the same; each puts a twentieth of its time at stake, and a minute at most.
    pub(super) fn commit_every(self, worked: Duration) -> Duration {
        const LEAST: Duration = Duration::from_millis(200);
        if self.is_shard() { (worked / 20).clamp(LEAST, Duration::from_secs(60)) } else { LEAST }
    }

    /// Who else may be at work.
    pub(super) fn company(self) -> Company {
        if self.is_shard() { Company::Shards } else { Company::Alone }
    }

    /// Says that a shard is done, and what comes next.
    ///
    /// - `did`: whether there was anything for it to do
    pub(super) fn tell_done(self, out: &std::path::Path, did: bool) {
        let ((one, all), place) = (self.numbers(), crate::foreign::shell_path(out));
        let done = if did { "is done" } else { "had nothing to do" };
        super::say(&format!("shard {one}/{all} {done}; when all are: introsim merge {place}"));
    }
}

/// What shards have not done yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap {
    missing: u64,
    of: u64,
    /// Which shards would do it.
    shards: BTreeSet<u64>,
    /// Of how many shards; `None` if nothing that is there says so.
    among: Option<u64>,
}

impl Gap {
    /// - `shards`: those that would do what is missing, and of how many
    pub(super) fn new(missing: usize, of: u64, shards: Option<(Vec<u64>, u64)>) -> Self {
        let among = shards.as_ref().map(|(_, among)| *among);
        let shards = shards.into_iter().flat_map(|(shards, _)| shards).collect();
        Self { missing: missing as u64, of, shards, among }
    }

    /// - `among`: how many shards there are
    pub(super) fn of_round(missing: &Missing, among: Option<u64>) -> Self {
        let costs: Vec<u64> = missing.asked.iter().map(|asked| asked.cost).collect();
        let shards = among.map(|among| {
            let hands = deal(&costs, among);
            (missing.left.iter().map(|&piece| hands[piece]).collect(), among)
        });
        Self::new(missing.left.len(), costs.len() as u64, shards)
    }

    /// This and another one together.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.missing += other.missing;
        self.of += other.of;
        // Of two numbers of shards, those of the greater one are as good as any.
        if other.among > self.among {
            (self.shards, self.among) = (BTreeSet::new(), other.among);
        }
        if other.among == self.among {
            self.shards.extend(&other.shards);
        }
        self
    }

    /// In words: "3 of 12 are missing".
    pub(super) fn words(&self) -> String {
        if self.of == 0 {
            "not begun".to_owned()
        } else {
            format!("{} of {} are missing", self.missing, self.of)
        }
    }

    /// Says which shards to run again, in words and as an option that array jobs take; and gives what went wrong.
    pub(super) fn tell(&self) -> BlockError {
        if let Some(among) = self.among {
            let list = |name: &dyn Fn(&u64) -> String, between: &str| {
                self.shards.iter().map(name).collect::<Vec<_>>().join(between)
            };
            super::say(&format!("not finished: --shard {}", list(&|shard| format!("{shard}/{among}"), ", ")));
            let _ = writeln!(super::terminal::out(), "--array={}", list(&u64::to_string, ","));
        }
        BlockError::Incomplete { missing: (0..self.missing).collect(), of: self.of }
    }
}

/// Most shards of one plan.
const MOST: u64 = 1_000_000;

/// Where engines say which copy of a command this is: the index and, where they tell it, the number of copies.
const ENGINES: [(&str, &str, Option<&str>); 7] = [
    ("its environment", "INTROSIM_SHARD_INDEX", Some("INTROSIM_SHARD_COUNT")),
    ("AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", Some("AWS_BATCH_JOB_ARRAY_SIZE")),
    ("GCP Batch", "BATCH_TASK_INDEX", Some("BATCH_TASK_COUNT")),
    ("Cloud Run", "CLOUD_RUN_TASK_INDEX", Some("CLOUD_RUN_TASK_COUNT")),
    ("Kubernetes", "JOB_COMPLETION_INDEX", None),
    ("PBS", "PBS_ARRAY_INDEX", None),
    ("PBS", "PBS_ARRAYID", None),
];

/// Reads `--shard`: `2/5`, `auto`, or `auto/5` where the engine does not say of how many.
pub(super) fn parse(text: &str) -> Result<(u64, u64), String> {
    let of_engine = |count: Option<u64>| detect(&|name| std::env::var(name).ok(), count);
    match text.split_once('/') {
        None if text == "auto" => of_engine(None),
        Some(("auto", all)) => match all.parse() {
            Ok(all) => of_engine(Some(all)),
            Err(_) => Err(wrong()),
        },
        Some((one, all)) => match (one.parse(), all.parse()) {
            (Ok(one), Ok(all)) => checked(one, all),
            _ => Err(wrong()),
        },
        None => Err(wrong()),
    }
}

fn wrong() -> String {
    "takes two whole numbers, as in 0/3, 1/3, 2/3; or auto, or auto/3".to_owned()
}

fn checked(one: u64, all: u64) -> Result<(u64, u64), String> {
    match all {
        0 => Err(wrong()),
        _ if all > MOST => Err(format!("there are at most {MOST} shards")),
        _ if one < all => Ok((one, all)),
        _ => Err(format!("there is no shard {one} of {all}: they are numbered from 0 to {}", all - 1)),
    }
}

/// Finds the shard in the environment.
///
/// - `count`: of how many, where somebody has said
fn detect(get: &dyn Fn(&str) -> Option<String>, count: Option<u64>) -> Result<(u64, u64), String> {
    let number = |name: &str| get(name)?.trim().parse::<u64>().ok();
    let (engine, index, told) = if let Some(index) = number("SLURM_ARRAY_TASK_ID") {
        ("Slurm", index, of_slurm(&number))
    } else if let (Some(task), Some(first), Some(last)) =
        (number("SGE_TASK_ID"), number("SGE_TASK_FIRST"), number("SGE_TASK_LAST"))
    {
        ("Grid Engine", task.saturating_sub(first), (last + 1).checked_sub(first))
    } else {
        let known = |&(engine, index, count): &(&'static str, &str, Option<&str>)| {
            Some((engine, number(index)?, count.and_then(number)))
        };
        ENGINES.iter().find_map(known).ok_or_else(|| {
            "auto finds no index: this is no array job of Slurm, PBS, Grid Engine, Kubernetes, AWS Batch or GCP Batch; \
             give I/N, or set INTROSIM_SHARD_INDEX and INTROSIM_SHARD_COUNT"
                .to_owned()
        })?
    };
    let Some(all) = count.or(told) else {
        return Err(format!("{engine} gives index {index} and not of how many; give auto/N"));
    };
    checked(index, all).map_err(|why| format!("{engine}: {why}; array jobs must count from 0"))
}

/// Of how many an array job of Slurm is: known only where it counts from 0 without a gap. Part of an array that is
/// submitted again does not tell of how many the whole was.
fn of_slurm(number: &dyn Fn(&str) -> Option<u64>) -> Option<u64> {
    let (first, last) = (number("SLURM_ARRAY_TASK_MIN")?, number("SLURM_ARRAY_TASK_MAX")?);
    let count = number("SLURM_ARRAY_TASK_COUNT")?;
    (first == 0 && count == last + 1).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(set: &[(&str, &str)], count: Option<u64>) -> Result<(u64, u64), String> {
        let get =
            |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        detect(&get, count)
    }

    #[test]
    fn a_shard_puts_a_twentieth_of_its_time_at_stake_and_one_machine_nothing() {
        let after = |part: Part, seconds| part.commit_every(Duration::from_secs(seconds)).as_millis();
        assert_eq!(
            [0, 4, 100, 1200, 90_000].map(|s| after(Part::Shard(1, 2), s)),
            [200, 200, 5000, 60_000, 60_000]
        );
        assert_eq!([0, 90_000].map(|s| after(Part::Whole, s)), [200, 200]);
    }

    #[test]
    fn every_engine_says_its_index_and_its_count_in_its_own_words() {
        let slurm = |id, min, max, count| {
            [
                ("SLURM_ARRAY_TASK_ID", id),
                ("SLURM_ARRAY_TASK_MIN", min),
                ("SLURM_ARRAY_TASK_MAX", max),
                ("SLURM_ARRAY_TASK_COUNT", count),
            ]
        };
        assert_eq!(found(&slurm("3", "0", "15", "16"), None), Ok((3, 16)));
        // Two of them again: nobody can tell that there were sixteen.
        assert!(found(&slurm("3", "3", "7", "2"), None).unwrap_err().contains("give auto/N"));
        assert_eq!(found(&slurm("3", "3", "7", "2"), Some(16)), Ok((3, 16)));
        let engines: [(&[(&str, &str)], _); 5] = [
            (&[("AWS_BATCH_JOB_ARRAY_INDEX", "1"), ("AWS_BATCH_JOB_ARRAY_SIZE", "4")], Ok((1, 4))),
            (&[("BATCH_TASK_INDEX", "2"), ("BATCH_TASK_COUNT", "4")], Ok((2, 4))),
            (&[("CLOUD_RUN_TASK_INDEX", "0"), ("CLOUD_RUN_TASK_COUNT", "1")], Ok((0, 1))),
            (&[("SGE_TASK_ID", "4"), ("SGE_TASK_FIRST", "1"), ("SGE_TASK_LAST", "4")], Ok((3, 4))),
            (&[("INTROSIM_SHARD_INDEX", "9"), ("INTROSIM_SHARD_COUNT", "10")], Ok((9, 10))),
        ];
        for (set, shard) in engines {
            assert_eq!(found(set, None), shard, "{set:?}");
        }
        for index in ["JOB_COMPLETION_INDEX", "PBS_ARRAY_INDEX"] {
            assert!(found(&[(index, "5")], None).unwrap_err().contains("not of how many; give auto/N"));
            assert_eq!(found(&[(index, "5")], Some(6)), Ok((5, 6)));
            assert!(found(&[(index, "6")], Some(6)).unwrap_err().contains("no shard 6 of 6"));
        }
        assert!(found(&[], None).unwrap_err().contains("auto finds no index"));
        assert!(found(&[("SGE_TASK_ID", "undefined")], Some(2)).is_err());
    }
}
