//! What becomes of services.

use super::{between, told};
use crate::plan::{With, bank, container, external, load_balancer, release};
use paas_core::{
    application::{
        Access, Affinity, AffinityRule, AffinityTo, Application, ExternalService, Port, Route, RouteProtocol,
        Segment, Service, ServiceKind, Sidekick, Text, UpdateStrategy, Value, Volume,
    },
    release::difference::{Difference, Fate, Reason},
    scaling::{Bounds, ScalingPolicy},
};

#[test]
fn services_come_and_go() {
    let web = || container("web", "dmz");
    assert_eq!(told(&between(bank([web()]), bank([web(), container("api", "app")]))), "added api (app)\n");
    assert_eq!(told(&between(bank([web(), container("api", "app")]), bank([web()]))), "removed api (app)\n");
}

#[test]
fn changes_of_containers_are_told_by_their_paths() {
    let web = |image: &str| {
        container("web", "dmz").runs(|web| {
            web.image = image.to_owned();
            web.labels.insert("io.bank/team".to_owned(), image.into());
        })
    };
    assert_eq!(
        told(&between(bank([web("a")]), bank([web("b")]))),
        "upgraded web (dmz): image a → b, labels.\"io.bank/team\" a → b\n"
    );
    let ports = |ports: &[u16]| {
        let ports = ports.iter().fold(container("web", "dmz"), |web, port| web.listens(*port));
        bank([ports])
    };
    assert_eq!(
        told(&between(ports(&[80, 443]), ports(&[22, 80, 443]))),
        "upgraded web (dmz): ports[22/tcp] – → {container: 22, protocol: tcp}\n"
    );
}

#[test]
fn secrets_are_references() {
    let with = |before: &str| {
        let mut application = bank([container("web", "dmz").runs(|web| {
            let secret = Segment::Secret { secret: "password".to_owned() };
            let url = Text::from_segments([Segment::Literal(before.to_owned()), secret]);
            web.environment.insert("URL".to_owned(), url);
        })]);
        application.secrets = vec!["password".to_owned()];
        application
    };
    assert_eq!(told(&between(with("a:"), with("b:"))), "upgraded web (dmz): environment.URL a:*** → b:***\n");
}

#[test]
fn a_count_alone_is_scaled_and_says_what_the_policy_does() {
    let web = |scale, policies: &[ScalingPolicy]| {
        let mut application = bank([container("web", "dmz").runs(|web| web.scale = scale)]);
        application.policies = policies.to_vec();
        application
    };
    assert_eq!(told(&between(web(2, &[]), web(5, &[]))), "scaled web (dmz): 2 → 5 containers\n");
    let policy = [ScalingPolicy::new("web", "UTC", Bounds { min: 2, max: 8 })];
    assert_eq!(
        told(&between(web(2, &policy), web(5, &policy))),
        "scaled web (dmz): 2 → 5 containers; the count that its scaling policy chose stays within 2 to 8\n"
    );
}

#[test]
fn a_count_and_an_image_are_both_said() {
    let web = |scale: u32| {
        bank([container("web", "dmz").runs(|web| {
            web.scale = scale;
            web.image = format!("web:{scale}");
        })])
    };
    assert_eq!(told(&between(web(1), web(2))), "upgraded web (dmz): image web:1 → web:2, 1 → 2 containers\n");
}

#[test]
fn what_does_not_count_is_only_recorded() {
    let web = |change: fn(&mut Service)| bank([container("db", "dmz"), container("web", "dmz").with(change)]);
    let is_recorded = |change: fn(&mut Service)| {
        let difference = between(web(|_| {}), web(change));
        assert_eq!(difference.services[0].fate, Fate::Recorded, "{}", told(&difference));
        assert!(difference.steps.is_empty());
    };
    is_recorded(|web| {
        let ServiceKind::Container(web) = &mut web.kind else { unreachable!() };
        web.update = Some(UpdateStrategy::one_by_one());
    });
    is_recorded(|web| web.links.push(paas_core::application::Link::dependency("db")));
}

#[test]
fn links_alone_are_set_anew() {
    let db = || container("db", "dmz").listens(5432);
    let web = |web: Service| bank([db(), web]);
    let difference = between(web(container("web", "dmz")), web(container("web", "dmz").connects("db")));
    assert_eq!(told(&difference), "relinked web (dmz): links – → [{kind: connection, to: db}]\n");
}

#[test]
fn what_cannot_be_upgraded_is_made_anew() {
    let why = |old: Service, new: Service| -> Vec<Reason> {
        let others = || [container("a", "dmz").listens(80), container("b", "dmz")];
        let services = |service: Service| bank(others().into_iter().chain([service]));
        let difference = between(services(old), services(new));
        assert_eq!(difference.services[0].fate, Fate::Recreated, "{}", told(&difference));
        difference.services[0].reasons.clone()
    };
    let web = || container("web", "dmz");
    let route = || Route::new(443, RouteProtocol::Tcp, "a", 80);
    assert_eq!(why(web(), load_balancer("web", "dmz", [route()]).connects("a")), [Reason::KindChanged]);
    assert_eq!(why(web(), web().runs(|web| web.everywhere = true)), [Reason::EverywhereChanged]);
    let beside = |main: &'static str| web().runs(|web| web.sidekick = Some(Sidekick::new(main)));
    assert_eq!(why(web(), beside("a")), [Reason::UnitChanged]);
    assert_eq!(why(beside("a"), beside("b")), [Reason::UnitChanged]);
    let elsewhere = Service::new("web", "dmz", ExternalService::Host("elsewhere.example".to_owned()));
    assert_eq!(why(external("web", "dmz"), elsewhere), [Reason::AddressChanged]);
}

#[test]
fn what_writes_to_a_volume_moves_only_once_it_has_stopped() {
    let ledger = |network: &str, access| {
        let mut application = bank([container("ledger", network).mounts("data", "/data")]);
        application.volumes = vec![Volume::new("data")];
        application.volumes[0].access = access;
        application
    };
    let moved = between(ledger("app", None), ledger("core", None));
    assert_eq!(told(&moved), "moved ledger (app → core): network app → core\n");
    assert_eq!(moved.services[0].stopped_first_for, ["data"]);
    let shared = Some(Access::ManyWriters);
    assert!(between(ledger("app", shared), ledger("core", shared)).services[0].stopped_first_for.is_empty());
}

#[test]
fn others_are_touched_by_what_moves() {
    let services = |network: &str| {
        bank([
            container("db", network).listens(5432),
            container("web", "app").connects("db"),
            load_balancer("gate", "app", [Route::new(443, RouteProtocol::Tcp, "web", 80)]).connects("web"),
            container("aside", "app"),
        ])
    };
    let services = |network| {
        let mut application = services(network);
        let ServiceKind::Container(web) = &mut application.services[1].kind else { unreachable!() };
        web.ports.push(Port::new(80));
        application
    };
    let difference = between(services("app"), services("core"));
    let touched: Vec<_> = difference
        .touched
        .iter()
        .map(|touched| format!("{} {}: {}", touched.touch.as_str(), touched.service, touched.why))
        .collect();
    assert_eq!(touched, ["relinked web: what it reaches is made anew: `db`"]);
}

#[test]
fn a_sidekick_is_a_part_of_its_unit() {
    let unit = |image: &'static str| {
        bank([
            container("web", "dmz"),
            container("logger", "dmz").runs(|logger| {
                logger.image = image.to_owned();
                logger.sidekick = Some(Sidekick::new("web"));
            }),
        ])
    };
    let difference = between(unit("logger:1"), unit("logger:2"));
    assert_eq!(told(&difference), "upgraded logger (dmz): image logger:1 → logger:2\n");
    assert_eq!(difference.services[0].beside.as_deref(), Some("web"));
    let steps: Vec<String> = difference.steps.iter().map(ToString::to_string).collect();
    assert_eq!(
        steps,
        ["upgrade `web` in `dmz`: `logger` beside it: image", "finish the upgrade of `web` in `dmz`"]
    );
}

#[test]
fn rules_are_compared_as_a_whole() {
    let web = |label: &'static str| {
        bank([container("web", "dmz").runs(|web| {
            let to = AffinityTo::Host { label: label.to_owned(), value: "x".to_owned() };
            web.affinities.push(Affinity::new(AffinityRule::Must, to));
        })])
    };
    assert!(told(&between(web("a"), web("b"))).starts_with("upgraded web (dmz): affinities [{"));
}

#[test]
fn other_lists_are_told_item_by_item() {
    let with = |change: fn(&mut Application)| {
        let mut application = bank([container("web", "dmz").mounts("data", "/data")]);
        application.volumes = vec![Volume::new("data")];
        change(&mut application);
        application
    };
    let difference = between(
        with(|_| {}),
        with(|application| {
            application.volumes[0].tier = Some("gold".to_owned());
            application.outputs = vec![serde_json::from_str(r#"{"name": "url", "value": null}"#).unwrap()];
            assert_eq!(application.outputs[0].value, Value::Null);
        }),
    );
    assert_eq!(difference.volumes[0].name, "data");
    assert_eq!(
        difference.volumes[0].means.as_deref(),
        Some("a volume that is there stays where it is: its data would have to be copied to a new one")
    );
    assert_eq!(difference.outputs[0].name, "url");
    assert!(difference.services.is_empty());
}

#[test]
fn another_release_is_refused() {
    let (first, second) =
        (release(bank([container("web", "dmz")])), release(bank([container("web", "app")])));
    let difference = Difference::between(&first, &second);
    let error = difference.apply(&second).unwrap_err();
    assert!(error.to_string().starts_with("the difference is of another release: `"), "{error}");
    let newer = serde_json::json!({"format": 1, "application": "bank", "old_services": 0, "new_services": 0,
        "something_new": true, "services": [{"service": "web", "network": "dmz", "fate": "removed", "more": 1}]});
    let read: Difference = serde_json::from_value(newer).unwrap();
    assert_eq!(read.services[0].fate, Fate::Removed);
}
