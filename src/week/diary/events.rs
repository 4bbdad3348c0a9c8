//! What a diary can tell: everything that can happen in a life, with the reasons that those who decide have.

use crate::ids::DecisionMakerId;
use crate::week::tally::Channel;
use crate::world::World;
use crate::world::institutions::FormOf;
use crate::world::ledger::{Cause, Reason};

/// What can happen in a life.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// A job ends; the decision-maker is the employer, if he had one here.
    LosesJob,
    /// An employed worker starts to look.
    StartsLooking,
    /// He stops.
    StopsLooking,
    /// A person leaves the labour force.
    Leaves,
    /// Another takes the row.
    Enters(Portrait),
    /// A vacancy opens.
    Opens,
    /// A vacancy lapses.
    Lapses,
    /// A seeker gets to know an introducer.
    Knows,
    /// A seeker asks an introducer he knows.
    Asks(Answer),
    /// A seeker asks an employee for a form.
    AsksForForm {
        /// A friend, or a stranger who is offered money.
        form: FormOf,
        /// The employee's row.
        insider: u32,
        /// He hands it in.
        agrees: bool,
    },
    /// A seeker considers to buy from a seller.
    Considers(Thought),
    /// A seller decides about an applicant.
    Screened(Screened),
    /// A seller stages an introduction with an actor.
    Sham {
        /// It is found out.
        found_out: bool,
    },
    /// A decision-maker engages a seller to fill her vacancy.
    Engages,
    /// A request reaches a decision-maker, and she answers.
    Request(Review),
    /// A meeting is held.
    Interview(Interview),
    /// A decision-maker hears from another how the introducer's client did with her.
    Hears {
        /// Who tells her.
        teller: DecisionMakerId,
        /// He passed.
        passed: bool,
    },
    /// The best who passed is offered the job.
    Offer(Offer),
    /// A worker takes a job; of outside jobs there is no decision-maker.
    Hired {
        /// How they came together.
        channel: Channel,
        /// The new salary, dollars a year.
        salary: f64,
        /// The present or last one, dollars a year.
        before: f64,
        /// He had no job.
        was_out: bool,
    },
    /// Money between client and seller; a refund flows back.
    Pays {
        /// Why.
        cause: Cause,
        /// How much, cents.
        cents: i64,
    },
    /// Money that does not flow between a client and a seller; of forms and bonuses the employee is named.
    Transfer {
        /// Why.
        reason: Reason,
        /// How much, cents.
        cents: i64,
        /// Row of the employee who receives it.
        insider: Option<u32>,
    },
    /// A refund is due that no account can pay.
    LosesRefund {
        /// How much, cents.
        cents: i64,
    },
    /// A seeker wants to be coached, and is, or is turned away by lot.
    Coached {
        /// The lot.
        held_out: bool,
    },
    /// A representation ends.
    Ends(End),
    /// A decision-maker blocks a tie.
    Blocks {
        /// What is left of goodwill.
        goodwill: f64,
    },
    /// A blocked tie opens again.
    Reopens {
        /// The seller's work, not the course of time.
        rebuilt: bool,
    },
    /// Strangers are sent through a tie, in the experiment that bombards.
    Bombarded {
        /// How many.
        requests: u32,
    },
    /// What a seller's week brought.
    Books(Books),
    /// A seller stops.
    StopsSelling(Stops),
    /// An introducer begins to sell.
    BeginsSelling(Begins),
}

/// Who a worker is, at the opening or when he enters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Portrait {
    /// True ability, sd: for the observer alone.
    pub true_ability: f64,
    /// Ability as he feels it, sd.
    pub felt_ability: f64,
    /// Networking, relative to the median.
    pub networking: f64,
    /// Usual salary, dollars a year.
    pub usual_salary: f64,
    /// Present or last salary, dollars a year.
    pub salary: f64,
    /// Savings, cents.
    pub savings_cents: i64,
    /// Out of work.
    pub unemployed: bool,
    /// Employed and looking.
    pub looking: bool,
    /// Weeks out of work.
    pub weeks_out: u32,
}

impl Portrait {
    /// A worker as he is now.
    #[must_use]
    pub fn of(world: &World, worker: usize) -> Self {
        let w = &world.workers;
        Self {
            true_ability: w.true_ability[worker],
            felt_ability: w.felt_ability[worker],
            networking: w.networking[worker],
            usual_salary: w.usual_salary[worker],
            salary: w.salary[worker],
            savings_cents: w.savings_cents[worker],
            unemployed: w.unemployed.has(worker),
            looking: w.looking.has(worker),
            weeks_out: w.weeks_out(worker, world.week),
        }
    }
}

/// What an introducer who was asked does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// He makes a request to the decision-maker of the entry.
    Helps,
    /// The one who asks is his client.
    OwnClient,
    /// No tie of his leads to a fitting vacancy; `blocked`: one would, were it not blocked.
    NoWay {
        /// A blocked tie leads to one.
        blocked: bool,
    },
    /// One does, but he has not heard of it.
    NoNews,
    /// One does, but he fears for his name.
    NotWorthIt,
}

/// What a seeker thinks of buying; dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Thought {
    /// He applies.
    Applies {
        /// What he expects of it.
        benefit: f64,
        /// What he expects to pay.
        price: f64,
    },
    /// It is too dear.
    TooDear {
        /// What he expects of it.
        benefit: f64,
        /// What he expects to pay.
        price: f64,
    },
    /// He cannot pay what is due before a placement.
    CannotPay {
        /// What is due.
        due: f64,
        /// His savings, cents.
        savings_cents: i64,
    },
    /// The best rated of those he compares has turned him down in this search.
    TurnedDownBefore,
}

/// What a seller decides about an applicant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screened {
    /// The decision.
    pub decision: Decision,
    /// Hours spent on him this week.
    pub hours: f64,
    /// What the seller now believes of his ability, sd; nothing where he did not look.
    pub belief: Option<f64>,
}

/// A seller's decision about an applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// He is represented from now on.
    Signed,
    /// He is good enough, and turned away by lot.
    HeldOut,
    /// He is turned down.
    TurnedDown,
    /// He has waited too long.
    GivenUp,
}

/// A request and the answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Review {
    /// By which way it came.
    pub channel: Channel,
    /// What she does.
    pub verdict: Verdict,
    /// What a meeting is worth to her, dollars.
    pub value: f64,
    /// The same if she had a vacancy.
    pub with_vacancy: f64,
    /// The same if goodwill on the tie were full.
    pub with_goodwill: f64,
    /// She has a vacancy.
    pub vacant: bool,
    /// What she believes of people who come that way: quality minus bar, sd.
    pub trust: f64,
    /// What she believes of this one after the résumé: quality minus bar, sd.
    pub expected: f64,
}

/// What a decision-maker does about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// She meets on it.
    Meets,
    /// She meets the same person on another request.
    MeetsOtherwise,
    /// A meeting is worth less than its cost.
    NotWorthIt,
    /// It would be worth it, but others are worth more and she has no time left.
    NoTime,
    /// She has more mail than she reads.
    Unread,
}

/// A meeting that was held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interview {
    /// By which way it came about.
    pub channel: Channel,
    /// What she expected: quality minus bar, sd.
    pub expected: f64,
    /// What it showed, sd.
    pub shown: f64,
    /// What she believes now, fees counted, sd; he passes from 0.
    pub posterior: f64,
    /// She has a vacancy.
    pub vacant: bool,
}

impl Interview {
    /// Whether the person passed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.posterior >= 0.0
    }
}

/// An offer and the answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    /// By which way it came about.
    pub channel: Channel,
    /// Dollars a year.
    pub salary: f64,
    /// The least that he accepts, dollars a year.
    pub lowest: f64,
    /// A better one came in the same week.
    pub outbid: bool,
}

impl Offer {
    /// Whether it is taken.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        !self.outbid && self.salary >= self.lowest
    }
}

/// Why a representation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The seller placed the client.
    Placed,
    /// One of the seller's shams was found out.
    Exposed,
    /// The client could not pay what was due.
    OutOfMoney,
    /// The client no longer searches.
    SearchOver,
    /// The client has left the labour force.
    Gone,
    /// Its weeks are over.
    Expired,
    /// The seller has stopped.
    SellerStopped,
}

/// Why a seller stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stops {
    /// He expects to lose by going on.
    ExpectsLoss,
    /// He has lost as much as he can.
    PurseEmpty,
}

/// How an introducer begins to sell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begins {
    /// He has sold before.
    pub again: bool,
    /// He tries it whatever he expects; otherwise he expects to gain.
    pub tries: bool,
}

/// What a seller's week brought; dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Books {
    /// Fees.
    pub fees: f64,
    /// Refunds.
    pub refunds: f64,
    /// Paid to others.
    pub costs: f64,
    /// Hours worked.
    pub hours: f64,
    /// Hours of being open.
    pub open_hours: f64,
    /// Social capital spent.
    pub social_capital: f64,
    /// Profit as he counts it.
    pub profit: f64,
    /// What he expects of a week of selling from now on.
    pub expects: f64,
    /// He sold this week.
    pub active: bool,
}
