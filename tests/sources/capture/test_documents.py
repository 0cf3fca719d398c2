"""PDF and Word files: their text, and every way they keep it from us."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from sources.capture import Captured, CaptureError, captured_from_file
from sources.capture import pdf as pdf_reader
from tests.sources.capture.files import SENTENCES, archive, pdf, word


def captured(data: bytes, name: str) -> Captured:
    return captured_from_file(data, name=name)


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(CaptureError) as caught:
        captured(data, name)
    return str(caught.value)


def test_pdf_gives_its_pages_title_author_and_date():
    said = {"/Title": "Outlook", "/Author": "Ada Example"}
    created = datetime(2023, 3, 20, 10, tzinfo=UTC)

    def describe(writer):
        writer.add_metadata({**said, "/CreationDate": created.strftime("D:%Y%m%d%H%M%SZ")})

    assert captured(pdf("First page.", "Second page.", change=describe), "a.pdf") == Captured(
        text="First page.\n\nSecond page.",
        title="Outlook",
        author="Ada Example",
        media_type="application/pdf",
        published_on=date(2023, 3, 20),
    )


def test_pdf_with_an_impossible_creation_date_is_read_all_the_same():
    data = pdf(
        "Words.", change=lambda writer: writer.add_metadata({"/CreationDate": "in the spring"})
    )
    assert (captured(data, "a.pdf").text, captured(data, "a.pdf").published_on) == ("Words.", None)


def test_title_and_author_of_a_file_are_cut_and_put_on_one_line():
    found = captured(word("Words.", title="Two\nlines " + "t" * 240, author="a" * 250), "a.docx")
    assert found.title.startswith("Two lines tt")
    said = {"/Title": "t" * 600, "/Author": "a" * 400}
    found = captured(pdf("Words.", change=lambda writer: writer.add_metadata(said)), "a.pdf")
    assert (len(found.title), len(found.author)) == (500, 300)


def test_pdf_is_known_by_its_content_under_any_name():
    assert captured(b"\n" + pdf("Words."), "a.txt").media_type == "application/pdf"


def test_pdf_without_a_text_layer_is_named_as_a_scan():
    assert refusal(pdf(""), "a.pdf") == (
        "a.pdf is a PDF without a text layer (a scan?): run text recognition on it first."
    )


@pytest.mark.parametrize("algorithm", ["RC4-128", "RC4-40"])
def test_pdf_under_a_password_is_refused(algorithm):
    data = pdf("Words.", change=lambda writer: writer.encrypt("secret", algorithm=algorithm))
    assert refusal(data, "a.pdf") == "a.pdf is an encrypted PDF: remove its password first."


def test_pdf_that_only_forbids_changes_is_read():
    data = pdf("Words.", change=lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    assert captured(data, "a.pdf").text == "Words."


@pytest.mark.parametrize("data", [b"%PDF-1.7 and nothing else", pdf("Words.")[:200]])
def test_broken_pdf_is_refused(data):
    assert refusal(data, "a.pdf") == "a.pdf is a broken PDF."


def test_pdf_with_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_reader, "MAX_PAGES", 2)
    assert refusal(pdf("1", "2", "3"), "a.pdf") == (
        "a.pdf has 3 pages; at most 2 are read at once."
    )


def test_pdf_with_too_much_text_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_reader, "MAX_CHARACTERS", 10)
    assert refusal(pdf("First page.", "Second."), "a.pdf") == "a.pdf holds more than 10 characters."


def test_word_file_gives_paragraphs_and_tables_in_order():
    assert captured(word(*SENTENCES, title="Outlook", author="Ada Example"), "a.docx") == Captured(
        text="\n\n".join([*SENTENCES, "Port\tState\nNorth\tclosed"]),
        title="Outlook",
        author="Ada Example",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )


def test_word_file_that_claims_a_cell_as_wide_as_memory_is_read_at_once():
    data = changed(
        word("Words."),
        "word/document.xml",
        b"<w:tcPr>",
        b'<w:tcPr><w:gridSpan w:val="2000000000"/>',
    )
    assert captured(data, "a.docx").text == "Words.\n\nPort\tState\nNorth\tclosed"


def changed(data: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """The archive with some bytes of one member replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old, new) if name == member else content)
    return stream.getvalue()


def test_word_file_with_an_entity_bomb_unpacks_none_of_it():
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n<w:document '
    data = changed(word("Words."), "word/document.xml", b"<w:document ", bomb)
    data = changed(data, "word/document.xml", b"Words.", b"Words.&b;")
    assert captured(data, "a.docx").text.startswith("Words.\n")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (word(), "a.docx is a Word file without text."),
        (archive(mimetype=b"application/odt"), "a.docx is an archive but not a Word (DOCX) file."),
        (archive(word__document_xml=b"not xml"), "a.docx is a broken Word file."),
        (word("Words.")[:500], "a.docx is a broken Word file or archive."),
        (
            archive(word__document_xml=bytes(101 * 2**20)),
            "a.docx unpacks to more than 100 MB and was not opened.",
        ),
    ],
)
def test_word_file_that_cannot_be_read_says_why(data, words):
    assert refusal(data, "a.docx") == words
