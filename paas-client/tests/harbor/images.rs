//! Images, labels and rules: what is escaped, what is asked for again, what other versions send.

use super::{asked, canned, created, refused};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind, HarborClient, Result,
    harbor::{
        ArtifactParts, ArtifactQuery, Digest, ImmutableRuleId, LabelId, LabelScope, NewImmutableRule,
        NewLabel, ProjectId, Reference, RepositoryKey, RepositoryQuery, Selection, TagName,
    },
    transport::{Canned, Request, Response, TransportError, TransportErrorKind},
};
use std::{
    sync::Mutex,
    time::{Duration, SystemTime},
};

type Answer = Result<Response, TransportError>;

pub(super) fn lost() -> Answer {
    Err(TransportError::new(TransportErrorKind::Interrupted, "reset"))
}

pub(super) fn done() -> Answer {
    Ok(Response::new(200, ""))
}

pub(super) fn body(json: &str) -> Answer {
    Ok(Response::new(200, json))
}

/// A client of a server that gives these answers in turn.
pub(super) fn script(time: &VirtualTime, answers: Vec<Answer>) -> (HarborClient, Canned) {
    let answers = Mutex::new(answers.into_iter());
    canned(time.clone(), move |request: &Request| {
        answers.lock().unwrap().next().unwrap_or_else(|| panic!("{request:?} was not expected"))
    })
}

pub(super) fn digest() -> Digest {
    format!("sha256:{}", "0a".repeat(32)).parse().unwrap()
}

fn key() -> RepositoryKey {
    "retail/team/web".parse().unwrap()
}

fn tag() -> TagName {
    "1.0".parse().unwrap()
}

#[test]
fn slashes_of_repositories_are_escaped_twice_and_digests_once() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |_| Ok(refused(404)));
    time.run(async {
        client.read_repository(&key()).await.unwrap_err();
        client.delete_tag(&key(), &digest(), &tag()).await.unwrap_err();
        let from = "test/a/b".parse().unwrap();
        client.copy_artifact(&from, digest(), &key()).await.unwrap_err();
        client.copy_artifact(&from, tag(), &key()).await.unwrap_err();
        client
            .list_artifacts(&key(), &ArtifactQuery::default().tagged().label(LabelId::new(3)))
            .collect_all()
            .await
    })
    .unwrap_err();
    let repository = "/projects/retail/repositories/team%252Fweb";
    let hex = "0a".repeat(32);
    assert_eq!(
        asked(&server),
        [
            format!("GET {repository}"),
            format!("DELETE {repository}/artifacts/sha256%3A{hex}/tags/1.0"),
            format!("POST {repository}/artifacts?from=test%2Fa%2Fb%40sha256%3A{hex}"),
            format!("POST {repository}/artifacts?from=test%2Fa%2Fb%3A1.0"),
            format!(
                "GET {repository}/artifacts?with_tag=true&with_label=false&with_accessory=false&with_immutable_status=false&q=tags%3D*%2Clabels%3D%283%29&page=1&page_size=100"
            ),
        ]
    );
}

#[test]
fn what_would_be_another_by_then_is_not_asked_for_again() {
    let from: RepositoryKey = "test/web".parse().unwrap();
    for first in [lost(), Ok(refused(503)), Err(TransportError::new(TransportErrorKind::Timeout, "late"))] {
        let time = VirtualTime::default();
        // By a digest it is the same however often it is done.
        let (client, server) = script(&time, vec![first.clone(), Ok(created("/x/1"))]);
        time.run(client.copy_artifact(&from, digest(), &key())).unwrap();
        assert_eq!(server.requests().len(), 2);
        let (client, server) = script(&time, vec![first.clone()]);
        let error = time.run(client.copy_artifact(&from, tag(), &key())).unwrap_err();
        assert!(error.outcome_unknown() && server.requests().len() == 1, "{error}");
        let (client, server) = script(&time, vec![first.clone()]);
        let error = time.run(client.delete_repository(&key())).unwrap_err();
        assert!(error.outcome_unknown() && server.requests().len() == 1, "{error}");
        // What is gone was deleted the first time.
        let (client, _) = script(&time, vec![first.clone(), Ok(refused(404))]);
        time.run(client.delete_artifact(&key(), &digest())).unwrap();
        let (client, _) = script(&time, vec![first, Ok(refused(404))]);
        time.run(client.delete_tag(&key(), &digest(), &tag())).unwrap();
    }
    let time = VirtualTime::default();
    for status in [404, 412] {
        let (client, server) = script(&time, vec![Ok(refused(status))]);
        let error = time.run(client.delete_artifact(&key(), &digest())).unwrap_err();
        assert!(!error.is_retryable() && !error.outcome_unknown() && server.requests().len() == 1, "{error}");
    }
}

#[test]
fn a_tag_that_may_have_been_made_is_looked_for() {
    let time = VirtualTime::default();
    let create = |answers: Vec<Answer>| {
        let (client, server) = script(&time, answers);
        (time.run(client.create_tag(&key(), &digest(), &tag())), asked(&server).len())
    };
    let tags = |name: &str| body(&format!(r#"[{{"id":4,"name":"{name}"}}]"#));
    assert_eq!(create(vec![Ok(created("/x"))]).1, 1);
    let (made, asked) = create(vec![lost(), tags("1.0")]);
    assert!(made.is_ok() && asked == 2);
    let (made, asked) = create(vec![lost(), tags("1.1"), Ok(created("/x"))]);
    assert!(made.is_ok() && asked == 3);
    // The first one arrives after the look.
    let (made, asked) = create(vec![lost(), tags("1.1"), Ok(refused(409)), tags("1.0")]);
    assert!(made.is_ok() && asked == 4);
    // Another artifact has it.
    let (made, asked) = create(vec![Ok(refused(409))]);
    let error = made.unwrap_err();
    assert!(error.kind() == ErrorKind::Exists && !error.outcome_unknown() && asked == 1, "{error}");
    let (made, _) = create(vec![lost(), tags("1.1"), Ok(refused(409)), tags("1.1")]);
    let error = made.unwrap_err();
    assert!(error.kind() == ErrorKind::Exists && error.outcome_unknown(), "{error}");
}

#[test]
fn a_label_that_an_artifact_has_already_is_told_unless_it_may_be_ours() {
    let time = VirtualTime::default();
    let add = |answers: Vec<Answer>| {
        let (client, _) = script(&time, answers);
        time.run(client.add_artifact_label(&key(), &digest(), LabelId::new(3)))
    };
    add(vec![done()]).unwrap();
    add(vec![lost(), Ok(refused(409))]).unwrap();
    assert_eq!(add(vec![Ok(refused(409))]).unwrap_err().kind(), ErrorKind::Exists);
    let (client, _) = script(&time, vec![lost(), Ok(refused(404))]);
    time.run(client.remove_artifact_label(&key(), &digest(), LabelId::new(3))).unwrap();
}

#[test]
fn labels_and_rules_that_may_have_been_made_are_looked_for() {
    let time = VirtualTime::default();
    let scope = LabelScope::Project(ProjectId::new(7));
    let new = NewLabel::new("in sync", scope.clone()).color("#0065AB");
    let create = |answers: Vec<Answer>| {
        let (client, server) = script(&time, answers);
        (time.run(client.create_label(&new)), asked(&server))
    };
    let row = |name: &str, color: &str| {
        body(&format!(r#"[{{"id":5,"name":"{name}","color":"{color}","scope":"p","project_id":7}}]"#))
    };
    let (made, lines) = create(vec![lost(), row("in sync", "#0065AB")]);
    assert_eq!(made.unwrap(), LabelId::new(5));
    assert_eq!(lines[1], "GET /labels?scope=p&project_id=7&name=in+sync&page=1&page_size=100");
    // Names are looked for by a part of them.
    let (made, _) = create(vec![lost(), row("in sync too", "#0065AB"), Ok(created("/labels/6"))]);
    assert_eq!(made.unwrap(), LabelId::new(6));
    let error = create(vec![lost(), row("in sync", "")]).0.unwrap_err();
    assert!(error.kind() == ErrorKind::Exists && error.outcome_unknown(), "{error}");

    let rule =
        NewImmutableRule::new(Selection::Matching("**".to_owned()), Selection::Excluding("dev-*".to_owned()));
    let rules = |decoration: &str, disabled: bool| {
        body(&format!(
            r#"[{{"id":9,"disabled":{disabled},"action":"immutable","tag_selectors":[{{"kind":"doublestar","decoration":"{decoration}","pattern":"dev-*"}}],
                "scope_selectors":{{"repository":[{{"kind":"doublestar","decoration":"repoMatches","pattern":"**"}}]}}}}]"#
        ))
    };
    let create = |answers: Vec<Answer>| {
        let (client, _) = script(&time, answers);
        time.run(client.create_immutable_rule(ProjectId::new(7), &rule)).map(ImmutableRuleId::number)
    };
    assert_eq!(create(vec![lost(), rules("excludes", false)]).unwrap(), 9);
    assert_eq!(create(vec![lost(), rules("matches", false), Ok(created("/x/10"))]).unwrap(), 10);
    assert_eq!(create(vec![lost(), rules("excludes", true), Ok(created("/x/10"))]).unwrap(), 10);
}

#[test]
fn rows_of_other_versions_are_read() {
    let time = VirtualTime::default();
    let hex = "0a".repeat(32);
    let artifact = format!(
        r#"{{"id":3,"digest":"sha256:{hex}","type":"IMAGE","size":-1,"push_time":"2026-11-21T21:50:08.500Z",
            "pull_time":"0001-01-01T00:00:00.000Z","repository_name":"no project","tags":null,"labels":null,
            "references":[{{"child_digest":"sha256:{hex}","child_id":0,"platform":null}}],"extra_attrs":{{}},"new":[]}}"#
    );
    let (client, _) = canned(time.clone(), move |request: &Request| {
        Ok(Response::new(
            200,
            match request.path().rsplit('/').next().unwrap() {
                "artifacts" => format!("[{artifact}]"),
                "repositories" => {
                    r#"[{"id":1,"name":"retail/web","project_id":0,"artifact_count":"many"}]"#.to_owned()
                }
                "labels" => {
                    r#"[{"id":1,"name":"x","scope":"w","project_id":0},{"id":2,"name":"y","scope":"g"}]"#
                        .to_owned()
                }
                "immutabletagrules" => r#"[{"id":1,"tag_selectors":null,"scope_selectors":{"project":[]}},
                        {"id":2,"disabled":true,"tag_selectors":[{"decoration":"nsMatches","pattern":"a"}]}]"#
                    .to_owned(),
                _ => "null".to_owned(),
            },
        ))
    });
    time.run(async {
        let artifacts = client.list_artifacts(&key(), &ArtifactQuery::default()).collect_all().await.unwrap();
        let [artifact] = artifacts.as_slice() else { panic!() };
        assert!(artifact.tags.is_empty() && artifact.repository.is_none() && artifact.size.is_none());
        assert_eq!(artifact.pull_time, None, "the year 1 is never");
        let pushed = SystemTime::UNIX_EPOCH + Duration::from_millis(1_795_297_808_500);
        assert_eq!(artifact.push_time, Some(pushed));
        assert!(artifact.references[0].platform.os.is_none() && artifact.references[0].id.is_none());
        let repositories = client
            .list_repositories(&"retail".parse().unwrap(), &RepositoryQuery::default())
            .collect_all()
            .await
            .unwrap();
        assert!(repositories[0].artifact_count.is_none() && repositories[0].project_id.is_none());
        let labels = client.list_labels(&LabelScope::Global).collect_all().await.unwrap();
        assert_eq!(labels[0].scope, LabelScope::Other("w".to_owned()));
        assert_eq!(labels[1].scope, LabelScope::Global);
        let rules = client.list_immutable_rules(ProjectId::new(7)).collect_all().await.unwrap();
        assert!(rules[0].enabled && rules[0].tags.is_empty() && rules[0].repositories.is_empty());
        assert!(!rules[1].enabled);
        assert!(
            matches!(&rules[1].tags[0], Selection::Other { decoration, .. } if decoration == "nsMatches")
        );
        assert!(client.list_tags(&key(), tag()).collect_all().await.unwrap().is_empty());
        // An artifact without a digest is none.
        let error = client.read_artifact(&key(), tag(), ArtifactParts::ALL).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol);
    });
}

#[test]
fn what_is_not_there_is_told_from_what_nobody_says() {
    let time = VirtualTime::default();
    let find = |answer: Response| {
        let (client, _) = canned(time.clone(), move |_| Ok(answer.clone()));
        time.run(client.find_artifact(&key(), Reference::from(digest()), ArtifactParts::default()))
    };
    assert_eq!(find(refused(404)).unwrap(), None);
    assert_eq!(find(Response::new(404, "<html>")).unwrap_err().kind(), ErrorKind::Protocol);
    assert_eq!(find(refused(403)).unwrap_err().kind(), ErrorKind::Forbidden);
}
