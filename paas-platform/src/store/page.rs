//! Pages: how much is read at once.

use super::{Kind, limits};

/// Which records are wanted.
///
/// ```
/// use paas_platform::store::{List, kinds};
///
/// let list = List::of(kinds::APPLICATION).with_prefix("acme/").limit(50);
/// assert_eq!(list.prefix, "acme/");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct List {
    /// Of this kind.
    pub kind: Kind,
    /// With keys that begin so.
    pub prefix: String,
    /// With keys after this one: the last one of the page before.
    pub after: Option<String>,
    /// At most so many; never more than [`limits::MAX_PAGE`].
    pub limit: usize,
}

impl List {
    /// All of a kind.
    pub const fn of(kind: Kind) -> Self {
        Self { kind, prefix: String::new(), after: None, limit: limits::MAX_PAGE }
    }

    /// Only keys that begin so.
    #[must_use]
    pub fn with_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Only keys after this one.
    #[must_use]
    pub fn after(mut self, key: impl Into<String>) -> Self {
        self.after = Some(key.into());
        self
    }

    /// At most so many.
    #[must_use]
    pub const fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }
}

/// Some items, in order, and whether there are more.
///
/// The next page is asked for by the last item of this one, so changes in between neither hide nor double what stays.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page<T> {
    /// At least one, unless there are no more.
    pub items: Vec<T>,
    /// Whether others come after them.
    pub more: bool,
}

/// For stores: fills a page and tells when it is full, by count or by bytes.
#[derive(Debug)]
pub struct PageBuilder<T> {
    page: Page<T>,
    limit: usize,
    bytes: usize,
}

impl<T> PageBuilder<T> {
    /// A page of at most so many items; of one at least.
    pub fn new(limit: usize) -> Self {
        let page = Page { items: Vec::new(), more: false };
        Self { page, limit: limit.clamp(1, limits::MAX_PAGE), bytes: 0 }
    }

    /// Takes an item of so many bytes, or tells by `false` that the page is full: then no more need be given.
    pub fn push(&mut self, item: T, size: usize) -> bool {
        let bytes = self.bytes.saturating_add(size);
        let full = self.page.items.len() >= self.limit
            || (!self.page.items.is_empty() && bytes > limits::MAX_PAGE_BYTES);
        if full {
            self.page.more = true;
        } else {
            self.bytes = bytes;
            self.page.items.push(item);
        }
        !full
    }

    /// The page.
    pub fn finish(self) -> Page<T> {
        self.page
    }
}
