use super::{
    keys::{self, Shape},
    node::Node,
};

/// Holds a service against what the executor's schema takes; an error has the executor's words.
pub(super) fn check(service: &str, node: &Node, is_two: bool) -> Result<(), String> {
    if service.is_empty()
        || !service.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
    {
        return Err(format!(
            r"Invalid service name '{service}' - only [a-zA-Z0-9\._\-] characters are allowed"
        ));
    }
    for (key, value) in node.entries() {
        let Some(shape) = keys::shape(&key.text, is_two) else {
            let hint =
                keys::meant(&key.text).map(|key| format!(" (did you mean '{key}'?)")).unwrap_or_default();
            return Err(format!("Unsupported config option for {service} service: '{}'{hint}", key.text));
        };
        let check = Check { service, key: &key.text };
        check.value(shape, value)?;
    }
    if node.get("memswap_limit").is_some() && node.get("mem_limit").is_none() {
        return Err(format!("Service '{service}' configuration key 'memswap_limit' needs 'mem_limit'"));
    }
    Ok(())
}

struct Check<'a> {
    service: &'a str,
    key: &'a str,
}

impl Check<'_> {
    fn value(&self, shape: Shape, value: &Node) -> Result<(), String> {
        match (shape, value) {
            (Shape::Text, Node::Null) if self.key == "pid" => Ok(()),
            (
                Shape::Text | Shape::NumberOrText | Shape::TextOrList | Shape::Command | Shape::Build,
                Node::Text(_),
            )
            | (Shape::NumberOrText, Node::Whole(_) | Node::Float(_))
            | (Shape::Flag, Node::Flag(_))
            | (Shape::Array, Node::List(_))
            | (Shape::Map | Shape::Build, Node::Map(_)) => Ok(()),
            (Shape::Integer, Node::Whole(number)) => {
                let in_range = self.key != "oom_score_adj" || (-1000..=1000).contains(number);
                let fault = || {
                    format!("Service '{}' configuration key {} value is out of range", self.service, self.key)
                };
                if in_range { Ok(()) } else { Err(fault()) }
            }
            (Shape::Logging, Node::Map(entries)) => {
                let odd = entries.iter().find(|(key, _)| !matches!(key.text.as_str(), "driver" | "options"));
                odd.map_or(Ok(()), |(key, _)| Err(self.unsupported(&key.text)))
            }
            (Shape::ListOrMap, Node::Map(entries)) => {
                self.entries(entries.iter().map(|(key, value)| (&*key.text, value)))
            }
            (Shape::Command, Node::List(items)) => {
                match items.iter().find(|item| !matches!(item, Node::Text(_))) {
                    Some(item) => Err(format!(
                        "Service '{}' configuration key '{}' contains {}, which is an invalid type, it should be a string",
                        self.service,
                        self.key,
                        item.scalar().unwrap_or_else(|| "a nested value".to_owned())
                    )),
                    None => Ok(()),
                }
            }
            (Shape::UniqueTexts | Shape::TextOrList | Shape::ListOrMap, Node::List(items)) => {
                self.texts(items)?;
                self.unique(items)
            }
            (Shape::Ports | Shape::Expose, Node::List(items)) => {
                for (at, item) in items.iter().enumerate() {
                    let fits = match item {
                        Node::Whole(_) | Node::Float(_) => true,
                        Node::Text(text) => shape == Shape::Expose || is_port(text),
                        _ => false,
                    };
                    if !fits {
                        let service = self.service;
                        return Err(format!(
                            "Service '{service}' configuration key {at} value Does not match format 'ports'"
                        ));
                    }
                }
                self.unique(items)
            }
            (shape, _) => Err(self.wrong(self.key, expected(shape))),
        }
    }

    fn entries<'a>(&self, entries: impl Iterator<Item = (&'a str, &'a Node)>) -> Result<(), String> {
        for (key, value) in entries {
            // The schema's pattern is `.+`, in which the dot stands for anything but a line feed.
            if key.chars().all(|c| c == '\n') {
                return Err(self.unsupported(key));
            }
            match value {
                Node::List(_) | Node::Map(_) => return Err(self.wrong(key, "a string")),
                Node::Null if matches!(self.key, "labels") => {
                    return Err("Cannot unmarshal '<nil>' of type <nil> into a string value".to_owned());
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn texts(&self, items: &[Node]) -> Result<(), String> {
        match items.iter().position(|item| !matches!(item, Node::Text(_))) {
            Some(at) => Err(self.wrong(&at.to_string(), "a string")),
            None => Ok(()),
        }
    }

    fn unique(&self, items: &[Node]) -> Result<(), String> {
        let twice =
            items.iter().enumerate().any(|(at, item)| items.iter().take(at).any(|before| before == item));
        if !twice {
            return Ok(());
        }
        let shown: Vec<String> = items.iter().filter_map(Node::scalar).collect();
        Err(format!(
            "Service '{}' configuration key '{}' value [{}] has non-unique elements",
            self.service,
            self.key,
            shown.join(" ")
        ))
    }

    fn unsupported(&self, option: &str) -> String {
        format!(
            "Service '{}' configuration key '{}' contains unsupported option: '{option}'",
            self.service, self.key
        )
    }

    fn wrong(&self, key: &str, expected: &str) -> String {
        let service = self.service;
        format!(
            "Service '{service}' configuration key '{key}' contains an invalid type, it should be {expected}."
        )
    }
}

fn expected(shape: Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::Command | Shape::TextOrList | Shape::Build => "a string",
        Shape::NumberOrText => "a number or a string",
        Shape::Integer => "an integer",
        Shape::Flag => "a boolean",
        Shape::Map | Shape::Logging | Shape::ListOrMap => "an object",
        Shape::Array | Shape::Ports | Shape::Expose | Shape::UniqueTexts => "an array",
    }
}

/// `80`, `8080:80`, `ip:8080:80`, ranges, each with `/tcp` or `/udp`.
fn is_port(text: &str) -> bool {
    let (ports, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let number = |text: &str| text.parse::<u16>().is_ok();
    let range = |text: &str| {
        text.split_once('-').map_or_else(|| number(text), |(low, high)| number(low) && number(high))
    };
    let mut parts = ports.rsplit(':');
    matches!(protocol.to_ascii_lowercase().as_str(), "tcp" | "udp")
        && parts.next().is_some_and(range)
        && match (parts.next(), parts.next()) {
            (None, _) => true,
            // Without a port of the host, one is chosen.
            (Some(host), None) => host.is_empty() || range(host),
            (Some(host), Some(_)) => host.is_empty() || range(host),
        }
}
