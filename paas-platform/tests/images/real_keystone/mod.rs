//! The whole way with real registries, a real client of them (`skopeo`), and identities of a real Keystone. The environment
//! tells where they are; `cargo xtask test` starts them.

mod bed;
#[path = "../../../../paas-client/tests/real_keystone/seed.rs"]
#[allow(dead_code, reason = "the tests of the client use all of it")]
mod seed;
#[path = "../../../../paas-gateway/tests/registry/real_keystone/server.rs"]
mod server;

use bed::Bed;
use paas_core::images::promotion::{FailureKind, Happening, Period, State, StateName, SyncRule};
use paas_platform::{ErrorKind, ImagesSettings};

fn automatic() -> Option<SyncRule> {
    Some(SyncRule::Automatic { period: Period::from_seconds(60).unwrap() })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn images_go_from_a_push_to_production_and_no_other_way() {
    let Some(bed) = Bed::new().await else { return };
    let namespaces = bed.trusted().namespaces();
    namespaces.set_sync_rule("retail", "retail-shop", automatic()).await.unwrap();
    let keeping = bed.trusted().images().keep(ImagesSettings::default(), |report| {
        let report = report.unwrap();
        assert_eq!(report.failures, []);
    });
    let web = "retail-shop/web:1.4";
    let name = || web.parse().unwrap();
    let digest = bed.image("first", 1);

    // A member pushes; the registry tells of it.
    assert!(bed.push("anna", "first", &bed.test, web).await.status.success());
    let status = bed.until_in(web, StateName::InDevelopment).await;
    assert_eq!(status.image.digest, digest);

    // A member decides nothing, and cannot go past promotion.
    let refused = bed.anna().release(&name(), &digest).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Denied);
    assert!(!bed.push("anna", "first", &bed.production, web).await.status.success());
    assert!(!bed.push("mona", "first", &bed.production, web).await.status.success());

    // By itself, after the period.
    bed.mona().release(&name(), &digest).await.unwrap();
    bed.until_in(web, StateName::Synced).await;
    assert_eq!(bed.inspect("anna", &bed.production, web).await, digest.as_str());

    // Another push begins anew, and production keeps what it has. A release can be withdrawn.
    let second = bed.image("second", 2);
    assert!(bed.push("anna", "second", &bed.test, web).await.status.success());
    bed.until(web, |status| status.image.digest == second).await;
    assert_eq!(bed.trusted().images().read(&name()).await.unwrap().status, StateName::InDevelopment);
    assert_eq!(bed.inspect("anna", &bed.production, web).await, digest.as_str());
    bed.mona().release(&name(), &second).await.unwrap();
    assert_eq!(bed.mona().withdraw(&name()).await.unwrap().status, StateName::InDevelopment);

    // By hand.
    namespaces.set_sync_rule("retail", "retail-shop", Some(SyncRule::Manual)).await.unwrap();
    bed.mona().release(&name(), &second).await.unwrap();
    let (_, copy) = bed.mona().sync(&name()).await.unwrap();
    let change = copy.unwrap().wait().await.unwrap();
    assert_eq!(change.what, Happening::Synced, "{change}");
    assert_eq!(bed.inspect("anna", &bed.production, web).await, second.as_str());

    // A namespace that production lacks is waited for.
    bed.namespace("retail-new").await;
    namespaces.set_sync_rule("retail", "retail-new", automatic()).await.unwrap();
    let new = "retail-new/web:1";
    assert!(bed.push("anna", "first", &bed.test, new).await.status.success());
    bed.until_in(new, StateName::InDevelopment).await;
    bed.mona().release(&new.parse().unwrap(), &digest).await.unwrap();
    bed.until(new, |status| {
        matches!(&status.image.state, State::PendingSync(pending) if pending.namespace_missing.is_some())
    })
    .await;
    namespaces.open_in_production("retail", "retail-new").await.unwrap();
    bed.until_in(new, StateName::Synced).await;
    assert_eq!(bed.inspect("anna", &bed.production, new).await, digest.as_str());
    keeping.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_fails_is_told_and_goes_on_when_production_is_back() {
    let Some(mut bed) = Bed::new().await else { return };
    let namespaces = bed.trusted().namespaces();
    namespaces.set_sync_rule("retail", "retail-shop", automatic()).await.unwrap();
    let keeping = bed.trusted().images().keep(ImagesSettings::default(), |_| ());
    let web = "retail-shop/web:1.4";
    let digest = bed.image("first", 1);
    assert!(bed.push("anna", "first", &bed.test, web).await.status.success());
    bed.until_in(web, StateName::InDevelopment).await;
    bed.production.kill();
    bed.mona().release(&web.parse().unwrap(), &digest).await.unwrap();
    let status = bed
        .until(
            web,
            |status| matches!(&status.image.state, State::PendingSync(pending) if pending.failure.is_some()),
        )
        .await;
    let State::PendingSync(pending) = &status.image.state else { panic!("{status:?}") };
    assert_eq!(pending.failure.as_ref().unwrap().kind, FailureKind::Unreachable, "{status:?}");
    bed.production.start_again().await;
    bed.until_in(web, StateName::Synced).await;
    assert_eq!(bed.inspect("anna", &bed.production, web).await, digest.as_str());

    // An image that nobody told of, and one that somebody took out of production.
    keeping.stop().await;
    let journal = bed.mona().journal(&web.parse().unwrap()).await.unwrap();
    assert!(journal.iter().any(|entry| entry.change.what == Happening::CopyFailed), "{journal:?}");
    let other = "retail-shop/other:1";
    assert!(bed.push("anna", "first", &bed.test, other).await.status.success());
    let report = bed.trusted().images().sweep().await.unwrap();
    assert_eq!((report.images, report.failures.len()), (2, 0), "{report:?}");
    assert!(bed.trusted().images().read(&other.parse().unwrap()).await.is_ok());
}
