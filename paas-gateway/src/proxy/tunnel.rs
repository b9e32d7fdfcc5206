//! Connections that became something else than HTTP.

use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use std::time::{Duration, SystemTime};
use tokio::io::copy_bidirectional;

/// Ties two connections together as soon as both have changed, until one of them ends or the time comes.
pub(super) fn open(client: OnUpgrade, service: OnUpgrade, ends: Option<SystemTime>) {
    let tied = async move {
        let (Ok(client), Ok(service)) = (client.await, service.await) else { return };
        let (mut client, mut service) = (TokioIo::new(client), TokioIo::new(service));
        // That an end breaks is no news: both are closed then.
        let _ = copy_bidirectional(&mut client, &mut service).await;
    };
    let left = ends.map(|ends| ends.duration_since(SystemTime::now()).unwrap_or(Duration::ZERO));
    tokio::spawn(async move {
        match left {
            Some(left) => {
                let _ = tokio::time::timeout(left, tied).await;
            }
            None => tied.await,
        }
    });
}
