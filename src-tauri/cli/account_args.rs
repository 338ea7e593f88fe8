//! The flags that name a real account, shared by the command line and the window.

use std::{
    io::{Read as _, Write as _},
    net::SocketAddr,
    path::PathBuf,
};

use clap::Args;
use secrecy::SecretString;

use crate::{
    app::{Options, Whose},
    domain::mask::Mask,
    vendor::Keys,
};

#[derive(Args, Clone)]
pub struct AccountArgs {
    #[command(flatten)]
    pub account: GivenAccount,
    /// Where the store lives.
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
}

impl AccountArgs {
    pub fn options(self) -> Result<Options, ArgumentError> {
        self.account.options(self.data_dir)
    }
}

/// An account for one run.
#[derive(Args, Clone)]
pub struct GivenAccount {
    /// Where the vendor is asked.
    #[arg(long, value_name = "URL")]
    pub base_url: String,
    /// The APPKey.
    #[arg(long, value_name = "KEY")]
    pub key: String,
    /// A file that holds the APPSecret, or - for standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "secret")]
    pub secret_file: Option<String>,
    /// The APPSecret itself: other users of this computer can read it in the list of processes.
    #[arg(long, value_name = "SECRET")]
    pub secret: Option<String>,
    /// A contract profile that corrects what is assumed of the vendor's API.
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    /// Requests per second that the vendor is asked at most.
    #[arg(long, value_name = "R", value_parser = positive)]
    pub budget: Option<f64>,
    /// Receives webhooks on this address of this computer.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub hooks: Option<SocketAddr>,
    /// Shows numbers in full instead of their last four digits.
    #[arg(long)]
    pub unmasked: bool,
    /// Removes every action.
    #[arg(long)]
    pub read_only: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ArgumentError {
    #[error("the secret could not be read from {file}")]
    SecretFile { file: String, source: std::io::Error },
    #[error("no secret: give --secret-file FILE, --secret-file -, or set WHEELHOUSE_SECRET")]
    NoSecret,
    #[error("no secret of the dialer: give --pds-secret-file FILE, or set WHEELHOUSE_PDS_SECRET")]
    NoDialerSecret,
}

/// The keys of the predictive dialer, which signs in by itself.
#[derive(Args, Clone)]
pub struct DialerArgs {
    /// The APPKey of the predictive dialer (PDS), where the account has one of its own.
    #[arg(long, value_name = "KEY")]
    pds_key: Option<String>,
    /// A file that holds its APPSecret, or - for standard input; else WHEELHOUSE_PDS_SECRET.
    #[arg(long, value_name = "FILE", requires = "pds_key")]
    pds_secret_file: Option<String>,
}

impl DialerArgs {
    pub fn keys(self) -> Result<Option<Keys>, ArgumentError> {
        let Some(key) = self.pds_key else { return Ok(None) };
        let text = match self.pds_secret_file {
            Some(file) => read_secret(&file)?,
            None => std::env::var("WHEELHOUSE_PDS_SECRET").unwrap_or_default(),
        };
        let secret = text.trim();
        if secret.is_empty() {
            return Err(ArgumentError::NoDialerSecret);
        }
        Ok(Some(Keys { key, secret: secret.into() }))
    }
}

fn positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(rate) if rate > 0.0 && rate.is_finite() => Ok(rate),
        _ => Err("a budget is a number above 0".to_owned()),
    }
}

impl GivenAccount {
    pub fn options(self, data_dir: Option<PathBuf>) -> Result<Options, ArgumentError> {
        let secret = self.read_secret()?;
        Ok(Options {
            whose: Whose::Real {
                base_url: self.base_url,
                key: self.key,
                secret,
                profile: self.profile,
            },
            data_dir,
            budget: self.budget,
            hooks: self.hooks,
            mask: if self.unmasked { Mask::Shown } else { Mask::LastFour },
            read_only: self.read_only,
        })
    }

    fn read_secret(&self) -> Result<SecretString, ArgumentError> {
        let text = if let Some(file) = &self.secret_file {
            read_secret(file)?
        } else if let Some(secret) = &self.secret {
            // Standard error may be closed; the warning is then nobody's to read.
            let _ = writeln!(
                std::io::stderr(),
                "warning: --secret can be read by other users of this computer; \
                 use --secret-file or WHEELHOUSE_SECRET"
            );
            secret.clone()
        } else {
            std::env::var("WHEELHOUSE_SECRET").map_err(|_| ArgumentError::NoSecret)?
        };
        let text = text.trim();
        if text.is_empty() { Err(ArgumentError::NoSecret) } else { Ok(SecretString::from(text)) }
    }
}

fn read_secret(file: &str) -> Result<String, ArgumentError> {
    read_from(file).map_err(|source| ArgumentError::SecretFile { file: file.to_owned(), source })
}

fn read_from(file: &str) -> std::io::Result<String> {
    if file == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(file)
}
