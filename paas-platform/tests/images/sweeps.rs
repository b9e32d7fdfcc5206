//! What events missed, a sweep finds; of a registry that is down it concludes nothing.

use super::world::{WEB, World, automatic, digest, name, pass};
use paas_core::images::promotion::{Cause, FailureKind, Happening, State, StateName};
use paas_platform::{
    ImageStatus,
    store::{Batch, Store, kinds},
};

#[tokio::test(start_paused = true)]
async fn what_nobody_told_of_is_found() {
    let world = World::new(automatic()).await;
    world.test.put(WEB, &digest(1));
    world.test.put("retail-shop/api:2", &digest(2));
    world.test.put("strange/thing:1", &digest(3));
    let report = world.images().sweep().await.unwrap();
    assert_eq!((report.namespaces, report.images, report.failures.len()), (1, 2, 0));
    assert!(
        report.changes.iter().all(|change| change.what == Happening::Pushed) && report.changes.len() == 2
    );
    let again = world.images().sweep().await.unwrap();
    assert_eq!((again.images, again.changes.len()), (2, 0));

    world.test.put(WEB, &digest(4));
    world.test.remove("retail-shop/api:2");
    let report = world.images().sweep().await.unwrap();
    let found: Vec<_> = report.changes.iter().map(|change| (change.image.to_string(), change.what)).collect();
    assert_eq!(
        found,
        [(WEB.to_owned(), Happening::Pushed), ("retail-shop/api:2".to_owned(), Happening::Deleted)]
    );
    assert_eq!(report.images, 1);
}

#[tokio::test(start_paused = true)]
async fn what_changed_in_production_is_to_be_copied_again() {
    let world = World::new(automatic()).await;
    world.release(WEB, &digest(1)).await;
    pass(600).await;
    world.carry_on().await;
    assert_eq!(world.images().sweep().await.unwrap().changes, []);
    for there in [Some(digest(9)), None] {
        match &there {
            Some(digest) => world.production.put(WEB, digest),
            None => world.production.remove(WEB),
        }
        let report = world.images().sweep().await.unwrap();
        assert_eq!(report.changes[0].what, Happening::ProductionDiffers);
        let status = world.images().read(&name(WEB)).await.unwrap();
        let State::PendingSync(pending) = &status.image.state else { panic!("{status:?}") };
        assert_eq!((pending.cause, &pending.approval.digest), (Cause::ProductionDiffers, &digest(1)));
        pass(600).await;
        let ends = world.carry_on().await;
        assert_eq!(ends[0].as_ref().unwrap().what, Happening::Synced);
        assert_eq!(world.production.get(WEB), Some(digest(1)));
    }
}

#[tokio::test(start_paused = true)]
async fn of_a_registry_that_is_down_nothing_is_concluded() {
    let world = World::new(automatic()).await;
    world.release(WEB, &digest(1)).await;
    pass(600).await;
    world.carry_on().await;
    world.test.set_down(true);
    let report = world.images().sweep().await.unwrap();
    assert_eq!((report.images, report.changes.len()), (0, 0));
    assert_eq!(report.failures[0].kind, FailureKind::Unreachable);
    assert_eq!(world.state(WEB).await, StateName::Synced);
    world.test.set_down(false);
    world.production.set_down(true);
    let report = world.images().sweep().await.unwrap();
    assert_eq!((report.images, report.changes.len(), report.failures.len()), (1, 0, 1));
    assert_eq!(world.state(WEB).await, StateName::Synced);
    // A copy to a registry that is down is tried again until it is back.
    world.release("retail-shop/api:1", &digest(2)).await;
    pass(600).await;
    let ends = world.carry_on().await;
    assert_eq!(ends[0].as_ref().unwrap().failure, Some(FailureKind::Unreachable));
    world.production.set_down(false);
    pass(100).await;
    world.carry_on().await;
    assert_eq!(world.state("retail-shop/api:1").await, StateName::Synced);
}

/// Where a Harbor is asked, a person makes the project there, and nobody tells the platform.
#[tokio::test(start_paused = true)]
async fn a_sweep_sees_that_a_namespace_was_made_in_production() {
    let world = World::new(automatic()).await;
    world.release(WEB, &digest(1)).await;
    // As it is where the namespace was missing when it was asked last.
    let record = world.store.read(kinds::IMAGE, WEB).await.unwrap().unwrap();
    let mut document: serde_json::Value = serde_json::from_slice(&record.bytes).unwrap();
    let asked = document["value"]["image"]["state"]["since"].clone();
    document["value"]["image"]["state"]["namespace_missing"] = asked;
    let bytes = document.to_string().into_bytes();
    world.store.commit(Batch::new().put(kinds::IMAGE, WEB, record.version, bytes)).await.unwrap();
    let waits = |status: ImageStatus| match status.image.state {
        State::PendingSync(pending) => pending.namespace_missing.is_some(),
        state => panic!("{state:?}"),
    };
    assert!(waits(world.images().read(&name(WEB)).await.unwrap()));
    world.images().sweep().await.unwrap();
    assert!(!waits(world.images().read(&name(WEB)).await.unwrap()));
}
