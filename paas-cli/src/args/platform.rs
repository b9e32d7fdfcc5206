//! What can be said to the commands that work on a platform.

use super::TemplateArgs;
use clap::{Args, Subcommand, ValueEnum};
use paas_sdk::{Actor, OperationId};
use std::path::PathBuf;

/// Where the platform keeps its state, which Rancher it works on, and who acts.
#[derive(Debug, Clone, Args)]
pub(crate) struct PlatformArgs {
    /// The file with the platform's state [default: what PAAS_STORE says, else `paas.db`]
    #[arg(long, value_name = "FILE", help_heading = "Platform")]
    pub(crate) store: Option<PathBuf>,
    /// A file with the address and the key of Rancher, which only you can read [default: the variables RANCHER_URL,
    /// RANCHER_ACCESS_KEY and RANCHER_SECRET_KEY]
    #[arg(long, value_name = "FILE", help_heading = "Platform")]
    pub(crate) credentials: Option<PathBuf>,
    /// Who acts, for the journal [default: what PAAS_ACTOR says, else your user name]
    #[arg(long = "as", value_name = "NAME", help_heading = "Platform")]
    pub(crate) actor: Option<Actor>,
    /// Let the key go to an address with `http:` that is not of this machine
    #[arg(long, help_heading = "Platform")]
    pub(crate) allow_plain_http: bool,
}

/// Where secrets come from.
#[derive(Debug, Clone, Args)]
pub(crate) struct SecretsArgs {
    /// A file with lines `NAME=VALUE` for secret inputs, which only you can read; it goes before variables
    /// PAAS_SECRET_NAME
    #[arg(long, value_name = "FILE")]
    pub(crate) secrets: Option<PathBuf>,
}

/// How long is waited.
#[derive(Debug, Clone, Args)]
pub(crate) struct WaitArgs {
    /// How long the services of a stage may take to be up, in seconds [default: 900]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) wait: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct DeployArgs {
    #[command(flatten)]
    pub(crate) template: TemplateArgs,
    /// The tenant: a tenant file, or the name of one that is recorded
    #[arg(long, value_name = "FILE|NAME")]
    pub(crate) tenant: String,
    #[command(flatten)]
    pub(crate) secrets: SecretsArgs,
    /// The name of the stacks [default: the application's]
    #[arg(long, value_name = "NAME")]
    pub(crate) stack: Option<String>,
    /// The image that load balancers run
    #[arg(long = "lb-image", value_name = "IMAGE")]
    pub(crate) load_balancer_image: Option<String>,
    /// Check and print the plan; change nothing, here or there
    #[arg(long)]
    pub(crate) plan_only: bool,
    #[command(flatten)]
    pub(crate) wait: WaitArgs,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    /// The application; none: list those of the tenant
    pub(crate) application: Option<String>,
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
pub(crate) struct ScaleArgs {
    /// The application
    pub(crate) application: String,
    /// The service
    pub(crate) service: String,
    /// How many containers it shall have
    pub(crate) count: u32,
    /// The tenant: its name, or its file
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) tenant: String,
    #[command(flatten)]
    pub(crate) wait: WaitArgs,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    /// The application
    pub(crate) application: String,
    /// The tenant: its name, or its file
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) tenant: String,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct OperationsArgs {
    #[command(subcommand)]
    pub(crate) command: Option<OperationsCommand>,
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum OperationsCommand {
    /// Lists them, the latest first; what is done without a command
    List(ListArgs),
    /// Shows one: its events from the journal, and why it stopped
    Show(ShowArgs),
    /// Goes on with one that stopped or was interrupted
    Resume(ResumeArgs),
    /// Gives one up: what it has made stays until its application is removed
    Abandon(AbandonArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Only those of a tenant: its name, or its file
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) tenant: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    pub(crate) format: Shape,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The operation
    pub(crate) id: OperationId,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    pub(crate) format: Shape,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ResumeArgs {
    /// The operation
    pub(crate) id: OperationId,
    #[command(flatten)]
    pub(crate) secrets: SecretsArgs,
    #[command(flatten)]
    pub(crate) wait: WaitArgs,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

#[derive(Debug, Args)]
pub(crate) struct AbandonArgs {
    /// The operation
    pub(crate) id: OperationId,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

/// Keystone is told by `clouds.yaml` and variables `OS_*`, as for OpenStack's own tools; Harbor by variables
/// `HARBOR_TEST_URL`, `HARBOR_TEST_USERNAME` and `HARBOR_TEST_PASSWORD`, and the same with `PRODUCTION`.
#[derive(Debug, Subcommand)]
pub(crate) enum MembersCommand {
    /// Tells what would be done; changes nothing
    Plan(MembersArgs),
    /// Does it; done twice, the second time does nothing
    Apply(MembersArgs),
}

#[derive(Debug, Args)]
pub(crate) struct MembersArgs {
    /// The tenant: its name, or its file
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) tenant: String,
    /// A file that says by which rules users of Keystone become members, in JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: PathBuf,
    /// How many members may lose rights [default: what the rules say, else 20]
    #[arg(long, value_name = "COUNT")]
    pub(crate) fuse: Option<usize>,
    /// Remove members that the platform did not put there
    #[arg(long)]
    pub(crate) remove_foreign: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    pub(crate) format: Shape,
    #[command(flatten)]
    pub(crate) platform: PlatformArgs,
}

/// How states are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shape {
    /// As tables
    Human,
    /// For other programs, on one line
    Json,
}
