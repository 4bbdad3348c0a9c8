//! Output folders of every command that writes: locked, never half replaced, gone on with after whatever stopped the
//! command, and the same bytes in the end.

mod accounts;
mod interrupted;
mod locked;
mod replaced;
mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::program::{Said, differences, files, wait_until};

const MARKET: &str = "title = \"Small\"
[run]
weeks = 40
burn_in = 10
replications = 6
[workers]
count = 200
[decision_makers]
count = 40
[introducers]
count = 20
ties = 8
[sellers]
entry = \"closed\"
share = \"20%\"
[contract]
upfront = \"$50\"
";

const ORGANIC: &str =
    "title = \"Nobody sells\"\nextends = \"market.toml\"\n[sellers]\nentry = \"closed\"\nshare = 0\n";

const SWEEP: &str = "title = \"Map\"
scenario = \"market.toml\"
design = \"grid\"
replications = 3
[[knobs]]
path = \"contract.upfront\"
values = [\"$20\", \"$100\"]
";

const CLAIMS: &str = "title = \"Claims\"
points = 3
[[claims]]
name = \"it dies\"
scenario = \"market.toml\"
metric = \"placements_per_10000\"
holds = \"below\"
threshold = 5
";

const IMPORTANCE: &str = "title = \"Importance\"
scenario = \"market.toml\"
method = \"morris\"
trajectories = 3
replications = 3
metrics = [\"hires_paid\"]
[[knobs]]
path = \"contract.share_of_salary\"
range = [\"2%\", \"20%\"]
[[knobs]]
path = \"goodwill.start\"
";

const STUDY: &str = "title = \"Few\"
[library]
scenarios = [\"organic.toml\", \"market.toml\"]
replications = 2
[map]
file = \"map.toml\"
replications = 1
";

/// Commands that write results, each by what it is given.
const COMMANDS: [&[&str]; 8] = [
    &["run", "organic.toml", "market.toml"],
    &["run", "market.toml", "--assumptions", "40"],
    &["compare", "organic.toml", "market.toml"],
    &["breakeven", "market.toml", "--knob", "contract.share_of_salary", "--points", "4"],
    &["flip", "claims.toml"],
    &["facts", "organic.toml"],
    &["sensitivity", "importance.toml"],
    &["sweep", "map.toml"],
];

/// A folder of files that name each other, and the program in it.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for (name, text) in [
            ("market.toml", MARKET),
            ("organic.toml", ORGANIC),
            ("map.toml", SWEEP),
            ("claims.toml", CLAIMS),
            ("importance.toml", IMPORTANCE),
            ("study.toml", STUDY),
        ] {
            place.write(name, text);
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
        command.current_dir(self.0.path()).env_remove("COLUMNS").args(words);
        command
    }

    /// Runs the program and expects its code.
    fn run(&self, code: i32, words: &[&str]) -> Said {
        Said::of(self.command(words).output().unwrap()).expect(code, &words.join(" "))
    }

    fn spawn(&self, words: &[&str]) -> Child {
        self.command(words).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Runs a command line of a shell with `{}` standing for the program.
    #[cfg(unix)]
    fn shell(&self, code: i32, script: &str) -> Said {
        let program = assert_cmd::cargo::cargo_bin!("introsim");
        let script = script.replace("{}", &program.display().to_string());
        let ran = Command::new("sh").args(["-c", &script]).current_dir(self.path("")).output().unwrap();
        Said::of(ran).expect(code, &script)
    }

    /// All files of a folder, hidden ones too; provenance left out, as it tells of machines and moments.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.path(folder))
    }

    /// Names of the files of a folder that are not hidden, and their bytes.
    fn shown(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.files(folder);
        files.retain(|name, _| !name.starts_with('.'));
        files
    }

    /// Finished pieces on disk.
    fn saved(&self, folder: &str) -> usize {
        let Ok(entries) = fs::read_dir(self.path(folder).join(".blocks")) else { return 0 };
        let names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
        names.filter(|name| name.contains("-of-") && name.ends_with(".json")).count()
    }
}
