"""The benchmarks still fit the rooms they measure; how long anything takes is not tested."""

import pytest

from tests.benchmarks import matcher, matching, pages, publishing, queue
from tests.benchmarks.table import times


def test_pages_take_as_many_queries_for_three_rows_as_for_one(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ROWS", (1, 3))

    assert pages.run() is True


def test_pages_that_ask_more_for_more_rows_are_told(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pages, "ROWS", (1, 3))
    addresses = iter(["/claims/", "/inbox/"])

    assert pages._page("a page", lambda *_: next(addresses)) is False
    assert "FAILED: the queries of a page grow" in capsys.readouterr().out


def test_reports_and_queue_run(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(publishing, "CLAIMS", ((20, publishing.CLAIMS[0][1]),))
    monkeypatch.setattr(queue, "SEATS", (40, 60))

    assert publishing.run() is True
    queue.run()

    assert "60" in capsys.readouterr().out


def test_matcher_and_thresholds_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(matcher, "CLAIMS", (20,))
    monkeypatch.setattr(matcher, "EVENTS", 10)
    monkeypatch.setattr(matching, "DAYS", ())

    matcher.run()
    matching.run()

    printed = capsys.readouterr().out
    assert times(1) in printed
    assert "accepted links, suggested" in printed
