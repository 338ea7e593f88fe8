//! Every figure that a screen shows, defined once: its formula, its denominator, and what makes it
//! "not reported" rather than zero.

pub mod figures;
pub mod waba;
