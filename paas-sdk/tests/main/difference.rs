//! Differences of releases as text.

use paas_sdk::{
    Difference, Release, Target,
    core::{
        application::{Application, Container, External, Link, Network, Port, Segment, Service, Text},
        scaling::{Bounds, ScalingPolicy},
    },
    report,
};
use std::fmt::Write as _;

/// A bank with 300 services on three networks; each connects to the one before.
fn bank(change: impl Fn(&mut Service)) -> Release {
    let mut bank = Application::new("bank");
    bank.networks = ["dmz", "app", "core"].map(Network::new).into();
    bank.services = (0..300)
        .map(|number| {
            let network = match number {
                0..100 => "core",
                100..200 => "app",
                _ => "dmz",
            };
            let mut container =
                Container::new(format!("registry.bank.test/teams/payments/service-{number}:1.4"));
            container.scale = 2;
            container.environment.insert("MODE".to_owned(), "quick".into());
            container.environment.insert("SETTINGS".to_owned(), "[a]\nx = 1\n[b]\ny = 2\n".into());
            container.ports.push(Port::new(8080));
            let mut service = Service::new(format!("service-{number}"), network, container);
            if number > 0 {
                service.links.push(Link::connection(format!("service-{}", number - 1)));
            }
            change(&mut service);
            service
        })
        .collect();
    bank.policies = vec![ScalingPolicy::new("service-250", "UTC", Bounds { min: 2, max: 8 })];
    Release::plan(bank, &Target::default()).release.expect("it can be planned")
}

fn runs(service: &mut Service, change: impl Fn(&mut Container)) {
    if let paas_sdk::core::application::ServiceKind::Container(container) = &mut service.kind {
        change(container);
    }
}

#[test]
fn three_of_three_hundred() {
    let old = bank(|_| {});
    let new = bank(|service| match service.name.as_str() {
        "service-42" => runs(service, |container| {
            container.image = "registry.bank.test/teams/payments/service-42:1.5".to_owned();
            container.environment.insert("SETTINGS".to_owned(), "[a]\nx = 1\n[b]\ny = 3\n".into());
            container.environment.insert("LEVEL".to_owned(), "info".into());
        }),
        "service-250" => runs(service, |container| container.scale = 5),
        "service-150" => service.network = "core".to_owned(),
        _ => {}
    });
    let difference = Difference::between(&old, &new);
    assert_eq!(report::difference(&difference), include_str!("expected/three_of_three_hundred.txt"));
}

#[test]
fn what_is_the_same_is_one_line() {
    let old = bank(|_| {});
    assert_eq!(report::difference(&Difference::between(&old, &old)), "bank: nothing is different\n");
}

#[test]
fn nothing_steers_a_terminal() {
    let odd = "a\u{1b}[31m\u{202e}\n\r\u{9b}";
    let old = bank(|_| {});
    let new = bank(|service| {
        runs(service, |container| {
            container.image = odd.to_owned();
            container.environment.insert(odd.to_owned(), odd.into());
        });
    });
    let text = report::difference(&Difference::between(&old, &new));
    assert!(!text.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')));
    let mut lines = String::new();
    let _ = writeln!(lines, "{}", text.lines().take(3).collect::<Vec<_>>().join("|"));
    assert!(lines.starts_with("bank: 300 of 300 services change: 300 upgraded||upgraded"), "{lines}");
}

#[test]
fn what_is_touched_for_one_reason_is_one_line() {
    let old = bank(|_| {});
    let mut new = old.clone();
    new.stack = "another".to_owned();
    let text = report::difference(&Difference::between(&old, &new));
    let line = "service-3 (core), service-4 (core), service-5 (core) and 294 more: recreated: the stack has another name\n";
    assert!(text.contains(line), "{}", text.chars().take(1000).collect::<String>());
    let headline = "bank: 300 of 300 services change: 300 recreated because of others\n";
    assert!(text.starts_with(headline), "{}", text.chars().take(100).collect::<String>());
}

#[test]
fn what_became_a_secret_is_not_shown() {
    let secret = || Text::from_segments([Segment::Secret { secret: "password".to_owned() }]);
    let web = |text: Text| {
        let mut container = Container::new("web:1");
        container.command = vec!["run".into(), text.clone()];
        container.environment.insert("PASSWORD".to_owned(), text);
        let mut bank = Application::new("bank");
        bank.networks = vec![Network::new("dmz")];
        bank.services = vec![Service::new("web", "dmz", container)];
        bank.secrets = vec!["password".to_owned()];
        let planned = Release::plan(bank, &Target::default());
        planned.release.unwrap_or_else(|| panic!("{:?}", planned.diagnostics))
    };
    let (plain, hidden) = (web("hunter2".into()), web(secret()));
    for (old, new, shown) in [
        (
            &plain,
            &hidden,
            ["~ command: [run, \"***\"] → [run, \"***\"]\n", "~ environment.PASSWORD: *** → ***\n"],
        ),
        (
            &hidden,
            &plain,
            ["~ command: [run, \"***\"] → [run, \"***\"]\n", "~ environment.PASSWORD: *** → ***\n"],
        ),
    ] {
        let difference = Difference::between(old, new);
        let text = report::difference(&difference);
        for line in shown {
            assert!(text.contains(line), "{text}");
        }
        for shown in [text, difference.to_mermaid(old, new), format!("{difference:?}")] {
            assert!(!shown.contains("hunter2"), "{shown}");
        }
        // Whoever applies it needs all of it.
        assert!(report::difference_json(&difference).contains("hunter2"));
        assert_eq!(&difference.apply(old).expect("it applies"), new);
    }
}

#[test]
fn ports_are_shown_as_people_write_them() {
    let published = |port: u16| {
        bank(|service| {
            if service.name == "service-250" {
                runs(service, |container| {
                    container.ports = vec![Port::new(80), Port::new(8080)];
                    if let Some(first) = container.ports.first_mut() {
                        first.external = External::Given(port);
                    }
                });
            }
        })
    };
    let text = report::difference(&Difference::between(&bank(|_| {}), &published(8000)));
    for line in ["    + ports: 8000->80/tcp\n", "\nports on hosts\n  + dmz/service-250 8000->80/tcp\n"] {
        assert!(text.contains(line), "{text}");
    }
    let text = report::difference(&Difference::between(&published(8000), &published(9000)));
    for line in
        ["    ~ ports: 8000->80/tcp → 9000->80/tcp\n", "  ~ dmz/service-250 8000->80/tcp → 9000->80/tcp\n"]
    {
        assert!(text.contains(line), "{text}");
    }
}
