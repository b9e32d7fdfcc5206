//! Plans of members, carried out on a model of the backends.

use paas_core::access::{
    HarborRole, HarborRoles, IdentityMap, KeystoneUser, RancherIdentity, RancherRole, RancherRoles, Registry,
    Role, Roles,
    membership::{
        EnvironmentMembers, Finding, Foreign, HarborMember, Member, MembershipPlan, Options, ProjectChange,
        ProjectMembers, RancherMember, Request, plan,
    },
};
use proptest::{
    collection::{btree_set, vec},
    prelude::*,
    sample::{select, subsequence},
};

const USERS: &[&str] = &["u1", "u2", "u3", "u4", "u5", "u6"];
/// What stands in the backends by hand.
const STRANGERS: &[&str] = &["stranger", "another"];

fn identities() -> IdentityMap {
    serde_json::from_str(
        r#"{ "rules": [{ "domain": "d", "rancher": { "external_id_type": "github_user", "external_id": "{name}" }, "harbor": "{name}" }],
             "users": { "u6": { "rancher": { "external_id_type": "rancher_id", "external_id": "1a1" }, "harbor": "N5" } } }"#,
    )
    .unwrap()
}

fn platform() -> RancherIdentity {
    RancherIdentity::new("rancher_id", "1a1")
}

/// A tenant with its members, and what the backends hold.
#[derive(Debug, Clone)]
struct World {
    members: Vec<Member>,
    frozen: bool,
    environments: Vec<EnvironmentMembers>,
    projects: Vec<ProjectMembers>,
    options: Options,
}

impl World {
    fn plan(&self) -> MembershipPlan {
        plan(&Request {
            members: &self.members,
            frozen: self.frozen,
            environments: &self.environments,
            projects: &self.projects,
            identities: &identities(),
            rancher: &RancherRoles::default(),
            test: &HarborRoles::of(Registry::Test),
            production: &HarborRoles::of(Registry::Production),
            options: &self.options,
        })
    }

    /// As Rancher and Harbor would.
    fn carry_out(&mut self, plan: &MembershipPlan) {
        for planned in &plan.environments {
            let environment =
                self.environments.iter_mut().find(|one| one.environment == planned.environment).unwrap();
            assert!(
                planned.set.iter().any(|member| member.role == "owner"),
                "Rancher refuses a set without owner"
            );
            environment.members = planned.set.clone();
            environment.ours = planned.ours.clone();
        }
        for planned in &plan.projects {
            let project = self
                .projects
                .iter_mut()
                .find(|one| (one.registry, &one.project) == (planned.registry, &planned.project))
                .unwrap();
            for change in &planned.changes {
                match change {
                    ProjectChange::Add { name, role } => {
                        let is_there =
                            |member: &HarborMember| !member.group && member.name.eq_ignore_ascii_case(name);
                        assert!(!project.members.iter().any(is_there), "Harbor refuses a second membership");
                        let id = project.members.iter().map(|member| member.id).max().unwrap_or_default() + 1;
                        let (name, role_id) = (name.clone(), role.id());
                        project.members.push(HarborMember { id, name, group: false, role_id });
                    }
                    ProjectChange::Change { id, to, .. } => {
                        project.members.iter_mut().find(|member| member.id == *id).unwrap().role_id = to.id();
                    }
                    ProjectChange::Remove { id, .. } => project.members.retain(|member| member.id != *id),
                    other => panic!("{other:?}"),
                }
            }
            project.ours = planned.ours.clone();
        }
    }
}

fn user(id: &str) -> KeystoneUser {
    // u4 is of a domain without a rule.
    KeystoneUser::new(id, id.replace('u', "n"), if id == "u4" { "elsewhere" } else { "d" })
}

fn member() -> impl Strategy<Value = Member> {
    (select(USERS), btree_set(select(Role::ALL), 0..3), prop::bool::weighted(0.1)).prop_map(
        |(id, roles, disabled)| {
            let mut member = Member::new(user(id), roles.into_iter().collect());
            member.disabled = disabled;
            member
        },
    )
}

fn names() -> Vec<&'static str> {
    vec!["n1", "n2", "n3", "n5", "N5", STRANGERS[0], STRANGERS[1]]
}

fn environment(id: &'static str) -> impl Strategy<Value = EnvironmentMembers> {
    let role = select(vec!["owner", "member", "restricted", "readonly", "custom"]);
    (subsequence(names(), 0..6), vec(role, 6), subsequence(names(), 0..5), any::<bool>()).prop_map(
        move |(there, roles, ours, platform_is_there)| {
            let identity = |name: &str| RancherIdentity::new("github_user", name);
            let mut environment = EnvironmentMembers::new(id);
            environment.members = there
                .iter()
                .zip(roles)
                .map(|(name, role)| RancherMember { identity: identity(name), role: role.to_owned() })
                .collect();
            if platform_is_there {
                environment.members.push(RancherMember { identity: platform(), role: "owner".into() });
            }
            environment.ours =
                ours.iter().filter(|name| !STRANGERS.contains(*name)).map(|name| identity(name)).collect();
            environment
        },
    )
}

fn project(registry: Registry) -> impl Strategy<Value = ProjectMembers> {
    let names = || vec!["n1", "n2", "n3", "n5", STRANGERS[0], STRANGERS[1]];
    (
        subsequence(names(), 0..6),
        vec((1_i64..=6, prop::bool::weighted(0.1)), 6),
        subsequence(names(), 0..5),
        btree_set(select(USERS), 0..5),
    )
        .prop_map(move |(there, rows, ours, users)| {
            let mut project = ProjectMembers::new(registry, "retail-shop");
            project.members = there
                .iter()
                .zip(rows)
                .enumerate()
                .map(|(index, (name, (role_id, group)))| HarborMember {
                    id: index as i64 + 10,
                    name: (*name).to_owned(),
                    group,
                    role_id,
                })
                .collect();
            project.ours = ours
                .iter()
                .filter(|name| !STRANGERS.contains(*name))
                .map(|name| (*name).to_owned())
                .collect();
            project.users = users.into_iter().map(str::to_owned).collect();
            project
        })
}

fn world() -> impl Strategy<Value = World> {
    let projects =
        (project(Registry::Test), project(Registry::Production)).prop_map(|(one, other)| vec![one, other]);
    let foreign = prop_oneof![3 => Just(Foreign::Keep), 1 => Just(Foreign::Remove)];
    (
        vec(member(), 0..6),
        prop::bool::weighted(0.1),
        environment("1a5"),
        environment("1a6"),
        projects,
        foreign,
    )
        .prop_map(|(members, frozen, one, other, projects, foreign)| {
            let mut options = Options::new(platform());
            options.foreign = foreign;
            World { members, frozen, environments: vec![one, other], projects, options }
        })
}

/// The roles of a user, all rows of it together, if they count.
fn effective(world: &World, id: &str) -> Roles {
    let rows = world.members.iter().filter(|member| member.user.id == id && !member.disabled);
    let all = rows.fold(Roles::NONE, |all, member| all.union(member.roles));
    if world.frozen { Roles::NONE } else { all.of_tenant() }
}

proptest! {
    #[test]
    fn carried_out_there_is_nothing_left_to_do(mut world in world()) {
        let first = world.plan();
        world.carry_out(&first);
        let second = world.plan();
        prop_assert!(second.is_empty(), "{:#?}", second);
        prop_assert_eq!(second.losses, 0);
    }

    #[test]
    fn what_others_put_there_is_left_alone(world in world()) {
        prop_assume!(world.options.foreign == Foreign::Keep);
        let mut after = world.clone();
        after.carry_out(&world.plan());
        for (before, after) in world.environments.iter().zip(&after.environments) {
            for stranger in before.members.iter().filter(|member| !before.ours.contains(&member.identity)) {
                if stranger.identity != platform() {
                    prop_assert!(after.members.contains(stranger), "{:?}", stranger);
                }
            }
        }
        for (before, after) in world.projects.iter().zip(&after.projects) {
            for stranger in before.members.iter().filter(|member| member.group || !before.ours.contains(&member.name)) {
                prop_assert!(after.members.contains(stranger), "{:?}", stranger);
            }
        }
    }

    #[test]
    fn ours_are_those_that_keystone_says(world in world()) {
        let mut after = world.clone();
        after.carry_out(&world.plan());
        for environment in &after.environments {
            let owner = RancherMember { identity: platform(), role: "owner".into() };
            prop_assert!(environment.members.contains(&owner));
            for member in environment.members.iter().filter(|member| environment.ours.contains(&member.identity)) {
                let id = member.identity.external_id.replace('n', "u");
                let role = RancherRoles::default().for_roles(effective(&world, &id));
                prop_assert_eq!(role.map(RancherRole::as_str), Some(member.role.as_str()), "{}", id);
            }
        }
        for project in &after.projects {
            let roles = HarborRoles::of(project.registry);
            for member in project.members.iter().filter(|member| !member.group && project.ours.contains(&member.name)) {
                let name = member.name.to_lowercase();
                // u6 is `N5` in Harbor, too; if both were members, none would be.
                let ids = if name == "n5" { vec!["u5".to_owned(), "u6".to_owned()] } else { vec![name.replace('n', "u")] };
                let fits = |id: &String| {
                    let has = effective(&world, id);
                    let belongs = project.users.contains(id) || has.contains(Role::TenantAdministrator);
                    belongs && roles.for_roles(has).map(HarborRole::id) == Some(member.role_id)
                };
                prop_assert_eq!(ids.iter().filter(|id| fits(id)).count(), 1, "{}", name);
            }
        }
        if world.options.foreign == Foreign::Remove {
            for environment in &after.environments {
                prop_assert_eq!(environment.members.len(), environment.ours.len() + 1);
            }
        }
    }

    #[test]
    fn who_has_a_role_and_an_identity_is_a_member(world in world()) {
        let mut after = world.clone();
        after.carry_out(&world.plan());
        for id in ["u1", "u2", "u3"].iter().filter(|id| !effective(&world, id).is_empty()) {
            let name = id.replace('u', "n");
            for environment in &after.environments {
                prop_assert!(environment.members.iter().any(|member| member.identity.external_id == name));
            }
        }
    }
}

#[test]
fn a_fuse_stops_what_takes_rights_from_many() {
    let mut environment = EnvironmentMembers::new("1a5");
    for index in 0..30 {
        let identity = RancherIdentity::new("github_user", format!("n{index}"));
        environment.ours.insert(identity.clone());
        environment.members.push(RancherMember { identity, role: "restricted".into() });
    }
    let mut world = World {
        members: vec![],
        frozen: false,
        environments: vec![environment],
        projects: vec![],
        options: Options::new(platform()),
    };
    let refused = world.plan();
    assert!(refused.blown);
    assert_eq!(refused.losses, 30);
    assert_eq!(
        refused.findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "nobody administers the tenant",
            "30 members would lose rights, and 20 may by one plan: look at it, then carry it out with a higher fuse"
        ]
    );
    world.options.fuse = Some(30);
    assert!(!world.plan().blown);
    world.options.fuse = None;
    assert!(!world.plan().blown);
}

#[test]
fn findings_say_who_and_what_to_do() {
    let administrator = Roles::NONE.with(Role::TenantAdministrator);
    let mut environment = EnvironmentMembers::new("1a5");
    let member = |name: &str, role: &str| RancherMember {
        identity: RancherIdentity::new("github_user", name),
        role: role.into(),
    };
    environment.members = vec![member("stranger", "owner"), member("n1", "member")];
    let mut project = ProjectMembers::new(Registry::Test, "retail-shop");
    project.users.insert("u9".into());
    project.members.push(HarborMember { id: 1, name: "devs".into(), group: true, role_id: 2 });
    let members = ["u1", "u4", "u5", "u6"].map(|id| Member::new(user(id), administrator));
    let world = World {
        members: members.into(),
        frozen: false,
        environments: vec![environment],
        projects: vec![project],
        options: Options::new(platform()),
    };
    let found: Vec<String> = world.plan().findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "nobody says who `n4` (u4) is in Rancher: add it, or a rule for domain `elsewhere`, to the identity map",
            "`n6` (u6) would be the platform itself in Rancher: it becomes no member",
            "nobody says who `n4` (u4) is in Harbor: add it, or a rule for domain `elsewhere`, to the identity map",
            "`n5` in Harbor would be `n5` (u5) and `n6` (u6): none of them becomes a member",
            "`github_user:n1` is a member of `1a5` as `member`, not by the platform; Keystone says `owner`: it is left alone",
            "`github_user:stranger` is a member (`owner`) of `1a5` and not by the platform: it is left alone",
            "user `u9` belongs to namespace `retail-shop` (test) and has no role in its tenant: it becomes no member",
            "`devs` is a member (`developer`) of `test/retail-shop` and not by the platform: it is left alone",
        ]
    );
}

#[test]
fn a_frozen_tenant_has_no_members_and_keeps_its_environments() {
    let member = Member::new(user("u1"), Roles::NONE.with(Role::TenantAdministrator));
    let mut world = World {
        members: vec![member],
        frozen: false,
        environments: vec![EnvironmentMembers::new("1a5")],
        projects: vec![ProjectMembers::new(Registry::Test, "retail-shop")],
        options: Options::new(platform()),
    };
    let first = world.plan();
    world.carry_out(&first);
    assert_eq!((world.environments[0].members.len(), world.projects[0].members.len()), (2, 1));
    world.frozen = true;
    let freeze = world.plan();
    assert_eq!(freeze.losses, 2);
    assert_eq!(freeze.findings, Vec::<Finding>::new());
    world.carry_out(&freeze);
    assert_eq!(world.environments[0].members, [RancherMember { identity: platform(), role: "owner".into() }]);
    assert!(world.projects[0].members.is_empty());
}
