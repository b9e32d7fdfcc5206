//! How applications are.

use super::{super::printable, table};
use paas_platform::{ApplicationStatus, NetworkStatus, ServiceChange, ServiceStatus};
use std::fmt::Write as _;

/// An application and its services, as a table.
pub fn status(status: &ApplicationStatus) -> String {
    let mut text = format!(
        "{} of {}: {}, release {}\n",
        printable(&status.application),
        printable(&status.tenant),
        status.state.as_str(),
        status.release
    );
    if let Some(operation) = &status.operation {
        let _ = writeln!(text, "the operation {operation} has not ended");
    }
    text.push('\n');
    let heads = ["network", "service", "state", "health", "containers", ""];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for network in &status.networks {
        rows.extend(of_network(network));
    }
    text.push_str(&table(&rows));
    text
}

fn of_network(network: &NetworkStatus) -> Vec<Vec<String>> {
    let mut name = network.network.clone();
    let Some(state) = &network.stack_state else {
        return vec![vec![name, "–".to_owned(), "no stack".to_owned()]];
    };
    if network.services.is_empty() {
        return vec![vec![name, "–".to_owned(), format!("stack {state}")]];
    }
    network.services.iter().map(|service| of_service(std::mem::take(&mut name), service)).collect()
}

fn of_service(network: String, service: &ServiceStatus) -> Vec<String> {
    let containers = match (service.current_scale, service.scale) {
        (Some(current), Some(scale)) if current != scale => format!("{current} of {scale}"),
        (_, Some(scale)) => scale.to_string(),
        _ => String::new(),
    };
    // What Rancher says is of interest as long as the service is on its way.
    let more = match &service.message {
        Some(message) if service.state != "active" => message.clone(),
        _ => service.endpoints.join(", "),
    };
    let health = service.health.clone().unwrap_or_default();
    vec![network, service.name.clone(), service.state.clone(), health, containers, more]
}

/// What has changed, as a table; `nothing` if that is so.
pub fn changes(changes: &[ServiceChange]) -> String {
    if changes.is_empty() {
        return "  nothing\n".to_owned();
    }
    let row = |change: &ServiceChange| {
        let ServiceChange { network, service, what, before, after, .. } = change;
        vec![network.clone(), service.clone(), what.clone(), format!("{before} → {after}")]
    };
    table(&changes.iter().map(row).collect::<Vec<_>>())
}
