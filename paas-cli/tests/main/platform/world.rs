//! A folder with a template, a tenant, secrets and credentials, and a sandbox with what they need.

use crate::scratch::{Ran, Scratch};
use paas_sandbox::{Latencies, Sandbox};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Stdio},
};

/// What must never be seen: the values of the bank's secrets.
pub(super) const SECRETS: [(&str, &str); 2] =
    [("database_password", "canary-pw-7f3a91"), ("card_api_key", "canary-key-e05b2c")];

/// How `--tenant` names the bank's tenant.
pub(super) const MERIDIAN: &[&str] = &["--tenant", "meridian"];

pub(super) struct World {
    pub(super) scratch: Scratch,
    pub(super) sandbox: Sandbox,
}

impl World {
    /// With the bank, where everything happens at once.
    pub(super) fn bank() -> Self {
        let sandbox = Sandbox::builder().latencies(Latencies::NONE).start().expect("a sandbox");
        for network in ["dmz", "application", "core"] {
            let environment = sandbox.environment(&format!("meridian-{network}"));
            assert!(sandbox.certificate(&environment.id, "www.bank.test"));
        }
        let scratch = Scratch::new();
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/bank");
        for file in ["template.yaml", "tenant.yaml"] {
            scratch.put(file, fs::read(examples.join(file)).expect("an example"));
        }
        sandbox.write_credentials(scratch.path("key")).expect("written");
        let secrets = SECRETS.map(|(name, value)| format!("{name}={value}\n")).concat();
        let world = Self { scratch, sandbox };
        world.put_private("secrets.env", &secrets);
        world
    }

    /// A file that only its owner can read.
    pub(super) fn put_private(&self, path: &str, text: &str) {
        self.scratch.put(path, text);
        self.set_mode(path, 0o600);
    }

    pub(super) fn set_mode(&self, path: &str, mode: u32) {
        fs::set_permissions(self.scratch.path(path), fs::Permissions::from_mode(mode)).expect("a mode");
    }

    /// Runs a command with the sandbox's key, as anna; what it prints must hold no secret.
    pub(super) fn run(&self, words: &[&str], more: &[&str]) -> Ran {
        self.run_with_key("key", &[words, more].concat())
    }

    pub(super) fn run_with_key(&self, key: &str, words: &[&str]) -> Ran {
        let args = [words, &["--credentials", key, "--as", "anna"]].concat();
        let ran = self.scratch.run(&args);
        self.assert_without_secrets("the standard output", ran.out.as_bytes());
        self.assert_without_secrets("the standard error", ran.err.as_bytes());
        ran
    }

    /// Deploys the bank.
    pub(super) fn deploy(&self, more: &[&str]) -> Ran {
        let words = ["deploy", "template.yaml", "--tenant", "tenant.yaml", "--secrets", "secrets.env"];
        self.run(&words, more)
    }

    /// Begins to deploy the bank, with its output to read from.
    pub(super) fn start_deploying(&self) -> Child {
        let words = ["deploy", "template.yaml", "--tenant", "tenant.yaml", "--secrets", "secrets.env"];
        let args = [&words[..], &["--credentials", "key", "--as", "anna"]].concat();
        let mut command = self.scratch.command(&args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command starts")
    }

    /// Runs a line as the command printed it: `  paas …`.
    pub(super) fn run_printed(&self, line: &str) -> Ran {
        let words = line.strip_prefix("paas ").expect("a command");
        let ran = self.scratch.run(&words.split_whitespace().collect::<Vec<_>>());
        self.assert_without_secrets("the standard output", ran.out.as_bytes());
        ran
    }

    /// How often something was asked of the sandbox that changes something.
    pub(super) fn changes(&self, method: &str, path_end: &str) -> usize {
        let is_it = |request: &&paas_sandbox::RequestRecord| {
            request.method == method && request.path.ends_with(path_end)
        };
        self.sandbox.requests().iter().filter(is_it).count()
    }

    /// Looks for secrets in all files but those that are theirs.
    pub(super) fn assert_no_secret_in_files(&self) {
        let mut looked_at = 0;
        for (path, bytes) in self.scratch.files(".") {
            if !["key", "secrets.env"].contains(&path.as_str()) {
                self.assert_without_secrets(&path, &bytes);
                looked_at += 1;
            }
        }
        assert!(looked_at > 2);
    }

    fn assert_without_secrets(&self, what: &str, bytes: &[u8]) {
        let keys = [self.sandbox.secret_key(), self.sandbox.access_key()];
        for secret in SECRETS.iter().map(|(_, value)| *value).chain(keys) {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "a secret stands in {what}");
        }
    }
}
