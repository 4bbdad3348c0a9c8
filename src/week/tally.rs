//! The tally of a week: counts and sums from which every column of the weekly table is made.

use crate::world::institutions::FormOf;

/// The way by which a person and a job come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Channel {
    /// A seeker writes to a decision-maker.
    Cold = 0,
    /// A friend, or his own ears, tell him of an outside job.
    Lead = 1,
    /// An introducer he knows helps for nothing.
    Organic = 2,
    /// A seller introduces his client.
    Paid = 3,
    /// A seller submits somebody to an employer who engaged him.
    Submitted = 4,
    /// An employee hands in a friend's form.
    Referred = 5,
    /// An employee hands in the form of a stranger who pays him.
    Stranger = 6,
}

/// Number of channels.
pub const CHANNELS: usize = 7;

impl Channel {
    /// All channels, in the order of their numbers.
    pub const ALL: [Self; CHANNELS] =
        [Self::Cold, Self::Lead, Self::Organic, Self::Paid, Self::Submitted, Self::Referred, Self::Stranger];

    /// Name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cold => "cold",
            Self::Lead => "lead",
            Self::Organic => "organic",
            Self::Paid => "paid",
            Self::Submitted => "submitted",
            Self::Referred => "referred",
            Self::Stranger => "stranger",
        }
    }

    /// Which of a person's requests of equal value a decision-maker takes: the lower.
    #[must_use]
    pub const fn precedence(self) -> u8 {
        match self {
            Self::Organic => 0,
            Self::Submitted => 1,
            Self::Paid => 2,
            Self::Referred => 3,
            Self::Stranger => 4,
            Self::Cold | Self::Lead => 5,
        }
    }

    /// A seller stands behind the request, whoever pays him.
    #[must_use]
    pub const fn is_sold(self) -> bool {
        matches!(self, Self::Paid | Self::Submitted)
    }

    /// Whose form the request is, if it is one.
    #[must_use]
    pub const fn form(self) -> Option<FormOf> {
        match self {
            Self::Referred => Some(FormOf::Friend),
            Self::Stranger => Some(FormOf::Stranger),
            _ => None,
        }
    }
}

/// Sums over a group of workers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Group {
    /// Members.
    pub n: u32,
    /// Sum of true ability, sd.
    pub ability: f64,
    /// Sum of contacts.
    pub contacts: u32,
    /// Members out of work.
    pub n_out: u32,
    /// Sum of their weeks out of work.
    pub weeks_out: u32,
}

/// State of the sellers' ties, or of everybody's where nobody sells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TieState {
    /// Ties.
    pub n: u32,
    /// Sum of goodwill.
    pub goodwill: f64,
    /// Sum of trust means in those who do not pay, sd.
    pub trust: f64,
    /// Sum of trust means in those who pay, sd.
    pub paid_trust: f64,
    /// Blocked ones.
    pub blocked: u32,
    /// Blocked ones of the same introducers in the organic fork; 0 where nobody may sell.
    pub blocked_organic: u32,
}

/// Sums over the sellers, dollars and hours of one week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SellerSums {
    /// Sellers who sold in this week.
    pub active: u32,
    /// Introducers who began to sell at its end.
    pub began: u32,
    /// Sellers who stopped at its end.
    pub stopped: u32,
    /// Hours by use.
    pub hours: crate::world::market::Hours,
    /// Hours of being open.
    pub open_hours: f64,
    /// Hours worked and open, at what an hour would be worth elsewhere to each in the organic fork, dollars.
    pub time: f64,
    /// What of that an hour is no longer worth elsewhere because ties have lost goodwill, dollars.
    pub livelihood: f64,
    /// Dollars.
    pub flows: crate::world::market::Flows,
    /// Change of expected refunds, dollars.
    pub liability: f64,
    /// Sum of ratings over the active.
    pub rating: f64,
    /// Sum of uplifts over the active.
    pub uplift: f64,
    /// Clients represented at the end of the week.
    pub clients: u32,
}

/// What a decision-maker gains from paid meetings, and all sides of welfare, in one week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Welfare {
    /// Σ over paid meetings of \[hired\] value · (q − bar) − meeting cost, with true quality, dollars.
    pub paid_meetings: f64,
    /// The same over all meetings.
    pub all_meetings: f64,
    /// Income of all workers: wages in work, benefits out of it, dollars.
    pub income: f64,
}

/// Money of employers, employees and coaches in one week, dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Transfers {
    /// Fees that employers paid to sellers; among the sellers' fees too.
    pub employer_fees: f64,
    /// Bonuses that employers paid to employees.
    pub bonuses: f64,
    /// Prices that seekers paid to employees who do not know them.
    pub forms: f64,
    /// Prices of coaching.
    pub coaching: f64,
}

/// Everything counted in one week.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Number of the week.
    pub week: u32,
    /// Workers.
    pub workers: u32,
    /// Out of work when the state was recorded.
    pub unemployed: u32,
    /// Employed and looking.
    pub looking: u32,
    /// Decision-makers with a vacancy after phase 2.
    pub vacancies: u32,
    /// Median of weeks out of work.
    pub median_weeks_out: Option<f64>,
    /// Out of work for 27 weeks or more.
    pub long_unemployed: u32,
    /// Contacts of all workers; counted every fourth week.
    pub contacts: Option<u32>,
    /// Seekers when the state was recorded.
    pub pool: Group,
    /// New applicants to sellers.
    pub applicants: Group,
    /// New clients.
    pub new_clients: Group,
    /// Accepted and turned away by lot.
    pub held_out: u32,
    /// Searches that began, by third of ability.
    pub searches: [u32; 3],
    /// Searches for which a seller signed the person for the first time, by third of ability.
    pub represented: [u32; 3],
    /// Requests by channel.
    pub requests: [u32; CHANNELS],
    /// Requests met.
    pub met: [u32; CHANNELS],
    /// Of those, passed.
    pub passed: [u32; CHANNELS],
    /// Meetings that were about a vacancy.
    pub interviews: [u32; CHANNELS],
    /// Offers.
    pub offers: [u32; CHANNELS],
    /// Hires, outside jobs among the leads.
    pub hires: [u32; CHANNELS],
    /// Sum over hires of the weekly chance that the job ends.
    pub separation_at_hire: [f64; CHANNELS],
    /// Hires of people out of work.
    pub hires_from_unemployment: u32,
    /// Jobs that ended in phase 1.
    pub separations: u32,
    /// Seekers who asked an introducer.
    pub asks: u32,
    /// Asks that led to a request.
    pub helped: u32,
    /// Shams staged.
    pub shams: u32,
    /// Shams found out.
    pub shams_found_out: u32,
    /// Paid by clients for shams, dollars.
    pub sham_fees: f64,
    /// Requests that introducers who opened as sellers made for nothing, and how many of them were met.
    pub sellers_free: (u32, u32),
    /// Introductions that new clients were told to expect.
    pub introductions_promised: f64,
    /// Decision-makers who heard of somebody else's meeting with a client: that he passed, that he failed.
    pub heard: [u32; 2],
    /// Ties, at the end of the week.
    pub ties: TieState,
    /// Sellers.
    pub sellers: SellerSums,
    /// Searches for which employers engaged a seller.
    pub mandates: u32,
    /// Requests that decision-makers left unread.
    pub unread: u32,
    /// Askers who were submitted for the first time since they asked.
    pub askers_helped: u32,
    /// Askers whom the seller placed whom they had asked.
    pub askers_placed: u32,
    /// People placed by sellers.
    pub placed: Group,
    /// Of them, those who had not looked for a job.
    pub placed_not_looking: u32,
    /// Coached this week, and turned away by the coaches' lot.
    pub coached: [u32; 2],
    /// What coaching is known to do.
    pub coaching_rating: Option<f64>,
    /// Times that a friend, or a stranger who pays, was asked for a form.
    pub form_asks: [u32; 2],
    /// Sum of true ability of those on whose behalf friends, or strangers, handed in forms.
    pub form_ability: [f64; 2],
    /// Money that sellers, coaches and clients do not exchange, dollars.
    pub transfers: Transfers,
    /// Refunds due that no account could pay, dollars.
    pub refunds_lost: f64,
    /// Running uplift of all hires.
    pub market_uplift: Option<f64>,
    /// Money and value.
    pub welfare: Welfare,
    /// Names of the phases, in the order in which they ran; recorded on demand.
    pub trace: Option<Vec<&'static str>>,
}

impl Tally {
    /// An empty tally of a week; keeps the trace's memory.
    pub fn start(&mut self, week: u32) {
        let trace = self.trace.take().map(|mut names| {
            names.clear();
            names
        });
        *self = Self { week, trace, ..Self::default() };
    }
}
