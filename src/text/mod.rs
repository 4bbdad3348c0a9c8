//! Numbers and names as text: whatever a person reads of a number is written here.
//!
//! Minus signs are true ones, thousands have commas, a number that rounds to zero has no sign, and what belongs together
//! stays on one line.

mod estimates;
mod forms;
mod money;
mod numbers;
mod words;

pub use estimates::{amount, dollars_between, number, share, share_alone, signed_percent, with_interval};
pub use forms::Form;
pub use money::{cash, dollars, money, signed_dollars};
pub use numbers::{
    count, decimals, duration, exact, fixed, grouped, minus, ordinal, percent, percent_fixed,
    percent_in_cell, rounded, signed, significant, spelt, three, three_digits, two_digits,
};
pub use words::{
    capital, counted, first_few, hours, joined, listed, numbered, plural, quoted, small_letter, span,
};
