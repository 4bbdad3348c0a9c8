//! C1: it works only with an intensive screening process.

use super::super::phrasing;
use super::super::study::{MAP, Study};
use super::super::sweep::{Grid, Setting, best};
use super::edge::Edge;
use super::{Answer, Asked, Sheet, Standing, over_points, price_of_open, with_what_matters};
use crate::experiments::contrast::{Contrast, Verdict};
use crate::experiments::outcomes::metric;
use crate::experiments::verdict::{ALIVE_ABOVE, MEASURE};
use crate::text;

const ASKED: Asked = Asked {
    id: "c1",
    label: "C1",
    question: "It works only with an intensive screening process …",
    is_assumed: true,
};

/// Ordinary cuts are at most this share of the first salary.
pub(super) const ORDINARY: f64 = 0.2;

pub(super) fn answer(study: &Study) -> Answer {
    let Some(map) = study.map.as_ref().filter(|map| map.payout_is_share) else {
        return Answer::not_run(ASKED, study, MAP);
    };
    let (standing, pill, sentence) = sentence(map);
    let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
    answer.more.extend(map.has_hidden().then(|| hidden(map)));
    answer.assumed = over_points(study, "holds", |at| {
        let alive = |name: &str| Some(at.number(name, metric!(MEASURE))? > ALIVE_ABOVE);
        let screened: Vec<bool> = SCREENED.into_iter().filter_map(alive).collect();
        (!screened.is_empty()).then_some(!alive(UNSCREENED)? && screened.contains(&true))
    });
    answer.sheet = Some(sheet(map));
    answer.rests = format!(
        "Threshold: at cuts of up to {} no market without a screen lasts, and one with a screen does. A market lasts where the \
         {} interval of placements per 10,000 workers and year, over the last two years, lies above {ALIVE_ABOVE}, and \
         neither those who begin to sell nor those who hire through sellers are shown to lose by it. {} a setting, on the same luck. Of the \
         screens that were tried at a cut one is told by itself, the one that places most (of those that last, if any does), and \
         the most intensive beside it.{}",
        text::percent(ORDINARY),
        map.level(),
        text::capital(&map.replicated()),
        map.looked()
    );
    let own = "How fast relationships heal: the picture at the top. Decision-makers who are told nothing: the table.";
    let open = price_of_open(map.of(|setting| setting.known && is_ordinary(setting)));
    answer.change =
        with_what_matters(study, open.map_or_else(|| own.to_owned(), |open| format!("{open} {own}")));
    answer
}

const UNSCREENED: &str = "contingency";
const SCREENED: [&str; 3] = ["short-screen", "contingency-screened", "intensive-screen"];

fn is_ordinary(setting: &Setting) -> bool {
    setting.payout.is_some_and(|payout| payout <= ORDINARY + 1e-9)
}

/// From which cut on a market lasts, of the settings that fit.
pub(super) fn edge(map: &Grid, fits: impl Fn(&Setting) -> bool) -> Edge {
    Edge::of(map.of(fits).filter_map(|setting| Some((setting.payout?, setting))))
}

/// At each payout the best of the screened settings, payment known or hidden.
pub(super) fn best_edge(map: &Grid, known: bool) -> Edge {
    Edge::of(map.best_at_each(|s| s.known == known && !s.is_unscreened()).into_iter())
}

/// Whether a setting has the most intensive screen that was tried.
pub(super) fn is_intensive(map: &Grid) -> impl Fn(&Setting) -> bool {
    let most = map.most_hours();
    move |setting| setting.hours.is_some_and(|hours| most.is_some_and(|most| hours >= most))
}

/// Where a market with the most intensive screen lasts, in words; nothing where one screen alone was tried.
fn intensive(map: &Grid, known: bool) -> String {
    let screens = map.values(|setting| setting.hours.filter(|hours| *hours > 0.0));
    let Some(most) = map.most_hours().filter(|_| screens.len() > 1) else { return String::new() };
    let is_it = is_intensive(map);
    format!(
        ", with the most intensive, {}, {}",
        text::hours(most),
        edge(map, |s| s.known == known && is_it(s)).words("cut", text::percent)
    )
}

fn sentence(map: &Grid) -> (Standing, &'static str, String) {
    let without: Vec<&Setting> = map.of(|s| s.known && s.is_unscreened() && is_ordinary(s)).collect();
    let with: Vec<&Setting> = map.of(|s| s.known && !s.is_unscreened() && is_ordinary(s)).collect();
    if without.is_empty() || with.is_empty() {
        let text =
            "This run cannot tell: its map lacks markets without a screen or markets with one.".to_owned();
        return (Standing::Open, "cannot be told", text);
    }
    let lasts = |of: &[&Setting]| of.iter().any(|s| s.is(crate::experiments::verdict::Verdict::Lasts));
    let none = |of: &[&Setting]| of.iter().all(|s| s.is_no());
    let (standing, pill, lead) = if lasts(&without) {
        (Standing::Fails, "it works without", "It works without a screen too")
    } else if none(&without) && lasts(&with) {
        (Standing::Holds, "it takes a screen", "It takes a screen")
    } else if none(&without) && none(&with) {
        (Standing::Fails, "it works nowhere", "It works neither with a screen nor without")
    } else {
        (Standing::Open, "cannot be told", "Whether it takes a screen cannot be told")
    };
    let cut = text::percent;
    let text = format!(
        "{lead}: where decision-makers know who pays, a market in which nobody is screened lasts {}{}, and one with whichever \
         screen places most {}{}{}; the claim speaks of cuts up to {}.",
        edge(map, |s| s.known && s.is_unscreened()).words("cut", cut),
        at_the_smallest(map.of(|s| s.known && s.is_unscreened())),
        best_edge(map, true).words("cut", cut),
        at_the_smallest(
            map.best_at_each(|s| s.known && !s.is_unscreened()).into_iter().map(|(_, best)| best)
        ),
        intensive(map, true),
        text::percent(ORDINARY)
    );
    (standing, pill, text)
}

/// In how many replications nobody is placed at the smallest cut at which a market lasts; empty where that is none.
fn at_the_smallest<'a>(row: impl Iterator<Item = &'a Setting>) -> String {
    let lasting = row.filter(|setting| setting.is(crate::experiments::verdict::Verdict::Lasts));
    let smallest = lasting.min_by(|a, b| a.payout.unwrap_or(0.0).total_cmp(&b.payout.unwrap_or(0.0)));
    let judged = smallest.and_then(Setting::judged);
    judged.and_then(phrasing::places_nobody).map_or_else(String::new, |said| format!(" (there {said})"))
}

/// The same where nobody is told of the payment.
fn hidden(map: &Grid) -> String {
    let cut = text::percent;
    format!(
        "Where payment is hidden, it lasts {} without a screen and {} with the one that places most{}.",
        edge(map, |s| !s.known && s.is_unscreened()).words("cut", cut),
        best_edge(map, false).words("cut", cut),
        intensive(map, false)
    )
}

/// Whether two sizes differ, in words.
pub(super) fn differ(contrast: Option<&Contrast>) -> String {
    match (phrasing::verdict(contrast), contrast) {
        (Some(Verdict::Higher), Some(contrast)) => format!("more, {}", phrasing::by_size(contrast)),
        (Some(Verdict::Lower), Some(contrast)) => format!("fewer, {}", phrasing::by_size(contrast)),
        (Some(Verdict::NoneDetectable), Some(contrast)) => phrasing::undetected(contrast),
        _ => "too few replications to compare".to_owned(),
    }
}

/// At a cut, payment known: the market without a screen, and that with the screen that places most.
pub(super) struct Pair<'a> {
    pub(super) without: Option<&'a Setting>,
    pub(super) with: Option<&'a Setting>,
    /// How many screens were tried, of which that is the best.
    screens: usize,
}

impl<'a> Pair<'a> {
    pub(super) fn at(map: &'a Grid, payout: f64) -> Self {
        let here = move |s: &Setting| s.known && s.payout.is_some_and(|p| (p - payout).abs() < 1e-9);
        let screened = move |setting: &Setting| here(setting) && !setting.is_unscreened();
        Self {
            without: map.of(here).find(|setting| setting.is_unscreened()),
            with: best(map.of(screened)),
            screens: map.of(screened).count(),
        }
    }

    /// By how much more the best screen places than none.
    pub(super) fn contrast(&self) -> Option<Contrast> {
        self.with?.contrast_as_best_of(self.screens, self.without?)
    }
}

/// A row for each cut, payment known: the market without a screen beside that with the screen that places most.
fn sheet(map: &Grid) -> Sheet {
    let market = |setting: Option<&Setting>| {
        setting.and_then(|setting| setting.judged()).map_or_else(
            || "–".to_owned(),
            |judged| format!("{}: {}", text::number(&judged.placements), judged.words()),
        )
    };
    let most = map.most_hours();
    let payouts = map.payouts();
    let pairs: Vec<Pair<'_>> = payouts.iter().map(|&payout| Pair::at(map, payout)).collect();
    let contrasts: Vec<Option<Contrast>> = pairs.iter().map(Pair::contrast).collect();
    let doubtful = phrasing::doubtful(contrasts.iter().map(Option::as_ref));
    let row =
        |(((&payout, pair), contrast), is_doubtful): (((&f64, &Pair<'_>), &Option<Contrast>), &bool)| {
            let (without, with) = (pair.without, pair.with);
            let is_it = is_intensive(map);
            let intensive = map
                .settings
                .iter()
                .find(|s| s.known && is_it(s) && s.payout.is_some_and(|own| own.total_cmp(&payout).is_eq()));
            let hours = with.and_then(|setting| setting.hours);
            let star = contrast.as_ref().map_or("", |contrast| phrasing::star(contrast, *is_doubtful));
            let differ = differ(contrast.as_ref()).replace(" placements per 10,000 workers and year", "");
            let mut row = vec![
                phrasing::payout(payout, map.payout_is_share),
                market(without),
                market(with),
                hours.map_or_else(|| "–".to_owned(), text::hours),
                format!("{differ}{star}"),
            ];
            row.extend(most.map(|_| market(intensive)));
            row
        };
    let mut head = ["Cut", "Nobody screened", "The screen that places most", "Its hours", "With it"]
        .map(str::to_owned)
        .to_vec();
    head.extend(most.map(|hours| format!("The most intensive, {}", text::hours(hours))));
    let is_starred = |(contrast, is_doubtful): (&Option<Contrast>, &bool)| {
        contrast.as_ref().is_some_and(|contrast| !phrasing::star(contrast, *is_doubtful).is_empty())
    };
    let star = if contrasts.iter().zip(&doubtful).any(is_starred) {
        format!("; {}", phrasing::star_of(contrasts.iter().flatten().count()))
    } else {
        String::new()
    };
    let screens = pairs.iter().map(|pair| pair.screens).max().unwrap_or(0);
    let chosen = if screens > 1 {
        format!("; the best of {} screens is judged as one of these (Bonferroni)", text::spelt(screens))
    } else {
        String::new()
    };
    Sheet {
        caption: format!("Placements per 10,000 workers and year, payment known{chosen}{star}"),
        head,
        rows: payouts.iter().zip(&pairs).zip(&contrasts).zip(&doubtful).map(row).collect(),
    }
}
