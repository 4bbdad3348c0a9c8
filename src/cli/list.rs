//! `list`: the scenarios of a folder in one table: who pays, when, how much, and who is looked at first.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use super::place::FOLDER;
use crate::scenario::library;
use crate::scenario::{Contract, Loaded, Payer, Scenario, experiment, load, or_nearest};
use crate::units::Unit;

/// List the scenarios of a folder: who pays, when, how much, and whether anybody is screened
///
/// Below each name stands what charts call it, which names it on the command line too, and its title. Screened: how many stages, and the hours of all of them together. Without a folder
/// these are the scenarios of `scenarios` here, or those that come with the program.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim list
  introsim list mine
  introsim list library:studies")]
pub(super) struct Args {
    /// The folder, or library: and library:studies for what comes with the program [default: scenarios, else library:]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let folder = args.folder.clone().unwrap_or_else(|| match Path::new(FOLDER).is_dir() {
        true => PathBuf::from(FOLDER),
        false => PathBuf::from(library::LIBRARY),
    });
    let files = match library::name_in(&folder) {
        Some(name) => of_library(name.trim_end_matches(".toml"))?,
        None => on_disk(&folder)?,
    };
    let mut out = super::terminal::out();
    if files.is_empty() {
        writeln!(out, "{} holds no scenarios; `introsim new NAME` writes one", folder.display())?;
    }
    let is_whole = write(&mut out, &files)?;
    if args.folder.is_none() && library::name_in(&folder).is_some() {
        writeln!(
            out,
            "These come with the program; `introsim library --write DIR` writes them where you can change them."
        )?;
    }
    out.flush()?;
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::from(super::BAD_INPUT) })
}

/// The files of a folder, in the order of their names.
fn on_disk(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let shown = folder.display();
    if !folder.is_dir() {
        return Err(super::BadInput(match or_nearest(folder) {
            hint if hint.is_empty() => format!("there is no folder {shown}; name one: `introsim list DIR`"),
            hint => format!("there is no folder {shown}{hint}"),
        })
        .into());
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {shown}"))? {
        let path = entry.with_context(|| format!("cannot read {shown}"))?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The files of a folder of the library.
fn of_library(folder: &str) -> anyhow::Result<Vec<PathBuf>> {
    let files = library::paths(folder);
    if files.is_empty() {
        let text = format!(
            "the library has no folder `{folder}`; it has {0}, {0}{1} and {0}{2}",
            library::LIBRARY,
            library::STUDIES,
            library::LIMITS
        );
        return Err(super::BadInput(text).into());
    }
    Ok(files)
}

/// Writes scenarios as a table and what is to be done with them below it; says what is wrong with files, and whether all
/// are right.
pub(super) fn write(out: &mut impl Write, files: &[PathBuf]) -> anyhow::Result<bool> {
    let (mut entries, mut experiments, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        let is_study = experiment::is_study(file);
        if is_study || experiment::is_experiment(file) {
            match if is_study { super::study::list(file) } else { super::studies::list(file) } {
                Ok(text) => experiments.push(text),
                Err(problems) => wrong.push(problems),
            }
            continue;
        }
        match load(file) {
            Ok(loaded) => entries.push(Entry::of(&loaded)),
            Err(problems) => wrong.push(problems),
        }
    }
    if !entries.is_empty() {
        let width = super::table::terminal_width().map_or(USUAL_WIDTH, usize::from);
        write!(out, "{}", render(entries, width))?;
        let named = if files.iter().any(|file| library::name_in(file).is_some()) { "NAME" } else { "FILE" };
        writeln!(
            out,
            "\n`introsim check {named}` says what a scenario changes, `introsim run {named}` runs it."
        )?;
    }
    for text in &experiments {
        writeln!(out, "{text}")?;
    }
    out.flush()?;
    for problems in &wrong {
        super::terminal::say_problems(problems, "\n");
    }
    Ok(wrong.is_empty())
}

/// Columns of the table where no terminal tells.
const USUAL_WIDTH: usize = 100;

const HEAD: [&str; 5] = ["name", "who pays", "when", "how much", "screened"];

/// What stands where there is nothing to say.
const NOTHING: &str = "–";

/// What kind of market it is; the order is that of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Nobody,
    SeekerBefore,
    SeekerAfter,
    Employer,
    Help,
    Base,
}

impl Group {
    fn of(scenario: &Scenario) -> Self {
        let (contract, referral) = (&scenario.contract, &scenario.referral);
        let before = contract.upfront + contract.per_introduction + contract.retainer_per_week;
        let after = contract.share_of_salary + contract.success_fee;
        if scenario.is_abstract {
            Self::Base
        } else if sells(scenario) && before + after > 0.0 {
            match contract.payer {
                Payer::Employer => Self::Employer,
                Payer::Seeker if before > 0.0 => Self::SeekerBefore,
                Payer::Seeker => Self::SeekerAfter,
            }
        } else if scenario.coaching.price > 0.0 || referral.employee_bonus + referral.stranger_price > 0.0 {
            Self::Help
        } else {
            Self::Nobody
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Nobody => "Nobody pays",
            Self::SeekerBefore => "The seeker pays before he has a job",
            Self::SeekerAfter => "The seeker pays once he has a job",
            Self::Employer => "The employer pays",
            Self::Help => "Coaches and referral forms; introductions are free",
            Self::Base => "Bases of others, not to be run themselves",
        }
    }
}

/// A scenario in the list.
struct Entry {
    group: Group,
    /// Orders the steps of one experiment.
    step: f64,
    name: String,
    title: String,
    /// Who pays, when, how much: a line for each payment, at least one.
    payments: Vec<[String; 3]>,
    screened: String,
}

impl Entry {
    fn of(loaded: &Loaded) -> Self {
        let scenario = &loaded.scenario;
        let mut payments = payments(scenario);
        if payments.is_empty() {
            payments.push(["nobody".to_owned(), NOTHING.to_owned(), NOTHING.to_owned()]);
        }
        Self {
            group: Group::of(scenario),
            step: scenario.bombardment.requests_per_week,
            name: loaded.name.clone(),
            title: match scenario.short.as_deref().filter(|short| *short != loaded.name) {
                Some(short) => format!("“{short}”: {}", scenario.title),
                None => scenario.title.clone(),
            },
            payments,
            screened: screened(scenario),
        }
    }

    /// Cells of the table, line by line.
    fn lines(&self) -> impl Iterator<Item = [&str; 5]> {
        self.payments.iter().enumerate().map(|(position, [who, when, how_much])| {
            let (name, screened) =
                if position == 0 { (self.name.as_str(), self.screened.as_str()) } else { ("", "") };
            [name, who.as_str(), when.as_str(), how_much.as_str(), screened]
        })
    }
}

/// One without hours has no time to sell anything.
fn sells(scenario: &Scenario) -> bool {
    scenario.may_sell() && scenario.sellers.work_hours() > 0.0
}

/// Who pays, when, how much.
fn payments(scenario: &Scenario) -> Vec<[String; 3]> {
    let dollars = |amount: f64| Unit::Dollars.format(amount);
    let (coaching, referral) = (&scenario.coaching, &scenario.referral);
    let mut list = if sells(scenario) { terms(&scenario.contract) } else { Vec::new() };
    let mut add = |amount: f64, who: &str, when: &str| {
        if amount > 0.0 {
            list.push([who.to_owned(), when.to_owned(), dollars(amount)]);
        }
    };
    let taught = if coaching.networking_gain > 0.0 { "for coaching" } else { "for a résumé" };
    add(coaching.price, "seeker", taught);
    add(referral.stranger_price, "seeker", "for a form");
    add(referral.employee_bonus, "employer", "friend hired");
    list
}

/// What a seller is paid.
fn terms(contract: &Contract) -> Vec<[String; 3]> {
    let dollars = |amount: f64| Unit::Dollars.format(amount);
    let (who, on_success) = match contract.payer {
        Payer::Seeker => ("seeker", "on a job"),
        Payer::Employer => ("employer", "on a hire"),
    };
    let share = format!("{} of salary", Unit::Share.format(contract.share_of_salary));
    let all = [
        (contract.upfront, "on signing", dollars(contract.upfront)),
        (contract.per_introduction, "each meeting", dollars(contract.per_introduction)),
        (contract.retainer_per_week, "each week", dollars(contract.retainer_per_week)),
        (contract.share_of_salary, on_success, share),
        (contract.success_fee, on_success, dollars(contract.success_fee)),
    ];
    let due = all.into_iter().filter(|(amount, ..)| *amount > 0.0);
    let mut list: Vec<[String; 3]> =
        due.map(|(_, when, how_much)| [who.to_owned(), when.to_owned(), how_much]).collect();
    if contract.guarantee_weeks > 0 && !list.is_empty() {
        let when = format!("after {}", Unit::Weeks.format(f64::from(contract.guarantee_weeks)));
        list.push(["seller".to_owned(), when, "money back".to_owned()]);
    }
    list
}

fn screened(scenario: &Scenario) -> String {
    let stages = &scenario.screening.stages;
    let hours = Unit::Hours.format(stages.iter().map(|stage| stage.hours).sum());
    match (sells(scenario), stages.len()) {
        (false, _) => NOTHING.to_owned(),
        (true, 0) if scenario.contract.payer == Payer::Employer => "by résumé".to_owned(),
        (true, 0) => "no".to_owned(),
        (true, 1) => format!("1 stage, {hours}"),
        (true, count) => format!("{count} stages, {hours}"),
    }
}

/// The table: groups, and in each a line for every payment of every scenario, with its title below.
fn render(mut entries: Vec<Entry>, width: usize) -> String {
    entries.sort_by(|a, b| {
        a.group.cmp(&b.group).then(a.step.total_cmp(&b.step)).then_with(|| a.name.cmp(&b.name))
    });
    let mut widths = HEAD.map(str::len);
    for cells in entries.iter().flat_map(Entry::lines) {
        for (widest, cell) in widths.iter_mut().zip(cells) {
            *widest = (*widest).max(cell.chars().count());
        }
    }
    narrow(&mut widths, width.saturating_sub(INDENT + GAP * (HEAD.len() - 1)));
    let total = (INDENT + widths.iter().sum::<usize>() + GAP * (HEAD.len() - 1)).min(width);
    let mut text = row(&HEAD, &widths) + &"─".repeat(total) + "\n";
    let mut group = None;
    for entry in &entries {
        if group != Some(entry.group) {
            let gap = if group.is_some() { "\n" } else { "" };
            group = Some(entry.group);
            text += gap;
            text +=
                &wrap(entry.group.words(), width).iter().map(|line| format!("{line}\n")).collect::<String>();
        }
        for cells in entry.lines() {
            text += &row(&cells, &widths);
        }
        for line in wrap(&entry.title, width.saturating_sub(2 * INDENT)) {
            text += &format!("{:1$}{line}\n", "", 2 * INDENT);
        }
    }
    text
}

/// Spaces before a name, and twice as many before a title.
const INDENT: usize = 2;
/// Spaces between columns.
const GAP: usize = 2;
/// Takes from the widest columns, one after the other, until all fit or no word of the head would stay whole.
fn narrow(widths: &mut [usize; 5], room: usize) {
    let least = HEAD.map(|title| title.split(' ').map(str::len).max().unwrap_or(0));
    while widths.iter().sum::<usize>() > room {
        let wide = widths.iter_mut().zip(least).filter(|(width, least)| **width > *least);
        let Some((widest, _)) = wide.max_by_key(|(width, _)| **width) else { return };
        *widest -= 1;
    }
}

/// One row of the table; cells too long for their column go on below.
fn row(cells: &[&str; 5], widths: &[usize; 5]) -> String {
    let wrapped: Vec<Vec<String>> =
        cells.iter().zip(widths).map(|(cell, &width)| wrap(cell, width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let mut text = String::new();
    for position in 0..height {
        let mut line = " ".repeat(INDENT);
        for (parts, width) in wrapped.iter().zip(widths) {
            let part = parts.get(position).map_or("", String::as_str);
            line += &format!("{part:width$}{:GAP$}", "", width = *width);
        }
        text += line.trim_end();
        text += "\n";
    }
    text
}

/// Lines of at most `width` characters, broken between words, and within those that are longer.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut room = 0;
    for word in text.split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        if let Some(line) = lines.last_mut().filter(|_| letters.len() < room) {
            line.push(' ');
            line.push_str(word);
            room -= letters.len() + 1;
            continue;
        }
        for part in letters.chunks(width) {
            lines.push(part.iter().collect());
            room = width - part.len();
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_within_those_too_long() {
        assert_eq!(wrap("an agent for a year", 8), ["an agent", "for a", "year"]);
        assert_eq!(wrap("ab cd", 5), ["ab cd"]);
        assert_eq!(wrap("contingency x", 5), ["conti", "ngenc", "y x"]);
        assert_eq!(wrap("Résumé", 6), ["Résumé"], "letters count, not bytes");
        assert_eq!(wrap("", 5), Vec::<String>::new());
    }

    #[test]
    fn the_widest_columns_give_way_first_and_words_of_the_head_stay_whole() {
        let mut widths = [20, 8, 14, 13, 15];
        narrow(&mut widths, 60);
        assert_eq!((widths.iter().sum::<usize>(), widths[1]), (60, 8));
        assert!(widths.iter().all(|&width| width <= 13));
        narrow(&mut widths, 1);
        assert_eq!(widths, [4, 4, 4, 4, 8], "name, pays, when, much, screened");
    }
}
