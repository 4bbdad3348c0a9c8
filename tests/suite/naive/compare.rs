//! Holds the twin against the engine's world, field by field.

use std::fmt::Debug;

use introsim::ids::{DecisionMakerId, IntroducerId};
use introsim::streams::Gate;
use introsim::week::tally::Tally;
use introsim::world::World;
use introsim::world::market::Market;
use introsim::world::ties::Ties;

use super::birth::dollars;
use super::coaching::TERM;
use super::world::{CHANNELS, Mandate, Shop, Twin};

/// What differs, with names.
pub(super) struct Differences(pub(super) Vec<String>);

impl Differences {
    fn same<T: PartialEq + Debug>(&mut self, what: &str, row: usize, engine: &T, twin: &T) {
        if engine != twin {
            self.0.push(format!("{what} of {row}: engine {engine:?}, twin {twin:?}"));
        }
    }

    fn near(&mut self, what: &str, row: usize, engine: f64, twin: f64) {
        let scale = engine.abs().max(twin.abs()).max(1.0);
        if (engine - twin).abs() > 1e-9 * scale || engine.is_nan() || twin.is_nan() {
            self.0.push(format!("{what} of {row}: engine {engine}, twin {twin}"));
        }
    }
}

/// Everything that differs at the end of a week.
pub(super) fn differences(world: &World, twin: &Twin) -> Vec<String> {
    let mut d = Differences(Vec::new());
    d.same("week", 0, &world.week, &twin.week);
    people(&mut d, world, twin);
    bosses_and_ties(&mut d, world, twin);
    d.near("common mean", 0, world.applicants.mean, twin.common.0);
    d.near("common variance", 0, world.applicants.variance, twin.common.1);
    let since = |weeks: u32| twin.uplifts.iter().filter(move |(week, _)| week + weeks > twin.week).count();
    let recent: u32 = world.recent_uplift.weeks.iter().map(|(_, n)| n).sum();
    d.same("hires of the year", 0, &(recent as usize), &since(52));
    for (row, rate) in world.introducers.acceptance.iter().enumerate() {
        d.near("introducer's acceptance", row, *rate, twin.acceptance[row]);
    }
    match (&world.market, &twin.shop) {
        (None, None) => {}
        (Some(market), Some(shop)) => {
            compare_market(&mut d, market, twin, shop);
            compare_other_trades(&mut d, market, twin, shop);
        }
        _ => d.0.push("one of the two has no market".to_owned()),
    }
    d.0
}

fn people(d: &mut Differences, world: &World, twin: &Twin) {
    let w = &world.workers;
    let week = world.week;
    for (row, person) in twin.people.iter().enumerate() {
        d.same("generation", row, &w.generation[row], &person.generation);
        d.same("out of work", row, &w.unemployed.has(row), &person.out);
        d.same("recorded out of work", row, &w.recorded_unemployed.has(row), &person.recorded_out);
        d.same("looking", row, &w.looking.has(row), &person.looking);
        let employer = person.employer.map_or(DecisionMakerId::NONE, DecisionMakerId::new);
        d.same("employer", row, &w.employer[row], &employer);
        d.near("ability", row, w.true_ability[row], person.ability);
        d.near("networking", row, w.networking[row], twin.sociable(person));
        d.near("felt ability", row, w.felt_ability[row], person.felt);
        d.near("usual salary", row, w.usual_salary[row], person.usual);
        d.near("résumé", row, w.resume_signal[row], person.resume);
        d.near("salary", row, w.salary[row], person.salary);
        d.near("level of the job", row, w.job_level[row], person.level);
        d.same("own savings", row, &w.own_savings_cents[row], &person.own_savings);
        d.same("savings", row, &w.savings_cents[row], &person.savings);
        d.same("searches", row, &w.searches[row], &person.searches);
        if person.out {
            d.same("out since", row, &w.out_since[row], &person.out_since);
        } else {
            let frail = twin.frail_chance();
            d.same("frail job", row, &w.frail.has(row), &(person.ends > frail));
            // Of a job that is not frail, its share of the chance of one that is.
            let kept = if person.ends > frail { person.ends } else { person.ends / frail };
            let (low, high) = (Gate::new(kept - 1e-12), Gate::new(kept + 1e-12));
            let bits = |gate: Gate| (0..64).fold(0, |all, i| all | u64::from(gate.passes(1 << i)) << i);
            let between = bits(low) <= bits(w.separation[row]) && bits(w.separation[row]) <= bits(high);
            d.same("separation between bounds", row, &between, &true);
        }
        if person.seeks() {
            d.same("search since", row, &w.search_since[row], &person.search_since);
            d.same("search from a job", row, &w.searched_from_job.has(row), &person.from_job);
            d.same("bought", row, &w.bought.has(row), &person.bought);
            d.same("held out", row, &w.held_out.has(row), &person.held_out);
        }
        d.same("coached", row, &w.coached.has(row), &person.coached);
        d.same("turned away by the coaches", row, &w.coach_held_out.has(row), &person.coach_held_out);
        let seller = person.seller.map_or(IntroducerId::NONE, IntroducerId::new);
        d.same("seller", row, &w.seller[row], &seller);
        let engine = world.contacts.row(row).iter().filter(|c| u32::from(c.until) > week);
        let engine: Vec<_> =
            engine.map(|c| (c.introducer as usize, c.since.into(), c.until.into())).collect();
        let twins = person.contacts.iter().filter(|c| c.until > week);
        let twins: Vec<_> = twins.map(|c| (c.introducer, c.since, c.until.min(u16::MAX.into()))).collect();
        d.same("contacts", row, &engine, &twins);
    }
}

fn bosses_and_ties(d: &mut Differences, world: &World, twin: &Twin) {
    let b = &world.decision_makers;
    for (row, boss) in twin.bosses.iter().enumerate() {
        d.near("bar", row, b.bar[row], boss.bar);
        d.near("salary offered", row, b.salary[row], boss.salary);
        d.near("level", row, b.level[row], boss.level);
        d.near("value of an sd", row, b.value_per_sd[row], boss.value_per_sd);
        d.same("vacancy", row, &b.open.has(row), &boss.open);
        d.same("reopening", row, &b.reopening.has(row), &boss.reopening);
        if boss.open {
            d.same("open since", row, &b.open_since[row], &boss.open_since);
        }
        d.same("episode", row, &b.episode[row], &boss.episode);
        let sorted = |mut list: Vec<usize>| {
            list.sort_unstable();
            list
        };
        let engine = sorted(b.met(row).iter().map(|&worker| worker as usize).collect());
        d.same("met", row, &engine, &sorted(boss.met.clone()));
    }
    let t = &world.ties;
    d.near("flow of news", 0, t.news(), twin.news);
    d.same("number of ties", 0, &t.len(), &twin.ties.len());
    for (row, tie) in twin.ties.iter().enumerate() {
        d.same("introducer of tie", row, &t.introducer[row].at(), &tie.introducer);
        d.same("decision-maker of tie", row, &t.decision_maker[row].at(), &tie.boss);
        d.near("goodwill", row, t.goodwill(row), tie.goodwill);
        d.same("heard of a vacancy", row, &t.news_of(row).0, &twin.has_heard(row));
        d.same("blocked", row, &t.blocked_since(row), &tie.blocked.unwrap_or(Ties::OPEN));
        d.near("trust", row, t.trust(row).mean, tie.trust.0);
        d.near("precision of trust", row, t.trust(row).precision, tie.trust.1);
        if twin.shop.is_some() {
            d.near("paid trust", row, t.paid_trust(row).mean, tie.paid_trust.0);
            d.near("precision of paid trust", row, t.paid_trust(row).precision, tie.paid_trust.1);
        }
    }
}

fn compare_market(d: &mut Differences, market: &Market, twin: &Twin, shop: &Shop) {
    d.same("account of clients", 0, &market.ledger.clients_cents, &shop.clients_account);
    d.same("account of others", 0, &market.ledger.outside_cents, &shop.outside);
    d.near("uplift of the market", 0, market.uplift, shop.uplift);
    d.near("introductions held", 0, market.introductions, shop.introductions);
    d.same("sellers", 0, &market.sellers.len(), &shop.sellers.len());
    let known = [market.known.revenue, market.known.hours, market.known.weeks];
    for (position, (engine, twin)) in known.into_iter().zip(shop.known).enumerate() {
        d.near("known of selling", position, engine, twin);
    }
    for (row, seller) in shop.sellers.iter().enumerate() {
        let engine = &market.sellers[row];
        d.same("active", row, &engine.active, &seller.active);
        d.same("seller's account", row, &market.ledger.sellers_cents[row], &seller.account);
        d.same("bond", row, &engine.bond_cents, &seller.bond);
        d.near("acceptance", row, engine.acceptance, seller.acceptance);
        d.near("conversion", row, engine.conversion, seller.conversion);
        d.near("rating", row, engine.rating, seller.rating);
        d.near("uplift", row, engine.uplift, seller.uplift);
        d.near("integrity", row, engine.integrity, seller.integrity);
        d.same("has sold", row, &engine.has_sold, &seller.sold);
        d.near("wage", row, engine.wage, seller.wage);
        d.near("wage if nobody sold", row, engine.organic_wage, seller.own_wage);
        d.near("goodwill lacking", row, engine.gap, seller.gap);
        d.near("purse", row, engine.purse, seller.purse);
        d.near("worth of an hour", row, engine.hour, seller.hour);
        for (band, cases) in seller.bands.iter().enumerate() {
            d.near("requests of a band", row, engine.bands[band].requests, cases.0);
            d.near("met of a band", row, engine.bands[band].met, cases.1);
        }
        let own = [engine.own.revenue, engine.own.hours, engine.own.weeks];
        for (engine, twin) in own.into_iter().zip(seller.own) {
            d.near("own experience", row, engine, twin);
        }
        d.near("cash", row, engine.cash, seller.cash);
        d.near("peak of cash", row, engine.cash_peak, seller.peak);
        d.near("lifetime profit", row, engine.lifetime_profit, seller.lifetime);
        d.near("liability", row, engine.liability, seller.liability);
        if seller.active {
            d.same("selling since", row, &engine.since, &seller.since);
        }
        for (worker, person) in twin.people.iter().enumerate() {
            let seen = twin.stages_seen(row, worker);
            d.same("stages seen", worker, &engine.stages_known(worker, person.generation), &seen);
        }
        clients(d, row, engine, seller);
    }
    d.same("size of the cohort", 0, &market.cohort.len(), &shop.cohort.len());
    for (row, (engine, twin)) in market.cohort.iter().zip(&shop.cohort).enumerate() {
        let search = (engine.search.worker.at(), engine.search.number);
        d.same("member", row, &search, &twin.search);
        d.same("member's seller", row, &(engine.seller as usize), &twin.seller);
        d.same("week of acceptance", row, &engine.week, &twin.week);
        d.same("generation of member", row, &engine.generation, &twin.generation);
        d.same("treated", row, &engine.treated, &twin.treated);
        d.near("usual salary of member", row, engine.usual_salary, twin.usual);
        d.near("income", row, engine.income, twin.income);
        d.same("paid before", row, &engine.paid_before_cents, &twin.paid_before);
        d.same("paid while followed", row, &engine.paid_followed_cents, &twin.paid_followed);
        d.same("weeks followed", row, &engine.followed, &twin.followed);
        d.same("prepaid", row, &engine.prepaid_cents, &twin.prepaid);
        d.same("paid on placement", row, &engine.placement_cents, &twin.on_placement);
        d.same("refunded", row, &engine.refunded_cents, &twin.refunded);
        d.same("introductions held", row, &engine.introductions_held, &twin.held);
        d.near("placed at", row, engine.placed_salary, twin.placed_salary);
        d.near("uplift of placement", row, engine.log_uplift, twin.log_uplift);
        d.same("introductions paid for", row, &engine.introductions, &twin.paid_for);
        d.same("weeks of retainer", row, &engine.retained_weeks, &twin.retained);
        d.same("settled", row, &engine.settled, &twin.settled);
    }
}

fn compare_other_trades(d: &mut Differences, market: &Market, twin: &Twin, shop: &Shop) {
    d.same("account of employers", 0, &market.ledger.employers_cents, &shop.employers_account);
    d.same("account of insiders", 0, &market.ledger.insiders_cents, &shop.insiders_account);
    d.same("account of coaches", 0, &market.ledger.coaches_cents, &shop.coaches_account);
    for (row, boss) in twin.bosses.iter().enumerate() {
        let mine = |m: &&Mandate| m.boss == row && m.episode == boss.episode;
        let twins = shop.sellers.iter().flat_map(|seller| &seller.mandates).any(|m| mine(&m));
        let engine = market.engaged.get(row).is_some_and(|&episode| episode == boss.episode);
        d.same("engaged", row, &engine, &twins);
    }
    for (row, seller) in shop.sellers.iter().enumerate() {
        let live = |boss: usize, episode: u32| episode == twin.bosses[boss].episode;
        let engine = market.sellers[row].mandates.iter();
        let engine = engine.map(|m| (m.decision_maker as usize, m.episode, m.since));
        let mut engine: Vec<_> = engine.filter(|m| live(m.0, m.1)).collect();
        let twins = seller.mandates.iter().map(|m| (m.boss, m.episode, m.since));
        let mut twins: Vec<_> = twins.filter(|m| live(m.0, m.1)).collect();
        engine.sort_unstable();
        twins.sort_unstable();
        d.same("mandates", row, &engine, &twins);
    }
    for kind in 0..2 {
        d.near("with work in time", kind, market.coaching.worked[kind], shop.worked[kind]);
        d.near("acceptance of forms", kind, market.forms.acceptance[kind], shop.forms.acceptance[kind]);
        d.near("conversion of forms", kind, market.forms.conversion[kind], shop.forms.conversion[kind]);
        // Where nobody is told who pays, one trust serves both.
        if kind == 0 || twin.s.disclosure.payment_known {
            for (row, trust) in market.forms.trust[kind].iter().enumerate() {
                d.near("trust in forms", row, trust.mean, twin.bosses[row].forms[kind].0);
                d.near("precision of trust in forms", row, trust.precision, twin.bosses[row].forms[kind].1);
            }
        }
        for row in 0..market.forms.trust[0].len() {
            d.same("found out", row, &market.forms.exposed.has(row), &twin.bosses[row].disabused);
        }
    }
    let mut engine: Vec<_> = market.coaching.cohort.iter().collect();
    engine.sort_by_key(|one| (one.member.week, one.member.search.worker.at()));
    let mut twins: Vec<_> = shop.pupils.iter().collect();
    twins.sort_by_key(|pupil| (pupil.week, pupil.worker));
    d.same("coached or turned away", 0, &engine.len(), &twins.len());
    for (one, pupil) in engine.iter().zip(twins) {
        let (row, member) = (pupil.worker, &one.member);
        d.same("row in the cohort of coaches", row, &member.search.worker.at(), &pupil.worker);
        d.same("person in the cohort of coaches", row, &member.generation, &pupil.generation);
        d.same("week of coaching", row, &member.week, &pupil.week);
        d.same("in fact coached", row, &member.treated, &pupil.treated);
        d.near("usual salary in the cohort of coaches", row, member.usual_salary, pupil.usual);
        d.near("income since coaching", row, member.income, pupil.income);
        d.same("paid since coaching", row, &member.paid_followed_cents, &pupil.paid_followed);
        d.same("weeks since coaching", row, &member.followed, &pupil.followed);
        if twin.week <= pupil.week + TERM {
            d.same("worked since coaching", row, &one.worked, &pupil.worked);
        }
    }
    d.near("rating of strangers' forms", 0, market.forms.rating, shop.forms.rating);
}

fn clients(
    d: &mut Differences,
    row: usize,
    engine: &introsim::world::market::Seller,
    twin: &super::world::Seller,
) {
    let engines: Vec<_> = engine.clients.iter().map(|c| (c.search.worker.at(), c.search.number)).collect();
    let twins: Vec<_> = twin.clients.iter().map(|c| c.search).collect();
    d.same("clients", row, &engines, &twins);
    if engines == twins {
        for (one, other) in engine.clients.iter().zip(&twin.clients) {
            let who = other.search.0;
            d.near("belief about client", who, one.belief.mean, other.mean);
            d.near("variance about client", who, one.belief.variance, other.variance);
            d.same("signed", who, &one.signed, &other.signed);
            d.same("row in the cohort", who, &one.member, &other.member);
        }
    }
    let engines = engine.applicants.iter();
    let engines: Vec<_> =
        engines.map(|a| (a.search.worker.at(), a.search.number, a.since, usize::from(a.stage))).collect();
    let twins: Vec<_> = twin.applicants.iter().map(|a| (a.search.0, a.search.1, a.since, a.stage)).collect();
    let sorted = |mut list: Vec<(usize, u32, u32, usize)>| {
        list.sort_unstable();
        list
    };
    d.same("applicants", row, &sorted(engines), &sorted(twins));
    let (engine, twin) = (engine.applicants.iter().map(|a| a.spent), twin.applicants.iter().map(|a| a.spent));
    d.near("hours spent on applicants", row, engine.sum(), twin.sum());
}

/// Everything that differs in the counts of a week.
pub(super) fn differences_in_counts(tally: &Tally, twin: &Twin) -> Vec<String> {
    let mut d = Differences(Vec::new());
    let c = &twin.counts;
    for channel in 0..CHANNELS {
        d.same("requests by channel", channel, &tally.requests[channel], &c.requests[channel]);
        d.same("met by channel", channel, &tally.met[channel], &c.met[channel]);
        d.same("passed by channel", channel, &tally.passed[channel], &c.passed[channel]);
        d.same("interviews by channel", channel, &tally.interviews[channel], &c.interviews[channel]);
        d.same("offers by channel", channel, &tally.offers[channel], &c.offers[channel]);
        d.same("hires by channel", channel, &tally.hires[channel], &c.hires[channel]);
    }
    for (what, engine, twin) in [
        ("unemployed", tally.unemployed, c.unemployed),
        ("looking", tally.looking, c.looking),
        ("vacancies", tally.vacancies, c.vacancies),
        ("separations", tally.separations, c.separations),
        ("requests left unread", tally.unread, c.unread),
        ("asks", tally.asks, c.asks),
        ("helped", tally.helped, c.helped),
        ("applicants", tally.applicants.n, c.applicants),
        ("new clients", tally.new_clients.n, c.new_clients),
        ("held out", tally.held_out, c.held_out),
        ("began to sell", tally.sellers.began, c.began),
        ("stopped selling", tally.sellers.stopped, c.stopped),
        ("heard of one who passed", tally.heard[0], c.heard[0]),
        ("heard of one who failed", tally.heard[1], c.heard[1]),
        ("shams", tally.shams, c.shams),
        ("shams found out", tally.shams_found_out, c.found_out),
        ("engagements", tally.mandates, c.engaged),
        ("askers submitted", tally.askers_helped, c.askers_helped),
        ("askers placed", tally.askers_placed, c.askers_placed),
        ("placed without looking", tally.placed_not_looking, c.hired_unasked),
        ("coached", tally.coached[0], c.coached[0]),
        ("turned away by the coaches' lot", tally.coached[1], c.coached[1]),
        ("friends asked for a form", tally.form_asks[0], c.form_asks[0]),
        ("strangers asked for a form", tally.form_asks[1], c.form_asks[1]),
    ] {
        d.same(what, 0, &engine, &twin);
    }
    let (hours, flows) = (&tally.sellers.hours, &tally.sellers.flows);
    let (open, time) = (tally.sellers.open_hours, tally.sellers.time);
    let (social, livelihood) = (flows.social_capital, tally.sellers.livelihood);
    let sums = [hours.total(), flows.fees, flows.refunds, flows.costs, social, open, time, livelihood];
    for (position, (engine, twin)) in sums.into_iter().zip(twin.sums).enumerate() {
        d.near("sum over sellers", position, engine, twin);
    }
    let money = &tally.transfers;
    let money = [money.employer_fees, money.bonuses, money.forms, money.coaching];
    for (position, (engine, cents)) in money.into_iter().zip(c.transfers).enumerate() {
        d.near("money that changed hands", position, engine, dollars(cents));
    }
    let income: f64 = twin.people.iter().map(|person| twin.income_of(person)).sum();
    d.near("income of all", 0, tally.welfare.income, income);
    let (paid, all) = twin.worth_of_meetings();
    d.near("worth of paid meetings", 0, tally.welfare.paid_meetings, paid);
    d.near("worth of all meetings", 0, tally.welfare.all_meetings, all);
    d.0
}
