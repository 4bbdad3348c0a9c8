//! Facts: figures of the world beside figures of the model, hit or missed, and which of them the model was fitted to.
//!
//! A fact marked [`Use::Fit`] may be used by calibration; one marked [`Use::Check`] never is. Facts that the model
//! cannot speak of are listed with the reason and no figure. What is known of agencies was measured on agencies that
//! stay in business: where introducers begin and stop at will it checks the model, and nothing is fitted to it.

use super::summary::ScenarioSummary;
use super::variants::{Contrast, How, speaking_of};
use crate::scenario::{Entry, Payer, Scenario};
use crate::stats::Estimate;

/// What a fact is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Calibration may be fitted to it.
    Fit,
    /// Never used to fit: a check from outside.
    Check,
}

/// Where the model's figure comes from.
#[derive(Clone, Copy, Debug)]
pub enum Figure {
    /// An outcome of a run, by its name.
    Outcome(&'static str),
    /// What changes in an outcome when an institution changes.
    Contrast(Contrast),
    /// Follows from the parameters alone.
    Parameters(fn(&Scenario) -> f64),
    /// The model has no figure, for this reason.
    Missing(&'static str),
}

/// One fact.
#[derive(Clone, Copy, Debug)]
pub struct Fact {
    /// Number in the list of facts; several figures may belong to one.
    pub number: u8,
    /// What it says.
    pub what: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// Central figure.
    pub target: f64,
    /// Range in which a figure counts as a hit.
    pub range: (f64, f64),
    /// Fit or check.
    pub used: Use,
    /// Whether it speaks of a scenario: of any, of those in which somebody sells, and so on.
    pub about: fn(&Scenario) -> bool,
    /// Where the fact is from. "Vendor" figures are averages of firms' own customers.
    pub source: &'static str,
    /// The model's figure.
    pub figure: Figure,
}

/// Verdict on one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The model's figure lies in the range.
    Hit,
    /// It does not.
    Miss,
    /// The fact is a sign, and the interval of the model's figure holds both.
    Undecided,
    /// There is no figure.
    NotInTheModel,
}

impl Verdict {
    /// Name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Undecided => "no detectable difference",
            Self::NotInTheModel => "not in the model",
        }
    }
}

/// One line of the comparison.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The fact.
    pub fact: Fact,
    /// The model's figure with its interval over replications.
    pub figure: Option<Estimate>,
    /// Whether it lies in the range.
    pub verdict: Verdict,
}

impl Comparison {
    /// How far the model's figure is from that of the world, in halves of the fact's range: 1 is an end of a range around
    /// its middle. `None` without a figure, and for facts that are signs.
    #[must_use]
    pub fn half_ranges(&self) -> Option<f64> {
        let (low, high) = self.fact.range;
        let figure = self.figure.filter(|_| low.is_finite() && high.is_finite())?;
        Some((figure.value - self.fact.target) / ((high - low) / 2.0))
    }

    /// Whether it speaks of any labour market, not of those alone in which somebody sells.
    #[must_use]
    pub fn of_labour_market(&self) -> bool {
        (self.fact.about)(&Scenario::default())
    }
}

/// Each fact once: those about labour markets where nobody sells, if there is such a scenario, else in the first; what the
/// model has no figure for is said once; facts about sellers in every scenario of which they speak. With the scenario's
/// name, in order.
#[must_use]
pub fn once(compared: &[(String, Vec<Comparison>)]) -> Vec<(&str, &Comparison)> {
    let sells = |list: &[Comparison]| list.iter().any(|one| !one.of_labour_market());
    let plain = compared.iter().position(|(_, list)| !sells(list)).unwrap_or(0);
    let mut kept: Vec<(&str, &Comparison)> = Vec::new();
    for (number, (name, list)) in compared.iter().enumerate() {
        for one in list.iter().filter(|one| number == plain || !one.of_labour_market()) {
            let is_missing = matches!(one.fact.figure, Figure::Missing(_));
            if !(is_missing && kept.iter().any(|(_, known)| known.fact.what == one.fact.what)) {
                kept.push((name, one));
            }
        }
    }
    kept
}

const fn fact(
    number: u8,
    what: &'static str,
    unit: &'static str,
    (target, low, high): (f64, f64, f64),
    source: &'static str,
    figure: Figure,
) -> Fact {
    Fact { number, what, unit, target, range: (low, high), used: Use::Check, about: anybody, source, figure }
}

const fn fit(fact: Fact) -> Fact {
    Fact { used: Use::Fit, ..fact }
}

const fn about(about: fn(&Scenario) -> bool, fact: Fact) -> Fact {
    Fact { about, ..fact }
}

/// A fact that says no more than a sign: 1 for more, −1 for less.
const fn sign(
    number: u8,
    what: &'static str,
    unit: &'static str,
    sign: f64,
    source: &'static str,
    contrast: Contrast,
) -> Fact {
    let range = if sign > 0.0 { (0.0, f64::INFINITY) } else { (f64::NEG_INFINITY, 0.0) };
    fact(number, what, unit, (sign, range.0, range.1), source, Figure::Contrast(contrast))
}

fn anybody(_: &Scenario) -> bool {
    true
}

fn sells(scenario: &Scenario) -> bool {
    scenario.may_sell()
}

fn seekers_pay(scenario: &Scenario) -> bool {
    sells(scenario) && scenario.contract.payer == Payer::Seeker
}

fn employers_pay(scenario: &Scenario) -> bool {
    sells(scenario) && scenario.contract.payer == Payer::Employer
}

/// Introducers may enter and leave, and are paid a share or a fee.
fn enters(scenario: &Scenario) -> bool {
    scenario.sellers.entry == Entry::Free && pays_on_success(scenario)
}

fn bonus(scenario: &Scenario) -> bool {
    scenario.referral.employee_bonus > 0.0
}

fn strangers(scenario: &Scenario) -> bool {
    scenario.referral.stranger_price > 0.0
}

fn pays_on_success(scenario: &Scenario) -> bool {
    seekers_pay(scenario) && scenario.contract.share_of_salary > 0.0
}

const TWICE_THE_BONUS: fn(&Scenario) -> Scenario = |scenario| {
    let mut variant = scenario.clone();
    variant.referral.employee_bonus *= 2.0;
    variant
};

/// What is due on a placement becomes $500 for each introduction held.
const FIXED_FEE: fn(&Scenario) -> Scenario = |scenario| {
    let mut variant = scenario.clone();
    variant.contract.share_of_salary = 0.0;
    variant.contract.success_fee = 0.0;
    variant.contract.per_introduction = 500.0;
    variant
};

/// All shares and fees due on a placement times a factor.
fn paid_times(scenario: &Scenario, factor: f64) -> Scenario {
    let mut variant = scenario.clone();
    variant.contract.share_of_salary *= factor;
    variant.contract.success_fee *= factor;
    variant
}

const HALF_THE_CUT: fn(&Scenario) -> Scenario = |scenario| paid_times(scenario, 0.5);
const TWICE_THE_CUT: fn(&Scenario) -> Scenario = |scenario| paid_times(scenario, 2.0);

const NOBODY_SELLS: fn(&Scenario) -> Scenario = |scenario| {
    let mut variant = scenario.clone();
    variant.sellers.entry = Entry::None;
    variant.sellers.share = 0.0;
    variant
};

const fn contrast(
    name: &'static str,
    variant: fn(&Scenario) -> Scenario,
    metric: &'static str,
    how: How,
) -> Contrast {
    Contrast { name, variant, metric, how }
}

use Figure::{Missing, Outcome, Parameters};

/// All facts, in the order of their numbers.
#[rustfmt::skip]
pub const FACTS: &[Fact] = &[
    fit(fact(1, "jobs found through contacts", "share", (0.45, 0.30, 0.60), "Ioannides and Loury 2004; Bewley 1999", Outcome("contact_share"))),
    fit(fact(2, "hires per referral over hires per application", "ratio", (8.8, 5.0, 10.0), "Lever, Greenhouse, Jobvite (vendor)", Outcome("referral_ratio"))),
    fact(2, "hires per application", "share", (0.0066, 0.004, 0.01), "Lever (vendor)", Missing("whole careers of applications are not in the model: its seekers apply to few, fitting jobs, so the level means another thing")),
    fit(fact(3, "median weeks out of work, in progress", "weeks", (9.5, 8.0, 14.0), "BLS table E-10, 2021–2024", Outcome("median_weeks_out"))),
    fit(fact(3, "mean weeks out of work, in progress", "weeks", (21.4, 20.0, 29.0), "BLS table E-10, 2021–2024", Outcome("mean_weeks_out"))),
    fact(4, "27 weeks or more, of those out of work", "share", (0.22, 0.18, 0.38), "BLS table E-10, 2024", Outcome("long_unemployed_share")),
    fit(fact(5, "offers per interview", "share", (0.20, 0.17, 0.28), "Jobvite 2015–2017 (vendor)", Outcome("offers_per_interview"))),
    fit(fact(5, "applicants per hire", "requests", (100.0, 50.0, 150.0), "Jobvite 2014–2016, ERE (vendor)", Outcome("applicants_per_hire"))),
    fact(6, "separations of those hired through introductions, against cold hires", "ratio − 1", (-0.19, -0.30, -0.08), "Burks, Cowgill, Hoffman and Housman 2015", Outcome("referred_separation_gap")),
    fact(7, "years until the wage premium of the referred is gone", "years", (3.0, 2.0, 5.0), "Brown, Setren and Topa 2016", Missing("salaries do not change within a job")),
    about(bonus, sign(8, "a bonus twice as large: referrals", "relative change", 1.0, "Friebel et al. 2023; Bond, Labuzova and Fernandez 2018; flat above $2,500 (vendor)", contrast("twice the bonus", TWICE_THE_BONUS, "requests_referred", How::RelativeChange))),
    about(bonus, sign(8, "a bonus twice as large: ability of the referred", "sd", -1.0, "Friebel et al. 2023; Bond, Labuzova and Fernandez 2018", contrast("twice the bonus", TWICE_THE_BONUS, "friend_form_ability", How::Difference))),
    about(pays_on_success, sign(9, "a fixed fee in place of pay on success: passed of those met", "share", -1.0, "Beaman and Magruder 2012, of referrers; here of sellers", contrast("fixed fee", FIXED_FEE, "pass_paid", How::Difference))),
    about(strangers, fact(10, "hires per referral by a stranger over hires per application", "ratio", (1.4, 1.2, 1.6), "one insider's account (anecdote)", Outcome("stranger_ratio"))),
    about(bonus, fact(10, "hires per referral by a friend over hires per application", "ratio", (8.8, 5.0, 10.0), "Lever, Greenhouse, Jobvite (vendor)", Outcome("friend_form_ratio"))),
    fact(11, "contact jobs that come from weak ties", "share", (0.83, 0.70, 1.0), "Granovetter 1973; Rajkumar et al. 2022", Missing("contacts differ by weeks of familiarity, not by strength at meeting")),
    fit(fact(12, "contacts lost in a year", "share", (0.70, 0.50, 0.90), "Burt 2002; assumed for a Rolodex", Parameters(|s| 1.0 - crate::maths::pow(0.5, 52.0 / s.contacts.half_life)))),
    fact(12, "ties of introducers lost in a year", "share", (0.70, 0.50, 0.90), "Burt 2002", Missing("introducers keep their ties unless they are blocked")),
    about(seekers_pay, fact(13, "all sellers removed: requests met that nobody pays for", "relative change", (0.25, 0.15, 0.35), "LinkedIn 2014, on removing the 2 % who sent most (vendor)", Figure::Contrast(contrast("nobody sells", NOBODY_SELLS, "acceptance_free", How::RelativeChange)))),
    fact(14, "cold requests met", "share", (0.034, 0.005, 0.12), "cold e-mail replies (vendor)", Outcome("acceptance_cold")),
    fact(14, "warm introductions met", "share", (0.5, 0.2, 0.8), "no sound study; assumed", Outcome("acceptance_organic")),
    fact(14, "replies to paid messages and to polite strangers", "share", (0.26, 0.18, 0.33), "LinkedIn (vendor); Milkman, Akinola and Chugh 2012", Missing("no such channel in the model")),
    about(seekers_pay, fact(15, "applicants accepted by agents who live", "share", (0.03, 0.02, 0.04), "Toptal, 10x Management (press)", Outcome("accepted_share"))),
    about(seekers_pay, fact(15, "an agent's fees per client and year", "dollars", (44_000.0, 38_000.0, 54_000.0), "10x Management (press)", Outcome("fee_per_client_year"))),
    fact(16, "fee of recruiters paid by employers", "share of salary", (0.22, 0.20, 0.25), "trade press (vendor)", Missing("a term of the contract, set by the scenario")),
    about(employers_pay, fit(fact(16, "hires per submission to an employer", "share", (0.0455, 0.03, 0.07), "Lever (vendor)", Outcome("hire_per_request_submitted")))),
    about(employers_pay, fact(16, "vacancies filled by the recruiter engaged", "share", (0.25, 0.20, 0.35), "trade press (vendor)", Outcome("mandates_filled_share"))),
    fact(17, "venture deals that come through networks", "share", (0.30, 0.25, 0.35), "Gompers et al. 2020", Missing("investors and start-ups are not in the model: a loose parallel only")),
    about(seekers_pay, fact(18, "recruiter's hours per placement, waiting included", "hours", (110.0, 60.0, 215.0), "0.75 to 3 placements a recruiter and month of 160 hours", Outcome("hours_held_per_placement"))),
    about(employers_pay, fit(fact(18, "recruiter's hours per placement, waiting included", "hours", (110.0, 60.0, 215.0), "0.75 to 3 placements a recruiter and month of 160 hours", Outcome("hours_held_per_placement")))),
    about(enters, fact(20, "sellers who began within the year", "share", (0.12, 0.08, 0.20), "Barwick and Pathak 2015, of brokers; the range is ours", Outcome("entered_share"))),
    about(enters, fact(20, "sellers who stop within the year", "share", (0.10, 0.06, 0.16), "Barwick and Pathak 2015, of brokers; the range is ours", Outcome("left_share"))),
    about(enters, fact(21, "half the cut: sellers", "relative change", (-0.40, -0.55, -0.25), "Barwick and Pathak 2015, of brokers; the range is ours", Figure::Contrast(contrast("half the cut", HALF_THE_CUT, "sellers_per_10000", How::RelativeChange)))),
    about(enters, fact(21, "half the cut: placements of one seller", "relative change", (0.73, 0.40, 1.10), "Barwick and Pathak 2015, of brokers; the range is ours", Figure::Contrast(contrast("half the cut", HALF_THE_CUT, "placements_per_seller", How::RelativeChange)))),
    about(enters, sign(22, "twice the cut: sellers", "relative change", 1.0, "Hsieh and Moretti 2003", contrast("twice the cut", TWICE_THE_CUT, "sellers_per_10000", How::RelativeChange))),
    about(enters, sign(22, "twice the cut: placements of one seller", "relative change", -1.0, "Hsieh and Moretti 2003", contrast("twice the cut", TWICE_THE_CUT, "placements_per_seller", How::RelativeChange))),
    fact(23, "agents who sell nothing in a year", "share", (0.5, 0.4, 0.6), "trade press (vendor)", Missing("what each seller places in a year is in no table")),
    about(seekers_pay, fact(19, "hires per submission by an agency", "share", (0.0455, 0.03, 0.07), "Lever (vendor)", Outcome("hire_per_request_paid"))),
];

/// Compares a scenario's summary with every fact that speaks of it; `contrast` gives the figures of contrasts.
#[must_use]
pub fn compare(
    scenario: &Scenario,
    summary: &ScenarioSummary,
    contrast: &dyn Fn(&Contrast) -> Option<Estimate>,
) -> Vec<Comparison> {
    speaking_of(scenario)
        .map(|fact| compare_one(as_used(*fact, scenario), scenario, summary, contrast))
        .collect()
}

/// The fact as it is used in a scenario: one about agencies is fitted where they stay in business alone.
fn as_used(fact: Fact, scenario: &Scenario) -> Fact {
    let is_about_agencies = !(fact.about)(&Scenario::default());
    let used =
        if is_about_agencies && scenario.sellers.entry != Entry::Closed { Use::Check } else { fact.used };
    Fact { used, ..fact }
}

fn compare_one(
    fact: Fact,
    scenario: &Scenario,
    summary: &ScenarioSummary,
    contrast: &dyn Fn(&Contrast) -> Option<Estimate>,
) -> Comparison {
    let figure = match fact.figure {
        Figure::Outcome(metric) => summary.of(metric).copied(),
        Figure::Contrast(of) => contrast(&of),
        Figure::Parameters(of) => Some(Estimate { n: 1, value: of(scenario), interval: None }),
        Figure::Missing(_) => None,
    };
    Comparison { fact, figure, verdict: verdict(&fact, figure) }
}

/// A figure hits a range; a sign is hit or missed by the whole interval.
fn verdict(fact: &Fact, figure: Option<Estimate>) -> Verdict {
    let (low, high) = fact.range;
    let Some(figure) = figure else { return Verdict::NotInTheModel };
    if low.is_finite() && high.is_finite() {
        return if (low..=high).contains(&figure.value) { Verdict::Hit } else { Verdict::Miss };
    }
    let wants_more = high > 0.0;
    match figure.interval {
        Some((least, _)) if least > 0.0 => {
            if wants_more {
                Verdict::Hit
            } else {
                Verdict::Miss
            }
        }
        Some((_, most)) if most < 0.0 => {
            if wants_more {
                Verdict::Miss
            } else {
                Verdict::Hit
            }
        }
        _ => Verdict::Undecided,
    }
}

/// A fact to which the constants of a labour market in which nobody sells are fitted.
#[derive(Clone, Copy, Debug)]
pub struct Fitted {
    /// The outcome.
    pub metric: &'static str,
    target: f64,
    half_range: f64,
}

impl Fitted {
    /// How far a figure is from that of the world, in halves of the fact's range.
    #[must_use]
    pub fn half_ranges(&self, value: f64) -> f64 {
        (value - self.target) / self.half_range
    }
}

/// Facts to which the constants of labour markets are fitted, and which are outcomes.
pub fn fitted_in_labour_markets() -> impl Iterator<Item = Fitted> {
    let plain = Scenario::default();
    let fitted = FACTS.iter().filter(move |fact| fact.used == Use::Fit && (fact.about)(&plain));
    fitted.filter_map(|fact| match fact.figure {
        Figure::Outcome(metric) => {
            let half_range = (fact.range.1 - fact.range.0) / 2.0;
            Some(Fitted { metric, target: fact.target, half_range })
        }
        _ => None,
    })
}

/// How far figures are from their facts: over fitted outcomes the sum of squared distances from the target, in units of
/// half the range, and four times the square of what lies outside the range. A figure that does not exist counts as
/// four half-ranges away. Facts of labour markets are read from the scenarios in which nobody sells, where there are
/// such, and counted once.
#[must_use]
pub fn distance(compared: &[Vec<Comparison>]) -> f64 {
    fitted(compared).into_iter().map(penalty).sum()
}

/// How many of the same figures lie outside their range or do not exist.
#[must_use]
pub fn misses(compared: &[Vec<Comparison>]) -> usize {
    fitted(compared).into_iter().filter(|c| c.verdict != Verdict::Hit).count()
}

/// The comparisons that a fit counts.
fn fitted(compared: &[Vec<Comparison>]) -> Vec<&Comparison> {
    let of_sellers = |c: &Comparison| !(c.fact.about)(&Scenario::default());
    let sells = |comparisons: &&Vec<Comparison>| comparisons.iter().any(of_sellers);
    let has_plain = compared.iter().any(|comparisons| !sells(&comparisons));
    let counted = |comparisons: &&Vec<Comparison>| has_plain && sells(comparisons);
    let of_arm = |comparisons| {
        let only_paid = counted(&comparisons);
        comparisons.iter().filter(move |c| of_sellers(c) || !only_paid)
    };
    let all = compared.iter().flat_map(of_arm);
    all.filter(|c| c.fact.used == Use::Fit && matches!(c.fact.figure, Figure::Outcome(_))).collect()
}

fn penalty(c: &Comparison) -> f64 {
    let (low, high) = c.fact.range;
    let half = (high - low) / 2.0;
    let Some(figure) = c.figure else { return 80.0 };
    let off = (figure.value - c.fact.target) / half;
    let outside = (low - figure.value).max(figure.value - high).max(0.0) / half;
    off * off + 4.0 * outside * outside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::outcomes::Metric;

    #[test]
    fn every_fact_names_an_outcome_that_exists_and_a_range_around_its_target() {
        for fact in FACTS {
            assert!((fact.range.0..=fact.range.1).contains(&fact.target), "{}", fact.what);
            if let Figure::Outcome(metric) | Figure::Contrast(Contrast { metric, .. }) = fact.figure {
                assert!(Metric::of(metric).is_some(), "{metric}");
            }
        }
    }

    fn found(number: u8, value: Option<f64>) -> Comparison {
        let fact = *FACTS.iter().find(|fact| fact.number == number).unwrap();
        let figure = value.map(|value| Estimate { n: 1, value, interval: None });
        Comparison { fact, figure, verdict: Verdict::NotInTheModel }
    }

    /// Jobs found through contacts: 0.45, from 0.30 to 0.60, so that half a range is 0.15.
    #[test]
    fn a_miss_is_counted_in_halves_of_the_range_and_four_times_outside_it() {
        let near = |found: Option<f64>, value: f64| found.is_some_and(|found| (found - value).abs() < 1e-9);
        assert!(near(found(1, Some(0.6)).half_ranges(), 1.0));
        assert!(near(found(1, Some(0.375)).half_ranges(), -0.5));
        assert_eq!(found(1, None).half_ranges(), None);
        assert_eq!(found(8, Some(0.1)).half_ranges(), None, "a sign has no half");
        let shares = fitted_in_labour_markets().find(|one| one.metric == "contact_share").unwrap();
        assert!(near(Some(shares.half_ranges(0.75)), 2.0));

        // Inside 1²; outside 2² + 4 · 1²; without a figure as one four half-ranges out: 4² + 4 · 4².
        assert!(near(Some(penalty(&found(1, Some(0.6)))), 1.0));
        assert!(near(Some(penalty(&found(1, Some(0.75)))), 8.0));
        assert!(near(Some(penalty(&found(1, Some(0.15)))), 8.0));
        assert!(near(Some(penalty(&found(1, None))), 80.0));
        // Referrals over applications: 8.8, from 5 to 10, so that 12.5 is 3.7/2.5 off and one half-range outside.
        assert!(near(Some(penalty(&found(2, Some(12.5)))), 1.48 * 1.48 + 4.0));
        let both = vec![vec![found(1, Some(0.75)), found(2, Some(12.5)), found(8, None)]];
        assert!(near(Some(distance(&both)), 8.0 + 1.48 * 1.48 + 4.0), "and checks are not counted");
    }

    #[test]
    fn a_fact_is_about_the_institution_that_it_names() {
        let mut scenario = Scenario::default();
        let speaks = |scenario: &Scenario, number: u8| {
            FACTS.iter().any(|fact| fact.number == number && (fact.about)(scenario))
        };
        assert!(speaks(&scenario, 1) && !speaks(&scenario, 8) && !speaks(&scenario, 13));
        scenario.referral.employee_bonus = 1_000.0;
        assert!(speaks(&scenario, 8), "a bonus");
        assert!(!strangers(&scenario));
        scenario.referral.stranger_price = 50.0;
        assert!(strangers(&scenario));
        scenario.sellers.entry = Entry::Free;
        assert!(speaks(&scenario, 13), "sellers whom seekers pay");
        scenario.contract.payer = Payer::Employer;
        assert!(!speaks(&scenario, 13) && speaks(&scenario, 16));
    }
}
