//! Images: names, promotion, distribution, mall.

mod distribution;
mod names;
mod promotion;
