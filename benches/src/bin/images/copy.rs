//! One of our copies.

use crate::{Failure, set};
use paas_client::RegistryClient;
use paas_registry::{Copier, CopyOrder, Place};
use serde_json::json;
use std::fs;

/// Copies all images, with the copier as it comes, and prints the most memory that the process had.
pub(crate) fn run(from: &str, to: &str, count: usize) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let source = RegistryClient::builder().url(from).build()?;
        let destination = RegistryClient::builder().url(to).build()?;
        let mut orders = Vec::new();
        for number in 0..count {
            let place = |client: &RegistryClient| -> Result<Place, Failure> {
                Ok(Place::new(client.clone(), set::repository(number).parse()?, set::TAG.parse()?))
            };
            orders.push(CopyOrder::new(place(&source)?, place(&destination)?));
        }
        let mut all = Copier::builder().build()?.copy_all(orders);
        while let Some(ended) = all.next().await {
            ended.result?;
        }
        Ok::<_, Failure>(())
    })?;
    println!("{}", json!({ "peak_kb": peak()? }));
    Ok(())
}

/// The most memory that the process had at once.
fn peak() -> Result<u64, Failure> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak is told")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}
