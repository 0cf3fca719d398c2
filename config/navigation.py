"""The main menu, for every page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.paging import MOST, count_in_words
from accounts.permissions import Permission
from config.work import inbox_count, review_count
from reviews.queries import MOST_COUNTED


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    label: str
    url: str
    is_current: bool
    count: int = 0
    # How far it is counted.
    most: int = MOST

    @property
    def counted(self) -> str:
        """How much waits behind it, in words."""
        return count_in_words(self.count, self.most)


# Label, address name, who sees it.
MENU = (
    ("Home", "home", Permission.READ_LEDGER),
    ("Claims", "claims", Permission.READ_LEDGER),
    ("Intake", "intake", Permission.CAPTURE_DOCUMENTS),
    ("Inbox", "inbox", Permission.TRIAGE_EVIDENCE),
    ("Reviews", "reviews", Permission.REVIEW_CLAIMS),
    ("Adjudications", "adjudications", Permission.ADJUDICATE),
    ("Events", "events", Permission.READ_LEDGER),
    ("Claimants", "claimants", Permission.READ_LEDGER),
    ("Reports", "reports:reports", Permission.READ_LEDGER),
    ("Sources", "sources:feeds", Permission.MANAGE_SOURCES),
    ("Audit", "audit", Permission.READ_AUDIT),
)
# What else belongs to an entry, besides the pages under its own address.
ALSO = {"sources:feeds": ("/sources/", "/publishers/"), "intake": ("/documents/",)}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The entries that this person may use, with how much waits behind them; the version."""
    return {"nav": entries_for(request), "version": settings.VERSION}


def entries_for(request: HttpRequest) -> list[Entry]:
    """The menu of this page. Parts of a page that replace others need none."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or request.htmx:  # type: ignore[attr-defined]
        return []
    counts = {"inbox": inbox_count, "reviews": review_count}
    entries = []
    for label, name, permission in MENU:
        if user.can(permission):
            url = reverse(name)
            count = counts[name](user) if name in counts else 0
            is_current = _is_current(request.path, url, *ALSO.get(name, ()))
            most = MOST_COUNTED if name == "reviews" else MOST
            entries.append(Entry(label, url, is_current, count, most))
    return entries


def _is_current(path: str, url: str, *also: str) -> bool:
    return path == url if url == "/" else path.startswith((url, *also))
