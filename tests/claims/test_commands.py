"""`manage.py ingest`: an article goes in by the command line, or is refused in one clear line."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.models import Claim
from claims.services import load_lexicons
from sources.capture import MAX_BYTES
from sources.models import Document

pytestmark = pytest.mark.django_db

TEXT = "Orlov argues that trade between the two ports is likely to grow in the coming years."
UNTOLD = (
    "is not in an encoding we can tell: save it as UTF-8 (or as UTF-16 with a byte order mark)."
)
CAPTCHA = b"""<!doctype html><html><head><title>Just a moment...</title></head><body>
<h1>Checking your browser</h1><p>Please enable JavaScript and cookies to continue.</p>
<form><div class="g-recaptcha"></div><button>I am not a robot</button></form></body></html>"""


@pytest.fixture(autouse=True)
def _lexicons() -> None:
    load_lexicons()


def ingest(path: Path, *options: str) -> str:
    printed = StringIO()
    call_command("ingest", str(path), *options, stdout=printed)
    return printed.getvalue()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT)
    return path


def test_article_is_captured_and_its_claims_are_listed(article: Path) -> None:
    printed = ingest(article, "--published", "2023-03-21")

    document = Document.objects.get()
    assert (document.text, document.origin, document.captured_by) == (TEXT, "upload", None)
    first, second = printed.splitlines()
    assert first == f"Document {document.pk}: 1 claim proposed."
    assert second.split()[0] == "event"
    assert "Orlov: " in second
    assert second.endswith("[likely: 55% to 80%], due 2026-03-21")


def test_what_is_known_is_kept_with_the_document(article: Path) -> None:
    options = {
        "--title": "On ports",
        "--author": "Desk",
        "--publisher": "Port Review",
        "--url": "https://review.example/ports",
    }

    ingest(article, *(word for pair in options.items() for word in pair))

    document = Document.objects.get()
    assert document.publisher is not None
    assert [document.title, document.author, document.publisher.name, document.url] == list(
        options.values()
    )


def test_json_holds_every_proposal(article: Path) -> None:
    printed = json.loads(ingest(article, "--published", "2023-03-21", "--json"))

    claim = Claim.objects.get()
    assert (printed["document"], printed["title"]) == (claim.quote.document_id, "")
    (proposal,) = printed["claims"]
    assert proposal.pop("reason")
    assert proposal == {
        "id": claim.pk,
        "quote": claim.quote.exact,
        "start": claim.quote.start,
        "statement": claim.statement,
        "speaker": "Orlov",
        "kind": "event",
        "hedge": "likely",
        "low": 0.55,
        "high": 0.8,
        "horizon": "in the coming years",
        "due_on": "2026-03-21",
    }


def test_blank_publisher_is_none(article: Path) -> None:
    ingest(article, "--publisher", " ")

    assert Document.objects.get().publisher is None


def test_same_file_twice_is_one_document(article: Path) -> None:
    first, again = ingest(article), ingest(article)

    assert first == again
    assert (Document.objects.count(), Claim.objects.count()) == (1, 1)


def test_article_without_claims_says_so(tmp_path: Path) -> None:
    path = tmp_path / "history.txt"
    path.write_text("The ports were opened in 1911.")

    assert ingest(path) == f"Document {Document.objects.get().pk}: 0 claims proposed.\n"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "is empty."),
        ("blank.txt", b" \n\t\n", "is empty."),
        ("noise.txt", bytes(range(256)) * 8, "is a binary file, not text."),
        (
            "archive.gz",
            b"\x1f\x8b\x08\x00" + bytes(range(200)),
            "is a gzip archive: unpack it first.",
        ),
        ("large.txt", b"x" * (MAX_BYTES + 1), "is larger than 20 MB."),
        ("broken.pdf", b"%PDF-1.7\nnothing", "is a broken PDF."),
        ("broken.docx", b"PK\x03\x04nothing", "is a broken Word file or archive."),
        (
            "feed.xml",
            b"<?xml version='1.0'?><rss></rss>",
            "is an XML file (a feed?), not a document.",
        ),
        (
            "captcha.html",
            CAPTCHA,
            "is a check for robots (captcha), not the page: save it in your browser and upload that.",
        ),
        (
            "cyrillic.txt",
            "Торговля растёт, сказал Орлов.".encode("koi8-r"),
            UNTOLD,
        ),
    ],
)
def test_file_that_is_no_article_is_refused_by_name_and_nothing_is_stored(
    name: str, data: bytes, words: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(CommandError) as refusal:
        ingest(path)

    assert str(refusal.value) == f"{name} {words}"
    assert not Document.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encoding_of_the_file_is_understood(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    text = f"{TEXT} “Naïve”, said José."
    path.write_bytes(text.encode(encoding))

    ingest(path)

    assert Document.objects.get().text == text


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.txt: No such file or directory$"):
        ingest(tmp_path / "nowhere.txt")
    with pytest.raises(CommandError, match=r": Is a directory$"):
        ingest(tmp_path)


def test_date_that_is_none_is_refused(article: Path) -> None:
    with pytest.raises(CommandError, match="“yesterday” is not a date such as 2023-03-21"):
        ingest(article, "--published", "yesterday")


def test_seed_article_is_ingested(shared: Path) -> None:
    printed = ingest(shared / "seed" / "maslov-russia-china.txt", "--published", "2023-03-22")

    assert Claim.objects.count() >= 10
    assert printed.startswith(f"Document {Document.objects.get().pk}: {Claim.objects.count()} ")
