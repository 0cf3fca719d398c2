"""Cuts a long text into pieces, between paragraphs where it has them."""

# Where to cut, best first.
BREAKS = ("\n\n", "\n", ". ", " ")


def pieces_of(text: str, longest: int) -> list[tuple[int, int]]:
    """Spans of at most `longest` characters that cover a text in order; blank ones are left out."""
    pieces: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = _end(text, start, longest)
        if text[start:end].strip():
            pieces.append((start, end))
        start = end
    return pieces


def _end(text: str, start: int, longest: int) -> int:
    """Where a piece ends: behind the last break of the best sort in its second half."""
    if len(text) - start <= longest:
        return len(text)
    for mark in BREAKS:
        at = text.rfind(mark, start + longest // 2, start + longest)
        if at >= 0:
            return at + len(mark)
    return start + longest
