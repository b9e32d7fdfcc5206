//! Lists as Harbor writes them: an array, with the number of all rows and the next page in headers.

use super::HarborClient;
use crate::{
    Error, ErrorKind, Items, Result,
    body::{self, Expected},
    call::{Call, Path},
    list::{Page, Query},
    redact::Redactor,
    transport::Response,
};
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use url::form_urlencoded;

/// The most rows that Harbor puts on a page.
const LARGEST: u32 = 100;

/// The rows of a page, and what the server says of those that follow.
struct Rows<T> {
    rows: VecDeque<T>,
    total: Option<u64>,
    /// The numbers of pages that the link to the next one holds, if there is such a link.
    next: Option<Vec<u64>>,
}

impl HarborClient {
    /// A list with all of its pages.
    pub(super) fn list<T: DeserializeOwned + Send + 'static>(
        &self,
        operation: &'static str,
        path: Path,
        query: Query,
        header: Option<(&'static str, String)>,
    ) -> Items<T> {
        let size = self.core.limits.page.clamp(1, LARGEST);
        let mut query = query;
        query.push(("page".to_owned(), "1".to_owned()));
        query.push(("page_size".to_owned(), size.to_string()));
        let (core, at) = (self.core.clone(), path.clone());
        Items::new(&self.core, operation, path, query, move |query| {
            let number = page_of(&query);
            let mut call = Call::read(operation, at.clone(), query);
            call.headers.extend(header.clone());
            let core = core.clone();
            Box::pin(async move {
                let rows: Rows<T> = core.call(&call).await?;
                let next = rows.next(number, u64::from(size)).map_err(|error| {
                    error.with(|details| {
                        details.system = core.system;
                        details.operation = operation;
                        details.resource.clone_from(&call.path.real);
                    })
                })?;
                Ok(Page {
                    items: rows.rows,
                    next: next.map(|next| format!("?page={next}")),
                    is_partial: false,
                })
            })
        })
    }
}

impl<T> Rows<T> {
    /// The number of the page that follows, if there is one.
    ///
    /// Pages are counted here: Harbor does not escape the query of its links again, so that a name with `&` in it makes
    /// another query of them. A link that leads elsewhere than one page on would pass rows over, and is refused.
    fn next(&self, number: u64, size: u64) -> Result<Option<u64>> {
        let following = number.saturating_add(1);
        match &self.next {
            Some(named) if named.contains(&following) => Ok(Some(following)),
            Some(_) => Err(Error::new(
                ErrorKind::Protocol,
                "the link to the next page leads to another than the next",
            )),
            // Some in between strip headers that they do not know.
            None if self.total.is_some_and(|total| number.saturating_mul(size) < total) => {
                Ok(Some(following))
            }
            None => Ok(None),
        }
    }
}

impl<T: DeserializeOwned> Expected for Rows<T> {
    fn read(answer: &Response, limit: usize, redactor: &Redactor) -> Result<Self> {
        // An empty list may be `null`.
        let rows: Option<VecDeque<T>> = body::read(answer, limit, redactor)?;
        let links = answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("link"));
        Ok(Self {
            rows: rows.unwrap_or_default(),
            total: answer.first("x-total-count").and_then(|total| total.trim().parse().ok()),
            next: links.map(|(_, links)| links).find_map(|links| next_pages(links)),
        })
    }
}

/// The numbers of pages in the link to the next one: `</api/v2.0/projects?page=2&page_size=100>; rel="next"`, among others.
fn next_pages(links: &str) -> Option<Vec<u64>> {
    let before = [r#"rel="next""#, "rel=next"].iter().find_map(|rel| links.find(rel))?;
    let target = links.get(..before)?;
    // The target begins after the link before it.
    let target = target.rsplit_once("rel=").map_or(target, |(_, target)| target);
    let (_, query) = target.split_once('?')?;
    let query = query.split('>').next()?;
    let pages = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "page");
    Some(pages.filter_map(|(_, page)| page.parse().ok()).collect())
}

fn page_of(query: &Query) -> u64 {
    query.iter().find(|(name, _)| name == "page").and_then(|(_, page)| page.parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::next_pages;

    #[test]
    fn the_next_page_is_read_out_of_the_links() {
        for (links, pages) in [
            (r#"</api/v2.0/projects?page=2&page_size=100>; rel="next""#, Some(vec![2])),
            (
                r#"</api/v2.0/projects?page=1&page_size=100>; rel="prev" , </api/v2.0/projects?page=3&page_size=100>; rel="next""#,
                Some(vec![3]),
            ),
            (r#"<https://elsewhere.example/x?page=2>; rel=next"#, Some(vec![2])),
            // Harbor does not escape what it was asked for.
            (
                r#"</api/v2.0/projects/1/members?entityname=a&page=9&page=2&page_size=1>; rel="next""#,
                Some(vec![9, 2]),
            ),
            (r#"</api/v2.0/projects?page=1>; rel="prev""#, None),
            (r#"</api/v2.0/projects?start=7>; rel="next""#, Some(vec![])),
            ("", None),
        ] {
            assert_eq!(next_pages(links), pages, "{links}");
        }
    }
}
