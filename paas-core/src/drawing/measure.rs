//! About how wide text is, without a font.

use std::borrow::Cow;

/// How a line of text looks.
#[derive(Debug, Clone, Copy)]
pub struct Font {
    /// Pixels.
    pub size: i32,
    /// Whether it is bold.
    pub bold: bool,
    /// The colour, such as `#0f172a`.
    pub fill: &'static str,
}

impl Font {
    /// A font of that size and colour.
    pub const fn new(size: i32, bold: bool, fill: &'static str) -> Self {
        Self { size, bold, fill }
    }

    /// The width of a line of text in pixels, rather too much than too little.
    pub fn width(self, text: &str) -> i32 {
        self.pixels(text.chars().map(hundredths).sum())
    }

    fn pixels(self, hundredths: i64) -> i32 {
        let wider = if self.bold { 108 } else { 100 };
        i32::try_from(hundredths * i64::from(self.size) * wider / 10_000).unwrap_or(i32::MAX)
    }
}

/// The text, or as much of its beginning as is not wider than `room`, with `…`.
pub fn fitted(text: &str, font: Font, room: i32) -> Cow<'_, str> {
    if font.width(text) <= room {
        return Cow::Borrowed(text);
    }
    let mut sum = hundredths('…');
    let fits = |c: &char| {
        sum += hundredths(*c);
        font.pixels(sum) <= room
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push('…');
    Cow::Owned(cut)
}

/// The width of a character in hundredths of the font's size, for common fonts without serifs.
fn hundredths(c: char) -> i64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' => 28,
        'f' | 'r' | 't' | 'I' | ' ' | '-' | '/' | '\\' | '(' | ')' | '[' | ']' | '"' => 36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '→' => 95,
        'A'..='Z' => 70,
        c if nothing_wide(c) => 0,
        c if doubly_wide(c) => 104,
        _ => 57,
    }
}

/// Marks that combine with the letter before, and joiners.
fn nothing_wide(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

/// Letters of East Asia and pictographs.
fn doubly_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F000}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FONT: Font = Font::new(10, false, "");

    #[test]
    fn letters_of_east_asia_are_about_twice_as_wide() {
        assert_eq!(FONT.width("abcd"), 22);
        assert_eq!(FONT.width("核心账务"), 41);
        assert_eq!(FONT.width("e\u{301}"), FONT.width("e"));
        assert!(Font::new(10, true, "").width("abcd") > FONT.width("abcd"));
    }

    #[test]
    fn what_does_not_fit_is_cut() {
        assert_eq!(fitted("nightly-settlement", FONT, 200), "nightly-settlement");
        assert_eq!(fitted("nightly-settlement", FONT, 50), "nightly-s…");
        assert_eq!(fitted("nightly-settlement", FONT, 0), "…");
    }

    proptest! {
        #[test]
        fn what_is_cut_is_a_beginning_that_fits(text: String, room in 10..200) {
            let cut = fitted(&text, FONT, room);
            prop_assert!(FONT.width(&cut) <= room);
            prop_assert!(cut == text || cut.strip_suffix('…').is_some_and(|begin| text.starts_with(begin)));
        }
    }
}
