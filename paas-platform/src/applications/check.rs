//! Whether a template can be deployed for a tenant: the template first, then what it needs.

use super::{Deploy, environments, volumes};
use crate::{
    engine::is_own,
    error::Result,
    platform::Inner,
    records::{ApplicationRecord, ApplicationState, VolumeRecord},
    secrets::SecretRequest,
};
use paas_client::{
    ErrorKind as ClientErrorKind, RancherClient,
    rancher::{Resource, Stack as RancherStack, StackQuery},
};
use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    images::sources::Seen,
    plan::{Environment, application_key},
    release::{Backend, LinkStrategy, RancherVersion, Release, Target},
    tenant::Tenant,
};
use paas_tosca::Sources;
use std::collections::BTreeMap;

/// All that a plan is made of.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) release: Release,
    pub(super) environments: BTreeMap<String, Environment>,
    pub(super) volumes: BTreeMap<String, (String, BTreeMap<String, String>)>,
    pub(super) new_volumes: Vec<VolumeRecord>,
}

/// What came of checking.
#[derive(Debug)]
pub(super) struct Checked {
    /// The name of the application, if the template could be read.
    pub(super) application: Option<String>,
    /// Unless there are errors.
    pub(super) found: Option<Found>,
    pub(super) diagnostics: Diagnostics,
    pub(super) sources: Sources,
}

pub(super) async fn check(inner: &Inner, deploy: &Deploy, tenant: &Tenant) -> Result<Checked> {
    let mut target = Target::default();
    target.stack.clone_from(&deploy.stack);
    if let Some(image) = &deploy.load_balancer_image {
        target.load_balancer_image.clone_from(image);
    }
    target.link_strategy = deploy.link_strategy;
    for (network, hosts) in &deploy.addresses {
        hosts.iter().for_each(|host| target.add_address(network, host));
    }
    // Of the platform, whatever who deploys says.
    let mut options = deploy.options.clone();
    options.policy.clone_from(&inner.template_policy);
    let first = paas_tosca::translate(&deploy.source, &options, &target);
    let Some(release) = first.release else {
        let (diagnostics, sources) = (first.diagnostics, first.sources);
        return Ok(Checked { application: None, found: None, diagnostics, sources });
    };
    let application = Some(release.application.clone());
    let client = inner.rancher()?;
    let (major, minor, patch) = client.server_version().await?.numbers();
    let small = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
    target.rancher = RancherVersion::new(small(major), small(minor), small(patch));
    let mut problems = Vec::new();
    let all = environments::all(client).await?;
    let environments = environments::of_networks(&release, tenant, &all, &mut problems);
    for (network, environment) in &environments {
        target.environments.insert(network.clone(), environment.name.clone());
    }
    // Once more, for the place that it goes to.
    let second = paas_tosca::translate(&deploy.source, &options, &target);
    let (mut diagnostics, sources) = (second.diagnostics, second.sources);
    let Some(release) = second.release else {
        diagnostics.extend(problems.into_iter().collect::<Diagnostics>());
        diagnostics.sort();
        return Ok(Checked { application, found: None, diagnostics, sources });
    };
    let mut release = release;
    images(inner, &mut release, tenant, &mut problems).await?;
    let volumes = volumes::place(inner, &release, tenant, &environments, &mut problems).await?;
    stacks(inner, &release, tenant, &environments, &mut problems).await?;
    regions(inner, &release, &mut problems).await?;
    secrets(inner, &release, tenant, &mut problems).await;
    diagnostics.extend(problems.into_iter().collect::<Diagnostics>());
    diagnostics.sort();
    let found = Found { release, environments, volumes: volumes.all, new_volumes: volumes.new };
    let found = (!diagnostics.has_errors()).then_some(found);
    Ok(Checked { application, found, diagnostics, sources })
}

/// Whether the names of the stacks are free, and nothing is left of the application elsewhere.
async fn stacks(
    inner: &Inner,
    release: &Release,
    tenant: &Tenant,
    environments: &BTreeMap<String, Environment>,
    problems: &mut Vec<Diagnostic>,
) -> Result<()> {
    let client = inner.rancher()?;
    let own = application_key(&tenant.name, &release.application);
    let mut looked = Vec::new();
    for part in &release.parts {
        let Some(environment) = environments.get(&part.network.name) else { continue };
        looked.push((environment.id.clone(), release.stack.clone()));
        let Some(taken) = stack_in(client, environment, &release.stack).await? else { continue };
        let help = if is_own(&own, &taken) { LEFT } else { TAKEN };
        problems.push(exists(environment, &taken).at(part.network.origin.place()).help(help));
    }
    // The record is about to tell of other places: what is left where it was could not be found any more.
    let Some(known) = inner.application(&tenant.name, &release.application).await? else { return Ok(()) };
    let ApplicationRecord { state, stack, environments: before, .. } = known.value;
    if state == ApplicationState::Removed {
        return Ok(());
    }
    for environment in before.iter().filter(|other| !looked.contains(&(other.id.clone(), stack.clone()))) {
        let left = match stack_in(client, environment, &stack).await {
            Err(error) if error.kind() == ClientErrorKind::NotFound => None,
            found => found?.filter(|found| is_own(&own, found)),
        };
        if let Some(left) = left {
            problems.push(exists(environment, &left).help(LEFT));
        }
    }
    Ok(())
}

const LEFT: &str = "it is left of this application: remove the application first";
const TAKEN: &str = "it is somebody else's: deploy under another name of the stack";

/// The stack of this name in an environment.
async fn stack_in(
    client: &RancherClient,
    environment: &Environment,
    name: &str,
) -> paas_client::Result<Option<RancherStack>> {
    let query = StackQuery::default().name(name);
    let stacks = client.environment(&environment.id.parse()?).list_stacks(&query).collect_all().await?;
    Ok(stacks.into_iter().find(|stack| !stack.is_gone() && stack.name.eq_ignore_ascii_case(name)))
}

fn exists(environment: &Environment, stack: &RancherStack) -> Diagnostic {
    let message = format!("the environment `{}` has a stack `{}` already", environment.name, stack.name);
    Diagnostic::new(Code::ResourceStackExists, message)
}

/// Whether links by name lead somewhere.
async fn regions(inner: &Inner, release: &Release, problems: &mut Vec<Diagnostic>) -> Result<()> {
    let Backend::Rancher(rancher) = &release.backend else { return Ok(()) };
    if rancher.link_strategy != Some(LinkStrategy::RegionName) {
        return Ok(());
    }
    let has_local = match inner.rancher()?.list_regions().collect_all().await {
        Ok(regions) => regions.iter().any(|region| region.local && !region.is_gone()),
        Err(error) if error.kind() == ClientErrorKind::NotFound => false,
        Err(error) => return Err(error.into()),
    };
    if !has_local {
        let message = "services reach services in other environments, but Rancher has no local region";
        let help = "let an administrator add a region with `local: true` for the server itself";
        problems.push(Diagnostic::new(Code::ResourceNoLocalRegion, message).help(help));
    }
    Ok(())
}

/// Whether the tenant is shown all images; they are taken from where their environments take them.
async fn images(
    inner: &Inner,
    release: &mut Release,
    tenant: &Tenant,
    problems: &mut Vec<Diagnostic>,
) -> Result<()> {
    let Some(sources) = &inner.image_sources else { return Ok(()) };
    let mut seen = BTreeMap::new();
    for wanted in sources.wanted(release) {
        let is_seen = inner.seen_by(tenant, &wanted).await?;
        seen.insert(wanted, is_seen);
    }
    let found =
        sources.settle(release, &tenant.name, |wanted| seen.get(wanted).cloned().unwrap_or(Seen::Hidden));
    problems.extend(found);
    Ok(())
}

/// Whether all secrets are at hand.
async fn secrets(inner: &Inner, release: &Release, tenant: &Tenant, problems: &mut Vec<Diagnostic>) {
    for secret in &release.secrets {
        let request = SecretRequest::new(&tenant.name, &release.application, &secret.input);
        if inner.secrets.secret(&request).await.is_none() {
            let message = format!("the secret input `{}` has no value", secret.input);
            let help = "give it to the platform as a secret, not as an input";
            problems.push(Diagnostic::new(Code::ResourceSecretMissing, message).help(help));
        }
    }
}
