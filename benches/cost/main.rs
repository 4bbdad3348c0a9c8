//! Measures what introsim costs and writes the tables of `docs/performance.md`: one run, one machine, each figure beside
//! its floor.
//!
//! `cargo bench -p introsim-benches --bench cost` takes a few minutes and wants a machine that does nothing else.
//! `-- --small` leaves out a million workers and prints instead of writing.

mod lists;
mod measure;
mod memory;
mod weeks;

use introsim_benches::allocations::Counting;
use introsim_benches::tables;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Where the tables stand.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/performance.md");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, first, market, workers] = arguments.as_slice()
        && first == memory::ALONE
    {
        return memory::alone(market, workers).ok_or_else(|| "no such market, or no such system".into());
    }
    let small = arguments.iter().any(|argument| argument == "--small");
    let sizes: &[u32] = if small { &[10_000, 100_000] } else { &[10_000, 100_000, 1_000_000] };
    let mut texts = vec![("machine", machine())];
    let memory = memory::table(sizes);
    let measured = weeks::measure(sizes);
    texts.extend([
        ("weeks", weeks::cost(&measured)),
        ("growth", weeks::growth(&measured)),
        ("threads", weeks::threads(&measured)),
        ("memory", memory),
        ("lists", lists::table(&measured, small)),
        ("phases", weeks::phases(&measured)),
        ("events", weeks::events(&measured)),
    ]);
    if small {
        for (name, text) in texts {
            println!("## {name}\n\n{text}\n");
        }
        return Ok(());
    }
    let page = std::fs::read_to_string(PAGE)?;
    let page = texts.iter().try_fold(page, |page, (name, text)| tables::replace(&page, name, text))?;
    std::fs::write(PAGE, page)?;
    println!("written: docs/performance.md");
    Ok(())
}

/// What was measured on.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let processor = std::fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    let processor = processor.unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let load = std::fs::read_to_string("/proc/loadavg").ok();
    let load = load.and_then(|text| text.split(' ').next().map(str::to_owned));
    let busy = load.map_or(String::new(), |load| format!(" Load when it began: {load}."));
    format!("Measured on {cores} cores of: {processor}.{busy}")
}
