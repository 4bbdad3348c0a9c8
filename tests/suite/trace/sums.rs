//! What is told of all lives, added up, is what the weekly table says, which is counted elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use introsim::engine::Arm;
use introsim::experiments::measures::weekly;
use introsim::experiments::run::{self, Detail, Tables};
use introsim::scenario::Scenario;
use introsim::week::diary::{Answer, Decision, Entry, Event, Thought, Verdict, Watch};
use introsim::world::World;
use introsim::world::ledger::{Cause, Reason};

use super::{markets, opening, told};

/// The rows that `run` writes, of a run to which nobody listens.
fn rows(scenario: &Scenario) -> Tables {
    let arms = [Arm { name: "one".to_owned(), scenario: scenario.clone() }];
    match run::run(&arms, &|| {}).replications.remove(0).result.unwrap().detail {
        Detail::Here(tables) => *tables,
        Detail::Kept(place) => panic!("nobody keeps {place:?}"),
    }
}

/// Columns of weekly.csv that the entries of a week make.
fn added_up(entries: &[&Entry]) -> BTreeMap<String, f64> {
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    let mut add = |column: &str, x: f64| *sums.entry(column.to_owned()).or_default() += x;
    for entry in entries {
        match entry.what {
            Event::Request(review) => {
                add(&format!("requests_{}", review.channel.name()), 1.0);
                if review.verdict == Verdict::Meets {
                    add(&format!("met_{}", review.channel.name()), 1.0);
                }
            }
            Event::Interview(interview) => {
                add(&format!("interviewed_{}", interview.channel.name()), 1.0);
                add(&format!("passed_{}", interview.channel.name()), f64::from(u8::from(interview.passed())));
            }
            Event::Offer(offer) => {
                add(&format!("offers_{}", offer.channel.name()), 1.0);
                add(&format!("taken_{}", offer.channel.name()), f64::from(u8::from(offer.is_taken())));
            }
            Event::Hired { channel, .. } => add(&format!("hires_{}", channel.name()), 1.0),
            Event::Considers(Thought::Applies { .. }) => add("applicants", 1.0),
            Event::Screened(screened) if screened.decision == Decision::Signed => add("new_clients", 1.0),
            Event::Screened(screened) if screened.decision == Decision::HeldOut => add("held_out", 1.0),
            Event::Asks(answer) => {
                add("asks", 1.0);
                add("helped", f64::from(u8::from(answer == Answer::Helps)));
            }
            Event::Sham { found_out } => {
                add("shams", 1.0);
                add("shams_found_out", f64::from(u8::from(found_out)));
            }
            Event::Engages => add("mandates", 1.0),
            Event::Hears { .. } => add("heard", 1.0),
            Event::Coached { held_out: false } => add("coached", 1.0),
            Event::Pays { cause, cents } => {
                let column = if cause == Cause::Refund { "refunds_dollars" } else { "fees_dollars" };
                add(column, cents as f64 / 100.0);
            }
            Event::Transfer { reason, cents, .. } => {
                let dollars = cents as f64 / 100.0;
                match reason {
                    Reason::Fee => {
                        add("fees_dollars", dollars);
                        add("employer_fees_dollars", dollars);
                    }
                    Reason::Bonus => add("bonuses_dollars", dollars),
                    Reason::Form => add("forms_dollars", dollars),
                    Reason::Coaching => add("coaching_dollars", dollars),
                }
            }
            Event::Books(books) => {
                add("active_sellers", f64::from(u8::from(books.active)));
                add("hours", books.hours);
                add("books_fees", books.fees);
                add("books_refunds", books.refunds);
                add("costs_dollars", books.costs);
            }
            _ => {}
        }
    }
    sums
}

/// Columns that every week must have, whatever was told.
fn all_columns() -> Vec<String> {
    let mut columns: Vec<String> = ["cold", "organic", "paid", "submitted", "referred", "stranger"]
        .iter()
        .flat_map(|c| ["requests", "met", "passed", "offers", "hires"].map(|what| format!("{what}_{c}")))
        .collect();
    columns.push("hires_lead".to_owned());
    let others = [
        "applicants",
        "new_clients",
        "held_out",
        "asks",
        "helped",
        "shams",
        "shams_found_out",
        "mandates",
        "heard",
        "coached",
        "fees_dollars",
        "refunds_dollars",
        "employer_fees_dollars",
        "bonuses_dollars",
        "forms_dollars",
        "coaching_dollars",
        "active_sellers",
        "costs_dollars",
    ];
    columns.extend(others.map(str::to_owned));
    columns
}

#[test]
fn what_all_diaries_tell_adds_up_to_the_weekly_table_by_channel_and_week() {
    let mut happened: BTreeSet<String> = BTreeSet::new();
    for (name, scenario) in markets() {
        let opening = opening(&scenario);
        let (_, entries) = told(&scenario, &opening, Watch::Everybody);
        let rows = rows(&scenario);
        let at = |column: &str| weekly().position(|known| known.name == column).unwrap();
        for (week, row) in rows.weekly.iter().enumerate().skip(1) {
            let of_week = opening.week + u32::try_from(week).unwrap();
            let own: Vec<&Entry> = entries.iter().filter(|entry| entry.week == of_week).collect();
            let sums = added_up(&own);
            let sum = |column: &str| sums.get(column).copied().unwrap_or(0.0);
            for column in all_columns() {
                let table = row[at(&column)].unwrap_or(0.0);
                assert!(
                    (sum(&column) - table).abs() < 1e-6,
                    "{name}, week {week}, {column}: {} and {table}",
                    sum(&column)
                );
                if table != 0.0 {
                    happened.insert(column);
                }
            }
            for channel in ["cold", "organic", "paid", "submitted", "referred", "stranger"] {
                let pair =
                    |a: &str, b: &str| (sum(&format!("{a}_{channel}")), sum(&format!("{b}_{channel}")));
                let (met, held) = pair("met", "interviewed");
                let (taken, hired) = pair("taken", "hires");
                assert!((met - held).abs() + (taken - hired).abs() < 1e-9, "{name}, week {week}, {channel}");
            }
            let hours = ["finding", "screening", "contact", "pitching", "sham", "rebuilding"];
            let hours: f64 = hours.iter().filter_map(|use_| row[at(&format!("hours_{use_}"))]).sum();
            assert!((sum("hours") - hours).abs() < 1e-6, "{name}, week {week}");
            assert!((sum("books_fees") - sum("fees_dollars")).abs() < 1e-6, "{name}, week {week}");
            assert!((sum("books_refunds") - sum("refunds_dollars")).abs() < 1e-6, "{name}, week {week}");
            let made = row[at("introductions_made")].unwrap_or(0.0);
            assert!((sum("interviewed_paid") - made).abs() < 1e-6, "{name}, week {week}");
        }
    }
    let never: Vec<String> = all_columns().into_iter().filter(|column| !happened.contains(column)).collect();
    assert!(never.is_empty(), "never happened, so nothing is shown of it: {never:?}");
}

/// Who is out of work, and who looks, by the diaries alone.
struct States {
    out: BTreeSet<u32>,
    looking: BTreeSet<u32>,
}

impl States {
    fn of(world: &World) -> Self {
        let has = |bits: &introsim::world::bits::Bits| {
            (0..world.workers.len()).filter(|&w| bits.has(w)).map(|w| u32::try_from(w).unwrap()).collect()
        };
        Self { out: has(&world.workers.unemployed), looking: has(&world.workers.looking) }
    }

    fn take(&mut self, entry: &Entry) {
        let worker = entry.who.worker.0;
        match entry.what {
            Event::LosesJob | Event::Enters(_) => {
                self.out.insert(worker);
                self.looking.remove(&worker);
            }
            Event::StartsLooking => {
                self.looking.insert(worker);
            }
            Event::StopsLooking | Event::Leaves => {
                self.looking.remove(&worker);
            }
            Event::Hired { .. } => {
                self.out.remove(&worker);
                self.looking.remove(&worker);
            }
            _ => {}
        }
    }
}

#[test]
fn who_is_out_of_work_and_who_looks_by_the_diaries_is_who_is_by_the_table() {
    for (name, scenario) in markets() {
        let opening = opening(&scenario);
        let (_, entries) = told(&scenario, &opening, Watch::Everybody);
        let rows = rows(&scenario);
        let at = |column: &str| weekly().position(|known| known.name == column).unwrap();
        let (out, looking) = (at("unemployment_share"), at("employed_looking_share"));
        let mut states = States::of(&opening);
        let workers = f64::from(scenario.workers.count);
        for (week, row) in rows.weekly.iter().enumerate().skip(1) {
            let of_week = opening.week + u32::try_from(week).unwrap();
            let (first, rest): (Vec<&Entry>, Vec<&Entry>) = entries
                .iter()
                .filter(|entry| entry.week == of_week)
                .partition(|entry| !matches!(entry.what, Event::Hired { .. }));
            // The state of a week is recorded after its first phase, before anybody is hired.
            first.into_iter().for_each(|entry| states.take(entry));
            let shares = [row[out].unwrap() * workers, row[looking].unwrap() * workers];
            let own = [states.out.len(), states.looking.len()].map(|n| f64::from(u32::try_from(n).unwrap()));
            assert!(
                (shares[0] - own[0]).abs() < 1e-6 && (shares[1] - own[1]).abs() < 1e-6,
                "{name}, week {week}: {own:?}, {shares:?}"
            );
            rest.into_iter().for_each(|entry| states.take(entry));
        }
    }
}
