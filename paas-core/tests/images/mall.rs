//! The mall: every state, command and role, and who sees what.

use paas_core::{
    access::{Action, Role, Subject},
    images::{
        Digest,
        mall::{
            Effect, MallEntry, Publication, PublicationCommand, PublicationRefusal, PublicationRight,
            PublicationState, PublicationStateName, Visibility,
        },
    },
    scaling::Timestamp,
};

const TENANT: &str = "retail";

fn at(seconds: u32) -> Timestamp {
    Timestamp::from_seconds(1_795_392_000).plus(seconds)
}

fn digest(number: u8) -> Digest {
    format!("sha256:{number:064x}").parse().unwrap()
}

fn user(id: &str, role: Role) -> Subject {
    let user = Subject::new(id);
    if role.is_platform_wide() { user.with_platform(role) } else { user.with_tenant(TENANT, role) }
}

fn right(subject: &Subject, action: Action) -> Option<PublicationRight> {
    PublicationRight::ask(subject, subject.user.parse().unwrap(), action, TENANT).ok()
}

fn trusted(user: &str, command: &PublicationCommand) -> PublicationRight {
    PublicationRight::trusted(user, user.parse().unwrap(), command.action(), TENANT)
}

fn requested() -> Publication {
    let right = right(&user("anna", Role::SeniorMember), PublicationRight::REQUEST).unwrap();
    Publication::request("retail-shop/web:1.4".parse().unwrap(), digest(1), &right, at(0)).unwrap()
}

fn reject(reason: &str) -> PublicationCommand {
    PublicationCommand::Reject { reason: reason.to_owned() }
}

fn after(command: &PublicationCommand) -> Publication {
    requested().command(command, &trusted("carl", command), at(1)).unwrap().publication
}

/// Every state.
fn publications() -> [Publication; 5] {
    [
        requested(),
        after(&PublicationCommand::Approve),
        after(&reject("too old")),
        after(&PublicationCommand::Withdraw),
        requested().deleted(at(1)).publication,
    ]
}

#[test]
fn every_state_command_and_role() {
    let mut done = 0;
    for publication in publications() {
        for command in [PublicationCommand::Approve, reject("too old"), PublicationCommand::Withdraw] {
            for role in Role::ALL {
                for id in ["anna", "carl"] {
                    let right = right(&user(id, *role), command.action());
                    let judges = !matches!(command, PublicationCommand::Withdraw);
                    let may = if judges {
                        *role == Role::PublicationAuditor
                    } else {
                        [Role::PlatformAdministrator, Role::TenantAdministrator, Role::SeniorMember]
                            .contains(role)
                    };
                    assert_eq!(right.is_some(), may, "{role} {command:?}");
                    let Some(right) = right else { continue };
                    let outcome = publication.command(&command, &right, at(2));
                    let told = format!("{:?} {command:?} {role} {id}: {outcome:?}", publication.state);
                    if judges && id == "anna" {
                        assert!(matches!(outcome, Err(PublicationRefusal::OwnRequest { .. })), "{told}");
                        continue;
                    }
                    let expected = match (publication.state.title(), &command) {
                        ("requested", PublicationCommand::Approve) => Some("approved"),
                        ("requested" | "approved", PublicationCommand::Reject { .. }) => Some("rejected"),
                        ("requested" | "approved", PublicationCommand::Withdraw) => Some("withdrawn"),
                        _ => None,
                    };
                    match outcome {
                        Ok(change) => {
                            assert_eq!(Some(change.publication.state.title()), expected, "{told}");
                            let (image, digest) = (publication.image.clone(), digest(1));
                            let effect = match (publication.is_shown(), change.publication.is_shown()) {
                                (false, true) => Some(Effect::Show { image, digest }),
                                (true, false) => Some(Effect::Hide { image, digest }),
                                _ => None,
                            };
                            assert_eq!(change.effect, effect, "{told}");
                            assert_eq!(change.publication.requested, publication.requested);
                            done += 1;
                        }
                        Err(refusal) => {
                            assert!(
                                expected.is_none() && refusal.code() == "images.publication_state",
                                "{told}"
                            );
                            assert!(refusal.to_string().ends_with(publication.state.title()), "{refusal}");
                        }
                    }
                }
            }
        }
    }
    // Approve 1, reject 2 by one auditor each; withdraw 2 by three roles and two users.
    assert_eq!(done, 3 + 12);
}

#[test]
fn a_deletion_is_absorbed_in_every_state() {
    for publication in publications() {
        let change = publication.deleted(at(9));
        let lapses = ["requested", "approved"].contains(&publication.state.title());
        assert_eq!(change.publication != publication, lapses, "{:?}", publication.state);
        assert_eq!(change.effect.is_some(), publication.is_shown());
        assert!(!change.publication.is_shown());
    }
}

#[test]
fn a_right_is_to_one_thing_in_one_tenant() {
    let command = PublicationCommand::Approve;
    let elsewhere = PublicationRight::trusted("carl", "carl".parse().unwrap(), command.action(), "treasury");
    for wrong in [elsewhere, trusted("carl", &PublicationCommand::Withdraw)] {
        let refusal = requested().command(&command, &wrong, at(1)).unwrap_err();
        assert!(matches!(refusal, PublicationRefusal::WrongRight { .. }));
    }
    let image = "retail-shop/web:1.4".parse().unwrap();
    let refusal = Publication::request(image, digest(1), &trusted("anna", &command), at(0)).unwrap_err();
    assert_eq!(refusal.code(), "images.wrong_right");
    assert!(right(&user("ben", Role::RestrictedMember), PublicationRight::REQUEST).is_none());
    // An auditor who is also a senior member does not judge what it asked for.
    let both = user("anna", Role::SeniorMember).with_platform(Role::PublicationAuditor);
    let own = right(&both, command.action()).unwrap();
    assert!(matches!(requested().command(&command, &own, at(1)), Err(PublicationRefusal::OwnRequest { .. })));
}

#[test]
fn one_who_is_known_by_a_name_alone_judges_nothing_of_that_name() {
    // Asked for through a portal that decides itself, judged with an id of Keystone; and the other way round.
    let image = || "retail-shop/web:1.4".parse().unwrap();
    let ask = |user: &str| {
        PublicationRight::trusted(user, "anna".parse().unwrap(), PublicationRight::REQUEST, TENANT)
    };
    let auditor = Subject::new("5f3c").with_platform(Role::PublicationAuditor);
    let approve = PublicationCommand::Approve;
    let named = |name: &str| {
        PublicationRight::ask(&auditor, name.parse().unwrap(), approve.action(), TENANT).unwrap()
    };
    let by_name = Publication::request(image(), digest(1), &ask("anna"), at(0)).unwrap();
    assert!(matches!(
        by_name.command(&approve, &named("anna"), at(1)),
        Err(PublicationRefusal::OwnRequest { .. })
    ));
    assert!(by_name.command(&approve, &named("carl"), at(1)).is_ok());
    let senior = Subject::new("77").with_tenant(TENANT, Role::SeniorMember);
    let asked = PublicationRight::ask(&senior, "anna".parse().unwrap(), PublicationRight::REQUEST, TENANT);
    let by_id = Publication::request(image(), digest(1), &asked.unwrap(), at(0)).unwrap();
    let trusted = PublicationRight::trusted("anna", "anna".parse().unwrap(), approve.action(), TENANT);
    assert!(matches!(by_id.command(&approve, &trusted, at(1)), Err(PublicationRefusal::OwnRequest { .. })));
    // Two users of Keystone may have one name.
    assert!(by_id.command(&approve, &named("anna"), at(1)).is_ok());
}

#[test]
fn a_request_has_a_note_and_a_state_a_name() {
    let noted = requested().with_note(" a base\nfor all ");
    assert_eq!(noted.requested.reason.as_deref(), Some("a base for all"));
    assert_eq!(noted.with_note("").requested.reason, None);
    let mut names = Vec::new();
    for publication in publications() {
        let name = publication.state.name();
        assert_eq!(name.to_string().parse(), Ok(name));
        assert_eq!(publication.is_open(), ["requested", "approved"].contains(&name.name()));
        let json = serde_json::to_value(&publication.state).unwrap();
        assert_eq!(json["kind"], serde_json::to_value(name).unwrap());
        let decided = if name == PublicationStateName::Requested { at(0) } else { at(1) };
        assert_eq!(publication.decided_at(), decided);
        names.push(name);
    }
    assert_eq!(names, PublicationStateName::ALL);
    assert!("gone".parse::<PublicationStateName>().unwrap_err().to_string().ends_with("or `lapsed`"));
}

#[test]
fn a_no_has_a_reason_in_one_line() {
    for empty in ["", "  ", "\n\t "] {
        let command = reject(empty);
        let refusal = requested().command(&command, &trusted("carl", &command), at(1)).unwrap_err();
        assert_eq!(refusal, PublicationRefusal::NoReason);
    }
    let PublicationState::Rejected(verdict) = after(&reject(" an old\r\n  base ")).state else { panic!() };
    assert_eq!(
        (verdict.reason.as_deref(), verdict.user.as_str(), verdict.at),
        (Some("an old base"), "carl", at(1))
    );
    let PublicationState::Rejected(verdict) = after(&reject(&"é".repeat(2_000))).state else { panic!() };
    assert_eq!(verdict.reason.unwrap().chars().count(), 500);
}

#[test]
fn who_sees_what() {
    let official = Visibility::Official;
    let public = Visibility::Public { tenant: TENANT.to_owned() };
    let personal = Visibility::Personal { tenant: TENANT.to_owned(), user: "anna".to_owned() };
    let frozen = |subject: Subject| subject.with_frozen(TENANT);
    let elsewhere = Subject::new("anna").with_tenant("treasury", Role::TenantAdministrator);
    let nobody = Subject::new("anna");
    let administrator = Subject::new("root").with_platform(Role::PlatformAdministrator);
    let auditor = Subject::new("carl").with_platform(Role::PublicationAuditor);
    for (subject, expected) in [
        (user("anna", Role::ReadOnly), [true, true, true]),
        (user("ben", Role::TenantAdministrator), [true, true, false]),
        (frozen(user("anna", Role::ReadOnly)), [false, false, false]),
        (frozen(elsewhere.clone().with_tenant(TENANT, Role::SeniorMember)), [true, false, false]),
        (elsewhere, [true, false, false]),
        (nobody.with_namespace("retail-shop"), [false, false, false]),
        (administrator, [true, true, true]),
        (auditor, [false, false, false]),
    ] {
        let sees = [&official, &public, &personal].map(|visibility| visibility.is_shown_to(&subject));
        assert_eq!(sees, expected, "{subject:?}");
    }
    assert_eq!(
        [&official, &public, &personal].map(|visibility| visibility.is_shown_in(TENANT)),
        [true, true, false]
    );
    assert_eq!(
        [&official, &public, &personal].map(|visibility| visibility.is_shown_in("treasury")),
        [true, false, false]
    );
}

#[test]
fn what_is_published_is_exactly_what_was_approved() {
    let public = Visibility::Public { tenant: TENANT.to_owned() };
    for publication in publications() {
        let shown = public.published(Some(&publication), &digest(1));
        assert_eq!(shown == Visibility::Official, publication.is_shown());
        assert_eq!(public.published(Some(&publication), &digest(2)), public);
    }
    assert_eq!(public.published(None, &digest(1)), public);

    let entry = |image: &str, visibility| MallEntry::new(image.parse().unwrap(), digest(1), visibility);
    let entries = [entry("paas/base:1", Visibility::Official), entry("retail-shop/web:1", public)];
    let ben = Subject::new("ben").with_tenant("treasury", Role::ReadOnly);
    let names: Vec<String> =
        MallEntry::shown(&entries, &ben).iter().map(|entry| entry.image.to_string()).collect();
    assert_eq!(names, ["paas/base:1"]);
}

#[test]
fn publications_are_read_again_with_fields_of_later_versions() {
    for publication in publications() {
        let mut written = serde_json::to_value(&publication).unwrap();
        assert_eq!(serde_json::from_value::<Publication>(written.clone()).unwrap(), publication);
        written["later"] = true.into();
        written["state"]["later"] = true.into();
        assert_eq!(serde_json::from_value::<Publication>(written).unwrap(), publication);
    }
}
