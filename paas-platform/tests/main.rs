//! What a user of the crate relies on.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test ends at what it did not expect, and says what it skips"
)]

mod behaviour;
mod codes;
mod crashing;
mod damaged;
mod deploying;
mod documents;
mod exports;
mod file;
mod full;
mod images;
mod killed;
#[path = "../../paas-client/tests/log.rs"]
mod log;
mod members;
mod model;
#[path = "../../paas-client/tests/schema.rs"]
mod schema;
mod schemas;
#[path = "../../paas-client/tests/real_registry/server.rs"]
#[expect(dead_code, reason = "the tests of the client and of the copier spoil what registries keep")]
mod server;
#[path = "../../paas-client/tests/harbor/swagger.rs"]
#[expect(dead_code, reason = "only requests are looked at here, and no answers")]
mod swagger;
mod tenants;
mod threads;
#[path = "writer/work.rs"]
mod work;
mod zones;

use paas_platform::{
    seam::{Timestamp, VirtualClock},
    store::{Item, Store},
};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// Runs a future to its end.
fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn clock() -> VirtualClock {
    VirtualClock::at(Timestamp::from_millis(1_800_000_000_000))
}

/// A folder in memory, if there is one: for tests that write much and never lose power.
fn quick_folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// How often something is tried: so often, and ten times as often in the deep tier.
fn rounds(usually: u64) -> u64 {
    let cases: u64 = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(256);
    usually * (cases / 256).clamp(1, 10)
}

/// All that a store holds.
async fn items(store: &dyn Store) -> Result<Vec<Item>, paas_platform::store::StoreError> {
    let items = Arc::new(Mutex::new(Vec::new()));
    let taken = Arc::clone(&items);
    let take = move |item| {
        taken.lock().unwrap().push(item);
        Ok(())
    };
    store.dump(Box::new(take)).await?;
    Ok(Arc::into_inner(items).unwrap().into_inner().unwrap())
}
