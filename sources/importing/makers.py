"""Who makes items of records: a plan that somebody gave, a provider's own columns, or what names say."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial

from sources.importing import acled, icews
from sources.importing.records import (
    NEEDED,
    PUBLISHED,
    TITLE,
    Plan,
    field_name,
    item_from,
    plan_for,
)
from sources.importing.types import ImportFileError, Item, Problem, Record
from sources.importing.wording import one_line

_NAMES_SHOWN = 12
type Maker = Callable[[Mapping[str, object], int], Item | Problem]


def provider_of(names: list[str]) -> str:
    """Whose columns these are: "acled", "acled-deleted", "icews", or "" for nobody's."""
    told = {field_name(name) for name in names}
    if acled.is_deleted(told):
        return "acled-deleted"
    if acled.is_acled(told):
        return "acled"
    return "icews" if icews.is_icews(told) else ""


def made(
    records: Iterator[Record | Problem],
    *,
    name: str,
    at: datetime,
    plan: Plan | None,
    header: bool,
    skip: int = 0,
) -> Iterator[Item | Problem]:
    """What becomes of each record but the first ones: nothing is made of those that are skipped.

    Raises ImportFileError for a list of deletions and, where a `header` says so, for a table that
    names no title or no date.
    """
    make: Maker | None = None
    for number, record in enumerate(records):
        if make is None and isinstance(record, Record):
            make = _maker(record, name=name, at=at, plan=plan, header=header)
        if number < skip:
            continue
        if isinstance(record, Problem):
            yield record
        elif make is not None:
            yield make(record.fields, record.row)


def _maker(first: Record, *, name: str, at: datetime, plan: Plan | None, header: bool) -> Maker:
    names = list(first.fields)
    provider = "" if plan else provider_of(names)
    if provider == "acled-deleted":
        raise ImportFileError(
            f"{name} is ACLED's list of deleted events, which brings none: manage.py withdraw_events takes it."
        )
    if provider == "acled":
        return partial(acled.item, at=at)
    if provider == "icews":
        return partial(icews.item, at=at)
    if header and not plan:
        _refuse_poor(names, name)
    return partial(item_from, at=at, plan=plan)


def _refuse_poor(names: list[str], file: str) -> None:
    plan = plan_for(tuple(names))
    if all(plan.columns[field] for field in NEEDED):
        return
    there = ", ".join(one_line(name)[:40] or "(empty)" for name in names[:_NAMES_SHOWN])
    raise ImportFileError(
        f"{file} needs a first row that names a title column ({', '.join(TITLE)}) and a date "
        f"column ({', '.join(PUBLISHED[:6])}, …), or a mapping. Its first row is: {there or 'empty'}."
    )
