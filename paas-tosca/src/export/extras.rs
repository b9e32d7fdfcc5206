//! What a template says besides the application itself.

use std::collections::BTreeMap;

/// What a template says besides the application itself.
///
/// ```
/// use paas_tosca::export::{Extras, Input, InputKind, Piece, Remark};
///
/// let mut extras = Extras::default();
/// extras.inputs.push(Input::new("tag", InputKind::String));
/// extras.uses.add("web", ["image"], [Piece::literal("registry.bank.test/web:"), Piece::input("tag")]);
/// extras.remarks.push(Remark::new("was `web` in docker-compose.yml").of_service("web"));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Extras {
    /// The inputs, in their order. Secrets of the application that are not among them come after them.
    pub inputs: Vec<Input>,
    /// Which values come from inputs.
    pub uses: Uses,
    /// Comments.
    pub remarks: Vec<Remark>,
}

/// An input of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Input {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub kind: InputKind,
    /// What it is for.
    pub description: Option<String>,
    /// Its value if none is given, as text. A secret has none, whatever stands here.
    pub default: Option<String>,
    /// Whether it needs a value.
    pub required: bool,
    /// Whether its value is for the call alone that creates the stack.
    pub secret: bool,
    /// What its values must be.
    pub constraints: Vec<Constraint>,
}

impl Input {
    /// A required input without more.
    pub fn new(name: impl Into<String>, kind: InputKind) -> Self {
        Self {
            name: name.into(),
            kind,
            description: None,
            default: None,
            required: true,
            secret: false,
            constraints: Vec::new(),
        }
    }
}

/// What the values of an input are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputKind {
    /// Strings.
    #[default]
    String,
    /// Whole numbers.
    Integer,
    /// True or false.
    Boolean,
}

impl InputKind {
    /// The name of the type in templates.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
        }
    }
}

/// What the values of an input must be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Constraint {
    /// One of these, as texts.
    ValidValues(Vec<String>),
    /// So many characters at least.
    MinLength(u64),
    /// So many characters at most.
    MaxLength(u64),
    /// This or more.
    GreaterOrEqual(i64),
    /// This or less.
    LessOrEqual(i64),
    /// What this regular expression describes.
    Pattern(String),
}

/// Which properties of services come from inputs, and how.
///
/// A place is the name of a service and the way to the value in the `properties` of its node: names of properties and
/// keys of maps, and indices of lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uses(BTreeMap<String, BTreeMap<Vec<String>, Vec<Piece>>>);

impl Uses {
    /// Says that a value is made of pieces; the last word on a place counts.
    ///
    /// ```
    /// use paas_tosca::export::{Piece, Uses};
    ///
    /// let mut uses = Uses::default();
    /// uses.add("web", ["environment", "DB_HOST"], [Piece::input("db_host")]);
    /// uses.add("web", ["ports", "0", "external"], [Piece::input("port")]);
    /// assert_eq!(uses.iter().count(), 2);
    /// ```
    pub fn add<P: Into<String>>(
        &mut self,
        service: impl Into<String>,
        path: impl IntoIterator<Item = P>,
        pieces: impl IntoIterator<Item = Piece>,
    ) {
        let path = path.into_iter().map(Into::into).collect();
        self.0.entry(service.into()).or_default().insert(path, pieces.into_iter().collect());
    }

    /// All places and what stands there, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String], &[Piece])> {
        self.0.iter().flat_map(|(service, places)| {
            places.iter().map(move |(path, pieces)| (service.as_str(), path.as_slice(), pieces.as_slice()))
        })
    }

    /// Whether no value comes from an input.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The places of one service.
    pub(super) fn of(&self, service: &str) -> impl Iterator<Item = (&[String], &[Piece])> {
        let places = self.0.get(service).into_iter().flatten();
        places.map(|(path, pieces)| (path.as_slice(), pieces.as_slice()))
    }

    /// The names of all inputs that are asked for.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &str> {
        self.iter().flat_map(|(_, _, pieces)| pieces).filter_map(|piece| match piece {
            Piece::Input(name) => Some(name.as_str()),
            Piece::Literal(_) => None,
        })
    }
}

/// A piece of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A string.
    Literal(String),
    /// The value of an input, by its name.
    Input(String),
}

impl Piece {
    /// A string.
    pub fn literal(text: impl Into<String>) -> Self {
        Self::Literal(text.into())
    }

    /// The value of an input.
    pub fn input(name: impl Into<String>) -> Self {
        Self::Input(name.into())
    }
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// The service that it stands at; `None`, or one that is not there: at the top.
    pub service: Option<String>,
    /// The property that it stands at; `None`, or one that is not there: at the service.
    pub property: Option<String>,
    /// What it says. It is one line, whatever is in it.
    pub text: String,
}

impl Remark {
    /// A comment at the top.
    pub fn new(text: impl Into<String>) -> Self {
        Self { service: None, property: None, text: text.into() }
    }

    /// The same at a service.
    #[must_use]
    pub fn of_service(mut self, service: impl Into<String>) -> Self {
        self.service = Some(service.into());
        self
    }

    /// The same at a property of the service.
    #[must_use]
    pub fn of_property(mut self, property: impl Into<String>) -> Self {
        self.property = Some(property.into());
        self
    }
}
