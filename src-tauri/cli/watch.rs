//! `watch`: reads everything that the account lists and follows it.

use std::{
    collections::{BTreeMap, HashSet},
    io::{self, Write},
    time::Duration,
};

use clap::Args;
use serde_json::json;

use super::{CliError, account_args::AccountArgs, rows};
use crate::{
    app::{self, Running},
    ipc::Desk,
    store::{Change, Op, Seq},
    vendor::ReadErrorKind,
};

#[derive(Args)]
pub struct WatchArgs {
    #[command(flatten)]
    account: AccountArgs,
    /// Ends after this time (`20s`, `5m`); without it, at Ctrl+C.
    #[arg(long = "for", value_name = "TIME", value_parser = duration)]
    bound: Option<Duration>,
    /// One JSON line a change: the only form so far, named so that another can come.
    #[arg(long, required = true)]
    jsonl: bool,
}

pub fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: f64 =
        digits.parse().map_err(|_| format!("{text} is no time: write 20s, 5m or 1h"))?;
    let seconds = match &text[digits.len()..] {
        "ms" => number / 1_000.0,
        "" | "s" => number,
        "m" => number * 60.0,
        "h" => number * 3_600.0,
        unit => return Err(format!("{unit} is no unit of time: write 20s, 5m or 1h")),
    };
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

/// Changes taken from the feed at a time.
const FEED: u32 = 1_000;

pub async fn run(args: WatchArgs) -> Result<(), CliError> {
    let running = app::start(args.account.options()?).await?;
    let result = follow(&running, args.bound).await;
    running.shutdown().await;
    result
}

async fn follow(running: &Running, bound: Option<Duration>) -> Result<(), CliError> {
    let desk = running.desk()?;
    let mut seq = desk.reader().seq();
    let mut cursor: Seq = *seq.borrow_and_update();
    let mut printed = Printed::default();
    for account in desk.accounts() {
        let ways = running.setup()?.webhooks(account.id.as_str()).await?;
        if let Some(address) = ways.address {
            // The path is made anew in every run, and is what keeps strangers out.
            writeln!(io::stderr(), "webhooks are received at {address}{}", ways.path)?;
        }
        let Some(reads) = desk.reads(&account.id) else { continue };
        match reads.sign_in().await {
            Ok(()) => {}
            Err(error) if matches!(error.kind, ReadErrorKind::SignIn { .. }) => {
                return Err(CliError::SignIn(error));
            }
            // Nobody can be reached yet: the run goes on, and its summary says so.
            Err(error) => printed.errors.push(error.to_string()),
        }
    }
    let end = async {
        match bound {
            Some(bound) => tokio::time::sleep(bound).await,
            None => {
                // Without a signal to wait for, the run is bounded by its reader closing the pipe.
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    };
    tokio::pin!(end);
    loop {
        cursor = printed.catch_up(&desk, cursor).await?;
        tokio::select! {
            () = &mut end => break,
            changed = seq.changed() => if changed.is_err() { break },
        }
    }
    printed.catch_up(&desk, cursor).await?;
    printed.summary(&desk)
}

#[derive(Default)]
struct Printed {
    /// Ids that stand, by kind.
    rows: BTreeMap<&'static str, HashSet<String>>,
    /// Failures outside the driver's own ledger.
    errors: Vec<String>,
}

impl Printed {
    async fn catch_up(&mut self, desk: &Desk, mut cursor: Seq) -> Result<Seq, CliError> {
        loop {
            let changes = desk.reader().feed(cursor, FEED).await?;
            let Some(last) = changes.last() else { return Ok(cursor) };
            cursor = last.seq;
            // A row that changed twice in one piece of the feed is written once, as it is now.
            let mut newest: HashSet<(&str, &str, &str)> = HashSet::new();
            let mut lines: Vec<&Change> = Vec::new();
            for change in changes.iter().rev() {
                let Some(word) = rows::word(change.kind) else { continue };
                if newest.insert((change.account.as_str(), word, &change.id)) {
                    lines.push(change);
                }
            }
            for change in lines.into_iter().rev() {
                self.line(desk, change).await?;
            }
        }
    }

    async fn line(&mut self, desk: &Desk, change: &Change) -> Result<(), CliError> {
        let Some(word) = rows::word(change.kind) else { return Ok(()) };
        let mask = desk.mask(&change.account);
        let row = match change.op {
            Op::Remove => None,
            Op::Upsert => {
                rows::row(desk.reader(), &change.account, change.kind, &change.id, mask).await?
            }
        };
        let standing = self.rows.entry(word).or_default();
        let (op, row) = match &row {
            Some(row) => {
                standing.insert(change.id.clone());
                ("upsert", rows::json(row).map_err(io::Error::from)?)
            }
            None => {
                standing.remove(&change.id);
                ("remove", serde_json::Value::Null)
            }
        };
        let line = json!({"seq": change.seq, "kind": word, "id": change.id, "op": op, "row": row});
        writeln!(io::stdout().lock(), "{line}")?;
        Ok(())
    }

    fn summary(&self, desk: &Desk) -> Result<(), CliError> {
        let rows: BTreeMap<&str, usize> =
            self.rows.iter().map(|(kind, ids)| (*kind, ids.len())).collect();
        let mut errors = self.errors.clone();
        let mut requests = 0;
        for account in desk.accounts() {
            let read = desk.ledger().read(&account.id, |entry| {
                let times = |(text, n): (&String, &u64)| match n {
                    1 => text.clone(),
                    n => format!("{text} ({n} times)"),
                };
                entry.failures.iter().map(times).collect::<Vec<_>>()
            });
            errors.extend(read.unwrap_or_default());
            requests += desk.reads(&account.id).map_or(0, |reads| reads.requests_total());
        }
        let line = json!({"summary": {"requests": requests, "rows": rows, "errors": errors}});
        let mut out = io::stdout().lock();
        writeln!(out, "{line}")?;
        out.flush()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_their_unit() {
        assert_eq!(duration("20s"), Ok(Duration::from_secs(20)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        assert!(duration("soon").is_err() && duration("5 parsecs").is_err());
    }
}
