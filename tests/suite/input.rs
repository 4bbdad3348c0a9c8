//! Input of any kind: files that never end, lists of nothing but mistakes, sizes beyond every machine, names that steer a
//! terminal. What is refused is refused at once, with the reason; what is odd is said.

mod files;
mod memory;
mod mutants;
mod names;
mod networks;
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A market of a few people and weeks.
const SMALL: &str = "title = \"Small\"
[run]
weeks = 4
burn_in = 2
replications = 2
[workers]
count = 100
[decision_makers]
count = 20
[introducers]
count = 10
ties = 5
[sellers]
entry = \"free\"
share = \"40%\"
[contract]
upfront = \"$20\"
";

/// A sweep of two cells in it.
const SWEEP: &str = "title = \"Two cells\"
scenario = \"small.toml\"
design = \"grid\"
replications = 1
[[knobs]]
path = \"contract.share_of_salary\"
values = [\"5%\", \"10%\"]
";

/// No command may take longer than this over such input.
const PATIENCE: Duration = Duration::from_secs(60);

struct Place(tempfile::TempDir);

/// What a command said, and its code; `None` if it was still at work when patience ended.
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("small.toml", SMALL);
        place.write("sweep.toml", SWEEP);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, args: &[&str]) -> Said {
        self.run_with("", args)
    }

    /// Runs the program with a text at its standard input.
    fn run_with(&self, input: &str, args: &[&str]) -> Said {
        self.write(".input", input);
        let [out, err] = ["out", "err"].map(|name| self.path(&format!(".{name}")));
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("introsim"))
            .current_dir(self.0.path())
            .env_remove("COLUMNS")
            .args(args)
            .stdin(fs::File::open(self.path(".input")).unwrap())
            .stdout(Stdio::from(fs::File::create(&out).unwrap()))
            .stderr(Stdio::from(fs::File::create(&err).unwrap()))
            .spawn()
            .unwrap();
        let begin = Instant::now();
        let status = loop {
            match child.try_wait().unwrap() {
                Some(status) => break Some(status),
                None if begin.elapsed() > PATIENCE => {
                    child.kill().unwrap();
                    child.wait().unwrap();
                    break None;
                }
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        let read = |path: &Path| String::from_utf8(fs::read(path).unwrap()).unwrap();
        Said { code: status.and_then(|status| status.code()), out: read(&out), err: read(&err) }
    }
}

impl Said {
    /// Checks the code, and that some words were said on either way out.
    fn expect(self, code: i32, words: &[&str]) -> Self {
        let all = format!("{}{}", self.out, self.err);
        assert_eq!(self.code, Some(code), "{all}");
        for word in words {
            assert!(all.contains(word), "no {word:?} in:\n{all}");
        }
        self
    }
}
