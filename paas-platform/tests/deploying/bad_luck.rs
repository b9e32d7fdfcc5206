//! Servers that work, and a deployment that does not: files that are refused, services that do not come up, and others
//! who work on the same server.

use super::{
    bad_server::{mended, stopped},
    direct::{Direct, anna, begun, planned, planned_of, run},
    journal::{assert_as_planned, assert_whole},
    world::{bank_template, furnish, meridian},
};
use paas_client::{
    BoxFuture, RancherClient,
    rancher::{NewStack, ServiceId, StackId},
    transport::{Method, Request, Response, Transport, TransportError},
};
use paas_platform::{
    Acting, ApplicationState, Class, Deploy, ErrorKind, Failure, Note, Operation, OperationState, StepFailure,
};
use paas_sandbox::{Fault, Latencies, Sandbox, Trouble};
use paas_tosca::Source;
use serde_json::Value;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

const BANK: (&str, &str) = ("meridian", "retail-banking");

/// The one failure of an operation that stopped.
async fn failure(operation: &Operation) -> Failure {
    let failures = stopped(operation).await;
    let [StepFailure { failure, .. }] = failures.as_slice() else { panic!("{failures:#?}") };
    failure.clone()
}

/// The services that were told to start, in their order.
fn activated(direct: &Direct) -> Vec<String> {
    let services = direct.resources("service");
    let name = |id: &str| {
        let service = services.iter().find(|service| service["id"] == id).unwrap();
        service["name"].as_str().unwrap().to_owned()
    };
    direct
        .requests()
        .iter()
        .filter(|request| request.query == "action=activate")
        .map(|request| name(request.path.trim_end_matches('/').rsplit('/').next().unwrap()))
        .collect()
}

/// The id of a resource by its name.
fn id(direct: &Direct, kind: &str, name: &str) -> String {
    direct.catch_up();
    let all = direct.resources(kind);
    let found = all.iter().find(|each| each["name"] == name).unwrap_or_else(|| panic!("no {kind} `{name}`"));
    found["id"].as_str().unwrap().to_owned()
}

/// Gives an operation up, cleans up after it, and deploys anew.
async fn anew(direct: &Direct, anna: &Acting, operation: &Operation) {
    operation.abandon().await.unwrap();
    anna.applications().remove(BANK.0, BANK.1).await.unwrap().wait().await.unwrap();
    direct.clear_requests();
    let operation = begun(anna).await;
    operation.wait().await.unwrap_or_else(|error| panic!("{error}"));
    assert_whole(&operation.plan().await.unwrap(), &operation.journal().await.unwrap());
    assert_as_planned(direct, &operation.plan().await.unwrap());
}

#[test]
fn files_that_the_server_refuses() {
    run(async {
        let sandbox =
            Sandbox::builder().in_process().virtual_clock().latencies(Latencies::NONE).start().unwrap();
        for network in ["dmz", "application", "core"] {
            sandbox.environment(&format!("meridian-{network}"));
        }
        // What is missing is the certificate of the load balancer.
        let direct = Direct::of(sandbox);
        let anna = direct.anna().await;
        let operation = begun(&anna).await;
        let failure = failure(&operation).await;
        assert_eq!((failure.code.as_str(), failure.class), ("platform.stack_refused", Class::Permanent));
        for part in ["`retail-banking`", "`meridian-dmz`", "Failed to find certificate www.bank.test"] {
            assert!(failure.message.contains(part), "{failure:?}");
        }
        assert!(failure.help.unwrap().contains("mend the template or what it needs"));
        assert!(activated(&direct).is_empty(), "nothing starts before all stacks are there");
        assert_eq!(direct.names("stack").len(), 3);

        // Resuming tells the same as long as it is so, and makes nothing twice.
        operation.resume().await.unwrap();
        assert_eq!(super::bad_luck::failure(&operation).await.code, "platform.stack_refused");
        let dmz =
            direct.resources("project").into_iter().find(|each| each["name"] == "meridian-dmz").unwrap();
        assert!(direct.certificate(dmz["id"].as_str().unwrap(), "www.bank.test"));
        anew(&direct, &anna, &operation).await;
    });
}

#[test]
fn a_service_that_never_becomes_active() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        let message = "no host has the label disk=ssd".to_owned();
        direct.add_fault(Fault::new(Trouble::StaysActivating { message }).service("payments"));
        let operation = begun(&anna).await;
        let failure = failure(&operation).await;
        assert_eq!((failure.code.as_str(), failure.class), ("platform.not_ready_in_time", Class::Deadline));
        for part in [
            "`payments` in `meridian-application` is not up: it is activating",
            "the server says `no host has the label disk=ssd`",
        ] {
            assert!(failure.message.contains(part), "{failure:?}");
        }
        let late = |name: &String| ["web-front", "entry"].contains(&name.as_str());
        assert!(!activated(&direct).iter().any(late), "{:?}", activated(&direct));
        direct.clear_faults();
        mended(&direct, &operation).await;
    });
}

#[test]
fn a_health_check_that_never_passes_holds_the_next_stage() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        direct.add_fault(Fault::new(Trouble::NeverHealthy).service("ledger"));
        let operation = begun(&anna).await;
        let stage = |name: &str, plan: &paas_core::plan::Plan| {
            plan.steps
                .iter()
                .find(|step| step.key.starts_with("activate/") && step.key.ends_with(name))
                .unwrap()
                .stage
        };
        let failures = stopped(&operation).await;
        let StepFailure { step, title, failure, .. } = &failures[0];
        assert_eq!(failures.len(), 1);
        assert_eq!((failure.code.as_str(), failure.class), ("platform.not_ready", Class::Permanent));
        assert!(
            failure.message.contains(
                "`ledger` in `meridian-core` is active, but unhealthy: its health check, GET /healthz on port 9000, does not pass"
            ),
            "{failure:?}"
        );
        assert!(title.contains("`ledger`") && step.ends_with("/core"), "{step}: {title}");
        // Only what is of the stages up to the ledger's was started.
        let plan = operation.plan().await.unwrap();
        for name in activated(&direct) {
            assert!(stage(&name, &plan) <= stage("/ledger", &plan), "{name} was started");
        }
        direct.clear_faults();
        mended(&direct, &operation).await;
    });
}

/// Leaves out the health of the ledger the first few times that it is active, as a server that has yet to count it.
#[derive(Clone, Debug)]
struct Untold(Direct, Arc<AtomicUsize>);

impl Transport for Untold {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let is_list = request.method == Method::Get && request.path().ends_with("/services");
            let mut response = self.0.send(request).await?;
            if is_list && self.1.load(Ordering::Relaxed) > 0 {
                let mut list: Value = serde_json::from_slice(&response.body).unwrap();
                for service in list["data"].as_array_mut().unwrap() {
                    if service["name"] == "ledger" && service["state"] == "active" {
                        service["healthState"] = Value::Null;
                        self.1.fetch_sub(1, Ordering::Relaxed);
                    }
                }
                response.body = serde_json::to_vec(&list).unwrap();
            }
            Ok(response)
        })
    }
}

#[test]
fn a_service_with_a_health_check_is_not_up_before_its_health_is_told() {
    run(async {
        let direct = Direct::furnished();
        let untold = Arc::new(AtomicUsize::new(3));
        let transport = Untold(direct.clone(), Arc::clone(&untold));
        let client = direct.client_builder().transport(transport).build().unwrap();
        let anna = anna(direct.platform(direct.store()).rancher(client)).await;
        begun(&anna).await.wait().await.unwrap();
        assert_eq!(untold.load(Ordering::Relaxed), 0, "it was not looked at again");
    });
}

/// A job that fills the database before the service starts.
const JOB: &str = "
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: books }
imports: [ paas-profile-1.0.yaml ]
topology_template:
  node_templates:
    core:
      type: paas.nodes.Network
      properties: { network_name: core }
    fill:
      type: paas.nodes.Service
      properties: { image: 'registry.bank.test/books/fill:1', run_once: true }
      requirements:
        - network: core
    books:
      type: paas.nodes.Service
      properties: { image: 'registry.bank.test/books/books:1' }
      requirements:
        - network: core
        - dependency: fill
";

#[test]
fn a_job_is_done_when_it_has_ended_and_holds_the_stage_until_then() {
    run(async {
        let latencies = Latencies { job: 240_000, ..Latencies::NONE };
        let direct = Direct::with(latencies);
        let anna = direct.anna().await;
        let source = || Source::new("books.yaml", JOB);
        let planned = planned_of(&anna, source()).await;
        let operation = anna.applications().begin(&planned).await.unwrap();
        operation.wait().await.unwrap();
        let at = |name: &str| {
            let path = format!("/{}/", id(&direct, "service", name));
            let requests = direct.requests();
            let found = requests
                .iter()
                .find(|request| request.query == "action=activate" && request.path.ends_with(&path));
            found.unwrap().at
        };
        let waited = at("books") - at("fill");
        assert!((240_000..250_000).contains(&waited), "{waited} ms");
        let job = direct.resources("service").into_iter().find(|service| service["name"] == "fill").unwrap();
        assert_eq!((&job["state"], &job["healthState"]), (&"active".into(), &"started-once".into()));
        anna.applications().remove("meridian", "books").await.unwrap().wait().await.unwrap();

        // One that never ends.
        direct.clear_requests();
        direct.add_fault(Fault::new(Trouble::NeverHealthy).service("fill"));
        let planned = planned_of(&anna, source()).await;
        let operation = anna.applications().begin(&planned).await.unwrap();
        let failure = failure(&operation).await;
        assert_eq!(failure.code, "platform.not_ready_in_time");
        assert!(
            failure.message.contains("`fill` in `meridian-core` has not ended: it is running"),
            "{failure:?}"
        );
        assert_eq!(activated(&direct), ["fill"]);
        direct.clear_faults();
        mended(&direct, &operation).await;
    });
}

#[test]
fn an_environment_that_is_deleted_in_between() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        direct.add_fault(
            Fault::new(Trouble::StaysActivating { message: "busy".to_owned() }).service("database"),
        );
        let operation = begun(&anna).await;
        tokio::time::sleep(Duration::from_secs(60)).await;
        let gone = id(&direct, "project", "meridian-core");
        direct.client().delete_environment(&gone.parse().unwrap()).await.unwrap();
        let failure = failure(&operation).await;
        assert_eq!(
            (failure.code.as_str(), failure.class),
            ("resource.environment_missing", Class::Permanent)
        );
        assert!(
            failure.message.contains(&format!("the environment `meridian-core` ({gone}) is gone")),
            "{failure:?}"
        );
        assert!(failure.help.unwrap().contains("abandon the operation"));

        // What is elsewhere is cleaned up all the same.
        let status = anna.applications().status(BANK.0, BANK.1).await.unwrap();
        let there: Vec<bool> = status.networks.iter().map(|network| network.stack_state.is_some()).collect();
        assert_eq!(there.iter().filter(|is_there| **is_there).count(), 2);
        operation.abandon().await.unwrap();
        anna.applications().remove(BANK.0, BANK.1).await.unwrap().wait().await.unwrap();
        assert!(direct.names("stack").is_empty());
        let deploy = Deploy::new("meridian", bank_template());
        let error = anna.applications().deploy(&deploy).await.unwrap_err();
        let diagnostics = error.diagnostics().unwrap();
        assert_eq!(diagnostics.iter().next().unwrap().code.as_str(), "resource.environment_missing");
    });
}

#[test]
fn an_environment_that_is_deleted_before_anything_is_made() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        let planned = planned(&anna).await;
        let gone = id(&direct, "project", "meridian-dmz");
        direct.client().delete_environment(&gone.parse().unwrap()).await.unwrap();
        let operation = anna.applications().begin(&planned).await.unwrap();
        assert_eq!(failure(&operation).await.code, "resource.environment_missing");
    });
}

#[test]
fn a_stack_of_somebody_else_is_left_alone() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        let planned = planned(&anna).await;
        let dmz = direct.client().environment(&id(&direct, "project", "meridian-dmz").parse().unwrap());
        let theirs = dmz.create_stack(&NewStack::new("Retail-Banking")).await.unwrap();
        let operation = anna.applications().begin(&planned).await.unwrap();
        let failure = failure(&operation).await;
        assert_eq!((failure.code.as_str(), failure.class), ("platform.foreign_stack", Class::Permanent));
        assert!(failure.message.contains("`Retail-Banking`") && failure.message.contains("`meridian-dmz`"));
        assert!(failure.message.contains(theirs.id.as_str()));

        // What is left of ours elsewhere is not forgotten for a deployment under another name.
        operation.abandon().await.unwrap();
        let mut other = Deploy::new("meridian", bank_template());
        other.stack = Some("retail-banking-2".to_owned());
        let planning = anna.applications().plan(&other).await.unwrap();
        assert!(planning.planned.is_none());
        let left: Vec<String> = planning
            .diagnostics
            .iter()
            .filter(|each| each.is_error())
            .map(|each| each.message.clone())
            .collect();
        assert_eq!(
            left,
            [
                "the environment `meridian-application` has a stack `retail-banking` already",
                "the environment `meridian-core` has a stack `retail-banking` already",
            ]
        );

        // Ours goes, theirs stays.
        let removal = anna.applications().remove(BANK.0, BANK.1).await.unwrap();
        removal.wait().await.unwrap();
        let is_told = |note: &Note| {
            matches!(note, Note::Progress { message, .. }
                if message.contains(theirs.id.as_str()) && message.ends_with("it is left alone"))
        };
        assert!(removal.journal().await.unwrap().iter().any(|entry| is_told(&entry.note)));
        assert_eq!(direct.names("stack"), ["meridian-dmz/Retail-Banking"]);
        let deletes = direct.requests().into_iter().filter(|request| request.method == "DELETE");
        assert!(deletes.into_iter().all(|request| !request.path.contains(theirs.id.as_str())));
        anna.applications().deploy(&other).await.unwrap().wait().await.unwrap();
        assert_eq!(direct.names("stack").len(), 4);
    });
}

/// Carries creates of stacks so slowly that who sent them may have gone; they arrive all the same.
#[derive(Clone, Debug)]
struct Late(Direct, Arc<AtomicBool>);

impl Transport for Late {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        if request.method != Method::Post || !request.path().ends_with("/stacks") {
            return self.0.send(request);
        }
        self.1.store(true, Ordering::Relaxed);
        let direct = self.0.clone();
        let sent = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            direct.send(request).await
        });
        Box::pin(async move { sent.await.unwrap() })
    }
}

#[test]
fn a_stack_that_comes_after_its_operation_was_abandoned_is_removed_too() {
    run(async {
        let direct = Direct::furnished();
        let is_sent = Arc::new(AtomicBool::new(false));
        let transport = Late(direct.clone(), Arc::clone(&is_sent));
        let client = direct.client_builder().transport(transport).build().unwrap();
        let anna = anna(direct.platform(direct.store()).rancher(client)).await;
        let operation = begun(&anna).await;
        while !is_sent.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        operation.abandon().await.unwrap();
        assert!(direct.names("stack").is_empty(), "it is on its way");
        anna.applications().remove(BANK.0, BANK.1).await.unwrap().wait().await.unwrap();
        tokio::time::sleep(Duration::from_secs(60)).await;
        assert!(direct.names("stack").is_empty(), "{:?}", direct.names("stack"));
    });
}

/// A bank whose deployment has stopped with all stacks made and the first stage under way.
async fn held() -> (Direct, Acting, Operation) {
    let direct = Direct::furnished();
    let anna = direct.anna().await;
    direct.add_fault(Fault::new(Trouble::StaysActivating { message: "busy".to_owned() }).service("database"));
    let operation = begun(&anna).await;
    stopped(&operation).await;
    direct.clear_faults();
    (direct, anna, operation)
}

fn environment(direct: &Direct, network: &str) -> paas_client::rancher::EnvironmentClient {
    let id = id(direct, "project", &format!("meridian-{network}"));
    direct.client().environment(&id.parse().unwrap())
}

#[test]
fn a_stack_that_somebody_removes_in_between() {
    run(async {
        let (direct, anna, operation) = held().await;
        let stack = direct
            .resources("stack")
            .into_iter()
            .find(|stack| stack["accountId"].as_str() == Some(&id(&direct, "project", "meridian-dmz")));
        let stack: StackId = stack.unwrap()["id"].as_str().unwrap().parse().unwrap();
        environment(&direct, "dmz").delete_stack(&stack).await.unwrap();
        operation.resume().await.unwrap();
        let failure = failure(&operation).await;
        assert_eq!((failure.code.as_str(), failure.class), ("platform.stack_gone", Class::Permanent));
        assert!(failure.message.contains("`retail-banking` is no longer in `meridian-dmz`"), "{failure:?}");
        anew(&direct, &anna, &operation).await;
    });
}

#[test]
fn a_service_that_somebody_removes_in_between() {
    for (name, network) in [("payments", "application"), ("database", "core")] {
        run(async {
            let (direct, anna, operation) = held().await;
            let service: ServiceId = id(&direct, "service", name).parse().unwrap();
            environment(&direct, network).delete_service(&service).await.unwrap();
            operation.resume().await.unwrap();
            let failure = failure(&operation).await;
            assert_eq!((failure.code.as_str(), failure.class), ("platform.service_gone", Class::Permanent));
            assert!(failure.message.contains(&format!("`{name}`")), "{failure:?}");
            assert!(failure.message.contains(&format!("meridian-{network}")), "{failure:?}");
            anew(&direct, &anna, &operation).await;
        });
    }
}

#[test]
fn a_service_that_somebody_stops_in_between() {
    run(async {
        let (direct, _anna, operation) = held().await;
        let core = environment(&direct, "core");
        let service: ServiceId = id(&direct, "service", "database").parse().unwrap();
        core.deactivate_service(&service).await.unwrap();
        operation.resume().await.unwrap();
        let failure = failure(&operation).await;
        assert_eq!((failure.code.as_str(), failure.class), ("platform.service_stopped", Class::Permanent));
        assert!(
            failure.message.contains("`database` in `meridian-core` was stopped: it is inactive"),
            "{failure:?}"
        );
        core.activate_service(&service).await.unwrap();
        mended(&direct, &operation).await;
    });
}

#[test]
fn a_service_that_somebody_starts_or_scales_in_between_does_no_harm() {
    run(async {
        let (direct, _anna, operation) = held().await;
        let application = environment(&direct, "application");
        let service: ServiceId = id(&direct, "service", "payments").parse().unwrap();
        application.activate_service(&service).await.unwrap();
        application.scale_service(&service, 4).await.unwrap();
        mended(&direct, &operation).await;
        let payments =
            direct.resources("service").into_iter().find(|each| each["name"] == "payments").unwrap();
        assert_eq!(payments["scale"], 4);
    });
}

#[test]
fn a_service_that_somebody_scales_while_we_do() {
    run(async {
        let direct = Direct::with(Latencies { container_start: 60_000, ..Latencies::NONE });
        let anna = direct.anna().await;
        begun(&anna).await.wait().await.unwrap();
        let scaling = anna.applications().scale(BANK.0, BANK.1, "web-front", 5).await.unwrap();
        tokio::time::sleep(Duration::from_secs(20)).await;
        let service: ServiceId = id(&direct, "service", "web-front").parse().unwrap();
        let asked = tokio::time::Instant::now();
        environment(&direct, "dmz").scale_service(&service, 7).await.unwrap();
        let failure = failure(&scaling).await;
        assert_eq!((failure.code.as_str(), failure.class), ("platform.scaled_elsewhere", Class::Permanent));
        assert!(
            failure
                .message
                .contains("`web-front` in `meridian-dmz` was scaled to 7 by somebody else, not to 5"),
            "{failure:?}"
        );
        assert!(asked.elapsed() < Duration::from_secs(120), "it is told once it is seen");
        scaling.abandon().await.unwrap();
        let status = anna.applications().status(BANK.0, BANK.1).await.unwrap();
        assert_eq!(status.state, ApplicationState::Deployed);
        anna.applications().scale(BANK.0, BANK.1, "web-front", 5).await.unwrap().wait().await.unwrap();
    });
}

/// Takes the scale out of what is sent, as a server does for a key that may not write it.
#[derive(Clone, Debug)]
struct WithoutScale(Direct, Arc<AtomicBool>);

impl Transport for WithoutScale {
    fn send(&self, mut request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        if request.method == Method::Put && self.1.load(Ordering::Relaxed) {
            request.body = Some(b"{}".to_vec());
        }
        self.0.send(request)
    }
}

#[test]
fn a_key_that_may_not_scale() {
    run(async {
        let direct = Direct::furnished();
        let is_restricted = Arc::new(AtomicBool::new(true));
        let transport = WithoutScale(direct.clone(), Arc::clone(&is_restricted));
        let client: RancherClient = direct.client_builder().transport(transport).build().unwrap();
        let anna = anna(direct.platform(direct.store()).rancher(client)).await;
        begun(&anna).await.wait().await.unwrap();
        let scaling = anna.applications().scale(BANK.0, BANK.1, "web-front", 5).await.unwrap();
        let failure = failure(&scaling).await;
        assert_eq!((failure.code.as_str(), failure.class), ("platform.scale_ignored", Class::Permanent));
        for part in ["`web-front`", "`meridian-dmz`", "still 3"] {
            assert!(failure.message.contains(part), "{failure:?}");
        }
        is_restricted.store(false, Ordering::Relaxed);
        scaling.resume().await.unwrap();
        assert_eq!(scaling.wait().await.unwrap().state, OperationState::Done);
        let scaled =
            direct.resources("service").into_iter().find(|each| each["name"] == "web-front").unwrap();
        assert_eq!(scaled["currentScale"], 5);
    });
}

#[test]
fn a_key_of_somebody_who_does_not_see_the_environments() {
    run(async {
        let direct = Direct::furnished();
        let person = direct.person("Bert");
        let credentials = paas_client::Credentials::new(person.access_key, person.secret_key);
        let client =
            direct.client_builder().credentials(credentials).transport(direct.clone()).build().unwrap();
        let bert = anna(direct.platform(direct.store()).rancher(client)).await;
        let deploy = Deploy::new("meridian", bank_template());
        let error = bert.applications().deploy(&deploy).await.unwrap_err();
        let diagnostics = error.diagnostics().unwrap();
        let codes: Vec<&str> = diagnostics.iter().map(|each| each.code.as_str()).collect();
        assert_eq!(
            codes.iter().filter(|code| **code == "resource.environment_missing").count(),
            3,
            "{codes:?}"
        );
        let error = bert.applications().status(BANK.0, BANK.1).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnknownApplication);
        assert_eq!(meridian().networks.len(), 3);
        furnish(&direct);
        // Now there are two of each name, for those who see them.
        let anna = direct.anna().await;
        let error = anna.applications().deploy(&deploy).await.unwrap_err();
        let diagnostics = error.diagnostics().unwrap();
        assert!(diagnostics.iter().all(|each| each.code.as_str() != "resource.environment_missing"));
        assert!(diagnostics.iter().any(|each| each.code.as_str() == "resource.environment_ambiguous"));
    });
}
