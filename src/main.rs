//! The `introsim` program: parse, run, print the error chain, exit code; nothing else.
fn main() {}
