//! That a large layer is never whole in memory: a process of its own copies one, and tells the most that it took.

use super::{
    bed::{Registry, client, is_whole, oci_image, order, repository, tag},
    copier, tag_1,
};
use crate::support::images::LAYER;
use futures_core::Stream;
use paas_client::{
    Result,
    registry::{Algorithm, Descriptor, Digest, Digester, UploadBody},
    transport::Chunk,
};
use std::{
    env, fs,
    pin::Pin,
    process::Command,
    task::{Context, Poll},
};

/// How large the layer is, in MiB, unless the variable below says otherwise.
const MEGABYTES: u64 = 128;

/// Says another size, in MiB.
const OTHER_SIZE: &str = "PAAS_LARGE_LAYER";

/// The most that the process may take.
const MOST: u64 = 64 << 20;

/// Tells the process that it is the one that copies, and from where to where.
const CHILD: &str = "PAAS_COPIES";

const NAME: &str = "team/large";
const TAGGED: &str = "team/large:1";
const PIECE: usize = 64 << 10;

#[tokio::test]
async fn a_large_layer_is_never_whole_in_memory() {
    if let Ok(where_to) = env::var(CHILD) {
        let (from, to) = where_to.split_once(' ').unwrap();
        copier().copy(order(&client(from), &client(to), TAGGED)).await.unwrap();
        eprintln!("took {} bytes", peak());
        return;
    }
    let Some((test, production)) = Registry::pair().await else { return };
    let megabytes = env::var(OTHER_SIZE).map_or(MEGABYTES, |text| text.parse().unwrap());
    let (from, to) = (test.client(), production.client());
    let size = megabytes << 20;
    let layer = Descriptor::new(LAYER, digest(size), size);
    let body = UploadBody::stream(size, Pattern { left: size });
    from.upload_whole(&repository(NAME), &layer.digest, body).await.unwrap();
    let manifest = oci_image(&from, NAME, &[layer]).await;
    tag(&from, NAME, "1", &manifest).await;

    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["real_registry::memory::a_large_layer_is_never_whole_in_memory", "--exact", "--nocapture"]);
    let output = command.env(CHILD, format!("{} {}", test.url(), production.url())).output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stdout));
    let took =
        text.split("took ").nth(1).and_then(|rest| rest.split(' ').next()?.parse::<u64>().ok()).unwrap();
    eprintln!("to copy a layer of {megabytes} MiB the process took {} KiB of memory", took >> 10);
    assert!(took < MOST, "{took}");
    is_whole(&to, NAME, &tag_1(), &manifest).await;
}

/// The most memory that this process had.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap() << 10
}

fn piece() -> Vec<u8> {
    (0..PIECE).map(|place| u8::try_from(place % 251).unwrap()).collect()
}

fn digest(size: u64) -> Digest {
    let mut digester = Digester::new(Algorithm::Sha256);
    let piece = piece();
    for _ in 0..size / PIECE as u64 {
        digester.update(&piece);
    }
    digester.finish()
}

/// The same piece again and again.
struct Pattern {
    left: u64,
}

impl Stream for Pattern {
    type Item = Result<Chunk>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= PIECE as u64;
        Poll::Ready(Some(Ok(piece().into())))
    }
}
