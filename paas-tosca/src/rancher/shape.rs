//! What the values of keys are that are passed on.

/// What the value of a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A text.
    Text,
    /// True or false; no text says it.
    Flag,
    /// A whole number between two; no text says it.
    Integer(i64, i64),
    /// A whole number between two, or a text of its digits.
    Whole(i64, i64),
    /// A count of bytes, or a text such as `64m`.
    Bytes,
    /// Texts, none twice.
    Texts,
    /// A text, or texts of which none is there twice.
    TextOrTexts,
    /// Texts and whole numbers, none twice.
    TextsOrNumbers,
    /// Texts by name, or a list of `name=text`.
    TextsByName,
    /// Rates by device, or a list of `device:rate`.
    Rates,
    /// A list of `device:weight`.
    Weights,
    /// Anything, by name.
    Map,
    /// Anything, by name; texts of whole numbers become numbers.
    MapWithNumbers,
    /// A list of maps of anything.
    Maps,
    /// Labels that only Rancher itself is told.
    Labels,
    /// `driver` and `options`.
    Logging,
    /// Numbers, or `soft` and `hard` ones, by what is limited.
    Limits,
    /// `min`, `max` and `increment`.
    ScalePolicy,
    /// `port_rules` of a target.
    TargetRules,
    /// A network of Docker's or Rancher's, or the container whose address is shared.
    NetworkMode,
    /// When Docker starts a container again.
    Restart,
}

impl Shape {
    /// Such as "a text".
    pub(crate) const fn describe(self) -> &'static str {
        match self {
            Self::Text | Self::NetworkMode | Self::Restart => "a text",
            Self::Flag => "true or false",
            Self::Integer(..) => "a whole number",
            Self::Whole(..) => "a whole number, or a text of its digits",
            Self::Bytes => "a count of bytes, or a text such as `64m`",
            Self::Texts => "a list of texts",
            Self::TextOrTexts => "a text or a list of texts",
            Self::TextsOrNumbers => "a list of texts and whole numbers",
            Self::TextsByName => "a map of texts, or a list of `name=text`",
            Self::Rates => "a map of whole numbers, or a list of `device:rate`",
            Self::Weights => "a list of `device:weight`",
            Self::Map | Self::MapWithNumbers => "a map",
            Self::Maps => "a list of maps",
            Self::Labels => "a map of texts",
            Self::Logging => "a map of `driver` and `options`",
            Self::Limits => "a map of whole numbers, or of `soft` and `hard`",
            Self::ScalePolicy => "a map of `min`, `max` and `increment`",
            Self::TargetRules => "a map of `port_rules`",
        }
    }
}

/// Something that Rancher does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where it is: a JSON pointer that begins with the key.
    pub(crate) pointer: String,
    /// What is wrong, in a sentence.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: Option<String>,
}
