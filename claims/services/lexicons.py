"""Loads the published tables of hedges into the database."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from claims.extraction.lexicons import LEXICONS, LexiconTable
from claims.models import Lexicon, LexiconEntry

ACTIVE_AT_FIRST = "icd-203"


@transaction.atomic
def load_lexicons(*, by: User | None = None) -> int:
    """Stores every published table that is not stored yet, a changed one as a new version.

    Makes ICD 203 the active one where none is. Safe to repeat. Returns how many were stored.
    """
    hold(Lock.LEXICONS)
    stored = [lexicon for table in LEXICONS if (lexicon := _store(table, by=by))]
    if not Lexicon.objects.filter(is_active=True).exists():
        newest = Lexicon.objects.filter(slug=ACTIVE_AT_FIRST).order_by("-version").first()
        if newest:
            newest.is_active = True
            newest.save(update_fields=["is_active"])
    return len(stored)


def _store(table: LexiconTable, *, by: User | None) -> Lexicon | None:
    """The table as a new version, or None where its newest version reads the same."""
    rows = {
        phrase.lower(): (_probability(low), _probability(high))
        for phrase, low, high in table.entries
    }
    newest = Lexicon.objects.filter(slug=table.slug).order_by("-version").first()
    if newest and rows == {one.phrase: (one.low, one.high) for one in newest.entries.all()}:
        _name_source(newest, table, by=by)
        return None
    lexicon = Lexicon.objects.create(
        slug=table.slug,
        version=newest.version + 1 if newest else 1,
        name=table.name,
        source=table.source,
    )
    add_entries(lexicon, rows)
    record(by=by, verb="loaded", on=lexicon, version=lexicon.version)
    return lexicon


def _name_source(lexicon: Lexicon, table: LexiconTable, *, by: User | None) -> None:
    """Where the figures come from, said better than before: the figures are the same."""
    if (lexicon.name, lexicon.source) == (table.name, table.source):
        return
    old = lexicon.source
    lexicon.name, lexicon.source = table.name, table.source
    lexicon.save(update_fields=["name", "source"])
    record(by=by, verb="named the source", on=lexicon, before=old)


def add_entries(lexicon: Lexicon, rows: Mapping[str, tuple[Decimal, Decimal]]) -> None:
    """Stores the (low, high) of each phrase, 0 to 1."""
    LexiconEntry.objects.bulk_create(
        LexiconEntry(lexicon=lexicon, phrase=phrase, low=low, high=high)
        for phrase, (low, high) in rows.items()
    )


def _probability(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.001"))
