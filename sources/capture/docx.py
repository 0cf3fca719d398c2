"""Text out of Word files."""

import io
import zipfile

import docx
from docx.document import Document
from docx.table import Table

from sources.capture.plain import cleaned
from sources.capture.types import Captured, CaptureError

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
        created = properties.created
    except Exception as error:
        raise CaptureError(f"{name} is a broken Word file.") from error
    if not text:
        raise CaptureError(f"{name} is a Word file without text.")
    return Captured(
        text=text,
        title=cleaned(title or ""),
        author=cleaned(author or ""),
        media_type=MEDIA_TYPE,
        published_on=created.date() if created else None,
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
            rows = ["\t".join(cell.text for cell in row.cells) for row in block.rows]
            blocks.append("\n".join(rows))
        elif block.text.strip():
            blocks.append(block.text)
    return blocks
