//! C3: relationships burn.

use super::super::library::Library;
use super::super::say::{self, Side};
use super::super::study::{LIBRARY, Study};
use super::{Answer, Asked, Chart, Sheet, Standing, missing, of_scenarios, over_assumptions};
use crate::experiments::contrast::Verdict;
use crate::text;

const ASKED: Asked = Asked { id: "c3", label: "C3", question: "Relationships burn.", is_assumed: true };

const PAID: &str = "contingency";
const SCREENED: &str = "contingency-screened";
const BURNT: &str = "social_capital_per_fee_dollar";

pub(super) fn answer(study: &Study) -> Answer {
    if let Some(answer) = missing(study, ASKED, &[PAID]) {
        return answer;
    }
    let Some(library) = &study.library else { return Answer::not_run(ASKED, study, LIBRARY) };
    let (standing, sentence) = sentence(library);
    let mut answer = Answer::new(ASKED, standing, sentence);
    answer.more.extend(screened(library));
    answer.more.extend(blocked(library));
    answer.assumed = over_assumptions(study, PAID, BURNT, text::dollars_between).map(|range| {
        format!("Over the assumed constants the loss per dollar of fees is {range}, the middle 95\u{a0}%.")
    });
    answer.sheet = Some(sheet(library));
    answer.charts = vec![Chart {
        part: LIBRARY,
        name: "where-the-money-goes",
        scenarios: &["contingency", "contingency-screened", "cash-upfront", "rational-30", "sports-agent"],
    }];
    answer.rests = format!(
        "Social capital spent is the price of goodwill times how far a seller’s ties lie below what they would be with his \
         free introductions alone, recovery credited; over all weeks of {}. The price of goodwill is assumed.",
        of_scenarios(study, &[PAID, SCREENED])
    );
    answer.change =
        "The price of a relationship and how fast goodwill comes back; C7 moves the price over its range."
            .to_owned();
    answer
}

fn sentence(library: &Library) -> (Standing, String) {
    let Some(burnt) = library.estimate(PAID, BURNT) else {
        let text = "This run cannot tell: no fee was paid against which a loss could be held.".to_owned();
        return (Standing::Open, text);
    };
    let per = library.estimate(PAID, "social_capital_per_placement");
    let per = per.map_or_else(String::new, |per| format!(", {} a placement", text::dollars_between(&per)));
    let side = say::side(&burnt, 0.0);
    let lead = match side {
        Side::Above => "They burn",
        Side::Below => "They do not burn but grow",
        Side::Open if burnt.interval.is_some() => "No loss can be detected",
        Side::Open => "One replication cannot tell",
    };
    (
        Standing::of(side),
        format!(
            "{lead}: an unscreened seller spent {} of social capital for each dollar of fees{per}.",
            text::dollars_between(&burnt)
        ),
    )
}

fn screened(library: &Library) -> Option<String> {
    let burnt = library.estimate(SCREENED, BURNT)?;
    let contrast = library.contrast((SCREENED, BURNT), (PAID, BURNT))?;
    let compared = match contrast.verdict {
        Some(Verdict::Higher) => "more than without",
        Some(Verdict::Lower) => "less than without",
        Some(Verdict::NoneDetectable) => "no detectable difference from without",
        None => "too few replications to compare with without",
    };
    Some(format!("With two screens it was {}, {compared}.", text::dollars_between(&burnt)))
}

fn blocked(library: &Library) -> Option<String> {
    let [cheque, known] = ["cash-upfront", PAID].map(|name| library.estimate(name, "blocked_share"));
    let part = |share: Option<crate::stats::Estimate>, who: &str| {
        share.map(|share| format!("{} of the ties of sellers {who}", text::share(&share)))
    };
    let parts: Vec<String> =
        [part(cheque, "who cash cheques in advance"), part(known, "who are paid for a job")]
            .into_iter()
            .flatten()
            .collect();
    (!parts.is_empty()).then(|| format!("Blocked, on average over the weeks, were {}.", text::joined(&parts)))
}

fn sheet(library: &Library) -> Sheet {
    let names = [
        "cash-upfront",
        PAID,
        "contingency-20",
        SCREENED,
        "rational-30",
        "sports-agent",
        "contingency-hidden",
    ];
    let text = |name: &str, metric: &str, format: fn(&crate::stats::Estimate) -> String| {
        library.estimate(name, metric).map_or_else(|| "–".to_owned(), |estimate| format(&estimate))
    };
    let row = |name: &&str| {
        vec![
            library.name(name),
            text(name, BURNT, text::dollars_between),
            text(name, "social_capital_per_placement", text::dollars_between),
            text(name, "goodwill", text::number),
            text(name, "blocked_share", text::share),
        ]
    };
    Sheet {
        caption: "What selling does to the relationships it is done through, over all weeks".to_owned(),
        head: [
            "Scenario",
            "Social capital per dollar of fees",
            "Social capital per placement",
            "Goodwill of sellers’ ties, 0 to 1",
            "Blocked ties",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: names.iter().filter(|name| library.arm(name).is_some()).map(row).collect(),
    }
}
