//! A period: the tallies of many weeks added up.

use crate::week::tally::{CHANNELS, Group, Tally, Transfers};
use crate::world::market::{Flows, Hours};

/// Sums over weeks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Period {
    /// Weeks.
    pub weeks: u32,
    /// Worker-weeks.
    pub workers: f64,
    /// Worker-weeks out of work.
    pub unemployed: f64,
    /// Worker-weeks of 27 weeks or more out of work.
    pub long_unemployed: f64,
    /// Worker-weeks employed and looking.
    pub looking: f64,
    /// Vacancy-weeks.
    pub vacancies: f64,
    /// Sum of weekly medians of weeks out of work, and weeks that have one.
    pub median_weeks_out: (f64, f64),
    /// Contacts of all workers, and weeks in which they were counted.
    pub contacts: (f64, f64),
    /// Seekers.
    pub pool: Sums,
    /// Applicants to sellers.
    pub applicants: Sums,
    /// New clients.
    pub new_clients: Sums,
    /// Turned away by lot.
    pub held_out: f64,
    /// Searches that began, by third of ability.
    pub searches: [f64; 3],
    /// Of them, those for which a seller signed the person.
    pub represented: [f64; 3],
    /// Requests, meetings, passes, interviews at vacancies, offers and hires by channel.
    pub requests: [f64; CHANNELS],
    /// Meetings.
    pub met: [f64; CHANNELS],
    /// Passes.
    pub passed: [f64; CHANNELS],
    /// Meetings about a vacancy.
    pub interviews: [f64; CHANNELS],
    /// Offers.
    pub offers: [f64; CHANNELS],
    /// Hires.
    pub hires: [f64; CHANNELS],
    /// Sum over hires of the weekly chance that the job ends.
    pub separation_at_hire: [f64; CHANNELS],
    /// Hires of people out of work.
    pub hires_from_unemployment: f64,
    /// Jobs that ended.
    pub separations: f64,
    /// Asks, and those that led to a request.
    pub asks: f64,
    /// Requests made for nothing.
    pub helped: f64,
    /// Shams, and those found out.
    pub shams: (f64, f64),
    /// Paid for shams, dollars.
    pub sham_fees: f64,
    /// Requests for nothing by those who have ever sold, and those met.
    pub sellers_free: (f64, f64),
    /// Introductions promised to new clients.
    pub promised: f64,
    /// Requests left unread.
    pub unread: f64,
    /// Engagements by employers.
    pub mandates: f64,
    /// Askers submitted, and placed.
    pub askers: (f64, f64),
    /// People placed by sellers.
    pub placed: Sums,
    /// Of them, those who had not looked.
    pub placed_not_looking: f64,
    /// Coached, and turned away by the coaches' lot.
    pub coached: [f64; 2],
    /// Sum of weekly ratings of coaching, and weeks that have one.
    pub coaching_rating: (f64, f64),
    /// Times that friends, or strangers, were asked for a form.
    pub form_asks: [f64; 2],
    /// Sum of true ability over forms handed in for friends, or strangers.
    pub form_ability: [f64; 2],
    /// Money of employers, employees and coaches, dollars.
    pub transfers: Transfers,
    /// Times that decision-makers heard of others' meetings with clients: that one passed, that one failed.
    pub heard: [f64; 2],
    /// Tie-weeks; sums of goodwill, trust and paid trust; blocked tie-weeks, here and in the organic fork.
    pub ties: [f64; 6],
    /// Seller-weeks active, and sums of ratings and uplifts over them.
    pub active: [f64; 3],
    /// Client-weeks.
    pub clients: f64,
    /// Hours.
    pub hours: Hours,
    /// Hours of being open.
    pub open_hours: f64,
    /// Hours worked and open at what they would be worth elsewhere in the organic fork, dollars.
    pub time: f64,
    /// What of that an hour is no longer worth elsewhere, dollars.
    pub livelihood: f64,
    /// Introducers who began to sell.
    pub began: f64,
    /// Sellers who stopped.
    pub stopped: f64,
    /// Dollars.
    pub flows: Flows,
    /// Change of expected refunds, dollars.
    pub liability: f64,
    /// Refunds that no account could pay, dollars.
    pub refunds_lost: f64,
    /// Net gain of decision-makers from paid meetings, from all meetings, and income of workers, dollars.
    pub welfare: [f64; 3],
}

/// Sums over a group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    /// Members.
    pub n: f64,
    /// True ability.
    pub ability: f64,
    /// Contacts.
    pub contacts: f64,
    /// Members out of work.
    pub n_out: f64,
    /// Their weeks out of work.
    pub weeks_out: f64,
}

impl Sums {
    fn add(&mut self, g: &Group) {
        self.n += f64::from(g.n);
        self.ability += g.ability;
        self.contacts += f64::from(g.contacts);
        self.n_out += f64::from(g.n_out);
        self.weeks_out += f64::from(g.weeks_out);
    }
}

impl Period {
    /// The period of these weeks.
    #[must_use]
    pub fn of(weeks: &[Tally]) -> Self {
        let mut period = Self::default();
        for tally in weeks {
            period.add_people(tally);
            period.add_requests(tally);
            period.add_sellers(tally);
            period.add_employers_and_coaches(tally);
        }
        period
    }

    fn add_people(&mut self, t: &Tally) {
        self.weeks += 1;
        self.workers += f64::from(t.workers);
        self.unemployed += f64::from(t.unemployed);
        self.long_unemployed += f64::from(t.long_unemployed);
        self.looking += f64::from(t.looking);
        self.vacancies += f64::from(t.vacancies);
        if let Some(median) = t.median_weeks_out {
            self.median_weeks_out.0 += median;
            self.median_weeks_out.1 += 1.0;
        }
        if let Some(contacts) = t.contacts {
            self.contacts.0 += f64::from(contacts);
            self.contacts.1 += f64::from(t.workers);
        }
        self.pool.add(&t.pool);
        self.applicants.add(&t.applicants);
        self.new_clients.add(&t.new_clients);
        self.held_out += f64::from(t.held_out);
        for third in 0..3 {
            self.searches[third] += f64::from(t.searches[third]);
            self.represented[third] += f64::from(t.represented[third]);
        }
        self.hires_from_unemployment += f64::from(t.hires_from_unemployment);
        self.separations += f64::from(t.separations);
    }

    fn add_requests(&mut self, t: &Tally) {
        let pairs = [
            (&mut self.requests, &t.requests),
            (&mut self.met, &t.met),
            (&mut self.passed, &t.passed),
            (&mut self.interviews, &t.interviews),
            (&mut self.offers, &t.offers),
            (&mut self.hires, &t.hires),
        ];
        for (sums, counts) in pairs {
            for (sum, &count) in sums.iter_mut().zip(counts) {
                *sum += f64::from(count);
            }
        }
        self.separation_at_hire.iter_mut().zip(t.separation_at_hire).for_each(|(sum, x)| *sum += x);
        self.asks += f64::from(t.asks);
        self.helped += f64::from(t.helped);
        self.shams.0 += f64::from(t.shams);
        self.shams.1 += f64::from(t.shams_found_out);
        self.sham_fees += t.sham_fees;
        self.sellers_free.0 += f64::from(t.sellers_free.0);
        self.sellers_free.1 += f64::from(t.sellers_free.1);
        self.promised += t.introductions_promised;
        self.heard.iter_mut().zip(t.heard).for_each(|(sum, n)| *sum += f64::from(n));
        let s = &t.ties;
        let ties = [
            f64::from(s.n),
            s.goodwill,
            s.trust,
            s.paid_trust,
            f64::from(s.blocked),
            f64::from(s.blocked_organic),
        ];
        self.ties.iter_mut().zip(ties).for_each(|(sum, x)| *sum += x);
        let welfare = [t.welfare.paid_meetings, t.welfare.all_meetings, t.welfare.income];
        self.welfare.iter_mut().zip(welfare).for_each(|(sum, x)| *sum += x);
    }

    fn add_employers_and_coaches(&mut self, t: &Tally) {
        self.unread += f64::from(t.unread);
        self.mandates += f64::from(t.mandates);
        self.askers.0 += f64::from(t.askers_helped);
        self.askers.1 += f64::from(t.askers_placed);
        self.placed.add(&t.placed);
        self.placed_not_looking += f64::from(t.placed_not_looking);
        for form in 0..2 {
            self.coached[form] += f64::from(t.coached[form]);
            self.form_asks[form] += f64::from(t.form_asks[form]);
            self.form_ability[form] += t.form_ability[form];
        }
        if let Some(rating) = t.coaching_rating {
            self.coaching_rating.0 += rating;
            self.coaching_rating.1 += 1.0;
        }
        self.transfers.employer_fees += t.transfers.employer_fees;
        self.transfers.bonuses += t.transfers.bonuses;
        self.transfers.forms += t.transfers.forms;
        self.transfers.coaching += t.transfers.coaching;
    }

    fn add_sellers(&mut self, t: &Tally) {
        let s = &t.sellers;
        let active = [f64::from(s.active), s.rating, s.uplift];
        self.active.iter_mut().zip(active).for_each(|(sum, x)| *sum += x);
        self.clients += f64::from(s.clients);
        self.open_hours += s.open_hours;
        self.time += s.time;
        self.livelihood += s.livelihood;
        self.began += f64::from(s.began);
        self.stopped += f64::from(s.stopped);
        self.hours.finding += s.hours.finding;
        self.hours.screening += s.hours.screening;
        self.hours.contact += s.hours.contact;
        self.hours.pitching += s.hours.pitching;
        self.hours.sham += s.hours.sham;
        self.hours.rebuilding += s.hours.rebuilding;
        self.flows.fees += s.flows.fees;
        self.flows.refunds += s.flows.refunds;
        self.flows.costs += s.flows.costs;
        self.flows.social_capital += s.flows.social_capital;
        self.flows.social_capital_gross += s.flows.social_capital_gross;
        self.liability += s.liability;
        self.refunds_lost += t.refunds_lost;
    }
}
