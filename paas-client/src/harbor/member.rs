//! Members of a project.

use super::{GroupId, GroupKind, MemberId, ProjectId, ProjectRole, UserId, lenient};
use serde::Deserialize;
use serde_json::{Value, json};

/// A member of a project: a user or a group, with one role. The same user may also be a member by groups.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Row")]
#[non_exhaustive]
pub struct Member {
    /// The id of the membership.
    pub id: MemberId,
    /// The project.
    pub project: Option<ProjectId>,
    /// Who it is.
    pub holder: Holder,
    /// The name of the user or group.
    pub name: String,
    /// The role.
    pub role: ProjectRole,
}

/// Who is a member.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Holder {
    /// A user.
    User(UserId),
    /// A user group.
    Group(GroupId),
    /// What later versions have, by Harbor's letter and id.
    Other {
        /// `u` is a user, `g` a group.
        kind: String,
        /// The id.
        id: u64,
    },
}

/// Who is to become a member.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NewMember {
    /// The user of this id.
    User(UserId),
    /// The user of this name. With LDAP and others, Harbor looks a user that it does not know up there, and keeps it.
    UserNamed(String),
    /// The user group of this id.
    Group(GroupId),
    /// The user group of this name; where there is none, Harbor may make it.
    GroupNamed {
        /// The name.
        name: String,
        /// Where it comes from.
        kind: GroupKind,
    },
    /// The group of LDAP of this distinguished name, which Harbor keeps.
    LdapGroup(String),
}

/// As Harbor writes it.
#[derive(Deserialize)]
struct Row {
    id: MemberId,
    #[serde(default, deserialize_with = "lenient::id")]
    project_id: Option<ProjectId>,
    entity_id: u64,
    entity_type: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    entity_name: String,
    role_id: ProjectRole,
}

impl From<Row> for Member {
    fn from(row: Row) -> Self {
        let holder = match row.entity_type.as_str() {
            "u" => Holder::User(UserId::new(row.entity_id)),
            "g" => Holder::Group(GroupId::new(row.entity_id)),
            _ => Holder::Other { kind: row.entity_type, id: row.entity_id },
        };
        Self { id: row.id, project: row.project_id, holder, name: row.entity_name, role: row.role_id }
    }
}

impl NewMember {
    /// The body that makes it a member.
    pub(super) fn body(&self, role: ProjectRole) -> Value {
        let (key, who) = match self {
            Self::User(id) => ("member_user", json!({"user_id": id})),
            Self::UserNamed(name) => ("member_user", json!({"username": name})),
            Self::Group(id) => ("member_group", json!({"id": id})),
            Self::GroupNamed { name, kind } => {
                ("member_group", json!({"group_name": name, "group_type": kind.number()}))
            }
            Self::LdapGroup(dn) => {
                let kind = GroupKind::Ldap.number();
                ("member_group", json!({"ldap_group_dn": dn, "group_type": kind}))
            }
        };
        json!({"role_id": role, key: who})
    }

    /// Whether what Harbor says of members tells that it is one of them. Groups of different kinds may have one name.
    pub(super) fn can_be_found(&self) -> bool {
        matches!(self, Self::User(_) | Self::UserNamed(_) | Self::Group(_))
    }

    /// Whether this member is who is meant.
    pub(super) fn is(&self, member: &Member) -> bool {
        match self {
            Self::User(id) => member.holder == Holder::User(*id),
            Self::UserNamed(name) => matches!(member.holder, Holder::User(_)) && member.name == *name,
            Self::Group(id) => member.holder == Holder::Group(*id),
            Self::GroupNamed { .. } | Self::LdapGroup(_) => false,
        }
    }
}
