//! `explain`: the tables of a run in the order of the story, from asking to hired and from fee to profit.

mod short;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use comfy_table::Cell;

use super::common::be_folder;
use super::table::{empty, right, terminal_width};
use super::{BadInput, older};
use crate::output::OutputError;
use crate::output::funnel::{self, Figure, Market, Post, STEPS, Way};
use crate::scenario::nearest;
use crate::stats::Estimate;
use crate::text::{Form, counted};

/// Explain what a run found: from asking to hired, and from fee to profit, scenario by scenario
///
/// Reads the tables of a run (or the folder library of a study), and says in a few sentences what happens in the two most
/// different markets: where sellers place most, and where they place fewest. With --all or --scenario it prints all tables of
/// markets. Seekers: how many get from asking to a job, by buying, by asking for nothing and by writing to strangers. Sellers:
/// what is left of the fees when refunds, costs, hours and burnt relationships are paid for. Decision-makers: what the requests
/// do to them. The model is not run.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim explain output/run
  introsim explain output/run --all
  introsim explain output/run --scenario contingency --scenario organic")]
pub(super) struct Args {
    /// Folder of a run or of a study
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// All tables of all scenarios
    #[arg(long, conflicts_with = "scenarios")]
    all: bool,
    /// All tables of this scenario; may be repeated
    #[arg(long = "scenario", value_name = "NAME")]
    scenarios: Vec<String>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    be_folder(&args.folder, "a run, as in output/run")?;
    let markets = funnel::explain(&args.folder).map_err(|error| {
        let error = anyhow::Error::from(error);
        if super::of_files(&error).is_some_and(|error| matches!(error, OutputError::Corrupt { .. })) {
            return error;
        }
        BadInput(older::lacks(&error).unwrap_or_else(|| format!("{error:#}"))).into()
    })?;
    if markets.is_empty() {
        let text =
            format!("{}: the tables have no rows, so there is nothing to explain", args.folder.display());
        return Err(BadInput(text).into());
    }
    let chosen = choose(&markets, &args.scenarios)?;
    let width = terminal_width();
    if !args.all && args.scenarios.is_empty() {
        return in_short(args, &markets, width);
    }
    let pages: Vec<String> = chosen.iter().map(|market| page(market, width)).collect();
    writeln!(super::terminal::out(), "{}", pages.join("\n\n\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// The two most different markets on one screen, and how to see the rest.
fn in_short(args: &Args, markets: &[Market], width: Option<u16>) -> anyhow::Result<ExitCode> {
    let columns = width.map(usize::from);
    let two = short::two(markets);
    let pages: Vec<String> = two.iter().map(|market| short::page(market, columns)).collect();
    let folder = crate::foreign::shell_path(&args.folder);
    let rest = match markets.len() - two.len() {
        0 => String::new(),
        n => format!("{} more. ", counted(n, "market")),
    };
    let more =
        format!("{rest}All tables: introsim explain {folder} --all; of one: --scenario {}", two[0].name);
    let more = super::trace::wrapped(&more, "  ", columns);
    writeln!(super::terminal::out(), "{}\n\n{more}", pages.join("\n\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// The scenarios asked for, in the order of the tables.
fn choose<'a>(markets: &'a [Market], wanted: &[String]) -> anyhow::Result<Vec<&'a Market>> {
    for name in wanted {
        if markets.iter().any(|market| market.name == *name) {
            continue;
        }
        let names: Vec<&str> = markets.iter().map(|market| market.name.as_str()).collect();
        let meant = nearest(name, names.iter().copied());
        let meant = meant.map_or_else(|| ".".to_owned(), |meant| format!("; did you mean {meant}?"));
        let text = format!("no scenario {name} in this run{meant} It has: {}", names.join(", "));
        return Err(BadInput(text).into());
    }
    let is_wanted = |market: &&Market| wanted.is_empty() || wanted.contains(&market.name);
    Ok(markets.iter().filter(is_wanted).collect())
}

/// One scenario: its heading and the tables of the three sides.
fn page(market: &Market, width: Option<u16>) -> String {
    let (finished, failed) = market.replications;
    let mut head = format!("{}\n{} of {} weeks", market.name, counted(finished, "replication"), market.weeks);
    if failed > 0 {
        head.push_str(&format!("; {failed} failed and are left out"));
    }
    let mut parts = vec![head];
    if finished == 0 {
        parts.push("No replication finished: there is nothing to explain.".to_owned());
        return parts.join("\n\n");
    }
    parts.push(format!("SEEKERS, from asking to hired\n{}", funnel(&market.ways, width)));
    let outside = market.outside.map_or_else(nothing, |e| written(&e, Form::Count, ' '));
    parts.push(folded(&format!("Outside jobs that people hear of and take: {outside}"), width));
    parts.push(figures("seekers", &market.seekers, width));
    if market.sells {
        parts.push(format!("SELLERS, from fee to profit\n{}", account(&market.account, width)));
        parts.push(figures("sellers", &market.sellers, width));
    } else {
        parts.push("SELLERS\nNobody sells.".to_owned());
    }
    parts.push(format!("DECISION-MAKERS\n{}", figures("decision-makers", &market.decision_makers, width)));
    parts.join("\n\n")
}

fn folded(line: &str, width: Option<u16>) -> String {
    super::trace::wrapped(line, "  ", width.map(usize::from))
}

fn nothing() -> String {
    "–".to_owned()
}

/// Columns that a table of two columns or more needs to be read.
const NARROWEST: u16 = 26;

/// Ways side by side, as many as fit; the rest below.
fn funnel(ways: &[Way], width: Option<u16>) -> String {
    let most = width.map_or(ways.len(), |width| usize::from((width.saturating_sub(NARROWEST) / 22).max(1)));
    let tables: Vec<String> = ways.chunks(most).map(|some| steps(some, width)).collect();
    tables.join("\n\n")
}

fn steps(ways: &[Way], width: Option<u16>) -> String {
    let mut table = empty(width);
    let names = ways.iter().map(|way| {
        right(way.words.replace(", ", ",\n").replace(" from ", " from\n").replace(" to ", " to\n"))
    });
    table.set_header(std::iter::once(Cell::new("mean [95 %]")).chain(names));
    for (step, words) in STEPS.iter().enumerate() {
        // A step that none of these ways has is no row.
        let exists = |way: &&Way| way.counts[step].is_some() || way.rates[step].is_some();
        let Some(first) = ways.iter().find(exists) else { continue };
        let of = first.of[step];
        let label = if of.is_empty() { (*words).to_owned() } else { format!("{words}\n\n… {of}") };
        let cells = ways.iter().map(|way| right(cell(way, step)));
        table.add_row(std::iter::once(Cell::new(label)).chain(cells));
    }
    table.to_string()
}

fn cell(way: &Way, step: usize) -> String {
    let Some(count) = &way.counts[step] else { return String::new() };
    if count.value == 0.0 {
        return nothing();
    }
    let count = written(count, Form::Count, '\n');
    let count = if count.contains('\n') { count } else { count + "\n" };
    let rate = way.rates[step].as_ref().map(|rate| format!("\n{}", written(rate, Form::Share, '\n')));
    format!("{count}{}", rate.unwrap_or_default())
}

fn account(posts: &[Post], width: Option<u16>) -> String {
    let mut table = empty(width);
    table.set_header(vec![Cell::new("dollars, mean [95 %]"), right("in all"), right("per placement")]);
    for post in posts {
        let sign = match post.sign {
            1 => "",
            -1 => "− ",
            _ => "= ",
        };
        let cell = |estimate: &Option<Estimate>| {
            let told = estimate.as_ref().filter(|e| e.value != 0.0 || post.sign == 0);
            right(told.map_or_else(nothing, |e| written(e, Form::Dollars, '\n')))
        };
        let words = Cell::new(format!("{sign}{}", post.words));
        table.add_row(vec![words, cell(&post.total), cell(&post.per_placement)]);
    }
    table.to_string()
}

fn figures(side: &str, figures: &[Figure], width: Option<u16>) -> String {
    let mut table = empty(width);
    table.set_header(vec![Cell::new(format!("{side}, mean [95 %]")), right("")]);
    for figure in figures {
        let told = figure
            .estimate
            .as_ref()
            .filter(|e| e.value != 0.0 || matches!(figure.form, Form::Plain | Form::Share));
        let text = told.map_or_else(nothing, |e| written(e, figure.form, ' '));
        table.add_row(vec![Cell::new(figure.words), right(&text)]);
    }
    table.to_string()
}

/// A figure and its interval, with a character between.
fn written(estimate: &Estimate, form: Form, between: char) -> String {
    let value = form.text(estimate.value);
    match estimate.told() {
        Some((low, high)) => format!("{value}{between}[{}, {}]", form.text(low), form.text(high)),
        None => value,
    }
}
