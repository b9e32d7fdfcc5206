//! Who a Keystone user is in Rancher and in Harbor.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::{collections::BTreeMap, error::Error, fmt};

/// A user of Keystone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeystoneUser {
    /// Its id: what names it for ever.
    pub id: String,
    /// Its name, unique in its domain.
    pub name: String,
    /// The id of its domain.
    pub domain: String,
}

impl KeystoneUser {
    /// A user by its id, its name and the id of its domain.
    pub fn new(id: impl Into<String>, name: impl Into<String>, domain: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), domain: domain.into() }
    }
}

/// An identity of Rancher's access control.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RancherIdentity {
    /// What sort of identity it is, such as `ldap_user` or `rancher_id`.
    pub external_id_type: String,
    /// Its id there: for LDAP a distinguished name.
    pub external_id: String,
}

impl RancherIdentity {
    /// An identity of a sort.
    pub fn new(external_id_type: impl Into<String>, external_id: impl Into<String>) -> Self {
        Self { external_id_type: external_id_type.into(), external_id: external_id.into() }
    }
}

impl fmt::Display for RancherIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.external_id_type, self.external_id)
    }
}

/// Who Keystone's users are in Rancher and in Harbor: neither knows Keystone. A user stands in the table, or a rule for
/// its domain tells who it is; else it is nobody there, which is reported and never guessed.
///
/// ```
/// use paas_core::access::{IdentityMap, KeystoneUser};
///
/// let map: IdentityMap = serde_json::from_str(r#"{
///   "rules": [{
///     "domain": "default",
///     "rancher": { "external_id_type": "ldap_user", "external_id": "CN={name|dn},OU=Users,DC=bank,DC=test" },
///     "harbor": "{name}"
///   }],
///   "users": { "77aa": { "harbor": "svc-build" } }
/// }"#)?;
/// let who = map.of(&KeystoneUser::new("5f3c", "Li, Anna", "default"));
/// assert_eq!(who.rancher.unwrap().external_id, r"CN=Li\, Anna,OU=Users,DC=bank,DC=test");
/// assert_eq!(who.harbor.as_deref(), Some("Li, Anna"));
///
/// let nobody = map.of(&KeystoneUser::new("5f3d", "anna", "another domain"));
/// assert!(nobody.rancher.is_none() && nobody.harbor.is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields, default))]
pub struct IdentityMap {
    /// For all users of a domain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<IdentityRule>,
    /// For single users, by their ids in Keystone; before any rule.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    users: BTreeMap<String, Identities>,
}

/// Who a user is; `None`: nobody there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Identities {
    /// In Rancher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rancher: Option<RancherIdentity>,
    /// In Harbor: the user's name there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harbor: Option<String>,
}

/// Who the users of one domain are. `{name}` and `{id}` in a text stand for those of the Keystone user; `{name|dn}` is
/// the name as it is written in a distinguished name (RFC 4514), which LDAP needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IdentityRule {
    /// The id of the domain.
    pub domain: String,
    /// Who they are in Rancher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rancher: Option<RancherRule>,
    /// Their names in Harbor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harbor: Option<String>,
}

/// Who the users of one domain are in Rancher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RancherRule {
    /// What sort of identity they are.
    pub external_id_type: String,
    /// Their ids there.
    pub external_id: String,
}

impl IdentityMap {
    /// A map of rules and of single users.
    ///
    /// # Errors
    ///
    /// [`InvalidIdentityMap`] if two rules are for one domain, or a text of one names no user, everybody the same,
    /// or a name in a distinguished name without `|dn`.
    pub fn new(
        rules: Vec<IdentityRule>,
        users: BTreeMap<String, Identities>,
    ) -> Result<Self, InvalidIdentityMap> {
        for (index, rule) in rules.iter().enumerate() {
            let invalid = |problem| InvalidIdentityMap { domain: rule.domain.clone(), problem };
            if rules.iter().take(index).any(|other| other.domain == rule.domain) {
                return Err(invalid(Problem::Twice));
            }
            if let Some(rancher) = &rule.rancher {
                let plain = check(&rancher.external_id).map_err(invalid)?;
                if plain && rancher.external_id_type.contains("ldap") && rancher.external_id.contains('=') {
                    return Err(invalid(Problem::NotEscaped));
                }
            }
            if let Some(harbor) = &rule.harbor {
                check(harbor).map_err(invalid)?;
            }
        }
        Ok(Self { rules, users })
    }

    /// Who a user is.
    pub fn of(&self, user: &KeystoneUser) -> Identities {
        let mut who = self.users.get(&user.id).cloned().unwrap_or_default();
        if let Some(rule) = self.rules.iter().find(|rule| rule.domain == user.domain) {
            if who.rancher.is_none() {
                who.rancher = rule.rancher.as_ref().map(|rancher| RancherIdentity {
                    external_id_type: rancher.external_id_type.clone(),
                    external_id: fill(&rancher.external_id, user),
                });
            }
            if who.harbor.is_none() {
                who.harbor = rule.harbor.as_ref().map(|name| fill(name, user));
            }
        }
        who
    }
}

impl<'de> Deserialize<'de> for IdentityMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Document {
            #[serde(default)]
            rules: Vec<IdentityRule>,
            #[serde(default)]
            users: BTreeMap<String, Identities>,
        }
        let document = Document::deserialize(deserializer)?;
        Self::new(document.rules, document.users).map_err(D::Error::custom)
    }
}

/// An identity map that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidIdentityMap {
    domain: String,
    problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Problem {
    Twice,
    Everybody(String),
    Word(String),
    NotEscaped,
}

impl fmt::Display for InvalidIdentityMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the rule for domain `{}` ", self.domain)?;
        match &self.problem {
            Problem::Twice => f.write_str("is there twice"),
            Problem::Everybody(text) => {
                write!(f, "makes all users one: put `{{name}}` or `{{id}}` into `{text}`")
            }
            Problem::Word(word) => {
                write!(f, "knows no `{{{word}}}`; there are `{{name}}`, `{{name|dn}}` and `{{id}}`")
            }
            Problem::NotEscaped => {
                f.write_str("puts a name into a distinguished name as it is: write `{name|dn}`, since names may hold commas")
            }
        }
    }
}

impl Error for InvalidIdentityMap {}

/// A piece of a text with places for a user.
enum Piece<'a> {
    Text(&'a str),
    Word(&'a str),
}

/// The pieces of a text. A brace without its like is text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((word, behind)) = after.split_once('}') else { break };
        pieces.push(Piece::Text(before));
        pieces.push(Piece::Word(word));
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// Whether a text has a name in it as it is; an error if it has no user in it.
fn check(text: &str) -> Result<bool, Problem> {
    let (mut users, mut plain) = (0, false);
    for piece in pieces(text) {
        match piece {
            Piece::Text(_) => {}
            Piece::Word("id" | "name|dn") => users += 1,
            Piece::Word("name") => (users, plain) = (users + 1, true),
            Piece::Word(other) => return Err(Problem::Word(other.to_owned())),
        }
    }
    if users == 0 { Err(Problem::Everybody(text.to_owned())) } else { Ok(plain) }
}

fn fill(text: &str, user: &KeystoneUser) -> String {
    let mut filled = String::with_capacity(text.len() + user.name.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Word("id") => filled.push_str(&user.id),
            Piece::Word("name|dn") => push_escaped(&mut filled, &user.name),
            Piece::Word(_) => filled.push_str(&user.name),
        }
    }
    filled
}

/// A value as it is written in a distinguished name (RFC 4514, section 2.4).
fn push_escaped(dn: &mut String, value: &str) {
    let last = value.chars().count().saturating_sub(1);
    for (index, character) in value.chars().enumerate() {
        match character {
            '\0' => dn.push_str("\\00"),
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' | '=' => dn.extend(['\\', character]),
            ' ' if index == 0 || index == last => dn.extend(['\\', ' ']),
            '#' if index == 0 => dn.push_str("\\#"),
            other => dn.push(other),
        }
    }
}
