use super::{Ask, asked};
use paas_client::{
    HarborClient,
    harbor::{
        GroupId, GroupKind, MemberId, NewMember, NewProject, ProjectChange, ProjectId, ProjectKey,
        ProjectName, ProjectQuery, ProjectRole, QuotaId, StorageLimit, UserId,
    },
};

fn name() -> ProjectName {
    "2026".parse().unwrap()
}

/// The methods about projects, their members and users, in all ways in which they ask for different things.
pub(super) fn all() -> Vec<(&'static str, Ask)> {
    const ID: ProjectId = ProjectId::new(7);
    const MEMBER: MemberId = MemberId::new(12);
    let mut all: Vec<(&'static str, Ask)> = Vec::new();
    ask!(all, list_projects, |c| c.list_projects(&ProjectQuery::default()).collect_all());
    ask!(all, list_projects, |c| c
        .list_projects(&ProjectQuery::default().name_holds("a&b").owner("anna").public(false))
        .collect_all());
    ask!(all, find_project, |c| c.find_project(&name()));
    ask!(all, project_exists, |c| c.project_exists(&name()));
    ask!(all, create_project, |c| c.create_project(&NewProject::new(name())));
    ask!(all, create_project, |c| c.create_project(
        &NewProject::new(name())
            .public(true)
            .set("auto_scan", "true")
            .storage_limit(StorageLimit::Bytes(1 << 40))
    ));
    ask!(all, create_project, |c| c
        .create_project(&NewProject::new(name()).storage_limit(StorageLimit::Unlimited)));
    ask!(all, update_project, |c| c
        .update_project(ID, &ProjectChange::default().public(false).set("severity", "high")));
    ask!(all, project_deletable, |c| c.project_deletable(ID));
    ask!(all, delete_project, |c| c.delete_project(ID));
    ask!(all, read_quota, |c| c.read_quota(ID));
    ask!(all, set_storage_limit, |c| c.set_storage_limit(QuotaId::new(4), StorageLimit::Bytes(0)));
    ask!(all, set_storage_limit, |c| c.set_storage_limit(QuotaId::new(4), StorageLimit::Unlimited));
    ask!(all, list_users, |c| c.list_users().collect_all());
    ask!(all, search_users, |c| c.search_users("a b+c").collect_all());
    ask!(all, find_user, |c| c.find_user("anna"));
    ask!(all, current_user, |c| c.current_user());
    ask!(all, own_permissions, |c| c.own_permissions(ID));
    ask!(all, list_user_groups, |c| c.list_user_groups().collect_all());
    ask!(all, search_user_groups, |c| c.search_user_groups("team").collect_all());
    ask!(all, ping, |c| c.ping());
    ask!(all, health, |c| c.health());
    ask!(all, system_info, |c| c.system_info());
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
