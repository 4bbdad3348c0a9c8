//! Employers who pay: how long they wait before they engage somebody, whom he finds and submits.
//!
//! Most tests use one week in which every decision-maker has a vacancy and has engaged a seller who knows them all.
//! Searches are then draws from one workforce, and what they bring is an incomplete U-statistic: a mean over n searches
//! of m people each, out of W workers, has a variance of at most σ²(1/n + m/W), where σ² is that over searches
//! (Hoeffding 1948, "A class of statistics with asymptotically normal distribution").

use introsim::maths::{normal_below, normal_quantile, pow};
use introsim::scenario::{AcceptAbove, Scenario, Stage};
use introsim::week::tally::Channel;
use introsim::world::START;
use introsim::world::institutions::Mandate;
use introsim::world::ties::Ties;

use super::normal_integral;
use crate::life::{Life, assert_within_4_errors, changed, mean_and_error, nothing_happens};

/// Every desk has a vacancy from week 1 on that never lapses and engages one of the sellers at once; all sellers know all
/// desks and have endless hours. Everybody works elsewhere, fits every job and would take it. Nobody is met.
pub(super) fn market(workers: u32, desks: u32, sellers: u32, settings: &[&str]) -> Scenario {
    let mut scenario = changed(
        &nothing_happens(workers),
        &[
            "contract.payer=employer",
            "sellers.entry=closed",
            "sellers.open_hours=0h",
            "sellers.outside_wage_log_sd=0",
            "sellers.share=100%",
            "employer.engages=1",
            "employer.after_weeks=0",
            "employer.find_hours=0.5h",
            "workers.initial_unemployed=0%",
            "workers.resume_precision=0",
            "decision_makers.vacancy_rate=1",
            "decision_makers.attention=0",
            "search.reservation_employed=0%",
            "search.reservation_unemployed=0%",
            "search.applications_unemployed=0",
            "contacts.start_mean=0",
            "contacts.meet_rate=0",
        ],
    );
    (scenario.introducers.count, scenario.introducers.ties) = (sellers, desks);
    (scenario.decision_makers.count, scenario.decision_makers.vacancy_life) = (desks, 1e12);
    (scenario.sellers.near, scenario.sellers.hours) = (1e9, 1e9);
    changed(&scenario, settings)
}

/// The same without any search, so that vacancies and engagements stay: a week without hours.
fn waiting_market(desks: u32, settings: &[&str]) -> Scenario {
    changed(&market(1, desks, 1, &["sellers.hours=0h"]), settings)
}

fn mandates(life: &Life) -> Vec<Mandate> {
    life.world.market.as_ref().unwrap().sellers.iter().flat_map(|s| s.mandates.clone()).collect()
}

/// Desks that somebody knows where each of as many sellers knows one: searches and engagements of many are apart.
fn known_desks(life: &Life) -> u32 {
    let mut desks: Vec<u32> = life.world.ties.decision_maker.iter().map(|d| d.0).collect();
    desks.dedup();
    u32::try_from(desks.len()).unwrap()
}

/// Nobody in the first a weeks after a vacancy has opened, then with chance e a week: after n more weeks a share
/// (1 − e)ⁿ still waits, and the mean wait is a + (1 − e)/e.
#[test]
fn an_employer_engages_somebody_after_a_wait_that_is_geometric() {
    for (after, chance) in [(0, 0.3), (4, 0.1), (9, 0.5)] {
        let mut scenario = waiting_market(4_000, &[]);
        (scenario.introducers.count, scenario.introducers.ties) = (4_000, 1);
        (scenario.employer.after_weeks, scenario.employer.engages) = (after, chance);
        let mut life = Life::opened(&scenario);
        let known = known_desks(&life);
        assert!(known > 2_000);
        let engaged = |life: &Life| u32::try_from(mandates(life).len()).unwrap();
        life.weeks(after);
        assert_eq!(engaged(&life), 0, "engaged before {after} weeks");
        let mut lived = 0;
        for n in [1_u32, 3, 10] {
            life.weeks(n - lived);
            lived = n;
            let still = f64::from(known - engaged(&life)) / f64::from(known);
            let expected = pow(1.0 - chance, f64::from(n));
            let error = (expected * (1.0 - expected) / f64::from(known)).sqrt();
            let label = format!("waits after {after} and {n} weeks at {chance}");
            assert_within_4_errors(&label, (still, error), expected);
        }
        // The last of them wait for more than 200 weeks with a chance of 2,500 · 0.9²⁰⁰, two in a million.
        life.weeks(200);
        assert_eq!(engaged(&life), known, "everybody engages somebody once in the end");
        let opened = START + 1;
        let waits: Vec<f64> = mandates(&life).iter().map(|m| f64::from(m.since - opened)).collect();
        let expected = f64::from(after) + (1.0 - chance) / chance;
        assert_within_4_errors("weeks to an engagement", mean_and_error(&waits), expected);
    }
}

/// A tie that begins below the block is blocked at the end of week 1. Pardoned with chance f from week 2 on, it is open
/// again in the week after the pardon, and she then engages with chance e a week: by week t a share
/// Σ f (1 − f)^(j − 2) (1 − (1 − e)^(t − j)) over the weeks j = 2 … t − 1 of the pardon has.
#[test]
fn an_employer_whose_only_seller_is_blocked_engages_nobody_until_he_is_forgiven() {
    let touchy = [
        "goodwill.start=0.1",
        "goodwill.recovery=0",
        "goodwill.rebuild_success=0%",
        "employer.after_weeks=1",
    ];
    let (forgiven, chance): (f64, f64) = (0.2, 0.4);
    let mut scenario = waiting_market(3_000, &touchy);
    (scenario.goodwill.forgiven, scenario.employer.engages) = (0.0, chance);
    let mut life = Life::opened(&scenario);
    life.weeks(60);
    assert_eq!(mandates(&life).len(), 0, "a blocked seller was engaged");

    scenario.goodwill.forgiven = forgiven;
    let mut life = Life::opened(&scenario);
    life.weeks(2);
    for week in [4, 6, 12] {
        life.weeks(week - (life.world.week - START));
        let by = |j: u32| {
            let pardon = forgiven * pow(1.0 - forgiven, f64::from(j - 2));
            pardon * (1.0 - pow(1.0 - chance, f64::from(week - j)))
        };
        let expected: f64 = (2..week).map(by).sum();
        let share = f64::from(u32::try_from(mandates(&life).len()).unwrap()) / 3_000.0;
        let error = (expected * (1.0 - expected) / 3_000.0).sqrt();
        assert_within_4_errors(&format!("engaged by week {week}"), (share, error), expected);
    }
}

/// Each of 40 sellers knows one of 60 desks: those whom nobody knows engage nobody, the others somebody who knows them.
#[test]
fn an_employer_engages_only_those_who_know_her() {
    let mut scenario = waiting_market(60, &[]);
    (scenario.introducers.count, scenario.introducers.ties) = (40, 1);
    let mut life = Life::opened(&scenario);
    life.weeks(1);
    let ties: &Ties = &life.world.ties;
    let market = life.world.market.as_ref().unwrap();
    let mut engaged: Vec<(u32, usize)> = market
        .sellers
        .iter()
        .enumerate()
        .flat_map(|(row, s)| s.mandates.iter().map(move |m| (m.decision_maker, row)))
        .collect();
    engaged.sort_unstable();
    // All are trusted alike, so that it is the first of those who know her.
    let mut known: Vec<(u32, usize)> =
        (0..40).map(|t| (ties.decision_maker[t].0, ties.introducer[t].at())).collect();
    known.sort_unstable();
    known.dedup_by_key(|(desk, _)| *desk);
    assert!(known.len() > 20 && known.len() < 40, "{} desks are known", known.len());
    assert_eq!(engaged, known);
}

/// Of those who know her she engages the one whose submitted people she trusts most.
#[test]
fn an_employer_engages_the_one_whose_people_she_trusts_most() {
    let mut scenario = waiting_market(50, &[]);
    scenario.introducers.count = 7;
    let mut life = Life::opened(&scenario);
    // Seller s is trusted by desk d as far as (3 s + d) mod 7: by each desk another, and by none two alike.
    let trusted = |seller: usize, desk: usize| (3 * seller + desk) % 7;
    for tie in 0..life.world.ties.len() {
        let (seller, desk) = (life.world.ties.introducer[tie].at(), life.world.ties.decision_maker[tie].at());
        life.world.ties.trust_mut(tie, true).mean = f64::from(u32::try_from(trusted(seller, desk)).unwrap());
    }
    life.weeks(1);
    for (seller, of) in life.world.market.as_ref().unwrap().sellers.iter().enumerate() {
        let desks: Vec<usize> = of.mandates.iter().map(|m| m.decision_maker as usize).collect();
        let most: Vec<usize> = (0..50).filter(|&desk| trusted(seller, desk) == 6).collect();
        assert_eq!(desks, most, "seller {seller}");
    }
}

/// A vacancy that lapses with chance l at the beginning of a week, and for which somebody is engaged with chance e at its
/// end, sees an engagement with chance (1 − l) e/(1 − (1 − l)(1 − e)), which ends with it.
#[test]
fn an_engagement_comes_before_the_vacancy_lapses_or_not_at_all_and_ends_with_it() {
    let (lapse, chance) = (0.1, 0.07);
    let mut scenario =
        waiting_market(4_000, &["decision_makers.vacancy_rate=0", "decision_makers.initial_vacancies=100%"]);
    (scenario.introducers.count, scenario.introducers.ties) = (4_000, 1);
    (scenario.decision_makers.vacancy_life, scenario.employer.engages) = (1.0 / lapse, chance);
    let mut life = Life::opened(&scenario);
    let known = f64::from(known_desks(&life));
    let mut engaged = 0.0;
    for _ in 0..200 {
        life.weeks(1);
        engaged += f64::from(life.tally.mandates);
        let open = &life.world.decision_makers.open;
        assert!(mandates(&life).iter().all(|m| open.has(m.decision_maker as usize)));
    }
    let expected = (1.0 - lapse) * chance / (1.0 - (1.0 - lapse) * (1.0 - chance));
    let error = (expected * (1.0 - expected) / known).sqrt();
    assert_within_4_errors("vacancies that saw an engagement", (engaged / known, error), expected);
    assert_eq!(mandates(&life).len(), 0, "every vacancy has lapsed");
}

/// Means of the largest, second, … of n independent standard normals: Harter (1961), "Expected values of normal order
/// statistics", *Biometrika* 48, table 1.
const OF_5: [f64; 3] = [1.16296, 0.49502, 0.0];
const OF_10: [f64; 5] = [1.53875, 1.00136, 0.65606, 0.37576, 0.12267];

#[test]
fn quadrature_gives_the_table_of_normal_order_statistics() {
    let times = |n: u32| (1..=n).map(f64::from).product::<f64>();
    let mean = |n: u32, rank: u32| {
        let ways = times(n) / (times(rank - 1) * times(n - rank));
        let (below, above) = (f64::from(n - rank), f64::from(rank - 1));
        ways * normal_integral(|x| x * pow(normal_below(x), below) * pow(normal_below(-x), above))
    };
    for (n, table) in [(5, OF_5.as_slice()), (10, OF_10.as_slice())] {
        for (rank, known) in (1..).zip(table) {
            assert!((mean(n, rank) - known).abs() < 6e-6, "rank {rank} of {n}: {}", mean(n, rank));
        }
    }
}

const WORKFORCE: u32 = 40_000;

/// As many sellers as desks, each of whom knows one: everybody searches once, and nobody knows anybody from another search.
fn apart(mut scenario: Scenario) -> Scenario {
    (scenario.introducers.count, scenario.introducers.ties) = (scenario.decision_makers.count, 1);
    scenario
}

/// Mean ability of those submitted in one week, a search a desk that somebody knows, with an error that allows for people
/// who are found by several.
fn submitted_ability(scenario: &Scenario) -> (f64, f64) {
    let mut life = Life::opened(scenario);
    life.weeks(1);
    let desks = scenario.decision_makers.count as usize;
    let known = known_desks(&life);
    let mut searches = vec![Vec::new(); desks];
    for request in life.pipeline.all_requests() {
        assert_eq!(request.channel, Channel::Submitted);
        searches[request.decision_maker as usize]
            .push(life.world.workers.true_ability[request.worker as usize]);
    }
    let submits = scenario.employer.submits as usize;
    searches.retain(|s| !s.is_empty());
    assert_eq!(searches.len(), known as usize, "a search for each desk that somebody knows");
    assert!(known > 1_500 && searches.iter().all(|s| s.len() == submits), "not {submits} a search");
    let means: Vec<f64> = searches.iter().map(|s| mean_and_error(s).0).collect();
    let (mean, error) = mean_and_error(&means);
    let n = f64::from(known);
    let people = f64::from(scenario.employer.found);
    (mean, error * (1.0 + n * people / f64::from(WORKFORCE)).sqrt())
}

/// One hour of a look whose half comes in one hour and that turns nobody down.
fn look(precision: f64) -> Scenario {
    let mut scenario = market(WORKFORCE, 3_000, 1, &["screening.half_hours=1h"]);
    scenario.screening.most_precision = 2.0 * precision;
    scenario.screening.stages = vec![Stage { hours: 1.0, accept_above: AcceptAbove::Score(-1e9) }];
    scenario
}

/// He submits the k best of n by a look that correlates with ability by r = √(π/(1 + π)): their mean ability is r times
/// that of the k largest of n standard normals.
#[test]
fn the_people_submitted_are_the_best_of_those_screened() {
    for (found, submits, precision, of) in [
        (5, 1, 1e9, &OF_5[..1]),
        (5, 2, 1e9, &OF_5[..2]),
        (5, 3, 1.0, &OF_5[..3]),
        (10, 5, 0.25, &OF_10[..5]),
    ] {
        let mut scenario = apart(look(precision));
        (scenario.employer.found, scenario.employer.screened) = (found, found);
        scenario.employer.submits = submits;
        let validity = (precision / (1.0 + precision)).sqrt();
        let expected = validity * of.iter().sum::<f64>() / f64::from(submits);
        let label = format!("{submits} of {found} by a look of {precision}");
        assert_within_4_errors(&label, submitted_ability(&scenario), expected);
    }
}

/// Without a stage of screening the résumé alone decides: who is screened, and who of them is submitted.
#[test]
fn without_screening_the_people_submitted_are_the_best_by_resume() {
    for (screened, submits, of) in [(3, 3, &OF_10[..3]), (5, 2, &OF_10[..2])] {
        let settings = ["workers.resume_precision=0.5", "employer.found=10"];
        let mut scenario = apart(market(WORKFORCE, 3_000, 1, &settings));
        (scenario.employer.screened, scenario.employer.submits) = (screened, submits);
        let expected = (0.5_f64 / 1.5).sqrt() * of.iter().sum::<f64>() / f64::from(submits);
        let label = format!("{submits} of {screened} of 10 by résumé");
        assert_within_4_errors(&label, submitted_ability(&scenario), expected);
    }
}

/// The résumé chooses who is looked at. Where it says nothing, three of the ten found are looked at whoever they are, and
/// the best of three has a mean of 0.84628 (Harter 1961).
#[test]
fn a_resume_that_says_nothing_leaves_the_best_of_those_looked_at() {
    let mut scenario = apart(look(1e9));
    (scenario.employer.found, scenario.employer.screened, scenario.employer.submits) = (10, 3, 1);
    assert_within_4_errors("the best of 3 unread of 10", submitted_ability(&scenario), 0.84628);
}

/// With nothing read and nobody looked at, those submitted are anybody.
#[test]
fn without_any_look_the_people_submitted_are_anybody() {
    let scenario = apart(market(WORKFORCE, 3_000, 1, &[]));
    assert_within_4_errors("submitted unseen", submitted_ability(&scenario), 0.0);
}

/// He goes through at most 100 names for each person he wants: where one worker of 200 fits, a search for one finds him
/// with chance 1 − (199/200)¹⁰⁰ = 0.394, and a search for three with 1 − (199/200)³⁰⁰ = 0.778, once.
#[test]
fn a_search_gives_up_after_a_hundred_names_for_each_person_wanted() {
    for wanted in [1_u32, 3] {
        let mut scenario = market(200, 3_000, 1, &[]);
        scenario.employer.found = wanted;
        scenario.sellers.near = 100.0;
        let mut life = Life::opened(&scenario);
        life.world.workers.job_level.iter_mut().skip(1).for_each(|level| *level = 1e6);
        life.weeks(1);
        assert!(life.pipeline.all_requests().all(|r| r.worker == 0));
        let found = f64::from(life.tally.requests[Channel::Submitted as usize]);
        let expected = 1.0 - pow(0.995, 100.0 * f64::from(wanted));
        let error = (expected * (1.0 - expected) / 3_000.0).sqrt();
        assert_within_4_errors(&format!("found, {wanted} wanted"), (found / 3_000.0, error), expected);
        let hours = life.tally.sellers.hours.finding;
        assert!((hours - 0.5 * found).abs() < 1e-9, "{hours} hours for {found} people found");
    }
}

/// A search takes 6 · ½ + 4 · 1 = 7 hours. A week of 40 hours holds five, which the first five who engaged get, and 5 hours
/// of the sixth: 3 of finding and 2 of looking. A week of 34.9 hours holds four, and the fifth submits nobody.
#[test]
fn a_seller_searches_as_long_as_his_week_holds() {
    for (week, finding, screening, searches) in [(40.0, 18.0, 22.0, 5), (34.9, 15.0, 19.9, 4)] {
        let mut scenario = look(1.0);
        (scenario.workers.count, scenario.decision_makers.count, scenario.introducers.ties) = (1_200, 12, 12);
        (scenario.sellers.hours, scenario.sellers.near) = (week, 1.0);
        (scenario.employer.found, scenario.employer.screened, scenario.employer.submits) = (6, 4, 2);
        let mut life = Life::opened(&scenario);
        // Whom he knows from one search fits no other.
        let trades = (0..12).cycle().map(|trade| 10.0 * f64::from(trade));
        let world = &mut life.world;
        world.decision_makers.level.iter_mut().zip(trades.clone()).for_each(|(level, trade)| *level = trade);
        world.workers.job_level.iter_mut().zip(trades).for_each(|(level, trade)| *level = trade);
        life.weeks(1);
        let hours = life.tally.sellers.hours;
        assert!((hours.finding - finding).abs() < 1e-9, "{hours:?}");
        assert!((hours.screening - screening).abs() < 1e-9, "{hours:?}");
        assert!((hours.total() - week).abs() < 1e-9, "nothing else takes hours: {hours:?}");
        let desks: Vec<u32> = life.pipeline.all_requests().map(|r| r.decision_maker).collect();
        let expected: Vec<u32> = (0..searches).flat_map(|desk| [desk, desk]).collect();
        assert_eq!(desks, expected, "a week of {week} hours");
    }
}

/// A search that needs more hours than a week has goes on: 6 · ½ + 4 · 1 = 7 hours are over in the second week of 4.
#[test]
fn a_search_goes_on_over_weeks() {
    let mut scenario = look(1.0);
    (scenario.workers.count, scenario.decision_makers.count, scenario.introducers.ties) = (100_000, 1, 1);
    scenario.sellers.hours = 4.0;
    (scenario.employer.found, scenario.employer.screened, scenario.employer.submits) = (6, 4, 2);
    let mut life = Life::opened(&scenario);
    life.weeks(1);
    assert_eq!((life.pipeline.all_requests().count(), life.tally.sellers.hours.total()), (0, 4.0));
    life.weeks(1);
    assert_eq!((life.pipeline.all_requests().count(), life.tally.sellers.hours.total()), (2, 3.0));
}

/// Six people are found and looked at for the first desk, in 6 · ½ + 6 · 1 = 9 hours; for the other eleven they are known.
#[test]
fn people_screened_once_cost_no_hours_again() {
    let mut scenario = look(1.0);
    (scenario.workers.count, scenario.decision_makers.count, scenario.introducers.ties) = (6, 12, 12);
    (scenario.employer.found, scenario.employer.screened, scenario.employer.submits) = (6, 6, 2);
    let mut life = Life::opened(&scenario);
    for hours in [9.0, 0.0, 0.0] {
        life.weeks(1);
        assert!((life.tally.sellers.hours.total() - hours).abs() < 1e-9, "{:?}", life.tally.sellers.hours);
        assert_eq!(life.pipeline.all_requests().count(), 24, "two people for each of twelve desks");
    }
}

/// Those whom the first stage turns down cost no hours of the second: of n people looked at, n h₁ + n p h₂ hours, where
/// the posterior mean after the first look, spread r = √(π/(1 + π)), reaches the threshold with chance p.
#[test]
fn hours_of_screening_are_spent_on_those_who_go_on() {
    let mut scenario = apart(look(1.0));
    let (share, validity) = (0.3, 0.5_f64.sqrt());
    let threshold = -normal_quantile(share) * validity;
    scenario.screening.stages = vec![
        Stage { hours: 1.0, accept_above: AcceptAbove::Score(threshold) },
        Stage { hours: 3.0, accept_above: AcceptAbove::Score(-1e9) },
    ];
    let mut life = Life::opened(&scenario);
    life.weeks(1);
    let looked_at = f64::from(known_desks(&life) * scenario.employer.screened);
    let went_on = (life.tally.sellers.hours.screening - looked_at) / 3.0 / looked_at;
    // Somebody looked at for two desks is the same person, seen with the same noise.
    let error = (share * (1.0 - share) * (1.0 / looked_at + 1.0 / f64::from(WORKFORCE))).sqrt();
    assert_within_4_errors("went on to the second stage", (went_on, error), share);
}
