//! By which rules users of Keystone are members in Rancher and Harbor.

use super::{Options, Request};
use crate::access::{HarborRoles, IdentityMap, RancherRoles, Registry, RoleNames, WidensTooMuch};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// By which rules users of Keystone become members in Rancher and Harbor: the same for all tenants.
///
/// As a document, all but `identities` and `settings` may be left out:
///
/// ```
/// use paas_core::access::membership::Rules;
///
/// let document = r#"{
///   "identities": { "rules": [{
///     "domain": "default",
///     "rancher": { "external_id_type": "ldap_user", "external_id": "cn={name|dn},dc=bank,dc=test" },
///     "harbor": "{name}"
///   }] },
///   "settings": { "platform": { "external_id_type": "rancher_id", "external_id": "1a1" }, "fuse": 5 }
/// }"#;
/// let rules: Rules = serde_json::from_str(document)?;
/// assert_eq!(rules.settings.fuse, Some(5));
///
/// // A role that may more in Rancher than here is refused.
/// let wide = document.replace(r#""settings""#, r#""rancher_roles": {
///   "tenant_administrator": "owner", "senior_member": "owner", "restricted_member": null, "read_only": null
/// }, "settings""#);
/// let error = serde_json::from_str::<Rules>(&wide).unwrap_err().to_string();
/// assert!(error.contains("`senior_member` could authorise membership"), "{error}");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MembershipRules"))]
#[non_exhaustive]
pub struct Rules {
    /// Who users of Keystone are in Rancher and Harbor.
    pub identities: IdentityMap,
    /// Which role a role of Keystone is here.
    #[cfg_attr(feature = "schema", schemars(with = "Option<RoleNames>"))]
    pub role_names: RoleNames,
    /// Which roles they have in Rancher.
    #[cfg_attr(feature = "schema", schemars(with = "Option<RancherRoles>"))]
    pub rancher_roles: RancherRoles,
    /// Which roles they have in the test registry.
    #[cfg_attr(feature = "schema", schemars(with = "Option<HarborRoles>"))]
    pub test_roles: HarborRoles,
    /// Which roles they have in the production registry.
    #[cfg_attr(feature = "schema", schemars(with = "Option<HarborRoles>"))]
    pub production_roles: HarborRoles,
    /// What else is to be kept to.
    pub settings: Options,
}

impl Rules {
    /// The default roles, for these identities.
    pub fn new(identities: IdentityMap, settings: Options) -> Self {
        Self {
            identities,
            role_names: RoleNames::default(),
            rancher_roles: RancherRoles::default(),
            test_roles: HarborRoles::of(Registry::Test),
            production_roles: HarborRoles::of(Registry::Production),
            settings,
        }
    }

    /// Whether no role gives more in a backend than here, but for what is named.
    ///
    /// # Errors
    ///
    /// What it gives.
    pub fn check(&self) -> Result<(), WidensTooMuch> {
        self.rancher_roles.check()?;
        self.test_roles.check(Registry::Test)?;
        self.production_roles.check(Registry::Production)
    }

    /// A request of a plan by these rules, about nobody and nothing yet.
    pub fn request(&self) -> Request<'_> {
        Request {
            members: &[],
            frozen: false,
            environments: &[],
            projects: &[],
            identities: &self.identities,
            rancher: &self.rancher_roles,
            test: &self.test_roles,
            production: &self.production_roles,
            options: &self.settings,
        }
    }
}

/// What is read is checked.
impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Document {
            identities: IdentityMap,
            #[serde(default)]
            role_names: Option<RoleNames>,
            #[serde(default)]
            rancher_roles: Option<RancherRoles>,
            #[serde(default)]
            test_roles: Option<HarborRoles>,
            #[serde(default)]
            production_roles: Option<HarborRoles>,
            settings: Options,
        }
        let document = Document::deserialize(deserializer)?;
        let default = Self::new(document.identities, document.settings);
        let rules = Self {
            role_names: document.role_names.unwrap_or(default.role_names),
            rancher_roles: document.rancher_roles.unwrap_or(default.rancher_roles),
            test_roles: document.test_roles.unwrap_or(default.test_roles),
            production_roles: document.production_roles.unwrap_or(default.production_roles),
            identities: default.identities,
            settings: default.settings,
        };
        rules.check().map_err(D::Error::custom)?;
        Ok(rules)
    }
}
