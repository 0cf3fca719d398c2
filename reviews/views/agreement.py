"""How far reviewers agree, for leads alone."""

from collections.abc import Iterable
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import Permission, require
from reviews.charts import drift
from reviews.consensus import NEWEST, furthest_apart
from reviews.figures import ENOUGH, FIRM, TENTATIVE, Figure, figure
from reviews.votes import (
    KINDS,
    Kind,
    Tally,
    judged_twice,
    midnight,
    tallies_by_pair,
    tallies_by_period,
    tallies_by_topic,
)

# Topics and pairs with most checkpoints, verdicts that differ most.
MOST_SHOWN = 30


@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """Agreement in all, over time, by topic and by pair of reviewers."""
    require(request.user, Permission.ADJUDICATE)
    kind = KINDS.get(request.GET.get("by", ""), KINDS["quarter"])
    starts = kind.starts(timezone.localdate())
    since = midnight(starts[0])
    tallies = tallies_by_period(kind, since=since)
    periods = [figure(_name(kind, day), tallies.get(day, Tally())) for day in starts]
    whole = figure("All", sum(tallies.values(), Tally()))
    context = {
        "kind": kind,
        "kinds": KINDS,
        "since": starts[0],
        "whole": whole,
        "periods": [whole, *reversed(periods)],
        "drift": drift(periods) if any(one.is_enough for one in periods) else None,
        "topics": _most(tallies_by_topic(since=since).items()),
        "pairs": _pairs(since),
        "most": MOST_SHOWN,
        "enough": ENOUGH,
        "firm": FIRM,
        "tentative": TENTATIVE,
    }
    return render(request, "reviews/agreement.html", context)


@require_safe
def consensus(request: HttpRequest) -> HttpResponse:
    """Verdicts that look different once each reviewer is weighed by how they err."""
    require(request.user, Permission.ADJUDICATE)
    context = {"rows": furthest_apart(MOST_SHOWN), "newest": NEWEST}
    return render(request, "reviews/consensus.html", context)


def _name(kind: Kind, day: date) -> str:
    return f"{day:%b %Y}" if kind.months == 1 else f"Q{(day.month + 2) // 3} {day:%Y}"


def _most(tallies: Iterable[tuple[str, Tally]]) -> list[Figure]:
    """The figures with most checkpoints first, and of none that nobody graded twice."""
    counted = [(-judged_twice(tally), label, tally) for label, tally in tallies]
    first = sorted(counted, key=lambda row: row[:2])[:MOST_SHOWN]
    return [figure(label, tally) for n, label, tally in first if n]


def _pairs(since: datetime) -> list[Figure]:
    tallies = tallies_by_pair(since=since)
    people = User.objects.in_bulk({one for pair in tallies for one in pair})
    return _most(
        (" and ".join(sorted(str(people[one]) for one in pair)), tally)
        for pair, tally in tallies.items()
    )
