//! The client against the sandbox's Harbor, which knows nothing of the client: what one says, the other understands.

use paas_client::{
    ErrorKind, HarborClient, RetryPolicy,
    harbor::{
        Holder, Login, MemberId, NewMember, NewProject, ProjectChange, ProjectId, ProjectName, ProjectQuery,
        ProjectRole, StorageLimit, UserId,
    },
};
use paas_sandbox::{Fault, HarborUser, Sandbox, Trouble};
use std::time::Duration;

pub(super) fn client(sandbox: &Sandbox, user: &HarborUser) -> HarborClient {
    let retry = RetryPolicy { first_pause: Duration::from_millis(1), ..RetryPolicy::default() };
    HarborClient::builder()
        .url(sandbox.url())
        .login(Login::user(user.name.as_str(), user.password.as_str()))
        .retry(retry)
        .build()
        .unwrap()
}

fn name(text: &str) -> ProjectName {
    text.parse().unwrap()
}

#[tokio::test]
async fn projects_are_made_found_changed_and_deleted() {
    let sandbox = Sandbox::start().unwrap();
    let anna = sandbox.harbor_user("anna");
    let (admin, anna) = (client(&sandbox, &sandbox.harbor_admin()), client(&sandbox, &anna));

    let limit = StorageLimit::Bytes(1 << 30);
    let id = admin.create_project(&NewProject::new(name("retail")).storage_limit(limit)).await.unwrap();
    assert!(admin.project_exists(&name("retail")).await.unwrap());
    let project = admin.read_project(id).await.unwrap();
    assert_eq!(project, admin.find_project(&name("retail")).await.unwrap().unwrap());
    assert!(
        (project.name.as_str(), project.owner_name.as_deref()) == ("retail", Some("admin"))
            && !project.is_public()
    );
    assert_eq!(project.current_user_role_ids, [ProjectRole::ProjectAdmin]);
    let again = admin.create_project(&NewProject::new(name("retail"))).await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Exists);
    let bad = admin.create_project(&NewProject::new(name("Retail"))).await.unwrap_err();
    assert_eq!(bad.kind(), ErrorKind::Invalid);

    let quota = admin.read_quota(id).await.unwrap().unwrap();
    assert_eq!((quota.limit, quota.used), (Some(limit), Some(0)));
    admin.set_storage_limit(quota.id, StorageLimit::Unlimited).await.unwrap();
    assert_eq!(admin.read_quota(id).await.unwrap().unwrap().limit, Some(StorageLimit::Unlimited));

    // Who is no member does not see it, until it is public.
    assert_eq!(anna.read_project(id).await.unwrap_err().kind(), ErrorKind::Forbidden);
    assert_eq!(anna.read_quota(id).await.unwrap_err().kind(), ErrorKind::Forbidden);
    admin.update_project(id, &ProjectChange::default().public(true).set("auto_scan", "true")).await.unwrap();
    let seen = anna.read_project(id).await.unwrap();
    assert!(
        seen.is_public() && seen.metadata["auto_scan"] == "true" && seen.current_user_role_ids.is_empty()
    );
    assert_eq!(anna.delete_project(id).await.unwrap_err().kind(), ErrorKind::Forbidden);

    assert!(admin.project_deletable(id).await.unwrap().deletable);
    assert!(sandbox.harbor_repository("retail", "web"));
    assert!(!admin.project_deletable(id).await.unwrap().deletable);
    assert_eq!(admin.delete_project(id).await.unwrap_err().kind(), ErrorKind::Precondition);
    assert_eq!(admin.delete_project(ProjectId::new(99)).await.unwrap_err().kind(), ErrorKind::NotFound);
    let empty = anna.create_project(&NewProject::new(name("empty"))).await.unwrap();
    anna.delete_project(empty).await.unwrap();
    assert!(!admin.project_exists(&name("empty")).await.unwrap());
    assert_eq!(admin.find_project(&name("empty")).await.unwrap(), None);
}

#[tokio::test]
async fn members_come_change_and_go() {
    let sandbox = Sandbox::start().unwrap();
    let (anna, bob) = (sandbox.harbor_user("anna"), sandbox.harbor_user("bob"));
    let id = ProjectId::new(sandbox.harbor_project("retail", "anna").unwrap());
    let (owner, other) = (client(&sandbox, &anna), client(&sandbox, &bob));

    let found = owner.find_user("bob").await.unwrap().unwrap();
    assert_eq!(found.id, UserId::new(bob.id));
    assert_eq!(owner.find_user("bo").await.unwrap(), None);
    let member = owner.add_member(id, &NewMember::User(found.id), ProjectRole::Guest).await.unwrap();
    let twice = owner.add_member(id, &NewMember::UserNamed("bob".to_owned()), ProjectRole::Guest).await;
    assert_eq!(twice.unwrap_err().kind(), ErrorKind::Exists);
    let nobody = owner.add_member(id, &NewMember::UserNamed("carl".to_owned()), ProjectRole::Guest).await;
    assert_eq!(nobody.unwrap_err().kind(), ErrorKind::NotFound);

    let may = |all: &[paas_client::harbor::Permission], action: &str| {
        all.iter().any(|right| right.resource == "member" && right.action == action)
    };
    let own = other.own_permissions(id).await.unwrap();
    assert!(may(&own, "list") && !may(&own, "create"));
    let refused =
        other.add_member(id, &NewMember::User(UserId::new(1)), ProjectRole::Guest).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Forbidden);

    // The numbers do not go by power: 5 is less than 3, 4 more than 2.
    owner.set_member_role(id, member, ProjectRole::LimitedGuest).await.unwrap();
    assert_eq!(other.list_members(id).collect_all().await.unwrap_err().kind(), ErrorKind::Forbidden);
    owner.set_member_role(&name("retail"), member, ProjectRole::Maintainer).await.unwrap();
    let members = other.list_members(name("retail")).collect_all().await.unwrap();
    let shown: Vec<_> = members.iter().map(|each| (each.name.as_str(), each.role, each.project)).collect();
    assert_eq!(
        shown,
        [("anna", ProjectRole::ProjectAdmin, Some(id)), ("bob", ProjectRole::Maintainer, Some(id))]
    );
    assert_eq!(members[1].holder, Holder::User(found.id));
    assert_eq!(owner.read_member(id, member).await.unwrap(), members[1]);
    assert_eq!(owner.find_members(id, "bob").collect_all().await.unwrap(), members[1..]);

    owner.remove_member(id, member).await.unwrap();
    assert_eq!(owner.read_member(id, member).await.unwrap_err().kind(), ErrorKind::NotFound);
    // Harbor says nothing of members that are not there.
    owner.remove_member(id, member).await.unwrap();
    owner.set_member_role(id, MemberId::new(99), ProjectRole::Guest).await.unwrap();
    // Nor does it keep its last administrator.
    let own = members[0].id;
    owner.remove_member(id, own).await.unwrap();
    assert!(sandbox.harbor_members("retail").is_empty());
    assert_eq!(owner.read_project(id).await.unwrap_err().kind(), ErrorKind::Forbidden);
}

#[tokio::test]
async fn lists_have_all_pages_and_names_of_digits_are_names() {
    let sandbox = Sandbox::start().unwrap();
    let admin = client(&sandbox, &sandbox.harbor_admin());
    for n in 0..205 {
        let user = format!("u{n:03}");
        sandbox.harbor_user(&user);
        sandbox.harbor_project(&format!("p{n:03}"), "admin").unwrap();
    }
    // The name of this project is the id of another.
    let digits = ProjectId::new(sandbox.harbor_project("7", "admin").unwrap());
    assert_eq!(admin.read_project(&name("7")).await.unwrap().id, digits);
    assert_eq!(admin.read_project(ProjectId::new(7)).await.unwrap().name, name("p005"));
    sandbox.clear_requests();
    assert_eq!(admin.list_projects(&ProjectQuery::default()).collect_all().await.unwrap().len(), 207);
    assert_eq!(sandbox.requests().len(), 3);
    assert_eq!(
        admin.list_projects(&ProjectQuery::default().name_holds("p20")).collect_all().await.unwrap().len(),
        5
    );
    assert_eq!(admin.list_users().collect_all().await.unwrap().len(), 206);
    assert_eq!(admin.search_users("u1").collect_all().await.unwrap().len(), 100);
    for n in 0..150 {
        let new = NewMember::UserNamed(format!("u{n:03}"));
        admin.add_member(digits, &new, ProjectRole::Developer).await.unwrap();
    }
    assert_eq!(admin.list_members(digits).collect_all().await.unwrap().len(), 151);
    // Harbor counts all members when it is asked for one.
    assert_eq!(admin.find_members(digits, "u149").collect_all().await.unwrap().len(), 1);
}

#[tokio::test]
async fn lost_answers_make_nothing_twice() {
    let sandbox = Sandbox::start().unwrap();
    let anna = sandbox.harbor_user("anna");
    let bob = sandbox.harbor_user("bob");
    let client = client(&sandbox, &anna);
    for trouble in [Trouble::LostAnswer, Trouble::LostRequest, Trouble::CutBody] {
        let project = name(&format!("{trouble:?}").to_lowercase());
        sandbox.add_fault(Fault::new(trouble.clone()).method("POST").path("/projects"));
        let id = client.create_project(&NewProject::new(project.clone())).await.unwrap();
        assert_eq!(client.read_project(&project).await.unwrap().id, id);
        sandbox.add_fault(Fault::new(trouble).method("POST").path("/members"));
        let new = NewMember::User(UserId::new(bob.id));
        let member = client.add_member(id, &new, ProjectRole::Guest).await.unwrap();
        assert_eq!(client.read_member(id, member).await.unwrap().role, ProjectRole::Guest);
        assert_eq!(sandbox.harbor_members(project.as_str()).len(), 2);
    }
    sandbox.add_fault(Fault::new(Trouble::Unavailable { retry_after: Some(0) }).path("/members").times(2));
    sandbox.add_fault(Fault::new(Trouble::LostAnswer).method("DELETE"));
    let project = client.find_project(&name("cutbody")).await.unwrap().unwrap().id;
    assert_eq!(client.list_members(project).collect_all().await.unwrap().len(), 2);
    // Of a project that is gone, Harbor says to its former owner that it is forbidden.
    let gone = client.delete_project(project).await.unwrap_err();
    assert!(gone.kind() == ErrorKind::Forbidden && gone.outcome_unknown(), "{gone}");
    sandbox.add_fault(Fault::new(Trouble::Conflict).method("PUT"));
    let change = ProjectChange::default().public(true);
    let busy = client.update_project(ProjectId::new(2), &change).await.unwrap_err();
    assert_eq!(busy.kind(), ErrorKind::Exists);
}

#[tokio::test]
async fn who_asks_and_how_it_is() {
    let sandbox = Sandbox::start().unwrap();
    let anna = sandbox.harbor_user("anna");
    let (good, admin) = (client(&sandbox, &anna), client(&sandbox, &sandbox.harbor_admin()));
    let wrong = client(&sandbox, &{
        let mut anna = anna.clone();
        anna.password = "another".to_owned();
        anna
    });
    good.ping().await.unwrap();
    assert!(good.health().await.unwrap().is_healthy());
    let info = good.system_info().await.unwrap();
    assert_eq!(info.auth_mode.as_deref(), Some("db_auth"));
    assert!(info.harbor_version.is_some() && !info.read_only);
    let user = good.current_user().await.unwrap();
    assert!((user.id.number(), user.name.as_str()) == (anna.id, "anna") && !user.is_system_administrator());
    assert!(admin.current_user().await.unwrap().is_system_administrator());
    assert_eq!(good.list_users().collect_all().await.unwrap_err().kind(), ErrorKind::Forbidden);
    assert!(admin.list_user_groups().collect_all().await.unwrap().is_empty());
    assert!(good.search_user_groups("team").collect_all().await.unwrap().is_empty());
    // Harbor takes who has a wrong password for nobody, and shows nobody what is public.
    assert_eq!(wrong.current_user().await.unwrap_err().kind(), ErrorKind::Unauthorized);
    let public = wrong.list_projects(&ProjectQuery::default()).collect_all().await.unwrap();
    assert_eq!(public.iter().map(|project| project.name.as_str()).collect::<Vec<_>>(), ["library"]);
}
