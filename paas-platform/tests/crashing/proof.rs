//! What must hold after any crash, once the deployment was resumed.

use paas_platform::{Acting, IntentResult, JournalEntry, Note, OperationState};
use paas_sandbox::{RequestRecord, Sandbox};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The services of the bank.
const SERVICES: [&str; 11] = [
    "accounts",
    "api-gateway",
    "card-network",
    "database",
    "entry",
    "ledger",
    "nightly-settlement",
    "notifications",
    "payments",
    "session-cache",
    "web-front",
];

/// The bank is there, once; the journal explains every call.
pub(crate) async fn all_is_well(sandbox: &Sandbox, anna: &Acting) {
    each_is_there_once(sandbox);
    let log = sandbox.requests();
    each_was_done_once(&log);
    let mut journals = Vec::new();
    for status in anna.operations().list(None).await.unwrap() {
        assert_eq!(status.state, OperationState::Done);
        journals.push(anna.operations().open(&status.id).await.unwrap().journal().await.unwrap());
    }
    assert_eq!(journals.len(), 1, "one operation");
    the_journal_explains_every_call(&journals[0], &log);
}

fn each_is_there_once(sandbox: &Sandbox) {
    let names = |kind: &str| -> Vec<String> {
        let mut names: Vec<String> =
            sandbox.resources(kind).iter().map(|each| text(each, "name").to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names("stack"), ["retail-banking"; 3]);
    assert_eq!(names("service"), SERVICES);
    assert_eq!(names("volume"), ["ledger-data", "payment-receipts"]);
    for service in sandbox.resources("service") {
        assert_eq!(text(&service, "state"), "active", "{}", text(&service, "name"));
    }
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

/// No create and no start had its effect twice.
fn each_was_done_once(log: &[RequestRecord]) {
    let done = |is_it: fn(&RequestRecord) -> bool| {
        log.iter().filter(|request| is_it(request) && (200..300).contains(&request.status)).count()
    };
    assert_eq!(done(|request| request.method == "POST" && request.path.ends_with("/stacks")), 3);
    assert_eq!(done(|request| request.method == "POST" && request.path.ends_with("/volumes")), 2);
    assert_eq!(done(|request| request.query.contains("action=activate")), SERVICES.len());
    assert_eq!(done(|request| request.method == "DELETE"), 0);
}

/// Each request that changes something has an intent of its own, and each intent has one outcome.
fn the_journal_explains_every_call(journal: &[JournalEntry], log: &[RequestRecord]) {
    let mut intents: BTreeMap<String, usize> = BTreeMap::new();
    let mut open = BTreeSet::new();
    let mut effective = 0;
    for entry in journal {
        match &entry.note {
            Note::Intent { step, call, target } => {
                let of = match call.as_str() {
                    "activate_service" => target.clone(),
                    _ => step.rsplit_once('/').map(|(_, last)| last.to_owned()).unwrap_or_default(),
                };
                *intents.entry(format!("{call} {of}")).or_default() += 1;
                open.insert(entry.number);
            }
            Note::Outcome { intent, result, .. } => {
                assert!(
                    open.remove(intent),
                    "the intent {intent} has two outcomes, or none before: {journal:#?}"
                );
                effective += usize::from(result.is_effective());
                assert_ne!(*result, IntentResult::Refused);
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "intents without an outcome: {open:?}");
    let mut requests: BTreeMap<String, usize> = BTreeMap::new();
    for request in log.iter().filter(|request| request.is_mutating()) {
        let body = request.body.as_ref();
        let call = if request.path.ends_with("/stacks") {
            let network = body.and_then(|body| network(body, "dockerCompose")).unwrap();
            format!("create_stack {network}")
        } else if request.path.ends_with("/volumes") {
            format!("create_volume {}", text(body.unwrap(), "name"))
        } else {
            assert!(request.query.contains("action=activate"), "{request:?}");
            format!("activate_service {}", request.path.trim_end_matches('/').rsplit_once('/').unwrap().1)
        };
        *requests.entry(call).or_default() += 1;
    }
    for (call, count) in &requests {
        assert!(intents.get(call) >= Some(count), "`{call}` was sent more often than intended: {intents:?}");
    }
    assert_eq!(effective, 3 + 2 + SERVICES.len(), "intents that had an effect");
}

/// The network of a stack, which the first lines of its file tell.
fn network(body: &Value, field: &str) -> Option<String> {
    let line = text(body, field).lines().find(|line| line.contains("in environment "))?;
    let name = line.split_once("in environment ")?.1.split_once('.')?.0;
    Some(name.trim_start_matches("meridian-").to_owned())
}
