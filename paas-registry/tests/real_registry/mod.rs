//! Between two real registries of the distribution project.

mod bed;
mod crash;
mod cut;
mod memory;
#[path = "../../../paas-client/tests/real_registry/server.rs"]
#[allow(dead_code, reason = "the tests of the platform use all of it")]
mod server;

use crate::support::images::FOREIGN;
use bed::{Registry, image, index, is_whole, layers, oci_image, order, place, put, repository, tag};
use paas_client::registry::{Content, Descriptor, Digest, Manifest, Reference, media_type};
use paas_registry::{Copier, CopyErrorKind, CopyLimits, CopyOrder, Overwrite, Side};
use serde_json::json;

const NAME: &str = "team/web";
const TAGGED: &str = "team/web:1";

fn copier() -> Copier {
    Copier::builder().build().unwrap()
}

fn tag_1() -> Reference {
    "1".parse().unwrap()
}

#[tokio::test]
async fn an_index_goes_with_its_children_and_their_signatures() {
    let Some((test, production)) = Registry::pair().await else { return };
    let (from, to) = (test.client(), production.client());
    let mut children = Vec::new();
    let shared = layers(&from, NAME, 1, &[300_000]).await;
    for seed in 2..6 {
        let own = layers(&from, NAME, seed, &[1_000, 50_000]).await;
        children.push(oci_image(&from, NAME, &[shared.clone(), own].concat()).await);
    }
    let image_index =
        index(&from, NAME, &children.iter().map(Manifest::descriptor).collect::<Vec<_>>()).await;
    tag(&from, NAME, "1", &image_index).await;
    // This registry keeps no list of referrers: it is kept under a tag.
    let mut signatures = Vec::new();
    for about in [&image_index, &children[2]] {
        let layer = layers(&from, NAME, 100 + signatures.len() as u64, &[500]).await;
        let more = json!({ "subject": about.descriptor(), "artifactType": "application/vnd.bank.signature" });
        let signature = image(&from, NAME, media_type::OCI_MANIFEST, &layer, &more).await;
        let list = index(&from, NAME, &[signature.descriptor()]).await;
        put(&from, NAME, &about.digest().fallback_tag().into(), &list).await;
        signatures.push(signature);
    }
    let cosign = format!("{}.sig", image_index.digest().fallback_tag());
    let signed = oci_image(&from, NAME, &layers(&from, NAME, 200, &[700]).await).await;
    tag(&from, NAME, &cosign, &signed).await;

    let copied = copier().copy(order(&from, &to, TAGGED)).await.unwrap();
    is_whole(&to, NAME, &tag_1(), &image_index).await;
    is_whole(&to, NAME, &cosign.parse().unwrap(), &signed).await;
    assert_eq!(copied.attachments, 3);
    for (signature, about) in signatures.iter().zip([&image_index, &children[2]]) {
        is_whole(&to, NAME, &Reference::from(signature.digest()), signature).await;
        let listed = to.referrers(&repository(NAME), about.digest(), None).collect_all().await.unwrap();
        let digests: Vec<&Digest> = listed.iter().map(|entry| &entry.digest).collect();
        assert_eq!(digests, [signature.digest()]);
    }
    // Once more: one request a side.
    let again = copier().copy(order(&from, &to, TAGGED)).await.unwrap();
    assert!(again.unchanged && again.requests.source == 1 && again.requests.destination == 1);
}

#[tokio::test]
async fn thirty_layers_arrive_and_only_new_ones_are_sent_later() {
    let Some((test, production)) = Registry::pair().await else { return };
    let (from, to) = (test.client(), production.client());
    let sizes: Vec<usize> = (0..30).map(|number| 10_000 + number * 3_000).collect();
    let mut all = layers(&from, NAME, 1, &sizes).await;
    let first = oci_image(&from, NAME, &all).await;
    tag(&from, NAME, "1", &first).await;
    let copied = copier().copy(order(&from, &to, TAGGED)).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.retries), (31, 0));
    is_whole(&to, NAME, &tag_1(), &first).await;

    all.push(layers(&from, NAME, 2, &[4_000]).await.remove(0));
    let second = oci_image(&from, NAME, &all).await;
    tag(&from, NAME, "1", &second).await;
    let conflict = copier().copy(order(&from, &to, TAGGED)).await.unwrap_err();
    assert_eq!((conflict.kind(), conflict.found()), (CopyErrorKind::TagConflict, Some(first.digest())));
    let ours = order(&from, &to, TAGGED).overwrite(Overwrite::ours([first.digest().clone()]));
    let copied = copier().copy(ours).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.blobs_there), (2, 30));
    is_whole(&to, NAME, &tag_1(), &second).await;
}

#[tokio::test]
async fn docker_s_format_and_foreign_layers_arrive() {
    let Some((test, production)) = Registry::pair().await else { return };
    let (from, to) = (test.client(), production.client());
    let mut all = layers(&from, NAME, 1, &[10_000, 20_000]).await;
    let mut foreign = Descriptor::new(FOREIGN, Digest::of("licensed"), 8);
    foreign.urls = vec!["https://vendor.bank.test/layer".to_owned()];
    all.push(foreign.clone());
    let manifest = image(&from, NAME, media_type::DOCKER_MANIFEST, &all, &json!({})).await;
    tag(&from, NAME, "1", &manifest).await;
    let copied = copier().copy(order(&from, &to, TAGGED)).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.foreign_layers), (3, 1));
    is_whole(&to, NAME, &tag_1(), &manifest).await;
    let there = to.manifest(&repository(NAME), &tag_1()).await.unwrap().unwrap();
    assert_eq!(there.media_type(), media_type::DOCKER_MANIFEST);
    assert!(
        matches!(there.content().unwrap(), Content::Image { layers, .. } if layers[2].urls == foreign.urls)
    );
}

#[tokio::test]
async fn images_that_share_a_base_send_it_once() {
    let Some((test, production)) = Registry::pair().await else { return };
    let (from, to) = (test.client(), production.client());
    let names: Vec<String> = (0..12).map(|number| format!("team/web-{number}")).collect();
    for (name, seed) in names.iter().zip(10..) {
        let base = layers(&from, name, 1, &[2_000_000]).await;
        let own = layers(&from, name, seed, &[5_000, 0]).await;
        let manifest = oci_image(&from, name, &[base, own].concat()).await;
        tag(&from, name, "1", &manifest).await;
    }
    let copier = copier();
    let orders: Vec<CopyOrder> = names.iter().map(|name| order(&from, &to, &format!("{name}:1"))).collect();
    let mut all = copier.copy_all(orders.clone());
    let (mut sent, mut mounted, mut retries) = (0, 0, 0);
    while let Some(ended) = all.next().await {
        let copied = ended.result.unwrap();
        (sent, mounted, retries) =
            (sent + copied.blobs_sent, mounted + copied.blobs_mounted, retries + copied.retries);
    }
    // The base and the empty layer once, the own layers and configurations; the other bases and empty layers are mounted.
    assert_eq!((sent, mounted, retries), (2 + 12 + 12, 22, 0));
    for (name, order) in names.iter().zip(orders) {
        let wanted = from.manifest(&repository(name), &tag_1()).await.unwrap().unwrap();
        is_whole(&to, name, &tag_1(), &wanted).await;
        assert!(copier.copy(order).await.unwrap().unchanged);
    }
    // Within the registry, nothing is read.
    let within = CopyOrder::new(place(&to, "team/web-3:1"), place(&to, "other/web:1"));
    assert_eq!(copier.copy(within).await.unwrap().blobs_sent, 0);
}

#[tokio::test]
async fn large_blobs_go_in_chunks() {
    let Some((test, production)) = Registry::pair().await else { return };
    let (from, to) = (test.client(), production.client());
    let all = layers(&from, NAME, 1, &[3_000_000, 1_000_000, 250_000]).await;
    let manifest = oci_image(&from, NAME, &all).await;
    tag(&from, NAME, "1", &manifest).await;
    let limits = CopyLimits { chunk: 250_000, ..CopyLimits::default() };
    let copier = Copier::builder().limits(limits).build().unwrap();
    let copied = copier.copy(order(&from, &to, TAGGED)).await.unwrap();
    assert_eq!((copied.blobs_sent, copied.retries), (4, 0));
    is_whole(&to, NAME, &tag_1(), &manifest).await;
}

#[tokio::test]
async fn a_registry_that_is_down_is_unreachable_and_later_it_goes_on() {
    let Some((test, mut production)) = Registry::pair().await else { return };
    let (from, to) = (test.client(), production.client());
    let all = layers(&from, NAME, 1, &[10_000, 3_000_000]).await;
    let manifest = oci_image(&from, NAME, &all).await;
    tag(&from, NAME, "1", &manifest).await;
    // So slow that it can be stopped in the middle.
    let limits =
        CopyLimits { bytes_per_second: std::num::NonZeroU64::new(1_000_000), ..CopyLimits::default() };
    let copier = Copier::builder().limits(limits).build().unwrap();
    let copying = copier.copy(order(&from, &to, TAGGED));
    let mut watch = copying.watch();
    let (result, ()) = tokio::join!(copying, async {
        while watch.changed().await.is_some_and(|progress| progress.bytes_sent < 500_000) {}
        production.stop();
    });
    let error = result.unwrap_err();
    assert_eq!(
        (error.kind(), error.side()),
        (CopyErrorKind::Unreachable, Some(Side::Destination)),
        "{error}"
    );
    assert!(error.is_retryable());
    production.restart().await;
    let copied = self::copier().copy(order(&from, &to, TAGGED)).await.unwrap();
    // What had arrived is not sent again.
    assert!(copied.blobs_there >= 1 && copied.blobs_sent < 3, "{copied:?}");
    is_whole(&to, NAME, &tag_1(), &manifest).await;
}
