"""Hostile bodies: every one is answered in words, nothing fails, and what is kept is inert."""

import json
from pathlib import Path

import pytest

from accounts.api.throttling import TokenThrottle
from accounts.models import User
from sources.importing.wording import plain
from sources.models import Document
from tests.scripts import Script, assert_problem

pytestmark = pytest.mark.django_db


# No JSON by themselves; between two brackets nothing is an empty list.
EMPTY = {"n_single_space.json", "n_structure_no_data.json"}


@pytest.fixture
def script(analyst: User) -> Script:
    return Script(analyst)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "not a JSON object|is missing"),
        (b"{", "line 1, character 2"),
        (b'{"title": NaN}', "NaN is no number"),
        (b'{"title": -Infinity}', "-Infinity is no number"),
        (b'{"title": 1e999}', "too large"),
        (b'{"title": ' + b"9" * 5000 + b"}", "too long"),
        (b'{"title": "\xff"}', "not UTF-8"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b"[" * 33 + b"]" * 33, "deeper than 32"),
        (b"[" * 100_000, "deeper than 32"),
        (b'{"a":' * 100_000, "deeper than 32"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_in_words(
    script: Script, body: bytes, words: str
) -> None:
    for place in ("events/", "events/batch/", "feeds/"):
        text = json.dumps(assert_problem(script.post_bytes(place, body), 400))
        assert not body or words.split("|", maxsplit=1)[0] in text
    assert not Document.objects.exists()


def test_a_body_as_deep_as_allowed_is_read(script: Script) -> None:
    deep = b'{"key":"a","title":"A","date":"2024-01-01","more":' + b"[" * 31 + b"]" * 31 + b"}"

    assert script.post_bytes("events/", deep).status_code == 201


def test_every_file_of_the_json_test_suite_is_answered(
    script: Script, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TokenThrottle, "rate", None, raising=False)
    files = sorted((shared / "data/hostile_input/JSONTestSuite/test_parsing").glob("*.json"))
    answers = {}
    for file in files:
        answer = script.post_bytes("events/batch/", b'{"items":[' + file.read_bytes() + b"]}")
        answers[file.name] = answer.status_code
    must = {name: status for name, status in answers.items() if name.startswith("y_")}
    must_not = {name: status for name, status in answers.items() if name.startswith("n_")}

    assert len(must) > 90
    assert set(must.values()) == {200}
    assert len(must_not) > 180
    assert {name for name, status in must_not.items() if status != 400} == EMPTY
    assert set(answers.values()) == {200, 400}
    assert not Document.objects.exists()


def test_naughty_strings_come_back_exactly_as_cleaned(script: Script, shared: Path) -> None:
    strings = json.loads((shared / "data/hostile_input/blns/blns.json").read_text())
    strings += ["<script>alert(1)</script>x", "a\0b", "lone \ud800 surrogate"]
    items = [
        {"key": str(n), "title": f"Item {n}: {text}", "summary": text, "date": "2024-01-01"}
        for n, text in enumerate(strings)
    ]
    results = script.post("events/batch/", {"items": items}).json()["results"]

    kept = Document.objects.in_bulk([one["document"] for one in results])
    assert len(kept) == len(items)
    for item, result in zip(items, results, strict=True):
        document = kept[result["document"]]
        assert document.title == plain(item["title"], at_most=500)
        assert document.text == plain(item["summary"], at_most=20_000)
    for result in results[-40:]:
        document = kept[result["document"]]
        told = script.get(f"documents/{document.pk}/").json()
        assert (told["title"], told["text"]) == (document.title, document.text)


def test_naughty_strings_as_any_member_fail_nothing(
    script: Script, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TokenThrottle, "rate", None, raising=False)
    strings = json.loads((shared / "data/hostile_input/blns/blns.json").read_text())
    many = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(1900))
    strings += ["a\0b", "\ud800", "x" * 3000, f"https://a.example/{many}", many]
    items = [
        {"title": f"{n}", "date": "2024-01-01", "key": f"{n}"}
        | dict.fromkeys(("url", "language", "author"), text)
        for n, text in enumerate(strings)
    ]
    # Each publisher is looked up, which takes its time.
    for item in items[::10] + items[-5:]:
        item["publisher"] = item["url"]
    keys = [{"title": "One", "date": "2024-01-01", "key": text} for text in strings]

    for batch in (items, keys):
        assert script.post("events/batch/", {"items": batch}).status_code == 200
    for text in strings[::20] + strings[-5:]:
        for body in ({"url": text}, {"url": "https://a.example/f", "name": text}):
            assert script.post("feeds/", body).status_code in {200, 201, 400}
