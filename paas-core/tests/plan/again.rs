//! From a release back to an application, and forth again.

use super::*;
use paas_core::{
    application::{LogFiles, Selector, Sidekick, Volume},
    scaling::{Bounds, FixedCount, Rule, ScalingPolicy, TimeOfDay, Window},
};
use proptest::{collection::vec, prelude::*, strategy::ValueTree};

/// What a service is, its network, and whom it needs.
type Node = (u8, usize, Vec<(usize, bool)>, [bool; 3]);

fn node() -> impl Strategy<Value = Node> {
    (0..9_u8, 0..3_usize, vec((0..10_usize, prop::bool::weighted(0.3)), 0..4), any::<[bool; 3]>())
}

/// An application that can mostly be planned.
fn application(nodes: &[Node], order: &[usize]) -> Application {
    const NETWORKS: [&str; 3] = ["dmz", "app", "core"];
    let name = |index: usize| format!("s{}", order[index % nodes.len()]);
    let mut services = Vec::new();
    for (index, (kind, network, links, [listens, logs, mounts])) in nodes.iter().enumerate() {
        let network = NETWORKS[*network];
        let mut service = match kind {
            0 => external(&name(index), network),
            1 => {
                let mut route = Route::new(80, paas_core::application::RouteProtocol::Http, "", 8080);
                let mut selector = Selector::new([("tier".to_owned(), "quotes".to_owned())].into());
                selector.network = Some(NETWORKS[(index + 1) % 3].to_owned());
                route.selector = Some(selector);
                // Each listens on a port of its own.
                route.listen = 1000 + u16::try_from(index).unwrap();
                load_balancer(&name(index), network, [route])
            }
            _ => container(&name(index), network).listens(8080),
        };
        for (to, is_dependency) in links {
            let (target, _, _, _) = &nodes[to % nodes.len()];
            let to = name(*to);
            if *kind > 1
                && *target != 1
                && !service.links.iter().any(|link| link.to == to)
                && to != service.name
            {
                service.links.push(if *is_dependency { Link::dependency(to) } else { Link::connection(to) });
            }
        }
        if let ServiceKind::Container(container) = &mut service.kind {
            if *listens {
                container.ports[0].external = paas_core::application::External::Allocated;
            }
            if *logs {
                container.log_files = vec![LogFiles::new("/var/log", [])];
            }
            if *mounts {
                container.mounts = vec![Mount::new(["v1", "v2"][index % 2], "/data")];
            }
            if *kind % 2 == 0 {
                "same".clone_into(&mut container.image);
            }
        }
        services.push(service);
    }
    // One of them may run beside another of its network.
    let beside = nodes.iter().position(|(kind, ..)| *kind == 8);
    let main = nodes.iter().position(|(kind, network, ..)| {
        (2..8).contains(kind) && beside.is_some_and(|beside| nodes[beside].1 == *network)
    });
    if let (Some(beside), Some(main)) = (beside, main)
        && let ServiceKind::Container(container) = &mut services[beside].kind
    {
        container.sidekick = Some(Sidekick::new(name(main)));
    }
    let mut application = bank(services);
    application.description = Some("A bank.".to_owned());
    application.volumes = ["v0", "v1", "v2"].map(Volume::new).into();
    let midnight = TimeOfDay::MIDNIGHT;
    for service in &application.services {
        if service
            .container()
            .is_some_and(|container| container.sidekick.is_none() && !container.mounts.is_empty())
        {
            let mut plan = ScalingPolicy::new(&service.name, "UTC", Bounds { min: 1, max: 1 });
            let rule = Rule::Fixed { count: FixedCount::Count(1) };
            plan.windows = vec![Window::daily("all-day", midnight, midnight, rule)];
            application.policies.push(plan);
        }
    }
    application
}

/// Plans, takes the application from the release, and plans again.
fn assert_again(application: &Application) -> bool {
    let mut target = Target::default();
    target.stack = Some("stack".to_owned());
    let Some(release) = Release::plan(application.clone(), &target).release else { return false };
    let again = Release::plan(release.application(), &target);
    assert_eq!(again.release.as_ref(), Some(&release), "{:?}", again.diagnostics);
    true
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn planning_again_gives_the_same(
        (nodes, order) in vec(node(), 1..10).prop_flat_map(|nodes| {
            let order: Vec<usize> = (0..nodes.len()).collect();
            (Just(nodes), Just(order).prop_shuffle())
        })
    ) {
        assert_again(&application(&nodes, &order));
    }
}

#[test]
fn random_applications_can_mostly_be_planned() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let nodes = vec(node(), 1..10);
    let planned = (0..200).filter(|_| {
        let nodes = nodes.new_tree(&mut runner).unwrap().current();
        let order: Vec<usize> = (0..nodes.len()).collect();
        assert_again(&application(&nodes, &order))
    });
    assert!(planned.count() >= 60);
}

#[test]
fn the_order_of_activation_stays_though_parts_know_nothing_of_it() {
    // The parts say `a1 a2` and `b1 b2`; only the stages tell that `b2` stood before `a1`.
    let mut services = vec![
        container("b1", "app"),
        container("b2", "app"),
        container("a1", "dmz"),
        container("a2", "dmz").connects("a1"),
    ];
    assert!(assert_again(&bank(services.clone())));
    services.reverse();
    assert!(assert_again(&bank(services)));
}

#[test]
fn what_is_not_in_a_release_is_left_out() {
    let mut application =
        bank([container("web", "dmz").listens(80), container("api", "dmz").connects("web")]);
    application.volumes = vec![Volume::new("unused")];
    let mut placement = paas_core::application::Placement::new("low");
    placement.services = vec!["web".to_owned()];
    application.placements = vec![placement];
    let release = release(application.clone());
    let again = release.application();
    assert_eq!(again.services, application.services);
    assert_eq!(again.networks.len(), 1);
    assert!(again.volumes.is_empty() && again.placements.is_empty());
}

#[test]
fn a_release_that_contradicts_itself_is_read_all_the_same() {
    let mut release = release(bank([container("a", "dmz"), container("b", "dmz"), container("c", "dmz")]));
    release.stages[0].activations.reverse();
    release.ports.clear();
    let names: Vec<_> = release.application().services.iter().map(|service| service.name.clone()).collect();
    assert_eq!(names, ["a", "b", "c"]);
}
