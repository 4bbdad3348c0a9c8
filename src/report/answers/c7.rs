//! C7: how dear a burnt relationship must be for each claim to be true.

use std::collections::BTreeMap;

use super::super::study::{FLIP, Study};
use super::super::turns::{Claim, Finding};
use super::{Answer, Asked, Chart, Sheet, Standing};
use crate::stats::Estimate;
use crate::text;

const ASKED: Asked = Asked {
    id: "c7",
    label: "C7",
    question: "How much must a burnt relationship cost before each claim becomes true? Nobody has measured that cost.",
    is_assumed: true,
};

pub(super) fn answer(study: &Study) -> Answer {
    let Some(claims) = &study.claims else { return Answer::not_run(ASKED, study, FLIP) };
    let told = claims.iter().any(|claim| !matches!(claim.finding, Finding::CannotTell));
    let standing = if told { Standing::Answered } else { Standing::Open };
    let mut answer = Answer::new(ASKED, standing, sentence(claims));
    answer.charts = vec![Chart { part: FLIP, name: "flip-points", scenarios: &[] }];
    answer.sheet = Some(sheet(claims, &study.claims_assumed));
    answer.assumed = assumed(claims, &study.claims_assumed);
    let n = claims.iter().map(|claim| claim.n).max().unwrap_or(0);
    answer.rests = format!(
        "Each price is a labour market of its own, since those who help for nothing count it too; {} at each. A bad \
         introduction costs the goodwill of a request and of a failure, times the price. Intervals of 95\u{a0}% by resampling \
         the replications.",
        text::counted(usize::try_from(n).unwrap_or_default(), "replication")
    );
    answer.change = "Somebody measuring what a burnt introduction costs the one who made it.".to_owned();
    answer
}

fn sentence(claims: &[Claim]) -> String {
    let of = |fits: fn(&Finding) -> bool| claims.iter().filter(|claim| fits(&claim.finding)).count();
    let turning: Vec<&Claim> =
        claims.iter().filter(|claim| matches!(claim.finding, Finding::Crossings(_))).collect();
    let everywhere = of(|finding| matches!(finding, Finding::Everywhere));
    let nowhere = of(|finding| matches!(finding, Finding::Nowhere));
    let open = of(|finding| matches!(finding, Finding::CannotTell));
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
        0 => format!("None of {} claims turns at any price{range}", text::spelt(claims.len())),
        n => format!(
            "{} of {} claims {} at a price{range}: {}",
            text::capital(&text::spelt(n)),
            text::spelt(claims.len()),
            if n == 1 { "turns" } else { "turn" },
            turns.join("; ")
        ),
    };
    let mut rest = Vec::new();
    let mut add = |n: usize, what: &str| {
        if n > 0 {
            rest.push(format!("{} {what}", text::spelt(n)));
        }
    };
    add(everywhere, if everywhere == 1 { "is true at all of them" } else { "are true at all of them" });
    add(nowhere, if nowhere == 1 { "is true at none" } else { "are true at none" });
    add(open, "cannot be told");
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

fn sheet(claims: &[Claim], shares: &BTreeMap<String, Estimate>) -> Sheet {
    let row = |claim: &Claim| {
        let found = match &claim.finding {
            Finding::Everywhere => "true at every price".to_owned(),
            Finding::Nowhere => "true at no price".to_owned(),
            Finding::CannotTell => "cannot be told".to_owned(),
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
