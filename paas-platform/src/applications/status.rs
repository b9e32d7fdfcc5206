//! How an application is.

use crate::{
    engine::is_own,
    error::Result,
    operations::OperationId,
    platform::Inner,
    records::{ApplicationRecord, ApplicationState},
    secrets::Values,
};
use paas_client::{
    ErrorKind as ClientErrorKind,
    rancher::{Resource, Service, ServiceQuery, StackQuery},
};
use paas_core::{
    MAX_INTEGER,
    plan::{Environment, Stack, application_key},
};
use serde::Serialize;

/// How an application is: by the platform's record, and in the back end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ApplicationStatus {
    /// The tenant.
    pub tenant: String,
    /// The application.
    pub application: String,
    /// How it is by the platform's record.
    pub state: ApplicationState,
    /// The name of its stacks.
    pub stack: String,
    /// The number of its latest release.
    pub release: u64,
    /// The operation that has not ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<OperationId>,
    /// What is in each of its networks, in the order of the template.
    pub networks: Vec<NetworkStatus>,
}

/// How the part of an application in one network is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NetworkStatus {
    /// The network.
    pub network: String,
    /// The environment that it is.
    pub environment: String,
    /// The environment's id.
    pub environment_id: String,
    /// The state of the stack; `None`: it is not there.
    pub stack_state: Option<String>,
    /// The services, by name.
    pub services: Vec<ServiceStatus>,
}

/// How a service is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ServiceStatus {
    /// Its name.
    pub name: String,
    /// Its image, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Its state, in Rancher's word.
    pub state: String,
    /// Its health, in Rancher's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<String>,
    /// How many containers it shall have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<i64>,
    /// How many it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_scale: Option<i64>,
    /// Where it can be reached from outside: `address:port`, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<String>,
    /// What Rancher says of what is under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// That a service is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ServiceChange {
    /// The network.
    pub network: String,
    /// The service.
    pub service: String,
    /// What is different: `scale`.
    pub what: String,
    /// As it was.
    pub before: String,
    /// As it is.
    pub after: String,
}

impl ApplicationStatus {
    /// What is different from before.
    #[must_use]
    pub fn changes_since(&self, before: &Self) -> Vec<ServiceChange> {
        let (old, new) = (services(before), services(self));
        let mut changes = Vec::new();
        for (network, service) in &new {
            let was = old.iter().find(|(other, was)| other == network && was.name == service.name);
            for (what, after) in facts(service) {
                let before = was.map(|(_, was)| facts(was));
                let before = before.and_then(|facts| facts.into_iter().find(|(other, _)| *other == what));
                let before = before.map_or_else(|| "not there".to_owned(), |(_, before)| before);
                if before != after {
                    changes.push(change(network, service, what, before, after));
                }
            }
        }
        for (network, service) in &old {
            if !new.iter().any(|(other, is)| other == network && is.name == service.name) {
                let state = service.state.clone();
                changes.push(change(network, service, "state", state, "not there".to_owned()));
            }
        }
        changes
    }
}

fn change(
    network: &str,
    service: &ServiceStatus,
    what: &str,
    before: String,
    after: String,
) -> ServiceChange {
    ServiceChange {
        network: network.to_owned(),
        service: service.name.clone(),
        what: what.to_owned(),
        before,
        after,
    }
}

fn services(status: &ApplicationStatus) -> Vec<(&str, &ServiceStatus)> {
    status
        .networks
        .iter()
        .flat_map(|network| network.services.iter().map(|service| (network.network.as_str(), service)))
        .collect()
}

/// What is told of changes.
fn facts(service: &ServiceStatus) -> Vec<(&'static str, String)> {
    let count = |count: Option<i64>| count.map(|count| count.to_string());
    [
        ("image", service.image.clone()),
        ("state", Some(service.state.clone())),
        ("health", service.health.clone()),
        ("scale", count(service.scale)),
        ("containers", count(service.current_scale)),
    ]
    .into_iter()
    .filter_map(|(what, value)| value.map(|value| (what, value)))
    .collect()
}

pub(super) async fn status(inner: &Inner, record: ApplicationRecord) -> Result<ApplicationStatus> {
    let ApplicationRecord { tenant, name, stack, state, holder, release, environments } = record;
    let key = application_key(&tenant, &name);
    let mut networks = Vec::new();
    for environment in environments {
        networks.push(network(inner, Stack::new(environment, &stack, &key)).await?);
    }
    clean(inner, (&tenant, &name), &mut networks).await?;
    Ok(ApplicationStatus { tenant, application: name, state, stack, release, operation: holder, networks })
}

/// Makes what the server says fit to be shown: bounded, and without keys and values of secrets.
async fn clean(inner: &Inner, of: (&str, &str), networks: &mut [NetworkStatus]) -> Result<()> {
    let said = networks.iter_mut().flat_map(|network| &mut network.services);
    let messages: Vec<&mut String> = said.filter_map(|service| service.message.as_mut()).collect();
    if messages.is_empty() {
        return Ok(());
    }
    let client = inner.rancher()?;
    let inputs = inner.secret_inputs(of.0, of.1).await?;
    let secrets = Values::of(&*inner.secrets, of, inputs.iter().map(String::as_str)).await;
    for message in messages {
        *message = secrets.clean(&client.quotable(message));
    }
    Ok(())
}

async fn network(inner: &Inner, stack: Stack) -> Result<NetworkStatus> {
    let client = inner.rancher()?.environment(&stack.environment.id.parse()?);
    let found = match client.list_stacks(&StackQuery::default().name(&stack.name)).collect_all().await {
        Ok(found) => found,
        // The environment is gone.
        Err(error) if error.kind() == ClientErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let found = found.into_iter().find(|found| !found.is_gone() && is_own(&stack.key, found));
    let mut services = Vec::new();
    if let Some(found) = &found {
        let query = ServiceQuery::default().stack(found.id.clone());
        let all = client.list_services(&query).collect_all().await?;
        services.extend(all.iter().filter(|service| !service.is_gone()).map(service_status));
        services.sort_by(|one, other| one.name.cmp(&other.name));
    }
    let Environment { id, name, network, .. } = stack.environment;
    Ok(NetworkStatus {
        network,
        environment: name,
        environment_id: id,
        stack_state: found.map(|found| found.state.to_string()),
        services,
    })
}

fn service_status(service: &Service) -> ServiceStatus {
    let image = service.launch_config.as_ref().and_then(|config| config.image_uuid.as_deref());
    let mut endpoints: Vec<String> = service
        .public_endpoints
        .iter()
        .filter_map(|endpoint| Some(format!("{}:{}", endpoint.ip_address.as_deref()?, endpoint.port?)))
        .collect();
    endpoints.sort();
    endpoints.dedup();
    ServiceStatus {
        name: service.name.clone(),
        image: image.map(|image| image.strip_prefix("docker:").unwrap_or(image).to_owned()),
        state: service.state.to_string(),
        health: service.health_state.as_ref().map(ToString::to_string),
        scale: count(service.scale),
        current_scale: count(service.current_scale),
        endpoints,
        message: service.transitioning_message.clone().filter(|message| !message.is_empty()),
    }
}

/// A count as the server tells it; none that readers in other languages would lose digits of.
fn count(told: Option<i64>) -> Option<i64> {
    told.filter(|count| count.unsigned_abs() <= MAX_INTEGER)
}
