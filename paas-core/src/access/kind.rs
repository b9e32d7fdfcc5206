//! What rights are about.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Makes the enum and its look-ups from the table below.
macro_rules! kinds {
    ($($variant:ident, $name:literal, $title:literal, $meaning:literal;)*) => {
        /// A kind of resource.
        ///
        /// ```
        /// use paas_core::access::Kind;
        ///
        /// assert_eq!("nfs_server".parse(), Ok(Kind::NfsServer));
        /// assert_eq!(Kind::NfsServer.title(), "NFS server");
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ResourceKind"))]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Kind {
            $(#[doc = $meaning] $variant,)*
        }

        impl Kind {
            /// Every kind, in the order of the matrix.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// How many there are.
            pub(super) const COUNT: usize = Self::ALL.len();

            /// Its name, as it is written in documents.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Its name in a sentence.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// What it is.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

kinds! {
    Tenant, "tenant", "tenant", "What the platform knows of a Keystone project: its networks and servers. The project itself is Keystone's.";
    Membership, "membership", "membership", "Which users have which roles in a tenant.";
    Network, "network", "network", "A flat network with its addresses and its security level.";
    Environment, "environment", "environment", "What a network is in Rancher: a project.";
    EnvironmentLink, "environment_link", "environment link", "What joins two environments of a tenant.";
    Host, "host", "host", "A machine that runs containers.";
    NfsServer, "nfs_server", "NFS server", "A file server that holds volumes.";
    Volume, "volume", "volume", "A folder on a file server, for containers to mount.";
    Port, "port", "port", "A port of hosts that is open to the outside.";
    Application, "application", "application", "What one template describes: a stack in each network.";
    Service, "service", "service", "Containers of one image, with a scale.";
    Container, "container", "container", "One running container.";
    Template, "template", "template", "A TOSCA template.";
    CatalogueEntry, "catalogue_entry", "catalogue entry", "A template that is offered for deployment.";
    ScalingPolicy, "scaling_policy", "scaling policy", "When a service is scaled.";
    AlarmRule, "alarm_rule", "alarm rule", "When somebody is told that something is wrong.";
    LogSource, "log_source", "log source", "Which logs are collected, and where they go.";
    MonitorView, "monitor_view", "monitor view", "What monitoring shows of services and hosts.";
    AuditEvent, "audit_event", "audit event", "Who did what, and when. Nobody changes one.";
    ImageNamespace, "image_namespace", "image namespace", "A namespace of the image registries: a project of Harbor.";
    NamespaceMember, "namespace_member", "namespace member", "Which users belong to an image namespace.";
    Image, "image", "image", "An image in the test registry.";
    ProductionImage, "production_image", "production image", "An image in the production registry. The promotion of the platform alone sends it there.";
    ImageState, "image_state", "image state", "How far an image is on its way to production.";
    SyncRule, "sync_rule", "sync rule", "When the images of a namespace go to production.";
    Publication, "publication", "publication", "A request to show an image to other tenants, and what became of it.";
}

/// Its name.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let found = Self::ALL.iter().find(|kind| kind.name() == text);
        found.copied().ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

/// There is no such kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKind(pub(super) String);

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::unknown(f, "kind", &self.0, Kind::ALL.iter().map(|kind| kind.name()))
    }
}

impl std::error::Error for UnknownKind {}
