//! Lives through fixed weeks of a small market, for `.ci/instructions` to count what they take.
//!
//! `instructions NAME`: `organic`, `paid` or `leads`, of 10,000 workers on one thread. Prints the number of blocks asked of
//! the allocator. Instructions are counted from outside, inside [`counted_weeks`] alone.

use introsim_benches::allocations::{self, Counting};
use introsim_benches::life::Life;
use introsim_benches::markets::Kind;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Weeks that are counted.
const WEEKS: u32 = 26;

fn main() -> Result<(), String> {
    let mut names = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let names: Vec<String> = names.by_ref().collect();
    let kind = match names.as_slice() {
        // As `cargo bench` runs it, without a name: nothing is counted from inside.
        [] => return Ok(()),
        [name] => Kind::named(name).ok_or(format!("no run is called `{name}`: organic, paid, leads"))?,
        _ => return Err("one name at a time: organic, paid, leads".to_owned()),
    };
    let mut market = Life::steady(kind.scenario(10_000));
    counted_weeks(&mut market);
    println!("allocations {}", allocations::so_far());
    Ok(())
}

/// What is counted: the weeks, without the world's building and its burn-in.
#[inline(never)]
fn counted_weeks(market: &mut Life) {
    market.live(WEEKS);
}
