"""Personal tokens: made, kept as a digest, shown once, noted, ended."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import ApiToken, AuditEntry, User
from accounts.permissions import Permission
from accounts.services import make_token, note_use, revoke_token

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
READ = [Permission.READ_LEDGER]


def test_only_the_digest_of_a_secret_is_kept(analyst: User) -> None:
    token, secret = make_token(name="cms", scopes=READ, days=30, by=analyst, at=NOW)

    token.refresh_from_db()
    assert secret.startswith("plumbline_")
    assert len(secret) == len("plumbline_") + 43
    assert token.digest == sha256(secret.encode()).hexdigest()
    assert (token.hint, token.scopes, token.expires_at) == (
        secret[:14],
        ["READ_LEDGER"],
        NOW + timedelta(days=30),
    )
    assert secret not in str(ApiToken.objects.values())


def test_making_and_revoking_are_noted_once_each(analyst: User) -> None:
    token, secret = make_token(name="cms", scopes=READ, days=30, by=analyst)
    revoke_token(token=token, by=analyst, at=NOW)
    again = revoke_token(token=token, by=analyst)

    entries = AuditEntry.objects.filter(object_type="accounts.apitoken", object_id=token.pk)
    assert [entry.verb for entry in entries] == ["revoked", "made"]
    assert again.revoked_at == NOW
    assert secret not in str([entry.detail for entry in entries])


def test_nobody_makes_a_token_for_more_than_they_may(reader: User) -> None:
    with pytest.raises(PermissionDenied, match="capture documents"):
        make_token(name="cms", scopes=[Permission.CAPTURE_DOCUMENTS], days=30, by=reader)


def test_use_is_noted_at_most_once_a_minute(analyst: User) -> None:
    token, _ = make_token(name="cms", scopes=READ, days=30, by=analyst)

    for seconds, noted in ((0, 0), (59, 0), (60, 60)):
        note_use(token=token, at=NOW + timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at == NOW + timedelta(seconds=noted)


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # Settles what the test itself left for the end of its transaction.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE accounts_apitoken SET scopes = '{MANAGE_USERS}'", "never changed"),
        ("UPDATE accounts_apitoken SET expires_at = '2099-01-01'", "never changed"),
        ("UPDATE accounts_apitoken SET revoked_at = NULL", "stays revoked"),
        ("DELETE FROM accounts_apitoken", "never changed"),
    ],
)
def test_the_database_refuses_to_widen_or_revive_a_token(
    statement: str, words: str, analyst: User
) -> None:
    token, _ = make_token(name="cms", scopes=READ, days=30, by=analyst)
    revoke_token(token=token, by=analyst)

    with pytest.raises(IntegrityError, match=words):
        run(statement)


def test_the_page_shows_a_secret_once_and_offers_only_what_one_may(
    sign_in: SignIn, reader: User
) -> None:
    client = sign_in(reader)
    assert "capture documents" not in client.get(reverse("tokens")).text

    made = client.post(
        reverse("tokens"), {"name": "sheet", "scopes": ["READ_LEDGER"], "days": "90"}
    )

    token = ApiToken.objects.get()
    secret = made.context["secret"]
    assert made.headers["Cache-Control"].count("no-store") == 1
    assert made.text.count(secret) == 1
    assert token.digest == sha256(secret.encode()).hexdigest()
    page = client.get(reverse("tokens")).text
    assert secret not in page
    assert f"{token.hint}…" in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "x", "days": "90"}, "This field is required"),
        ({"name": "x", "scopes": ["CAPTURE_DOCUMENTS"], "days": "90"}, "Select a valid choice"),
        ({"name": "x", "scopes": ["READ_LEDGER"], "days": "9999"}, "Select a valid choice"),
    ],
)
def test_a_token_that_cannot_be_made_is_refused_in_words(
    sign_in: SignIn, reader: User, values: dict[str, object], words: str
) -> None:
    answer = sign_in(reader).post(reverse("tokens"), values)

    assert answer.status_code == 422
    assert words in answer.text
    assert not ApiToken.objects.exists()


def test_one_sees_and_revokes_only_ones_own(
    sign_in: SignIn, analyst: User, colleague: User
) -> None:
    token, _ = make_token(name="cms", scopes=READ, days=30, by=analyst)
    address = reverse("token_revoke", args=[token.pk])

    assert sign_in(colleague).post(address).status_code == 404
    assert "cms" not in sign_in(colleague).get(reverse("tokens")).text
    token.refresh_from_db()
    assert token.revoked_at is None
    assert "opens nothing any more" in sign_in(analyst).post(address, follow=True).text
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_a_stranger_has_no_tokens(sign_in: SignIn, stranger: User) -> None:
    assert sign_in(stranger).get(reverse("tokens")).status_code == 403
    assert sign_in(stranger).post(reverse("token_revoke", args=[1])).status_code == 403
