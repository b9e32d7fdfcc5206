//! Lists: all of their pages, never the first alone.

use crate::{
    BoxFuture, Error, ErrorKind, Result,
    call::{Core, Path},
};
use futures_core::Stream;
use std::{
    collections::{HashSet, VecDeque, vec_deque},
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};
use url::{Url, form_urlencoded};

/// The parameters of a query.
pub(crate) type Query = Vec<(String, String)>;

/// Reads the page that a query asks for.
type Read<T> = Arc<dyn Fn(Query) -> BoxFuture<'static, Result<Page<T>>> + Send + Sync>;

/// The items of a list, page after page as they are asked for: a [`Stream`], with methods for those who need no more.
///
/// It ends after the last item, or after the first error. Dropped: no further page is read.
pub struct Items<T> {
    reader: Reader<T>,
    page: vec_deque::IntoIter<T>,
    state: State<T>,
}

enum State<T> {
    /// The next page is to be asked for.
    Next,
    Reading(BoxFuture<'static, Result<Page<T>>>),
    End,
}

/// What is needed to read pages.
struct Reader<T> {
    core: Arc<Core>,
    operation: &'static str,
    path: Path,
    read: Read<T>,
    /// What the caller asks for; sent with each page.
    query: Query,
    /// What the server's `next` asked for.
    next: Query,
    seen: HashSet<Query>,
    pages: u32,
}

/// A page, as a server's kind of list is read.
pub(crate) struct Page<T> {
    pub(crate) items: VecDeque<T>,
    /// The address of the next page, as the server names it.
    pub(crate) next: Option<String>,
    /// Whether the server says that there is more.
    pub(crate) is_partial: bool,
}

impl<T> Items<T> {
    /// A list whose pages are read like this.
    pub(crate) fn new(
        core: &Arc<Core>,
        operation: &'static str,
        path: Path,
        query: Query,
        read: impl Fn(Query) -> BoxFuture<'static, Result<Page<T>>> + Send + Sync + 'static,
    ) -> Self {
        let reader = Reader {
            core: core.clone(),
            operation,
            path,
            read: Arc::new(read),
            query,
            next: Vec::new(),
            seen: HashSet::new(),
            pages: 0,
        };
        Self { reader, page: VecDeque::new().into_iter(), state: State::Next }
    }
}

impl<T: 'static> Items<T> {
    /// The next item, or `None` after the last. Dropped: nothing is lost; the next call goes on.
    ///
    /// # Errors
    ///
    /// Those of reading a page. After one the list has ended.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All items. Dropped: no further page is read.
    ///
    /// # Errors
    ///
    /// Those of reading a page: either all items come, or none.
    pub async fn collect_all(mut self) -> Result<Vec<T>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }
}

/// Nothing of it is ever pinned in place.
impl<T> Unpin for Items<T> {}

impl<T: 'static> Stream for Items<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match &mut self.state {
                State::End => return Poll::Ready(None),
                State::Next => {
                    let reading = (self.reader.read)(self.reader.wanted());
                    self.state = State::Reading(reading);
                }
                State::Reading(reading) => {
                    let page = ready!(reading.as_mut().poll(context));
                    self.state = State::End;
                    let page = match page {
                        Ok(page) => page,
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    };
                    self.page = page.items.into_iter();
                    match self.reader.turn(page.next.as_deref(), page.is_partial) {
                        Ok(true) => self.state = State::Next,
                        Ok(false) => {}
                        Err(error) => {
                            // What came is not whole: better none than some.
                            self.page = VecDeque::new().into_iter();
                            return Poll::Ready(Some(Err(error)));
                        }
                    }
                }
            }
        }
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("path", &self.reader.path.real)
            .field("pages", &self.reader.pages)
            .finish_non_exhaustive()
    }
}

impl<T> Reader<T> {
    /// The query of the page that comes next. The server's word on the same parameter is later than ours.
    fn wanted(&self) -> Query {
        let is_ours = |(name, _): &&(String, String)| self.next.iter().all(|(other, _)| other != name);
        self.query.iter().filter(is_ours).chain(&self.next).cloned().collect()
    }

    /// Turns to the next page, if there is one.
    fn turn(&mut self, next: Option<&str>, is_partial: bool) -> Result<bool> {
        self.pages += 1;
        let Some(next) = next.filter(|next| !next.is_empty()) else {
            if is_partial {
                return Err(self.broken("there are more items, but the server does not say where"));
            }
            return Ok(false);
        };
        self.next = next_query(next).ok_or_else(|| self.broken("the address of the next page is not one"))?;
        if self.pages >= self.core.limits.pages || !self.seen.insert(self.next.clone()) {
            return Err(self.broken("the pages have no end"));
        }
        Ok(true)
    }

    fn broken(&self, message: &str) -> Error {
        Error::new(ErrorKind::Protocol, message).with(|details| {
            details.system = self.core.system;
            details.operation = self.operation;
            details.resource.clone_from(&self.path.real);
        })
    }
}

/// The query of the server's `next`. Only that is taken of it: its scheme, host and path are what the server believes
/// itself to be, and the key goes nowhere but to the configured address.
fn next_query(next: &str) -> Option<Query> {
    let query = match Url::parse(next) {
        Ok(url) => url.query()?.to_owned(),
        Err(_) => next.split_once('?')?.1.to_owned(),
    };
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    (!pairs.is_empty()).then_some(pairs)
}

/// The parameters that are given.
pub(crate) fn pairs<const N: usize>(given: [(&str, Option<&str>); N]) -> Query {
    given
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| (name.to_owned(), value.to_owned())))
        .collect()
}
