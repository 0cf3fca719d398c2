"""The published tables of hedges in the database."""

from decimal import Decimal

import pytest
from django.db.models import Count

from accounts.models import AuditEntry, User
from claims.extraction.lexicons import ICD_203, LEXICONS
from claims.models import Lexicon, LexiconEntry
from claims.services import load_lexicons
from tests.factories.claims import LexiconEntryFactory, LexiconFactory

pytestmark = pytest.mark.django_db


def test_every_published_table_is_stored_with_all_its_phrases(analyst: User) -> None:
    assert load_lexicons(by=analyst) == len(LEXICONS)

    counts = Lexicon.objects.annotate(n=Count("entries")).values_list("slug", "n")
    assert dict(counts) == {table.slug: len(table.entries) for table in LEXICONS}
    assert AuditEntry.objects.filter(verb="loaded", by=analyst).count() == len(LEXICONS)


def test_range_is_stored_as_published() -> None:
    load_lexicons()

    entry = LexiconEntry.objects.get(lexicon__slug=ICD_203.slug, phrase="likely")
    assert (entry.low, entry.high) == (Decimal("0.550"), Decimal("0.800"))


def test_icd_203_is_active_at_first() -> None:
    load_lexicons()

    assert Lexicon.objects.active().slug == "icd-203"


def test_choice_of_the_active_one_stands() -> None:
    chosen = LexiconFactory(slug="our-own", is_active=True)

    load_lexicons()

    assert Lexicon.objects.active() == chosen


def test_loading_again_stores_nothing() -> None:
    load_lexicons()

    assert load_lexicons() == 0
    assert Lexicon.objects.count() == len(LEXICONS)


def test_changed_table_becomes_a_new_version_and_the_old_one_stays() -> None:
    old = LexiconEntryFactory(lexicon__slug=ICD_203.slug, phrase="likely", low="0.5", high="0.6")

    load_lexicons()

    old.refresh_from_db()
    assert (old.low, old.lexicon.version) == (Decimal("0.500"), 1)
    versions = Lexicon.objects.filter(slug=ICD_203.slug).values_list("version", flat=True)
    assert list(versions) == [2, 1]
    assert AuditEntry.objects.get(verb="loaded", object_id=Lexicon.objects.get(version=2).pk)
