"""One install on a data folder at a time."""

from pathlib import Path

import pytest

from config.only_one import FolderError, only_one


def test_second_on_the_folder_is_refused_while_the_first_holds_it(tmp_path: Path) -> None:
    with (
        only_one(tmp_path),
        pytest.raises(FolderError, match="runs already on"),
        only_one(tmp_path),
    ):
        pass

    with only_one(tmp_path), only_one(tmp_path / "other"):
        pass


def test_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    refused = pytest.raises(FolderError, match="cannot be used: Not a directory")
    with refused, only_one(tmp_path / "file" / "folder"):
        pass
