//! That a large blob is never whole in memory: a process of its own copies one, and tells the most that it took.

use paas_client::{
    Limits, RegistryClient, Result,
    registry::{Algorithm, Digest, Digester, RepositoryName, UploadBody},
    transport::Chunk,
};
use std::{
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    pin::Pin,
    process::Command,
    task::{Context, Poll},
    thread,
};

/// How large the blob is.
pub(crate) const LENGTH: u64 = 64 << 20;

/// The most that the copy may take beside what a process takes that copies nothing.
const MOST: u64 = 16 << 20;

const PIECE: usize = 64 << 10;

/// Tells the process that it is the one that copies, and where.
const CHILD: &str = "PAAS_COPIES_AT";

/// Runs this test in a process of its own, which copies at the address; there, this does so and ends.
pub(crate) fn in_a_process_of_its_own(test: &str, url: &str) {
    let Ok(program) = env::current_exe() else { return };
    let mut command = Command::new(program);
    command.args([test, "--exact", "--nocapture", "--test-threads=1"]).env(CHILD, url);
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stdout));
    let taken: u64 =
        text.split("took ").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok()).unwrap();
    eprintln!("a copy of {LENGTH} bytes took {taken} bytes of memory");
    assert!(taken < MOST, "{taken}");
}

/// Where to copy, in the process that does.
pub(crate) fn child() -> Option<String> {
    env::var(CHILD).ok()
}

/// Uploads a blob, and pushes what comes back as another one; tells what that took.
pub(crate) async fn copy(url: &str) {
    let limits = Limits { concurrent: 2, ..Limits::default() };
    let client = RegistryClient::builder().url(url).limits(limits).build().unwrap();
    let (from, to): (RepositoryName, RepositoryName) = ("from".parse().unwrap(), "to".parse().unwrap());
    let digest = digest();
    client.ping().await.unwrap();
    let before = status("VmRSS:");
    client.upload_whole(&from, &digest, UploadBody::stream(LENGTH, Zeros { left: LENGTH })).await.unwrap();
    let blob = client.blob(&from, &digest, 0).await.unwrap();
    client.upload_whole(&to, &digest, UploadBody::stream(LENGTH, blob)).await.unwrap();
    eprintln!("took {} bytes", status("VmHWM:") - before);
}

/// A line of what the kernel says of this process, in bytes.
fn status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_ascii_whitespace().nth(1).unwrap().parse::<u64>().unwrap() << 10
}

fn digest() -> Digest {
    let mut digester = Digester::new(Algorithm::Sha256);
    for _ in 0..LENGTH / u64::try_from(PIECE).unwrap() {
        digester.update(&[0; PIECE]);
    }
    digester.finish()
}

struct Zeros {
    left: u64,
}

impl futures_core::Stream for Zeros {
    type Item = Result<Chunk>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Chunk>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= u64::try_from(PIECE).unwrap();
        Poll::Ready(Some(Ok(Chunk::from(vec![0; PIECE]))))
    }
}

#[tokio::test]
async fn a_large_blob_is_never_whole_in_memory() {
    if let Some(url) = child() {
        return copy(&url).await;
    }
    if !fs::exists("/proc/self/status").unwrap() {
        eprintln!("skipped: this system does not tell how much memory a process takes");
        return;
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            thread::spawn(move || serve(&stream.unwrap()));
        }
    });
    let test = "registry::memory::a_large_blob_is_never_whole_in_memory";
    tokio::task::spawn_blocking(move || in_a_process_of_its_own(test, &url)).await.unwrap();
}

/// A registry that takes all and has one blob.
fn serve(stream: &TcpStream) {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    loop {
        let (mut first, mut length) = (String::new(), 0);
        if reader.read_line(&mut first).unwrap_or(0) == 0 {
            return;
        }
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let line = line.trim().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        std::io::copy(&mut reader.by_ref().take(length), &mut std::io::sink()).unwrap();
        let method = first.split(' ').next().unwrap();
        match method {
            "POST" => {
                write!(writer, "HTTP/1.1 202 Accepted\r\nlocation: /upload?a=b\r\ncontent-length: 0\r\n\r\n")
            }
            "PUT" => {
                assert_eq!(length, LENGTH);
                write!(writer, "HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n")
            }
            _ if first.contains("/blobs/") => {
                write!(writer, "HTTP/1.1 200 OK\r\ncontent-length: {LENGTH}\r\n\r\n").unwrap();
                let piece = [0; PIECE];
                (0..LENGTH / u64::try_from(PIECE).unwrap()).try_for_each(|_| writer.write_all(&piece))
            }
            _ => write!(writer, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{{}}"),
        }
        .unwrap();
    }
}
