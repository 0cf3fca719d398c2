"""Claimants: found by any of their names, added where nobody has the name."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from accounts.services import record
from sources.models import Claimant, ClaimantAlias


def claimant_named(name: str) -> Claimant | None:
    """The claimant of this name or alias, in any case of letters; None where nobody has it."""
    words = " ".join(name.split())
    if not words:
        return None
    named = Q(name__iexact=words) | Q(aliases__name__iexact=words)
    # A name goes before an alias that somebody else was given.
    found = Claimant.objects.filter(named).distinct().order_by("pk")
    return next((one for one in found if one.name.lower() == words.lower()), found.first())


def claimants_named(names: Iterable[str]) -> dict[str, Claimant]:
    """The claimants of these names or aliases, in two queries, by `folded` name."""
    wanted = {folded(name) for name in names} - {""}
    aliases = ClaimantAlias.objects.annotate(folded=Lower("name")).filter(folded__in=wanted)
    people = Claimant.objects.annotate(folded=Lower("name")).filter(folded__in=wanted)
    found = {alias.folded: alias.claimant for alias in aliases.select_related("claimant")}
    # A name goes before an alias that somebody else was given.
    return found | {one.folded: one for one in people}


def folded(name: str) -> str:
    """A name as it is compared: in small letters, with single blanks."""
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
        return Claimant.objects.get(name__iexact=words)
    record(by=by, verb="added", on=claimant)
    return claimant
