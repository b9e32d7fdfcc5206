//! Registries of artifacts: the address of a repository, or the beginning of the file.

use super::{
    plan::Planner,
    trace::{Change, Stuck},
};
use crate::{profile::registry_of, yaml::NodeRef};

impl<'t> Planner<'_, 't> {
    /// Gives an artifact another registry: the address of its repository, if it has one.
    pub(super) fn artifact(
        &mut self,
        file: NodeRef<'t>,
        url: Option<NodeRef<'t>>,
        new: &str,
    ) -> Result<(), Stuck> {
        let old = url.and_then(NodeRef::text).unwrap_or_default();
        let Some(url) = url.filter(|_| !old.is_empty()) else {
            return self.change(&Change { at: file, new: new.to_owned(), input: None });
        };
        let stuck = |why: &str| Stuck {
            at: url.place(),
            why: why.to_owned(),
            help: "write the whole image as the `file` of the artifact".to_owned(),
        };
        let name = file.text().unwrap_or_default();
        let before = new.strip_suffix(name).map(|before| before.trim_end_matches('/'));
        let Some(before) = before else {
            return Err(stuck("the address of this repository and the `file` cannot be changed together"));
        };
        let (scheme, rest) = old.split_once("://").map_or(("https", old), |(scheme, rest)| (scheme, rest));
        if rest.split('/').next().is_some_and(|host| host.contains('@')) {
            return Err(stuck("this address has a user, who is not known to another registry"));
        }
        let is_hub =
            before.is_empty() || !before.split('/').next().is_some_and(|host| host.contains(['.', ':']));
        let address = match (is_hub, before) {
            (true, "") => "docker.io".to_owned(),
            (true, folders) => format!("docker.io/{folders}"),
            (false, before) => before.to_owned(),
        };
        let scheme = if old.contains("://") { format!("{scheme}://") } else { String::new() };
        let written = format!("{scheme}{address}");
        if registry_of(&written) != before {
            return Err(stuck("this address cannot be that of another registry"));
        }
        self.change(&Change { at: url, new: written, input: None })
    }
}
