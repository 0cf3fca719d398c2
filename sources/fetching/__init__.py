"""Fetching from the public web, and from nowhere else."""

from sources.fetching.addresses import check_as_written
from sources.fetching.guarded import fetch
from sources.fetching.types import MAX_BYTES, Fetched, FetchError, HostNotFound

__all__ = ["MAX_BYTES", "FetchError", "Fetched", "HostNotFound", "check_as_written", "fetch"]
