//! The table of all codes: the one source of `paas explain` and of `docs/diagnostics.md`.
//!
//! Each has an example in `codes/CODE/` of this crate; without one, it does not compile.

use super::{Severity, example::Example};
use serde::{Serialize, Serializer};
use std::{error::Error, fmt, str::FromStr};

/// Makes the enum and its look-ups from the table below.
macro_rules! codes {
    ($($variant:ident, $code:literal, $severity:ident, $title:literal, $meaning:literal;)*) => {
        /// The stable code of a diagnostic: `area.name`.
        ///
        /// Codes are never reused or renamed. `yaml` is about the text, `csar` about archives of templates, `tosca`
        /// about the language, `app` about the application that it describes, `scaling` about its scaling plans,
        /// `target` about where it goes, `tenant` about the tenant file, `resource` about what the tenant and the back
        /// end have, `compose` about stacks of Rancher that are imported, `policy` about what the platform's policy
        /// does not let applications do, `policy_file` about the file that says so, `scaling_file` about files with scaling
        /// plans, `clone` about taking a template to another tenant, and `file` about reading and writing files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", $code, "`: ", $title, ".")] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as text, such as `tosca.unknown_type`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The severity that its diagnostics have unless said otherwise.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// A few words.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// What it means and what to do.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// A file that gives it, and the same file put right: a tenant file for `tenant` and `resource`, a
            /// policy file for `policy_file`, a scaling plan for `scaling_file`, a `docker-compose.yml` for `compose`, a mapping file for `clone`, a
            /// template for all others.
            pub const fn example(self) -> Example {
                match self {
                    $(Self::$variant => Example::new(
                        include_str!(concat!("../../codes/", $code, "/wrong.yaml")),
                        include_str!(concat!("../../codes/", $code, "/right.yaml")),
                    ),)*
                }
            }
        }
    };
}

codes! {
    // The text.
    YamlSyntax, "yaml.syntax", Error, "the text is not YAML",
        "The YAML parser cannot read on. Only the first such place of a file is reported, since nothing after it can be trusted. Mind indentation, unclosed quotes and brackets, and tabs.";
    NotUtf8, "yaml.not_utf8", Error, "the file is not UTF-8 text",
        "Templates are UTF-8. Convert the file (`iconv -t UTF-8`), or check that it is a template at all.";
    Empty, "yaml.empty", Error, "the file holds nothing",
        "The file has no YAML document in it, only white space or comments.";
    TooLarge, "yaml.too_large", Error, "the text is larger than the limit",
        "A limit on the size of a template keeps a portal safe from runaway input. Split the template, or raise the limit where the library is called.";
    TooDeep, "yaml.too_deep", Error, "collections are nested too deeply",
        "Lists and maps may be nested up to a limit that no real template reaches.";
    TooManyNodes, "yaml.too_many_nodes", Error, "the document holds too many values",
        "The count of values (keys, scalars, lists, maps) is limited, so that a small machine can check any template.";
    AliasExpansion, "yaml.alias_expansion", Error, "aliases expand to too many values",
        "Aliases (`*name`) that repeat one another grow without bound when they are followed. The sum of values after expansion is limited.";
    RecursiveAlias, "yaml.recursive_alias", Error, "an alias stands inside what it names",
        "An alias may not be used inside the value that its own anchor marks: the value would never end.";
    DuplicateKey, "yaml.duplicate_key", Error, "a key is given twice in one map",
        "YAML does not allow a key twice in one map; many readers silently take the last. Remove one, or rename it.";
    SeveralDocuments, "yaml.several_documents", Error, "the file holds several documents",
        "A template is one YAML document. Put what follows `---` into a file of its own.";
    MergeKey, "yaml.merge_key", Error, "a merge key does not name a map",
        "`<<` takes an alias of a map or a list of such aliases.";
    KeyNotScalar, "yaml.key_not_scalar", Error, "a key is not a plain value",
        "Keys of a template are words. A list or a map as a key (often an unquoted `{{ … }}`) is not one.";
    UnknownTag, "yaml.unknown_tag", Error, "a tag is not known",
        "Only the tags of YAML's core schema (`!!str`, `!!int`, …) have a meaning here.";

    // Reading and writing files.
    FileUnreadable, "file.unreadable", Error, "a file cannot be read",
        "The file does not exist, is a folder, or the operating system refuses to read it.";
    FileNotOurs, "file.not_ours", Error, "a file is in the way",
        "Files that an earlier translation did not write are never overwritten or removed. Choose another folder, move the file away, or say `--force`.";
    FileUnwritable, "file.unwritable", Error, "files cannot be written",
        "The operating system refuses to write. Nothing was changed.";

    // Archives.
    CsarNotZip, "csar.not_zip", Error, "the file is no plain zip archive",
        "An archive of templates is a zip, as ordinary programs write it: without anything before it, not split, not in the form for more than 4 GiB, no entry inside another.";
    CsarName, "csar.name", Error, "the name of an entry is refused",
        "Entries of an archive lie below its root: no absolute paths, no `..`, no backslashes, no drives. Anything else could be written outside of the folder that the archive is unpacked to.";
    CsarEntry, "csar.entry", Error, "an entry of an archive is refused",
        "Links, devices, encrypted entries, and entries that are packed by other methods than deflate are not read.";
    CsarDuplicate, "csar.duplicate", Error, "an archive has two entries in one place",
        "Two entries have the same name, or names that differ only in case or in dots and spaces at the end, or a file lies inside a file. Readers differ in which of them they see.";
    CsarTooLarge, "csar.too_large", Error, "an archive is too large once it is unpacked",
        "The number of entries, their size together once they are unpacked, and how many times larger each gets are limited. What the archive says of its sizes is not believed.";
    CsarDamaged, "csar.damaged", Error, "an entry of an archive is damaged",
        "The data of the entry cannot be unpacked, or do not match the size or the checksum that the archive has of them.";
    CsarMetadata, "csar.metadata", Error, "the metadata of an archive cannot be used",
        "`TOSCA-Metadata/TOSCA.meta` has lines of `key: value`, and says in `Entry-Definitions` which file is the template. Versions 1.0 and 1.1 of it are known.";
    CsarNoTemplate, "csar.no_template", Error, "nobody knows which file of an archive is the template",
        "Either `TOSCA-Metadata/TOSCA.meta` names it in `Entry-Definitions`, or there is just one file that ends with `.yaml` or `.yml` at the root of the archive.";

    // The language.
    VersionMissing, "tosca.version_missing", Error, "the language version is missing",
        "Every template begins with `tosca_definitions_version: tosca_simple_yaml_1_3`. An imported file that does not say it is read all the same, with a warning.";
    VersionUnknown, "tosca.version_unknown", Error, "the language version is not known",
        "TOSCA Simple Profile in YAML 1.0 to 1.3 is read.";
    Dialect, "tosca.dialect", Error, "the template is written in another language",
        "TOSCA 2.0 and vendor dialects (alien4cloud, Cloudify, NFV) differ from TOSCA Simple Profile 1.x in more than details. Write the template in `tosca_simple_yaml_1_3`.";
    VersionOlder, "tosca.version_older", Warning, "a word is newer than the version of the template",
        "The template says that it is of an older version of TOSCA, and uses a word that came later. It is read all the same; other readers may refuse it.";
    NotSupported, "tosca.not_supported", Error, "not supported yet",
        "The word belongs to TOSCA, but this version of the reader does nothing with it. What depends on it would be wrong in silence, so it is an error.";
    NotExecuted, "tosca.not_executed", Warning, "read, but not executed",
        "Interfaces, workflows and their artifacts are for orchestrators that run scripts. Here they are read and have no effect.";
    UnknownKeyword, "tosca.unknown_keyword", Error, "a keyword is not known here",
        "The word is not part of the language at this place. It may be misspelt, or indented too far to the left or to the right.";
    WrongShape, "tosca.wrong_shape", Error, "a list, a map or a single value was expected",
        "The language asks for another kind of value here.";
    MissingKeyword, "tosca.missing_keyword", Error, "a keyword that must be given is missing",
        "The language demands the word here, such as `type` in a node template.";
    UnknownType, "tosca.unknown_type", Error, "a type is not known",
        "The type is neither built in, nor in the built-in profile, nor defined in the template or what it imports. Its kind matters: a node type is no relationship type.";
    TypeCycle, "tosca.type_cycle", Error, "a type derives from itself",
        "Following `derived_from` leads back to the type.";
    TypeRedefined, "tosca.type_redefined", Error, "a built-in type is defined again",
        "The names of normative types and of the profile cannot be given another meaning. Derive a type with a name of your own. Types that the language only suggests, such as `tosca.nodes.Container.Application.Docker`, can be defined.";
    UnknownProperty, "tosca.unknown_property", Error, "a property is not known",
        "The type has no property of that name, nor have the types that it derives from.";
    MissingProperty, "tosca.missing_property", Error, "a required property is missing",
        "The type requires the property and gives no default.";
    WrongType, "tosca.wrong_type", Error, "a value is of the wrong type",
        "The value cannot be read as the type that its definition asks for.";
    UnquotedTime, "tosca.unquoted_time", Error, "a time of day is not quoted",
        "Other YAML readers take an unquoted `22:30` for the number 1350 (base 60), so the same template would mean different things in different tools. Put it in quotes.";
    Constraint, "tosca.constraint", Error, "a value breaks a constraint",
        "The definition of the property or input limits its values.";
    BadConstraint, "tosca.bad_constraint", Error, "a constraint cannot be understood",
        "The operator is not known, its operand does not fit the type, or its pattern is not a regular expression. Patterns are matched in linear time: look-around and back-references are not available.";
    UnknownInput, "tosca.unknown_input", Error, "an input is not known",
        "`get_input` or the caller names an input that `topology_template.inputs` does not define.";
    InputMissing, "tosca.input_missing", Error, "an input has no value",
        "The input has no default, and the caller gave no value. Say `--input name=value`.";
    FunctionArguments, "tosca.function_arguments", Error, "a function has the wrong arguments",
        "The arguments do not have the shape that the function takes.";
    PropertyCycle, "tosca.property_cycle", Error, "a property refers to itself",
        "Following `get_property` leads back to the property.";
    UnknownNode, "tosca.unknown_node", Error, "a node template is not known",
        "No node template of that name exists in the topology.";
    UnknownRequirement, "tosca.unknown_requirement", Error, "a requirement is not known",
        "The node type has no requirement of that name.";
    MissingRequirement, "tosca.missing_requirement", Error, "a requirement is not met",
        "The node type demands the requirement at least once.";
    TooManyRequirements, "tosca.too_many_requirements", Error, "a requirement is given too often",
        "The node type allows the requirement only so many times.";
    RequirementTarget, "tosca.requirement_target", Error, "a requirement points at the wrong kind of node",
        "The node that the requirement names is not of the type, or has not the capability, that the requirement asks for.";
    UnknownCapability, "tosca.unknown_capability", Error, "a capability is not known",
        "The node type has no capability of that name.";
    UnknownRelationship, "tosca.unknown_relationship", Error, "a relationship is not known",
        "Neither a relationship template nor a relationship type has that name.";
    WrongRelationship, "tosca.wrong_relationship", Error, "a relationship is of the wrong type",
        "The requirement asks for a relationship of another type.";
    UnknownMember, "tosca.unknown_member", Error, "a member or target is not known",
        "Members of groups are node templates; targets of policies are node templates or groups.";
    WrongTarget, "tosca.wrong_target", Error, "a policy targets the wrong kind of node",
        "The policy type names the node types that it can be applied to.";

    AbstractType, "tosca.abstract_type", Error, "a type is only a parent of others",
        "Some types only gather what others have in common. Use one that derives from it.";
    ImportRefused, "tosca.import_refused", Error, "a file or an address is refused",
        "Imported files lie below the folder of the template, or at addresses that the caller allows. Absolute paths, paths that lead out of the folder, other schemes than `https:`, this machine itself and link-local addresses are refused.";
    ImportUnreadable, "tosca.import_unreadable", Error, "an imported file cannot be read",
        "There is no such file, or it is a folder, or something keeps it from being read. Paths are relative to the importing file.";
    ImportCycle, "tosca.import_cycle", Error, "a file imports itself",
        "Following the imports of the file leads back to it. Put what both files need into a third that imports neither.";
    ImportLimit, "tosca.import_limit", Error, "too much is imported",
        "The number of files, their size together, and how many import each other in one line are limited, so that a small machine can check any template. What is beyond the limit is not read.";
    ImportConflict, "tosca.import_conflict", Error, "a type is defined in several files",
        "A file sees two types of the same kind and name, its own or those of its imports. Give an import a `namespace_prefix`: its types are then `prefix:name`.";
    UnknownRepository, "tosca.unknown_repository", Error, "a repository is not known",
        "`repository` is the name of one of the `repositories` of the same file: imports and artifacts use them.";
    FunctionPlace, "tosca.function_place", Error, "a function stands where none can be",
        "Functions are evaluated in properties, attributes, inputs of operations and outputs. The default of an input, and what constraints compare with, are plain values.";
    UnknownArtifact, "tosca.unknown_artifact", Error, "an artifact is not known",
        "Neither the node nor its type has an artifact of that name.";
    UnknownInterface, "tosca.unknown_interface", Error, "an interface is not known",
        "The type of the node, relationship or group has no interface of that name.";
    UnknownOperation, "tosca.unknown_operation", Error, "an operation is not known",
        "The interface has no operation or notification of that name.";
    Unfulfilled, "tosca.unfulfilled", Error, "a requirement is met by no node, or by several",
        "A requirement that names no node is met by the only node template that fits it: by its type, its capability and the filter. If none fits, or several do, nothing is guessed. For nodes that this platform does not run it is a warning, since whoever runs them may have nodes of their own to choose from.";
    AbstractNode, "tosca.abstract_node", Error, "a node is left to be chosen by someone else",
        "`directives` ask whoever runs the template to put another template in a node's place, which is the one imported template that stands for its type; none is guessed. Or they ask to select a node that is there, which this platform does not do. For nodes that it does not run it is a warning.";
    CapabilityUses, "tosca.capability_uses", Error, "a capability is used too often",
        "The definition or the node says by `occurrences` how many requirements a capability can meet.";
    Copy, "tosca.copy", Error, "a template cannot be copied",
        "`copy` names another template of the same kind. A template that is a copy itself is copied too, with a warning, since not all readers do that.";
    Refinement, "tosca.refinement", Error, "a type contradicts its parent",
        "What can be done with the parent can be done with the child: a property keeps its type or takes one that derives from it, what is required stays so, counts stay within the parent's, and capabilities, requirements and valid types only become more special.";
    Trigger, "tosca.trigger", Error, "a trigger cannot be understood",
        "A trigger has an `event` and an `action`. The action is a list of activities: `delegate`, `set_state`, `call_operation` or `inline`, each a map of one entry. In TOSCA 1.0 it is a map of one name.";
    Workflow, "tosca.workflow", Error, "a workflow cannot be understood",
        "The steps of a workflow name a `target`, which is a node template or a group, and `activities`. `on_success` and `on_failure` name steps of the same workflow.";
    Substitution, "tosca.substitution", Error, "a mapping leads nowhere",
        "`substitution_mappings` say which node type the template stands for, and which of its own nodes, capabilities, requirements, properties and attributes stand for those of that type.";

    // The application.
    NoServices, "app.no_services", Error, "there is nothing to deploy",
        "A template is translated for its services and load balancers; this one has none.";
    ServiceName, "app.service_name", Error, "a name cannot be a service's",
        "Names of services become host names: 1 to 63 letters, digits and dashes, not beginning or ending with a dash, and different from all others of the application even when case is ignored. A service that a load balancer leads to has more than digits in its name: Rancher would read `007` as 7.";
    NetworkTwice, "app.network_twice", Error, "two nodes name the same network",
        "Two network nodes with the same `network_name` are one network. Keep one of them.";
    ImageReference, "app.image_reference", Error, "an image reference cannot be read",
        "An image is `registry/repository:tag` or `registry/repository@sha256:digest`, without spaces, the repository in lower case. The names `rancher/external-service`, `rancher/dns-service` and `rancher/load-balancer-service` make Rancher take a service for something else: there are types of their own for that.";
    ControlCharacter, "app.control_character", Error, "a value holds a character that cannot be passed on",
        "The NUL character cannot be part of an argument, an environment variable or a label.";
    EnvironmentName, "app.environment_name", Error, "an environment variable has an impossible name",
        "The name of an environment variable is not empty, is not `<<`, and holds no `=` and no control character.";
    LabelName, "app.label_name", Error, "a label cannot be set by a template",
        "Some labels that begin with `io.rancher.`, and all that begin with `io.paas.`, are the platform's own: they say what a container is, follow from the template, or give it keys to the platform. No policy allows them. A label's name is not empty, is not `<<`, and holds no control character. Labels that hosts are chosen by hold no `,` and no `=`.";
    MountPath, "app.mount_path", Error, "a mount path is not usable",
        "A mount path is absolute, has no `:` and no empty, `.` or `..` part, and is used once per service.";
    VolumeName, "app.volume_name", Error, "a name cannot be a volume's",
        "Names of volumes are 1 to 63 letters, digits, dots, dashes and underscores, and begin with a letter or digit.";
    HealthCheck, "app.health_check", Error, "a health check cannot be made",
        "The path of a health check begins with `/` and holds only what a URL can hold as it is: letters, digits, `%` with two hexadecimal digits, and ``-._~!&()*+,;=:@/?``. Its times are more than nothing.";
    Resources, "app.resources", Error, "limits or reservations cannot be kept",
        "What is reserved is at most the limit. Docker takes no limit of less than 4 MiB of memory or 0.01 cores.";
    LogPath, "app.log_path", Error, "a log folder is not usable",
        "A log folder is an absolute path without `.` or `..` parts.";
    VolumeWriters, "app.volume_writers", Error, "a volume for one writer has several",
        "`access: one_writer` allows one container to write. Mount it read-only elsewhere, set the scale to 1, or allow more writers.";
    PortConflict, "app.port_conflict", Error, "a port is taken twice",
        "Containers can move, so a published port is taken on every host of a network: two services of one network cannot publish the same.";
    RouteTarget, "app.route_target", Error, "a route leads to a service that is not connected",
        "A load balancer routes to services that it has a `connection` to. It cannot lead to a load balancer in another network: Rancher would take the ports of the other's targets for its own.";
    RouteCertificate, "app.route_certificate", Error, "a route needs a certificate",
        "`https` and `tls` routes end encryption at the load balancer and need its `certificate`.";
    Route, "app.route", Error, "a route cannot be made",
        "The host of a route is a host name, which may begin with `*.`; its path begins with `/` and holds only what a URL's path can hold as it is: letters, digits, `%` with two hexadecimal digits, and ``-._~!&()*+,;=:@/``. Routes of `tcp` and `tls` know neither host nor path, those of `sni` no path. There is at least one route.";
    ExternalAddress, "app.external_address", Error, "an external service has no usable address",
        "An external service has either one `host` name or a list of IP `addresses`.";
    SecretPlace, "app.secret_place", Error, "a secret is used where it would be seen",
        "Secret inputs may be used in `environment`, `command` and `entrypoint`, where they stay references until the stack is called.";
    SecretDefault, "app.secret_default", Warning, "a secret stands in clear text",
        "The default of a secret input stands in the template for everyone to read. It is never used; nor is a password in the address of a repository. Or a node gives the secret input of the template that stands for it a text, and not a secret: that is an error.";
    ScaleConflict, "app.scale_conflict", Error, "two different initial counts are given",
        "`scalable.default_instances` is the initial count. If `scale` is given too, it must be the same.";
    FlowPort, "app.flow_port", Warning, "a connection between networks has no port",
        "The firewall between networks must be opened for a port, but the target declares neither `ports` nor a health check.";
    DependencyLoop, "app.dependency_loop", Error, "services wait for each other",
        "A `dependency` means: start strictly after. In a loop nothing could ever start. Use `connection` where a service only needs to reach another.";
    Sidekick, "app.sidekick", Error, "a sidekick cannot run beside its service",
        "A sidekick runs beside each container of one service, in the same network and the same number. It is no sidekick's sidekick, has no secrets of its own, and is not reached from elsewhere: others connect to the service.";
    Placement, "app.placement", Error, "a service is on the wrong network",
        "A policy `paas.policies.Placement` says which security level or domain the networks of its targets have. The network of a target is of another, or does not say its own.";
    Affinity, "app.affinity", Error, "a rule about hosts cannot be kept",
        "An affinity to labels has a `name` and a `value` without `,` and `=`; one to a service has the service's `name` only. The service is in the same network and has containers. A service cannot wait for a host that it is on already.";
    SecretFile, "app.secret_file", Error, "a file for a secret cannot be made",
        "A secret of the platform has a name of letters, digits, dots, dashes and underscores; so has its file in `/run/secrets`, and no two files have the same. Rights are three octal digits in quotes, such as `'0440'`.";
    ConfigurationFile, "app.configuration_file", Error, "a configuration file is not clear",
        "A configuration file has an absolute `path` without empty, `.` or `..` parts, and either `content` or the name of a `secret`.";
    Restart, "app.restart", Error, "it is not clear when a service is started again",
        "`run_once: true` is the same as `restart: never`, so `restart` can only be `never` or `on_failure` beside it. What a service runs beside, or on every host, is started again always.";
    NoNetwork, "app.no_network", Error, "a container is on no network",
        "A container by normative types says its network by a requirement that leads to a node of type `paas.nodes.Network` (`network` or `dependency`), or by a `tosca.nodes.network.Port` that binds what it is hosted on to one. Checking takes such a template with a warning; it cannot be deployed.";
    Stickiness, "app.stickiness", Error, "a load balancer cannot set this cookie",
        "The name of the cookie that keeps a client with an instance is letters, digits, dashes and underscores, and not digits only; its domain is a host name, which may begin with a dot.";

    Security, "app.security", Error, "what is asked of the host cannot be understood",
        "Capabilities are those of Linux, in capital letters and without `CAP_`, or `ALL`; none is added and dropped at once. A device is `/dev/x`, `/dev/x:/dev/y` or `/dev/x:/dev/y:rwm`. A user is `user` or `user:group`. A security option is `no-new-privileges`, or begins with `seccomp`, `apparmor`, `label` or `systempaths` and `=` or `:`.";
    HostNetworkPorts, "app.host_network_ports", Error, "a container on the network of its host publishes ports",
        "A container with `host_network` listens on the host itself; nothing is between that could publish a port elsewhere. Leave `external` and `allocate` out: the port is the container's own.";
    NotKnownYet, "app.not_known_yet", Error, "a value is known only when the application runs",
        "What `get_attribute` and its like ask for shows when the application runs, but this value must be known before. Host names of services can stand in `environment`, `command`, `entrypoint`, `labels`, `rancher_texts`, the `content` of configuration files, and in outputs; states and ids cannot.";
    HostName, "app.host_name", Error, "a service asks for a host name by which it does not reach the other",
        "The host name of a service is the alias of the reader's connection to it. Without a connection it is the name of the service's node template, which only services of the same network find. What runs beside a service is found by what runs there too.";
    VolumesFrom, "app.volumes_from", Error, "a service cannot have what another has",
        "`volumes_from` names services that run beside this one: the service and its sidekicks, but not itself. What has the volumes or the address of another starts after it, so no such chain leads back.";
    Process, "app.process", Error, "a program cannot begin so",
        "`hostname` is what a container calls itself: at most 63 letters, digits, dashes and dots. `working_dir` is an absolute path, without `.` and `..`.";
    RancherKeys, "app.rancher_keys", Error, "a key of Rancher's files cannot be written",
        "`rancher` holds keys of Rancher's compose files that no other property says, each with its value as JSON, of the shape that Rancher takes. `rancher_texts` sets texts in them: each by its JSON pointer, which must lead to a place that is there.";

    // Scaling plans.
    WindowDays, "scaling.window_days", Error, "the days of a window cannot be understood",
        "`days` are `mon` to `sun` (weekly) or `1` to `31` (monthly), each once, and never mixed. None at all means daily.";
    WindowOverlap, "scaling.overlap", Error, "two fixed windows can be open at once",
        "Two windows that fix the count of the same service would contradict each other. Windows are half-open, so one may begin when the other ends.";
    BoundsDisjoint, "scaling.bounds_disjoint", Error, "windows that can be open at once have no count in common",
        "Where several metric windows are open, the count must be within all of their bounds.";
    Bounds, "scaling.bounds", Error, "bounds contradict each other",
        "`min_instances` is at most `max_instances`, and a window's bounds lie within those of the `scalable` capability.";
    Thresholds, "scaling.thresholds", Error, "thresholds contradict each other",
        "A metric rule has an `upper` or a `lower` threshold or both, and `lower` is less than `upper`.";
    FixedCount, "scaling.fixed_count", Error, "the count of a fixed window is not clear",
        "A fixed window has either `instances` or `to: min` or `to: max`.";
    TimeZone, "scaling.time_zone", Error, "a time zone is not known",
        "Time zones are names of the IANA database, such as `Asia/Shanghai` or `UTC`.";
    TimeZonesDiffer, "scaling.time_zones_differ", Error, "windows of one service have different time zones",
        "All windows of a service make one plan, which has one time zone.";
    ScalingTarget, "scaling.target", Error, "a service cannot be scaled",
        "A service that runs once, or on every host, has no count to change.";
    WindowNeverActs, "scaling.never_acts", Warning, "a metric window never acts",
        "While a fixed window is open it holds the count, whatever the metric windows say. This one is only ever open when a fixed one is.";
    ThresholdOutOfReach, "scaling.out_of_reach", Warning, "a threshold is never passed, or always",
        "`cpu` and `memory` are shares of what a service may use, from 0 to 1: they are never above 1, and never below 0.";
    StepTooLarge, "scaling.step", Warning, "a step is larger than there is room for",
        "The count stays within the bounds of the window, so that a larger step only goes from one bound to the other. Where the bounds are equal it never moves.";
    RetriggerShort, "scaling.retrigger", Warning, "a retrigger time is too short",
        "After an action, alarms cause none for the `retrigger` time: it is what new instances need to take load and to be seen in the metric. If it is shorter than the time that a threshold must be passed, the next action is decided by what was measured before the last one.";
    GraceLong, "scaling.grace", Warning, "a grace time is longer than the retrigger time",
        "While instances take no new requests and wait for their end, alarms remove no others. A `retrigger` time that is over before has no effect.";
    Flapping, "scaling.flapping", Warning, "the thresholds bring the count back at once",
        "The same load on more instances is less for each of them. If the share that is just too much before a step is too little after it, the count goes out and in for ever, and never rests. The same holds for a step in. Only `cpu` and `memory` are looked at; of other metrics nobody knows how they change with the count.";
    FixedOutsideBounds, "scaling.fixed_outside", Warning, "a fixed count is outside the bounds of a metric window",
        "Where a fixed and a metric window are open at once, the fixed one holds the count, so that the bounds of the other are not kept. A fixed window that ends as the metric one begins does no harm.";
    FromZero, "scaling.from_zero", Warning, "nothing scales out again from no instances",
        "Where there is no instance, nobody can say what share of its `cpu` or `memory` it uses, so no alarm fires. What has been scaled to 0 by alarms stays there until a person or a fixed window sets a count.";
    OneWay, "scaling.one_way", Warning, "alarms move the count one way only",
        "If alarms only add instances, one busy hour leaves as many as the bounds allow for ever; if they only remove some, the fewest remain. Give a metric window the other threshold too, or let a fixed window set another count.";

    // Where it goes.
    StackName, "target.stack_name", Error, "a stack cannot have this name",
        "The name of a stack is 1 to 63 letters, digits and dashes, not beginning or ending with a dash. It is `template_name` of the template's metadata unless the caller gives one.";
    EnvironmentNames, "target.environment_name", Error, "an environment's name cannot be used",
        "An environment has a name without control characters. One that is linked to has a name of letters, digits, dots, dashes and underscores, and not of digits only: links are written `environment/stack/service`, and Rancher looks for such names only. No two networks share an environment.";
    LinksNeedRegion, "target.links_need_region", Error, "this Rancher cannot link environments by name",
        "Links by name between environments, and load balancers that select services in other environments, came with Rancher 1.6.15; environments that are created with links to others came with 1.4.0. Before, a service reaches another as an external service, if the address of the other's network is given.";
    ScaleZero, "target.scale_zero", Warning, "Rancher starts one container instead of none",
        "The files say `scale: 0`, but Rancher's executor reads 0 as 1. Scale the service to 0 after it was created.";
    UnknownNetwork, "target.unknown_network", Error, "a network of the target is not in the template",
        "The target names an environment for a network that the application does not use.";
    TargetFile, "target.configuration_file", Error, "Rancher cannot deliver a configuration file",
        "Rancher 1.6 puts nothing into containers but secrets, and these only into the folder `/run/secrets`. Make the content a secret of the environment and let the program read it there, or put the file into the image or onto a volume.";
    LinkAddress, "target.link_address", Error, "a service cannot be reached as an external one",
        "Where services reach others as external services, the target says the address of each network that is reached, and what is reached publishes its ports under their own numbers.";

    // The tenant file.
    TenantUnknownKey, "tenant.unknown_key", Error, "a key is not known in a tenant file",
        "The key is not one of those that the tenant file has at this place. It may be misspelt, or indented too far to the left or to the right.";
    TenantMissingKey, "tenant.missing_key", Error, "a key that must be given is missing",
        "A tenant and a network have a name; a file server has `name`, `host`, `export_base` and `tier`.";
    TenantWrongShape, "tenant.wrong_shape", Error, "a tenant file has a list, a map or a single value in the wrong place",
        "A tenant file is a map; `networks` and `nfs_servers` are lists of maps, all else in it are single values.";
    TenantWrongValue, "tenant.wrong_value", Error, "a value of a tenant file cannot be used",
        "Names (of the tenant, of networks, file servers and tiers) are 1 to 63 letters, digits, dots, dashes and underscores, and begin with a letter or digit. A host is a host name or an IP address, without scheme, port or path. `export_base` is an absolute path without `.`, `..` or empty parts, commas or white space. `capacity` is a number and a unit, such as `2 TB`. What YAML takes for a number, a boolean or a date is put in quotes.";
    TenantDuplicate, "tenant.duplicate", Error, "something of a tenant is given twice",
        "Networks and file servers have names of their own, and each network is an environment of its own.";

    // What the tenant and the back end have.
    ResourceUnknownNetwork, "resource.unknown_network", Error, "the tenant has no such network",
        "The template puts services on a network that the tenant file does not list. Add it to `networks`, or correct its name in the template. A network without `network_name` that says its `security_level` or `security_domain` may be called anything: it is the only one of the tenant that has the same.";
    ResourceEnvironmentMissing, "resource.environment_missing", Error, "an environment does not exist",
        "Rancher has no environment of that name or id, or the API key may not see it.";
    ResourceEnvironmentInactive, "resource.environment_inactive", Error, "an environment is not active",
        "Nothing can be deployed to an environment that is deactivated or being removed. Activate it in Rancher, or choose another.";
    ResourceEnvironmentAmbiguous, "resource.environment_ambiguous", Error, "several environments have the same name",
        "Names of environments are not unique in Rancher. Give the id of the one that is meant, such as `1a7`, or rename the others.";
    ResourceNoServer, "resource.no_server", Error, "the tenant has no file server for a volume",
        "The template asks for a file server by its name or its tier, and the tenant file lists none of that name or tier.";
    ResourceCapacity, "resource.capacity", Error, "no file server has enough room for a volume",
        "The size of the volume is more than what is not yet promised of any file server that it could lie on. Raise `capacity` if the server holds more, add a server of that tier, or ask for less.";
    ResourceVolumeMissing, "resource.volume_missing", Error, "a volume that should be there is not",
        "The template says `existing: true`, but the environment has no volume of that name. Correct the name or the environment, or leave `existing` out to have the volume made.";
    ResourceVolumeDiffers, "resource.volume_differs", Error, "a volume is there, but somewhere else",
        "The environment has a volume of that name on another driver, file server or folder. It is never changed or replaced, since data may lie on it. Name the server that it lies on, or give the volume another name.";
    ResourceStackExists, "resource.stack_exists", Error, "a stack of that name is there already",
        "The environment has a stack of that name that was not made for this application. It is never touched. Give the stacks another name, or choose another environment.";
    ResourceNoLocalRegion, "resource.no_local_region", Error, "Rancher has no local region",
        "Services reach services in other environments by name, which needs a region that stands for the Rancher server itself. An administrator of Rancher adds it once.";
    ResourceSecretMissing, "resource.secret_missing", Error, "a secret has no value",
        "A secret input of the template has no value. Values of secrets come from a file (`--secrets`), never from the template or from arguments.";
    ResourceImageHidden, "resource.image_hidden", Error, "the tenant is not shown an image",
        "The image is in a registry of the platform, but in no namespace of the tenant, and it is not published to all. Name an image of the tenant's own, or have the tenant that has it publish it in the mall. What is in a personal namespace is shown to one user alone, and not deployed.";
    ResourceNetworkDiffers, "resource.network_differs", Error, "a network of the tenant is not what the template asks for",
        "The template says the security level or domain of a network, and the tenant's network of that name has another one. Nothing is deployed to a place of another level than the one that was asked for. Where the tenant's network does not say its own, it is a warning.";
    ResourceNetworkAmbiguous, "resource.network_ambiguous", Error, "several networks of the tenant are what the template asks for",
        "The template chooses a network by its security level or domain, and several networks of the tenant have them. Say the other one too, or name the network with `network_name`.";

    // Stacks of Rancher that are imported.
    ComposeVersion, "compose.version", Error, "the version of a compose file is not read",
        "Rancher 1.6 takes `version: \"2\"` and files without a version, which are version 1. What Docker added later has no meaning there.";
    ComposeTemplate, "compose.template", Error, "an action of a Go template cannot be carried out",
        "Rancher runs every compose file through Go's templates, unless its first line is `# notemplating`. Known here are `.Values.NAME`, the names of stack and environment, `if`, `else`, `end`, `eq`, `ne`, `and`, `or`, `not`. Text with `{{` that is no template needs that first line, in Rancher too.";
    ComposeInterpolation, "compose.interpolation", Error, "a `$` in a compose file means nothing",
        "`${NAME}` and `$NAME` are answers, `$$` is a `$`. Names have letters, digits and underscores; defaults such as `${NAME:-x}` are not known to Rancher.";
    ComposeUnknownKey, "compose.unknown_key", Error, "a key is not known in a service of a compose file",
        "Rancher's executor refuses a file with such a key. Keys of version 1 and 2 differ: `net` and `network_mode`, `log_driver` and `logging`.";
    ComposeShape, "compose.shape", Error, "a compose file has a list, a map or a single value in the wrong place",
        "Rancher's executor holds each key against its schema: booleans without quotes, lists that repeat nothing, texts where texts belong.";
    ComposeValue, "compose.value", Error, "a value of a compose file cannot be used",
        "A port, a path, a size, an image or the like is not as Rancher reads it. An answer that is missing may have left it empty.";
    ComposeServiceName, "compose.service_name", Error, "a service of a compose file has no name that it could have",
        "Names of services have letters, digits and dashes.";
    ComposeReference, "compose.reference", Error, "a compose file names a service that it does not have",
        "Links and sidekicks are services of the same stack; a sidekick belongs to one service. Services of other stacks stand below `external_links`.";
    ComposeSecret, "compose.secret", Error, "a password stands where it cannot stay secret",
        "The answer to a question of type `password` stays a reference, which commands, variables, labels and what only Rancher reads can hold. Images, ports, paths and the like cannot.";
    ComposeUnanswered, "compose.unanswered", Warning, "nobody answers what a compose file asks for",
        "There is no answer and no default, so that Rancher puts nothing in its place.";
    ComposeAnswer, "compose.answer", Warning, "an answer does not fit",
        "Nobody asks for it, or the question says what its answers are, and this is none of them. A file of answers is a map of names and single values.";

    // What the platform's policy does not let applications do.
    PolicyPrivileged, "policy.privileged", Error, "a container is privileged",
        "A privileged container may do to its host, and to all that runs there, what root may. Nothing but an agent of the platform needs it.";
    PolicyHostNetwork, "policy.host_network", Error, "a container uses the network of its host",
        "It is past the firewall between networks, and reaches what listens on the host only. Publish `ports`, or connect to services.";
    PolicyHostPid, "policy.host_pid", Error, "a container sees the processes of its host",
        "Arguments and environment of all processes, with their secrets, can be read, and the processes be ended.";
    PolicyHostIpc, "policy.host_ipc", Error, "a container shares memory with its host",
        "It reads and writes what other processes keep in shared memory.";
    PolicyDevices, "policy.devices", Error, "a container uses a device of its host",
        "A device gives what lies behind it without any check: of a disk, all files. It also ties the service to hosts that have it.";
    PolicyAddedCapabilities, "policy.added_capabilities", Error, "a container has more rights than Docker gives",
        "With many capabilities a container can take over its host. The policy file lists those that are `allowed`; by default they are what Docker gives anyway.";
    PolicySecurityOptions, "policy.security_options", Error, "a container changes what confines it",
        "`seccomp`, AppArmor and SELinux keep a container from calls that could take over its host. Only `no-new-privileges` takes nothing of that away.";
    PolicyUserRoot, "policy.user_root", Warning, "a container runs as root",
        "Root in a container is root on its host once it gets out. Name a user without rights.";
    PolicyDockerSocket, "policy.docker_socket", Error, "a container mounts the socket of Docker",
        "Whoever has the socket starts any container on the host, and so is root there. Folders that the socket is in count.";
    PolicyForbiddenHostPaths, "policy.forbidden_host_paths", Error, "a container mounts a path of its host that nobody may mount",
        "The policy file lists such `paths`: what the host is made of, what it keeps secret, where its containers are. What is in one of them, and folders that one of them is in, count too.";
    PolicyHostPaths, "policy.host_paths", Error, "a container mounts a path of its host",
        "What lies on a host stays behind when the container moves, and is seen by every other container that mounts it. Use a volume.";
    PolicyReservedLabels, "policy.reserved_labels", Error, "a label directs the platform",
        "Rancher and Docker act by labels with these beginnings. A template says what it needs in the words of the profile.";
    PolicyMissingLimits, "policy.missing_limits", Warning, "a container has no limit",
        "Without limits of CPU and memory, one container can take all that its host has from all others there.";
    PolicyMutableTags, "policy.mutable_tags", Warning, "the tag of an image can move",
        "What such a tag means changes with time, so that containers of one service can differ, and what runs is not what was tested. Name a version that is never built twice, or a digest.";
    PolicyRegistries, "policy.registries", Error, "an image is from a registry that is not allowed",
        "The policy file lists the registries, or folders of them, that images may come from. An image without a registry is from `docker.io/library`.";
    PolicyStatefulWithoutVolume, "policy.stateful_without_volume", Warning, "a container that keeps data has no volume",
        "Databases, queues and their like keep data in files. Without a volume that it can write, the data is gone when the container is replaced.";
    PolicyTimeZoneMismatch, "policy.time_zone_mismatch", Warning, "a service and its scaling windows have different time zones",
        "`TZ` says the clock of the containers, `time_zone` that of the windows. What runs at a time of day then runs outside of the window that was meant for it.";
    PolicyRancherKeys, "policy.rancher_keys", Error, "a key is passed on to Rancher",
        "Rancher gets the keys in `rancher` as they are, and some of them reach beyond the container: into its host, its network or Rancher itself. The policy file lists those that are `allowed`.";

    // The policy file.
    PolicyFileUnknownKey, "policy_file.unknown_key", Error, "a key is not known in a policy file",
        "The keys of a policy file are the rows of a policy; some rows have a `level` and a list. docs/policy.md shows all of them.";
    PolicyFileWrongShape, "policy_file.wrong_shape", Error, "a policy file has a list, a map or a single value in the wrong place",
        "A policy file is a map. A row is `allow`, `warn` or `deny`, or a map of `level` and the row's list; a list is one of texts.";
    PolicyFileWrongValue, "policy_file.wrong_value", Error, "a value of a policy file cannot be used",
        "A level is `allow`, `warn` or `deny`. A path begins with `/`; a capability is one of Linux; a registry is `host`, `host:port` or either with the beginning of a path, without a scheme. What YAML takes for a number, a boolean or a date is put in quotes.";

    // Files with scaling plans.
    ScalingFileUnknownKey, "scaling_file.unknown_key", Error, "a key is not known in a file of scaling plans",
        "A plan has `service`, `enabled`, `time_zone`, `bounds` and `windows`; docs/scaling-policies.md shows all keys.";
    ScalingFileMissingKey, "scaling_file.missing_key", Error, "a key that must be given is missing in a file of scaling plans",
        "A plan has a `service`, a `time_zone`, `bounds` and `windows`; a window has a `name`, `from`, `to` and a `rule`. What else there is can be left out.";
    ScalingFileWrongShape, "scaling_file.wrong_shape", Error, "a file of scaling plans has a list, a map or a single value in the wrong place",
        "A file holds one plan, which is a map, or a list of them; `windows` is a list of maps.";
    ScalingFileWrongValue, "scaling_file.wrong_value", Error, "a value in a file of scaling plans cannot be used",
        "Times of day are texts such as `'22:30'`, in quotes in YAML; other times are whole milliseconds. Counts are whole numbers, not less than 0.";

    // Clones, and the mapping file.
    CloneUnknownKey, "clone.unknown_key", Error, "a key is not known in a mapping file",
        "A mapping file has `name`, `networks`, `tiers`, `servers`, `registries` and `inputs`. docs/clone.md shows all of them.";
    CloneWrongShape, "clone.wrong_shape", Error, "a mapping file has a list, a map or a single value in the wrong place",
        "A mapping file is a map; each part of it but `name` is a map from what the template says to what the clone shall say.";
    CloneWrongValue, "clone.wrong_value", Error, "a value of a mapping cannot be used",
        "Names are texts that are not empty. A registry is `host`, `host:port` or either with the beginning of a path, without a scheme; its first part has a dot or a port, or is `localhost`. Secret inputs have no default.";
    CloneNoMatch, "clone.no_match", Error, "an entry of a mapping is about nothing in the template",
        "The template names no such network, tier, file server, registry or input, so that the entry would change nothing: a slip of the pen would leave the clone with the first tenant. Remove the entry, or put its name right. Networks are named as the tenant knows them: by `network_name`, else by the name of the node.";
    CloneJoined, "clone.joined", Error, "a mapping makes one network of two",
        "What the template keeps apart stays apart. Give each network a name of its own.";
    CloneFixed, "clone.fixed", Error, "a value cannot be changed where it is written",
        "A clone is the same text with other values in it. The value comes from a function that makes a new text of others, from outside the template, or from a file that is not the template's own, so that there is no single place to change. Map the input that it comes of, or write the value where it is used.";
    CloneDiffers, "clone.differs", Error, "a clone would not be the same application at another tenant",
        "The clone is read again and compared: it must be the old application with the mapped names, and nothing else. A value that is used for something else too, by an alias or an input, would change that as well; and what the policy, or a constraint, does not allow is no clone. Give the value a place of its own, or map the input.";
    CloneLeft, "clone.left", Warning, "a text of a clone still names a registry that is mapped",
        "A mapping gives images another registry, and nothing else: what programs are told in environment variables, commands or labels is theirs. Look whether the other tenant reaches that registry, and change the text if not; an input that gives it can be mapped.";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::Code").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let all: Vec<&str> = Self::ALL.iter().map(|code| code.as_str()).collect();
        schemars::json_schema!({
            "description": "The stable code of a diagnostic: `area.name`.",
            "type": "string",
            "enum": all,
        })
    }
}

/// The text is not a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode {
    /// The nearest code, if there is one.
    pub nearest: Option<Code>,
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no diagnostic has this code")
    }
}

impl Error for UnknownCode {}

impl FromStr for Code {
    type Err = UnknownCode;

    /// ```
    /// use paas_core::diagnostic::Code;
    ///
    /// assert_eq!("tosca.unknown_type".parse(), Ok(Code::UnknownType));
    /// assert_eq!("tosca.unknwn_type".parse::<Code>().unwrap_err().nearest, Some(Code::UnknownType));
    /// ```
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let find = |wanted: &str| Self::ALL.iter().copied().find(|code| code.as_str() == wanted);
        find(text).ok_or_else(|| UnknownCode {
            nearest: super::closest(text, Self::ALL.iter().map(|code| code.as_str())).and_then(find),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let all: HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(all.len(), Code::ALL.len());
        for code in Code::ALL {
            let (area, name) = code.as_str().split_once('.').expect("area.name");
            let areas = [
                "yaml",
                "file",
                "csar",
                "tosca",
                "app",
                "scaling",
                "scaling_file",
                "target",
                "tenant",
                "resource",
                "compose",
                "policy",
                "policy_file",
                "clone",
            ];
            assert!(areas.contains(&area), "{code}");
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'), "{code}");
            assert!(!code.title().ends_with('.') && code.meaning().ends_with('.'), "{code}");
        }
    }
}
