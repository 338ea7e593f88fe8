//! The pictures of the guide. `pictures.rs` writes each of them in both languages, and the guide uses no other.

pub const PICTURES: [&str; 10] =
    ["watch", "trends", "nodes", "call", "session", "person", "stop", "several", "alerts", "tasks"];
