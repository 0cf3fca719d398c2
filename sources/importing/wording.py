"""Outside text made plain: no markup, no entities, no control characters."""

import html
import re

import nh3

_TAG_OR_ENTITY = re.compile(r"<[a-zA-Z/!?]|&#?\w+;")
# A block ends a sentence: without a space its last word would grow into the next one.
_BLOCK = re.compile(r"(?i)<(?:/?(?:p|div|li|ul|ol|tr|td|th|h[1-6]|br|hr|blockquote|img|figure))\b")
# The parser looks back over all open elements at each new one. What has more tags than any story has is
# freed of them first, but for those whose content is no words.
MOST_TAGS = 5_000
_TAG = re.compile(r"(?i)<(?!/?(?:script|style)\b)[a-z/][^<>]*>")
# Controls, and lone surrogates, which no database takes.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
# Markup is often escaped inside an escaped feed.
MAX_DEPTH = 3
HEADING = 100


def plain(text: str, *, at_most: int) -> str:
    """The text without markup and on one line, cut at `at_most` characters."""
    # Markup can be far longer than the words in it, but not without end.
    text = text[: at_most * 20]
    if "<" in text or "&" in text:
        text = _bare(text)
    return one_line(text)[:at_most].rstrip()


def _bare(text: str) -> str:
    for _ in range(MAX_DEPTH):
        if not _TAG_OR_ENTITY.search(text):
            break
        spaced = _BLOCK.sub(r" \g<0>", text)
        bare = nh3.clean(_few_tags(spaced), tags=set(), attributes={})
        text = html.unescape(bare)
    return text


def _few_tags(text: str) -> str:
    if text.count("<") > MOST_TAGS:
        text = _TAG.sub("", text)
    # What makes new tags of what is left of them is no markup.
    return text.replace("<", " ") if text.count("<") > MOST_TAGS else text


def first_words(text: str) -> str:
    """What stands for the title of a text that has none."""
    line = plain(text, at_most=HEADING * 4)
    if len(line) <= HEADING:
        return line
    return f"{line[:HEADING].rpartition(' ')[0] or line[:HEADING]}…"


def one_line(text: str) -> str:
    """The text without control characters, its whitespace folded to single spaces."""
    # Of all whitespace only the plain space is printable; most texts have nothing to fold.
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _folded(text)


def _folded(text: str) -> str:
    return _SPACE.sub(" ", _CONTROLS.sub("", text)).strip()
