"""Bodies unpacked piece by piece, so that a gzip bomb never grows past the cap."""

import zlib

GZIP_OR_ZLIB = 47
RAW_DEFLATE = -15
_GZIP_MAGIC = b"\x1f\x8b"


class BodyDecoder:
    """Unpacks one body. `encoding` is its Content-Encoding: "", "identity", "gzip" or "deflate".

    Raises ValueError for any other encoding.
    """

    def __init__(self, encoding: str) -> None:
        encoding = encoding.strip().lower()
        if encoding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise ValueError(encoding)
        self._packed = encoding not in {"", "identity"}
        self._may_be_raw = encoding == "deflate"
        self._unpacker = zlib.decompressobj(GZIP_OR_ZLIB)

    def decoded(self, chunk: bytes, at_most: int) -> bytes:
        """What a chunk unpacks to, cut at `at_most` (1 or more) bytes.

        Raises zlib.error when it is broken.
        """
        if not self._packed:
            return chunk[:at_most]
        unpacked = bytearray()
        while chunk and len(unpacked) < at_most:
            if self._unpacker.eof:
                # A gzip file may have several members; anything else behind the end is padding.
                if not chunk.startswith(_GZIP_MAGIC):
                    break
                self._unpacker = zlib.decompressobj(GZIP_OR_ZLIB)
            unpacked += self._unpacked(chunk, at_most - len(unpacked))
            chunk = self._unpacker.unused_data
        return bytes(unpacked)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing at the end."""
        return not self._packed or self._unpacker.eof

    def _unpacked(self, chunk: bytes, at_most: int) -> bytes:
        may_be_raw, self._may_be_raw = self._may_be_raw, False
        try:
            return self._unpacker.decompress(chunk, at_most)
        except zlib.error:
            if not may_be_raw:
                raise
            # Some servers say deflate and send it without the zlib header.
            self._unpacker = zlib.decompressobj(RAW_DEFLATE)
            return self._unpacker.decompress(chunk, at_most)
