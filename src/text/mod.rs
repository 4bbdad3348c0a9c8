//! Numbers and names as text: whatever a person reads of a number is written here.
//!
//! Minus signs are true ones, thousands have commas, a number that rounds to zero has no sign, and what belongs together
//! stays on one line.

mod estimates;
mod money;
mod numbers;
mod words;

pub use estimates::{amount, dollars_between, number, share, signed_percent, with_interval};
pub use money::{cash, dollars, money};
pub use numbers::{
    count, decimals, fixed, grouped, minus, ordinal, percent, percent_fixed, rounded, signed, significant,
    spelt, three, three_digits,
};
pub use words::{
    capital, counted, first_few, hours, joined, listed, numbered, plural, quoted, small_letter, span,
};
