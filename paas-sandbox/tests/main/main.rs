//! The sandbox over its socket, as any client sees it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![expect(clippy::indexing_slicing, reason = "`serde_json` answers null for what is not there")]
#![expect(clippy::print_stderr, reason = "a test that cannot run here says so")]
#![expect(unreachable_pub, reason = "the modules of one test program")]

mod access;
mod compose;
mod faults;
mod golden;
mod harbor;
mod http;
mod in_process;
mod links;
mod lists;
mod members;
mod program;
mod projects;
mod services;
mod shared;
mod stacks;
mod types;
mod volumes;
