//! What can be said on the command line.

mod image;
mod mall;
mod platform;
mod zones;

pub(crate) use image::{
    DueArgs, ImageArgs, ImageCommand, ImageListArgs, NamespaceArgs, NamespaceCommand, NamespaceListArgs,
    PersonalArgs, ReleaseArgs, RuleArgs, SweepArgs,
};
pub(crate) use mall::{
    MallCommand, MallListArgs, PublicationArgs, PublicationsArgs, PublishArgs, RejectArgs,
};
pub(crate) use platform::{
    AbandonArgs, DeployArgs, ListArgs, MembersArgs, MembersCommand, OperationsArgs, OperationsCommand,
    PlatformArgs, RemoveArgs, ResumeArgs, ScaleArgs, SecretsArgs, Shape, ShowArgs, StatusArgs, WaitArgs,
};
pub(crate) use zones::{ZonesCommand, ZonesDecideArgs, ZonesRuleArgs, ZonesScanArgs, ZonesStatusArgs};

use clap::{Args, Parser, Subcommand, ValueEnum, builder::NonEmptyStringValueParser};
use paas_sdk::{
    access::{Action, Kind, Role},
    core::release::RancherVersion,
};
use std::path::PathBuf;

/// Checks, translates and deploys TOSCA templates.
#[derive(Debug, Parser)]
#[command(name = "paas", version, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 no errors (there may be warnings), 1 errors, 2 the command was not understood, 130 Ctrl-C."
)]
pub(crate) struct Cli {
    /// When to use colours; `auto`: on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Checks a template and prints all problems
    Check(CheckArgs),
    /// Translates a template to files for each network
    Translate(TranslateArgs),
    /// Prints a picture of networks, services and stages
    Graph(GraphArgs),
    /// Reads a stack of Rancher, tells what is not the same, and writes it as a template
    Import(ImportArgs),
    /// Writes an application as one template in the profile, for people to read
    Export(ExportArgs),
    /// Takes a template to another tenant: the same text, with other networks, tiers, registries and inputs
    Clone(CloneArgs),
    /// Tells the difference of two releases, and what an update does about it
    Diff(DiffArgs),
    /// Tries a scaling plan out on the load of a day
    Simulate(SimulateArgs),
    /// Looks through scaling policies
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Tells whether somebody may do something, and why
    Decide(DecideArgs),
    /// Prints who may what: all rules, or those of one role
    Matrix(MatrixArgs),
    /// Makes the members of a tenant's environments and Harbor projects those that Keystone says
    #[command(subcommand)]
    Members(MembersCommand),
    /// Image namespaces of tenants: makes them, opens them in production, says when their images go there
    #[command(subcommand)]
    Namespace(NamespaceCommand),
    /// Images on their way from the test registry to production
    #[command(subcommand)]
    Image(ImageCommand),
    /// Which images whom are shown; publications of images to all tenants
    #[command(subcommand)]
    Mall(MallCommand),
    /// Explains the code of a problem or an error
    Explain(ExplainArgs),
    /// Deploys a template for a tenant, stage by stage
    Deploy(DeployArgs),
    /// Shows how an application is, or which ones a tenant has
    Status(StatusArgs),
    /// Changes how many containers a service has
    Scale(ScaleArgs),
    /// Removes an application; its volumes stay
    Remove(RemoveArgs),
    /// Lists operations, shows them, resumes them, gives them up
    Operations(OperationsArgs),
    /// Runs a stand-in for Rancher on this machine, until it is ended
    Sandbox(SandboxArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) template: TemplateArgs,
    /// How to print problems, on the standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// What is done with scaling policies.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Tells what is wrong with scaling policies, and what they can hardly mean
    Lint(LintArgs),
}

#[derive(Debug, Args)]
pub(crate) struct LintArgs {
    /// Templates, archives with one (CSAR), or files with one scaling policy or a list of them, in YAML or JSON
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The folder that files imported by templates may lie in [default: for each the one that it lies in]
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// A value of an input of the templates, written as in YAML; can be repeated
    #[arg(long = "input", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) inputs: Vec<(String, String)>,
    /// How to print problems, on the standard output; `json` has one line for each file
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct TranslateArgs {
    #[command(flatten)]
    pub(crate) template: TemplateArgs,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
    /// Overwrite files that no translation wrote, or that were changed since
    #[arg(long)]
    pub(crate) force: bool,
    /// How to print problems: on the standard error, but `json`, which also tells what was written, on the standard
    /// output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct GraphArgs {
    #[command(flatten)]
    pub(crate) template: TemplateArgs,
    /// The language of the picture
    #[arg(long, value_enum)]
    pub(crate) format: Picture,
    /// Write the picture to a file instead of the standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct SimulateArgs {
    /// A template, an archive with one (CSAR), or a file with scaling policies, in YAML or JSON
    pub(crate) file: PathBuf,
    /// The service whose plan is tried out; not needed if just one has a plan
    #[arg(long, value_name = "NAME")]
    pub(crate) service: Option<String>,
    /// A load: CSV with `time,demand`, or `time` and metrics such as `cpu` [default: a working day]
    #[arg(long, value_name = "FILE")]
    pub(crate) load: Option<PathBuf>,
    /// The day, in the plan's time zone [default: that of the load, or today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<String>,
    /// How many containers there are at the beginning [default: the template's, or the least]
    #[arg(long, value_name = "N")]
    pub(crate) count: Option<u32>,
    /// Another template or file with policies, to compare what the two come to
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Option<PathBuf>,
    /// How to show what happens
    #[arg(long, value_enum, default_value_t = TimelineFormat::Table)]
    pub(crate) format: TimelineFormat,
    /// Write it to a file instead of the standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The folder that files imported by the template may lie in [default: the one that it lies in]
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// A value of an input of the template, written as in YAML; can be repeated
    #[arg(long = "input", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) inputs: Vec<(String, String)>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    #[command(flatten)]
    pub(crate) stack: StackArgs,
    /// Write the template to a file; none: only tell what would be lost
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Tell too what is only written in other words
    #[arg(long)]
    pub(crate) all: bool,
    /// How to print losses and problems; `json` has the template too
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct CloneArgs {
    #[command(flatten)]
    pub(crate) template: TemplateArgs,
    /// The mapping file: what the template names, and what the clone shall name instead
    #[arg(long, value_name = "FILE")]
    pub(crate) map: PathBuf,
    /// The file of the other tenant, which must have all that the clone names
    #[arg(long, value_name = "FILE")]
    pub(crate) tenant: Option<PathBuf>,
    /// Write the template to a file instead of the standard output
    #[arg(long, value_name = "FILE", conflicts_with = "out_dir")]
    pub(crate) out: Option<PathBuf>,
    /// Write the template and all that it imports to a new folder
    #[arg(long, value_name = "DIR")]
    pub(crate) out_dir: Option<PathBuf>,
    /// Overwrite the file
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
    /// How to print problems: on the standard error, but `json`, which also tells what was written, or the texts, on the
    /// standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// A stack of Rancher and what is said to it.
#[derive(Debug, Args)]
pub(crate) struct StackArgs {
    /// The folder with `docker-compose.yml` and, if there is one, `rancher-compose.yml`; or the first of them
    #[arg(value_name = "DIR")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) said: StackOptions,
}

/// What is said to a stack of Rancher.
#[derive(Debug, Args)]
#[command(next_help_heading = "Of stacks of Rancher")]
pub(crate) struct StackOptions {
    /// A file with answers to what the stack asks: names and values, in YAML or JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) answers: Option<PathBuf>,
    /// The network that the services are placed in
    #[arg(long, value_name = "NAME", default_value = "default", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) network: String,
    /// The name of the application [default: that of the catalogue entry, or of the folder]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) template: TemplateArgs,
    #[command(flatten)]
    pub(crate) stack: StackOptions,
    /// Write the template to a file instead of the standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// What there is: a template, an archive with one (CSAR), a `release.json`, or a folder with one
    pub(crate) old: PathBuf,
    /// What there is to be, likewise
    pub(crate) new: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// End with 1 if there are differences, and with 2 if they cannot be told
    #[arg(long)]
    pub(crate) exit_code: bool,
    /// The folder that imported files may lie in [default: for each template the one that it lies in]
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// A value of an input of both templates, written as in YAML; can be repeated
    #[arg(long = "input", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) inputs: Vec<(String, String)>,
    /// A value of an input of the old template only; can be repeated
    #[arg(long = "old-input", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) old_inputs: Vec<(String, String)>,
    /// A value of an input of the new template only; can be repeated
    #[arg(long = "new-input", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) new_inputs: Vec<(String, String)>,
    /// A file that says what templates may do, in place of the default policy
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct DecideArgs {
    /// What is done, such as `create`
    pub(crate) action: Action,
    /// To what kind of resource, such as `volume`
    pub(crate) kind: Kind,
    /// The tenant that owns it; none: it is the platform's own
    #[arg(long, value_name = "ID")]
    pub(crate) tenant: Option<String>,
    /// The image namespace that it is in
    #[arg(long, value_name = "NAME")]
    pub(crate) namespace: Option<String>,
    /// A file with the user and its roles, in JSON
    #[arg(long, value_name = "FILE", conflicts_with_all = ["roles", "member"])]
    pub(crate) subject: Option<PathBuf>,
    /// A role of who asks: of the tenant, or for the platform; can be repeated
    #[arg(long = "role", value_name = "ROLE")]
    pub(crate) roles: Vec<Role>,
    /// Who asks belongs to the image namespace
    #[arg(long)]
    pub(crate) member: bool,
    /// How to print the decision
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct MatrixArgs {
    /// What one role may only
    #[arg(long, value_name = "ROLE", conflicts_with = "format")]
    pub(crate) role: Option<Role>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = MatrixFormat::Text)]
    pub(crate) format: MatrixFormat,
    /// The page `docs/permissions.md`
    #[arg(long, hide = true)]
    pub(crate) page: bool,
}

/// How to print the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MatrixFormat {
    /// For a terminal
    Text,
    /// A table in Markdown
    Markdown,
    /// A document in JSON
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The code of a problem or an error, such as `tosca.unknown_type`; none: list those of problems
    #[arg(conflicts_with_all = ["list", "errors"])]
    pub(crate) code: Option<String>,
    /// List all codes of problems of templates and tenant files
    #[arg(long, conflicts_with = "errors")]
    pub(crate) list: bool,
    /// List all codes of errors
    #[arg(long)]
    pub(crate) errors: bool,
    /// The page `docs/diagnostics.md`, or `docs/errors.md`
    #[arg(long, hide = true, conflicts_with_all = ["code", "list"])]
    pub(crate) markdown: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SandboxArgs {
    /// The port to listen on; 0: any free one
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub(crate) port: u16,
    /// What ids, keys and jitter follow from: the same number gives the same answers
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    /// An environment to begin with; can be repeated
    #[arg(long = "environment", value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) environments: Vec<String>,
    /// A certificate of an environment, as load balancers name it; can be repeated
    #[arg(long = "certificate", value_name = "ENVIRONMENT=NAME", value_parser = certificate)]
    pub(crate) certificates: Vec<(String, String)>,
    /// Let everything happen at once, where a real Rancher takes its time
    #[arg(long)]
    pub(crate) instant: bool,
    /// Write the address and the key to a file that only you can read, instead of the standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) credentials: Option<PathBuf>,
    /// End when the standard input ends
    #[arg(long, hide = true)]
    pub(crate) until_stdin_closes: bool,
}

/// The template and what is said to it.
#[derive(Debug, Clone, Args)]
pub(crate) struct TemplateArgs {
    /// The template, or an archive with it (CSAR)
    pub(crate) file: PathBuf,
    /// The folder that imported files may lie in [default: the one that the template lies in]
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// A value of an input, written as in YAML; can be repeated
    #[arg(long = "input", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) inputs: Vec<(String, String)>,
    /// A file that says what templates may do, in place of the default policy
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
}

/// Where the release goes.
#[derive(Debug, Args)]
pub(crate) struct TargetArgs {
    /// What runs the release: `rancher-` and its version
    #[arg(long, visible_alias = "rancher", value_name = "TARGET", default_value = "rancher-1.6.30", value_parser = rancher)]
    pub(crate) target: RancherVersion,
    /// The name of the stacks [default: the application's]
    #[arg(long, value_name = "NAME")]
    pub(crate) stack: Option<String>,
    /// The environment of a network, if it is not called like the network; can be repeated
    #[arg(long = "environment", value_name = "NETWORK=ENVIRONMENT", value_parser = pair)]
    pub(crate) environments: Vec<(String, String)>,
    /// How services reach services in other environments [default: by name from 1.6.15 on]
    #[arg(long, value_name = "HOW")]
    pub(crate) links: Option<Links>,
    /// Where the hosts of a network are reached from others: a host name or an IP address; can be repeated
    #[arg(long = "address", value_name = "NETWORK=HOST", value_parser = pair)]
    pub(crate) addresses: Vec<(String, String)>,
    /// The image that load balancers run
    #[arg(long = "lb-image", value_name = "IMAGE")]
    pub(crate) load_balancer_image: Option<String>,
}

/// How services reach services in other environments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Links {
    /// By name, over the region that is the server itself
    #[value(name = "region_name")]
    RegionName,
    /// Over links that the environments were created with
    #[value(name = "environment_links")]
    Environments,
    /// By published ports, at the addresses given
    #[value(name = "external_service")]
    ExternalService,
}

/// How problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the lines that they are in, and help
    Human,
    /// For other programs
    Json,
    /// One line each
    Short,
}

/// How differences are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// What changed, and what an update does
    Text,
    /// For other programs, on one line
    Json,
    /// A Mermaid flowchart
    Mermaid,
}

/// Languages of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Picture {
    /// A Mermaid flowchart
    Mermaid,
    /// Graphviz
    Dot,
    /// An image
    Svg,
}

/// How a time-line is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimelineFormat {
    /// Lines of text
    Table,
    /// A document
    Json,
    /// An image
    Svg,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// `name=value`; the value may be empty and hold `=`.
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("this is not `name=value`".to_owned()),
    }
}

/// `environment=name`; neither may be empty.
fn certificate(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((environment, name)) if !environment.is_empty() && !name.is_empty() => {
            Ok((environment.to_owned(), name.to_owned()))
        }
        _ => Err("this is not `environment=name`".to_owned()),
    }
}

/// `rancher-1.6.30`, or just the version.
fn rancher(text: &str) -> Result<RancherVersion, String> {
    let version = text.strip_prefix("rancher-").unwrap_or(text);
    version
        .parse()
        .map_err(|_| "this is not `rancher-` and three numbers, such as `rancher-1.6.30`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn pairs_are_split_at_the_first_sign() {
        assert_eq!(pair("a=b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        assert_eq!(pair("a="), Ok(("a".to_owned(), String::new())));
        assert!(pair("=b").is_err() && pair("a").is_err());
    }

    #[test]
    fn targets_are_named_with_or_without_the_product() {
        for text in ["rancher-1.6.15", "1.6.15", "v1.6.15"] {
            assert_eq!(rancher(text), Ok(RancherVersion::new(1, 6, 15)));
        }
        assert!(rancher("kubernetes").is_err());
    }
}
