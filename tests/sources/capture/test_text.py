"""Plain text: what is kept exactly, what is set right, and which bytes are no text."""

import pytest

from sources.capture import (
    MAX_BYTES,
    Captured,
    CaptureError,
    captured_from_file,
    captured_from_text,
)


def captured(data: bytes, name: str = "note.txt", **options: str) -> Captured:
    return captured_from_file(data, name=name, **options)


def refusal(data: bytes, name: str = "note.txt") -> str:
    with pytest.raises(CaptureError) as caught:
        captured(data, name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("nul\0 bell\x07 mark\ufeff c1\x9b", "nul bell mark c1"),
        ("  indented\n\n\n\tand tabbed  ", "indented\n\n\n\tand tabbed"),
        ("e\u0301 stays apart, é together", "e\u0301 stays apart, é together"),
        (
            "soft\u00adhyphen, nbsp\u00a0, 👩‍🔬, \u200e",
            "soft\u00adhyphen, nbsp\u00a0, 👩‍🔬, \u200e",
        ),
        ("lone\ud800", "lone"),
        ("<b>not markup</b> & so on", "<b>not markup</b> & so on"),
    ],
)
def test_pasted_text_is_kept_but_for_newlines_and_controls(pasted, kept):
    assert captured_from_text(pasted) == Captured(text=kept, media_type="text/plain")


@pytest.mark.parametrize("pasted", ["", " \n\t", "\0\x07"])
def test_empty_paste_is_refused(pasted):
    with pytest.raises(CaptureError, match=r"^The pasted text is empty\.$"):
        captured_from_text(pasted)


def test_paste_that_is_too_large_is_refused():
    with pytest.raises(CaptureError, match="larger than 20 MB"):
        captured_from_text("a" * (MAX_BYTES + 1))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_decoded_whatever_it_was_saved_as(encoding):
    text = "The café’s owner said: “it’s likely” – by May.\nPříští"[
        : 46 if encoding == "cp1252" else 99
    ]
    assert captured(text.encode(encoding)).text == text


def test_utf16_with_its_mark_is_read_in_either_order():
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert captured(mark + "Dobrý den".encode(encoding)).text == "Dobrý den"


def test_declared_encoding_is_used_where_utf8_fails():
    data = "Решение вероятно в октябре".encode("koi8-r")
    assert (
        captured(data, media_type="text/plain; charset=KOI8-R").text == "Решение вероятно в октябре"
    )


@pytest.mark.parametrize("charset", ["punycode", "IDNA", "rot13", "hex", "utf-7", "nonsense", "\0"])
def test_declared_encoding_that_is_none_for_texts_is_passed_over(charset):
    data = "The café is open.".encode("cp1252")
    assert captured(data, media_type=f"text/plain; charset={charset}").text == "The café is open."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Решение вероятно в октябре", "cp1251"),
        ("決定は十月になる見込みだ", "shift-jis"),
        ("Było źle, a będzie gorzej, mówią żołnierze", "cp1250"),
    ],
)
def test_encoding_that_cannot_be_told_is_not_guessed(text, encoding):
    assert refusal(text.encode(encoding)) == (
        "note.txt is not in an encoding we can tell: save it as UTF-8 "
        "(or as UTF-16 with a byte order mark)."
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "note.txt is empty."),
        (b"\xef\xbb\xbf \r\n", "note.txt is empty."),
        (b"\0" * 100, "note.txt is empty."),
        (b"a" * (MAX_BYTES + 1), "note.txt is larger than 20 MB."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "note.txt is a binary file, not text."),
        (b"\xde\x01\x02\x03\x04\xff" * 50, "note.txt is a binary file, not text."),
        (
            "no mark here".encode("utf-16-le"),
            "note.txt looks like UTF-16 without a byte order mark: save it as UTF-8.",
        ),
        (b"\xff\xfea\0b", "note.txt begins as UTF-16-LE but is broken at byte 2."),
        (b"\x1f\x8b\x08\0", "note.txt is a gzip archive: unpack it first."),
        (b"{\\rtf1 words}", "note.txt is an RTF file: save it as DOCX, PDF or plain text."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "note.txt is an old Office file: save it as DOCX or PDF.",
        ),
        (
            b'<?xml version="1.0"?><rss><channel/></rss>',
            "note.txt is an XML file (a feed?), not a document.",
        ),
    ],
)
def test_file_that_is_no_text_says_what_it_is(data, words):
    assert refusal(data) == words


def test_markdown_is_kept_as_it_is_written():
    text = "# Outlook\n\n- *likely* by May"
    assert captured(text.encode(), "outlook.md") == Captured(text=text, media_type="text/markdown")


def test_content_decides_not_the_name():
    assert captured(b"Just words.", "report.pdf").text == "Just words."
    assert captured(b"Just words.", "page.html", media_type="text/html").text == "Just words."


def test_hostile_strings_are_kept_or_refused_in_words(shared):
    data = (shared / "data/hostile_input/blns/blns.json").read_bytes()
    assert captured(data).text.startswith("[")
    for path in (shared / "data/hostile_input").rglob("*.*"):
        try:
            text = captured(path.read_bytes(), path.name).text
        except CaptureError as error:
            assert path.name in str(error)  # noqa: PT017 - most are read, some are refused
        else:
            assert "\0" not in text
