//! The registries, for commands that move images: by which engine copies go, and what their Harbors are for.

use super::{Problem, connect::variable};
use crate::args::PlatformArgs;
use paas_sdk::{
    client::{
        RegistryClient,
        harbor::{NewRegistry, RegistryCredential, RegistryKind},
    },
    platform::{
        HarborCopier, HarborRegistry, ImageCopier, ImageRegistry, PlatformBuilder, RegistryCopier,
        StateLabels,
    },
};
use std::sync::Arc;

/// Which engine copies: `registry`, or `replication`.
const COPIES: &str = "PAAS_IMAGE_COPIES";

/// Whether states are shown as labels in the Harbor of test.
const LABELS: &str = "PAAS_IMAGE_LABELS";

/// As what production's Harbor knows the test registry.
const ENDPOINT: &str = "paas-test";

impl PlatformArgs {
    /// A platform between the two registries that variables tell of.
    pub(super) fn with_registries(&self, builder: PlatformBuilder) -> Result<PlatformBuilder, Problem> {
        let (test, production) = (self.registry("TEST")?, self.registry("PRODUCTION")?);
        let copier = self.copier(&test, &production)?;
        let (test, production) = (self.lists("TEST", test)?, self.lists("PRODUCTION", production)?);
        let builder = self.harbors(builder)?.registries(test, production, copier);
        match variable(LABELS).as_deref() {
            None | Some("no") => Ok(builder),
            Some("yes") if self.harbor("TEST")?.is_some() => Ok(builder.state_labels(StateLabels::default())),
            Some("yes") => {
                Err(Problem::new("labels are shown in a Harbor, and none is set", "set HARBOR_TEST_URL"))
            }
            Some(_) => Err(Problem::new(format!("`{LABELS}` is neither `yes` nor `no`"), "write `yes`")),
        }
    }

    /// A registry that is asked for its repositories through its Harbor, if it has one.
    fn lists(&self, name: &str, registry: RegistryClient) -> Result<Arc<dyn ImageRegistry>, Problem> {
        Ok(match self.harbor(name)? {
            Some(harbor) => Arc::new(HarborRegistry::new(harbor).reading_by(registry)),
            None => Arc::new(registry),
        })
    }

    fn copier(
        &self,
        test: &RegistryClient,
        production: &RegistryClient,
    ) -> Result<Arc<dyn ImageCopier>, Problem> {
        match variable(COPIES).as_deref() {
            None | Some("registry") => Ok(Arc::new(RegistryCopier::new(test.clone(), production.clone())?)),
            Some("replication") => {
                let (Some(from), Some(to)) = (self.harbor("TEST")?, self.harbor("PRODUCTION")?) else {
                    let help = "set HARBOR_TEST_URL and HARBOR_PRODUCTION_URL with the variables beside them";
                    return Err(Problem::new("replication goes from a Harbor to a Harbor", help));
                };
                let url = variable("REGISTRY_TEST_URL").unwrap_or_default();
                let mut endpoint = NewRegistry::new(ENDPOINT, RegistryKind::Harbor, url);
                let login = (variable("REGISTRY_TEST_USERNAME"), variable("REGISTRY_TEST_PASSWORD"));
                if let (Some(user), Some(password)) = login {
                    endpoint = endpoint.credential(RegistryCredential::basic(user, password));
                }
                Ok(Arc::new(HarborCopier::pulling(from, to, endpoint)))
            }
            Some(_) => {
                let message = format!("`{COPIES}` is neither `registry` nor `replication`");
                Err(Problem::new(message, "write `registry`"))
            }
        }
    }
}
