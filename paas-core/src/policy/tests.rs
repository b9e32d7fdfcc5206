//! Every row, allowed, warned of and denied.

use super::*;
use crate::{
    application::{
        Container, HostMount, LoadBalancer, Mount, Route, RouteProtocol, Service, Sidekick, Text, Value,
    },
    diagnostic::{Code, Diagnostic, Place},
    scaling::{Bounds, FixedCount, Rule, ScalingPolicy, Window},
};

/// A container that nothing can be said against.
fn container() -> Container {
    let mut container = Container::new("registry.bank.test/web:1.4");
    container.resources.cpu_limit_millis = Some(500);
    container.resources.memory_limit_bytes = Some(64 << 20);
    container
}

fn application(container: Container) -> Application {
    let mut application = Application::new("shop");
    application.services.push(Service::new("web", "dmz", container));
    application
}

fn with(change: impl FnOnce(&mut Container)) -> Application {
    let mut container = container();
    change(&mut container);
    application(container)
}

fn host_mount(path: &str) -> Application {
    with(|container| container.security.host_mounts.push(HostMount::new(path, "/x")))
}

/// An application for each row, about which that row and no other has something to say.
fn example(row: Row) -> Application {
    match row {
        Row::Privileged => with(|container| container.security.privileged = true),
        Row::HostNetwork => with(|container| container.security.host_network = true),
        Row::HostPid => with(|container| container.security.host_pid = true),
        Row::HostIpc => with(|container| container.security.host_ipc = true),
        Row::Devices => with(|container| container.security.devices.push("/dev/sda".to_owned())),
        Row::AddedCapabilities => {
            with(|container| container.security.add_capabilities.push("SYS_ADMIN".to_owned()))
        }
        Row::SecurityOptions => {
            with(|container| container.security.security_opt.push("seccomp=unconfined".to_owned()))
        }
        Row::UserRoot => with(|container| container.security.user = Some("root".to_owned())),
        Row::DockerSocket => host_mount("/var/run/docker.sock"),
        Row::ForbiddenHostPaths => host_mount("/etc"),
        Row::HostPaths => host_mount("/srv/data"),
        Row::ReservedLabels => with(|container| {
            container.labels.insert("io.rancher.container.dns".to_owned(), "true".into());
        }),
        Row::MissingLimits => with(|container| container.resources.memory_limit_bytes = None),
        Row::MutableTags => with(|container| container.image = "registry.bank.test/web".to_owned()),
        Row::Registries => with(|container| container.image = "evil.test/web:1.4".to_owned()),
        Row::StatefulWithoutVolume => {
            with(|container| container.image = "registry.bank.test/base/postgres:13.14".to_owned())
        }
        Row::TimeZoneMismatch => in_time_zones("UTC", "Europe/Zurich"),
        Row::RancherKeys => with(|container| {
            container.rancher.insert("dns".to_owned(), Value::Text("192.0.2.1".into()));
        }),
    }
}

fn in_time_zones(own: &str, of_windows: &str) -> Application {
    let mut application = with(|container| {
        container.environment.insert("TZ".to_owned(), Text::from(own));
    });
    let mut plan = ScalingPolicy::new("web", of_windows, Bounds { min: 0, max: 9 });
    let rule = Rule::Fixed { count: FixedCount::Count(1) };
    let midnight = "00:00".parse().expect("a time");
    plan.windows.push(Window::daily("nights", midnight, midnight, rule));
    application.policies.push(plan);
    application
}

/// The default, with a list of registries.
fn policy() -> TemplatePolicy {
    let mut policy = TemplatePolicy::default();
    policy.set_list(Row::Registries, ["registry.bank.test"]);
    policy
}

fn found(policy: &TemplatePolicy, application: &Application) -> Vec<(Code, Severity)> {
    policy.check(application).iter().map(|found| (found.code, found.severity)).collect()
}

#[test]
fn every_row_is_allowed_warned_of_or_denied() {
    for row in Row::ALL {
        let application = example(*row);
        let mut policy = policy();
        // What a row allows, the next one of mounts would tell.
        if matches!(row, Row::DockerSocket | Row::ForbiddenHostPaths) {
            policy.set(Row::HostPaths, Level::Allow);
        }
        if *row == Row::DockerSocket {
            policy.set(Row::ForbiddenHostPaths, Level::Allow);
        }
        let expected = [(Level::Warn, Severity::Warning), (Level::Deny, Severity::Error)];
        for (level, severity) in expected {
            policy.set(*row, level);
            assert_eq!(found(&policy, &application), [(row.code(), severity)], "{row}");
        }
        policy.set(*row, Level::Allow);
        assert_eq!(found(&policy, &application), [], "{row}");
        assert_eq!(found(&TemplatePolicy::allowing_everything(), &application), [], "{row}");
    }
}

#[test]
fn help_says_what_to_write_into_the_file() {
    for row in Row::ALL {
        let problems = policy().check(&example(*row));
        let help = problems.iter().next().and_then(|problem| problem.help.clone()).expect("help");
        assert!(help.ends_with(&format!(", or allow it in the policy file: `{row}: allow`")), "{help}");
    }
}

#[test]
fn what_is_careful_is_not_told_of() {
    let careful = with(|container| {
        container.security.drop_capabilities.push("ALL".to_owned());
        container.security.add_capabilities.push("NET_BIND_SERVICE".to_owned());
        container.security.security_opt.push("no-new-privileges".to_owned());
        container.security.read_only_root = true;
        container.security.user = Some("1000:1000".to_owned());
        container.labels.insert("team".to_owned(), "payments".into());
    });
    assert_eq!(found(&policy(), &careful), []);
    assert_eq!(found(&policy(), &in_time_zones("europe/zurich", "Europe/Zurich")), []);
}

#[test]
fn keys_of_rancher_that_stay_inside_are_not_told_of() {
    let harmless = with(|container| {
        container.rancher.insert("retain_ip".to_owned(), Value::Boolean(true));
        container.rancher.insert("metadata".to_owned(), Value::Map([].into()));
    });
    assert_eq!(found(&policy(), &harmless), []);
    let mut policy = policy();
    policy.set_list(Row::RancherKeys, ["metadata"]);
    let told: Vec<_> = policy.check(&harmless).iter().map(|found| found.message.clone()).collect();
    assert_eq!(told, ["`web` passes the key `retain_ip` on to Rancher"]);
}

#[test]
fn only_a_volume_that_outlives_the_container_keeps_data() {
    let postgres = || {
        let mut it = container();
        it.image = "registry.bank.test/postgres:13.14".to_owned();
        it
    };
    let beside = |change: fn(&mut Container, &mut Container)| {
        let (mut main, mut data) = (postgres(), container());
        data.sidekick = Some(Sidekick::new("web"));
        change(&mut main, &mut data);
        let mut application = application(main);
        application.services.push(Service::new("data", "dmz", data));
        found(&policy(), &application)
    };
    let told = [(Code::PolicyStatefulWithoutVolume, Severity::Warning)];
    let nameless = beside(|main, data| {
        main.anonymous_volumes.push("/var/lib/data".to_owned());
        main.volumes_from.push("data".to_owned());
        data.anonymous_volumes.push("/var/lib/data".to_owned());
        // In a circle, which the planner refuses.
        data.volumes_from.push("web".to_owned());
    });
    assert_eq!(nameless, told);
    assert_eq!(beside(|_, data| data.mounts.push(Mount::new("books", "/var/lib/data"))), told);
    let seen = beside(|main, data| {
        main.volumes_from.push("data".to_owned());
        data.mounts.push(Mount::new("books", "/var/lib/data"));
    });
    assert_eq!(seen, []);
}

#[test]
fn a_digest_never_changes() {
    let digest = format!("registry.bank.test/web:latest@sha256:{}", "0a".repeat(32));
    assert_eq!(found(&policy(), &with(|container| container.image = digest)), []);
}

#[test]
fn lists_are_taken_as_they_are_given() {
    let mut policy = policy();
    policy.set_list(Row::AddedCapabilities, ["NET_ADMIN"]);
    let adds = |name: &str| with(|container| container.security.add_capabilities.push(name.to_owned()));
    assert_eq!(found(&policy, &adds("NET_ADMIN")), []);
    assert_eq!(found(&policy, &adds("CAP_NET_ADMIN")), []);
    assert_eq!(found(&policy, &adds("CHOWN")).len(), 1);
    policy.set_list(Row::AddedCapabilities, [""; 0]);
    assert_eq!(found(&policy, &adds("NET_ADMIN")).len(), 1);
    // A row without a list stays without one.
    policy.set_list(Row::Privileged, ["x"]);
    assert_eq!(policy.list(Row::Privileged).count(), 0);
}

#[test]
fn of_a_mount_the_worst_is_told() {
    let code = |policy: &TemplatePolicy, path: &str| {
        found(policy, &host_mount(path)).first().map(|(code, _)| code.as_str())
    };
    let mut policy = policy();
    for (path, expected) in [
        ("/var/run/docker.sock", "policy.docker_socket"),
        ("/run/docker.sock", "policy.docker_socket"),
        ("/srv/../run//docker.sock", "policy.docker_socket"),
        ("/", "policy.forbidden_host_paths"),
        ("/var", "policy.forbidden_host_paths"),
        ("/etc/ssl", "policy.forbidden_host_paths"),
        ("/srv", "policy.host_paths"),
    ] {
        assert_eq!(code(&policy, path), Some(expected), "{path}");
    }
    policy.set(Row::ForbiddenHostPaths, Level::Warn);
    policy.set(Row::HostPaths, Level::Allow);
    assert_eq!(code(&policy, "/run"), Some("policy.docker_socket"));
    assert_eq!(code(&policy, "/etc"), Some("policy.forbidden_host_paths"));
    assert_eq!(code(&policy, "/srv"), None);
}

#[test]
fn a_volume_with_the_name_of_a_path_is_a_path() {
    let volume = with(|container| container.mounts.push(Mount::new("/etc", "/x")));
    assert_eq!(found(&policy(), &volume), [(Code::PolicyForbiddenHostPaths, Severity::Error)]);
}

#[test]
fn data_needs_a_volume_that_can_be_written() {
    let mut reads = Mount::new("data", "/var/lib/postgresql/data");
    let postgres = |mount: &Mount| {
        with(|container| {
            container.image = "registry.bank.test/postgres:13.14".to_owned();
            container.mounts.push(mount.clone());
        })
    };
    assert_eq!(found(&policy(), &postgres(&reads)), []);
    reads.read_only = true;
    assert_eq!(found(&policy(), &postgres(&reads)).len(), 1);
    let cache = |command: &[&str]| {
        with(|container| {
            container.image = "registry.bank.test/base/redis:6.2.14".to_owned();
            container.command = command.iter().copied().map(Text::from).collect();
        })
    };
    assert_eq!(found(&policy(), &cache(&["redis-server", "--save", ""])), []);
    assert_eq!(found(&policy(), &cache(&["redis-server", "--save", "", "--appendonly", "yes"])).len(), 1);
    let mut job = example(Row::StatefulWithoutVolume);
    if let Some(ServiceKind::Container(container)) = job.services.first_mut().map(|service| &mut service.kind)
    {
        container.run_once = true;
    }
    assert_eq!(found(&policy(), &job), []);
}

#[test]
fn what_was_not_read_is_not_told_of() {
    let unread = with(|container| {
        container.resources = crate::application::Resources::default();
        container.origins.note_unread("resources");
        container.image = String::new();
    });
    assert_eq!(found(&policy(), &unread), []);
    let postgres = with(|container| {
        container.image = "registry.bank.test/postgres:13.14".to_owned();
        container.origins.note_unread("volumes");
    });
    assert_eq!(found(&policy(), &postgres), []);
}

#[test]
fn places_are_those_of_the_values() {
    let label = "io.rancher.container.dns";
    let mut labelled = with(|container| {
        container.labels.insert(label.to_owned(), "true".into());
        container.origins.note_entry("labels", label, Place::start_of("label.yaml"));
    });
    labelled.services.iter_mut().for_each(|service| service.origin = Place::start_of("service.yaml").into());
    let file = |problems: &Diagnostics| {
        problems.iter().next().and_then(Diagnostic::place).map(|place| place.file.to_string())
    };
    assert_eq!(file(&policy().check(&labelled)).as_deref(), Some("label.yaml"));
    let mut limits = example(Row::MissingLimits);
    limits.services.iter_mut().for_each(|service| service.origin = Place::start_of("service.yaml").into());
    assert_eq!(file(&policy().check(&limits)).as_deref(), Some("service.yaml"));
}

#[test]
fn images_of_load_balancers_are_held_against_the_registries() {
    let route = Route::new(80, RouteProtocol::Http, "web", 8080);
    let mut shop = application(container());
    shop.services.push(Service::new("lb", "dmz", LoadBalancer::new([route])));
    let mut target = Target::default();
    assert!(policy().check_target(&shop, &target).is_empty());
    target.load_balancer_image = "evil.test/haproxy:1".to_owned();
    let codes: Vec<_> = policy().check_target(&shop, &target).iter().map(|found| found.code).collect();
    assert_eq!(codes, [Code::PolicyRegistries]);
    assert!(policy().check_target(&application(container()), &target).is_empty());
}

#[test]
fn however_much_there_is_an_error_is_told() {
    let mut many = Application::new("many");
    for number in 0..10_100 {
        many.services.push(Service::new(format!("web{number}"), "dmz", Container::new("r.test/web:1")));
    }
    many.services.push(Service::new("last", "dmz", {
        let mut last = container();
        last.security.privileged = true;
        last
    }));
    let problems = TemplatePolicy::default().check(&many);
    assert!(problems.has_errors() && problems.len() == 10_001, "{}", problems.len());
}
