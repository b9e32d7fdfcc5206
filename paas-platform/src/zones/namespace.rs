//! What is recorded of the zones of a namespace: it counts for exactly that one, and not for one of its name that is made
//! when it was deleted.

use super::{
    ImageZones,
    look::Spot,
    record::{RuleRecord, ZonedRecord},
};
use crate::{
    error::{Error, ErrorKind, Result},
    images::unknown_namespace,
    namespaces::Namespace,
    platform::Inner,
    records::{self, Kept},
    store::{Batch, Kind, List, Record, Version, kinds},
};
use paas_core::{
    images::{ImageName, is_namespace},
    tenant::Tenant,
};

impl ImageZones {
    /// A namespace with its rule, for the actor.
    pub(super) async fn spot_in(&self, namespace: &Namespace, tenant: Tenant) -> Result<Spot> {
        let rule = self.inner.zone_rule_of(namespace).await?.map(|kept| kept.value.rule);
        Ok(Spot { tenant: tenant.name, id: namespace.id.clone(), by: self.who.actor().clone(), rule })
    }
}

impl Inner {
    /// The rule that is recorded under the name of a namespace, whosever it was.
    pub(super) async fn zone_rule(&self, namespace: &str) -> Result<Option<Kept<RuleRecord>>> {
        if !is_namespace(namespace) {
            return Ok(None);
        }
        Ok(records::read(&*self.store, kinds::ZONE_RULE, namespace).await?)
    }

    /// The rule of exactly this namespace.
    pub(super) async fn zone_rule_of(&self, namespace: &Namespace) -> Result<Option<Kept<RuleRecord>>> {
        let kept = self.zone_rule(&namespace.name).await?;
        Ok(kept.filter(|kept| kept.value.id == namespace.id))
    }

    /// An image that is recorded in the zones of exactly this namespace.
    pub(super) async fn zoned_image_of(
        &self,
        namespace: &Namespace,
        image: &ImageName,
    ) -> Result<Option<Kept<ZonedRecord>>> {
        Ok(self.zoned_image(image).await?.filter(|kept| kept.value.namespace == namespace.id))
    }

    /// The version of the record of a namespace with this id: whoever records something in it for the first time writes
    /// under the condition that it is still there.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownNamespace`] if it is not there any more.
    pub(super) async fn namespace_version(&self, name: &str, id: &str) -> Result<Version> {
        let found = self.namespace(name).await?.filter(|found| found.value.id == id);
        Ok(found.ok_or_else(|| unknown_namespace(name))?.version)
    }

    /// Whether zones may have images of a namespace that somebody wants to delete: those that are recorded, whether the
    /// records can be read or not.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NamespaceTaken`] if there are some; what the store says.
    pub(crate) async fn no_zone_has_images_of(&self, namespace: &Namespace) -> Result<()> {
        let name = &namespace.name;
        let recorded = self.recorded_under(kinds::ZONED_IMAGE, name).await?;
        let Some(image) = recorded.first() else { return Ok(()) };
        let message = format!("there are images in zones of the namespace `{name}`, such as `{}`", image.key);
        let help = match self.zone_rule_of(namespace).await? {
            Some(_) => {
                "delete them in the registries of all zones; when a scan has seen that, delete the namespace"
            }
            // Nobody looks then.
            None => {
                "set a rule for the zones that had them, and delete them there; when a scan has seen that, delete the namespace"
            }
        };
        Err(Error::new(ErrorKind::NamespaceTaken, message).with_help(help))
    }

    /// Adds to the deletion of a namespace that its rule goes with it.
    pub(crate) async fn without_zone_rule(&self, batch: Batch, namespace: &str) -> Result<Batch> {
        Ok(match self.store.read(kinds::ZONE_RULE, namespace).await? {
            Some(rule) => batch.delete(kinds::ZONE_RULE, namespace, rule.version),
            None => batch.expect(kinds::ZONE_RULE, namespace, None),
        })
    }

    /// Takes away what is recorded of the zones of a namespace that is not there: whoever makes one of that name has nothing
    /// to do with it. Nobody deletes a namespace with images in zones; but one may have been seen at that very moment.
    pub(crate) async fn forget_zones_of(&self, namespace: &str) -> Result<()> {
        if let Some(rule) = self.store.read(kinds::ZONE_RULE, namespace).await? {
            self.store.commit(Batch::new().delete(kinds::ZONE_RULE, namespace, rule.version)).await?;
        }
        for kind in [kinds::ZONED_IMAGE, kinds::ZONE_WORK] {
            loop {
                let left = self.recorded_under(kind.clone(), namespace).await?;
                if left.is_empty() {
                    break;
                }
                for record in left {
                    let batch = Batch::new().delete(kind.clone(), &record.key, record.version);
                    self.store.commit(batch).await?;
                }
            }
        }
        Ok(())
    }

    /// The first records of a kind about images of a namespace.
    async fn recorded_under(&self, kind: Kind, namespace: &str) -> Result<Vec<Record>> {
        let list = List::of(kind).with_prefix(format!("{namespace}/"));
        Ok(self.store.list(list).await?.items)
    }
}
