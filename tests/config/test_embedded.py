"""What keeps the embedded database from starting is said in words."""

from pathlib import Path

import pytest

from config import embedded


def test_full_disk_is_refused_before_anything_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    # Nothing is so large: the disk of this test counts as full.
    monkeypatch.setattr(embedded, "MIN_FREE_MEGABYTES", 10**12)

    with pytest.raises(embedded.EmbeddedDatabaseError, match=r"only \d+ MB of disk are free"):
        embedded.ensure_database(tmp_path / "data")

    assert list((tmp_path / "data").iterdir()) == []
