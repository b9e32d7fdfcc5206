//! What real registries do when something goes wrong in the middle: open to everybody, so that there is nothing but the
//! platform between them. The environment tells where the programs are; `cargo xtask test` sets it.

mod bed;
mod burst;
mod full;
mod killed;
mod proxy;
mod server;
mod superseded;
