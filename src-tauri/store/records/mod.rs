//! How each small kind of record lies in its table. (Calls, which come by the million, have their own
//! way in and out.) All these tables share the columns before [`Record::COLUMNS`] and the `rest` blob.

mod sessions;
mod tasks;
mod waba;
mod workflows;

pub(super) use tasks::{KNOWN_LINES, bit};

use crate::domain::{ids::WorkflowId, status::Status, time::Timestamp, workflow::Source};

use super::{
    cells::{Cells, Columns},
    error::unreadable,
    rows::Kind,
};

/// A kind of record whose rows are merged one by one.
pub(super) trait Record: Clone + Send + Sync {
    const KIND: Kind;
    const TABLE: &'static str;
    /// Its own columns in the order of [`Record::cells`]; constants of ours, put into SQL as they are.
    const COLUMNS: &'static [&'static str];

    fn id(&self) -> &str;
    fn workflow(&self) -> Option<&WorkflowId>;
    fn as_of(&self) -> Timestamp;
    /// Values of [`Record::COLUMNS`].
    fn cells<'a>(&'a self, cells: &mut Cells<'a>);
    /// What only an opened record shows, as one line of JSON.
    fn head(&self) -> String {
        String::new()
    }
    /// Whether it says how far its thing got. `as_of` is the time of that: a record that only names the
    /// thing (an event of something else does) makes no status older or newer.
    fn tells_status(&self) -> bool;
    /// The reverse of `cells` and `head` (empty in a list).
    fn read(base: Base, columns: &mut Columns<'_>, head: &str) -> sqlx::Result<Self>;
    /// `self` with what only `older` says.
    fn over(self, older: Self) -> Self;
    /// Of two records that were true at the same time, the one of the higher rank is the later: the
    /// vendor's event times tell seconds apart, and a message can be sent and delivered in one.
    fn rank(&self) -> u8 {
        0
    }
    /// The line of its workflow's history that this change makes.
    fn event(_kept: Option<&Self>, _now: &Self) -> Option<Event> {
        None
    }
}

/// A line of a workflow's history.
pub(super) enum Event {
    FirstSeen,
    WorkflowStatus { from: Option<Status>, to: Status },
    NodeStatus { node: String, from: Option<Status>, to: Status },
}

/// What every record has.
pub(super) struct Base {
    pub id: String,
    pub workflow: Option<WorkflowId>,
    pub as_of: Timestamp,
}

impl Base {
    /// Kinds that exist only inside a workflow are never written without one.
    pub fn within(&self) -> sqlx::Result<WorkflowId> {
        self.workflow.clone().ok_or_else(|| unreadable("a stored row lost its workflow"))
    }
}

/// A record as it is stored.
#[derive(Clone, Debug)]
pub(super) struct Held<R> {
    pub value: R,
    pub source: Source,
    pub raw: String,
}

impl<R: Record> Held<R> {
    /// Hash of all but `as_of` and the source: neither alone makes a difference.
    pub fn hash(&self, ink: &mut Vec<u8>) -> i64 {
        let mut cells = Cells::default();
        cells.text(self.value.workflow().map(WorkflowId::as_str));
        self.value.cells(&mut cells);
        cells.hash(ink, &[&self.value.head(), &self.raw])
    }
}

/// A field that a record does not carry keeps its stored value; where both carry it, the one that was
/// true later wins, and of two equally late ones the one that came later.
pub(super) fn merge<R: Record>(
    kept: Held<R>,
    seen: Held<R>,
    kept_was_true_at: Timestamp,
) -> Held<R> {
    let seen_then = (seen.value.as_of(), seen.value.rank());
    let (newer, older) = match seen_then >= (kept_was_true_at, kept.value.rank()) {
        true => (seen, kept),
        false => (kept, seen),
    };
    let raw = super::raw::merge(&newer.raw, &older.raw);
    // What a listing brought once can be missed by a later one, whatever an event says in between.
    let listed = newer.source == Source::Api || older.source == Source::Api;
    let source = if listed { Source::Api } else { newer.source };
    Held { value: newer.value.over(older.value), source, raw }
}

/// Fills the fields of the newer record that are `None`.
macro_rules! fill {
    ($newer:ident from $older:ident: $($field:ident),* $(,)?) => {
        $(if $newer.$field.is_none() { $newer.$field = $older.$field; })*
    };
}
pub(super) use fill;

/// The same for a [`Record`]: with a status comes its time.
macro_rules! fill_dated {
    ($newer:ident from $older:ident: $($field:ident),* $(,)?) => {
        if !$newer.tells_status() && $older.tells_status() {
            $newer.as_of = $older.as_of;
        }
        $crate::store::records::fill!($newer from $older: $($field),*)
    };
}
use fill_dated;

/// Of lists, an empty one says nothing.
macro_rules! fill_lists {
    ($newer:expr, $older:expr; $($field:ident),* $(,)?) => {
        $(if $newer.$field.is_empty() { $newer.$field = $older.$field; })*
    };
}
pub(super) use fill_lists;
