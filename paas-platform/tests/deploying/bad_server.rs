//! Servers that are down, refuse, or answer what they should not: a clear failure, a journal that can be resumed, and
//! once the server is mended the same end as without trouble.

use super::{
    direct::{Direct, begun, planned, run},
    journal::{assert_as_planned, assert_whole},
    world,
};
use paas_platform::{
    Acting, Class, Deploy, ErrorKind, Operation, OperationState, StepFailure, seam::SystemClock,
    store::MemoryStore,
};
use paas_sandbox::{Fault, Latencies, RequestRecord, Sandbox, Trouble};
use std::time::Duration;

fn answer(status: u16, body: &str) -> Trouble {
    Trouble::Answer { status, body: body.to_owned(), content_type: "text/html".to_owned() }
}

/// Troubles that do not pass, each with the code of the failure and what its message tells.
fn troubles() -> Vec<(Trouble, &'static str, &'static str)> {
    let unauthorized = r#"{"type":"error","status":401,"code":"Unauthorized"}"#;
    let forbidden = r#"{"type":"error","status":403,"code":"Forbidden"}"#;
    vec![
        (answer(401, unauthorized), "client.rancher.unauthorized", "the server does not accept the key"),
        (answer(403, forbidden), "client.rancher.forbidden", "the key may not do this"),
        (answer(200, "<html><title>Log in</title>"), "client.rancher.protocol", "a web page titled `Log in`"),
        (answer(200, "%PDF-1.4 %%EOF"), "client.rancher.protocol", "text that begins with `%PDF-1.4"),
        (answer(200, r#"{"data":[{"id":"1st"#), "client.rancher.interrupted", "ends in the middle"),
        (answer(404, "<html>nginx"), "client.rancher.protocol", "does not come from Rancher's API"),
        (answer(302, ""), "client.rancher.redirect", "sends us to"),
        (answer(500, &"x".repeat(10 << 20)), "client.rancher.server", "the server failed"),
        (Trouble::HugeAnswer { bytes: 33 << 20 }, "client.rancher.too-large", "larger than"),
        (Trouble::Unavailable { retry_after: Some(3600) }, "client.rancher.server", "status 503"),
        (Trouble::Unavailable { retry_after: None }, "client.rancher.server", "status 503"),
        (Trouble::Conflict, "client.rancher.conflict", "busy or has changed"),
        (Trouble::CutBody, "client.rancher.interrupted", "the connection was cut"),
        (Trouble::Slow { millis: 121_000 }, "client.rancher.timeout", "no answer within 120s"),
    ]
}

/// Waits for an operation to stop, and gives its failures.
pub(crate) async fn stopped(operation: &Operation) -> Vec<StepFailure> {
    let error = operation.wait().await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Stopped, "platform.operation_stopped"), "{error}");
    assert_eq!(error.operation(), Some(operation.id()));
    let status = operation.status().await.unwrap();
    assert_eq!(status.state, OperationState::Stopped);
    assert_eq!(error.failures(), status.failures);
    assert!(!status.failures.is_empty() && status.ended_at.is_some() && !status.is_interrupted);
    for failure in &status.failures {
        assert!(error.to_string().contains(&failure.failure.message), "{error}");
        assert!(failure.failure.help.is_some(), "no help: {failure:?}");
        assert!(failure.failure.message.contains("meridian-"), "no place: {failure:?}");
        assert!(failure.failure.message.len() < 1000, "{failure:?}");
    }
    status.failures
}

/// Resumes an operation on a server that is mended.
pub(crate) async fn mended(direct: &Direct, operation: &Operation) {
    operation.resume().await.unwrap();
    let status = operation.wait().await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((status.state, status.percent()), (OperationState::Done, 100));
    assert!(status.failures.is_empty());
    let plan = operation.plan().await.unwrap();
    assert_whole(&plan, &operation.journal().await.unwrap());
    assert_as_planned(direct, &plan);
}

#[test]
fn a_server_that_answers_badly_from_the_middle_on() {
    let planned = run(async { planned(&Direct::furnished().anna().await).await });
    let (mut runs, mut stops) = (0, 0);
    for (trouble, code, words) in troubles() {
        // From the first request on, while volumes and stacks are made, and while services start. What is large is large
        // everywhere.
        let is_large = matches!(&trouble, Trouble::HugeAnswer { .. })
            || matches!(&trouble, Trouble::Answer { body, .. } if body.len() > 1 << 20);
        let skips: &[u32] = if is_large { &[23] } else { &[0, 7, 23, 44] };
        for skip in skips.iter().copied() {
            let shown = format!("{trouble:?}");
            let shown = format!("{} after {skip}", shown.get(..80).unwrap_or(&shown));
            runs += 1;
            run(async {
                let direct = Direct::furnished();
                let anna = direct.anna().await;
                direct.add_fault(Fault::new(trouble.clone()).skip(skip).times(u32::MAX));
                let operation = anna.applications().begin(&planned).await.unwrap();
                let failures = stopped(&operation).await;
                stops += failures.len();
                for StepFailure { failure, .. } in &failures {
                    // A wait tells the last trouble that it had.
                    let of_wait =
                        failure.message.contains(words) && failure.code == "client.rancher.deadline";
                    assert!(failure.code == code || of_wait, "{shown}: {failure:?}");
                    assert!(failure.message.contains(words), "{shown}: {failure:?}");
                }
                direct.clear_faults();
                mended(&direct, &operation).await;
            });
        }
    }
    println!("{runs} servers, {stops} steps that failed");
}

#[test]
fn a_server_that_is_down_is_waited_for_and_then_told() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        let planned = planned(&anna).await;

        // A restart is waited out.
        direct.set_down(true);
        let operation = anna.applications().begin(&planned).await.unwrap();
        tokio::time::sleep(Duration::from_secs(20)).await;
        direct.set_down(false);
        operation.wait().await.unwrap();
        anna.applications().remove("meridian", "retail-banking").await.unwrap().wait().await.unwrap();

        let operation = begun(&anna).await;
        direct.set_down(true);
        for StepFailure { failure, .. } in stopped(&operation).await {
            assert_eq!((failure.code.as_str(), failure.class), ("client.rancher.connect", Class::Transient));
            assert!(failure.message.contains("connection refused"), "{failure:?}");
            assert!(failure.help.unwrap().contains("can be reached, then resume"));
        }
        // Once more in vain: nothing is lost by it.
        operation.resume().await.unwrap();
        stopped(&operation).await;
        direct.set_down(false);
        direct.clear_requests();
        mended(&direct, &operation).await;
    });
}

#[test]
fn a_server_that_stops_and_comes_back_on_its_port() {
    let sandbox = Sandbox::builder().latencies(Latencies::NONE).start().unwrap();
    world::furnish(&sandbox);
    let port: u16 = sandbox.url().rsplit(':').next().unwrap().parse().unwrap();
    world::wait(async {
        let policy = paas_platform::ExecutionPolicy { tries: 2, ..world::policy() };
        let store = MemoryStore::new(SystemClock::new());
        let platform = world::builder(&sandbox, store).policy(policy).connect().await.unwrap();
        let anna = platform.acting_as("anna".parse().unwrap());
        anna.tenants().put(&world::meridian()).await.unwrap();
        let planned = planned(&anna).await;
        sandbox.stop();
        let operation = anna.applications().begin(&planned).await.unwrap();
        for StepFailure { failure, .. } in stopped(&operation).await {
            assert_eq!(failure.code, "client.rancher.connect");
        }
        // The same seed, so the same ids and keys.
        let again = Sandbox::builder().port(port).latencies(Latencies::NONE).start().unwrap();
        world::furnish(&again);
        operation.resume().await.unwrap();
        operation.wait().await.unwrap();
        assert_eq!(again.resources("stack").len(), 3);
    });
}

#[test]
fn a_server_that_is_bad_before_anything_is_planned() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        let failed = async |anna: &Acting| {
            let deploy = Deploy::new("meridian", world::bank_template());
            let error = anna.applications().plan(&deploy).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Rancher);
            assert!(!error.help().is_empty() && error.client().is_some());
            error
        };
        for (trouble, code, words) in troubles() {
            direct.add_fault(Fault::new(trouble).times(u32::MAX));
            let error = failed(&anna).await;
            assert_eq!(error.code(), code);
            assert!(error.to_string().contains(words), "{error}");
            assert!(error.to_string().len() < 1000, "{error}");
            direct.clear_faults();
        }
        direct.set_down(true);
        assert_eq!(failed(&anna).await.code(), "client.rancher.connect");
        assert!(anna.operations().list(None).await.unwrap().is_empty());
        assert!(direct.requests().iter().all(|request| !request.is_mutating()));
    });
}

#[test]
fn a_conflict_is_tried_again_after_a_look() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        let planned = planned(&anna).await;
        direct.clear_requests();
        direct.add_fault(Fault::new(Trouble::Conflict).method("POST").times(25));
        let operation = anna.applications().begin(&planned).await.unwrap();
        operation.wait().await.unwrap();
        let plan = operation.plan().await.unwrap();
        assert_whole(&plan, &operation.journal().await.unwrap());
        assert_as_planned(&direct, &plan);

        let requests = direct.requests();
        let mut conflicts = 0;
        for (at, request) in requests.iter().enumerate().filter(|(_, request)| request.status == 409) {
            conflicts += 1;
            let later = &requests[at + 1..];
            let again = later.iter().position(|other| {
                other.method == "POST" && other.path == request.path && name(other) == name(request)
            });
            let Some(again) = again else { continue };
            // The service itself, or the list that would have it.
            let collection = request.path.trim_end_matches('/');
            let looked = later[..again].iter().any(|other| other.method == "GET" && other.path == collection);
            assert!(looked, "{} was told again without a look", request.path);
        }
        assert_eq!(conflicts, 25);
    });
}

fn name(request: &RequestRecord) -> Option<&str> {
    request.body.as_ref()?.get("name")?.as_str()
}

#[test]
fn a_server_that_says_when_to_ask_again_is_left_alone_until_then() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        let planned = planned(&anna).await;
        direct.clear_requests();
        direct.add_fault(Fault::new(Trouble::Unavailable { retry_after: Some(9) }).path("/stacks"));
        let operation = anna.applications().begin(&planned).await.unwrap();
        operation.wait().await.unwrap();
        let requests = direct.requests();
        let first = requests.iter().find(|request| request.status == 503).unwrap();
        let next =
            requests.iter().find(|request| request.number > first.number && request.path == first.path);
        assert!(next.unwrap().at - first.at >= 9_000, "{first:?} {next:?}");
    });
}

#[test]
fn an_answer_beyond_the_limit_is_adopted() {
    run(async {
        let direct = Direct::furnished();
        let anna = direct.anna().await;
        let planned = planned(&anna).await;
        direct
            .add_fault(Fault::new(Trouble::Slow { millis: 300_000 }).method("POST").path("/stacks").times(3));
        let operation = anna.applications().begin(&planned).await.unwrap();
        operation.wait().await.unwrap();
        let journal = operation.journal().await.unwrap();
        assert_eq!(super::journal::outcomes(&journal)["create_stack adopted"], 3);
        assert_whole(&operation.plan().await.unwrap(), &journal);
        assert_as_planned(&direct, &operation.plan().await.unwrap());
    });
}
