//! C7: what each claim hangs on that nobody has measured: how fast relationships heal, how far word travels, and what a
//! relationship is worth.

use std::collections::BTreeMap;

use super::super::study::{FLIP, Study, WORD};
use super::super::sweep::{Grid, Setting};
use super::super::thresholds::{Claim, Finding};
use super::edge::Edge;
use super::healing::{self, half_life, weeks};
use super::{Answer, Asked, Chart, Sheet, Standing};
use crate::experiments::verdict::{Judged, Verdict};
use crate::stats::Estimate;
use crate::text;

const ASKED: Asked = Asked {
    id: "c7",
    label: "C7",
    question: "How much must a burnt relationship cost before each claim becomes true? Nobody has measured that cost.",
    is_assumed: true,
};

pub(super) fn answer(study: &Study) -> Answer {
    let grid = study.word.as_ref().filter(|grid| !rows(grid).is_empty());
    let mut answer = match (&study.claims, grid) {
        (Some(claims), grid) => {
            let mut answer = by_price(study, claims);
            answer.more.extend(grid.map(|grid| sentence(grid).1));
            answer
        }
        (None, Some(grid)) => {
            let (pill, sentence) = sentence(grid);
            let standing = if pill == "cannot be told" { Standing::Open } else { Standing::Answered };
            let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
            answer.sheet = Some(map_sheet(grid));
            answer
        }
        (None, None) => return by_healing(study).unwrap_or_else(|| Answer::not_run(ASKED, study, WORD)),
    };
    let Some(grid) = grid else { return answer };
    answer.charts.insert(0, Chart { part: WORD, name: "where-it-turns", scenarios: &[] });
    answer.rests = format!(
        "Each pace of healing is a labour market of its own, since those who help for nothing heal too; {} a setting. Half of \
         what a tie lacks in goodwill is back after the half-life; listeners are the decision-makers who hear how somebody \
         else’s meeting went. {}",
        grid.replicated(),
        answer.rests
    );
    answer.change = "Somebody measuring how fast a spoilt relationship heals: referrals of physicians before and after a bad \
                     outcome would tell."
        .to_owned();
    answer
}

/// The answer where word and prices were not moved: how fast relationships heal alone.
fn by_healing(study: &Study) -> Option<Answer> {
    let grid = study.healing.as_ref()?;
    let edge = healing::edge(grid, |setting| setting.known && setting.is_unscreened());
    let words = healing::words(&edge, healing::range(grid)?);
    let (standing, pill) = match edge {
        Edge::UpTo(..) | Edge::From(..) => (Standing::Answered, "healing turns it, price not run"),
        Edge::Everywhere | Edge::Nowhere => (Standing::Answered, "healing does not turn it"),
        Edge::Stretch(_) | Edge::Mixed(..) | Edge::Nothing => (Standing::Open, "cannot be told"),
    };
    let sentence =
        format!("Where relationships heal by themselves alone, the market of the offer lasts {words}.");
    let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
    answer.more.push(study.not_run(WORD));
    answer.rests = format!(
        "Each pace of healing is a labour market of its own, since those who help for nothing heal too; {} a setting.",
        grid.replicated()
    );
    answer.change =
        "How far word of a bad introduction travels, and what a relationship is worth: not moved here."
            .to_owned();
    Some(answer)
}

/// The answer by the price of a relationship.
fn by_price(study: &Study, claims: &[Claim]) -> Answer {
    let turning = claims.iter().filter(|claim| matches!(claim.finding, Finding::Crossings(_))).count();
    let is_open = |claim: &&Claim| matches!(claim.finding, Finding::CannotTell | Finding::Shown(..));
    let open = claims.iter().filter(is_open).count();
    let (standing, pill) = match turning {
        0 if open == claims.len() => (Standing::Open, "cannot be told".to_owned()),
        0 if open == 0 => (Standing::Answered, "no price turns a claim".to_owned()),
        0 => (Standing::Answered, "no price is shown to turn a claim".to_owned()),
        n => {
            (Standing::Answered, format!("a price turns {} of {}", text::spelt(n), text::spelt(claims.len())))
        }
    };
    let mut answer = Answer::new(ASKED, standing, price(claims)).saying(pill);
    answer.charts.push(Chart { part: FLIP, name: "flip-points", scenarios: &[] });
    answer.sheet = Some(sheet(claims, &study.claims_assumed));
    answer.assumed = assumed(claims, &study.claims_assumed);
    let n = claims.iter().map(|claim| claim.n).max().unwrap_or(0);
    answer.rests = format!(
        "Each price is a labour market of its own, since those who help for nothing count it too; {} at each. A bad \
         introduction costs the goodwill of a request and of a failure, times the price. Intervals of 95\u{a0}% by resampling \
         the replications.",
        text::counted(n, "replication")
    );
    answer
}

/// Half-lives from the shortest, each with the recovery that makes it.
fn rows(grid: &Grid) -> Vec<f64> {
    let listens = grid.settings.iter().any(|setting| setting.listeners.is_some());
    let mut rows = grid.values(|setting| setting.recovery);
    rows.reverse();
    if listens { rows } else { Vec::new() }
}

fn at(grid: &Grid, recovery: f64, listeners: f64) -> Option<&Judged> {
    let is = |value: Option<f64>, of: f64| value.is_some_and(|value| value.total_cmp(&of).is_eq());
    let here = |s: &Setting| is(s.recovery, recovery) && is(s.listeners, listeners);
    grid.settings.iter().filter(|s| here(s)).find(|s| s.known && s.is_unscreened())?.judged()
}

/// For each number of listeners up to which half-life the offer's market lasts.
fn sentence(grid: &Grid) -> (&'static str, String) {
    let listeners = grid.values(|setting| setting.listeners);
    let all: Vec<Verdict> = rows(grid)
        .into_iter()
        .flat_map(|recovery| listeners.iter().filter_map(move |&n| at(grid, recovery, n)))
        .map(|judged| judged.verdict)
        .collect();
    let lasts = all.iter().filter(|verdict| **verdict == Verdict::Lasts).count();
    let no = all.iter().filter(|verdict| verdict.is_no()).count();
    let longest = |n: f64| {
        let lasting = rows(grid)
            .into_iter()
            .take_while(|&r| at(grid, r, n).is_some_and(|j| j.verdict == Verdict::Lasts));
        lasting.last().map(half_life)
    };
    let parts: Vec<String> = alike(&listeners, longest);
    if lasts + no == 0 {
        return ("cannot be told", "This run cannot tell where the market of the offer lasts.".to_owned());
    }
    if no == 0 {
        let open = if lasts == all.len() { "" } else { ", wherever that can be told" };
        return (
            "neither turns it",
            format!(
                "The market of the offer lasts at every pace of healing and however far word travels{open}, of what \
                 was tried."
            ),
        );
    }
    if lasts == 0 {
        let open = if no == all.len() { "" } else { ", wherever that can be told" };
        return (
            "neither turns it",
            format!(
                "The market of the offer does not last however fast relationships heal and whoever hears{open}, of what was \
                 tried."
            ),
        );
    }
    let (healing, word) = turned_by(grid);
    let (pill, lead) = match (healing, word) {
        (true, true) => {
            ("healing and word", "It hangs on how fast relationships heal and on how far word travels")
        }
        (true, false) => ("how fast it heals", "It hangs on how fast relationships heal"),
        (false, true) => ("how far word travels", "It hangs on how far word travels"),
        (false, false) => ("cannot be told", "What it hangs on cannot be told"),
    };
    (pill, format!("{lead}: where nobody forgives, the market of the offer lasts {}.", text::joined(&parts)))
}

/// Up to which half-life the market lasts, by who hears of it: those of whom the same is true are told together.
fn alike(listeners: &[f64], longest: impl Fn(f64) -> Option<f64>) -> Vec<String> {
    let mut groups: Vec<(Option<f64>, Vec<f64>)> = Vec::new();
    for &n in listeners {
        match groups.iter_mut().find(|(life, _)| *life == longest(n)) {
            Some((_, known)) => known.push(n),
            None => groups.push((longest(n), vec![n])),
        }
    }
    let who = |ns: &[f64]| {
        let heard: Vec<String> =
            ns.iter().map(|&n| if n <= 0.0 { "nobody".to_owned() } else { text::rounded(n) }).collect();
        let verb = if ns.iter().all(|n| *n <= 1.0) { "hears" } else { "hear" };
        format!("{} {verb} of it", heard.join(" or "))
    };
    let part = |(life, ns): &(Option<f64>, Vec<f64>)| match life {
        Some(life) => format!("up to a half-life of {} where {}", weeks(*life), who(ns)),
        None => format!("at none that was tried where {}", who(ns)),
    };
    groups.iter().map(part).collect()
}

/// Whether the market lasts at one pace of healing and is shown not to at another, of as many listeners; and whether it
/// does with some listeners and not with others, of one pace.
fn turned_by(grid: &Grid) -> (bool, bool) {
    let (paces, listeners) = (rows(grid), grid.values(|setting| setting.listeners));
    let turns = |verdicts: &[Verdict]| {
        verdicts.contains(&Verdict::Lasts) && verdicts.iter().any(|verdict| verdict.is_no())
    };
    let verdict = |pace: f64, n: f64| at(grid, pace, n).map(|judged| judged.verdict);
    let of_healing = listeners
        .iter()
        .any(|&n| turns(&paces.iter().filter_map(|&pace| verdict(pace, n)).collect::<Vec<_>>()));
    let of_word = paces
        .iter()
        .any(|&pace| turns(&listeners.iter().filter_map(|&n| verdict(pace, n)).collect::<Vec<_>>()));
    (of_healing, of_word)
}

fn map_sheet(grid: &Grid) -> Sheet {
    let listeners = grid.values(|setting| setting.listeners);
    let row = |recovery: f64| {
        let cells = listeners.iter().map(|&n| {
            at(grid, recovery, n).map_or_else(
                || "–".to_owned(),
                |judged| format!("{}: {}", text::number(&judged.placements), judged.words()),
            )
        });
        std::iter::once(weeks(half_life(recovery))).chain(cells).collect()
    };
    let head = listeners.iter().map(|&n| format!("{} listeners", text::rounded(n)));
    Sheet {
        caption: "Placements per 10,000 workers and year for the offer, by half-life of lost goodwill and by who hears".to_owned(),
        head: std::iter::once("Half-life".to_owned()).chain(head).collect(),
        rows: rows(grid).into_iter().map(row).collect(),
    }
}

/// Where claims turn along the price of a relationship.
fn price(claims: &[Claim]) -> String {
    let of = |fits: fn(&Finding) -> bool| claims.iter().filter(|claim| fits(&claim.finding)).count();
    let turning: Vec<&Claim> =
        claims.iter().filter(|claim| matches!(claim.finding, Finding::Crossings(_))).collect();
    let everywhere = of(|finding| matches!(finding, Finding::Everywhere));
    let nowhere = of(|finding| matches!(finding, Finding::Nowhere));
    let between: Vec<&Claim> = claims.iter().filter(|claim| claim.begins_between().is_some()).collect();
    let open = of(|finding| matches!(finding, Finding::CannotTell | Finding::Shown(..))) - between.len();
    if claims.is_empty() {
        return "This run cannot tell: no claim was put to it.".to_owned();
    }
    let range = match claims[0].range {
        (Some(from), Some(to)) => {
            format!(" from {} to {} a unit of goodwill", text::dollars(from), text::dollars(to))
        }
        _ => String::new(),
    };
    let turns: Vec<String> =
        turning.iter().take(3).map(|claim| format!("“{}” {}", claim.claim, turns(claim))).collect();
    let head = match turning.len() {
        0 if open + between.len() == 0 => {
            format!("None of {} claims turns at any price{range}", text::spelt(claims.len()))
        }
        0 => format!("At no price{range} is one of {} claims shown to turn", text::spelt(claims.len())),
        n => format!(
            "{} of {} claims {} at a price{range}: {}",
            text::capital(&text::spelt(n)),
            text::spelt(claims.len()),
            if n == 1 { "turns" } else { "turn" },
            turns.join("; ")
        ),
    };
    let mut rest = Vec::new();
    let add = |n: usize, what: &str| (n > 0).then(|| format!("{} {what}", text::spelt(n)));
    rest.extend(add(
        everywhere,
        if everywhere == 1 { "is true at all of them" } else { "are true at all of them" },
    ));
    rest.extend(add(nowhere, if nowhere == 1 { "is true at none" } else { "are true at none" }));
    for claim in between {
        let how = if claim.begins_between() == Some(true) { "becomes true" } else { "ceases to be true" };
        rest.push(format!("“{}” {how} somewhere between, where cannot be told", claim.claim));
    }
    rest.extend(add(open, "cannot be told"));
    if rest.is_empty() { format!("{head}.") } else { format!("{head}; {}.", text::joined(&rest)) }
}

fn turns(claim: &Claim) -> String {
    let Finding::Crossings(crossings) = &claim.finding else { return String::new() };
    let parts: Vec<String> = crossings
        .iter()
        .map(|crossing| {
            let side = if crossing.begins { "above" } else { "below" };
            format!("is true {side} {} a bad introduction", text::dollars_between(&crossing.at))
        })
        .collect();
    text::joined(&parts)
}

/// Where each claim stands when all assumed constants are moved at once.
fn assumed(claims: &[Claim], shares: &BTreeMap<String, Estimate>) -> Option<String> {
    let found: Vec<&Estimate> = claims.iter().filter_map(|claim| shares.get(&claim.claim)).collect();
    let n = found.iter().map(|share| share.n).max()?;
    let parts: Vec<String> = found.into_iter().map(text::share).collect();
    Some(format!(
        "Over {n} draws of the assumed constants, the price of a relationship among them, the claims were true at {} of \
         them, in the order of the table.",
        text::joined(&parts)
    ))
}

/// What is known of a claim of which it cannot be told in the whole range.
fn open(claim: &Claim) -> String {
    let part = match &claim.finding {
        Finding::Shown(holds, from, to) => {
            let [from, to] = [*from, *to].map(|cost| text::dollars(text::two_digits(cost)));
            let word = if *holds { "true" } else { "false" };
            format!("shown {word} from {from} to {to} a bad introduction, else open")
        }
        _ => "cannot be told".to_owned(),
    };
    let turn = match claim.begins_between() {
        Some(true) => "; false at the lowest price and true at the highest, so that it turns between",
        Some(false) => "; true at the lowest price and false at the highest, so that it turns between",
        None => "",
    };
    part + turn
}

fn sheet(claims: &[Claim], shares: &BTreeMap<String, Estimate>) -> Sheet {
    let row = |claim: &Claim| {
        let found = match &claim.finding {
            Finding::Everywhere => "true at every price".to_owned(),
            Finding::Nowhere => "true at no price".to_owned(),
            Finding::CannotTell | Finding::Shown(..) => open(claim),
            Finding::Crossings(_) => turns(claim).replace("is true", "true"),
        };
        let share =
            (!shares.is_empty()).then(|| shares.get(&claim.claim).map_or("–".to_owned(), text::share));
        [claim.claim.clone(), claim.question.clone(), found].into_iter().chain(share).collect()
    };
    let head = ["Claim", "Question", "Finding"].into_iter();
    let head = head.chain((!shares.is_empty()).then_some("True where the assumed constants are moved"));
    Sheet {
        caption: "The price of a burnt relationship at which each claim turns".to_owned(),
        head: head.map(str::to_owned).collect(),
        rows: claims.iter().map(row).collect(),
    }
}
