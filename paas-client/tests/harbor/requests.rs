//! Each request that the client can make, against Harbor's published API; and good answers of that API are read.

use super::{canned, swagger::Swagger};
use crate::virtual_time::VirtualTime;
use paas_client::{
    BoxFuture, HarborClient, Result,
    harbor::{
        GroupId, GroupKind, MemberId, NewMember, NewProject, ProjectChange, ProjectId, ProjectKey,
        ProjectName, ProjectQuery, ProjectRole, QuotaId, StorageLimit, UserId,
    },
    transport::{Request, Response},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

type Ask = Box<dyn Fn(HarborClient) -> BoxFuture<'static, Result<()>>>;

/// Which operations each method asks for.
const OPERATIONS: &[(&str, &str)] = &[
    ("add_member", "createProjectMember"),
    ("create_project", "createProject"),
    ("current_user", "getCurrentUserInfo"),
    ("delete_project", "deleteProject"),
    ("find_members", "listProjectMembers"),
    ("find_project", "getProject"),
    ("find_user", "searchUsers"),
    ("health", "getHealth"),
    ("list_members", "listProjectMembers"),
    ("list_projects", "listProjects"),
    ("list_user_groups", "listUserGroups"),
    ("list_users", "listUsers"),
    ("own_permissions", "getCurrentUserPermissions"),
    ("ping", "getPing"),
    ("project_deletable", "getProjectDeletable"),
    ("project_exists", "headProject"),
    ("read_member", "getProjectMember"),
    ("read_project", "getProject"),
    ("read_quota", "listQuotas"),
    ("remove_member", "deleteProjectMember"),
    ("search_user_groups", "searchUserGroups"),
    ("search_users", "searchUsers"),
    ("set_member_role", "updateProjectMember"),
    ("set_storage_limit", "updateQuota"),
    ("system_info", "getSystemInfo"),
    ("update_project", "updateProject"),
];

fn name() -> ProjectName {
    "2026".parse().unwrap()
}

/// Each method, in all ways in which it asks for different things.
fn all() -> Vec<(&'static str, Ask)> {
    const ID: ProjectId = ProjectId::new(7);
    const MEMBER: MemberId = MemberId::new(12);
    let mut all: Vec<(&'static str, Ask)> = Vec::new();
    macro_rules! ask {
        ($method:ident, |$client:ident| $call:expr) => {
            all.push((
                stringify!($method),
                Box::new(move |$client: HarborClient| Box::pin(async move { $call.await.map(drop) })),
            ));
        };
    }
    ask!(list_projects, |c| c.list_projects(&ProjectQuery::default()).collect_all());
    ask!(list_projects, |c| c
        .list_projects(&ProjectQuery::default().name_holds("a&b").owner("anna").public(false))
        .collect_all());
    ask!(find_project, |c| c.find_project(&name()));
    ask!(project_exists, |c| c.project_exists(&name()));
    ask!(create_project, |c| c.create_project(&NewProject::new(name())));
    ask!(create_project, |c| c.create_project(
        &NewProject::new(name())
            .public(true)
            .set("auto_scan", "true")
            .storage_limit(StorageLimit::Bytes(1 << 40))
    ));
    ask!(create_project, |c| c
        .create_project(&NewProject::new(name()).storage_limit(StorageLimit::Unlimited)));
    ask!(update_project, |c| c
        .update_project(ID, &ProjectChange::default().public(false).set("severity", "high")));
    ask!(project_deletable, |c| c.project_deletable(ID));
    ask!(delete_project, |c| c.delete_project(ID));
    ask!(read_quota, |c| c.read_quota(ID));
    ask!(set_storage_limit, |c| c.set_storage_limit(QuotaId::new(4), StorageLimit::Bytes(0)));
    ask!(set_storage_limit, |c| c.set_storage_limit(QuotaId::new(4), StorageLimit::Unlimited));
    ask!(list_users, |c| c.list_users().collect_all());
    ask!(search_users, |c| c.search_users("a b+c").collect_all());
    ask!(find_user, |c| c.find_user("anna"));
    ask!(current_user, |c| c.current_user());
    ask!(own_permissions, |c| c.own_permissions(ID));
    ask!(list_user_groups, |c| c.list_user_groups().collect_all());
    ask!(search_user_groups, |c| c.search_user_groups("team").collect_all());
    ask!(ping, |c| c.ping());
    ask!(health, |c| c.health());
    ask!(system_info, |c| c.system_info());
    for key in [ProjectKey::from(ID), ProjectKey::from(name())] {
        let keys = [(); 6].map(|()| key.clone());
        let [read, list, find, member, role, remove] = keys;
        all.push((
            "read_project",
            asked(read, |c, key| Box::pin(async move { c.read_project(key).await.map(drop) })),
        ));
        all.push((
            "list_members",
            asked(list, |c, key| Box::pin(async move { c.list_members(key).collect_all().await.map(drop) })),
        ));
        all.push((
            "find_members",
            asked(find, |c, key| {
                Box::pin(async move { c.find_members(key, "anna").collect_all().await.map(drop) })
            }),
        ));
        all.push((
            "read_member",
            asked(member, |c, key| Box::pin(async move { c.read_member(key, MEMBER).await.map(drop) })),
        ));
        all.push((
            "set_member_role",
            asked(role, |c, key| {
                Box::pin(async move { c.set_member_role(key, MEMBER, ProjectRole::LimitedGuest).await })
            }),
        ));
        all.push((
            "remove_member",
            asked(remove, |c, key| Box::pin(async move { c.remove_member(key, MEMBER).await })),
        ));
        for (new, role) in [
            NewMember::User(UserId::new(3)),
            NewMember::UserNamed("anna@bank.test".to_owned()),
            NewMember::Group(GroupId::new(5)),
            NewMember::GroupNamed { name: "team".to_owned(), kind: GroupKind::Oidc },
            NewMember::LdapGroup("cn=team,dc=bank".to_owned()),
        ]
        .into_iter()
        .zip(ProjectRole::BUILT_IN)
        {
            all.push((
                "add_member",
                asked(key.clone(), move |c, key| {
                    let new = new.clone();
                    Box::pin(async move { c.add_member(key, &new, role).await.map(drop) })
                }),
            ));
        }
    }
    all
}

fn asked(
    key: ProjectKey,
    ask: impl Fn(HarborClient, ProjectKey) -> BoxFuture<'static, Result<()>> + 'static,
) -> Ask {
    Box::new(move |client| ask(client, key.clone()))
}

/// The methods of the client that ask the server, by its source.
fn methods() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/harbor");
    let mut methods = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
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
    assert_eq!(operations.len(), 23);
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
    ] {
        let operation = api.operation(request.method.as_str(), request.path()).unwrap();
        let faults = operation.faults(&request).join("; ");
        assert!(faults.contains(fault), "{fault}: {faults}");
    }
    assert!(api.operation("PATCH", "/api/v2.0/projects").is_none());
    assert!(api.operation("GET", "/api/v2.0/nothing").is_none());
}
