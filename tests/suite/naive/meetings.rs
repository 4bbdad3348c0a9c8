//! Reviewing, meeting and offers in the twin's week.

use introsim::ids::row;
use introsim::maths::ln;
use introsim::streams::Purpose;

use super::judging::look;
use super::world::{COLD, Meeting, ORGANIC, PAID, REFERRED, Request, STRANGER, SUBMITTED, Twin};

/// A request that she will meet on, and what she expects: mean and variance of ability minus bar.
type Chosen = (Request, f64, f64);

impl Twin {
    fn knows_payment(&self, channel: usize) -> bool {
        channel == PAID && self.s.disclosure.payment_known || channel == SUBMITTED
    }

    /// Whether a form counts as a stranger's: position of her trust in it.
    fn kind_of_form(&self, channel: usize) -> usize {
        usize::from(channel == STRANGER && self.s.disclosure.payment_known)
    }

    /// What she feels of the fee or bonus that a hire on a request costs her firm, sd.
    fn felt(&self, request: &Request) -> f64 {
        let boss = &self.bosses[request.boss];
        let cost = match request.channel {
            SUBMITTED => self.on_placement(boss.salary),
            REFERRED | STRANGER => self.s.referral.employee_bonus,
            _ => return 0.0,
        };
        self.s.employer.fee_felt * cost / boss.value_per_sd
    }

    /// Value of a meeting on a request, with her belief about ability minus bar.
    fn value(&self, request: &Request) -> (f64, f64, f64) {
        let boss = &self.bosses[request.boss];
        let within = self.s.beliefs.within_source_variance;
        let prior = match request.tie {
            None if request.insider.is_some() && !(request.channel == STRANGER && boss.disabused) => {
                let trust = boss.forms[self.kind_of_form(request.channel)];
                (trust.0, 1.0 / trust.1 + within)
            }
            None => self.common,
            Some(tie) => {
                let tie = &self.ties[tie];
                let trust = if self.knows_payment(request.channel) { tie.paid_trust } else { tie.trust };
                (trust.0, 1.0 / trust.1 + within)
            }
        };
        let resume = self.people[request.worker].resume - boss.bar;
        let (margin, variance) = look(prior, resume, self.resume_precision(request.worker));
        let share = if boss.open { 1.0 } else { self.s.decision_makers.value_without_vacancy };
        let goodwill = request.tie.map_or(0.0, |tie| self.ties[tie].goodwill);
        let worth = share * self.gain(boss, margin - self.felt(request), variance)
            + goodwill * self.s.decision_makers.courtesy
            - self.s.decision_makers.meeting_cost;
        (worth, margin, variance)
    }

    /// Each decision-maker's choice, in order of decision-makers.
    pub(super) fn reviewing(&mut self) -> Vec<Chosen> {
        for request in &self.requests {
            let clearer = self.people[request.worker].coached && self.s.coaching.resume_precision_gain > 0.0;
            self.fired.clearer += u32::from(clearer);
            // Those submitted were asked for.
            if let Some(tie) = request.tie.filter(|_| request.channel != SUBMITTED) {
                self.ties[tie].all.requests += 1;
            }
        }
        let mut all = Vec::new();
        for boss in 0..self.bosses.len() {
            // Of each person the best request.
            let mut best: Vec<(f64, Chosen)> = Vec::new();
            let read = self.read(boss);
            for request in &read {
                let (worth, margin, variance) = self.value(request);
                let rank = |r: &Request| {
                    let precedence = match r.channel {
                        ORGANIC => 0,
                        SUBMITTED => 1,
                        PAID => 2,
                        REFERRED => 3,
                        STRANGER => 4,
                        _ => 5,
                    };
                    (precedence, r.tie, r.insider)
                };
                let one = (worth, (request.clone(), margin, variance));
                match best.iter_mut().find(|(_, (r, _, _))| r.worker == request.worker) {
                    None => best.push(one),
                    Some(other) => {
                        let (equal, channel) = (worth.total_cmp(&other.0).is_eq(), other.1.0.channel);
                        let before = rank(request) < rank(&other.1.0);
                        if equal && channel != request.channel {
                            self.fired.second[if before { channel } else { request.channel }] += 1;
                        }
                        if worth > other.0 || (equal && before) {
                            *other = one;
                        }
                    }
                }
            }
            best.retain(|(worth, _)| *worth >= 0.0);
            best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.0.worker.cmp(&b.1.0.worker)));
            best.truncate(self.s.decision_makers.attention as usize);
            all.extend(best.into_iter().map(|(_, chosen)| chosen));
        }
        all
    }

    /// What a decision-maker reads: what she asked for, and of the rest the first in a random order of people.
    fn read(&mut self, boss: usize) -> Vec<Request> {
        let luck = self.head(Purpose::Read).branch(row(boss));
        let mut heap: Vec<Request> = self.requests.iter().filter(|r| r.boss == boss).cloned().collect();
        let order = |r: &Request| {
            let kind = [ORGANIC, SUBMITTED, PAID, REFERRED, STRANGER, COLD];
            let kind = kind.iter().position(|&channel| channel == r.channel);
            (r.channel != SUBMITTED, luck.sub(row(r.worker)), kind, r.tie)
        };
        heap.sort_by_key(order);
        let most = self.s.decision_makers.reads as usize;
        let left = heap.len().saturating_sub(most);
        self.counts.unread += row(left);
        self.fired.unread += row(left);
        heap.truncate(most);
        heap
    }

    pub(super) fn meeting(&mut self, chosen: Vec<Chosen>) {
        for (request, margin, variance) in chosen {
            let (fit, noise) = self.interview_luck(request.boss, request.worker);
            let truth = self.people[request.worker].ability + fit - self.bosses[request.boss].bar;
            let quality = (margin, variance + self.match_variance());
            // An interview that tells nothing shows what was expected.
            let shown = if noise.is_finite() { truth + noise } else { margin };
            let (posterior, _) = look(quality, shown, 1.0 / self.noise_variance());
            let at_vacancy = self.bosses[request.boss].open;
            let felt = self.felt(&request);
            self.meetings.push(Meeting {
                request,
                margin,
                shown,
                posterior,
                felt,
                truth,
                at_vacancy,
                hired: false,
            });
        }
        for meeting in self.meetings.clone() {
            self.teach(&meeting);
        }
        self.word();
        self.make_offers();
    }

    fn teach(&mut self, meeting: &Meeting) {
        let Request { boss, worker, channel, tie, insider } = meeting.request;
        let passed = meeting.passed();
        self.counts.met[channel] += 1;
        self.counts.passed[channel] += u32::from(passed);
        self.counts.interviews[channel] += u32::from(meeting.at_vacancy);
        self.fired.no_vacancy_meetings += u32::from(!meeting.at_vacancy);
        self.fired.failed_by_fee += u32::from(!passed && meeting.posterior >= 0.0);
        self.bosses[boss].met.push(worker);
        let apart = self.knows_payment(channel);
        let form = self.kind_of_form(channel);
        let spread = self.s.beliefs.within_source_variance + self.match_variance() + self.noise_variance();
        let trust = match tie {
            Some(tie) if apart => &mut self.ties[tie].paid_trust,
            Some(tie) => &mut self.ties[tie].trust,
            None if channel == STRANGER && self.bosses[boss].disabused => return,
            None if insider.is_some() => &mut self.bosses[boss].forms[form],
            None => return,
        };
        // The same steps as the engine's: a rounding would decide which of two equal beliefs is the higher.
        trust.1 += 1.0 / spread;
        trust.0 += 1.0 / spread / trust.1 * (meeting.shown - trust.0);
        if channel == STRANGER && !self.s.disclosure.payment_known {
            let luck = self.draws.at(Purpose::Exposed, self.week, row(boss), row(worker));
            self.bosses[boss].disabused = luck.yes(self.s.sham.found_out);
            self.fired.disabused += u32::from(self.bosses[boss].disabused);
        }
        let Some(tie) = tie else { return };
        let tie = &mut self.ties[tie];
        tie.all.passed += u32::from(passed);
        tie.all.failed += u32::from(!passed && channel != SUBMITTED);
    }

    fn make_offers(&mut self) {
        // One offer of each vacancy: positions of meetings.
        let mut offers: Vec<usize> = Vec::new();
        for boss in (0..self.bosses.len()).filter(|&boss| self.bosses[boss].open) {
            let mut best: Option<usize> = None;
            for (position, meeting) in self.meetings.iter().enumerate() {
                if meeting.request.boss != boss || !meeting.passed() {
                    continue;
                }
                let better = |b: usize| {
                    let (one, other) = (meeting, &self.meetings[b]);
                    let (mine, best) = (one.posterior - one.felt, other.posterior - other.felt);
                    mine > best || (mine >= best && one.request.worker < other.request.worker)
                };
                if best.is_none_or(better) {
                    best = Some(position);
                }
            }
            if let Some(position) = best {
                offers.push(position);
                self.counts.offers[self.meetings[position].request.channel] += 1;
            }
        }
        let mut taken: Vec<usize> = Vec::new();
        for worker in 0..self.people.len() {
            let lowest = self.reservation(&self.people[worker]);
            let salary = |position: usize| self.bosses[self.meetings[position].request.boss].salary;
            let mut best: Option<usize> = None;
            for &position in &offers {
                let mine = self.meetings[position].request.worker == worker;
                if mine && salary(position) >= lowest && best.is_none_or(|b| salary(position) > salary(b)) {
                    best = Some(position);
                }
            }
            taken.extend(best);
        }
        for position in taken {
            self.hire(position);
        }
    }

    fn hire(&mut self, position: usize) {
        self.meetings[position].hired = true;
        let meeting = self.meetings[position].clone();
        let Request { boss, worker, channel, tie, .. } = meeting.request;
        let search = self.search_of(worker);
        let old = self.people[worker].salary;
        self.counts.hires[channel] += 1;
        if let (PAID, Some(tie)) = (channel, tie) {
            let shop = self.shop.as_mut().expect("paid requests need a market");
            let seller = &mut shop.sellers[self.ties[tie].introducer];
            let client = seller.clients.iter_mut().find(|client| client.search == search);
            let client = client.expect("who is pitched is a client");
            client.placed = true;
            shop.cohort[client.member].placed_salary = self.bosses[boss].salary;
            shop.cohort[client.member].log_uplift = ln(self.bosses[boss].salary / old);
        }
        if let (SUBMITTED, Some(tie)) = (channel, tie) {
            self.hired_on_submission(worker, self.ties[tie].introducer, ln(self.bosses[boss].salary / old));
        }
        self.take_vacancy(worker, boss, meeting.truth);
    }

    /// Σ over meetings of \[hired\] value · (q − b) − meeting cost: those on the requests of sellers, less what she
    /// feels of their fees, and all.
    pub(super) fn worth_of_meetings(&self) -> (f64, f64) {
        let (mut paid, mut all) = (0.0, 0.0);
        for meeting in &self.meetings {
            let hired = if meeting.hired { self.bosses[meeting.request.boss].value_per_sd } else { 0.0 };
            let cost = self.s.decision_makers.meeting_cost;
            all += hired * meeting.truth - cost;
            if matches!(meeting.request.channel, PAID | SUBMITTED) {
                paid += hired * (meeting.truth - meeting.felt) - cost;
            }
        }
        (paid, all)
    }

    /// Income of a week: a wage in work, the benefit out of it.
    pub(super) fn income_of(&self, person: &super::world::Person) -> f64 {
        if person.out { self.s.workers.benefit_share * person.usual / 52.0 } else { person.salary / 52.0 }
    }

    /// Errors of prediction about cold applicants, each with the weight of the résumé undone.
    pub(super) fn cold_errors(&self) -> Vec<f64> {
        let cold = self.meetings.iter().filter(|meeting| meeting.request.channel == COLD);
        let undone = |meeting: &Meeting| {
            // Weight of the prior when the résumé is read.
            let prior = 1.0 / self.common.1;
            let weight = prior / (prior + self.resume_precision(meeting.request.worker));
            (meeting.shown - meeting.margin) / weight
        };
        cold.map(undone).collect()
    }
}
