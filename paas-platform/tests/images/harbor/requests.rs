//! What the platform asks of Harbor, held against Harbor's published API.

use super::world::{Harbors, WEB, digest, images, release, sync};
use crate::swagger::Swagger;
use paas_core::{access::Registry, images::promotion::Happening};
use paas_platform::StateLabels;
use std::collections::BTreeMap;

#[tokio::test]
async fn all_requests_are_good_by_the_published_api() {
    let Some(api) = Swagger::load() else { return };
    let harbors = Harbors::new(20);
    let builder = harbors.builder(harbors.copier()).state_labels(StateLabels::default());
    let builder = builder.harbor(Registry::Production, harbors.client(&harbors.production));
    let platform = Harbors::connect(builder).await;
    for number in [1, 2] {
        Harbors::push(&harbors.test, "1.4", &digest(number));
        release(&platform, WEB, &digest(number)).await;
        assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
    }
    assert_eq!(images(&platform).sweep().await.unwrap().failures, []);

    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for request in harbors.tape.lock().unwrap().iter() {
        let (method, path) = (request.method.as_str(), request.path().to_owned());
        let operation = api.operation(method, &path).unwrap_or_else(|| panic!("{method} {path}"));
        assert_eq!(operation.faults(request), [""; 0], "{method} {path}");
        *counts.entry(operation.id().to_owned()).or_default() += 1;
    }
    for id in [
        "createRegistry",
        "createReplicationPolicy",
        "startReplication",
        "getReplicationExecution",
        "listReplicationExecutions",
        "deleteReplicationPolicy",
        "listRepositories",
        "listArtifacts",
        "getArtifact",
        "CreateLabel",
        "addLabel",
        "removeLabel",
    ] {
        assert!(counts.contains_key(id), "{id}: {counts:?}");
    }
}
