//! The paas command.
fn main() {}
