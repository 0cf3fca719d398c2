"""What a waiting file's page shows: its columns, what each may hold, and what the first rows become."""

from typing import Any, cast

from django.http import QueryDict

from sources import services
from sources.forms import MappingForm, as_initial
from sources.importing import Problem
from sources.importing.guessing import doubts, guessed
from sources.importing.plans import kept, plan_of
from sources.importing.previews import Look, first_items, look, needs_plan
from sources.models import ColumnMapping, EventImport
from sources.services.event_files import StoredFile


def preview(shown: EventImport, given: QueryDict) -> dict[str, Any]:
    """The context of a waiting file's page, by what was chosen there or may be guessed."""
    if not needs_plan(shown.kind, shown.provider):
        found = first_items(
            cast("Any", StoredFile(shown)),
            name=shown.file_name,
            kind=shown.kind,
            at=shown.at,
            lists_deletions=shown.lists_deletions,
        )
        return {"import": shown, "outcomes": _shown(sorted(found, key=lambda one: one.row))}
    form, seen = chosen_form(shown, given)
    columns, reading = _reading(form)
    context = {
        "import": shown,
        "form": form,
        "examples": seen.examples(),
        "mappings": services.fitting_mappings(seen.columns),
        "doubts": doubts(seen.records, columns, at=shown.at),
    }
    try:
        plan = plan_of(kept(columns, **reading))
    except ValueError as error:
        return {**context, "lacking": str(error), "outcomes": []}
    return {**context, "outcomes": _shown(seen.outcomes(plan, at=shown.at))}


def chosen_form(shown: EventImport, given: QueryDict) -> tuple[MappingForm, Look]:
    """The form as it was filled, or with a remembered mapping, or with guesses in it."""
    seen = look(cast("Any", StoredFile(shown)), name=shown.file_name, kind=shown.kind)
    if "title" in given:
        return MappingForm(given, columns=seen.columns), seen
    fitting = services.fitting_mappings(seen.columns)
    asked = given.get("mapping", "")
    named = [one for one in fitting if str(one.pk) == asked] or (fitting if not asked else [])
    initial = as_initial(named[0].plan) if named else guessed(seen.records, at=shown.at)
    return MappingForm(initial=initial, columns=seen.columns), seen


def mapping_of(form: MappingForm, seen: Look) -> ColumnMapping | None:
    """The remembered mapping that says just what the form says."""
    reading = form.reading()
    return next(
        (
            one
            for one in services.fitting_mappings(seen.columns)
            if as_initial(one.plan) == as_initial({**reading, "namespace": ""})
        ),
        None,
    )


def _reading(form: MappingForm) -> tuple[dict[str, str], dict[str, Any]]:
    """What a form says, filled or with its first values."""
    if form.is_bound:
        form.is_valid()
        reading = form.reading()
    else:
        first = {"day": True, "month": False}.get(form.initial.get("order", ""))
        columns = {name: form.initial[name] for name in form.fields if name in form.initial}
        columns = {
            name: column for name, column in columns.items() if name not in {"order", "zone"}
        }
        reading = {
            "columns": columns,
            "day_first": first,
            "zone": form.initial.get("zone", "UTC"),
        }
    return reading.pop("columns"), reading


def _shown(rows: list[Any]) -> list[tuple[Any, bool]]:
    return [(row, isinstance(row, Problem)) for row in rows]
