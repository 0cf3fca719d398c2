"""Files of events: taken in, stored batch by batch by whoever goes on, never a row twice."""

import gzip
import io
import json
import threading
from typing import Any

import pytest
from django.db import connection

from accounts.models import AuditEntry, User
from sources.importing import ImportFileError, read_items
from sources.importing.plans import kept, plan_of
from sources.models import Document, Event, EventImport, EventImportPart, EventReport, Notice
from sources.services import (
    ImportProblem,
    StoredFile,
    begin_event_import,
    cancel_event_import,
    fitting_mappings,
    forget_mapping,
    remember_mapping,
    run_event_import,
    start_event_import,
)
from sources.tasks import run_waiting_event_imports
from tests.sources.importing.coded import ACLED_COLUMNS, acled_row, gdelt_row

pytestmark = pytest.mark.django_db
COLUMNS = {"title": "What", "published": "When"}


def rows(count: int, first: int = 0) -> bytes:
    """So many lines, every tenth of which cannot be read."""
    lines = [
        {"What": f"Port {number} opens a ferry line to the isle {number}", "When": "2023-03-20"}
        if number % 10
        else {"What": "No day"}
        for number in range(first, first + count)
    ]
    return "\n".join(map(json.dumps, lines)).encode()


def begun(data: bytes, name: str = "a.jsonl", by: User | None = None) -> EventImport:
    return begin_event_import(file=io.BytesIO(data), name=name, size=len(data), by=by)


def started(data: bytes, name: str = "a.jsonl", by: User | None = None) -> EventImport:
    return start_event_import(event_import=begun(data, name, by), by=by, columns=COLUMNS)


def run(event_import: EventImport, seconds: float = 60) -> EventImport:
    run_event_import(event_import=event_import, seconds=seconds)
    event_import.refresh_from_db()
    return event_import


def counts(event_import: EventImport) -> tuple[str, int, int, int, int]:
    return (
        event_import.status,
        event_import.rows_done,
        event_import.stored,
        event_import.known,
        event_import.problem_count,
    )


def test_file_is_kept_whole_until_it_is_dealt_with(monkeypatch, analyst: User) -> None:
    monkeypatch.setattr("sources.services.event_imports.PART", 1000)
    data = rows(50)
    event_import = begun(data, by=analyst)

    assert event_import.parts.count() == len(data) // 1000 + 1
    assert StoredFile(event_import).read() == data
    assert (event_import.status, event_import.kind, event_import.by) == (
        "waiting",
        "jsonl",
        analyst,
    )
    assert not Document.objects.exists()

    start_event_import(event_import=event_import, by=analyst, columns=COLUMNS)

    assert counts(run(event_import)) == ("done", 50, 45, 0, 5)
    assert event_import.ended_at is not None
    assert not EventImportPart.objects.exists()
    assert set(Document.objects.values_list("captured_by", flat=True)) == {analyst.pk}
    verbs = AuditEntry.objects.filter(object_type="sources.eventimport").values_list("verb")
    assert [verb for (verb,) in verbs.order_by("pk")] == ["brought in", "let import", "imported"]


def test_whoever_goes_on_does_so_where_the_last_one_stopped(monkeypatch) -> None:
    monkeypatch.setattr("sources.services.event_imports.BATCH", 20)
    event_import = started(rows(50))

    assert counts(run(event_import, seconds=-1)) == ("importing", 20, 18, 0, 2)
    assert counts(run(event_import, seconds=-1)) == ("importing", 40, 36, 0, 4)
    assert 0 < event_import.bytes_read <= event_import.size

    run_waiting_event_imports()
    event_import.refresh_from_db()

    assert counts(event_import) == ("done", 50, 45, 0, 5)
    assert [one.row for one in event_import.problems.all()] == [1, 11, 21, 31, 41]
    assert Document.objects.count() == 45


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", rows(12)),
        ("a.csv", b"What,When\n" + b"".join(b'"Port,\n %d",2023-03-20\n' % n for n in range(12))),
        ("a.export.CSV", "\n".join(gdelt_row(number=n) for n in "123").encode()),
    ],
)
def test_reading_may_begin_after_any_row(name: str, data: bytes) -> None:
    plan = plan_of(kept(COLUMNS)) if "export" not in name else None

    def read(skip: int) -> list[Any]:
        return list(read_items(io.BytesIO(data), name=name, plan=plan, skip=skip))

    whole = read(0)
    assert [read(skip) for skip in range(len(whole) + 2)] == [
        whole[skip:] for skip in range(len(whole) + 2)
    ]


def test_batch_that_fails_leaves_nothing_behind_and_is_done_again(monkeypatch) -> None:
    monkeypatch.setattr("sources.services.event_imports.BATCH", 20)
    event_import = started(rows(40))

    def stop(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr("sources.services.event_imports._add", stop)
        with pytest.raises(KeyboardInterrupt):
            run(event_import)
    event_import.refresh_from_db()
    assert counts(event_import) == ("importing", 0, 0, 0, 0)
    assert not Document.objects.exists()

    assert counts(run(event_import)) == ("done", 40, 36, 0, 4)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_file_store_every_row_once(monkeypatch) -> None:
    monkeypatch.setattr("sources.services.event_imports.BATCH", 10)
    event_import = started(rows(100))
    together = threading.Barrier(2)

    def work() -> None:
        together.wait()
        for _ in range(30):
            run_event_import(event_import=event_import, seconds=0.05)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert counts(run(event_import)) == ("done", 100, 90, 0, 10)
    assert Document.objects.count() == EventReport.objects.count() == 90


def test_same_file_again_stores_nothing() -> None:
    run(started(rows(20)))

    assert counts(run(started(rows(20)))) == ("done", 20, 0, 18, 2)


def test_file_that_breaks_off_says_so_and_keeps_what_came_before() -> None:
    long = rows(100).replace(b'"When"', b'"Long": "' + b"x" * 3000 + b'", "When"')
    packed = gzip.compress(long, compresslevel=0, mtime=0)
    event_import = started(packed[:-1000], "a.jsonl.gz")

    run(event_import)

    assert event_import.status == "broken"
    assert event_import.error == "a.jsonl.gz is a broken gzip file."
    assert event_import.stored == Document.objects.count() > 80


def test_row_that_the_database_refuses_holds_up_no_other(monkeypatch) -> None:
    event_import = started(rows(8, first=1))
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE sources_document ADD CONSTRAINT no_port_3 CHECK (title NOT LIKE 'Port 3 %%')"
        )

    assert counts(run(event_import)) == ("done", 8, 7, 0, 1)
    assert [str(one) for one in event_import.problems.all()] == [
        "row 3: the database refuses this row"
    ]


def test_cancelled_import_keeps_what_is_stored_and_no_worker_goes_on(monkeypatch) -> None:
    monkeypatch.setattr("sources.services.event_imports.BATCH", 20)
    event_import = started(rows(50))
    run(event_import, seconds=-1)

    cancel_event_import(event_import=event_import, by=None)

    assert counts(run(event_import)) == ("cancelled", 20, 18, 0, 2)
    assert not event_import.parts.exists()
    with pytest.raises(ImportProblem, match="This import is over: it cannot be started"):
        start_event_import(event_import=event_import, by=None)


def test_start_without_the_columns_that_are_needed_is_refused_in_words() -> None:
    event_import = begun(rows(5))

    with pytest.raises(ImportProblem, match="Choose the column of: Published"):
        start_event_import(event_import=event_import, by=None, columns={"title": "What"})
    event_import.refresh_from_db()
    assert event_import.waits


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.csv", "a.csv is empty."),
        (b"title,date\n", "a.csv", "a.csv has no row that can be read."),
        (b"{nothing\n{", "a.jsonl", "a.jsonl has no row that can be read: row 1: is not JSON: "),
        (b"<!doctype html><p>Log in", "a.xml", "a.xml is a web page (HTML). jsonl, "),
        (b"<!doctype html><p>a,b\nc,d", "a.csv", "a.csv is a web page (HTML). jsonl, "),
        (b"\xff\xd8\xff\xe0JFIF,a\nb,c\n", "a.csv", "a.csv is a picture (JPEG). jsonl, "),
        (b"%PDF-1.7\na,b\n", "a.csv", "a.csv is a document (PDF). jsonl, "),
        (
            b"The ferry was late.\nNobody knew why.\n",
            "a.csv",
            "a.csv is no table: its rows have one cell each, the first “The ferry was late.”.",
        ),
        (
            b"It rained, and it blew.\nNobody came.\nThe quay, wet and bare.\nNight fell.\n",
            "a.csv",
            "a.csv is no table: its first row names 2 columns, most others have another number",
        ),
        (
            b'{"error": "gone", "code": 410}',
            "a.json",
            "a.json is JSON but holds no list of events: it is one object, with “error”, “code”.",
        ),
        (b'"gone"', "a.json", "a.json is JSON but holds no list of records."),
        (b"[1, 2]", "a.json", "a.json has no row that can be read: row 1: is not a JSON object"),
    ],
)
def test_file_of_which_nothing_can_be_read_is_refused(data: bytes, name: str, words: str) -> None:
    with pytest.raises(ImportFileError) as caught:
        begun(data, name)
    assert str(caught.value).startswith(words)
    assert not EventImport.objects.exists()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'{"title": "Rain", "date": "2023-03-20"}', "a.json"),
        (b"what;when\nRain;2023-03-20;\nSun;2023-03-21\nSnow\n", "a.csv"),
        (b"a,b,c,d\nRain falls on the isle,2023-03-20\nSun over the isle,2023-03-21,x\n", "a.csv"),
    ],
)
def test_small_or_ragged_table_is_still_one(data: bytes, name: str) -> None:
    assert begun(data, name).waits


def test_file_too_large_is_sent_to_the_command_line(monkeypatch) -> None:
    monkeypatch.setattr("sources.services.event_imports.MAX_UPLOAD", 2 * 2**20)
    monkeypatch.setattr("sources.services.event_imports.MAX_WHOLE", 2**20)
    with pytest.raises(ImportFileError, match=r"“a\.jsonl” is larger than 2 MB\. Import"):
        begun(b"x" * (2 * 2**20 + 1))
    with pytest.raises(ImportFileError, match=r"“a\.json” is larger than 1 MB, which is too much"):
        begun(b"[" + b" " * 2**20, "a.json")


def test_record_that_acled_overwrote_is_a_new_version_and_the_same_event() -> None:
    before = f"{ACLED_COLUMNS}\n{acled_row()}\n{acled_row(event_id_cnty='OMR18')}"
    after = f"{ACLED_COLUMNS}\n{acled_row(notes='The gate was blocked.', timestamp='1681306400')}"
    for data in (before, after, after):
        event_import = begun(data.encode(), "acled.csv")
        assert event_import.provider == "acled"
        run(start_event_import(event_import=event_import, by=None))

    second = Document.objects.get(url_key="acled:OMR17", previous__isnull=False)
    assert second.text.startswith("The gate was blocked.")
    assert second.previous is not None
    assert second.previous.text.startswith("On 18 March")
    event = EventReport.objects.get(document=second).event
    assert EventReport.objects.get(document=second.previous).event == event
    assert Document.objects.count() == 3
    assert Event.objects.count() <= 2


def test_mapping_is_offered_for_its_columns_first_and_then_wherever_it_can_be_read(
    analyst: User,
) -> None:
    wide = remember_mapping(
        name="Wide", of=["When", "What", "Where"], columns=COLUMNS, by=analyst, zone="Asia/Tokyo"
    )
    exact = remember_mapping(name=" Just  these ", of=["what", "When"], columns=COLUMNS, by=analyst)
    remember_mapping(
        name="Other", of=["a", "b"], columns={"title": "a", "published": "b"}, by=analyst
    )

    assert exact.name == "Just these"
    assert fitting_mappings(["What", "When"]) == [exact, wide]
    assert wide.plan["zone"] == "Asia/Tokyo"

    again = remember_mapping(name="Wide", of=["What", "When"], columns=COLUMNS, by=None)
    assert again.pk == wide.pk

    forget_mapping(mapping=exact, by=analyst)
    assert fitting_mappings(["What", "When"]) == [again]


@pytest.mark.parametrize(
    ("name", "columns", "words"),
    [(" ", COLUMNS, "A mapping needs a name."), ("A", {"title": "x"}, "Choose the column of")],
)
def test_mapping_without_name_or_columns_is_refused(
    name: str, columns: dict[str, str], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        remember_mapping(name=name, of=["x"], columns=columns, by=None)


def test_list_of_deleted_events_marks_those_that_are_here_once(analyst: User) -> None:
    rows = [acled_row(), acled_row(event_id_cnty="OMR18", notes="Another one.")]
    data = "\n".join([ACLED_COLUMNS, *rows]).encode()
    run(start_event_import(event_import=begun(data, "acled.csv"), by=None))
    deleted = b"event_id_cnty,deleted_timestamp\nOMR17,1689306400\nOMR99,1689306400\nOMR18,soon\n"
    for marked, known in ((1, 1), (0, 2)):
        event_import = begun(deleted, "deleted.csv", analyst)
        event_import = run(start_event_import(event_import=event_import, by=analyst))
        assert event_import.status == "done"
        assert (event_import.stored, event_import.known) == (marked, known)
        assert event_import.problem_count == 1

    notice = Notice.objects.get()
    assert (notice.kind, notice.document.url_key, notice.by) == (
        "retracted",
        "acled:OMR17",
        analyst,
    )
    assert notice.words == "Its source deleted this event on 2023-07-14."
    assert Event.objects.count() == 2


def test_older_file_of_a_source_brings_no_newest_version() -> None:
    newer = acled_row(notes="The gate was blocked.", timestamp="1681306400")
    for row in (newer, acled_row()):
        event_import = begun(f"{ACLED_COLUMNS}\n{row}".encode(), "acled.csv")
        event_import = run(start_event_import(event_import=event_import, by=None))

    assert (event_import.stored, event_import.known) == (0, 1)
    assert Document.objects.get().text.startswith("The gate was blocked.")
