"""Files of events as a browser brings them in."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sources.models import EventImport
from sources.services import run_event_import

TABLE = (
    b"Wann,Was,Wo\n03/04/2022,Two ports open a ferry line,https://a.example/1\n"
    b"31/04/2022,Rains flood the valley,https://a.example/2\n"
)
CHOSEN = {"title": "Was", "published": "Wann", "url": "Wo", "order": "day", "zone": "UTC"}


def brought(browser: Client, data: bytes, name: str) -> HttpResponse:
    return browser.post("/events/import/", {"file": SimpleUploadedFile(name, data)}, follow=True)


def waiting(browser: Client, data: bytes = TABLE, name: str = "tage.csv") -> EventImport:
    brought(browser, data, name)
    return EventImport.objects.latest("pk")


def imported(browser: Client, event_import: EventImport, **chosen: str) -> HttpResponse:
    """The page of an import that was started with these columns and has run."""
    browser.post(reverse("sources:event_import_start", args=[event_import.pk]), chosen)
    run_event_import(event_import=event_import, seconds=60)
    return browser.get(event_import.get_absolute_url())
