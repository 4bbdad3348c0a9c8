//! The tally of a week: counts and sums from which every column of the weekly table is made.

use crate::world::World;
use crate::world::institutions::FormOf;
use crate::world::market::{Flows, Hours};

/// What is added up over weeks.
pub trait Summed {
    /// The sum: counts become numbers that no run is too long for.
    type Sum;

    /// The sum of nothing.
    fn zero() -> Self::Sum;

    /// Adds one week.
    fn add_to(&self, sum: &mut Self::Sum);
}

impl Summed for u32 {
    type Sum = f64;

    fn zero() -> f64 {
        0.0
    }

    fn add_to(&self, sum: &mut f64) {
        *sum += f64::from(*self);
    }
}

impl Summed for f64 {
    type Sum = Self;

    fn zero() -> Self {
        0.0
    }

    fn add_to(&self, sum: &mut Self) {
        *sum += self;
    }
}

impl<T: Summed, const N: usize> Summed for [T; N] {
    type Sum = [T::Sum; N];

    fn zero() -> Self::Sum {
        std::array::from_fn(|_| T::zero())
    }

    fn add_to(&self, sum: &mut Self::Sum) {
        self.iter().zip(sum).for_each(|(one, sum)| one.add_to(sum));
    }
}

/// The sum over the weeks that have it, and how many do.
impl<T: Summed> Summed for Option<T> {
    type Sum = (T::Sum, f64);

    fn zero() -> Self::Sum {
        (T::zero(), 0.0)
    }

    fn add_to(&self, sum: &mut Self::Sum) {
        if let Some(one) = self {
            one.add_to(&mut sum.0);
            sum.1 += 1.0;
        }
    }
}

/// Makes what is counted in a week, and its sums over weeks, from one list of fields; `kept` are those of no sum.
macro_rules! summed {
    (
        $(#[$meta:meta])*
        $Week:ident, $about:literal $Sums:ident {
            $($(#[doc = $doc:literal])+ $field:ident: $type:ty,)+
        }
        $(kept {
            $($(#[doc = $kept_doc:literal])+ $kept:ident: $kept_type:ty,)+
        })?
    ) => {
        $(#[$meta])*
        pub struct $Week {
            $($(#[doc = $doc])+ pub $field: $type,)+
            $($($(#[doc = $kept_doc])+ pub $kept: $kept_type,)+)?
        }

        #[doc = $about]
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Sums {
            $($(#[doc = $doc])+ pub $field: <$type as Summed>::Sum,)+
        }

        impl Summed for $Week {
            type Sum = $Sums;

            fn zero() -> $Sums {
                $Sums { $($field: <$type as Summed>::zero(),)+ }
            }

            fn add_to(&self, sum: &mut $Sums) {
                $(self.$field.add_to(&mut sum.$field);)+
            }
        }
    };
}

impl Summed for Hours {
    type Sum = Self;

    fn zero() -> Self {
        Self::default()
    }

    fn add_to(&self, sum: &mut Self) {
        sum.finding += self.finding;
        sum.screening += self.screening;
        sum.contact += self.contact;
        sum.pitching += self.pitching;
        sum.sham += self.sham;
        sum.rebuilding += self.rebuilding;
    }
}

impl Summed for Flows {
    type Sum = Self;

    fn zero() -> Self {
        Self::default()
    }

    fn add_to(&self, sum: &mut Self) {
        sum.fees += self.fees;
        sum.refunds += self.refunds;
        sum.costs += self.costs;
        sum.social_capital += self.social_capital;
        sum.social_capital_gross += self.social_capital_gross;
    }
}

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

summed! {
    /// Sums over a group of workers.
    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    Group, "Sums of [`Group`] over weeks." GroupSums {
        /// Members.
        n: u32,
        /// Sum of true ability, sd.
        ability: f64,
        /// Sum of contacts.
        contacts: u32,
        /// Members out of work.
        n_out: u32,
        /// Sum of their weeks out of work.
        weeks_out: u32,
    }
}

summed! {
    /// State of the sellers' ties, or of everybody's where nobody sells.
    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    TieState, "Sums of [`TieState`] over weeks." TieSums {
        /// Ties.
        n: u32,
        /// Sum of goodwill.
        goodwill: f64,
        /// Sum of trust means in those who do not pay, sd.
        trust: f64,
        /// Sum of trust means in those who pay, sd.
        paid_trust: f64,
        /// Blocked ones.
        blocked: u32,
        /// Blocked ones of the same introducers in the organic fork; 0 where nobody may sell.
        blocked_organic: u32,
    }
}

summed! {
    /// Sums over the sellers, dollars and hours of one week.
    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    SellerSums, "Sums of [`SellerSums`] over weeks." SellerTotals {
        /// Sellers who sold in this week.
        active: u32,
        /// Introducers who began to sell at its end.
        began: u32,
        /// Sellers who stopped at its end.
        stopped: u32,
        /// Hours by use.
        hours: Hours,
        /// Hours of being open.
        open_hours: f64,
        /// Hours worked and open, at what an hour would be worth elsewhere to each in the organic fork, dollars.
        time: f64,
        /// What of that an hour is no longer worth elsewhere because ties have lost goodwill, dollars.
        livelihood: f64,
        /// Dollars.
        flows: Flows,
        /// Change of expected refunds, dollars.
        liability: f64,
        /// Sum of ratings over the active.
        rating: f64,
        /// Sum of uplifts over the active.
        uplift: f64,
        /// Clients represented at the end of the week.
        clients: u32,
    }
}

summed! {
    /// What a decision-maker gains from paid meetings, and all sides of welfare, in one week.
    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    Welfare, "Sums of [`Welfare`] over weeks." WelfareSums {
        /// Σ over paid meetings of \[hired\] value · (q − bar) − meeting cost, with true quality, dollars.
        paid_meetings: f64,
        /// The same over all meetings.
        all_meetings: f64,
        /// Income of all workers: wages in work, benefits out of it, dollars.
        income: f64,
    }
}

summed! {
    /// Money of employers, employees and coaches in one week, dollars.
    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    Transfers, "Sums of [`Transfers`] over weeks." TransferSums {
        /// Fees that employers paid to sellers; among the sellers' fees too.
        employer_fees: f64,
        /// Bonuses that employers paid to employees.
        bonuses: f64,
        /// Prices that seekers paid to employees who do not know them.
        forms: f64,
        /// Prices of coaching.
        coaching: f64,
    }
}

summed! {
    /// Everything counted in one week.
    #[derive(Clone, Debug, Default, PartialEq)]
    Tally, "Sums of [`Tally`] over weeks; of what only some weeks have, the sum and how many have it." Sums {
        /// Workers.
        workers: u32,
        /// Out of work when the state was recorded.
        unemployed: u32,
        /// Employed and looking.
        looking: u32,
        /// Decision-makers with a vacancy, once vacancies have opened and lapsed.
        vacancies: u32,
        /// Median of weeks out of work.
        median_weeks_out: Option<f64>,
        /// Out of work for 27 weeks or more.
        long_unemployed: u32,
        /// Contacts of all workers; counted every fourth week.
        contacts: Option<u32>,
        /// Seekers when the state was recorded.
        pool: Group,
        /// New applicants to sellers.
        applicants: Group,
        /// New clients.
        new_clients: Group,
        /// Accepted and turned away by lot.
        held_out: u32,
        /// Searches that began, by third of ability.
        searches: [u32; 3],
        /// Searches for which a seller signed the person for the first time, by third of ability.
        represented: [u32; 3],
        /// Requests by channel.
        requests: [u32; CHANNELS],
        /// Requests met.
        met: [u32; CHANNELS],
        /// Of those, passed.
        passed: [u32; CHANNELS],
        /// Meetings that were about a vacancy.
        interviews: [u32; CHANNELS],
        /// Offers.
        offers: [u32; CHANNELS],
        /// Hires, outside jobs among the leads.
        hires: [u32; CHANNELS],
        /// Sum over hires of the weekly chance that the job ends.
        separation_at_hire: [f64; CHANNELS],
        /// Hires of people out of work.
        hires_from_unemployment: u32,
        /// Jobs that ended.
        separations: u32,
        /// Seekers who asked an introducer.
        asks: u32,
        /// Asks that led to a request.
        helped: u32,
        /// Shams staged.
        shams: u32,
        /// Shams found out.
        shams_found_out: u32,
        /// Paid by clients for shams, dollars.
        sham_fees: f64,
        /// Requests that introducers who opened as sellers made for nothing, and how many of them were met.
        sellers_free: [u32; 2],
        /// Introductions that new clients were told to expect.
        introductions_promised: f64,
        /// Decision-makers who heard of somebody else's meeting with a client: that he passed, that he failed.
        heard: [u32; 2],
        /// Ties, at the end of the week.
        ties: TieState,
        /// Sellers.
        sellers: SellerSums,
        /// Searches for which employers engaged a seller.
        mandates: u32,
        /// Requests that decision-makers left unread.
        unread: u32,
        /// Askers who were submitted for the first time since they asked.
        askers_helped: u32,
        /// Askers whom the seller placed whom they had asked.
        askers_placed: u32,
        /// People placed by sellers.
        placed: Group,
        /// Of them, those who had not looked for a job.
        placed_not_looking: u32,
        /// Coached this week, and turned away by the coaches' lot.
        coached: [u32; 2],
        /// What coaching is known to do.
        coaching_rating: Option<f64>,
        /// Times that a friend, or a stranger who pays, was asked for a form.
        form_asks: [u32; 2],
        /// Sum of true ability of those on whose behalf friends, or strangers, handed in forms.
        form_ability: [f64; 2],
        /// Money that sellers, coaches and clients do not exchange, dollars.
        transfers: Transfers,
        /// Refunds due that no account could pay, dollars.
        refunds_lost: f64,
        /// Running uplift of all hires.
        market_uplift: Option<f64>,
        /// Money and value.
        welfare: Welfare,
    }
    kept {
        /// Number of the week.
        week: u32,
        /// Names of the phases, in the order in which they ran; recorded on demand.
        trace: Option<Vec<&'static str>>,
    }
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

impl Group {
    /// Adds a worker to the sums of a group.
    pub(super) fn count(&mut self, world: &World, worker: usize) {
        self.n += 1;
        self.ability += world.workers.true_ability[worker];
        self.contacts += u32::from(world.contacts.count(worker));
        if world.workers.unemployed.has(worker) {
            self.n_out += 1;
            self.weeks_out += world.workers.weeks_out(worker, world.week);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_add_up_field_by_field_and_what_only_some_have_is_counted_with_its_sum() {
        let mut one = Tally { unemployed: u32::MAX, median_weeks_out: Some(3.0), ..Tally::default() };
        one.requests[Channel::Paid as usize] = 2;
        one.sellers.hours.pitching = 1.5;
        one.sellers.flows.fees = 100.0;
        one.pool = Group { n: 4, ability: -1.0, ..Group::default() };
        one.week = 7;
        let other = Tally { median_weeks_out: None, ..one.clone() };
        let mut sum = Tally::zero();
        [one, other].iter().for_each(|week| week.add_to(&mut sum));
        assert_eq!(
            sum.unemployed.to_bits(),
            (2.0 * f64::from(u32::MAX)).to_bits(),
            "more than a count can be"
        );
        assert_eq!(sum.median_weeks_out, (3.0, 1.0));
        assert_eq!(sum.requests.map(f64::to_bits), [0.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0].map(f64::to_bits));
        assert_eq!((sum.sellers.hours.pitching, sum.sellers.flows.fees), (3.0, 200.0));
        assert_eq!((sum.pool.n, sum.pool.ability), (8.0, -2.0));
    }
}
