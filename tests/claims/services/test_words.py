"""Words of a claim: set once, checked, kept from its judges, and what they do to suggestions."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from accounts.models import AuditEntry, User
from claims.models import Claim, ClaimWords, Evidence
from claims.services import (
    compare_stale_claims_again,
    match_registered_claim,
    match_waiting_events,
    reject_evidence,
    set_claim_words,
    undo_evidence,
    unmatched_claims,
)
from claims.services.index import open_claims_index, target_of
from claims.services.noise import STRONG
from claims.validators import ClaimProblem
from tests.claims.events import far, near
from tests.factories.claims import ClaimFactory, EvidenceFactory, RegisteredClaimFactory
from tests.factories.reviews import AssignmentFactory
from tests.factories.sources import EventFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 5, 1, 9, tzinfo=UTC)


def test_words_are_stored_trimmed_once_and_audited(analyst: User) -> None:
    claim = RegisteredClaimFactory()

    set_claim_words(
        claim=claim,
        must=[" trade ", "Trade", ""],
        should=["two  ports"],
        never=["football"],
        aliases=["USA=United States,America"],
        languages=["EN", " pl"],
        by=analyst,
        at=NOW,
    )

    words = ClaimWords.objects.get()
    assert (words.claim, words.changed_by, words.changed_at) == (claim, analyst, NOW)
    assert (words.must, words.should, words.never) == (["trade"], ["two ports"], ["football"])
    assert words.aliases == ["USA = United States, America"]
    assert words.name_groups == (("USA", "United States", "America"),)
    assert words.languages == ["en", "pl"]
    assert AuditEntry.objects.get(verb="set words of").object_id == claim.pk


def test_same_words_again_change_nothing(analyst: User, colleague: User) -> None:
    claim = RegisteredClaimFactory()
    set_claim_words(claim=claim, must=["trade"], by=analyst, at=NOW)
    match_registered_claim(claim=claim)

    set_claim_words(claim=claim, must=["trade"], by=colleague)

    words = ClaimWords.objects.get()
    assert (words.changed_by, words.changed_at, words.changes) == (analyst, NOW, 1)
    assert AuditEntry.objects.filter(verb="set words of").count() == 1
    assert not unmatched_claims().exists()


def test_no_words_where_there_were_none_store_nothing(analyst: User) -> None:
    set_claim_words(claim=RegisteredClaimFactory(), must=[" "], by=analyst)

    assert not ClaimWords.objects.exists()
    assert not AuditEntry.objects.filter(verb="set words of").exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"must": ["x" * 101]}, f"Must be there: “{'x' * 40}…” is longer than 100 characters."),
        ({"never": ["!!"]}, "Must not be there: “!!” holds no word that could be compared."),
        (
            {"should": [f"word{n}" for n in range(21)]},
            "Should be there: 21 are given, at most 20 fit.",
        ),
        (
            {"should": ["port"], "never": ["Ports"]},
            "“port” stands under “Should be there” and under “Must not be there”. Choose one.",
        ),
        (
            {"aliases": ["USA"]},
            "Other names: write “USA” as a name, =, and its other names between commas.",
        ),
        (
            {"languages": ["english"]},
            "Languages: “english” is no code of a language, such as en or pl.",
        ),
    ],
)
def test_unsound_words_are_refused_and_named(
    values: dict[str, list[str]], words: str, analyst: User
) -> None:
    with pytest.raises(ClaimProblem) as problem:
        set_claim_words(claim=RegisteredClaimFactory(), by=analyst, **values)

    assert str(problem.value) == words
    assert not ClaimWords.objects.exists()


@pytest.mark.parametrize("status", ["proposed", "dropped"])
def test_claim_for_which_nothing_is_suggested_takes_no_words(status: str, analyst: User) -> None:
    with pytest.raises(ClaimProblem, match="drafts and to registered claims that still stand"):
        set_claim_words(claim=ClaimFactory(status=status), must=["trade"], by=analyst)


def test_draft_keeps_its_words_for_when_it_is_registered(analyst: User) -> None:
    draft = ClaimFactory()

    set_claim_words(claim=draft, never=["football"], by=analyst)

    assert target_of(Claim.objects.get()).never == ("football",)


def test_who_judges_a_claim_does_not_set_its_words(reviewer: User) -> None:
    claim = RegisteredClaimFactory()
    AssignmentFactory(checkpoint=claim.checkpoints.get(), reviewer=reviewer, state="leased")

    with pytest.raises(ClaimProblem, match="You judge this claim"):
        set_claim_words(claim=claim, must=["trade"], by=reviewer)

    assert not ClaimWords.objects.exists()


def test_who_set_the_words_does_not_judge_the_claim(analyst: User) -> None:
    claim = RegisteredClaimFactory()
    set_claim_words(claim=claim, must=["trade"], by=analyst)

    with pytest.raises(IntegrityError, match="judges it"), transaction.atomic():
        AssignmentFactory(checkpoint=claim.checkpoints.get(), reviewer=analyst, state="leased")


@pytest.mark.parametrize(
    "fields",
    [
        {"must": [""]},
        {"must": ["a"] * 21},
        {"must": ["a"], "never": ["a"]},
        {"should": ["a"], "never": ["b", "a"]},
    ],
)
def test_database_refuses_unsound_words(fields: dict[str, list[str]], analyst: User) -> None:
    claim = RegisteredClaimFactory()

    with pytest.raises(IntegrityError, match="claim_words_"), transaction.atomic():
        ClaimWords.objects.create(claim=claim, changed_by=analyst, **fields)


def test_barred_suggestion_that_nobody_decided_on_goes(analyst: User) -> None:
    claim, other = RegisteredClaimFactory.create_batch(2)
    events = [near() for _ in range(3)]
    match_waiting_events()
    match_registered_claim(claim=claim)
    rejected, undone, _ = Evidence.objects.filter(claim=claim).order_by("event_id")
    reject_evidence(evidence=rejected, by=analyst)
    reject_evidence(evidence=undone, by=analyst)
    undo_evidence(evidence=undone, by=analyst)

    set_claim_words(claim=claim, never=["two ports"], by=analyst)
    assert list(unmatched_claims()) == [claim, other]
    assert match_registered_claim(claim=claim) == 0

    left = Evidence.objects.filter(claim=claim).order_by("event_id").values_list("event", "status")
    assert list(left) == [(events[0].pk, "rejected"), (events[1].pk, "suggested")]
    assert Evidence.objects.filter(claim=other).count() == 3


def test_what_words_do_not_bar_any_more_is_suggested_again(analyst: User) -> None:
    claim, event = RegisteredClaimFactory(), near()
    set_claim_words(claim=claim, never=["ports"], by=analyst)
    match_registered_claim(claim=claim)
    assert not Evidence.objects.exists()

    set_claim_words(claim=claim, by=analyst)

    assert match_registered_claim(claim=claim) == 1
    assert Evidence.objects.get().event == event


def test_what_words_no_longer_raise_is_scored_anew_and_goes_where_it_is_unlikely(
    analyst: User,
) -> None:
    claim = RegisteredClaimFactory()
    set_claim_words(claim=claim, should=["ports"], by=analyst)
    event, unlikely = near(), far()
    match_registered_claim(claim=claim)
    before = dict(Evidence.objects.values_list("event", "score"))
    EvidenceFactory(claim=claim, event=unlikely, score=0.9)

    set_claim_words(claim=claim, by=analyst)
    match_registered_claim(claim=claim)

    left = Evidence.objects.get()
    assert left.event == event
    assert left.score < before[event.pk]


def test_what_is_scored_anew_is_cut_to_a_week_anew(settings: Settings) -> None:
    settings.SUGGESTIONS_PER_WEEK = 1
    claim = RegisteredClaimFactory()
    strong = EvidenceFactory(claim=claim, event=near(), score=0.1, cut=True, measures=[0.5])
    fair = EventFactory(title="A fair of trade opens near the old port", summary="")
    weak = EvidenceFactory(claim=claim, event=fair, score=0.7, measures=[0.5])

    match_registered_claim(claim=claim)

    kept = {one.pk: (one.score, one.cut) for one in Evidence.objects.all()}
    assert kept[strong.pk][0] > kept[weak.pk][0]
    assert kept[weak.pk][0] < STRONG
    assert (kept[strong.pk][1], kept[weak.pk][1]) == (False, True)


def test_what_other_measures_scored_is_scored_anew() -> None:
    claim, untouched = RegisteredClaimFactory.create_batch(2)
    first, second = near(), near()
    match_waiting_events()
    for one in (claim, untouched):
        match_registered_claim(claim=one)
    scores = dict(Evidence.objects.values_list("pk", "score"))
    assert compare_stale_claims_again() == 0
    Evidence.objects.filter(claim=claim, event=first).update(score=31.5, measures=None)
    Evidence.objects.filter(claim=claim, event=second).update(score=0, measures=[0.5])

    assert compare_stale_claims_again() == 1
    assert list(unmatched_claims()) == [claim]
    match_registered_claim(claim=claim)

    assert dict(Evidence.objects.values_list("pk", "score")) == scores
    assert compare_stale_claims_again() == 0


def test_index_of_a_process_sees_changed_words(analyst: User) -> None:
    claim = RegisteredClaimFactory()
    open_claims_index()

    set_claim_words(claim=claim, languages=["pl"], by=analyst, at=NOW)
    assert open_claims_index().targets[0].languages == {"pl"}
    set_claim_words(claim=claim, must=["ports"], by=analyst, at=NOW)

    assert open_claims_index().targets[0].must == ("ports",)
    near()
    match_waiting_events()
    assert Evidence.objects.get().claim == claim
