//! Who logs in, as a registry's client says it: with a user name and a password, always.

use base64::{Engine, engine::general_purpose::STANDARD};
use paas_client::{
    ExposeSecret, SecretString,
    keystone::{ApplicationCredentialKey, AuthToken, DomainKey, Login, ScopeRequest, UserKey},
};
use sha2::{Digest as _, Sha256};

/// The user name under which the password is a token of Keystone.
const TOKEN: &str = "$token";
/// How a user name begins under which the password is the secret of an application credential; its id follows.
const APPLICATION_CREDENTIAL: &str = "$appcred+";
/// More than passwords have, and than tokens of Keystone have.
const LONGEST: usize = 8 << 10;
/// More than a name and a domain have in Keystone: 255 characters each.
const LONGEST_USER: usize = 1_024;

/// How a user name says its domain of Keystone.
///
/// ```
/// use paas_client::keystone::DomainKey;
/// use paas_gateway::registry::UserNames;
///
/// let names = UserNames::plain(DomainKey::Name("bank".to_owned())).with_domain_after_at();
/// # let _ = names;
/// ```
#[derive(Debug, Clone)]
pub struct UserNames {
    domain: DomainKey,
    syntax: Syntax,
}

#[derive(Debug, Clone, Copy)]
enum Syntax {
    Plain,
    At,
    Slash,
}

impl UserNames {
    /// All users are in this domain.
    #[must_use]
    pub const fn plain(domain: DomainKey) -> Self {
        Self { domain, syntax: Syntax::Plain }
    }

    /// `anna@bank` is `anna` of the domain `bank`: what follows the last `@`. Without one, the domain is the usual one.
    #[must_use]
    pub fn with_domain_after_at(mut self) -> Self {
        self.syntax = Syntax::At;
        self
    }

    /// `bank/anna` is `anna` of the domain `bank`: what comes before the first slash. Without one, the domain is the
    /// usual one.
    #[must_use]
    pub fn with_domain_before_slash(mut self) -> Self {
        self.syntax = Syntax::Slash;
        self
    }

    fn read(&self, text: &str) -> Option<UserKey> {
        let parts = match self.syntax {
            Syntax::Plain => None,
            Syntax::At => text.rsplit_once('@'),
            Syntax::Slash => text.split_once('/').map(|(domain, name)| (name, domain)),
        };
        let (name, domain) = match parts {
            Some((name, domain)) => (name, DomainKey::Name(domain.to_owned())),
            None => (text, self.domain.clone()),
        };
        let is_named = !name.is_empty() && domain != DomainKey::Name(String::new());
        is_named.then(|| UserKey::Name { name: name.to_owned(), domain })
    }
}

/// The users of the domain `Default`.
impl Default for UserNames {
    fn default() -> Self {
        Self::plain(DomainKey::Name("Default".to_owned()))
    }
}

/// Who logs in, and with what. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub(super) struct Credentials {
    /// The user name as it was sent: what failed logins are counted by.
    pub(super) account: String,
    pub(super) method: Method,
}

#[derive(Debug, Clone)]
pub(super) enum Method {
    /// The login has no scope yet.
    Password(Login),
    /// The login has its scope.
    ApplicationCredential(Login),
    Token(AuthToken),
}

impl Credentials {
    /// Of a header `Authorization: Basic …`; `None` if it is another, or says nobody.
    pub(super) fn of_header(header: &[u8], names: &UserNames) -> Option<Self> {
        let text = std::str::from_utf8(header).ok().filter(|text| text.len() <= 2 * LONGEST)?;
        let (scheme, encoded) = text.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let decoded = STANDARD.decode(encoded.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok())?;
        let decoded = SecretString::from(decoded);
        let (user, password) = decoded.expose_secret().split_once(':')?;
        Self::new(user, SecretString::from(password), names)
    }

    pub(super) fn new(user: &str, password: SecretString, names: &UserNames) -> Option<Self> {
        let is_within = |text: &str, longest: usize| !text.is_empty() && text.len() <= longest;
        let is_plausible = is_within(user, LONGEST_USER) && is_within(password.expose_secret(), LONGEST);
        if !is_plausible || user.chars().any(char::is_control) {
            return None;
        }
        let method = if user == TOKEN {
            Method::Token(password.expose_secret().parse().ok()?)
        } else if let Some(id) = user.strip_prefix(APPLICATION_CREDENTIAL).filter(|id| !id.is_empty()) {
            let key = ApplicationCredentialKey::Id(id.to_owned());
            Method::ApplicationCredential(Login::application_credential(key, password))
        } else if user.starts_with('$') {
            return None;
        } else {
            Method::Password(Login::password(names.read(user)?, password).scope(ScopeRequest::Unscoped))
        };
        // As Keystone's directories mostly compare names; and each token is an account of its own.
        let account = match &method {
            Method::Token(token) => {
                let digest = Sha256::digest(token.expose_secret().as_bytes());
                format!("{TOKEN} {}", STANDARD.encode(digest))
            }
            _ => user.trim().to_lowercase(),
        };
        Some(Self { account, method })
    }
}

#[cfg(test)]
mod tests {
    use super::{Credentials, Method, UserNames};
    use base64::{Engine, engine::general_purpose::STANDARD};

    fn read(user_and_password: &str, names: &UserNames) -> Option<String> {
        let header = format!("bAsIc {}", STANDARD.encode(user_and_password));
        let credentials = Credentials::of_header(header.as_bytes(), names)?;
        Some(match credentials.method {
            Method::Password(login) => format!("{login:?}"),
            Method::ApplicationCredential(login) => format!("{login:?}"),
            Method::Token(_) => "token".to_owned(),
        })
    }

    #[test]
    fn user_names_say_how_somebody_logs_in() {
        let plain = UserNames::default();
        let (at, slash) = (plain.clone().with_domain_after_at(), plain.clone().with_domain_before_slash());
        for (names, text, expected) in [
            (&plain, "anna@bank:pw", r#"name: "anna@bank", domain: Name("Default")"#),
            (&at, "anna@bank.test@bank:pw", r#"name: "anna@bank.test", domain: Name("bank")"#),
            (&at, "anna:p:w", r#"name: "anna", domain: Name("Default")"#),
            (&slash, "bank/anna:pw", r#"name: "anna", domain: Name("bank")"#),
            (&slash, "anna:pw", r#"name: "anna", domain: Name("Default")"#),
            (&plain, "$appcred+a1:pw", r#"Id("a1")"#),
            (&plain, "$token:gAAAAAB-x", "token"),
        ] {
            let read = read(text, names).unwrap();
            assert!(read.contains(expected), "{text}: {read}");
        }
    }

    #[test]
    fn what_says_nobody_is_nobody() {
        let at = UserNames::default().with_domain_after_at();
        let long = format!("anna:{}", "x".repeat(9_000));
        for text in
            ["anna", "anna:", ":pw", "@bank:pw", "anna@:pw", "$appcred+:pw", "$other:pw", "a\nb:pw", &long]
        {
            assert_eq!(read(text, &at), None, "{text}");
        }
        for header in ["", "Basic", "Basic !!!", "Bearer YTpi", "Basic /////w=="] {
            assert!(Credentials::of_header(header.as_bytes(), &at).is_none(), "{header}");
        }
    }

    #[test]
    fn no_secret_is_shown() {
        for user in ["anna", "$token", "$appcred+a1"] {
            let header = format!("Basic {}", STANDARD.encode(format!("{user}:canary")));
            let credentials = Credentials::of_header(header.as_bytes(), &UserNames::default()).unwrap();
            assert!(!format!("{credentials:?}").contains("canary"), "{user}");
        }
    }
}
