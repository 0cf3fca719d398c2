"""What a waiting file's page shows: its columns, what each may hold, and what the first rows become."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, cast

from django.http import QueryDict

from sources import services
from sources.forms import MappingForm, as_initial
from sources.importing import Item, Problem, Withdrawal
from sources.importing.date_orders import date_order
from sources.importing.guessing import date_cells, guessed, lack_zone
from sources.importing.plans import kept, plan_of
from sources.importing.previews import Look, first_items, look, needs_plan
from sources.models import ColumnMapping, EventImport
from sources.passing import passed_over
from sources.services.event_files import StoredFile

SHOWN = 10
ROWS_NAMED = 12
type Made = Sequence[Item | Withdrawal | Problem]


def preview(shown: EventImport, given: QueryDict, *, sent: bool = False) -> dict[str, Any]:
    """The context of a waiting file's page, by what was chosen there or may be guessed; with what is
    wrong with the choice once it was sent to be imported."""
    if not needs_plan(shown.kind, shown.provider):
        found = first_items(
            cast("Any", StoredFile(shown)),
            name=shown.file_name,
            kind=shown.kind,
            at=shown.at,
            lists_deletions=shown.lists_deletions,
        )
        return {"import": shown, **_outcomes(found)}
    form, seen = chosen_form(shown, given, sent=sent)
    reading = form.reading()
    context = {
        "import": shown,
        "form": form,
        "examples": seen.examples(),
        "mappings": services.fitting_mappings(seen.columns),
        "asks_zone": lack_zone(date_cells(seen.records, reading["columns"]), at=shown.at),
    }
    if form.told.is_asked and reading["day_first"] is None:
        return {
            **context,
            "lacking": "Choose whether the day or the month comes first in the dates.",
        }
    try:
        plan = plan_of(kept(**reading))
    except ValueError as error:
        return {**context, "lacking": str(error)}
    return context | _outcomes(seen.outcomes(plan, at=shown.at))


def chosen_form(shown: EventImport, given: QueryDict, *, sent: bool) -> tuple[MappingForm, Look]:
    """The form as it was filled, or with a remembered mapping, or with guesses in it."""
    seen = look(cast("Any", StoredFile(shown)), name=shown.file_name, kind=shown.kind)

    def form(*args: QueryDict, **kwargs: Any) -> MappingForm:
        return MappingForm(
            *args,
            columns=seen.columns,
            told=lambda columns: date_order(date_cells(seen.records, columns)),
            **kwargs,
        )

    if sent:
        return form(given), seen
    if "title" in given:
        return form(initial=given.dict()), seen
    fitting = services.fitting_mappings(seen.columns)
    asked = given.get("mapping", "")
    named = [one for one in fitting if str(one.pk) == asked] or (fitting if not asked else [])
    initial = as_initial(named[0].plan) if named else guessed(seen.records, at=shown.at)
    return form(initial=initial), seen


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


def _outcomes(made: Made) -> dict[str, Any]:
    """What the first rows become: those that would be stored, or left out for what is wrong with them;
    and, by the reason, the rows that would be passed over."""
    passed: dict[str, list[int]] = defaultdict(list)
    items = [one for one in made if isinstance(one, Item)]
    reasons = passed_over(items)
    over = {id(items[place]) for place in reasons}
    for place, reason in reasons.items():
        passed[reason].append(items[place].row)
    new = sorted((one for one in made if id(one) not in over), key=lambda one: one.row)
    return {
        "outcomes": [(one, isinstance(one, Problem)) for one in new[:SHOWN]],
        "passed": [
            (reason, sorted(rows)[:ROWS_NAMED], max(len(rows) - ROWS_NAMED, 0))
            for reason, rows in passed.items()
        ],
        "looked_at": len(made),
        "stored_count": len(items) - len(reasons),
    }
