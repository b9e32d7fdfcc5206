//! The picture as SVG: where each state and each arrow is. What the arrows say is the table's.

use super::{
    super::StateName::{self, Gone, InDevelopment, PendingSync, Superseded, Synced, Syncing},
    Sort,
    arrows::{Arrow, arrows},
};
use crate::drawing::{Font, INK, MUTED, Pen};

const WIDTH: i32 = 1_240;
const HEIGHT: i32 = 560;
const CARD: (i32, i32) = (172, 56);
const LINE: i32 = 15;

const TITLE: Font = Font::new(20, true, INK);
const SUBTITLE: Font = Font::new(12, false, MUTED);
const NAME: Font = Font::new(13, true, INK);
const SMALL: Font = Font::new(11, false, MUTED);

/// The colours of what happens, by whether it can be refused; they differ in weight too.
const fn font(sort: Sort) -> Font {
    match sort {
        Sort::Command => Font::new(12, true, "#1d4ed8"),
        Sort::Observation => Font::new(12, false, INK),
        Sort::Time => Font::new(12, true, "#a16207"),
    }
}

/// A state: where its card begins, its ground and its edge.
struct Card(StateName, (i32, i32), &'static str, &'static str);

const CARDS: [Card; 6] = [
    Card(InDevelopment, (70, 236), "#f8fafc", "#475569"),
    Card(PendingSync, (390, 236), "#fef9c3", "#a16207"),
    Card(Syncing, (720, 236), "#dbeafe", "#1d4ed8"),
    Card(Synced, (1_040, 236), "#dcfce7", "#15803d"),
    Card(Superseded, (720, 410), "#ffedd5", "#c2410c"),
    Card(Gone, (1_040, 410), "#fee2e2", "#b91c1c"),
];

/// An arrow: between which states, its path, its end with where the head points, and the first line of its words.
struct Place {
    ends: (Option<StateName>, Option<StateName>),
    path: &'static str,
    head: ((i32, i32), Points),
    words: (i32, i32),
    is_centred: bool,
}

#[derive(Clone, Copy)]
enum Points {
    Right,
    Left,
    Up,
    Down,
}

const fn place(
    from: Option<StateName>,
    to: Option<StateName>,
    path: &'static str,
    head: ((i32, i32), Points),
    words: (i32, i32),
    is_centred: bool,
) -> Place {
    Place { ends: (from, to), path, head, words, is_centred }
}

#[rustfmt::skip]
const PLACES: [Place; 17] = [
    place(None, Some(InDevelopment), "M24 264H62", ((70, 264), Points::Right), (4, 246), false),
    place(Some(InDevelopment), Some(PendingSync), "M242 252H382", ((390, 252), Points::Right), (316, 244), true),
    place(Some(PendingSync), Some(InDevelopment), "M390 276H250", ((242, 276), Points::Left), (316, 294), true),
    place(Some(PendingSync), Some(Syncing), "M562 252H712", ((720, 252), Points::Right), (641, 229), true),
    place(Some(Syncing), Some(PendingSync), "M720 276H570", ((562, 276), Points::Left), (641, 294), true),
    place(Some(Syncing), Some(Synced), "M892 264H1032", ((1_040, 264), Points::Right), (966, 241), true),
    place(Some(PendingSync), Some(Synced), "M500 236V196Q500 184 512 184H1078Q1090 184 1090 196V228", ((1_090, 236), Points::Down), (795, 176), true),
    place(Some(Synced), Some(PendingSync), "M1124 236V150Q1124 138 1112 138H464Q452 138 452 150V228", ((452, 236), Points::Down), (795, 115), true),
    place(Some(Synced), Some(InDevelopment), "M1158 236V90Q1158 78 1146 78H168Q156 78 156 90V228", ((156, 236), Points::Down), (660, 70), true),
    place(Some(Syncing), Some(Superseded), "M770 292V402", ((770, 410), Points::Down), (702, 352), false),
    place(Some(Superseded), Some(InDevelopment), "M720 438H204Q192 438 192 426V300", ((192, 292), Points::Up), (456, 400), true),
    place(Some(Superseded), Some(Gone), "M892 426H1032", ((1_040, 426), Points::Right), (966, 418), true),
    place(Some(Gone), Some(Superseded), "M1040 450H900", ((892, 450), Points::Left), (966, 468), true),
    place(Some(Syncing), Some(Gone), "M850 292C850 352 1090 332 1090 402", ((1_090, 410), Points::Down), (1_004, 330), true),
    place(Some(InDevelopment), None, "M112 292V340", ((112, 348), Points::Down), (74, 374), false),
    place(Some(PendingSync), None, "M476 292V340", ((476, 348), Points::Down), (438, 374), false),
    place(Some(Synced), None, "M1180 292V340", ((1_180, 348), Points::Down), (1_142, 374), false),
];

/// The one arrow that has room for its words only beside it.
#[rustfmt::skip]
const LAST: Place = place(Some(Gone), None, "M1126 466V494", ((1_126, 502), Points::Down), (1_142, 486), false);

/// The states and what leads from one to the other, as one drawing that needs nothing else.
///
/// ```
/// let picture = paas_core::images::promotion::table::svg();
/// assert!(picture.starts_with("<svg ") && picture.contains(">withdraw</text>"));
/// ```
pub fn svg() -> String {
    let mut pen = Pen::new();
    pen.raw(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, \
         'Helvetica Neue', 'Noto Sans', Arial, sans-serif\">"
    ));
    pen.element("title", "The way of an image to production");
    pen.element("desc", &description());
    pen.raw(format_args!("<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>"));
    pen.text(20, 34, TITLE, "The way of an image to production");
    legend(&mut pen);
    for arrow in arrows() {
        let found = PLACES.iter().chain([&LAST]).find(|place| place.ends == arrow.ends);
        if let Some(place) = found {
            draw_arrow(&mut pen, place, &arrow);
        }
    }
    pen.raw(format_args!("<circle cx=\"20\" cy=\"264\" r=\"5\" fill=\"{INK}\"/>"));
    for card in &CARDS {
        draw(&mut pen, card);
    }
    pen.raw(format_args!("</svg>"));
    pen.finish()
}

/// All of it in sentences, for those who do not see it.
fn description() -> String {
    let name = |state: Option<StateName>, other| state.map_or(other, StateName::title);
    let sentences = arrows().into_iter().map(|arrow| {
        let (from, to) = arrow.ends;
        let labels: Vec<&str> = arrow.labels().into_iter().map(|(_, label)| label).collect();
        format!("From {} to {}: {}.", name(from, "nothing"), name(to, "nothing"), labels.join("; "))
    });
    sentences.collect::<Vec<_>>().join(" ")
}

fn legend(pen: &mut Pen) {
    let mut x = 20;
    for (sort, words) in [
        (Sort::Command, "commands, by senior members and above"),
        (Sort::Observation, "what is seen"),
        (Sort::Time, "what time brings"),
    ] {
        pen.text(x, 54, Font { size: 12, ..font(sort) }, words);
        x += font(sort).width(words) + 48;
    }
    pen.text(
        20,
        HEIGHT - 16,
        SUBTITLE,
        "What leads nowhere is not drawn; the table says it, and in which case each arrow is taken.",
    );
}

fn draw_arrow(pen: &mut Pen, place: &Place, arrow: &Arrow) {
    let Place { path, head: ((x, y), points), words, is_centred, ends } = place;
    pen.raw(format_args!("<g>"));
    pen.raw(format_args!("<path d=\"{path}\" fill=\"none\" stroke=\"{MUTED}\" stroke-width=\"1.4\"/>"));
    let head = match points {
        Points::Right => "l-8 -4v8z",
        Points::Left => "l8 -4v8z",
        Points::Up => "l-4 8h8z",
        Points::Down => "l-4 -8h8z",
    };
    pen.raw(format_args!("<path d=\"M{x} {y}{head}\" fill=\"{MUTED}\"/>"));
    if ends.1.is_none() {
        // The end of all.
        let y = y + 6;
        pen.raw(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"1.4\"/>"
        ));
    }
    let (x, mut y) = *words;
    for (sort, label) in arrow.labels() {
        if *is_centred {
            pen.centred(x, y, font(sort), label);
        } else {
            pen.text(x, y, font(sort), label);
        }
        y += LINE;
    }
    pen.raw(format_args!("</g>"));
}

fn draw(pen: &mut Pen, Card(state, (x, y), ground, edge): &Card) {
    let (width, height) = CARD;
    let dashes = if *state == Gone { " stroke-dasharray=\"5 4\"" } else { "" };
    pen.raw(format_args!("<g>"));
    pen.element("title", state.meaning());
    pen.raw(format_args!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{ground}\" \
         stroke=\"{edge}\" stroke-width=\"1.6\"{dashes}/>"
    ));
    let middle = x + width / 2;
    pen.centred(middle, y + 24, NAME, state.name());
    // The name says the rest of the one that has two things to say.
    let title = if *state == Superseded { "being copied, pushed anew" } else { state.title() };
    pen.centred(middle, y + 42, SMALL, title);
    pen.raw(format_args!("</g>"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_arrow_of_the_table_has_its_place() {
        let table: BTreeSet<_> = arrows().into_iter().map(|arrow| arrow.ends).collect();
        let drawn: BTreeSet<_> = PLACES.iter().chain([&LAST]).map(|place| place.ends).collect();
        assert_eq!(table, drawn);
        let cards: BTreeSet<_> = CARDS.iter().map(|card| card.0).collect();
        assert_eq!(cards, StateName::ALL.iter().copied().collect());
    }

    #[test]
    fn it_is_one_document_that_loads_nothing() {
        let picture = svg();
        let document = roxmltree::Document::parse(&picture).unwrap();
        for element in document.descendants().filter(roxmltree::Node::is_element) {
            let known = ["svg", "title", "desc", "g", "rect", "path", "circle", "text"];
            assert!(known.contains(&element.tag_name().name()), "{element:?}");
        }
        let words: BTreeSet<_> = document
            .descendants()
            .filter(|node| node.has_tag_name("text"))
            .filter_map(|node| node.text())
            .collect();
        let mut labels = arrows().into_iter().flat_map(|arrow| arrow.labels());
        assert!(labels.all(|(_, label)| words.contains(label)), "{words:?}");
    }
}
