//! `pathways token`: make, list and revoke tokens.

use anyhow::Context;
use chrono::{Duration, NaiveDateTime};
use clap::{Args, Subcommand};

use crate::{
    app::{
        Clock,
        exchange::import::operator,
        tokens::{Wish, hash, issue},
    },
    cli::{
        Outcome,
        kind::{existing, opened},
        terminal::{print, say},
    },
    config::DatabaseArgs,
    domain::{access::Role, slug::Slug},
    store::{
        StoreError,
        tokens::{self, Token},
    },
};

/// What is done with tokens.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Make a token and print it: once, and nowhere else
    Create(CreateArguments),
    /// List the tokens; never the secrets themselves
    List(ListArguments),
    /// Revoke a token: from now on it is no longer good
    Revoke(RevokeArguments),
}

/// What `token create` heeds.
#[derive(Debug, Args)]
pub struct CreateArguments {
    /// What it allows: employer, broker, coordinator or admin
    #[arg(long, value_name = "ROLE", value_parser = role)]
    role: Role,
    /// The organisation that an employer's token speaks for
    #[arg(long, value_name = "SLUG", value_parser = slug)]
    #[arg(required_if_eq("role", "employer"))]
    organisation: Option<Slug>,
    /// What it is for, in a few words; never a person's name
    #[arg(long, value_name = "TEXT", value_parser = label)]
    label: Option<String>,
    /// Days for which it is good; for ever unless said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=3650))]
    expires_in_days: Option<i64>,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// What `token list` heeds.
#[derive(Debug, Args)]
pub struct ListArguments {
    #[command(flatten)]
    database: DatabaseArgs,
}

/// What `token revoke` heeds.
#[derive(Debug, Args)]
pub struct RevokeArguments {
    /// The number of the token, as `token list` has it
    #[arg(value_name = "ID")]
    id: i64,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Does it.
pub fn run(what: &What) -> anyhow::Result<Outcome> {
    match what {
        What::Create(arguments) => create(arguments),
        What::List(arguments) => list(arguments),
        What::Revoke(arguments) => revoke(arguments),
    }
}

fn create(arguments: &CreateArguments) -> anyhow::Result<Outcome> {
    if arguments.organisation.is_some() && arguments.role != Role::Employer {
        let message = "--organisation goes with --role employer alone";
        clap::Error::raw(clap::error::ErrorKind::ArgumentConflict, format!("{message}\n")).exit();
    }
    let store = opened(&arguments.database)?;
    let at = Clock::System.now();
    let days = arguments.expires_in_days.map(Duration::days);
    let wish = Wish {
        role: arguments.role,
        organisation: arguments.organisation.clone(),
        label: arguments.label.clone(),
        expires_at: days.and_then(|days| at.checked_add_signed(days)),
    };
    let made = store.write_blocking(|conn| {
        let token = issue(conn, wish, &operator(), at)?;
        let stored = tokens::find_by_hash(conn, &hash(&token))?;
        Ok::<_, StoreError>((token, stored.ok_or(StoreError::NotFound)?.id))
    });
    let (token, id) = match made {
        Err(StoreError::NotFound) => anyhow::bail!("there is no organisation of that name"),
        made => made.context("cannot make the token")?,
    };
    print(&format!("{token}\n"))?;
    say(&format!("This is token {id}. It is shown once: keep it where no one else reads."));
    Ok(Outcome::Done)
}

fn list(arguments: &ListArguments) -> anyhow::Result<Outcome> {
    let store = existing(&arguments.database)?;
    let all = store.read_blocking(tokens::all).context("cannot read the tokens")?;
    let now = Clock::System.now();
    let mut lines = vec![row(&["id", "role", "state", "made", "expires", "organisation", "label"])];
    lines.extend(all.iter().map(|token| line(token, now)));
    print(&(lines.join("\n") + "\n"))?;
    Ok(Outcome::Done)
}

fn revoke(arguments: &RevokeArguments) -> anyhow::Result<Outcome> {
    let store = existing(&arguments.database)?;
    let (id, at) = (arguments.id, Clock::System.now());
    let done = store.write_blocking(|conn| tokens::revoke(conn, id, &operator(), at));
    print(&match done {
        Ok(true) => format!("Token {id} is revoked.\n"),
        Ok(false) => format!("Token {id} was revoked before.\n"),
        Err(StoreError::NotFound) => anyhow::bail!("there is no token {id}"),
        Err(error) => return Err(error).context("cannot revoke the token"),
    })?;
    Ok(Outcome::Done)
}

fn line(token: &Token, now: NaiveDateTime) -> String {
    let state = match token {
        Token { revoked_at: Some(_), .. } => "revoked",
        token if token.is_good(now) => "good",
        _ => "expired",
    };
    let day = |at: NaiveDateTime| at.date().to_string();
    row(&[
        &token.id.to_string(),
        token.role.as_str(),
        state,
        &day(token.created_at),
        &token.expires_at.map_or_else(|| "never".to_owned(), day),
        token.organisation.as_ref().map_or("-", Slug::as_str),
        token.label.as_deref().unwrap_or("-"),
    ])
}

/// A line of the list.
fn row(cells: &[&str; 7]) -> String {
    let [id, role, state, made, expires, organisation, label] = cells;
    format!("{id:>4}  {role:<12} {state:<8} {made:<11} {expires:<11} {organisation:<24} {label}")
}

fn role(text: &str) -> Result<Role, String> {
    let expected = "it is one of employer, broker, coordinator, admin";
    Role::parse(text).filter(|role| *role != Role::Public).ok_or_else(|| expected.to_owned())
}

fn slug(text: &str) -> Result<Slug, String> {
    Slug::parse(text).map_err(|error| error.to_string())
}

fn label(text: &str) -> Result<String, String> {
    let fits = (1..=120).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    let refused = || "it has 1 to 120 characters, in one line".to_owned();
    if fits && !text.trim().is_empty() { Ok(text.to_owned()) } else { Err(refused()) }
}
