//! Reading along changes nothing.

use introsim::engine::{History, continue_from};
use introsim::experiments::diary::Subject;
use introsim::week::diary::{Entry, Event, Watch};

use super::{markets, opening, told};

/// Everything that a history holds, as text: two equal texts are two equal histories to the last bit.
fn everything(history: &History) -> String {
    format!(
        "{}\n{:?}\n{:?}\n{:?}\n{}\n{:?}",
        history.opening_hash,
        history.opening,
        history.weeks,
        history.record,
        history.world.hash(),
        history.world.market
    )
}

#[test]
fn a_market_is_the_same_to_the_last_bit_whoever_reads_along() {
    for (name, scenario) in markets() {
        let opening = opening(&scenario);
        let alone = continue_from(&scenario, opening.clone(), &|| {}).unwrap();
        assert!(alone.record.diary.is_none(), "without a reader there is no diary");
        let alone = everything(&alone);
        for watch in
            [Watch::Everybody, Watch::Highlights, Subject::Worker(4).watch(), Subject::Introducer(0).watch()]
        {
            let (history, entries) = told(&scenario, &opening, watch.clone());
            assert!(!entries.is_empty(), "{name}: {watch:?} was told nothing, so nothing is shown");
            assert!(everything(&history) == alone, "{name}: {watch:?} changed the market");
        }
    }
}

#[test]
fn one_life_is_told_as_it_is_told_among_all() {
    for (name, scenario) in markets() {
        let opening = opening(&scenario);
        let (_, all) = told(&scenario, &opening, Watch::Everybody);
        for subject in
            [Subject::Worker(3), Subject::Worker(299), Subject::Introducer(1), Subject::DecisionMaker(20)]
        {
            let (_, own) = told(&scenario, &opening, subject.watch());
            let among: Vec<Entry> = all.iter().copied().filter(|entry| subject.is_in(entry)).collect();
            assert_eq!(own, among, "{name}: {}", subject.name());
        }
        let (_, highlights) = told(&scenario, &opening, Watch::Highlights);
        assert!(highlights.len() < all.len());
        let rest: Vec<&Entry> =
            highlights.iter().filter(|entry| !matches!(entry.what, Event::Request(_))).collect();
        let same: Vec<&Entry> = all.iter().filter(|entry| !matches!(entry.what, Event::Request(_))).collect();
        assert_eq!(rest, same, "{name}");
    }
}

#[test]
fn weeks_that_come_later_do_not_change_those_before() {
    let (_, scenario) = markets().remove(1);
    let opening = opening(&scenario);
    let (_, whole) = told(&scenario, &opening, Watch::Everybody);
    let mut short = scenario;
    short.run.weeks = 11;
    let (_, part) = told(&short, &opening, Watch::Everybody);
    let last = opening.week + 11;
    let before: Vec<Entry> = whole.into_iter().filter(|entry| entry.week <= last).collect();
    assert_eq!(part, before);
}
