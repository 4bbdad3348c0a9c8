//! Laws: what no market may break, whatever its institutions. A seeded grid of small markets runs with the laws checked
//! after every phase (this suite is built with debug assertions), and every history is checked again from outside.

mod anything;
mod breaches;
mod ends;
mod experience;
mod flows;
mod grid;
mod payments;
mod profit;
mod transfers;
mod variants;
mod word;

use introsim::engine::{BurnIn, History};
use introsim::scenario::Scenario;
use introsim::week::record::{Ending, Spell};
use introsim::week::tally::{Channel, Tally};
use introsim::world::ledger;
use introsim::world::market::Member;
use introsim::world::ties::Ties;

/// Checks a burn-in and a history by their results alone.
fn check(name: &str, scenario: &Scenario, opening: &BurnIn, history: &History) {
    for week in opening.weeks.iter().chain(&history.weeks) {
        check_week(name, scenario, week);
    }
    check_vacancies(name, opening, history);
    check_spells(name, history);
    check_ties(name, scenario, history);
    check_accounts(name, scenario, history);
}

/// The funnel narrows in every channel, and nobody works longer than he has hours.
fn check_week(name: &str, scenario: &Scenario, week: &Tally) {
    let at = format!("{name}, week {}", week.week);
    for channel in Channel::ALL {
        let c = channel as usize;
        let hired = if channel == Channel::Lead { 0 } else { week.hires[c] };
        let funnel = [hired, week.offers[c], week.passed[c], week.met[c], week.requests[c]];
        assert!(funnel.is_sorted(), "{at}, {channel:?}: hires, offers, passed, met, requests are {funnel:?}");
        assert!(
            week.offers[c] <= week.interviews[c] && week.interviews[c] <= week.met[c],
            "{at}, {channel:?}"
        );
    }
    assert_eq!(week.requests[Channel::Lead as usize] + week.met[Channel::Lead as usize], 0, "{at}");
    assert!(week.helped <= week.asks, "{at}");
    assert_eq!(week.helped, week.requests[Channel::Organic as usize], "{at}");
    let forms = [Channel::Referred, Channel::Stranger].map(|channel| week.requests[channel as usize]);
    assert!(
        forms.iter().zip(&week.form_asks).all(|(handed_in, asked)| handed_in <= asked),
        "{at}: {forms:?}"
    );
    assert!(week.mandates <= week.vacancies, "{at}: more engagements than vacancies");
    assert!(week.placed_not_looking <= week.placed.n, "{at}");
    assert!(inside_hires(week) <= week.vacancies, "{at}: more hires than vacancies");
    let most = scenario.decision_makers.count.saturating_mul(scenario.decision_makers.attention);
    assert!(week.met.iter().sum::<u32>() <= most, "{at}: more meetings than attention");
    assert!(week.unemployed + week.looking <= week.workers, "{at}");
    assert_eq!(week.pool.n, week.unemployed + week.looking, "{at}");
    assert!(week.long_unemployed <= week.unemployed, "{at}");
    assert!(week.hires_from_unemployment <= week.hires.iter().sum(), "{at}");
    assert!(week.shams_found_out <= week.shams, "{at}");
    let sellers = &week.sellers;
    let held = f64::from(sellers.active) * scenario.sellers.hours;
    assert!(sellers.hours.total() <= held * (1.0 + 1e-9), "{at}: {:?} of {held} hours", sellers.hours);
    let h = &sellers.hours;
    for hours in [h.finding, h.screening, h.contact, h.pitching, h.sham, h.rebuilding] {
        assert!(hours >= 0.0, "{at}: {h:?}");
    }
}

fn inside_hires(week: &Tally) -> u32 {
    week.hires.iter().sum::<u32>() - week.hires[Channel::Lead as usize]
}

/// Vacancies opened ≥ vacancies closed ≥ hires, over the whole life of the world: an episode is a vacancy or the time
/// between two, so that e episodes have seen ⌈e/2⌉ openings and ⌊e/2⌋ closings.
fn check_vacancies(name: &str, opening: &BurnIn, history: &History) {
    let hires: u32 = opening.weeks.iter().chain(&history.weeks).map(inside_hires).sum();
    let d = &history.world.decision_makers;
    let opened: u32 = d.episode.iter().map(|e| e.div_ceil(2)).sum();
    let closed: u32 = d.episode.iter().map(|e| e / 2).sum();
    assert!(hires <= closed && closed <= opened, "{name}: {hires} hires, {closed} closed, {opened} opened");
    assert_eq!(opened - closed, d.open.count(), "{name}");
}

/// Every spell ends once, spells of one worker follow each other, and all hires are somebody's spell.
fn check_spells(name: &str, history: &History) {
    let mut spells: Vec<Spell> = history.record.spells.clone();
    spells.sort_by_key(|s| (s.worker, s.number));
    for pair in spells.windows(2).filter(|pair| pair[0].worker == pair[1].worker) {
        assert_eq!(pair[1].number, pair[0].number + 1, "{name}: {pair:?}");
        assert!(pair[1].start >= pair[0].end, "{name}: two spells at once, {pair:?}");
        assert_ne!(pair[0].ending, Ending::Open, "{name}: a spell after one that is open, {pair:?}");
    }
    for spell in &spells {
        assert!(spell.start <= spell.end && spell.end <= history.world.week, "{name}: {spell:?}");
        assert_eq!(
            spell.salary_after.is_some(),
            matches!(spell.ending, Ending::Hired(_)),
            "{name}: {spell:?}"
        );
    }
    for channel in Channel::ALL {
        let hires: u32 = history.weeks.iter().map(|week| week.hires[channel as usize]).sum();
        let ended = spells.iter().filter(|s| s.ending == Ending::Hired(channel)).count();
        // One who did not look has no search to end; employers alone find such people.
        let found: u32 = history.weeks.iter().map(|week| week.placed_not_looking).sum();
        let hires = if channel == Channel::Submitted { hires - found } else { hires };
        assert_eq!(hires as usize, ended, "{name}: hires and spells that end in one, {channel:?}");
    }
    let seeking = (0..history.world.workers.len()).filter(|&w| history.world.workers.is_seeking(w)).count();
    let open = spells.iter().filter(|s| s.ending == Ending::Open).count();
    assert_eq!(open, seeking, "{name}: everybody who searches at the end has one open spell");
}

/// Goodwill between 0 and 1, blocked only below the threshold; lives of a tie follow each other.
fn check_ties(name: &str, scenario: &Scenario, history: &History) {
    let ties = &history.world.ties;
    for tie in 0..ties.len() {
        assert!((0.0..=1.0).contains(&ties.goodwill(tie)), "{name}: tie {tie}");
        let blocked = ties.blocked_since(tie) != Ties::OPEN;
        assert!(!blocked || ties.goodwill(tie) < scenario.goodwill.block_below, "{name}: tie {tie}");
        assert!(ties.trust(tie).precision > 0.0 && ties.trust(tie).mean.is_finite(), "{name}: tie {tie}");
    }
    let mut lives = history.record.tie_lives.clone();
    lives.sort_by_key(|l| (l.introducer, l.decision_maker, l.life));
    for pair in lives.windows(2) {
        let same =
            pair[0].introducer == pair[1].introducer && pair[0].decision_maker == pair[1].decision_maker;
        if same {
            assert!(pair[0].blocked && pair[0].life + 1 == pair[1].life, "{name}: {pair:?}");
            assert!(pair[0].end <= pair[1].start, "{name}: {pair:?}");
        }
    }
}

/// Money paid is money received, and nobody pays what he does not owe.
fn check_accounts(name: &str, scenario: &Scenario, history: &History) {
    let market = history.world.market.as_ref().unwrap();
    assert_eq!(market.ledger.imbalance_cents(), 0, "{name}");
    let lost: f64 = history.weeks.iter().map(|week| week.refunds_lost).sum();
    let members: i64 =
        market.cohort.iter().map(|m| m.prepaid_cents + m.placement_cents - m.refunded_cents).sum();
    let dollars = |of: fn(&Tally) -> f64| ledger::cents(history.weeks.iter().map(of).sum());
    let others = dollars(|week| week.transfers.coaching + week.transfers.forms);
    assert_eq!(members + others, -market.ledger.clients_cents, "{name}");
    let by_employers = dollars(|week| week.transfers.employer_fees + week.transfers.bonuses);
    assert_eq!(by_employers, -market.ledger.employers_cents, "{name}");
    check_coached(name, scenario, history);
    let contract = &scenario.contract;
    for (row, member) in market.cohort.iter().enumerate() {
        let at = format!("{name}, member {row}: {member:?}");
        let on_placement = contract.share_of_salary * member.placed_salary + contract.success_fee;
        let due = if member.placed_salary > 0.0 { ledger::cents(on_placement) } else { 0 };
        assert_eq!(member.placement_cents, due, "{at}");
        assert!(member.refunded_cents <= member.prepaid_cents && member.refunded_cents >= 0, "{at}");
        assert!(contract.guarantee_weeks > 0 || member.refunded_cents == 0, "{at}");
        let paid_anything = member.prepaid_cents + member.placement_cents > 0;
        assert!(member.treated || !(paid_anything || member.introductions_held > 0), "{at}");
        assert!(member.followed <= 52 && member.income >= 0.0, "{at}");
        assert!(member.introductions <= member.introductions_held, "{at}");
    }
    let refunds = market.cohort.iter().map(|m| m.refunded_cents).sum::<i64>();
    assert!(lost >= 0.0 && (contract.guarantee_weeks > 0 || lost == 0.0) && refunds >= 0, "{name}");
    let (treated, held_out): (Vec<&Member>, Vec<&Member>) = market.cohort.iter().partition(|m| m.treated);
    let new: u32 = history.weeks.iter().map(|week| week.new_clients.n).sum();
    let turned_away: u32 = history.weeks.iter().map(|week| week.held_out).sum();
    assert_eq!((new as usize, turned_away as usize), (treated.len(), held_out.len()), "{name}");
    assert_eq!(history.record.clients.len(), treated.len(), "{name}");
}

/// Nobody is coached twice, who is turned away pays nothing, and the weeks count everybody.
fn check_coached(name: &str, scenario: &Scenario, history: &History) {
    let cohort = &history.world.market.as_ref().unwrap().coaching.cohort;
    let price = ledger::cents(scenario.coaching.price);
    let mut people: Vec<(u32, u32)> = Vec::new();
    for (row, coached) in cohort.iter().enumerate() {
        let member = &coached.member;
        let at = format!("{name}, coached {row}: {member:?}");
        assert_eq!(member.prepaid_cents, if member.treated { price } else { 0 }, "{at}");
        assert!(member.followed <= 52 && member.income >= 0.0, "{at}");
        people.extend(member.treated.then_some((member.search.worker.0, member.generation)));
    }
    let n = people.len();
    people.sort_unstable();
    people.dedup();
    assert_eq!(people.len(), n, "{name}: somebody was coached twice");
    for (treated, counted) in [(true, 0), (false, 1)] {
        let weeks: u32 = history.weeks.iter().map(|week| week.coached[counted]).sum();
        let rows = cohort.iter().filter(|c| c.member.treated == treated).count();
        assert_eq!(weeks as usize, rows, "{name}");
    }
}
