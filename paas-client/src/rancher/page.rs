//! Pages as Rancher writes them.

use crate::{
    Items,
    call::{Call, Core, Path},
    list::{Page, Query},
    rancher::lenient::or_default,
};
use serde::{Deserialize, de::DeserializeOwned};
use std::{collections::VecDeque, sync::Arc};

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Collection<T> {
    data: VecDeque<T>,
    #[serde(default, deserialize_with = "or_default")]
    pagination: Pagination,
}

#[derive(Default, Deserialize)]
struct Pagination {
    #[serde(default)]
    next: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    partial: bool,
}

/// A list of pages.
pub(crate) fn paged<T: DeserializeOwned + Send + 'static>(
    core: &Arc<Core>,
    operation: &'static str,
    path: Path,
    mut query: Query,
) -> Items<T> {
    query.push(("limit".to_owned(), core.limits.page.to_string()));
    whole(core, operation, path, query)
}

/// A list of a kind that has no pages: no limit is sent with it.
pub(crate) fn whole<T: DeserializeOwned + Send + 'static>(
    core: &Arc<Core>,
    operation: &'static str,
    path: Path,
    query: Query,
) -> Items<T> {
    let (of, at) = (core.clone(), path.clone());
    Items::new(core, operation, path, query, move |query| {
        let (core, call) = (of.clone(), Call::read(operation, at.clone(), query));
        Box::pin(async move {
            let Collection { data, pagination } = core.call(&call).await?;
            Ok(Page { items: data, next: pagination.next, is_partial: pagination.partial })
        })
    })
}
