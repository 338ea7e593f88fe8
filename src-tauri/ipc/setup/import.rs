//! The vendor's own documentation, read into proposals.
