//! Stores that cannot be written, and what they are opened from.

use super::{
    direct::{Direct, acting, anna, planned, planned_of, run},
    faulty::{Faulty, Mood},
    journal::{Witness, assert_as_planned, assert_whole},
    world::{meridian, wait},
};
use crate::quick_folder;
use paas_platform::{
    Acting, Error, ErrorKind, OperationState, Planned, PlatformBuilder,
    seam::SeededRandom,
    store::{Batch, SqliteOptions, SqliteStore, Store, kinds},
};
use paas_sandbox::{Fault, Trouble};
use paas_tosca::Source;
use std::{fs, path::Path, time::Duration};

/// A bank on a store, whose every change must be announced in the journal.
async fn witnessed(direct: &Direct, platform: PlatformBuilder) -> Acting {
    let witness = Witness::of(direct);
    let client = direct.client_builder().transport(witness.clone()).build().unwrap();
    let anna = anna(platform.rancher(client).random(SeededRandom::new(2))).await;
    witness.reads(&anna);
    anna
}

fn mutating(direct: &Direct) -> usize {
    direct.requests().iter().filter(|request| request.is_mutating()).count()
}

async fn begun_and_waited_for(anna: &Acting, planned: &Planned) -> Result<(), Error> {
    anna.applications().begin(planned).await?.wait().await.map(|_| ())
}

/// Brings what was begun to its end: the same plan is the same operation.
async fn goes_on(direct: &Direct, anna: &Acting, planned: &Planned) {
    let operation = anna.applications().begin(planned).await.unwrap();
    let status = operation.wait().await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(status.state, OperationState::Done);
    let plan = operation.plan().await.unwrap();
    assert_whole(&plan, &operation.journal().await.unwrap());
    assert_as_planned(direct, &plan);
    assert_eq!(anna.operations().list(None).await.unwrap().len(), 1);
}

#[test]
fn a_store_that_fails_at_any_write() {
    let planned = run(async { planned(&Direct::furnished().anna().await).await });
    let mut count = 0;
    loop {
        let mood = if count % 2 == 0 { Mood::Full } else { Mood::Broken };
        let is_over = run(async {
            let direct = Direct::furnished();
            let store = Faulty::new(direct.store());
            let anna = witnessed(&direct, direct.platform(store.clone())).await;
            direct.clear_requests();
            store.set_after(count, mood);
            let Err(error) = begun_and_waited_for(&anna, &planned).await else { return true };
            let code = if mood == Mood::Full { "store.full" } else { "store.io" };
            assert_eq!((error.kind(), error.code()), (ErrorKind::Store, code), "write {count}: {error}");
            assert!(error.store().is_some() && !error.help().is_empty());
            assert!(error.to_string().contains("paas.db"), "{error}");

            // Nothing more is done, not even a look.
            let before = direct.requests().len();
            tokio::time::sleep(Duration::from_secs(1800)).await;
            assert_eq!(direct.requests().len(), before, "write {count}");
            let operations = anna.operations().list(None).await.unwrap();
            assert!(
                operations.iter().all(|operation| operation.is_interrupted || operation.state.is_final())
            );

            store.set(Mood::Good);
            goes_on(&direct, &anna, &planned).await;
            false
        });
        if is_over {
            break;
        }
        count += 1;
    }
    println!("a store that fails at any of {count} writes");
    assert!(count > 50);
}

#[test]
fn a_store_that_falls_silent_ends_the_operation_before_its_lease_is_over() {
    run(async {
        let direct = Direct::furnished();
        let store = Faulty::new(direct.store());
        let anna = witnessed(&direct, direct.platform(store.clone())).await;
        let planned = planned(&anna).await;
        store.set_after(20, Mood::Silent);
        let begin = tokio::time::Instant::now();
        let operation = anna.applications().begin(&planned).await.unwrap();
        let end = tokio::time::timeout(Duration::from_secs(3600), operation.wait()).await;
        let error = end.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Store, "store.io"), "{error}");
        assert!(error.to_string().contains("does not answer"), "{error}");
        assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", begin.elapsed());
        let before = mutating(&direct);
        store.set(Mood::Good);
        tokio::time::sleep(Duration::from_secs(600)).await;
        assert_eq!(mutating(&direct), before);
        goes_on(&direct, &anna, &planned).await;
    });
}

/// A bank whose store is a file; time is real, since the file has a thread of its own.
async fn on_file(direct: &Direct, path: &Path, options: SqliteOptions) -> Result<Acting, Error> {
    let store = options.open(path, direct.clock()).await?;
    let platform = direct.platform(store).random(SeededRandom::new(2)).connect().await?;
    let anna = platform.acting_as("anna@bank.test".parse().unwrap());
    anna.tenants().put(&meridian()).await?;
    Ok(anna)
}

#[test]
fn a_full_disk() {
    let folder = quick_folder();
    let path = folder.path().join("paas.db");
    let (mut refused, mut stopped, mut pages) = (0, 0, 16);
    wait(async {
        loop {
            pages += 1;
            let _ = fs::remove_file(&path);
            let direct = Direct::furnished();
            let planned = planned(&direct.anna().await).await;
            let anna = match on_file(&direct, &path, SqliteOptions::new().quota(pages * 4096)).await {
                Ok(anna) => anna,
                Err(error) => {
                    assert_eq!(error.code(), "store.full", "{error}");
                    continue;
                }
            };
            direct.clear_requests();
            let applications = anna.applications();
            let error = match applications.begin(&planned).await {
                Err(error) => {
                    assert_eq!(mutating(&direct), 0, "nothing is done that could not be begun");
                    refused += 1;
                    error
                }
                Ok(operation) => match operation.wait().await {
                    Ok(_) => break,
                    Err(error) => {
                        stopped += 1;
                        error
                    }
                },
            };
            assert_eq!((error.kind(), error.code()), (ErrorKind::Store, "store.full"), "{error}");
            assert!(error.to_string().contains("free some, or raise the quota"), "{error}");
            let before = direct.requests().len();
            drop((applications, anna));
            released(&path).await;
            // The disk has room again.
            let anna = on_file(&direct, &path, SqliteOptions::new()).await.unwrap();
            assert_eq!(direct.requests().len(), before);
            goes_on(&direct, &anna, &planned).await;
        }
    });
    println!("full at the beginning {refused} times, in the midst {stopped} times");
    assert!(stopped > 0, "the quotas missed the deployment");
}

#[test]
fn files_that_cannot_be_opened_are_told_when_connecting() {
    let folder = quick_folder();
    let path = folder.path().join("paas.db");
    wait(async {
        let direct = Direct::furnished();
        let planned = planned(&direct.anna().await).await;
        // A deployment that is left in the midst.
        let anna = on_file(&direct, &path, SqliteOptions::new()).await.unwrap();
        direct.set_down(true);
        let operation = anna.applications().begin(&planned).await.unwrap();
        operation.abandon().await.unwrap();
        drop((operation, anna));
        released(&path).await;
        direct.set_down(false);
        let good = fs::read(&path).unwrap();

        let connect = async || {
            let platform = paas_platform::Platform::builder().sqlite(&path).rancher(direct.client());
            platform.connect().await.map(|_| ())
        };
        let told = async |code: &str, words: &str| {
            let error = connect().await.unwrap_err();
            assert_eq!((error.kind(), error.code()), (ErrorKind::Store, code), "{error}");
            assert!(error.to_string().contains(words), "{error}");
            assert!(error.to_string().contains("paas.db"), "{error}");
        };
        fs::write(&path, &good[..good.len() / 2]).unwrap();
        told("store.corrupt", "damaged").await;
        fs::write(&path, "tenants:\n  - meridian\n".repeat(100)).unwrap();
        told("store.not_a_store", "nothing in it was changed").await;
        let mut newer = good.clone();
        // Where a database says its user's version.
        newer[60..64].copy_from_slice(&999_u32.to_be_bytes());
        fs::write(&path, &newer).unwrap();
        told("store.newer_format", "use the newer version").await;
        assert_eq!(fs::read(&path).unwrap(), newer, "the newer file is left as it is");

        fs::write(&path, &good).unwrap();
        let other = SqliteStore::open(&path, direct.clock()).await.unwrap();
        told("store.locked", "is in use by").await;
        other.close().await;
        assert_eq!(mutating(&direct), 0, "nothing was sent meanwhile");
        let anna = acting(direct.platform(SqliteStore::open(&path, direct.clock()).await.unwrap())).await;
        let status = anna.operations().list(None).await.unwrap();
        assert_eq!(status[0].state, OperationState::Abandoned);
    });
}

/// Waits until the thread of a store that was dropped has let go of its file.
async fn released(path: &Path) {
    for _ in 0..500 {
        match SqliteStore::open(path, paas_platform::seam::SystemClock::new()).await {
            Err(error) if error.code() == "store.locked" => {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            Ok(store) => return store.close().await,
            Err(_) => return,
        }
    }
    panic!("the file is still in use");
}

#[test]
fn a_plan_whose_steps_cannot_all_come_is_not_taken_for_done() {
    run(async {
        let direct = Direct::furnished();
        let store = direct.store();
        let anna = direct.anna_on(store.clone()).await;
        let planned = planned(&anna).await;
        direct.set_down(true);
        let operation = anna.applications().begin(&planned).await.unwrap();
        operation.wait().await.unwrap_err();
        direct.set_down(false);

        // A later version of the store's plan, or a damaged one: a step waits for one that is not there.
        let record = store.read(kinds::PLAN, operation.id().as_str()).await.unwrap().unwrap();
        let damaged = String::from_utf8(record.bytes).unwrap().replace("\"after\":[\"", "\"after\":[\"no-");
        let batch = Batch::new().put(kinds::PLAN, record.key, record.version, damaged.into_bytes());
        store.commit(batch).await.unwrap();
        let error = operation.resume().await.unwrap_err();
        assert_eq!(error.code(), "store.corrupt");
        assert!(error.to_string().contains("comes after one that is not there"), "{error}");
        assert_eq!(operation.status().await.unwrap().state, OperationState::Stopped);
        assert_eq!(mutating(&direct), 0);
    });
}

#[test]
fn an_operation_that_cannot_be_resumed_does_not_hold_up_the_others() {
    run(async {
        let direct = Direct::furnished();
        let shared = direct.store();
        let store = Faulty::new(shared.clone());
        let first = anna(direct.platform(store.clone()).process("first")).await;
        let mut begun = Vec::new();
        for name in ["one", "two"] {
            let text = format!(
                "tosca_definitions_version: tosca_simple_yaml_1_3\nmetadata: {{ template_name: {name} }}\n\
                 topology_template:\n  node_templates:\n    core: {{ type: paas.nodes.Network }}\n    \
                 web:\n      type: paas.nodes.Service\n      properties: {{ image: 'registry.bank.test/web:1' }}\n      \
                 requirements: [ {{ network: core }} ]\n"
            );
            let planned = planned_of(&first, Source::new("one.yaml", text)).await;
            direct.add_fault(Fault::new(Trouble::StaysActivating { message: "busy".to_owned() }));
            begun.push(first.applications().begin(&planned).await.unwrap().id().clone());
        }
        tokio::time::sleep(Duration::from_secs(20)).await;
        store.set(Mood::Silent);
        tokio::time::sleep(Duration::from_secs(120)).await;
        direct.clear_faults();
        let record = shared.read(kinds::PLAN, begun[0].as_str()).await.unwrap().unwrap();
        let batch = Batch::new().put(kinds::PLAN, record.key, record.version, b"damaged".to_vec());
        shared.commit(batch).await.unwrap();

        let second = acting(direct.platform(shared).process("second").random(SeededRandom::new(2))).await;
        let error = second.operations().resume_interrupted().await.unwrap_err();
        assert_eq!((error.code(), error.operation()), ("store.corrupt", Some(&begun[0])));
        let other = second.operations().open(&begun[1]).await.unwrap();
        assert_eq!(other.wait().await.unwrap().state, OperationState::Done);
    });
}
