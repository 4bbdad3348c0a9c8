//! `introsim explain`: figures of made-up tables come out as they went in, those of a real run add up, and tables that
//! do not fit together are refused.

mod figures;
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use introsim::experiments::outcomes;
use introsim::output::tables::weekly_table;

/// A small market in which somebody sells under a guarantee, and one in which nobody does.
const ORGANIC: &str = "title = \"Small\"
[run]
weeks = 40
burn_in = 20
replications = 3
[workers]
count = 400
[decision_makers]
count = 50
[introducers]
count = 20
ties = 10
";

const SELLING: &str = "[sellers]
entry = \"closed\"
share = \"25%\"
[buyers]
consider_rate = 0.3
[contract]
upfront = \"$200\"
share_of_salary = \"5%\"
guarantee_weeks = \"8 weeks\"
";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs both markets into `out`.
    fn with_run() -> Self {
        let place = Self::new();
        place.write("organic.toml", ORGANIC);
        place.write("guarantee.toml", &format!("{ORGANIC}{SELLING}"));
        place.say(0, None, &["run", "organic.toml", "guarantee.toml", "-q", "--out", "out"]);
        place
    }

    /// What the program says on its two outputs, where it ends with this code.
    fn say(&self, code: i32, width: Option<u16>, words: &[&str]) -> (String, String) {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
        command.current_dir(self.0.path()).env_remove("COLUMNS").args(words);
        if let Some(width) = width {
            command.env("COLUMNS", width.to_string());
        }
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        assert_eq!(output.status.code(), Some(code), "{words:?}\n{out}\n{err}");
        (out, err)
    }
}

type Cells = BTreeMap<&'static str, f64>;

/// Tables of one made-up scenario with two replications of two weeks, into a folder: what is not given is 0.
///
/// - `outcomes`: by replication; weekly columns of the same names get half of each in each week
/// - `weekly`: by replication, in each of the two weeks
fn make_up(folder: &Path, name: &str, outcomes_of: &[Cells; 2], weekly_of: &[Cells; 2]) {
    fs::create_dir_all(folder).unwrap();
    let names: Vec<&str> = outcomes::columns().into_iter().map(|(name, _, _)| name).collect();
    let mut table = format!("scenario,replication,status,opening_hash,{}\n", names.join(","));
    for (replication, cells) in outcomes_of.iter().enumerate() {
        let values = names.iter().map(|name| cells.get(name).copied().unwrap_or(0.0).to_string());
        let values: Vec<String> = values.collect();
        table.push_str(&format!("{name},{replication},ok,,{}\n", values.join(",")));
    }
    fs::write(folder.join("outcomes.csv"), table).unwrap();
    let columns: Vec<&str> = weekly_table().columns.iter().skip(2).map(|column| column.name).collect();
    let mut table = format!("scenario,replication,{}\n", columns.join(","));
    for replication in 0..2 {
        for week in 0..3 {
            let cell = |column: &&str| {
                let half = outcomes_of[replication].get(*column).map(|x| x / 2.0);
                let own = weekly_of[replication].get(*column).copied();
                match (*column, week) {
                    ("week", week) => week.to_string(),
                    // Flows of the opening are empty; a state of it must not be added to them.
                    (_, 0) => {
                        if *column == "active_sellers" {
                            "999".to_owned()
                        } else {
                            String::new()
                        }
                    }
                    _ => own.or(half).unwrap_or(0.0).to_string(),
                }
            };
            let cells: Vec<String> = columns.iter().map(cell).collect();
            table.push_str(&format!("{name},{replication},{}\n", cells.join(",")));
        }
    }
    fs::write(folder.join("weekly.csv"), table).unwrap();
    let mut table = "scenario,metric,unit,n,mean,low,high,method\n".to_owned();
    table.push_str(&format!(
        "{name},hires_lead,hires,2,7,5,9,t\n{name},acceptance_paid,share,2,0.25,0.2,0.3,t\n"
    ));
    fs::write(folder.join("summary.csv"), table).unwrap();
    let scenario = "[introducers]\nhour_value = 100.0\n[contract]\npayer = \"seeker\"\nguarantee_weeks = 0\n";
    let manifest = serde_json::json!({ "program": "introsim", "format": 1, "scenarios": { name: scenario } });
    fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
}

/// Outcomes of two replications: 3 and 5 placements for $9,000 and $11,000, and what they cost.
fn made_up_outcomes() -> [Cells; 2] {
    let one = |fees: f64, placements: f64, clients: f64| {
        let (refunds, costs, hours, social) = (500.0, 50.0, 20.0, 300.0);
        Cells::from([
            ("fees_dollars", fees),
            ("refunds_dollars", refunds),
            ("costs_dollars", costs),
            ("hours", hours),
            ("time_dollars", hours * 100.0),
            ("social_capital_dollars", social),
            ("sellers_profit_dollars", fees - refunds - costs - hours * 100.0 - social),
            ("hires_paid", placements),
            ("hires_lead", 7.0),
            ("requests_paid", 40.0),
            ("requests_cold", 2_000.0),
            ("applicants", 100.0),
            ("new_clients", clients),
            ("held_out", 10.0),
            ("active_share", 0.5),
        ])
    };
    [one(9_000.0, 3.0, 38.0), one(11_000.0, 5.0, 42.0)]
}

fn made_up_weeks() -> [Cells; 2] {
    let one = |met: f64| {
        Cells::from([
            ("met_paid", met),
            ("passed_paid", 4.0),
            ("offers_paid", 3.0),
            ("introductions_promised", 120.0),
        ])
    };
    [one(4.0), one(6.0)]
}
