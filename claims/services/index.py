"""The matcher's index of open claims, kept per process and updated when the ledger moved."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import batched

from django.db.models import Count, Max, Q, QuerySet, Sum, TextField
from django.db.models.functions import Left

from claims.matching import Index, Item, Target
from claims.matching.types import LONGEST_SETTING
from claims.models import Claim, ClaimWords, Training
from claims.services.learning import weights_in_use
from sources.models import Document, Event, Quote

# An assessment reads the present and the recent past, so events from before it was said bear on it.
LOOK_BACK = timedelta(days=730)
READ_AT_ONCE = 2000

_kept: tuple[tuple[object, ...], Index] | None = None


def open_claims_index() -> Index:
    """An index of every registered claim that stands. Windows, not today, decide what is matched."""
    global _kept  # noqa: PLW0603 - one index per process is the point
    state = _state()
    if _kept is None or _kept[0] != state:
        # Other weights are another index; else only what was registered or ended since is read.
        index = _kept[1] if _kept and _kept[0][0] == state[0] else Index(weights_in_use())
        # Until it is whole nobody may take it for an index of the new state.
        _kept = None
        _bring_up(index)
        _kept = (state, index)
    return _kept[1]


def _bring_up(index: Index) -> None:
    """Takes out the claims that ended; reads those that are not in, and those that analysts added words to."""
    standing = set(_standing().values_list("pk", flat=True))
    known = {one.id: one for one in index.targets}
    index.remove(known.keys() - standing)
    steered = set(_standing().filter(words__isnull=False).values_list("pk", flat=True))
    for some in batched(sorted(standing - known.keys() | steered), READ_AT_ONCE):
        read = targets_of(list(_standing().filter(pk__in=some)))
        index.add([target for target in read if known.get(target.id) != target])


def _standing() -> QuerySet[Claim]:
    standing = Claim.objects.filter(status=Claim.Status.REGISTERED)
    return standing.select_related("words").order_by("pk")


def _state() -> tuple[object, ...]:
    """Changes whenever a claim is registered or ends: each does so once, so counting tells; and
    whenever words of one are set, which is counted: moments may be stored out of their order."""
    ever = Claim.objects.ledger().order_by()
    standing = Count("pk", filter=Q(status=Claim.Status.REGISTERED))
    found = ever.aggregate(ever=Count("pk"), standing=standing, newest=Max("pk"))
    learned = Training.objects.adopted().values_list("pk", flat=True).first()
    words = ClaimWords.objects.filter(claim__registered_at__isnull=False)
    return (learned, *found.values(), *words.aggregate(Sum("changes")).values())


def targets_of(claims: Sequence[Claim]) -> list[Target]:
    """Claims as the matcher sees them, with how their articles begin; what an excerpt says is in the claim."""
    articles = Quote.objects.filter(document__origin__in=Document.ARTICLE_ORIGINS)
    begins = Left("document__text", LONGEST_SETTING, output_field=TextField())
    quotes = articles.filter(pk__in={claim.quote_id for claim in claims})
    settings = dict(quotes.annotate(begins=begins).values_list("pk", "begins"))
    return [target_of(claim, setting=settings.get(claim.quote_id, "")) for claim in claims]


def target_of(claim: Claim, added: ClaimWords | None = None, *, setting: str = "") -> Target:
    """A claim as the matcher sees it, with the words that analysts added, or these instead."""
    opens, closes = window_of(claim)
    added = added or getattr(claim, "words", None) or ClaimWords()
    return Target(
        claim.pk,
        claim.content_hash,
        _words(claim),
        opens,
        closes,
        languages=frozenset(added.languages),
        must=tuple(added.must),
        should=tuple(added.should),
        never=tuple(added.never),
        aliases=added.name_groups,
        setting=setting,
    )


def item_of(event: Event) -> Item:
    """An event as the matcher sees it."""
    return Item(event.pk, event.title, event.summary, event.occurred_on, event.language)


def window_of(claim: Claim) -> tuple[date, date | None]:
    """The days whose events may bear on a claim, both inclusive; None: it stays open."""
    if claim.is_scored:
        return claim.opens_on or claim.said_on, claim.due_latest
    return claim.opens_on or claim.said_on - LOOK_BACK, None


def _words(claim: Claim) -> str:
    # Only what registration locks: an index is never stale in its words.
    return f"{claim.statement} {claim.metric}".strip()
