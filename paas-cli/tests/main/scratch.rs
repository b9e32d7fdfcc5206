//! A folder of its own for each test, in which the command runs.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Two networks; `web` in one reaches `api` in the other. Without problems.
pub(crate) const SHOP: &str = "\
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: shop }
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network, properties: { network_name: dmz } }
    core: { type: paas.nodes.Network, properties: { network_name: core } }
    web:
      type: paas.nodes.Service
      properties: { image: 'shop/web:1.0', resources: { cpu_limit: 0.5, memory_limit: 64 MiB } }
      requirements: [ { network: dmz }, { connection: api } ]
    api:
      type: paas.nodes.Service
      properties: { image: 'shop/api:1.0', ports: [ { container: 8080 } ], resources: { cpu_limit: 0.5, memory_limit: 64 MiB } }
      requirements: [ { network: core } ]
";

/// The files of [`SHOP`].
pub(crate) const SHOP_FILES: [&str; 6] = [
    ".paas-files.json",
    "core/docker-compose.yml",
    "core/rancher-compose.yml",
    "dmz/docker-compose.yml",
    "dmz/rancher-compose.yml",
    "release.json",
];

/// [`SHOP`] with both services in one network.
pub(crate) fn shop_in_one_network() -> String {
    SHOP.replace("    core: { type: paas.nodes.Network, properties: { network_name: core } }\n", "")
        .replace("{ network: core }", "{ network: dmz }")
}

/// [`SHOP`] with a misspelt property.
pub(crate) fn misspelt_shop() -> String {
    SHOP.replace("image: 'shop/web:1.0'", "imge: 'shop/web:1.0'")
}

/// What the command looks at in its environment, beside what is named after it.
const SURROUNDINGS: [&str; 6] = ["NO_COLOR", "COLUMNS", "TERM", "CLICOLOR_FORCE", "USER", "LOGNAME"];

/// A folder and the command in it.
pub(crate) struct Scratch(TempDir);

impl Scratch {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// With a template `shop.yaml`.
    pub(crate) fn with(template: &str) -> Self {
        let scratch = Self::new();
        scratch.put("shop.yaml", template);
        scratch
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("written");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a file")
    }

    /// All files below a folder, with their content.
    pub(crate) fn files(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.path(below);
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(relative(&path, &root), fs::read(&path).expect("a file"));
                }
            }
        }
        files
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        self.command_of(env!("CARGO_BIN_EXE_paas"), args)
    }

    /// Another program, in the same surroundings.
    pub(crate) fn command_of(&self, program: &str, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null());
        for (variable, _) in env::vars_os() {
            let name = variable.to_string_lossy();
            let is_ours =
                ["PAAS_", "RANCHER_", "HARBOR_", "REGISTRY_"].iter().any(|prefix| name.starts_with(prefix));
            if is_ours || SURROUNDINGS.contains(&&*name) {
                command.env_remove(&variable);
            }
        }
        command
    }

    /// Runs the command to its end, which must come soon.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.finished(self.command(args), args)
    }

    /// The same of a command that was made before.
    pub(crate) fn finished(&self, mut command: Command, args: &[&str]) -> Ran {
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        Ran::new(finish(child.expect("the command starts"), args))
    }
}

/// What the command printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn new(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// With this exit code, without words of a crash.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert!(!self.err.contains("panicked"), "{self:#?}");
        self
    }
}

/// Waits for the end, but not for ever: a command that hangs fails its test.
fn finish(mut child: Child, args: &[&str]) -> Output {
    let (start, most) = (Instant::now(), Duration::from_secs(20));
    // What it prints in these tests is less than a pipe holds, so it can end before anyone reads.
    while child.try_wait().expect("a child").is_none() {
        if start.elapsed() > most {
            child.kill().expect("killed");
            panic!("`paas {}` did not end", args.join(" "));
        }
        thread::sleep(Duration::from_millis(2));
    }
    child.wait_with_output().expect("the output")
}

fn relative(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).expect("below").to_string_lossy().into_owned()
}
