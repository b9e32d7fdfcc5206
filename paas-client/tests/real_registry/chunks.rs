//! Uploads by chunks.

use super::{
    bed::{Auth, Registry, bytes, client, fetch, name},
    cutter::Cutter,
};
use paas_client::{
    ErrorKind,
    registry::{Digest, UploadBody},
};
use std::time::{Duration, Instant};

fn part(content: &[u8], from: u64, to: usize) -> UploadBody {
    UploadBody::whole(content[usize::try_from(from).unwrap()..to].to_vec())
}

#[tokio::test]
async fn a_blob_is_uploaded_by_chunks() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let (client, shop) = (client(&registry.url), name("team-a/shop"));
    let content = bytes(300_000, 1);
    let digest = Digest::of(&content);
    for last in [None, Some(250_000)] {
        let mut upload = client.start_upload(&shop).await.unwrap();
        assert_eq!((upload.offset(), upload.repository()), (0, &shop));
        assert_eq!(client.upload_status(&mut upload).await.unwrap(), 0);
        for to in [1, 1, 100_000, 250_000] {
            let body = part(&content, upload.offset(), to);
            client.upload_chunk(&mut upload, body).await.unwrap();
            assert_eq!(upload.offset(), u64::try_from(to).unwrap());
            assert_eq!(client.upload_status(&mut upload).await.unwrap(), u64::try_from(to).unwrap());
        }
        let digest = match last {
            // With the rest of it, or with nothing more.
            Some(_) => {
                let rest = part(&content, upload.offset(), 300_000);
                client.finish_upload(&mut upload, &digest, Some(rest)).await.unwrap();
                digest.clone()
            }
            None => {
                let digest = Digest::of(&content[..250_000]);
                client.finish_upload(&mut upload, &digest, None).await.unwrap();
                digest
            }
        };
        let there = fetch(&client, &shop, &digest, 0).await;
        assert_eq!(there, content[..there.len()]);
    }
}

#[tokio::test]
async fn an_upload_goes_on_after_its_line_broke() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let line = Cutter::before(&registry.url).await;
    let (client, shop) = (client(&line.url), name("team-a/shop"));
    let content = bytes(2_000_000, 1);
    let digest = Digest::of(&content);
    let mut upload = client.start_upload(&shop).await.unwrap();
    client.upload_chunk(&mut upload, part(&content, 0, 500_000)).await.unwrap();

    // Nothing of the next chunk arrives: the registry has what it had.
    line.up.cut_after(0);
    let body = part(&content, 500_000, 1_500_000);
    let error = client.upload_chunk(&mut upload, body).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Interrupted, 1), "{error}");
    assert!(line.up.was_cut() && error.is_retryable() && error.outcome_unknown());
    assert_eq!(client.upload_status(&mut upload).await.unwrap(), 500_000);
    client.upload_chunk(&mut upload, part(&content, 500_000, 1_500_000)).await.unwrap();
    client.finish_upload(&mut upload, &digest, Some(part(&content, 1_500_000, 2_000_000))).await.unwrap();
    assert_eq!(fetch(&client, &shop, &digest, 0).await, content);
}

#[tokio::test]
async fn an_upload_whose_chunk_broke_in_the_middle_begins_anew_where_the_registry_gives_it_up() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let line = Cutter::before(&registry.url).await;
    let (client, shop) = (client(&line.url), name("team-a/shop"));
    let content = bytes(2_000_000, 1);
    let digest = Digest::of(&content);
    let mut upload = client.start_upload(&shop).await.unwrap();
    client.upload_chunk(&mut upload, part(&content, 0, 500_000)).await.unwrap();
    line.up.cut_after(300_000);
    let error = client.upload_chunk(&mut upload, part(&content, 500_000, 1_500_000)).await.unwrap_err();
    assert!(line.up.was_cut() && error.is_retryable(), "{error}");
    // Registry 2.8 keeps the part, finds that it is not where its own note says, and forgets the upload.
    // That takes it a moment.
    let begun = Instant::now();
    let error = loop {
        match client.upload_status(&mut upload).await {
            Ok(had) => assert!(had == 500_000 && begun.elapsed() < Duration::from_secs(20), "{had}"),
            Err(error) => break error,
        }
    };
    assert_eq!(
        (error.kind(), error.server_code()),
        (ErrorKind::NotFound, Some("BLOB_UPLOAD_INVALID")),
        "{error}"
    );
    client.upload_whole(&shop, &digest, UploadBody::whole(content.clone())).await.unwrap();
    assert_eq!(fetch(&client, &shop, &digest, 0).await, content);
}

#[tokio::test]
async fn an_upload_is_given_up() {
    let Some(registry) = Registry::start(Auth::All).await else { return };
    let (client, shop) = (client(&registry.url), name("team-a/shop"));
    let mut upload = client.start_upload(&shop).await.unwrap();
    client.upload_chunk(&mut upload, UploadBody::whole("a part")).await.unwrap();
    client.cancel_upload(&upload).await.unwrap();
    client.cancel_upload(&upload).await.unwrap();
    let error = client.upload_status(&mut upload).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.server_code()),
        (ErrorKind::NotFound, Some("BLOB_UPLOAD_UNKNOWN")),
        "{error}"
    );
    let error = client.upload_chunk(&mut upload, UploadBody::whole("more")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
}
