"""Writes on claims before registration: keep, drop, edit, made by hand."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services import record, record_all
from claims.models import BaseRate, Checkpoint, Claim, Lexicon
from claims.services.quotes import quote_exactly, said_on
from claims.validators import (
    check_base_rate,
    check_checkpoints,
    check_claim,
    check_open,
    check_probability,
)
from sources.models import Document
from sources.services import claimant_named

# A reference class, its probability from 0 to 1, and the source.
type Rate = tuple[str, Decimal, str]

EDITABLE = frozenset(
    {
        "statement",
        "speaker",
        "claimant",
        "said_on",
        "kind",
        "topics",
        "stake",
        "hedge",
        "lexicon",
        "probability_source",
        "probability_low",
        "probability_high",
        "base_rate",
        "horizon",
        "opens_on",
        "due_earliest",
        "due_on",
        "due_latest",
        "condition",
        "held_if",
        "failed_if",
        "metric",
        "threshold",
        "judged",
        "predecessor",
        "relation",
    }
)


@transaction.atomic
def keep_claim(*, claim: Claim, by: User) -> Claim:
    """A proposed or dropped claim becomes a draft, of its speaker where they are a claimant by now.

    Keeping a draft changes nothing.
    """
    kept = _decide(claim=claim, by=by, status=Claim.Status.DRAFT, verb="kept")
    if kept.claimant is None and kept.speaker and (known := claimant_named(kept.speaker)):
        kept.claimant = known
        kept.save(update_fields=["claimant"])
    return kept


@transaction.atomic
def drop_claim(*, claim: Claim, by: User) -> Claim:
    """A proposed claim or a draft is set aside; it can be kept again."""
    return _decide(claim=claim, by=by, status=Claim.Status.DROPPED, verb="dropped")


@transaction.atomic
def drop_proposals(*, document: Document, by: User) -> int:
    """Sets aside every proposal of a document that nobody decided on. Returns how many."""
    waiting = Claim.objects.filter(quote__document=document, status=Claim.Status.PROPOSED)
    claims = list(waiting.order_by("pk").select_for_update(of=("self",)))
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(status=Claim.Status.DROPPED)
    record_all(by=by, verb="dropped", on=claims)
    return len(claims)


def _decide(*, claim: Claim, by: User, status: Claim.Status, verb: str) -> Claim:
    locked = lock_open(claim)
    if locked.status != status:
        locked.status = status
        locked.duplicate_of = None
        locked.save(update_fields=["status", "duplicate_of"])
        record(by=by, verb=verb, on=locked)
    return locked


def lock_open(claim: Claim) -> Claim:
    """The claim's row, locked for this transaction. Raises ClaimLocked where it is registered."""
    locked = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    check_open(locked)
    return locked


@transaction.atomic
def edit_claim(*, claim: Claim, by: User, **fields: Any) -> Claim:
    """Changes a claim that is not registered; what was proposed or dropped becomes a draft.

    `fields` are those of EDITABLE. Raises ClaimLocked for a registered claim and ClaimProblem, in
    words, for values that cannot stand.
    """
    if unknown := fields.keys() - EDITABLE:
        raise TypeError(f"edit_claim does not change {', '.join(sorted(unknown))}")
    locked = lock_open(claim)
    changed = [name for name, value in fields.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, fields[name])
    if locked.status != Claim.Status.DRAFT:
        locked.status = Claim.Status.DRAFT
        locked.duplicate_of = None
        changed.append("status")
    if changed:
        check_claim(locked)
        locked.save(update_fields=[*changed, "duplicate_of"])
        record(by=by, verb="edited", on=locked, fields=sorted(changed))
    return locked


@transaction.atomic
def set_checkpoints(*, claim: Claim, dates: Iterable[date], by: User) -> list[Checkpoint]:
    """Replaces the checkpoints of a claim that is not registered; the last date is the final one."""
    locked = lock_open(claim)
    days = sorted(set(dates))
    check_checkpoints(locked, days)
    if days == list(locked.checkpoints.order_by("due_on").values_list("due_on", flat=True)):
        return list(locked.checkpoints.all())
    locked.checkpoints.all().delete()
    record(by=by, verb="set checkpoints of", on=locked, dates=[day.isoformat() for day in days])
    return add_checkpoints(locked, days)


def add_checkpoints(claim: Claim, days: list[date]) -> list[Checkpoint]:
    """Stores checkpoints in ascending order, the last one final."""
    return Checkpoint.objects.bulk_create(checkpoints_of(claim, days))


def checkpoints_of(claim: Claim, days: list[date]) -> list[Checkpoint]:
    """Checkpoints in ascending order, the last one final, that are not stored yet."""
    return [Checkpoint(claim=claim, due_on=day, is_final=day == days[-1]) for day in days]


@transaction.atomic
def fix_base_rate(
    *, reference_class: str, probability: Decimal, source: str, by: User | None
) -> BaseRate:
    """The base rate of a reference class from a source; made where it is not known yet.

    Raises ClaimProblem for a figure or a text that cannot stand.
    """
    check_probability(probability, probability)
    check_base_rate(reference_class, source)
    rate, made = BaseRate.objects.get_or_create(
        reference_class=reference_class.strip(),
        probability=probability,
        source=source.strip(),
        defaults={"fixed_by": by},
    )
    if made:
        record(by=by, verb="fixed", on=rate)
    return rate


@transaction.atomic
def fix_base_rates(*, rates: Collection[Rate], by: User | None) -> dict[Rate, BaseRate]:
    """Base rates that passed `check_base_rate`, made where they are not known yet.

    Asks no more for many than for one, unless somebody else fixes one of them just then.
    """
    known = _known_rates(rates)
    new = [rate for rate in rates if rate not in known]
    try:
        with transaction.atomic():
            made = BaseRate.objects.bulk_create(
                BaseRate(reference_class=named, probability=share, source=source, fixed_by=by)
                for named, share, source in new
            )
    except IntegrityError:
        for named, share, source in new:
            fix_base_rate(reference_class=named, probability=share, source=source, by=by)
        return _known_rates(rates)
    record_all(by=by, verb="fixed", on=made)
    return known | dict(zip(new, made, strict=True))


def _known_rates(rates: Collection[Rate]) -> dict[Rate, BaseRate]:
    known = BaseRate.objects.filter(reference_class__in={named for named, _, _ in rates})
    found = {(one.reference_class, one.probability, one.source): one for one in known}
    return {rate: found[rate] for rate in rates if rate in found}


@transaction.atomic
def make_claim(
    *,
    document: Document,
    exact: str,
    by: User,
    start: int | None = None,
    **fields: Any,
) -> Claim:
    """A draft made by hand from words of a document.

    The words must stand in the document, at `start` where it is given. `fields` are those of
    EDITABLE; unless they say otherwise it is an event, stated in the quoted words by the author on
    the day of the document. Raises QuoteNotFound or ClaimProblem.
    """
    quote = quote_exactly(document=document, exact=exact, start=start)
    given = {
        "statement": quote.exact,
        "kind": Claim.Kind.EVENT,
        "speaker": document.author[:200],
        "said_on": said_on(document),
        **fields,
    }
    claim = Claim(quote=quote, created_by=by, reason="Made by hand.", **given)
    if claim.hedge and claim.lexicon is None:
        claim.lexicon = Lexicon.objects.filter(is_active=True).first()
    check_claim(claim)
    claim.save()
    record(by=by, verb="made", on=claim)
    return claim
