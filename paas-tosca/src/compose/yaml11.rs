//! From the tree of a YAML text to values as Rancher's executor reads them.

use super::node::{Data, Key, Node, plain};
use crate::yaml::{Kind, NodeRef, Style};

/// A value with all that is in it. Nothing is filled in yet: texts are as the file has them.
pub(super) fn read(node: NodeRef<'_>) -> Node {
    let place = node.place();
    let data = match node.kind() {
        Kind::Sequence => Data::List(node.items().map(read).collect()),
        Kind::Mapping => Data::Map(
            node.entries()
                .map(|(key, value)| {
                    let text = key.text().unwrap_or_default().to_owned();
                    (Key { text, place: key.place() }, read(value))
                })
                .collect(),
        ),
        Kind::Scalar => {
            let text = node.text().unwrap_or_default();
            if node.style() == Some(Style::Plain) { plain(text) } else { Data::Text(text.into()) }
        }
    };
    Node { data, place }
}

/// The same with all single values as they are written: numbers and booleans are texts.
pub(super) fn read_as_texts(node: NodeRef<'_>) -> Node {
    let mut read = read(node);
    as_texts(&mut read, node);
    read
}

fn as_texts(read: &mut Node, node: NodeRef<'_>) {
    match &mut read.data {
        Data::List(items) => items.iter_mut().zip(node.items()).for_each(|(item, node)| as_texts(item, node)),
        Data::Map(entries) => {
            entries.iter_mut().zip(node.entries()).for_each(|((_, value), (_, node))| as_texts(value, node));
        }
        Data::Null => {}
        data => *data = Data::Text(node.text().unwrap_or_default().into()),
    }
}
