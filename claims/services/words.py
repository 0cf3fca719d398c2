"""The words that analysts add to a claim to steer what is suggested for it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import record
from claims.models import Claim, ClaimWords
from claims.phrases import cleaned_words
from claims.validators import ClaimProblem

MAY_HAVE_WORDS = (Claim.Status.DRAFT, Claim.Status.REGISTERED)


@transaction.atomic
def set_claim_words(
    *,
    claim: Claim,
    must: Iterable[str] = (),
    should: Iterable[str] = (),
    never: Iterable[str] = (),
    aliases: Iterable[str] = (),
    languages: Iterable[str] = (),
    by: User,
    at: datetime | None = None,
) -> ClaimWords:
    """Makes these the words of a claim; setting the same again changes nothing.

    A registered claim is then compared anew with the stored events. Each of `aliases` reads "name =
    other, other". Raises ClaimProblem for a claim that is neither a draft nor registered and standing,
    for who judges it, and as `cleaned_words`.
    """
    wanted = cleaned_words(
        must=must, should=should, never=never, aliases=aliases, languages=languages
    )
    locked = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    check_may_have_words(locked)
    known = ClaimWords.objects.filter(claim=locked).first()
    chosen = known or ClaimWords(claim=locked, changes=0)
    if all(getattr(chosen, name) == entries for name, entries in wanted.items()):
        return chosen
    for name, entries in wanted.items():
        setattr(chosen, name, entries)
    chosen.changes += 1
    chosen.changed_at, chosen.changed_by = at or timezone.now(), by
    _keep(chosen)
    if locked.matched_at:
        # The sweep compares it with the stored events again.
        locked.matched_at = None
        locked.save(update_fields=["matched_at"])
    record(by=by, verb="set words of", on=locked, **wanted)
    return chosen


def check_may_have_words(claim: Claim) -> None:
    """Raises ClaimProblem for a claim for which nothing is or will be suggested."""
    if claim.status not in MAY_HAVE_WORDS:
        raise ClaimProblem("Words are added to drafts and to registered claims that still stand.")


def _keep(chosen: ClaimWords) -> None:
    """Raises ClaimProblem where the database refuses: who judges a claim does not steer its evidence."""
    try:
        with transaction.atomic():
            chosen.save()
    except IntegrityError as error:
        raise ClaimProblem(
            "You judge this claim, or have judged it, so somebody else sets its words."
        ) from error
