//! The whole program: the real binary, its output, its exit codes, its signals.

mod commands;
mod content;
mod dumped;
mod exchange;
mod keeping;
mod killed;
mod missed;
mod needs;
mod places;
mod readme;
pub mod running;
mod secrets;
mod serving;
