//! Manifests and indexes, by their bytes.

use super::bed::{Auth, Registry, bytes, client, image, name};
use paas_client::{
    ErrorKind,
    registry::{Content, Digest, Manifest, Reference, media_type},
};
use serde_json::json;

#[tokio::test]
async fn what_is_pushed_is_what_comes_back_byte_for_byte() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let (client, shop) = (client(&registry.url), name("team-a/shop"));
    let tag: Reference = "1.0".parse().unwrap();
    assert_eq!(client.manifest(&shop, &tag).await.unwrap(), None);
    assert_eq!(client.manifest_descriptor(&shop, &tag).await.unwrap(), None);

    let manifest = image(&client, &shop, &bytes(1_000, 1)).await;
    // What nobody would write: spaces that a reader would lose.
    let text = String::from_utf8(manifest.bytes().to_vec()).unwrap();
    let odd = Manifest::new(media_type::OCI_MANIFEST, text.replace(',', " ,\n\t")).unwrap();
    for manifest in [&manifest, &odd] {
        let pushed = client.put_manifest(&shop, &tag, manifest).await.unwrap();
        assert_eq!((&pushed.digest, &pushed.subject), (manifest.digest(), &None));
        for reference in [tag.clone(), Reference::from(manifest.digest())] {
            let there = client.manifest(&shop, &reference).await.unwrap().unwrap();
            assert_eq!(&there, manifest);
            let described = client.manifest_descriptor(&shop, &reference).await.unwrap().unwrap();
            assert_eq!(described, manifest.descriptor());
        }
        assert!(matches!(manifest.content().unwrap(), Content::Image { layers, .. } if layers.len() == 1));
    }
    assert_ne!(manifest.digest(), odd.digest());

    // An index of both, and a list as Docker writes it.
    for kind in [media_type::OCI_INDEX, media_type::DOCKER_LIST] {
        let platform = json!({ "architecture": "amd64", "os": "linux" });
        let entry = |manifest: &Manifest| {
            let mut entry = serde_json::to_value(manifest.descriptor()).unwrap();
            entry["platform"] = platform.clone();
            entry
        };
        let index =
            json!({ "schemaVersion": 2, "mediaType": kind, "manifests": [entry(&manifest), entry(&odd)] });
        let index = Manifest::new(kind, index.to_string()).unwrap();
        let all = "all".parse().unwrap();
        client.put_manifest(&shop, &all, &index).await.unwrap();
        let there = client.manifest(&shop, &all).await.unwrap().unwrap();
        assert_eq!((&there, there.media_type()), (&index, kind));
        assert!(matches!(there.content().unwrap(), Content::Index { manifests, .. } if manifests.len() == 2));
    }
}

#[tokio::test]
async fn a_manifest_without_its_blobs_and_other_nonsense_is_refused() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let (client, shop) = (client(&registry.url), name("team-a/shop"));
    let tag: Reference = "1.0".parse().unwrap();
    let missing = json!({ "mediaType": "application/x", "digest": Digest::of("missing"), "size": 7 });
    let manifest =
        json!({ "schemaVersion": 2, "mediaType": media_type::OCI_MANIFEST, "config": missing, "layers": [] });
    let manifest = Manifest::new(media_type::OCI_MANIFEST, manifest.to_string()).unwrap();
    let error = client.put_manifest(&shop, &tag, &manifest).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
    assert_eq!((error.status(), error.server_code()), (Some(400), Some("MANIFEST_BLOB_UNKNOWN")));

    let nonsense = Manifest::new(media_type::OCI_MANIFEST, "nonsense").unwrap();
    let error = client.put_manifest(&shop, &tag, &nonsense).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");

    let other = Reference::from(Digest::of("other"));
    let error = client.put_manifest(&shop, &other, &manifest).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Configuration, None));
}

#[tokio::test]
async fn a_manifest_is_deleted_by_its_digest() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let (client, shop) = (client(&registry.url), name("team-a/shop"));
    let tag: Reference = "1.0".parse().unwrap();
    let manifest = image(&client, &shop, &bytes(1_000, 1)).await;
    client.put_manifest(&shop, &tag, &manifest).await.unwrap();
    // This registry removes no tags.
    let error = client.delete_manifest(&shop, &tag).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
    let digest = Reference::from(manifest.digest());
    client.delete_manifest(&shop, &digest).await.unwrap();
    assert_eq!(client.manifest_descriptor(&shop, &digest).await.unwrap(), None);
    assert_eq!(client.manifest(&shop, &tag).await.unwrap(), None);
    let error = client.delete_manifest(&shop, &digest).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
}

#[tokio::test]
async fn referrers_are_found_by_the_fallback_tag() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let (client, shop) = (client(&registry.url), name("team-a/shop"));
    let manifest = image(&client, &shop, &bytes(1_000, 1)).await;
    client.put_manifest(&shop, &"1.0".parse().unwrap(), &manifest).await.unwrap();
    let about = |kind| client.referrers(&shop, manifest.digest(), kind).collect_all();
    assert_eq!(about(None).await.unwrap(), []);

    let Content::Image { config, .. } = manifest.content().unwrap() else { panic!() };
    let signature = json!({
        "schemaVersion": 2, "mediaType": media_type::OCI_MANIFEST, "artifactType": "application/x.signature",
        "config": config, "layers": [], "subject": manifest.descriptor(),
    });
    let signature = Manifest::new(media_type::OCI_MANIFEST, signature.to_string()).unwrap();
    let pushed = client.put_manifest(&shop, &signature.digest().into(), &signature).await.unwrap();
    // It does not note what manifests are about: whoever pushes has to.
    assert_eq!(pushed.subject, None);
    let mut entry = serde_json::to_value(signature.descriptor()).unwrap();
    entry["artifactType"] = "application/x.signature".into();
    let index = json!({ "schemaVersion": 2, "mediaType": media_type::OCI_INDEX, "manifests": [entry] });
    let index = Manifest::new(media_type::OCI_INDEX, index.to_string()).unwrap();
    let tag = manifest.digest().fallback_tag();
    client.put_manifest(&shop, &tag.into(), &index).await.unwrap();

    for (kind, count) in [(None, 1), (Some("application/x.signature"), 1), (Some("application/x.other"), 0)] {
        let found = about(kind).await.unwrap();
        assert_eq!(found.len(), count, "{kind:?}");
        assert!(found.iter().all(|found| found.digest == *signature.digest()));
    }
}
