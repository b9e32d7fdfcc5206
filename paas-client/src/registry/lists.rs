//! What there is.

use super::{RegistryClient, RepositoryName, Tag, auth::Scopes, client::path, link, registry_error};
use crate::{
    ErrorKind, Items, Result,
    body::{self, Expected},
    call::{Call, Path},
    list::{Page, Query},
    redact::Redactor,
    transport::Response,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};

/// The most that registries put on a page: some refuse to be asked for more.
const LARGEST: u32 = 1_000;

/// A page, as its body and its head tell.
struct Listed<T>(Page<T>);

impl<T: Named> Expected for Listed<T> {
    fn read(answer: &Response, limit: usize, redactor: &Redactor) -> Result<Self> {
        let mut body: BTreeMap<String, Value> = body::read(answer, limit, redactor)?;
        // Of none, some write `null`.
        let rows = body
            .remove(T::NAME)
            .ok_or_else(|| registry_error(ErrorKind::Protocol, format!("the answer has no `{}`", T::NAME)))?;
        let rows: Option<VecDeque<T>> = serde_json::from_value(rows).map_err(|_| {
            registry_error(ErrorKind::Protocol, format!("the answer has `{}` that are none", T::NAME))
        })?;
        Ok(Self(Page { items: rows.unwrap_or_default(), next: link::next(answer), is_partial: false }))
    }
}

/// What lists hold under a name.
trait Named: DeserializeOwned + Send + 'static {
    const NAME: &'static str;
}

impl Named for Tag {
    const NAME: &'static str = "tags";
}

impl Named for RepositoryName {
    const NAME: &'static str = "repositories";
}

impl RegistryClient {
    /// Lists the tags of a repository, in the order of the registry. If there is no such repository, that is the error of
    /// the first item. Dropped: nothing has changed.
    #[must_use]
    pub fn tags(&self, repository: &RepositoryName) -> Items<Tag> {
        let at = path(repository, "tags").at("list");
        self.list("tags", at, self.reading(repository))
    }

    /// Lists the repositories of the registry (its catalogue), which many logins may not. Dropped: nothing has changed.
    #[must_use]
    pub fn repositories(&self) -> Items<RepositoryName> {
        let at = Path::new("/v2").at("_catalog");
        self.list("repositories", at, Scopes::catalogue())
    }

    fn list<T: Named>(&self, operation: &'static str, path: Path, scopes: Scopes) -> Items<T> {
        let size = self.core.limits.page.clamp(1, LARGEST);
        let query: Query = vec![("n".to_owned(), size.to_string())];
        let (client, at) = (self.clone(), path.clone());
        Items::new(&self.core, operation, path, query, move |query| {
            let call = Call::read(operation, at.clone(), query);
            let (client, scopes) = (client.clone(), scopes.clone());
            Box::pin(async move { client.call::<Listed<T>>(call, scopes).await.map(|Listed(page)| page) })
        })
    }
}
