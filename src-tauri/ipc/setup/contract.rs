//! The contract with the vendor as it is in force, and what a person corrects of it.
