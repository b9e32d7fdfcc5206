//! Blobs: there and back, by parts, over lines that break.

use super::{
    bed::{Auth, Registry, bytes, client, fetch, name, push},
    cutter::Cutter,
};
use paas_client::{
    ErrorKind, RegistryClient, RetryPolicy,
    registry::{Digest, Mount, UploadBody},
};

#[tokio::test]
async fn blobs_are_read_whole_and_from_anywhere() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let (client, shop) = (client(&registry.url), name("team-a/shop"));
    let content = bytes(300_001, 1);
    let digest = push(&client, &shop, &content).await;
    for from in [0, 1, 150_000, 300_000, 300_001] {
        let from_byte = usize::try_from(from).unwrap();
        assert_eq!(fetch(&client, &shop, &digest, from).await, content[from_byte..], "{from}");
        let blob = client.blob(&shop, &digest, from).await.unwrap();
        assert_eq!((blob.size(), blob.offset()), (Some(300_001), from));
    }
    let error = client.blob(&shop, &digest, 300_002).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");

    let empty = push(&client, &shop, b"").await;
    assert_eq!(client.blob_size(&shop, &empty).await.unwrap(), Some(0));
    assert_eq!(fetch(&client, &shop, &empty, 0).await, b"");

    let missing = Digest::of("missing");
    assert_eq!(client.blob_size(&shop, &missing).await.unwrap(), None);
    assert_eq!(client.blob(&shop, &missing, 0).await.unwrap_err().kind(), ErrorKind::NotFound);
    client.delete_blob(&shop, &digest).await.unwrap();
    assert_eq!(client.blob_size(&shop, &digest).await.unwrap(), None);
    assert_eq!(client.delete_blob(&shop, &digest).await.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn a_wrong_digest_is_seen_on_both_ways() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let (client, shop) = (client(&registry.url), name("team-a/shop"));
    let body = UploadBody::whole("another content");
    let error = client.upload_whole(&shop, &Digest::of("a content"), body).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.server_code()),
        (ErrorKind::WrongDigest, Some("DIGEST_INVALID")),
        "{error}"
    );
    assert!(!error.is_retryable());

    // Spoilt where it is kept: no one gets the whole of it.
    let content = bytes(300_000, 1);
    let digest = push(&client, &shop, &content).await;
    registry.spoil(&digest);
    let mut blob = client.blob(&shop, &digest, 0).await.unwrap();
    let mut length = 0;
    let error = loop {
        match blob.next().await.unwrap() {
            Ok(chunk) => length += chunk.len(),
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), ErrorKind::WrongDigest, "{error}");
    assert!(length < content.len() && blob.next().await.is_none());
}

#[tokio::test]
async fn a_blob_goes_on_where_its_line_broke() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let shop = name("team-a/shop");
    let content = bytes(3_000_000, 1);
    let digest = push(&client(&registry.url), &shop, &content).await;
    let line = Cutter::before(&registry.url).await;

    let through = client(&line.url);
    through.ping().await.unwrap();
    line.down.cut_after(1_000_000);
    let before = line.down.bytes();
    assert_eq!(fetch(&through, &shop, &digest, 0).await, content);
    assert!(line.down.was_cut());
    // What came before the cut is not fetched again.
    let fetched = line.down.bytes() - before;
    assert!((3_000_000..3_100_000).contains(&fetched), "{fetched}");

    // Who does not want that gets the error, and may go on himself.
    let strict = RegistryClient::builder().url(&line.url).retry(RetryPolicy::never()).build().unwrap();
    strict.ping().await.unwrap();
    line.down.cut_after(1_000_000);
    let mut blob = strict.blob(&shop, &digest, 0).await.unwrap();
    let error = loop {
        match blob.next().await.unwrap() {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), ErrorKind::Interrupted, "{error}");
    assert!(error.is_retryable());
    let from = blob.offset();
    assert!((900_000..1_000_000).contains(&from), "{from}");
    let rest = fetch(&strict, &shop, &digest, from).await;
    assert_eq!(rest, content[usize::try_from(from).unwrap()..]);
}

#[tokio::test]
async fn a_blob_is_mounted_or_there_is_an_upload_to_go_on_with() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let (client, shop, other) = (client(&registry.url), name("team-a/shop"), name("team-b/shop"));
    let content = bytes(100_000, 1);
    let digest = push(&client, &shop, &content).await;
    assert!(matches!(client.mount_blob(&other, &digest, &shop).await.unwrap(), Mount::Mounted));
    assert_eq!(fetch(&client, &other, &digest, 0).await, content);

    let missing = Digest::of("not there yet");
    let Mount::Upload(mut upload) = client.mount_blob(&other, &missing, &shop).await.unwrap() else {
        panic!("mounted from where it is not");
    };
    let body = UploadBody::whole("not there yet");
    client.finish_upload(&mut upload, &missing, Some(body)).await.unwrap();
    assert_eq!(fetch(&client, &other, &missing, 0).await, b"not there yet");
}

#[tokio::test]
async fn a_blob_goes_straight_from_one_registry_to_another() {
    let (Some(from), Some(to)) = (Registry::start(Auth::All).await, Registry::start(Auth::Passwords).await)
    else {
        return;
    };
    let (from_client, to_client) = (client(&from.url), super::bed::anna(&to.url));
    let shop = name("team-a/shop");
    let content = bytes(5_000_000, 1);
    let digest = push(&from_client, &shop, &content).await;
    let blob = from_client.blob(&shop, &digest, 0).await.unwrap();
    let body = UploadBody::stream(blob.size().unwrap(), blob);
    to_client.upload_whole(&shop, &digest, body).await.unwrap();
    assert_eq!(fetch(&to_client, &shop, &digest, 0).await, content);

    // What is spoilt at its source does not arrive, and the source's error is told.
    let other = push(&from_client, &shop, &content[1..]).await;
    from.spoil(&other);
    let blob = from_client.blob(&shop, &other, 0).await.unwrap();
    let body = UploadBody::stream(blob.size().unwrap(), blob);
    let error = to_client.upload_whole(&shop, &other, body).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::WrongDigest, "blob"), "{error}");
    assert_eq!(to_client.blob_size(&shop, &other).await.unwrap(), None);
}
