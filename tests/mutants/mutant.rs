//! Which one of the changes that are compiled in is on: the one that `MUTANT_ON` names, or none. Added to the copy by
//! `tests/mutants/run`.
#![allow(missing_docs, reason = "it is part of the copy alone, which has no documentation")]

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

static ON: LazyLock<usize> =
    LazyLock::new(|| std::env::var("MUTANT_ON").ok().and_then(|id| id.parse().ok()).unwrap_or(usize::MAX));

/// Where the ids of changes are noted whose function is called, by this process and all that it starts.
static REACHED: LazyLock<Option<File>> = LazyLock::new(|| {
    let path = std::env::var_os("MUTANT_REACHED")?;
    OpenOptions::new().create(true).append(true).open(path).ok()
});

static NOTED: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];

pub fn on(id: usize) -> bool {
    if let Some(file) = &*REACHED
        && !NOTED[id].swap(true, Relaxed)
    {
        let mut file = file;
        file.write_all(format!("{id}\n").as_bytes()).expect("what is reached can be noted");
    }
    *ON == id
}
