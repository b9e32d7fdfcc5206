//! The interface of the bindings, as the library describes it: what the generated code of each language is written from.
//!
//! The description holds JSON Schemas of a plain kind. Read here, they become [`Type`]s, of which each object and each
//! union has a name, so that no language has to invent one.

mod directions;
mod read;
mod words;

pub(crate) use directions::Directions;
pub(crate) use read::read;
pub(crate) use words::{camel, pascal, plain_text, snake};

/// All that the library offers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Interface {
    /// The handles; `Library`, whose functions need none, is the first.
    pub(crate) handles: Vec<Handle>,
    /// The named types of documents, by name.
    pub(crate) types: Vec<Type>,
    /// The kinds of errors: word and what to do.
    pub(crate) kinds: Vec<(String, String)>,
    /// The name of the type that a failed call gives.
    pub(crate) error: String,
}

/// What stays between calls, and has functions.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Handle {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) functions: Vec<Function>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Function {
    /// By which it is called: `applications.deploy`.
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) work: Work,
    /// Those that must be given first, in their order; then the others, by name.
    pub(crate) parameters: Vec<Field>,
    pub(crate) answer: Answer,
}

impl Function {
    /// The group that it belongs to: `applications`.
    pub(crate) fn group(&self) -> Option<&str> {
        self.name.split_once('.').map(|(group, _)| group)
    }

    /// The name within its group: `deploy`.
    pub(crate) fn short(&self) -> &str {
        self.name.split_once('.').map_or(&self.name, |(_, short)| short)
    }

    /// What must be given.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Field> {
        self.parameters.iter().filter(|field| field.is_required)
    }

    /// What can be given.
    pub(crate) fn optional(&self) -> impl Iterator<Item = &Field> {
        self.parameters.iter().filter(|field| !field.is_required)
    }
}

/// How a function works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// It looks something up.
    Instant,
    /// It computes, perhaps for seconds.
    Computes,
    /// It waits for others.
    Waits,
}

/// What a function gives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    Nothing,
    Text,
    /// Texts by their names.
    Texts,
    /// Bytes.
    Bytes,
    Document(Of),
    /// A handle of this kind.
    Handle(String),
    /// Handles of this kind.
    Handles(String),
}

/// A named type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Type {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) shape: Shape,
}

/// What a named type is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// An object with these fields.
    Object(Vec<Field>),
    /// One of these words, each with what it means.
    Words(Vec<(String, String)>),
    /// Another name for a type; for a union, of all its arms.
    Alias(Of),
}

/// A field of an object, a parameter of a function.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) is_required: bool,
    pub(crate) of: Of,
}

/// A type where it is used.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Of {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    String,
    /// An instant, which is a text as RFC 3339 has it.
    Instant,
    /// Bytes, which a request has in base64.
    Bytes,
    /// Just this word.
    Word(String),
    List(Box<Of>),
    /// By any names.
    Map(Box<Of>),
    Named(String),
    Union(Vec<Of>),
}
