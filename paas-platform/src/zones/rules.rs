//! Which zones have the images of which namespaces.

use super::{ImageZones, record::RuleRecord};
use crate::{
    audit::AuditRecord,
    error::{Error, ErrorKind, Result},
    namespaces::Namespace,
    records::is_overtaken,
    store::{Batch, encode, kinds},
};
use paas_core::{
    access::{Action, Kind},
    images::distribution::DistributionRule,
};
use serde::Serialize;

/// Which zones have the images of a namespace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ZoneRule {
    /// The namespace.
    pub namespace: String,
    /// The tenant whose it is.
    pub tenant: String,
    /// The rule; none: images stay where they were pushed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<DistributionRule>,
}

/// How often it is tried to write a rule while it is written by others too.
const MOST_TRIES: usize = 20;

impl ImageZones {
    /// The rule of a namespace. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownNamespace`]; what the store says.
    pub async fn rule(&self, namespace: &str) -> Result<ZoneRule> {
        let (namespace, tenant) = self.place(namespace, Action::View, Kind::SyncRule).await?;
        let rule = self.inner.zone_rule_of(&namespace).await?.map(|kept| kept.value.rule);
        Ok(ZoneRule { namespace: namespace.name, tenant: tenant.name, rule })
    }

    /// Says which zones have the images of a namespace, and which of its tags; it takes the place of the rule that there
    /// was. All its images are looked at soon by the loop of [`keep`](Self::keep). It takes the right to the rules of the
    /// promotion (`sync_rule`). Dropped: it may have been set.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownNamespace`]; [`ErrorKind::UnknownZone`] for one that the platform does not
    /// have, [`ErrorKind::Configuration`] without zones; what the store says. Then nothing was changed.
    pub async fn set_rule(&self, namespace: &str, rule: DistributionRule) -> Result<ZoneRule> {
        let (namespace, _) = self.place(namespace, Action::Update, Kind::SyncRule).await?;
        let zones = self.inner.zones()?;
        for zone in rule.zones() {
            zones.known(zone)?;
        }
        self.write_rule(&namespace, Some(rule)).await
    }

    /// Lets the images of a namespace stay where they are from now on. What was copied is kept; copies that run go on to
    /// their end. Dropped: it may have been deleted.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownNamespace`]; what the store says.
    pub async fn delete_rule(&self, namespace: &str) -> Result<ZoneRule> {
        let (namespace, _) = self.place(namespace, Action::Delete, Kind::SyncRule).await?;
        self.write_rule(&namespace, None).await
    }

    async fn write_rule(&self, place: &Namespace, rule: Option<DistributionRule>) -> Result<ZoneRule> {
        let (namespace, tenant) = (place.name.as_str(), place.tenant.as_str());
        let after =
            ZoneRule { namespace: namespace.to_owned(), tenant: tenant.to_owned(), rule: rule.clone() };
        for _ in 0..MOST_TRIES {
            let kept = self.inner.zone_rule(namespace).await?;
            let is_own = kept.as_ref().is_some_and(|kept| kept.value.id == place.id);
            let before = kept.as_ref().filter(|_| is_own).map(|kept| &kept.value.rule);
            if before == rule.as_ref() {
                return Ok(after);
            }
            // It may have been deleted since it was read.
            let version = self.inner.namespace_version(namespace, &place.id).await?;
            let record = rule.clone().map(|rule| RuleRecord {
                namespace: namespace.to_owned(),
                id: place.id.clone(),
                tenant: tenant.to_owned(),
                rule,
                scanned: None,
            });
            let batch = match (kept, &record) {
                (None, Some(record)) => Batch::new().create(kinds::ZONE_RULE, namespace, encode(record)?),
                (Some(kept), Some(record)) => {
                    Batch::new().put(kinds::ZONE_RULE, namespace, kept.version, encode(record)?)
                }
                (Some(kept), None) => Batch::new().delete(kinds::ZONE_RULE, namespace, kept.version),
                (None, None) => return Ok(after),
            };
            let batch = batch.expect(kinds::NAMESPACE, namespace, Some(version));
            let action = if record.is_some() { "zones.set_rule" } else { "zones.delete_rule" };
            let (now, by) = (self.inner.clock.now(), self.who.actor());
            let audit = AuditRecord::new(now, by, action, tenant).about(namespace);
            match self.inner.store.commit(audit.enqueue(batch)?).await {
                Err(error) if is_overtaken(&error) => {}
                written => return Ok(written.map(|_| after)?),
            }
        }
        let message = format!("the rule of `{namespace}` was changed by others again and again");
        Err(Error::new(ErrorKind::ImageBusy, message))
    }
}
