"""Fetching from the public web, and from nowhere else."""

from sources.fetching.guarded import fetch
from sources.fetching.types import MAX_BYTES, Fetched, FetchError

__all__ = ["MAX_BYTES", "FetchError", "Fetched", "fetch"]
