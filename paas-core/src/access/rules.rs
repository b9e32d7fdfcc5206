//! Who may what: the one table. Everything else of the model is made from it.
//!
//! Each row names a kind, some actions, and who may them. Of the roles of a tenant each may all that the next
//! may, so a row names the lowest; for what is in image namespaces it says who needs to belong to the namespace.

use super::{Action, Action::*, Kind, Kind::*};

/// Who may what a row is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Who {
    /// A platform administrator may, everywhere.
    pub(super) platform_administrator: bool,
    /// A publication auditor may, everywhere.
    pub(super) publication_auditor: bool,
    /// A tenant administrator, a senior member, a restricted member and one who reads only, in their tenant.
    pub(super) tenant: [Reach; 4],
    /// Whoever has a role in some tenant may, if it is the platform's own and for all tenants.
    pub(super) shared: bool,
}

/// How far a role of a tenant reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// It may not.
    Nowhere,
    /// In the image namespaces of the tenant that the user belongs to.
    Namespaces,
    /// In the whole tenant.
    Tenant,
}

use Reach::{Namespaces as Own, Nowhere as No, Tenant as All};

/// Some roles of a tenant, and the platform administrator.
const fn upwards(tenant: [Reach; 4]) -> Who {
    Who { platform_administrator: true, publication_auditor: false, tenant, shared: false }
}

const NOBODY: Who = Who { platform_administrator: false, ..upwards([No; 4]) };
const AUDITOR: Who = Who { publication_auditor: true, ..NOBODY };
const PLATFORM_ADMINISTRATOR: Who = upwards([No; 4]);
const TENANT_ADMINISTRATOR: Who = upwards([All, No, No, No]);
const SENIOR_MEMBER: Who = upwards([All, All, No, No]);
const RESTRICTED_MEMBER: Who = upwards([All, All, All, No]);
const READ_ONLY: Who = upwards([All; 4]);
const READ_ONLY_OR_SHARED: Who = Who { shared: true, ..READ_ONLY };

/// Senior members anywhere in the tenant, others where they belong.
const IN_NAMESPACE_READ_ONLY: Who = upwards([All, All, Own, Own]);
/// The same, of the platform's own images too.
const IN_NAMESPACE_READ_ONLY_OR_SHARED: Who = Who { shared: true, ..IN_NAMESPACE_READ_ONLY };
/// Tenant administrators anywhere, senior and restricted members where they belong.
const IN_NAMESPACE_RESTRICTED_MEMBER: Who = upwards([All, Own, Own, No]);
/// The same, of the platform's own images too, by whoever has a role.
const IN_NAMESPACE_RESTRICTED_MEMBER_OR_SHARED: Who = Who { shared: true, ..IN_NAMESPACE_RESTRICTED_MEMBER };
/// Tenant administrators anywhere, senior members where they belong.
const IN_NAMESPACE_SENIOR_MEMBER: Who = upwards([All, Own, No, No]);
/// Whoever reviews publications, and those of the tenant that asks for one.
const READ_ONLY_AND_AUDITOR: Who = Who { publication_auditor: true, ..READ_ONLY };

/// The rules. What has no row may nobody.
#[rustfmt::skip]
pub(super) const RULES: &[(Kind, &[Action], Who)] = &[
    (Tenant, &[View], READ_ONLY),
    (Tenant, &[Create, Update, Delete], PLATFORM_ADMINISTRATOR),
    (Membership, &[View], READ_ONLY),
    (Membership, &[Authorise, Sync], TENANT_ADMINISTRATOR),
    (Network, &[View], READ_ONLY),
    (Network, &[Operate], TENANT_ADMINISTRATOR),
    (Network, &[Create, Update, Delete, Assign], PLATFORM_ADMINISTRATOR),
    (Environment, &[View], READ_ONLY),
    (Environment, &[Update, Operate], TENANT_ADMINISTRATOR),
    (Environment, &[Create, Delete], PLATFORM_ADMINISTRATOR),
    (EnvironmentLink, &[View], READ_ONLY),
    (EnvironmentLink, &[Create, Update, Delete], TENANT_ADMINISTRATOR),
    (Host, &[View], READ_ONLY),
    (Host, &[Create, Update, Delete, Operate], TENANT_ADMINISTRATOR),
    (NfsServer, &[View], READ_ONLY),
    (NfsServer, &[Operate], TENANT_ADMINISTRATOR),
    (NfsServer, &[Create, Update, Delete, Assign], PLATFORM_ADMINISTRATOR),
    (Volume, &[View], READ_ONLY),
    (Volume, &[Create, Update, Delete], RESTRICTED_MEMBER),
    (Port, &[View], READ_ONLY),
    (Port, &[Create, Update, Delete], RESTRICTED_MEMBER),
    (Application, &[View], READ_ONLY),
    (Application, &[Create, Update, Delete, Operate], RESTRICTED_MEMBER),
    (Service, &[View], READ_ONLY),
    (Service, &[Create, Update, Delete, Operate], RESTRICTED_MEMBER),
    (Container, &[View], READ_ONLY),
    (Container, &[Create, Update, Delete, Operate], RESTRICTED_MEMBER),
    (Template, &[View], READ_ONLY_OR_SHARED),
    (Template, &[Create, Update, Delete], RESTRICTED_MEMBER),
    (CatalogueEntry, &[View], READ_ONLY_OR_SHARED),
    (CatalogueEntry, &[Create, Update, Delete], RESTRICTED_MEMBER),
    (ScalingPolicy, &[View], READ_ONLY),
    (ScalingPolicy, &[Create, Update, Delete, Operate], RESTRICTED_MEMBER),
    (AlarmRule, &[View], READ_ONLY),
    (AlarmRule, &[Create, Update, Delete, Operate], RESTRICTED_MEMBER),
    (LogSource, &[View], READ_ONLY),
    (LogSource, &[Create, Update, Delete, Operate], RESTRICTED_MEMBER),
    (MonitorView, &[View], READ_ONLY),
    (MonitorView, &[Create, Update, Delete], RESTRICTED_MEMBER),
    (AuditEvent, &[View], READ_ONLY),
    (ImageNamespace, &[View], IN_NAMESPACE_READ_ONLY_OR_SHARED),
    (ImageNamespace, &[Create, Update, Delete], SENIOR_MEMBER),
    (NamespaceMember, &[View], IN_NAMESPACE_READ_ONLY),
    (NamespaceMember, &[Authorise], TENANT_ADMINISTRATOR),
    (Image, &[View], IN_NAMESPACE_READ_ONLY_OR_SHARED),
    (Image, &[Pull], IN_NAMESPACE_RESTRICTED_MEMBER_OR_SHARED),
    (Image, &[Update, Push], IN_NAMESPACE_RESTRICTED_MEMBER),
    (Image, &[Delete], IN_NAMESPACE_SENIOR_MEMBER),
    (ProductionImage, &[View], IN_NAMESPACE_READ_ONLY_OR_SHARED),
    (ProductionImage, &[Pull], IN_NAMESPACE_RESTRICTED_MEMBER_OR_SHARED),
    (ProductionImage, &[Delete], PLATFORM_ADMINISTRATOR),
    (ProductionImage, &[Push], NOBODY),
    (ImageState, &[View], IN_NAMESPACE_READ_ONLY),
    (ImageState, &[Update, Sync], SENIOR_MEMBER),
    (SyncRule, &[View], IN_NAMESPACE_READ_ONLY),
    (SyncRule, &[Create, Update, Delete], SENIOR_MEMBER),
    (Publication, &[View], READ_ONLY_AND_AUDITOR),
    (Publication, &[Create, Update, Delete], SENIOR_MEMBER),
    (Publication, &[Approve], AUDITOR),
];
