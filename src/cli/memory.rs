//! Memory: what this machine can give, and whether work would need more.

use super::BadInput;
use crate::experiments::memory::Need;
use crate::files::size;
use crate::text::counted;

/// Refuses work that needs more memory than there is; `limit` is what was said of it, in bytes.
pub(super) fn afford(need: Need, threads: usize, limit: Option<u64>) -> Result<(), BadInput> {
    match shortage(need, threads, limit) {
        Some(text) => Err(BadInput(format!(
            "{text}; make the market smaller, take fewer replications or --threads, or say with --memory what there is"
        ))),
        None => Ok(()),
    }
}

/// How much more memory is needed than there is, in words.
pub(super) fn shortage(need: Need, threads: usize, limit: Option<u64>) -> Option<String> {
    let there = limit.or_else(available)?;
    let needed = bytes(need.bytes(threads));
    (needed > there).then(|| {
        format!(
            "this needs about {} of memory ({} for a world, {}, {} for what is kept), and {} can be had here",
            size(needed),
            size(bytes(need.world)),
            counted(threads, "thread"),
            size(bytes(need.kept_at_most())),
            size(there)
        )
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates; an estimate")]
fn bytes(number: f64) -> u64 {
    number as u64
}

/// Bytes that can still be had: of the machine, and of the control group that the program runs in.
pub(super) fn available() -> Option<u64> {
    let read = |path: &str| std::fs::read_to_string(path).ok();
    let group = read("/proc/self/cgroup").unwrap_or_default();
    let limits = groups(&group).into_iter().filter_map(|(limit, used)| {
        let limit: u64 = read(&limit)?.trim().parse().ok()?;
        let used: u64 = read(&used).and_then(|text| text.trim().parse().ok()).unwrap_or(0);
        Some(limit.saturating_sub(used))
    });
    limits.chain(read("/proc/meminfo").as_deref().and_then(of_machine)).min()
}

/// Memory that the kernel could give to a new program.
fn of_machine(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kib: u64 = line.trim().trim_end_matches(" kB").trim().parse().ok()?;
    Some(kib * 1024)
}

/// Files with the limit and the use of each control group that the program is in, from its own to the outermost.
fn groups(of_process: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for line in of_process.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        let (Some(kinds), Some(path)) = (parts.next(), parts.next()) else { continue };
        let (root, limit, used) = match kinds {
            "" => ("/sys/fs/cgroup", "memory.max", "memory.current"),
            kinds if kinds.split(',').any(|kind| kind == "memory") => {
                ("/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes")
            }
            _ => continue,
        };
        let mut path = path.trim_end_matches('/');
        loop {
            files.push((format!("{root}{path}/{limit}"), format!("{root}{path}/{used}")));
            let Some((outer, _)) = path.rsplit_once('/') else { break };
            path = outer;
        }
    }
    files
}

/// Bytes as an option says them: `8GiB`, `500M`, `2000000000`.
pub(super) fn parse(text: &str) -> Result<u64, String> {
    let wrong = || "takes an amount of memory, such as 8GiB, 500MiB or a number of bytes".to_owned();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number: f64 = text[..end].parse().map_err(|_| wrong())?;
    let unit = text[end..].trim().to_lowercase();
    let power = match unit.trim_end_matches('b').trim_end_matches('i') {
        "" => 0,
        "k" => 1,
        "m" => 2,
        "g" => 3,
        "t" => 4,
        _ => return Err(wrong()),
    };
    let all = number * 1024_f64.powi(power);
    if all >= 1.0 { Ok(bytes(all)) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_their_units() {
        let cases =
            [("8GiB", 8 << 30), ("8g", 8 << 30), ("1.5 M", 3 << 19), ("512k", 512 << 10), ("1000", 1000)];
        for (text, bytes) in cases {
            assert_eq!(parse(text), Ok(bytes), "{text}");
        }
        for text in ["", "GiB", "-1", "8x", "0", "1e9"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_limits_of_all_groups_around_the_program_count() {
        assert_eq!(
            groups("0::/a/b\n"),
            [("/a/b"), ("/a"), ("")].map(|path| (
                format!("/sys/fs/cgroup{path}/memory.max"),
                format!("/sys/fs/cgroup{path}/memory.current")
            ))
        );
        assert_eq!(groups("5:cpu,memory:/\n4:cpuset:/\n").len(), 1);
        assert_eq!(of_machine("MemTotal: 9 kB\nMemAvailable:   2 kB\n"), Some(2048));
    }

    #[test]
    fn work_is_refused_with_what_it_needs_and_what_there_is() {
        let need = Need { world: 2e9, kept: 1e9 };
        assert_eq!(shortage(need, 2, Some(9_000_000_000)), None, "2 threads, two worlds each");
        let text = shortage(need, 2, Some(8_000_000_000)).unwrap();
        assert!(
            text.starts_with("this needs about 8.4 GiB of memory (1.9 GiB for a world, 2 threads,"),
            "{text}"
        );
        assert!(text.ends_with("and 7.5 GiB can be had here"), "{text}");
    }
}
