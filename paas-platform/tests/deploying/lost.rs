//! Requests and answers that are lost, cut or doubled, at every call of a deployment that changes something.

use super::{
    direct::{Direct, anna, planned, run},
    journal::{Witness, assert_as_planned, assert_whole, outcomes},
};
use paas_platform::{
    Acting, Operation, OperationState, Planned,
    seam::{Random, SeededRandom},
};
use paas_sandbox::{Fault, RequestRecord, Trouble};
use std::collections::BTreeMap;

/// A bank on a server of its own, whose every change must be announced in the journal.
async fn witnessed() -> (Direct, Acting) {
    let direct = Direct::furnished();
    let witness = Witness::of(&direct);
    let client = direct.client_builder().transport(witness.clone()).build().unwrap();
    // Other chance than where the plan was made, so that other operations have other ids.
    let platform = direct.platform(direct.store()).rancher(client).random(SeededRandom::new(2));
    let anna = anna(platform).await;
    witness.reads(&anna);
    (direct, anna)
}

/// The same plan serves all worlds: they are made of the same seed.
async fn plan_once() -> Planned {
    planned(&Direct::furnished().anna().await).await
}

fn mutating(direct: &Direct) -> Vec<RequestRecord> {
    direct.requests().into_iter().filter(RequestRecord::is_mutating).collect()
}

async fn is_done(direct: &Direct, operation: &Operation) {
    let plan = operation.plan().await.unwrap();
    let journal = operation.journal().await.unwrap();
    assert_whole(&plan, &journal);
    assert_as_planned(direct, &plan);
}

/// What a call comes to in the journal, by its name.
type Outcomes = fn(&str) -> &'static [&'static str];

#[test]
fn every_call_of_the_deployment_may_be_lost_or_doubled() {
    let kinds: [(Trouble, Outcomes); 5] = [
        (Trouble::LostAnswer, |call| match call {
            // A service is read before it is told again, by the client itself.
            "activate_service" => &["done"],
            _ => &["adopted"],
        }),
        (Trouble::CutBody, |call| match call {
            "activate_service" => &["done"],
            _ => &["adopted"],
        }),
        (Trouble::LostRequest, |call| match call {
            "activate_service" => &["done"],
            _ => &["done", "not_sent"],
        }),
        (Trouble::DoneTwice, |call| match call {
            // The second one is refused: what there is came of the first.
            "create_stack" | "activate_service" => &["adopted"],
            _ => &["done"],
        }),
        (Trouble::AnsweredTwice, |_| &["done"]),
    ];
    let planned = run(plan_once());
    let clean: Vec<RequestRecord> = run(async {
        let (direct, anna) = witnessed().await;
        let operation = anna.applications().begin(&planned).await.unwrap();
        operation.wait().await.unwrap();
        is_done(&direct, &operation).await;
        let journal = operation.journal().await.unwrap();
        assert!(outcomes(&journal).keys().all(|outcome| outcome.ends_with(" done")));
        mutating(&direct)
    });
    assert!(clean.iter().all(|request| request.method == "POST"));
    for (trouble, expected) in &kinds {
        for (at, request) in clean.iter().enumerate() {
            let told = format!("{trouble:?} at {at}, {}", request.path);
            println!("{told}");
            let call = match &request.path {
                path if path.ends_with("/stacks") => "create_stack",
                path if path.ends_with("/volumes") => "create_volume",
                _ => "activate_service",
            };
            run(async {
                let (direct, anna) = witnessed().await;
                let skip = u32::try_from(at).unwrap();
                direct.add_fault(Fault::new(trouble.clone()).method("POST").skip(skip));
                let operation = anna.applications().begin(&planned).await.unwrap();
                operation.wait().await.unwrap();
                is_done(&direct, &operation).await;
                let hit = direct.requests().iter().filter(|request| request.fault.is_some()).count();
                assert_eq!(hit, if *trouble == Trouble::DoneTwice { 2 } else { 1 }, "{told}");
                // All as in the clean run, but what came of this one call.
                let mut wanted = outcomes_of(&clean);
                *wanted.get_mut(&format!("{call} done")).unwrap() -= 1;
                for word in expected(call) {
                    *wanted.entry(format!("{call} {word}")).or_default() += 1;
                }
                if *trouble == Trouble::DoneTwice && call == "create_volume" {
                    wanted.insert("delete_volume done".to_owned(), 1);
                }
                wanted.retain(|_, count| *count > 0);
                assert_eq!(outcomes(&operation.journal().await.unwrap()), wanted, "{told}");
            });
        }
    }
    println!("{} calls × {} faults", clean.len(), kinds.len());
}

/// What the journal of a run tells in which each call was answered.
fn outcomes_of(requests: &[RequestRecord]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for request in requests {
        let call = match &request.path {
            path if path.ends_with("/stacks") => "create_stack",
            path if path.ends_with("/volumes") => "create_volume",
            _ => "activate_service",
        };
        *counts.entry(format!("{call} done")).or_default() += 1;
    }
    counts
}

#[test]
fn scaling_and_removing_may_be_lost_or_doubled() {
    let troubles = [
        Trouble::LostAnswer,
        Trouble::CutBody,
        Trouble::LostRequest,
        Trouble::DoneTwice,
        Trouble::AnsweredTwice,
        Trouble::Conflict,
        Trouble::Unavailable { retry_after: Some(7) },
    ];
    let planned = run(plan_once());
    let mut count = 0;
    for trouble in &troubles {
        for (method, at) in [("PUT", 0), ("DELETE", 0), ("DELETE", 1), ("DELETE", 2)] {
            count += 1;
            println!("{trouble:?} at {method} {at}");
            run(async {
                let (direct, anna) = witnessed().await;
                let applications = anna.applications();
                applications.begin(&planned).await.unwrap().wait().await.unwrap();
                direct.add_fault(Fault::new(trouble.clone()).method(method).skip(at));
                let scaling = applications.scale("meridian", "retail-banking", "web-front", 5).await.unwrap();
                scaling.wait().await.unwrap();
                assert_whole(&scaling.plan().await.unwrap(), &scaling.journal().await.unwrap());
                let scaled = direct.resources("service").into_iter().find(|each| each["name"] == "web-front");
                assert_eq!(scaled.unwrap()["currentScale"], 5);
                let removal = applications.remove("meridian", "retail-banking").await.unwrap();
                removal.wait().await.unwrap();
                assert_whole(&removal.plan().await.unwrap(), &removal.journal().await.unwrap());
                assert!(direct.names("stack").is_empty());
                assert_eq!(direct.names("volume").len(), 2, "volumes stay");
            });
        }
    }
    println!("{count} runs");
}

/// Faults at chance, several in one run, also of what only reads. What stops is resumed; it must come to its end.
#[test]
fn any_series_of_faults_ends_done() {
    let planned = run(plan_once());
    let (mut faults, mut resumed) = (0, 0);
    for seed in 0..crate::rounds(60) {
        let random = SeededRandom::new(seed);
        run(async {
            let (direct, anna) = witnessed().await;
            let mut told = Vec::new();
            for _ in 0..1 + random.below(8) {
                let trouble = match random.below(10) {
                    0 => Trouble::Conflict,
                    1 => Trouble::Unavailable { retry_after: Some(2) },
                    2 => Trouble::HugeAnswer { bytes: 100_000 },
                    3 => Trouble::Slow { millis: 130_000 },
                    4 => Trouble::CutBody,
                    5 | 6 => Trouble::LostAnswer,
                    7 => Trouble::LostRequest,
                    8 => Trouble::DoneTwice,
                    _ => Trouble::Answer {
                        status: 502,
                        body: "<html>".into(),
                        content_type: "text/html".into(),
                    },
                };
                let mut fault = Fault::new(trouble).skip(u32::try_from(random.below(60)).unwrap());
                fault = fault.times(1 + u32::try_from(random.below(3)).unwrap());
                if random.below(2) == 0 {
                    fault = fault.method("POST").skip(u32::try_from(random.below(18)).unwrap());
                }
                told.push(format!("{fault:?}"));
                direct.add_fault(fault);
            }
            let operation = anna.applications().begin(&planned).await.unwrap();
            let mut times = 0;
            while let Err(error) = operation.wait().await {
                assert_eq!(operation.status().await.unwrap().state, OperationState::Stopped, "{error}");
                times += 1;
                assert!(times < 30, "seed {seed} comes to no end: {error}; {told:#?}");
                operation.resume().await.unwrap();
            }
            direct.clear_faults();
            is_done(&direct, &operation).await;
            faults += direct.requests().iter().filter(|request| request.fault.is_some()).count();
            resumed += times;
        });
    }
    println!("{faults} faults, resumed {resumed} times");
}
