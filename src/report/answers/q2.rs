//! Q2: why anybody would meet a person who paid, and who pays.

use super::super::library::Library;
use super::super::phrasing;
use super::super::study::{LIBRARY, Study};
use super::{Answer, Asked, Chart, Sheet, Standing, missing, of_scenarios};
use crate::experiments::contrast::{Contrast, Verdict};
use crate::experiments::outcomes::{Metric, metric};
use crate::experiments::verdict::Verdict as Lasting;
use crate::scenario::{Payer, Scenario, Targeting};
use crate::stats::Estimate;
use crate::text;

const ASKED: Asked = Asked {
    id: "q2",
    label: "Q2",
    question: "Why would anybody agree to meet, if all I can say is that this person wrote me a cheque?",
    is_assumed: false,
};

/// The plainest cheque, without which a library has no market of the question.
const CHEQUE: &str = "cash-upfront";
const KNOWN: &str = "contingency";
const HIDDEN: &str = "contingency-hidden";

pub(super) fn answer(study: &Study) -> Answer {
    if let Some(answer) = missing(study, ASKED, &[CHEQUE]) {
        return answer;
    }
    let Some(library) = &study.library else { return Answer::not_run(ASKED, study, LIBRARY) };
    let (standing, pill, sentence) = meetings(library);
    let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
    answer.more.extend(promise(library));
    answer.more.extend(hiding(library));
    answer.more.extend(payers(library));
    answer.sheet = Some(sheet(library));
    answer.charts = vec![
        Chart {
            part: LIBRARY,
            name: "why-they-would-not-meet",
            scenarios: &["organic", "contingency", "contingency-screened", "cash-upfront"],
        },
        Chart { part: LIBRARY, name: "known-and-hidden", scenarios: &["contingency", "contingency-hidden"] },
        Chart {
            part: LIBRARY,
            name: "who-pays",
            scenarios: &["contingency", "contingency-screened", "cash-upfront", "sports-agent"],
        },
    ];
    let rests_on: Vec<&str> = library.names(is_cheque).chain([KNOWN, HIDDEN]).collect();
    answer.rests = format!(
        "All weeks after the opening of {}; shares of requests within the same market, compared replication by \
         replication with a paired interval of 95\u{a0}%. A decision-maker meets where the worth of the meeting, by her \
         own belief about people who come this way, and her courtesy exceed its cost. To whom sellers send people is \
         set by the scenario (sellers.targeting): to anybody, to where they fit, or to the level that they state.",
        of_scenarios(study, &rests_on)
    );
    answer.change = "Sellers who look at applicants before they send them (C1), or decision-makers who are not told that \
                     the request was paid for: both stand in the table."
        .to_owned();
    answer
}

/// Whether people pay before there is a job, and decision-makers know that they paid.
fn is_cheque(scenario: &Scenario) -> bool {
    let contract = &scenario.contract;
    let pays_before = contract.upfront > 0.0 || contract.retainer_per_week > 0.0;
    pays_before && contract.payer == Payer::Seeker && scenario.disclosure.payment_known
}

/// Those who paid, beside others of the same market.
struct Beside {
    share: Option<Estimate>,
    /// Whether those who paid are met more or less often; `None` where there is too little to compare.
    verdict: Option<Verdict>,
}

/// How often those who paid are met in a market.
struct Met<'a> {
    name: &'a str,
    paid: Estimate,
    strangers: Beside,
    friends: Beside,
    /// Whether they are sent to anybody at all, and not where they fit.
    is_to_anybody: bool,
}

/// All markets of these in which somebody who paid was sent to a decision-maker; what luck alone would show in one of so
/// many comparisons is not told.
fn met<'a>(library: &Library, names: &[&'a str]) -> Vec<Met<'a>> {
    let [paid, cold, organic] = metric!["acceptance_paid", "acceptance_cold", "acceptance_organic"];
    let names = || names.iter().filter(|name| library.estimate(name, paid).is_some());
    let contrasts: Vec<Option<Contrast>> = names()
        .flat_map(|name| [cold, organic].map(|other| library.contrast((name, paid), (name, other))))
        .collect();
    let doubtful = phrasing::doubtful(contrasts.iter().map(Option::as_ref));
    let told: Vec<Option<Verdict>> = contrasts
        .iter()
        .zip(doubtful)
        .map(|(contrast, is_doubtful)| {
            let verdict = phrasing::verdict(contrast.as_ref())?;
            Some(if is_doubtful { Verdict::NoneDetectable } else { verdict })
        })
        .collect();
    let beside = |name: &str, other: Metric, verdict: Option<Verdict>| Beside {
        share: library.estimate(name, other),
        verdict,
    };
    let one = |(name, told): (&&'a str, &[Option<Verdict>])| {
        let scenario = library.arm(name).and_then(|arm| arm.scenario.as_ref());
        Some(Met {
            name,
            paid: library.estimate(name, paid)?,
            strangers: beside(name, cold, told[0]),
            friends: beside(name, organic, told[1]),
            is_to_anybody: scenario.is_some_and(|it| it.sellers.targeting == Targeting::Random),
        })
    };
    names().zip(told.chunks(2)).filter_map(one).collect()
}

/// The lowest and the highest share, each with a name if it has one; one share alone with its interval.
fn range<'a>(shares: impl Iterator<Item = (&'a Estimate, String)>) -> String {
    let mut shares: Vec<(&Estimate, String)> = shares.collect();
    shares.sort_by(|a, b| a.0.value.total_cmp(&b.0.value));
    match shares.as_slice() {
        [] => "nobody".to_owned(),
        [(only, name)] => format!("{}{name}", text::share(only)),
        [(low, of_low), .., (high, of_high)] => {
            let [least, most] = [low, high].map(|share| text::share_alone(share));
            let is_one = least == most && of_low.is_empty();
            if is_one { least } else { format!("{least}{of_low} to {most}{of_high}") }
        }
    }
}

/// That those who paid are met more or less often than others: "more often than those who wrote unknown (8 % to 9 %)".
fn than<'a>(who: &str, beside: impl Iterator<Item = &'a Beside> + Clone) -> Option<String> {
    let all = beside.clone().count();
    let of = |verdict| beside.clone().filter(|it| it.verdict == verdict).count();
    let shares = range(beside.clone().filter_map(|it| Some((it.share.as_ref()?, String::new()))));
    let who = format!("those {who} ({shares})");
    if beside.clone().all(|it| it.share.is_none()) {
        return None;
    }
    let [more, less, same, unknown] =
        [Some(Verdict::Higher), Some(Verdict::Lower), Some(Verdict::NoneDetectable), None].map(of);
    Some(match all {
        all if more == all => format!("more often than {who}"),
        all if less == all => format!("less often than {who}"),
        all if same == all => format!("as often, as far as is shown, as {who}"),
        _ if unknown > 0 => format!("how often beside {who} cannot be compared with so few replications"),
        all => format!("more often in {more} and less often in {less} of {all} markets than {who}"),
    })
}

/// How often decision-makers meet those who paid, beside strangers and those introduced free.
fn clause(library: &Library, group: &[&Met<'_>]) -> String {
    let name = |met: &Met<'_>| format!(" (“{}”)", library.short(met.name));
    let paid = match group {
        [only] => format!("{} of those who paid{}", text::share(&only.paid), name(only)),
        all => range(all.iter().map(|met| (&met.paid, name(met)))) + " of those who paid",
    };
    let beside = [
        than("who wrote unknown", group.iter().map(|met| &met.strangers)),
        than("introduced free", group.iter().map(|met| &met.friends)),
    ];
    let beside: Vec<String> = beside.into_iter().flatten().collect();
    let beside = if beside.is_empty() { String::new() } else { format!(": {}", text::joined(&beside)) };
    format!("decision-makers meet {paid}{beside}")
}

/// That few requests stand behind what is told of markets that die.
fn gone(library: &Library, group: &[&Met<'_>]) -> String {
    let dies = |met: &&&Met<'_>| library.judged(met.name).is_some_and(|it| it.verdict == Lasting::Dies);
    let dead: Vec<String> = group.iter().filter(dies).map(|met| library.short(met.name)).collect();
    let them = text::listed(dead.iter().map(String::as_str));
    match dead.len() {
        0 => String::new(),
        1 => format!(" The market of {them} dies, so that few requests stand behind it, most of them early."),
        _ => {
            format!(" The markets of {them} die, so that few requests stand behind them, most of them early.")
        }
    }
}

/// Beside whom those who paid are met sooner, in a few words, where all these markets agree.
fn pill(group: &[&Met<'_>]) -> &'static str {
    let common = |of: fn(&Met<'_>) -> Option<Verdict>| {
        let first = of(group.first()?)?;
        group.iter().all(|met| of(met) == Some(first)).then_some(first)
    };
    let (stranger, friend) = (common(|met| met.strangers.verdict), common(|met| met.friends.verdict));
    match (stranger, friend) {
        _ if group.iter().all(|met| met.friends.verdict.is_none()) => "cannot be told",
        (_, Some(Verdict::Higher)) => "sooner than a friend of the seller’s",
        (Some(Verdict::Lower), _) => "she meets strangers sooner",
        (Some(Verdict::Higher), Some(Verdict::Lower)) => "sooner than a stranger, not than a friend",
        (Some(Verdict::Higher), _) => "sooner than a stranger",
        (_, Some(Verdict::Lower)) => "not as readily as a friend",
        (_, Some(Verdict::NoneDetectable)) => "as readily as a friend, as far as is shown",
        (_, None) => "it hangs on the market",
    }
}

/// Of those who wrote a cheque, as the question has it: where sellers choose whom to send them to, and where they do not.
fn meetings(library: &Library) -> (Standing, &'static str, String) {
    let names: Vec<&str> = library.names(is_cheque).collect();
    let all = met(library, &names);
    let (anybody, aimed): (Vec<&Met<'_>>, Vec<&Met<'_>>) = all.iter().partition(|met| met.is_to_anybody);
    let (aimed_at, at_random) =
        ("sellers pick whom to send them to", "they send them to anybody whom they know");
    let sentence = match (aimed.as_slice(), anybody.as_slice()) {
        ([], []) => {
            let text = "This run cannot tell: nobody who had paid in advance was sent to a decision-maker.";
            return (Standing::Open, "cannot be told", text.to_owned());
        }
        ([], one) | (one, []) => {
            let how = if aimed.is_empty() { "sellers send them to anybody whom they know" } else { aimed_at };
            format!("Where people pay before there is a job and {how}, {}.", clause(library, one))
        }
        (aimed, anybody) => format!(
            "Where people pay before there is a job and {aimed_at}, {}. Where {at_random}, {}.",
            clause(library, aimed),
            clause(library, anybody)
        ),
    };
    let pill = pill(if aimed.is_empty() { &anybody } else { &aimed });
    let standing = if pill == "cannot be told" { Standing::Open } else { Standing::Answered };
    let all: Vec<&Met<'_>> = all.iter().collect();
    (standing, pill, sentence + &gone(library, &all))
}

/// The same of those who pay for a job alone: no cheque, but a promise.
fn promise(library: &Library) -> Option<String> {
    let all = met(library, &[KNOWN]);
    let all: Vec<&Met<'_>> = all.iter().collect();
    let scenario = library.arm(KNOWN)?.scenario.as_ref()?;
    (!all.is_empty()).then(|| {
        format!(
            "Where no cheque is written, and a job alone is paid for ({} {}), {}.{}",
            phrasing::price(scenario),
            phrasing::screen(scenario),
            clause(library, &all),
            gone(library, &all)
        )
    })
}

/// What hiding the payment does, and who bears it.
fn hiding(library: &Library) -> Option<String> {
    let paid = library.contrast((HIDDEN, metric!("acceptance_paid")), (KNOWN, metric!("acceptance_paid")))?;
    let free = library.contrast(
        (HIDDEN, metric!("acceptance_organic_sellers")),
        (KNOWN, metric!("acceptance_organic_sellers")),
    );
    let part = |contrast: &crate::experiments::contrast::Contrast, of: &str| match contrast.verdict {
        Some(Verdict::Higher) => format!("{of} are met more often, by {}", phrasing::points(contrast)),
        Some(Verdict::Lower) => format!("{of} are met less often, by {}", phrasing::points(contrast)),
        Some(Verdict::NoneDetectable) => format!("{of} are met as often, as far as can be told"),
        None => format!("how often {of} are met cannot be compared"),
    };
    let free = free.map_or_else(String::new, |contrast| {
        format!("; {}", part(&contrast, "those whom the same people introduce free"))
    });
    Some(format!("Where nobody is told who paid, {}{free}.", part(&paid, "requests that were paid for")))
}

/// Who the payers are, beside all seekers.
fn payers(library: &Library) -> Option<String> {
    let kinds = [
        (metric!("clients_ability"), metric!("pool_ability"), "abler", "less able", "ability", "sd"),
        (
            metric!("clients_contacts"),
            metric!("pool_contacts"),
            "better connected",
            "worse connected",
            "contacts",
            "people",
        ),
        (
            metric!("clients_weeks_out"),
            metric!("mean_weeks_out"),
            "longer out of work",
            "less long out of work",
            "time out of work",
            "weeks",
        ),
    ];
    let (mut told, mut untold) = (Vec::new(), Vec::new());
    let contrasts: Vec<_> =
        kinds.iter().map(|&(own, pool, ..)| library.contrast((KNOWN, own), (KNOWN, pool))).collect();
    // Three at once: what luck would call in one of three is not told.
    let doubtful = phrasing::doubtful(contrasts.iter().map(Option::as_ref));
    for (((.., more, less, what, unit), contrast), is_doubtful) in
        kinds.into_iter().zip(contrasts).zip(doubtful)
    {
        let Some(contrast) = contrast else { continue };
        let (Some(estimate), Some(verdict)) = (contrast.estimate, contrast.verdict) else { continue };
        // A fifth of a standard deviation is a small difference (Cohen 1988).
        let little = if unit == "sd" && estimate.value.abs() < 0.2 { "a little " } else { "" };
        match if is_doubtful { Verdict::NoneDetectable } else { verdict } {
            Verdict::Higher => told.push(format!("{little}{more} (by {} {unit})", text::amount(&estimate))),
            Verdict::Lower => told.push(format!("{little}{less} (by {} {unit})", text::amount(&estimate))),
            Verdict::NoneDetectable => untold.push(format!("{what} ({} {unit})", text::number(&estimate))),
        }
    }
    let untold = match untold.as_slice() {
        [] => None,
        parts => Some(format!("no difference can be detected in their {}", text::joined(parts))),
    };
    match (told.is_empty(), untold) {
        (true, None) => None,
        (true, Some(untold)) => {
            Some(format!("Of those who pay in “{}”, beside all seekers, {untold}.", library.short(KNOWN)))
        }
        (false, untold) => {
            let untold = untold.map_or_else(String::new, |untold| format!("; {untold}"));
            Some(format!(
                "Those who pay in “{}” are, beside all seekers, {}{untold}.",
                library.short(KNOWN),
                text::joined(&told)
            ))
        }
    }
}

fn sheet(library: &Library) -> Sheet {
    let mut names: Vec<&str> = library.names(is_cheque).collect();
    names.extend([
        KNOWN,
        HIDDEN,
        "contingency-screened",
        "screened-hidden",
        "stranger-referral",
        "stranger-bonus",
    ]);
    let share = |name: &str, metric: Metric| library.shown(name, metric, text::share);
    // Strangers pay for forms.
    let bought = |name: &str, [paid, form]: [Metric; 2]| {
        share(name, if name.starts_with("stranger") { form } else { paid })
    };
    Sheet::of_scenarios(
        library,
        "Share of requests that end in a meeting, by who asks; of paid ones also the share that pass the interview",
        &names,
        &[
            ("Paid, met", &|name| bought(name, metric!["acceptance_paid", "acceptance_stranger"])),
            ("Paid, passed of those met", &|name| bought(name, metric!["pass_paid", "pass_stranger"])),
            ("Free, met", &|name| share(name, metric!("acceptance_organic"))),
            ("Unknown, met", &|name| share(name, metric!("acceptance_cold"))),
        ],
    )
}
