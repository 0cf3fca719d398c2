"""Column mappings: remembered, offered for files with the same columns, forgotten."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record
from sources.importing.guessing import same_columns
from sources.importing.plans import kept
from sources.models import ColumnMapping


def namespace_of(columns: Iterable[str]) -> str:
    """Within what identifiers of a file count: files that say the same with the same columns."""
    text = json.dumps(same_columns(columns), ensure_ascii=False)
    return f"file-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


@transaction.atomic
def remember_mapping(
    *,
    name: str,
    of: Iterable[str],
    columns: dict[str, str],
    by: User | None,
    day_first: bool | None = None,
    zone: str = "UTC",
) -> ColumnMapping:
    """Keeps what the columns of a file (`of`) hold under a name; what had the name before is replaced.

    Raises ValueError, in words, where no name is given, or no column of titles or of dates.
    """
    name = " ".join(name.split())[:100]
    if not name:
        raise ValueError("A mapping needs a name.")
    plan = kept(columns, day_first=day_first, zone=zone, namespace=namespace_of(columns.values()))
    mapping, _ = ColumnMapping.objects.update_or_create(
        name=name, defaults={"columns": same_columns(of), "plan": plan, "by": by}
    )
    record(by=by, verb="remembered", on=mapping, plan=plan)
    return mapping


@transaction.atomic
def forget_mapping(*, mapping: ColumnMapping, by: User) -> None:
    """Forgets a mapping; imports that used it keep what they were told."""
    record(by=by, verb="forgot", on=mapping, name=mapping.name, plan=mapping.plan)
    mapping.delete()


def note_use(*, mapping: ColumnMapping, at: datetime | None = None) -> None:
    """Notes that a mapping was used, so that the latest is offered first."""
    ColumnMapping.objects.filter(pk=mapping.pk).update(last_used_at=at or timezone.now())


def fitting_mappings(columns: Iterable[str]) -> list[ColumnMapping]:
    """The mappings that a file with these columns can be read by: for just these columns first, and
    the latest used before others."""
    there, exact = set(columns), same_columns(columns)
    fitting = [
        one for one in ColumnMapping.objects.all() if there.issuperset(_read_columns(one.plan))
    ]
    fitting.sort(key=lambda one: one.last_used_at or one.at, reverse=True)
    return sorted(fitting, key=lambda one: one.columns != exact)


def _read_columns(plan: dict[str, Any]) -> list[str]:
    return list(plan["columns"].values())
