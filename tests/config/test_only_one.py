"""One install on a data folder at a time."""

from pathlib import Path

import pytest

from config.only_one import RunsAlready, only_one


def test_second_on_the_folder_is_refused_while_the_first_holds_it(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(RunsAlready, match=str(tmp_path)), only_one(tmp_path):
        pass

    with only_one(tmp_path), only_one(tmp_path / "other"):
        pass
