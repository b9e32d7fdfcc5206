//! Where each piece of a text came from that templates were carried out in.

use std::ops::Range;

/// Pieces of the text before, and what actions wrote.
#[derive(Debug, Default)]
pub(super) struct Origins(Vec<Piece>);

#[derive(Debug)]
struct Piece {
    /// Where it begins in the text.
    start: usize,
    /// What it was, in bytes of the text before.
    from: Range<usize>,
    /// Whether an action wrote it, and its characters are not those of the text before.
    is_written: bool,
}

impl Origins {
    pub(super) fn push(&mut self, start: usize, from: Range<usize>, is_written: bool) {
        self.0.push(Piece { start, from, is_written });
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        self.0.get(self.0.partition_point(|piece| piece.start <= at).checked_sub(1)?)
    }

    /// The bytes of the text before that some bytes of the text came from: what an action wrote is all of the action.
    pub(super) fn of(&self, bytes: Range<usize>) -> Range<usize> {
        let start = match self.piece(bytes.start) {
            Some(piece) if piece.is_written => piece.from.start,
            Some(piece) => (piece.from.start + bytes.start - piece.start).min(piece.from.end),
            None => 0,
        };
        if bytes.is_empty() {
            return start..start;
        }
        let end = match self.piece(bytes.end - 1) {
            Some(piece) if piece.is_written => piece.from.end,
            Some(piece) => (piece.from.start + bytes.end - piece.start).min(piece.from.end),
            None => 0,
        };
        start..end.max(start)
    }
}
