//! Reading the values of secret inputs.

use super::reason;
use paas_core::diagnostic::{Code, Diagnostic, Diagnostics};
use paas_platform::Secrets;
use std::{
    collections::BTreeMap,
    fs::{self, File, Metadata},
    io::Read,
    path::Path,
};
use zeroize::Zeroizing;

/// The most that a file of secrets can be long, in bytes: hundreds of passwords.
const LARGEST: u64 = 64 << 10;

/// Reads secrets from a file: lines `NAME=VALUE`, each with the name of an input. The value is all that stands after the
/// sign, quotes and blanks too. Empty lines, and lines that begin with `#`, say nothing.
///
/// On Unix the file must be readable by its owner only (0600). What is in it stands in no message.
///
/// # Errors
/// `file.unreadable`, with the line that is wrong, if one is.
///
/// ```
/// use paas_sdk::files;
///
/// let problems = files::read_secrets("no/such.env").unwrap_err();
/// let problem = problems.iter().next().unwrap();
/// assert_eq!(problem.message, "`no/such.env` cannot be read: no such file or directory");
/// ```
pub fn read_secrets(path: impl AsRef<Path>) -> Result<Secrets, Diagnostics> {
    read(path.as_ref()).map_err(|problem| Diagnostics::from_iter([*problem]))
}

fn read(path: &Path) -> Result<Secrets, Box<Diagnostic>> {
    let unreadable = |why: &str| Box::new(unreadable(path, why));
    let failed = |error| unreadable(&reason(&error));
    // Asked before the file is opened, since opening a pipe waits for somebody to write; and again of what was opened.
    examine(path, &fs::metadata(path).map_err(failed)?)?;
    let file = File::open(path).map_err(failed)?;
    examine(path, &file.metadata().map_err(failed)?)?;
    // Large enough from the beginning, so that no copy is left where it grew.
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(LARGEST).unwrap_or_default() + 1));
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(unreadable("it is larger than any file of secrets"));
    }
    let text = str::from_utf8(&bytes).map_err(|_| unreadable("it is not UTF-8"))?;
    parse(text).map_err(|why| {
        Box::new(self::unreadable(path, &why).help("write one line `NAME=VALUE` for each secret input"))
    })
}

fn examine(path: &Path, metadata: &Metadata) -> Result<(), Box<Diagnostic>> {
    if !metadata.is_file() {
        return Err(Box::new(unreadable(path, "it is not a regular file")));
    }
    if let Some(mode) = open_to_others(metadata) {
        let why = format!("others than its owner may open it (mode {mode:04o})");
        return Err(Box::new(
            unreadable(path, &why).help(format!("make it its owner's alone: chmod 600 {}", path.display())),
        ));
    }
    Ok(())
}

/// The lines; or what is wrong with the first one that is, without a word of it.
fn parse(text: &str) -> Result<Secrets, String> {
    let mut secrets: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let (name, value) =
            line.split_once('=').ok_or_else(|| format!("its line {number} is not `NAME=VALUE`"))?;
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err(format!("its line {number} does not begin with the name of an input and `=`"));
        }
        if value.is_empty() {
            return Err(format!("its line {number} has no value after the `=`"));
        }
        if let Some((first, _)) = secrets.insert(name, (number, value)) {
            return Err(format!("its lines {first} and {number} give the same name"));
        }
    }
    Ok(secrets.into_iter().map(|(name, (_, value))| (name, value)).collect())
}

fn unreadable(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::new(Code::FileUnreadable, format!("`{}` cannot be read: {why}", path.display()))
}

/// The mode of a file that others than its owner can read or write.
#[cfg(unix)]
fn open_to_others(metadata: &Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn open_to_others(_: &Metadata) -> Option<u32> {
    None
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// What must stand in no message.
    const CANARY: &str = "canary-1f9c";

    fn read_as(text: &str, mode: u32) -> Result<Secrets, String> {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("secrets.env");
        fs::write(&path, text).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
        read_secrets(&path).map_err(|problems| {
            assert_eq!(problems.len(), 1);
            let problem = problems.iter().next().expect("one");
            assert_eq!(problem.code, Code::FileUnreadable);
            let said = format!("{problem:?}");
            assert!(!said.contains(CANARY), "{said}");
            problem.message.clone()
        })
    }

    #[test]
    fn reads_names_and_values_as_they_stand() {
        let secrets = read_as("# two\n\npassword= a='b' \r\ncard_api_key=x\n", 0o600).expect("read");
        assert_eq!(format!("{secrets:?}"), r#"Secrets["card_api_key", "password"]"#);
        assert_eq!(format!("{:?}", read_as("", 0o400).expect("read")), "Secrets[]");
    }

    #[test]
    fn says_which_line_is_wrong_and_not_what_is_in_it() {
        for (text, why) in [
            (format!("a=1\n{CANARY}\n"), "its line 2 is not `NAME=VALUE`"),
            (format!("={CANARY}\n"), "its line 1 does not begin with the name of an input and `=`"),
            (format!("export {CANARY}=1\n"), "its line 1 does not begin with the name of an input and `=`"),
            (format!("{CANARY}=\n"), "its line 1 has no value after the `=`"),
            (format!("{CANARY}=1\n\n{CANARY}=2\n"), "its lines 1 and 3 give the same name"),
            ("a=\u{1}\n".repeat(20_000), "it is larger than any file of secrets"),
        ] {
            let message = read_as(&text, 0o600).expect_err("refused");
            assert!(message.ends_with(&format!("cannot be read: {why}")), "{message}");
        }
    }

    #[test]
    fn refuses_what_others_can_open() {
        for mode in [0o644, 0o640, 0o602, 0o610] {
            let message = read_as(&format!("a={CANARY}\n"), mode).expect_err("refused");
            let why = format!("others than its owner may open it (mode {mode:04o})");
            assert!(message.ends_with(&why), "{message}");
        }
    }

    #[test]
    fn refuses_what_is_no_file() {
        for path in ["/dev/null", "/"] {
            let problems = read_secrets(path).expect_err("refused");
            let message = &problems.iter().next().expect("one").message;
            assert!(message.ends_with("it is not a regular file"), "{message}");
        }
    }
}
