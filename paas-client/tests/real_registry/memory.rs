//! That a large blob is never whole in memory.

use super::bed::{Auth, Registry};
use crate::registry::memory::{child, copy, in_a_process_of_its_own};

#[tokio::test]
async fn a_large_blob_goes_through_a_real_registry_in_little_memory() {
    if let Some(url) = child() {
        return copy(&url).await;
    }
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let test = "real_registry::memory::a_large_blob_goes_through_a_real_registry_in_little_memory";
    let url = registry.url.clone();
    tokio::task::spawn_blocking(move || in_a_process_of_its_own(test, &url)).await.unwrap();
}
