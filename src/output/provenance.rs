//! What may differ between two equal runs: where, when, with how many threads, by which words.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};

use super::folder::PROVENANCE;
use crate::files;

/// What `provenance.json` says beside the machine it was written on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Commit of the program, if known when it was built.
    pub commit: Option<String>,
    /// Threads used.
    pub threads: usize,
    /// Command line, word by word.
    pub command: Vec<String>,
    /// When the run started.
    pub started: SystemTime,
    /// When it ended.
    pub ended: SystemTime,
}

impl Provenance {
    /// The text of the file.
    ///
    /// - `inputs`: where the files lay that were read, by their names in the manifest
    pub(crate) fn text(&self, inputs: Map<String, Value>) -> String {
        let elapsed = self.ended.duration_since(self.started).unwrap_or(Duration::ZERO);
        let value = json!({
            "commit": self.commit,
            "host": host_name(),
            "os": std::env::consts::OS,
            "arch": std::env::consts::ARCH,
            "threads": self.threads,
            "command": self.command,
            "inputs": inputs,
            "started": utc(self.started),
            "ended": utc(self.ended),
            "elapsed_seconds": elapsed.as_secs_f64(),
        });
        format!("{value:#}\n")
    }
}

impl Provenance {
    /// Where the files lay that a run read, by their names in its manifest; null where nothing tells.
    pub(crate) fn places_in(folder: &Path) -> Value {
        let text = files::text(&folder.join(PROVENANCE), files::MOST_TEXT).unwrap_or_default();
        serde_json::from_str::<Value>(&text).map(|mut value| value["inputs"].take()).unwrap_or_default()
    }
}

/// The machine's name where the system tells it without a system call of its own.
pub(super) fn host_name() -> Value {
    let file = std::fs::read_to_string("/proc/sys/kernel/hostname")
        .or_else(|_| std::fs::read_to_string("/etc/hostname"));
    let name =
        file.ok().or_else(|| std::env::var("HOSTNAME").ok()).or_else(|| std::env::var("COMPUTERNAME").ok());
    name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).map_or(Value::Null, Value::from)
}

/// Time as `2026-01-31T12:00:00Z`. Days to date: Hinnant, *chrono-compatible low-level date algorithms*.
pub(super) fn utc(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute) = (second / 3600, second / 60 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}Z", second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_827_696, "2000-02-29T12:34:56Z"),
            (1_000_000_000, "2001-09-09T01:46:40Z"),
            (1_767_225_599, "2025-12-31T23:59:59Z"),
        ] {
            assert_eq!(utc(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        }
    }
}
