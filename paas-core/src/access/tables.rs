//! The rules as bits, made while compiling.

use super::{
    Action, Actions, Kind, Role, Roles,
    rules::{RULES, Reach, Who},
};

/// What each set of roles may do to each kind.
type Table = [[Actions; Kind::COUNT]; Roles::COUNT];

/// Wherever it is.
static EVERYWHERE: Table = table(Place::Everywhere);
/// In the tenant of the roles.
static IN_TENANT: Table = table(Place::Tenant);
/// In an image namespace of that tenant, for its members.
static IN_NAMESPACE: Table = table(Place::Namespace);
/// What is the platform's own and for all tenants.
static SHARED: [Actions; Kind::COUNT] = shared();

/// Where a role gives a right.
#[derive(Clone, Copy)]
enum Place {
    Everywhere,
    Tenant,
    Namespace,
}

/// What roles for the whole platform allow.
#[inline]
pub(super) fn everywhere(roles: Roles, kind: Kind) -> Actions {
    look_up(&EVERYWHERE, roles, kind)
}

/// What roles in a tenant allow in all of it.
#[inline]
pub(super) fn in_tenant(roles: Roles, kind: Kind) -> Actions {
    look_up(&IN_TENANT, roles, kind)
}

/// What roles in a tenant allow in those of its image namespaces that the user belongs to.
#[inline]
pub(super) fn in_namespace(roles: Roles, kind: Kind) -> Actions {
    look_up(&IN_NAMESPACE, roles, kind)
}

/// What any role in any tenant allows, of what is the platform's own and for all tenants.
#[inline]
pub(super) fn of_all_tenants(kind: Kind) -> Actions {
    SHARED.get(kind as usize).copied().unwrap_or(Actions::NONE)
}

#[inline]
fn look_up(table: &Table, roles: Roles, kind: Kind) -> Actions {
    table.get(roles.index()).and_then(|row| row.get(kind as usize)).copied().unwrap_or(Actions::NONE)
}

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated while compiling, where an index out of bounds is an error"
)]
const fn table(place: Place) -> Table {
    let mut table = [[Actions::NONE; Kind::COUNT]; Roles::COUNT];
    let mut set = 0;
    while set < Roles::COUNT {
        let roles = Roles::from_index(set);
        let mut rules = RULES;
        while let [(kind, actions, who), rest @ ..] = rules {
            if allows(who, roles, place) {
                table[set][*kind as usize] = table[set][*kind as usize].union(Actions::of(actions));
            }
            rules = rest;
        }
        set += 1;
    }
    table
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

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated while compiling, where an index out of bounds is an error"
)]
const fn shared() -> [Actions; Kind::COUNT] {
    let mut shared = [Actions::NONE; Kind::COUNT];
    let mut rules = RULES;
    while let [(kind, actions, who), rest @ ..] = rules {
        if who.shared {
            shared[*kind as usize] = shared[*kind as usize].union(Actions::of(actions));
        }
        rules = rest;
    }
    shared
}

/// Whether a role for the whole platform, or one in the tenant and in the namespace, allows something anywhere.
pub(super) fn ever_allows(role: Role, action: Action, kind: Kind) -> bool {
    let roles = Roles::NONE.with(role);
    everywhere(roles, kind).union(in_namespace(roles, kind)).contains(action)
}
