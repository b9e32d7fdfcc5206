//! What a registry holds, asked through its Harbor.

use super::world::{Harbors, NAMESPACE, digest};
use paas_core::images::{Tag, promotion::FailureKind};
use paas_platform::{HarborRegistry, ImageRegistry};
use paas_sandbox::{Fault, HarborPush, Sandbox, Trouble};

fn put(sandbox: &Sandbox, project: &str, repository: &str, tag: &str, number: u8) {
    let push = HarborPush::new(project, repository, &digest(number).to_string()).tag(tag);
    assert!(sandbox.harbor_push(&push));
}

#[tokio::test]
async fn repositories_are_those_of_the_project_with_all_their_pages() {
    let harbors = Harbors::apart(0);
    let (sandbox, registry) = (&harbors.test, HarborRegistry::new(harbors.client(&harbors.test)));
    for project in [NAMESPACE, "other"] {
        sandbox.harbor_project(project, "admin").unwrap();
    }
    put(sandbox, "other", "secret", "1", 1);
    for number in 0..120 {
        put(sandbox, NAMESPACE, &format!("team/part-{number:03}"), "1.0", 1);
    }
    let found = registry.repositories(NAMESPACE).await.unwrap();
    assert_eq!(found.len(), 120);
    assert!(found.iter().all(|repository| repository.as_str().starts_with("retail-shop/team/part-")));
    assert!(registry.repositories("nowhere").await.unwrap().is_empty());
    // The catalogue of all was never asked for.
    assert!(sandbox.requests().iter().all(|request| request.path.contains("/projects/")));
}

#[tokio::test]
async fn names_with_slashes_tags_and_digests_are_read() {
    let harbors = Harbors::apart(0);
    let (sandbox, registry) = (&harbors.test, HarborRegistry::new(harbors.client(&harbors.test)));
    sandbox.harbor_project(NAMESPACE, "admin").unwrap();
    for (tag, number) in [("1.0", 1), ("latest", 1), ("2.0", 2)] {
        put(sandbox, NAMESPACE, "team/web", tag, number);
    }
    let of = |image: &str| image.parse().unwrap();
    assert_eq!(registry.digest(&of("retail-shop/team/web:latest")).await.unwrap(), Some(digest(1)));
    assert_eq!(registry.digest(&of("retail-shop/team/web:3.0")).await.unwrap(), None);
    assert_eq!(registry.digest(&of("retail-shop/team/none:1.0")).await.unwrap(), None);
    let tags = registry.tags(&"retail-shop/team/web".parse().unwrap()).await.unwrap();
    assert_eq!(tags.iter().map(Tag::as_str).collect::<Vec<_>>(), ["1.0", "2.0", "latest"]);
    assert!(registry.tags(&"retail-shop/none".parse().unwrap()).await.unwrap().is_empty());

    sandbox.add_fault(Fault::new(Trouble::Unavailable { retry_after: None }).times(100));
    let trouble = registry.repositories(NAMESPACE).await.unwrap_err();
    assert_eq!(trouble.kind, FailureKind::Unavailable);
}
