"""Stores checked rows as drafts, many at once: excerpts, quotes, claimants, base rates, claims."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import F
from django.db.models.fields.json import KT
from django.db.models.functions import Greatest, Least, Length, Substr

from accounts.models import User
from accounts.services import record_all
from claims.importing import parsed
from claims.models import Checkpoint, Claim, ClaimImport, ImportRow
from claims.services.claims import Rate, checkpoints_of, fix_base_rates
from claims.services.import_checks import Judged
from claims.services.quotes import CONTEXT
from sources.models import Quote
from sources.services import Excerpts, add_claimants, capture_excerpts

_BETWEEN = "\n\n"

type Place = tuple[int, int, int]


def make_excerpts(rows: Sequence[ImportRow], *, by: User | None) -> None:
    """Gives the rows that have no document one of excerpts: those of one source have it together."""
    placed = [row for row in rows if row.document_id is None]
    if not placed:
        return
    of_source: dict[str, dict[str, list[ImportRow]]] = defaultdict(lambda: defaultdict(list))
    for row in placed:
        of_source[row.source_key][row.values["quote"]].append(row)
    documents = capture_excerpts(
        excerpts=[_excerpts(quotes) for quotes in of_source.values()], by=by
    )
    for document, quotes in zip(documents, of_source.values(), strict=True):
        start = 0
        for exact, alike in quotes.items():
            for row in alike:
                row.document_id, row.start = document.pk, start
            start += len(exact) + len(_BETWEEN)
    ImportRow.objects.bulk_update(placed, ["document", "start"])


def _excerpts(quotes: Mapping[str, Sequence[ImportRow]]) -> Excerpts:
    """The quotes of one source, each with its rows, below each other."""
    first = next(iter(quotes.values()))[0]
    return replace(parsed(first.values).source, text=_BETWEEN.join(quotes))


def store_claims(sound: Sequence[Judged], *, claim_import: ClaimImport) -> list[Claim]:
    """The drafts of these rows, whose documents are known; each row is told its claim."""
    by = claim_import.by
    quotes = _quotes([one.row for one in sound])
    new = {one.parsed.claimant for one in sound if one.is_new_claimant}
    claimants = add_claimants(names=new, by=by)
    rates = fix_base_rates(rates={rate for one in sound if (rate := _rate(one))}, by=by)
    for one in sound:
        claim = one.claim
        claim.quote = quotes[_place(one.row)]
        claim.claimant = claim.claimant or claimants.get(one.parsed.claimant)
        claim.base_rate = (rate := _rate(one)) and rates[rate]
        claim.created_by = by
        claim.reason = f"Imported from {claim_import.file_name}, row {one.row.number}."
    claims = Claim.objects.bulk_create([one.claim for one in sound])
    Checkpoint.objects.bulk_create(
        checkpoint
        for one in sound
        for checkpoint in checkpoints_of(one.claim, one.parsed.checkpoints)
    )
    record_all(by=by, verb="imported", on=claims, table=claim_import.file_name)
    for one in sound:
        one.row.claim = one.claim
        one.row.state = ImportRow.State.STORED
    return claims


def _quotes(rows: Sequence[ImportRow]) -> dict[Place, Quote]:
    """The quotes of these rows, made where they are not known, by document, start and end."""
    places = {_place(row): row for row in rows}
    context = _context(rows)
    Quote.objects.bulk_create(
        (
            Quote(
                document_id=document,
                exact=row.values["quote"],
                start=start,
                end=end,
                prefix=context[row.pk][0],
                suffix=context[row.pk][1],
            )
            for (document, start, end), row in places.items()
        ),
        ignore_conflicts=True,
    )
    known = Quote.objects.filter(
        document__in={document for document, _, _ in places},
        start__in={start for _, start, _ in places},
    )
    return {(one.document_id, one.start, one.end): one for one in known}


def _context(rows: Sequence[ImportRow]) -> dict[int, tuple[str, str]]:
    """What stands before and after the words of each row, by the row; the texts stay where they are."""
    before = Substr(
        "document__text", Greatest(F("start") - CONTEXT, 0) + 1, Least(F("start"), CONTEXT)
    )
    after = Substr("document__text", F("start") + Length(KT("values__quote")) + 1, CONTEXT)
    placed = ImportRow.objects.filter(pk__in=[row.pk for row in rows])
    return {pk: (one, other) for pk, one, other in placed.values_list("pk", before, after)}


def _place(row: ImportRow) -> Place:
    """Document, start and end of a row whose document is known."""
    if row.document_id is None or row.start is None:
        raise ValueError(f"{row} has no document yet")
    return row.document_id, row.start, row.start + len(row.values["quote"])


def _rate(one: Judged) -> Rate | None:
    rate = one.parsed.base_rate
    return (rate["reference_class"], rate["probability"], rate["source"]) if rate else None
