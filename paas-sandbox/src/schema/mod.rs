//! The types of the API: which fields they have and who may write them, read from one table.

mod parse;
mod show;
mod validate;

pub(crate) use show::schemas;
pub(crate) use validate::Check;

use serde_json::Value;
use std::{collections::BTreeMap, sync::OnceLock};

/// All types of the API.
#[derive(Debug)]
pub(crate) struct Schema {
    types: BTreeMap<&'static str, Type>,
}

/// One type of the API.
#[derive(Clone, Debug)]
pub(crate) struct Type {
    pub(crate) name: &'static str,
    pub(crate) plural: &'static str,
    /// What its ids begin with; empty for a type that is no resource.
    pub(crate) prefix: &'static str,
    /// Types of one family share their ids, as all kinds of services do.
    pub(crate) family: &'static str,
    pub(crate) machine: &'static str,
    rights: BTreeMap<&'static str, &'static str>,
    /// The actions, each with the type of its input.
    pub(crate) actions: Vec<(&'static str, Option<&'static str>)>,
    pub(crate) links: Vec<&'static str>,
    pub(crate) fields: BTreeMap<&'static str, Field>,
}

/// One field of a type.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    rights: &'static str,
    admin: Option<&'static str>,
    required: bool,
    unique: bool,
    default: Option<Value>,
    min: Option<i64>,
    max: Option<i64>,
    chars: Option<&'static str>,
    options: Vec<&'static str>,
}

/// The type of a field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Text,
    Password,
    Enum,
    Date,
    Integer,
    Boolean,
    Json,
    Reference(&'static str),
    Value(&'static str),
    List(Box<Self>),
    Map(Box<Self>),
}

/// Whose key a request carries.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Role {
    Admin,
    Account,
    Environment,
}

impl Schema {
    /// The one table there is.
    pub(crate) fn table() -> Result<&'static Self, &'static str> {
        static TABLE: OnceLock<Result<Schema, String>> = OnceLock::new();
        TABLE.get_or_init(|| parse::parse(include_str!("types.txt"))).as_ref().map_err(String::as_str)
    }

    pub(crate) fn named(&self, name: &str) -> Option<&Type> {
        self.types.get(name)
    }

    /// The resource type that is served under a path like `services`; case does not count.
    pub(crate) fn at_path(&self, plural: &str) -> Option<&Type> {
        self.resources().find(|kind| kind.plural.eq_ignore_ascii_case(plural))
    }

    pub(crate) fn resources(&self) -> impl Iterator<Item = &Type> {
        self.types.values().filter(|kind| kind.is_resource())
    }
}

impl Type {
    pub(crate) fn is_resource(&self) -> bool {
        !self.prefix.is_empty()
    }

    /// Whether a role may `c`reate, `r`ead, `u`pdate or `d`elete resources of this type.
    pub(crate) fn may(&self, role: Role, right: char) -> bool {
        self.rights.get(role.word()).is_some_and(|rights| rights.contains(right))
    }

    pub(crate) fn is_service(&self) -> bool {
        self.family == "service"
    }

    /// Whether a change of this field starts the process `update`.
    pub(crate) fn schedules(&self, field: &str, role: Role) -> bool {
        self.fields.get(field).is_some_and(|field| field.may(role, 's'))
    }
}

impl Field {
    /// Whether a role has a right on this field.
    pub(crate) fn may(&self, role: Role, right: char) -> bool {
        let rights = if role == Role::Admin { self.admin.unwrap_or(self.rights) } else { self.rights };
        rights.contains(right)
    }
}

impl Role {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Account => "account",
            Self::Environment => "environment",
        }
    }
}
