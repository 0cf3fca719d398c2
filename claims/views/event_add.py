"""Entering an event that no feed brought: by hand, or from an address that is read first."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import Permission, require
from claims.blindness import events_hidden_from
from claims.carried import carried, carried_from
from claims.forms import AddressForm, EventForm
from claims.views.links import link_to
from sources.capture import CaptureError
from sources.deduplication import url_key
from sources.fetching import FetchError
from sources.models import Document
from sources.queries import event_of_item
from sources.services import Received, capture_version, read_page, receive_items


@require_http_methods(["GET", "POST"])
def event_add(request: HttpRequest) -> HttpResponse:
    """Enters an event; copies of a known story join it. "read" fills the form from a page first."""
    user = require(request.user, Permission.CAPTURE_DOCUMENTS)
    if request.POST.get("action") == "read":
        return _read(request)
    form = EventForm(request.POST) if request.method == "POST" else EventForm()
    if form.is_valid():
        messages.success(request, _store(form, user))
        return redirect("events")
    return _page(request, form, AddressForm())


def _read(request: HttpRequest) -> HttpResponse:
    address = AddressForm(request.POST)
    if not address.is_valid():
        return _page(request, EventForm(), address)
    try:
        captured, url = read_page(url=address.cleaned_data["address"])
    except (FetchError, CaptureError) as error:
        address.add_error("address", str(error))
        return _page(request, EventForm(), address)
    form = EventForm(initial=EventForm.values_of(captured, url))
    form.initial["page"] = carried(captured, url)
    return _page(request, form, address)


def _store(form: EventForm, user: User) -> str:
    """Stores the event, with the body of its page where one was read; says what became of it."""
    page = carried_from(form.cleaned_data["page"])
    item = form.item()
    with transaction.atomic():
        received = receive_items([item], by=user, origin=Document.Origin.HAND)
        if page and page.url == form.cleaned_data["url"]:
            capture_version(captured=page.captured, key=url_key(page.url), url=page.url, by=user)
    event = event_of_item(item)
    if event is None or event.pk in events_hidden_from(user):
        return "This is known already; nothing was stored twice."
    return _said_of(received, link_to(event))


def _said_of(received: Received, link: SafeString) -> str:
    if received.events:
        return format_html("Added: {}.", link)
    if received.joined:
        return format_html("Added as another report of {}, which is known.", link)
    return format_html("This is known already, as {}; nothing was stored twice.", link)


def _page(request: HttpRequest, form: EventForm, address: AddressForm) -> HttpResponse:
    context = {"form": form, "address": address, "page_read": bool(form["page"].value())}
    wrong = (form.is_bound and form.errors) or (address.is_bound and address.errors)
    status = 422 if wrong else 200
    return render(request, "claims/event_add.html", context, status=status)
