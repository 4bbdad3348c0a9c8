//! Q1: how large a cut it takes.

use super::super::library::Library;
use super::super::phrasing;
use super::super::study::{BREAKEVEN, LIBRARY, Study};
use super::super::sweep::{Grid, Setting};
use super::super::thresholds::{Breakeven, Crossing, Finding};
use super::c1::{best_edge, edge};
use super::edge::{Edge, Stretch};
use super::{Answer, Asked, Chart, Sheet, Standing, of_scenarios};
use crate::charts::screens;
use crate::experiments::contrast::{Contrast, Verdict};
use crate::experiments::outcomes::metric;
use crate::scenario::key;
use crate::text;
use crate::units::Unit;

const ASKED: Asked = Asked {
    id: "q1",
    label: "Q1",
    question: "How much of a cut would I get: ten per cent, twenty, half a year’s salary?",
    is_assumed: false,
};

/// The criterion of the question: does the hour pay in the judged weeks?
const CRITERION: &str = "hour_pays";

/// The offer that was made.
const UNSCREENED: &str = "contingency";

pub(super) fn answer(study: &Study) -> Answer {
    let money = Chart {
        part: LIBRARY,
        name: "where-the-money-goes",
        scenarios: &[
            "contingency",
            "contingency-screened",
            "contingency-20",
            "contingency-50",
            "success-fee",
        ],
    };
    let Some(all) = &study.breakevens else {
        let mut answer = match study.map.as_ref().filter(|map| map.payout_is_share) {
            Some(map) => by_the_map(map),
            None => Answer::not_run(ASKED, study, BREAKEVEN),
        };
        answer.more.extend(today(study));
        answer.more.extend(study.library.as_ref().and_then(out_of_work));
        answer.charts = vec![money];
        return answer;
    };
    let mut levels: Vec<&Breakeven> = all.iter().filter(|found| found.criterion == CRITERION).collect();
    if levels.is_empty() {
        levels = all.iter().filter(|found| found.criterion == "hour_pays_all_weeks").collect();
    }
    let told: Vec<&&Breakeven> =
        levels.iter().filter(|found| !matches!(found.finding, Finding::CannotTell)).collect();
    let standing = if told.is_empty() { Standing::Open } else { Standing::Answered };
    let pays = sentence(&levels);
    // What is answered of the map is answered of it whether or not break-evens were searched for.
    let mut answer = match study.map.as_ref().filter(|map| map.payout_is_share) {
        Some(map) => {
            let (pill, standing, sentence) = lasts(map);
            let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
            answer.more.push(pays);
            answer
        }
        None => Answer::new(ASKED, standing, pays),
    };
    answer.more.extend(today(study));
    answer.more.extend(study.library.as_ref().and_then(out_of_work));
    answer.charts = vec![Chart { part: BREAKEVEN, name: "break-even", scenarios: &[] }, money];
    answer.sheet = Some(sheet(all));
    let n = levels.iter().map(|found| found.n).max().unwrap_or(0);
    answer.rests = format!(
        "A search over the payout, {} at each value tried, on the same luck; an hour pays where what sellers take, less \
         what they pay back and the relationships that they burn, is no less than the hours that they work and are open \
         are worth to them elsewhere. Intervals of \
         95\u{a0}% by resampling the replications.",
        text::counted(n, "replication")
    );
    let bars = study.map.as_ref().and_then(|map| map.bars("The map’s screens"));
    answer.rests.extend(bars.map(|said| format!(" {said}")));
    let open = levels.len() - told.len();
    let own = match (open, levels.iter().any(|found| matches!(found.finding, Finding::Nowhere))) {
        (0, false) => "Other prices of a seller’s hour move every one of these values.".to_owned(),
        (0, true) => "A wider range of payouts, or sellers whose hour is worth less.".to_owned(),
        _ => "More replications: noise hides on which side of the break-even some payouts lie.".to_owned(),
    };
    answer.change = own;
    answer
}

/// From which cut on a market lasts, without a screen and with the best: a few words, whether it can be told, a sentence.
fn lasts(map: &Grid) -> (String, Standing, String) {
    let cut = text::percent;
    let without = edge(map, |setting| setting.known && setting.is_unscreened());
    let with = best_edge(map, true);
    let (pill, standing) = match &without {
        Edge::From(cut, not) => {
            let (cut, not) = (text::percent(*cut), text::percent(*not));
            (format!("it lasts from {cut} of salary, not at {not}"), Standing::Answered)
        }
        Edge::Stretch(Stretch { from: Some(cut), .. }) => {
            (format!("it lasts from {} of salary", text::percent(*cut)), Standing::Answered)
        }
        Edge::Stretch(Stretch { to: Some(cut), .. }) => {
            (format!("it lasts up to {} of salary", text::percent(*cut)), Standing::Answered)
        }
        Edge::Everywhere => ("it lasts at any cut tried".to_owned(), Standing::Answered),
        Edge::UpTo(cut, _) => {
            (format!("it lasts up to {} of salary", text::percent(*cut)), Standing::Answered)
        }
        Edge::Nowhere => ("no cut, unscreened".to_owned(), Standing::Answered),
        Edge::Mixed(lasts, _) if !lasts.is_empty() => {
            (format!("{} of salary lasts", text::percent(lasts[0])), Standing::Answered)
        }
        Edge::Stretch(_) | Edge::Mixed(..) | Edge::Nothing => ("cannot be told".to_owned(), Standing::Open),
    };
    let costly = |setting: &Setting| {
        let judged =
            setting.judged().filter(|judged| judged.verdict.is_alive() && judged.is_at_clients_cost())?;
        Some(format!("{} ({})", text::percent(setting.payout?), text::signed_percent(&judged.clients?)))
    };
    let costly: Vec<String> =
        map.of(|setting| setting.known && setting.is_unscreened()).filter_map(costly).collect();
    let cost = if costly.is_empty() {
        String::new()
    } else {
        format!(" Unscreened it lives at its clients’ cost at {}.", text::joined(&costly))
    };
    let text = format!(
        "Where decision-makers know who pays, a market lasts {} with nobody screened, and {} with whichever screen places most.{cost}",
        tried_below(&without).map_or_else(
            || without.words("cut", cut),
            |not| format!("{} (not at {})", without.words("cut", cut), cut(not))
        ),
        with.words("cut", cut)
    );
    (pill, standing, text)
}

/// The highest cut tried below the edge, where the market is shown not to last.
fn tried_below(edge: &Edge) -> Option<f64> {
    if let Edge::From(_, not) = edge { Some(*not) } else { None }
}

/// The answer where break-evens were not searched for.
fn by_the_map(map: &Grid) -> Answer {
    let (pill, standing, sentence) = lasts(map);
    let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
    answer.rests = format!(
        "The map, {} a setting on the same luck: a market lasts where sellers place enough people and neither those who begin \
         to sell nor those who hire are shown to lose.",
        map.replicated()
    );
    answer.change =
        "Sellers whose hour is worth more or less elsewhere, and how many seekers can pay.".to_owned();
    answer
}

fn sentence(levels: &[&Breakeven]) -> String {
    if levels.is_empty() {
        return "This run cannot tell: the search for break-evens has no level in which an hour was judged."
            .to_owned();
    }
    let parts: Vec<String> =
        levels.iter().take(4).map(|found| format!("{}, {}", level(found), finding(found))).collect();
    let rest = match levels.len().saturating_sub(4) {
        0 => String::new(),
        n => format!("; {} more in the table", text::spelt(n)),
    };
    format!("{}{rest}.", text::capital(&parts.join("; ")))
}

/// What a level is called, after the start of a sentence.
fn level(found: &Breakeven) -> String {
    let text = found.level.trim();
    let (path, value) = text.split_once('=').map_or((text, ""), |(path, value)| (path.trim(), value.trim()));
    let hours = match path {
        "screening.stages" => screens::hours(value).map(|hours| hours.iter().sum()),
        "screening.hours" => Unit::Hours.parse(value.trim_matches('"')).ok(),
        _ => None,
    };
    match hours {
        Some(hours) if hours > 0.0 => {
            // The map's screens have fixed bars.
            let bar = if value.contains("profit") { " that takes whom it pays to take" } else { "" };
            format!("after a screen of {}{bar}", text::hours(hours))
        }
        Some(_) => "with nobody screened".to_owned(),
        None => format!("under “{text}”"),
    }
}

fn finding(found: &Breakeven) -> String {
    let range = match found.range {
        (Some(from), Some(to)) => format!("from {} to {}", value(found, from), value(found, to)),
        _ => "in the range".to_owned(),
    };
    match &found.finding {
        Finding::Everywhere => format!("an hour pays at every payout {range}"),
        Finding::Nowhere => format!("an hour pays at no payout {range}"),
        Finding::Shown(true, from, to) => format!(
            "an hour is shown to pay from {} to {} of the first salary, of the range {range}",
            value(found, text::two_digits(*from)),
            value(found, text::two_digits(*to))
        ),
        Finding::Shown(false, from, to) => format!(
            "an hour is shown not to pay from {} to {}, and no payout {range} is shown at which it does",
            value(found, text::two_digits(*from)),
            value(found, text::two_digits(*to))
        ),
        Finding::CannotTell => format!("this run cannot tell at which payout {range} an hour pays"),
        Finding::Crossings(crossings) => {
            let parts: Vec<String> = crossings.iter().map(|crossing| turn(found, crossing)).collect();
            format!("an hour pays {}", text::joined(&parts))
        }
    }
}

fn turn(found: &Breakeven, crossing: &Crossing) -> String {
    let direction = if crossing.begins { "from" } else { "up to" };
    let fee = crossing.fee.map(|fee| format!(", {} a placement", text::dollars(fee)));
    format!("{direction} {}{}", estimate(found, crossing), fee.unwrap_or_default())
}

fn estimate(found: &Breakeven, crossing: &Crossing) -> String {
    match unit(found) {
        Unit::Share | Unit::Rate => format!("{} of the first salary", text::share(&crossing.at)),
        Unit::Dollars => text::dollars_between(&crossing.at),
        _ => text::number(&crossing.at),
    }
}

fn value(found: &Breakeven, value: f64) -> String {
    match unit(found) {
        Unit::Share | Unit::Rate => text::percent(value),
        Unit::Dollars => text::dollars(value),
        _ => text::number(&crate::stats::Estimate { n: 1, value, interval: None }),
    }
}

fn unit(found: &Breakeven) -> Unit {
    key(&found.knob).map_or(Unit::Of(""), |key| key.unit)
}

/// Whether more or fewer are out of work in the market of the offer than where nothing is sold, and for how long.
fn out_of_work(library: &Library) -> Option<String> {
    let [of, weeks] = metric!["unemployment_share", "mean_weeks_out"];
    let contrast = |metric| library.against_nothing(UNSCREENED, metric);
    let (share, weeks) = (contrast(of)?, contrast(weeks)?);
    // The two are judged together.
    let doubtful: Vec<bool> = phrasing::doubtful([Some(&share), Some(&weeks)].into_iter());
    let called = |contrast: &Contrast, at: usize| contrast.verdict.filter(|_| !doubtful[at]);
    let word = |verdict: Option<Verdict>, [more, less, same]: [&'static str; 3]| match verdict {
        Some(Verdict::Higher) => more,
        Some(Verdict::Lower) => less,
        _ => same,
    };
    let (of_share, of_weeks) = (called(&share, 0), called(&weeks, 1));
    Some(format!(
        "With “{}” {} are out of work {} where nothing is sold ({} percentage points), and {} ({} weeks).",
        library.short(UNSCREENED),
        word(of_share, ["more", "fewer", "as many, as far as is shown,"]),
        if matches!(of_share, Some(Verdict::Higher | Verdict::Lower)) { "than" } else { "as" },
        text::number(&share.estimate?.scaled(100.0)),
        word(of_weeks, ["for longer", "less long", "as long, as far as is shown"]),
        text::number(&weeks.estimate?)
    ))
}

/// What an hour earns at the terms of the library, beside what it is worth.
fn today(study: &Study) -> Option<String> {
    let library = study.library.as_ref()?;
    let earned = |name: &str| {
        let scenario = library.arm(name)?.scenario.as_ref()?;
        let profit = library.estimate(name, metric!("profit_hour_held_judged"))?;
        Some(format!(
            "{} {}, {} an hour",
            phrasing::price(scenario),
            phrasing::screen(scenario),
            text::dollars_between(&profit)
        ))
    };
    let parts: Vec<String> = ["contingency", "contingency-screened"].into_iter().filter_map(earned).collect();
    let worth = library.arm("contingency")?.scenario.as_ref()?.introducers.hour_value;
    (!parts.is_empty()).then(|| {
        format!(
            "In the library an hour that sellers worked or were open brought, over the last two years: at {}; an introducer’s hour is worth {} elsewhere on average, and those sell whose hour is worth less ({}).",
            text::joined(&parts),
            text::dollars(worth),
            of_scenarios(study, &["contingency", "contingency-screened"])
        )
    })
}

/// A row for each level, a column for each criterion.
fn sheet(all: &[Breakeven]) -> Sheet {
    let criteria = [
        ("hour_pays", "An hour pays at the end"),
        ("hour_pays_all_weeks", "An hour pays over all weeks"),
        ("alive", "5 placements per 10,000 workers and year"),
    ];
    let mut levels: Vec<&Breakeven> = Vec::new();
    for found in all {
        if levels.iter().all(|known| known.level != found.level) {
            levels.push(found);
        }
    }
    let row = |of: &&Breakeven| {
        let mut row = vec![text::capital(&level(of))];
        row.extend(criteria.iter().map(|(criterion, _)| {
            let found = all.iter().find(|found| found.level == of.level && found.criterion == *criterion);
            found.map_or_else(|| "–".to_owned(), cell)
        }));
        row
    };
    let mut head = vec!["Screening".to_owned()];
    head.extend(criteria.iter().map(|(_, name)| (*name).to_owned()));
    Sheet {
        caption:
            "Payouts at which selling introductions begins or ends to pay, and the fee per placement there"
                .to_owned(),
        head,
        rows: levels.iter().map(row).collect(),
    }
}

fn cell(found: &Breakeven) -> String {
    match &found.finding {
        Finding::Everywhere => "everywhere in the range".to_owned(),
        Finding::Nowhere => "nowhere in the range".to_owned(),
        Finding::Shown(holds, from, to) => {
            let side = if *holds { "shown" } else { "shown not to" };
            format!(
                "{side} from {} to {}",
                value(found, text::two_digits(*from)),
                value(found, text::two_digits(*to))
            )
        }
        Finding::CannotTell => "cannot be told".to_owned(),
        Finding::Crossings(crossings) => {
            let parts = crossings.iter().map(|crossing| {
                let fee = crossing.fee.map(|fee| format!(" ({})", text::dollars(fee)));
                let direction = if crossing.begins { "from" } else { "up to" };
                let at = estimate(found, crossing).replace(" of the first salary", "");
                format!("{direction} {at}{}", fee.unwrap_or_default())
            });
            text::joined(&parts.collect::<Vec<_>>())
        }
    }
}
