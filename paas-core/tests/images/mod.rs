//! Images: names, promotion.

mod names;
mod promotion;
