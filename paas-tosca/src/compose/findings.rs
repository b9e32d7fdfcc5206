//! What an import finds on its way.

use super::{filled::Filled, interpolate::Found};
use crate::Source;
use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics, Place, shown},
    loss::{Kept, Loss},
};
use std::collections::{BTreeSet, HashSet};

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
    /// What was told already.
    told: HashSet<(Kept, Option<String>, String, u32)>,
    /// How many ports and routes there are.
    work: usize,
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
        if self.diagnostics.len() < MOST || (diagnostic.is_error() && !self.diagnostics.has_errors()) {
            self.diagnostics.push(diagnostic);
        }
    }

    pub(super) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    fn loss(&mut self, kept: Kept, service: Option<&str>, key: &str, place: &Place, why: impl Into<String>) {
        let mut loss = Loss::new(kept, key, place.clone(), why);
        loss.service = service.map(str::to_owned);
        let key = (kept, loss.service.clone(), format!("{} {}", loss.key, loss.why), place.start.offset);
        // What is lost is always told.
        if (self.losses.len() < MOST || kept == Kept::None) && self.told.insert(key) {
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
