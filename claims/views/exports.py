"""What the list of claims shows, as a file for spreadsheets."""

import tempfile

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require
from claims.filters import listed_claims
from claims.tables.writing import MOST_IN_A_SHEET, XLSX, claims_csv, claims_xlsx


@require_safe
def claims_export(request: HttpRequest) -> HttpResponseBase:
    """Every claim that the list shows under the same filters, as CSV or XLSX."""
    user = require(request.user, Permission.READ_LEDGER)
    found = listed_claims(request.GET, user=user)
    claims = found.qs
    name = f"claims-{found.data['tab']}-{timezone.localdate()}"
    if request.GET.get("format") != "xlsx":
        return StreamingHttpResponse(
            claims_csv(claims),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
        )
    if claims.order_by()[: MOST_IN_A_SHEET + 1].count() > MOST_IN_A_SHEET:
        messages.error(
            request,
            f"A spreadsheet takes up to {MOST_IN_A_SHEET:,} claims. Filter further, or take CSV, "
            "which takes them all.",
        )
        return redirect(f"{reverse('claims')}?{request.GET.urlencode()}")
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    claims_xlsx(claims, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
