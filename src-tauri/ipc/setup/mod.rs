//! What the settings ask: accounts, their contract with the vendor, the check of the connection, and
//! how webhooks arrive. Everything that a person types crosses inwards only.

pub mod dto;
