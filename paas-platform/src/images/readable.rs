//! Records that can be read, and those that cannot: one of them must not stop what is done for all the others.

use super::record::ImageRecord;
use crate::{
    error::{Error, ErrorKind, Result},
    namespaces::Namespace,
    platform::Inner,
    records::{self, Kept, TenantRecord},
    store::{FromDocument, List, StoreErrorKind, kinds},
};
use paas_core::{images::ImageName, tenant::Tenant};
use std::collections::BTreeMap;

/// What cannot be read, by its key: a later version wrote it, as while processes are brought up to date one after the
/// other; or it is damaged.
pub(crate) type Unreadable = Vec<(String, Error)>;

/// Whether a failure is about one image or namespace, so that others are gone on with. Of a registry nothing is said here.
pub(super) fn is_about_one(error: &Error) -> bool {
    match error.store() {
        Some(store) => matches!(
            store.kind(),
            StoreErrorKind::NewerFormat
                | StoreErrorKind::Corrupt
                | StoreErrorKind::Conflict
                | StoreErrorKind::OutOfTurn
                | StoreErrorKind::Invalid
                | StoreErrorKind::TooLarge
        ),
        None => matches!(
            error.kind(),
            ErrorKind::ImageBusy
                | ErrorKind::ImageState
                | ErrorKind::UnknownTenant
                // It was deleted in between.
                | ErrorKind::UnknownNamespace
        ),
    }
}

impl Inner {
    /// The records of a list, by their keys; what cannot be read is told apart.
    pub(crate) async fn readable<T: FromDocument>(
        &self,
        mut list: List,
    ) -> Result<(BTreeMap<String, Kept<T>>, Unreadable)> {
        let (mut found, mut unreadable) = (BTreeMap::new(), Vec::new());
        loop {
            let page = self.store.list(list.clone()).await?;
            for record in &page.items {
                match records::kept(record) {
                    Ok(kept) => drop(found.insert(record.key.clone(), kept)),
                    Err(error) => unreadable.push((record.key.clone(), error.into())),
                }
            }
            match page.items.last() {
                Some(last) if page.more => list = list.after(&last.key),
                _ => return Ok((found, unreadable)),
            }
        }
    }

    /// The images of a namespace that are recorded, by name.
    pub(crate) async fn readable_images(
        &self,
        namespace: &str,
    ) -> Result<(BTreeMap<ImageName, Kept<ImageRecord>>, Unreadable)> {
        let list = List::of(kinds::IMAGE).with_prefix(format!("{namespace}/"));
        let (found, unreadable) = self.readable::<ImageRecord>(list).await?;
        let by_name = found.into_values().map(|kept| (kept.value.image.name.clone(), kept));
        Ok((by_name.collect(), unreadable))
    }

    /// All namespaces with their tenants, by tenant and name.
    pub(crate) async fn readable_namespaces(&self) -> Result<(Vec<(Namespace, Tenant)>, Unreadable)> {
        let (tenants, without) = self.readable::<TenantRecord>(List::of(kinds::TENANT)).await?;
        let (namespaces, mut unreadable) = self.readable::<Namespace>(List::of(kinds::NAMESPACE)).await?;
        let mut without: BTreeMap<String, Error> = without.into_iter().collect();
        let mut found = Vec::new();
        for (name, Kept { value, .. }) in namespaces {
            match tenants.get(&value.tenant) {
                Some(tenant) => found.push((value, tenant.value.tenant.clone())),
                None => {
                    let tenant = &value.tenant;
                    let error = without.remove(tenant).unwrap_or_else(|| {
                        Error::new(ErrorKind::UnknownTenant, format!("its tenant `{tenant}` cannot be read"))
                    });
                    unreadable.push((name, error));
                }
            }
        }
        found.sort_by(|(one, _), (other, _)| (&one.tenant, &one.name).cmp(&(&other.tenant, &other.name)));
        Ok((found, unreadable))
    }
}
