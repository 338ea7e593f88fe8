//! The only room that knows the vendor's URLs, headers, paging, field names and error bodies.

pub mod transport;
