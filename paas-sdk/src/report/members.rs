//! Members of environments and Harbor projects as text.

use super::printable;
use paas_core::access::membership::{EnvironmentChange, ProjectChange};
use paas_platform::MembersReport;
use std::fmt::Write as _;

/// What becomes of a tenant's members, or became: place by place, then what somebody should look at, then what failed.
/// The names of environments are their ids.
pub fn members(report: &MembersReport) -> String {
    let mut text = String::new();
    let tenant = printable(&report.tenant);
    let state = match &report.frozen {
        Some(_) => ": its project is disabled or gone in Keystone, so nobody of it is to be a member",
        None if report.plan.is_empty() => ": all members are as Keystone says",
        None => "",
    };
    let _ = writeln!(text, "{tenant}{state}");
    for environment in &report.plan.environments {
        let _ = writeln!(text, "environment {}", printable(&environment.environment));
        for change in &environment.changes {
            let _ = writeln!(text, "  {}", printable(&in_environment(change)));
        }
    }
    for project in &report.plan.projects {
        let _ = writeln!(text, "{} registry, {}", project.registry, printable(&project.project));
        for change in &project.changes {
            let _ = writeln!(text, "  {}", printable(&in_project(change)));
        }
    }
    for finding in &report.plan.findings {
        let _ = writeln!(text, "look at: {}", printable(&finding.to_string()));
    }
    for failure in &report.failures {
        let (code, place) = (printable(&failure.code), failure.place.to_string());
        let _ = writeln!(text, "error[{code}]: {}: {}", printable(&place), printable(&failure.message));
    }
    text
}

fn in_environment(change: &EnvironmentChange) -> String {
    match change {
        EnvironmentChange::Add { identity, role } => format!("+ {identity}: {role}"),
        EnvironmentChange::Change { identity, from, to } => format!("~ {identity}: {from} → {to}"),
        EnvironmentChange::Remove { identity, role } => format!("- {identity}: {role}"),
        other => format!("{other:?}"),
    }
}

fn in_project(change: &ProjectChange) -> String {
    match change {
        ProjectChange::Add { name, role } => format!("+ {name}: {role}"),
        ProjectChange::Change { name, from, to, .. } => format!("~ {name}: role {from} → {to}"),
        ProjectChange::Remove { name, role_id, .. } => format!("- {name}: role {role_id}"),
        other => format!("{other:?}"),
    }
}
