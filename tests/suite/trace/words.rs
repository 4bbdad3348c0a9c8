//! Sentences leave nothing out: what all workers' diaries say in words, read back and added up, is what happened.

use introsim::experiments::diary::{Day, Subject, days, most_interesting, shortened, side_by_side};
use introsim::week::diary::{Entry, Watch};
use introsim::week::tally::{Channel, Tally};

use super::{markets, opening, told};

/// All sentences of all lives of a kind.
fn sentences(lives: &[Vec<Day>]) -> Vec<&str> {
    lives.iter().flatten().flat_map(|day| &day.lines).map(String::as_str).collect()
}

/// Number of sentences that contain a text.
fn with(sentences: &[&str], text: &str) -> u32 {
    sentences.iter().filter(|sentence| sentence.contains(text)).count() as u32
}

/// The sum of the numbers that follow a text, up to the next character that is no part of a number.
fn sum_after(sentences: &[&str], text: &str) -> f64 {
    let number = |rest: &str| {
        let digits: String =
            rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
        digits.replace(',', "").trim_end_matches('.').parse::<f64>().unwrap()
    };
    sentences.iter().filter_map(|s| s.split_once(text)).map(|(_, rest)| number(rest)).sum()
}

fn total(weeks: &[Tally], of: impl Fn(&Tally) -> u32) -> u32 {
    weeks.iter().map(of).sum()
}

#[test]
fn letters_meetings_jobs_and_payments_in_workers_words_are_those_that_there_were() {
    let mut shortened_somewhere = false;
    for (name, scenario) in markets() {
        let opening = opening(&scenario);
        let (history, entries) = told(&scenario, &opening, Watch::Everybody);
        let life = |worker| days(&scenario, Subject::Worker(worker), opening.week, &entries);
        let lives: Vec<Vec<Day>> = (0..scenario.workers.count).map(life).collect();
        let said = sentences(&lives);
        let weeks = &history.weeks;
        let cold = f64::from(total(weeks, |t| t.requests[Channel::Cold as usize]));
        assert!((sum_after(&said, "He writes to ") - cold).abs() < 0.5, "{name}");
        let met = total(weeks, |t| t.met.iter().sum());
        let passed = total(weeks, |t| t.passed.iter().sum());
        assert_eq!(
            (with(&said, ": he passes"), with(&said, ": he fails.")),
            (passed, met - passed),
            "{name}"
        );
        let hires = total(weeks, |t| t.hires.iter().sum());
        assert_eq!(
            with(&said, "He takes the job") + with(&said, "outside job and takes it"),
            hires,
            "{name}"
        );
        assert_eq!(with(&said, "takes him on as a client"), total(weeks, |t| t.new_clients.n), "{name}");
        assert_eq!(with(&said, "with an actor"), total(weeks, |t| t.shams), "{name}");
        assert_eq!(with(&said, "He loses his job"), total(weeks, |t| t.separations), "{name}");
        assert_eq!(
            with(&said, "pitches him"),
            total(weeks, |t| t.requests[Channel::Paid as usize]),
            "{name}"
        );
        let spent = |t: &Tally| {
            t.sellers.flows.fees - t.transfers.employer_fees + t.transfers.forms + t.transfers.coaching
        };
        let spent: f64 = weeks.iter().map(spent).sum();
        // Amounts from $1,000 on are told in whole dollars.
        let slack = 0.5 * f64::from(with(&said, "He pays $"));
        assert!((sum_after(&said, "He pays $") - spent).abs() <= slack + 0.01, "{name}: {spent}");
        let refunds: f64 = weeks.iter().map(|t| t.sellers.flows.refunds).sum();
        assert!(
            (sum_after(&said, "pays him back $") - refunds).abs()
                <= 0.01 + 0.5 * f64::from(with(&said, "pays him back")),
            "{name}"
        );
        // Made shorter, a life loses no letter.
        let short: Vec<Vec<Day>> = lives.iter().map(|life| shortened(life)).collect();
        shortened_somewhere |= sentences(&short).len() < said.len();
        assert!((sum_after(&sentences(&short), "He writes to ") - cold).abs() < 0.5, "{name}");
    }
    assert!(shortened_somewhere, "nothing was shortened");
}

#[test]
fn the_same_is_told_by_introducers_and_by_decision_makers() {
    for (name, scenario) in markets() {
        let opening = opening(&scenario);
        let (history, entries) = told(&scenario, &opening, Watch::Everybody);
        let weeks = &history.weeks;
        let life = |row| days(&scenario, Subject::Introducer(row), opening.week, &entries);
        let introducers: Vec<Vec<Day>> = (0..scenario.introducers.count).map(life).collect();
        let said = sentences(&introducers);
        assert_eq!(with(&said, "as a client"), total(weeks, |t| t.new_clients.n), "{name}");
        assert_eq!(
            with(&said, "He pitches worker"),
            total(weeks, |t| t.requests[Channel::Paid as usize]),
            "{name}"
        );
        assert_eq!(
            with(&said, "He submits worker"),
            total(weeks, |t| t.requests[Channel::Submitted as usize]),
            "{name}"
        );
        assert_eq!(with(&said, "he introduces him for nothing"), total(weeks, |t| t.helped), "{name}");
        let life = |row| days(&scenario, Subject::DecisionMaker(row), opening.week, &entries);
        let desks: Vec<Vec<Day>> = (0..scenario.decision_makers.count).map(life).collect();
        let said = sentences(&desks);
        let inside = total(weeks, |t| t.hires.iter().sum::<u32>() - t.hires[Channel::Lead as usize]);
        assert_eq!(with(&said, ", who takes it."), inside, "{name}");
        let offers = total(weeks, |t| t.offers.iter().sum());
        assert_eq!(with(&said, "She offers the job"), offers, "{name}");
        let met = total(weeks, |t| t.met.iter().sum());
        assert_eq!(with(&said, " passes: ") + with(&said, " fails: "), met, "{name}");
        let heard = weeks.iter().map(|week| week.heard);
        let heard = heard.fold([0, 0], |sum, week| [sum[0] + week[0], sum[1] + week[1]]);
        let told = |how: &str| with(&said, &format!(" tells her that a client of introducer {how}"));
        assert_eq!(told(""), heard[0] + heard[1], "{name}");
        assert_eq!(with(&said, " did well."), heard[0], "{name}");
        assert_eq!(with(&sentences(&introducers), "; he does not know of it."), told(""), "{name}");
        let blocks = with(&said, "She blocks introducer");
        assert_eq!(with(&sentences(&introducers), "blocks him: goodwill"), blocks, "{name}");
    }
}

#[test]
fn a_life_beside_itself_never_parts_and_loses_nothing_beside_another() {
    let markets = markets();
    let (plain, busy) = (&markets[0].1, &markets[1].1);
    let opening = opening(plain);
    let lives = |scenario| {
        let (_, entries) = told(scenario, &opening, Watch::Everybody);
        let life = |worker| days(scenario, Subject::Worker(worker), opening.week, &entries);
        (0..plain.workers.count).map(life).collect::<Vec<_>>()
    };
    let (one, other) = (lives(plain), lives(busy));
    let mut parted = 0;
    for (a, b) in one.iter().zip(&other) {
        assert!(side_by_side(a, a).iter().all(|pair| pair.same && pair.sides[0] == pair.sides[1]));
        let pairs = side_by_side(a, b);
        let letters = |days: &[Day]| sum_after(&sentences(&[days.to_vec()]), "He writes to ");
        for (side, life) in [a, b].into_iter().enumerate() {
            let told: Vec<Day> = pairs.iter().filter_map(|pair| pair.sides[side].clone()).collect();
            assert!((letters(&told) - letters(life)).abs() < 0.5);
        }
        // Before they part both are told alike, week for week.
        if let Some(first) = pairs.iter().find(|pair| !pair.same) {
            parted += 1;
            let before =
                |days: &[Day]| days.iter().filter(|day| day.first < first.first).cloned().collect::<Vec<_>>();
            assert_eq!(before(a), before(b));
            let at = |days: &[Day]| days.iter().find(|day| day.first == first.first).cloned();
            assert_ne!(at(a), at(b));
        }
    }
    assert!(parted > 100, "{parted} lives parted");
}

#[test]
fn lives_worth_reading_are_those_with_the_highest_counts_and_of_equal_ones_the_lower_rows() {
    for (name, scenario) in markets() {
        let opening = opening(&scenario);
        let (_, entries) = told(&scenario, &opening, Watch::Highlights);
        let found = most_interesting(&scenario, &entries, 4);
        // By a second hand, for decision-makers: blocked ties, then hires, then meetings.
        let count = |row: u32, of: &str| {
            let own = |entry: &&Entry| entry.who.decision_maker.0 == row;
            entries.iter().filter(own).filter(|entry| format!("{:?}", entry.what).starts_with(of)).count()
                as u32
        };
        let mut all: Vec<([u32; 3], u32)> = (0..scenario.decision_makers.count)
            .map(|row| ([count(row, "Blocks"), count(row, "Hired"), count(row, "Interview(")], row))
            .collect();
        all.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let best: Vec<(Subject, [u32; 3])> =
            all.iter().take(4).map(|&(score, row)| (Subject::DecisionMaker(row), score)).collect();
        let told: Vec<(Subject, [u32; 3])> = found[2].iter().map(|f| (f.subject, f.score)).collect();
        assert_eq!(told, best, "{name}");
        for kind in &found {
            assert!(kind.len() <= 4 && kind.windows(2).all(|pair| pair[0].score >= pair[1].score), "{name}");
        }
    }
}
