"""CSV, whatever it is separated by."""

import csv
from collections.abc import Callable, Iterator
from io import StringIO

DELIMITERS = ",;\t"
# No header is longer.
_HEAD = 100_000


def cells(text: str, *, known: Callable[[list[str]], int]) -> Iterator[tuple[list[str], str]]:
    """The cells of each row, empty rows too, or what is broken about it.

    See `delimiter_of` for what they are told apart by.
    """
    # Strict, or a quotation mark that is not closed takes all rows below it into its cell unsaid.
    file = StringIO(text, newline="")
    reader = csv.reader(file, delimiter=delimiter_of(text, known), strict=True)
    while True:
        try:
            yield next(reader), ""
        except StopIteration:
            return
        except csv.Error as error:
            yield [], f"is not CSV: {_said(str(error))}"


def _said(error: str) -> str:
    """What the reader says of a row, in plain words where quotation marks are at fault."""
    if error == "unexpected end of data":
        return (
            "a quotation mark is opened and never closed, so that no row from here on could be read"
        )
    if "expected after" in error:
        return (
            "a quotation mark is closed within a cell, so that what it encloses could not be read"
        )
    return error


def delimiter_of(text: str, known: Callable[[list[str]], int]) -> str:
    """The delimiter that makes the most `known` names out of the header."""
    head = text.lstrip("\r\n")[:_HEAD]

    def names(delimiter: str) -> tuple[int, int]:
        try:
            header = next(csv.reader(StringIO(head, newline=""), delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        return known(header), len(header)

    # Of equals the first: a table of one column has nothing to tell it by.
    return max(DELIMITERS, key=names)
