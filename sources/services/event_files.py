"""Files that lie in the database in parts, read as if they were one."""

import io

from sources.models import EventImport, EventImportPart

PART = 2**20


class StoredFile(io.RawIOBase):
    """The file of an import, from its beginning; one part of it at a time is in memory."""

    def __init__(self, event_import: EventImport) -> None:
        self._import = event_import
        self._number, self._part, self._at = 0, b"", 0
        self._given = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        """How much was read."""
        return self._given

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._at == len(self._part):
            self._load()
        data = self._part[self._at : self._at + len(buffer)]
        buffer[: len(data)] = data
        self._at += len(data)
        self._given += len(data)
        return len(data)

    def _load(self) -> None:
        parts = EventImportPart.objects.filter(event_import=self._import, number=self._number)
        self._part = bytes(parts.values_list("data", flat=True).first() or b"")
        self._number += 1
        self._at = 0
