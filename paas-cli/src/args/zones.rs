//! What can be said to the commands about images in several zones.

use super::{ImageArgs, NamespaceListArgs, PlatformArgs, Shape};
use clap::{Args, Subcommand};
use paas_sdk::core::images::{
    Digest,
    distribution::{TagPattern, ZoneName},
};

/// The zones are told by the variable `PAAS_ZONES`, as `north,south`, and the registry of each by `REGISTRY_ZONE_NORTH_URL`,
/// `REGISTRY_ZONE_NORTH_USERNAME` and `REGISTRY_ZONE_NORTH_PASSWORD`.
#[derive(Debug, Subcommand)]
pub(crate) enum ZonesCommand {
    /// Tells how each zone stands with the namespaces of a tenant: in step, behind by so many, with the last error
    Status(ZonesStatusArgs),
    /// Shows an image in its zones, with its journal
    Show(ImageArgs),
    /// Says which zones have the images of a namespace
    Rule(ZonesRuleArgs),
    /// Compares all zones, copies what lacks, and ends when that has ended: to be run again and again
    Scan(ZonesScanArgs),
    /// Says what becomes of an image that a zone holds otherwise, or that was not copied there
    Decide(ZonesDecideArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ZonesStatusArgs {
    /// Also each image that is not in step
    #[arg(long)]
    pub(crate) images: bool,
    #[command(flatten)]
    pub(crate) list: NamespaceListArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ZonesRuleArgs {
    /// The namespace
    pub(crate) namespace: String,
    #[command(flatten)]
    pub(crate) choice: ZonesRuleChoice,
    /// Only tags like this: `release-*`, `versions >=1.2, <3`; may be given several times
    #[arg(long, value_name = "PATTERN", requires = "zones")]
    pub(crate) tags: Vec<TagPattern>,
    /// No tags like this; may be given several times
    #[arg(long, value_name = "PATTERN", requires = "zones")]
    pub(crate) but: Vec<TagPattern>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    pub(crate) format: Shape,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct ZonesRuleChoice {
    /// In these zones: `north,south`
    #[arg(long, value_name = "ZONES", value_delimiter = ',')]
    pub(crate) zones: Vec<ZoneName>,
    /// Nowhere but where they were pushed: the rule is deleted
    #[arg(long)]
    pub(crate) none: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ZonesScanArgs {
    /// How many images are copied at once; 0: none, it is only told what lacks
    #[arg(long, value_name = "COUNT", default_value_t = 4, value_parser = clap::value_parser!(u64).range(0..=64))]
    pub(crate) copies: u64,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    pub(crate) format: Shape,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ZonesDecideArgs {
    #[command(flatten)]
    pub(crate) image: ImageArgs,
    /// The zone that it is about
    #[arg(long)]
    pub(crate) zone: ZoneName,
    #[command(flatten)]
    pub(crate) choice: ZonesDecision,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct ZonesDecision {
    /// What the zone holds may be replaced: exactly this digest
    #[arg(long, value_name = "DIGEST")]
    pub(crate) replace: Option<Digest>,
    /// What the zone holds is the right one
    #[arg(long)]
    pub(crate) take_over: bool,
    /// The copy to the zone is to be tried again
    #[arg(long)]
    pub(crate) retry: bool,
}
