"""Files of events: taken in, previewed with a mapping of their columns, imported or cancelled."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.paging import BoundedPaginator
from accounts.permissions import Permission, require
from sources import services
from sources.forms import EventFileForm
from sources.importing import ImportFileError
from sources.importing.previews import needs_plan
from sources.models import ColumnMapping, Document, EventImport
from sources.tables import csv_lines
from sources.views.mapping_preview import chosen_form, mapping_of, preview

PAGE = "sources/event_import.html"
PROBLEMS_HEADER = ("row", "column", "what is wrong")


@require_safe
def event_imports(request: HttpRequest) -> HttpResponse:
    """Who brought in which file and when, newest first, what became of it; remembered mappings."""
    require(request.user, Permission.CAPTURE_DOCUMENTS)
    imports = EventImport.objects.select_related("by")
    context = {
        "page_obj": BoundedPaginator(imports, 50).get_page(request.GET.get("page")),
        "mappings": ColumnMapping.objects.select_related("by"),
    }
    return render(request, "sources/event_imports.html", context)


@require_http_methods(["GET", "POST"])
def import_events(request: HttpRequest) -> HttpResponse:
    """Takes a file in; nothing of it is stored as news yet."""
    user = require(request.user, Permission.CAPTURE_DOCUMENTS)
    posted = request.method == "POST"
    form = EventFileForm(request.POST, request.FILES) if posted else EventFileForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            begun = services.begin_event_import(
                file=file.file, name=file.name, size=file.size, by=user
            )
        except ImportFileError as error:
            form.add_error("file", str(error))
        else:
            return redirect(begun)
    status = 422 if form.errors else 200
    return render(request, "sources/import_events.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def event_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would become, then how far it is, then what became of it. Posting a choice of
    columns stores nothing: it shows what they would make of the file."""
    require(request.user, Permission.CAPTURE_DOCUMENTS)
    shown = get_object_or_404(EventImport.objects.select_related("by", "taken_back_by"), pk=pk)
    if shown.is_at_work or shown.is_going:
        return render(request, f"{PAGE}#progress" if request.htmx else PAGE, {"import": shown})  # type: ignore[attr-defined]
    if shown.waits:
        context = preview(shown, request.POST or request.GET)
        return render(request, f"{PAGE}#outcomes" if request.htmx else PAGE, context)  # type: ignore[attr-defined]
    if request.htmx:  # type: ignore[attr-defined]
        # The bar has come to its end: the page goes on by itself.
        return HttpResponseClientRefresh()
    return render(request, PAGE, _became(shown, request.GET.get("page")))


def _became(shown: EventImport, page: str | None) -> dict[str, Any]:
    """What became of a file: what stayed of it if it was taken back, or else what could not be read."""
    context = {"import": shown, "can_take_back": shown.batches.exists()}
    if not shown.is_gone:
        return context | {"page_obj": BoundedPaginator(shown.problems.all(), 50).get_page(page)}
    kept = Paginator(shown.kept(), 50).get_page(page)
    reasons = dict(kept.object_list)
    stayed = Document.objects.filter(pk__in=reasons).select_related("event_report__event")
    rows = [(one, reasons[one.pk]) for one in stayed.defer("text").order_by("pk")]
    return context | {"page_obj": kept, "kept": rows}


@require_POST
def event_import_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets the worker import a file, by the columns that were chosen, and remembers them."""
    user = require(request.user, Permission.CAPTURE_DOCUMENTS)
    shown = get_object_or_404(EventImport, pk=pk)
    if not (shown.waits and needs_plan(shown.kind, shown.provider)):
        _change(request, services.start_event_import, event_import=shown, by=user)
        return redirect(shown)
    form, look = chosen_form(shown, request.POST, sent=True)
    if not form.is_valid():
        return render(request, PAGE, preview(shown, request.POST, sent=True), status=422)
    reading = form.reading()
    mapping = mapping_of(form, look)
    if name := form.cleaned_data["name"].strip():
        mapping = services.remember_mapping(name=name, of=look.columns, by=user, **reading)
    _change(
        request,
        services.start_event_import,
        event_import=shown,
        by=user,
        mapping=mapping,
        **reading,
    )
    return redirect(shown)


@require_POST
def event_import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets a file aside; what is stored of it stays."""
    user = require(request.user, Permission.CAPTURE_DOCUMENTS)
    shown = get_object_or_404(EventImport, pk=pk)
    if not _change(request, services.cancel_event_import, event_import=shown, by=user):
        return redirect(shown)
    messages.success(request, f"“{shown}” is set aside.")
    return redirect("sources:event_imports")


@require_POST
def event_import_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets the worker take back what an import stored, as far as nothing leans on it."""
    user = require(request.user, Permission.CAPTURE_DOCUMENTS)
    shown = get_object_or_404(EventImport, pk=pk)
    _change(request, services.ask_to_take_back, event_import=shown, by=user)
    return redirect(shown)


@require_safe
def event_import_problems(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The problems of a file as CSV, for whoever puts them right in the file."""
    require(request.user, Permission.CAPTURE_DOCUMENTS)
    shown = get_object_or_404(EventImport, pk=pk)
    return StreamingHttpResponse(
        _problem_lines(shown),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="events-{pk}-problems.csv"'},
    )


def _problem_lines(shown: EventImport) -> Iterator[str]:
    yield from csv_lines([PROBLEMS_HEADER])
    for problem in shown.problems.iterator(chunk_size=500):
        yield from csv_lines([(problem.row, problem.field, problem.message)])


@require_POST
def mapping_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Forgets a mapping."""
    user = require(request.user, Permission.CAPTURE_DOCUMENTS)
    mapping = get_object_or_404(ColumnMapping, pk=pk)
    services.forget_mapping(mapping=mapping, by=user)
    messages.success(request, f"The mapping “{mapping.name}” is forgotten.")
    return redirect("sources:event_imports")


def _change(request: HttpRequest, service: Callable[..., EventImport], **what: Any) -> bool:
    """Whether it could be done; why not is said on the next page."""
    try:
        service(**what)
    except services.ImportProblem as problem:
        messages.error(request, str(problem))
        return False
    return True
