//! Images: names, promotion, distribution, mall.

mod distribution;
mod mall;
mod names;
mod promotion;
mod sources;
