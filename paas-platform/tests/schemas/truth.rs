//! Real documents against their schemas.

use super::Strict;
use crate::deploying::direct::{Direct, planned, run};
use paas_core::{
    diagnostic::{Code, Diagnostics},
    plan::{Deployment, Environment, Plan, StackFiles, deploy},
    release::{Release, Target},
};
use paas_platform::{
    ApplicationStatus, Event, JournalEntry, Note, Operation, OperationStatus, ServiceChange, tenants,
};
use paas_sandbox::{Fault, RequestRecord, Trouble};
use paas_tosca::{Options, Source, rancher, translate};
use serde_json::json;
use std::{collections::BTreeMap, fs, path::Path};

/// Every template of the project that can be translated.
fn releases() -> Vec<Release> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let cases = fs::read_dir(root.join("testdata/translate")).unwrap();
    let mut templates: Vec<_> = cases.map(|case| case.unwrap().path().join("input.yaml")).collect();
    templates.push(root.join("examples/bank/template.yaml"));
    templates.sort();
    let translated = templates.iter().filter_map(|template| {
        let source = Source::new("template.yaml", fs::read_to_string(template).unwrap());
        let mut options = Options::default();
        options.name = Some("shop".to_owned());
        translate(&source, &options, &Target::default()).release
    });
    translated.collect()
}

fn plan(release: &Release) -> Plan {
    let files: Vec<StackFiles> = rancher::render(release)
        .into_iter()
        .zip(&release.parts)
        .map(|(files, part)| StackFiles {
            network: part.network.name.clone(),
            docker_compose: files.docker_compose,
            rancher_compose: files.rancher_compose,
        })
        .collect();
    let environments: BTreeMap<String, Environment> = release
        .parts
        .iter()
        .map(|part| {
            let network = part.network.name.clone();
            (network.clone(), Environment::new("1a7", part.environment.clone(), network))
        })
        .collect();
    let options = BTreeMap::from([("host".to_owned(), "10.0.0.5".to_owned())]);
    let volumes = release
        .volumes
        .iter()
        .map(|volume| (volume.name.clone(), ("rancher-nfs".to_owned(), options.clone())))
        .collect();
    deploy(Deployment {
        id: "op-1",
        tenant: "meridian",
        release,
        files: &files,
        environments: &environments,
        volumes: &volumes,
    })
}

#[test]
fn of_releases_and_plans() {
    let (of_release, of_plan) = (Strict::of::<Release>(), Strict::of::<Plan>());
    let releases = releases();
    assert!(releases.len() >= 9, "{}", releases.len());
    for release in &releases {
        of_release.assert(release);
        let plan = plan(release);
        assert!(plan.is_ordered() && plan.steps.len() > 1);
        of_plan.assert(&plan);
    }
    // All kinds of services are among them.
    let text = serde_json::to_string(&releases).unwrap();
    for kind in ["container", "load_balancer", "external"] {
        assert!(text.contains(&format!(r#""kind":"{kind}""#)), "{kind}");
    }
}

#[test]
fn of_nothing_else() {
    let strict = Strict::of::<Release>();
    let release = serde_json::to_value(releases().remove(0)).unwrap();
    assert_eq!(strict.faults(&release).len(), 0);
    let service = "/parts/0/services/0";
    for place in ["", "/stages/0", "/parts/0/network", service] {
        let mut other = release.clone();
        other.pointer_mut(place).unwrap()["surprise"] = json!(1);
        assert_ne!(strict.faults(&other), [] as [String; 0], "a field more in `{place}`");
    }
    for (place, field) in [("", "stack"), ("/stages/0", "number"), (service, "network"), (service, "kind")] {
        let mut other = release.clone();
        other.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(field).unwrap();
        assert_ne!(strict.faults(&other), [] as [String; 0], "no `{field}` in `{place}`");
    }
}

#[test]
fn of_diagnostics() {
    let strict = Strict::of::<Diagnostics>();
    let mut seen = 0;
    for code in Code::ALL {
        let source = Source::new("shop.yaml", code.example().wrong);
        let said = [
            translate(&source, &Options::default(), &Target::default()).diagnostics,
            tenants::read(&source).diagnostics,
        ];
        for diagnostics in &said {
            strict.assert(diagnostics);
            seen += diagnostics.len();
        }
    }
    assert!(seen > 80, "{seen}");
}

#[test]
fn of_tenants() {
    let source = Source::new("tenant.yaml", include_str!("../../../examples/bank/tenant.yaml"));
    let mut tenant = tenants::read(&source).tenant.unwrap();
    tenant.nfs_servers[0].capacity_bytes = Some(2_000_000_000_000);
    tenant.nfs_servers[0].mount_options = Some("nfsvers=4".to_owned());
    Strict::of::<paas_core::tenant::Tenant>().assert(&tenant);
}

/// All that an operation tells.
#[derive(Default)]
struct Told {
    events: Vec<Event>,
    journal: Vec<JournalEntry>,
    states: Vec<OperationStatus>,
    plans: Vec<Plan>,
}

impl Told {
    async fn hear(&mut self, operation: &Operation) {
        let mut events = operation.events().await.unwrap();
        while let Some(event) = events.next().await.unwrap() {
            self.events.push(event);
        }
        self.journal.extend(operation.journal().await.unwrap());
        self.states.push(operation.status().await.unwrap());
        self.plans.push(operation.plan().await.unwrap());
    }
}

const BANK: (&str, &str) = ("meridian", "retail-banking");

#[test]
fn of_operations_and_applications() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        let (mut told, mut applications) = (Told::default(), Vec::new());

        // One call answers late, one not at all; one service does not come up.
        direct.add_fault(Fault::new(Trouble::Unavailable { retry_after: Some(400) }).method("POST").times(9));
        direct.add_fault(Fault::new(Trouble::NeverHealthy).service("ledger"));
        let operation = anna.applications().begin(&planned(&anna).await).await.unwrap();
        let _ = operation.wait().await.unwrap_err();
        applications.push(anna.applications().status(BANK.0, BANK.1).await.unwrap());
        told.hear(&operation).await;
        direct.clear_faults();
        operation.resume().await.unwrap();
        operation.wait().await.unwrap();
        told.hear(&operation).await;
        applications.push(anna.applications().status(BANK.0, BANK.1).await.unwrap());

        let operation = anna.applications().scale(BANK.0, BANK.1, "ledger", 3).await.unwrap();
        operation.wait().await.unwrap();
        told.hear(&operation).await;
        applications.push(anna.applications().status(BANK.0, BANK.1).await.unwrap());

        let operation = anna.applications().remove(BANK.0, BANK.1).await.unwrap();
        operation.wait().await.unwrap();
        told.hear(&operation).await;

        let strict = Strict::of::<Event>();
        told.events.iter().for_each(|event| strict.assert(event));
        let strict = Strict::of::<JournalEntry>();
        told.journal.iter().for_each(|entry| strict.assert(entry));
        let strict = Strict::of::<OperationStatus>();
        told.states.iter().for_each(|status| strict.assert(status));
        let strict = Strict::of::<Plan>();
        told.plans.iter().for_each(|plan| strict.assert(plan));
        let strict = Strict::of::<ApplicationStatus>();
        applications.iter().for_each(|status| strict.assert(status));
        let strict = Strict::of::<ServiceChange>();
        let changes = applications[2].changes_since(&applications[1]);
        assert!(!changes.is_empty());
        changes.iter().for_each(|change| strict.assert(change));

        let has = |fits: fn(&Note) -> bool| told.journal.iter().any(|entry| fits(&entry.note));
        assert!(
            has(|note| matches!(note, Note::Intent { .. }))
                && has(|note| matches!(note, Note::Outcome { .. }))
        );
        assert!(
            has(|note| matches!(note, Note::Failed { .. })) && has(|note| matches!(note, Note::Ended { .. }))
        );
        assert!(told.states.iter().any(|status| !status.failures.is_empty()));

        let strict = Strict::of::<RequestRecord>();
        let requests = direct.requests();
        assert!(requests.len() > 20 && requests.iter().any(|request| request.fault.is_some()));
        requests.iter().for_each(|request| strict.assert(request));
    });
}

#[test]
fn of_entries_of_every_kind() {
    let strict = Strict::of::<Note>();
    let failure =
        json!({"class": "transient", "code": "client.rancher.server", "message": "busy", "help": "wait"});
    let step_failure =
        json!({"step": "stack/dmz", "title": "make it", "class": "permanent", "code": "c", "message": "m"});
    for note in [
        json!({"note": "begun", "by": "anna"}),
        json!({"note": "resumed", "by": "anna"}),
        json!({"note": "intent", "step": "s", "call": "create_stack", "target": "bank"}),
        json!({"note": "outcome", "step": "s", "intent": 3, "result": "adopted", "id": "1st5"}),
        json!({"note": "progress", "step": "s", "message": "1 of 2 up"}),
        json!({"note": "retry", "step": "s", "failure": failure, "pause_ms": 500}),
        json!({"note": "ended", "step": "s", "how": "already_so"}),
        json!({"note": "failed", "failure": step_failure}),
        json!({"note": "stopped"}),
        json!({"note": "done"}),
        json!({"note": "abandoned", "by": "anna"}),
    ] {
        let read: Note = serde_json::from_value(note.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), note);
        strict.assert(&read);
    }
}

#[test]
fn of_faults() {
    let strict = Strict::of::<Fault>();
    let html = "text/html".to_owned();
    for trouble in [
        Trouble::Conflict,
        Trouble::Unavailable { retry_after: None },
        Trouble::Unavailable { retry_after: Some(3) },
        Trouble::Answer { status: 502, body: "<html>".to_owned(), content_type: html },
        Trouble::HugeAnswer { bytes: 1 << 30 },
        Trouble::Slow { millis: 5 },
        Trouble::CutBody,
        Trouble::LostAnswer,
        Trouble::LostRequest,
        Trouble::DoneTwice,
        Trouble::AnsweredTwice,
        Trouble::StaysActivating { message: "pulling".to_owned() },
        Trouble::NeverHealthy,
    ] {
        strict.assert(&Fault::new(trouble.clone()));
        strict.assert(&Fault::new(trouble).method("PUT").path("/services/").service("web").skip(1).times(2));
    }
}
