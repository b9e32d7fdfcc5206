//! Whatever is copied, whatever the destination has, whatever fails: it ends well or puts no tag, and no tag ever stands for
//! what is not whole.

use crate::support::{
    builder, client,
    random::{Scene, scene},
    registry::{Asked, Fault, Faults, Registry},
    small_chunks,
};
use paas_client::{registry::Digest, transport::Method};
use paas_registry::{Copied, Copier, CopyLimits, CopyOrder, Place, Result};
use proptest::{prelude::*, strategy::ValueTree};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicUsize, Ordering},
};

fn copier() -> Copier {
    builder().limits(CopyLimits { images: 3, blobs: 4, ..small_chunks() }).build().unwrap()
}

/// Something in a runtime whose time goes by as nobody waits for it.
fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(work)
}

fn orders(test: &Registry, production: &Registry, names: &[String]) -> Vec<CopyOrder> {
    let (source, destination) = (client(test), client(production));
    let place = |client: &paas_client::RegistryClient, name: &str| {
        let (repository, tag) = name.rsplit_once(':').unwrap();
        Place::new(client.clone(), repository.parse().unwrap(), tag.parse().unwrap())
    };
    names.iter().map(|name| CopyOrder::new(place(&source, name), place(&destination, name))).collect()
}

/// Copies all; what came of each.
async fn copy(copier: &Copier, orders: Vec<CopyOrder>) -> BTreeMap<usize, Result<Copied>> {
    let mut all = copier.copy_all(orders);
    let mut ends = BTreeMap::new();
    while let Some(ended) = all.next().await {
        ends.insert(ended.number, ended.result);
    }
    ends
}

fn tag(registry: &Registry, name: &str) -> Option<Digest> {
    let (repository, tag) = name.rsplit_once(':').unwrap();
    registry.state().tag(repository, tag).cloned()
}

/// No tag stands for what is not whole, and nothing was ever put before its content.
fn is_sound(production: &Registry) {
    let state = production.state();
    assert_eq!(state.missing(), Vec::<String>::new());
    assert_eq!(state.incomplete, Vec::<String>::new());
}

/// The digests that an upload was ended with.
fn ended_uploads(log: &[Asked]) -> Vec<(String, String)> {
    let ends = log.iter().filter(|asked| asked.is(Method::Put, "/uploads/") && asked.status == 201);
    let repository =
        |asked: &Asked| asked.path.split("/blobs/").next().unwrap().trim_start_matches("/v2/").to_owned();
    ends.map(|asked| (repository(asked), asked.query.replace("digest=", "").replace("%3A", ":"))).collect()
}

async fn nothing_fails(scene: Scene) {
    let (test, production, names) = scene.set();
    let ends = copy(&copier(), orders(&test, &production, &names)).await;
    for (number, end) in &ends {
        assert_eq!(Some(&end.as_ref().unwrap().digest), tag(&test, &names[*number]).as_ref());
        assert_eq!(tag(&production, &names[*number]), tag(&test, &names[*number]));
    }
    is_sound(&production);
    assert!(production.state().uploads.is_empty(), "an upload was left behind");
    let (_, writes) = production.most_at_once();
    assert!(writes <= 4, "{writes} at once");
    let log = test.take_log();
    let mut reads = BTreeMap::new();
    for asked in log.iter().filter(|asked| asked.is(Method::Get, "/blobs/")) {
        *reads.entry(asked.path.rsplit('/').next().unwrap().to_owned()).or_insert(0) += 1;
    }
    if scene.mounts {
        assert!(reads.values().all(|reads| *reads == 1), "{reads:?}");
    }
    // A second time, nothing is done.
    production.take_log();
    let ends = copy(&copier(), orders(&test, &production, &names)).await;
    assert!(ends.values().all(|end| end.as_ref().unwrap().unchanged));
    assert_eq!(
        (test.count(Method::Head, "/manifests/"), test.count(Method::Get, "/manifests/")),
        (names.len(), 0)
    );
}

async fn something_fails(scene: Scene, one_in: u64) {
    let (test, production, names) = scene.set();
    let before: Vec<_> = names.iter().map(|name| tag(&production, name)).collect();
    test.fails(scene.faults(1, one_in, 40));
    production.fails(scene.faults(2, one_in, 40));
    let copier = copier();
    let ends = copy(&copier, orders(&test, &production, &names)).await;
    is_sound(&production);
    for (number, end) in &ends {
        let (there, here) = (tag(&test, &names[*number]), tag(&production, &names[*number]));
        match end {
            Ok(copied) => assert_eq!((Some(&copied.digest), &here), (there.as_ref(), &there)),
            Err(error) if !error.requested_tag() => assert_eq!(here, before[*number], "{error}"),
            Err(_) => assert!(here == before[*number] || here == there),
        }
    }
    // When nothing fails any more, the same copier and another one bring the rest.
    test.fails(Faults::default());
    production.fails(Faults::default());
    let again = if scene.seed.is_multiple_of(2) { copier } else { self::copier() };
    let ends = copy(&again, orders(&test, &production, &names)).await;
    for (number, end) in &ends {
        assert!(end.is_ok(), "{end:?}");
        assert_eq!(tag(&production, &names[*number]), tag(&test, &names[*number]));
    }
    is_sound(&production);
}

/// A process that ends at a request, by its number over both sides, and another that goes on.
async fn it_crashes(scene: Scene, index: usize) {
    let (test, production, names) = scene.set();
    let asked = std::sync::Arc::new(AtomicUsize::new(0));
    for registry in [&test, &production] {
        let asked = asked.clone();
        registry.fails(Faults::by(move |_, _| {
            (asked.fetch_add(1, Ordering::Relaxed) == index).then_some(Fault::Hangs)
        }));
    }
    let first = copier();
    tokio::select! {
        ends = copy(&first, orders(&test, &production, &names)) => {
            // It hung alone, and its caller gave it up; or it had ended before.
            drop(ends);
        }
        () = test.hangs() => {}
        () = production.hangs() => {}
    }
    is_sound(&production);
    let there: BTreeSet<(String, String)> = {
        let state = production.state();
        let of = |(name, there): (&String, &crate::support::registry::Repository)| {
            let name = name.clone();
            let digests: Vec<String> = there.blobs.keys().map(ToString::to_string).collect();
            digests.into_iter().map(move |digest| (name.clone(), digest))
        };
        state.repositories.iter().flat_map(of).collect()
    };
    test.fails(Faults::default());
    production.fails(Faults::default());
    production.take_log();
    let ends = copy(&copier(), orders(&test, &production, &names)).await;
    for (number, end) in &ends {
        assert!(end.is_ok(), "{end:?}");
        assert_eq!(tag(&production, &names[*number]), tag(&test, &names[*number]));
    }
    is_sound(&production);
    // What had arrived was not sent again.
    for sent in ended_uploads(&production.take_log()) {
        assert!(!there.contains(&sent), "{sent:?} was sent again");
    }
}

proptest! {
    #[test]
    fn it_ends_well_if_nothing_fails(scene in scene()) {
        run(nothing_fails(scene));
    }

    #[test]
    fn it_ends_well_or_puts_no_tag(scene in scene(), one_in in 2_u64..40) {
        run(something_fails(scene, one_in));
    }

    #[test]
    fn after_a_crash_only_what_is_missing_is_sent(scene in scene(), index in 0_usize..120) {
        run(it_crashes(scene, index));
    }
}

#[test]
fn a_crash_at_any_request_does_no_harm() {
    // One scene, and each request of it in turn.
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (scene, requests) = std::iter::repeat_with(|| {
        let scene = scene().new_tree(&mut runner).unwrap().current();
        let requests = run(async {
            let (test, production, names) = scene.set();
            copy(&copier(), orders(&test, &production, &names)).await;
            test.requests() + production.requests()
        });
        (scene, requests)
    })
    .find(|(_, requests)| *requests > 60)
    .unwrap();
    for index in 0..requests {
        run(it_crashes(scene.clone(), index));
    }
}
