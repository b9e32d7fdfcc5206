//! Prints the page about the profile: `cargo run --example profile-page > profile.md`.
//!
//! `docs/profile.md` is made by it, with `cargo xtask generate`.

#![expect(clippy::print_stdout, reason = "that is what it is for")]

fn main() {
    print!("{}", paas_tosca::reference::profile());
}
