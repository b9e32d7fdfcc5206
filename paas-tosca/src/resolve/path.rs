//! Paths of imports.

use super::Refusal;

/// The path of a file that another imports, from the root of both: with `/`, without `.`, `..` and empty steps.
///
/// `from` is the path of the importing file. An absolute one counts as a file at the root; one at a URL has no path here,
/// so that a file from elsewhere cannot ask for files of this place.
///
/// ```
/// use paas_tosca::resolve::normalize;
///
/// assert_eq!(normalize("shops/books.yaml", "../types/./net.yaml").unwrap(), "types/net.yaml");
/// for outside in ["../../etc/passwd", "/etc/passwd", "C:\\types.yaml", "..\\types.yaml", "file:///etc/passwd"] {
///     assert!(normalize("shops/books.yaml", outside).is_err());
/// }
/// ```
///
/// # Errors
/// When the path is absolute, leads above the root, or is none: a URL, a path of another system, nothing at all. When the
/// importing file is at a URL.
pub fn normalize(from: &str, file: &str) -> Result<String, Refusal> {
    check(file)?;
    if is_url(from) {
        return Err(Refusal::unknown(
            "the importing file is at a URL, and what it imports is beside it there",
        ));
    }
    let mut steps: Vec<&str> = Vec::new();
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    if check(from).is_ok() {
        walk(&mut steps, folder).map_or_else(|| steps.clear(), |()| {});
    }
    walk(&mut steps, file).ok_or_else(|| {
        Refusal::not_allowed("it leads out of the folder of the template")
            .help("put the file into that folder, or below it")
    })?;
    if steps.is_empty()
        || file.ends_with(['/'])
        || file.ends_with("/.")
        || file.ends_with("/..")
        || file == "."
    {
        return Err(Refusal::unreadable("it is a folder").help("name a file in it"));
    }
    Ok(steps.join("/"))
}

fn is_url(from: &str) -> bool {
    let begins = |scheme: &str| from.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
    begins("http://") || begins("https://")
}

fn walk<'s>(steps: &mut Vec<&'s str>, path: &'s str) -> Option<()> {
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = steps.pop()?,
            step => steps.push(step),
        }
    }
    Some(())
}

/// Whether it is a relative path, whatever the system.
fn check(file: &str) -> Result<(), Refusal> {
    let relative = "give a path from the folder of the importing file, with `/`";
    if file.is_empty() {
        return Err(Refusal::unreadable("there is no name"));
    }
    if file.starts_with('/') || file.starts_with('~') {
        return Err(Refusal::not_allowed("it is an absolute path").help(relative));
    }
    if file.contains('\\') {
        return Err(Refusal::not_allowed("it has a backslash").help(relative));
    }
    if let Some((before, _)) = file.split_once(':')
        && !before.contains('/')
    {
        if before.len() == 1 {
            return Err(Refusal::not_allowed("it begins with the letter of a drive").help(relative));
        }
        let why = format!("no addresses that begin with `{before}:` are allowed here");
        return Err(Refusal::unknown(why).help(relative));
    }
    if file.chars().any(char::is_control) {
        return Err(Refusal::not_allowed("it has a control character").help(relative));
    }
    Ok(())
}
