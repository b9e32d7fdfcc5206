//! Whole numbers, and what becomes of those that nobody takes.

use super::{
    convert::Maker,
    node::{Data, Node},
};
use paas_core::diagnostic::{Code, Diagnostic, shown};
use std::ops::RangeInclusive;

/// The largest whole number that Rancher's API takes where it counts.
pub(super) const MOST: i64 = i32::MAX as i64;

impl Maker<'_> {
    /// A whole number; an answer that is all of it is noted at the property.
    pub(super) fn integer(&mut self, service: &str, key: &str, path: &[&str], node: &Node) -> Option<i64> {
        let number = node.whole();
        if let Data::Text(text) = &node.data {
            match (number, text.pieces()) {
                (Some(_), [_]) if !self.has_secret(text) => self.note(service, path, text, true),
                _ => self.findings.fixed(text, service, key, &node.place),
            }
        }
        if number.is_none() {
            let message = format!("{} of {} takes a whole number", shown(key), shown(service));
            self.findings.push(Diagnostic::new(Code::ComposeValue, message).at(node.place.clone()));
        }
        number
    }

    /// A whole number of these; `None` if nothing is said. One that is none of them is lost, and the executor refuses what
    /// is no number.
    pub(super) fn number(
        &mut self,
        service: &str,
        key: &str,
        node: &Node,
        range: RangeInclusive<i64>,
        what: &str,
    ) -> Option<i64> {
        if node.is_empty() {
            return None;
        }
        self.fixed(service, key, node);
        let Some(number) = node.whole() else {
            let message = format!("{} of {} takes a whole number", shown(key), shown(service));
            self.findings.push(Diagnostic::new(Code::ComposeValue, message).at(node.place.clone()));
            return None;
        };
        if number != 0 && !range.contains(&number) {
            self.findings.lost(Some(service), key, &node.place, format!("{number} is no {what}"));
        }
        Some(number).filter(|number| range.contains(number))
    }

    /// How many containers there are.
    pub(super) fn scale(&mut self, service: &str, node: &Node) -> u32 {
        let number = node.whole();
        if let Some(scale) = number.filter(|number| (1..=MOST).contains(number)) {
            self.integer(service, "scale", &["scale"], node);
            return u32::try_from(scale).unwrap_or(1);
        }
        match number {
            None => self.integer(service, "scale", &[], node).map_or((), |_| ()),
            Some(number) => {
                self.fixed(service, "scale", node);
                if number > MOST {
                    let why = format!("{number} is no number of containers that Rancher takes");
                    self.findings.lost(Some(service), "scale", &node.place, why);
                } else if number == 0 {
                    let why = "Rancher takes it for one container";
                    self.findings.kept(Some(service), "scale", &node.place, why);
                } else {
                    let why = format!("Rancher makes one container of {number}");
                    self.findings.partly(Some(service), "scale", &node.place, why);
                }
            }
        }
        1
    }
}
