"""Publishers: found by name or host, and how far they are trusted."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from sources.models import Feed, Publisher, PublisherGrade, Reliability
from sources.services.names import lowered

# Removed in one go; each has an audit row of its own.
MOST_REMOVED = 500
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
                # In one order, or two who make the same ones would wait for each other.
                for _, name in sorted(new.items())
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
    known: list[Any] = list(named.select_related("merged_into").order_by("-name"))
    # Where two names differ in case, the first of them.
    found = {one.key: one for one in known} | {one.domain: one for one in known if one.domain}
    return {key: one.standing for key, one in found.items()}


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
    standing = Publisher.objects.get(pk=publisher.pk).standing_id
    locked = _locked().get(pk=standing)
    locked.reliability = reliability
    # Its other names carry the same grade, so that no list looks twice.
    Publisher.objects.one_with(locked.pk).update(reliability=reliability)
    grade = PublisherGrade.objects.create(
        publisher=locked, reliability=reliability, reason=reason.strip(), by=by
    )
    record(by=by, verb="graded", on=locked, reliability=reliability)
    return grade


class PublisherProblem(Exception):
    """A publisher cannot be changed so; the message says why."""


@transaction.atomic
def edit_publisher(*, publisher: Publisher, name: str, domain: str, by: User) -> Publisher:
    """The publisher under another name or host; the audit row has both readings.

    Raises PublisherProblem where another publisher has them: those are one, or stay two.
    """
    locked = _locked().get(pk=publisher.pk)
    wanted = {"name": " ".join(name.split())[:200], "domain": host_of(domain.strip())}
    if not wanted["name"]:
        raise PublisherProblem("A publisher needs a name.")
    if domain.strip() and not wanted["domain"]:
        raise PublisherProblem(f"{domain.strip()} is not a host name, such as harbour.example.")
    others = _known([value.lower() for value in wanted.values() if value])
    if other := next((one for one in others.values() if one.pk != locked.pk), None):
        raise PublisherProblem(f"{other} has this name or host. Say that the two are one instead.")
    before = {field: getattr(locked, field) for field in wanted}
    if before != wanted:
        locked.name, locked.domain = wanted["name"], wanted["domain"]
        locked.save(update_fields=["name", "domain"])
        record(by=by, verb="edited", on=locked, before=before, after=wanted)
    return locked


@transaction.atomic
def merge_publishers(*, publisher: Publisher, into: Publisher, by: User) -> Publisher:
    """Says that a publisher is another one of that name: what arrives from now on is the other's.

    Documents are never changed and keep the name they came under; both names carry one grade. Raises
    PublisherProblem for a publisher and itself.
    """
    keys = [publisher.pk, into.standing_id]
    locked = {one.pk: one for one in _locked().filter(pk__in=keys).order_by("pk")}
    first, other = locked[keys[1]], locked[keys[0]]
    if first.pk == other.pk or first.merged_into_id:
        raise PublisherProblem("These two are one already.")
    if other.merged_into_id == first.pk:
        return first
    same = Publisher.objects.one_with(other.pk)
    same.update(merged_into=first, reliability=first.reliability)
    Feed.objects.filter(publisher=other).update(publisher=first)
    record(by=by, verb="merged", on=other, into=first.pk)
    return first


@transaction.atomic
def part_publisher(*, publisher: Publisher, by: User) -> Publisher:
    """Takes back that a publisher is another one: it stands by itself again, with its own last grade."""
    locked = _locked().get(pk=publisher.pk)
    if locked.merged_into_id is None:
        return locked
    before, locked.merged_into = locked.merged_into_id, None
    own = locked.grades.order_by("-at", "-pk").first()
    locked.reliability = own.reliability if own else ""
    locked.save(update_fields=["merged_into", "reliability"])
    record(by=by, verb="parted", on=locked, was=before)
    return locked


@transaction.atomic
def remove_publishers(*, found: QuerySet[Publisher], by: User) -> int:
    """Removes those of these publishers that nothing leans on, at most 500 at a time; how many.

    Publishers come with every host that a feed or file names; what brought nothing after all, or was
    a slip, only fills the list.
    """
    # Nobody stores a document meanwhile that would name one of them.
    hold(Lock.DOCUMENTS)
    keys = list(_unused(found).values_list("pk", flat=True)[:MOST_REMOVED])
    rows = Publisher.objects.filter(pk__in=keys)
    list(rows.select_for_update().order_by("pk"))
    # Asked again, now that they are held: somebody may have come to lean on one just before.
    removed = list(_unused(rows))
    for one in removed:
        record(by=by, verb="removed", on=one, name=one.name, domain=one.domain)
    rows.filter(pk__in=[one.pk for one in removed]).delete()
    return len(removed)


def _unused(found: QuerySet[Publisher]) -> QuerySet[Publisher]:
    return Publisher.objects.unused().filter(pk__in=found.order_by().values("pk")).order_by("pk")


def _locked() -> QuerySet[Publisher]:
    """Publishers to be changed. Their keys are left free: what is being stored may name them meanwhile,
    and a poll that holds its feed would wait for the publisher, while a merge waits for the feed."""
    return Publisher.objects.select_for_update(no_key=True)
