//! What we make of raw assignments is what Keystone makes of them.

use super::seed::{Seed, project};
use paas_client::keystone::{
    Assignee, AssignmentQuery, AssignmentScope, DomainKey, Grant, GroupQuery, KeystoneClient, ProjectId,
    ProjectQuery, RoleAssignment, ScopeRequest, UserQuery,
};
use paas_core::access::keystone::{Assignment, Directory, Frozen, Place, effective, from_effective};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// All that Keystone knows, read as a synchronisation would.
async fn directory(client: &KeystoneClient) -> Directory {
    let mut directory = Directory::default();
    let domains = client.list_domains().collect_all().await.unwrap();
    for domain in &domains {
        directory = directory.with_domain(domain.id.as_str(), domain.enabled);
    }
    for project in client.list_projects(&ProjectQuery::default()).collect_all().await.unwrap() {
        let domain = project.domain_id.unwrap();
        let parent = project.parent_id.as_ref().map(ProjectId::as_str);
        directory = directory.with_project(project.id.as_str(), domain.as_str(), parent, project.enabled);
    }
    for user in client.list_users(&UserQuery::default()).collect_all().await.unwrap() {
        directory = directory.with_user(user.id.as_str(), user.domain_id.unwrap().as_str(), user.enabled);
    }
    for group in client.list_groups(&GroupQuery::default()).collect_all().await.unwrap() {
        let members = client.list_group_members(&group.id).collect_all().await.unwrap();
        directory = directory.with_group(group.id.as_str(), members.iter().map(|user| user.id.as_str()));
    }
    for role in client.list_roles(None).collect_all().await.unwrap() {
        directory = directory.with_role(role.id.as_str(), &role.name);
    }
    for domain in &domains {
        for role in client.list_roles(Some(&domain.id)).collect_all().await.unwrap() {
            directory = directory.with_role_of_domain(role.id.as_str(), &role.name);
        }
    }
    for inference in client.list_role_inferences().collect_all().await.unwrap() {
        for implied in inference.implies {
            directory = directory.with_inference(inference.prior_role.id.as_str(), implied.id.as_str());
        }
    }
    directory
}

fn assignments(rows: &[RoleAssignment]) -> Vec<Assignment> {
    rows.iter()
        .map(|row| {
            let place = match &row.scope {
                AssignmentScope::Project(project) => Place::Project(project.id.to_string()),
                AssignmentScope::Domain(domain) => Place::Domain(domain.id.to_string()),
                AssignmentScope::System => Place::System,
                other => panic!("{other:?}"),
            };
            let role = row.role.id.as_str();
            let assignment = match &row.assignee {
                Assignee::User(user) => Assignment::of_user(user.id.as_str(), role, place),
                Assignee::Group(group) => Assignment::of_group(group.as_str(), role, place),
                other => panic!("{other:?}"),
            };
            if row.inherited { assignment.inherited() } else { assignment }
        })
        .collect()
}

/// Who has which roles, as an effective list says it, and nothing else done to it.
fn listed(rows: &[RoleAssignment]) -> BTreeMap<String, BTreeSet<String>> {
    let mut users = BTreeMap::<String, BTreeSet<String>>::new();
    for row in rows {
        let Assignee::User(user) = &row.assignee else { panic!("a group in an effective list") };
        let role = row.role.name.as_deref().unwrap().to_lowercase();
        users.entry(user.id.to_string()).or_default().insert(role);
    }
    users
}

#[tokio::test]
async fn our_expansion_is_that_of_keystone_and_of_its_tokens() {
    let Some(seed) = Seed::new().await else { return };
    let names = ["anna", "bob", "carl", "dora", "emil", "fay"];
    let mut users = Vec::new();
    for name in names {
        users.push(seed.user(name).await);
    }
    let groups = [
        seed.group("devs", &[&users[0], &users[1]]).await,
        seed.group("ops", &[&users[1], &users[2], &users[3]]).await,
        seed.group("empty", &[]).await,
    ];
    // retail ▸ retail-dev ▸ retail-dev-ci, retail ▸ retail-test; markets ▸ markets-dev
    let retail = seed.project("retail", None).await;
    let dev = seed.project("retail-dev", Some(&retail)).await;
    let ci = seed.project("retail-dev-ci", Some(&dev)).await;
    let test = seed.project("retail-test", Some(&retail)).await;
    let markets = seed.project("markets", None).await;
    let projects =
        [retail, dev, ci, test, markets.clone(), seed.project("markets-dev", Some(&markets)).await];
    // chief ▸ senior ▸ member ▸ reader; senior ▸ promoter ▸ senior is a circle; local, of the domain, ▸ promoter
    let [chief, senior, promoter] =
        [seed.role("chief").await, seed.role("senior").await, seed.role("promoter").await];
    let local = seed.create("roles", "role", json!({ "name": "local", "domain_id": seed.domain })).await;
    let [admin, manager, member, reader] = [
        seed.standard_role("admin").await,
        seed.standard_role("manager").await,
        seed.standard_role("member").await,
        seed.standard_role("reader").await,
    ];
    for (prior, implied) in [
        (&chief, &senior),
        (&senior, &member),
        (&senior, &promoter),
        (&promoter, &senior),
        (&local, &promoter),
    ] {
        seed.imply(prior, implied).await;
    }
    let roles = [chief, senior, promoter, local, admin, manager, member, reader];

    // A spread over users, groups, places and roles that is the same in each run.
    for n in 0..40_usize {
        let role = &roles[(n * 5 + n / 8) % roles.len()];
        let role = role.parse().unwrap();
        let grant = if n % 3 == 0 {
            Grant::to_group(groups[n % groups.len()].parse().unwrap(), role)
        } else {
            Grant::to_user(users[(n * 7) % users.len()].parse().unwrap(), role)
        };
        let grant = if n % 5 == 0 {
            grant.in_domain(seed.domain.parse().unwrap())
        } else {
            grant.in_project(projects[(n * 11 + n / 6) % projects.len()].parse().unwrap())
        };
        let grant = if n % 2 == 0 { grant.inherited() } else { grant };
        seed.admin.assign_role(&grant).await.unwrap();
    }

    let directory = directory(&seed.admin).await;
    let raw = seed.admin.list_role_assignments(&AssignmentQuery::default()).collect_all().await.unwrap();
    let raw = assignments(&raw);
    let mut rows = 0;
    for project in &projects {
        let place = Place::Project(project.clone());
        let query = AssignmentQuery::default().project(project.parse().unwrap()).effective().with_names();
        let theirs = seed.admin.list_role_assignments(&query).collect_all().await.unwrap();
        rows += theirs.len();
        let ours = effective(&directory, &raw, &place);
        assert_eq!(ours.users, listed(&theirs), "{project}");
        assert!(ours.skipped.is_empty() && ours.frozen.is_none());
        assert_eq!(from_effective(&directory, &assignments(&theirs), &place), ours);
        assert!(ours.users.values().flatten().all(|name| name != "local"));
    }
    assert!(rows > 100, "{rows} rows prove little");
    let place = Place::Domain(seed.domain.clone());
    let query = AssignmentQuery::default().domain(seed.domain.parse().unwrap()).effective().with_names();
    let theirs = seed.admin.list_role_assignments(&query).collect_all().await.unwrap();
    assert!(!theirs.is_empty());
    assert_eq!(effective(&directory, &raw, &place).users, listed(&theirs));

    // And what stands in tokens.
    let mut tokens = 0;
    for (name, user) in names.iter().zip(&users) {
        for project_id in &projects {
            let ours = effective(&directory, &raw, &Place::Project(project_id.clone()));
            let roles: BTreeSet<String> = ours.roles_of(user).map(str::to_owned).collect();
            match seed.admin.authenticate(&seed.login(name, project(project_id))).await {
                Ok(issued) => {
                    let token: BTreeSet<String> =
                        issued.details.role_names().map(str::to_lowercase).collect();
                    assert_eq!(token, roles, "{name} in {project_id}");
                    tokens += 1;
                }
                Err(_) => assert!(roles.is_empty(), "{name} in {project_id}: {roles:?}"),
            }
        }
    }
    assert!(tokens > 10, "{tokens} tokens prove little");
    for (name, user) in names.iter().zip(&users) {
        let scope = ScopeRequest::Domain(DomainKey::Id(seed.domain.parse().unwrap()));
        let ours = effective(&directory, &raw, &Place::Domain(seed.domain.clone()));
        let roles: BTreeSet<String> = ours.roles_of(user).map(str::to_owned).collect();
        match seed.admin.authenticate(&seed.login(name, scope)).await {
            Ok(issued) => {
                assert_eq!(
                    issued.details.role_names().map(str::to_lowercase).collect::<BTreeSet<_>>(),
                    roles
                );
            }
            Err(_) => assert!(roles.is_empty(), "{name} in the domain: {roles:?}"),
        }
    }
}

#[tokio::test]
async fn roles_in_the_system_are_expanded_as_in_its_tokens_and_reach_nothing_else() {
    let Some(seed) = Seed::new().await else { return };
    let anna = seed.user("anna").await;
    let group = seed.group("auditors", &[&anna]).await;
    let (auditor, member) = (seed.role("platform_auditor").await, seed.standard_role("member").await);
    seed.imply(&auditor, &member).await;
    let grant = Grant::to_group(group.parse().unwrap(), auditor.parse().unwrap());
    seed.admin.assign_role(&grant.at(paas_client::keystone::GrantScope::System)).await.unwrap();
    let team = seed.project("team", None).await;

    let directory = directory(&seed.admin).await;
    let query = AssignmentQuery::default().system();
    let raw = assignments(&seed.admin.list_role_assignments(&query).collect_all().await.unwrap());
    let ours = effective(&directory, &raw, &Place::System);
    let token = seed.admin.authenticate(&seed.login("anna", ScopeRequest::System)).await.unwrap().details;
    let theirs: BTreeSet<&str> = token.role_names().collect();
    assert_eq!(ours.roles_of(&anna).collect::<BTreeSet<_>>(), theirs);
    assert_eq!(theirs.len(), 3, "{theirs:?}");
    for place in [Place::Project(team), Place::Domain(seed.domain.clone())] {
        assert!(effective(&directory, &raw, &place).users.is_empty());
    }
}

#[tokio::test]
async fn what_is_disabled_gives_nothing_though_it_is_listed() {
    let Some(seed) = Seed::new().await else { return };
    let (anna, team) = (seed.user("anna").await, seed.project("team", None).await);
    let member = seed.standard_role("member").await;
    let grant =
        Grant::to_user(anna.parse().unwrap(), member.parse().unwrap()).in_project(team.parse().unwrap());
    seed.admin.assign_role(&grant).await.unwrap();
    let place = Place::Project(team.clone());
    let query = AssignmentQuery::default().project(team.parse().unwrap()).effective();
    let now = || async {
        let rows = assignments(&seed.admin.list_role_assignments(&query).collect_all().await.unwrap());
        assert_eq!(rows.len(), 2, "Keystone lists them all the same");
        from_effective(&directory(&seed.admin).await, &rows, &place)
    };
    assert_eq!(now().await.roles_of(&anna).collect::<Vec<_>>(), ["member", "reader"]);

    seed.set(&format!("users/{anna}"), "user", json!({ "enabled": false })).await;
    let found = now().await;
    assert_eq!((found.users.len(), found.skipped.len(), found.frozen), (0, 1, None));
    seed.set(&format!("users/{anna}"), "user", json!({ "enabled": true })).await;
    seed.set(&format!("projects/{team}"), "project", json!({ "enabled": false })).await;
    assert_eq!(now().await.frozen, Some(Frozen::Disabled));
    seed.set(
        &format!("projects/{team}"),
        "project",
        json!({ "enabled": true, "name": seed.name("renamed") }),
    )
    .await;
    assert_eq!(now().await.roles_of(&anna).collect::<Vec<_>>(), ["member", "reader"]);
    seed.set(&format!("domains/{}", seed.domain), "domain", json!({ "enabled": false })).await;
    assert_eq!(now().await.frozen, Some(Frozen::DomainDisabled));
}
