//! The rules for whoever maps Keystone's roles to other systems, each by its number: 1 effective roles only; 2 what is
//! inherited; 3 domains; 4 the system; 5 implied roles; 6 groups; 7 what is disabled; 8 new names, and what is gone; 9
//! application credentials; 12 sets and case. 10 and 11, the last administrator, the fuse and the dry run, belong to the
//! plan of memberships.

use super::{
    Assignment, Directory, EffectiveRoles, Frozen, Place, Skipped, effective, from_effective, narrowed,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// bank: retail ▸ retail-dev ▸ retail-dev-ci, and markets; other: elsewhere.
fn bank() -> Directory {
    Directory::default()
        .with_domain("bank", true)
        .with_domain("other", true)
        .with_project("retail", "bank", Some("bank"), true)
        .with_project("retail-dev", "bank", Some("retail"), true)
        .with_project("retail-dev-ci", "bank", Some("retail-dev"), true)
        .with_project("markets", "bank", Some("bank"), true)
        .with_project("elsewhere", "other", Some("other"), true)
        .with_user("anna", "bank", true)
        .with_user("bob", "bank", true)
        .with_user("eve", "other", true)
        .with_group("devs", ["anna", "bob"])
        .with_role("a", "admin")
        .with_role("m", "Manager")
        .with_role("b", "member")
        .with_role("r", "reader")
        .with_inference("a", "m")
        .with_inference("m", "b")
        .with_inference("b", "r")
}

fn project(id: &str) -> Place {
    Place::Project(id.to_owned())
}

fn domain(id: &str) -> Place {
    Place::Domain(id.to_owned())
}

fn roles(found: &EffectiveRoles, user: &str) -> String {
    found.roles_of(user).collect::<Vec<_>>().join(" ")
}

/// The roles of a user in the projects of [`bank`].
fn everywhere(directory: &Directory, assignments: &[Assignment], user: &str) -> String {
    let at = |id: &&str| {
        let found = effective(directory, assignments, &project(id));
        (!found.users.is_empty()).then(|| format!("{id}: {}", roles(&found, user)))
    };
    ["retail", "retail-dev", "retail-dev-ci", "markets", "elsewhere"]
        .iter()
        .filter_map(at)
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn rule_1_what_keystone_has_expanded_comes_to_the_same() {
    let directory = bank();
    let given = [
        Assignment::of_group("devs", "b", project("retail")),
        Assignment::of_user("anna", "m", domain("bank")).inherited(),
    ];
    let rows = [
        // As Keystone lists it: rows repeat, and say that they come from above.
        Assignment::of_user("anna", "b", project("retail")),
        Assignment::of_user("anna", "r", project("retail")),
        Assignment::of_user("anna", "r", project("retail")),
        Assignment::of_user("bob", "b", project("retail")),
        Assignment::of_user("bob", "r", project("retail")),
        Assignment::of_user("anna", "m", project("retail")).inherited(),
        // Rows of other places do not matter.
        Assignment::of_user("bob", "a", project("markets")),
    ];
    let expected = effective(&directory, &given, &project("retail"));
    assert_eq!(from_effective(&directory, &rows, &project("retail")), expected);
    assert_eq!(roles(&expected, "anna"), "manager member reader");
    // A Keystone that forgets implied roles.
    let forgetful: Vec<_> = rows.iter().filter(|row| row.role != "r").cloned().collect();
    assert_eq!(from_effective(&directory, &forgetful, &project("retail")), expected);
}

#[test]
fn rule_2_what_is_inherited_holds_below_and_not_where_it_was_given() {
    let directory = bank();
    let direct = [Assignment::of_user("anna", "r", project("retail"))];
    assert_eq!(everywhere(&directory, &direct, "anna"), "retail: reader");
    let inherited = [Assignment::of_user("anna", "r", project("retail")).inherited()];
    assert_eq!(everywhere(&directory, &inherited, "anna"), "retail-dev: reader; retail-dev-ci: reader");
    let middle = [Assignment::of_user("anna", "r", project("retail-dev")).inherited()];
    assert_eq!(everywhere(&directory, &middle, "anna"), "retail-dev-ci: reader");
}

#[test]
fn rule_3_a_domain_is_not_its_projects() {
    let directory = bank();
    let given = [Assignment::of_user("anna", "m", domain("bank"))];
    assert_eq!(everywhere(&directory, &given, "anna"), "");
    assert_eq!(roles(&effective(&directory, &given, &domain("bank")), "anna"), "manager member reader");
    let inherited = [Assignment::of_user("anna", "b", domain("bank")).inherited()];
    assert_eq!(
        everywhere(&directory, &inherited, "anna"),
        "retail: member reader; retail-dev: member reader; retail-dev-ci: member reader; markets: member reader"
    );
    assert!(effective(&directory, &inherited, &domain("bank")).users.is_empty());
}

#[test]
fn rule_4_the_system_is_apart() {
    let directory = bank();
    for given in [
        Assignment::of_user("anna", "a", Place::System),
        Assignment::of_user("anna", "a", Place::System).inherited(),
    ] {
        assert_eq!(everywhere(&directory, std::slice::from_ref(&given), "anna"), "");
        assert!(effective(&directory, &[given], &domain("bank")).users.is_empty());
    }
    let system = [Assignment::of_group("devs", "a", Place::System)];
    assert_eq!(roles(&effective(&directory, &system, &Place::System), "bob"), "admin manager member reader");
    let others = [
        Assignment::of_user("anna", "a", project("retail")),
        Assignment::of_user("anna", "a", domain("bank")),
    ];
    assert!(effective(&directory, &others, &Place::System).users.is_empty());
}

#[test]
fn rule_5_implied_roles_are_followed_to_their_end_and_circles_end() {
    let directory = bank().with_inference("r", "a").with_inference("r", "r");
    let given = [Assignment::of_user("anna", "b", project("retail"))];
    assert_eq!(
        roles(&effective(&directory, &given, &project("retail")), "anna"),
        "admin manager member reader"
    );
    // Sites change them.
    let site = bank().with_role("s", "senior").with_inference("s", "b");
    let given = [Assignment::of_user("anna", "s", project("retail"))];
    assert_eq!(roles(&effective(&site, &given, &project("retail")), "anna"), "member reader senior");
}

#[test]
fn rule_5_a_role_of_a_domain_gives_only_what_it_implies() {
    let directory =
        bank().with_role_of_domain("d", "operator").with_inference("d", "b").with_role_of_domain("e", "x");
    let given = [
        Assignment::of_user("anna", "d", project("retail")),
        Assignment::of_user("bob", "e", project("retail")),
    ];
    let found = effective(&directory, &given, &project("retail"));
    assert_eq!(roles(&found, "anna"), "member reader");
    assert!(!found.users.contains_key("bob") && found.skipped.is_empty());
}

#[test]
fn rule_6_who_leaves_a_group_loses_its_roles() {
    let given = [Assignment::of_group("devs", "b", project("retail"))];
    let before = effective(&bank(), &given, &project("retail"));
    assert_eq!(
        (roles(&before, "anna"), roles(&before, "bob")),
        ("member reader".into(), "member reader".into())
    );
    let mut directory = bank();
    directory.groups.get_mut("devs").unwrap().remove("bob");
    assert!(!effective(&directory, &given, &project("retail")).users.contains_key("bob"));
    directory.groups.clear();
    let found = effective(&directory, &given, &project("retail"));
    assert!(found.users.is_empty());
    assert_eq!(found.skipped, BTreeSet::from([Skipped::UnknownGroup("devs".to_owned())]));
}

#[test]
fn rule_7_what_is_disabled_takes_the_roles_and_says_so() {
    let given = [
        Assignment::of_user("anna", "b", project("retail")),
        Assignment::of_user("eve", "b", project("retail")),
        Assignment::of_user("anna", "b", domain("bank")),
    ];
    let at = |directory: Directory, place: Place| effective(&directory, &given, &place);
    let skipped = |user: &str| BTreeSet::from([Skipped::DisabledUser(user.to_owned())]);

    let found = at(bank().with_user("anna", "bank", false), project("retail"));
    assert_eq!((roles(&found, "eve"), &found.skipped), ("member reader".into(), &skipped("anna")));
    assert!(!found.users.contains_key("anna"));
    // The domain of a user.
    let found = at(bank().with_domain("other", false), project("retail"));
    assert_eq!((roles(&found, "anna"), &found.skipped), ("member reader".into(), &skipped("eve")));

    for (directory, place, why) in [
        (bank().with_project("retail", "bank", Some("bank"), false), project("retail"), Frozen::Disabled),
        (bank().with_domain("bank", false), project("retail"), Frozen::DomainDisabled),
        (bank().with_domain("bank", false), domain("bank"), Frozen::Disabled),
    ] {
        let found = at(directory, place);
        assert_eq!((found.frozen, found.users.len()), (Some(why), 0));
    }
    assert_eq!(at(bank(), project("retail")).frozen, None);
}

#[test]
fn rule_8_only_ids_count_and_what_is_gone_is_frozen() {
    let given =
        [Assignment::of_user("anna", "b", project("gone")), Assignment::of_user("anna", "b", domain("gone"))];
    for place in [project("gone"), domain("gone")] {
        let found = effective(&bank(), &given, &place);
        assert_eq!((found.frozen, found.users.len()), (Some(Frozen::Missing), 0));
    }
    let given = [
        Assignment::of_user("gone", "b", project("retail")),
        Assignment::of_user("anna", "gone", project("retail")),
    ];
    let found = effective(&bank(), &given, &project("retail"));
    assert!(found.users.is_empty());
    let skipped = [Skipped::UnknownUser("gone".to_owned()), Skipped::UnknownRole("gone".to_owned())];
    assert_eq!(found.skipped, BTreeSet::from(skipped));
}

#[test]
fn rule_9_a_credential_narrows_and_never_widens() {
    let of = |names: &[&str]| -> BTreeSet<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    assert_eq!(
        narrowed(&of(&["manager", "member", "reader"]), ["member", "Reader"]),
        of(&["member", "reader"])
    );
    // The credential was made when there was more.
    assert_eq!(narrowed(&of(&["reader"]), ["admin", "reader"]), of(&["reader"]));
    assert_eq!(narrowed(&of(&["reader"]), []), of(&[]));
}

#[test]
fn rule_12_names_are_sets_without_case() {
    let directory = bank().with_role("x", "MEMBER").with_role("y", "Reader");
    let given = [
        Assignment::of_user("anna", "x", project("retail")),
        Assignment::of_user("anna", "y", project("retail")),
        Assignment::of_user("anna", "b", project("retail")),
    ];
    let mut backwards = given.to_vec();
    backwards.reverse();
    let found = effective(&directory, &given, &project("retail"));
    assert_eq!(roles(&found, "anna"), "member reader");
    assert_eq!(effective(&directory, &backwards, &project("retail")), found);
}

#[test]
fn projects_in_a_circle_do_no_harm() {
    let directory = bank().with_project("retail", "bank", Some("retail-dev-ci"), true);
    let given = [Assignment::of_user("anna", "r", project("retail")).inherited()];
    assert_eq!(everywhere(&directory, &given, "anna"), "retail-dev: reader; retail-dev-ci: reader");
}

fn assignments() -> impl Strategy<Value = Vec<Assignment>> {
    let place = prop_oneof![
        proptest::sample::select(vec!["retail", "retail-dev", "retail-dev-ci", "markets", "elsewhere"])
            .prop_map(project),
        proptest::sample::select(vec!["bank", "other"]).prop_map(domain),
        Just(Place::System),
    ];
    let role = proptest::sample::select(vec!["a", "m", "b", "r"]);
    let one = (place, role, 0..4_usize, any::<bool>()).prop_map(|(place, role, who, inherited)| {
        let assignment = match who {
            0 => Assignment::of_user("anna", role, place),
            1 => Assignment::of_user("bob", role, place),
            2 => Assignment::of_user("eve", role, place),
            _ => Assignment::of_group("devs", role, place),
        };
        if inherited { assignment.inherited() } else { assignment }
    });
    proptest::collection::vec(one, 0..12)
}

proptest! {
    /// More is never less, and the order does not matter.
    #[test]
    fn one_more_assignment_takes_nothing(given in assignments(), more in assignments(), id in 0..5_usize) {
        let place = project(["retail", "retail-dev", "retail-dev-ci", "markets", "elsewhere"][id]);
        let few = effective(&bank(), &given, &place);
        let all: Vec<_> = more.iter().chain(&given).cloned().collect();
        let many = effective(&bank(), &all, &place);
        for (user, roles) in &few.users {
            prop_assert!(roles.is_subset(&many.users[user]));
        }
    }

    /// Nothing comes from nowhere: without what was given at the place or above it there are no roles.
    #[test]
    fn roles_come_from_the_place_or_from_above(given in assignments()) {
        let is_far = |assignment: &&Assignment| match &assignment.place {
            Place::Project(id) => id != "retail-dev" && id != "retail",
            Place::Domain(id) => id != "bank",
            Place::System => true,
        };
        let far: Vec<_> = given.iter().filter(is_far).cloned().collect();
        prop_assert!(effective(&bank(), &far, &project("retail-dev")).users.is_empty());
    }

    /// What a place's roles come to, given as an expanded list, comes to the same again.
    #[test]
    fn expanding_twice_is_expanding_once(given in assignments()) {
        let place = project("retail-dev");
        let once = effective(&bank(), &given, &place);
        let id = |name: &str| match name { "admin" => "a", "manager" => "m", "member" => "b", _ => "r" };
        let mut rows = Vec::new();
        for (user, roles) in &once.users {
            rows.extend(roles.iter().map(|role| Assignment::of_user(user, id(role), place.clone())));
        }
        prop_assert_eq!(from_effective(&bank(), &rows, &place), once);
    }
}
