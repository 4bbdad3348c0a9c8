//! `trace`: one life as a diary, alone or in two worlds on the same luck.

mod page;

pub(super) use page::wrapped;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::BadInput;
use crate::engine::{BurnIn, burn_in, continue_with_diary, live_fork};
use crate::experiments::diary::{self, Day, Found, RULES, Subject};
use crate::experiments::memory::{self, Need};
use crate::scenario::{Loaded, Scenario, load_with};
use crate::text::{cash, counted};
use crate::week::diary::{Entry, Portrait, Watch};

/// Read one life as a diary: what happens to a worker, an introducer or a decision-maker, and why
///
/// The diary tells what is decided anyway: the market is the same whether anybody reads along or not. Weeks are counted
/// from the opening; the burn-in before it is lived through and not told. Rows are numbered from 0; the introducers with
/// the lowest numbers are the sellers. What nobody in the market can know is told as an observer's note.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("life").required(true))]
#[command(after_help = "Examples:
  introsim trace scenarios/contingency.toml --interesting
  introsim trace scenarios/contingency.toml --worker 12
  introsim trace scenarios/contingency.toml --introducer 3 --from 1 --to 52
  introsim trace scenarios/organic.toml --worker 12 --against scenarios/contingency.toml
  introsim trace scenarios/cash-upfront.toml --decision-maker 88 --replication 2 --set contract.upfront=$1000")]
pub(super) struct Args {
    /// Scenario file, or the name of one of the library
    #[arg(value_name = "FILE", value_parser = crate::cli::place::scenario())]
    file: PathBuf,
    /// The worker of this row
    #[arg(long, value_name = "N", group = "life")]
    worker: Option<u32>,
    /// The introducer of this row
    #[arg(long, value_name = "N", group = "life")]
    introducer: Option<u32>,
    /// The decision-maker of this row
    #[arg(long, value_name = "N", group = "life")]
    decision_maker: Option<u32>,
    /// List lives worth reading, so many of each kind [default: 5]
    #[arg(long, value_name = "COUNT", group = "life", num_args = 0..=1, default_missing_value = "5", value_parser = clap::value_parser!(u32).range(1..=1000), conflicts_with = "against")]
    interesting: Option<u32>,
    /// Live the same life in another scenario too, on the same luck, and show where the two part
    #[arg(long, value_name = "OTHER", value_parser = crate::cli::place::scenario())]
    against: Option<PathBuf>,
    /// Number of the replication, as in outcomes.csv
    #[arg(short, long, value_name = "R", default_value_t = 0)]
    replication: u32,
    /// First week to tell
    #[arg(long, value_name = "WEEK", default_value_t = 1)]
    from: u32,
    /// Last week to tell [default: run.weeks]
    #[arg(long, value_name = "WEEK")]
    to: Option<u32>,
    /// Change a key in every scenario, as in contract.share_of_salary=15%; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// Memory that may be used, such as 8GiB [default: what the machine or its control group can give]
    #[arg(long, value_name = "SIZE", value_parser = crate::cli::memory::parse)]
    memory: Option<u64>,
    /// Seed of all luck [default: run.seed]
    #[arg(short, long, value_name = "S")]
    seed: Option<u64>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    super::place::say_where(std::iter::once(&args.file).chain(&args.against));
    let mut worlds = load(args)?;
    for world in &worlds {
        check(args, world)?;
        super::memory::afford(Need { world: memory::world(&world.scenario), kept: 0.0 }, 1, args.memory)?;
    }
    let last = args.to.unwrap_or(worlds.iter().map(|w| w.scenario.run.weeks).min().unwrap_or(0));
    for world in &mut worlds {
        // Weeks that nobody reads need not be lived through: nothing before them knows how many there will be.
        world.scenario.run.weeks = last;
    }
    let mut out = crate::cli::terminal::out();
    let Some(subject) = subject(args) else {
        let most = args.interesting.unwrap_or(5) as usize;
        writeln!(out, "{}", list(args, &worlds[0], most)?)?;
        return Ok(ExitCode::SUCCESS);
    };
    let openings = openings(args, &worlds)?;
    let head = heading(args, subject, &worlds, &openings);
    let width = super::table::terminal_width().map(usize::from);
    let mut lives = Vec::new();
    for (world, opening) in worlds.iter().zip(&openings) {
        lives.push(days(args, world, opening, subject)?);
    }
    let text = match lives.as_slice() {
        [one, other] => {
            let names = [worlds[0].name.as_str(), worlds[1].name.as_str()];
            page::two(&head, names, &diary::side_by_side(one, other), width)
        }
        _ => page::one(&head, &diary::shortened(&lives[0]), width),
    };
    writeln!(out, "{text}")?;
    Ok(ExitCode::SUCCESS)
}

/// The scenario, and the one to live the same life in.
fn load(args: &Args) -> anyhow::Result<Vec<Loaded>> {
    let mut settings: Vec<String> = args.seed.iter().map(|seed| format!("run.seed={seed}")).collect();
    settings.extend(args.settings.iter().cloned());
    let files: Vec<&Path> = std::iter::once(args.file.as_path()).chain(args.against.as_deref()).collect();
    let mut worlds = Vec::new();
    let mut problems = None;
    for file in files {
        match (load_with(file, &settings), &mut problems) {
            (Ok(one), _) => worlds.push(one),
            (Err(found), None) => problems = Some(found),
            (Err(found), Some(all)) => all.join(found),
        }
    }
    if let Some(all) = problems {
        return Err(all.into());
    }
    super::common::tell_apart(&mut worlds)?;
    if let [one, other] = worlds.as_slice() {
        let seeds = (one.scenario.run.seed, other.scenario.run.seed);
        if seeds.0 != seeds.1 {
            let text = format!(
                "{} has seed {} and {} has {}: two worlds on the same luck need one; --seed gives both the same",
                one.name, seeds.0, other.name, seeds.1
            );
            return Err(BadInput(text).into());
        }
    }
    Ok(worlds)
}

fn subject(args: &Args) -> Option<Subject> {
    let worker = args.worker.map(Subject::Worker);
    let introducer = args.introducer.map(Subject::Introducer);
    worker.or(introducer).or(args.decision_maker.map(Subject::DecisionMaker))
}

/// Refuses rows and weeks that the scenario does not have.
fn check(args: &Args, world: &Loaded) -> anyhow::Result<()> {
    let s = &world.scenario;
    let rows = [
        (args.worker, "worker", s.workers.count, "workers.count"),
        (args.introducer, "introducer", s.introducers.count, "introducers.count"),
        (args.decision_maker, "decision-maker", s.decision_makers.count, "decision_makers.count"),
    ];
    for (row, kind, count, key) in rows {
        let Some(row) = row.filter(|&row| row >= count) else { continue };
        let allowed = match count {
            0 => format!("it has no {kind} at all"),
            n => format!("give 0 to {}", n - 1),
        };
        let text = format!("--{kind} {row}: {} has no such {kind} ({key} is {count}); {allowed}", world.name);
        return Err(BadInput(text).into());
    }
    let (from, to) = (args.from, args.to.unwrap_or(s.run.weeks));
    if from == 0 || to < from || to > s.run.weeks {
        let text = format!(
            "weeks {from} to {to} are not in {}: --from and --to take 1 to {} (run.weeks), the first not above the \
             last",
            world.name, s.run.weeks
        );
        return Err(BadInput(text).into());
    }
    Ok(())
}

/// The opening of each world, with its organic fork if somebody may sell: one where they share a labour market.
fn openings(args: &Args, worlds: &[Loaded]) -> anyhow::Result<Vec<BurnIn>> {
    let mut openings: Vec<BurnIn> = Vec::new();
    for world in worlds {
        let shared = openings.first().filter(|_| shares_opening(worlds)).cloned();
        openings.push(match shared {
            Some(opening) => opening,
            None => {
                let mut opening = burn_in(&world.scenario, args.replication, &|| {})?;
                let shared = worlds.iter().filter(|_| shares_opening(worlds)).chain([world]);
                live_fork(shared.map(|one| &one.scenario), &mut opening.world, &|| {})?;
                opening
            }
        });
    }
    Ok(openings)
}

fn shares_opening(worlds: &[Loaded]) -> bool {
    let mut markets = worlds.iter().map(|world| world.scenario.labour_market());
    let first = markets.next();
    markets.all(|market| Some(market) == first)
}

/// What happens in a world to those who are watched, and the week before the first.
fn entries(scenario: &Scenario, opening: &BurnIn, watch: Watch) -> anyhow::Result<Vec<Entry>> {
    let history = continue_with_diary(scenario, opening.world.clone(), watch)?;
    Ok(history.record.diary.map(|diary| diary.entries).unwrap_or_default())
}

fn days(args: &Args, world: &Loaded, opening: &BurnIn, subject: Subject) -> anyhow::Result<Vec<Day>> {
    let entries = entries(&world.scenario, opening, subject.watch())?;
    let mut days = diary::days(&world.scenario, subject, opening.world.week, &entries);
    days.retain(|day| day.first >= args.from);
    Ok(days)
}

/// Whose diary it is, where and when, and who it is at the opening.
fn heading(args: &Args, subject: Subject, worlds: &[Loaded], openings: &[BurnIn]) -> Vec<String> {
    let names: Vec<&str> = worlds.iter().map(|world| world.name.as_str()).collect();
    let name = subject.name();
    let luck = format!("replication {}, seed {}", args.replication, worlds[0].scenario.run.seed);
    let name = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
    let mut lines = vec![format!("{name} in {} ({luck})", names.join(" and in "))];
    let (world, scenario) = (&openings[0].world, &worlds[0].scenario);
    match subject {
        Subject::Worker(row) => {
            lines.extend(diary::about(&Portrait::of(world, row as usize)));
            let known = world.contacts.alive_of(row as usize, world.week);
            let known = counted(known as usize, "introducer");
            lines.push(format!("At the opening he knows {known}."));
        }
        Subject::Introducer(row) => {
            let sells =
                |one: &Loaded| crate::world::market::openers(&one.scenario, &world.draws)[row as usize];
            for one in worlds {
                let what = if sells(one) {
                    "sells introductions from the opening on"
                } else {
                    "does not sell at the opening, and helps those he knows for nothing"
                };
                lines.push(format!(
                    "In {} he {what}; he has ties with {} decision-makers.",
                    one.name, one.scenario.introducers.ties
                ));
            }
        }
        Subject::DecisionMaker(row) => {
            let table = &world.decision_makers;
            let row = row as usize;
            let open = if table.open.has(row) { "has a vacancy" } else { "has no vacancy" };
            lines.push(format!(
                "She hires from {:+.2} sd of quality on, at {} a year, and meets at most {} people a week; at the \
                 opening she {open}.",
                table.bar[row],
                cash(table.salary[row].round()),
                scenario.decision_makers.attention
            ).replace('-', "−"));
        }
    }
    if worlds.len() > 1 && !shares_opening(worlds) {
        lines.push(
            "The two are different labour markets: the luck is the same, the opening is not.".to_owned(),
        );
    }
    lines
}

/// Lives worth reading, a line each, and the rules by which they were found.
fn list(args: &Args, world: &Loaded, most: usize) -> anyhow::Result<String> {
    let opening = burn_in(&world.scenario, args.replication, &|| {})?;
    let mut entries = entries(&world.scenario, &opening, Watch::Highlights)?;
    entries.retain(|entry| entry.week >= opening.world.week + args.from);
    let found = diary::most_interesting(&world.scenario, &entries, most);
    let luck = format!("replication {}, seed {}", args.replication, world.scenario.run.seed);
    let mut lines = vec![format!("Lives worth reading in {} ({luck})", world.name)];
    for (rule, lives) in RULES.iter().zip(&found) {
        lines.push(String::new());
        lines.push(format!("The {rule}; of equal ones the lower numbers."));
        if lives.is_empty() {
            lines.push("  nobody".to_owned());
        }
        lines.extend(lives.iter().map(line));
    }
    let first = found.iter().flatten().next();
    if let Some(Found { subject, .. }) = first {
        let (kind, row) = match subject {
            Subject::Worker(row) => ("worker", row),
            Subject::Introducer(row) => ("introducer", row),
            Subject::DecisionMaker(row) => ("decision-maker", row),
        };
        let file = super::place::typed(&args.file);
        lines.push(String::new());
        lines.push(format!("Read one with introsim trace {file} --{kind} {row} and the same other options."));
    }
    let width = super::table::terminal_width().map(usize::from);
    Ok(lines.iter().map(|line| page::wrapped(line, "    ", width)).collect::<Vec<_>>().join("\n"))
}

fn line(found: &Found) -> String {
    format!("  {}: {}", found.subject.name(), found.why)
}
