//! A line to a registry that breaks when it is told to.

use std::{
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
};

/// Connections to a registry go through it. It counts what goes by, and cuts a connection after so many bytes more one
/// way, once each time that it is told so.
pub(super) struct Cutter {
    pub(super) url: String,
    pub(super) up: Arc<Way>,
    pub(super) down: Arc<Way>,
}

/// One way of all connections.
#[derive(Default)]
pub(super) struct Way {
    bytes: AtomicU64,
    /// How many bytes until the cut; less than nothing: none is to come.
    left: AtomicI64,
}

impl Way {
    fn new() -> Arc<Self> {
        Arc::new(Self { bytes: AtomicU64::new(0), left: AtomicI64::new(-1) })
    }

    /// Cuts a connection after so many bytes more.
    pub(super) fn cut_after(&self, bytes: i64) {
        self.left.store(bytes, Ordering::SeqCst);
    }

    /// Whether the cut that was told has happened.
    pub(super) fn was_cut(&self) -> bool {
        self.left.load(Ordering::SeqCst) < 0
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::SeqCst)
    }

    /// How many of these may go by; the connection is cut then if they are not all.
    fn pass(&self, length: usize) -> usize {
        let length_signed = i64::try_from(length).unwrap();
        let before = self.left.load(Ordering::SeqCst);
        if before < 0 {
            return length;
        }
        if before >= length_signed {
            self.left.store(before - length_signed, Ordering::SeqCst);
            return length;
        }
        self.left.store(-1, Ordering::SeqCst);
        usize::try_from(before).unwrap()
    }
}

impl Cutter {
    pub(super) async fn before(url: &str) -> Self {
        let to = url.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (up, down) = (Way::new(), Way::new());
        let this = Self { url, up: up.clone(), down: down.clone() };
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let far = TcpStream::connect(&to).await.unwrap();
                // A cut one way is one both ways.
                let (over, is_over) = watch::channel(());
                let over = Arc::new(over);
                let (near_read, near_write) = near.into_split();
                let (far_read, far_write) = far.into_split();
                tokio::spawn(carry(near_read, far_write, up.clone(), over.clone(), is_over.clone()));
                tokio::spawn(carry(far_read, near_write, down.clone(), over, is_over));
            }
        });
        this
    }
}

async fn carry(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    way: Arc<Way>,
    over: Arc<watch::Sender<()>>,
    mut is_over: watch::Receiver<()>,
) {
    let mut buffer = vec![0; 16 << 10];
    loop {
        let length = tokio::select! {
            read = from.read(&mut buffer) => read.unwrap_or(0),
            _ = is_over.changed() => 0,
        };
        let passed = way.pass(length);
        way.bytes.fetch_add(u64::try_from(passed).unwrap(), Ordering::SeqCst);
        let is_written = to.write_all(&buffer[..passed]).await.is_ok();
        if length == 0 || passed < length || !is_written {
            let _ = over.send(());
            return;
        }
    }
}
