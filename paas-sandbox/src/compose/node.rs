use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A YAML value, with the keys of its maps as they are.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Null,
    Flag(bool),
    Whole(i64),
    Float(f64),
    Text(String),
    List(Vec<Self>),
    Map(Vec<(Key, Self)>),
}

/// A key of a map; one that is no string crashes the executor inside a service.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) is_text: bool,
}

impl Node {
    /// The first document of a YAML text. Of a key that is there twice the last wins, but the sections of the file are
    /// joined.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let Some(document) = yaml_serde::Deserializer::from_str(text).next() else { return Ok(Self::Null) };
        Self::deserialize(document).map_err(|error| error.to_string())
    }

    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(each, _)| each.text == key).map(|(_, value)| value)
    }

    pub(super) fn entries(&self) -> &[(Key, Self)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// A scalar as Go prints it.
    pub(super) fn scalar(&self) -> Option<String> {
        match self {
            Self::Flag(flag) => Some(flag.to_string()),
            Self::Whole(number) => Some(number.to_string()),
            Self::Float(number) => Some(go_float(*number)),
            Self::Text(text) => Some(text.clone()),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The entries of a map with those of its key `<<` taken in, which is a merge key even when quoted.
    pub(super) fn merged(&self) -> Result<Self, String> {
        match self {
            Self::List(items) => Ok(Self::List(items.iter().map(Self::merged).collect::<Result<_, _>>()?)),
            Self::Map(entries) => {
                let mut all: Vec<(Key, Self)> = Vec::new();
                for (_, value) in entries.iter().filter(|(key, _)| key.text == "<<") {
                    let sources = if let Self::List(items) = value {
                        items.as_slice()
                    } else {
                        std::slice::from_ref(value)
                    };
                    for source in sources {
                        let Self::Map(taken) = source.merged()? else {
                            return Err(
                                "yaml: map merge requires map or sequence of maps as the value".to_owned()
                            );
                        };
                        for (key, value) in taken {
                            if !all.iter().any(|(each, _)| *each == key) {
                                all.push((key, value));
                            }
                        }
                    }
                }
                for (key, value) in entries.iter().filter(|(key, _)| key.text != "<<") {
                    let value = value.merged()?;
                    match all.iter_mut().find(|(each, _)| each == key) {
                        Some((_, old)) => *old = value,
                        None => all.push((key.clone(), value)),
                    }
                }
                Ok(Self::Map(all))
            }
            scalar => Ok(scalar.clone()),
        }
    }
}

/// A float as Go's `%v` writes it: `1e+06`, but `1000`.
pub(super) fn go_float(number: f64) -> String {
    if number == 0.0 || (1e-4..1e21).contains(&number.abs()) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |rest| ('-', rest));
    format!("{digits}e{sign}{exponent:0>2}")
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Node;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a YAML value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Whole(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
        #[expect(clippy::cast_precision_loss, reason = "beyond i64 the executor keeps no precision either")]
        Ok(i64::try_from(number).map_or(Node::Float(number as f64), Node::Whole))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Float(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        while let Some((key, value)) = access.next_entry::<Node, Node>()? {
            let is_text = matches!(key, Node::Text(_));
            let text = key.scalar().ok_or_else(|| A::Error::custom("a key must be a scalar"))?;
            entries.push((Key { text, is_text }, value));
        }
        Ok(Node::Map(entries))
    }

    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        // A value with a tag of its own: the tag is left away.
        let (_, value) = access.variant::<Node>()?;
        serde::de::VariantAccess::newtype_variant(value)
    }
}
