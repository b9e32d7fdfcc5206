//! Lists of a real Keystone: all pages, all forms.

use super::seed::Seed;
use paas_client::{
    ErrorKind,
    keystone::{
        Assignee, AssignmentQuery, AssignmentScope, Grant, GrantScope, GroupQuery, ProjectQuery, UserQuery,
    },
};
use std::collections::BTreeSet;

#[tokio::test]
async fn lists_are_whole_however_small_their_pages() {
    let Some(seed) = Seed::new().await else { return };
    let mut ids = BTreeSet::new();
    for n in 0..7 {
        ids.insert(seed.project(&format!("project-{n}"), None).await);
        seed.user(&format!("user-{n}")).await;
    }
    let domain = || seed.domain.parse().unwrap();
    for page in [1, 2, 3, 7, 100] {
        let query = ProjectQuery::default().domain(domain()).page(page);
        let projects = seed.admin.list_projects(&query).collect_all().await.unwrap();
        assert_eq!(projects.len(), 7, "pages of {page}");
        assert_eq!(projects.iter().map(|project| project.id.to_string()).collect::<BTreeSet<_>>(), ids);
        let users =
            seed.admin.list_users(&UserQuery::default().domain(domain()).page(page)).collect_all().await;
        assert_eq!(users.unwrap().len(), 7, "pages of {page}");
    }
    let named = seed
        .admin
        .list_users(&UserQuery::default().domain(domain()).name("user-3"))
        .collect_all()
        .await
        .unwrap();
    assert_eq!((named.len(), named[0].name.as_str(), named[0].enabled), (1, "user-3", true));
    assert_eq!(seed.admin.read_user(&named[0].id).await.unwrap(), named[0]);
}

#[tokio::test]
async fn what_there_is_is_read() {
    let Some(seed) = Seed::new().await else { return };
    let (anna, bob) = (seed.user("anna").await, seed.user("bob").await);
    let group = seed.group("devs", &[&anna, &bob]).await;
    let team = seed.project("team", None).await;
    let child = seed.project("child", Some(&team)).await;

    let groups = seed.admin.list_groups(&GroupQuery::default().domain(seed.domain.parse().unwrap()));
    assert_eq!(groups.collect_all().await.unwrap()[0].id.as_str(), group);
    let members = seed.admin.list_group_members(&group.parse().unwrap()).collect_all().await.unwrap();
    assert_eq!(
        members.iter().map(|user| user.id.as_str()).collect::<BTreeSet<_>>(),
        BTreeSet::from([anna.as_str(), bob.as_str()])
    );
    let project = seed.admin.read_project(&child.parse().unwrap()).await.unwrap();
    assert_eq!(project.parent_id.unwrap().as_str(), team);
    let children = seed.admin.list_projects(&ProjectQuery::default().parent(team.parse().unwrap()));
    assert_eq!(children.collect_all().await.unwrap().len(), 1);
    let error = seed.admin.read_project(&"no such?project".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
    let domains = seed.admin.list_domains().collect_all().await.unwrap();
    assert!(domains.iter().any(|domain| domain.id.as_str() == seed.domain && domain.enabled));
    let inferences = seed.admin.list_role_inferences().collect_all().await.unwrap();
    let manager = inferences.iter().find(|inference| inference.prior_role.name.as_deref() == Some("manager"));
    assert!(manager.unwrap().implies.iter().any(|role| role.name.as_deref() == Some("member")));
}

#[tokio::test]
async fn assignments_tell_who_and_where() {
    let Some(seed) = Seed::new().await else { return };
    let anna = seed.user("anna").await;
    let group = seed.group("devs", &[&anna]).await;
    let team = seed.project("team", None).await;
    let child = seed.project("child", Some(&team)).await;
    let role = seed.role("senior").await;
    for grant in [
        Grant::to_user(anna.parse().unwrap(), role.parse().unwrap()).in_project(team.parse().unwrap()),
        Grant::to_group(group.parse().unwrap(), role.parse().unwrap()).in_project(child.parse().unwrap()),
        Grant::to_group(group.parse().unwrap(), role.parse().unwrap())
            .in_domain(seed.domain.parse().unwrap())
            .inherited(),
        Grant::to_user(anna.parse().unwrap(), role.parse().unwrap()).at(GrantScope::System),
    ] {
        seed.admin.assign_role(&grant).await.unwrap();
    }
    let list =
        |query: AssignmentQuery| async move { listed(&seed.admin, query.role(role.parse().unwrap())).await };
    let all = list(AssignmentQuery::default().with_names()).await;
    assert_eq!(all.len(), 4, "{all:?}");
    assert!(all.iter().all(|row| row.role.name.as_deref().is_some_and(|name| name.starts_with("senior"))));
    assert!(all.iter().any(|row| row.scope == AssignmentScope::System && !row.inherited));
    let inherited: Vec<_> = all.iter().filter(|row| row.inherited).collect();
    assert!(matches!(
        (&inherited[0].scope, &inherited[0].assignee),
        (AssignmentScope::Domain(_), Assignee::Group(_))
    ));
    let of = all.iter().find_map(|row| match &row.assignee {
        Assignee::User(user) => Some(user),
        _ => None,
    });
    assert_eq!(of.unwrap().name.as_deref(), Some("anna"));
}

async fn listed(
    client: &paas_client::KeystoneClient,
    query: AssignmentQuery,
) -> Vec<paas_client::keystone::RoleAssignment> {
    client.list_role_assignments(&query).collect_all().await.unwrap()
}
