//! Differences as documents and as pictures, of one pair of releases that has a little of everything.

use crate::plan::{With, bank, container, load_balancer, release};
use paas_core::{
    application::{Port, Route, RouteProtocol, Sidekick, Volume},
    release::{Release, difference::Difference},
    scaling::{Bounds, ScalingPolicy},
};

/// What the first version of the format looked like.
const FORMAT_1: &str = include_str!("golden/format-1.json");

fn pair() -> (Release, Release) {
    let route = |host: &str| {
        let mut route = Route::new(443, RouteProtocol::Https, "api", 8080);
        route.host = Some(host.to_owned());
        route
    };
    let gate = |host: &str| {
        load_balancer("gate", "dmz", [route(host)]).connects("api").with(|gate| {
            if let paas_core::application::ServiceKind::LoadBalancer(gate) = &mut gate.kind {
                gate.certificate = Some("bank".to_owned());
            }
        })
    };
    let mut old = bank([
        container("ledger", "app").listens(5432).mounts("books", "/books"),
        container("api", "app").listens(8080).connects("ledger"),
        container("web", "dmz").runs(|web| web.scale = 2),
        container("report", "core"),
        gate("bank.test"),
    ]);
    old.volumes = vec![Volume::new("books")];
    old.policies = vec![ScalingPolicy::new("web", "UTC", Bounds { min: 1, max: 4 })];
    let mut new = bank([
        container("audit", "core").listens(9000),
        container("ledger", "core").listens(5432).mounts("books", "/books"),
        container("api", "app").listens(8080).connects("ledger").runs(|api| {
            api.image = "registry.example/api:2".to_owned();
            api.environment.insert("MODE".to_owned(), "quick".into());
            api.ports.insert(0, Port::new(8081));
        }),
        container("logger", "app").runs(|logger| logger.sidekick = Some(Sidekick::new("api"))),
        container("web", "dmz").runs(|web| web.scale = 3),
        gate("www.bank.test"),
    ]);
    new.volumes = vec![Volume::new("books")];
    new.volumes[0].tier = Some("gold".to_owned());
    new.policies = vec![ScalingPolicy::new("web", "UTC", Bounds { min: 2, max: 6 })];
    (release(old), release(new))
}

#[test]
fn the_document_is_as_it_was_promised() {
    let (old, new) = pair();
    let document = serde_json::to_string_pretty(&Difference::between(&old, &new)).unwrap();
    assert_eq!(document, FORMAT_1.trim_end());
}

#[test]
fn what_was_stored_can_be_read_and_applied() {
    let (old, new) = pair();
    let stored: Difference = serde_json::from_str(FORMAT_1).unwrap();
    assert_eq!(stored.apply(&old).unwrap(), new);
}

#[test]
fn what_changed_is_drawn_with_its_neighbours() {
    let (old, new) = pair();
    insta::assert_snapshot!(Difference::between(&old, &new).to_mermaid(&old, &new));
}

#[test]
fn nothing_of_a_name_is_syntax() {
    let (mut old, new) = pair();
    for part in &mut old.parts {
        part.network.name = "a\"] --> x; %%{init: 1}%% <b>".to_owned();
        for service in &mut part.services {
            service.name.push_str("\"] end `x` #quot;\n\u{1b}[31m");
        }
    }
    let picture = Difference::between(&old, &new).to_mermaid(&old, &new);
    for line in picture.lines().filter(|line| line.contains('[') && !line.contains("classDef")) {
        let (before, rest) = line.split_once("[\"").unwrap();
        let (label, after) = rest.rsplit_once("\"]").unwrap();
        assert!(before.trim().chars().all(|c| c.is_ascii_alphanumeric() || c == ' '), "{line}");
        assert!(after.is_empty() || after.starts_with(":::"), "{line}");
        let label = label.replace("<br/>", " ");
        assert!(!label.contains(['"', '<', '>', '[', ']', '`', '%', '{', '\u{1b}']), "{line}");
    }
}
