"""Claimants: found by any of their names, added where nobody has the name."""

from collections.abc import Iterable

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Lower

from accounts.models import User
from accounts.services import record
from sources.models import Claimant, ClaimantAlias


def claimant_named(name: str) -> Claimant | None:
    """The claimant of this name or alias, in any case of letters; None where nobody has it."""
    return claimants_named([name]).get(name)


def claimants_named(names: Iterable[str]) -> dict[str, Claimant]:
    """The claimants of these names or aliases, in three queries, by the names as they are given."""
    keys = _lowered(names)
    wanted = set(keys.values()) - {""}
    aliases = ClaimantAlias.objects.annotate(key=Lower("name")).filter(key__in=wanted)
    people = Claimant.objects.annotate(key=Lower("name")).filter(key__in=wanted)
    found = {alias.key: alias.claimant for alias in aliases.select_related("claimant")}
    # A name goes before an alias that somebody else was given.
    found |= {one.key: one for one in people}
    return {name: found[key] for name, key in keys.items() if key in found}


def _lowered(names: Iterable[str]) -> dict[str, str]:
    """Names with single blanks in small letters, by the names as they are given.

    Small letters are the database's, by which it keeps names apart: those of Python differ in İ and Σ.
    """
    given = sorted(set(names))
    written = [" ".join(name.split()) for name in given]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lower(name) FROM unnest(%s::text[]) WITH ORDINALITY AS given (name, place) "
            "ORDER BY place",
            [written],
        )
        return {name: key for name, (key,) in zip(given, cursor.fetchall(), strict=True)}


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
