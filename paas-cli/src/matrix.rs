//! `paas matrix`.

use crate::{
    Outcome,
    args::{MatrixArgs, MatrixFormat},
    output::{Output, Stream},
};
use paas_sdk::access::{HarborRoles, RancherRoles, Registry, Role, Roles, Widening, matrix};
use serde_json::json;
use std::fmt::{Display, Write as _};

pub(crate) fn run(args: &MatrixArgs, output: &mut Output) -> Outcome {
    let text = match args.format {
        _ if args.page => page(),
        MatrixFormat::Text => text(args.role),
        MatrixFormat::Markdown => matrix::markdown(),
        MatrixFormat::Json => format!("{}\n", json!({ "rows": matrix::rows() })),
    };
    output.print(Stream::Out, &text);
    Outcome::Well
}

/// The table in columns; of one role only what it may.
fn text(role: Option<Role>) -> String {
    let roles = role.map_or(Role::ALL.to_vec(), |role| vec![role]);
    let mut text = format!("{:<18} {:<9}", "kind", "action");
    for role in &roles {
        let _ = write!(text, "  {}", role.title());
    }
    text.push_str("  of the platform, by all\n");
    for row in matrix::rows() {
        if roles.iter().all(|role| row.allowed.extent(*role) == matrix::Extent::None) && role.is_some() {
            continue;
        }
        let _ = write!(text, "{:<18} {:<9}", row.kind.title(), row.action.name());
        for role in &roles {
            let _ =
                write!(text, "  {:<width$}", row.allowed.extent(*role).cell(), width = role.title().len());
        }
        let _ = writeln!(text, "  {}", if row.allowed.shared { "yes" } else { "–" });
    }
    text
}

/// The page `docs/permissions.md`.
fn page() -> String {
    let mut page = String::from(
        "# Who may what\n\n\
         <!-- Made by `cargo xtask generate` from the rules in paas-core/src/access/rules.rs. -->\n\n\
         What the code enforces, as `paas matrix` prints it. Nothing is allowed that is not in the table. A role in one\n\
         tenant never reaches another. How roles come from Keystone, and how to ask: [access.md](access.md).\n\n\
         ## Roles\n\n| role | name | where | what |\n| --- | --- | --- | --- |\n",
    );
    for role in Role::ALL {
        let place = if role.is_platform_wide() { "the platform" } else { "a tenant" };
        let _ = writeln!(page, "| {} | `{role}` | {place} | {} |", role.title(), role.meaning());
    }
    page.push_str(
        "\n## The matrix\n\n`yes`: in the tenant of the role, and for roles for the platform everywhere. `own`: in the image \
         namespaces of the tenant that\nthe user belongs to. The last column is of what no tenant owns: whether whoever has \
         a role in some tenant may.\n\n",
    );
    page.push_str(&matrix::markdown());
    page.push_str(
        "\n## In the backends\n\nWhich role the members of a tenant have there unless a configuration says otherwise. \
         Platform administrators are\nadministrators of the backends, and members nowhere.\n\n\
         | role | Rancher environment | Harbor project, test | Harbor project, production |\n| --- | --- | --- | --- |\n",
    );
    let (rancher, test, production) =
        (RancherRoles::default(), HarborRoles::of(Registry::Test), HarborRoles::of(Registry::Production));
    for role in Role::OF_TENANTS {
        let only: Roles = [*role].into_iter().collect();
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} |",
            role.title(),
            cell(rancher.for_roles(only)),
            cell(test.for_roles(only)),
            cell(production.for_roles(only)),
        );
    }
    page.push_str(
        "\nWhat they may there although they may not here. A map that widens anything else is refused.\n\n\
         | role | may | where | why that is accepted |\n| --- | --- | --- | --- |\n",
    );
    for (place, widenings) in [
        ("Rancher", &rancher.widenings),
        ("Harbor, test", &test.widenings),
        ("Harbor, production", &production.widenings),
    ] {
        for Widening { role, action, kind, reason } in widenings {
            let _ = writeln!(page, "| {} | {action} {} | {place} | {reason} |", role.title(), kind.title());
        }
    }
    page
}

fn cell(role: Option<impl Display>) -> String {
    role.map_or_else(|| "–".to_owned(), |role| format!("`{role}`"))
}
