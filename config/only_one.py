"""Lets one install run on a data folder at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RunsAlready(Exception):
    """Another process holds the folder."""


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Holds the folder while open. Raises RunsAlready where another process holds it.

    The lock is the system's: it goes with the process, however that ends.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "up.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunsAlready(f"Plumbline runs already on the folder {data_dir}.") from error
        yield
