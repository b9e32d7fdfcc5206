//! Against a real Keystone, whose address the environment tells: `cargo xtask test` starts one.

mod directory;
mod expansion;
mod seed;
mod tokens;
