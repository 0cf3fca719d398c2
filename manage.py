#!/usr/bin/env python
"""Plumbline's command line: `manage.py help` lists what it can do."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Runs one command, with the embedded database started where none is named.

    What the environment gets wrong ends it with one line.
    """
    try:
        from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
        from django.core.management import execute_from_command_line  # noqa: PLC0415
        from django.db import OperationalError  # noqa: PLC0415
    except ImportError:
        sys.exit(
            f"plumbline: this Python ({sys.executable}, {sys.version.split()[0]}) has not what it"
            " needs: use .venv/bin/python, which `make run` makes."
        )
    from config.embedded import EmbeddedDatabaseError, ensure_database  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    data_dir = Path(os.environ.get("DATA_DIR") or Path(__file__).parent / "var").resolve()
    try:
        ensure_database(data_dir)
        execute_from_command_line(sys.argv)
    except (EmbeddedDatabaseError, ImproperlyConfigured) as error:
        sys.exit(f"plumbline: {error}")
    except OperationalError as error:
        sys.exit(f"plumbline: The database: {str(error).splitlines()[0]}")


if __name__ == "__main__":
    main()
