"""Lets one install run on a data folder at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FolderError(Exception):
    """The folder cannot be used; the message says why."""


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Holds the folder while open. Raises FolderError where another does, or nothing can be written.

    The lock is the system's: it goes with the process, however that ends.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        held = (data_dir / "up.lock").open("w")
    except OSError as error:
        raise FolderError(f"The folder {data_dir} cannot be used: {error.strerror}.") from error
    with held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderError(f"Plumbline runs already on the folder {data_dir}.") from error
        yield
