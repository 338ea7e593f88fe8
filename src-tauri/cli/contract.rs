//! `contract show|diff|check|import`: a profile, without a window and without the vendor's API.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args, Subcommand};

use super::{CliError, contract_import};
use crate::vendor::{
    Profile,
    change::{self, BY_HAND},
    profile_shown::{self, Shown, ShownEndpoint},
};

#[derive(Subcommand)]
pub enum ContractCommand {
    /// Every value in force, with its evidence and where it comes from.
    Show(ShowArgs),
    /// What the profile says differently than the built-in contract.
    Diff(ProfileArgs),
    /// Whether the profile can be used; if not, where and why.
    Check(ProfileArgs),
    /// Reads the vendor's documentation and shows what it would change.
    Import(contract_import::ImportArgs),
}

#[derive(Args)]
pub struct ProfileArgs {
    /// The profile's file.
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
}

#[derive(Args)]
pub struct ShowArgs {
    /// The profile's file; without one the built-in contract is shown.
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Only keys that begin with this, such as `workflow.`.
    #[arg(value_name = "KEY", default_value = "")]
    only: String,
}

pub async fn run(command: ContractCommand) -> Result<(), CliError> {
    match command {
        ContractCommand::Show(args) => {
            let text = args.profile.map(text_of).transpose()?.unwrap_or_default();
            show(&text, &args.only, &mut io::stdout().lock())
        }
        ContractCommand::Diff(args) => diff(&text_of(args.profile)?, &mut io::stdout().lock()),
        ContractCommand::Import(args) => contract_import::run(args).await,
        ContractCommand::Check(args) => {
            Profile::parse(&text_of(args.profile)?)?;
            writeln!(io::stdout(), "the profile can be used")?;
            Ok(())
        }
    }
}

fn text_of(file: PathBuf) -> Result<String, CliError> {
    std::fs::read_to_string(&file).map_err(|source| CliError::ReadFile { file, source })
}

fn show(text: &str, only: &str, out: &mut impl Write) -> Result<(), CliError> {
    let contract = profile_shown::shown(text)?;
    if only.is_empty() {
        values(&contract.general, 0, out)?;
    }
    for row in contract.endpoints.iter().filter(|row| row.endpoint.name.starts_with(only)) {
        endpoint(row, out)?;
    }
    if only.is_empty() {
        values(&contract.fields, 0, out)?;
        values(&contract.words, 0, out)?;
    }
    Ok(())
}

fn endpoint(row: &ShownEndpoint, out: &mut impl Write) -> Result<(), CliError> {
    let asked = match &row.asked {
        Ok(()) => "asked".to_owned(),
        Err(why) => format!("not asked: {why}"),
    };
    let (name, title) = (row.endpoint.name, row.endpoint.title);
    writeln!(out, "{name}  ({title})")?;
    writeln!(out, "  {}; {asked}", row.evidence.word())?;
    values(&row.values, 2, out)
}

fn values(shown: &[Shown], skip: usize, out: &mut impl Write) -> Result<(), CliError> {
    for value in shown {
        let key = change::spelt(value.path.get(skip..).unwrap_or_default());
        let from = match (value.from_profile, &value.source) {
            (false, _) => "built in",
            (true, Some(source)) => source,
            (true, None) => BY_HAND,
        };
        let indent = if skip > 0 { "  " } else { "" };
        writeln!(out, "{indent}{key} = {}  # {from}", value.literal)?;
    }
    Ok(())
}

fn diff(text: &str, out: &mut impl Write) -> Result<(), CliError> {
    Profile::parse(text)?;
    let built_in = profile_shown::shown("")?;
    let rows = built_in.endpoints.iter().flat_map(|row| &row.values);
    let known: Vec<&Shown> = rows.chain(&built_in.general).collect();
    for entry in change::entries(text)? {
        let before = known.iter().find(|value| value.path == entry.path);
        if before.is_some_and(|value| value.literal == entry.literal) {
            continue;
        }
        let key = change::spelt(&entry.path);
        let from = before.map_or("nothing", |value| &value.literal);
        let source = entry.source.as_deref().unwrap_or(BY_HAND);
        writeln!(out, "{key}: {from} -> {}  # {source}", entry.literal)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "[endpoint.\"workflow.list\"]\nmethod = \"GET\"\npath = \"/mine\" # page 7\n";

    fn told(write: impl FnOnce(&mut Vec<u8>) -> Result<(), CliError>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_key_is_shown_with_its_values_and_where_they_come_from() {
        let text = told(|out| show(TEXT, "workflow.list", out));
        assert!(text.starts_with("workflow.list  (Obtain the Workflow Task List)\n"), "{text}");
        assert!(text.contains("  path = \"/mine\"  # page 7\n"), "{text}");
        assert!(text.contains("  method = \"GET\"  # by hand\n"), "{text}");
        assert!(text.contains("  list = \"/data/list\"  # built in\n"), "{text}");
    }

    #[test]
    fn a_difference_names_what_was_and_what_is() {
        let text = told(|out| diff(TEXT, out));
        let expected = "endpoint.\"workflow.list\".path: \"/service/cloud/workflow/instancelist\" \
                        -> \"/mine\"  # page 7\n";
        assert_eq!(text, expected);
    }
}
