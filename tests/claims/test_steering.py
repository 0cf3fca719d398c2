"""What words would do, tried on what was compared last and on what waits, before anybody sets them."""

import pytest

from accounts.models import User
from claims.models import Claim, ClaimWords, Evidence
from claims.services import match_waiting_events, reject_evidence
from claims.steering import preview
from tests.claims.events import far, near
from tests.factories.claims import RegisteredClaimFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    return RegisteredClaimFactory()


def counts(claim: Claim, **chosen: list[str]) -> dict[str, int]:
    return {one.label: one.count for one in preview(claim, chosen).tried if one.count}


def test_words_are_tried_on_what_was_compared_the_newest_first(claim: Claim) -> None:
    first, second, other = near(), near(), far()
    match_waiting_events()
    near()

    found = preview(claim, {"never": ["ports"]})

    assert found.compared == 3
    assert {one.label: one.first for one in found.tried if one.count} == {
        "barred": [second, first],
        "pass as they are": [other],
    }
    assert counts(claim, should=["ports"]) == {"raised": 2, "pass as they are": 1}


def test_so_many_are_tried_and_named_and_no_more(
    claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.steering.TRIED", 3)
    monkeypatch.setattr("claims.steering.NAMED", 2)
    events = [far() for _ in range(4)]
    match_waiting_events()

    found = preview(claim, {"never": ["football"]})

    (barred,) = [one for one in found.tried if one.count]
    assert (found.compared, barred.count, barred.first) == (3, 3, [events[3], events[2]])


def test_what_waits_and_would_leave_is_counted_but_for_what_was_decided(
    claim: Claim, analyst: User
) -> None:
    for _ in range(3):
        near()
    match_waiting_events()
    reject_evidence(evidence=Evidence.objects.order_by("pk")[0], by=analyst)

    assert preview(claim, {"never": ["ports"]}).leaving == 2
    assert preview(claim, {"never": ["wheat"]}).leaving == 0


def test_nothing_is_stored(claim: Claim) -> None:
    near()
    match_waiting_events()

    preview(claim, {"never": ["ports"]})

    assert not ClaimWords.objects.exists()
    assert Evidence.objects.count() == 1
