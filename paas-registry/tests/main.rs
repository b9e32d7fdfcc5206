//! The tests of the copier.

mod support;

mod whole_images;
