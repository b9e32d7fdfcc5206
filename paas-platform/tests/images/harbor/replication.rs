//! The way of an image, when Harbor copies.

use super::world::{Harbors, NAMESPACE, REPOSITORY, WEB, digest, images, name, release, senior, state, sync};
use paas_client::harbor::{
    ArtifactParts, ExecutionQuery, NewImmutableRule, ReplicationState, Selection, TagName,
};
use paas_core::images::promotion::{FailureKind, Happening, State, StateName};
use paas_platform::{ErrorKind, HarborCopier};
use paas_sandbox::{Fault, HarborPush, Trouble};
use std::time::Duration;

#[tokio::test]
async fn what_is_released_is_replicated_and_synced() {
    let harbors = Harbors::new(30);
    let platform = harbors.platform(harbors.copier()).await;
    // An index with a child, and a signature.
    let child = HarborPush::new(NAMESPACE, REPOSITORY, &digest(9).to_string());
    assert!(harbors.test.harbor_push(&child));
    let index = HarborPush::new(NAMESPACE, REPOSITORY, &digest(1).to_string()).tag("1.4").size(70_000);
    assert!(harbors.test.harbor_push(&index.index_of(&[&digest(9).to_string()])));
    let (subject, signature) = (digest(1).to_string(), digest(8).to_string());
    assert!(harbors.test.harbor_attach(NAMESPACE, REPOSITORY, &subject, &signature, "signature.cosign"));
    // What has another tag stays where it is.
    Harbors::push(&harbors.test, "1.5", &digest(2));

    release(&platform, WEB, &digest(1)).await;
    assert_eq!(harbors.in_production(), []);
    let (_, copy) = senior(&platform).sync(&name(WEB)).await.unwrap();
    let mut copy = copy.unwrap();
    let mut seen = Vec::new();
    while let Some(progress) = copy.next().await {
        seen.push(progress);
    }
    assert_eq!(copy.wait().await.unwrap().what, Happening::Synced);
    assert_eq!(state(&platform, WEB).await, StateName::Synced);
    assert_eq!(harbors.in_production(), [("1.4".to_owned(), digest(1).to_string())]);
    let last = seen.last().unwrap();
    assert_eq!((last.done, last.contents, last.bytes_done, last.bytes), (1, 1, 70_000, 70_000));

    let production = harbors.client(&harbors.production);
    let key = format!("{NAMESPACE}/{REPOSITORY}").parse().unwrap();
    let tag: TagName = "1.4".parse().unwrap();
    let there = production.read_artifact(&key, &tag, ArtifactParts::ALL).await.unwrap();
    assert_eq!((there.references.len(), there.accessories.len()), (1, 1));
    // Nothing is left of it but the registry that production knows.
    assert_eq!(production.list_replication_policies().collect_all().await.unwrap(), []);
    assert_eq!(production.list_registries().collect_all().await.unwrap().len(), 1);
    assert_eq!(harbors.test.requests().iter().filter(|r| r.path.contains("replication")).count(), 0);
}

#[tokio::test]
async fn the_next_version_takes_the_place_of_the_last_one() {
    let harbors = Harbors::new(0);
    let platform = harbors.platform(harbors.copier()).await;
    for number in [1, 2] {
        Harbors::push(&harbors.test, "1.4", &digest(number));
        release(&platform, WEB, &digest(number)).await;
        assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
        assert_eq!(harbors.in_production(), [("1.4".to_owned(), digest(number).to_string())]);
    }
    // The registry is made once. What is there already is not copied again.
    assert_eq!(harbors.changes("/registries"), ["POST 201"]);
    assert_eq!(harbors.changes("/executions"), ["POST 201", "POST 201"]);
    Harbors::push(&harbors.test, "2.0", &digest(2));
    Harbors::push(&harbors.production, "2.0", &digest(2));
    let there = "retail-shop/team/web:2.0";
    release(&platform, there, &digest(2)).await;
    // The look after a release may have found it before anybody asks for a copy.
    match senior(&platform).sync(&name(there)).await {
        Ok((_, copy)) => assert_eq!(copy.unwrap().wait().await.unwrap().what, Happening::Synced),
        Err(error) => assert_eq!(error.kind(), ErrorKind::ImageState, "{error}"),
    }
    assert_eq!(state(&platform, there).await, StateName::Synced);
    assert_eq!(harbors.changes("/executions").len(), 2);
}

#[tokio::test]
async fn test_can_send_where_production_reaches_nothing() {
    let harbors = Harbors::apart(20);
    assert!(harbors.test.harbor_reaches(&harbors.production));
    let (test, production) = (harbors.client(&harbors.test), harbors.client(&harbors.production));
    let to = Harbors::endpoint("production", &harbors.production, "admin");
    let copier = HarborCopier::pushing(test.clone(), production, to).looking_every(Duration::from_millis(10));
    let platform = harbors.platform(copier).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
    assert_eq!(harbors.in_production(), [("1.4".to_owned(), digest(1).to_string())]);
    assert_eq!(test.list_replication_policies().collect_all().await.unwrap(), []);
    assert_eq!(harbors.changes("replication"), [""; 0], "production was told nothing");
}

#[tokio::test]
async fn what_was_pushed_since_the_release_is_not_copied() {
    let harbors = Harbors::new(0);
    let platform = harbors.platform(harbors.copier()).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    // Nobody tells the platform.
    Harbors::push(&harbors.test, "1.4", &digest(2));
    let (change, state) = sync(&platform, WEB).await;
    let State::PendingSync(pending) = &state else { panic!("{change:?}") };
    let failure = pending.failure.as_ref().unwrap();
    assert_eq!(failure.kind, FailureKind::SourceMissing);
    assert!(failure.message.contains("something else in the test registry by now"), "{}", failure.message);
    assert_eq!(harbors.in_production(), []);
    assert_eq!(harbors.changes("replication"), [""; 0]);
}

#[tokio::test]
async fn only_what_a_rule_keeps_is_copied_where_that_is_wanted() {
    let harbors = Harbors::new(0);
    let platform = harbors.platform(harbors.copier().only_immutable_tags()).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    let (_, state) = sync(&platform, WEB).await;
    let State::PendingSync(pending) = &state else { panic!("{state:?}") };
    assert_eq!(pending.failure.as_ref().unwrap().kind, FailureKind::Refused);

    let test = harbors.client(&harbors.test);
    let project: paas_client::harbor::ProjectName = NAMESPACE.parse().unwrap();
    let rule = NewImmutableRule::new(Selection::Matching("**".into()), Selection::Matching("1.*".into()));
    test.create_immutable_rule(&project, &rule).await.unwrap();
    assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
}

#[tokio::test]
async fn one_that_is_interrupted_is_stopped_in_harbor_too() {
    let harbors = Harbors::new(1_000);
    let platform = harbors.platform(harbors.copier()).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    let (_, copy) = senior(&platform).sync(&name(WEB)).await.unwrap();
    let mut copy = copy.unwrap();
    // The first that is heard comes from an execution that is under way.
    assert!(copy.next().await.is_some());
    copy.interrupt();
    let change = copy.wait().await.unwrap();
    assert_eq!(change.what, Happening::CopyFailed);
    let production = harbors.client(&harbors.production);
    let state = async || {
        let all = production.list_replication_executions(&ExecutionQuery::default());
        all.collect_all().await.unwrap().into_iter().map(|execution| execution.state).collect::<Vec<_>>()
    };
    for _ in 0..100 {
        if state().await == [ReplicationState::Stopped] {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(state().await, [ReplicationState::Stopped]);
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert_eq!(harbors.in_production(), []);
    // The next one takes its policy over.
    assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
    assert_eq!(harbors.changes("/replication/policies"), ["POST 201", "PUT 200", "DELETE 200"]);
}

/// A process ends without a word: Harbor goes on, and the next copy ends that before it begins.
#[test]
fn what_a_dead_process_has_begun_is_stopped() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let harbors = Harbors::new(1_500);
    let first = runtime();
    first.block_on(async {
        let platform = harbors.platform(harbors.copier()).await;
        Harbors::push(&harbors.test, "1.4", &digest(1));
        release(&platform, WEB, &digest(1)).await;
        let (_, copy) = senior(&platform).sync(&name(WEB)).await.unwrap();
        assert!(copy.unwrap().next().await.is_some());
    });
    drop(first);
    runtime().block_on(async {
        let production = harbors.client(&harbors.production);
        let all = production.list_replication_executions(&ExecutionQuery::default());
        let states: Vec<_> = all.collect_all().await.unwrap().into_iter().map(|one| one.state).collect();
        assert_eq!(states, [ReplicationState::InProgress]);
        // Another platform of the same name, with a store of its own.
        let platform = Harbors::connect(harbors.bare(harbors.copier())).await;
        release(&platform, WEB, &digest(1)).await;
        assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
        assert_eq!(harbors.changes("/replication/executions"), ["POST 201", "PUT 200", "POST 201"]);
    });
}

#[tokio::test]
async fn an_answer_that_is_lost_begins_no_second_one() {
    let harbors = Harbors::new(30);
    let platform = harbors.platform(harbors.copier()).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    let lost = Fault::new(Trouble::LostAnswer).method("POST").path("/replication/executions");
    harbors.production.add_fault(lost);
    let (_, copy) = senior(&platform).sync(&name(WEB)).await.unwrap();
    assert_eq!(copy.unwrap().wait().await.unwrap().what, Happening::Synced);
    let posts = harbors.changes("/replication/executions");
    assert_eq!(posts, ["POST 201"]);
    assert!(images(&platform).read(&name(WEB)).await.unwrap().image.production.seen.is_some());
}
