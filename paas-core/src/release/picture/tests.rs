mod dot;
mod fixture;
mod graph;
mod large;
mod layout;
mod mermaid;
mod strings;
mod svg;
