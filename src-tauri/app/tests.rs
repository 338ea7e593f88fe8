#![allow(clippy::unwrap_used, reason = "tests may stop at the first surprise")]
