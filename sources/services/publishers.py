"""Publishers: found by name or host, and how far they are trusted."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from accounts.services import record
from sources.models import Publisher, PublisherGrade, Reliability
from sources.services.names import lowered

# Machine names in front of a publisher's own host.
MACHINES = ("www.", "feeds.", "feed.", "rss.", "m.", "amp.")


def publisher_for(words: str) -> Publisher:
    """The publisher of this name, address or host name; made where it is not known.

    Raises ValueError for an empty name.
    """
    return publishers_for([words])[words]


def publishers_for(words: Collection[str]) -> dict[str, Publisher]:
    """The publishers of these names, addresses or host names, made where they are not known, by the
    words as they are given. Asks no more for many than for one.

    Raises ValueError for an empty name.
    """
    names = {given: " ".join(given.split())[:200].rstrip() for given in words}
    if not all(names.values()):
        raise ValueError("A publisher needs a name.")
    hosts = {name: host for name in names.values() if (host := host_of(name))}
    keys = lowered(name for name in names.values() if name not in hosts) | hosts
    found = _known(keys.values())
    new = {key: name for name, key in keys.items() if key not in found}
    if new:
        # Somebody else may make one of them just now.
        Publisher.objects.bulk_create(
            (
                Publisher(name=hosts.get(name, name), domain=hosts.get(name, ""))
                for name in new.values()
            ),
            ignore_conflicts=True,
        )
        found |= _known(new)
    return {given: found[keys[name]] for given, name in names.items()}


def _known(keys: Collection[str]) -> dict[str, Publisher]:
    """Publishers by their hosts and by their names in small letters, as far as they are these."""
    named = Publisher.objects.annotate(key=Lower("name")).filter(
        Q(key__in=keys) | Q(domain__in=keys)
    )
    known: list[Any] = list(named.order_by("-name"))
    # Where two names differ in case, the first of them.
    return {one.key: one for one in known} | {one.domain: one for one in known if one.domain}


def host_of(words: str) -> str:
    """The host of an address or a bare host name, without the machine's name; "" for other words."""
    if "://" in words:
        host = _host_of_address(words)
    elif "." in words and "/" not in words and " " not in words and not words.endswith("."):
        host = words.lower()
    else:
        return ""
    for machine in MACHINES:
        # "m.example" itself is a host, not the machine of "example".
        if host.startswith(machine) and "." in host.removeprefix(machine):
            return host.removeprefix(machine)[:200]
    return host[:200]


def _host_of_address(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # such as http://[broken
        return ""


@transaction.atomic
def grade_publisher(
    *, publisher: Publisher, reliability: str, reason: str, by: User | None
) -> PublisherGrade:
    """Gives a publisher a NATO reliability grade, A to F, and keeps the history.

    Raises ValueError for a letter off the scale or without a reason.
    """
    if reliability not in Reliability.values:
        raise ValueError("Choose a grade from A, completely reliable, to F, cannot be judged.")
    if not reason.strip():
        raise ValueError("Say why: the grade will be asked about.")
    locked = Publisher.objects.select_for_update().get(pk=publisher.pk)
    locked.reliability = reliability
    locked.save(update_fields=["reliability"])
    grade = PublisherGrade.objects.create(
        publisher=locked, reliability=reliability, reason=reason.strip(), by=by
    )
    record(by=by, verb="graded", on=locked, reliability=reliability)
    return grade
