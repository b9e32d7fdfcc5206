//! A process to kill: writes batch after batch, and prints the number of each that the store has taken.
//!
//! `store-writer FILE [COUNT]`: with a count, it stops there and waits to be killed.

mod work;

use paas_platform::{
    seam::SystemClock,
    store::{SqliteStore, StoreError},
};
use std::{env, io::Write, process::ExitCode};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let path = arguments.next().unwrap_or_default();
    let count = arguments.next().and_then(|count| count.parse().ok());
    let outcome = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| error.to_string())
        .and_then(|runtime| {
            runtime.block_on(write(&path, count)).map_err(|error| format!("{}: {error}", error.code()))
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stdout(), "{error}");
            ExitCode::FAILURE
        }
    }
}

async fn write(path: &str, count: Option<u64>) -> Result<(), StoreError> {
    let store = SqliteStore::open(path, SystemClock::new()).await?;
    let mut written = work::written(&store).await?;
    while count.is_none_or(|count| written.number < count) {
        written = work::write(&store, written).await?;
        // Nobody who listens is a reason to end.
        if writeln!(std::io::stdout(), "{}", written.number).is_err() {
            return Ok(());
        }
    }
    loop {
        std::thread::park();
    }
}
