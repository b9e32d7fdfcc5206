//! Writing a translation.

use super::{
    contents::{NewFile, contents},
    disk::{Disk, RealDisk},
    manifest::Manifest,
    name,
    survey::{ManifestPlace, Obstacle, Survey, folder_of, survey, survey_folder},
    transaction::{Failure, Transaction},
};
use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    release::Release,
};
use paas_tosca::rancher::PartFiles;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// What may be overwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overwrite {
    /// Only files that an earlier translation wrote and nobody changed since.
    #[default]
    OwnOnly,
    /// Any file and link at the places of the translation's files. (Not a folder: its content could be anything.)
    Any,
}

/// What was written. Paths are below [`Written::folder`], with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The folder of the translation.
    pub folder: PathBuf,
    /// Files that were not there before.
    pub created: Vec<String>,
    /// Files that took the place of an older one.
    pub replaced: Vec<String>,
    /// Files that were already as they should be, and were not touched.
    pub unchanged: Vec<String>,
    /// Files of an earlier translation that are no longer part of it.
    pub removed: Vec<String>,
}

/// Writes `release.json`, and for each part a folder with `docker-compose.yml` and `rancher-compose.yml`.
///
/// All files are written or none: if one cannot be, everything is as it was before. A file `.paas-files.json` tells
/// which files are ours, by their check sums. Ours are replaced, and removed when they are no longer part of the
/// translation (because a network is gone); others stop everything, unless [`Overwrite::Any`] is said. Symbolic links
/// below the folder are never followed.
///
/// Several processes can write to one folder: who comes while another is at work is refused. A process that is killed
/// at it leaves `.paas-staging` behind, in which the files are that were being replaced.
///
/// # Errors
/// `file.not_ours` for each file, folder or link in the way; `file.unwritable`.
///
/// ```no_run
/// use paas_sdk::{Limits, Options, Target, files, rancher, translate};
///
/// # fn main() -> Result<(), paas_sdk::Diagnostics> {
/// let source = files::read_template("bank.yaml", &Limits::default())?;
/// if let Some(release) = translate(&source, &Options::default(), &Target::default()).release {
///     let parts = rancher::render(&release);
///     let written = files::write_translation("out", &release, &parts, files::Overwrite::OwnOnly)?;
///     assert!(!written.created.is_empty());
/// }
/// # Ok(())
/// # }
/// ```
pub fn write_translation(
    dir: impl AsRef<Path>,
    release: &Release,
    parts: &[PartFiles],
    overwrite: Overwrite,
) -> Result<Written, Diagnostics> {
    let files = contents(release, parts).map_err(|problem| Diagnostics::from_iter([*problem]))?;
    write(&RealDisk, dir.as_ref(), &files, overwrite)
}

fn write(
    disk: &impl Disk,
    dir: &Path,
    files: &[NewFile],
    overwrite: Overwrite,
) -> Result<Written, Diagnostics> {
    let dir = tidy(dir);
    survey_folder(&dir, overwrite).map_err(|obstacles| in_the_way(&obstacles))?;
    // Nobody else writes here from now on, so what is seen stays true.
    let transaction = Transaction::begin(disk, &dir, overwrite == Overwrite::Any).map_err(unwritable)?;
    let survey = match survey(&dir, files, overwrite) {
        Ok(survey) => survey,
        Err(obstacles) => {
            transaction.abort();
            return Err(in_the_way(&obstacles));
        }
    };
    match manifests(&survey, files) {
        Some(manifests) => change(transaction, &dir, files, &survey, &manifests).map_err(unwritable)?,
        None => transaction.abort(),
    }
    let paths = |indices: &[usize]| {
        indices.iter().filter_map(|index| files.get(*index)).map(|file| file.path.clone()).collect()
    };
    Ok(Written {
        created: paths(&survey.created),
        replaced: paths(&survey.replaced),
        unchanged: paths(&survey.unchanged),
        removed: survey.removed,
        folder: dir,
    })
}

/// Without a slash at the end, which would make the system follow a link.
fn tidy(dir: &Path) -> PathBuf {
    let tidy: PathBuf = dir.components().collect();
    if tidy.as_os_str().is_empty() { PathBuf::from(".") } else { tidy }
}

/// The manifest while files change, and the one after; `None` if there is nothing to do.
fn manifests(survey: &Survey, files: &[NewFile]) -> Option<(Manifest, Manifest)> {
    let mut after = Manifest::default();
    for file in files {
        after.add(&file.path, &file.sum);
    }
    let idle = survey.created.is_empty() && survey.replaced.is_empty() && survey.removed.is_empty();
    (!idle || survey.before != after).then(|| (survey.before.with(&after), after))
}

fn change(
    mut transaction: Transaction<'_, impl Disk>,
    dir: &Path,
    files: &[NewFile],
    survey: &Survey,
    (during, after): &(Manifest, Manifest),
) -> Result<(), Failure> {
    let manifest = dir.join(Manifest::NAME);

    // Everything that takes room comes first.
    let staged_during = transaction.stage(&during.to_bytes())?;
    let staged_after = transaction.stage(&after.to_bytes())?;
    let staged_before = match &survey.manifest {
        ManifestPlace::Manifest(bytes) => Some(transaction.stage(bytes)?),
        ManifestPlace::Nothing | ManifestPlace::Other => None,
    };
    let mut staged = Vec::new();
    for (indices, replaces) in [(&survey.created, false), (&survey.replaced, true)] {
        for file in indices.iter().filter_map(|index| files.get(*index)) {
            staged.push((transaction.stage(&file.bytes)?, dir.join(&file.path), replaces));
        }
    }

    // From here on until the end, the manifest knows the files as they were and as they will be.
    match (&survey.manifest, &staged_before) {
        (_, Some(copy)) => transaction.overwrite(&staged_during, &manifest, copy)?,
        (ManifestPlace::Nothing, None) => transaction.install(&staged_during, &manifest)?,
        (_, None) => {
            transaction.set_aside(&manifest)?;
            transaction.install(&staged_during, &manifest)?;
        }
    }
    for folder in &survey.replaced_folders {
        transaction.set_aside(folder)?;
    }
    for folder in &survey.new_folders {
        transaction.make_folder(folder)?;
    }
    for (staged, path, replaces) in &staged {
        if *replaces {
            transaction.set_aside(path)?;
        }
        transaction.install(staged, path)?;
    }
    for path in &survey.removed {
        transaction.set_aside(&dir.join(path))?;
    }
    // The last step: nothing after it can fail, so a copy of what it moves over is not needed.
    transaction.overwrite(&staged_after, &manifest, &staged_after)?;

    // Folders of networks that are gone, if nothing else is in them.
    let emptied: BTreeSet<_> = survey.removed.iter().filter_map(|path| folder_of(path)).collect();
    transaction.commit(emptied.into_iter().map(|folder| dir.join(folder)));
    Ok(())
}

fn in_the_way(obstacles: &[Obstacle]) -> Diagnostics {
    let last = obstacles.len().saturating_sub(1);
    let each = obstacles.iter().enumerate().map(|(index, Obstacle { path, why })| {
        let problem = Diagnostic::new(Code::FileNotOurs, format!("`{}` {why}", path.display()))
            .at(Place::start_of(name(path)));
        // The same for all, so said once.
        let help = "nothing was written: choose another folder, move away what is there, or say `--force`";
        problem.maybe_help((index == last).then(|| help.to_owned()))
    });
    each.collect()
}

fn unwritable(Failure { path, why, help }: Failure) -> Diagnostics {
    let message = format!("`{}` cannot be written: {why}", path.display());
    Diagnostics::from_iter([Diagnostic::new(Code::FileUnwritable, message).maybe_help(help)])
}

#[cfg(test)]
mod tests;
