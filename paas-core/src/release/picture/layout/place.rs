//! Order and height of the items in each column.

use super::{
    LANE_GAP, LANE_MARGIN,
    routes::{Item, ItemKind, Routes},
};

/// Sweeps that look to one side are so many, and half as many look to both sides after them: fewer for so many items that
/// the eye could not follow anyway, so that time does not grow faster than the release.
const LEAST_SWEEPS: usize = 2;
const MOST_SWEEPS: usize = 8;
const WORK: usize = 20_000;

/// Heights of lanes and items.
pub(super) struct Heights {
    /// For each lane its upper edge and height.
    pub(super) lanes: Vec<(i32, i32)>,
    /// For each item its middle.
    pub(super) centre: Vec<i32>,
}

impl Heights {
    /// Sweeps over the columns, to the right and to the left in turn: items go to the mean of what they are joined with,
    /// in this order, as near as the others in the same lane allow.
    pub(super) fn of(routes: &Routes, parts: usize, top: i32, lane_height: i32) -> Self {
        let mut cells = cells(routes);
        let mut placing = Placing::of(routes, lanes(routes, &cells, parts, top, lane_height));
        for cell in &mut cells {
            placing.place(cell);
        }
        let sweeps = (WORK / routes.items.len().max(1)).clamp(LEAST_SWEEPS, MOST_SWEEPS);
        for sweep in 0..sweeps + sweeps / 2 {
            let rightward = sweep % 2 == 0;
            let looks = match (sweep < sweeps, rightward) {
                (true, true) => Look::Left,
                (true, false) => Look::Right,
                (false, _) => Look::Both,
            };
            for step in 0..cells.len() {
                let at = if rightward { step } else { cells.len() - 1 - step };
                placing.wish(&cells[at], looks);
                placing.place(&mut cells[at]);
            }
        }
        Self { lanes: placing.lanes, centre: placing.centre.into_iter().map(rounded).collect() }
    }
}

/// The items of each column and lane, from left to right.
fn cells(routes: &Routes) -> Vec<Vec<usize>> {
    let cell = |&item: &usize| (routes.items[item].column, routes.items[item].part);
    let mut items: Vec<usize> = (0..routes.items.len()).collect();
    items.sort_by_key(cell);
    items.chunk_by(|a, b| cell(a) == cell(b)).map(<[usize]>::to_vec).collect()
}

/// As tall as the fullest column needs.
fn lanes(routes: &Routes, cells: &[Vec<usize>], parts: usize, top: i32, least: i32) -> Vec<(i32, i32)> {
    let mut tallest = vec![0; parts];
    for cell in cells {
        let height: i32 = cell.iter().map(|&item| routes.items[item].height).sum();
        let tallest = &mut tallest[routes.items[cell[0]].part];
        *tallest = height.max(*tallest);
    }
    let mut y = top;
    let lane = |tallest: i32| {
        let height = (tallest + 2 * LANE_MARGIN).max(least);
        let lane = (y, height);
        y += height + LANE_GAP;
        lane
    };
    tallest.into_iter().map(lane).collect()
}

/// To which side items look for what they are joined with.
#[derive(Clone, Copy)]
enum Look {
    Left,
    Right,
    Both,
}

struct Placing<'a> {
    routes: &'a Routes,
    lanes: Vec<(i32, i32)>,
    /// For each item those of the column before that it is joined with, and those of the column after.
    left: Vec<Vec<usize>>,
    right: Vec<Vec<usize>>,
    /// For each item where it is, and where it would like to be.
    centre: Vec<f64>,
    wanted: Vec<f64>,
}

impl<'a> Placing<'a> {
    /// All items would like the middle of their lane.
    fn of(routes: &'a Routes, lanes: Vec<(i32, i32)>) -> Self {
        let count = routes.items.len();
        let (mut left, mut right) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for &(a, b) in &routes.segments {
            let (column_a, column_b) = (routes.items[a].column, routes.items[b].column);
            if column_a != column_b {
                let (a, b) = if column_a < column_b { (a, b) } else { (b, a) };
                right[a].push(b);
                left[b].push(a);
            }
        }
        let middle = |item: &Item| {
            let (y, height) = lanes[item.part];
            f64::from(y) + f64::from(height) / 2.0
        };
        let wanted = routes.items.iter().map(middle).collect();
        Self { routes, lanes, left, right, centre: vec![0.0; count], wanted }
    }

    /// The items of a cell would like the mean of what they are joined with.
    fn wish(&mut self, cell: &[usize], looks: Look) {
        for &item in cell {
            let (left, right) = (self.left[item].iter(), self.right[item].iter());
            let mean = match looks {
                Look::Left => mean(left, &self.centre),
                Look::Right => mean(right, &self.centre),
                Look::Both => mean(left.chain(right), &self.centre),
            };
            self.wanted[item] = mean.unwrap_or(self.centre[item]);
        }
    }

    /// Orders the items of a cell and gives them places.
    fn place(&mut self, cell: &mut [usize]) {
        cell.sort_by(|&a, &b| self.wanted[a].total_cmp(&self.wanted[b]));
        let wish = |&item: &usize| {
            let Item { kind, height, .. } = self.routes.items[item];
            // Trunks had better be straight.
            let weight = if kind == ItemKind::Bend { 4.0 } else { 1.0 };
            Wish { height: f64::from(height), middle: self.wanted[item], weight }
        };
        let wishes: Vec<Wish> = cell.iter().map(wish).collect();
        let (y, height) = self.lanes[self.routes.items[cell[0]].part];
        let (from, to) = (f64::from(y + LANE_MARGIN), f64::from(y + height - LANE_MARGIN));
        for (&item, y) in cell.iter().zip(stacked(&wishes, from, to)) {
            self.centre[item] = y;
        }
    }
}

fn mean<'a>(items: impl Iterator<Item = &'a usize>, centre: &[f64]) -> Option<f64> {
    let (sum, count) = items.fold((0.0, 0.0), |(sum, count), &item| (sum + centre[item], count + 1.0));
    (count > 0.0).then(|| sum / count)
}

/// What an item would like.
struct Wish {
    height: f64,
    middle: f64,
    weight: f64,
}

/// The middles of items, one below the other between two edges, each as near as possible to where it wants to be: the
/// least weighted sum of squares (pool adjacent violators).
fn stacked(wishes: &[Wish], from: f64, to: f64) -> Vec<f64> {
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(wishes.len());
    // Runs of items that touch: where their common upper edge should be, its weight, and how many they are.
    let mut runs: Vec<(f64, f64, usize)> = Vec::new();
    for wish in wishes {
        let middle = offset + wish.height / 2.0;
        offsets.push(middle);
        offset += wish.height;
        let mut run = (wish.middle - middle, wish.weight, 1);
        while let Some(&(edge, weight, count)) = runs.last() {
            if edge < run.0 {
                break;
            }
            let both = weight + run.1;
            run = ((edge * weight + run.0 * run.1) / both, both, count + run.2);
            runs.pop();
        }
        runs.push(run);
    }
    let lowest = (to - offset).max(from);
    let edges =
        runs.into_iter().flat_map(|(edge, _, count)| std::iter::repeat_n(edge.clamp(from, lowest), count));
    edges.zip(offsets).map(|(edge, offset)| edge + offset).collect()
}

fn rounded(y: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "a cast from float stops at the ends of the range")]
    let whole = y.round() as i32;
    whole
}
