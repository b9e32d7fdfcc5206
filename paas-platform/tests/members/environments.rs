//! What becomes of the members of environments.

use super::world::{World, apply, roles, trusted};
use crate::deploying::world::wait;
use paas_core::access::{
    Role, Subject,
    keystone::Frozen,
    membership::{EnvironmentChange, Finding, Foreign},
};
use paas_platform::{ErrorKind, MembersNote, MembersOptions, Place, seam::SystemClock, store::MemoryStore};

#[test]
fn members_are_those_that_keystone_says_and_then_nothing_is_done() {
    let world = World::new();
    wait(async {
        let members = world.members().await;
        let planned = members.plan("retail", MembersOptions::default()).await.unwrap();
        assert_eq!(planned.plan.environments.len(), 2);
        assert_eq!(world.sets(), 0, "a plan does nothing");

        let done = apply(&members).await;
        assert_eq!(done.plan, planned.plan, "what was done is what was shown");
        let expected =
            roles(&[("1a1", "owner"), ("anna", "owner"), ("bob", "restricted"), ("carl", "readonly")]);
        for environment in [&world.dmz, &world.core] {
            assert_eq!(world.there(environment).await, expected);
        }
        assert_eq!(world.sets(), 2);
        assert!(apply(&members).await.plan.is_empty());
        assert_eq!(world.sets(), 2);
    });
}

#[test]
fn a_role_that_is_taken_away_in_keystone_is_taken_away_there() {
    let world = World::new();
    wait(async {
        let members = world.members().await;
        world.directory.set("dora", &["member"]);
        apply(&members).await;
        // Anna is no manager any more, Bob has no role, Carl is disabled, Dora is gone though her roles are listed.
        world.directory.set("anna", &["reader"]);
        world.directory.set("bob", &[]);
        world.directory.known().disabled.insert("carl".to_owned());
        world.directory.known().gone.insert("dora".to_owned());
        let report = apply(&members).await;
        assert_eq!(world.there(&world.dmz).await, roles(&[("1a1", "owner"), ("anna", "readonly")]));
        assert_eq!((report.plan.losses, report.plan.findings), (8, vec![Finding::NoAdministrator]));
    });
}

#[test]
fn a_project_that_is_disabled_or_gone_freezes_access_and_it_comes_back() {
    let world = World::new();
    wait(async {
        let members = world.members().await;
        apply(&members).await;
        let before = world.there(&world.dmz).await;
        for (project, why) in [(Some(false), Frozen::Disabled), (None, Frozen::Missing)] {
            world.directory.known().project = project;
            assert_eq!(apply(&members).await.frozen, Some(why));
            assert_eq!(world.there(&world.dmz).await, roles(&[("1a1", "owner")]));
            world.directory.known().project = Some(true);
            assert_eq!(apply(&members).await.frozen, None);
            assert_eq!(world.there(&world.dmz).await, before);
        }
        assert_eq!(world.sandbox.resources("project").len(), 2, "nothing is deleted for it");
    });
}

#[test]
fn members_of_others_stay_unless_they_are_to_go() {
    let world = World::new();
    wait(async {
        let members = world.members().await;
        world.put_by_hand(&world.dmz, "emil", "member").await;
        world.put_by_hand(&world.dmz, "bob", "owner").await;
        let report = apply(&members).await;
        let there = world.there(&world.dmz).await;
        assert_eq!((there["emil"].as_str(), there["bob"].as_str()), ("member", "owner"));
        let found =
            |finding: &Finding| matches!(finding, Finding::Foreign { .. } | Finding::ForeignRole { .. });
        assert_eq!(report.plan.findings.iter().filter(|finding| found(finding)).count(), 2);
        // One that is put there by hand after that is left alone, too.
        world.put_by_hand(&world.core, "fay", "readonly").await;
        assert!(apply(&members).await.plan.is_empty());
        assert!(world.there(&world.core).await.contains_key("fay"));

        let all = MembersOptions::default().foreign(Foreign::Remove);
        members.apply("retail", all).await.unwrap();
        let expected =
            roles(&[("1a1", "owner"), ("anna", "owner"), ("bob", "restricted"), ("carl", "readonly")]);
        assert_eq!(world.there(&world.dmz).await, expected);
        assert_eq!(world.there(&world.core).await, expected);
    });
}

#[test]
fn what_is_ours_and_was_changed_by_hand_is_set_right() {
    let world = World::new();
    wait(async {
        let members = world.members().await;
        apply(&members).await;
        world.put_by_hand(&world.dmz, "carl", "owner").await;
        let report = apply(&members).await;
        let [environment] = report.plan.environments.as_slice() else { panic!("{:?}", report.plan) };
        assert!(
            matches!(environment.changes.as_slice(), [EnvironmentChange::Change { from, .. }] if from == "owner")
        );
        assert_eq!(world.there(&world.dmz).await["carl"], "readonly");
    });
}

#[test]
fn an_environment_that_is_no_network_any_more_keeps_nobody_of_the_tenant() {
    let world = World::new();
    wait(async {
        let platform = world.platform(MemoryStore::new(SystemClock::new()), World::rules()).await;
        let members = trusted(&platform).members();
        apply(&members).await;
        world.put_by_hand(&world.core, "emil", "member").await;
        let mut tenant = trusted(&platform).tenants().read("retail").await.unwrap();
        let core = tenant.networks.pop().unwrap();
        trusted(&platform).tenants().put(&tenant).await.unwrap();
        let report = apply(&members).await;
        assert_eq!(report.plan.losses, 3);
        assert_eq!(world.there(&world.core).await, roles(&[("1a1", "owner"), ("emil", "member")]));
        assert_eq!(world.there(&world.dmz).await.len(), 4);
        assert!(apply(&members).await.plan.is_empty());
        // Nor do others go because of what is to become of this tenant's foreigners.
        world.put_by_hand(&world.core, "anna", "owner").await;
        members.apply("retail", MembersOptions::default().foreign(Foreign::Remove)).await.unwrap();
        assert_eq!(world.there(&world.core).await.len(), 3);
        // A network that has no environment says nothing of the others.
        tenant.networks.push(core);
        trusted(&platform).tenants().put(&tenant).await.unwrap();
        apply(&members).await;
        assert_eq!(world.there(&world.core).await.len(), 5, "platform, anna as before, bob, carl, emil");
        tenant.networks[1].environment = "nobody knows it".to_owned();
        trusted(&platform).tenants().put(&tenant).await.unwrap();
        let report = members.apply("retail", MembersOptions::default()).await.unwrap();
        assert_eq!((report.failures.len(), report.plan.losses), (1, 0));
        assert_eq!(world.there(&world.core).await.len(), 5);
    });
}

#[test]
fn many_losses_at_once_need_a_person() {
    let world = World::new();
    wait(async {
        let mut rules = World::rules();
        rules.settings.fuse = Some(3);
        let members = trusted(&world.platform(MemoryStore::new(SystemClock::new()), rules).await).members();
        apply(&members).await;
        for name in ["bob", "carl"] {
            world.directory.set(name, &[]);
        }
        let planned = members.plan("retail", MembersOptions::default()).await.unwrap().plan;
        assert!(planned.blown && planned.losses == 4);
        let error = members.apply("retail", MembersOptions::default()).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::MembersFuse, "platform.members_fuse"));
        assert_eq!((world.sets(), world.there(&world.dmz).await.len()), (2, 4));
        members.apply("retail", MembersOptions::default().fuse(4)).await.unwrap();
        assert_eq!(world.there(&world.dmz).await.len(), 2);
    });
}

#[test]
fn each_call_stands_in_the_journal_before_it_is_made() {
    let world = World::new();
    wait(async {
        let members = world.members().await;
        apply(&members).await;
        world.directory.set("bob", &["reader"]);
        apply(&members).await;
        let journal = members.journal("retail").await.unwrap();
        assert!(journal.iter().zip(1..).all(|(entry, number)| entry.number == number));
        let intents: Vec<_> = journal
            .iter()
            .filter_map(|entry| match &entry.note {
                MembersNote::Intent { by, place, changes } => Some((by.as_str(), place, changes)),
                _ => None,
            })
            .collect();
        assert_eq!(intents.len(), world.sets());
        let (by, place, changes) = intents[2];
        assert_eq!(
            (by, place),
            ("anna@bank.test", &Place::Environment { environment: world.dmz.id.clone() })
        );
        let bob = "openldap_user:cn=name-of-bob,dc=bank,dc=test";
        assert_eq!(changes, &[format!("make {bob} readonly, not restricted")]);
        let kinds: Vec<_> =
            journal.iter().map(|entry| serde_json::to_value(&entry.note).unwrap()["note"].clone()).collect();
        let once = ["intent", "outcome", "settled"];
        assert_eq!(kinds, once.repeat(4));
    });
}

#[test]
fn who_may_authorise_nobody_may_not_have_members_set_either() {
    let world = World::new();
    wait(async {
        let platform = world.platform(MemoryStore::new(SystemClock::new()), World::rules()).await;
        let options = MembersOptions::default();
        for (role, views, sets) in [
            (Role::PlatformAdministrator, true, true),
            (Role::TenantAdministrator, true, true),
            (Role::SeniorMember, true, false),
            (Role::RestrictedMember, true, false),
            (Role::ReadOnly, true, false),
            (Role::PublicationAuditor, false, false),
        ] {
            let subject = Subject::new("u");
            let subject = match role.is_platform_wide() {
                true => subject.with_platform(role),
                false => subject.with_tenant(super::directory::PROJECT, role),
            };
            let members = platform.acting_for(subject).unwrap().members();
            let denied = |result: Option<ErrorKind>| result == Some(ErrorKind::Denied);
            let sets_before = world.sets();
            assert_eq!(
                denied(members.plan("retail", options).await.err().map(|e| e.kind())),
                !views,
                "{role}"
            );
            assert_eq!(denied(members.journal("retail").await.err().map(|e| e.kind())), !views, "{role}");
            assert_eq!(
                denied(members.apply("retail", options).await.err().map(|e| e.kind())),
                !sets,
                "{role}"
            );
            assert!(sets || world.sets() == sets_before, "{role}");
        }
    });
}
