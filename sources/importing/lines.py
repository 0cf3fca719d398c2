"""Lines out of a stream of bytes, a piece at a time, however long the file is."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 64 * 1024
# Longer than any text we keep; a file without line ends must not fill the memory.
MAX_LINE = 2_000_000
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNDECODED = re.compile("[\udc80-\udcff]")


def lines(stream: BinaryIO) -> Iterator[str]:
    """Each line with its end (LF, CR LF or CR); what follows MAX_LINE characters of one is dropped.

    UTF-8 or, with its byte order mark, UTF-16. Bytes that are neither come as lone surrogates.
    """
    pending = ""
    for text in _texts(stream):
        for piece in io.StringIO(text, newline=""):
            pending = pending + piece if pending else piece
            if piece.endswith(("\n", "\r")):
                yield pending
                pending = ""
            elif len(pending) > MAX_LINE:
                pending = pending[:MAX_LINE]
    if pending:
        yield pending


def readable(text: str) -> bool:
    """Whether no byte of the text was left undecoded."""
    return text.isascii() or not _UNDECODED.search(text)


def _texts(stream: BinaryIO) -> Iterator[str]:
    chunk = stream.read(CHUNK)
    encoding = next((name for mark, name in _MARKS if chunk.startswith(mark)), "utf-8")
    errors = "surrogateescape" if encoding == "utf-8" else "replace"
    bare = codecs.getincrementaldecoder(encoding)(errors)
    # It keeps CR LF together, though a chunk may end between the two.
    decoder = io.IncrementalNewlineDecoder(bare, translate=False)
    text = decoder.decode(chunk).removeprefix("\ufeff")
    while chunk:
        yield text
        chunk = stream.read(CHUNK)
        text = decoder.decode(chunk, final=not chunk)
    yield text
