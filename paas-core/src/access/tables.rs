//! The rules as bits, made while compiling.

use super::{
    Action, Actions, Kind, Role, Roles,
    rules::{RULES, Reach, Who},
};

/// All that some roles give of a kind, in one word, since it is one look into memory: four sets of actions, of 16 bits
/// each. See [`Rights`].
type Table = [[u64; KINDS]; Roles::COUNT];

/// As many kinds as there are, or a few more: so that no number of one is out of bounds.
const KINDS: usize = Kind::COUNT.next_power_of_two();

/// What each set of roles gives of each kind.
static TABLE: Table = table();

/// What some roles give of a kind: as roles for the platform, and as roles in a tenant.
#[derive(Clone, Copy)]
pub(super) struct Rights(u64);

/// For one action, which of its rights some roles give: a bit for each of the sets of [`Rights`], side by side.
#[derive(Clone, Copy)]
pub(super) struct Given(u8);

impl Rights {
    /// By roles for the platform: wherever it is.
    const EVERYWHERE: u32 = 0;
    /// By roles in a tenant: in all of it.
    const IN_TENANT: u32 = 16;
    /// By roles in a tenant: in those of its image namespaces that the user belongs to, and not in all of it.
    const IN_NAMESPACE: u32 = 32;
    /// By any role in any tenant: of what is the platform's own and for all.
    const SHARED: u32 = 48;

    /// What roles for the platform, and roles in the tenant, give of a kind.
    #[inline]
    pub(super) fn of(platform: Roles, roles: Roles, kind: Kind) -> Self {
        const PLATFORM: u64 = 0xffff << Rights::EVERYWHERE;
        Self((row(platform, kind) & PLATFORM) | (row(roles, kind) & !PLATFORM))
    }

    /// What they give for an action.
    #[inline]
    pub(super) const fn given(self, action: Action) -> Given {
        /// The first bit of each set.
        const FIRST: u64 = 1 << Rights::EVERYWHERE
            | 1 << Rights::IN_TENANT
            | 1 << Rights::IN_NAMESPACE
            | 1 << Rights::SHARED;
        /// Brings these bits to the four above [`SIDE_BY_SIDE`], each by one of its own; no two sums meet there.
        const GATHER: u64 = 1 << 48 | 1 << 33 | 1 << 18 | 1 << 3;
        const SIDE_BY_SIDE: u32 = 48;
        let first = (self.0 >> action as u32) & FIRST;
        Given((first.wrapping_mul(GATHER) >> SIDE_BY_SIDE) as u8 & Given::ALL)
    }

    /// The actions of one of the sets.
    const fn set(self, at: u32) -> Actions {
        Actions::from_bits((self.0 >> at) as u16)
    }
}

impl Given {
    /// Roles for the platform allow it.
    pub(super) const EVERYWHERE: u8 = 1;
    /// Roles in the tenant allow it in all of it.
    pub(super) const IN_TENANT: u8 = 1 << 1;
    /// Roles in the tenant allow it to members of the image namespace only.
    pub(super) const IN_NAMESPACE: u8 = 1 << 2;
    /// Any role in any tenant allows it of what is the platform's own.
    pub(super) const SHARED: u8 = 1 << 3;
    const ALL: u8 = Self::EVERYWHERE | Self::IN_TENANT | Self::IN_NAMESPACE | Self::SHARED;

    /// The bits of what is given.
    #[inline]
    pub(super) const fn bits(self) -> u8 {
        self.0
    }
}

#[inline]
fn row(roles: Roles, kind: Kind) -> u64 {
    TABLE.get(roles.index()).and_then(|row| row.get(kind as usize)).copied().unwrap_or_default()
}

/// Where a role gives a right.
#[derive(Clone, Copy)]
enum Place {
    Everywhere,
    Tenant,
    Namespace,
}

/// What roles for the whole platform allow.
pub(super) fn everywhere(roles: Roles, kind: Kind) -> Actions {
    Rights(row(roles, kind)).set(Rights::EVERYWHERE)
}

/// What roles in a tenant allow in all of it.
pub(super) fn in_tenant(roles: Roles, kind: Kind) -> Actions {
    Rights(row(roles, kind)).set(Rights::IN_TENANT)
}

/// What roles in a tenant allow in those of its image namespaces that the user belongs to.
pub(super) fn in_namespace(roles: Roles, kind: Kind) -> Actions {
    let rights = Rights(row(roles, kind));
    rights.set(Rights::IN_TENANT).union(rights.set(Rights::IN_NAMESPACE))
}

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated while compiling, where an index out of bounds is an error"
)]
const fn table() -> Table {
    let mut table = [[0; KINDS]; Roles::COUNT];
    let mut set = 0;
    while set < Roles::COUNT {
        let roles = Roles::from_index(set);
        let mut kind = 0;
        while kind < Kind::COUNT {
            let in_tenant = actions(roles, kind, Place::Tenant);
            let in_namespace = actions(roles, kind, Place::Namespace).without(in_tenant);
            table[set][kind] = bits(actions(roles, kind, Place::Everywhere), Rights::EVERYWHERE)
                | bits(in_tenant, Rights::IN_TENANT)
                | bits(in_namespace, Rights::IN_NAMESPACE)
                | bits(shared(kind), Rights::SHARED);
            kind += 1;
        }
        set += 1;
    }
    table
}

const fn bits(actions: Actions, at: u32) -> u64 {
    (actions.bits() as u64) << at
}

/// The actions that roles have on a kind at a place.
const fn actions(roles: Roles, wanted: usize, place: Place) -> Actions {
    let mut all = Actions::NONE;
    let mut rules = RULES;
    while let [(kind, actions, who), rest @ ..] = rules {
        if *kind as usize == wanted && allows(who, roles, place) {
            all = all.union(Actions::of(actions));
        }
        rules = rest;
    }
    all
}

const fn allows(who: &Who, roles: Roles, place: Place) -> bool {
    if let Place::Everywhere = place {
        return who.platform_administrator && roles.contains(Role::PlatformAdministrator)
            || who.publication_auditor && roles.contains(Role::PublicationAuditor);
    }
    let mut reaches: &[Reach] = &who.tenant;
    let mut of_tenants = Role::OF_TENANTS;
    while let ([reach, other_reaches @ ..], [role, other_roles @ ..]) = (reaches, of_tenants) {
        let reached = match place {
            Place::Tenant => matches!(reach, Reach::Tenant),
            _ => matches!(reach, Reach::Tenant | Reach::Namespaces),
        };
        if reached && roles.contains(*role) {
            return true;
        }
        reaches = other_reaches;
        of_tenants = other_roles;
    }
    false
}

/// The actions on a kind that are for all tenants.
const fn shared(wanted: usize) -> Actions {
    let mut all = Actions::NONE;
    let mut rules = RULES;
    while let [(kind, actions, who), rest @ ..] = rules {
        if who.shared && *kind as usize == wanted {
            all = all.union(Actions::of(actions));
        }
        rules = rest;
    }
    all
}

/// Whether a role for the whole platform, or one in the tenant and in the namespace, allows something anywhere.
pub(super) fn ever_allows(role: Role, action: Action, kind: Kind) -> bool {
    let roles = Roles::NONE.with(role);
    everywhere(roles, kind).union(in_namespace(roles, kind)).contains(action)
}
