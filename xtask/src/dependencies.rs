//! Holds what we depend on against `deny.toml`: licences, banned crates, sources.
//!
//! The same as `cargo deny check licenses bans sources`, for machines without cargo-deny.

use crate::{Result, files, report::Outcome, shell::Shell};
use cargo_metadata::{MetadataCommand, Package};
use serde::Deserialize;
use spdx::{Expression, Licensee, ParseMode};

/// What we read of `deny.toml`.
#[derive(Deserialize)]
struct Rules {
    licenses: Licenses,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

/// Checks every package that any part of the workspace depends on, on any system.
pub(crate) fn check(shell: &Shell) -> Result<Outcome> {
    let rules: Rules = toml::from_str(&files::read(&shell.root.join("deny.toml"))?)
        .map_err(|error| format!("deny.toml: {error}"))?;
    let allowed = licensees(&rules.licenses.allow)?;
    let metadata = MetadataCommand::new()
        .current_dir(&shell.root)
        .other_options(["--all-features".to_owned(), "--locked".to_owned()])
        .exec()?;
    let faults: Vec<String> =
        metadata.packages.iter().flat_map(|package| faults(package, &allowed, &rules.bans.deny)).collect();
    if faults.is_empty() {
        return Ok(Outcome::Passed(format!("{} packages", metadata.packages.len())));
    }
    Err(faults.join("\n").into())
}

fn faults(package: &Package, allowed: &[Licensee], banned: &[Ban]) -> Vec<String> {
    let name = format!("{} {}", package.name, package.version);
    let mut faults = Vec::new();
    match package.license.as_deref() {
        None => faults.push(format!("{name} names no licence")),
        Some(licence) => match is_allowed(licence, allowed) {
            Ok(true) => {}
            Ok(false) => {
                faults.push(format!("{name} is licensed as `{licence}`, which deny.toml does not allow"));
            }
            Err(error) => faults.push(format!("{name}: {error}")),
        },
    }
    if let Some(ban) = banned.iter().find(|ban| ban.name == *package.name) {
        faults.push(format!("{name} is banned: {}", ban.reason));
    }
    if let Some(source) = package.source.as_ref().filter(|source| !source.is_crates_io()) {
        faults.push(format!("{name} comes from {source}, not from the public registry"));
    }
    faults
}

fn licensees(names: &[String]) -> Result<Vec<Licensee>> {
    names
        .iter()
        .map(|name| Licensee::parse(name).map_err(|error| format!("`{name}`: {error}").into()))
        .collect()
}

/// Whether a licence expression can be satisfied with allowed licences alone. Older packages write `/` for `OR`.
fn is_allowed(expression: &str, allowed: &[Licensee]) -> Result<bool> {
    let parsed = Expression::parse_mode(expression, ParseMode::LAX)
        .map_err(|error| format!("`{expression}` is not a licence expression: {}", error.reason))?;
    Ok(parsed.evaluate(|requirement| allowed.iter().any(|licensee| licensee.satisfies(requirement))))
}

#[cfg(test)]
mod tests {
    use super::{is_allowed, licensees};

    #[test]
    fn an_expression_needs_an_allowed_way_through_it() {
        let allowed = licensees(&["MIT".into(), "Apache-2.0".into(), "Unicode-3.0".into()]).unwrap();
        for good in ["MIT", "MIT OR GPL-3.0-only", "MIT/Apache-2.0", "(MIT OR GPL-2.0-only) AND Unicode-3.0"]
        {
            assert!(is_allowed(good, &allowed).unwrap(), "{good}");
        }
        for bad in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "Apache-2.0 WITH LLVM-exception"] {
            assert!(!is_allowed(bad, &allowed).unwrap(), "{bad}");
        }
        assert!(is_allowed("free for all", &allowed).is_err());
    }

    #[test]
    fn a_licence_that_does_not_exist_cannot_be_allowed() {
        assert!(licensees(&["MITT".into()]).is_err());
    }
}
