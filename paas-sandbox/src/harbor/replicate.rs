use super::{
    Registry,
    executions::{FAILED, Item, SUCCEED, Task},
    moment::Moment,
    policies::Policy,
    registry::ADMIN,
    rights::{Caller, Right},
};

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
        let caller = self
            .targets
            .get(policy.remote)
            .map(|target| Caller::logged_in(self, &target.access_key, &target.access_secret));
        let caller = caller.ok_or_else(|| "the registry is gone".to_owned())?;
        let gone = |name: &str| format!("{name} not found");
        let (project, name) = task.source.split_once('/').ok_or_else(|| gone(&task.source))?;
        let source = self.project_named(project).ok_or_else(|| gone(project))?;
        if !policy.is_push && !caller.may(self, source, Right("repository", "pull")) {
            return Err("unauthorized to pull".to_owned());
        }
        let repository = self.repository_named(source, name).ok_or_else(|| gone(&task.source))?;
        let wrong = || "the destination namespace flattening level is too large".to_owned();
        let full = task.destination.clone().ok_or_else(wrong)?;
        let (project, name) = full.split_once('/').ok_or_else(wrong)?;
        let destination = self.destination(project, source, now);
        if policy.is_push && !caller.may(self, destination, Right("repository", "push")) {
            return Err("unauthorized to push".to_owned());
        }
        let operator = if policy.is_push { caller.name(self) } else { "admin".to_owned() };
        for Item { digest, tags } in task.items.clone() {
            let Some(id) = self.artifact(repository, &digest) else {
                // It was deleted meanwhile.
                task.log.push_str(&format!("the artifact {digest} is gone, skip\n"));
                continue;
            };
            let Some(artifact) = self.artifacts.get(id).cloned() else { continue };
            let target = self.ensure_repository(destination, name, now);
            let is_new = self.artifact(target, &digest).is_none();
            let mut set = Vec::new();
            for tag in tags {
                let there = self.artifact(target, &tag).and_then(|id| self.artifacts.get(id));
                match there.map(|there| there.digest == digest) {
                    Some(true) => task.log.push_str(&format!("{full}:{tag} already exists, skip\n")),
                    Some(false) if !policy.overrides => task.log.push_str(&format!(
                        "[WARNING] the same name image {full}:{tag} exists, but the digest is different and the override is false, skip\n"
                    )),
                    _ => set.push(tag),
                }
            }
            if set.is_empty() && !(is_new && artifact.tags.is_empty()) {
                continue;
            }
            let copy = self.copy_content(&artifact, id, target, now);
            for tag in &set {
                self.set_tag(copy, tag, now).map_err(|error| error.message().to_owned())?;
                task.log.push_str(&format!("copied {full}:{tag}\n"));
                self.tell_of_push(copy, Some(tag), &operator, now);
            }
            if set.is_empty() {
                self.tell_of_push(copy, None, &operator, now);
            }
        }
        Ok(())
    }

    /// The project to copy into, which is made if there is none, as public as where the copies come from.
    fn destination(&mut self, name: &str, source: u64, now: &Moment) -> u64 {
        if let Some(found) = self.project_named(name) {
            return found;
        }
        let public = self.projects.get(&source).is_some_and(super::project::Project::is_public);
        let made = self.add_project(name, ADMIN, &now.date);
        if let Some(project) = self.projects.get_mut(&made) {
            project.set("public", if public { "true" } else { "false" });
        }
        made
    }
}
