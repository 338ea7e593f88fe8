//! Every figure that a screen shows, defined once: its formula, its denominator, and what makes it
//! "not reported" rather than zero; and the rules of what is warned of.

pub mod alerts;
pub mod figures;
pub mod forecast;
pub mod waba;
