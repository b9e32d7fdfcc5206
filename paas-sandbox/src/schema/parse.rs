use super::{Field, Kind, Schema, Type};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the table. An error names the line, for whoever edits the table.
pub(super) fn parse(text: &'static str) -> Result<Schema, String> {
    let mut blocks: Vec<Block> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let read = if line.starts_with(' ') {
            blocks.last_mut().ok_or("a field before any type").and_then(|block| block.add(line.trim()))
        } else {
            Block::new(line).map(|block| blocks.push(block))
        };
        read.map_err(|fault| format!("line {} of the table of types: {fault}: `{line}`", number + 1))?;
    }
    finish(&blocks)
}

struct Block {
    head: Type,
    like: Option<&'static str>,
    dropped: BTreeSet<&'static str>,
}

impl Block {
    fn new(line: &'static str) -> Result<Self, &'static str> {
        let mut words = line.split_whitespace();
        let kind = words.next().ok_or("no kind")?;
        let name = words.next().ok_or("no name")?;
        let mut head = Type {
            name,
            plural: "",
            prefix: "",
            family: name,
            machine: "",
            rights: BTreeMap::new(),
            actions: Vec::new(),
            links: Vec::new(),
            fields: BTreeMap::new(),
        };
        match kind {
            "value" => {}
            "resource" => {
                head.plural = words.next().ok_or("no plural")?;
                head.prefix = words.next().ok_or("no prefix")?;
                head.machine = words.next().ok_or("no state machine")?;
                if head.machine == "service" {
                    head.family = "service";
                }
                for word in words {
                    let (role, rights) = word.split_once('=').ok_or("rights are `role=rights`")?;
                    head.rights.insert(role, rights);
                }
            }
            _ => return Err("a block is a `resource` or a `value`"),
        }
        Ok(Self { head, like: None, dropped: BTreeSet::new() })
    }

    fn add(&mut self, line: &'static str) -> Result<(), &'static str> {
        if let Some(name) = line.strip_prefix('-') {
            self.dropped.insert(name);
            return Ok(());
        }
        let (first, rest) = line.split_once(' ').ok_or("a field has a type")?;
        match first {
            "like" => self.like = Some(rest),
            "actions" => {
                self.head.actions = rest
                    .split_whitespace()
                    .map(|word| {
                        word.split_once(':').map_or((word, None), |(name, input)| (name, Some(input)))
                    })
                    .collect();
            }
            "links" => self.head.links = rest.split_whitespace().collect(),
            name => {
                self.head.fields.insert(name, field(name, rest)?);
            }
        }
        Ok(())
    }
}

fn field(name: &'static str, rest: &'static str) -> Result<Field, &'static str> {
    let mut words = rest.split_whitespace();
    let kind = words.next().map(kind).ok_or("no type")??;
    let rights = words.next().ok_or("no rights")?;
    let mut field = Field {
        name,
        kind,
        rights,
        admin: None,
        required: false,
        unique: false,
        default: None,
        min: None,
        max: None,
        chars: None,
        options: Vec::new(),
    };
    for word in words {
        let (option, value) = word.split_once('=').unwrap_or((word, ""));
        let number = || value.parse().map(Some).map_err(|_| "not a number");
        match option {
            "required" => field.required = true,
            "unique" => field.unique = true,
            "admin" => field.admin = Some(value),
            "chars" => field.chars = Some(value),
            "min" => field.min = number()?,
            "max" => field.max = number()?,
            "options" => field.options = value.split(',').collect(),
            "default" => {
                field.default = Some(serde_json::from_str(value).map_err(|_| "a default is JSON")?);
            }
            _ => return Err("unknown option"),
        }
    }
    Ok(field)
}

fn kind(text: &'static str) -> Result<Kind, &'static str> {
    let inner = |word: &str| text.strip_prefix(word)?.strip_prefix('[')?.strip_suffix(']');
    if let Some(of) = inner("array") {
        return Ok(Kind::List(Box::new(kind(of)?)));
    }
    if let Some(of) = inner("map") {
        return Ok(Kind::Map(Box::new(kind(of)?)));
    }
    if let Some(to) = inner("reference") {
        return Ok(Kind::Reference(to));
    }
    Ok(match text {
        "string" => Kind::Text,
        "password" => Kind::Password,
        "enum" => Kind::Enum,
        "date" => Kind::Date,
        "int" => Kind::Integer,
        "boolean" => Kind::Boolean,
        "json" => Kind::Json,
        _ if text.contains('[') => return Err("unknown type of field"),
        other => Kind::Value(other),
    })
}

/// Joins each block with what it is like and with the fields that all resources have.
fn finish(blocks: &[Block]) -> Result<Schema, String> {
    let find = |name: &str| {
        blocks.iter().find(|block| block.head.name == name).ok_or_else(|| format!("no type `{name}`"))
    };
    let mut types = BTreeMap::new();
    for block in blocks {
        let mut fields = BTreeMap::new();
        let mut done = block.head.clone();
        if block.head.is_resource() && block.head.machine != "setting" {
            fields.extend(find("common")?.head.fields.clone());
        }
        if let Some(like) = block.like {
            let like = &find(like)?.head;
            fields.extend(like.fields.clone());
            if done.actions.is_empty() {
                done.actions.clone_from(&like.actions);
            }
            if done.links.is_empty() {
                done.links.clone_from(&like.links);
            }
        }
        fields.retain(|name, _| !block.dropped.contains(name));
        fields.extend(block.head.fields.clone());
        done.fields = fields;
        types.insert(done.name, done);
    }
    let schema = Schema { types };
    for kind in schema.types.values() {
        let inputs = kind.actions.iter().filter_map(|(_, input)| *input);
        let used = kind.fields.values().filter_map(|field| innermost(&field.kind));
        if let Some(missing) = inputs.chain(used).find(|name| schema.named(name).is_none()) {
            return Err(format!(
                "`{}` uses the type `{missing}`, which is not in the table of types",
                kind.name
            ));
        }
    }
    Ok(schema)
}

/// The type of the table that a field's type names, if it names one.
fn innermost(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::List(of) | Kind::Map(of) => innermost(of),
        Kind::Reference(name) | Kind::Value(name) => Some(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let schema = parse(include_str!("types.txt")).unwrap();
        assert_eq!(schema.at_path("LOADBALANCERSERVICES").unwrap().name, "loadBalancerService");
        assert!(schema.named("externalService").unwrap().fields.contains_key("launchConfig"));
        assert!(!schema.named("externalService").unwrap().fields.contains_key("scale"));
    }

    #[test]
    fn a_fault_names_its_line() {
        assert_eq!(
            parse("value a\n  b string r\n\n  c wrong[x] r").unwrap_err(),
            "line 4 of the table of types: unknown type of field: `  c wrong[x] r`"
        );
        assert_eq!(
            parse("value a\n  b other r").unwrap_err(),
            "`a` uses the type `other`, which is not in the table of types"
        );
    }
}
