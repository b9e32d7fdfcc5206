//! The client against the sandbox's Harbor: images, replication, and webhooks that one posts and the other reads.

use super::sandbox::client;
use paas_client::{
    ErrorKind, HarborClient,
    harbor::{
        ArtifactParts, ArtifactQuery, Digest, ExecutionQuery, Label, LabelScope, NewImmutableRule, NewLabel,
        NewMember, NewRegistry, NewReplicationPolicy, NewWebhookPolicy, NewWebhookTarget, PayloadFormat,
        ProjectId, ProjectName, ProjectRole, RegistryCredential, RegistryId, RegistryKind,
        ReplicationDirection, ReplicationFilter, ReplicationState, RepositoryKey, RepositoryQuery, Selection,
        TagName, WebhookEvent, WebhookEventKind,
    },
    notification::{HeaderSecret, NotificationError},
};
use paas_sandbox::{Fault, HarborPush, Sandbox, Trouble};
use std::time::Duration;

fn digest(n: u8) -> Digest {
    text(n).parse().unwrap()
}

fn text(n: u8) -> String {
    format!("sha256:{}", format!("{n:02x}").repeat(32))
}

fn key(text: &str) -> RepositoryKey {
    text.parse().unwrap()
}

fn tag(text: &str) -> TagName {
    text.parse().unwrap()
}

/// A project `test` with `team/web`, whose tags `1.0` and `latest` are one artifact and `2.0` another.
fn filled() -> (Sandbox, HarborClient) {
    let sandbox = Sandbox::builder().virtual_clock().start().unwrap();
    for project in ["test", "prod"] {
        sandbox.harbor_project(project, "admin").unwrap();
    }
    for (n, tag) in [(1, "1.0"), (1, "latest"), (2, "2.0")] {
        assert!(sandbox.harbor_push(&HarborPush::new("test", "team/web", &text(n)).tag(tag)));
        sandbox.advance(Duration::from_secs(1));
    }
    let client = client(&sandbox, &sandbox.harbor_admin());
    (sandbox, client)
}

async fn tags(client: &HarborClient, repository: &str) -> Vec<String> {
    let query = ArtifactQuery::default().tagged();
    let all = client.list_artifacts(&key(repository), &query).collect_all().await.unwrap();
    let mut tags: Vec<String> = all
        .iter()
        .flat_map(|artifact| artifact.tags.iter().map(move |tag| (tag, artifact)))
        .map(|(tag, artifact)| format!("{} {}", tag.name, &artifact.digest.as_str()[7..9]))
        .collect();
    tags.sort();
    tags
}

#[tokio::test]
async fn images_are_found_copied_tagged_and_deleted() {
    let (sandbox, client) = filled();
    let (from, to) = (key("test/team/web"), key("prod/team/web"));
    let project: ProjectName = "test".parse().unwrap();
    let listed = client.list_repositories(&project, &RepositoryQuery::default()).collect_all().await.unwrap();
    assert_eq!(listed.iter().map(|row| row.key.clone()).collect::<Vec<_>>(), std::slice::from_ref(&from));
    assert_eq!(listed[0], client.read_repository(&from).await.unwrap());
    assert_eq!(client.read_repository(&to).await.unwrap_err().kind(), ErrorKind::NotFound);
    let part = "team".parse().unwrap();
    let found = client.list_all_repositories(&RepositoryQuery::default().name_holds(&part)).collect_all();
    assert_eq!(found.await.unwrap(), listed);
    client.describe_repository(&from, "the shop").await.unwrap();
    assert_eq!(client.read_repository(&from).await.unwrap().description.as_deref(), Some("the shop"));

    let latest = client.read_artifact(&from, tag("latest"), ArtifactParts::default()).await.unwrap();
    assert_eq!(
        (&latest.digest, latest.pull_time, latest.repository.as_ref()),
        (&digest(1), None, Some(&from))
    );
    assert_eq!(client.find_artifact(&from, digest(1), ArtifactParts::default()).await.unwrap(), Some(latest));
    assert_eq!(client.find_artifact(&from, tag("3.0"), ArtifactParts::ALL).await.unwrap(), None);
    let newest = client.list_artifacts_of_project(&project, &ArtifactQuery::default().newest_first());
    let digests: Vec<Digest> =
        newest.collect_all().await.unwrap().into_iter().map(|row| row.digest).collect();
    assert_eq!(digests, [digest(2), digest(1)]);

    // By a digest, all of its tags go along.
    client.copy_artifact(&from, digest(1), &to).await.unwrap();
    assert_eq!(tags(&client, "prod/team/web").await, ["1.0 01", "latest 01"]);
    client.create_tag(&to, &digest(1), &tag("stable")).await.unwrap();
    let again = client.create_tag(&to, &digest(1), &tag("stable")).await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Exists);
    let names: Vec<TagName> = client
        .list_tags(&to, digest(1))
        .collect_all()
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.name)
        .collect();
    assert_eq!(names, [tag("1.0"), tag("latest"), tag("stable")]);
    client.delete_tag(&to, &digest(1), &tag("stable")).await.unwrap();
    let gone = client.delete_tag(&to, &digest(1), &tag("stable")).await.unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::NotFound);

    assert!(sandbox.harbor_attach("prod", "team/web", "1.0", &text(9), "signature.cosign"));
    let attached = client.list_accessories(&to, tag("1.0")).collect_all().await.unwrap();
    assert_eq!((&attached[0].digest, attached[0].subject.as_ref()), (&digest(9), Some(&digest(1))));
    client.delete_artifact(&to, &digest(1)).await.unwrap();
    assert!(tags(&client, "prod/team/web").await.is_empty());
    client.delete_repository(&to).await.unwrap();
    client.delete_project(ProjectId::new(3)).await.unwrap();
}

#[tokio::test]
async fn an_immutable_tag_explains_why_nothing_was_copied() {
    let (sandbox, client) = filled();
    let (from, to) = (key("test/team/web"), key("prod/team/web"));
    let prod = ProjectId::new(3);
    assert!(sandbox.harbor_push(&HarborPush::new("prod", "team/web", &text(9)).tag("1.0")));
    let rule =
        NewImmutableRule::new(Selection::Matching("**".to_owned()), Selection::Matching("1.*".to_owned()));
    let id = client.create_immutable_rule(prod, &rule).await.unwrap();
    assert_eq!(client.create_immutable_rule(prod, &rule).await.unwrap_err().kind(), ErrorKind::Exists);
    let error = client.copy_artifact(&from, digest(1), &to).await.unwrap_err();
    assert!(error.kind() == ErrorKind::Precondition && !error.is_retryable(), "{error}");
    assert!(error.server_message().unwrap().contains("1.0 configured as immutable"));
    let rules = client.list_immutable_rules(prod).collect_all().await.unwrap();
    assert!(rules[0].id == id && rules[0].enabled);
    assert_eq!(rules[0].tags, [Selection::Matching("1.*".to_owned())]);
    let there = client.read_artifact(&to, tag("1.0"), ArtifactParts::ALL).await.unwrap();
    assert!(there.tags[0].immutable && there.digest == digest(9));
    assert_eq!(client.delete_artifact(&to, &digest(9)).await.unwrap_err().kind(), ErrorKind::Precondition);
    client.delete_immutable_rule(prod, id).await.unwrap();
    client.copy_artifact(&from, digest(1), &to).await.unwrap();
    assert_eq!(tags(&client, "prod/team/web").await, ["1.0 01", "latest 01"]);
}

#[tokio::test]
async fn labels_show_states() {
    let (sandbox, client) = filled();
    let (repository, scope) = (key("test/team/web"), LabelScope::Project(ProjectId::new(2)));
    let names = |labels: &[Label]| labels.iter().map(|label| label.name.clone()).collect::<Vec<_>>();
    assert_eq!(client.find_label(&scope, "in sync").await.unwrap(), None);
    let new = NewLabel::new("in sync", scope.clone()).description("as in production").color("#0065AB");
    let id = client.create_label(&new).await.unwrap();
    assert_eq!(client.create_label(&new).await.unwrap_err().kind(), ErrorKind::Exists);
    let found = client.find_label(&scope, "in sync").await.unwrap().unwrap();
    assert!(found.id == id && found.scope == scope && found == client.read_label(id).await.unwrap());
    client.add_artifact_label(&repository, &digest(1), id).await.unwrap();
    let twice = client.add_artifact_label(&repository, &digest(1), id).await.unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::Exists);
    let shown =
        client.read_artifact(&repository, tag("1.0"), ArtifactParts::default().labels()).await.unwrap();
    assert_eq!(names(&shown.labels), ["in sync"]);
    let query = ArtifactQuery::default().label(id);
    assert_eq!(client.list_artifacts(&repository, &query).collect_all().await.unwrap().len(), 1);
    client.update_label(id, &NewLabel::new("synced", scope.clone())).await.unwrap();
    assert_eq!(names(&client.list_labels(&scope).collect_all().await.unwrap()), ["synced"]);
    client.remove_artifact_label(&repository, &digest(1), id).await.unwrap();
    let gone = client.remove_artifact_label(&repository, &digest(1), id).await.unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::NotFound);
    client.delete_label(id).await.unwrap();
    assert!(client.list_labels(&scope).collect_all().await.unwrap().is_empty());
    // A developer shows states, and makes no labels.
    let global = client.create_label(&NewLabel::new("all", LabelScope::Global)).await.unwrap();
    let anna = sandbox.harbor_user("anna");
    let member = NewMember::UserNamed("anna".to_owned());
    client.add_member(ProjectId::new(2), &member, ProjectRole::Developer).await.unwrap();
    let anna = self::client(&sandbox, &anna);
    anna.add_artifact_label(&repository, &digest(2), global).await.unwrap();
    assert_eq!(anna.create_label(&new).await.unwrap_err().kind(), ErrorKind::Forbidden);
    assert_eq!(anna.delete_artifact(&repository, &digest(2)).await.unwrap_err().kind(), ErrorKind::Forbidden);
    assert_eq!(names(&anna.list_labels(&LabelScope::Global).collect_all().await.unwrap()), ["all"]);
}

async fn production(sandbox: &Sandbox, client: &HarborClient) -> RegistryId {
    let admin = sandbox.harbor_admin();
    let new = NewRegistry::new("production", RegistryKind::Harbor, sandbox.url())
        .credential(RegistryCredential::basic(admin.name, admin.password));
    client.ping_new_registry(&new).await.unwrap();
    client.create_registry(&new).await.unwrap()
}

#[tokio::test]
async fn a_policy_copies_what_it_names() {
    let (sandbox, client) = filled();
    let unreached = NewRegistry::new("b", RegistryKind::DockerRegistry, "http://127.0.0.1:1");
    assert_eq!(client.create_registry(&unreached).await.unwrap_err().kind(), ErrorKind::Invalid);
    assert_eq!(client.ping_new_registry(&unreached).await.unwrap_err().kind(), ErrorKind::Invalid);
    let registry = production(&sandbox, &client).await;
    client.ping_registry(registry).await.unwrap();
    let known = client.read_registry(registry).await.unwrap();
    assert_eq!((known.kind.clone(), known.access_key.as_deref()), (RegistryKind::Harbor, Some("admin")));
    assert_eq!(client.find_registry("production").await.unwrap(), Some(known));
    assert_eq!(client.registry_info(registry).await.unwrap().kind, RegistryKind::Harbor);

    let new = NewReplicationPolicy::new("to production", ReplicationDirection::PushTo(registry))
        .filter(ReplicationFilter::name("test/**"))
        .filter(ReplicationFilter::tag("1.*"))
        .destination_in_place_of("prod", 1)
        .deletes(true);
    let policy = client.create_replication_policy(&new).await.unwrap();
    let read = client.read_replication_policy(policy).await.unwrap();
    assert_eq!(read.direction, Some(ReplicationDirection::PushTo(registry)));
    assert!(read.deletes && read.enabled && !read.overrides, "{read:?}");
    assert_eq!(client.find_replication_policy("to production").await.unwrap(), Some(read));
    assert_eq!(client.delete_registry(registry).await.unwrap_err().kind(), ErrorKind::Precondition);

    let execution = client.start_replication(policy).await.unwrap();
    let begun = client.read_replication_execution(execution).await.unwrap();
    assert!(begun.state == ReplicationState::InProgress && begun.end_time.is_none(), "{begun:?}");
    assert_eq!(client.delete_replication_policy(policy).await.unwrap_err().kind(), ErrorKind::Precondition);
    sandbox.advance(Duration::from_secs(5));
    let ended = client.read_replication_execution(execution).await.unwrap();
    assert!(ended.state == ReplicationState::Succeeded && ended.succeeded == Some(1), "{ended:?}");
    assert_eq!(tags(&client, "prod/team/web").await, ["1.0 01"]);
    let tasks = client.list_replication_tasks(execution).collect_all().await.unwrap();
    let log = client.read_replication_log(execution, tasks[0].id).await.unwrap();
    assert!(log.text.contains("copied prod/team/web:1.0") && !log.is_cut, "{log:?}");

    // What was left alone is done, says Harbor; the digest tells.
    assert!(sandbox.harbor_push(&HarborPush::new("test", "team/web", &text(7)).tag("1.0")));
    let second = client.start_replication(policy).await.unwrap();
    sandbox.advance(Duration::from_secs(5));
    let ended = client.read_replication_execution(second).await.unwrap();
    assert_eq!(ended.state, ReplicationState::Succeeded);
    assert_eq!(tags(&client, "prod/team/web").await, ["1.0 01"]);
    client.update_replication_policy(policy, &new.clone().overrides(true)).await.unwrap();
    let third = client.start_replication(policy).await.unwrap();
    sandbox.advance(Duration::from_secs(5));
    assert_eq!(tags(&client, "prod/team/web").await, ["1.0 07"]);
    let fourth = client.start_replication(policy).await.unwrap();
    client.stop_replication(fourth).await.unwrap();
    let query = ExecutionQuery::default().policy(policy);
    let all = client.list_replication_executions(&query).collect_all().await.unwrap();
    assert_eq!(all.iter().map(|row| row.id).collect::<Vec<_>>(), [fourth, third, second, execution]);
    let stopped = client.list_replication_executions(&query.state(ReplicationState::Stopped));
    assert_eq!(stopped.collect_all().await.unwrap()[0].id, fourth);
    client.update_replication_policy(policy, &new.enabled(false)).await.unwrap();
    assert_eq!(client.start_replication(policy).await.unwrap_err().kind(), ErrorKind::Precondition);
    client.delete_replication_policy(policy).await.unwrap();
    client.delete_registry(registry).await.unwrap();
    assert!(client.list_registries().collect_all().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_the_sandbox_posts_is_read_by_who_knows_the_secret() {
    let (sandbox, client) = filled();
    let secret = HeaderSecret::new("Bearer 0123456789abcdef").unwrap();
    let project = ProjectId::new(2);
    let target = NewWebhookTarget::new("https://paas.bank.test/hooks", secret.clone());
    let all = [
        WebhookEventKind::Pushed,
        WebhookEventKind::Pulled,
        WebhookEventKind::Deleted,
        WebhookEventKind::Replicated,
    ];
    let plain = NewWebhookPolicy::new("plain", target.clone(), all.clone());
    let id = client.create_webhook_policy(project, &plain).await.unwrap();
    assert_eq!(client.create_webhook_policy(project, &plain).await.unwrap_err().kind(), ErrorKind::Exists);
    let cloud = NewWebhookPolicy::new("cloud", target.format(PayloadFormat::CloudEvents), all);
    let other = client.create_webhook_policy(project, &cloud).await.unwrap();
    let read = client.read_webhook_policy(project, id).await.unwrap();
    assert!(read.enabled && read.targets[0].sends(&secret), "{read:?}");
    assert_eq!(client.list_webhook_policies(project).collect_all().await.unwrap().len(), 2);

    let read = |sandbox: &Sandbox| -> Vec<WebhookEvent> {
        sandbox
            .harbor_webhooks()
            .iter()
            .map(|hook| {
                let authorization = hook.authorization.as_deref();
                let another = HeaderSecret::new("Bearer of another secret").unwrap();
                assert_eq!(
                    WebhookEvent::read(hook.body.as_bytes(), authorization, &another),
                    Err(NotificationError::NotAuthentic)
                );
                WebhookEvent::read(hook.body.as_bytes(), authorization, &secret).unwrap()
            })
            .collect()
    };
    assert!(sandbox.harbor_push(&HarborPush::new("test", "team/web", &text(3)).tag("3.0").operator("anna")));
    let events = read(&sandbox);
    for event in &events {
        assert_eq!((&event.kind, event.operator.as_deref()), (&WebhookEventKind::Pushed, Some("anna")));
        assert_eq!(event.repository, Some(key("test/team/web")));
        assert_eq!(event.resources[0].tag, Some(tag("3.0")));
        assert_eq!(event.resources[0].digest, Some(digest(3)));
    }
    assert_eq!((events[0].at, events[0].policy_id), (events[1].at, None));
    assert_eq!((events[1].project_id, events[1].policy_id), (Some(project), Some(other)));
    assert!(events[1].id.is_some());
    assert!(sandbox.harbor_pull("test", "team/web", "2.0"));
    client.delete_artifact(&key("test/team/web"), &digest(1)).await.unwrap();
    let kinds: Vec<WebhookEventKind> = read(&sandbox).into_iter().map(|event| event.kind).collect();
    let (pulled, deleted) = (WebhookEventKind::Pulled, WebhookEventKind::Deleted);
    assert_eq!(kinds, [pulled.clone(), pulled, deleted.clone(), deleted]);

    let registry = production(&sandbox, &client).await;
    let direction = ReplicationDirection::PushTo(registry);
    let policy = NewReplicationPolicy::new("a", direction).destination_in_place_of("prod", 1);
    let policy = client.create_replication_policy(&policy).await.unwrap();
    let execution = client.start_replication(policy).await.unwrap();
    sandbox.advance(Duration::from_secs(5));
    let events = read(&sandbox);
    let replication = events[0].replication.as_ref().unwrap();
    assert_eq!((replication.execution, &replication.state), (Some(execution), &ReplicationState::Succeeded));
    assert_eq!(replication.succeeded[0].references, ["2.0", "3.0"]);

    let last = client.webhook_last_triggers(project).await.unwrap();
    assert!(last.iter().filter(|row| row.policy_name == "plain").all(|row| row.last.is_some()), "{last:?}");
    let told = client.list_webhook_executions(project, id).collect_all().await.unwrap();
    assert!(told.len() == 4 && told.iter().all(|row| row.state == "Success"));
    client.update_webhook_policy(project, id, &plain.enabled(false)).await.unwrap();
    client.delete_webhook_policy(project, other).await.unwrap();
    assert!(sandbox.harbor_push(&HarborPush::new("test", "team/web", &text(4)).tag("4.0")));
    assert!(sandbox.harbor_webhooks().is_empty());
}

#[tokio::test]
async fn lost_answers_make_nothing_twice() {
    let (sandbox, client) = filled();
    let secret = HeaderSecret::new("Bearer 0123456789abcdef").unwrap();
    let (project, repository) = (ProjectId::new(2), key("test/team/web"));
    for trouble in [Trouble::LostAnswer, Trouble::LostRequest, Trouble::CutBody] {
        let name = format!("{trouble:?}").to_lowercase();
        let lose = |path: &str| sandbox.add_fault(Fault::new(trouble.clone()).method("POST").path(path));
        lose("/labels");
        let label = client.create_label(&NewLabel::new(&name, LabelScope::Global)).await.unwrap();
        lose("/artifacts/");
        client.add_artifact_label(&repository, &digest(1), label).await.unwrap();
        lose("/tags");
        client.create_tag(&repository, &digest(1), &tag(&name)).await.unwrap();
        lose("/immutabletagrules");
        let rule =
            NewImmutableRule::new(Selection::Matching("x".to_owned()), Selection::Matching(name.clone()));
        client.create_immutable_rule(project, &rule).await.unwrap();
        lose("/webhook/policies");
        let target = NewWebhookTarget::new("https://paas.bank.test", secret.clone());
        let hook = NewWebhookPolicy::new(&name, target, [WebhookEventKind::Pushed]);
        client.create_webhook_policy(project, &hook).await.unwrap();
        lose("/registries");
        let registry = NewRegistry::new(&name, RegistryKind::Harbor, sandbox.url());
        let registry = client.create_registry(&registry).await.unwrap();
        lose("/replication/policies");
        let policy = NewReplicationPolicy::new(&name, ReplicationDirection::PullFrom(registry))
            .filter(ReplicationFilter::Labels { names: vec![name.clone()], excludes: false });
        client.create_replication_policy(&policy).await.unwrap();
        lose("/artifacts");
        client.copy_artifact(&repository, digest(2), &key(&format!("prod/{name}"))).await.unwrap();
    }
    assert_eq!(client.list_labels(&LabelScope::Global).collect_all().await.unwrap().len(), 3);
    assert_eq!(client.list_immutable_rules(project).collect_all().await.unwrap().len(), 3);
    assert_eq!(client.list_webhook_policies(project).collect_all().await.unwrap().len(), 3);
    assert_eq!(client.list_registries().collect_all().await.unwrap().len(), 3);
    assert_eq!(client.list_replication_policies().collect_all().await.unwrap().len(), 3);
    let shown = client.read_artifact(&repository, digest(1), ArtifactParts::ALL).await.unwrap();
    assert_eq!((shown.labels.len(), shown.tags.len()), (3, 5));
    // What cannot be looked up by a key is not begun twice.
    let policy = client.find_replication_policy("lostanswer").await.unwrap().unwrap().id;
    sandbox.add_fault(Fault::new(Trouble::LostAnswer).method("POST").path("/replication/executions"));
    let lost = client.start_replication(policy).await.unwrap_err();
    assert!(lost.outcome_unknown(), "{lost}");
    let begun = client.list_replication_executions(&ExecutionQuery::default()).collect_all().await.unwrap();
    assert_eq!(begun.len(), 1);
}

#[tokio::test]
async fn lists_have_all_pages() {
    let (sandbox, client) = filled();
    for n in 0..205 {
        let digest = format!("sha256:{n:064x}");
        let push = HarborPush::new("test", &format!("r{n}"), &digest).tag("1.0");
        assert!(sandbox.harbor_push(&push));
        assert!(sandbox.harbor_push(&HarborPush::new("test", "many", &digest).tag(&format!("t{n}"))));
    }
    let project: ProjectName = "test".parse().unwrap();
    let query = ArtifactQuery::default();
    let repositories = client.list_repositories(&project, &RepositoryQuery::default());
    assert_eq!(repositories.collect_all().await.unwrap().len(), 207);
    assert_eq!(client.list_artifacts(&key("test/many"), &query).collect_all().await.unwrap().len(), 205);
    sandbox.clear_requests();
    assert_eq!(client.list_artifacts_of_project(&project, &query).collect_all().await.unwrap().len(), 412);
    assert_eq!(sandbox.requests().len(), 5);
}
