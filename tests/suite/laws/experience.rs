//! Experience: running rates recomputed from the week's events. Several cases in a week, of which a share k/n went well,
//! move a rate r to r + (1 − (1 − w)ⁿ)(k/n − r).

use introsim::week::tally::Channel;

use crate::life::{Life, changed, small_paid};

fn moved(rate: f64, n: u32, k: u32) -> f64 {
    if n == 0 {
        return rate;
    }
    let kept: f64 = std::iter::repeat_n(1.0 - 0.02, n as usize).product();
    rate + (1.0 - kept) * (f64::from(k) / f64::from(n) - rate)
}

/// One seller in a busy market, four weeks of whose rates would be lost in an hour.
fn market() -> Life {
    Life::opened(&changed(
        &small_paid(),
        &[
            "introducers.count=4",
            "introducers.ties=40",
            "workers.initial_unemployed=30%",
            "buyers.consider_rate=1",
            "buyers.holdout=0%",
            "sellers.hours=168h",
            "decision_makers.vacancy_rate=0.3",
        ],
    ))
}

/// Meetings on a seller's requests: worker, desk, passed.
fn paid_meetings(life: &Life) -> Vec<(u32, usize, bool)> {
    let meetings = life.desk.meetings.iter().filter(|m| m.request.channel == Channel::Paid);
    meetings.map(|m| (m.request.worker, m.request.decision_maker as usize, m.passed())).collect()
}

#[test]
fn a_seller_learns_from_every_request_whether_it_was_met() {
    let mut life = market();
    let mut rate = 0.5;
    for week in 1..=60 {
        life.weeks(1);
        let n = life.desk.requests.iter().filter(|r| r.channel == Channel::Paid).count();
        rate = moved(rate, u32::try_from(n).unwrap(), u32::try_from(paid_meetings(&life).len()).unwrap());
        let found = life.world.market.as_ref().unwrap().sellers[0].acceptance;
        assert!((found - rate).abs() < 1e-12, "week {week}: {found}, by hand {rate}");
    }
    assert!((rate - 0.5_f64).abs() > 0.01, "nothing was learned: the test shows nothing");
}

/// Conversion is the share of passed interviews at a vacancy that end in a job. Where a better one took the seat, or the
/// client took another, the pass did not end in a job.
#[test]
fn a_seller_learns_from_every_pass_at_a_vacancy_whether_it_ended_in_a_job() {
    let mut life = market();
    let (mut rate, mut lost) = (0.7, 0);
    for week in 1..=60 {
        life.weeks(1);
        let request = |&m: &u32| life.desk.meetings[m as usize].request;
        let filled: Vec<usize> = life.desk.hires.iter().map(|m| request(m).decision_maker as usize).collect();
        let ours = life.desk.hires.iter().filter(|m| request(m).channel == Channel::Paid).count();
        // A desk had a vacancy at the meeting if it still has one or has filled it this week.
        let vacant = |row: usize| life.world.decision_makers.open.has(row) || filled.contains(&row);
        let passed = paid_meetings(&life).iter().filter(|(_, row, passed)| *passed && vacant(*row)).count();
        lost += passed - ours;
        rate = moved(rate, u32::try_from(passed).unwrap(), u32::try_from(ours).unwrap());
        let found = life.world.market.as_ref().unwrap().sellers[0].conversion;
        assert!((found - rate).abs() < 1e-12, "week {week}: {found}, by hand {rate}");
    }
    assert!(lost > 3, "no pass was lost to another: the test shows little");
}
