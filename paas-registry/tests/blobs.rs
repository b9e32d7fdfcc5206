//! Only what is missing is sent, and it is sent once.

use crate::support::{
    CHUNK, builder, client, copier, few_tries, images, order, pair, place_by, production,
    registry::{Fault, Faults, Manners, Registry},
    small_chunks,
};
use paas_client::{RetryPolicy, transport::Method};
use paas_registry::{Copied, Copier, CopyLimits, CopyOrder, Overwrite};
use std::time::Duration;

const BASE: usize = 300_000;

/// So many images in repositories of their own that share their lowest layer.
fn with_a_base(test: &Registry, count: u64) -> Vec<String> {
    (0..count)
        .map(|number| {
            let repository = format!("team/web-{number}");
            let base = images::layer(test, &repository, images::bytes(7, BASE));
            let own = images::layer(test, &repository, images::bytes(100 + number, 1_000));
            let manifest = images::image(test, &repository, &[base, own]);
            images::tag(test, &repository, "1", &manifest);
            format!("{repository}:1")
        })
        .collect()
}

/// Copies all, and looks that they have arrived.
async fn copy_all(copier: &Copier, test: &Registry, production: &Registry, names: &[String]) -> Vec<Copied> {
    let (source, destination) = (client(test), client(production));
    let orders: Vec<CopyOrder> = names
        .iter()
        .map(|name| CopyOrder::new(place_by(source.clone(), name), place_by(destination.clone(), name)))
        .collect();
    let mut all = copier.copy_all(orders);
    let mut copied = Vec::new();
    while let Some(ended) = all.next().await {
        copied.push(ended.result.unwrap());
    }
    for name in names {
        let (repository, tag) = name.rsplit_once(':').unwrap();
        assert_eq!(production.state().tag(repository, tag), test.state().tag(repository, tag));
    }
    assert_eq!(production.state().missing(), Vec::<String>::new());
    copied
}

#[tokio::test(start_paused = true)]
async fn a_base_is_read_once_and_mounted_by_the_others() {
    let (test, production) = pair();
    let names = with_a_base(&test, 20);
    let copied = copy_all(&copier(), &test, &production, &names).await;
    assert_eq!(copied.iter().map(|copied| copied.blobs_mounted).sum::<u64>(), 19);
    assert_eq!(copied.iter().map(|copied| copied.blobs_sent).sum::<u64>(), 41);
    assert_eq!(test.count(Method::Get, "/blobs/"), 41);
    let sent: u64 = production.take_log().iter().map(|asked| asked.bytes).sum();
    assert!(sent < BASE as u64 + 100_000, "{sent}");
    let told: u64 = copied.iter().map(|copied| copied.bytes_sent).sum();
    assert!((BASE as u64..sent).contains(&told), "{told}");
}

#[tokio::test(start_paused = true)]
async fn without_mounts_each_repository_gets_the_base_in_the_upload_that_was_begun() {
    let test = Registry::new("test.bank.test");
    let production = production(Manners { mounts: false, ..Manners::default() });
    let names = with_a_base(&test, 6);
    let copied = copy_all(&copier(), &test, &production, &names).await;
    assert_eq!(copied.iter().map(|copied| copied.blobs_sent).sum::<u64>(), 18);
    let state = production.state();
    // One for each blob, none in vain but the one that found out that the registry does not mount.
    assert_eq!((state.begun, state.uploads.len()), (19, 0));
}

#[tokio::test(start_paused = true)]
async fn a_registry_is_asked_for_a_blob_and_begins_its_upload_in_one() {
    let (test, production) = pair();
    images::tagged(&test, "team/web:1", 1, &[1_000, 2_000, 3_000, 4_000, 5_000, 6_000]);
    copier().copy(order(&test, &production, "team/web:1")).await.unwrap();
    // Those that began before it was known.
    let looked = production.count(Method::Head, "/blobs/");
    assert!((1..=4).contains(&looked), "{looked}");

    // All of another image: two requests for each new blob, one for each that is there.
    let copier = copier();
    for (name, seed) in [("team/warm:1", 2), ("team/web:2", 3)] {
        images::tagged(&test, name, seed, &[1_000, 2_000]);
        production.take_log();
        copier.copy(order(&test, &production, name)).await.unwrap();
    }
    assert_eq!(production.count(Method::Head, "/blobs/"), 0);
    assert_eq!(
        (production.count(Method::Post, "/uploads/"), production.count(Method::Put, "/uploads/")),
        (3, 3)
    );
}

#[tokio::test(start_paused = true)]
async fn a_registry_that_answers_no_mount_within_a_repository_is_asked_before() {
    let test = Registry::new("test.bank.test");
    let production = production(Manners { mounts: false, ..Manners::default() });
    let copier = copier();
    for (name, seed) in [("team/web:1", 1), ("team/web:2", 2)] {
        images::tagged(&test, name, seed, &[1_000, 2_000]);
        production.take_log();
        copier.copy(order(&test, &production, name)).await.unwrap();
    }
    assert_eq!(
        (production.count(Method::Head, "/blobs/"), production.count(Method::Post, "/uploads/")),
        (3, 3)
    );
    // What is there is not sent by a new copier, either.
    production.state().repository("team/web").tags.clear();
    production.take_log();
    let copied = self::copier().copy(order(&test, &production, "team/web:2")).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.blobs_there), (0, 3));
    assert_eq!(production.count(Method::Put, "/uploads/"), 0);
    assert!(production.state().uploads.is_empty());
}

#[tokio::test(start_paused = true)]
async fn blobs_that_are_there_are_not_sent_again() {
    let (test, production) = pair();
    let manifest = images::tagged(&test, "team/web:1", 1, &[1_000, 2_000, 3_000]);
    copier().copy(order(&test, &production, "team/web:1")).await.unwrap();
    production.state().repository("team/web").tags.clear();
    let lost = {
        let mut state = production.state();
        let there = state.repository("team/web");
        there.manifests.clear();
        there.blobs.pop_first().unwrap().0
    };
    let copied = copier().copy(order(&test, &production, "team/web:1")).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.blobs_there), (1, 3));
    assert!(production.state().repositories["team/web"].blobs.contains_key(&lost));
    assert_eq!(production.state().tag("team/web", "1"), Some(manifest.digest()));
}

#[tokio::test(start_paused = true)]
async fn images_of_one_repository_share_their_layers_without_a_request() {
    let (test, production) = pair();
    let base = images::layer(&test, "team/web", images::bytes(7, BASE));
    for number in 0..5_u64 {
        let own = images::layer(&test, "team/web", images::bytes(100 + number, 1_000));
        let manifest = images::image(&test, "team/web", &[base.clone(), own.clone()]);
        images::tag(&test, "team/web", &number.to_string(), &manifest);
    }
    let copier = copier();
    for number in 0..5 {
        production.take_log();
        copier.copy(order(&test, &production, &format!("team/web:{number}"))).await.unwrap();
    }
    // Its own layer and its configuration begin with a look, or with an upload.
    assert!(production.take_log().iter().all(|asked| !asked.query.contains(base.digest.hex())));
    assert_eq!(test.count(Method::Get, &base.digest.to_string()), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_believed_wrongly_is_mended() {
    let (test, production) = pair();
    let names = with_a_base(&test, 3);
    let copier = copier();
    copy_all(&copier, &test, &production, &names[..1]).await;
    // Somebody removes all, and another image of the same layers is pushed.
    production.state().repositories.clear();
    copy_all(&copier, &test, &production, &names[1..2]).await;
    production.state().repository("team/web-1").blobs.clear();
    images::tag(&test, "team/web-1", "2", &{
        let base = images::layer(&test, "team/web-1", images::bytes(7, BASE));
        images::image(&test, "team/web-1", &[base])
    });
    let copied = copier.copy(order(&test, &production, "team/web-1:2")).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.retries), (2, 1));
    assert_eq!(production.state().tag("team/web-1", "2"), test.state().tag("team/web-1", "2"));
    let state = production.state();
    let there = &state.repositories["team/web-1"];
    let manifest = &there.manifests[&there.tags["2"]];
    assert!(there.lacks(manifest, true).is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_repository_that_has_lost_a_blob_is_asked_for_it_once() {
    let (test, production) = pair();
    let name = |number: u64| format!("team/web-{number}");
    for number in 0..4 {
        let layers = [images::layer(&test, &name(number), images::bytes(7, 1_100_000))];
        images::tag(&test, &name(number), "1", &images::image(&test, &name(number), &layers));
    }
    let copier = copier();
    let mut asked = Vec::new();
    for number in 0..4 {
        production.take_log();
        copier.copy(order(&test, &production, &format!("{}:1", name(number)))).await.unwrap();
        let base = images::bytes(7, 1_100_000);
        let base = paas_client::registry::Digest::of(base).hex().to_owned();
        let log = production.take_log();
        let from = |asked: &crate::support::registry::Asked| {
            asked.query.split_once("from=team%2F").map(|(_, from)| from.to_owned())
        };
        asked.push(
            log.iter().filter(|asked| asked.query.contains(&base)).filter_map(from).collect::<Vec<_>>(),
        );
        if number == 1 || number == 2 {
            production.state().repository(&name(number)).blobs.clear();
        }
    }
    // The latest one that should have it, then the one before; and not again one that did not.
    let expected: [&[&str]; 3] = [&["web-0"], &["web-1", "web-0"], &["web-2", "web-0"]];
    assert_eq!(asked[1..], expected);
}

#[tokio::test(start_paused = true)]
async fn what_is_there_tells_how_a_registry_is_to_be_asked() {
    let (test, production) = pair();
    images::tagged(&test, "team/web:1", 1, &[1_000, 2_000]);
    copier().copy(order(&test, &production, "team/web:1")).await.unwrap();
    production.state().repository("team/web").tags.clear();
    let copier = copier();
    copier.copy(order(&test, &production, "team/web:1")).await.unwrap();
    images::tagged(&test, "team/web:2", 2, &[1_000, 2_000]);
    production.take_log();
    copier.copy(order(&test, &production, "team/web:2")).await.unwrap();
    assert_eq!(production.count(Method::Head, "/blobs/"), 0);
}

#[tokio::test(start_paused = true)]
async fn so_many_of_one_image_counts_for_all_its_platforms_together() {
    let slow = || Manners { slow: Duration::from_millis(5), ..Manners::default() };
    let test = Registry::with("test.bank.test", slow());
    let production = production(slow());
    let children = [10, 20, 30, 40].map(|seed| {
        let layers =
            [0, 1, 2].map(|layer| images::layer(&test, "team/web", images::bytes(seed + layer, 100_000)));
        images::image(&test, "team/web", &layers).descriptor()
    });
    images::tag(&test, "team/web", "1", &images::index(&test, "team/web", &children));
    let limits = CopyLimits { blobs_of_image: 2, ..CopyLimits::default() };
    let copier = builder().limits(limits).build().unwrap();
    copier.copy(order(&test, &production, "team/web:1")).await.unwrap();
    assert_eq!(production.most_at_once().1, 2);
}

#[tokio::test(start_paused = true)]
async fn a_thorough_copy_mends_what_a_registry_has_lost() {
    let (test, production) = pair();
    let layer = images::layer(&test, "team/web", images::bytes(1, 1_000));
    let child = images::image(&test, "team/web", &[layer]);
    let index = images::index(&test, "team/web", &[child.descriptor()]);
    images::tag(&test, "team/web", "1", &index);
    copier().copy(order(&test, &production, "team/web:1")).await.unwrap();
    production.state().repository("team/web").blobs.clear();
    assert!(copier().copy(order(&test, &production, "team/web:1")).await.unwrap().unchanged);
    assert!(!production.state().missing().is_empty());
    let copied = copier().copy(order(&test, &production, "team/web:1").thorough()).await.unwrap();
    assert_eq!((copied.unchanged, copied.blobs_sent), (false, 2));
    assert_eq!(production.state().missing(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn within_a_registry_nothing_is_read() {
    let test = Registry::new("test.bank.test");
    let manifest = images::tagged(&test, "team/web:1", 1, &[1_000, 2_000]);
    let by = client(&test);
    for destination in ["other/web:1", "team/web:2"] {
        let order = CopyOrder::new(place_by(by.clone(), "team/web:1"), place_by(by.clone(), destination));
        let copied = copier().copy(order).await.unwrap();
        assert_eq!(copied.blobs_sent, 0);
        let (repository, tag) = destination.split_once(':').unwrap();
        assert_eq!(test.state().tag(repository, tag), Some(manifest.digest()));
    }
    assert_eq!(test.count(Method::Get, "/blobs/"), 0);
    assert_eq!(test.state().missing(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn no_more_than_so_many_are_on_their_way() {
    let slow = || Manners { slow: Duration::from_millis(5), ..Manners::default() };
    let test = Registry::with("test.bank.test", slow());
    let names: Vec<String> = (0..12)
        .map(|number| {
            let name = format!("team/web-{number}:1");
            images::tagged(&test, &name, 10 + number, &[200_000; 6]);
            name
        })
        .collect();
    for (limits, most) in [
        (CopyLimits { blobs: 3, images: 5, ..CopyLimits::default() }, 3),
        (CopyLimits { blobs: 20, images: 2, blobs_of_image: 3, ..CopyLimits::default() }, 6),
        (CopyLimits { blobs: 20, images: 1, blobs_of_image: 1, ..CopyLimits::default() }, 1),
    ] {
        let production = production(slow());
        let copier = builder().limits(CopyLimits { memory: 64 << 20, ..limits }).build().unwrap();
        copy_all(&copier, &test, &production, &names).await;
        let (_, written) = production.most_at_once();
        assert_eq!(written, most);
    }
}

#[tokio::test(start_paused = true)]
async fn an_image_of_many_layers_leaves_room_for_others() {
    let slow = Manners { slow: Duration::from_millis(10), ..Manners::default() };
    let test = Registry::with("test.bank.test", slow.clone());
    let production = production(slow);
    images::tagged(&test, "team/large:1", 1, &[150_000; 60]);
    images::tagged(&test, "team/small:1", 2, &[1_000; 2]);
    let copier = builder().limits(CopyLimits { blobs: 4, ..CopyLimits::default() }).build().unwrap();
    let mut large = copier.copy(order(&test, &production, "team/large:1"));
    let small = copier.copy(order(&test, &production, "team/small:1"));
    // The large one has begun long ago.
    tokio::select! {
        _ = &mut large => panic!("it is too quick for this test"),
        () = tokio::time::sleep(Duration::from_millis(200)) => {}
    }
    tokio::select! {
        result = large => panic!("the small image has waited for the large one: {result:?}"),
        result = small => assert!(result.is_ok()),
    }
}

#[tokio::test(start_paused = true)]
async fn large_blobs_go_in_chunks() {
    let (test, production) = pair();
    images::tagged(&test, "team/web:1", 1, &[3 * CHUNK as usize + 5, CHUNK as usize, 2 * CHUNK as usize]);
    let copier = builder().limits(small_chunks()).build().unwrap();
    let copied = copier.copy(order(&test, &production, "team/web:1")).await.unwrap();
    assert_eq!(copied.bytes_sent, 6 * CHUNK + 5 + config_size(&test));
    // The last goes with the end.
    assert_eq!((production.count(Method::Patch, "/"), production.count(Method::Put, "/uploads/")), (4, 4));
    assert_eq!(test.count(Method::Get, "/blobs/"), 4);
}

fn config_size(test: &Registry) -> u64 {
    let state = test.state();
    let there = &state.repositories["team/web"];
    let smallest = there.blobs.values().map(|blob| blob.len()).min().unwrap();
    smallest as u64
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_one_that_hangs_goes_on_alone() {
    let (test, production) = pair();
    let names = with_a_base(&test, 2);
    test.manners().slow = Duration::from_millis(200);
    let copier = copier();
    let mut hangs = Box::pin(copier.copy(order(&test, &production, &names[0])));
    // It is polled until it sends the base, and then not any more.
    while test.count(Method::Get, "/blobs/") < 3 {
        tokio::select! {
            _ = &mut hangs => panic!("it is too quick for this test"),
            () = tokio::time::sleep(Duration::from_millis(100)) => {}
        }
    }
    let copied = copier.copy(order(&test, &production, &names[1])).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.blobs_mounted), (3, 0));
    // It finds what it needs when it is polled again.
    hangs.await.unwrap();
    assert_eq!(production.state().missing(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_one_that_is_dropped_goes_on_at_once() {
    let (test, production) = pair();
    let names = with_a_base(&test, 2);
    test.manners().slow = Duration::from_millis(100);
    let copier = copier();
    let mut first = Box::pin(copier.copy(order(&test, &production, &names[0])));
    let mut second = Box::pin(copier.copy(order(&test, &production, &names[1])));
    tokio::select! {
        _ = &mut first => panic!("it is too quick for this test"),
        _ = &mut second => panic!("it is too quick for this test"),
        () = tokio::time::sleep(Duration::from_millis(600)) => {}
    }
    let begun = tokio::time::Instant::now();
    drop(first);
    second.await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(production.state().tag("team/web-0", "1"), None);
    assert_eq!(production.state().missing(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn an_order_that_may_replace_mounts_what_the_old_image_has() {
    let (test, production) = pair();
    images::tagged(&test, "team/web:1", 1, &[1_000, 2_000]);
    let retry = RetryPolicy { attempts: 1, ..few_tries() };
    let copier = builder().retry(retry).build().unwrap();
    copier.copy(order(&test, &production, "team/web:1")).await.unwrap();
    let base = images::layer(&test, "team/web", images::bytes(1_000, 1_000));
    let manifest = images::image(&test, "team/web", &[base]);
    images::tag(&test, "team/web", "1", &manifest);
    let order = order(&test, &production, "team/web:1").overwrite(Overwrite::Always);
    let copied = copier.copy(order).await.unwrap();
    assert_eq!((copied.blobs_there, copied.blobs_sent), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_registry_whose_mounts_fail_gets_the_blob_sent() {
    for (status, code) in [(500, "UNKNOWN"), (404, ""), (501, "UNSUPPORTED"), (503, "")] {
        let (test, production) = pair();
        images::tagged(&test, "team/a:1", 1, &[5_000]);
        images::tagged(&test, "team/b:1", 1, &[5_000]);
        production.fails(Faults::by(move |_, request| {
            request.query().contains("from=team%2Fa").then_some(Fault::Status(status, code))
        }));
        let copier = copier();
        copier.copy(order(&test, &production, "team/a:1")).await.unwrap();
        production.take_log();
        let copied = copier.copy(order(&test, &production, "team/b:1")).await.unwrap();
        assert_eq!((copied.blobs_sent, copied.blobs_mounted), (2, 0), "{status} {code}");
        assert_eq!(production.state().missing(), Vec::<String>::new());
        let log = production.take_log();
        let mounts = log.iter().filter(|asked| asked.query.contains("from=team%2Fa")).count();
        assert!(mounts <= 2 * 3, "{mounts}");
        // It is not asked for more for a while.
        images::tagged(&test, "team/c:1", 1, &[5_000]);
        copier.copy(order(&test, &production, "team/c:1")).await.unwrap();
        let log = production.take_log();
        let is_other = |query: &str| query.contains("from=team%2Fa") || query.contains("from=team%2Fb");
        let asked = log.iter().filter(|asked| is_other(&asked.query)).count();
        assert_eq!(asked > 0, matches!(status, 501), "{status}: {asked}");
    }
}
