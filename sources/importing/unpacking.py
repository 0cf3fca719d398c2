"""Archives seen through: gzip, and zip with one file in it; neither may unpack without end."""

import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from sources.importing.types import ImportFileError

PEEK = 64 * 1024
# Tables of text pack to a twentieth. What is a hundred times as large unpacked, and large, is a bomb.
MOST_TIMES = 100
NOTHING_TO_FEAR = 200 * 2**20
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
_WORKBOOK = "xl/workbook.xml"
# Of file systems that leave notes of their own in archives.
_NOTES = ("__MACOSX/",)
# An archive's table of contents is read at once, before any file in it. A workbook's lists some dozens.
MOST_AT_ONCE = 2**20
MOST_FILES = 5_000


class Rejoined(io.RawIOBase):
    """A stream with the bytes we peeked at put back in front; it asks no seeking of anyone."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        head, self._head = self._head, b""
        if size < 0:
            return head + self._stream.read()
        if head:
            self._head = head[size:]
            return head[:size]
        return self._stream.read(size)


class _Bounded(io.RawIOBase):
    """What an archive unpacks to, as long as that is in proportion to what was read of it."""

    def __init__(self, stream: BinaryIO, packed: Callable[[], int], name: str) -> None:
        self._stream, self._packed, self._name = stream, packed, name
        self._given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._given += len(data)
        if self._given > max(NOTHING_TO_FEAR, MOST_TIMES * self._packed()):
            raise ImportFileError(
                f"{self._name} unpacks to more than {MOST_TIMES} times its size, as no table of "
                "text does. Unpack it first."
            )
        return data


class _Counted(io.RawIOBase):
    """A stream that knows how much was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.given += len(data)
        return len(data)


class _Listed(io.RawIOBase):
    """An archive's file that gives no more than MOST_AT_ONCE bytes at once: so long may its list be."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, at: int, whence: int = 0) -> int:
        return self._file.seek(at, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size, MOST_AT_ONCE + 1) if size >= 0 else MOST_AT_ONCE + 1)
        if len(data) > MOST_AT_ONCE:
            raise _too_many(self._name)
        return data


def _too_many(name: str) -> ImportFileError:
    return ImportFileError(f"{name} lists more files than can be looked through. Unpack it.")


@contextmanager
def unpacked(stream: BinaryIO, name: str) -> Iterator[tuple[bytes, BinaryIO, str]]:
    """The first bytes, the stream they are the beginning of, and the name of the file within.

    Raises ImportFileError, also while reading, for an archive that is broken, has more than one
    file, or is a bomb. A workbook is an archive too, and left as it is.
    """
    head, stream = peeked(stream)
    try:
        if head.startswith(GZIP):
            packed = _Counted(stream)
            inner = cast("BinaryIO", gzip.GzipFile(fileobj=packed))
            bounded = _Bounded(inner, lambda: packed.given, name)
            yield *peeked(cast("BinaryIO", bounded)), name.removesuffix(".gz")
        elif head.startswith(ZIP):
            with tempfile.TemporaryFile() as file:
                _copy(stream, file)
                with zipfile.ZipFile(cast("Any", _Listed(file, name))) as archive:
                    yield _member(archive, file, name)
        else:
            yield head, stream, name
    except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error) as error:
        kind = "zip" if head.startswith(ZIP) else "gzip"
        raise ImportFileError(f"{name} is a broken {kind} file.") from error


def peeked(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and the whole of it."""
    head = stream.read(PEEK)
    return head, cast("BinaryIO", Rejoined(head, stream))


def _copy(stream: BinaryIO, file: io.BufferedIOBase) -> None:
    # Its table of contents stands at the end, and the stream may come from a pipe.
    while chunk := stream.read(PEEK):
        file.write(chunk)


def _member(archive: zipfile.ZipFile, file: BinaryIO, name: str) -> tuple[bytes, BinaryIO, str]:
    if len(archive.infolist()) > MOST_FILES:
        raise _too_many(name)
    held = [
        one
        for one in archive.infolist()
        if not one.is_dir() and not one.filename.startswith(_NOTES)
    ]
    if any(one.filename == _WORKBOOK for one in held):
        file.seek(0)
        return *peeked(file), name
    if len(held) != 1:
        raise ImportFileError(f"{name} holds {len(held)} files; one at a time is read. Unpack it.")
    (only,) = held
    try:
        inner = cast("BinaryIO", archive.open(only))
    except (RuntimeError, NotImplementedError) as error:
        raise ImportFileError(
            f"{name} is locked by a password or packed in an unusual way."
        ) from error
    bounded = _Bounded(inner, lambda: only.compress_size, name)
    return *peeked(cast("BinaryIO", bounded)), only.filename
