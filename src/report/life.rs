//! One life in the market: the searches of a worker who bought, line by line, from the table of single searches.

use std::collections::BTreeMap;

use super::study::{LIBRARY, Study};
use crate::output::OutputError;
use crate::text;

/// The market of the offer that was made.
const OFFER: &str = "contingency";
/// Lines of a life.
const MOST: usize = 12;

/// A life in lines.
#[derive(Debug)]
pub(super) struct Life {
    pub(super) title: String,
    pub(super) subtitle: String,
    /// When, and what.
    pub(super) lines: Vec<(String, String)>,
}

/// A search.
#[derive(Clone, Debug)]
struct Spell {
    is_unemployed: bool,
    start: i64,
    end: Option<i64>,
    ended: String,
    contacts: i64,
    bought: bool,
    before: Option<f64>,
    after: Option<f64>,
}

/// What a worker is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Traits {
    ability: f64,
    networking: f64,
}

/// The life of a worker of the sample who was hired through a seller, of those that fit into the lines the one with most
/// searches; `None` where there is none, or no table of searches.
pub(super) fn life(study: &Study) -> Result<Option<Life>, OutputError> {
    let Some(library) = &study.library else { return Ok(None) };
    let Some(arm) = library.arm(OFFER) else { return Ok(None) };
    let path = study.dir.join(LIBRARY.folder).join("spells.csv");
    if !path.is_file() {
        return Ok(None);
    }
    let lives = lives(&path)?;
    let is_told = |(_, (_, spells)): &(&i64, &(Traits, Vec<Spell>))| {
        spells.len() <= MOST && spells.iter().any(|spell| spell.bought && spell.ended == "paid")
    };
    let told = lives.iter().filter(is_told).max_by_key(|(worker, (_, spells))| (spells.len(), -**worker));
    Ok(told.map(|(worker, (traits, spells))| Life {
        title: format!("One life in the market “{}”", library.short(&arm.name)),
        subtitle: format!(
            "Worker {} of the first replication, ability {} sd, meets people {} times as readily as most; every search in {}. Of the \
             workers whose searches are written down, one who was hired through a seller.",
            text::count(usize::try_from(*worker).unwrap_or_default()),
            text::signed(traits.ability, 1),
            text::fixed(traits.networking, 1),
            text::span(arm.scenario.as_ref().map_or(0, |scenario| scenario.run.weeks as usize))
        ),
        lines: spells.iter().map(Spell::line).collect(),
    }))
}

/// The searches of the workers of the offer's market in its first replication, to the one with which a worker leaves.
fn lives(path: &std::path::Path) -> Result<BTreeMap<i64, (Traits, Vec<Spell>)>, OutputError> {
    // A table of all scenarios may have millions of rows: those of one market are read.
    let wrong = |what: String| OutputError::Corrupt { path: path.to_path_buf(), what };
    let file = csv::Reader::from_path(path);
    let mut reader = file.map_err(|error| wrong(error.to_string()))?;
    let head = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let column = |name: &str| {
        let found = head.iter().position(|known| known == name);
        found.ok_or_else(|| wrong(format!("it has no column {name}")))
    };
    let places = [
        "scenario",
        "replication",
        "worker",
        "kind",
        "start_week",
        "end_week",
        "ended",
        "ability",
        "networking",
        "contacts_at_start",
        "bought",
        "salary_before",
        "salary_after",
    ];
    let mut at = [0; 13];
    for (place, name) in at.iter_mut().zip(places) {
        *place = column(name)?;
    }
    let mut lives: BTreeMap<i64, (Traits, Vec<Spell>)> = BTreeMap::new();
    let mut first = None;
    for record in reader.records() {
        let record = record.map_err(|error| wrong(error.to_string()))?;
        let text = |place: usize| record.get(at[place]).unwrap_or_default();
        if text(0) != OFFER {
            continue;
        }
        if *first.get_or_insert_with(|| text(1).to_owned()) != text(1) {
            break;
        }
        let number = |place: usize| text(place).parse::<f64>().ok().filter(|number| number.is_finite());
        let whole = |place: usize| text(place).parse::<i64>().ok();
        let (Some(worker), Some(start), Some(ability), Some(networking)) =
            (whole(2), whole(4), number(7), number(8))
        else {
            continue;
        };
        let traits = Traits { ability, networking };
        let (known, spells) = lives.entry(worker).or_insert_with(|| (traits, Vec::new()));
        // Another one has come in the place of one who left.
        if *known != traits {
            continue;
        }
        spells.push(Spell {
            is_unemployed: text(3) == "unemployed",
            start,
            end: whole(5),
            ended: text(6).to_owned(),
            contacts: whole(9).unwrap_or(0),
            bought: text(10) == "1",
            before: number(11),
            after: number(12),
        });
    }
    Ok(lives)
}

impl Spell {
    /// When, and what: "weeks 34 to 41", "out of work, last at $94,900 a year, …".
    fn line(&self) -> (String, String) {
        let start = self.start.max(0);
        let when = match self.end {
            Some(end) if end > start => format!("Weeks {start} to {end}"),
            Some(end) => format!("Week {end}"),
            None => format!("From week {start}"),
        };
        let pay =
            |of: Option<f64>| of.map_or_else(String::new, |pay| format!(" at {} a year", text::dollars(pay)));
        let state = if self.is_unemployed { "out of work, last" } else { "looks from a job" };
        let knows = match self.contacts {
            0 => "knows no introducer".to_owned(),
            n => format!("knows {}", text::counted(usize::try_from(n).unwrap_or_default(), "introducer")),
        };
        let buys = if self.bought { ", becomes a seller’s client" } else { "" };
        let end = match self.ended.as_str() {
            "cold" => "hired on an application of his own",
            "lead" => "hears of a job from a friend and takes it",
            "organic" => "introduced for nothing, and hired",
            "paid" => "introduced by his seller, and hired",
            "stopped" => "stops looking and stays",
            "left" => "leaves the labour force",
            "open" => "still looking at the end",
            _ => "hired",
        };
        (when, format!("{state}{}; {knows}{buys}; {end}{}.", pay(self.before), pay(self.after)))
    }
}
