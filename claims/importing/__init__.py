"""Claims out of tables: reads the file, knows its columns, and tells what is wrong with each row."""

from claims.importing.columns import Columns, recognised, unnamed
from claims.importing.reading import MAX_BYTES, MAX_ROWS, Row, Table, read_table
from claims.importing.rows import Parsed, parsed

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "Columns",
    "Parsed",
    "Row",
    "Table",
    "parsed",
    "read_table",
    "recognised",
    "unnamed",
]
