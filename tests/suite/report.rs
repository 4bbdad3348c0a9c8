//! Reports of made-up studies: sentences say what the tables say and the opposite of opposite tables, and the page is
//! one well-formed file that asks nothing of the network.

mod answers;
mod claims;
mod details;
mod made;
mod page;
mod run;
mod small;
