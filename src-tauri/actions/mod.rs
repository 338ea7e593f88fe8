//! The audited door: the only way to change something at the vendor.
//!
//! Gate, then a line in the journal, then at most one request to the vendor, then its outcome in the
//! journal. What the vendor really did is seen later by reading, and only by reading: nothing else on
//! screen changes by an action.

mod aim;
mod door;
mod evidence;
pub mod gate;
mod radius;
pub mod sight;

pub use self::{
    aim::{Ask, Found, Number},
    door::{ActionRequest, Clock, Door, DoorError, Trial},
    evidence::{NoEvidence, trial_evidence},
    gate::Refusal,
    radius::{HOLD_ABOVE, Left, Line, Radius},
};

#[cfg(test)]
mod tests;
