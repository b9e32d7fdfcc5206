//! What becomes of the members of Harbor projects, and of image namespaces.

use super::{
    directory::PROJECT,
    world::{World, apply, trusted},
};
use crate::deploying::{
    faulty::{Faulty, Mood},
    world::{retry, wait},
};
use paas_client::{HarborClient, harbor::Login};
use paas_core::{
    access::{
        Registry, Role, Subject,
        membership::{Finding, Foreign, Rules},
    },
    tenant::{Tenant, TenantNetwork},
};
use paas_platform::{
    ErrorKind, MembersOptions, Place, Platform,
    seam::SystemClock,
    store::{MemoryStore, Store},
};
use paas_sandbox::{Fault, Latencies, Sandbox, Trouble};
use std::collections::BTreeMap;

/// Two registries: that of test is the sandbox with Rancher, that of production another one.
struct Registries {
    world: World,
    production: Sandbox,
}

impl Registries {
    fn new() -> Self {
        let world = World::new();
        let production = Sandbox::builder().latencies(Latencies::NONE).start().unwrap();
        for sandbox in [&world.sandbox, &production] {
            for user in ["anna", "bob", "carl", "dora", "emil"] {
                sandbox.harbor_user(&format!("name-of-{user}"));
            }
        }
        Self { world, production }
    }

    async fn platform(&self, store: impl Store + 'static) -> Platform {
        let identities = r#"{ "rules": [{ "domain": "default", "harbor": "{name}",
            "rancher": { "external_id_type": "openldap_user", "external_id": "cn={name|dn},dc=bank,dc=test" } }] }"#;
        let mut rules = World::rules();
        rules.settings.platform_in_harbor = Some("admin".to_owned());
        rules = Rules::new(serde_json::from_str(identities).unwrap(), rules.settings);
        let builder = Platform::builder()
            .harbor(Registry::Test, harbor(&self.world.sandbox))
            .harbor(Registry::Production, harbor(&self.production));
        self.world.build(builder, store, rules).await
    }

    /// Who is a member of the project `retail-shop`, by their names in the directory.
    fn there(sandbox: &Sandbox) -> BTreeMap<String, u64> {
        let members = sandbox.harbor_members("retail-shop").into_iter();
        members.map(|member| (member.name.replace("name-of-", ""), member.role)).collect()
    }

    fn test(&self) -> BTreeMap<String, u64> {
        Self::there(&self.world.sandbox)
    }
}

fn harbor(sandbox: &Sandbox) -> HarborClient {
    let admin = sandbox.harbor_admin();
    let login = Login::user(admin.name, admin.password);
    HarborClient::builder().url(sandbox.url()).login(login).retry(retry()).build().unwrap()
}

fn roles(roles: &[(&str, u64)]) -> BTreeMap<String, u64> {
    roles.iter().map(|(name, role)| ((*name).to_owned(), *role)).collect()
}

#[test]
fn members_of_a_namespace_have_their_roles_in_test_and_are_guests_in_production() {
    let all = Registries::new();
    wait(async {
        let platform = all.platform(MemoryStore::new(SystemClock::new())).await;
        let (namespaces, members) = (trusted(&platform).namespaces(), trusted(&platform).members());
        namespaces.create("retail", "retail-shop").await.unwrap();
        for user in ["bob", "carl"] {
            namespaces.add_member("retail", "retail-shop", user).await.unwrap();
        }
        apply(&members).await;
        // The administrator of the tenant belongs to it without standing in it.
        assert_eq!(all.test(), roles(&[("admin", 1), ("anna", 1), ("bob", 4), ("carl", 3)]));
        assert!(Registries::there(&all.production).is_empty(), "nobody has opened it in production");

        all.production.harbor_project("retail-shop", "admin").unwrap();
        apply(&members).await;
        assert_eq!(
            Registries::there(&all.production),
            roles(&[("admin", 1), ("anna", 3), ("bob", 3), ("carl", 3)])
        );
        assert!(apply(&members).await.plan.is_empty());

        // Out of the namespace, out of the tenant, and another role.
        namespaces.remove_member("retail", "retail-shop", "carl").await.unwrap();
        all.world.directory.set("anna", &[]);
        all.world.directory.set("bob", &["member"]);
        apply(&members).await;
        assert_eq!(all.test(), roles(&[("admin", 1), ("bob", 2)]));
        assert_eq!(Registries::there(&all.production), roles(&[("admin", 1), ("bob", 3)]));
    });
}

#[test]
fn members_of_others_and_groups_stay() {
    let all = Registries::new();
    wait(async {
        let platform = all.platform(MemoryStore::new(SystemClock::new())).await;
        let members = trusted(&platform).members();
        trusted(&platform).namespaces().create("retail", "retail-shop").await.unwrap();
        let client = harbor(&all.world.sandbox);
        let project: paas_client::harbor::ProjectName = "retail-shop".parse().unwrap();
        let emil = paas_client::harbor::NewMember::UserNamed("name-of-emil".to_owned());
        client.add_member(&project, &emil, 2.into()).await.unwrap();
        let report = apply(&members).await;
        assert_eq!(all.test(), roles(&[("admin", 1), ("anna", 1), ("emil", 2)]));
        let found = |finding: &Finding| matches!(finding, Finding::Foreign { place, .. } if place == "test/retail-shop");
        assert_eq!(report.plan.findings.iter().filter(|finding| found(finding)).count(), 1);
        members.apply("retail", MembersOptions::default().foreign(Foreign::Remove)).await.unwrap();
        assert_eq!(all.test(), roles(&[("admin", 1), ("anna", 1)]));
    });
}

#[test]
fn one_that_harbor_does_not_know_keeps_no_other_out() {
    let all = Registries::new();
    wait(async {
        let platform = all.platform(MemoryStore::new(SystemClock::new())).await;
        let (namespaces, members) = (trusted(&platform).namespaces(), trusted(&platform).members());
        namespaces.create("retail", "retail-shop").await.unwrap();
        all.world.directory.set("alf", &["member"]);
        for user in ["alf", "bob"] {
            namespaces.add_member("retail", "retail-shop", user).await.unwrap();
        }
        let report = members.apply("retail", MembersOptions::default()).await.unwrap();
        assert_eq!(all.test(), roles(&[("admin", 1), ("anna", 1), ("bob", 4)]));
        let [failure] = report.failures.as_slice() else { panic!("{:?}", report.failures) };
        let place = Place::Project { registry: Registry::Test, project: "retail-shop".to_owned() };
        assert_eq!((&failure.place, failure.retryable), (&place, false));
        assert!(failure.code.starts_with("client.harbor."), "{}", failure.code);

        all.world.sandbox.harbor_user("name-of-alf");
        apply(&members).await;
        assert_eq!(all.test()["alf"], 2);
    });
}

#[test]
fn a_process_that_ends_between_members_leaves_nobody_behind() {
    let mut ended = 0;
    for batches in 0..24 {
        let all = Registries::new();
        let went_well = wait(async {
            let store = Faulty::quick(MemoryStore::new(SystemClock::new()));
            let platform = all.platform(store.clone()).await;
            let (namespaces, members) = (trusted(&platform).namespaces(), trusted(&platform).members());
            namespaces.create("retail", "retail-shop").await.unwrap();
            for user in ["bob", "carl"] {
                namespaces.add_member("retail", "retail-shop", user).await.unwrap();
            }
            store.set_after(batches, Mood::Full);
            let first = members.apply("retail", MembersOptions::default()).await;
            store.set(Mood::Good);
            for name in ["anna", "bob", "carl"] {
                all.world.directory.set(name, &[]);
            }
            apply(&members).await;
            assert_eq!(all.test(), roles(&[("admin", 1)]), "{batches}");
            first.is_ok()
        });
        ended += usize::from(!went_well);
    }
    assert!((8..24).contains(&ended), "{ended} of 24 ended in between");
}

#[test]
fn a_lost_answer_makes_nobody_a_member_twice() {
    let all = Registries::new();
    wait(async {
        let platform = all.platform(MemoryStore::new(SystemClock::new())).await;
        let (namespaces, members) = (trusted(&platform).namespaces(), trusted(&platform).members());
        namespaces.create("retail", "retail-shop").await.unwrap();
        namespaces.add_member("retail", "retail-shop", "bob").await.unwrap();
        all.world.sandbox.add_fault(Fault::new(Trouble::LostAnswer).method("POST").path("/members").times(1));
        apply(&members).await;
        assert_eq!(all.test(), roles(&[("admin", 1), ("anna", 1), ("bob", 4)]));
    });
}

#[test]
fn a_namespace_is_of_one_tenant_and_takes_nothing_that_is_there() {
    let all = Registries::new();
    wait(async {
        let platform = all.platform(MemoryStore::new(SystemClock::new())).await;
        let namespaces = trusted(&platform).namespaces();
        let mut other = Tenant::new("wealth");
        other.networks.push(TenantNetwork::new("dmz", "wealth-dmz"));
        trusted(&platform).tenants().put(&other).await.unwrap();

        let made = namespaces.create("retail", "retail-shop").await.unwrap();
        assert!(!made.pending && made.members.is_empty());
        assert_eq!(namespaces.create("retail", "retail-shop").await.unwrap(), made);
        assert_eq!(all.test(), roles(&[("admin", 1)]));
        let kind = |result: paas_platform::Result<_>| result.unwrap_err().kind();
        assert_eq!(kind(namespaces.create("wealth", "retail-shop").await), ErrorKind::NamespaceTaken);
        // A project that somebody made by hand holds somebody's images.
        all.world.sandbox.harbor_project("handmade", "name-of-emil").unwrap();
        assert_eq!(kind(namespaces.create("retail", "handmade").await), ErrorKind::NamespaceTaken);
        let long = "a".repeat(64);
        for name in ["", "Retail", "a/b", "..", "x y", "a..b", "a___b", "-a", "a_", "ä", long.as_str()] {
            assert_eq!(kind(namespaces.create("retail", name).await), ErrorKind::InvalidName, "{name}");
        }
        assert_eq!(
            kind(namespaces.add_member("wealth", "retail-shop", "bob").await),
            ErrorKind::UnknownNamespace
        );
        assert_eq!(
            kind(namespaces.add_member("retail", "retail-shop", "b\u{7}c").await),
            ErrorKind::InvalidName
        );

        all.production.harbor_project("payments", "name-of-emil").unwrap();
        assert_eq!(kind(namespaces.create("retail", "payments").await), ErrorKind::NamespaceTaken);

        // Images keep it; production does, too.
        assert!(all.world.sandbox.harbor_repository("retail-shop", "retail-shop/web"));
        let error = namespaces.delete("retail", "retail-shop").await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Harbor, "client.harbor.precondition"));
        namespaces.create("retail", "retail-empty").await.unwrap();
        all.production.harbor_project("retail-empty", "admin").unwrap();
        let error = namespaces.delete("retail", "retail-empty").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NamespaceTaken);
        namespaces.create("retail", "retail-other").await.unwrap();
        namespaces.delete("retail", "retail-other").await.unwrap();
        let names: Vec<_> =
            namespaces.list("retail").await.unwrap().into_iter().map(|each| each.name).collect();
        assert_eq!(names, ["retail-empty", "retail-shop"]);
    });
}

#[test]
fn a_namespace_that_harbor_did_not_make_is_made_when_it_is_asked_for_again() {
    let all = Registries::new();
    wait(async {
        let platform = all.platform(MemoryStore::new(SystemClock::new())).await;
        let (namespaces, members) = (trusted(&platform).namespaces(), trusted(&platform).members());
        let fault = Fault::new(Trouble::Unavailable { retry_after: None }).method("POST").path("/projects");
        all.world.sandbox.add_fault(fault.times(100));
        let error = namespaces.create("retail", "retail-shop").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Harbor);
        assert!(namespaces.list("retail").await.unwrap()[0].pending);
        all.world.sandbox.clear_faults();
        apply(&members).await;
        // Made, and the answer is lost each time: nobody else's project was there, so it is ours.
        all.world
            .sandbox
            .add_fault(Fault::new(Trouble::LostAnswer).method("POST").path("/projects").times(1));
        assert!(!namespaces.create("retail", "retail-shop").await.unwrap().pending);
        assert_eq!(all.test(), roles(&[("admin", 1)]));
    });
}

#[test]
fn who_does_what_with_namespaces_is_as_the_matrix_says() {
    let all = Registries::new();
    wait(async {
        let platform = all.platform(MemoryStore::new(SystemClock::new())).await;
        trusted(&platform).namespaces().create("retail", "retail-shop").await.unwrap();
        for (role, makes, authorises, sees) in [
            (Role::TenantAdministrator, true, true, true),
            (Role::SeniorMember, true, false, true),
            (Role::RestrictedMember, false, false, false),
            (Role::ReadOnly, false, false, false),
        ] {
            let namespaces =
                platform.acting_for(Subject::new("u").with_tenant(PROJECT, role)).unwrap().namespaces();
            let denied = |kind: Option<ErrorKind>| kind == Some(ErrorKind::Denied);
            let made = namespaces.create("retail", "retail-new").await;
            assert_eq!(denied(made.err().map(|error| error.kind())), !makes, "{role}");
            let added = namespaces.add_member("retail", "retail-shop", "bob").await;
            assert_eq!(denied(added.err().map(|error| error.kind())), !authorises, "{role}");
            assert_eq!(namespaces.list("retail").await.unwrap().is_empty(), !sees, "{role}");
            let deleted = namespaces.delete("retail", "retail-new").await;
            assert_eq!(denied(deleted.err().map(|error| error.kind())), !makes, "{role}");
        }
        let member = Subject::new("u").with_tenant(PROJECT, Role::ReadOnly).with_namespace("retail-shop");
        assert_eq!(platform.acting_for(member).unwrap().namespaces().list("retail").await.unwrap().len(), 1);
    });
}

/// A platform that did not know the registries when a namespace was made takes nothing over in them later.
#[test]
fn a_namespace_that_was_made_without_registries_is_held_against_them_later() {
    let all = Registries::new();
    wait(async {
        let store = MemoryStore::new(SystemClock::new());
        let blind = all.world.platform(store.clone(), World::rules()).await;
        for name in ["handmade", "retail-shop"] {
            trusted(&blind).namespaces().create("retail", name).await.unwrap();
        }
        all.world.sandbox.harbor_project("handmade", "name-of-emil").unwrap();
        let platform = all.platform(store).await;
        let (namespaces, members) = (trusted(&platform).namespaces(), trusted(&platform).members());
        apply(&members).await;
        assert_eq!(all.world.sandbox.harbor_members("handmade").len(), 1);
        assert_eq!(
            namespaces.create("retail", "handmade").await.unwrap_err().kind(),
            ErrorKind::NamespaceTaken
        );
        assert!(all.test().is_empty());
        namespaces.create("retail", "retail-shop").await.unwrap();
        apply(&members).await;
        assert_eq!(all.test(), roles(&[("admin", 1), ("anna", 1)]));
        // Who cannot look whether images are there deletes nothing.
        let error = trusted(&blind).namespaces().delete("retail", "retail-shop").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        namespaces.delete("retail", "retail-shop").await.unwrap();
        // One of the same name is another one: whom the platform put into the first is not its own here.
        namespaces.create("retail", "retail-shop").await.unwrap();
        let client = harbor(&all.world.sandbox);
        let project: paas_client::harbor::ProjectName = "retail-shop".parse().unwrap();
        let anna = paas_client::harbor::NewMember::UserNamed("name-of-anna".to_owned());
        client.add_member(&project, &anna, 3.into()).await.unwrap();
        members.apply("retail", MembersOptions::default()).await.unwrap();
        assert_eq!(all.test()["anna"], 3);
    });
}
