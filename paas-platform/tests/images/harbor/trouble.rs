//! Copies by replication that come to nothing, by kind.

use super::world::{Harbors, NAMESPACE, WEB, digest, images, release, senior, sync};
use paas_client::harbor::{NewMember, ProjectName, ProjectRole};
use paas_core::images::promotion::{Failure, FailureKind, Happening, State};
use paas_platform::Platform;
use std::time::Duration;

async fn failed(platform: &Platform) -> Failure {
    let (change, state) = sync(platform, WEB).await;
    let State::PendingSync(pending) = state else { panic!("{change:?}") };
    pending.failure.unwrap()
}

#[tokio::test]
async fn what_nobody_of_us_put_into_production_stays_there() {
    let harbors = Harbors::new(0);
    let platform = harbors.platform(harbors.copier()).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    // Since it was released, when the platform looked.
    Harbors::push(&harbors.production, "1.4", &digest(7));
    let failure = failed(&platform).await;
    assert_eq!(failure.kind, FailureKind::TagConflict);
    assert!(failure.message.contains(&digest(7).to_string()), "{}", failure.message);
    assert_eq!(harbors.in_production(), [("1.4".to_owned(), digest(7).to_string())]);
    assert_eq!(harbors.changes("replication"), [""; 0], "Harbor was not even asked");
}

/// Harbor lets what is there alone and calls that a success. The digest decides.
#[tokio::test]
async fn a_push_to_production_in_between_is_a_conflict_too() {
    let harbors = Harbors::new(400);
    let platform = harbors.platform(harbors.copier()).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    let (_, copy) = senior(&platform).sync(&WEB.parse().unwrap()).await.unwrap();
    let mut copy = copy.unwrap();
    assert!(copy.next().await.is_some(), "the replication is under way");
    Harbors::push(&harbors.production, "1.4", &digest(7));
    assert_eq!(copy.wait().await.unwrap().what, Happening::CopyFailed);
    let state = images(&platform).read(&WEB.parse().unwrap()).await.unwrap().image.state;
    let State::PendingSync(pending) = state else { panic!("{state:?}") };
    assert_eq!(pending.failure.unwrap().kind, FailureKind::TagConflict);
    assert_eq!(harbors.in_production(), [("1.4".to_owned(), digest(7).to_string())]);
}

#[tokio::test]
async fn a_task_that_fails_says_why_and_its_policy_is_kept_for_the_next_one() {
    let harbors = Harbors::new(20);
    let endpoint = Harbors::endpoint("test", &harbors.test, "puller");
    let platform = harbors.platform(harbors.copier_from(endpoint)).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    let failure = failed(&platform).await;
    assert_eq!(failure.kind, FailureKind::Denied);
    assert_eq!(failure.message, "the replication failed: [ERROR] unauthorized to pull");
    let policies = harbors.client(&harbors.production).list_replication_policies();
    let policies = policies.collect_all().await.unwrap();
    assert_eq!(policies.len(), 1);
    assert!(policies[0].name.starts_with("paas-retail-shop-team-web-1-4-"), "{}", policies[0].name);
    assert!(policies[0].description.as_deref().unwrap().contains(WEB));

    let project: ProjectName = NAMESPACE.parse().unwrap();
    let puller = NewMember::UserNamed("puller".to_owned());
    harbors.client(&harbors.test).add_member(&project, &puller, ProjectRole::Guest).await.unwrap();
    assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
    assert_eq!(harbors.changes("/replication/policies"), ["POST 201", "PUT 200", "DELETE 200"]);
}

/// The platform has no Harbor of production to ask; the copier looks itself, since Harbor would make the project.
#[tokio::test]
async fn a_project_that_is_missing_in_production_is_not_made() {
    let harbors = Harbors::new(0);
    let platform = Harbors::connect(harbors.builder(harbors.copier())).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    let (_, state) = sync(&platform, WEB).await;
    let State::PendingSync(pending) = state else { panic!("{state:?}") };
    assert!(pending.namespace_missing.is_some());
    let project: ProjectName = NAMESPACE.parse().unwrap();
    let production = harbors.client(&harbors.production);
    assert!(production.find_project(&project).await.unwrap().is_none());
    assert_eq!(harbors.changes("replication"), [""; 0]);

    harbors.production.harbor_project(NAMESPACE, "admin").unwrap();
    assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
}

#[tokio::test]
async fn one_that_does_not_end_is_given_up_and_stopped() {
    let harbors = Harbors::new(600_000);
    let copier = harbors.copier().patience(Duration::from_millis(100));
    let platform = harbors.platform(copier).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    let failure = failed(&platform).await;
    assert_eq!(failure.kind, FailureKind::Unavailable);
    assert!(failure.message.starts_with("Harbor has not ended the replication"), "{}", failure.message);
    for _ in 0..100 {
        if harbors.changes("/replication/executions") == ["POST 201", "PUT 200"] {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it was not stopped: {:?}", harbors.changes("/replication/executions"));
}
