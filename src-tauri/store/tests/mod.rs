//! The store on real files.

mod alerts;
mod course;
mod dialling;
mod doors;
mod merging;
mod narrowed;
mod notes;
mod opening;
mod person;
pub(super) mod sample;
mod speed;
mod spoken;
mod tally;
mod transcripts;
mod windows;
