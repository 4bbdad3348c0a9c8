//! Who there is in the twin: plain structs in plain lists.

use introsim::scenario::Scenario;
use introsim::streams::Draws;

/// Somebody whom a worker knows.
#[derive(Clone, Debug)]
pub(super) struct Contact {
    pub(super) introducer: usize,
    pub(super) since: u32,
    pub(super) until: u32,
}

/// A worker.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    pub(super) generation: u32,
    pub(super) ability: f64,
    pub(super) networking: f64,
    pub(super) felt: f64,
    pub(super) usual: f64,
    pub(super) resume: f64,
    pub(super) own_savings: i64,
    pub(super) savings: i64,
    pub(super) salary: f64,
    pub(super) level: f64,
    pub(super) employer: Option<usize>,
    pub(super) ends: f64,
    pub(super) out: bool,
    pub(super) recorded_out: bool,
    pub(super) looking: bool,
    pub(super) out_since: u32,
    pub(super) search_since: u32,
    pub(super) searches: u32,
    pub(super) from_job: bool,
    pub(super) seller: Option<usize>,
    pub(super) bought: bool,
    pub(super) held_out: bool,
    pub(super) coached: bool,
    pub(super) coach_held_out: bool,
    /// Paid to anybody in this life, less what came back, cents.
    pub(super) paid: i64,
    pub(super) contacts: Vec<Contact>,
}

impl Person {
    pub(super) fn seeks(&self) -> bool {
        self.out || self.looking
    }

    pub(super) fn begin_search(&mut self, week: u32, from_job: bool) {
        self.searches += 1;
        self.search_since = week;
        self.from_job = from_job;
        self.bought = false;
        self.held_out = false;
        self.coach_held_out = false;
        self.seller = None;
    }
}

/// A decision-maker.
#[derive(Clone, Debug)]
pub(super) struct Boss {
    pub(super) bar: f64,
    pub(super) salary: f64,
    pub(super) level: f64,
    pub(super) value_per_sd: f64,
    pub(super) open: bool,
    pub(super) open_since: u32,
    pub(super) reopening: bool,
    pub(super) episode: u32,
    pub(super) met: Vec<usize>,
    /// Trust in friends' forms and in strangers' forms: mean and precision.
    pub(super) forms: [(f64, f64); 2],
    /// Has found out that forms are sold.
    pub(super) disabused: bool,
}

impl Boss {
    pub(super) fn set_open(&mut self, open: bool, week: u32) {
        self.open = open;
        if open {
            self.open_since = week;
        }
        self.episode += 1;
        self.met.clear();
    }
}

/// What passed through a tie this week.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Traffic {
    pub(super) requests: u32,
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) heard_good: u32,
    pub(super) heard_bad: u32,
}

/// A tie.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    pub(super) introducer: usize,
    pub(super) boss: usize,
    pub(super) goodwill: f64,
    /// Mean and precision.
    pub(super) trust: (f64, f64),
    pub(super) paid_trust: (f64, f64),
    pub(super) blocked: Option<u32>,
    /// The last episode of hers of whose vacancy the introducer has heard.
    pub(super) heard: Option<u32>,
    pub(super) all: Traffic,
}

/// The search of a person: row and number.
pub(super) type Search = (usize, u32);

#[derive(Clone, Debug)]
pub(super) struct Applicant {
    pub(super) search: Search,
    pub(super) since: u32,
    /// Stages passed; where employers pay, 1 for one whom this seller has submitted to somebody.
    pub(super) stage: usize,
    /// Hours spent on the next one so far.
    pub(super) spent: f64,
}

#[derive(Clone, Debug)]
pub(super) struct Client {
    pub(super) search: Search,
    pub(super) signed: u32,
    pub(super) mean: f64,
    pub(super) variance: f64,
    pub(super) member: usize,
    pub(super) placed: bool,
    pub(super) out_of_money: bool,
    pub(super) pitched: Vec<(usize, u32)>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Member {
    pub(super) search: Search,
    pub(super) generation: u32,
    pub(super) seller: usize,
    pub(super) week: u32,
    pub(super) treated: bool,
    pub(super) usual: f64,
    pub(super) income: f64,
    pub(super) paid_before: i64,
    pub(super) paid_followed: i64,
    pub(super) prepaid: i64,
    pub(super) on_placement: i64,
    pub(super) refunded: i64,
    pub(super) held: u32,
    pub(super) paid_for: u32,
    pub(super) retained: u32,
    pub(super) placed_salary: f64,
    pub(super) log_uplift: f64,
    pub(super) followed: u32,
    pub(super) settled: bool,
}

/// An engagement by a decision-maker.
#[derive(Clone, Debug)]
pub(super) struct Mandate {
    pub(super) boss: usize,
    pub(super) episode: u32,
    pub(super) since: u32,
    pub(super) round: Option<Round>,
}

/// What is left of a round of a search.
#[derive(Clone, Debug)]
pub(super) struct Round {
    pub(super) finding: f64,
    /// Estimate and person: row and generation.
    pub(super) to_screen: Vec<(f64, usize, u32)>,
    /// Of the first of them: the stage that comes next, and hours spent on it.
    pub(super) stage: usize,
    pub(super) spent: f64,
    pub(super) passed: Vec<(f64, usize, u32)>,
}

#[derive(Clone, Debug)]
pub(super) struct Seller {
    pub(super) active: bool,
    pub(super) acceptance: f64,
    pub(super) conversion: f64,
    pub(super) rating: f64,
    pub(super) uplift: f64,
    pub(super) integrity: f64,
    pub(super) sold: bool,
    pub(super) wage: f64,
    /// The same if nobody sold.
    pub(super) own_wage: f64,
    /// Goodwill that his ties lack against the organic copy.
    pub(super) gap: f64,
    pub(super) purse: f64,
    /// What an hour of his trade is worth to him.
    pub(super) hour: f64,
    /// Requests and meetings by bands of the résumé's estimate less the bar.
    pub(super) bands: [(f64, f64); 4],
    pub(super) undone: bool,
    /// Sums of dollars, hours worked and weeks of selling, as he remembers them.
    pub(super) own: [f64; 3],
    pub(super) weeks_sold: u32,
    pub(super) cash: f64,
    pub(super) peak: f64,
    pub(super) lifetime: f64,
    pub(super) since: u32,
    pub(super) liability: f64,
    pub(super) liability_before: f64,
    pub(super) bond: i64,
    pub(super) account: i64,
    pub(super) applicants: Vec<Applicant>,
    pub(super) clients: Vec<Client>,
    pub(super) turned_down: Vec<Search>,
    /// Row and generation of each whom he has screened, and through how many stages.
    pub(super) screened: Vec<(usize, u32, usize)>,
    pub(super) mandates: Vec<Mandate>,
    // Of this week:
    /// ln(new/old salary) of those hired on his submissions, and the searches on his list that ended so.
    pub(super) hired: Vec<f64>,
    pub(super) placed: Vec<Search>,
    pub(super) hours: f64,
    pub(super) fees: f64,
    pub(super) refunds: f64,
    pub(super) costs: f64,
    pub(super) social: f64,
    pub(super) exposed: bool,
}

/// One who bought coaching, or wanted to and was turned away by lot.
#[derive(Clone, Debug)]
pub(super) struct Pupil {
    pub(super) worker: usize,
    pub(super) generation: u32,
    pub(super) week: u32,
    pub(super) treated: bool,
    pub(super) usual: f64,
    pub(super) income: f64,
    pub(super) paid_before: i64,
    pub(super) paid_followed: i64,
    pub(super) followed: u32,
    pub(super) worked: bool,
}

/// What is known of referral forms, of friends and of strangers.
#[derive(Clone, Debug)]
pub(super) struct Forms {
    pub(super) acceptance: [f64; 2],
    pub(super) conversion: [f64; 2],
    pub(super) rating: f64,
    /// Who owes the price of a form, this week.
    pub(super) owed: Vec<usize>,
}

/// The paid market.
#[derive(Clone, Debug)]
pub(super) struct Shop {
    pub(super) opened: u32,
    pub(super) sellers: Vec<Seller>,
    /// Sums of dollars, hours worked and weeks of selling, as all remember them.
    pub(super) known: [f64; 3],
    pub(super) cohort: Vec<Member>,
    pub(super) clients_account: i64,
    pub(super) outside: i64,
    pub(super) employers_account: i64,
    pub(super) insiders_account: i64,
    pub(super) coaches_account: i64,
    pub(super) uplift: f64,
    pub(super) introductions: f64,
    /// Running shares with work in time: of the coached, and of those turned away by lot.
    pub(super) worked: [f64; 2],
    pub(super) pupils: Vec<Pupil>,
    /// Who wants to buy coaching this week, and whether the lot lets him.
    pub(super) enrolled: Vec<(usize, bool)>,
    pub(super) forms: Forms,
}

/// The ways by which people and jobs meet, as positions in counts.
pub(super) const COLD: usize = 0;
pub(super) const LEAD: usize = 1;
pub(super) const ORGANIC: usize = 2;
pub(super) const PAID: usize = 3;
pub(super) const SUBMITTED: usize = 4;
pub(super) const REFERRED: usize = 5;
pub(super) const STRANGER: usize = 6;
pub(super) const CHANNELS: usize = 7;

/// A request on a decision-maker's desk.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) boss: usize,
    pub(super) worker: usize,
    pub(super) channel: usize,
    pub(super) tie: Option<usize>,
    /// Whose form it is.
    pub(super) insider: Option<usize>,
}

/// A meeting held.
#[derive(Clone, Debug)]
pub(super) struct Meeting {
    pub(super) request: Request,
    /// Her mean of quality minus bar before.
    pub(super) margin: f64,
    pub(super) shown: f64,
    pub(super) posterior: f64,
    /// What she feels of a fee or bonus, sd.
    pub(super) felt: f64,
    pub(super) truth: f64,
    pub(super) at_vacancy: bool,
    pub(super) hired: bool,
}

impl Meeting {
    pub(super) fn passed(&self) -> bool {
        self.posterior >= self.felt
    }
}

/// What one week brought, in counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Counts {
    pub(super) unemployed: u32,
    pub(super) looking: u32,
    pub(super) vacancies: u32,
    pub(super) separations: u32,
    pub(super) requests: [u32; CHANNELS],
    pub(super) met: [u32; CHANNELS],
    pub(super) passed: [u32; CHANNELS],
    pub(super) interviews: [u32; CHANNELS],
    pub(super) offers: [u32; CHANNELS],
    pub(super) hires: [u32; CHANNELS],
    pub(super) unread: u32,
    pub(super) asks: u32,
    pub(super) helped: u32,
    pub(super) applicants: u32,
    pub(super) new_clients: u32,
    pub(super) held_out: u32,
    pub(super) shams: u32,
    pub(super) found_out: u32,
    pub(super) engaged: u32,
    pub(super) askers_helped: u32,
    pub(super) askers_placed: u32,
    pub(super) hired_unasked: u32,
    /// Coached, and turned away by the coaches' lot.
    pub(super) heard: [u32; 2],
    pub(super) began: u32,
    pub(super) stopped: u32,
    pub(super) coached: [u32; 2],
    /// Friends and strangers asked for a form.
    pub(super) form_asks: [u32; 2],
    /// Fees of employers, bonuses, prices of forms and of coaching, cents.
    pub(super) transfers: [i64; 4],
}

/// How often each mechanism has fired, over all weeks.
#[derive(Clone, Debug, Default)]
pub(super) struct Fired {
    pub(super) hires: [u32; CHANNELS],
    pub(super) blocks: u32,
    pub(super) forgiven: u32,
    pub(super) rebuilt: u32,
    pub(super) rebuild_failed: u32,
    pub(super) found_out: u32,
    pub(super) refunds: u32,
    pub(super) bonds_drawn: u32,
    pub(super) refunds_short: u32,
    pub(super) held_out: u32,
    pub(super) exits: u32,
    pub(super) ruined: u32,
    pub(super) returns: u32,
    pub(super) enters: u32,
    pub(super) tries: u32,
    pub(super) no_room: u32,
    pub(super) stages_cut: u32,
    pub(super) hours_dearer: u32,
    pub(super) hours_cheaper: u32,
    pub(super) hours_average: u32,
    pub(super) turned_down: u32,
    pub(super) waits: u32,
    pub(super) gave_up_waiting: u32,
    pub(super) out_of_money: u32,
    pub(super) expired: u32,
    pub(super) reopened: u32,
    pub(super) entrants: u32,
    pub(super) bombarded: u32,
    pub(super) no_vacancy_meetings: u32,
    pub(super) engaged: u32,
    pub(super) found_among_all: u32,
    pub(super) found_among_askers: u32,
    pub(super) dropped_in_search: u32,
    pub(super) submitted: u32,
    pub(super) hired_unasked: u32,
    pub(super) failed_by_fee: u32,
    pub(super) placed_askers: u32,
    pub(super) engagements_left: u32,
    pub(super) friends_forms: u32,
    pub(super) friends_refused: u32,
    pub(super) strangers_forms: u32,
    pub(super) strangers_refused: u32,
    pub(super) bonuses: u32,
    pub(super) forms_unpaid: u32,
    pub(super) coached: u32,
    pub(super) coaches_lot: u32,
    pub(super) coaching_unpaid: u32,
    pub(super) clearer: u32,
    /// Heard of one who passed, of one who failed; did not, as the tie was blocked; sellers whose wage had fallen.
    pub(super) heard: [u32; 2],
    pub(super) deaf: u32,
    pub(super) wages_lower: u32,
    /// Of two equal requests of one person in different channels the later one, by its channel.
    pub(super) second: [u32; CHANNELS],
    /// Heard of a vacancy after its first week; ways to one of which he had not heard.
    pub(super) late_news: u32,
    pub(super) unheard: u32,
    pub(super) unread: u32,
    pub(super) met_anew: u32,
    pub(super) known_stages: u32,
    pub(super) rounds_cut: u32,
    pub(super) known_in_search: u32,
    pub(super) disabused: u32,
}

/// All of it.
#[derive(Clone, Debug)]
pub(super) struct Twin {
    pub(super) s: Scenario,
    pub(super) draws: Draws,
    pub(super) week: u32,
    pub(super) people: Vec<Person>,
    pub(super) bosses: Vec<Boss>,
    /// Sorted by decision-maker, then introducer.
    pub(super) ties: Vec<Tie>,
    pub(super) friends: Vec<Vec<usize>>,
    /// Introducers' running acceptance, and this week's organic requests and how many were met.
    pub(super) acceptance: Vec<f64>,
    pub(super) common: (f64, f64),
    /// Running share of ties through which news of a vacancy comes.
    pub(super) news: f64,
    /// Week and ln(new/old salary) of every hire so far.
    pub(super) uplifts: Vec<(u32, f64)>,
    pub(super) shop: Option<Shop>,
    pub(super) requests: Vec<Request>,
    pub(super) meetings: Vec<Meeting>,
    /// Seller and member of each sham of the week.
    pub(super) shams: Vec<(usize, usize)>,
    pub(super) counts: Counts,
    pub(super) fired: Fired,
    /// Hours, fees, refunds, costs, social capital, hours open, time and livelihood of all sellers this week.
    pub(super) sums: [f64; 8],
    /// The same market in which nobody sells, from the opening on.
    pub(super) fork: Option<Box<Twin>>,
}
