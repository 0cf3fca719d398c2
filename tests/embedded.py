"""Starts the tests' own embedded database before Django reads its settings."""

import os
from pathlib import Path

from config.embedded import ensure_database

ROOT = Path(__file__).resolve().parent.parent

os.environ["DATA_DIR"] = os.environ.get("TEST_DATA_DIR") or str(ROOT / "var" / "test")
# What tests put on a broker stays in this process; those of the broker name a real one.
os.environ["BROKER_URL"] = os.environ.get("TEST_BROKER_URL", "memory://")
os.environ.setdefault("SECRET_KEY", "only-for-tests")
ensure_database(Path(os.environ["DATA_DIR"]), durable=False)
