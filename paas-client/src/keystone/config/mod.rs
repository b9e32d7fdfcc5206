//! Where Keystone is and who logs in, from `clouds.yaml` and the variables `OS_*`, as users of OpenStack have them.
//!
//! What is read is a function of texts and variables; only [`CloudFiles::search`] and [`Configuration::load`] look at
//! the machine.

mod cloud;
mod files;
mod login;

pub use files::CloudFiles;

use super::{Login, configuration};
use crate::Result;
#[cfg(feature = "http")]
use crate::{SecretString, transport::Tls};
use cloud::Cloud;
use std::{collections::BTreeMap, env, path::PathBuf};

/// Where Keystone is, who logs in, and whom to trust. `Debug` shows no secret.
///
/// ```
/// use paas_client::keystone::{CloudFiles, Configuration};
/// use std::collections::BTreeMap;
///
/// let files = CloudFiles::default().clouds("
/// clouds:
///   bank:
///     auth:
///       auth_url: https://keystone.example/v3
///       username: gateway
///       user_domain_name: Default
///       project_name: service
///       project_domain_name: Default
/// ").secure("clouds: { bank: { auth: { password: hidden } } }");
/// let configuration = Configuration::resolve(None, &files, &BTreeMap::new())?;
/// assert_eq!(configuration.auth_url(), "https://keystone.example/v3");
/// assert!(!format!("{configuration:?}").contains("hidden"));
///
/// let error = Configuration::resolve(Some("shop"), &files, &BTreeMap::new()).unwrap_err();
/// assert_eq!(error.to_string(), "no cloud is called `shop`; there is `bank`");
/// # Ok::<(), paas_client::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Configuration {
    name: String,
    auth_url: String,
    login: Login,
    region_name: Option<String>,
    interface: Option<String>,
    trust: TrustFiles,
}

/// Files with certificates.
#[derive(Clone, Debug, Default)]
struct TrustFiles {
    is_verified: bool,
    roots: Option<PathBuf>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
}

impl Configuration {
    /// From the files and the environment of this process: the cloud that `OS_CLOUD` names, else the one that the other
    /// variables `OS_*` describe, else the only one of the files.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), with the place and what is missing, never with a
    /// value that may be secret.
    pub fn load() -> Result<Self> {
        Self::load_named(None)
    }

    /// The same for the cloud of this name, whatever `OS_CLOUD` says.
    ///
    /// # Errors
    ///
    /// As [`load`](Self::load).
    pub fn load_cloud(name: &str) -> Result<Self> {
        Self::load_named(Some(name))
    }

    fn load_named(cloud: Option<&str>) -> Result<Self> {
        let is_ours = |name: &str| name.starts_with("OS_") || matches!(name, "HOME" | "XDG_CONFIG_HOME");
        let variables = env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .filter(|(name, _)| is_ours(name))
            .filter_map(|(name, value)| Some((name, value.into_string().ok()?)))
            .collect();
        Self::resolve(cloud, &CloudFiles::search(&variables)?, &variables)
    }

    /// The same from given texts and variables. A cloud that is named here comes before `OS_CLOUD`.
    ///
    /// # Errors
    ///
    /// As [`load`](Self::load).
    pub fn resolve(
        cloud: Option<&str>,
        files: &CloudFiles,
        variables: &BTreeMap<String, String>,
    ) -> Result<Self> {
        let cloud = Cloud::choose(cloud, files, variables)?;
        let of = |error: crate::Error| {
            error.with(|details| details.message = format!("the cloud `{}`: {}", cloud.name, details.message))
        };
        Self::of_cloud(&cloud).map_err(of)
    }

    fn of_cloud(cloud: &Cloud) -> Result<Self> {
        let auth_url = cloud.text("auth_url")?.ok_or_else(|| {
            configuration("`auth_url` is missing; write it below `auth`, or set `OS_AUTH_URL`")
        })?;
        let path = |key: &str| cloud.text(key).map(|path| path.map(PathBuf::from));
        let is_insecure = cloud.flag("insecure")?.unwrap_or_default();
        let interface = match cloud.text("interface")? {
            None => cloud.text("endpoint_type")?,
            given => given,
        };
        Ok(Self {
            name: cloud.name.clone(),
            auth_url,
            login: login::read(cloud)?,
            region_name: cloud.region()?,
            interface,
            trust: TrustFiles {
                is_verified: !is_insecure && cloud.flag("verify")?.unwrap_or(true),
                roots: path("cacert")?,
                certificate: path("cert")?,
                key: path("key")?,
            },
        })
    }

    /// The name of the cloud; `envvars` if variables describe it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address of Keystone.
    #[must_use]
    pub fn auth_url(&self) -> &str {
        &self.auth_url
    }

    /// Who logs in, and for what.
    #[must_use]
    pub fn login(&self) -> &Login {
        &self.login
    }

    /// The region whose services are meant.
    #[must_use]
    pub fn region_name(&self) -> Option<&str> {
        self.region_name.as_deref()
    }

    /// Which addresses of services are meant: `public`, `internal`, `admin`.
    #[must_use]
    pub fn interface(&self) -> Option<&str> {
        self.interface.as_deref()
    }

    /// Whom to trust: the roots of `cacert` only, if there is one; and the certificate to show. The files are read now.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if a file cannot be read, or if certificates shall
    /// not be checked: this client always checks them.
    #[cfg(feature = "http")]
    pub fn tls(&self) -> Result<Tls> {
        if !self.trust.is_verified {
            return Err(configuration(format!(
                "the cloud `{}`: `verify: false` or `insecure` would give password and tokens to anybody; name the root of \
                 the certificate as `cacert`",
                self.name
            )));
        }
        let mut tls = Tls::default();
        if let Some(path) = &self.trust.roots {
            tls = tls.trust_only(files::read(path)?);
        }
        match (&self.trust.certificate, &self.trust.key) {
            (None, None) => {}
            // Both may stand in one file.
            (Some(certificate), key) => {
                let key: SecretString = files::read(key.as_ref().unwrap_or(certificate))?.into();
                tls = tls.identity(files::read(certificate)?, key);
            }
            (None, Some(_)) => {
                return Err(configuration(format!(
                    "the cloud `{}`: `key` is given without `cert`",
                    self.name
                )));
            }
        }
        Ok(tls)
    }
}
