//! Decisions by numbers: for whoever decides millions of times, such as a gateway.
//!
//! A [`Directory`] gives each tenant and each image namespace a number. What is to be decided is translated once, at
//! login; a decision then takes a few nanoseconds and allocates nothing.

use super::{Action, Decision, Kind, Resource, Roles, TenantGrant, decide, decide::Held};
use rustc_hash::FxHashMap;
use std::{hint::select_unpredictable, num::NonZeroU32};

/// The number of a tenant in a [`Directory`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TenantId(NonZeroU32);

/// The number of an image namespace in a [`Directory`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamespaceId(NonZeroU32);

/// The numbers of tenants and image namespaces.
///
/// Names are never forgotten: one is for names that the platform knows, not for those of requests, which are
/// [looked up](Self::resource) only.
///
/// ```
/// use paas_core::access::{Action, Kind, Resource, Role, Subject, interned::Directory};
///
/// let mut directory = Directory::default();
/// let anna = directory.subject(&Subject::new("5f3c").with_tenant("retail", Role::SeniorMember));
/// let volume = directory.resource(&Resource::in_tenant(Kind::Volume, "retail"));
/// assert!(anna.decide(Action::Create, volume).is_allowed());
///
/// let elsewhere = directory.resource(&Resource::in_tenant(Kind::Volume, "nobody knows it"));
/// assert!(!anna.decide(Action::View, elsewhere).is_allowed());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Directory {
    tenants: Numbers,
    namespaces: Numbers,
}

impl Directory {
    /// The number of a tenant, a new one if it has none.
    pub fn tenant(&mut self, tenant: &str) -> TenantId {
        TenantId(self.tenants.intern(tenant))
    }

    /// The number of an image namespace, a new one if it has none.
    pub fn namespace(&mut self, namespace: &str) -> NamespaceId {
        NamespaceId(self.namespaces.intern(namespace))
    }

    /// A user, by numbers.
    pub fn subject(&mut self, subject: &super::Subject) -> Subject {
        let mut tenants: Vec<(TenantId, TenantGrant)> =
            subject.tenants.iter().map(|(tenant, grant)| (self.tenant(tenant), *grant)).collect();
        tenants.sort_unstable_by_key(|(tenant, _)| *tenant);
        let mut namespaces: Vec<NamespaceId> =
            subject.namespaces.iter().map(|namespace| self.namespace(namespace)).collect();
        namespaces.sort_unstable();
        let is_somebody = tenants.iter().any(|(_, grant)| decide::has_role(grant));
        let mut tenants = tenants.into_iter();
        let (tenant, grant) = tenants.next().unwrap_or((TenantId(Numbers::FULL), TenantGrant::default()));
        let grant = Grant::from(grant);
        let mut namespaces = namespaces.into_iter();
        let namespace = namespaces.next().unwrap_or(NamespaceId(Numbers::FULL));
        let more = More { tenants: tenants.collect(), namespaces: namespaces.collect() };
        Subject {
            platform: subject.platform,
            is_somebody,
            grant,
            tenant,
            namespace,
            more: (!more.tenants.is_empty() || !more.namespaces.is_empty()).then(|| Box::new(more)),
        }
    }

    /// A resource, by numbers. Names that have none are those of nobody: it is not the platform's for that.
    pub fn resource(&self, resource: &Resource<'_>) -> ResourceId {
        ResourceId {
            kind: resource.kind,
            tenant: resource.tenant.map(|tenant| TenantId(self.tenants.look_up(tenant))),
            namespace: resource.namespace.map(|namespace| NamespaceId(self.namespaces.look_up(namespace))),
        }
    }
}

/// Names and their numbers.
#[derive(Debug, Clone, Default)]
struct Numbers(FxHashMap<Box<str>, NonZeroU32>);

impl Numbers {
    /// The number of a name that is looked for and not there. No user has it.
    const NOBODY: NonZeroU32 = NonZeroU32::MAX;
    /// The number of no name of a user, and of names for which there was no other. No resource has it.
    const FULL: NonZeroU32 = NonZeroU32::MIN.saturating_add(u32::MAX - 2);

    fn intern(&mut self, name: &str) -> NonZeroU32 {
        if let Some(number) = self.0.get(name) {
            return *number;
        }
        // Nobody knows four thousand million names; whoever did would have no rights in the last of them.
        let number =
            NonZeroU32::MIN.saturating_add(u32::try_from(self.0.len()).unwrap_or(u32::MAX)).min(Self::FULL);
        if number < Self::FULL {
            self.0.insert(name.into(), number);
        }
        number
    }

    fn look_up(&self, name: &str) -> NonZeroU32 {
        self.0.get(name).copied().unwrap_or(Self::NOBODY)
    }
}

/// A user with its roles, by numbers. Most users have one tenant and few image namespaces: the first of each stands right
/// here, so that one look into memory is enough.
#[derive(Debug, Clone)]
pub struct Subject {
    platform: Roles,
    is_somebody: bool,
    grant: Grant,
    tenant: TenantId,
    namespace: NamespaceId,
    /// The others; most users have none.
    more: Option<Box<More>>,
}

/// A [`TenantGrant`] in one word, so that it is taken or left in one instruction.
#[derive(Debug, Clone, Copy)]
struct Grant(u16);

impl Grant {
    const NONE: Self = Self(0);
    const FROZEN: u16 = 1 << 8;
}

impl From<TenantGrant> for Grant {
    #[inline]
    fn from(TenantGrant { roles, frozen }: TenantGrant) -> Self {
        Self(u16::from(roles.bits()) | if frozen { Self::FROZEN } else { 0 })
    }
}

impl From<Grant> for TenantGrant {
    #[inline]
    fn from(Grant(word): Grant) -> Self {
        Self { roles: Roles::from_index(usize::from(word)), frozen: word & Grant::FROZEN != 0 }
    }
}

/// What a user has beside its first tenant and its first namespace.
#[derive(Debug, Clone)]
struct More {
    /// Tenants, sorted.
    tenants: Box<[(TenantId, TenantGrant)]>,
    /// Namespaces, sorted.
    namespaces: Box<[NamespaceId]>,
}

/// A resource, by numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResourceId {
    /// Its kind.
    pub kind: Kind,
    /// The tenant that owns it; `None`: it is the platform's own.
    pub tenant: Option<TenantId>,
    /// The image namespace that it is in.
    pub namespace: Option<NamespaceId>,
}

impl Subject {
    /// As [`access::decide`](fn@super::decide), by numbers.
    #[inline]
    pub fn decide(&self, action: Action, resource: ResourceId) -> Decision {
        let ResourceId { kind, tenant, namespace } = resource;
        let is_of_platform = tenant.is_none();
        // Nobody can foretell whose a resource is, so there is no branch on it.
        let mut grant = select_unpredictable(tenant == Some(self.tenant), self.grant, Grant::NONE);
        let mut is_member = namespace == Some(self.namespace);
        if let Some(more) = &self.more {
            (grant, is_member) = more.hold(tenant, namespace, grant, is_member);
        }
        let held = Held::new(grant.into(), is_of_platform, self.is_somebody);
        decide::judge(self.platform, held, |_| is_member, action, kind)
    }
}

impl More {
    /// What it gives where the first tenant and the first namespace give nothing.
    #[cold]
    fn hold(
        &self,
        tenant: Option<TenantId>,
        namespace: Option<NamespaceId>,
        grant: Grant,
        is_member: bool,
    ) -> (Grant, bool) {
        let found =
            tenant.and_then(|tenant| self.tenants.binary_search_by_key(&tenant, |(one, _)| *one).ok());
        let grant =
            found.and_then(|index| self.tenants.get(index)).map_or(grant, |(_, grant)| Grant::from(*grant));
        let has = |namespace| self.namespaces.binary_search(&namespace).is_ok();
        (grant, is_member || namespace.is_some_and(has))
    }
}
