use super::{Id, World, agenda::Event, machine};
use crate::api::ApiError;

impl World {
    /// Begins a process of a resource; a conflict if its state does not allow it.
    pub(crate) fn begin(&mut self, id: Id, process: &str) -> Result<(), ApiError> {
        let resource = self.resources.get_mut(&id).ok_or_else(ApiError::not_found)?;
        let step =
            machine::process(resource.kind.machine, process).and_then(|process| process.step(resource.state));
        let step = step.ok_or_else(ApiError::conflict)?;
        resource.state = step.via;
        resource.turn += 1;
        resource.failed = false;
        resource.message = None;
        let turn = resource.turn;
        let end = Event::End { id, turn, to: step.to };
        let latency = self.latencies.step;
        match (id.family, process) {
            ("service", "activate") => self.activate_service(id, end),
            ("service", "update") if step.via != "updating-inactive" => self.activate_service(id, end),
            ("service", "deactivate" | "remove") => {
                self.leave_service(id, process);
                self.later(latency, end);
            }
            ("stack", "create") => self.create_stack(id, end),
            ("stack", "remove") => self.remove_stack(id),
            ("container", "start") => {
                self.later(self.latencies.container_start, Event::Start { container: id });
            }
            _ => self.later(latency, end),
        }
        Ok(())
    }

    /// Begins a process if the state allows it.
    pub(super) fn try_begin(&mut self, id: Id, process: &str) {
        // A refusal means that the resource is on another way already, which is fine here.
        let _ = self.begin(id, process);
    }

    /// Ends a process: the resource is in its new state, and what follows from that begins.
    pub(super) fn end(&mut self, id: Id, to: &'static str) {
        let now = self.now;
        let Some(resource) = self.resources.get_mut(&id) else { return };
        let from = resource.state;
        resource.state = to;
        resource.turn += 1;
        if to == "removed" {
            resource.removed = Some(now);
        }
        let (machine, doomed, starts) =
            (resource.kind.machine, resource.doomed, resource.flag("startOnCreate"));
        match (machine, to) {
            ("default", "inactive") if from == "registering" => self.try_begin(id, "activate"),
            ("default", "inactive") if doomed => self.try_begin(id, "remove"),
            ("service", "inactive") if from == "registering" && starts => self.try_begin(id, "activate"),
            ("instance", "removed") => self.release_volumes(id),
            ("service", "removed") => self.forget_links(id),
            ("default", "removed") if id.family == "project" => self.purge_project(id),
            _ => {}
        }
        if machine == "service" {
            if from == "registering" {
                self.later(self.latencies.step, Event::Reconcile { service: id });
            }
            self.stack_goes_on(id);
        }
    }

    /// Lets a resource fail, with a message.
    pub(super) fn fail(&mut self, id: Id, process: &str, message: String) {
        self.try_begin(id, process);
        if let Some(resource) = self.get_mut(id) {
            resource.failed = true;
            resource.message = Some(message);
        }
    }
}
