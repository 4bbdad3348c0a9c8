//! The rule by which a figure passes.

use introsim::experiments::validation::judge::judge;
use introsim::experiments::validation::{Check, Rule, Verdict, missing};

#[test]
fn a_figure_passes_within_four_of_its_own_errors_and_not_beyond() {
    let of = |value: f64| judge(Rule::errors(), 1.0, value, Some(0.1));
    assert_eq!([of(1.0), of(1.399), of(0.601)], [Verdict::Pass; 3]);
    assert_eq!([of(1.401), of(0.599), of(f64::NAN)], [Verdict::Fail; 3]);
}

#[test]
fn a_figure_without_an_error_proves_nothing() {
    for error in [None, Some(0.0), Some(f64::NAN), Some(f64::INFINITY), Some(-0.1)] {
        assert_eq!(judge(Rule::errors(), 1.0, 1.0, error), Verdict::Fail, "{error:?}");
    }
}

#[test]
fn an_error_larger_than_asked_for_is_a_failure_and_a_wrong_figure_a_worse_one() {
    let rule = Rule::precise(0.2);
    assert_eq!(judge(rule, 1.0, 1.01, Some(0.04)), Verdict::Pass);
    assert_eq!(judge(rule, 1.0, 1.01, Some(0.06)), Verdict::TooRough);
    assert_eq!(judge(rule, 1.0, 2.0, Some(0.06)), Verdict::Fail);
    assert!(Verdict::TooRough.is_failure() && Verdict::Fail.is_failure());
    let quick = Check::new("rough", "", (1.0, "us"), (1.01, 0.06), rule).without_precision();
    assert_eq!((quick.verdict, quick.rule), (Verdict::Pass, Rule::errors()));
    let wrong = Check::new("wrong", "", (1.0, "us"), (2.0, 0.06), rule).without_precision();
    assert_eq!(wrong.verdict, Verdict::Fail, "quick or not, four errors are four errors");
}

#[test]
fn what_carries_no_luck_must_be_equal() {
    let of = |value: f64| Check::exact("week", "weeks", (23.0, "by hand"), value, 0.0).verdict;
    assert_eq!([of(23.0), of(24.0), of(f64::NAN)], [Verdict::Pass, Verdict::Fail, Verdict::Fail]);
}

#[test]
fn a_missed_fact_is_no_failure() {
    let fact = Rule::Fact(0.3, 0.6);
    assert_eq!(
        [0.3, 0.45, 0.61].map(|x| judge(fact, 0.45, x, None)),
        [Verdict::Hit, Verdict::Hit, Verdict::Miss]
    );
    assert!(
        [Verdict::Miss, Verdict::Hit, Verdict::Undecided, Verdict::NotApplicable]
            .iter()
            .all(|v| !v.is_failure())
    );
}

#[test]
fn z_counts_in_errors_of_the_figure() {
    let check = Check::new("x", "", (1.0, "us"), (0.7, 0.1), Rule::errors());
    assert!((check.z().unwrap() + 3.0).abs() < 1e-12);
    assert_eq!(
        check.interval.map(|(low, high)| ((low * 10.0).round(), (high * 10.0).round())),
        Some((3.0, 11.0))
    );
}

#[test]
fn what_is_not_compared_says_why() {
    for row in missing::rows() {
        assert_eq!(row.verdict, Verdict::NotApplicable);
        assert!(row.note.len() > 60 && !row.source.is_empty(), "{}", row.what);
    }
}
