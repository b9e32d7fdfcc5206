//! Which environments the networks of a template are.

use super::networks;
use paas_client::{
    RancherClient,
    rancher::{Environment as RancherEnvironment, EnvironmentQuery, Resource, State},
};
use paas_core::{
    diagnostic::{Code, Diagnostic, did_you_mean},
    plan::Environment,
    release::Release,
    tenant::{Tenant, TenantNetwork},
};
use std::collections::BTreeMap;

/// The environments that the key sees.
pub(crate) async fn all(client: &RancherClient) -> paas_client::Result<Vec<RancherEnvironment>> {
    let mut all = client.list_environments(&EnvironmentQuery::default().all()).collect_all().await?;
    all.retain(|environment| !environment.is_gone());
    Ok(all)
}

/// The environment of each network of a release, as far as there is one; what is wrong goes to the problems.
pub(super) fn of_networks(
    release: &Release,
    tenant: &Tenant,
    all: &[RancherEnvironment],
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Environment> {
    let mut found = BTreeMap::new();
    for part in &release.parts {
        let network = &part.network;
        let Some(known) = networks::of_tenant(network, tenant, problems) else { continue };
        match of_network(known, &network.name, all) {
            Ok(environment) => {
                found.insert(network.name.clone(), environment);
            }
            Err(problem) => {
                let problem = problem.at(network.origin.place());
                problems.push(problem.label(known.origin.place(), "the tenant's network"));
            }
        }
    }
    found
}

/// The environment of a network that templates know by a name.
pub(crate) fn of_network(
    network: &TenantNetwork,
    name: &str,
    all: &[RancherEnvironment],
) -> Result<Environment, Diagnostic> {
    let wanted = network.environment.as_str();
    let by_id = all.iter().find(|environment| environment.id.as_str() == wanted);
    let by_name: Vec<&RancherEnvironment> =
        all.iter().filter(|environment| environment.name == wanted).collect();
    let environment = match (by_id, by_name.as_slice()) {
        (Some(environment), _) => environment,
        (None, [environment]) => environment,
        (None, []) => {
            let message = format!("there is no environment `{wanted}` for the network `{}`", network.name);
            let names = all.iter().map(|environment| environment.name.as_str());
            let help =
                did_you_mean(wanted, names).unwrap_or_else(|| "create it, or let the key see it".to_owned());
            return Err(Diagnostic::new(Code::ResourceEnvironmentMissing, message).help(help));
        }
        (None, several) => {
            let ids: Vec<&str> = several.iter().map(|environment| environment.id.as_str()).collect();
            let message = format!(
                "{} environments are called `{wanted}`, which is to be the network `{}`",
                several.len(),
                network.name
            );
            return Err(Diagnostic::new(Code::ResourceEnvironmentAmbiguous, message).help(format!(
                "give the tenant's network the id in place of the name: {}",
                ids.join(" or ")
            )));
        }
    };
    if !matches!(environment.state, State::Active | State::UpdatingActive) {
        let message = format!(
            "the environment `{}` of the network `{}` is `{}`",
            environment.name, network.name, environment.state
        );
        return Err(Diagnostic::new(Code::ResourceEnvironmentInactive, message)
            .help("activate it, and wait until it is `active`"));
    }
    Ok(Environment::new(environment.id.as_str(), &environment.name, name))
}
