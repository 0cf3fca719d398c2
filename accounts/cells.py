"""Text in the cells of spreadsheets: none of it is taken for a formula."""

import re

# What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection): in some countries
# the full-width signs too.
_STARTS = "[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(f"'*{_STARTS}")
_NEUTRALISED = re.compile(f"'+{_STARTS}")


def plain(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula.

    What begins with an apostrophe and then like a formula gets another, so that `original` gives
    back every text as it was.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def original(text: str) -> str:
    """The text of a cell without the apostrophe that `plain` put before it."""
    return text[1:] if _NEUTRALISED.match(text) else text
