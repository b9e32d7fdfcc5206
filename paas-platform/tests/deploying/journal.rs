//! What a journal must tell, whatever went wrong.

use super::direct::Direct;
use paas_client::{
    BoxFuture,
    transport::{Method, Request, Response, Transport, TransportError},
};
use paas_core::plan::{Action, Plan};
use paas_platform::{Acting, IntentResult, JournalEntry, Note, OperationId, OperationState, StepResult};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, OnceLock},
};

/// Carries requests, and ends the test at one that changes something and is not announced: when it leaves there must be
/// an intent of the same call, about the same thing, in the same environment, with no outcome yet.
#[derive(Clone, Debug)]
pub(crate) struct Witness {
    inner: Direct,
    anna: Arc<OnceLock<Acting>>,
    plans: Arc<Mutex<BTreeMap<OperationId, Plan>>>,
}

impl Witness {
    pub(crate) fn of(direct: &Direct) -> Self {
        Self { inner: direct.clone(), anna: Arc::default(), plans: Arc::default() }
    }

    /// Whose journals are read.
    pub(crate) fn reads(&self, anna: &Acting) {
        self.anna.set(anna.clone()).unwrap();
    }

    async fn is_announced(&self, request: &Request) -> bool {
        let (call, target) = call_of(request);
        let operations = self.anna.get().unwrap().operations();
        for status in operations.list(None).await.unwrap() {
            if status.state != OperationState::Running {
                continue;
            }
            let operation = operations.open(&status.id).await.unwrap();
            let known = self.plans.lock().unwrap().get(&status.id).cloned();
            let plan = match known {
                Some(plan) => plan,
                None => operation.plan().await.unwrap(),
            };
            self.plans.lock().unwrap().insert(status.id.clone(), plan.clone());
            let fits = |(_, step, of, what): &(u64, String, String, String)| {
                let environment = plan.step(step).unwrap().action.environment().id.clone();
                *of == call
                    && *what == target
                    && request.path().contains(&format!("/projects/{environment}/"))
            };
            if open_intents(&operation.journal().await.unwrap()).iter().any(fits) {
                return true;
            }
        }
        false
    }
}

impl Transport for Witness {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            if request.method != Method::Get {
                let (method, url) = (request.method.as_str(), request.url.clone());
                assert!(self.is_announced(&request).await, "no open intent announces {method} {url}");
            }
            self.inner.send(request).await
        })
    }
}

/// The call that a request is made by, in the journal's words, and what it is about.
fn call_of(request: &Request) -> (&'static str, String) {
    let segments: Vec<&str> = request.path().split('/').filter(|segment| !segment.is_empty()).collect();
    let body: Option<Value> = request.body.as_deref().and_then(|body| serde_json::from_slice(body).ok());
    let name = || body.as_ref().unwrap()["name"].as_str().unwrap().to_owned();
    match (request.method, segments.as_slice()) {
        (Method::Post, [.., "stacks"]) => ("create_stack", name()),
        (Method::Post, [.., "volumes"]) => ("create_volume", name()),
        (Method::Post, [.., "services", id]) if request.query() == "action=activate" => {
            ("activate_service", (*id).to_owned())
        }
        (Method::Put, [.., "services", id]) => ("scale_service", (*id).to_owned()),
        (Method::Delete, [.., "stacks", id]) => ("delete_stack", (*id).to_owned()),
        (Method::Delete, [.., "volumes", id]) => ("delete_volume", (*id).to_owned()),
        _ => panic!("no step asks for {} {}", request.method.as_str(), request.url),
    }
}

/// The intents without an outcome: number, step, call, target.
fn open_intents(journal: &[JournalEntry]) -> Vec<(u64, String, String, String)> {
    let mut open = Vec::new();
    for entry in journal {
        match &entry.note {
            Note::Intent { step, call, target } => {
                open.push((entry.number, step.clone(), call.clone(), target.clone()));
            }
            Note::Outcome { intent, .. } => open.retain(|(number, ..)| number != intent),
            _ => {}
        }
    }
    open
}

/// What the intents of a journal came to, by call: `create_stack adopted`.
pub(crate) fn outcomes(journal: &[JournalEntry]) -> BTreeMap<String, usize> {
    let mut calls = BTreeMap::new();
    let mut counts = BTreeMap::new();
    for entry in journal {
        match &entry.note {
            Note::Intent { call, .. } => {
                calls.insert(entry.number, call.clone());
            }
            Note::Outcome { intent, result, .. } => {
                let word = match result {
                    IntentResult::Done => "done",
                    IntentResult::Adopted => "adopted",
                    IntentResult::NotSent => "not_sent",
                    IntentResult::Refused => "refused",
                    other => panic!("{other:?}"),
                };
                *counts.entry(format!("{} {word}", calls[intent])).or_default() += 1;
            }
            _ => {}
        }
    }
    counts
}

/// Holds the journal of an operation that has reached its end against its plan: nothing is left open, nothing is told
/// twice, each step has ended once and after those that it comes after.
pub(crate) fn assert_whole(plan: &Plan, journal: &[JournalEntry]) {
    let numbers: Vec<u64> = journal.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, (1..=journal.len() as u64).collect::<Vec<_>>());
    assert!(matches!(journal.first().unwrap().note, Note::Begun { .. }));
    assert_eq!(journal.last().unwrap().note, Note::Done);
    let (mut ended, mut settled) = (BTreeSet::new(), BTreeSet::new());
    let mut intents = BTreeMap::new();
    for entry in journal {
        if let Some(step) = entry.note.step() {
            assert!(!ended.contains(step), "`{step}` goes on after its end: {entry:?}");
            let before = &plan.step(step).unwrap().after;
            assert!(before.iter().all(|key| ended.contains(key)), "too early: {entry:?}");
        }
        match &entry.note {
            Note::Intent { step, .. } => {
                intents.insert(entry.number, step.clone());
            }
            Note::Outcome { step, intent, .. } => {
                assert_eq!(intents.get(intent), Some(step), "{entry:?}");
                assert!(settled.insert(*intent), "a second outcome: {entry:?}");
            }
            Note::Ended { step, how, .. } => {
                assert!(
                    !matches!(how, StepResult::Done) || needs_no_call(plan, step) || effective(journal, step)
                );
                ended.insert(step.clone());
            }
            _ => {}
        }
    }
    let open: Vec<_> = intents.keys().filter(|number| !settled.contains(*number)).collect();
    assert!(open.is_empty(), "left open: {open:?} in {journal:#?}");
    let all: BTreeSet<String> = plan.steps.iter().map(|step| step.key.clone()).collect();
    assert_eq!(ended, all);
}

fn needs_no_call(plan: &Plan, step: &str) -> bool {
    matches!(plan.step(step).unwrap().action, Action::AwaitServices(_))
}

/// Whether a step has an intent that had its effect.
fn effective(journal: &[JournalEntry], wanted: &str) -> bool {
    journal.iter().any(|entry| {
        matches!(&entry.note, Note::Outcome { step, result, .. } if step == wanted && result.is_effective())
    })
}

/// Whether the server holds what a deployment plans: each volume, stack and service once, and nothing else; and that no
/// stack was made twice on the way.
pub(crate) fn assert_as_planned(direct: &Direct, plan: &Plan) {
    let (mut volumes, mut stacks, mut services) = (Vec::new(), Vec::new(), Vec::new());
    for step in &plan.steps {
        let environment = &step.action.environment().name;
        match &step.action {
            Action::EnsureVolume(wanted) => volumes.push(format!("{environment}/{}", wanted.name)),
            Action::CreateStack(wanted) => {
                let stack = &wanted.stack.name;
                stacks.push(format!("{environment}/{stack}"));
                services.extend(wanted.services.iter().map(|name| format!("{environment}/{stack}/{name}")));
            }
            _ => {}
        }
    }
    for planned in [&mut volumes, &mut stacks, &mut services] {
        planned.sort();
    }
    assert_eq!(direct.names("volume"), volumes);
    assert_eq!(direct.names("stack"), stacks);
    assert_eq!(direct.names("service"), services);
    for service in direct.resources("service") {
        assert_eq!(service["state"], "active", "{}", service["name"]);
    }
    let made: Vec<String> = direct
        .requests()
        .into_iter()
        .filter(|request| {
            request.method == "POST" && request.path.ends_with("/stacks") && request.status == 201
        })
        .map(|request| request.path)
        .collect();
    assert_eq!(made.len(), stacks.len(), "{made:?}");
}
