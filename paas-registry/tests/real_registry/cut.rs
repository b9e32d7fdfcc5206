//! A blob that the destination has less of than it should.

use super::{
    NAME, TAGGED,
    bed::{Registry, layers, oci_image, order, tag},
    copier,
};
use paas_registry::{CopyErrorKind, Side};

#[tokio::test]
async fn what_was_cut_is_told_of_and_its_tag_is_not_put() {
    let Some((test, mut production)) = Registry::pair().await else { return };
    let (from, to) = (test.client(), production.client());
    let own = layers(&from, NAME, 1, &[1_000, 300_000]).await;
    let image = oci_image(&from, NAME, &own).await;
    tag(&from, NAME, "1", &image).await;
    copier().copy(order(&from, &to, TAGGED)).await.unwrap();
    // Its machine goes down: what was written last is lost.
    production.cut(&own[1].digest, 100);
    production.forget_images(NAME);
    production.stop();
    production.restart().await;
    let error = copier().copy(order(&from, &to, TAGGED)).await.unwrap_err();
    // This registry holds that it has the blob, and does not take it again.
    assert_eq!(
        (error.kind(), error.side()),
        (CopyErrorKind::ContentDamaged, Some(Side::Destination)),
        "{error}"
    );
    assert!(error.to_string().contains("100 bytes of a blob of 300000"), "{error}");
    assert_eq!(to.manifest_descriptor(&NAME.parse().unwrap(), &"1".parse().unwrap()).await.unwrap(), None);
    // Somebody removes it from the storage, and all is well.
    production.remove(&own[1].digest);
    production.stop();
    production.restart().await;
    let copied = copier().copy(order(&from, &to, TAGGED)).await.unwrap();
    assert_eq!(copied.blobs_sent, 1);
    super::bed::is_whole(&to, NAME, &super::tag_1(), &image).await;
}
