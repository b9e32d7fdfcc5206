//! Clients.

use crate::{CONNECTIONS, Failure, RATE, USERS};
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use std::{net::SocketAddr, time::Duration};
use tokio::{
    net::TcpStream,
    task::JoinSet,
    time::{Instant, sleep_until},
};

/// How long requests took, in microseconds, sorted.
pub(crate) struct Latencies(Vec<u64>);

impl Latencies {
    pub(crate) fn percentile(&self, percent: usize) -> u64 {
        let index = (self.0.len() * percent / 100).min(self.0.len().saturating_sub(1));
        self.0.get(index).copied().unwrap_or_default()
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }
}

/// Sends requests at a fixed rate, whether the earlier ones are answered or not.
pub(crate) fn at_a_rate(server: SocketAddr, lasts: Duration) -> Result<Latencies, Failure> {
    let between = Duration::from_secs(1) / RATE;
    let all = each(move |number| async move {
        let mut connection = connect(server).await?;
        let start = Instant::now() + Duration::from_millis(50) + between * number;
        let mut taken = Vec::new();
        for round in 0.. {
            let due = start + between * CONNECTIONS * round;
            if due - start > lasts {
                break;
            }
            // Late because of the one before: that counts. Late because of the timer: that does not.
            let begun = if Instant::now() > due {
                due
            } else {
                sleep_until(due).await;
                Instant::now()
            };
            ask(&mut connection, number + round).await?;
            taken.push(u64::try_from(begun.elapsed().as_micros())?);
        }
        Ok(taken)
    })?;
    let mut all = all.concat();
    all.sort_unstable();
    Ok(Latencies(all))
}

/// Sends the next request as soon as one is answered; tells how many were.
pub(crate) fn as_much_as_goes(server: SocketAddr, lasts: Duration) -> Result<u64, Failure> {
    let counts = each(move |number| async move {
        let mut connection = connect(server).await?;
        let end = Instant::now() + lasts;
        let mut count = 0;
        while Instant::now() < end {
            ask(&mut connection, number + count).await?;
            count += 1;
        }
        Ok(u64::from(count))
    })?;
    Ok(counts.into_iter().sum())
}

/// Runs all connections on one thread.
fn each<T, F>(client: impl Fn(u32) -> F) -> Result<Vec<T>, Failure>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async {
        let mut tasks = JoinSet::new();
        for number in 0..CONNECTIONS {
            tasks.spawn_local(client(number));
        }
        let mut all = Vec::new();
        while let Some(done) = tasks.join_next().await {
            all.push(done??);
        }
        Ok(all)
    })
}

type Connection = SendRequest<Empty<Bytes>>;

async fn connect(server: SocketAddr) -> Result<Connection, Failure> {
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

async fn ask(connection: &mut Connection, number: u32) -> Result<(), Failure> {
    let user = usize::try_from(number)? % USERS;
    // As long as those of Keystone.
    let token = format!("gAAAAAB-{user:0175}");
    let request = Request::get("/v1/tenants/e3712aa6ee1f4ed899033e6103559adf/volume/7")
        .header("Host", "localhost")
        .header("X-Auth-Token", token)
        .header("Accept", "application/json")
        .header("User-Agent", "bench")
        .body(Empty::new())?;
    let response = connection.send_request(request).await?;
    if response.status() != StatusCode::OK {
        return Err(format!("the answer was {}", response.status()).into());
    }
    response.into_body().collect().await?;
    Ok(())
}
