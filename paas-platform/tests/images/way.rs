//! The way of an image, and what comes between.

use super::world::{Fate, WEB, World, automatic, digest, name, pass};
use paas_core::{
    access::Role,
    images::promotion::{FailureKind, Happening, State, StateName, SyncRule, WaitsFor},
};
use paas_platform::{
    ErrorKind, ImageQuery,
    store::{Store, topics},
};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn what_is_pushed_is_released_and_copied_when_its_period_has_passed() {
    let world = World::new(automatic()).await;
    world.push(WEB, &digest(1)).await;
    assert_eq!(world.state(WEB).await, StateName::InDevelopment);
    assert!(world.carry_on().await.is_empty(), "nobody has released it");

    let senior = world.as_role(Role::SeniorMember);
    let status = senior.release(&name(WEB), &digest(1)).await.unwrap();
    assert_eq!(status.status, StateName::PendingSync);
    assert!(matches!(status.waits_for, Some(WaitsFor::Time { .. })));
    pass(599).await;
    assert!(world.carry_on().await.is_empty());
    assert_eq!(world.production.get(WEB), None);
    pass(1).await;
    let ends = world.carry_on().await;
    assert_eq!(ends.len(), 1);
    assert_eq!(ends[0].as_ref().unwrap().what, Happening::Synced);
    assert_eq!(world.production.get(WEB), Some(digest(1)));
    assert_eq!(world.state(WEB).await, StateName::Synced);
    assert_eq!(world.told(), ["pushed", "released", "copy_began", "synced"]);

    let journal = senior.journal(&name(WEB)).await.unwrap();
    let written: Vec<_> = journal.iter().map(|entry| (entry.number, entry.change.what)).collect();
    let all = [Happening::Pushed, Happening::Released, Happening::CopyBegan, Happening::Synced];
    assert_eq!(written, (1..).zip(all).collect::<Vec<_>>());
    assert_eq!(journal[1].change.by.as_ref().unwrap().as_str(), "ben");
    // Who did what, for the audit: of the namespace before, of the image now.
    let audit = world.store.peek(topics::AUDIT, 0, 100).await.unwrap().items;
    let texts: Vec<String> =
        audit.iter().map(|message| String::from_utf8_lossy(&message.bytes).into_owned()).collect();
    let of = |action: &str| texts.iter().filter(|text| text.contains(&format!("\"{action}\""))).count();
    assert_eq!(
        ["image.released", "image.copy_began", "image.synced", "image.pushed"].map(of),
        [1, 1, 1, 0],
        "{texts:?}"
    );
    assert!(
        texts.iter().any(|text| text.contains("\"image.released\"")
            && text.contains(WEB)
            && text.contains("\"ben\""))
    );
    // Nothing is due any more.
    pass(100_000).await;
    assert!(world.carry_on().await.is_empty());
    assert_eq!(world.hands.begun(), 1);
}

#[tokio::test(start_paused = true)]
async fn by_hand_it_waits_for_somebody_who_may() {
    let world = World::new(Some(SyncRule::Manual)).await;
    world.release(WEB, &digest(1)).await;
    pass(1_000_000).await;
    assert!(world.carry_on().await.is_empty());
    let (restricted, senior) = (world.as_role(Role::RestrictedMember), world.as_role(Role::SeniorMember));
    assert_eq!(restricted.sync(&name(WEB)).await.unwrap_err().kind(), ErrorKind::Denied);

    world.hands.next(Fate::After(Duration::from_secs(90)));
    let (status, copy) = senior.sync(&name(WEB)).await.unwrap();
    assert_eq!(status.status, StateName::Syncing);
    let again = senior.sync(&name(WEB)).await.unwrap_err();
    assert_eq!((again.kind(), again.help()), (ErrorKind::ImageState, "wait until the copy has ended"));
    let mut copy = copy.unwrap();
    let first = copy.next().await.unwrap();
    assert_eq!((first.sent, first.bytes), (0, 300));
    let last = copy.next().await.unwrap();
    assert_eq!((last.done, last.contents, last.sent), (3, 3, 300));
    assert_eq!(copy.next().await, None);
    let change = copy.wait().await.unwrap();
    assert_eq!((change.what, change.to), (Happening::Synced, Some(StateName::Synced)));
}

#[tokio::test(start_paused = true)]
async fn a_release_can_be_withdrawn_until_it_is_copied() {
    let world = World::new(automatic()).await;
    world.release(WEB, &digest(1)).await;
    let senior = world.as_role(Role::SeniorMember);
    assert_eq!(senior.withdraw(&name(WEB)).await.unwrap().status, StateName::InDevelopment);
    pass(10_000).await;
    assert!(world.carry_on().await.is_empty());
    let twice = senior.withdraw(&name(WEB)).await.unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::ImageState);
    assert_eq!(twice.code(), "platform.image_state");
}

#[tokio::test(start_paused = true)]
async fn only_what_was_seen_is_released() {
    let world = World::new(automatic()).await;
    world.push(WEB, &digest(1)).await;
    world.push(WEB, &digest(2)).await;
    let error = world.as_role(Role::SeniorMember).release(&name(WEB), &digest(1)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ImageState);
    assert!(error.to_string().contains("is `sha256:020202020202` by now"), "{error}");
    assert_eq!(world.state(WEB).await, StateName::InDevelopment);
}

#[tokio::test(start_paused = true)]
async fn a_push_during_the_copy_leaves_what_was_released_in_production() {
    let world = World::new(automatic()).await;
    world.release(WEB, &digest(1)).await;
    pass(600).await;
    world.hands.next(Fate::After(Duration::from_secs(30)));
    let copy = world.images().carry_on(4).await.unwrap().pop().unwrap();
    world.push("retail-shop/web:keep", &digest(1)).await;
    world.push(WEB, &digest(2)).await;
    assert_eq!(world.state(WEB).await, StateName::Superseded);
    copy.wait().await;
    let status = world.images().read(&name(WEB)).await.unwrap();
    assert_eq!((status.status, &status.image.digest), (StateName::InDevelopment, &digest(2)));
    assert_eq!(status.image.production.digest(), Some(&digest(1)));
    assert_eq!(world.production.get(WEB), Some(digest(1)));
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_is_tried_again_and_what_will_not_waits_for_somebody() {
    let world = World::new(automatic()).await;
    world.release(WEB, &digest(1)).await;
    pass(600).await;
    world.hands.next(Fate::Fails(FailureKind::StorageFull));
    let ends = world.carry_on().await;
    assert_eq!(ends[0].as_ref().unwrap().failure, Some(FailureKind::StorageFull));
    let status = world.images().read(&name(WEB)).await.unwrap();
    let State::PendingSync(pending) = &status.image.state else { panic!("{status:?}") };
    assert_eq!(
        (pending.attempts, pending.failure.as_ref().unwrap().message.as_str()),
        (1, "the copier says so")
    );
    let Some(WaitsFor::Time { at }) = status.waits_for else { panic!("{status:?}") };
    assert!(world.carry_on().await.is_empty());

    world.hands.next(Fate::Fails(FailureKind::TagImmutable));
    pass(60).await;
    assert!(at.seconds() > 0);
    assert_eq!(world.carry_on().await.len(), 1);
    let status = world.images().read(&name(WEB)).await.unwrap();
    assert_eq!(status.waits_for, Some(WaitsFor::Person));
    pass(1_000_000).await;
    assert!(world.carry_on().await.is_empty());
    let (_, copy) = world.as_role(Role::SeniorMember).sync(&name(WEB)).await.unwrap();
    assert_eq!(copy.unwrap().wait().await.unwrap().what, Happening::Synced);
}

#[tokio::test(start_paused = true)]
async fn what_production_holds_decides_and_not_what_the_copier_says() {
    let world = World::new(automatic()).await;
    world.release(WEB, &digest(1)).await;
    pass(600).await;
    world.hands.next(Fate::Lies);
    let ends = world.carry_on().await;
    assert_eq!(ends[0].as_ref().unwrap().failure, Some(FailureKind::NotEqual));
    assert_eq!(world.state(WEB).await, StateName::PendingSync);
}

#[tokio::test(start_paused = true)]
async fn a_tag_that_somebody_else_put_into_production_is_a_persons_to_decide() {
    let world = World::new(automatic()).await;
    world.production.put("retail-shop/old:1", &digest(8));
    world.release("retail-shop/old:1", &digest(1)).await;
    world.release(WEB, &digest(1)).await;
    pass(599).await;
    // Since it was released, when somebody looked.
    world.production.put(WEB, &digest(9));
    pass(1).await;
    let ends = world.carry_on().await;
    // Whether it was there when the image was released or came later, and whether somebody had looked: it stays.
    for (image, end, there) in [("retail-shop/old:1", &ends[0], digest(8)), (WEB, &ends[1], digest(9))] {
        assert_eq!(end.as_ref().unwrap().failure, Some(FailureKind::TagConflict));
        assert_eq!(world.production.get(image), Some(there));
        // Nor does time let it go.
        pass(1_000_000).await;
        assert!(world.carry_on().await.is_empty());
        // Who reads of the conflict, and has it synced, says that it may go.
        let (_, copy) = world.as_role(Role::SeniorMember).sync(&name(image)).await.unwrap();
        assert_eq!(copy.unwrap().wait().await.unwrap().what, Happening::Synced);
        assert_eq!(world.production.get(image), Some(digest(1)));
    }
}

#[tokio::test(start_paused = true)]
async fn what_somebody_put_over_a_release_is_replaced_by_it() {
    let world = World::new(automatic()).await;
    world.release(WEB, &digest(1)).await;
    pass(600).await;
    world.carry_on().await;
    world.production.put(WEB, &digest(9));
    world.images().sweep().await.unwrap();
    pass(600).await;
    world.carry_on().await;
    assert_eq!((world.production.get(WEB), world.state(WEB).await), (Some(digest(1)), StateName::Synced));
}

#[tokio::test(start_paused = true)]
async fn a_namespace_that_production_lacks_is_waited_for() {
    let world = World::new(None).await;
    let namespaces = world.platform.acting_as("anna@bank.test".parse().unwrap()).namespaces();
    namespaces.create("retail", "retail-new").await.unwrap();
    let made = namespaces.set_sync_rule("retail", "retail-new", automatic()).await.unwrap();
    assert!(!made.in_production);
    world.release("retail-new/web:1", &digest(1)).await;
    pass(600).await;
    assert!(world.carry_on().await.is_empty());
    assert_eq!(world.told(), ["pushed", "released", "namespace_missing"]);
    let status = world.images().read(&name("retail-new/web:1")).await.unwrap();
    let State::PendingSync(pending) = &status.image.state else { panic!("{status:?}") };
    assert!(pending.namespace_missing.is_some());
    namespaces.open_in_production("retail", "retail-new").await.unwrap();
    pass(600).await;
    let ends = world.carry_on().await;
    assert_eq!(ends[0].as_ref().unwrap().what, Happening::Synced);
    // By hand it is the same: there is no copy, and it says why.
    namespaces.create("retail", "retail-other").await.unwrap();
    namespaces.set_sync_rule("retail", "retail-other", Some(SyncRule::Manual)).await.unwrap();
    world.release("retail-other/web:1", &digest(1)).await;
    let (status, copy) = world.as_role(Role::SeniorMember).sync(&name("retail-other/web:1")).await.unwrap();
    assert!(copy.is_none() && status.status == StateName::PendingSync);
}

#[tokio::test(start_paused = true)]
async fn without_a_rule_nothing_is_copied_and_another_rule_counts_for_what_waits() {
    let world = World::new(None).await;
    world.release(WEB, &digest(1)).await;
    let senior = world.as_role(Role::SeniorMember);
    assert_eq!(senior.read(&name(WEB)).await.unwrap().waits_for, Some(WaitsFor::Rule));
    let error = senior.sync(&name(WEB)).await.unwrap_err();
    assert_eq!(error.help(), "give the namespace a rule: `manual` or `automatic`");
    pass(600).await;
    assert!(world.carry_on().await.is_empty());
    let namespaces = world.platform.acting_as("anna@bank.test".parse().unwrap()).namespaces();
    namespaces.set_sync_rule("retail", "retail-shop", automatic()).await.unwrap();
    assert_eq!(world.carry_on().await.len(), 1);
    assert_eq!(world.state(WEB).await, StateName::Synced);
}

#[tokio::test(start_paused = true)]
async fn lists_show_what_is_wanted() {
    let world = World::new(automatic()).await;
    world.push("retail-shop/a:1", &digest(1)).await;
    world.release("retail-shop/b:1", &digest(2)).await;
    let images = world.images();
    let names = |all: Vec<paas_platform::ImageStatus>| -> Vec<String> {
        all.iter().map(|status| status.image.name.to_string()).collect()
    };
    assert_eq!(
        names(images.list("retail", &ImageQuery::default()).await.unwrap()),
        ["retail-shop/a:1", "retail-shop/b:1"]
    );
    let pending = ImageQuery::default().state(StateName::PendingSync).namespace("retail-shop");
    assert_eq!(names(images.list("retail", &pending).await.unwrap()), ["retail-shop/b:1"]);
    assert!(images.list("retail", &ImageQuery::default().namespace("other")).await.unwrap().is_empty());
    let document = serde_json::to_value(images.list("retail", &pending).await.unwrap()).unwrap();
    assert_eq!(document[0]["status"], "pending_sync");
    assert_eq!(document[0]["name"], "retail-shop/b:1");
    assert_eq!(document[0]["rule"]["period"], 600);
}
