//! Something between a client and a registry that counts what is sent to the registry, and can stop it in the middle.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

/// What is known of all connections. It listens until the process ends.
#[derive(Debug, Clone)]
pub(super) struct Proxy {
    pub(super) url: String,
    state: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// Bytes that were sent to the registry.
    sent: AtomicU64,
    /// So many bytes each connection lets through to the registry since that was said.
    most: AtomicU64,
    /// How often it was said.
    said: AtomicU64,
    /// Connections that began to wait when it had been said so often, or before, are to end.
    cut: AtomicU64,
    /// Connections that wait for more to be let through.
    held: AtomicUsize,
}

impl Proxy {
    pub(super) fn start(registry: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sent, said, most) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(u64::MAX));
        let (cut, held) = (AtomicU64::new(0), AtomicUsize::new(0));
        let state = Arc::new(Shared { sent, most, said, cut, held });
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                // A registry that is down takes nobody in: the client sees its connection end.
                let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, registry)) else { continue };
                let (back_from, back_to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
                let shared = Arc::clone(&shared);
                thread::spawn(move || pass(client, server, Some(&shared)));
                thread::spawn(move || pass(back_from, back_to, None));
            }
        });
        Self { url, state }
    }

    /// The bytes that were sent to the registry: contents and all of the requests around them.
    pub(super) fn sent(&self) -> u64 {
        self.state.sent.load(Ordering::SeqCst)
    }

    /// From now on each connection sends this much to the registry, and then nothing more.
    pub(super) fn hold_after(&self, bytes: u64) {
        self.state.most.store(bytes, Ordering::SeqCst);
        self.state.said.fetch_add(1, Ordering::SeqCst);
    }

    /// All is let through.
    pub(super) fn let_through(&self) {
        self.hold_after(u64::MAX);
    }

    /// What waits goes nowhere any more: its connections end. All else is let through.
    pub(super) fn cut(&self) {
        self.state.cut.store(self.state.said.load(Ordering::SeqCst), Ordering::SeqCst);
        self.let_through();
    }

    /// Waits until a connection has sent as much as it may, and has more.
    pub(super) async fn until_held(&self) {
        for _ in 0..600 {
            if self.state.held.load(Ordering::SeqCst) > 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("nothing so large is sent");
    }
}

/// Passes bytes on until one side has ended; what goes the other way is not touched.
fn pass(mut from: TcpStream, mut to: TcpStream, counted: Option<&Shared>) {
    let mut piece = [0; 16 << 10];
    let (mut passed, mut said) = (0, 0);
    while let Ok(count @ 1..) = from.read(&mut piece) {
        if let Some(shared) = counted {
            let last = shared.said.load(Ordering::SeqCst);
            if last != said {
                (passed, said) = (0, last);
            }
            if !shared.may_pass(passed, said) {
                // Both ways.
                let _ = from.shutdown(Shutdown::Both);
                break;
            }
            shared.sent.fetch_add(count as u64, Ordering::SeqCst);
        }
        passed += count as u64;
        if to.write_all(&piece[..count]).is_err() {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Read), to.shutdown(Shutdown::Write));
}

impl Shared {
    /// Waits until a connection may send more; whether it is not to end.
    fn may_pass(&self, passed: u64, said: u64) -> bool {
        if passed < self.most.load(Ordering::SeqCst) {
            return true;
        }
        self.held.fetch_add(1, Ordering::SeqCst);
        while passed >= self.most.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(10));
        }
        self.held.fetch_sub(1, Ordering::SeqCst);
        said > self.cut.load(Ordering::SeqCst)
    }
}
