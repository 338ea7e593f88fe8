//! Records of the Chatbot family: sessions, messages and what a message holds.

pub mod content;
pub mod convert;
pub mod wire;
