//! What an actor is shown.

use super::{Mall, MallImage, MallQuery, Place, record::PublicationRecord};
use crate::{
    error::Result,
    namespaces::Namespace,
    platform::Inner,
    records::Kept,
    store::{List, kinds},
};
use paas_core::{
    access::{Action, Kind},
    images::{
        Digest, ImageName,
        mall::{MallEntry, Visibility},
    },
    tenant::Tenant,
};
use std::collections::{BTreeMap, BTreeSet};

/// The images of the mall that somebody is shown.
pub(super) async fn list(mall: &Mall, query: &MallQuery) -> Result<Vec<MallImage>> {
    let Mall { inner, who } = mall;
    let tenant = match &query.tenant {
        None => None,
        Some(name) => match who.listed_tenant(inner, Action::View, Kind::Image, name).await? {
            None => return Ok(Vec::new()),
            found => found,
        },
    };
    let mut all: Vec<MallImage> = Vec::new();
    let mut official: BTreeSet<(ImageName, Digest)> = BTreeSet::new();
    for (place, kept) in inner.publications().await? {
        let publication = kept.publication;
        if publication.is_shown() && place.namespace.personal.is_none() && who.is_shown(&Visibility::Official)
        {
            official.insert((publication.image.clone(), publication.digest.clone()));
            let entry = MallEntry::new(publication.image, publication.digest, Visibility::Official);
            all.push(MallImage { entry, owner: place.tenant.name });
        }
    }
    let (namespaces, _) = inner.readable_namespaces().await?;
    for (namespace, owner) in namespaces {
        let visibility = visibility(&namespace, &owner);
        let is_seen = who.is_shown(&visibility)
            && who.lists(Action::View, Kind::Image, &owner, Some(&namespace.name))
            && tenant.as_ref().is_none_or(|tenant| visibility.is_shown_in(tenant.project_id()));
        if !is_seen {
            continue;
        }
        for (image, digest) in inner.images_in(&namespace).await? {
            if !official.contains(&(image.clone(), digest.clone())) {
                let entry = MallEntry::new(image, digest, visibility.clone());
                all.push(MallImage { entry, owner: owner.name.clone() });
            }
        }
    }
    all.retain(|image| query.fits(image));
    all.sort_by(|one, other| {
        (&one.entry.image, &one.entry.visibility, &one.entry.digest).cmp(&(
            &other.entry.image,
            &other.entry.visibility,
            &other.entry.digest,
        ))
    });
    Ok(all)
}

/// Whom the images of a namespace are shown to, as long as none is published.
pub(super) fn visibility(namespace: &Namespace, owner: &Tenant) -> Visibility {
    let tenant = owner.project_id().to_owned();
    match &namespace.personal {
        None => Visibility::Public { tenant },
        Some(user) => Visibility::Personal { tenant, user: user.clone() },
    }
}

impl Inner {
    /// All publications by their names, with whose they are. Those of namespaces that are gone are left out.
    pub(super) async fn publications(&self) -> Result<Vec<(Place, PublicationRecord)>> {
        let (namespaces, _) = self.readable_namespaces().await?;
        let by_name: BTreeMap<&str, &(Namespace, Tenant)> =
            namespaces.iter().map(|of| (of.0.name.as_str(), of)).collect();
        let mut all = Vec::new();
        for kept in self.publication_records("").await?.into_values() {
            let name = kept.value.publication.image.namespace().unwrap_or_default();
            let found = by_name.get(name).filter(|(namespace, _)| namespace.id == kept.value.namespace);
            if let Some((namespace, tenant)) = found {
                all.push((Place { tenant: tenant.clone(), namespace: namespace.clone() }, kept.value));
            }
        }
        Ok(all)
    }

    /// One of the publications of a namespace of which nobody has said no, by its name.
    pub(crate) async fn open_publication(&self, namespace: &Namespace) -> Result<Option<String>> {
        let all = self.publication_records(&format!("{}/", namespace.name)).await?;
        let is_open = |kept: &Kept<PublicationRecord>| {
            kept.value.namespace == namespace.id && kept.value.publication.is_open()
        };
        Ok(all.into_iter().find(|(_, kept)| is_open(kept)).map(|(key, _)| key))
    }

    /// The records of publications whose keys begin so, by their keys. What cannot be read is left out: one must not hide all
    /// others.
    pub(super) async fn publication_records(
        &self,
        prefix: &str,
    ) -> Result<BTreeMap<String, Kept<PublicationRecord>>> {
        let (found, unreadable) = self.readable(List::of(kinds::PUBLICATION).with_prefix(prefix)).await?;
        for (key, error) in unreadable {
            tracing::warn!(code = error.code(), "the publication `{key}` is passed over: {error}");
        }
        Ok(found)
    }

    /// The images of a namespace with what they are now, by name: those on their way to production, and those in zones.
    async fn images_in(&self, namespace: &Namespace) -> Result<Vec<(ImageName, Digest)>> {
        let (images, _) = self.readable_images(&namespace.name).await?;
        let mut found = self.images_in_zones(namespace).await?;
        for (name, kept) in images {
            if !kept.value.image.is_gone() && kept.value.namespace == namespace.id {
                found.insert(name, kept.value.image.digest);
            }
        }
        found.retain(|name, _| !name.tag.is_attachment());
        Ok(found.into_iter().collect())
    }
}
