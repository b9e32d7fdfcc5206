//! Whether a tenant is shown what a template names.

use super::listing::visibility;
use crate::{
    error::{ErrorKind, Result},
    platform::Inner,
};
use paas_core::{
    images::{
        ImageName,
        mall::Publication,
        sources::{Seen, Wanted},
    },
    tenant::Tenant,
};

impl Inner {
    /// Whether a tenant is shown an image of the platform's registries. Of what is published under a tag, what was approved
    /// last counts.
    pub(crate) async fn seen_by(&self, tenant: &Tenant, wanted: &Wanted) -> Result<Seen> {
        let found = match self.namespace_and_tenant(wanted.namespace()).await {
            // Whose it is, nobody knows any more.
            Err(error) if error.kind() == ErrorKind::UnknownTenant => None,
            found => found?,
        };
        let Some((namespace, owner)) = found else { return Ok(Seen::Hidden) };
        if visibility(&namespace, &owner).is_shown_in(tenant.project_id()) {
            return Ok(Seen::Own);
        }
        if namespace.personal.is_some() {
            return Ok(if owner.name == tenant.name { Seen::Personal } else { Seen::Hidden });
        }
        let shown = self.shown(wanted, &namespace.id).await?;
        Ok(shown.map_or(Seen::Hidden, |publication| Seen::Published(publication.digest)))
    }

    /// The publication by which an image is shown to all.
    async fn shown(&self, wanted: &Wanted, namespace: &str) -> Result<Option<Publication>> {
        // With a digest, the tag is what people read.
        let prefix = match (&wanted.digest, &wanted.tag) {
            (None, Some(tag)) => format!("{}@", ImageName::new(wanted.repository.clone(), tag.clone())),
            _ => format!("{}:", wanted.repository),
        };
        let all = self.publication_records(&prefix).await?;
        let shown = all.into_values().map(|kept| kept.value).filter(|kept| {
            let publication = &kept.publication;
            kept.namespace == namespace
                && publication.is_shown()
                && publication.image.repository == wanted.repository
                && wanted.digest.as_ref().is_none_or(|digest| *digest == publication.digest)
        });
        Ok(shown.map(|kept| kept.publication).max_by_key(Publication::decided_at))
    }
}
