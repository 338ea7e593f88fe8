//! `export`: writes what a store holds, one JSON line a row.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args, ValueEnum};

use super::{CliError, rows};
use crate::{
    app,
    domain::mask::Mask,
    ipc::dto::RowDto,
    store::{self, ExportRow, Kind, Reader},
};

#[derive(Args)]
pub struct ExportArgs {
    /// Where the store lives.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    #[arg(long, value_enum)]
    kind: ExportKind,
    #[arg(long, value_enum)]
    format: Format,
    /// Writes numbers in full instead of their last four digits.
    #[arg(long)]
    unmasked: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum ExportKind {
    Workflows,
    Calls,
    Sessions,
    Messages,
    Waba,
    Tasks,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Jsonl,
}

impl ExportKind {
    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Workflows => &[Kind::Workflow],
            Self::Calls => &[Kind::Call],
            Self::Sessions => &[Kind::Session],
            Self::Messages => &[Kind::Message],
            Self::Waba => &[Kind::Waba],
            Self::Tasks => &[Kind::Task, Kind::WabaTask],
        }
    }
}

/// Ids read at a time.
const PAGE: u32 = 500;

pub async fn run(args: ExportArgs) -> Result<(), CliError> {
    let Format::Jsonl = args.format;
    let file = app::data_dir(args.data_dir)?.join("wheelhouse.db");
    if !file.exists() {
        return Err(CliError::NoStore(file));
    }
    let reader = store::open(&file).await?.reader;
    let mask = if args.unmasked { Mask::Shown } else { Mask::LastFour };
    let mut out = io::BufWriter::new(io::stdout().lock());
    for kind in args.kind.kinds() {
        let mut after = None;
        loop {
            let (page, next) = reader.export_page(*kind, after, PAGE).await?;
            for row in &page {
                if let Some(row) = shown(&reader, row, mask).await? {
                    let json = rows::json(&row).map_err(io::Error::from)?;
                    writeln!(out, "{json}")?;
                }
            }
            after = next;
            if after.is_none() {
                break;
            }
        }
    }
    out.flush()?;
    Ok(())
}

async fn shown(
    reader: &Reader,
    row: &ExportRow,
    mask: Mask,
) -> Result<Option<RowDto>, store::StoreError> {
    let ExportRow::Message { account, session, message } = row else {
        return Ok(rows::exported(row, mask));
    };
    // A message is masked by the number of its session, and its time is odd only beside others.
    let key = store::message_key(session, message.position);
    rows::row(reader, account, Kind::Message, &key, mask).await
}
