"""Claimants: found by any of their names, added where nobody has the name."""

from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from accounts.models import User
from accounts.services import record, record_all
from sources.models import Claimant, ClaimantAlias
from sources.services.names import lowered


def claimant_named(name: str) -> Claimant | None:
    """The claimant of this name or alias, in any case of letters; None where nobody has it."""
    return claimants_named([name]).get(name)


def claimants_named(names: Iterable[str]) -> dict[str, Claimant]:
    """The claimants of these names or aliases, in three queries, by the names as they are given."""
    keys = lowered(names)
    wanted = set(keys.values()) - {""}
    aliases = ClaimantAlias.objects.annotate(key=Lower("name")).filter(key__in=wanted)
    people = Claimant.objects.annotate(key=Lower("name")).filter(key__in=wanted)
    found = {alias.key: alias.claimant for alias in aliases.select_related("claimant")}
    # A name goes before an alias that somebody else was given.
    found |= {one.key: one for one in people}
    return {name: found[key] for name, key in keys.items() if key in found}


def folded(name: str) -> str:
    """A text as it is compared with others at hand: in small letters, with single blanks."""
    return " ".join(name.split()).lower()


@transaction.atomic
def add_claimant(
    *,
    name: str,
    by: User | None,
    kind: str = Claimant.Kind.PERSON,
    affiliation: str = "",
    user: User | None = None,
) -> Claimant:
    """A new claimant, or the one that somebody else added under this name meanwhile."""
    words = " ".join(name.split())
    try:
        with transaction.atomic():
            claimant = Claimant.objects.create(
                name=words, kind=kind, affiliation=affiliation, user=user
            )
    except IntegrityError:
        return claimants_named([words])[words]
    record(by=by, verb="added", on=claimant)
    return claimant


@transaction.atomic
def add_claimants(*, names: Collection[str], by: User | None) -> dict[str, Claimant]:
    """Persons of these names, which nobody has as far as is known; by the names as they are given.

    Asks no more for many than for one, unless somebody else adds one of them just then.
    """
    new = {key: " ".join(name.split()) for name, key in lowered(names).items()}
    try:
        with transaction.atomic():
            made = Claimant.objects.bulk_create(Claimant(name=name) for name in new.values())
    except IntegrityError:
        for name in new.values():
            add_claimant(name=name, by=by)
    else:
        record_all(by=by, verb="added", on=made)
    return claimants_named(names)
