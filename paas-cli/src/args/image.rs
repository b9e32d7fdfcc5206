//! What can be said to the commands about images and their namespaces.

use super::{PlatformArgs, Shape, ZonesCommand};
use clap::{Args, Subcommand};
use paas_sdk::core::images::{
    Digest, ImageName,
    promotion::{Period, StateName},
};

/// Registries are told by the variables `REGISTRY_TEST_URL`, `REGISTRY_TEST_USERNAME` and `REGISTRY_TEST_PASSWORD`, and the
/// same with `PRODUCTION`; those that have a Harbor also by `HARBOR_TEST_URL` and so on. With both Harbors,
/// `PAAS_IMAGE_COPIES=replication` copies by Harbor's replication; `PAAS_IMAGE_LABELS=yes` shows states in that of test.
#[derive(Debug, Subcommand)]
pub(crate) enum ImageCommand {
    /// Lists the images of a tenant: how far each is on its way to production, and what it waits for
    List(ImageListArgs),
    /// Shows one, with its journal
    Show(ImageArgs),
    /// Releases one for production: exactly the digest that is said
    Release(ReleaseArgs),
    /// Takes a release back, before the image is copied
    Withdraw(ImageArgs),
    /// Has a released image copied to production now
    Sync(ImageArgs),
    /// Looks at what the registries hold in all namespaces, and mends what is recorded
    Sweep(SweepArgs),
    /// Sweeps, copies all that is due by now, and ends when that has ended: to be run again and again
    Due(DueArgs),
    /// Keeps images in several zones: how they stand, which have them, and what is copied
    #[command(subcommand)]
    Zones(ZonesCommand),
}

#[derive(Debug, Args)]
pub(crate) struct ImageListArgs {
    /// The tenant: its name, or its file
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) tenant: String,
    /// Only those of this namespace
    #[arg(long, value_name = "NAME")]
    pub(crate) namespace: Option<String>,
    /// Only those in this state
    #[arg(long, value_parser = state)]
    pub(crate) state: Option<StateName>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    pub(crate) format: Shape,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ImageArgs {
    /// The image: `namespace/name:tag`, without a registry
    pub(crate) image: ImageName,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    pub(crate) format: Shape,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ReleaseArgs {
    #[command(flatten)]
    pub(crate) image: ImageArgs,
    /// What is released, as `paas image show` prints it: if something else is under the name by now, nothing is
    #[arg(long, value_name = "sha256:…")]
    pub(crate) digest: Digest,
}

#[derive(Debug, Args)]
pub(crate) struct SweepArgs {
    /// Only this namespace
    #[arg(long, value_name = "NAME")]
    pub(crate) namespace: Option<String>,
    /// What is missing in the test registry was deleted, and you have seen to that: without this, a registry that comes up
    /// empty costs no releases
    #[arg(long)]
    pub(crate) accept_deletions: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    pub(crate) format: Shape,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
pub(crate) struct DueArgs {
    /// How many images are copied at once
    #[arg(long, value_name = "COUNT", default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..=64))]
    pub(crate) copies: u64,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    pub(crate) format: Shape,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

/// Where registries have a Harbor, it is told by the variables `HARBOR_TEST_URL`, `HARBOR_TEST_USERNAME` and
/// `HARBOR_TEST_PASSWORD`, and the same with `PRODUCTION`.
#[derive(Debug, Subcommand)]
pub(crate) enum NamespaceCommand {
    /// Lists the image namespaces of a tenant, with their rules
    List(NamespaceListArgs),
    /// Makes one for a tenant, and its project where there is a Harbor
    Create(NamespaceArgs),
    /// Opens one in production, so that images of it can go there
    Open(NamespaceArgs),
    /// Says when released images of one go to production
    Rule(RuleArgs),
    /// Says to which user alone the images of one are shown
    Personal(PersonalArgs),
    /// Deletes one that holds nothing
    Delete(NamespaceArgs),
}

#[derive(Debug, Args)]
pub(crate) struct NamespaceListArgs {
    /// The tenant: its name, or its file
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) tenant: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    pub(crate) format: Shape,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
pub(crate) struct NamespaceArgs {
    /// The namespace
    pub(crate) namespace: String,
    #[command(flatten)]
    pub(crate) list: NamespaceListArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RuleArgs {
    #[command(flatten)]
    pub(crate) namespace: NamespaceArgs,
    #[command(flatten)]
    pub(crate) rule: RuleChoice,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct RuleChoice {
    /// By itself, so long after the release: `15m`, `1h 30m`, `1d`
    #[arg(long, value_name = "PERIOD")]
    pub(crate) automatic: Option<Period>,
    /// When somebody says `paas image sync`
    #[arg(long)]
    pub(crate) manual: bool,
    /// Not at all
    #[arg(long)]
    pub(crate) none: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PersonalArgs {
    #[command(flatten)]
    pub(crate) namespace: NamespaceArgs,
    #[command(flatten)]
    pub(crate) choice: PersonalChoice,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct PersonalChoice {
    /// To this user of the tenant, by its id in Keystone
    #[arg(long, value_name = "ID")]
    pub(crate) user: Option<String>,
    /// To the tenant
    #[arg(long)]
    pub(crate) none: bool,
}

fn state(text: &str) -> Result<StateName, String> {
    let found = StateName::ALL.iter().find(|state| state.name() == text);
    found.copied().ok_or_else(|| {
        let names: Vec<_> = StateName::ALL.iter().map(|state| state.name()).collect();
        format!("the states are {}", names.join(", "))
    })
}
