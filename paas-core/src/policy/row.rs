//! The table of all rows of a template policy: the one source of its keys, its defaults and `docs/policy.md`.

use super::Level;
use crate::diagnostic::Code;
use std::fmt;

/// Makes the enum and its look-ups from the table below.
macro_rules! rows {
    ($($variant:ident, $key:literal, $code:ident, $level:ident, $list:expr, $meaning:literal;)*) => {
        /// One thing that a template policy decides.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Row {
            $(#[doc = concat!("`", $key, "`: ", $meaning)] $variant,)*
        }

        impl Row {
            /// Every row, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// How many there are.
            pub(super) const COUNT: usize = Self::ALL.len();

            /// Its key in a policy file; `policy.` and this is the code of its diagnostics.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// The code of its diagnostics.
            pub const fn code(self) -> Code {
                match self { $(Self::$variant => Code::$code,)* }
            }

            /// What it decides unless a policy file says otherwise.
            pub const fn default_level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)* }
            }

            /// The key of its list in a policy file, if it has one.
            pub const fn list_key(self) -> Option<&'static str> {
                match self { $(Self::$variant => $list,)* }
            }

            /// What it is about.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

rows! {
    Privileged, "privileged", PolicyPrivileged, Deny, None,
        "`security.privileged`: the container may do to the host all that root may.";
    HostNetwork, "host_network", PolicyHostNetwork, Deny, None,
        "`security.host_network`: the container listens and speaks as the host, past the separation of networks.";
    HostPid, "host_pid", PolicyHostPid, Deny, None,
        "`security.host_pid`: the container sees the processes of the host, with their arguments and environment.";
    HostIpc, "host_ipc", PolicyHostIpc, Deny, None,
        "`security.host_ipc`: the container reads and writes shared memory of the host.";
    Devices, "devices", PolicyDevices, Deny, None,
        "`security.devices`: the container uses devices of the host, such as its disks.";
    AddedCapabilities, "added_capabilities", PolicyAddedCapabilities, Deny, Some("allowed"),
        "`security.add_capabilities`: more rights than Docker gives; those that are `allowed` are not told of.";
    SecurityOptions, "security_options", PolicySecurityOptions, Deny, None,
        "`security.security_opt`: everything but `no-new-privileges` loosens or replaces what Docker confines a container by, such as `seccomp=unconfined`.";
    UserRoot, "user_root", PolicyUserRoot, Warn, None,
        "`security.user` says root. What user an image has by itself is not seen.";
    DockerSocket, "docker_socket", PolicyDockerSocket, Deny, None,
        "A mount of Docker's socket, or of a folder that it is in: whoever has the socket is root on the host.";
    ForbiddenHostPaths, "forbidden_host_paths", PolicyForbiddenHostPaths, Deny, Some("paths"),
        "A mount of one of the `paths` of the host, of what is in one of them, or of a folder that one of them is in. `/` stands for itself only.";
    HostPaths, "host_paths", PolicyHostPaths, Deny, None,
        "Any other mount of a path of the host: what lies there stays behind when the container moves.";
    ReservedLabels, "reserved_labels", PolicyReservedLabels, Deny, Some("prefixes"),
        "A label with one of the `prefixes`: it directs the platform. Some are refused whatever a policy says: see `app.label_name`.";
    MissingLimits, "missing_limits", PolicyMissingLimits, Warn, None,
        "No limit of CPU or of memory in `resources`: one container can take all that its host has.";
    MutableTags, "mutable_tags", PolicyMutableTags, Warn, Some("tags"),
        "An image without tag and digest, or with one of the `tags`, in which `*` stands for anything: what runs tomorrow is not what was tested today. A digest never changes.";
    Registries, "registries", PolicyRegistries, Deny, Some("allowed"),
        "An image from a registry that is not `allowed`. An entry is `host`, `host:port` or either with the beginning of a path; `docker.io` is Docker Hub, where images without a registry come from. Without entries every registry is allowed.";
    StatefulWithoutVolume, "stateful_without_volume", PolicyStatefulWithoutVolume, Warn, Some("images"),
        "One of the `images`, which keep data, without a volume that it can write: the data is gone with the container. The last part of an image's name counts, whatever registry and folder it is from. Jobs, and caches that are told to save nothing (`--save ''`), keep none.";
    TimeZoneMismatch, "time_zone_mismatch", PolicyTimeZoneMismatch, Warn, None,
        "The variable `TZ` of a service is not the time zone of its scaling windows, so that its own clock and its windows disagree.";
    RancherKeys, "rancher_keys", PolicyRancherKeys, Deny, Some("allowed"),
        "A key in `rancher` that is not `allowed`: Rancher gets it as it is. Those allowed by default change nothing but the container itself.";
}

/// Its key.
impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    #[test]
    fn a_row_is_its_code() {
        for row in Row::ALL {
            assert_eq!(row.code().as_str(), format!("policy.{row}"));
            let severity = match row.default_level() {
                Level::Deny => Severity::Error,
                _ => Severity::Warning,
            };
            assert_eq!(row.code().severity(), severity, "{row}");
            assert_ne!(row.default_level(), Level::Allow, "{row}");
            assert!(row.meaning().ends_with('.'), "{row}");
        }
    }

    #[test]
    fn every_code_of_the_area_is_a_row() {
        let codes = Code::ALL.iter().filter(|code| code.as_str().starts_with("policy."));
        assert_eq!(codes.count(), Row::COUNT);
    }
}
