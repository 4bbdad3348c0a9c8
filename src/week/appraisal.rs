//! Appraisal: what a decision-maker believes of people who come some way, and what meeting one of them is worth to her.
//! Used by reviewing, meeting, offers and word of mouth.

use super::pipeline::{Chosen, Request};
use super::rules::Rules;
use super::tally::Channel;
use super::{contract, looks};
use crate::beliefs::Belief;
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::institutions::{FormOf, Forms};

/// What she believes about people who come this request's way: quality minus bar, before the résumé.
pub(super) fn source_belief(scenario: &Scenario, world: &World, request: &Request) -> Belief {
    if request.channel == Channel::Cold {
        return Belief { mean: world.applicants.mean, variance: world.applicants.variance };
    }
    if let Some(form) = request.channel.form() {
        let own = form_belief(scenario, world, request.decision_maker as usize, form);
        return own.unwrap_or(Belief { mean: world.applicants.mean, variance: world.applicants.variance });
    }
    let ties = &world.ties;
    let apart = is_apart(scenario, request.channel);
    let tie = request.tie.at();
    let trust = if apart { ties.paid_trust(tie) } else { ties.trust(tie) };
    Belief { mean: trust.mean, variance: 1.0 / trust.precision + scenario.beliefs.within_source_variance }
}

/// What she believes of those who come by such a form: quality minus bar, before the résumé. `None` if a form is no more
/// than an application to her.
fn form_belief(scenario: &Scenario, world: &World, decision_maker: usize, form: FormOf) -> Option<Belief> {
    let forms = &world.market.as_ref().expect("forms need a market, promised by networking").forms;
    if forms.is_no_more_than_applied(form, decision_maker) {
        return None;
    }
    let trust = forms.trust[Forms::belief_about(scenario, form)][decision_maker];
    let variance = 1.0 / trust.precision + scenario.beliefs.within_source_variance;
    Some(Belief { mean: trust.mean, variance })
}

/// Whether the people of a channel have a trust of their own in a tie: those who pay, where she knows it, and those
/// who are submitted to her.
pub(super) fn is_apart(scenario: &Scenario, channel: Channel) -> bool {
    channel == Channel::Submitted || channel == Channel::Paid && scenario.disclosure.payment_known
}

/// What the one who hires feels of a fee or bonus that her firm would pay on a hire, in sd of quality.
pub(super) fn felt_margin(scenario: &Scenario, world: &World, request: &Request) -> f64 {
    let row = request.decision_maker as usize;
    let due = match request.channel {
        Channel::Submitted => {
            contract::due_on_placement(&scenario.contract, world.decision_makers.salary[row])
        }
        Channel::Referred | Channel::Stranger => scenario.referral.employee_bonus,
        Channel::Cold | Channel::Lead | Channel::Organic | Channel::Paid => 0.0,
    };
    let felt = scenario.employer.fee_felt * due;
    if felt > 0.0 { felt / world.decision_makers.value_per_sd[row] } else { 0.0 }
}

/// The value of meeting on a request: what the interview is expected to bring, and courtesy to the introducer, less
/// the cost of the meeting.
pub(super) fn candidate(
    scenario: &Scenario,
    rules: &Rules,
    world: &World,
    source: Belief,
    request: Request,
) -> (f64, Chosen) {
    let row = request.decision_maker as usize;
    let table = &world.decision_makers;
    let signal = world.workers.resume_signal[request.worker as usize] - table.bar[row];
    let precision = looks::resume_precision(scenario, world, request.worker as usize);
    let belief = source.after_look(signal, precision);
    let margin = belief.mean - felt_margin(scenario, world, &request);
    let s = &scenario.decision_makers;
    let gain = table.value_per_sd[row]
        * rules.interview.expected_gain(margin, rules.interview.spread(belief.variance));
    let use_of_it = if table.open.has(row) { 1.0 } else { s.value_without_vacancy };
    let courtesy =
        if request.tie.is_some() { world.ties.goodwill(request.tie.at()) * s.courtesy } else { 0.0 };
    (
        gain * use_of_it + courtesy - s.meeting_cost,
        Chosen { request, margin: belief.mean, variance: belief.variance },
    )
}
