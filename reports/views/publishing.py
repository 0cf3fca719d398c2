"""Publishing a report by hand, and the schedules that do it by themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission, require
from reports import services
from reports.display import funnel_rows
from reports.forms import PublishForm, ScheduleForm, last_month
from reports.models import ReportSchedule


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """The form of a new report: its funnel first, then its publication."""
    user = require(request.user, Permission.PUBLISH_REPORTS)
    if request.method != "POST":
        return _publish_page(request, PublishForm(initial=last_month(timezone.localdate())))
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _publish_page(request, form, status=422)
    data = form.cleaned_data
    if request.POST.get("action") != "publish":
        counts = services.preview(period_start=data["period_start"], period_end=data["period_end"])
        return _publish_page(request, form, counts=counts)
    report = services.publish_report(by=user, **data)
    messages.success(request, f"Report {report.number} is published and frozen.")
    return redirect(report)


def _publish_page(
    request: HttpRequest,
    form: PublishForm,
    *,
    counts: dict[str, int] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "counts": counts,
        "funnel": funnel_rows(counts) if counts else None,
        "schedules": ReportSchedule.objects.select_related("created_by"),
    }
    return render(request, "reports/publish.html", context, status=status)


@require_http_methods(["GET", "POST"])
def schedule_add(request: HttpRequest) -> HttpResponse:
    """The form of a new schedule."""
    user = require(request.user, Permission.PUBLISH_REPORTS)
    form = ScheduleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_schedule(by=user, **form.cleaned_data)
        except services.ReportProblem as problem:
            form.add_error("next_on", str(problem))
        else:
            messages.success(request, "The schedule stands.")
            return redirect("reports:publish")
    status = 422 if form.errors else 200
    return render(request, "reports/schedule_add.html", {"form": form}, status=status)


@require_POST
def schedule_toggle(request: HttpRequest, pk: int) -> HttpResponse:
    """Pauses a schedule, or takes it up again."""
    user = require(request.user, Permission.PUBLISH_REPORTS)
    schedule = services.toggle_schedule(schedule=get_object_or_404(ReportSchedule, pk=pk), by=user)
    messages.success(request, "Resumed." if schedule.is_active else "Paused.")
    return redirect("reports:publish")
