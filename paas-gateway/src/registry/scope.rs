//! What a client asks for: `repository:team-a/shop:pull,push`.

use super::ask::Refusal;

/// More than any client asks for at once.
const MOST_SCOPES: usize = 32;
/// There are three.
const MOST_ACTIONS: usize = 16;
/// What a registry takes as a name has 255 bytes at most.
const LONGEST: usize = 512;

/// One resource that is asked for, and what is to be done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scope {
    /// `repository`, `registry`, or what else there may be.
    pub(super) kind: String,
    /// In `repository(plugin)`: `plugin`.
    pub(super) class: Option<String>,
    pub(super) name: String,
    pub(super) actions: Vec<String>,
}

/// Reads scopes: several in one text stand apart by spaces. Each resource once, with all that is asked of it.
pub(super) fn parse<'a>(texts: impl Iterator<Item = &'a str>) -> Result<Vec<Scope>, Refusal> {
    let mut scopes: Vec<Scope> = Vec::new();
    for text in texts.flat_map(|text| text.split(' ')).filter(|text| !text.is_empty()) {
        let scope = one(text)
            .ok_or(Refusal::Malformed("a scope is `type:name:action`, with commas between actions"))?;
        let is_full = scopes.len() == MOST_SCOPES;
        let is_same = |other: &&mut Scope| {
            (&other.kind, &other.class, &other.name) == (&scope.kind, &scope.class, &scope.name)
        };
        match scopes.iter_mut().find(is_same) {
            Some(same) => {
                let new: Vec<String> =
                    scope.actions.into_iter().filter(|action| !same.actions.contains(action)).collect();
                same.actions.extend(new);
            }
            None if is_full => return Err(Refusal::Malformed("there are too many scopes")),
            None => scopes.push(scope),
        }
    }
    if scopes.iter().any(|scope| scope.actions.len() > MOST_ACTIONS) {
        return Err(Refusal::Malformed("there are too many actions in a scope"));
    }
    Ok(scopes)
}

/// A name may have colons of its own: with the host and port of a registry.
fn one(text: &str) -> Option<Scope> {
    let (kind, rest) = text.split_once(':')?;
    let (name, actions) = rest.rsplit_once(':')?;
    let (kind, class) = match kind.split_once('(') {
        Some((kind, class)) => (kind, Some(class.strip_suffix(')')?.to_owned())),
        None => (kind, None),
    };
    if kind.is_empty() || name.is_empty() || text.len() > LONGEST {
        return None;
    }
    let mut scope = Scope { kind: kind.to_owned(), class, name: name.to_owned(), actions: Vec::new() };
    for action in actions.split(',').filter(|action| !action.is_empty()) {
        if !scope.actions.iter().any(|known| known == action) {
            scope.actions.push(action.to_owned());
        }
    }
    Some(scope)
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn read(texts: &[&str]) -> Option<Vec<String>> {
        let scopes = parse(texts.iter().copied()).ok()?;
        let show = |scope: &super::Scope| {
            format!("{} {:?} {} {}", scope.kind, scope.class.as_deref(), scope.name, scope.actions.join("+"))
        };
        Some(scopes.iter().map(show).collect())
    }

    #[test]
    fn scopes_are_read_as_clients_write_them() {
        for (texts, expected) in [
            (&["repository:team-a/img:pull,push"][..], &["repository None team-a/img pull+push"][..]),
            (&["repository(plugin):a/b:pull"], &["repository Some(\"plugin\") a/b pull"]),
            (&["registry:catalog:*"], &["registry None catalog *"]),
            (
                &["repository:a/b:pull,push repository:c/d:pull"],
                &["repository None a/b pull+push", "repository None c/d pull"],
            ),
            (&["repository:a/b:pull", "repository:a/b:push,pull"], &["repository None a/b pull+push"]),
            (&["repository:host:5000/a/b:pull"], &["repository None host:5000/a/b pull"]),
            (&["", " "], &[]),
            (&["repository:a/b:"], &["repository None a/b "]),
        ] {
            assert_eq!(read(texts).unwrap(), expected, "{texts:?}");
        }
        for wrong in ["repository", "repository:a", ":a:pull", "repository::pull", "repository(x:a/b:pull"] {
            assert_eq!(read(&[wrong]), None, "{wrong}");
        }
    }

    #[test]
    fn scopes_are_bounded() {
        let many = |count: usize| (0..count).map(|n| format!("repository:a/b{n}:pull ")).collect::<String>();
        assert_eq!(read(&[&many(32)]).unwrap().len(), 32);
        assert_eq!(read(&[&many(33)]), None);
        let actions = (0..17).map(|n| format!("a{n}")).collect::<Vec<_>>().join(",");
        assert_eq!(read(&[&format!("repository:a/b:{actions}")]), None);
        assert_eq!(read(&[&format!("repository:{}:pull", "a".repeat(600))]), None);
    }
}
