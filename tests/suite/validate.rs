//! Validation: solvers against printed values, the rule of judging, the command, and the document.

mod command;
mod document;
mod judging;
mod solvers;
