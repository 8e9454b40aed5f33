//! `pathways openapi`.

use anyhow::Context;
use clap::Args;

use crate::{
    cli::{Outcome, terminal::print},
    web::openapi,
};

/// The kept document, from the project's root.
const KEPT: &str = "openapi/openapi.json";

/// What `openapi` heeds.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Print nothing; fail if openapi/openapi.json differs from the program
    #[arg(long)]
    check: bool,
}

/// Prints the OpenAPI document, or compares the kept one with it.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let fresh = openapi::text();
    if !arguments.check {
        print(fresh)?;
        return Ok(Outcome::Done);
    }
    let kept = std::fs::read_to_string(KEPT).with_context(|| format!("cannot read {KEPT}"))?;
    if kept == fresh {
        print(&format!("{KEPT} is what this program answers.\n"))?;
        return Ok(Outcome::Done);
    }
    let lines = kept.lines().zip(fresh.lines());
    let first = 1 + lines.take_while(|(kept, fresh)| kept == fresh).count();
    anyhow::bail!("{KEPT} is stale from line {first}: run `pathways openapi > {KEPT}`")
}
