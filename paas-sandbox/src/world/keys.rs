use super::{Id, Resource, World};
use crate::schema::Role;
use serde_json::{Map, Value, json};

/// Who a request comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Key {
    pub(crate) role: Role,
    /// The account, as the API writes its id: `1a1` is the administrator's.
    pub(crate) account: String,
    /// The environment, if the key is of one.
    pub(crate) project: Option<Id>,
}

/// The id of the administrator's account.
pub(crate) const ADMIN: &str = "1a1";

impl World {
    /// Whose key this pair is. The key of an environment opens nothing while the environment is not active.
    pub(crate) fn authenticate(&self, public: &str, secret: &str) -> Option<Key> {
        let fits = |key: &&Resource| {
            key.state == "active"
                && key.text("publicValue") == Some(public)
                && key.text("secretValue") == Some(secret)
        };
        let key = self.all("apiKey").find(fits)?;
        let account = key.text("accountId")?.to_owned();
        let project = self.schema.named("project").and_then(|kind| self.find(kind, &account));
        if project.is_some_and(|project| project.state != "active") {
            return None;
        }
        let project = project.map(|project| project.id);
        let role = match project {
            Some(_) => Role::Environment,
            None if account == ADMIN => Role::Admin,
            None => Role::Account,
        };
        Some(Key { role, account, project })
    }

    /// A fresh pair of access key and secret key.
    pub(crate) fn key_pair(&mut self) -> (String, String) {
        let public = self.chance.word(20, "0123456789ABCDEF");
        let secret = self.chance.word(40, "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789");
        (public, secret)
    }

    /// The fields of a new key of an account.
    pub(crate) fn key_fields(&mut self, account: &str, fields: Map<String, Value>) -> Map<String, Value> {
        let (public, secret) = self.key_pair();
        let own = json!({"accountId": account, "publicValue": public, "secretValue": secret});
        let mut all = fields;
        all.extend(own.as_object().cloned().unwrap_or_default());
        all
    }

    /// The people who are no administrators: the ids of their accounts, and their names.
    pub(crate) fn people(&self) -> Vec<(String, String)> {
        self.people.iter().map(|(number, name)| (format!("1a{number}"), name.clone())).collect()
    }

    /// Whether an account exists: the administrator's, a person's or an environment's.
    pub(crate) fn is_account(&self, account: &str) -> bool {
        let number = account.strip_prefix("1a").and_then(|number| number.parse::<u64>().ok());
        let project = || self.schema.named("project").and_then(|kind| self.find(kind, account));
        account == ADMIN
            || number.is_some_and(|number| self.people.contains_key(&number))
            || project().is_some_and(Resource::is_live)
    }
}
