use super::{
    Registry,
    executions::{FAILED, Item, SUCCEED, Task},
    moment::Moment,
    policies::Policy,
    project::Project,
    registry::ADMIN,
    rights::{Caller, Right},
};
use crate::server::lock;

impl Registry {
    /// Copies what a task names: from this Harbor to this Harbor, as who logs in at the other end.
    pub(super) fn replicate(&mut self, policy: &Policy, task: &mut Task, now: &Moment) {
        let result = self.try_task(policy, task, now);
        let line = match result {
            Ok(()) => {
                task.status = SUCCEED;
                "copied all".to_owned()
            }
            Err(reason) => {
                task.status = FAILED;
                format!("[ERROR] {reason}")
            }
        };
        task.log.push_str(&line);
        task.log.push('\n');
    }

    fn try_task(&mut self, policy: &Policy, task: &mut Task, now: &Moment) -> Result<(), String> {
        let target =
            self.targets.get(policy.remote).cloned().ok_or_else(|| "the registry is gone".to_owned())?;
        let peer = self.peer(&target.url);
        let mut peer = peer.as_ref().map(lock);
        let wrong = || "the destination namespace flattening level is too large".to_owned();
        let full = task.destination.clone().ok_or_else(wrong)?;
        let (project, name) = full.split_once('/').ok_or_else(wrong)?;
        let caller = {
            let remote = peer.as_ref().map_or(&*self, |peer| &peer.harbor);
            Caller::logged_in(remote, &target.access_key, &target.access_secret)
        };
        let (contents, public) = {
            let from = peer.as_ref().filter(|_| !policy.is_push).map_or(&*self, |peer| &peer.harbor);
            let gone = |name: &str| format!("{name} not found");
            let (project, name) = task.source.split_once('/').ok_or_else(|| gone(&task.source))?;
            let source = from.project_named(project).ok_or_else(|| gone(project))?;
            if !policy.is_push && !caller.may(from, source, Right("repository", "pull")) {
                return Err("unauthorized to pull".to_owned());
            }
            let repository = from.repository_named(source, name).ok_or_else(|| gone(&task.source))?;
            let mut contents = Vec::new();
            for Item { digest, tags } in &task.items {
                match from.artifact(repository, digest).and_then(|id| from.content(id)) {
                    Some(content) => contents.push((content, tags.clone())),
                    // It was deleted meanwhile.
                    None => task.log.push_str(&format!("the artifact {digest} is gone, skip\n")),
                }
            }
            (contents, from.projects.get(&source).is_some_and(Project::is_public))
        };
        let to = match peer.as_mut().filter(|_| policy.is_push) {
            Some(peer) => &mut peer.harbor,
            None => self,
        };
        let destination = to.destination(project, public, now);
        if policy.is_push && !caller.may(to, destination, Right("repository", "push")) {
            return Err("unauthorized to push".to_owned());
        }
        let operator = if policy.is_push { caller.name(to) } else { "admin".to_owned() };
        for (content, tags) in contents {
            let target = to.ensure_repository(destination, name, now);
            let is_new = to.artifact(target, content.digest()).is_none();
            let is_untagged = tags.is_empty();
            let mut set = Vec::new();
            for tag in tags {
                let there = to.artifact(target, &tag).and_then(|id| to.artifacts.get(id));
                match there.map(|there| there.digest == content.digest()) {
                    Some(true) => task.log.push_str(&format!("{full}:{tag} already exists, skip\n")),
                    Some(false) if !policy.overrides => task.log.push_str(&format!(
                        "[WARNING] the same name image {full}:{tag} exists, but the digest is different and the override is false, skip\n"
                    )),
                    _ => set.push(tag),
                }
            }
            if set.is_empty() && !(is_new && is_untagged) {
                continue;
            }
            let copy = to.put_content(&content, target, now);
            for tag in &set {
                to.set_tag(copy, tag, now).map_err(|error| error.message().to_owned())?;
                task.log.push_str(&format!("copied {full}:{tag}\n"));
                to.tell_of_push(copy, Some(tag), &operator, now);
            }
            if set.is_empty() {
                to.tell_of_push(copy, None, &operator, now);
            }
        }
        Ok(())
    }

    /// The project to copy into, which is made if there is none, as public as where the copies come from.
    fn destination(&mut self, name: &str, public: bool, now: &Moment) -> u64 {
        if let Some(found) = self.project_named(name) {
            return found;
        }
        let made = self.add_project(name, ADMIN, &now.date);
        if let Some(project) = self.projects.get_mut(&made) {
            project.set("public", if public { "true" } else { "false" });
        }
        made
    }
}
