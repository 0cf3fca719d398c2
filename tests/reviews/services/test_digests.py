"""Mail of what waits: for whom and when, once, and that it tells nothing of a claim."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected
from threading import Barrier

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from accounts.models import AuditEntry, DigestMail, User
from accounts.services import set_mail, stop_mail
from reviews.services import note_due_digests, open_due_checkpoints, send_digest
from reviews.tasks import send_digests
from tests.factories.accounts import UserFactory
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.sources import ClaimantFactory

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
type Committing = Callable[..., object]


@pytest.fixture
def rita(reviewer: User) -> User:
    """A reviewer with mail each day from eight on, for whom one checkpoint waits."""
    User.objects.filter(pk=reviewer.pk).update(email="rita@desk.example")
    set_mail(rhythm="daily", hour=8, by=reviewer)
    RegisteredClaimFactory(
        claimant=ClaimantFactory(name="Zebulon Quirk"), statement="Herring double."
    )
    open_due_checkpoints()
    reviewer.refresh_from_db()
    return reviewer


def noted() -> list[tuple[str, str]]:
    rows = DigestMail.objects.order_by("starts_on", "person__username")
    return [(one.person.username, str(one.starts_on)) for one in rows]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rhythm", "at", "starts_on"),
    [
        ("never", MONDAY, []),
        ("daily", MONDAY.replace(hour=7, minute=59), []),
        ("daily", MONDAY.replace(hour=8), ["2026-11-23"]),
        ("daily", MONDAY + 2 * DAY, ["2026-11-25"]),
        ("weekly", MONDAY.replace(hour=7), []),
        ("weekly", MONDAY.replace(hour=8), ["2026-11-23"]),
        # Whoever was away from the schedule on Monday gets it later in the week.
        ("weekly", MONDAY.replace(hour=1) + 6 * DAY, ["2026-11-23"]),
        ("weekly", MONDAY.replace(hour=1) + 7 * DAY, []),
    ],
)
def test_a_mail_is_due_from_its_hour_on(
    rhythm: str, at: datetime, starts_on: list[str], rita: User
) -> None:
    set_mail(rhythm=rhythm, hour=8, by=rita)

    for _ in range(2):
        note_due_digests(at=at)

    assert noted() == [("rita", day) for day in starts_on]


@pytest.mark.django_db
@override_settings(TIME_ZONE="Asia/Tokyo")
def test_the_hour_is_the_desk_s(rita: User) -> None:
    note_due_digests(at=datetime(2026, 11, 23, 22, 59, tzinfo=UTC))
    assert noted() == []

    note_due_digests(at=datetime(2026, 11, 23, 23, tzinfo=UTC))
    assert noted() == [("rita", "2026-11-24")]


@pytest.mark.django_db
def test_changing_ones_mind_brings_no_second_mail(rita: User) -> None:
    note_due_digests(at=MONDAY)
    set_mail(rhythm="weekly", hour=8, by=rita)

    note_due_digests(at=MONDAY + DAY)

    assert noted() == [("rita", "2026-11-23")]


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_nobody_else_gets_any(change: dict[str, object], rita: User) -> None:
    User.objects.filter(pk=rita.pk).update(**change)

    note_due_digests(at=MONDAY)

    assert noted() == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_noting_asks_the_same_for_one_and_three(
    count: int, django_assert_num_queries: Callable[..., object]
) -> None:
    for n in range(count):
        UserFactory(roles=["reviewer"], email=f"{n}@desk.example", mail_rhythm="daily", mail_hour=0)

    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        note_due_digests(at=MONDAY)

    assert DigestMail.objects.count() == count


@pytest.mark.django_db
def test_a_mail_tells_numbers_and_no_claim(
    rita: User, django_capture_on_commit_callbacks: Committing
) -> None:
    User.objects.filter(pk=rita.pk).update(mail_hour=0)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        send_digests()

    (sent,) = mail.outbox
    assert sent.to == ["rita@desk.example"]
    assert "For you: 1 (since today)\nhttp://localhost:" in sent.body
    assert "/reviews/board/mine/" in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (html,) = sent.alternatives
    assert "For you</a>: 1 (since today)" in html.content
    whole = sent.message().as_string()
    assert [word for word in ("Quirk", "Herring", "Zebulon", "claims/") if word in whole] == []
    row = DigestMail.objects.get()
    assert row.sent_at is not None
    entry = AuditEntry.objects.get(object_type="accounts.digestmail")
    assert (entry.verb, entry.object_id, entry.by) == ("sent", row.pk, None)


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["nothing waits", "stopped meanwhile"])
def test_no_mail_where_none_is_wanted(
    how: str, rita: User, django_capture_on_commit_callbacks: Committing
) -> None:
    note_due_digests(at=MONDAY)
    if how == "nothing waits":
        User.objects.filter(pk=rita.pk).update(roles=["reader"])
    else:
        stop_mail(person=rita)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        send_digest(digest=DigestMail.objects.get(), at=MONDAY)

    assert mail.outbox == []
    assert DigestMail.objects.get().sent_at is None


@pytest.mark.django_db
def test_a_mail_leaves_only_once_it_is_stored_that_it_does(
    rita: User, django_capture_on_commit_callbacks: Committing
) -> None:
    note_due_digests(at=MONDAY)

    with django_capture_on_commit_callbacks() as callbacks:  # type: ignore[attr-defined]
        for _ in range(2):
            send_digest(digest=DigestMail.objects.get(), at=MONDAY)

    assert mail.outbox == []
    assert len(callbacks) == 1


@pytest.mark.django_db
def test_what_could_not_be_sent_is_tried_five_times(
    rita: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Committing
) -> None:
    asked = []

    def broken(_self: object, messages: object) -> int:
        asked.append(messages)
        raise SMTPServerDisconnected

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", broken)
    note_due_digests(at=MONDAY)

    for _ in range(7):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            send_digest(digest=DigestMail.objects.get(), at=MONDAY)

    assert len(asked) == 5
    row = DigestMail.objects.get()
    assert (row.tries, row.sent_at) == (5, None)


@pytest.mark.django_db(transaction=True)
def test_two_schedules_send_one_mail(rita: User) -> None:
    User.objects.filter(pk=rita.pk).update(mail_hour=0)
    start = Barrier(2)

    def sweep() -> None:
        start.wait()
        send_digests()
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(sweep) for _ in range(2)]:
            done.result()
    send_digests()

    assert len(mail.outbox) == 1
    assert noted() == [("rita", str(timezone.localdate()))]
