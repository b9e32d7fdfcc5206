//! States as labels in the Harbor of test.

use super::world::{Harbors, NAMESPACE, REPOSITORY, WEB, digest, images, name, release, senior, sync};
use paas_client::harbor::{ArtifactParts, LabelScope, NewLabel, RepositoryKey};
use paas_core::{
    access::Registry,
    images::{Digest, promotion::Happening},
};
use paas_platform::{ErrorKind, Platform, StateLabels};
use paas_sandbox::{Fault, Trouble};
use std::time::Duration;

async fn platform(harbors: &Harbors) -> Platform {
    let builder = harbors.builder(harbors.copier()).state_labels(StateLabels::default());
    Harbors::connect(builder.harbor(Registry::Production, harbors.client(&harbors.production))).await
}

/// The labels of what has a digest in test, by their names.
async fn labels(harbors: &Harbors, digest: &Digest) -> Vec<String> {
    let key: RepositoryKey = format!("{NAMESPACE}/{REPOSITORY}").parse().unwrap();
    let sha: paas_client::harbor::Digest = digest.to_string().parse().unwrap();
    let parts = ArtifactParts::default().labels();
    let found = harbors.client(&harbors.test).read_artifact(&key, &sha, parts).await.unwrap();
    let mut names: Vec<String> = found.labels.into_iter().map(|label| label.name).collect();
    names.sort();
    names
}

/// Waits until they are so.
async fn shown(harbors: &Harbors, digest: &Digest, wanted: &[&str]) {
    for _ in 0..400 {
        if labels(harbors, digest).await == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(labels(harbors, digest).await, wanted);
}

#[tokio::test]
async fn each_state_is_shown_and_only_our_labels_are_touched() {
    let harbors = Harbors::new(300);
    let platform = platform(&harbors).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    // Somebody's own label, and a global one of the same name as one of ours.
    let test = harbors.client(&harbors.test);
    let key: RepositoryKey = format!("{NAMESPACE}/{REPOSITORY}").parse().unwrap();
    let sha: paas_client::harbor::Digest = digest(1).to_string().parse().unwrap();
    for own in ["paas:synced", "tested"] {
        let label = test.create_label(&NewLabel::new(own, LabelScope::Global)).await.unwrap();
        test.add_artifact_label(&key, &sha, label).await.unwrap();
    }
    let with = |state: &'static str| {
        let mut all = vec!["paas:synced", "tested", state];
        all.sort_unstable();
        all
    };
    images(&platform).look(&name(WEB)).await.unwrap();
    shown(&harbors, &digest(1), &with("paas:in-development")).await;
    senior(&platform).release(&name(WEB), &digest(1)).await.unwrap();
    shown(&harbors, &digest(1), &with("paas:pending-sync")).await;
    let (_, copy) = senior(&platform).sync(&name(WEB)).await.unwrap();
    shown(&harbors, &digest(1), &with("paas:syncing")).await;
    assert_eq!(copy.unwrap().wait().await.unwrap().what, Happening::Synced);
    shown(&harbors, &digest(1), &with("paas:synced")).await;
    // Another is pushed under the tag: what was there says nothing any more.
    Harbors::push(&harbors.test, "1.4", &digest(2));
    images(&platform).look(&name(WEB)).await.unwrap();
    shown(&harbors, &digest(2), &["paas:in-development"]).await;
    shown(&harbors, &digest(1), &["paas:synced", "tested"]).await;
    // They are labels of the project.
    let project = test.find_project(&key.project).await.unwrap().unwrap();
    let made = test.list_labels(&LabelScope::Project(project.id)).collect_all().await.unwrap();
    assert_eq!(made.len(), 4);
    assert!(made.iter().all(|label| label.color.is_some() && label.description.is_some()));
}

#[tokio::test]
async fn two_tags_of_one_image_are_both_shown() {
    let harbors = Harbors::new(0);
    let platform = platform(&harbors).await;
    for tag in ["1.4", "latest"] {
        Harbors::push(&harbors.test, tag, &digest(1));
        images(&platform).look(&name(&format!("retail-shop/team/web:{tag}"))).await.unwrap();
    }
    shown(&harbors, &digest(1), &["paas:in-development"]).await;
    release(&platform, WEB, &digest(1)).await;
    shown(&harbors, &digest(1), &["paas:in-development", "paas:pending-sync"]).await;
}

#[tokio::test]
async fn nothing_fails_by_them_and_the_sweep_mends_them() {
    let harbors = Harbors::new(0);
    let platform = platform(&harbors).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    let fault = |path: &str| Fault::new(Trouble::Unavailable { retry_after: None }).path(path).times(10_000);
    harbors.test.add_fault(fault("/labels"));
    release(&platform, WEB, &digest(1)).await;
    assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
    let report = images(&platform).sweep().await.unwrap();
    assert_eq!(report.failures.len(), 1, "{report:?}");
    assert_eq!(report.failures[0].what.as_deref(), Some("labels"));
    harbors.test.clear_faults();
    assert_eq!(labels(&harbors, &digest(1)).await, [""; 0]);

    assert_eq!(images(&platform).sweep().await.unwrap().failures, []);
    assert_eq!(labels(&harbors, &digest(1)).await, ["paas:synced"]);
    // Somebody puts another of ours on, takes this one off, and deletes its label.
    let test = harbors.client(&harbors.test);
    let project = test.find_project(&NAMESPACE.parse().unwrap()).await.unwrap().unwrap();
    let scope = LabelScope::Project(project.id);
    let wrong = test.create_label(&NewLabel::new("paas:syncing", scope.clone())).await.unwrap();
    let key: RepositoryKey = format!("{NAMESPACE}/{REPOSITORY}").parse().unwrap();
    test.add_artifact_label(&key, &digest(1).to_string().parse().unwrap(), wrong).await.unwrap();
    let synced = test.find_label(&scope, "paas:synced").await.unwrap().unwrap();
    test.delete_label(synced.id).await.unwrap();
    assert_eq!(labels(&harbors, &digest(1)).await, ["paas:syncing"]);
    let report = images(&platform).show_states().await.unwrap();
    assert_eq!((report.artifacts, report.added, report.removed), (1, 1, 1));
    assert_eq!(labels(&harbors, &digest(1)).await, ["paas:synced"]);
    // As it is to be, it costs reading only.
    harbors.test.clear_requests();
    let report = images(&platform).show_states().await.unwrap();
    assert_eq!((report.artifacts, report.added, report.removed), (1, 0, 0));
    assert!(harbors.test.requests().iter().all(|request| !request.is_mutating()));
}

#[tokio::test]
async fn without_them_nothing_is_asked() {
    let harbors = Harbors::new(0);
    let platform = harbors.platform(harbors.copier()).await;
    Harbors::push(&harbors.test, "1.4", &digest(1));
    release(&platform, WEB, &digest(1)).await;
    assert_eq!(sync(&platform, WEB).await.0.what, Happening::Synced);
    assert_eq!(images(&platform).show_states().await.unwrap_err().kind(), ErrorKind::Configuration);
    images(&platform).sweep().await.unwrap();
    assert!(harbors.test.requests().iter().all(|request| !request.path.contains("labels")));
}
