#!/usr/bin/env python
"""Plumbline's command line: `manage.py help` lists what it can do."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from config.embedded import EmbeddedDatabaseError, ensure_database


def main() -> None:
    """Runs one command, with the embedded database started where none is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    data_dir = Path(os.environ.get("DATA_DIR") or Path(__file__).parent / "var").resolve()
    try:
        ensure_database(data_dir)
    except EmbeddedDatabaseError as error:
        sys.exit(f"plumbline: {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
