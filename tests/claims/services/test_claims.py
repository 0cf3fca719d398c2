"""Keeping, dropping, editing and making claims."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.models import AuditEntry, User
from claims.models import Claim
from claims.services import (
    drop_claim,
    edit_claim,
    fix_base_rate,
    keep_claim,
    make_claim,
    set_checkpoints,
)
from claims.services.claims import fix_base_rates
from claims.validators import ClaimLocked, ClaimProblem, QuoteNotFound
from tests.factories.claims import ClaimFactory, LexiconEntryFactory, RegisteredClaimFactory
from tests.factories.sources import ClaimantFactory, DocumentFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 5, 1, 9, tzinfo=UTC)
LOCKED_WORDS = (
    "This claim is registered, so its words, probability, horizon and test no longer change. "
    "Write an amendment beside it instead."
)


def audit(claim: Claim) -> list[tuple[str, str | None]]:
    """Verb and doer of each audit row of a claim, oldest first."""
    rows = AuditEntry.objects.filter(object_type="claims.claim", object_id=claim.pk)
    return list(rows.order_by("pk").values_list("verb", "by__username"))


def in_words(problem: pytest.ExceptionInfo[ClaimProblem]) -> str:
    return str(problem.value)


@pytest.mark.parametrize("before", [Claim.Status.PROPOSED, Claim.Status.DROPPED])
def test_kept_claim_is_a_draft(before: str, analyst: User) -> None:
    claim = ClaimFactory(status=before)

    assert keep_claim(claim=claim, by=analyst).status == Claim.Status.DRAFT
    assert audit(claim) == [("kept", "ada")]


@pytest.mark.parametrize("before", [Claim.Status.PROPOSED, Claim.Status.DRAFT])
def test_dropped_claim_is_set_aside(before: str, analyst: User) -> None:
    claim = ClaimFactory(status=before)

    assert drop_claim(claim=claim, by=analyst).status == Claim.Status.DROPPED
    assert audit(claim) == [("dropped", "ada")]


def test_keeping_a_draft_changes_nothing(analyst: User) -> None:
    claim = ClaimFactory()

    keep_claim(claim=claim, by=analyst)

    assert audit(claim) == []


@pytest.mark.parametrize(
    "change",
    [
        keep_claim,
        drop_claim,
        lambda **who: edit_claim(statement="Another.", **who),
        lambda **who: set_checkpoints(dates=[date(2026, 6, 1)], **who),
    ],
    ids=["keep", "drop", "edit", "checkpoints"],
)
def test_registered_claim_refuses_in_words(change: Callable[..., object], analyst: User) -> None:
    claim = RegisteredClaimFactory()

    with pytest.raises(ClaimLocked) as problem:
        change(claim=claim, by=analyst)

    assert in_words(problem) == LOCKED_WORDS
    assert audit(claim) == []


def test_edit_changes_what_is_given_and_names_it_in_the_audit(analyst: User) -> None:
    claim = ClaimFactory(status=Claim.Status.PROPOSED)

    edit_claim(claim=claim, by=analyst, statement="Trade grows.", speaker=claim.speaker, stake=3)

    claim.refresh_from_db()
    assert (claim.statement, claim.stake, claim.status) == ("Trade grows.", 3, Claim.Status.DRAFT)
    assert AuditEntry.objects.get(verb="edited").detail == {
        "fields": ["stake", "statement", "status"]
    }


def test_claim_that_a_worker_proposed_is_edited_like_any_other(analyst: User) -> None:
    claim = ClaimFactory(status=Claim.Status.PROPOSED, created_by=None)

    assert edit_claim(claim=claim, by=analyst, stake=3).stake == 3


def test_edit_that_changes_nothing_leaves_no_audit_row(analyst: User) -> None:
    claim = ClaimFactory()

    edit_claim(claim=claim, by=analyst, statement=claim.statement)

    assert audit(claim) == []


def test_edit_refuses_fields_that_are_not_for_it(analyst: User) -> None:
    with pytest.raises(TypeError, match="edit_claim does not change content_hash, status"):
        edit_claim(claim=ClaimFactory(), by=analyst, status="registered", content_hash="0")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"statement": " "}, "Write the claim as one sentence."),
        ({"probability_high": None}, "Give both ends of the probability range, or neither."),
        ({"probability_high": Decimal("1.5")}, "A probability lies between 0 and 1."),
        (
            {"probability_low": Decimal("0.9")},
            "The probability range is upside down: its low end is above its high.",
        ),
        (
            {"due_on": date(2023, 3, 21)},
            "The due date, 2023-03-21, must come after 2023-03-21, the day it was said.",
        ),
        ({"due_on": None}, "A horizon needs its due date."),
        (
            {"due_latest": None},
            "Give all four dates of the horizon: opens, earliest, due, latest.",
        ),
        (
            {"due_earliest": date(2027, 1, 1)},
            "The dates must run: opens, earliest, due, latest.",
        ),
        ({"kind": "guess"}, "Value 'guess' is not a valid choice."),
    ],
)
def test_edit_refuses_what_cannot_stand(
    fields: dict[str, object], words: str, analyst: User
) -> None:
    claim = ClaimFactory()

    with pytest.raises(ClaimProblem) as problem:
        edit_claim(claim=claim, by=analyst, **fields)

    assert in_words(problem) == words
    assert audit(claim) == []


def test_checkpoints_are_sorted_once_each_and_the_last_is_final(analyst: User) -> None:
    claim = ClaimFactory()
    first, last = date(2024, 6, 1), date(2026, 6, 1)

    made = set_checkpoints(claim=claim, dates=[last, first, last], by=analyst)

    assert [(one.due_on, one.is_final) for one in made] == [(first, False), (last, True)]
    assert audit(claim) == [("set checkpoints of", "ada")]


def test_same_checkpoints_again_change_nothing(analyst: User) -> None:
    claim = ClaimFactory()
    before = set_checkpoints(claim=claim, dates=[date(2026, 6, 1)], by=analyst)

    assert set_checkpoints(claim=claim, dates=[date(2026, 6, 1)], by=analyst) == before
    assert len(audit(claim)) == 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2023, 3, 21), "The checkpoint 2023-03-21 does not come after it was said."),
        (date(2028, 3, 22), "The checkpoint 2028-03-22 comes after the latest date."),
    ],
)
def test_checkpoint_outside_the_horizon_is_refused(day: date, words: str, analyst: User) -> None:
    claim = ClaimFactory()

    with pytest.raises(ClaimProblem) as problem:
        set_checkpoints(claim=claim, dates=[day, claim.due_on], by=analyst)

    assert in_words(problem) == words
    assert not claim.checkpoints.exists()


def test_final_checkpoint_before_the_due_date_is_refused(analyst: User) -> None:
    with pytest.raises(ClaimProblem, match="cannot come before the due date, 2026-03-21"):
        set_checkpoints(claim=ClaimFactory(), dates=[date(2025, 1, 1)], by=analyst)


def test_base_rate_of_the_same_class_figure_and_source_is_fixed_once(analyst: User) -> None:
    given = {"reference_class": " Trade grows ", "probability": Decimal("0.6"), "source": "Own"}

    first = fix_base_rate(**given, by=analyst)

    assert fix_base_rate(**given, by=analyst) == first
    assert (first.reference_class, first.fixed_by) == ("Trade grows", analyst)
    assert AuditEntry.objects.filter(verb="fixed").count() == 1


def test_base_rate_off_the_scale_is_refused(analyst: User) -> None:
    with pytest.raises(ClaimProblem, match="A probability lies between 0 and 1"):
        fix_base_rate(reference_class="Any", probability=Decimal(62), source="Own", by=analyst)


@pytest.mark.parametrize(
    ("named", "source", "words"),
    [
        ("x" * 501, "Own", "The reference class is longer than 500 characters."),
        ("Any", "x" * 501, "The source of a base rate is longer than 500 characters."),
        (
            "长" * 500,
            "长" * 400,
            "The reference class and its source are too long together. Shorten one.",
        ),
    ],
)
def test_base_rate_that_the_database_could_not_keep_is_refused(
    named: str, source: str, words: str, analyst: User
) -> None:
    with pytest.raises(ClaimProblem) as problem:
        fix_base_rate(reference_class=named, probability=Decimal("0.5"), source=source, by=analyst)
    assert in_words(problem) == words


def test_many_base_rates_are_fixed_once_and_those_that_stand_are_used(analyst: User) -> None:
    half = Decimal("0.500")
    first = fix_base_rate(reference_class="A", probability=half, source="Own", by=None)
    rates = [("A", half, "Own"), ("A", half, "Theirs"), ("B", half, "Own")]

    fixed = fix_base_rates(rates=rates, by=analyst)

    assert fixed["A", half, "Own"] == first
    assert fix_base_rates(rates=rates, by=None) == fixed
    assert {
        rate: (one.reference_class, one.probability, one.source) for rate, one in fixed.items()
    } == {rate: rate for rate in rates}
    by_analyst = AuditEntry.objects.filter(verb="fixed", by=analyst)
    assert set(by_analyst.values_list("object_id", flat=True)) == {
        fixed[rate].pk for rate in rates[1:]
    }


def test_claim_by_hand_quotes_the_words_where_they_first_stand(analyst: User) -> None:
    LexiconEntryFactory()
    document = DocumentFactory(text="Orlov: trade grows. He repeats: trade grows.", author="Orlov")

    claim = make_claim(document=document, exact=" trade grows ", by=analyst, hedge="likely")

    assert (claim.quote.exact, claim.quote.start) == ("trade grows", 7)
    assert (claim.quote.prefix, claim.quote.suffix) == ("Orlov: ", ". He repeats: trade grows.")
    assert (claim.statement, claim.speaker, claim.kind) == ("trade grows", "Orlov", "event")
    assert (claim.status, claim.said_on) == (Claim.Status.DRAFT, date(2023, 3, 21))
    assert claim.lexicon is not None
    assert audit(claim) == [("made", "ada")]


def test_claim_by_hand_takes_the_place_it_is_given(analyst: User) -> None:
    document = DocumentFactory(text="Orlov: trade grows. He repeats: trade grows.")

    claim = make_claim(document=document, exact="trade grows", start=32, by=analyst)

    assert (claim.quote.start, claim.quote.end) == (32, 43)


@pytest.mark.parametrize(
    ("exact", "start"), [("trade falls", None), ("", None), ("  ", None), ("trade", 3), ("", 0)]
)
def test_words_that_do_not_stand_in_the_document_are_refused(
    exact: str, start: int | None, analyst: User
) -> None:
    with pytest.raises(QuoteNotFound) as problem:
        make_claim(document=DocumentFactory(), exact=exact, start=start, by=analyst)

    assert in_words(problem) == (
        "These words do not stand in the document. Copy them exactly, from one place."
    )


def test_kept_claim_is_its_speaker_s_who_became_a_claimant_meanwhile(analyst: User) -> None:
    known = ClaimantFactory(name="Vera Orlova")
    proposals = [
        ClaimFactory(status=Claim.Status.PROPOSED, claimant=None, speaker=speaker)
        for speaker in ("Vera Orlova", "Nobody Known", "")
    ]

    kept = [keep_claim(claim=one, by=analyst).claimant for one in proposals]

    assert kept == [known, None, None]
