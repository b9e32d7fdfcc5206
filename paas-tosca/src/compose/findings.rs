//! What an import finds on its way.

use super::{filled::Filled, interpolate::Found, node::Key};
use crate::Source;
use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics, Place, shown},
    loss::{Kept, Loss},
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Keys of version 2 that files without a version have other words for.
const RENAMED: [&str; 2] = ["logging", "network_mode"];

/// More of either than this help nobody.
const MOST: usize = 10_000;
/// Ranges of ports, and ports of load balancers with many links, multiply.
const MOST_PORTS: usize = 20_000;

/// Problems, losses, and where values came from answers.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) diagnostics: Diagnostics,
    pub(super) losses: Vec<Loss>,
    pub(super) sources: Vec<Source>,
    pub(super) answers: Found,
    /// Where values of the application are made of answers.
    pub(super) uses: Vec<Use>,
    /// Answers whose values are fixed somewhere.
    pub(super) fixed: BTreeSet<String>,
    /// Answers that are passwords.
    pub(super) secrets: BTreeSet<String>,
    /// The keys that files without a version have for others: by service and key, each with its place.
    words: HashMap<(String, &'static str), Vec<(String, Place)>>,
    /// What was told already.
    told: HashSet<Told>,
    /// Problems that were told already.
    problems: HashSet<(Code, String, Option<Place>)>,
    /// How many ports and routes there are.
    work: usize,
}

/// A loss that was told.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Told {
    kept: Kept,
    service: Option<String>,
    /// The key, and why.
    text: String,
    place: Place,
}

/// A value of a service that is made of answers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Use {
    pub(super) service: String,
    /// The property of the service, by the words of the profile.
    pub(super) path: Vec<String>,
    pub(super) text: Filled,
    /// Whether the property is a whole number.
    pub(super) is_integer: bool,
}

impl Findings {
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        let may = self.diagnostics.len() < MOST || (diagnostic.is_error() && !self.diagnostics.has_errors());
        let told = (diagnostic.code, diagnostic.message.clone(), diagnostic.place().cloned());
        if may && self.problems.insert(told) {
            self.diagnostics.push(diagnostic);
        }
    }

    pub(super) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Notes the word that a file has for a key of version 2.
    pub(super) fn call(&mut self, word: &'static str, written: &Key, service: &str) {
        let words = self.words.entry((service.to_owned(), word)).or_default();
        if !words.iter().any(|(known, _)| *known == written.text) {
            words.push((written.text.clone(), written.place.clone()));
        }
    }

    /// The key as the file has it, and its place if there are several.
    fn written(&self, service: &str, key: &str, place: &Place) -> Vec<(String, Option<Place>)> {
        let (first, rest) = key.split_once('.').map_or((key, ""), |(first, rest)| (first, rest));
        let Some(word) = RENAMED.iter().find(|word| **word == first) else { return Vec::new() };
        let words = self.words.get(&(service.to_owned(), *word)).map(Vec::as_slice).unwrap_or_default();
        // The other file may be one of version 2.
        let words: Vec<_> = words.iter().filter(|(_, own)| own.file == place.file).collect();
        let shown = |word: &str| if rest.is_empty() { word.to_owned() } else { format!("{word}.{rest}") };
        match words.as_slice() {
            [(word, _)] => vec![(shown(word), None)],
            words => words.iter().map(|(word, place)| (shown(word), Some(place.clone()))).collect(),
        }
    }

    fn loss(&mut self, kept: Kept, service: Option<&str>, key: &str, place: &Place, why: impl Into<String>) {
        let words = service.map(|service| self.written(service, key, place)).unwrap_or_default();
        let why = why.into();
        if words.is_empty() {
            return self.tell(kept, service, key, place, why);
        }
        for (word, own) in words {
            self.tell(kept, service, &word, own.as_ref().unwrap_or(place), why.clone());
        }
    }

    fn tell(&mut self, kept: Kept, service: Option<&str>, key: &str, place: &Place, why: String) {
        // Names of labels have whatever people put there.
        let key = match key {
            "" => "''".to_owned(),
            _ if key.contains(char::is_control) => key.escape_debug().to_string(),
            _ => key.to_owned(),
        };
        let mut loss = Loss::new(kept, key, place.clone(), why);
        loss.service = service.map(str::to_owned);
        let text = format!("{} {}", loss.key, loss.why);
        let told = Told { kept, service: loss.service.clone(), text, place: place.clone() };
        // What is lost is always told.
        if (self.losses.len() < MOST || kept == Kept::None) && self.told.insert(told) {
            self.losses.push(loss);
        }
    }

    /// It is written in another way, and means the same.
    pub(super) fn kept(&mut self, service: Option<&str>, key: &str, place: &Place, why: impl Into<String>) {
        self.loss(Kept::Full, service, key, place, why);
    }

    pub(super) fn partly(&mut self, service: Option<&str>, key: &str, place: &Place, why: impl Into<String>) {
        self.loss(Kept::Partial, service, key, place, why);
    }

    pub(super) fn lost(&mut self, service: Option<&str>, key: &str, place: &Place, why: impl Into<String>) {
        self.loss(Kept::None, service, key, place, why);
    }

    /// Answers that a value is made of, where no input can stand.
    pub(super) fn fixed(&mut self, answers: &Filled, service: &str, key: &str, place: &Place) {
        if answers.has_any(&self.secrets) {
            return self.secret(service, key, place);
        }
        for name in answers.answers() {
            self.fixed.insert(name.to_owned());
            let why = format!("the answer {} is fixed here: no input can stand in its place", shown(name));
            self.partly(Some(service), key, place, why);
        }
    }

    /// A password where it cannot stay one.
    pub(super) fn secret(&mut self, service: &str, key: &str, place: &Place) {
        let words = self.written(service, key, place);
        let key = words.first().map_or(key, |(word, _)| word.as_str());
        let message =
            format!("a password stands in {} of {}, where it cannot stay secret", shown(key), shown(service));
        let help = "ask for it as a `string`, or take it from the environment of the container";
        self.push(Diagnostic::new(Code::ComposeSecret, message).at(place.clone()).help(help));
    }

    /// Takes back what came from answers in the service that is being made.
    pub(super) fn forget(&mut self, service: &str, is_over: impl Fn(&[String]) -> bool) {
        let of_service = self.uses.iter().rev().take_while(|each| each.service == service).count();
        let mut uses = self.uses.split_off(self.uses.len() - of_service);
        uses.retain(|each| !is_over(&each.path));
        self.uses.append(&mut uses);
    }

    /// Counts ports and routes; whether there are not too many of them.
    pub(super) fn spend(&mut self, count: usize, place: &Place) -> bool {
        let before = self.work;
        self.work = self.work.saturating_add(count);
        if before <= MOST_PORTS && self.work > MOST_PORTS {
            let message = format!("the stack has more than {MOST_PORTS} ports and routes");
            self.push(Diagnostic::new(Code::ComposeValue, message).at(place.clone()));
        }
        self.work <= MOST_PORTS
    }

    /// Answers in what the stack says beside its services.
    pub(super) fn fixed_in_stack(&mut self, answers: &Filled, key: &str, place: &Place) {
        for name in answers.answers() {
            self.fixed.insert(name.to_owned());
            let why = format!("nothing is left that the answer {} could say something to", shown(name));
            self.partly(None, key, place, why);
        }
    }

    /// An answer that a template of the text asks for.
    pub(super) fn fixed_by_template(&mut self, answer: &str, place: &Place) {
        self.fixed.insert(answer.to_owned());
        let why = "the answer is fixed where the text is a Go template: what it decides is decided now";
        self.partly(None, answer, place, why);
    }
}
