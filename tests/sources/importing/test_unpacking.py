"""Archives: seen through where they hold one file, refused where they are more, broken, or bombs."""

import gzip
import io
import zipfile

import pytest
import xlsxwriter

from sources.importing import ImportFileError, read_items
from tests.sources.importing.coded import gdelt_row
from tests.sources.importing.reading import NOW, read

ONE = b'{"title": "One", "date": "2023-03-20"}\n'


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


class Pipe(io.RawIOBase):
    """A stream that cannot be turned back, like that of another program."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self._data.read(size)

    def seekable(self) -> bool:
        return False


def test_file_in_a_zip_archive_is_told_by_its_own_name_and_content():
    archive = zipped({"20230320141500.export.CSV": gdelt_row().encode()})
    (item,) = read(archive, "20230320141500.export.CSV.zip")
    assert item.external_id == "gdelt:1091"
    assert list(read_items(Pipe(archive), name="-", at=NOW)) == [item]
    notes = zipped({"a.jsonl": ONE, "__MACOSX/._a.jsonl": b"x"})
    assert [one.title for one in read(notes, "a.zip")] == ["One"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped({"a": ONE, "b": ONE}), "a.zip holds 2 files; one at a time is read. Unpack it."),
        (b"PK\x03\x04" + zipped({}), "a.zip holds 0 files; one at a time is read. Unpack it."),
        (zipped({"a": ONE})[:-30], "a.zip is a broken zip file."),
        (zipped({"a": b""}), "a.zip is empty."),
    ],
)
def test_other_archives_are_refused_in_words(data, words):
    with pytest.raises(ImportFileError) as caught:
        read(data, "a.zip")
    assert str(caught.value) == words


def test_archive_behind_a_password_is_refused():
    data = bytearray(zipped({"a": ONE}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ImportFileError, match=r"a\.zip is locked by a password"):
        read(bytes(data), "a.zip")


@pytest.mark.parametrize(("bound", "least"), [("MOST_FILES", 20), ("MOST_AT_ONCE", 500)])
def test_archive_that_lists_files_without_end_is_not_looked_through(bound, least, monkeypatch):
    archive = zipped({f"{number}/": b"" for number in range(30)} | {"a.jsonl": ONE})
    assert [one.title for one in read(archive, "a.zip")] == ["One"]
    monkeypatch.setattr(f"sources.importing.unpacking.{bound}", least)

    with pytest.raises(ImportFileError) as caught:
        read(archive, "a.zip")
    assert str(caught.value) == "a.zip lists more files than can be looked through. Unpack it."


@pytest.mark.parametrize("pack", [lambda data: zipped({"a": data}), gzip.compress])
def test_bomb_is_refused_before_it_has_gone_off(pack, monkeypatch):
    monkeypatch.setattr("sources.importing.unpacking.NOTHING_TO_FEAR", 2**20)
    with pytest.raises(ImportFileError, match="a unpacks to more than 100 times its size"):
        read(pack(ONE + b" " * 30 * 2**20), "a")


def test_table_that_packs_well_is_no_bomb(monkeypatch):
    monkeypatch.setattr("sources.importing.unpacking.NOTHING_TO_FEAR", 1000)
    assert len(read(gzip.compress(ONE * 20), "a.jsonl.gz")) == 20


def test_workbook_is_read_by_its_first_row():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(
            [["Headline", "Day"], [], ["One", "2023-03-20"], ["=1+1", "2023-02-30"], ["", ""]]
        ):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    first, second = read(file.getvalue(), "a.xlsx")
    assert (first.row, first.title) == (3, "One")
    assert str(second) == "row 4, Day: there is no such day as 2023-02-30"
