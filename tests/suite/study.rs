//! Studies through the program: one file, many parts, one folder, and the same bytes however it came about.

mod commands;
mod file;
mod interrupted;
mod parts;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::program::{Said, differences, files, wait_until};

const MARKET: &str = "title = \"Small\"
[run]
weeks = 60
burn_in = 20
[workers]
count = 300
[decision_makers]
count = 40
[introducers]
count = 20
ties = 8
[sellers]
entry = \"closed\"
share = \"20%\"
[contract]
share_of_salary = \"10%\"
";

const ORGANIC: &str =
    "title = \"Nobody sells\"\nextends = \"market.toml\"\n[sellers]\nentry = \"closed\"\nshare = 0\n";
const SCREENED: &str = "title = \"Screened\"\nextends = \"market.toml\"\n[screening]\n\
                        stages = [{ hours = \"0.5h\", accept_above = 0.0 }]\n";

const MAP: &str = "title = \"Map\"\nscenario = \"market.toml\"\ndesign = \"grid\"\nreplications = 9
[[knobs]]\npath = \"screening.stages\"\nvalues = [[], [{ hours = \"0.5h\", accept_above = 0.0 }]]
[[knobs]]\npath = \"contract.share_of_salary\"\nvalues = [\"5%\", \"10%\", \"15%\", \"20%\", \"30%\"]
";

const TIES: &str = "title = \"Ties\"\nscenario = \"market.toml\"\ndesign = \"grid\"\nreplications = 9
[[knobs]]\npath = \"bombardment.requests_per_week\"\nvalues = [0.5, 5.0]
";

const CLAIMS: &str =
    "title = \"Claims\"\npoints = 3\n[[claims]]\nname = \"it dies\"\nscenario = \"market.toml\"
metric = \"placements_per_10000\"\nholds = \"below\"\nthreshold = 5
";

const IMPORTANCE: &str =
    "title = \"Importance\"\nscenario = \"market.toml\"\nmethod = \"morris\"\ntrajectories = 9
replications = 9\nmetrics = [\"hires_paid\"]
[[knobs]]\npath = \"contract.share_of_salary\"\nrange = [\"2%\", \"20%\"]
[[knobs]]\npath = \"goodwill.start\"
";

/// Every part at the default effort; less at quick.
const STUDY: &str = "title = \"A small study\"
question = \"Does it pay?\"
seed = 5
[library]
scenarios = [\"organic.toml\", \"market.toml\", \"screened.toml\"]
replications = { quick = 2, default = 3 }
assumptions = { quick = 0, default = 12 }
[map]
file = \"map.toml\"
replications = 2
most_values = { quick = 3 }
[bombardment]
file = \"ties.toml\"
replications = 2
leave_out = [\"quick\"]
[break_even]
scenario = \"market.toml\"
knob = \"contract.share_of_salary\"
range = [\"1%\", \"80%\"]
scale = \"log\"
at = { quick = [{ screening.stages = [] }], default = [{ screening.stages = [] }, { screening.stages = [{ hours = \"1h\", accept_above = 0.1 }] }] }
points = 3
replications = 2
[flip]
file = \"claims.toml\"
points = { full = 4 }
replications = 2
[importance]
file = \"importance.toml\"
trajectories = 3
replications = 2
leave_out = [\"quick\"]
[facts]
scenarios = [\"organic.toml\"]
replications = 2
";

/// Folders of the parts at the default effort, in their order.
const PARTS: [&str; 7] = ["library", "map", "bombardment", "break-even", "flip", "importance", "facts"];

/// A folder with a study and all that it names, and the program in it.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self::with(STUDY)
    }

    fn with(study: &str) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for (name, text) in [
            ("market.toml", MARKET),
            ("organic.toml", ORGANIC),
            ("screened.toml", SCREENED),
            ("map.toml", MAP),
            ("ties.toml", TIES),
            ("claims.toml", CLAIMS),
            ("importance.toml", IMPORTANCE),
            ("small.toml", study),
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

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
        command
            .current_dir(self.0.path())
            .env("COLUMNS", "200")
            .env("INTROSIM_PLANT_FAILURE", "workers.resume_precision=0.0123")
            .args(words);
        command
    }

    fn spawn(&self, words: &[&str]) -> Child {
        self.command(words).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Runs the program and expects its code.
    fn run(&self, code: i32, words: &[&str]) -> Said {
        Said::of(self.command(words).output().unwrap()).expect(code, &words.join(" "))
    }

    /// All files of a folder and of the folders in it by their paths, provenance left out, as it tells of machines and
    /// moments.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.path(folder))
    }
}
