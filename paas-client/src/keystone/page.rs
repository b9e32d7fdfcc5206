//! Lists as Keystone writes them: `{"projects":[…],"links":{"next":…},"truncated":true}`.

use super::KeystoneClient;
use crate::{
    Items,
    call::{Call, Path},
    list::{Page, Query},
};
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned},
};
use std::{collections::VecDeque, fmt, marker::PhantomData};

/// What comes in lists.
pub(super) trait Listed: DeserializeOwned + Send + 'static {
    /// Under which key.
    const KEY: &'static str;
}

struct Collection<T> {
    items: VecDeque<T>,
    next: Option<String>,
    is_truncated: bool,
}

#[derive(Default, Deserialize)]
struct Links {
    #[serde(default)]
    next: Option<String>,
}

impl KeystoneClient {
    /// A list with all of its pages.
    pub(super) fn list<T: Listed>(&self, operation: &'static str, path: Path, query: Query) -> Items<T> {
        let (client, at) = (self.clone(), path.clone());
        Items::new(&self.core, operation, path, query, move |query| {
            let (client, call) = (client.clone(), Call::read(operation, at.clone(), query));
            Box::pin(async move {
                let Collection { items, next, is_truncated } = client.authorized(call).await?;
                Ok(Page { items, next, is_partial: is_truncated })
            })
        })
    }
}

impl<'de, T: Listed> Deserialize<'de> for Collection<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(PhantomData<T>);
        impl<'de, T: Listed> de::Visitor<'de> for Visitor<T> {
            type Value = Collection<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "an object with `{}`", T::KEY)
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let (mut items, mut links, mut is_truncated) = (None, Links::default(), None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        key if key == T::KEY => items = Some(map.next_value()?),
                        "links" => links = map.next_value::<Option<Links>>()?.unwrap_or_default(),
                        "truncated" => is_truncated = map.next_value::<Option<bool>>()?,
                        _ => drop(map.next_value::<de::IgnoredAny>()?),
                    }
                }
                let items = items.ok_or_else(|| de::Error::missing_field(T::KEY))?;
                Ok(Collection { items, next: links.next, is_truncated: is_truncated.unwrap_or_default() })
            }
        }
        deserializer.deserialize_map(Visitor(PhantomData))
    }
}
