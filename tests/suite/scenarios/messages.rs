//! The exact words in which a bad file is refused: what is wrong, where, what is allowed, what was meant.

use super::{Folder, problems};

fn problems_of(text: &str) -> String {
    let folder = Folder::new(&[("bad.toml", text)]);
    problems(&folder, "bad.toml")
}

#[test]
fn an_unknown_key_is_shown_with_the_nearest_right_one() {
    let problems = problems_of(
        r#"title = "Bad"
[contract]
share_of_salery = "10%"
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: unknown key `share_of_salery` in [contract]
     --> bad.toml:3:1
      |
    3 | share_of_salery = "10%"
      | ^^^^^^^^^^^^^^^ not a key of [contract]
      |
    help: did you mean `share_of_salary`?
      |
    3 - share_of_salery = "10%"
    3 + share_of_salary = "10%"
      |
    "#);
}

#[test]
fn a_key_of_another_section_is_sent_home() {
    let problems = problems_of(
        r#"title = "Bad"
[contract]
ask_rate = 0.2
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: unknown key `ask_rate` in [contract]
     --> bad.toml:3:1
      |
    3 | ask_rate = 0.2
      | ^^^^^^^^ not a key of [contract]
      |
      = help: `ask_rate` is a key of [contacts]
    "#);
}

#[test]
fn a_key_of_several_sections_at_the_head_is_sent_home() {
    let problems = problems_of(
        r#"count = 5
title = "Bad"
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: unknown key `count`
     --> bad.toml:1:1
      |
    1 | count = 5
      | ^^^^^ not a key at the head of a file
      |
      = help: `count` is a key of [workers], [decision_makers], [introducers]
    "#);
}

#[test]
fn an_unknown_section_is_shown_with_the_nearest_right_one() {
    let problems = problems_of(
        r#"title = "Bad"
[screning]
stages = []
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: unknown section [screning]
     --> bad.toml:2:2
      |
    2 | [screning]
      |  ^^^^^^^^ no such section
      |
    help: did you mean `screening`?
      |
    2 | [screening]
      |      +
    "#);
}

#[test]
fn an_employer_pays_on_a_hire_alone() {
    let problems = problems_of(
        r#"title = "Bad"
[contract]
payer = "employer"
upfront = "$500"
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: an employer pays on a hire alone, by `contract.share_of_salary` and `contract.success_fee`; `contract.upfront` is $500
     --> bad.toml:4:11
      |
    3 | payer = "employer"
      |         ---------- and this
    4 | upfront = "$500"
      |           ^^^^^^
    "#);
}

#[test]
fn a_percentage_of_dollars_is_refused() {
    let problems = problems_of(
        r#"title = "Bad"
[contract]
upfront = "10%"
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: `contract.upfront` takes dollars: `"$5,000"` or a plain number
     --> bad.toml:3:11
      |
    3 | upfront = "10%"
      |           ^^^^^ this is a percentage, not US dollars
    "#);
}

#[test]
fn dollars_of_time_are_refused() {
    let problems = problems_of(
        r#"title = "Bad"
[sellers]
hours = "$5"
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: `sellers.hours` takes hours: `"4h"`, `"4 hours"`, `"30 minutes"` or a plain number
     --> bad.toml:3:9
      |
    3 | hours = "$5"
      |         ^^^^ this is an amount in dollars, not hours
    "#);
}

#[test]
fn ten_is_not_ten_percent() {
    let problems = problems_of(
        r#"title = "Bad"
[contract]
share_of_salary = 10
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: `contract.share_of_salary` is out of range
     --> bad.toml:3:19
      |
    3 | share_of_salary = 10
      |                   ^^ found 10; allowed: 0% to 100%
      |
      = help: did you mean `"10%"`? A plain number is a share of 1
    "#);
}

#[test]
fn a_number_out_of_its_range_is_shown_with_the_range() {
    let problems = problems_of(
        r#"title = "Bad"
[buyers]
hazard_shape = 1.0
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: `buyers.hazard_shape` is out of range
     --> bad.toml:3:16
      |
    3 | hazard_shape = 1.0
      |                ^^^ found 1.0; allowed: 1.001 to 1,000 (shape)
    "#);
}

#[test]
fn not_a_number_is_no_number() {
    let problems = problems_of(
        r#"title = "Bad"
[workers]
resume_precision = nan
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: `workers.resume_precision` is out of range
     --> bad.toml:3:20
      |
    3 | resume_precision = nan
      |                    ^^^ found nan; allowed: 0 to 1,000,000,000,000 (1/sd²)
    "#);
}

#[test]
fn half_a_week_is_no_whole_week() {
    let problems = problems_of(
        r#"title = "Bad"
[contract]
guarantee_weeks = "10 days"
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: `contract.guarantee_weeks` takes a whole number of weeks
     --> bad.toml:3:19
      |
    3 | guarantee_weeks = "10 days"
      |                   ^^^^^^^^^ this is 1.4285714285714286
    "#);
}

#[test]
fn a_text_is_no_switch() {
    let problems = problems_of(
        r#"title = "Bad"
[disclosure]
payment_known = "no"
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: `disclosure.payment_known` takes true or false, without quotes
     --> bad.toml:3:17
      |
    3 | payment_known = "no"
      |                 ^^^^ this is a text
    "#);
}

#[test]
fn a_name_that_is_none_is_shown_with_those_that_are() {
    let problems = problems_of(
        r#"title = "Bad"
[sellers]
targeting = "best_fitt"
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: `sellers.targeting` takes one of "random", "stated_level", "best_fit"
     --> bad.toml:3:13
      |
    3 | targeting = "best_fitt"
      |             ^^^^^^^^^^^ no such name
      |
      = help: did you mean `"best_fit"`?
    "#);
}

#[test]
fn a_stage_says_what_it_lacks() {
    let problems = problems_of(
        r#"title = "Bad"
[screening]
stages = [{ hours = 0, accept_above = "profits" }, { hours = "1h", x = 2 }]
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: `screening.stages.hours` is out of range
     --> bad.toml:3:21
      |
    3 | stages = [{ hours = 0, accept_above = "profits" }, { hours = "1h", x = 2 }]
      |                     ^ found 0; allowed: 0.0001h to 1,000h

    error: `screening.stages.accept_above` takes a score in sd of ability, or "profit"
     --> bad.toml:3:39
      |
    3 | stages = [{ hours = 0, accept_above = "profits" }, { hours = "1h", x = 2 }]
      |                                       ^^^^^^^^^ neither of them

    error: a stage needs `accept_above`
     --> bad.toml:3:52
      |
    3 | stages = [{ hours = 0, accept_above = "profits" }, { hours = "1h", x = 2 }]
      |                                                    ^^^^^^^^^^^^^^^^^^^^^^^ it is missing here

    error: a stage has no `x`
     --> bad.toml:3:68
      |
    3 | stages = [{ hours = 0, accept_above = "profits" }, { hours = "1h", x = 2 }]
      |                                                                    ^ a stage has `hours` and `accept_above`
    "#);
}

#[test]
fn a_key_set_twice_is_refused() {
    let problems = problems_of(
        r#"title = "Bad"
[run]
seed = 1
seed = 2
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: this key is set twice
     --> bad.toml:4:1
      |
    4 | seed = 2
      | ^^^^ set before
    "#);
}

#[test]
fn a_missing_value_is_said_to_be_missing() {
    let problems = problems_of(
        r#"title = "Bad"
[run]
weeks =
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: this is not TOML
     --> bad.toml:3:8
      |
    3 | weeks =
      |        ^ a value is missing here
    "#);
}

#[test]
fn more_ties_than_decision_makers_are_refused() {
    let problems = problems_of(
        r#"title = "Bad"
[decision_makers]
count = 20
[introducers]
ties = 30
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: an introducer cannot know more decision-makers than there are: `introducers.ties` is 30, `decision_makers.count` is 20
     --> bad.toml:5:8
      |
    3 | count = 20
      |         -- and this
    4 | [introducers]
    5 | ties = 30
      |        ^^
    "#);
}

#[test]
fn an_odd_number_of_friends_is_refused() {
    let problems = problems_of(
        r#"title = "Bad"
[friends]
mean_degree = 7
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: a small world needs an even `friends.mean_degree`, as many friends to either side; it is 7
     --> bad.toml:3:15
      |
    3 | mean_degree = 7
      |               ^
    "#);
}

#[test]
fn a_rebuilt_tie_must_not_be_blocked() {
    let problems = problems_of(
        r#"title = "Bad"
[goodwill]
block_below = 0.6
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: a rebuilt tie must not be blocked at once: `goodwill.rebuild_to` is 0.5, `goodwill.block_below` is 0.6
     --> bad.toml:3:15
      |
    3 | block_below = 0.6
      |               ^^^
    "#);
}

#[test]
fn a_file_without_a_title_is_refused() {
    let problems = problems_of(
        r#"[run]
seed = 1
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: the file has no `title`
     --> bad.toml:1:1
      |
    1 | [run]
      | ^
      |
      = help: begin it with one line for charts: `title = "…"`
    "#);
}

#[test]
fn a_short_name_that_finds_no_room_in_a_chart_is_refused() {
    let problems = problems_of(
        r#"title = "Bad"
short = "a screen of half an hour and more"
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: `short` is 33 characters long; at most 24 find room in a chart
     --> bad.toml:2:9
      |
    2 | short = "a screen of half an hour and more"
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: `title` takes the long name
    "#);
}

#[test]
fn an_empty_file_is_refused() {
    let problems = problems_of(
        r#"
"#,
    );
    insta::assert_snapshot!(problems, @r#"
    error: bad.toml is empty
     |
     = help: a scenario needs at least a title; `introsim new NAME` writes one
    "#);
}
