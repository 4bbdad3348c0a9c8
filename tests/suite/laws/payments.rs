//! Payments: what every client paid and got back, recomputed from what happened to him by a second, plain hand.
//!
//! Each week the test looks at who signed, who was introduced, who was hired and who still searches, keeps purses of its
//! own, and carries out the contract. At the end every account must agree to the cent.

use std::collections::BTreeMap;

use introsim::scenario::Contract;
use introsim::week::tally::Channel;
use introsim::world::market::Member;

use crate::life::{Life, changed, small_paid};

fn cents(dollars: f64) -> i64 {
    format!("{:.0}", dollars * 100.0).parse().unwrap()
}

/// What one client paid, by our own book.
#[derive(Clone, Debug, Default, PartialEq)]
struct Account {
    upfront: i64,
    introductions: i64,
    retainers: i64,
    placement: i64,
    refunded: i64,
    settled: bool,
}

impl Account {
    fn before_placement(&self) -> i64 {
        self.upfront + self.introductions + self.retainers
    }
}

/// Our own books.
#[derive(Default)]
struct Books {
    accounts: Vec<Account>,
    sellers: Vec<i64>,
    bonds: Vec<i64>,
    lost: i64,
    purses: Vec<i64>,
    generations: Vec<u32>,
}

/// Purses are full again on taking a job, and an entrant brings his own.
fn fill_purses(life: &Life, books: &mut Books) {
    let workers = &life.world.workers;
    let hired =
        life.pipeline.hires.iter().map(|&m| life.pipeline.meetings[m as usize].request.worker as usize);
    let by_lead = life.pipeline.leads.iter().map(|&worker| worker as usize);
    let entered = (0..workers.len()).filter(|&w| workers.generation[w] != books.generations[w]);
    for worker in hired.chain(by_lead).chain(entered) {
        books.purses[worker] = workers.own_savings_cents[worker];
    }
    books.generations.clone_from(&workers.generation);
}

/// Takes an amount out of a client's purse if he has it.
fn take(books: &mut Books, member: &Member, amount: i64) -> bool {
    let held = &mut books.purses[member.search.worker.at()];
    let can = *held >= amount;
    if can {
        *held -= amount;
        books.sellers[member.seller as usize] += amount;
    }
    can
}

/// Whether a client still searches, in the search in which he signed.
fn searches(life: &Life, member: &Member) -> bool {
    let worker = member.search.worker.at();
    life.world.workers.is_seeking(worker) && life.world.workers.searches[worker] == member.search.number
}

/// Carries out the contract for one week that has just been lived.
fn execute(life: &Life, contract: &Contract, books: &mut Books, represented: &[usize]) {
    let market = life.world.market.as_ref().unwrap();
    fill_purses(life, books);
    // Signings of this week.
    let first_new = books.accounts.len();
    books.accounts.resize(market.cohort.len(), Account::default());
    let mut clients: Vec<usize> = represented.to_vec();
    for row in first_new..market.cohort.len() {
        let member = market.cohort[row];
        books.accounts[row].settled = contract.guarantee_weeks == 0 || !member.treated;
        if member.treated {
            clients.push(row);
            let amount = cents(contract.upfront);
            if take(books, &member, amount) {
                books.accounts[row].upfront += amount;
            }
        }
    }
    // Introductions held, real ones and shams.
    let client_of = |seller: u32, worker: u32| {
        let is = |&&row: &&usize| {
            market.cohort[row].seller == seller && market.cohort[row].search.worker.0 == worker
        };
        *clients.iter().filter(is).max().unwrap()
    };
    let real = life.pipeline.meetings.iter().filter(|m| m.request.channel == Channel::Paid);
    let introduced =
        real.map(|m| client_of(life.world.ties.introducer[m.request.tie.at()].0, m.request.worker));
    let staged = life.pipeline.shams.iter().map(|(_, member)| *member);
    for row in introduced.chain(staged) {
        let amount = cents(contract.per_introduction);
        if take(books, &market.cohort[row], amount) {
            books.accounts[row].introductions += amount;
        }
    }
    // Placements and retainers.
    let paid_hires = life.pipeline.hires.iter().map(|&m| life.pipeline.meetings[m as usize].request);
    let mut placed = BTreeMap::new();
    for request in paid_hires.filter(|r| r.channel == Channel::Paid) {
        let salary = life.world.decision_makers.salary[request.decision_maker as usize];
        let row = client_of(life.world.ties.introducer[request.tie.at()].0, request.worker);
        placed.insert(row, cents(contract.share_of_salary * salary + contract.success_fee));
    }
    clients.sort_unstable();
    for &row in &clients {
        let member = market.cohort[row];
        if let Some(&fee) = placed.get(&row) {
            // Out of the new salary, not out of savings.
            books.accounts[row].placement += fee;
            books.accounts[row].settled = true;
            books.sellers[member.seller as usize] += fee;
        } else if searches(life, &member) && take(books, &member, cents(contract.retainer_per_week)) {
            books.accounts[row].retainers += cents(contract.retainer_per_week);
        }
    }
    books.sellers.iter_mut().enumerate().for_each(|(row, account)| {
        let shams = life.pipeline.shams.iter().filter(|(seller, _)| *seller as usize == row).count();
        *account -= cents(life.scenario.sham.cost) * i64::try_from(shams).unwrap();
    });
    settle(life, contract, books);
}

/// Guarantees: in the order of signing, from what the seller has, then from his bond.
fn settle(life: &Life, contract: &Contract, books: &mut Books) {
    for row in 0..books.accounts.len() {
        let member = life.world.market.as_ref().unwrap().cohort[row];
        if books.accounts[row].settled {
            continue;
        }
        if !searches(life, &member) {
            books.accounts[row].settled = true;
        } else if life.world.week >= member.week + contract.guarantee_weeks {
            let due = books.accounts[row].before_placement();
            let seller = member.seller as usize;
            let cash = due.min(books.sellers[seller].max(0));
            let bond = (due - cash).min(books.bonds[seller]);
            books.sellers[seller] -= cash;
            books.bonds[seller] -= bond;
            books.purses[member.search.worker.at()] += cash + bond;
            books.accounts[row].refunded = cash + bond;
            books.accounts[row].settled = true;
            books.lost += due - cash - bond;
        }
    }
}

/// Lives a market and compares all accounts with our own books every week.
fn agree(name: &str, settings: &[&str]) -> Books {
    let base = ["buyers.consider_rate=40%", "contract.share_of_salary=0%", "workers.initial_unemployed=15%"];
    let mut life = Life::opened(&changed(&changed(&small_paid(), &base), settings));
    let contract = life.scenario.contract.clone();
    let n = life.world.introducers.len();
    let mut books = Books {
        sellers: vec![0; n],
        bonds: vec![cents(life.scenario.sellers.bond); n],
        purses: life.world.workers.own_savings_cents.clone(),
        generations: life.world.workers.generation.clone(),
        ..Books::default()
    };
    for week in 1..=90 {
        let sellers = &life.world.market.as_ref().unwrap().sellers;
        let represented: Vec<usize> =
            sellers.iter().flat_map(|s| s.clients.iter().map(|c| c.member)).collect();
        life.week().unwrap();
        execute(&life, &contract, &mut books, &represented);
        let market = life.world.market.as_ref().unwrap();
        for (row, (ours, theirs)) in books.accounts.iter().zip(&market.cohort).enumerate() {
            let theirs =
                (theirs.prepaid_cents, theirs.placement_cents, theirs.refunded_cents, theirs.settled);
            let mine = (ours.before_placement(), ours.placement, ours.refunded, ours.settled);
            assert_eq!(mine, theirs, "{name}, week {week}, client {row}: {:?}", market.cohort[row]);
        }
        assert_eq!(books.purses, life.world.workers.savings_cents, "{name}, week {week}");
        assert_eq!(books.sellers, market.ledger.sellers_cents, "{name}, week {week}");
        assert!(market.sellers.iter().zip(&books.bonds).all(|(s, bond)| s.bond_cents == *bond), "{name}");
    }
    books
}

fn total(books: &Books, of: impl Fn(&Account) -> i64) -> i64 {
    books.accounts.iter().map(of).sum()
}

#[test]
fn money_due_at_signing_is_paid_once_by_every_client() {
    let books = agree("upfront", &["contract.upfront=$300"]);
    let signed = books.accounts.iter().filter(|a| a.upfront > 0).count();
    assert!(signed > 20 && total(&books, |a| a.upfront) == 30_000 * i64::try_from(signed).unwrap());
}

#[test]
fn introductions_are_paid_for_when_held_real_or_sham_and_affordable() {
    let shams = ["contract.per_introduction=$300", "sellers.integrity_mean=$0", "sham.found_out=1%"];
    assert!(total(&agree("shams", &shams), |a| a.introductions) > 0);
    // Few expect many introductions, and pay for more of them than they have savings for.
    let dear =
        ["contract.per_introduction=$150", "sellers.integrity_mean=$1,000,000", "sellers.pitches_per_week=6"];
    assert!(total(&agree("dear", &dear), |a| a.introductions) > 0);
}

#[test]
fn a_placement_pays_share_and_fee_once() {
    let terms = [
        "contract.share_of_salary=12.5%",
        "contract.success_fee=$77.77",
        "introducers.hears_of_vacancy=1",
        "sellers.share=100%",
    ];
    let books = agree("placement", &terms);
    assert!(books.accounts.iter().filter(|a| a.placement > 0).count() > 5);
}

#[test]
fn retainers_are_paid_weekly_while_the_client_searches_and_can_pay() {
    let books = agree("retainer", &["contract.retainer_per_week=$120", "sellers.representation=20 weeks"]);
    assert!(books.accounts.iter().any(|a| a.retainers > 12_000));
}

#[test]
fn a_guarantee_gives_back_all_that_was_paid_as_far_as_account_and_bond_reach() {
    let terms = ["contract.upfront=$900", "contract.guarantee_weeks=6 weeks"];
    let books = agree("guarantee", &terms);
    assert!(total(&books, |a| a.refunded) > 0 && books.lost == 0);
    let poor = agree(
        "guarantee of the poor",
        &[
            terms.as_slice(),
            &[
                "contract.per_introduction=$200",
                "sham.cost=$190",
                "sham.hours=0h",
                "sham.found_out=0%",
                "sellers.integrity_mean=$0",
                "sellers.bond=$500",
                // A real introduction takes more time than it pays for: everybody stages shams.
                "sellers.pitch_hours=2h",
            ],
        ]
        .concat(),
    );
    assert!(total(&poor, |a| a.refunded) > 0);
    assert!(poor.lost > 0, "nobody was short: the test shows little");
}

#[test]
fn a_contract_of_everything_pays_every_part() {
    let books = agree(
        "everything",
        &[
            "contract.upfront=$150",
            "contract.per_introduction=$25",
            "contract.share_of_salary=5%",
            "contract.success_fee=$333.33",
            "contract.retainer_per_week=$19.99",
            "contract.guarantee_weeks=9 weeks",
            "buyers.holdout=50%",
            "disclosure.payment_known=false",
            "sellers.integrity_mean=$10",
            "sellers.pitch_hours=2h",
            "beliefs.trust_mean=0.3",
        ],
    );
    for (part, paid) in [
        ("upfront", total(&books, |a| a.upfront)),
        ("introductions", total(&books, |a| a.introductions)),
        ("placement", total(&books, |a| a.placement)),
        ("retainers", total(&books, |a| a.retainers)),
        ("refunds", total(&books, |a| a.refunded)),
    ] {
        assert!(paid > 0, "nothing was paid for {part}: the test shows little");
    }
}

/// A row whose person leaves the labour force goes to an entrant at once, who may sign with the same seller in the same
/// week: what he owes is his, not his predecessor's.
#[test]
fn an_entrant_pays_his_own_bills_and_not_those_of_the_person_before_him() {
    let books = agree(
        "turnover",
        &[
            "workers.leave_after=0 weeks",
            "workers.leave_unemployed=0.4",
            "buyers.consider_rate=1",
            "buyers.holdout=0%",
            "introducers.count=4",
            "sellers.entry=closed",
            "sellers.share=25%",
            "sellers.hours=168h",
            "contract.per_introduction=$1",
            "contract.success_fee=$500",
            "sellers.integrity_mean=$1,000,000",
        ],
    );
    assert!(total(&books, |a| a.introductions) > 0);
}
