//! What employers who pay, coaches and referral forms add to a market.

use super::bits::Bits;
use super::market::Member;
use super::ties::Trust;
use crate::scenario::Scenario;

/// A search for which a decision-maker has engaged a seller.
#[derive(Clone, Debug, PartialEq)]
pub struct Mandate {
    /// Who engaged him.
    pub decision_maker: u32,
    /// Her episode: the engagement ends with it.
    pub episode: u32,
    /// Week of the engagement.
    pub since: u32,
    /// The round of the search that goes on.
    pub round: Option<Round>,
}

/// A round of a search: finding people, screening the best of them, submitting the best of those.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Round {
    /// Hours of finding still to come.
    pub finding: f64,
    /// Those to be screened, in order.
    pub list: Vec<Shortlisted>,
    /// The one who comes next.
    pub next: usize,
    /// Those who passed, with the estimate of their ability.
    pub passed: Vec<(f64, u32)>,
}

/// One who is to be screened for an employer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shortlisted {
    /// Row of the worker.
    pub worker: u32,
    /// The person: generation of the row.
    pub generation: u32,
    /// The estimate of his ability so far, sd.
    pub estimate: f64,
    /// Stage of the screening that comes next.
    pub stage: u8,
    /// Hours spent on it so far.
    pub spent: f64,
}

/// One who bought coaching, or was turned away by lot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coached {
    /// The person, followed for a year like a client; `seller` means nothing here.
    pub member: Member,
    /// Had work at the end of some week from that of buying on.
    pub worked: bool,
}

/// Those who sell coaching, all together: they are no agents of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Coaching {
    /// Running share with work within 26 weeks: of the coached, and of those turned away by lot.
    pub worked: [f64; 2],
    /// All who bought or were turned away.
    pub cohort: Vec<Coached>,
    /// First row of the cohort that is still followed.
    pub follow_from: usize,
    /// First row that has not yet counted in the shares.
    pub count_from: usize,
}

impl Coaching {
    /// At the opening: buyers expect the opening rating of it.
    #[must_use]
    pub(super) fn open(scenario: &Scenario) -> Self {
        let hope = scenario.buyers.opening_rating;
        Self { worked: [1.0, 1.0 - hope], cohort: Vec::new(), follow_from: 0, count_from: 0 }
    }

    /// What coaching is known to do: share with work of the coached, less that of those turned away by lot.
    #[must_use]
    pub fn rating(&self) -> f64 {
        self.worked[0] - self.worked[1]
    }
}

/// Whose form it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub enum FormOf {
    /// A friend's.
    Friend = 0,
    /// That of a stranger who pays.
    Stranger = 1,
}

/// What is known of referral forms. Pairs are for friends and for strangers, by [`FormOf`].
#[derive(Clone, Debug, PartialEq)]
pub struct Forms {
    /// Running share of forms that were met.
    pub acceptance: [f64; 2],
    /// Running share of passed interviews at a vacancy that ended in a job.
    pub conversion: [f64; 2],
    /// Running share of strangers' forms that ended in a job.
    pub rating: f64,
    /// Trust of each decision-maker in those who come by a form; the second is used where payment is known.
    pub trust: [Vec<Trust>; 2],
    /// Decision-makers who have found out that forms are sold: a stranger's form is an application to them.
    pub exposed: Bits,
}

impl Forms {
    /// At the opening; `common`: the mean of what is believed of cold applicants.
    #[must_use]
    pub(super) fn open(scenario: &Scenario, decision_makers: usize, common: f64) -> Self {
        let s = &scenario.beliefs;
        let n = if is_programme(scenario) { decision_makers } else { 0 };
        let trust = |mean| vec![Trust { mean, precision: s.trust_precision }; n];
        Self {
            acceptance: [scenario.sellers.opening_acceptance; 2],
            conversion: [scenario.sellers.opening_conversion; 2],
            rating: scenario.buyers.opening_rating,
            trust: [trust(s.trust_mean), trust(common)],
            exposed: Bits::new(n),
        }
    }

    /// Whether a decision-maker takes a form for no more than an application.
    #[must_use]
    pub fn is_no_more_than_applied(&self, form: FormOf, decision_maker: usize) -> bool {
        form == FormOf::Stranger && self.exposed.has(decision_maker)
    }

    /// Which of the two beliefs a form moves: strangers' forms have one of their own where payment is known.
    #[must_use]
    pub fn belief_about(scenario: &Scenario, form: FormOf) -> usize {
        if form == FormOf::Stranger && scenario.disclosure.payment_known { 1 } else { 0 }
    }
}

/// Whether firms take names from their employees.
#[must_use]
pub fn is_programme(scenario: &Scenario) -> bool {
    scenario.referral.employee_bonus > 0.0 || scenario.referral.stranger_price > 0.0
}
