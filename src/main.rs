//! The program `pathways`: reads the command line and runs one command.

fn main() {}
