//! Every setting: its flag, its name in the environment, default and unit.
//!
//! A setting is a flag of the commands that heed it and a variable
//! `PATHWAYS_…`; the flag wins. Read here and nowhere else; the floors below are
//! handed the values they need. The README's table is made from this file.

use std::{
    fmt,
    net::{SocketAddr, ToSocketAddrs},
    path::{Path, PathBuf},
    str::FromStr,
};

use clap::{Args, Command, CommandFactory, builder::FalseyValueParser};

use crate::app::start::{Demonstration, ReferenceSource, Sources};

/// Where the database is.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArgs {
    /// The address of the database.
    #[arg(long, env = "PATHWAYS_DATABASE", value_name = "URL", hide_env_values = true)]
    #[arg(
        help = "Database: sqlite:PATH or postgres://USER@HOST/NAME [default: sqlite:DATA/pathways.db]"
    )]
    database: Option<String>,
    /// Folder for everything that the program keeps; made if it is missing
    #[arg(long, env = "PATHWAYS_DATA", value_name = "DIR", default_value = "./data")]
    data: PathBuf,
}

impl DatabaseArgs {
    /// The address of the database; in the data folder unless one is given.
    pub fn url(&self) -> String {
        let in_folder = || format!("sqlite:{}", self.data.join("pathways.db").display());
        self.database.clone().unwrap_or_else(in_folder)
    }

    /// The folder of the register's search index, in the data folder.
    pub fn index_folder(&self) -> PathBuf {
        self.data.join("index")
    }

    /// Whether it is certain that there is nothing at that address yet.
    pub fn is_absent(&self) -> bool {
        let url = self.url();
        url.strip_prefix("sqlite:").is_some_and(|path| {
            let path = path.strip_prefix("//").unwrap_or(path);
            path == ":memory:" || !Path::new(path).exists()
        })
    }
}

/// Where the guidance and the reference data come from.
#[derive(Debug, Clone, Args)]
pub struct ContentArgs {
    /// Folder of toolkits to use instead of those compiled in
    #[arg(long, env = "PATHWAYS_TOOLKITS", value_name = "DIR")]
    toolkits: Option<PathBuf>,
    /// Reference data: oxfordshire (compiled in), none, or a folder to use instead
    #[arg(long, env = "PATHWAYS_REFERENCE", value_name = "NAME|DIR", default_value_t)]
    reference: Reference,
}

impl ContentArgs {
    /// The sources to read.
    pub fn sources(&self, demonstration: Demonstration) -> Sources {
        Sources {
            toolkits: self.toolkits.clone(),
            reference: self.reference.0.clone(),
            demonstration,
        }
    }
}

/// The settings of `serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, env = "PATHWAYS_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    #[arg(value_parser = address)]
    pub listen: SocketAddr,
    /// Most requests a second from each caller; 0 for no limit
    #[arg(long, env = "PATHWAYS_RATE_LIMIT", value_name = "N", default_value_t = 1000)]
    #[arg(value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    pub rate_limit: u32,
    /// Add fictional providers, employers and needs, marked wherever they are shown
    #[arg(long, env = "PATHWAYS_DEMO", value_parser = FalseyValueParser::new())]
    demo: bool,
    /// What to log to standard error: error, warn, info, debug, trace, or PART=LEVEL, …
    #[arg(long, env = "PATHWAYS_LOG", value_name = "FILTER", default_value = "info")]
    pub log: String,
    /// The database.
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// The content.
    #[command(flatten)]
    pub content: ContentArgs,
}

impl ServeArgs {
    /// Whether fictional records are added.
    pub fn demonstration(&self) -> Demonstration {
        if self.demo { Demonstration::Added } else { Demonstration::Absent }
    }
}

/// `ADDRESS:PORT`, or the first address of `NAME:PORT`.
fn address(text: &str) -> Result<SocketAddr, String> {
    let expected = || "expected an address and a port, such as 0.0.0.0:8080".to_owned();
    let mut found = text.to_socket_addrs().map_err(|error| format!("{}: {error}", expected()))?;
    found.next().ok_or_else(expected)
}

/// Which reference data, as written on the command line.
#[derive(Debug, Clone)]
pub struct Reference(ReferenceSource);

impl Default for Reference {
    fn default() -> Self {
        Self(ReferenceSource::Oxfordshire)
    }
}

impl FromStr for Reference {
    type Err = NoFolder;

    fn from_str(text: &str) -> Result<Self, NoFolder> {
        match text {
            "" => Err(NoFolder),
            "oxfordshire" => Ok(Self(ReferenceSource::Oxfordshire)),
            "none" => Ok(Self(ReferenceSource::Nothing)),
            folder => Ok(Self(ReferenceSource::Folder(folder.into()))),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            ReferenceSource::Oxfordshire => f.write_str("oxfordshire"),
            ReferenceSource::Nothing => f.write_str("none"),
            ReferenceSource::Folder(folder) => folder.display().fmt(f),
        }
    }
}

/// No reference data was named.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("say oxfordshire, none, or a folder")]
pub struct NoFolder;

/// The settings of a command line as a Markdown table, for the README.
pub fn table<C: CommandFactory>() -> String {
    let whole = C::command();
    let mut rows: Vec<(String, String)> = Vec::new();
    for command in whole.get_subcommands() {
        for (environment, row) in settings(command) {
            if rows.iter().all(|(known, _)| *known != environment) {
                rows.push((environment, row));
            }
        }
    }
    rows.sort();
    let heading = "| flag | environment | default | what |\n|---|---|---|---|\n".to_owned();
    rows.into_iter().fold(heading, |table, (_, row)| table + &row)
}

/// The settings of one command: name in the environment, and row of the table.
fn settings(command: &Command) -> impl Iterator<Item = (String, String)> {
    command.get_arguments().filter_map(|arg| {
        let environment = arg.get_env()?.to_str()?.to_owned();
        let names = arg.get_value_names().unwrap_or_default();
        let name = names.first().filter(|_| arg.get_action().takes_values());
        let value = name.map(|name| format!(" {name}")).unwrap_or_default();
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let (what, said) = help.split_once(" [default: ").unwrap_or((&help, ""));
        let said = said.trim_end_matches(']').to_owned();
        let defaults = arg.get_default_values().iter().map(|value| value.to_string_lossy());
        let default = defaults.map(std::borrow::Cow::into_owned).next().unwrap_or(said);
        let default = if arg.get_action().takes_values() { default } else { "off".to_owned() };
        let default = if default.is_empty() { "none".to_owned() } else { format!("`{default}`") };
        let flag = format!("--{}{value}", arg.get_long()?).replace('|', "\\|");
        let row = format!("| `{flag}` | `{environment}` | {default} | {what} |\n");
        Some((environment, row))
    })
}
