//! The page: title, lanes, stages, arrows, services, legend.

use super::{
    super::{
        colours::{self, INK, MUTED},
        graph::Graph,
        layout::{Area, LANE_GAP, Layout, Measures},
    },
    arrow, card, legend, words,
};
use crate::drawing::{Font, Pen};
use crate::release::Part;

const MARGIN: i32 = 20;
/// Where lanes say what they are.
const LEAST_LABEL: i32 = 120;
const MOST_LABEL: i32 = 240;
const INSET: i32 = 12;
const TOP: i32 = 112;
const LEAST_LANE: i32 = 88;
const LEAST_WIDTH: i32 = 640;

const TITLE: Font = Font::new(20, true, INK);
const SUBTITLE: Font = Font::new(12, false, MUTED);
const NETWORK: Font = Font::new(14, true, INK);
const SMALL: Font = Font::new(11, false, MUTED);
const STAGE: Font = Font::new(12, true, INK);

pub(in super::super) fn render(graph: &Graph<'_>) -> String {
    let label = graph.release.parts.iter().map(label_width).max().unwrap_or(LEAST_LABEL);
    let measures = Measures {
        cards: graph.nodes.iter().map(|node| card::size(graph, node)).collect(),
        labels: graph.arrows.iter().map(arrow::label_width).collect(),
        left: MARGIN + label,
        top: TOP,
        lane_height: LEAST_LANE,
    };
    let layout = Layout::of(graph, &measures);
    let right = layout.right.max(LEAST_WIDTH - MARGIN);

    // The legend says how high the page is, so what is inside comes first.
    let mut inside = Pen::new();
    head(&mut inside, graph, right);
    for (part, lane) in graph.release.parts.iter().zip(&layout.lanes) {
        lane_ground(&mut inside, part, lane, label, right);
    }
    stages(&mut inside, &layout);
    for stroke in &layout.strokes {
        arrow::draw(&mut inside, graph, stroke);
    }
    for (node, area) in graph.nodes.iter().zip(&layout.cards) {
        card::draw(&mut inside, graph, node, *area);
    }
    let bottom = legend::draw(&mut inside, MARGIN, right, layout.bottom + LANE_GAP);

    let (width, height) = (right + MARGIN, bottom + MARGIN / 2);
    let mut page = Pen::new();
    page.raw(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, \
         'Helvetica Neue', 'Noto Sans', Arial, sans-serif\">"
    ));
    page.element("title", &graph.release.application);
    page.element("desc", &words::description(graph));
    page.raw(format_args!("<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>"));
    let mut out = page.finish();
    out.push_str(&inside.finish());
    out.push_str("</svg>\n");
    out
}

fn head(pen: &mut Pen, graph: &Graph<'_>, right: i32) {
    let room = right - MARGIN;
    pen.fitted(MARGIN, 38, TITLE, room, &graph.release.application);
    pen.fitted(MARGIN, 58, SUBTITLE, room, &words::summary(graph));
}

/// What a lane says of its network below the name.
fn facts(part: &Part) -> Vec<String> {
    let network = &part.network;
    let level = network.security_level.as_ref().map(|level| format!("security level {level}"));
    let domain = network.security_domain.as_ref().map(|domain| format!("domain {domain}"));
    let environment = &part.environment;
    let environment = (*environment != network.name).then(|| format!("environment {environment}"));
    [level, domain, environment].into_iter().flatten().collect()
}

fn label_width(part: &Part) -> i32 {
    let facts = facts(part).iter().map(|fact| SMALL.width(fact)).max().unwrap_or_default();
    facts.max(NETWORK.width(&part.network.name)).saturating_add(2 * INSET).clamp(LEAST_LABEL, MOST_LABEL)
}

fn lane_ground(pen: &mut Pen, part: &Part, lane: &Area, label: i32, right: i32) {
    let network = &part.network;
    let (ground, edge) = colours::network(network.security_level.as_deref());
    let Area { y, height, .. } = *lane;
    let (width, label_end) = (right - MARGIN, MARGIN + label);
    pen.raw(format_args!("<g>"));
    pen.element("title", &network.name);
    pen.raw(format_args!(
        "<rect x=\"{MARGIN}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{ground}\" \
         stroke=\"{edge}\"/>"
    ));
    pen.raw(format_args!("<path d=\"M{label_end} {y}v{height}\" stroke=\"{edge}\"/>"));

    let lines = facts(part);
    let count = i32::try_from(lines.len()).unwrap_or_default();
    let room = label - 2 * INSET;
    let mut line = y + height / 2 + 5 - count * 8;
    pen.fitted(MARGIN + INSET, line, NETWORK, room, &network.name);
    for words in lines {
        line += 17;
        pen.fitted(MARGIN + INSET, line, SMALL, room, &words);
    }
    pen.raw(format_args!("</g>"));
}

fn stages(pen: &mut Pen, layout: &Layout) {
    for (index, stage) in layout.stages.iter().enumerate() {
        let (from, to) = (stage.x, stage.x + stage.width);
        let name = stage.number.map_or_else(|| "no stage".to_owned(), |number| format!("stage {number}"));
        pen.centred(i32::midpoint(from, to), TOP - 20, STAGE, &name);
        pen.raw(format_args!(
            "<path d=\"M{from} {0}H{to}\" stroke=\"{INK}\" stroke-width=\"1.5\"/>",
            TOP - 12
        ));
        if index > 0 {
            pen.raw(format_args!(
                "<path d=\"M{} {}V{}\" stroke=\"#94a3b8\" stroke-dasharray=\"2 4\"/>",
                stage.border,
                TOP - 30,
                layout.bottom
            ));
        }
    }
}
