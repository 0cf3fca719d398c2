"""Text out of Word files."""

import io
import zipfile

import docx
from docx.document import Document
from docx.table import Table, _Row

from sources.capture.plain import cleaned, line
from sources.capture.types import MAX_AUTHOR, MAX_TITLE, Captured, CaptureError

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_UNPACKED_BYTES = 100 * 2**20


def captured(data: bytes, *, name: str) -> Captured:
    """The paragraphs and tables of a DOCX file, in order. Raises CaptureError."""
    _refuse_other_archives(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        text = cleaned("\n\n".join(_blocks(document)))
        properties = document.core_properties
        title, author = properties.title, properties.author
    except Exception as error:
        raise CaptureError(f"{name} is a broken Word file.") from error
    if not text:
        raise CaptureError(f"{name} is a Word file without text.")
    return Captured(
        text=text,
        title=line(title or "", at_most=MAX_TITLE),
        author=line(author or "", at_most=MAX_AUTHOR),
        media_type=MEDIA_TYPE,
    )


def _refuse_other_archives(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise CaptureError(f"{name} is a broken Word file or archive.") from error
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise CaptureError(
            f"{name} unpacks to more than {MAX_UNPACKED_BYTES // 2**20} MB and was not opened."
        )
    if "word/document.xml" not in {member.filename for member in members}:
        raise CaptureError(f"{name} is an archive but not a Word (DOCX) file.")


def _blocks(document: Document) -> list[str]:
    blocks = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            blocks.append("\n".join(_row(row) for row in block.rows))
        elif block.text.strip():
            blocks.append(block.text)
    return blocks


def _row(row: _Row) -> str:
    # Not row.cells: it repeats a cell for every column it spans, and a file may claim billions.
    cells = row._tr.tc_lst  # noqa: SLF001
    return "\t".join(" ".join(paragraph.text for paragraph in cell.p_lst) for cell in cells)
