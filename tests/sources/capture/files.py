"""Small files of the formats people upload, made on the spot."""

import io
import zipfile
from collections.abc import Callable

import docx
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

SENTENCES = (
    "The ministry expects exports to recover before the end of the year.",
    "Analysts doubt it, because two of the three ports are still closed.",
    "A decision on the third port is likely in the first week of October.",
)


def page(body: str, head: str = "") -> bytes:
    """An HTML page."""
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def article(*sentences: str) -> str:
    """An HTML article of these sentences, one paragraph each."""
    return "<article>" + "".join(f"<p>{sentence}</p>" for sentence in sentences) + "</article>"


def pdf(*pages: str, change: Callable[[PdfWriter], object] | None = None) -> bytes:
    """A PDF with one line of text on each page; `change` is called before it is written."""
    writer = PdfWriter()
    font = DictionaryObject()
    for key, value in (("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica")):
        font[NameObject(f"/{key}")] = NameObject(f"/{value}")
    for text in pages:
        sheet = writer.add_blank_page(600, 800)
        fonts = DictionaryObject({NameObject("/F1"): font})
        sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = DecodedStreamObject()
        if text:
            content.set_data(f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode("latin-1"))
        sheet[NameObject("/Contents")] = writer._add_object(content)
    if change:
        change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def word(*paragraphs: str, title: str = "", author: str = "") -> bytes:
    """A DOCX file of these paragraphs, and a table of two by two where there are any."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.title = title
    document.core_properties.author = author
    if paragraphs:
        table = document.add_table(rows=2, cols=2)
        for place, text in enumerate(("Port", "State", "North", "closed")):
            table.cell(*divmod(place, 2)).text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def archive(**members: bytes) -> bytes:
    """A ZIP archive; double underscores in names stand for slashes, single ones for dots."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/").replace("_", "."), data)
    return stream.getvalue()
