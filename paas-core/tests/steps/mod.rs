//! Plans of deployments, of scaling and of removals.

use paas_core::{
    application::{
        Application, Container, HealthCheck, Link, LinkKind, Mount, Network, Service, ServiceKind, Volume,
    },
    plan::{
        self, Action, Deployment, Environment, Plan, Ready, RemovedStack, Stack, StackFiles, Step,
        application_key,
    },
    release::{Release, Target},
};
use proptest::{collection::vec, prelude::*};
use std::collections::{BTreeMap, BTreeSet};

const NETWORKS: [&str; 3] = ["dmz", "application", "core"];

fn environments() -> BTreeMap<String, Environment> {
    let environment = |(index, name): (usize, &&str)| {
        let environment = Environment::new(format!("1a{}", index + 5), format!("bank-{name}"), *name);
        ((*name).to_owned(), environment)
    };
    NETWORKS.iter().enumerate().map(environment).collect()
}

fn deploy(application: Application) -> Option<(Release, Plan)> {
    let release = Release::plan(application, &Target::default()).release?;
    let files: Vec<StackFiles> = release
        .parts
        .iter()
        .map(|part| StackFiles {
            network: part.network.name.clone(),
            docker_compose: "docker".to_owned(),
            rancher_compose: "rancher".to_owned(),
        })
        .collect();
    let driver = ("rancher-nfs".to_owned(), BTreeMap::from([("host".to_owned(), "10.0.0.5".to_owned())]));
    let volumes = release.volumes.iter().map(|volume| (volume.name.clone(), driver.clone())).collect();
    let plan = plan::deploy(Deployment {
        id: "op-1",
        tenant: "meridian",
        release: &release,
        files: &files,
        environments: &environments(),
        volumes: &volumes,
    });
    Some((release, plan))
}

fn application(services: impl IntoIterator<Item = Service>) -> Application {
    let mut application = Application::new("bank");
    application.networks = NETWORKS.into_iter().map(Network::new).collect();
    application.volumes = vec![Volume::new("data")];
    application.services = services.into_iter().collect();
    application
}

fn container(name: &str, network: &str, change: impl FnOnce(&mut Container)) -> Service {
    let mut container = Container::new(format!("registry.example/{name}:1"));
    change(&mut container);
    Service::new(name, network, container)
}

#[test]
fn a_plan_reads_like_what_is_done() {
    let mut web = container("web", "dmz", |_| {});
    web.links.push(Link::dependency("ledger"));
    let ledger = container("ledger", "core", |container| {
        container.mounts.push(Mount::new("data", "/data"));
        container.health_check = Some(HealthCheck::new(9000));
    });
    let mut job = container("job", "core", |container| container.run_once = true);
    job.links.push(Link::dependency("ledger"));
    let spare = container("spare", "core", |container| container.scale = 0);
    let (_, plan) = deploy(application([web, ledger, job, spare])).unwrap();
    let shown: Vec<String> = plan
        .steps
        .iter()
        .map(|step| {
            format!("{:?} {}: {step} after {}", step.stage.unwrap_or(0), step.key, step.after.join(" "))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "0 stack/dmz: create the stack `bank` in `bank-dmz` after ",
            "0 volume/core/data: make the volume `data` in `bank-core` after ",
            "0 stack/core: create the stack `bank` in `bank-core` after volume/core/data",
            "0 scale/core/spare: scale `spare` in `bank-core` to 0 after stack/core",
            "1 activate/core/ledger: start `ledger` in `bank-core` after stack/dmz volume/core/data stack/core scale/core/spare",
            "1 activate/core/spare: start `spare` in `bank-core` after activate/core/ledger",
            "1 ready/1/core: wait for `ledger`, `spare` in `bank-core` after activate/core/spare",
            "2 activate/dmz/web: start `web` in `bank-dmz` after ready/1/core",
            "2 ready/2/dmz: wait for `web` in `bank-dmz` after activate/dmz/web",
            "2 activate/core/job: start `job` in `bank-core` after ready/1/core",
            "2 ready/2/core: wait for `job` in `bank-core` after activate/core/job",
        ]
    );
    let ready: BTreeMap<&str, Ready> = awaited(&plan).collect();
    assert_eq!(
        ready,
        BTreeMap::from([
            ("job", Ready::StartedOnce),
            ("ledger", Ready::Healthy),
            ("spare", Ready::Created),
            ("web", Ready::Active),
        ])
    );
}

fn awaited(plan: &Plan) -> impl Iterator<Item = (&str, Ready)> {
    plan.steps.iter().flat_map(|step| match &step.action {
        Action::AwaitServices(wait) => {
            wait.services.iter().map(|awaited| (awaited.service.as_str(), awaited.ready)).collect::<Vec<_>>()
        }
        _ => Vec::new(),
    })
}

#[test]
fn only_the_stacks_that_name_a_secret_are_given_it() {
    let mut web = container("web", "dmz", |_| {});
    web.links.push(Link::dependency("ledger"));
    let mut bank = application([web, container("ledger", "core", |_| {})]);
    bank.secrets = vec!["password".to_owned()];
    let release = Release::plan(bank, &Target::default()).release.unwrap();
    let answer = &release.secrets[0].answer;
    let files: Vec<StackFiles> = ["dmz", "core"]
        .iter()
        .map(|network| StackFiles {
            network: (*network).to_owned(),
            docker_compose: if *network == "core" { format!("P: ${{{answer}}}") } else { String::new() },
            rancher_compose: String::new(),
        })
        .collect();
    let plan = plan::deploy(Deployment {
        id: "op-1",
        tenant: "meridian",
        release: &release,
        files: &files,
        environments: &environments(),
        volumes: &BTreeMap::new(),
    });
    let secrets = |key: &str| match &plan.step(key).unwrap().action {
        Action::CreateStack(stack) => stack.secrets.len(),
        other => panic!("{other}"),
    };
    assert_eq!((secrets("stack/dmz"), secrets("stack/core")), (0, 1));
}

#[test]
fn a_removal_takes_what_started_last_first() {
    let environments = environments();
    let removed = |network: &str, stage| RemovedStack {
        stack: Stack::new(environments[network].clone(), "bank", application_key("meridian", "bank")),
        stage,
    };
    let stacks = vec![removed("core", 1), removed("dmz", 3), removed("application", 1)];
    let plan = plan::remove("op-2", "meridian", "bank", stacks);
    let keys: Vec<&str> = plan.steps.iter().map(|step| step.key.as_str()).collect();
    assert_eq!(keys, ["remove/dmz", "remove/core", "remove/application"]);
    assert_eq!(plan.steps[1].after, ["remove/dmz"]);
    assert!(plan.is_ordered());
}

#[test]
fn a_scaled_service_is_waited_for_as_if_it_had_never_been_without_containers() {
    let checked = |container: &mut Container| container.health_check = Some(HealthCheck::new(9000));
    let stack = || Stack::new(environments()["core"].clone(), "bank", application_key("meridian", "bank"));
    for (before, count, ready) in
        [(2, 3, Ready::Healthy), (0, 3, Ready::Healthy), (2, 0, Ready::Active), (0, 0, Ready::Active)]
    {
        let mut ledger = container("ledger", "core", checked);
        if let ServiceKind::Container(container) = &mut ledger.kind {
            container.scale = before;
        }
        let plan = plan::scale("op-4", "meridian", "bank", stack(), &ledger, count);
        let Action::AwaitServices(wait) = &plan.steps[1].action else { panic!("{:?}", plan.steps[1]) };
        let [awaited] = wait.services.as_slice() else { panic!("{wait:?}") };
        assert_eq!((awaited.ready, awaited.scale), (ready, Some(count)), "from {before} to {count}");
    }
}

#[test]
fn a_plan_out_of_order_is_seen() {
    let step = |key: &str| {
        let stack = Stack::new(environments()["dmz"].clone(), "bank", "paas://meridian/bank/");
        Step::new(
            key,
            plan::remove("op", "t", "a", vec![RemovedStack { stack, stage: 1 }]).steps[0].action.clone(),
        )
    };
    let mut plan = plan::remove("op-3", "meridian", "bank", Vec::new());
    plan.steps = vec![step("a"), step("b").after(["a"])];
    assert!(plan.is_ordered());
    plan.steps.reverse();
    assert!(!plan.is_ordered());
    plan.steps = vec![step("a"), step("a")];
    assert!(!plan.is_ordered());
}

/// Services with any links; some of them make no release.
fn services() -> impl Strategy<Value = Vec<Service>> {
    let one = (0..NETWORKS.len(), vec((0..20_usize, any::<bool>()), 0..4), any::<(bool, bool, bool)>());
    vec(one, 1..20).prop_map(|all| {
        let count = all.len();
        all.into_iter()
            .enumerate()
            .map(|(index, (network, links, (is_checked, mounts, is_idle)))| {
                let mut service = container(&format!("s{index}"), NETWORKS[network], |container| {
                    container.health_check = is_checked.then(|| HealthCheck::new(8080));
                    container.mounts.extend(mounts.then(|| Mount::new("data", "/data")));
                    container.scale = u32::from(!is_idle);
                });
                let mut to = BTreeSet::new();
                for (target, is_connection) in links {
                    // Dependencies lead back only, so that most of them have an order.
                    let target = if is_connection { target % count } else { target % (index + 1) };
                    if target != index && to.insert(target) {
                        let name = format!("s{target}");
                        service.links.push(if is_connection {
                            Link::connection(name)
                        } else {
                            Link::dependency(name)
                        });
                    }
                }
                service
            })
            .collect()
    })
}

/// All steps that come before a step, however far.
fn before<'a>(plan: &'a Plan, key: &str, seen: &mut BTreeSet<&'a str>) {
    for after in &plan.step(key).unwrap().after {
        if seen.insert(after) {
            before(plan, after, seen);
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_deployed_comes_in_the_order_of_its_stages(services in services()) {
        let Some((release, plan)) = deploy(application(services)) else { return Ok(()) };
        prop_assert!(plan.is_ordered());
        prop_assert_eq!(serde_json::from_value::<Plan>(serde_json::to_value(&plan).unwrap()).unwrap(), plan.clone());

        let stage_of = |service: &str| {
            let has = |stage: &&paas_core::release::Stage| stage.activations.iter().any(|a| a.service == service);
            release.stages.iter().find(has).unwrap().number
        };
        let mut started = BTreeSet::new();
        for step in &plan.steps {
            let Action::ActivateService(activation) = &step.action else { continue };
            prop_assert!(started.insert(activation.service.as_str()), "started twice");
            let mut before_it = BTreeSet::new();
            before(&plan, &step.key, &mut before_it);
            let network = &activation.stack.environment.network;
            let stack = format!("stack/{network}");
            prop_assert!(before_it.contains(stack.as_str()));
            for part in &release.parts {
                for service in &part.services {
                    let is_waited_for = plan.steps.iter().any(|wait| {
                        before_it.contains(wait.key.as_str())
                            && matches!(&wait.action, Action::AwaitServices(wait)
                                if wait.services.iter().any(|awaited| awaited.service == service.name))
                    });
                    let is_earlier = stage_of(&service.name) < stage_of(&activation.service);
                    prop_assert_eq!(is_waited_for, is_earlier, "{} before {}", service.name, activation.service);
                }
                for volume in part.volumes.iter().filter(|_| part.network.name == *network) {
                    let key = format!("volume/{network}/{volume}");
                    prop_assert!(before_it.contains(key.as_str()));
                }
            }
        }
        let all: BTreeSet<&str> =
            release.parts.iter().flat_map(|part| part.services.iter().map(|service| service.name.as_str())).collect();
        prop_assert_eq!(&started, &all);
        prop_assert_eq!(awaited(&plan).map(|(service, _)| service).collect::<BTreeSet<_>>(), all);
        // A dependency is up before whoever needs it starts.
        for service in release.parts.iter().flat_map(|part| &part.services) {
            for link in service.links.iter().filter(|link| link.kind == LinkKind::Dependency) {
                prop_assert!(stage_of(&link.to) < stage_of(&service.name));
            }
        }
    }
}
