//! What words mean, for who writes them.

/// The meaning of a word in a place; words that mean the same everywhere are told once.
pub(super) fn meaning(place: &str, word: &str) -> Option<&'static str> {
    in_place(place, word).or_else(|| anywhere(word))
}

fn in_place(place: &str, word: &str) -> Option<&'static str> {
    Some(match (place, word) {
        ("template", "tosca_definitions_version") => {
            "Version of TOSCA that the template is written in: tosca_simple_yaml_1_3."
        }
        ("template", "namespace") => "Namespace of the names that the template defines.",
        ("template", "metadata") => "Name, author and version of the template, and which inputs are secret.",
        ("template", "dsl_definitions") => "Pieces of YAML with anchors, to be used by aliases.",
        ("template", "repositories") => {
            "Places of files that are not beside the template, by names that imports and artifacts use."
        }
        ("template", "imports") => {
            "Files whose types are used. The profile is there with or without an import."
        }
        ("template", "topology_template") => {
            "What is deployed: nodes, how they are connected, and how they scale."
        }
        ("template", "template_name") => "Name of the template, as TOSCA 1.0 has it.",
        ("template", "template_author") => "Author of the template, as TOSCA 1.0 has it.",
        ("template", "template_version") => "Version of the template, as TOSCA 1.0 has it.",
        ("topology", "inputs") => "Values that are given when the template is translated.",
        ("topology", "node_templates") => "Networks, volumes, services and others, by their names.",
        ("topology", "relationship_templates") => {
            "Relationships that requirements name, such as how a volume is mounted."
        }
        ("topology", "groups") => "Nodes that policies target together.",
        ("topology", "policies") => "Scaling policies: each is a window of a plan.",
        ("topology", "outputs") => "Values that are shown after the translation.",
        ("topology", "workflows") => "Workflows; they are read, but not executed.",
        ("import", "file") => "Path of the file, from the folder of this one.",
        ("import", "repository") => "Name of the repository that the path begins in.",
        ("import", "namespace_prefix") => "Before the names of the file: prefix:name.",
        ("import", "namespace_uri") => "Namespace of the names of the file; it has no effect.",
        ("repository", "url") => "Where the repository is.",
        ("repository", "credential") => "What opens the repository; it has no effect here.",
        ("credential", "protocol") => "Protocol that the credential is for.",
        ("credential", "token_type") => "What the token is, such as password.",
        ("credential", "token") => "The token itself. Secrets do not belong into templates.",
        ("credential", "keys") => "Further keys, by their names.",
        ("credential", "user") => "Name of the user.",
        ("topology", "substitution_mappings") => "What the template can stand for in others; only checked.",
        ("node filter", "properties") => "What properties of the node must be.",
        ("node filter", "capabilities") => "What properties of its capabilities must be.",
        ("substitution mappings", "node_type") => "The node type that the template stands for.",
        ("substitution mappings", "substitution_filter") => "For which nodes it stands.",
        ("trigger", "event") => "What sets it off.",
        ("trigger", "action") => "What is done then: a list of activities.",
        ("input" | "property" | "output" | "entry schema", "type") => {
            "Type of the value; a list or map names the type of its entries in entry_schema."
        }
        ("input" | "property" | "output" | "entry schema", "required") => {
            "Whether there must be a value; true unless said otherwise."
        }
        ("input", "metadata") => "Words about the input; secret: 'true' keeps its value out of all files.",
        ("input", "value") => "The value itself; nobody else can give one then.",
        ("output", "value") => "What is shown, mostly a function.",
        ("node", "type") => "Type of the node, such as paas.nodes.Service.",
        ("node", "requirements") => "What the node needs of others: a list of name: target.",
        ("node", "capabilities") => "Properties of what the node offers, such as the bounds of scalable.",
        ("node", "directives") => {
            "Whether whoever runs the template selects or substitutes the node; not done here."
        }
        ("capability", "properties") => "Values for the properties of the capability.",
        ("requirement", "node") => "The node template that meets it.",
        ("requirement", "capability") => "The capability of that node, by its name or type.",
        ("requirement", "relationship") => {
            "The relationship: the name of a template or type, or a map with a type."
        }
        ("relationship", "type") => "Type of the relationship, such as paas.relationships.Mounts.",
        ("group", "type") => "Type of the group, such as tosca.groups.Root.",
        ("group", "members") => "Node templates of the group.",
        ("policy", "type") => "Type of the policy, such as paas.policies.Scaling.Cpu.",
        ("policy", "targets") => "Node templates and groups that it is for.",
        ("type", "members") => "Types of nodes that can be members.",
        ("type", "targets") => "Types of nodes and groups that it can be for.",
        ("type", "properties") => "Properties of this type, besides those that it inherits.",
        ("type", "attributes") => "Attributes of this type, besides those that it inherits.",
        ("type", "capabilities") => "What nodes of this type offer.",
        ("type", "requirements") => "What nodes of this type need of others.",
        ("type", "metadata") => "Words about the type.",
        ("type", "version") => "Version of the type.",
        ("capability definition", "type") => "Type of the capability.",
        ("capability definition", "properties") => "Properties that are refined here.",
        ("capability definition", "attributes") => "Attributes that are refined here.",
        ("requirement definition", "capability") => "Type of the capability that is needed.",
        ("requirement definition", "node") => "Type of the node that is needed.",
        ("requirement definition", "relationship") => "Type of the relationship.",
        _ => return None,
    })
}

fn anywhere(word: &str) -> Option<&'static str> {
    Some(match word {
        "description" => "What it is, in plain words.",
        "metadata" => "Words about it, for whoever reads the template.",
        "type" => "Its type.",
        "status" => "Whether it is still to be used.",
        "required" => "Whether there must be a value.",
        "default" => "The value if none is given.",
        "constraints" => "What else a value must be, as a list of operators.",
        "entry_schema" => "What the entries of a list or map are.",
        "key_schema" => "What the keys of a map are.",
        "external_schema" | "external-schema" => "A schema in another language.",
        "properties" => "Values for the properties of its type.",
        "attributes" => "Values that are known once it runs; they have no effect here.",
        "interfaces" => "Operations; they are read, but have no effect.",
        "artifacts" => "Files of it; they are read, but have no effect.",
        "copy" => "Name of another template that this one begins as.",
        "node_filter" => "What a node must be to be chosen.",
        "triggers" => "What is done when; triggers are read, but not executed.",
        "occurrences" => "How often: a list of the least and the most, which may be UNBOUNDED.",
        "derived_from" => "The type that it inherits from.",
        "mime_type" => "Kind of the file, as the internet names it.",
        "file_ext" => "Endings of the names of such files.",
        "version" => "Its version.",
        "valid_source_types" => "Types of nodes that may use it.",
        "valid_target_types" => "Types that it may lead to.",
        "artifact_types" => "Types of files that the template defines.",
        "data_types" => "Types of values that the template defines.",
        "capability_types" => "Types of capabilities that the template defines.",
        "interface_types" => "Types of interfaces that the template defines.",
        "relationship_types" => "Types of relationships that the template defines.",
        "node_types" => "Types of nodes that the template defines.",
        "group_types" => "Types of groups that the template defines.",
        "policy_types" => "Types of policies that the template defines.",
        _ => return None,
    })
}
