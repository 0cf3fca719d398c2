"""Tables of claims: brought in, checked while one looks on, previewed, stored or cancelled."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.models import User
from accounts.paging import BoundedPaginator
from accounts.permissions import Permission, require
from claims import services
from claims.blindness import hidden_from
from claims.forms import ClaimImportForm
from claims.importing.columns import FIELDS, label, names_to_fill
from claims.importing.values import PERCENT_RULE
from claims.models import Claim, ClaimImport, ImportRow
from claims.queries import still_missing
from claims.services.import_checks import judged
from claims.tables.writing import BYTE_ORDER_MARK, XLSX, csv_lines, empty_xlsx
from claims.validators import ClaimProblem
from sources.importing import ImportFileError, Problem

State = ImportRow.State
# The tabs of the preview and of the result, in order.
SHOWN = {
    "problems": (State.WRONG, "With problems"),
    "known": (State.KNOWN, "Known already"),
    "sound": (State.SOUND, "Sound"),
    "stored": (State.STORED, "Stored"),
}
PROBLEMS_HEADER = ("row", "column", "what is wrong", "what stands there")


@require_safe
def claim_imports(request: HttpRequest) -> HttpResponse:
    """Who brought in which table and when, newest first, and what became of it."""
    require(request.user, Permission.WRITE_CLAIMS)
    imports = ClaimImport.objects.select_related("by")
    page = BoundedPaginator(imports, 50).get_page(request.GET.get("page"))
    return render(request, "claims/import_history.html", {"page_obj": page})


@require_http_methods(["GET", "POST"])
def import_claims(request: HttpRequest) -> HttpResponse:
    """Takes a table in; nothing of it is a claim yet."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    posted = request.method == "POST"
    form = ClaimImportForm(request.POST, request.FILES) if posted else ClaimImportForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            begun = services.begin_import(data=file.read(), name=file.name, by=user)
        except ImportFileError as error:
            form.add_error("file", str(error))
        else:
            return redirect(begun)
    columns = [(names[0], names[1:]) for names in FIELDS.values()]
    context = {"form": form, "columns": columns, "percent_rule": PERCENT_RULE}
    status = 422 if form.errors else 200
    return render(request, "claims/import_claims.html", context, status=status)


@require_safe
def empty_table(request: HttpRequest) -> FileResponse:
    """A table to fill: the columns that an import takes, and no row."""
    require(request.user, Permission.WRITE_CLAIMS)
    file = BytesIO()
    empty_xlsx(names_to_fill(), file)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename="claims-to-import.xlsx", content_type=XLSX
    )


@require_safe
def claim_import(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a table is, then its preview, then what was stored of it."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    shown = get_object_or_404(ClaimImport.objects.select_related("by"), pk=pk)
    counts = _counts(shown)
    page = "claims/import_claim.html"
    if shown.is_at_work:
        context = {"import": shown, **_progress(shown, counts)}
        return render(request, f"{page}#progress" if request.htmx else page, context)  # type: ignore[attr-defined]
    if request.htmx:  # type: ignore[attr-defined]
        # The bar has come to its end: the page goes on by itself.
        return HttpResponseClientRefresh()
    return render(request, page, _preview(request, shown, counts, user))


def _counts(shown: ClaimImport) -> dict[str, int]:
    """How many rows of a table are in each state."""
    counted = shown.rows.order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(State.values, 0) | dict(counted)


def _progress(shown: ClaimImport, counts: dict[str, int]) -> dict[str, int]:
    if shown.status == ClaimImport.Status.CHECKING:
        return {"done": shown.row_count - counts[State.WAITING], "of": shown.row_count}
    return {"done": shown.sound_count - counts[State.SOUND], "of": shown.sound_count}


def _preview(
    request: HttpRequest, shown: ClaimImport, counts: dict[str, int], user: User
) -> dict[str, Any]:
    tabs = [(name, words, counts[state]) for name, (state, words) in SHOWN.items() if counts[state]]
    names = [name for name, _, _ in tabs]
    tab = request.GET.get("show", "")
    tab = tab if tab in names else _first_shown(shown, names)
    rows = shown.rows.filter(state=SHOWN[tab][0]).order_by("number")
    rows = rows.select_related("document", "claim__claimant").defer("document__text")
    if tab == "stored":
        rows = rows.exclude(claim__in=hidden_from(user))
    page = BoundedPaginator(rows, 50).get_page(request.GET.get("page"))
    return {
        "import": shown,
        "counts": counts,
        "tabs": tabs,
        "tab": tab,
        "page_obj": page,
        "rows": judged(list(page), by=user)
        if tab == "sound"
        else [(row, problems(row)) for row in page],
        "is_preview": shown.status == ClaimImport.Status.CHECKED,
        "missing": still_missing(Claim.objects.filter(pk__in=shown.rows.values("claim")))
        if shown.status == ClaimImport.Status.STORED
        else [],
    }


def _first_shown(shown: ClaimImport, names: list[str]) -> str:
    """The tab a page opens at: what was stored, or before that what is wrong."""
    wanted = "stored" if shown.status == ClaimImport.Status.STORED else "problems"
    return wanted if wanted in names else next(iter(names), "sound")


def problems(row: ImportRow) -> list[Problem]:
    """What is wrong with a row, in words."""
    return [Problem(row.number, column, words) for column, words in row.problems]


@require_safe
def import_problems(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every problem of a table as CSV, for whoever puts them right in the table."""
    require(request.user, Permission.WRITE_CLAIMS)
    shown = get_object_or_404(ClaimImport, pk=pk)
    rows = shown.rows.filter(state__in=[State.WRONG, State.KNOWN]).order_by("number")
    return StreamingHttpResponse(
        _problem_lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="import-{pk}-problems.csv"'},
    )


def _problem_lines(rows: QuerySet[ImportRow]) -> Any:
    fields = {label(name): name for name in FIELDS}
    yield BYTE_ORDER_MARK
    yield from csv_lines([PROBLEMS_HEADER])
    for row in rows.iterator(chunk_size=500):
        yield from csv_lines(
            (row.number, column, words, row.values.get(fields.get(column, ""), ""))
            for column, words in row.problems
        )


@require_POST
def import_store(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets the worker store the sound rows."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    shown = get_object_or_404(ClaimImport, pk=pk)
    _change(request, services.store_import, claim_import=shown, by=user)
    return redirect(shown)


@require_POST
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets a table aside of which nothing was stored."""
    user = require(request.user, Permission.WRITE_CLAIMS)
    shown = get_object_or_404(ClaimImport, pk=pk)
    if not _change(request, services.cancel_import, claim_import=shown, by=user):
        return redirect(shown)
    messages.success(request, f"“{shown}” is set aside; nothing of it was stored.")
    return redirect("claim_imports")


def _change(request: HttpRequest, service: Callable[..., ClaimImport], **what: Any) -> bool:
    """Whether it could be done; why not is said on the next page."""
    try:
        service(**what)
    except ClaimProblem as problem:
        messages.error(request, str(problem))
        return False
    return True
