"""Publishers: found by name or host, and how far they are trusted."""

from urllib.parse import urlsplit

from django.db import transaction

from accounts.models import User
from accounts.services import record
from sources.models import Publisher, PublisherGrade, Reliability

# Machine names in front of a publisher's own host.
MACHINES = ("www.", "feeds.", "feed.", "rss.", "m.", "amp.")


def publisher_for(words: str) -> Publisher:
    """The publisher of this name, address or host name; made where it is not known.

    Raises ValueError for an empty name.
    """
    name = " ".join(words.split())[:200]
    if not name:
        raise ValueError("A publisher needs a name.")
    host = host_of(name)
    if not host:
        found = Publisher.objects.filter(name__iexact=name).first()
        return found or Publisher.objects.get_or_create(name=name)[0]
    found = Publisher.objects.filter(domain=host).first()
    return found or Publisher.objects.get_or_create(name=host, defaults={"domain": host})[0]


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
