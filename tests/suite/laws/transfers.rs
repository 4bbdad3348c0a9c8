//! Transfers: what employers, employees, coaches and seekers paid each other, recomputed to the cent by a second, plain
//! hand from who was hired, coached and named on forms. Who is turned away by a lot is read off the cohort.

use introsim::week::tally::Channel;
use introsim::world::institutions::FormOf;
use introsim::world::ledger::{Party, Reason, Transfer};

use crate::life::{Life, changed, small};

fn cents(dollars: f64) -> i64 {
    format!("{:.0}", dollars * 100.0).parse().unwrap()
}

/// Purses, which are full again on taking a job; an entrant brings his own.
struct Purses {
    held: Vec<i64>,
    generations: Vec<u32>,
}

impl Purses {
    fn fill(&mut self, life: &Life) {
        let workers = &life.world.workers;
        let hired =
            life.pipeline.hires.iter().map(|&m| life.pipeline.meetings[m as usize].request.worker as usize);
        let by_lead = life.pipeline.leads.iter().map(|&worker| worker as usize);
        let entered = (0..workers.len()).filter(|&w| workers.generation[w] != self.generations[w]);
        for worker in hired.chain(by_lead).chain(entered) {
            self.held[worker] = workers.own_savings_cents[worker];
        }
        self.generations.clone_from(&workers.generation);
    }

    fn take(&mut self, worker: u32, amount: i64) -> bool {
        let held = &mut self.held[worker as usize];
        let can = *held >= amount;
        *held -= if can { amount } else { 0 };
        can
    }
}

/// Fees of the week: a share of the salary of each person hired on a submission and the fixed fee.
fn fees(life: &Life) -> Vec<Transfer> {
    let contract = &life.scenario.contract;
    let hired = life.pipeline.hires.iter().map(|&m| life.pipeline.meetings[m as usize].request);
    let submitted = hired.filter(|r| r.channel == Channel::Submitted);
    let fee = |r: introsim::week::pipeline::Request| Transfer {
        from: Party::Employer(r.decision_maker),
        to: Party::Seller(life.world.ties.introducer[r.tie.at()].0),
        reason: Reason::Fee,
        cents: cents(
            contract.share_of_salary * life.world.decision_makers.salary[r.decision_maker as usize]
                + contract.success_fee,
        ),
    };
    submitted.map(fee).collect()
}

/// Everybody who wants to be coached is in the week's cohort, where the lot has decided, or could not pay.
fn coaching(life: &Life, purses: &mut Purses, known: usize) -> Vec<Transfer> {
    let price = cents(life.scenario.coaching.price);
    let cohort = &life.world.market.as_ref().unwrap().coaching.cohort;
    let mut paid = Vec::new();
    let mut next = cohort[known..].iter().peekable();
    for &worker in &life.pipeline.coached {
        match next.next_if(|c| c.member.search.worker.0 == worker) {
            Some(coached) if coached.member.treated => {
                assert!(purses.take(worker, price), "worker {worker} was coached and could not pay");
                let (from, to) = (Party::Seeker(worker), Party::Coaches);
                paid.push(Transfer { from, to, reason: Reason::Coaching, cents: price });
            }
            Some(_) => {}
            None => {
                assert!(purses.held[worker as usize] < price, "worker {worker} could pay and was not coached")
            }
        }
    }
    assert!(next.next().is_none(), "somebody was coached who did not want it");
    paid
}

/// Prices of strangers' forms as far as savings reach, then a bonus for each hire on a form.
fn forms(life: &Life, purses: &mut Purses) -> Vec<Transfer> {
    let (price, bonus) =
        (cents(life.scenario.referral.stranger_price), cents(life.scenario.referral.employee_bonus));
    let mut paid = Vec::new();
    for form in life.pipeline.forms.iter().filter(|f| f.form == FormOf::Stranger && price > 0) {
        if purses.take(form.worker, price) {
            let (from, to) = (Party::Seeker(form.worker), Party::Employee(form.insider));
            paid.push(Transfer { from, to, reason: Reason::Form, cents: price });
        }
    }
    for request in life.pipeline.hires.iter().map(|&m| life.pipeline.meetings[m as usize].request) {
        let kind = match request.channel {
            Channel::Referred => FormOf::Friend,
            Channel::Stranger => FormOf::Stranger,
            _ => continue,
        };
        let insiders = life.pipeline.forms.iter().filter(|f| {
            (f.worker, f.decision_maker, f.form) == (request.worker, request.decision_maker, kind)
        });
        if bonus > 0 {
            let to = Party::Employee(insiders.map(|f| f.insider).min().unwrap());
            let from = Party::Employer(request.decision_maker);
            paid.push(Transfer { from, to, reason: Reason::Bonus, cents: bonus });
        }
    }
    paid
}

/// Balances by our own book: employers, employees, coaches, seekers, then each seller.
fn balances(transfers: &[Transfer], sellers: usize) -> Vec<i64> {
    let mut all = vec![0; 4 + sellers];
    let of = |party: Party| match party {
        Party::Employer(_) => 0,
        Party::Employee(_) => 1,
        Party::Coaches => 2,
        Party::Seeker(_) => 3,
        Party::Seller(row) => 4 + row as usize,
    };
    for t in transfers {
        all[of(t.from)] -= t.cents;
        all[of(t.to)] += t.cents;
    }
    all
}

/// Lives a market, compares every payment and every purse each week, and gives what was paid for each reason.
fn agree(name: &str, settings: &[&str]) -> [i64; 4] {
    let base = [
        "sellers.entry=closed",
        "sellers.share=25%",
        "workers.initial_unemployed=30%",
        "workers.savings_median=$2,000",
        "buyers.consider_rate=40%",
        "buyers.rating_weight=0",
        "contacts.ask_rate=0.3",
        "introducers.goodwill_value=$300",
        "decision_makers.vacancy_rate=0.3",
        "decision_makers.meeting_cost=$50",
        "employer.after_weeks=0",
        "employer.engages=0.6",
        "employer.found=5",
    ];
    let mut life = Life::opened(&changed(&changed(&small(), &base), settings));
    let mut purses = Purses {
        held: life.world.workers.savings_cents.clone(),
        generations: life.world.workers.generation.clone(),
    };
    let (mut paid, mut known) = (Vec::new(), 0);
    for week in 1..=80 {
        life.weeks(1);
        purses.fill(&life);
        let mut transfers = fees(&life);
        transfers.extend(coaching(&life, &mut purses, known));
        transfers.extend(forms(&life, &mut purses));
        let market = life.world.market.as_ref().unwrap();
        assert_eq!(market.ledger.transfers, transfers, "{name}, week {week}");
        assert_eq!(purses.held, life.world.workers.savings_cents, "{name}, week {week}");
        let sums = &life.tally.transfers;
        for (said, reason) in [
            (sums.employer_fees, Reason::Fee),
            (sums.bonuses, Reason::Bonus),
            (sums.forms, Reason::Form),
            (sums.coaching, Reason::Coaching),
        ] {
            let own: i64 = transfers.iter().filter(|t| t.reason == reason).map(|t| t.cents).sum();
            assert_eq!(cents(said), own, "{name}, week {week}, {reason:?}");
        }
        known = market.coaching.cohort.len();
        paid.extend(transfers);
        let ledger = &market.ledger;
        let accounts =
            [ledger.employers_cents, ledger.insiders_cents, ledger.coaches_cents, ledger.clients_cents];
        let accounts: Vec<i64> = accounts.into_iter().chain(ledger.sellers_cents.iter().copied()).collect();
        assert_eq!(balances(&paid, market.sellers.len()), accounts, "{name}, week {week}");
    }
    [Reason::Fee, Reason::Bonus, Reason::Form, Reason::Coaching]
        .map(|reason| paid.iter().filter(|t| t.reason == reason).map(|t| t.cents).sum())
}

#[test]
fn employers_pay_share_and_fee_of_every_hire_on_a_submission_and_seekers_pay_nothing() {
    let terms = ["contract.payer=employer", "contract.share_of_salary=17.3%", "contract.success_fee=$77.77"];
    for (name, among) in [("headhunters", "employer.among=all"), ("agencies", "employer.among=askers")] {
        let paid = agree(name, &[terms.as_slice(), &[among]].concat());
        assert!(paid[0] > 0 && paid[1..] == [0; 3], "{name}: {paid:?}");
    }
}

#[test]
fn bonuses_and_prices_of_forms_are_paid_once_to_the_employee_whose_form_it_was() {
    // Nobody sells, and a person without savings is not refused the form that he cannot pay for any more.
    let terms = [
        "sellers.entry=none",
        "sellers.share=0%",
        "referral.employee_bonus=$1,000.01",
        "referral.stranger_price=$33.33",
    ];
    let paid = agree("forms", &terms);
    assert!(paid[1] > 0 && paid[2] > 0 && paid[0] + paid[3] == 0, "{paid:?}");
}

#[test]
fn coaching_is_paid_once_by_those_whom_the_lot_lets_in() {
    let terms =
        ["sellers.entry=none", "sellers.share=0%", "coaching.price=$1,500", "coaching.networking_gain=20%"];
    let paid = agree("coaching", &terms);
    assert!(paid[3] > 0 && paid[..3] == [0; 3], "{paid:?}");
}

/// One purse for coaching and strangers' forms: who pays for the one may lack money for the other in the same week.
#[test]
fn all_institutions_together_pay_out_of_one_purse() {
    let paid = agree(
        "everything",
        &[
            "contract.payer=employer",
            "contract.share_of_salary=20%",
            "referral.employee_bonus=$500",
            "referral.stranger_price=$150",
            "coaching.price=$700",
            "coaching.resume_precision_gain=0.1",
            "workers.savings_median=$800",
            "disclosure.payment_known=false",
            "buyers.holdout=10%",
        ],
    );
    assert!(paid.iter().all(|&cents| cents > 0), "{paid:?}");
}
