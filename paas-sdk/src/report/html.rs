//! Tables in HTML, for notebooks and consoles. What comes of templates is escaped.

#[cfg(feature = "platform")]
use paas_core::plan::Plan;
use paas_core::{application::ServiceKind, release::Release};
use std::fmt::Write as _;

/// The services of a release: in which stage each starts, its network and environment, its image and count.
///
/// ```
/// use paas_sdk::{Options, Source, Target, report, translate};
///
/// let template = "
/// tosca_definitions_version: tosca_simple_yaml_1_3
/// topology_template:
///   node_templates:
///     dmz: { type: paas.nodes.Network }
///     web:
///       type: paas.nodes.Service
///       properties: { image: 'registry.bank.test/web:1.4', scale: 2 }
///       requirements: [ { network: dmz } ]
/// ";
/// let translation = translate(&Source::new("shop.yaml", template), &Options::default(), &Target::default());
/// let table = report::html::release(&translation.release.unwrap());
/// assert!(table.contains("<caption>shop</caption>"));
/// assert!(table.contains("<tr><td>1</td><td>dmz</td><td>dmz</td><td>web</td><td>registry.bank.test/web:1.4</td><td>2</td></tr>"));
/// ```
pub fn release(release: &Release) -> String {
    let mut table =
        Table::new(&release.stack, &["stage", "network", "environment", "service", "image", "scale"]);
    for part in &release.parts {
        for service in &part.services {
            let (image, scale) = match &service.kind {
                ServiceKind::Container(container) => {
                    (container.image.clone(), count(container.everywhere, container.scale))
                }
                ServiceKind::LoadBalancer(_) => ("load balancer".to_owned(), String::new()),
                _ => ("outside".to_owned(), String::new()),
            };
            let stage = release.stages.iter().find(|stage| {
                stage.activations.iter().any(|activation| {
                    activation.network == part.network.name && activation.service == service.name
                })
            });
            let stage = stage.map(|stage| stage.number.to_string()).unwrap_or_default();
            table.row(&[&stage, &part.network.name, &part.environment, &service.name, &image, &scale]);
        }
    }
    table.end()
}

/// The steps of a plan, in their order.
///
/// ```
/// use paas_sdk::{core::plan::{self, Environment, RemovedStack, Stack}, report};
///
/// let dmz = Environment::new("1a5", "meridian-dmz", "dmz");
/// let stacks = vec![RemovedStack { stack: Stack::new(dmz, "<shop>", "paas://meridian/shop/"), stage: 1 }];
/// let table = report::html::plan(&plan::remove("op-1", "meridian", "shop", stacks));
/// assert!(table.contains("remove the stack `&lt;shop&gt;` from `meridian-dmz`"));
/// ```
#[cfg(feature = "platform")]
pub fn plan(plan: &Plan) -> String {
    let caption = format!("{} {} for {}", plan.kind.as_str(), plan.application, plan.tenant);
    let mut table = Table::new(&caption, &["stage", "network", "environment", "what"]);
    for step in &plan.steps {
        let environment = step.action.environment();
        let stage = step.stage.map(|stage| stage.to_string()).unwrap_or_default();
        table.row(&[&stage, &environment.network, &environment.name, &step.to_string()]);
    }
    table.end()
}

/// A count of containers.
fn count(everywhere: bool, scale: u32) -> String {
    if everywhere { "each host".to_owned() } else { scale.to_string() }
}

/// A table under construction.
struct Table(String);

impl Table {
    fn new(caption: &str, heads: &[&str]) -> Self {
        let mut table = Self("<table>".to_owned());
        let _ = write!(table.0, "<caption>{}</caption><thead><tr>", Escaped(caption));
        for head in heads {
            let _ = write!(table.0, "<th>{}</th>", Escaped(head));
        }
        table.0.push_str("</tr></thead><tbody>");
        table
    }

    fn row(&mut self, cells: &[&str]) {
        self.0.push_str("<tr>");
        for cell in cells {
            let _ = write!(self.0, "<td>{}</td>", Escaped(cell));
        }
        self.0.push_str("</tr>");
    }

    fn end(mut self) -> String {
        self.0.push_str("</tbody></table>");
        self.0
    }
}

/// A text that is nothing but text.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
