//! Experience: running rates recomputed from the week's events. Several cases in a week, of which a share k/n went well,
//! move a rate r to r + (1 − (1 − w)ⁿ)(k/n − r).

use introsim::week::tally::Channel;

use crate::life::{Life, changed, small_paid};

fn moved(rate: f64, n: u32, k: u32) -> f64 {
    if n == 0 { rate } else { drawn(rate, 0.02, n, f64::from(k) / f64::from(n)) }
}

/// A running mean after n cases of weight w with a mean outcome.
fn drawn(rate: f64, weight: f64, n: u32, mean: f64) -> f64 {
    let kept: f64 = std::iter::repeat_n(1.0 - weight, n as usize).product();
    rate + (1.0 - kept) * (mean - rate)
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

/// The row of the one who sells.
fn the_row(life: &Life) -> usize {
    life.world.ever_sold().next().unwrap()
}

fn the_seller(life: &Life) -> &introsim::world::market::Seller {
    &life.world.market.as_ref().unwrap().sellers[the_row(life)]
}

/// Meetings on a seller's requests: worker, desk, passed.
fn paid_meetings(life: &Life) -> Vec<(u32, usize, bool)> {
    let meetings = life.pipeline.meetings.iter().filter(|m| m.request.channel == Channel::Paid);
    meetings.map(|m| (m.request.worker, m.request.decision_maker as usize, m.passed())).collect()
}

#[test]
fn a_seller_learns_from_every_request_whether_it_was_met() {
    let mut life = market();
    let (mut rate, mut farthest) = (0.5_f64, 0.0_f64);
    for week in 1..=60 {
        life.weeks(1);
        let n = life.pipeline.requests.iter().filter(|r| r.channel == Channel::Paid).count();
        rate = moved(rate, u32::try_from(n).unwrap(), u32::try_from(paid_meetings(&life).len()).unwrap());
        let found = the_seller(&life).acceptance;
        assert!((found - rate).abs() < 1e-12, "week {week}: {found}, by hand {rate}");
        farthest = farthest.max((rate - 0.5).abs());
    }
    assert!(farthest > 0.01, "nothing was learned: the test shows nothing");
}

/// A representation ends placed by the seller (1) or otherwise (0): rating with weight 0.05, uplift with weight 0.05 on
/// the mean ln(new/previous salary) of the week's placements, and introductions held per representation.
#[test]
fn ratings_move_by_the_representations_that_end_and_uplifts_by_the_placements() {
    let mut life = market();
    let start = life.world.market.as_ref().unwrap().clone();
    let (mut rating, mut uplift, mut held) = (0.5, the_seller(&life).uplift, start.introductions);
    assert!((held - 2.0 * 12.0 * 0.5_f64).abs() < 1e-12, "two pitches, twelve weeks, half of them met");
    let row = the_row(&life);
    let mut placements = 0;
    for week in 1..=60 {
        let market = life.world.market.as_ref().unwrap();
        let mut members: Vec<usize> = market.sellers[row].clients.iter().map(|c| c.member).collect();
        let known = market.cohort.len();
        let before = life.world.workers.clone();
        life.weeks(1);
        let market = life.world.market.as_ref().unwrap();
        members.extend(known..market.cohort.len());
        members.retain(|member| market.sellers[row].clients.iter().all(|c| c.member != *member));
        let hires = life.pipeline.hires.iter().map(|&m| life.pipeline.meetings[m as usize].request);
        let logs: Vec<f64> = hires
            .filter(|r| r.channel == Channel::Paid)
            .map(|r| {
                let salary = life.world.decision_makers.salary[r.decision_maker as usize];
                let (workers, w) = (&life.world.workers, r.worker as usize);
                // One who entered this week has not had a salary but his usual one.
                let entered = workers.generation[w] != before.generation[w];
                let previous = if entered { workers.usual_salary[w] } else { before.salary[w] };
                introsim::maths::ln(salary / previous)
            })
            .collect();
        let (ended, placed) = (u32::try_from(members.len()).unwrap(), u32::try_from(logs.len()).unwrap());
        if ended > 0 {
            rating = drawn(rating, 0.05, ended, f64::from(placed) / f64::from(ended));
            let introductions: u32 = members.iter().map(|&m| market.cohort[m].introductions_held).sum();
            held = drawn(held, 0.05, ended, f64::from(introductions) / f64::from(ended));
        }
        if placed > 0 {
            uplift = drawn(uplift, 0.05, placed, logs.iter().sum::<f64>() / f64::from(placed));
        }
        placements += placed;
        let seller = &market.sellers[row];
        assert!((seller.rating - rating).abs() < 1e-12, "week {week}: {}, by hand {rating}", seller.rating);
        assert!((seller.uplift - uplift).abs() < 1e-12, "week {week}: {}, by hand {uplift}", seller.uplift);
        assert!(
            (market.introductions - held).abs() < 1e-12,
            "week {week}: {}, by hand {held}",
            market.introductions
        );
    }
    assert!(placements > 5, "only {placements} placements: the test shows little");
}

/// The clients' gain is measured on this: everybody accepted, treated or held out alike, is followed for 52 weeks, at
/// his salary in work and at 40 % of his usual one out of it; one who has left the labour force counts as out of work.
#[test]
fn incomes_of_the_accepted_are_followed_for_a_year_whoever_they_became() {
    let mut life = Life::opened(&changed(
        &small_paid(),
        &[
            "buyers.consider_rate=1",
            "buyers.holdout=50%",
            "workers.leave_unemployed=0.1",
            "workers.count=500",
            "workers.leave_after=1",
            "contract.share_of_salary=5%",
        ],
    ));
    let mut incomes: Vec<(f64, u32)> = Vec::new();
    for _ in 0..120 {
        life.weeks(1);
        let (world, workers) = (&life.world, &life.world.workers);
        let cohort = &world.market.as_ref().unwrap().cohort;
        for (member, (income, weeks)) in cohort.iter().zip(&mut incomes).filter(|(_, (_, weeks))| *weeks < 52)
        {
            let w = member.search.worker.at();
            let works = workers.generation[w] == member.generation && !workers.unemployed.has(w);
            *income += if works { workers.salary[w] } else { 0.4 * member.usual_salary } / 52.0;
            *weeks += 1;
        }
        // Those accepted this week are followed from the next one on.
        incomes.resize(cohort.len(), (0.0, 0));
        for (row, (member, (income, weeks))) in cohort.iter().zip(&incomes).enumerate() {
            assert_eq!(member.followed, *weeks, "member {row}");
            assert!(
                (member.income - income).abs() < 1e-6,
                "member {row}: {}, by hand {income}",
                member.income
            );
        }
    }
    let cohort = &life.world.market.as_ref().unwrap().cohort;
    let left = |m: &&introsim::world::market::Member| {
        life.world.workers.generation[m.search.worker.at()] != m.generation
    };
    assert!(cohort.len() > 50 && cohort.iter().filter(left).count() > 5, "the test shows little");
}

/// Conversion is the share of passed interviews at a vacancy that end in a job. Where a better one took the seat, or the
/// client took another, the pass did not end in a job.
#[test]
fn a_seller_learns_from_every_pass_at_a_vacancy_whether_it_ended_in_a_job() {
    let mut life = market();
    let (mut rate, mut lost) = (0.7, 0);
    for week in 1..=60 {
        life.weeks(1);
        let request = |&m: &u32| life.pipeline.meetings[m as usize].request;
        let filled: Vec<usize> =
            life.pipeline.hires.iter().map(|m| request(m).decision_maker as usize).collect();
        let ours = life.pipeline.hires.iter().filter(|m| request(m).channel == Channel::Paid).count();
        // A desk had a vacancy at the meeting if it still has one or has filled it this week.
        let vacant = |row: usize| life.world.decision_makers.open.has(row) || filled.contains(&row);
        let passed = paid_meetings(&life).iter().filter(|(_, row, passed)| *passed && vacant(*row)).count();
        lost += passed - ours;
        rate = moved(rate, u32::try_from(passed).unwrap(), u32::try_from(ours).unwrap());
        let found = the_seller(&life).conversion;
        assert!((found - rate).abs() < 1e-12, "week {week}: {found}, by hand {rate}");
    }
    assert!(lost > 3, "no pass was lost to another: the test shows little");
}

/// Shares of forms: of all handed in those met, of passes at a vacancy those that ended in a job, for friends and for
/// strangers; and of strangers' forms those that ended in a job, which seekers go by.
#[test]
fn shares_of_forms_move_by_the_forms_met_and_the_jobs_they_led_to() {
    let mut life = Life::opened(&changed(
        &small_paid(),
        &[
            "sellers.entry=none",
            "sellers.share=0%",
            "referral.employee_bonus=$2,000",
            "referral.stranger_price=$20",
            "introducers.goodwill_value=$100",
            "contacts.ask_rate=0.5",
            "workers.initial_unemployed=40%",
            "decision_makers.vacancy_rate=0.3",
            "decision_makers.meeting_cost=$100",
            "buyers.consider_rate=50%",
            "buyers.rating_weight=0.01",
            // Not the weight by which introducers learn.
            "introducers.experience_weight=0.05",
        ],
    ));
    let (mut met_share, mut job_share, mut rating) = ([0.5; 2], [0.7; 2], 0.5);
    let (mut forms, mut jobs) = ([0; 2], [0; 2]);
    for week in 1..=60 {
        life.weeks(1);
        for (kind, channel) in [Channel::Referred, Channel::Stranger].into_iter().enumerate() {
            let n = u32::try_from(life.pipeline.requests.iter().filter(|r| r.channel == channel).count())
                .unwrap();
            let meetings = || life.pipeline.meetings.iter().filter(|m| m.request.channel == channel);
            let met = u32::try_from(meetings().count()).unwrap();
            // All forms are for vacancies.
            let passed = u32::try_from(meetings().filter(|m| m.passed()).count()).unwrap();
            let hires = life.pipeline.hires.iter().map(|&m| life.pipeline.meetings[m as usize].request);
            let hired = u32::try_from(hires.filter(|r| r.channel == channel).count()).unwrap();
            met_share[kind] = moved(met_share[kind], n, met);
            job_share[kind] = moved(job_share[kind], passed, hired);
            if kind == 1 && n > 0 {
                rating = drawn(rating, 0.01, n, f64::from(hired) / f64::from(n));
            }
            forms[kind] += n;
            jobs[kind] += hired;
        }
        let found = &life.world.market.as_ref().unwrap().forms;
        for kind in 0..2 {
            assert!((found.acceptance[kind] - met_share[kind]).abs() < 1e-12, "week {week}, kind {kind}");
            assert!((found.conversion[kind] - job_share[kind]).abs() < 1e-12, "week {week}, kind {kind}");
        }
        assert!((found.rating - rating).abs() < 1e-12, "week {week}: {}, by hand {rating}", found.rating);
    }
    assert!(
        forms.iter().all(|&n| n > 50) && jobs.iter().all(|&n| n > 2),
        "{forms:?}, {jobs:?}: shows little"
    );
}

/// Where employers pay, a time on a seller's list is a case of his rating: 1 if it ended with a hire on a submission of
/// his. Of one seller all who asked are on the list or have left it, and all he submits had asked him.
#[test]
fn a_seller_whom_employers_pay_is_rated_by_those_who_asked_him() {
    let mut life = Life::opened(&changed(
        &small_paid(),
        &[
            "contract.payer=employer",
            "employer.among=askers",
            "employer.after_weeks=0",
            "employer.engages=1",
            "employer.found=3",
            "sellers.near=2 sd",
            "sellers.representation=9 weeks",
            "introducers.count=4",
            "introducers.ties=40",
            "workers.initial_unemployed=30%",
            "buyers.consider_rate=50%",
            "decision_makers.vacancy_rate=0.3",
            "decision_makers.meeting_cost=$100",
            "beliefs.trust_mean=0",
        ],
    ));
    let count = |n: usize| u32::try_from(n).unwrap();
    let on_the_list = |life: &Life| count(the_seller(life).applicants.len());
    let (mut rating, mut cases, mut jobs) = (0.5, 0, 0);
    for week in 1..=60 {
        let before = on_the_list(&life);
        life.weeks(1);
        let ended = before + life.tally.applicants.n - on_the_list(&life);
        let hired = life.pipeline.hires.iter().map(|&m| life.pipeline.meetings[m as usize].request);
        let placed = count(hired.filter(|r| r.channel == Channel::Submitted).count());
        if ended > 0 {
            rating = drawn(rating, 0.05, ended, f64::from(placed) / f64::from(ended));
        }
        let seller = the_seller(&life);
        assert!((seller.rating - rating).abs() < 1e-12, "week {week}: {}, by hand {rating}", seller.rating);
        let oldest = seller.applicants.iter().map(|a| a.since).min().unwrap_or(life.world.week);
        // The week of asking is the first of nine; the last week's are gone at its end.
        assert!(life.world.week - oldest < 8, "week {week}: one asked in week {oldest}");
        assert_eq!(life.tally.askers_placed, placed, "week {week}");
        (cases, jobs) = (cases + ended, jobs + placed);
    }
    assert!(cases > 100 && jobs > 10, "{cases} cases, {jobs} jobs: the test shows little");
}
