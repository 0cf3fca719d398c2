"""The desk's own lexicons: made, edited as new versions, and put in use."""

from decimal import Decimal

import pytest
from django.db.models import ProtectedError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEntry, User
from claims.extraction.lexicons import LEXICONS
from claims.models import Lexicon
from claims.services import (
    activate_lexicon,
    edit_lexicon,
    load_lexicons,
    make_house_lexicon,
)
from claims.services.drafts import entry_for
from claims.services.house_lexicons import Row, checked_rows
from claims.validators import LexiconProblem
from tests.factories.claims import LexiconEntryFactory, LexiconFactory, RegisteredClaimFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped() -> Lexicon:
    lexicon = LexiconFactory()
    LexiconEntryFactory(lexicon=lexicon)
    LexiconEntryFactory(lexicon=lexicon, phrase="remote", low="0.01", high="0.05")
    return lexicon


@pytest.fixture
def house(shipped: Lexicon, lead: User) -> Lexicon:
    return make_house_lexicon(base=shipped, name="Our desk", by=lead)


def rows(lexicon: Lexicon) -> set[Row]:
    return {(one.phrase, one.low, one.high) for one in lexicon.entries.all()}


def row(phrase: str = "likely", low: str = "0.6", high: str = "0.7") -> Row:
    return phrase, Decimal(low), Decimal(high)


def test_house_lexicon_has_the_entries_of_its_base(
    house: Lexicon, shipped: Lexicon, lead: User
) -> None:
    assert rows(house) == rows(shipped)
    assert (house.slug, house.version, house.made_from) == ("house-our-desk", 1, shipped)
    assert (house.is_house, shipped.is_house) == (True, False)
    assert house.source == "Our own, made from ICD 203 (v1)."
    entry = AuditEntry.objects.get(verb="made", object_id=house.pk)
    assert (entry.by, entry.detail) == (lead, {"made_from": shipped.pk})


def test_house_lexicon_is_not_in_use_at_first(house: Lexicon, shipped: Lexicon) -> None:
    assert Lexicon.objects.active() == shipped


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("  OUR   desk ", "already"),
        ("Our-desk!", "too much like"),
        ("ICD 203", "already"),
        ("", "Give it a name"),
        ("!?", "Give it a name"),
        ("n" * 101, "100 characters"),
    ],
)
def test_name_that_cannot_stand_is_refused(
    name: str, words: str, house: Lexicon, shipped: Lexicon, lead: User
) -> None:
    with pytest.raises(LexiconProblem, match=words):
        make_house_lexicon(base=shipped, name=name, by=lead)

    assert Lexicon.objects.count() == 2


def test_longest_name_can_stand(shipped: Lexicon, lead: User) -> None:
    made = make_house_lexicon(base=shipped, name="n" * 100, by=lead)

    made.full_clean()


def test_edit_is_a_new_version_and_the_old_one_stays(house: Lexicon, lead: User) -> None:
    before = rows(house)

    edited = edit_lexicon(lexicon=house, entries=[row(" Quite  LIKELY ")], by=lead)

    assert rows(edited) == {("quite likely", Decimal("0.6"), Decimal("0.7"))}
    assert (edited.slug, edited.version, edited.made_from) == (house.slug, 2, house)
    assert rows(house) == before
    assert AuditEntry.objects.get(verb="edited").object_id == edited.pk


def test_same_entries_again_change_nothing(house: Lexicon, lead: User) -> None:
    same = [row("Remote", "0.010", "0.05"), row("likely", "0.55", "0.8")]

    assert edit_lexicon(lexicon=house, entries=same, by=lead) == house
    assert Lexicon.objects.filter(slug=house.slug).count() == 1
    assert not AuditEntry.objects.filter(verb="edited").exists()


def test_shipped_lexicon_is_not_edited(shipped: Lexicon, lead: User) -> None:
    with pytest.raises(LexiconProblem, match="published table"):
        edit_lexicon(lexicon=shipped, entries=[row()], by=lead)


def test_version_that_is_not_the_newest_is_not_edited(house: Lexicon, lead: User) -> None:
    edit_lexicon(lexicon=house, entries=[row()], by=lead)

    with pytest.raises(LexiconProblem, match="version 2 stands now"):
        edit_lexicon(lexicon=house, entries=[row(low="0.5")], by=lead)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (row("LIKELY"), "Row 2, “likely”: the phrase stands above already"),
        (row("  "), "Row 2: the phrase is missing"),
        (row("p" * 101), "Row 2, “p+”: a phrase has 100 characters"),
        (row("-ish"), "Row 2, “-ish”: a phrase begins with a letter"),
        (row("so\0so"), "Row 2, .* plain text"),
        (row("maybe", "0.7", "0.6"), "Row 2, “maybe”: the range is upside down"),
        (row("maybe", "-0.1", "0.6"), "Row 2, “maybe”: a probability lies between"),
        (row("maybe", "0.1", "1.001"), "Row 2, “maybe”: a probability lies between"),
        (row("maybe", "NaN", "0.5"), "Row 2, “maybe”: a probability lies between"),
    ],
)
def test_row_that_cannot_stand_is_named(wrong: Row, words: str, house: Lexicon, lead: User) -> None:
    with pytest.raises(LexiconProblem, match=words):
        edit_lexicon(lexicon=house, entries=[row(), wrong], by=lead)

    assert Lexicon.objects.filter(slug=house.slug).count() == 1


def test_lexicon_without_a_phrase_is_refused(house: Lexicon, lead: User) -> None:
    with pytest.raises(LexiconProblem, match="one phrase at least"):
        edit_lexicon(lexicon=house, entries=[], by=lead)


PERCENT = st.decimals(min_value=0, max_value=1, places=3)
ROWS = st.lists(
    st.tuples(st.text("abc ", min_size=1, max_size=6), PERCENT, PERCENT), min_size=1, max_size=5
)


@given(ROWS)
def test_rows_either_stand_as_given_or_are_refused(entries: list[Row]) -> None:
    phrases = [" ".join(words.split()) for words, _, _ in entries]
    sound = all(phrases) and len(set(phrases)) == len(phrases)
    if sound and all(low <= high for _, low, high in entries):
        assert checked_rows(entries) == {
            phrase: (low, high) for phrase, (_, low, high) in zip(phrases, entries, strict=True)
        }
    else:
        with pytest.raises(LexiconProblem, match="Row"):
            checked_rows(entries)


def test_activated_lexicon_is_the_only_one_in_use(
    house: Lexicon, shipped: Lexicon, lead: User
) -> None:
    edited = edit_lexicon(lexicon=house, entries=[row()], by=lead)

    activate_lexicon(lexicon=edited, by=lead)

    assert Lexicon.objects.get(is_active=True) == edited
    assert (entry := entry_for("likely")) is not None
    assert entry.low == Decimal("0.6")
    audit = AuditEntry.objects.get(verb="activated")
    assert (audit.object_id, audit.detail) == (edited.pk, {"instead_of": shipped.pk})


def test_activating_the_one_in_use_changes_nothing(shipped: Lexicon, lead: User) -> None:
    activate_lexicon(lexicon=shipped, by=lead)

    assert Lexicon.objects.active() == shipped
    assert not AuditEntry.objects.filter(verb="activated").exists()


def test_claim_keeps_the_lexicon_it_was_registered_under(
    house: Lexicon, shipped: Lexicon, lead: User
) -> None:
    claim = RegisteredClaimFactory(lexicon=shipped)

    activate_lexicon(lexicon=house, by=lead)

    claim.refresh_from_db()
    assert (claim.lexicon, claim.probability_low) == (shipped, Decimal("0.55"))


def test_loading_the_published_tables_leaves_the_desks_own_alone(
    house: Lexicon, lead: User
) -> None:
    activate_lexicon(lexicon=house, by=lead)

    load_lexicons()

    assert Lexicon.objects.active() == house
    assert not {table.slug for table in LEXICONS} & {house.slug}


def test_base_of_a_house_lexicon_cannot_be_deleted(lead: User) -> None:
    empty = LexiconFactory()
    house = make_house_lexicon(base=empty, name="Our desk", by=lead)

    with pytest.raises(ProtectedError) as refused:
        empty.delete()

    assert refused.value.protected_objects == {house}


def test_better_named_source_is_stored_without_a_new_version() -> None:
    load_lexicons()
    Lexicon.objects.filter(slug="kent-1964").update(source="A book")

    assert load_lexicons() == 0

    assert "Studies in Intelligence" in Lexicon.objects.get(slug="kent-1964").source
    entry = AuditEntry.objects.get(verb="named the source")
    assert entry.detail == {"before": "A book"}
