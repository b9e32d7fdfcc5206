//! What can be said to the commands about the mall.

use super::{ImageArgs, PlatformArgs, Shape};
use clap::{Args, Subcommand};
use paas_sdk::core::images::{Digest, mall::PublicationStateName};

#[derive(Debug, Subcommand)]
pub(crate) enum MallCommand {
    /// Lists images: those that are published to all, and those of tenants
    List(MallListArgs),
    /// Lists publications: what was asked for, and what became of it
    Publications(PublicationsArgs),
    /// Shows what was said of a publication, from its beginning
    Show(PublicationArgs),
    /// Asks for an image to be shown to all tenants: exactly the digest that is said
    Publish(PublishArgs),
    /// Says yes to a publication; never who asked for it
    Approve(PublicationArgs),
    /// Says no to a publication, or takes a yes back; never who asked for it
    Reject(RejectArgs),
    /// Takes a publication back
    Withdraw(PublicationArgs),
}

#[derive(Debug, Args)]
pub(crate) struct MallListArgs {
    /// Only what is shown to this tenant as a whole: its name, or its file
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) tenant: Option<String>,
    /// Only images with this text in their names
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,
    /// Only what is shown to all
    #[arg(long)]
    pub(crate) official: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    pub(crate) format: Shape,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
pub(crate) struct PublicationsArgs {
    /// Only those of this tenant's images: its name, or its file
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) tenant: Option<String>,
    /// Only those that are so far: `requested`, `approved`, `rejected`, `withdrawn`, `lapsed`
    #[arg(long)]
    pub(crate) state: Option<PublicationStateName>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    pub(crate) format: Shape,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
pub(crate) struct PublicationArgs {
    #[command(flatten)]
    pub(crate) image: ImageArgs,
    /// Which of it, as `paas mall publications` prints it
    #[arg(long, value_name = "sha256:…")]
    pub(crate) digest: Digest,
}

#[derive(Debug, Args)]
pub(crate) struct PublishArgs {
    #[command(flatten)]
    pub(crate) publication: PublicationArgs,
    /// What is said to the auditor: one line
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
}

#[derive(Debug, Args)]
pub(crate) struct RejectArgs {
    #[command(flatten)]
    pub(crate) publication: PublicationArgs,
    /// Why: one line
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
}
