//! Elements of SVG.

use super::measure::{Font, fitted};
use std::fmt::{self, Write};

/// Writes elements one after the other. What people wrote goes into text content only, with all that XML cannot hold
/// made harmless.
///
/// ```
/// use paas_core::drawing::{Font, INK, Pen};
///
/// let mut pen = Pen::new();
/// pen.text(10, 20, Font::new(12, false, INK), "a < b");
/// let svg = pen.finish();
/// assert!(svg.contains(">a &lt; b</text>"));
/// ```
#[derive(Debug, Default)]
pub struct Pen {
    out: String,
}

impl Pen {
    /// Nothing is written yet.
    pub fn new() -> Self {
        Self { out: String::new() }
    }

    /// All that was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// Markup of our own, in which nothing is that people wrote.
    pub fn raw(&mut self, markup: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(markup);
        self.out.push('\n');
    }

    /// An element with nothing but text.
    pub fn element(&mut self, name: &'static str, content: &str) {
        self.raw(format_args!("<{name}>{}</{name}>", Xml(content)));
    }

    /// A line of text that begins at a point of its base line.
    pub fn text(&mut self, x: i32, y: i32, font: Font, content: &str) {
        self.anchored(x, y, font, "", content);
    }

    /// A line of text around a point of its base line.
    pub fn centred(&mut self, x: i32, y: i32, font: Font, content: &str) {
        self.anchored(x, y, font, " text-anchor=\"middle\"", content);
    }

    /// A line of text with a white edge, to be read over lines.
    pub fn outlined(&mut self, x: i32, y: i32, font: Font, content: &str) {
        let edge = " stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"";
        self.anchored(x, y, font, edge, content);
    }

    /// A line of text that is cut to a width, with `…`.
    pub fn fitted(&mut self, x: i32, y: i32, font: Font, room: i32, content: &str) {
        self.text(x, y, font, &fitted(content, font, room));
    }

    fn anchored(&mut self, x: i32, y: i32, font: Font, more: &'static str, content: &str) {
        let Font { size, bold, fill } = font;
        let weight = if bold { " font-weight=\"600\"" } else { "" };
        self.raw(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight} fill=\"{fill}\"{more}>{}</text>",
            Xml(content)
        ));
    }
}

/// A string of the template as text content.
///
/// Characters that XML 1.0 cannot hold become U+FFFD; white space other than spaces is written as a reference, so that no
/// reader changes it.
struct Xml<'a>(&'a str);

impl fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            '\t' | '\n' | '\r' => write!(f, "&#{};", u32::from(c)),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => f.write_char('\u{FFFD}'),
            c => f.write_char(c),
        })
    }
}
