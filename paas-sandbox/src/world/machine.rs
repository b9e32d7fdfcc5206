//! The state machines: which process leads from which state through which to which.

/// One process of a kind of resource, such as the activation of a service.
#[derive(Debug)]
pub(crate) struct Process {
    machine: &'static str,
    pub(crate) name: &'static str,
    steps: &'static [Step],
}

/// From a state, through another, to a third.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    from: &'static str,
    pub(crate) via: &'static str,
    pub(crate) to: &'static str,
}

impl Process {
    /// The step of this process that begins in a state.
    pub(crate) fn step(&self, state: &str) -> Option<Step> {
        self.steps.iter().copied().find(|step| step.from == state)
    }
}

pub(crate) fn process(machine: &str, name: &str) -> Option<&'static Process> {
    PROCESSES.iter().find(|process| process.machine == machine && process.name == name)
}

/// Whether a resource in this state is on its way to another.
pub(crate) fn is_transitioning(machine: &str, state: &str) -> bool {
    let processes = PROCESSES.iter().filter(|process| process.machine == machine);
    processes.flat_map(|process| process.steps).any(|step| step.via == state)
}

macro_rules! processes {
    ($($machine:literal { $($name:literal: $($($from:literal)|+ => $via:literal => $to:literal),+;)+ })+) => {
        &[$($(Process {
            machine: $machine,
            name: $name,
            steps: &[$($(Step { from: $from, via: $via, to: $to }),+),+],
        },)+)+]
    };
}

const PROCESSES: &[Process] = processes! {
    "default" {
        "create": "requested" => "registering" => "inactive";
        "activate": "inactive" | "registering" => "activating" => "active";
        "deactivate": "requested" | "registering" | "active" | "activating" | "updating-active" | "updating-inactive"
            => "deactivating" => "inactive";
        "update": "inactive" => "updating-inactive" => "inactive", "active" => "updating-active" => "active";
        "remove": "requested" | "inactive" | "registering" | "updating-active" | "updating-inactive"
            => "removing" => "removed";
        "purge": "removed" => "purging" => "purged";
    }
    "stack" {
        "create": "requested" => "activating" => "active";
        "update": "active" => "updating-active" => "active";
        "error": "activating" => "erroring" => "error";
        "remove": "requested" | "active" | "activating" | "updating-active" | "error" | "erroring"
            => "removing" => "removed";
    }
    "service" {
        "create": "requested" => "registering" => "inactive";
        "activate": "inactive" => "activating" => "active";
        "update": "inactive" => "updating-inactive" => "inactive",
            "active" | "updating-active" => "updating-active" => "active",
            "activating" => "activating" => "active";
        "deactivate": "active" | "activating" | "updating-inactive" | "updating-active" => "deactivating" => "inactive";
        "remove": "requested" | "registering" | "inactive" | "active" | "activating" | "updating-inactive"
            | "updating-active" | "deactivating" => "removing" => "removed";
    }
    "volume" {
        "create": "requested" => "registering" => "inactive";
        "activate": "inactive" | "registering" | "detached" => "activating" => "active";
        "deactivate": "active" => "deactivating" => "detached", "activating" => "deactivating" => "inactive";
        "update": "inactive" => "updating-inactive" => "inactive", "active" => "updating-active" => "active";
        "remove": "requested" | "inactive" | "detached" | "deactivating" | "registering" | "updating-active"
            | "updating-inactive" => "removing" => "removed";
    }
    "certificate" {
        "create": "requested" => "activating" => "active";
        "update": "active" => "updating-active" => "active";
        "remove": "requested" | "active" | "activating" => "removing" => "removed";
    }
    "instance" {
        "start": "requested" | "stopped" => "starting" => "running";
        "stop": "running" | "starting" => "stopping" => "stopped";
        "remove": "requested" | "starting" | "running" | "stopped" => "removing" => "removed";
    }
    "consume" {
        "create": "requested" => "activating" => "active";
        "remove": "active" => "removing" => "removed";
    }
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_state_begins_two_steps_of_one_process() {
        for process in PROCESSES {
            let mut seen = std::collections::BTreeSet::new();
            for step in process.steps {
                assert!(seen.insert(step.from), "{} {} from {}", process.machine, process.name, step.from);
            }
        }
    }

    #[test]
    fn each_process_ends_where_no_step_is_under_way() {
        for process in PROCESSES {
            for step in process.steps {
                assert!(!is_transitioning(process.machine, step.to), "{} {}", process.machine, process.name);
            }
        }
    }
}
