//! Which file of an archive is the template (TOSCA 1.3, section 6).

use super::Archive;
use paas_core::diagnostic::{Code, did_you_mean};
use std::{collections::BTreeMap, sync::Arc};

const METADATA: &str = "TOSCA-Metadata/TOSCA.meta";

impl Archive<'_> {
    /// The path of the template; `None`: it is not known which, which is told.
    pub(super) fn entry(&mut self, files: &BTreeMap<String, Arc<[u8]>>) -> Option<String> {
        match files.get(METADATA) {
            Some(bytes) => self.by_metadata(bytes, files),
            None => self.at_root(files),
        }
    }

    fn by_metadata(&mut self, bytes: &[u8], files: &BTreeMap<String, Arc<[u8]>>) -> Option<String> {
        let Ok(text) = std::str::from_utf8(bytes) else {
            self.metadata("is not UTF-8 text");
            return None;
        };
        let block = self.block(text)?;
        for (key, versions) in [("TOSCA-Meta-File-Version", VERSIONS), ("CSAR-Version", VERSIONS)] {
            if let Some(version) = block.get(key).filter(|version| !versions.contains(&version.as_str())) {
                self.metadata(&format!("says `{key}: {version}`, where 1.0 and 1.1 are known"));
                return None;
            }
        }
        let Some(path) = block.get("Entry-Definitions") else {
            self.metadata("does not say `Entry-Definitions`");
            return None;
        };
        if files.contains_key(path) {
            return Some(path.clone());
        }
        let message = format!("`{METADATA}` names the template `{path}`, which is not in the archive");
        let help = did_you_mean(path, files.keys().map(String::as_str));
        self.tell(Code::CsarNoTemplate, message, help.as_deref());
        None
    }

    /// The first block: lines of `key: value`; one that begins with a space goes on with the line before.
    fn block(&mut self, text: &str) -> Option<BTreeMap<String, String>> {
        let mut block: BTreeMap<String, String> = BTreeMap::new();
        let mut last: Option<String> = None;
        let lines = text.strip_prefix('\u{FEFF}').unwrap_or(text).lines();
        for (number, line) in (1..).zip(lines) {
            if line.trim().is_empty() {
                if block.is_empty() { continue } else { break }
            }
            if let (Some(rest), Some(value)) =
                (line.strip_prefix(' '), last.as_ref().and_then(|last| block.get_mut(last)))
            {
                value.push_str(rest.trim_end());
                continue;
            }
            let Some((key, value)) = line.split_once(':') else {
                self.metadata(&format!("has a line {number} that is not `key: value`"));
                return None;
            };
            let key = key.trim().to_owned();
            if block.insert(key.clone(), value.trim().to_owned()).is_some() {
                self.metadata(&format!("says `{key}` twice"));
                return None;
            }
            last = Some(key);
        }
        Some(block)
    }

    /// The only template at the root.
    fn at_root(&mut self, files: &BTreeMap<String, Arc<[u8]>>) -> Option<String> {
        let is_template =
            |path: &&String| !path.contains('/') && (path.ends_with(".yaml") || path.ends_with(".yml"));
        let roots: Vec<&String> = files.keys().filter(is_template).collect();
        let help = format!("name the template in `{METADATA}`: `Entry-Definitions: shop.yaml`");
        match roots.as_slice() {
            [only] => return Some((*only).clone()),
            [] => {
                let message = "the archive has no template at its root, and nothing says which it is";
                self.tell(Code::CsarNoTemplate, message.to_owned(), Some(&help));
            }
            several => {
                const SHOWN: usize = 5;
                let names: Vec<_> = several.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
                let more = if several.len() > SHOWN { ", …" } else { "" };
                let message =
                    format!("the archive has several templates at its root: {}{more}", names.join(", "));
                self.tell(Code::CsarNoTemplate, message, Some(&help));
            }
        }
        None
    }

    fn metadata(&mut self, why: &str) {
        self.tell(Code::CsarMetadata, format!("`{METADATA}` {why}"), None);
    }
}

const VERSIONS: &[&str] = &["1.0", "1.1"];
