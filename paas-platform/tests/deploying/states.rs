//! Operations that are begun twice, resumed, abandoned, followed and taken over.

use super::{
    bad_server::stopped,
    direct::{Direct, acting, anna, begun, planned, run},
    faulty::{Faulty, Mood},
    journal::{Witness, assert_as_planned, assert_whole},
    world::{bank_template, meridian, wait},
};
use crate::quick_folder;
use paas_client::{
    BoxFuture,
    transport::{Method, Request, Response, Transport, TransportError},
};
use paas_platform::{
    ApplicationState, Deploy, Event, EventKind, Note, Operation, OperationState, seam::SeededRandom,
    store::SqliteStore,
};
use paas_sandbox::{Fault, Latencies, RequestRecord, Trouble};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

const BANK: (&str, &str) = ("meridian", "retail-banking");

/// All events of an operation, held against what events promise.
async fn events(operation: &Operation) -> Vec<Event> {
    let mut events = operation.events().await.unwrap();
    let mut all: Vec<Event> = Vec::new();
    while let Some(event) = events.next().await.unwrap() {
        if let Some(last) = all.last() {
            assert!(event.number > last.number, "{last:?} {event:?}");
            assert!(event.percent >= last.percent, "{last:?} {event:?}");
            assert!(event.at >= last.at, "{last:?} {event:?}");
        }
        assert!(!event.message.is_empty() && event.percent <= 100);
        all.push(event);
    }
    assert_eq!(all.first().unwrap().kind, EventKind::Begun);
    assert!(all.last().unwrap().kind.is_last(), "{:?}", all.last());
    all
}

fn held(service: &str) -> Fault {
    Fault::new(Trouble::StaysActivating { message: "busy".to_owned() }).service(service)
}

#[test]
fn the_same_plan_twice_is_one_operation() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        let planned = planned(&anna).await;
        let applications = anna.applications();
        let one = applications.begin(&planned).await.unwrap();
        let other = applications.begin(&planned).await.unwrap();
        assert_eq!(one.id(), other.id());
        let (one, other) = tokio::join!(one.wait(), other.wait());
        assert_eq!(one.unwrap(), other.unwrap());
        // Also after its end.
        let again = applications.begin(&planned).await.unwrap();
        assert_eq!(again.wait().await.unwrap().state, OperationState::Done);
        assert_whole(&again.plan().await.unwrap(), &again.journal().await.unwrap());
        assert_as_planned(&direct, planned.plan());
        assert_eq!(anna.operations().list(None).await.unwrap().len(), 1);
    });
}

#[test]
fn the_same_plan_twice_at_the_same_time_is_one_operation() {
    let folder = quick_folder();
    wait(async {
        for round in 0..5 {
            let direct = Direct::furnished();
            let path = folder.path().join(format!("{round}.db"));
            let anna = direct.anna_on(SqliteStore::open(&path, direct.clock()).await.unwrap()).await;
            let planned = planned(&anna).await;
            let applications = anna.applications();
            let begin = || applications.begin(&planned);
            let (one, two, three, four) = tokio::join!(begin(), begin(), begin(), begin());
            for operation in [one, two, three, four] {
                operation.unwrap().wait().await.unwrap_or_else(|error| panic!("{round}: {error}"));
            }
            let operation = begin().await.unwrap();
            let journal = operation.journal().await.unwrap();
            assert_whole(planned.plan(), &journal);
            assert!(journal.iter().all(|entry| !matches!(entry.note, Note::Resumed { .. })));
            assert_as_planned(&direct, planned.plan());
        }
    });
}

#[test]
fn a_plan_is_stale_once_another_one_was_begun() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        let (first, second) = (planned(&anna).await, planned(&anna).await);
        assert_ne!(first.id(), second.id());
        let applications = anna.applications();
        let operation = applications.begin(&first).await.unwrap();
        let error = applications.begin(&second).await.unwrap_err();
        assert_eq!(error.code(), "platform.stale_plan");
        assert!(error.to_string().contains(second.id().as_str()) && error.help() == "make a new plan");
        operation.wait().await.unwrap();
        assert_eq!(applications.begin(&second).await.unwrap_err().code(), "platform.stale_plan");
        assert_as_planned(&direct, first.plan());
    });
}

#[test]
fn an_application_has_one_operation_at_a_time() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        direct.add_fault(held("database"));
        let operation = begun(&anna).await;
        let applications = anna.applications();
        for is_stopped in [false, true] {
            if is_stopped {
                stopped(&operation).await;
            }
            let deploy = Deploy::new("meridian", bank_template());
            for error in [
                applications.plan(&deploy).await.unwrap_err(),
                applications.deploy(&deploy).await.unwrap_err(),
                applications.remove(BANK.0, BANK.1).await.unwrap_err(),
                applications.scale(BANK.0, BANK.1, "web-front", 4).await.unwrap_err(),
            ] {
                assert_eq!(error.code(), "platform.application_busy");
                assert_eq!(error.operation(), Some(operation.id()));
                assert!(error.to_string().contains(operation.id().as_str()), "{error}");
                assert!(error.help().contains("resume it, or abandon it"));
            }
        }
        direct.clear_faults();
        operation.resume().await.unwrap();
        operation.wait().await.unwrap();
        let error = applications.plan(&Deploy::new("meridian", bank_template())).await.unwrap_err();
        assert_eq!(error.code(), "platform.application_deployed");
    });
}

#[test]
fn what_was_abandoned_is_removed_and_deployed_anew() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        direct.add_fault(held("database"));
        let operation = begun(&anna).await;
        stopped(&operation).await;
        operation.abandon().await.unwrap();
        assert_eq!(events(&operation).await.last().unwrap().kind, EventKind::Abandoned);
        assert_eq!(operation.wait().await.unwrap_err().code(), "platform.operation_abandoned");
        for error in [operation.resume().await.unwrap_err(), operation.abandon().await.unwrap_err()] {
            assert_eq!(error.code(), "platform.operation_state");
            assert!(error.to_string().contains("is abandoned"), "{error}");
        }
        direct.clear_faults();
        let applications = anna.applications();
        let status = applications.status(BANK.0, BANK.1).await.unwrap();
        assert_eq!((status.state, status.operation), (ApplicationState::Incomplete, None));

        let planning = applications.plan(&Deploy::new("meridian", bank_template())).await.unwrap();
        assert!(planning.planned.is_none());
        let errors: Vec<_> =
            planning.diagnostics.iter().filter(|each| each.code.as_str().starts_with("resource.")).collect();
        assert_eq!(errors.len(), 3, "one for each network: {errors:?}");
        for error in errors {
            assert_eq!(error.code.as_str(), "resource.stack_exists");
            let help = error.help.as_deref().unwrap();
            assert_eq!(help, "it is left of this application: remove the application first");
        }
        applications.remove(BANK.0, BANK.1).await.unwrap().wait().await.unwrap();
        assert!(direct.names("stack").is_empty());
        direct.clear_requests();
        let operation = begun(&anna).await;
        operation.wait().await.unwrap();
        assert_as_planned(&direct, &operation.plan().await.unwrap());
        for error in [operation.resume().await.unwrap_err(), operation.abandon().await.unwrap_err()] {
            assert_eq!(error.code(), "platform.operation_state");
            assert!(error.to_string().contains("is done"), "{error}");
        }
        let release = applications.status(BANK.0, BANK.1).await.unwrap().release;
        assert_eq!(release, 2);
    });
}

/// Takes its time before each change leaves, without letting go of its thread.
#[derive(Clone, Debug)]
struct Heavy(Direct, Arc<AtomicUsize>);

impl Transport for Heavy {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            if request.method != Method::Get {
                self.1.fetch_add(1, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(40));
                return self.0.deliver(request).1;
            }
            self.0.send(request).await
        })
    }
}

#[test]
fn nothing_leaves_after_an_operation_was_abandoned() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_time().build().unwrap();
    runtime.block_on(async {
        for round in 1..=8 {
            let direct = Direct::furnished();
            let leaving = Arc::new(AtomicUsize::new(0));
            let transport = Heavy(direct.clone(), Arc::clone(&leaving));
            let client = direct.client_builder().transport(transport).build().unwrap();
            let anna = anna(direct.platform(direct.store()).rancher(client)).await;
            let operation = begun(&anna).await;
            while leaving.load(Ordering::SeqCst) < round {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            operation.abandon().await.unwrap();
            let mutating = || direct.requests().iter().filter(|request| request.is_mutating()).count();
            let (left, sent) = (leaving.load(Ordering::SeqCst), mutating());
            tokio::time::sleep(Duration::from_millis(120)).await;
            assert_eq!((leaving.load(Ordering::SeqCst), mutating()), (left, sent), "round {round}");
            assert!(matches!(
                operation.journal().await.unwrap().last().unwrap().note,
                Note::Abandoned { .. }
            ));
            anna.applications().remove(BANK.0, BANK.1).await.unwrap().wait().await.unwrap();
            assert!(direct.names("stack").is_empty());
        }
    });
}

#[test]
fn who_sees_that_it_stopped_can_resume_it_at_once() {
    run(async {
        let direct = Direct::furnished();
        // It takes its time to let go of the lease.
        let anna = direct.anna_on(Faulty::new(direct.store())).await;
        let planned = planned(&anna).await;
        let refused = Trouble::Answer { status: 401, body: String::new(), content_type: "text/html".into() };
        direct.add_fault(Fault::new(refused).times(u32::MAX));
        let operation = anna.applications().begin(&planned).await.unwrap();
        let mut following = operation.events().await.unwrap();
        while following.next().await.unwrap().unwrap().kind != EventKind::Stopped {}
        direct.clear_faults();
        operation.resume().await.unwrap();
        operation.wait().await.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(events(&operation).await.last().unwrap().kind, EventKind::Done);
    });
}

#[test]
fn all_who_follow_see_the_same() {
    run(async {
        let direct = Direct::with(Latencies::default());
        let anna = direct.anna().await;
        let operation = begun(&anna).await;
        let second = anna.operations().open(operation.id()).await.unwrap();
        let late = async {
            tokio::time::sleep(Duration::from_secs(2)).await;
            events(&second).await
        };
        let (one, other, late, one_end, other_end) =
            tokio::join!(events(&operation), events(&second), late, operation.wait(), second.wait());
        assert!(one == other && one == late);
        assert_eq!(one_end.unwrap(), other_end.unwrap());
        assert_eq!((one.last().unwrap().kind, one.last().unwrap().percent), (EventKind::Done, 100));
        let steps = operation.plan().await.unwrap().steps.len();
        assert_eq!(one.iter().filter(|event| event.kind == EventKind::Ended).count(), steps);
        // Who comes when all is over, too.
        assert_eq!(events(&second).await, one);
    });
}

#[test]
fn an_operation_is_found_again_in_the_file_by_the_next_process() {
    let folder = quick_folder();
    let path = folder.path().join("paas.db");
    let direct = wait(async { Direct::furnished() });
    // The first process ends in the midst: its runtime goes with all that it carries out.
    let (id, before) = wait(async {
        let anna = direct.anna_on(SqliteStore::open(&path, direct.clock()).await.unwrap()).await;
        let operation = begun(&anna).await;
        let mut events = operation.events().await.unwrap();
        let mut seen = Vec::new();
        while seen.len() < 25 {
            seen.push(events.next().await.unwrap().unwrap());
        }
        (operation.id().clone(), seen)
    });
    wait(async {
        let store = SqliteStore::open(&path, direct.clock()).await.unwrap();
        let platform = direct.platform(store).random(SeededRandom::new(2));
        let anna = acting(platform).await;
        assert_eq!(anna.tenants().read("meridian").await.unwrap(), meridian());
        let operation = anna.operations().open(&id).await.unwrap();
        let status = operation.status().await.unwrap();
        assert!(status.state == OperationState::Running && status.is_interrupted, "{status:?}");
        let error = operation.wait().await.unwrap_err();
        assert_eq!(error.code(), "platform.operation_state");
        assert!(error.to_string().contains("resume it"), "{error}");
        // What was seen is there, and then comes nothing, since nobody carries it out.
        let mut events_again = operation.events().await.unwrap();
        let mut seen = Vec::new();
        while let Some(event) = events_again.next().await.unwrap() {
            seen.push(event);
        }
        assert_eq!(seen[..before.len()], before);

        let resumed = anna.operations().resume_interrupted().await.unwrap();
        assert_eq!(resumed.len(), 1);
        assert!(anna.operations().resume_interrupted().await.unwrap().is_empty(), "it is under way");
        resumed[0].wait().await.unwrap();
        let all = events(&resumed[0]).await;
        assert!(all.iter().any(|event| event.kind == EventKind::Resumed));
        assert_eq!(all[..before.len()], before);
        let plan = operation.plan().await.unwrap();
        assert_whole(&plan, &operation.journal().await.unwrap());
        assert_as_planned(&direct, &plan);
    });
}

#[test]
fn another_process_takes_over_when_the_lease_has_run_out() {
    run(async {
        let direct = Direct::furnished();
        let shared = direct.store();
        // The first one's way to the store can be cut.
        let store = Faulty::new(shared.clone());
        let witness = Witness::of(&direct);
        let client = direct.client_builder().transport(witness.clone()).build().unwrap();
        let first = anna(direct.platform(store.clone()).rancher(client).process("first")).await;
        witness.reads(&first);
        let second =
            acting(direct.platform(shared.clone()).process("second").random(SeededRandom::new(2))).await;

        direct.add_fault(held("database"));
        let operation = begun(&first).await;
        tokio::time::sleep(Duration::from_secs(200)).await;
        // Longer than a lease is: the first one keeps it.
        let same = second.operations().open(operation.id()).await.unwrap();
        assert!(!same.status().await.unwrap().is_interrupted);
        for error in [same.resume().await.unwrap_err(), same.abandon().await.unwrap_err()] {
            assert_eq!(error.code(), "store.lease_held");
            assert!(error.to_string().contains("`first`"), "{error}");
        }
        assert!(second.operations().resume_interrupted().await.unwrap().is_empty());
        store.set(Mood::Silent);
        direct.clear_faults();
        tokio::time::sleep(Duration::from_secs(61)).await;
        assert!(same.status().await.unwrap().is_interrupted);
        assert_eq!(second.operations().resume_interrupted().await.unwrap().len(), 1);
        let before = direct.requests().len();
        let follower = tokio::spawn({
            let same = same.clone();
            async move { events(&same).await }
        });

        same.wait().await.unwrap();
        let sent: Vec<RequestRecord> = direct.requests().split_off(before);
        // The late one is back: it does nothing any more, and is told so.
        store.set(Mood::Good);
        tokio::time::sleep(Duration::from_secs(600)).await;
        assert_eq!(direct.requests().len(), before + sent.len(), "the late one went on");
        assert_eq!(operation.wait().await.unwrap().state, OperationState::Done);
        assert_whole(&same.plan().await.unwrap(), &same.journal().await.unwrap());
        assert_as_planned(&direct, &same.plan().await.unwrap());
        assert_eq!(follower.await.unwrap().last().unwrap().kind, EventKind::Done);
    });
}

#[test]
fn a_late_process_is_fenced_even_if_it_believes_to_have_the_lease() {
    run(async {
        let direct = Direct::with(Latencies { container_start: 90_000, ..Latencies::NONE });
        let shared = direct.store();
        let store = Faulty::new(shared.clone());
        let first = anna(direct.platform(store.clone()).process("first")).await;
        let second =
            acting(direct.platform(shared.clone()).process("second").random(SeededRandom::new(2))).await;
        let operation = begun(&first).await;
        tokio::time::sleep(Duration::from_secs(5)).await;
        // The lease is gone without the first one's knowing, as if its clock had stood still.
        store.set(Mood::Silent);
        tokio::time::sleep(Duration::from_secs(39)).await;
        let error = operation.wait().await.unwrap_err();
        assert_eq!(error.code(), "store.io", "{error}");
        tokio::time::sleep(Duration::from_secs(30)).await;
        let same = second.operations().open(operation.id()).await.unwrap();
        same.resume().await.unwrap();
        store.set(Mood::Good);
        // It asks again while the other one is at work.
        let error = operation.resume().await.unwrap_err();
        assert_eq!(error.code(), "store.lease_held");
        same.wait().await.unwrap();
        assert_as_planned(&direct, &same.plan().await.unwrap());
        assert_whole(&same.plan().await.unwrap(), &same.journal().await.unwrap());
    });
}
