//! Values that are known only when the application runs.

use super::schema::Type;
use paas_core::application::Segment;
use std::fmt;

/// A value that is known only when the application runs: its type, and what it is made of.
#[derive(Debug, Clone)]
pub(crate) struct Deferred<'t> {
    pub(crate) ty: Type<'t>,
    /// Several make a text.
    pub(crate) pieces: Vec<Piece<'t>>,
}

/// A part of a value that is not known yet.
#[derive(Debug, Clone)]
pub(crate) enum Piece<'t> {
    /// Text, or a secret, that is known.
    Known(Segment),
    /// An attribute, as `get_attribute` names it.
    Attribute(Attribute<'t>),
    /// An output of an operation of a node or relationship.
    Output { entity: Entity<'t>, interface: &'t str, operation: &'t str, name: &'t str },
    /// The names of all nodes of a type, by its name.
    Nodes(&'t str),
    /// Where the file of an artifact lies.
    Artifact { entity: Entity<'t>, name: &'t str },
    /// One part of another text.
    Token { of: Box<Deferred<'t>>, separators: String, index: usize },
    /// The items of a list that is not known.
    Join { of: Box<Deferred<'t>>, delimiter: String },
}

/// An attribute that is not known yet.
#[derive(Debug, Clone)]
pub(crate) struct Attribute<'t> {
    pub(crate) entity: Entity<'t>,
    pub(crate) capability: Option<&'t str>,
    pub(crate) name: &'t str,
    /// Keys of maps and indices of lists, inside the attribute's value.
    pub(crate) path: Vec<&'t str>,
}

/// Whose a value is, with the name for messages.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Entity<'t> {
    /// A node template, by its index.
    Node(usize, &'t str),
    /// A relationship, by the name of its template, requirement or type.
    Relationship(&'t str),
}

impl<'t> Deferred<'t> {
    /// A value of one piece.
    pub(super) fn of(ty: Type<'t>, piece: Piece<'t>) -> Self {
        Self { ty, pieces: vec![piece] }
    }

    /// What it costs to copy, in values.
    pub(super) fn size(&self) -> usize {
        self.pieces.len() + 1
    }
}

impl fmt::Display for Deferred<'_> {
    /// What it refers to, for messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pieces.iter().find(|piece| !matches!(piece, Piece::Known(_))) {
            Some(piece) => piece.fmt(f),
            None => f.write_str("a text"),
        }
    }
}

impl fmt::Display for Piece<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(_) => f.write_str("a text"),
            Self::Attribute(attribute) => {
                f.write_str("the attribute `")?;
                if let Some(capability) = attribute.capability {
                    write!(f, "{capability}.")?;
                }
                write!(f, "{}` of `{}`", attribute.name, attribute.entity.name())
            }
            Self::Output { entity, interface, operation, name } => {
                write!(f, "the output `{name}` of `{interface}.{operation}` of `{}`", entity.name())
            }
            Self::Nodes(ty) => write!(f, "the nodes of type `{ty}`"),
            Self::Artifact { entity, name } => write!(f, "the artifact `{name}` of `{}`", entity.name()),
            Self::Token { of, separators, index } => {
                write!(f, "part {index} of {of}, split at `{separators}`")
            }
            Self::Join { of, delimiter } => write!(f, "{of}, joined by `{delimiter}`"),
        }
    }
}

impl<'t> Entity<'t> {
    pub(crate) fn name(self) -> &'t str {
        match self {
            Self::Node(_, name) | Self::Relationship(name) => name,
        }
    }
}
