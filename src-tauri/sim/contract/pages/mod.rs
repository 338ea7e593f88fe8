//! Every page of the vendor's index that we know of: titles as the index spells them, errors and
//! repetitions included. Chinese titles, page ids that are not listed in the contract, and groups below
//! the business line are ASSUMED.

mod chats;
mod hooks;
mod leads;
mod tasks;
mod workflow;

use super::{Field, Row};
use crate::vendor::transport::Method;

/// English and Chinese.
pub(crate) type Text = (&'static str, &'static str);

/// What an endpoint answers with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Answer {
    /// Nothing but the envelope.
    Nothing,
    /// One object of these fields.
    Fields(&'static [Field]),
    /// One record of a kind that is known.
    One(Row, &'static [&'static str]),
    /// Records of a kind that is known: those fields, all where none is named.
    List(Row, &'static [&'static str]),
    /// Records of these fields.
    ListOf(&'static [Field]),
}

/// One page of the documentation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Page {
    pub key: &'static str,
    /// As in the vendor's addresses; 0 where it is not known.
    pub id: u32,
    pub title: Text,
    /// Groups from the outermost on, `/` between them.
    pub folder: Text,
    pub method: Method,
    /// A path; of a webhook, what stands in a path's place.
    pub path: &'static str,
    pub about: Text,
    /// Names of [`super::PARAMS`], `!` behind those that must be given.
    pub params: &'static [&'static str],
    pub answer: Answer,
}

/// The pages of endpoints, in the order of the index. Several may describe the same one.
pub(crate) fn all() -> impl Iterator<Item = &'static Page> {
    workflow::PAGES
        .iter()
        .chain(leads::PAGES)
        .chain(tasks::PAGES)
        .chain(tasks::PLANS)
        .chain(chats::PAGES)
        .chain(chats::PDS)
}

pub(crate) use hooks::HOOK_PAGES;

/// The page that describes `key` first.
pub(crate) fn page(key: &str) -> Option<&'static Page> {
    all().find(|page| page.key == key)
}
