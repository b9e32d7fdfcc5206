use crate::Sandbox;
use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write},
    path::Path,
    process,
};

impl Sandbox {
    /// The address and the administrator's key as clients of Rancher read them from their environment: the lines
    /// `RANCHER_URL=…`, `RANCHER_ACCESS_KEY=…` and `RANCHER_SECRET_KEY=…`.
    #[must_use]
    pub fn credentials(&self) -> String {
        format!(
            "RANCHER_URL={}\nRANCHER_ACCESS_KEY={}\nRANCHER_SECRET_KEY={}\n",
            self.api_url(),
            self.access_key(),
            self.secret_key()
        )
    }

    /// Writes [`credentials`](Self::credentials) to a file that on Unix its owner alone can read (mode 0600). A file that
    /// is there already is replaced in one step, so nobody reads half of it.
    ///
    /// ```
    /// # let folder = std::env::temp_dir().join(format!("sandbox-credentials-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// # let file = folder.join("credentials");
    /// let sandbox = paas_sandbox::Sandbox::start()?;
    /// sandbox.write_credentials(&file)?;
    /// assert_eq!(std::fs::read_to_string(&file)?, sandbox.credentials());
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// What the system says if there is no folder for the file, or it may not be written.
    pub fn write_credentials(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        let name =
            path.file_name().ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "it names no file"))?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}", process::id()));
        let new = path.with_file_name(hidden);
        let mut file = create(&new)?;
        let written = file.write_all(self.credentials().as_bytes()).and_then(|()| file.sync_all());
        let replaced = written.and_then(|()| fs::rename(&new, path));
        if replaced.is_err() {
            // The first error is the one to tell.
            let _ = fs::remove_file(&new);
        }
        replaced
    }
}

/// A file that was not there before and that nobody else can read.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
