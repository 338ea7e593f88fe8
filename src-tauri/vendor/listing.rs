//! One page of a listing. Pure.

use serde_json::{Value, value::RawValue};

use super::{
    catalogue::Paging,
    envelope::{self, Listing, unreadable},
    error::ReadErrorKind,
    exchange::Answered,
    fields::RecordKind,
    profile::{Contract, Mapped, Profile},
    record::Record,
};
use crate::domain::{
    time::{Timestamp, Zone},
    workflow::Seen,
};

/// Which page of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageAsk {
    /// From 1.
    pub page: u32,
    pub page_size: u32,
    /// Hash of the last answer to the same question: when the new one equals it, rows are not read.
    pub known: Option<u64>,
}

/// One page of a listing.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<Seen<T>>,
    pub total: Option<i64>,
    pub page: u32,
    pub page_size: u32,
    pub received_at: Timestamp,
    /// Of the rows and total, not of the envelope.
    pub hash: u64,
    /// The hash was the known one; `rows` is empty.
    pub same: bool,
    /// Rows that could not become a record.
    pub skipped: Vec<Skipped>,
    /// Null stood where the rows should be, and nothing says that there are none.
    pub absent: bool,
    /// Nothing comes after this page: the total is reached or, where none is given, the page is
    /// shorter than asked for.
    pub last_page: bool,
    /// The listing goes by cursors: a page can only be asked after the one before it.
    pub by_cursor: bool,
    /// The answer covers a time window, so a row that it lacks may still be there.
    pub windowed: bool,
    /// The next page's cursor is one that led here already: the listing goes round in a circle.
    pub loops: bool,
    /// What the next page is asked with.
    pub(super) next: Option<String>,
}

/// A row that could not become a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// From 0, within the page.
    pub row: usize,
    pub why: String,
}

/// What a conversion needs beside the row.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub zone: Zone,
    pub received_at: Timestamp,
    pub profile: &'a Profile,
}

/// What paging adds to the arguments of a request.
pub fn paging_args(
    contract: &Contract<'_>,
    ask: PageAsk,
    cursor: Option<String>,
) -> Vec<(&'static str, Value)> {
    let skipped = u64::from(ask.page.saturating_sub(1)) * u64::from(ask.page_size);
    let size = ("page_size", ask.page_size.into());
    match contract.paging {
        Paging::Page => vec![("page", ask.page.into()), size],
        Paging::Offset => vec![("page", skipped.into()), size],
        Paging::Cursor if contract.cursor.is_some() => {
            let cursor = cursor.map(|cursor| ("cursor", cursor.into()));
            cursor.into_iter().chain([size]).collect()
        }
        Paging::Cursor | Paging::None => Vec::new(),
    }
}

/// Reads the rows of an answer. `largest` is the vendor's largest page as far as one is known; a newly
/// learnt one stands in the page's `page_size`.
pub fn page<T>(
    answered: &Answered<'_>,
    contract: &Contract<'_>,
    ask: PageAsk,
    largest: Option<u32>,
    profile: &Profile,
    kind: RecordKind,
    convert: impl Fn(&Record<'_>, &Context<'_>) -> Result<T, &'static str>,
) -> Result<Page<T>, ReadErrorKind> {
    let listing = envelope::listing(&answered.envelope, contract)?;
    let received_at = answered.received_at;
    let context = Context { zone: profile.zone(), received_at, profile };
    let largest = largest.or_else(|| largest_page(contract.paging, ask, &listing));
    let page_size = largest.map_or(ask.page_size, |largest| ask.page_size.min(largest));
    let same = ask.known == Some(listing.hash);
    let (rows, skipped) = if same {
        Default::default()
    } else {
        convert_rows(&listing, &context, profile.map(kind), convert)
    };
    let by_cursor = contract.cursor.is_some();
    let last_page = match contract.paging {
        Paging::None => true,
        _ if by_cursor => listing.next.is_none() || listing.rows.is_empty(),
        _ => is_last(ask.page, page_size, &listing),
    };
    Ok(Page {
        rows,
        total: listing.total,
        page: ask.page,
        page_size,
        received_at,
        hash: listing.hash,
        same,
        skipped,
        absent: listing.absent,
        last_page,
        by_cursor,
        windowed: contract.window.is_some_and(|window| window.days.is_some()),
        loops: false,
        next: listing.next,
    })
}

/// The one record of an answer, or the first of several; `None` where there is none.
pub fn one<T>(
    answered: &Answered<'_>,
    contract: &Contract<'_>,
    profile: &Profile,
    kind: RecordKind,
    convert: impl Fn(&Record<'_>, &Context<'_>) -> Result<T, &'static str>,
) -> Result<Option<Seen<T>>, ReadErrorKind> {
    let unread = || unreadable(contract.list);
    let found = answered.envelope.at(contract.list).ok_or_else(unread)?;
    let json = match found.get() {
        "null" | "{}" | "[]" => return Ok(None),
        array if array.starts_with('[') => {
            let rows: Vec<&RawValue> = serde_json::from_str(array).map_err(|_| unread())?;
            rows.first().ok_or_else(unread)?.get()
        }
        object => object,
    };
    let mut row = Record::parse(json).map_err(|_| unread())?;
    row.lay(profile.map(kind));
    let received_at = answered.received_at;
    let context = Context { zone: profile.zone(), received_at, profile };
    let value = convert(&row, &context).map_err(unreadable)?;
    Ok(Some(Seen { value, raw: json.to_owned() }))
}

/// A first page that is shorter than asked for, though more rows exist, shows how many the vendor gives
/// at most; later pages must be counted by that. Only round sizes are believed: a page cut by accident
/// must not shrink all that follow.
fn largest_page(paging: Paging, ask: PageAsk, listing: &Listing<'_>) -> Option<u32> {
    let rows = u32::try_from(listing.rows.len()).ok()?;
    let more = listing.total.is_some_and(|total| total > i64::from(rows));
    let round = rows > 0 && rows.is_multiple_of(10);
    (paging == Paging::Page && ask.page == 1 && rows < ask.page_size && more && round)
        .then_some(rows)
}

fn is_last(page: u32, size: u32, listing: &Listing<'_>) -> bool {
    let rows = i64::try_from(listing.rows.len()).unwrap_or(i64::MAX);
    match listing.total {
        Some(total) => {
            let before = i64::from(page.saturating_sub(1)) * i64::from(size);
            rows == 0 || before + rows >= total
        }
        None => rows < i64::from(size),
    }
}

fn convert_rows<T>(
    listing: &Listing<'_>,
    context: &Context<'_>,
    map: &[Mapped],
    convert: impl Fn(&Record<'_>, &Context<'_>) -> Result<T, &'static str>,
) -> (Vec<Seen<T>>, Vec<Skipped>) {
    let mut rows = Vec::with_capacity(listing.rows.len());
    let mut skipped = Vec::new();
    let mut record = Record::default();
    for (row, json) in listing.rows.iter().enumerate() {
        let refilled = record.refill(json.get()).map_err(|_| "it is not an object");
        record.lay(map);
        match refilled.and_then(|()| convert(&record, context)) {
            Ok(value) => rows.push(Seen { value, raw: json.get().to_owned() }),
            Err(why) => skipped.push(Skipped { row, why: why.to_owned() }),
        }
    }
    (rows, skipped)
}
