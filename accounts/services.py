"""Writes of the accounts room."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from accounts.models import AuditEntry, User


def record(*, by: User | None, verb: str, on: models.Model, **detail: Any) -> AuditEntry:
    """Writes the audit row of one change. Called inside the service that makes the change."""
    entry = _entry(by=by, verb=verb, on=on, detail=detail)
    entry.save(force_insert=True)
    return entry


def record_all(*, by: User | None, verb: str, on: Iterable[models.Model], **detail: Any) -> None:
    """Writes one audit row for each object of a bulk change, in one statement per thousand."""
    AuditEntry.objects.bulk_create(
        (_entry(by=by, verb=verb, on=one, detail=detail) for one in on), batch_size=1000
    )


def _entry(*, by: User | None, verb: str, on: models.Model, detail: dict[str, Any]) -> AuditEntry:
    return AuditEntry(
        by=by, verb=verb, object_type=on._meta.label_lower, object_id=on.pk, detail=detail
    )
