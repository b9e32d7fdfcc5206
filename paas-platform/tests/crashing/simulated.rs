//! The same in one process, without sockets and in virtual time, where whoever goes on dies too.

use super::{
    points::{MortalStore, MortalTransport, Points},
    proof::all_is_well,
};
use crate::deploying::{
    direct::{Direct, planned, run},
    world::{SECRETS, meridian},
};
use paas_platform::{
    Acting, ApplicationState, ExecutionPolicy, Planned, Platform, Secrets, store::MemoryStore,
};
use paas_sandbox::Latencies;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// How many points of the recovery are tried for each point of the first run; all of them in the deep tier.
const SECOND_DEATHS: u64 = 2;

#[test]
fn whoever_goes_on_may_die_too() {
    let plan = plan();
    let all = run(async { one_after_the_other(&plan, &[], Latencies::NONE).await });
    let (mut rounds, mut most) = (0, 0);
    for first in 1..=all[0] {
        let recovery = run(async { one_after_the_other(&plan, &[first], Latencies::NONE).await })[1];
        most = most.max(recovery);
        let tried = if crate::rounds(1) > 1 { recovery } else { SECOND_DEATHS.min(recovery) };
        for number in 0..tried {
            // Spread over the recovery, differently for each first death.
            let second = 1 + (number * recovery / tried + first) % recovery;
            run(async { one_after_the_other(&plan, &[first, second], Latencies::NONE).await });
            rounds += 1;
        }
    }
    println!(
        "two deaths at {rounds} pairs of points, of {} in the first run and up to {most} in the second",
        all[0]
    );
    assert!(rounds > 200, "{rounds}");
}

#[test]
fn a_process_dies_while_it_waits() {
    let plan = plan();
    let all = run(async { one_after_the_other(&plan, &[], Latencies::default()).await });
    for first in (1..=all[0]).step_by(3) {
        run(async { one_after_the_other(&plan, &[first], Latencies::default()).await });
    }
}

/// Processes on one store and one server: each dies at its point, the last one lives. Gives how many points each passed.
async fn one_after_the_other(plan: &Planned, deaths: &[u64], latencies: Latencies) -> Vec<u64> {
    let server = Direct::with(latencies);
    let store = server.store();
    let mut passed = Vec::new();
    for &death in deaths {
        passed.push(process(plan, &server, &store, death).await);
    }
    passed.push(process(plan, &server, &store, 0).await);
    let anna = platform(&server, &store, &Points::new(0, |_, _| Box::pin(async {}))).await;
    all_is_well(&server, &anna).await;
    passed
}

/// One process, to its death or its end.
async fn process(plan: &Planned, server: &Direct, store: &MemoryStore, die_at: u64) -> u64 {
    let death = Arc::new(Notify::new());
    let told = Arc::clone(&death);
    let points = Points::new(die_at, move |_, _| {
        told.notify_one();
        // What hangs on it never goes on.
        Box::pin(std::future::pending())
    });
    let ended = Arc::new(Mutex::new(false));
    let life = async {
        let anna = platform(server, store, &points).await;
        to_its_end(&anna, plan).await;
        *ended.lock().unwrap() = true;
    };
    tokio::select! {
        () = life => {}
        () = death.notified() => {}
    }
    assert!(
        *ended.lock().unwrap() == (die_at == 0 || points.count() < die_at),
        "dies at {die_at}: {points:?}"
    );
    points.count()
}

async fn platform(server: &Direct, store: &MemoryStore, points: &Points) -> Acting {
    let transport = MortalTransport { transport: server.clone(), points: points.clone() };
    let platform = Platform::builder()
        .store(MortalStore { store: store.clone(), points: points.clone() })
        .clock(server.clock())
        .rancher(server.client_builder().transport(transport).build().unwrap())
        .policy(ExecutionPolicy { parallel: 1, ..ExecutionPolicy::default() })
        .secrets(SECRETS.into_iter().collect::<Secrets>())
        .connect()
        .await
        .unwrap();
    let anna = platform.acting_as("anna@bank.test".parse().unwrap());
    anna.tenants().put(&meridian()).await.unwrap();
    anna
}

async fn to_its_end(anna: &Acting, plan: &Planned) {
    for operation in anna.operations().resume_interrupted().await.unwrap() {
        operation.wait().await.unwrap();
    }
    let list = anna.applications().list("meridian").await.unwrap();
    if list.iter().all(|(_, state)| *state != ApplicationState::Deployed) {
        anna.applications().begin(plan).await.unwrap().wait().await.unwrap();
    }
}

/// The plan of the bank. Servers of the same seed have the same ids, so it is made once; that a process dies while it
/// plans is what [`killed`](super::killed) tries.
fn plan() -> Planned {
    run(async { planned(&Direct::furnished().anna().await).await })
}
