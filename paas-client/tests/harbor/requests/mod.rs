//! Each request that the client can make, against Harbor's published API; and good answers of that API are read.

/// Adds a method to a list, with one way to call it.
macro_rules! ask {
    ($all:ident, $method:ident, |$client:ident| $call:expr) => {
        $all.push((
            stringify!($method),
            Box::new(move |$client: HarborClient| Box::pin(async move { $call.await.map(drop) })),
        ));
    };
}

mod images;
mod projects;
mod replication;
mod webhooks;

use super::{canned, swagger::Swagger};
use crate::virtual_time::VirtualTime;
use paas_client::{
    BoxFuture, HarborClient, Result,
    harbor::ProjectKey,
    transport::{Request, Response},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

type Ask = Box<dyn FnOnce(HarborClient) -> BoxFuture<'static, Result<()>>>;

/// Which operations each method asks for.
const OPERATIONS: &[(&str, &str)] = &[
    ("add_artifact_label", "addLabel"),
    ("add_member", "createProjectMember"),
    ("copy_artifact", "CopyArtifact"),
    ("create_immutable_rule", "CreateImmuRule"),
    ("create_label", "CreateLabel"),
    ("create_project", "createProject"),
    ("create_registry", "createRegistry"),
    ("create_replication_policy", "createReplicationPolicy"),
    ("create_tag", "createTag"),
    ("create_webhook_policy", "CreateWebhookPolicyOfProject"),
    ("current_user", "getCurrentUserInfo"),
    ("delete_artifact", "deleteArtifact"),
    ("delete_immutable_rule", "DeleteImmuRule"),
    ("delete_label", "DeleteLabel"),
    ("delete_project", "deleteProject"),
    ("delete_registry", "deleteRegistry"),
    ("delete_replication_policy", "deleteReplicationPolicy"),
    ("delete_repository", "deleteRepository"),
    ("delete_tag", "deleteTag"),
    ("delete_webhook_policy", "DeleteWebhookPolicyOfProject"),
    ("describe_repository", "updateRepository"),
    ("find_artifact", "getArtifact"),
    ("find_label", "ListLabels"),
    ("find_members", "listProjectMembers"),
    ("find_project", "getProject"),
    ("find_registry", "listRegistries"),
    ("find_replication_policy", "listReplicationPolicies"),
    ("find_user", "searchUsers"),
    ("health", "getHealth"),
    ("list_accessories", "listAccessories"),
    ("list_all_repositories", "listAllRepositories"),
    ("list_artifacts", "listArtifacts"),
    ("list_artifacts_of_project", "listArtifactsOfProject"),
    ("list_immutable_rules", "ListImmuRules"),
    ("list_labels", "ListLabels"),
    ("list_members", "listProjectMembers"),
    ("list_projects", "listProjects"),
    ("list_registries", "listRegistries"),
    ("list_replication_executions", "listReplicationExecutions"),
    ("list_replication_policies", "listReplicationPolicies"),
    ("list_replication_tasks", "listReplicationTasks"),
    ("list_repositories", "listRepositories"),
    ("list_tags", "listTags"),
    ("list_user_groups", "listUserGroups"),
    ("list_users", "listUsers"),
    ("list_webhook_executions", "ListExecutionsOfWebhookPolicy"),
    ("list_webhook_policies", "ListWebhookPoliciesOfProject"),
    ("own_permissions", "getCurrentUserPermissions"),
    ("ping", "getPing"),
    ("ping_new_registry", "pingRegistry"),
    ("ping_registry", "pingRegistry"),
    ("project_deletable", "getProjectDeletable"),
    ("project_exists", "headProject"),
    ("read_artifact", "getArtifact"),
    ("read_label", "GetLabelByID"),
    ("read_member", "getProjectMember"),
    ("read_project", "getProject"),
    ("read_quota", "listQuotas"),
    ("read_registry", "getRegistry"),
    ("read_replication_execution", "getReplicationExecution"),
    ("read_replication_log", "getReplicationLog"),
    ("read_replication_policy", "getReplicationPolicy"),
    ("read_repository", "getRepository"),
    ("read_webhook_policy", "GetWebhookPolicyOfProject"),
    ("registry_info", "getRegistryInfo"),
    ("remove_artifact_label", "removeLabel"),
    ("remove_member", "deleteProjectMember"),
    ("search_user_groups", "searchUserGroups"),
    ("search_users", "searchUsers"),
    ("set_member_role", "updateProjectMember"),
    ("set_storage_limit", "updateQuota"),
    ("start_replication", "startReplication"),
    ("stop_replication", "stopReplication"),
    ("system_info", "getSystemInfo"),
    ("update_label", "UpdateLabel"),
    ("update_project", "updateProject"),
    ("update_registry", "updateRegistry"),
    ("update_replication_policy", "updateReplicationPolicy"),
    ("update_webhook_policy", "UpdateWebhookPolicyOfProject"),
    ("webhook_last_triggers", "LastTrigger"),
];

/// Each method, in all ways in which it asks for different things.
fn all() -> Vec<(&'static str, Ask)> {
    [projects::all(), images::all(), replication::all(), webhooks::all()].into_iter().flatten().collect()
}

fn asked(
    key: ProjectKey,
    ask: impl Fn(HarborClient, ProjectKey) -> BoxFuture<'static, Result<()>> + 'static,
) -> Ask {
    Box::new(move |client| ask(client, key.clone()))
}

/// The files of a folder and of those in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    all.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The methods of the client that ask the server, by its source.
fn methods() -> BTreeSet<String> {
    let mut methods = BTreeSet::new();
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/harbor")) {
        let text = fs::read_to_string(file).unwrap();
        let calls = text.split("\nimpl HarborClient {").skip(1).filter_map(|rest| rest.split("\n}\n").next());
        for call in calls.flat_map(|body| body.split("\n    pub ").skip(1)) {
            let signature = call.split(" {\n").next().unwrap();
            let asks = signature.starts_with("async fn ") || signature.contains("-> Items<");
            let name = signature.trim_start_matches("async ").trim_start_matches("fn ");
            if asks {
                methods.insert(name.split(['(', '<']).next().unwrap().to_owned());
            }
        }
    }
    methods
}

#[test]
fn each_request_is_one_of_the_published_api() {
    let Some(api) = Swagger::load() else { return };
    let api = std::sync::Arc::new(api);
    let mut done: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (method, ask) in all() {
        let time = VirtualTime::default();
        let answers = api.clone();
        let (client, server) = canned(time.clone(), move |request: &Request| {
            let operation = answers.operation(request.method.as_str(), request.path());
            let operation = operation.unwrap_or_else(|| panic!("{request:?} is of no operation"));
            let (status, body) = operation.answer();
            Ok(match operation.id() {
                "getPing" => Response::new(200, "Pong"),
                "getReplicationLog" => Response::new(200, "copied").header("Content-Type", "text/plain"),
                _ => Response::new(status, body).header("Location", &format!("{}/9", request.path())),
            })
        });
        time.run(ask(client)).unwrap_or_else(|error| panic!("{method}: {error}"));
        assert!(!server.requests().is_empty(), "{method}");
        for request in server.requests() {
            let operation = api.operation(request.method.as_str(), request.path()).unwrap();
            let body = request.body.as_deref().map(String::from_utf8_lossy);
            assert_eq!(operation.faults(&request), Vec::<String>::new(), "{method}: {request:?} {body:?}");
            done.entry(method).or_default().insert(operation.id().to_owned());
        }
    }
    let done: Vec<(&str, String)> =
        done.into_iter().flat_map(|(method, all)| all.into_iter().map(move |id| (method, id))).collect();
    let done: Vec<(&str, &str)> = done.iter().map(|(method, id)| (*method, id.as_str())).collect();
    assert_eq!(done, OPERATIONS);
}

#[test]
fn no_method_is_left_out() {
    let held: BTreeSet<String> = OPERATIONS.iter().map(|(method, _)| (*method).to_owned()).collect();
    assert_eq!(methods(), held);
    let operations: BTreeSet<&str> = OPERATIONS.iter().map(|(_, operation)| *operation).collect();
    assert_eq!(operations.len(), 72);
}

#[test]
fn what_is_not_of_the_api_is_found() {
    let Some(api) = Swagger::load() else { return };
    let limits = paas_client::transport::BodyLimits { good: 1, other: 1 };
    let request = |method, target: &str, body: Option<&str>, headers: &[(&'static str, &str)]| {
        let mut request = Request::new(method, format!("https://harbor.example/api/v2.0{target}"), limits);
        request.body = body.map(|body| body.as_bytes().to_vec());
        request.headers.push(("accept", "application/json".to_owned()));
        if body.is_some() {
            request.headers.push(("content-type", "application/json".to_owned()));
        }
        request.headers.extend(headers.iter().map(|(name, value)| (*name, (*value).to_owned())));
        request
    };
    use paas_client::transport::Method::{Get, Head, Post, Put};
    for (request, fault) in [
        (request(Get, "/projects?pages=1", None, &[]), "`pages` is not known"),
        (request(Get, "/projects?page=x", None, &[]), "`page` cannot be `x`"),
        (request(Get, "/projects?page_size=101", None, &[]), "`page_size` cannot be `101`"),
        (request(Get, "/projects?page=1&page=2", None, &[]), "`page` is there twice"),
        (request(Head, "/projects", None, &[]), "`project_name` is missing"),
        (request(Get, "/projects/a", None, &[("x-is-resource-name", "yes")]), "cannot be `yes`"),
        (request(Get, "/projects/a", None, &[("x-name", "true")]), "`x-name` is not known"),
        (request(Get, "/projects/a/members/b", None, &[]), "`mid` cannot be `b`"),
        (request(Get, "/projects", Some("{}"), &[]), "there is a body"),
        (request(Post, "/projects", None, &[]), "the body is missing"),
        (request(Post, "/projects", Some(r#"{"name":"a"}"#), &[]), "'name' was unexpected"),
        (request(Post, "/projects", Some(r#"{"metadata":{"public":true}}"#), &[]), "not of type"),
        (request(Put, "/projects/1/members/2", Some(r#"{"role_id":"1"}"#), &[]), "not of type"),
        (request(Put, "/quotas/1", Some(r#"{"hard":{"storage":"1"}}"#), &[]), "not of type"),
        (request(Get, "/ping", None, &[]), "is none of"),
        (
            request(Get, "/projects/a/repositories/b/artifacts?with_tags=true", None, &[]),
            "`with_tags` is not known",
        ),
        (
            request(Get, "/projects/a/repositories/b/artifacts?with_tag=yes", None, &[]),
            "`with_tag` cannot be `yes`",
        ),
        (request(Post, "/projects/a/repositories/b/artifacts", None, &[]), "`from` is missing"),
        (
            request(Post, "/replication/policies", Some(r#"{"deletes":true}"#), &[]),
            "'deletes' was unexpected",
        ),
        (
            request(Post, "/registries", Some(r#"{"credential":{"secret":"x"}}"#), &[]),
            "'secret' was unexpected",
        ),
    ] {
        let operation = api.operation(request.method.as_str(), request.path()).unwrap();
        let faults = operation.faults(&request).join("; ");
        assert!(faults.contains(fault), "{fault}: {faults}");
    }
    assert!(api.operation("PATCH", "/api/v2.0/projects").is_none());
    assert!(api.operation("GET", "/api/v2.0/nothing").is_none());
}
