//! Accounts: what is kept, what a person typed, and whether it works.
