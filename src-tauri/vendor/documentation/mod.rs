//! The vendor's documentation, read by the user's own machine: pages and exports become changes of the
//! contract profile, each with the page that it comes from. Everything that is read here is hostile
//! until shown otherwise, and nothing is kept before a person has seen it.

mod answer;
mod likeness;
pub mod llms;
pub mod matching;
mod openapi;
pub mod page;
mod params;
mod propose;
mod schema;
pub mod source;

pub use self::{
    page::{ErrorCode, PageEndpoint, Pages, TextPage, Trouble},
    propose::{Ambiguous, Found, Note, Proposal, Unmatched, propose},
    source::{Progress, Source, SourceError, read},
};
