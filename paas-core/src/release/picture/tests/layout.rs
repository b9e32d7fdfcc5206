use super::{
    super::{
        graph::Graph,
        layout::{Area, Layout, Measures, Size},
    },
    fixture::bank,
    large::large,
};
use crate::release::Release;
use proptest::prelude::*;

proptest! {
    #[test]
    fn nothing_lies_on_a_service(count in 0..60_usize, seed: u64) {
        check(&large(count, seed));
    }

    #[test]
    fn nothing_lies_on_a_service_without_stages(count in 0..60_usize, seed: u64, kept in 0..4_usize) {
        let mut release = large(count, seed);
        release.stages.truncate(kept);
        check(&release);
    }
}

#[test]
fn nothing_lies_on_a_service_of_the_bank() {
    check(&bank());
}

#[test]
fn arrows_go_to_the_left_when_no_service_needs_a_later_one() {
    let release = large(200, 3);
    let graph = Graph::of(&release);
    let layout = laid_out(&graph);
    for stroke in &layout.strokes {
        let (first, last) = (stroke.points[0], stroke.points[stroke.points.len() - 1]);
        assert!(first.0 >= last.0, "{stroke:?}");
    }
}

fn laid_out(graph: &Graph<'_>) -> Layout {
    let card = |index: usize| Size {
        width: 100 + i32::try_from(index % 7).unwrap() * 11,
        height: 40 + i32::try_from(index % 5).unwrap() * 17,
    };
    let measures = Measures {
        cards: (0..graph.nodes.len()).map(card).collect(),
        labels: vec![30; graph.arrows.len()],
        left: 100,
        top: 50,
        lane_height: 80,
    };
    Layout::of(graph, &measures)
}

fn check(release: &Release) {
    let graph = Graph::of(release);
    let layout = laid_out(&graph);
    assert_eq!(layout.lanes.len(), release.parts.len());
    assert_eq!(layout.cards.len(), graph.nodes.len());

    for (node, card) in graph.nodes.iter().zip(&layout.cards) {
        let lane = layout.lanes[node.part];
        assert!(inside(card, &lane), "{} leaves its lane: {card:?}, {lane:?}", node.name);
        let stage = layout.stages.iter().find(|stage| stage.number == node.stage()).unwrap();
        assert!(
            stage.x <= card.x && card.x + card.width <= stage.x + stage.width,
            "{} leaves its stage",
            node.name
        );
        assert!(card.y + card.height <= layout.bottom && card.x + card.width <= layout.right);
    }
    assert!(layout.stages.is_sorted_by_key(|stage| (stage.number.is_none(), stage.number)));
    assert!(layout.stages.windows(2).all(|pair| pair[0].x + pair[0].width < pair[1].x));
    for (index, a) in layout.cards.iter().enumerate() {
        assert!(layout.cards[..index].iter().all(|b| apart(a, b)), "services lie on each other: {a:?}");
    }

    let arrows = layout.strokes.iter().filter_map(|stroke| stroke.arrow).count();
    assert_eq!(arrows, graph.arrows.len());
    for stroke in &layout.strokes {
        for pair in stroke.points.windows(2) {
            let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
            // A curve stays between the columns that it joins, so the way across it tells.
            let way = Area { x: ax.min(bx), y: ay.min(by), width: (ax - bx).abs(), height: (ay - by).abs() };
            assert!(
                layout.cards.iter().all(|card| apart(card, &way)),
                "a line runs over a service: {stroke:?}"
            );
        }
        if let Some(gate) = stroke.gate {
            let between = layout.lanes.windows(2).map(|pair| (pair[0].y + pair[0].height, pair[1].y));
            assert!(between.into_iter().any(|(from, to)| from < gate.y && gate.y < to), "{gate:?}");
        }
        assert_eq!(stroke.gate.is_some(), stroke.crosses && stroke.arrow.is_some());
    }
}

fn inside(a: &Area, b: &Area) -> bool {
    b.x <= a.x && a.x + a.width <= b.x + b.width && b.y <= a.y && a.y + a.height <= b.y + b.height
}

fn apart(a: &Area, b: &Area) -> bool {
    a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
}
